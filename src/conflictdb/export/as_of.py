"""What an export as of a day leaves out: events of which nothing had been stated, and claims that came later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, false, func, not_, select

from conflictdb.asking import Asker
from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.query import Query
from conflictdb.domain.query_fields import TextTerm
from conflictdb.store.batch import among
from conflictdb.store.filters import IN_PYTHON, Filters
from conflictdb.store.read import export as read
from conflictdb.store.read.events import event_order
from conflictdb.store.read.known import known_day, stated_by, withdrawn_by
from conflictdb.store.tables import claim, event, import_run, place


@dataclass(slots=True)
class LeftOut:
    """Counts of what a day leaves out: events, claims stated later, claims without a date, entries of the timeline."""

    events: int = 0
    later: int = 0
    undated: int = 0
    entries: int = 0

    def words(self) -> str:
        """Return it in words."""
        told = (
            (self.later, "claims stated later", "claim stated later"),
            (self.undated, "undated claims", "undated claim"),
            (self.entries, "entries of the timeline", "entry of the timeline"),
            (self.events, "events of which nothing had been stated", "event of which nothing had been stated"),
        )
        return ", ".join(f"{count:,} {one if count == 1 else many}" for count, many, one in told if count) or "nothing"


def all_event_ids(connection: Connection, query: Query, knowledge: Knowledge) -> Iterator[int]:
    """Yield the events of a query, as answered then, in its order and without its limit.

    Those of which all was withdrawn since are among them.
    """
    _, claim_terms = query.split()
    if any(isinstance(term, TextTerm) and term.field in IN_PYTHON for term in claim_terms):
        yield from Asker(connection).event_ids(replace(query, limit=None))
        return
    statement = select(event.c.id).outerjoin(place, place.c.id == event.c.place_id)
    statement = statement.where(Filters(connection, knowledge).events(*query.split())).order_by(
        *event_order(query.order)
    )
    with connection.execute(statement.execution_options(yield_per=read.BATCH)) as result:
        for ids in result.scalars().partitions():
            yield from ids


def known_events(connection: Connection, ids: Sequence[int], knowledge: Knowledge) -> set[int]:
    """Return those of these events of which a claim stood that had been stated by then."""
    stated = select(claim.c.event_id).distinct().where(among(claim.c.event_id), stated_by(claim, knowledge))
    withdrawn = func.coalesce(withdrawn_by(claim, knowledge), false())
    return set(connection.scalars(stated.where(not_(withdrawn)), {"ids": ids}))


def count_left_out(
    connection: Connection, ids: Sequence[int], known: set[int], knowledge: Knowledge, left_out: LeftOut
) -> None:
    """Add to the counts what a day leaves out of these events, and those of them that are not known."""
    day = known_day(claim)
    later, undated = _count_claims(connection, ids, (day > knowledge.day, day.is_(None)))
    left_out.later += later
    left_out.undated += 0 if knowledge.undated else undated
    entries, then = (sum(read.count(connection, "timeline", ids, each).values()) for each in (None, knowledge))
    left_out.entries += max(entries - then, 0)
    left_out.events += sum(event_id not in known for event_id in ids)


def _count_claims(
    connection: Connection, ids: Sequence[int], conditions: Sequence[ColumnElement[bool]]
) -> Sequence[Any]:
    """Count the claims of these events that meet each condition; what undone imports brought is never counted."""
    undone = select(import_run.c.id).where(import_run.c.undone_on.is_not(None)).correlate(None)
    counted = (func.count(case((condition, 1))) for condition in conditions)
    statement = select(*counted).where(among(claim.c.event_id), claim.c.import_run_id.not_in(undone))
    return connection.execute(statement, {"ids": ids}).one()
