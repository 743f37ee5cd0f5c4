"""Rows of events, and of all that an event is shown with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conflictdb.domain.rows.base import Row
from conflictdb.domain.rows.claims import ClaimRow, EstimateRow


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
    """An event whole. `sources` are numbered from 1 in the order of this tuple; `withdrawn` counts claims.

    `as_of` (EDTF) is up to when statements count, if not all of them do; then `later` counts the claims that were
    stated after it, and `undated` those that are left out because nobody knows when they were stated.
    """

    event: EventRow
    combatants: tuple[CombatantRow, ...]
    claims: tuple[ClaimRow, ...]
    estimates: tuple[EstimateRow, ...]
    timeline: tuple[TimelineRow, ...]
    sources: tuple[SourceRow, ...]
    withdrawn: int
    as_of: str | None = None
    later: int = 0
    undated: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the event as one dict, its own fields at the top, with nested lists."""
        nested = Row.to_dict(self)
        return {**nested.pop("event"), **nested}
