"""Ask for events, claims and estimates in the query grammar."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from conflictdb import estimates
from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.lens import Lens
from conflictdb.domain.query import Query, parse_query
from conflictdb.domain.query_fields import Term, TextTerm
from conflictdb.domain.rows import ClaimRow, EstimateRow, EventRow
from conflictdb.domain.vocabulary import ClaimKind
from conflictdb.errors import NotFoundError
from conflictdb.finding import events_called, find_event
from conflictdb.looking import look, meet
from conflictdb.store.filters import Filters
from conflictdb.store.read import claims as claims_of
from conflictdb.store.read import events as events_of
from conflictdb.store.read.standing import standing, told_of
from conflictdb.store.tables import claim, event, place

_SLUG = re.compile("[a-z0-9-]{3,}-([0-9]{3,4}|[0-9]+bc)(-[0-9]{2}){0,2}(-[a-z2-7]{4})?")
"""What looks so (dioura-2019, but not T-72) is meant as an event's slug, and missed where there is none."""

T = TypeVar("T")
BATCH = 500
"""Events whose claims are read together to be estimated."""


class Measured(NamedTuple):
    """An event, its casualty claims that were asked for, and the estimates made of them."""

    event: EventRow
    claims: tuple[ClaimRow, ...]
    estimates: tuple[EstimateRow, ...]


