"""Add the estimates of many events: lows and highs apart, by metric, and by what events or their losses divide into."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, and_, select

from conflictdb.asking import Asker
from conflictdb.domain.lens import Lens
from conflictdb.domain.policies.range import POLICY as RANGE
from conflictdb.domain.query import Query
from conflictdb.domain.query_fields import TextTerm
from conflictdb.domain.rows.total import SUBJECTS, TotalRow
from conflictdb.domain.vocabulary import PERSON_METRICS, Basis
from conflictdb.errors import UsageError
from conflictdb.looking import meet
from conflictdb.store.filters import Filters
from conflictdb.store.read.events import event_order
from conflictdb.store.read.extent import Extent, told_events
from conflictdb.store.tables import event
from conflictdb.totals.groups import Group, group_divisions, require_division, rest_group
from conflictdb.totals.judged import EventJudge
from conflictdb.totals.plain import add_by_sql
from conflictdb.totals.tally import Key, Tallies, Tally, join_all


def add_events(
    connection: Connection, scope: Query, lens: Lens, *, metrics: Sequence[str] = (), by: str | None = None
) -> Iterator[TotalRow]:
    """Yield the sums over all events of a query: by metric, and in each metric a row for each group with a figure.

    The groups without any share a row. Without `metrics` those that have a figure are listed. By actor and by side
    the subjects' own estimates are added, else the totals of events. Raises UsageError, and
    NotFoundError for a name that the policy is told and nobody has.
    """
    require_division(by)
    for metric in metrics:
        if metric not in PERSON_METRICS:
            raise UsageError(
                f"sums are of persons, and {metric} counts things of several kinds",
                f"list them with: conflictdb casualties --by-side --metric {metric}",
            )
    return _sums(connection, scope, meet(lens, connection), tuple(metrics), by)


def _sums(
    connection: Connection, scope: Query, lens: Lens, metrics: tuple[str, ...], by: str | None
) -> Iterator[TotalRow]:
    stakes = [term for term in scope.split()[1] if isinstance(term, TextTerm) and term.field == "stake"]
    extent = _extent(connection, scope, lens, metrics, by)
    judge = EventJudge(connection, extent, lens, stakes)
    tallies: Tallies = defaultdict(lambda: defaultdict(Tally))
    only_bounds = lens.basis is Basis.ESTIMATES or lens.chosen.policy is RANGE
    if only_bounds and by not in SUBJECTS and not stakes:
        add_by_sql(connection, extent, judge, tallies)
    else:
        judge.add_all(tallies)
    for metric in PERSON_METRICS:
        if metric in metrics or any(each.figures for each in tallies.get(metric, {}).values()):
            yield from _rows(_grouped(by, tallies[metric]), by, metric, lens)


def _extent(connection: Connection, scope: Query, lens: Lens, metrics: tuple[str, ...], by: str | None) -> Extent:
    event_terms, claim_terms = scope.split()
    filters = Filters(connection, lens.knowledge)
    events: ColumnElement[bool] = and_(filters.events(event_terms), filters.having(claim_terms))
    whole = scope.is_empty and scope.limit is None
    basis, claims = lens.basis, filters.claims(claim_terms)
    extent = Extent(events, claims, whole, basis, lens.knowledge, metrics, by)
    if scope.limit is not None:
        extent = Extent(_first(connection, scope, extent), claims, whole, basis, lens.knowledge, metrics, by)
    return extent


def _first(connection: Connection, scope: Query, extent: Extent) -> ColumnElement[bool]:
    """Return the condition that an event is one of the first that a query with a limit finds, in its order."""
    if any(isinstance(term, TextTerm) and term.field == "stake" for term in scope.terms):
        return event.c.id.in_(list(Asker(connection).event_ids(scope)))
    tables, conditions = told_events(replace(extent, by="country"))
    found = select(event.c.id).select_from(tables).where(*conditions).order_by(*event_order(scope.order))
    return event.c.id.in_(found.limit(scope.limit).correlate(None))


def _grouped(by: str | None, sums: Mapping[Key, Tally]) -> dict[Group, Tally]:
    """Return sums by the groups that they belong to."""
    if by in SUBJECTS:
        return {key: each for key, each in sums.items() if isinstance(key, Group)}
    groups = group_divisions(by, {division: each.events + each.once for division, each in sums.items()})
    members: dict[Group, list[Tally]] = defaultdict(list)
    for division, each in sums.items():
        members[groups[division]].append(each)
    return {group: join_all(each) for group, each in members.items()}


def _rows(sums: Mapping[Group, Tally], by: str | None, metric: str, lens: Lens) -> Iterator[TotalRow]:
    """Yield the groups in their order; last, in one row, those of which no event has a figure."""
    silent = [group for group, each in sums.items() if not each.figures]
    listed = {group: each for group, each in sums.items() if each.figures or len(silent) == 1}
    if by is not None and len(silent) > 1:
        listed[rest_group(by, len(silent))] = join_all(sums[group] for group in silent)
    for group in sorted(listed):
        yield listed[group].row(by, group.name, metric, lens)
