"""The plain listings: which columns each command shows, and what it says where it finds nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.rows import (
    ActorRow,
    ClaimRow,
    ConflictRow,
    EventRow,
    HitRow,
    PersonRow,
    RunRow,
    SourceRow,
    TimelineRow,
)
from conflictdb.render import columns
from conflictdb.render.casualties import is_set_aside
from conflictdb.render.listing import Column, Listing, R, field_names


def events_listing(rows: Iterable[EventRow], query: str) -> Listing[EventRow]:
    """List events."""
    return _listing("events", query, rows, columns.EVENTS, EventRow)


def claims_listing(rows: Iterable[ClaimRow], query: str, knowledge: Knowledge | None = None) -> Listing[ClaimRow]:
    """List claims of every kind."""
    found = Listing(
        "claims", query, None, None, rows, columns.CLAIMS, fields=field_names(ClaimRow), empty="no claims found",
        dim=is_set_aside,
    )  # fmt: skip
    return _as_of(found, "no claim had been stated", knowledge)


def timeline_listing(
    rows: Iterable[TimelineRow], event: str, knowledge: Knowledge | None = None
) -> Listing[TimelineRow]:
    """List what happened when."""
    found = _listing("timeline", event, rows, columns.TIMELINE, TimelineRow, "no timeline entries")
    return _as_of(found, "nothing had happened", knowledge)


def _as_of(listing: Listing[R], nothing: str, knowledge: Knowledge | None) -> Listing[R]:
    if knowledge is None:
        return listing
    return replace(listing, as_of=knowledge.text, undated=knowledge.undated, empty=f"{nothing} by {knowledge.text}")


def actors_listing(rows: Iterable[ActorRow], words: str) -> Listing[ActorRow]:
    """List actors."""
    return _listing("actors", words, rows, columns.ACTORS, ActorRow)


def people_listing(rows: Iterable[PersonRow], words: str) -> Listing[PersonRow]:
    """List commanders."""
    return _listing("people", words, rows, columns.PEOPLE, PersonRow)


def sources_listing(rows: Iterable[SourceRow], words: str) -> Listing[SourceRow]:
    """List documents."""
    return _listing("sources", words, rows, columns.SOURCES, SourceRow)


def conflicts_listing(rows: Iterable[ConflictRow]) -> Listing[ConflictRow]:
    """List conflicts."""
    return _listing("conflicts", "", rows, columns.CONFLICTS, ConflictRow, "no conflicts")


def runs_listing(rows: Iterable[RunRow]) -> Listing[RunRow]:
    """List import runs."""
    return _listing("imports", "", rows, columns.RUNS, RunRow, "nothing was imported yet")


def hits_listing(rows: Iterable[HitRow], words: str) -> Listing[HitRow]:
    """List what a search found."""
    return _listing("search", words, rows, columns.HITS, HitRow)


def _listing(
    command: str,
    query: str,
    rows: Iterable[R],
    shown: tuple[Column[R], ...],
    row_type: type[R],
    empty: str = "nothing found",
) -> Listing[R]:
    return Listing(command, query or None, None, None, rows, shown, fields=field_names(row_type), empty=empty)
