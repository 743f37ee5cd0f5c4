"""The columns of a table of claims: what csv, parquet and xlsx hold, and what the docs and datapackage.json say."""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """A column: its name, its type in Table Schema's words, and what it holds."""

    name: str
    type: str
    doc: str


def _columns(type_: str, /, **docs: str) -> tuple[Column, ...]:
    return tuple(Column(name, type_, doc) for name, doc in docs.items())


EVENT = (
    *_columns(
        "string",
        event="The event's slug.",
        event_name="What it is called.",
        event_type="Its broad kind.",
        event_subtype="The rest of its kind, in words.",
        conflict="The armed conflict that it is part of.",
        date="When it was, in EDTF.",
        date_precision="How near that is known.",
        first_date="The first day it may have been on, in ISO 8601.",
        last_date="The last day.",
        place="Where it was.",
        admin1="The first-level division.",
        admin2="The second-level division.",
        country="ISO 3166-1 alpha-3.",
        country_name="The country as it is named.",
    ),
    *_columns("number", latitude="Degrees, WGS 84.", longitude="Degrees, WGS 84."),
    *_columns(
        "string",
        place_precision="How near the coordinates are.",
        sides="Who fought, each with side and role.",
        native_ids="What datasets call the event.",
    ),
)
CLAIM = (
    *_columns(
        "string",
        claim="The claim's key.",
        kind="casualty, strength, commander or attribute.",
        basis="claim, or estimate where a recorder makes it.",
        subject="Whose losses or strength: a combatant, a side, civilians, unknown or total.",
        subject_kind="What kind of subject that is.",
    ),
    *_columns("integer", side="The side of the subject."),
    *_columns(
        "string",
        group="Which of the subject, in words.",
        metric="What is counted.",
        item="Materiel: what kind of thing.",
        fate="What became of it, or of the commander.",
    ),
    *_columns(
        "integer",
        lower="The least it may be, inclusive; empty is open.",
        upper="The most it may be, inclusive; empty is open.",
        best="A recorder's own best estimate.",
    ),
    *_columns(
        "string",
        qualifier="How the figure is worded: exact, more_than, vague...",
        wording="The words of the source.",
        wording_language="Their language.",
        translation="The same in another language.",
        claimant="Who states it.",
        claimant_kind="What the claimant is.",
        stake="Where the claimant stands towards the subject.",
        stated_on="When it was stated, in EDTF.",
        status="What the claimant said of the figure.",
        reliability="Of the source, A to F.",
    ),
    *_columns("integer", credibility="Of the information, 1 to 6."),
    *_columns(
        "string",
        source="The document's handle.",
        source_title="Its title.",
        publisher="Its publisher.",
        source_url="Its address.",
        licence="Its licence.",
        locator="Where in the document.",
        person="The commander.",
        rank="The commander's rank.",
        attribute="What else is stated: result, responsibility...",
        value="What it is stated to be.",
        note="A note.",
        part_of="The key of the claim that contains this one: never add the two.",
        native_id="The document's or dataset's own id of the claim.",
        links="How it bears on other claims: supersedes KEY; contradicts KEY.",
        standing="standing, or superseded, corrected, retracted, withdrawn: add up only what stands.",
        withdrawn_on="When it was withdrawn.",
        recorded_at="When it was recorded, in UTC.",
    ),
)
CLAIMS = (*EVENT, *CLAIM)
AS_OF = Column("as_of", "string", "The date, in EDTF, up to which statements count: the table is as it was then.")


def claim_columns(*, as_of: bool = False) -> tuple[Column, ...]:
    """Return the columns of a table of claims; one that is as of a day says so in each row."""
    return (*CLAIMS, AS_OF) if as_of else CLAIMS
