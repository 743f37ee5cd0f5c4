"""Show one event whole: its sides, all its claims, what policies make of them, its timeline and its sources."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from conflictdb import estimates
from conflictdb.domain.rows import ClaimRow, EventDetail, SourceRow, TimelineRow
from conflictdb.finding import find_event
from conflictdb.store.read import claims as claims_of
from conflictdb.store.read import events as events_of
from conflictdb.store.read.sources import read_sources
from conflictdb.store.tables import claim, event, source


def show_event(connection: Connection, name: str, *, policy: str, history: bool) -> EventDetail:
    """Return one event whole, by slug or native id. Its claims include the superseded ones, not the withdrawn
    ones unless `history`. Raises NotFoundError."""
    estimates.require_policy(policy)
    event_id = find_event(connection, name)
    row = next(events_of.read_events(connection, events_of.select_events(event.c.id == event_id)))[1]
    claims = list(claims_of.read_ledger(connection, claim.c.event_id == event_id))
    combatants = events_of.read_combatants(connection, [event_id])[event_id]
    measures = estimates.estimate_measures(claims, policy=policy)
    timeline = events_of.read_timeline(connection, event_id)
    shown = [each for each in claims if history or each.standing not in ("withdrawn", "corrected")]
    return EventDetail(
        event=row,
        combatants=combatants,
        claims=tuple(shown),
        estimates=(*measures, *estimates.add_sides(measures, combatants, row.slug)),
        timeline=timeline,
        sources=_cited(connection, shown, timeline),
        withdrawn=sum(each.standing == "withdrawn" for each in claims),
    )


def _cited(
    connection: Connection, claims: Iterable[ClaimRow], timeline: Iterable[TimelineRow]
) -> tuple[SourceRow, ...]:
    """Return the documents of an event in the order in which they are first cited."""
    slugs = list(dict.fromkeys([*(each.source for each in claims), *(each.source for each in timeline)]))
    rows = {row.slug: row for row in read_sources(connection, source.c.slug.in_(slugs))}
    return tuple(rows[slug] for slug in slugs)
