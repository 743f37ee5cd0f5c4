"""The native document's shape, as pydantic models: what `conflictdb schema` prints and every document is held to."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, model_validator

from conflictdb.domain.vocabulary import (
    ActorKind,
    DatePrecision,
    EventType,
    PersonFate,
    PlacePrecision,
    Role,
    Stake,
    Status,
)
from conflictdb.importers.native.figures import Figures, Losses, Strengths, Things
from conflictdb.importers.native.strict import Strict, Written
from conflictdb.importers.native.texts import (
    EdtfText,
    Listed,
    Name,
    NativeId,
    Short,
    Slug,
    StatementId,
    Text,
    TimeText,
    ZoneText,
)

Texts = Annotated[list[Text], Listed, Written("string")]
CountryCode = Annotated[str, Field(pattern="^[A-Z]{3}$")]
Key = Annotated[str, Field(pattern="^[a-z2-7]{12}$")]
NONE = "none"
"""Written where something is known not to be: `part_of: none`, `supersedes: none`."""


class Source(Strict):
    """A document that claims are read in."""

    id: Slug | None = Field(None, description="Its short handle; made from the title where it is left out.")
    title: Text
    publisher: Text | None = None
    author: Text | None = None
    url: Short | None = None
    archive_url: Text | None = None
    archive_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    published_on: EdtfText | None = None
    retrieved_on: EdtfText | None = None
    language: Text | None = None
    licence: Text | None = None
    note: Text | None = None


class Alias(Strict):
    """Another name, with its language (BCP 47) and the source that gives it."""

    name: Name
    language: Text | None = None
    since: EdtfText | None = Field(None, description="Of an actor: from when it was called so.")
    until: EdtfText | None = None
    source: Slug | None = None


class Relation(Strict):
    """A relation to another actor, with dates where it did not always hold."""

    actor: Name
    since: EdtfText | None = None
    until: EdtfText | None = None
    source: Slug | None = None


Aliases = Annotated[list[Name | Alias], Listed, Written("string")]
Relations = Annotated[list[Name | Relation], Listed, Written("string")]


class Actor(Strict):
    """Somebody who fights, claims, or both."""

    name: Name
    kind: ActorKind
    country: Text | None = None
    description: Text | None = None
    aliases: Aliases = []
    part_of: Relations = Field([], description='What it belongs to; "none" states that it belongs to nobody.')
    allied_with: Relations = []
    renamed_to: Relations = []
    splinter_of: Relations = []
    native_ids: Annotated[list[NativeId], Listed] = []
    source: Slug | None = None


class Person(Strict):
    """A commander."""

    name: Name
    description: Text | None = None
    aliases: Aliases = []
    native_ids: Annotated[list[NativeId], Listed] = []
    source: Slug | None = None


class Conflict(Strict):
    """A named armed conflict."""

    name: Name
    part_of: Name | None = None
    native_ids: Annotated[list[NativeId], Listed] = []
    source: Slug | None = None


class Place(Strict):
    """Where it happened. Degrees are WGS 84; the country is a name or an ISO 3166 code."""

    name: Name | None = None
    admin1: Text | None = None
    admin2: Text | None = None
    country: Text | None = None
    country_code: CountryCode | None = Field(None, description="Its ISO 3166 code, where the name does not give it.")
    latitude: float | None = Field(None, ge=-90, le=90, allow_inf_nan=False)
    longitude: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False)
    precision: PlacePrecision | None = None
    source: Slug | None = None

    @model_validator(mode="after")
    def _both_or_none(self) -> Place:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude are given together, or neither")
        return self


class Unnamed(Strict):
    """A claimant without a name; it belongs to this event and source alone."""

    unnamed: Name
    kind: ActorKind = ActorKind.OFFICIAL
    part_of: Name | None = Field(None, description='Its affiliation as stated; "none" states that it has none.')


class Link(Strict):
    """A link to another statement of this event, with a note."""

    to: StatementId
    note: Text | None = None


Links = Annotated[list[StatementId | Link], Listed, Written("string")]


class CommanderSpec(Strict):
    """Who led, says the claimant; and what became of them."""

    person: Name
    rank: Text | None = None
    fate: PersonFate | None = None
    wording: Text | None = None
    note: Text | None = None


Commanders = Annotated[list[Name | CommanderSpec], Listed, Written("string")]


class StakeSpec(Strict):
    """A stake that the lineage does not show, and why."""

    stake: Stake
    because: Text


class Statement(Strict):
    """What one claimant states in one source at one time: figures, leaders, or attributes of the event."""

    id: StatementId | None = Field(None, description="The document's own name for it; links use it.")
    column: Short | None = Field(None, description="The dataset's column of its one figure, its own id in place of id.")
    claimant: Name | Unnamed | None = Field(None, description="Who says so, by any name; else the document's claimant.")
    source: Slug | Source | None = Field(None, description="The document; else the document's source.")
    locator: Text | None = Field(None, description="Where in the source: page, section, paragraph.")
    stated_on: EdtfText | None = None
    status: Status | None = None
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = None
    credibility: int | None = Field(None, ge=1, le=6)
    wording: Text | None = Field(None, description="The words of the source, in its language.")
    language: Text | None = None
    translation: Text | None = None
    note: Text | None = None
    stake: StakeSpec | None = None
    of: Text | None = Field(None, description="Whose: a combatant, side 1, civilians, unknown or total.")
    killed: Figures = []
    wounded: Figures = []
    missing: Figures = []
    captured: Figures = []
    deserted: Figures = []
    displaced: Figures = []
    casualties: Figures = Field([], description="Killed and wounded not told apart.")
    materiel: Things = []
    losses: Losses = Field([], description='All of them in a phrase: "26 killed, 17 wounded, 8 vehicles burned".')
    strength: Strengths = []
    commander: Commanders = []
    result: Text | None = None
    responsibility: Text | None = Field(None, description="A claim of responsibility, in words.")
    name: Text | None = Field(None, description="What the claimant calls the event.")
    date: EdtfText | None = Field(None, description="When the event was, says the claimant.")
    place: Place | Text | None = Field(None, description="Where the event was, says the claimant.")
    supersedes: Links = Field([], description='"none" keeps its date from superseding anything.')
    corrects: Links = []
    corroborates: Links = []
    repeats: Links = []
    contradicts: Links = []
    derived_from: Links = []
    retracts: Links = []


class Combatant(Strict):
    """An actor's part in the event."""

    actor: Name
    role: Role | None = None
    unit: Text | None = Field(None, description='Which part of it, in words: "a company". It is no figure.')


