"""What readers get: typed, frozen records, with every name spelled out and every link as claim keys."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from conflictdb.domain.vocabulary import Basis


class Row:
    """What all rows have in common: they turn into plain dicts."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the row as a dict of plain values, ready for JSON; nested rows become dicts."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if isinstance(value, Row):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


@dataclass(frozen=True, slots=True)
class ClaimRow(Row):
    """One claim. Links hold claim keys; `standing` is standing, superseded, corrected, retracted or withdrawn.

    `claimant` is the name that the document uses, `claimant_actor` the main name of that actor.
    """

    key: str
    event: str
    event_name: str
    kind: str
    basis: str
    subject: str | None
    subject_kind: str | None
    side: int | None
    group: str | None
    metric: str | None
    item: str | None
    fate: str | None
    lower: int | None
    upper: int | None
    best: int | None
    qualifier: str | None
    wording: str | None
    wording_language: str | None
    translation: str | None
    claimant: str
    claimant_actor: str
    claimant_kind: str
    stake: str
    stake_reason: str | None
    stated_on: str | None
    stated_last_day: int | None
    status: str | None
    reliability: str | None
    credibility: int | None
    source: str
    source_title: str
    locator: str | None
    note: str | None
    part_of: str | None
    native_id: str | None
    supersedes_by_date: bool
    person: str | None
    rank: str | None
    attribute: str | None
    value: str | None
    standing: str
    supersedes: tuple[str, ...]
    superseded_by: tuple[str, ...]
    corrects: tuple[str, ...]
    corrected_by: tuple[str, ...]
    corroborates: tuple[str, ...]
    corroborated_by: tuple[str, ...]
    repeats: tuple[str, ...]
    repeated_by: tuple[str, ...]
    contradicts: tuple[str, ...]
    contradicted_by: tuple[str, ...]
    derived_from: tuple[str, ...]
    retracts: tuple[str, ...]
    retracted_by: tuple[str, ...]
    withdrawn_on: str | None
    recorded_at: str
    import_run: int


@dataclass(frozen=True, slots=True)
class SetAside(Row):
    """A claim that a policy did not use, and why."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class EstimateRow(Row):
    """What a policy makes of the claims about one measure. `high` is None and `open` True where it is open above."""

    event: str
    subject: str
    subject_kind: str
    side: int | None
    group: str | None
    metric: str
    item: str | None
    fate: str | None
    low: int | None
    best: int | None
    high: int | None
    open: bool
    highest_stated: int | None
    used: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    ties: tuple[int, ...]
    composite: bool
    note: str
    policy: str
    version: str
    basis: Basis
    rule: str


@dataclass(frozen=True, slots=True)
class EventRow(Row):
    """One event in a list: where, when, and how much is claimed of it."""

    slug: str
    name: str
    type: str
    subtype: str | None
    conflict: str | None
    place: str | None
    admin1: str | None
    admin2: str | None
    country: str | None
    country_name: str | None
    latitude: float | None
    longitude: float | None
    place_precision: str | None
    date: str | None
    date_precision: str | None
    start_time: str | None
    end_time: str | None
    time_zone: str | None
    summary: str | None
    native_ids: tuple[str, ...]
    claims: int
    claimants: int
    import_run: int


@dataclass(frozen=True, slots=True)
class CombatantRow(Row):
    """An actor's part in an event. `lineage`: what it is part of, nearest first."""

    actor: str
    kind: str
    side: int
    role: str
    unit: str | None
    lineage: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimelineRow(Row):
    """What happened when, in local time."""

    event: str
    date: str
    time: str | None
    text: str
    source: str
    locator: str | None
    import_run: int


@dataclass(frozen=True, slots=True)
class SourceRow(Row):
    """A document."""

    slug: str
    title: str
    publisher: str | None
    author: str | None
    url: str | None
    archive_url: str | None
    published_on: str | None
    retrieved_on: str | None
    language: str | None
    licence: str | None
    note: str | None
    claims: int
    import_run: int


@dataclass(frozen=True, slots=True)
class EventDetail(Row):
    """An event whole. `sources` are numbered from 1 in the order of this tuple; `withdrawn` counts claims."""

    event: EventRow
    combatants: tuple[CombatantRow, ...]
    claims: tuple[ClaimRow, ...]
    estimates: tuple[EstimateRow, ...]
    timeline: tuple[TimelineRow, ...]
    sources: tuple[SourceRow, ...]
    withdrawn: int

    def to_dict(self) -> dict[str, Any]:
        """Return the event as one dict, its own fields at the top, with nested lists."""
        nested = Row.to_dict(self)
        return {**nested.pop("event"), **nested}


@dataclass(frozen=True, slots=True)
class ActorRow(Row):
    """An actor in a list."""

    name: str
    kind: str
    country: str | None
    part_of: tuple[str, ...]
    aliases: tuple[str, ...]
    unnamed_in: str | None
    events: int
    claims: int


@dataclass(frozen=True, slots=True)
class RelationRow(Row):
    """How an actor is related to another. `direction` is "to" or "from"."""

    kind: str
    direction: str
    other: str
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class AliasRow(Row):
    """Another name of an actor, and the document that gives it."""

    name: str
    language: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class ActorDetail(Row):
    """An actor whole: its names and lineage, where it fought, what it claimed and what was claimed of it."""

    actor: ActorRow
    description: str | None
    names: tuple[AliasRow, ...]
    relations: tuple[RelationRow, ...]
    native_ids: tuple[str, ...]
    events: tuple[EventRow, ...]
    claimed: tuple[ClaimRow, ...]
    claimed_of: tuple[ClaimRow, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the actor as one dict, its own fields at the top, with nested lists."""
        nested = Row.to_dict(self)
        actor = nested.pop("actor")
        return {**actor, "events_count": actor["events"], **nested}


@dataclass(frozen=True, slots=True)
class PersonRow(Row):
    """A commander in a list, with the events that somebody names them in."""

    name: str
    aliases: tuple[str, ...]
    description: str | None
    events: tuple[str, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class ConflictRow(Row):
    """A conflict in a list."""

    name: str
    part_of: str | None
    events: int
    first_date: str | None
    last_date: str | None


@dataclass(frozen=True, slots=True)
class RunRow(Row):
    """An import run."""

    run: int
    file: str
    importer: str
    importer_version: str
    sha256: str
    started_at: str
    finished_at: str | None
    counts: dict[str, Any]
    undone_on: str | None


@dataclass(frozen=True, slots=True)
class HitRow(Row):
    """Something that a search found: `kind` is event, actor, person, source or conflict."""

    kind: str
    name: str
    title: str
    context: str


@dataclass(frozen=True, slots=True)
class FactRow(Row):
    """Something that is known of a database."""

    what: str
    value: str


@dataclass(frozen=True, slots=True)
class FindingRow(Row):
    """What one check of a database found; `wrong` if it should not be so."""

    check: str
    wrong: bool
    found: str
