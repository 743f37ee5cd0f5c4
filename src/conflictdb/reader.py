"""Everything that can be asked of a database: one reader, one method a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, and_, select

from conflictdb import estimates
from conflictdb.domain.nearest import nearest_names
from conflictdb.domain.query import Query, parse_query
from conflictdb.domain.query_fields import Term, TextTerm
from conflictdb.domain.rows import (
    ActorDetail,
    ActorRow,
    ClaimRow,
    ConflictRow,
    EstimateRow,
    EventDetail,
    EventRow,
    HitRow,
    PersonRow,
    RunRow,
    SourceRow,
    TimelineRow,
)
from conflictdb.domain.vocabulary import Basis, ClaimKind
from conflictdb.errors import NotFoundError
from conflictdb.store.filters import Filters, standing
from conflictdb.store.read import claims as claims_of
from conflictdb.store.read import events as events_of
from conflictdb.store.read import reference
from conflictdb.store.read.names import actor_ids
from conflictdb.store.read.search import search, search_sources
from conflictdb.store.tables import actor, claim, combatant, event, external_id, source

NAMES_COMPARED = 100_000
"""How many names are compared at most to offer the nearest."""

T = TypeVar("T")
Asked = str | Sequence[str] | Query


class Reader:
    """Answers questions on one open connection; streams where an answer may be long."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def find_event(self, name: str) -> int:
        """Return the id of the event with this slug or native id. Raises NotFoundError with the nearest."""
        by_slug: int | None = self.connection.scalar(select(event.c.id).where(event.c.slug == name.strip().lower()))
        if by_slug is not None:
            return by_slug
        scheme, colon, native_id = name.partition(":")
        same = external_id.c.native_id == (native_id if colon else name)
        owned = select(external_id.c.event_id).where(external_id.c.event_id.is_not(None), same)
        found = list(self.connection.scalars(owned.where(external_id.c.scheme == scheme) if colon else owned))
        if len(set(found)) == 1:
            return int(found[0] or 0)
        raise self._no_event(name)

    def event(self, name: str, *, policy: str = "range", history: bool = False) -> EventDetail:
        """Return one event whole, by slug or native id. Its claims include the superseded ones, not the withdrawn
        ones unless `history`. Raises NotFoundError."""
        estimates.require_policy(policy)
        event_id = self.find_event(name)
        row = next(events_of.read_events(self.connection, events_of.select_events(event.c.id == event_id)))[1]
        claims = list(self._claims(claim.c.event_id == event_id))
        combatants = events_of.read_combatants(self.connection, event_id)
        measures = estimates.estimate_measures(claims, policy=policy)
        timeline = events_of.read_timeline(self.connection, event_id)
        shown = [each for each in claims if history or each.standing not in ("withdrawn", "corrected")]
        return EventDetail(
            event=row,
            combatants=combatants,
            claims=tuple(shown),
            estimates=(*measures, *estimates.add_sides(measures, combatants, row.slug)),
            timeline=timeline,
            sources=self._cited(shown, timeline),
            withdrawn=sum(each.standing == "withdrawn" for each in claims),
        )

    def events(self, query: Asked = "") -> Iterator[EventRow]:
        """Stream the events that a query finds."""
        return (row for _, row in self._events(_parsed(query)))

    def claims(
        self,
        query: Asked = "",
        *,
        history: bool = False,
        metrics: Sequence[str] = (),
        kinds: Sequence[str] = (),
        group: str = "",
    ) -> Iterator[ClaimRow]:
        """Stream claims: those in view, or with `history` the superseded, corrected and withdrawn ones too.

        `group` brings together those of one "source" (who stated them) or "document".
        """
        asked = _parsed(query)
        event_terms, claim_terms = asked.split()
        filters = Filters(self.connection)
        conditions = [filters.events(event_terms), filters.claims(claim_terms)]
        conditions += [] if history else [standing()]
        conditions += [claim.c.metric.in_(metrics)] if metrics else []
        conditions += [claim.c.kind.in_(kinds)] if kinds else []
        rows = self._claims(*conditions, orders=(*claims_of.group_order(group), *_claim_orders(asked)))
        return _limited((row for row in rows if _has_stake(row, claim_terms)), asked.limit)

    def casualties(
        self, query: Asked = "", *, history: bool = False, metrics: Sequence[str] = (), group: str = ""
    ) -> Iterator[ClaimRow]:
        """Stream the casualty claims of one event (slug or native id), a query, or everything."""
        kinds = (ClaimKind.CASUALTY,)
        return self.claims(self.scope(query), history=history, metrics=metrics, kinds=kinds, group=group)

    def estimate(
        self, query: Asked = "", *, policy: str = "range", metrics: Sequence[str] = (), by_event: bool = False
    ) -> Iterator[EstimateRow]:
        """Stream estimates event by event: a row a side and metric, or with `by_event` a row an event and metric."""
        estimates.require_policy(policy)
        scope = self.scope(query)
        _, claim_terms = scope.split()
        claim_condition = Filters(self.connection).claims(claim_terms)
        for event_id, row in self._events(scope):
            measured = and_(claim.c.event_id == event_id, claim_condition)
            claims = [each for each in self._claims(measured) if _has_stake(each, claim_terms)]
            found = estimates.estimate_measures(claims, policy=policy, basis=Basis.CLAIMS)
            if by_event:
                combatants = events_of.read_combatants(self.connection, event_id)
                found = [
                    *(each for each in found if each.subject_kind == "total" and each.group is None),
                    *estimates.add_sides(found, combatants, row.slug),
                ]
            yield from (each for each in found if not metrics or each.metric in metrics)

    def scope(self, query: Asked) -> Query:
        """Return what is asked as a query: a single word that is an event's slug or native id means that event."""
        words = [query] if isinstance(query, str) else query
        if isinstance(words, Query) or len(words) != 1 or not words[0].strip() or " " in words[0].strip():
            return _parsed(query)
        word = words[0].strip()
        try:
            event_id = self.find_event(word)
        except NotFoundError:
            if _looks_like_slug(word):
                raise
            return _parsed(word)
        slug = self.connection.scalar(select(event.c.slug).where(event.c.id == event_id))
        return Query(word, (TextTerm("event", (str(slug),)),))

    def timeline(self, name: str) -> tuple[TimelineRow, ...]:
        """Return what happened when, in one event. Raises NotFoundError."""
        return events_of.read_timeline(self.connection, self.find_event(name))

    def actors(self, words: str = "") -> Iterator[ActorRow]:
        """Stream actors; `words` are of any of their names, or a kind."""
        return reference.read_actors(self.connection, words)

    def actor(self, name: str) -> ActorDetail:
        """Return one actor whole. Raises NotFoundError, with the nearest names or those it may mean."""
        ids = actor_ids(self.connection, [name])
        found = list(reference.read_actors(self.connection, ids=ids)) if ids else []
        if len(found) != 1:
            known = [each for row in found for each in (row.name,)] or self._actor_names()
            near = tuple(known[:5]) if found else nearest_names(name, known)
            what = f'"{name}" may be any of {len(found)} actors' if found else f'no actor "{name}"'
            raise NotFoundError(
                what, f"nearest: {'; '.join(near) or 'none'}", "list them with: conflictdb actors", nearest=near
            )
        actor_id = ids[0]
        fought = select(combatant.c.event_id).where(combatant.c.actor_id == actor_id)
        mine = select(combatant.c.id).where(combatant.c.actor_id == actor_id)
        statement = events_of.select_events(event.c.id.in_(fought)).order_by(*events_of.event_order(()))
        return ActorDetail(
            actor=found[0],
            description=self.connection.scalar(select(actor.c.description).where(actor.c.id == actor_id)),
            names=reference.read_aliases(self.connection, actor_id),
            relations=reference.read_relations(self.connection, actor_id),
            native_ids=events_of.read_native_ids(self.connection, [actor_id], "actor_id").get(actor_id, ()),
            events=tuple(row for _, row in events_of.read_events(self.connection, statement)),
            claimed=tuple(self._claims(claim.c.claimant_id == actor_id, standing())),
            claimed_of=tuple(self._claims(claim.c.combatant_id.in_(mine), standing())),
        )

    def people(self, words: str = "") -> Iterator[PersonRow]:
        """Stream commanders."""
        return reference.read_people(self.connection, words)

    def sources(self, words: str = "") -> Iterator[SourceRow]:
        """Stream documents; `words` are of title, publisher, author, address or handle."""
        conditions = [search_sources(self.connection, words)] if words else []
        return reference.read_sources(self.connection, *conditions)

    def conflicts(self) -> Iterator[ConflictRow]:
        """Stream conflicts."""
        return reference.read_conflicts(self.connection)

    def imports(self) -> Iterator[RunRow]:
        """Stream import runs, the newest first."""
        return reference.read_runs(self.connection)

    def search(self, words: str, limit: int | None = None) -> Iterator[HitRow]:
        """Stream what a text finds, events first."""
        return search(self.connection, words, limit)

    def _events(self, asked: Query) -> Iterator[tuple[int, EventRow]]:
        event_terms, claim_terms = asked.split()
        condition = Filters(self.connection).events(event_terms, claim_terms)
        statement = events_of.select_events(condition).order_by(*events_of.event_order(asked.order))
        found = events_of.read_events(self.connection, statement)
        stakes = [term for term in claim_terms if isinstance(term, TextTerm) and term.field == "stake"]
        if stakes:
            found = (each for each in found if self._event_has_stake(each[0], claim_terms))
        return _limited(found, asked.limit)

    def _event_has_stake(self, event_id: int, terms: Sequence[Term]) -> bool:
        """Return whether one claim in view holds all the claim terms, and none holds a negated one."""
        wanted = [term for term in terms if not term.negated]
        unwanted = [term for term in terms if term.negated and isinstance(term, TextTerm) and term.field == "stake"]
        filters = Filters(self.connection)
        mine = (claim.c.event_id == event_id, standing())
        claims = self._claims(*mine, filters.claims(wanted))
        if wanted and not any(_has_stake(row, wanted) for row in claims):
            return False
        return not unwanted or all(_has_stake(row, unwanted) for row in self._claims(*mine))

    def _claims(
        self, *conditions: ColumnElement[bool], orders: Sequence[ColumnElement[object]] = ()
    ) -> Iterator[ClaimRow]:
        statement = claims_of.select_claims(*conditions).order_by(*orders, *claims_of.ledger_order())
        return claims_of.read_claims(self.connection, statement)

    def _cited(self, claims: Iterable[ClaimRow], timeline: Iterable[TimelineRow]) -> tuple[SourceRow, ...]:
        """Return the documents of an event in the order in which they are first cited."""
        slugs = list(dict.fromkeys([*(each.source for each in claims), *(each.source for each in timeline)]))
        rows = {row.slug: row for row in reference.read_sources(self.connection, source.c.slug.in_(slugs))}
        return tuple(rows[slug] for slug in slugs)

    def _no_event(self, name: str) -> NotFoundError:
        rows = self.connection.execute(select(event.c.slug, event.c.name).limit(NAMES_COMPARED)).all()
        slugs = nearest_names(name, [row.slug for row in rows]) or nearest_names(name, [row.name for row in rows])
        near = [row for row in rows if row.slug in slugs or row.name in slugs][:3]
        lines = ", ".join(f"{row.slug} ({row.name})" for row in near)
        word = name.split("-")[0].split(":")[0]
        return NotFoundError(
            f'no event "{name}"',
            *([f"nearest: {lines}"] if near else []),
            f"list them with: conflictdb events {word}",
            nearest=tuple(row.slug for row in near),
        )

    def _actor_names(self) -> list[str]:
        return [name for row in reference.read_actors(self.connection) for name in (row.name, *row.aliases)]


def _parsed(query: Asked) -> Query:
    return query if isinstance(query, Query) else parse_query(query)


def _limited(rows: Iterator[T], limit: int | None) -> Iterator[T]:
    return rows if limit is None else islice(rows, limit)


def _has_stake(row: ClaimRow, terms: Iterable[Term]) -> bool:
    stakes = [term for term in terms if isinstance(term, TextTerm) and term.field == "stake"]
    return all((row.stake in term.values) != term.negated for term in stakes)


def _claim_orders(asked: Query) -> list[ColumnElement[object]]:
    return events_of.event_order(asked.order)[:-1] if asked.order else []


def _looks_like_slug(word: str) -> bool:
    stem, _, end = word.rpartition("-")
    return bool(stem) and end[:1].isdigit() and ":" not in word
