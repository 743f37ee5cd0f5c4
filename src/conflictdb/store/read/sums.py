"""Sums of figures over events in SQL, for what no policy has to judge claim by claim; and which events that leaves.

A measure is what is claimed of one subject of one event in one metric. Here its claims bound it, and a recorder's only
one passes through. The event's total is the measure of the event total, else the sum of its subjects.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    union_all,
)

from conflictdb.domain.vocabulary import (
    Basis,
    Qualifier,
    SubjectKind,
)
from conflictdb.store.read.extent import BATCH, Division, Extent, divided, entangled, told_events
from conflictdb.store.tables import claim, combatant, event


class Sum(NamedTuple):
    """What events add up to: how many have a figure, a low, a best; `zeros` rest on a 0 that may mean no information.

    `highest` adds the greatest values stated. Of `blanks` something is claimed that gives no figure. Of `left`, nothing
    is added here: a whole side is counted in them.
    """

    figures: int
    low: int
    lows: int
    best: int
    bests: int
    highest: int
    open: bool
    zeros: int
    blanks: int
    left: int


def add_plain(connection: Connection, extent: Extent) -> Iterator[tuple[str, Division, Sum]]:
    """Yield sums of the events that need no judging, by metric and division."""
    for row in connection.execute(union_all(*(_divide(extent, found) for found in _totals(extent)))):
        metric, events, figures, low, lows, best, bests, highest, is_open, zeros, left, *division = row
        numbers = int(low or 0), lows, int(best or 0), bests, int(highest or 0), bool(is_open), int(zeros)
        yield metric, tuple(division), Sum(figures, *numbers, blanks=events - figures - int(left), left=int(left))


def _divide(extent: Extent, found: FromClause) -> Select[Any]:
    own = found.c
    return (
        select(
            own.metric, func.count(), func.count(own.highest), func.sum(own.low), func.count(own.low),
            func.sum(own.best), func.count(own.best), func.sum(own.highest),
            func.max(case((own.highest.is_not(None), own.open), else_=0)), func.sum(own.zero), func.sum(own.left),
            *extent.divisions,
        )
        .select_from(divided(extent).join(found, own.event_id == event.c.id))
        .where(*([] if extent.whole else [extent.events]))
        .group_by(own.metric, *extent.divisions)
    )  # fmt: skip


def count_meant(connection: Connection, extent: Extent) -> int:
    """Return how many events are meant, be it that nothing is told of them any longer."""
    return connection.scalar(select(func.count()).select_from(event).where(extent.events)) or 0


class Lacking(NamedTuple):
    """An event without a figure in one metric."""

    id: int
    slug: str
    first_day: int | None
    division: Division


def name_silent(connection: Connection, extent: Extent, metric: str, *, few: bool) -> Generator[Lacking, None, None]:
    """Stream the events of which nothing is claimed in one metric, by date; entangled ones too.

    `few`: that is to be expected, and it pays to sort those that are found rather than to walk through all by date.
    """
    tables, conditions = told_events(extent)
    own = replace(extent, metrics=(metric,), whole=True)
    spoken = select(claim.c.id).where(claim.c.event_id == event.c.id, *own.in_view()).correlate(event)
    silent = select(*_named(extent)).select_from(tables).where(*conditions, not_(spoken.exists()))
    if few:
        yield from _lacking(connection, silent.order_by(event.c.first_day.is_(None), event.c.first_day, event.c.id))
        return
    yield from _lacking(
        connection, silent.where(event.c.first_day.is_not(None)).order_by(event.c.first_day, event.c.id)
    )
    yield from _lacking(connection, silent.where(event.c.first_day.is_(None)).order_by(event.c.id))


def name_blank(connection: Connection, extent: Extent, metric: str) -> Iterator[Lacking]:
    """Stream the events that `add_plain` has no figure for in one metric, though something is claimed."""
    for found in _totals(replace(extent, metrics=(metric,))):
        tables, conditions = told_events(extent)
        statement = select(*_named(extent)).select_from(tables.join(found, found.c.event_id == event.c.id))
        yield from _lacking(connection, statement.where(found.c.highest.is_(None), found.c.left == 0, *conditions))


def _named(extent: Extent) -> tuple[ColumnElement[Any], ...]:
    return event.c.id, event.c.slug, event.c.first_day, *extent.divisions


def _lacking(connection: Connection, statement: Select[Any]) -> Iterator[Lacking]:
    with connection.execute(statement.execution_options(yield_per=BATCH)) as result:
        for event_id, slug, first_day, *division in result:
            yield Lacking(event_id, slug, first_day, tuple(division))


def _totals(extent: Extent) -> tuple[FromClause, FromClause]:
    """Select what events come to in each metric: as claimed of the event total, and of the others by their subjects.

    Entangled events are left out. `left` are those without a claim on the total in which somebody counts a whole side:
    how that goes with the losses of those who fought on it is for `estimates` to say.
    """
    whole = _measures(extent, [claim.c.subject_kind == SubjectKind.TOTAL]).cte("whole")
    without_whole = [claim.c.subject_kind != SubjectKind.TOTAL, whole.c.event_id.is_(None)]
    parts = _measures(
        extent, without_whole, (claim.c.subject_kind, claim.c.combatant_id),
        and_(whole.c.event_id == claim.c.event_id, whole.c.metric == claim.c.metric), whole,
    ).subquery("parts")  # fmt: skip
    return whole, _add_parts(parts).subquery("totals")


def _add_parts(parts: FromClause) -> Select[Any]:
    """Add the subjects of each event. One without a figure leaves the sum open; so does a combatant nobody counts."""
    own = parts.c
    sides = func.max(case((own.subject_kind == SubjectKind.SIDE, 1), else_=0))
    fought = select(func.count()).where(combatant.c.event_id == own.event_id).correlate(parts).scalar_subquery()
    missing = fought > func.count(own.combatant_id)
    has_best = and_(sides == 0, func.count(own.best) == func.count(), not_(missing))
    return select(
        own.event_id, own.metric, case((sides == 0, func.sum(own.low))).label("low"),
        case((has_best, func.sum(own.best))).label("best"),
        case((sides == 0, func.sum(own.highest))).label("highest"),
        case((missing, 1), else_=func.max(case((own.highest.is_(None), 1), else_=own.open))).label("open"),
        case((sides == 0, func.max(own.zero)), else_=0).label("zero"), sides.label("left"),
    ).group_by(own.event_id, own.metric)  # fmt: skip


def _measures(
    extent: Extent, conditions: Sequence[ColumnElement[bool]], subject: Sequence[ColumnElement[Any]] = (),
    unless: ColumnElement[bool] | None = None, other: FromClause | None = None,
) -> Select[Any]:  # fmt: skip
    """Select the bounds of each measure; `subject` tells measures of one event apart."""
    tangled = entangled()
    tables = claim.outerjoin(tangled, tangled.c.event_id == claim.c.event_id)
    tables = tables if other is None else tables.outerjoin(other, unless)
    keys = claim.c.event_id, claim.c.metric, *subject
    found = (
        select(*keys, *_bounds())
        .select_from(tables)
        .where(*conditions, tangled.c.event_id.is_(None), *extent.in_view())
        .group_by(*keys)
        .subquery()
    )
    return select(
        found.c.event_id,
        found.c.metric,
        *_estimate(found, extent.basis),
        literal(0).label("left"),
        *(found.c[each.name] for each in subject),
    )


def _bounds() -> list[ColumnElement[Any]]:
    """Return what the claims of one measure come to; a recorder's 0 that may mean no information, apart from others."""
    own = claim.c
    tells = own.qualifier != Qualifier.ZERO_OR_UNKNOWN
    opens = and_(tells, own.upper.is_(None), func.coalesce(own.lower, own.best).is_not(None))
    return [
        func.count().label("claims"),
        func.count(case((tells, 1))).label("telling"),
        func.min(case((tells, own.lower))).label("low"),
        func.max(case((tells, func.coalesce(own.upper, own.lower)))).label("high"),
        func.max(case((tells, own.best))).label("best"),
        func.max(case((opens, 1), else_=0)).label("open"),
        func.max(case((not_(tells), func.coalesce(own.best, 0)))).label("empty"),
    ]


def _estimate(found: FromClause, basis: Basis) -> list[ColumnElement[Any]]:
    """Return low, best, greatest value, whether that is open, and whether only zeros that may mean nothing are there.

    So do `report_range` of `policies.range` and, of a recorder's only estimate, `policies.estimates_only`.
    """
    own = found.c
    nothing, closed = own.telling == 0, own.open == 0
    greatest = case((or_(own.best.is_(None), own.high >= own.best), own.high), else_=own.best)
    best: ColumnElement[Any] = cast(null(), BigInteger)
    highest = case((nothing, own.empty), else_=greatest)
    if basis is Basis.ESTIMATES:
        alone = and_(own.telling == 1, closed)
        point = func.coalesce(own.best, case((and_(alone, own.low == own.high), own.low)))
        best = case((own.telling == 1, point), (and_(nothing, own.claims == 1), own.empty))
        highest = case(
            (and_(nothing, own.claims == 1), 0), (and_(alone, own.high.is_not(None)), own.high), else_=highest
        )
    return [
        case((nothing, 0), else_=own.low).label("low"), best.label("best"), highest.label("highest"),
        own.open.label("open"), case((nothing, 1), else_=0).label("zero"),
    ]  # fmt: skip