class Asker:
    """Answers queries on one open connection, as streams."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def events(self, query: str | Sequence[str] | Query) -> Iterator[EventRow]:
        """Stream the events that a query finds."""
        return (row for _, row in self._events(parsed(query)))

    def claims(
        self,
        query: str | Sequence[str] | Query,
        *,
        history: bool = False,
        metrics: Sequence[str] = (),
        kinds: Sequence[str] = (),
        group: str = "",
        knowledge: Knowledge | None = None,
    ) -> Iterator[ClaimRow]:
        """Stream the claims of one event (slug or native id), a query, or everything.

        Those in view, or with `history` the superseded, corrected and withdrawn ones too; with `knowledge`, as they
        were then. `group` brings together those of one "source" (who stated them) or "document".
        """
        asked = self.scope(query)
        event_terms, claim_terms = asked.split()
        filters = Filters(self.connection, knowledge)
        conditions = [filters.events(event_terms), filters.claims(claim_terms)]
        conditions += [] if history else [standing(knowledge)]
        conditions += [claim.c.metric.in_(metrics)] if metrics else []
        conditions += [claim.c.kind.in_(kinds)] if kinds else []
        orders = (*claims_of.group_order(group), *_claim_orders(asked))
        rows = self._ledger(*conditions, orders=orders, knowledge=knowledge)
        return _limited((row for row in rows if _has_stake(row, claim_terms)), asked.limit)

    def casualties(
        self,
        query: str | Sequence[str] | Query,
        *,
        history: bool = False,
        metrics: Sequence[str] = (),
        group: str = "",
        knowledge: Knowledge | None = None,
    ) -> Iterator[ClaimRow]:
        """Stream the casualty claims of one event (slug or native id), a query, or everything."""
        kinds = (ClaimKind.CASUALTY,)
        return self.claims(
            query, history=history, metrics=metrics, kinds=kinds, group=group, knowledge=knowledge
        )  # fmt: skip

    def estimate(
        self,
        query: str | Sequence[str] | Query,
        *,
        lens: Lens | None = None,
        metrics: Sequence[str] = (),
        by_event: bool = False,
    ) -> Iterator[EstimateRow]:
        """Stream estimates event by event: a row a side and metric, or with `by_event` a row an event and metric."""
        scope = self.scope(query)
        measured = self.measured(scope, lens or look(), by_event=by_event)
        rows = (each for one in measured for each in one.estimates if not metrics or each.metric in metrics)
        return _limited(rows, scope.limit)

    def measured(self, scope: Query, lens: Lens, *, by_event: bool = False) -> Iterator[Measured]:
        """Stream the events of a query, each with its casualty claims and the estimates made of them.

        Claim terms choose the claims that an estimate is made of, and not, as for events, the events.
        """
        lens = meet(lens, self.connection)
        event_terms, claim_terms = scope.split()
        filters = Filters(self.connection, lens.knowledge)
        condition = and_(filters.events(event_terms), filters.having(claim_terms))
        statement = events_of.select_events(condition).order_by(*events_of.event_order(scope.order))
        events = events_of.read_events(self.connection, statement)
        while batch := list(islice(events, BATCH)):
            ids = [event_id for event_id, _ in batch]
            claims: dict[str, list[ClaimRow]] = defaultdict(list)
            conditions = claim.c.event_id.in_(ids), claim.c.kind == ClaimKind.CASUALTY, filters.claims(claim_terms)
            for each in self._ledger(*conditions, knowledge=lens.knowledge):
                if _has_stake(each, claim_terms):
                    claims[each.event].append(each)
            fighters = events_of.read_combatants(self.connection, ids) if by_event else {}
            for event_id, row in batch:
                own = claims[row.slug]
                found = estimates.estimate_measures(own, lens.chosen, lens.basis, lens.as_of)
                if by_event:
                    found = estimates.total_of_event(found, fighters.get(event_id, ()), row.slug)
                yield Measured(row, tuple(own), tuple(found))

    def scope(self, query: str | Sequence[str] | Query) -> Query:
        """Return what is asked as a query, in which a word that is an event's slug or native id means that event."""
        if isinstance(query, Query) or (isinstance(query, str) and " " in query.strip()):
            return parsed(query)
        words = [query] if isinstance(query, str) else list(query)
        alone = len(words) == 1
        return parsed([self._event_term(word.strip(), alone) for word in words])

    def _event_term(self, word: str, alone: bool) -> str:
        """Return `event:SLUG` for what means an event. Alone, what only looks like a slug is not found."""
        looks = _SLUG.fullmatch(word.lower()) is not None
        if not looks and not (alone and len(events_called(self.connection, word)) == 1):
            return word
        try:
            event_id = find_event(self.connection, word)
        except NotFoundError:
            if alone:
                raise
            return word
        return f"event:{self.connection.scalar(select(event.c.slug).where(event.c.id == event_id))}"

    def _events(self, asked: Query) -> Iterator[tuple[int, EventRow]]:
        found = events_of.read_events(self.connection, self._ordered(events_of.select_events(), asked))
        return _limited(self._of_stake(found, asked), asked.limit)

    def event_ids(self, query: str | Sequence[str] | Query) -> Iterator[int]:
        """Stream the ids of the events that a query finds, in its order."""
        asked = parsed(query)
        statement = select(event.c.id).outerjoin(place, place.c.id == event.c.place_id)
        rows = ((event_id, None) for event_id in self._stream(self._ordered(statement, asked)))
        return (event_id for event_id, _ in _limited(self._of_stake(rows, asked), asked.limit))

    def count_events(self, query: str | Sequence[str] | Query) -> int:
        """Return how many events a query finds at most: a term of stake, which is decided one by one, lets all in."""
        asked = parsed(query)
        found = select(func.count()).select_from(event).where(self._condition(asked), told_of())
        count = self.connection.scalar(found) or 0
        return count if asked.limit is None else min(count, asked.limit)

    def _stream(self, statement: Select[Any]) -> Iterator[int]:
        with self.connection.execute(statement.execution_options(yield_per=BATCH)) as result:
            for ids in result.scalars().partitions():
                yield from ids

    def _ordered(self, statement: Select[Any], asked: Query) -> Select[Any]:
        return statement.where(self._condition(asked), told_of()).order_by(*events_of.event_order(asked.order))

    def _condition(self, asked: Query) -> ColumnElement[bool]:
        return Filters(self.connection).events(*asked.split())

    def _of_stake(self, rows: Iterator[tuple[int, T]], asked: Query) -> Iterator[tuple[int, T]]:
        _, claim_terms = asked.split()
        if not any(isinstance(term, TextTerm) and term.field == "stake" for term in claim_terms):
            return rows
        return (each for each in rows if self._event_has_stake(each[0], claim_terms))

    def _event_has_stake(self, event_id: int, terms: Sequence[Term]) -> bool:
        """Return whether one claim in view holds all the claim terms, and none holds a negated one."""
        wanted = [term for term in terms if not term.negated]
        unwanted = [term for term in terms if term.negated and isinstance(term, TextTerm) and term.field == "stake"]
        filters = Filters(self.connection)
        mine = (claim.c.event_id == event_id, standing())
        claims = self._ledger(*mine, filters.claims(wanted))
        if wanted and not any(_has_stake(row, wanted) for row in claims):
            return False
        return not unwanted or all(_has_stake(row, unwanted) for row in self._ledger(*mine))

    def _ledger(
        self,
        *conditions: ColumnElement[bool],
        orders: Iterable[ColumnElement[Any]] = (),
        knowledge: Knowledge | None = None,
    ) -> Iterator[ClaimRow]:
        return claims_of.read_ledger(self.connection, *conditions, orders=orders, knowledge=knowledge)


def parsed(query: str | Sequence[str] | Query) -> Query:
    """Return what is asked as a query. Raises QueryError."""
    return query if isinstance(query, Query) else parse_query(query)


def _limited(rows: Iterator[T], limit: int | None) -> Iterator[T]:
    """Yield the first rows; a generator, so that closing it ends the reading beneath it at once."""
    if limit is None:
        yield from rows
        return
    for number, row in enumerate(rows):
        if number >= limit:
            return
        yield row


def _has_stake(row: ClaimRow, terms: Iterable[Term]) -> bool:
    stakes = [term for term in terms if isinstance(term, TextTerm) and term.field == "stake"]
    return all((row.stake in term.values) != term.negated for term in stakes)


def _claim_orders(asked: Query) -> list[ColumnElement[object]]:
    return events_of.event_order(asked.order) if asked.order else []
