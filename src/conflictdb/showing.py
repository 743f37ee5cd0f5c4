"""Show one event whole: its sides, all its claims, what policies make of them, its timeline and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from conflictdb import estimates
from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.lens import Lens
from conflictdb.domain.rows import ClaimRow, EventDetail, SourceRow, TimelineRow
from conflictdb.finding import find_event
from conflictdb.store.read import claims as claims_of
from conflictdb.store.read import events as events_of
from conflictdb.store.read.sources import read_sources
from conflictdb.store.read.standing import standing
from conflictdb.store.tables import claim, event, source


def show_event(connection: Connection, name: str, lens: Lens, *, history: bool) -> EventDetail:
    """Return one event whole, by slug or native id. Its claims include the superseded ones, not the withdrawn
    ones unless `history`; as of a day, only what had been stated by then. Raises NotFoundError."""
    event_id = find_event(connection, name)
    row = events_of.read_event(connection, event_id)
    claims = list(claims_of.read_ledger(connection, claim.c.event_id == event_id, knowledge=lens.knowledge))
    combatants = events_of.read_combatants(connection, [event_id])[event_id]
    measures = estimates.estimate_measures(claims, lens.chosen, lens.basis, lens.as_of)
    timeline = events_of.read_timeline(connection, event_id, lens.knowledge)
    if lens.knowledge is not None and not _had_appeared(connection, event_id, lens.knowledge):
        row = replace(row, summary=None)
    shown = [each for each in claims if history or each.standing not in ("withdrawn", "corrected")]
    return EventDetail(
        event=row,
        combatants=combatants,
        claims=tuple(shown),
        estimates=(*measures, *estimates.add_sides(measures, combatants, row.slug)),
        timeline=timeline,
        sources=_cited(connection, shown, timeline),
        withdrawn=sum(each.standing == "withdrawn" for each in claims),
        as_of=lens.as_of,
        **_left_out(connection, event_id, claims, lens),
    )


def _had_appeared(connection: Connection, event_id: int, knowledge: Knowledge) -> bool:
    """Return whether the document that an event's summary is from had been published by then."""
    published = select(source.c.published_last_day).join(event, event.c.source_id == source.c.id)
    day = connection.scalar(published.where(event.c.id == event_id))
    return knowledge.undated if day is None else day <= knowledge.day


def _left_out(connection: Connection, event_id: int, claims: Sequence[ClaimRow], lens: Lens) -> dict[str, int]:
    """Count what had not been stated by the day of the lens, and what has no date."""
    if lens.knowledge is None:
        return {}
    known = {each.key for each in claims}
    others = claims_of.read_ledger(connection, claim.c.event_id == event_id, standing())
    dated = [each.known_last_day is not None for each in others if each.key not in known]
    return {"later": dated.count(True), "undated": dated.count(False)}


def _cited(
    connection: Connection, claims: Iterable[ClaimRow], timeline: Iterable[TimelineRow]
) -> tuple[SourceRow, ...]:
    """Return the documents of an event in the order in which they are first cited."""
    slugs = list(dict.fromkeys([*(each.source for each in claims), *(each.source for each in timeline)]))
    rows = {row.slug: row for row in read_sources(connection, source.c.slug.in_(slugs))}
    return tuple(rows[slug] for slug in slugs)
