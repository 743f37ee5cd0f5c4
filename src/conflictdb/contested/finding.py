"""Find the events about which claims disagree, the most contested first.

One statement finds the measures of which not all state the same. It knows nothing of copies, of claims that were judged
the same and of rival accounts: the events that have any are looked at claim by claim, as are those that are returned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Select, and_, case, func, or_, select, union

from conflictdb.claimants.scope import seek
from conflictdb.contested.words import speak_disagreement
from conflictdb.domain.disagreement import NEVER_RIVAL, divergence, find_disagreement
from conflictdb.domain.lens import Lens
from conflictdb.domain.query import Query
from conflictdb.domain.rows import ClaimRow, EventRow
from conflictdb.domain.rows.contest import ContestRow
from conflictdb.domain.vocabulary import Attribute, ClaimKind, LinkKind, Qualifier, Verdict
from conflictdb.store.read import claims as claims_of
from conflictdb.store.read import events as events_of
from conflictdb.store.read.standing import standing
from conflictdb.store.tables import claim, claim_link, event, judgement

BATCH = 500
"""Events whose claims are read together."""
_FIGURES = (ClaimKind.CASUALTY, ClaimKind.STRENGTH)

T = TypeVar("T")
Order = tuple[float, float, str]


class _Found(NamedTuple):
    """An event whose figures one statement has compared, with its place in the order."""

    order: Order
    event_id: int


def find_contested(connection: Connection, scope: Query, lens: Lens) -> tuple[ContestRow, ...]:
    """Return the events of a query by how much their claims disagree: by `Disagreement.weight`, then by that of their
    strengths, then by slug. Claim terms choose the claims that are compared. Raises UsageError for an order of its own.
    """
    search = _Search(connection, scope, lens)
    one_by_one = _first(search.examine(search.delicate()), _order, scope.limit)
    compared = _first(search.compared(), lambda each: each.order, scope.limit)
    rows = [*one_by_one, *search.examine(each.event_id for each in compared)]
    return tuple(sorted(rows, key=_order)[: scope.limit])


def _first(things: Iterable[T], order: Callable[[T], Order], limit: int | None) -> list[T]:
    return list(things) if limit is None else nsmallest(limit, things, key=order)


def _order(row: ContestRow) -> Order:
    strength = max((each.disagreement for each in row.figures if each.kind == ClaimKind.STRENGTH), default=0.0)
    return -row.disagreement, -strength, row.event


class _Search:
    """One search on one connection."""

    def __init__(self, connection: Connection, scope: Query, lens: Lens) -> None:
        self.connection, self.lens = connection, lens
        self.sought = seek(connection, scope, lens.basis, "contested events", lens.knowledge)
        self.claims = and_(self.sought.claims, self.sought.of_basis)

    def examine(self, ids: Iterable[int]) -> Iterator[ContestRow]:
        """Yield those of these events that are contested, by the claims themselves."""
        coming = iter(ids)
        while batch := list(islice(coming, BATCH)):
            claims: dict[str, list[ClaimRow]] = defaultdict(list)
            mine = claim.c.event_id.in_(batch), self.claims
            for row in claims_of.read_ledger(self.connection, *mine, knowledge=self.lens.knowledge):
                if self.sought.wants(row):
                    claims[row.event].append(row)
            events = events_of.read_events(self.connection, events_of.select_events(event.c.id.in_(batch)))
            for _, found in events:
                row_of_event = self._row(found, claims[found.slug])
                if row_of_event.reasons:
                    yield row_of_event

    def delicate(self) -> list[int]:
        """Return the events that the one statement cannot decide."""
        if self.sought.stakes:
            held = event.c.id.in_(select(claim.c.event_id).where(self.claims).correlate(None))
        else:
            held = event.c.id.in_(_delicate())
        return list(self.connection.scalars(select(event.c.id).where(self.sought.events, held).order_by(event.c.id)))

    def compared(self) -> Iterator[_Found]:
        """Yield the other events of which some measure is stated in more than one way, read as one statement."""
        if self.sought.stakes:
            return
        statement = _differing().where(
            standing(self.lens.knowledge), self.claims, self.sought.events, claim.c.event_id.not_in(_delicate())
        )
        worst: dict[str, float] = {}
        current: tuple[int, str] | None = None
        with self.connection.execute(statement.execution_options(yield_per=BATCH)) as result:
            for event_id, slug, kind, *ends in result:
                if current is not None and current != (event_id, slug):
                    yield _place(current, worst)
                    worst = {}
                current = event_id, slug
                least, greatest = min(ends), max(ends)
                worst[kind] = max(worst.get(kind, 0.0), divergence(least, greatest))
        if current is not None:
            yield _place(current, worst)

    def _row(self, found: EventRow, claims: Sequence[ClaimRow]) -> ContestRow:
        disagreement = find_disagreement(claims, self.lens.basis, found.date)
        losses = disagreement.losses
        return ContestRow(
            event=found.slug, name=found.name, date=found.date, country=found.country,
            disagreement=disagreement.weight, spread=losses.spread if losses else None,
            ratio=losses.ratio if losses else None, reasons=speak_disagreement(disagreement),
            figures=disagreement.figures, rivals=disagreement.rivals, basis=self.lens.basis, as_of=self.lens.as_of,
        )  # fmt: skip


def _place(found: tuple[int, str], worst: dict[str, float]) -> _Found:
    event_id, slug = found
    losses = round(worst.get(ClaimKind.CASUALTY, 0.0), 2)
    return _Found((-losses, -worst.get(ClaimKind.STRENGTH, 0.0), slug), event_id)


def _differing() -> Select[Any]:
    """Select event, kind and the ends of each measure whose ends differ; what says only 0 or unknown does not count."""
    part = case((claim.c.part_of_id.is_not(None), func.coalesce(claim.c.group, claim.c.wording)), else_=claim.c.group)
    measure = (
        claim.c.event_id, event.c.slug, claim.c.kind, claim.c.subject_kind, claim.c.combatant_id, claim.c.side,
        claim.c.metric, claim.c.item, claim.c.fate, part, claim.c.part_of_id.is_not(None),
    )  # fmt: skip
    lower, upper, best = claim.c.lower, claim.c.upper, claim.c.best
    leasts = [func.min(func.coalesce(lower, upper, best)), func.min(func.coalesce(best, lower, upper))]
    greatests = [func.max(func.coalesce(upper, lower, best)), func.max(func.coalesce(best, upper, lower))]
    return (
        select(claim.c.event_id, event.c.slug, claim.c.kind, *leasts, *greatests)
        .join(event, event.c.id == claim.c.event_id)
        .where(claim.c.kind.in_(_FIGURES), claim.c.qualifier != Qualifier.ZERO_OR_UNKNOWN)
        .group_by(*measure)
        .having(or_(*(least < greatest for least in leasts for greatest in greatests)))
        .order_by(claim.c.event_id)
    )


def _delicate() -> Select[tuple[int]]:
    """Select the events in which claims repeat others, were judged the same, or may be rival accounts."""
    copied = select(claim_link.c.event_id).where(claim_link.c.kind == LinkKind.REPEATS)
    same = judgement.c.verdict == Verdict.SAME, judgement.c.undone_at.is_(None)
    judged = select(claim.c.event_id).join(judgement, judgement.c.claim_id == claim.c.id).where(*same)
    dated = func.max(case((claim.c.attribute == Attribute.DATE, 1), else_=0)) == 1
    rivals = (
        select(claim.c.event_id)
        .where(or_(claim.c.kind == ClaimKind.COMMANDER, claim.c.attribute.not_in(NEVER_RIVAL)))
        .group_by(claim.c.event_id)
        .having(or_(func.count(claim.c.claimant_id.distinct()) > 1, dated))
    )
    found = union(copied, judged, rivals).subquery()
    return select(found.c.event_id)
