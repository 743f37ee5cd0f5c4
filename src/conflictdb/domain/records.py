"""What importers hand over: plain records of what a file says, by name, before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass

from conflictdb.domain.vocabulary import (
    ActorKind,
    Attribute,
    ClaimKind,
    EventType,
    Item,
    LinkKind,
    Metric,
    Qualifier,
    RelationKind,
    Role,
    Stake,
    Status,
    SubjectKind,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something in a file was refused, or (a warning) taken with a doubt."""

    path: str
    line: int | None
    field: str
    value: str
    why: str
    event: str = ""
    warning: bool = False


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A document. `slug` is its short handle, unique in a database. Dates are EDTF.

    `edition`: one of the editions of a page that is edited, whose dates and permanent address are of this one.
    """

    slug: str
    title: str
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    archive_url: str | None = None
    archive_sha256: str | None = None
    published_on: str | None = None
    retrieved_on: str | None = None
    language: str | None = None
    licence: str | None = None
    note: str | None = None
    edition: bool = False


@dataclass(frozen=True, slots=True)
class AliasRecord:
    """Another name of an actor or person; `since` and `until` (EDTF) where it was called so for a time."""

    name: str
    language: str | None = None
    source: str | None = None
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class RelationRecord:
    """One actor's relation to another, by name or native id, with EDTF dates where it did not always hold."""

    kind: RelationKind
    other: str
    since: str | None = None
    until: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ActorRecord:
    """Somebody who fights, claims, or both. `independent`: stated to be part of nobody."""

    name: str
    kind: ActorKind
    country: str | None = None
    description: str | None = None
    independent: bool = False
    aliases: tuple[AliasRecord, ...] = ()
    relations: tuple[RelationRecord, ...] = ()
    native_ids: tuple[str, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A commander."""

    name: str
    description: str | None = None
    aliases: tuple[AliasRecord, ...] = ()
    native_ids: tuple[str, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ConflictRecord:
    """A named armed conflict, perhaps within another."""

    name: str
    parent: str | None = None
    native_ids: tuple[str, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """Where: country is ISO 3166 alpha-3 or none, the name is kept; degrees are WGS 84."""

    name: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None
    country_name: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: str | None = None
    source: str | None = None

    def describe(self) -> str:
        """Return the place in one line, as an attribute claim states it."""
        names = (self.name, self.admin2, self.admin1, self.country_name or self.country)
        text = ", ".join(part for part in names if part)
        if self.latitude is None:
            return text
        point = f"{self.latitude:g}, {self.longitude:g}"
        return f"{text} ({point})" if text else point


@dataclass(frozen=True, slots=True)
class CombatantRecord:
    """An actor's part in an event."""

    actor: str
    side: int
    role: Role = Role.UNKNOWN
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class UnnamedRecord:
    """A claimant without a name, such as "a military source"; it belongs to one event and source."""

    name: str
    kind: ActorKind = ActorKind.OFFICIAL
    part_of: str | None = None
    independent: bool = False


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A link to a claim of the same event: by the document's own id of it, or by its key."""

    kind: LinkKind
    to: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """One claim of one claimant. Figures: `lower` and `upper` inclusive, None is open."""

    kind: ClaimKind
    claimant: str | UnnamedRecord
    source: str
    where: str = ""
    """The place in the file, for problems, e.g. `claims.3.killed`."""
    statement: str = ""
    """The place of the statement that it belongs to, e.g. `claims.3`."""
    line: int | None = None
    locator: str | None = None
    native_id: str | None = None
    statement_id: str | None = None
    stated_on: str | None = None
    status: Status | None = None
    reliability: str | None = None
    credibility: int | None = None
    wording: str | None = None
    wording_language: str | None = None
    translation: str | None = None
    note: str | None = None
    stake_override: Stake | None = None
    stake_reason: str | None = None
    supersedes_by_date: bool = True
    subject_kind: SubjectKind | None = None
    combatant: str | None = None
    side: int | None = None
    group: str | None = None
    metric: Metric | None = None
    item: Item | None = None
    fate: str | None = None
    lower: int | None = None
    upper: int | None = None
    best: int | None = None
    qualifier: Qualifier | None = None
    part_of: str | None = None
    person: str | None = None
    rank: str | None = None
    attribute: Attribute | None = None
    value: str | None = None
    place: PlaceRecord | None = None
    links: tuple[LinkRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineRecord:
    """What happened when: an EDTF date, and a local time "16:00" or about then, "~16:00"."""

    date: str
    text: str
    source: str
    time: str | None = None
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One event whole, as one file tells it; what is None or empty is not said, and blanks nothing."""

    path: str
    slug: str | None = None
    name: str | None = None
    type: EventType | None = None
    subtype: str | None = None
    conflict: str | None = None
    place: PlaceRecord | None = None
    date: str | None = None
    date_precision: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    time_zone: str | None = None
    summary: str | None = None
    claimant: str | None = None
    source: str | None = None
    native_ids: tuple[str, ...] = ()
    combatants: tuple[CombatantRecord, ...] = ()
    claims: tuple[ClaimRecord, ...] = ()
    timeline: tuple[TimelineRecord, ...] = ()
    line: int | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    key: str | None = None
    """What it is known by in every database, where that is not made from its slug."""
    sides_as_listed: bool = False
    """Whether the numbers of its sides are but the order of a page: the same side may have another number elsewhere."""


Record = SourceRecord | ActorRecord | PersonRecord | ConflictRecord | EventRecord