class Side(Strict):
    """A side: those who fought together. Its strength and leaders are in the voice of the document's claimant."""

    combatants: Annotated[list[Name | Combatant], Listed, Written("string")] = Field(min_length=1)
    role: Role = Role.UNKNOWN
    strength: Strengths = []
    commander: Commanders = []


class TimelineEntry(Strict):
    """Something that took place during or around the event."""

    when: Text = Field(description='A date, or a date and a local time: "2019-03-17 16:00", "2019-03-17 ~06:00".')
    text: Text
    source: Slug | None = None
    locator: Text | None = None


class Voice(Strict):
    """The claimant and the source of all that names none of its own."""

    claimant: Name | None = None
    source: Slug | Source | None = None


class Event(Voice):
    """One event."""

    slug: Slug | None = Field(None, description="Its short name; made from place and year where it is left out.")
    key: Key | None = Field(None, description="Its key, as export writes it, where that is not made from the slug.")
    name: Name | None = None
    type: EventType | None = None
    subtype: Text | None = None
    conflict: Name | None = None
    place: Place | Text | None = None
    date: EdtfText | None = None
    date_precision: DatePrecision | None = Field(None, description="How near that is known, where it does not show.")
    start: TimeText | None = None
    end: TimeText | None = None
    time_zone: ZoneText | None = None
    summary: Text | None = None
    native_ids: Annotated[list[NativeId], Listed, Written("string")] = []
    sides: list[Side] = []
    claims: list[Statement] = []
    timeline: list[TimelineEntry] = []


class Header(Voice):
    """What a document may define beside its events; all of it may also be known to the database already."""

    conflictdb: Literal[1] = Field(1, description="The version of this format.")
    sources: list[Source] = []
    actors: list[Actor] = []
    people: list[Person] = []
    conflicts: list[Conflict] = []


class DocumentOfEvents(Header):
    """A document of one or many events."""

    events: list[Event] = []


class DocumentOfOneEvent(Header, Event):
    """A document that is one event, its fields at the top."""


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a native document."""
    adapter: TypeAdapter[Any] = TypeAdapter(DocumentOfEvents | DocumentOfOneEvent | list[DocumentOfOneEvent])
    schema = adapter.json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "conflictdb native document", **schema}
