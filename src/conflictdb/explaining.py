"""Explain estimates: which claims count, which do not and why, and what the figure would be without each claimant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from conflictdb import estimates
from conflictdb.asking import Asker, Measured
from conflictdb.domain.lens import Lens
from conflictdb.domain.policies.evidence import ENDINGS, highest, point
from conflictdb.domain.policies.view import on_basis
from conflictdb.domain.query import Query
from conflictdb.domain.rows import ClaimRow, CombatantRow, EstimateRow
from conflictdb.domain.rows.explanation import Aside, Change, ExplanationRow
from conflictdb.finding import find_event
from conflictdb.store.read.events import read_combatants

MOST_LEFT_OUT = 12
"""How many claimants of one estimate are left out in turn: each of them means to estimate anew."""

Recount = Callable[[Sequence[ClaimRow]], EstimateRow | None]


def explain(
    connection: Connection, scope: Query, lens: Lens, *, metrics: Sequence[str] = (), by_event: bool = False
) -> Iterator[ExplanationRow]:
    """Stream the estimates of a query, each with how it came about; with `by_event` those of event totals."""
    count = 0
    for measured in Asker(connection).measured(scope, lens):
        fighters: tuple[CombatantRow, ...] = ()
        if by_event:
            event_id = find_event(connection, measured.event.slug)
            fighters = read_combatants(connection, [event_id]).get(event_id, ())
        for row in _explain_event(measured, lens, fighters, metrics, by_event):
            if scope.limit is not None and count >= scope.limit:
                return
            count += 1
            yield row


def _explain_event(
    measured: Measured, lens: Lens, fighters: Sequence[CombatantRow], metrics: Sequence[str], by_event: bool
) -> Iterator[ExplanationRow]:
    measures, slug = measured.estimates, measured.event.slug

    def measure(claims: Sequence[ClaimRow]) -> EstimateRow | None:
        return next(iter(estimates.estimate_measures(claims, lens.chosen, lens.basis, lens.as_of)), None)

    def add(claims: Sequence[ClaimRow]) -> EstimateRow | None:
        found = estimates.estimate_measures(claims, lens.chosen, lens.basis, lens.as_of)
        return next(iter(estimates.add_sides(found, fighters, slug, [claims[0].metric or ""])), None)

    rows = estimates.total_of_event(measures, fighters, slug) if by_event else measures
    for estimate in rows:
        if metrics and estimate.metric not in metrics:
            continue
        if estimate.composite:
            claims = [claim for claim in measured.claims if claim.metric == estimate.metric]
            parts = tuple(each for each in measures if each.used and _is_part(each, estimate))
        else:
            told = {*estimate.used, *(each.key for each in estimate.set_aside)}
            claims, parts = [claim for claim in measured.claims if claim.key in told], ()
        changes, claimants = _changes(estimate, claims, lens, add if estimate.composite else measure)
        yield ExplanationRow(
            estimate=estimate, event_name=measured.event.name,
            counted=() if estimate.composite else _in_order(each for each in claims if each.key in estimate.used),
            asides=_asides(estimate, claims), parts=parts, changes=changes, claimants=claimants,
            left_out=min(claimants, MOST_LEFT_OUT),
        )  # fmt: skip


def _is_part(estimate: EstimateRow, total: EstimateRow) -> bool:
    stated = estimate.highest_stated is not None and estimates.is_part(estimate)
    return stated and estimate.metric == total.metric and {*estimate.used} <= {*total.used}


def _in_order(claims: Iterable[ClaimRow]) -> tuple[ClaimRow, ...]:
    """Return claims as they were stated, the undated last and by what they state."""

    def place(claim: ClaimRow) -> tuple[Any, ...]:
        day = claim.stated_last_day
        return day is None, day or 0, claim.lower is None, claim.lower or 0, highest(claim) or 0, claim.key

    return tuple(sorted(claims, key=place))


def _asides(estimate: EstimateRow, claims: Iterable[ClaimRow]) -> tuple[Aside, ...]:
    """Return what was set aside by reason, as in the order of its claims."""
    reasons = {each.key: each.reason for each in estimate.set_aside}
    grouped: dict[str, list[ClaimRow]] = {}
    for claim in _in_order(each for each in claims if each.key in reasons):
        grouped.setdefault(reasons[claim.key], []).append(claim)
    return tuple(Aside(reason, tuple(members)) for reason, members in grouped.items())


def _changes(
    estimate: EstimateRow, claims: Sequence[ClaimRow], lens: Lens, recount: Recount
) -> tuple[tuple[Change, ...], int]:
    """Return what differs when claimants are left out in turn, and how many claimants there are."""
    ranked = _rank_claimants(estimate, [claim for claim in claims if on_basis(claim, lens.basis)])
    changes = []
    for key in ranked[:MOST_LEFT_OUT]:
        gone = [claim for claim in claims if claim.claimant_key == key or key in claim.claimant_above]
        left = _without(claims, gone)
        found = recount(left) if left else None
        if found is None or _figures(found) != _figures(estimate):
            own = [claim for claim in _in_order(gone) if claim.claimant_key == key]
            names = {claim.claimant_actor: claim.claimant for claim in reversed(own)}  # several, where judged the same
            others = {claim.claimant for claim in gone if claim.claimant_key != key} - {*names.values()}
            changes.append(Change(" and ".join(sorted(names.values())), tuple(sorted(others)), found))
    return tuple(changes), len(ranked)


def _rank_claimants(estimate: EstimateRow, claims: Iterable[ClaimRow]) -> list[str]:
    """Return the keys of claimants, first those whose claims stand at an end of the estimate, or are its best."""
    ends = {estimate.low, estimate.best, estimate.high, estimate.highest_stated, *estimate.ties} - {None}
    weight: dict[str, tuple[int, int]] = {}
    for claim in claims:
        used = claim.key in estimate.used
        bears = used and (claim.upper is None or not ends.isdisjoint((claim.lower, claim.upper, point(claim))))
        bearing, using = weight.get(claim.claimant_key, (0, 0))
        weight[claim.claimant_key] = (bearing + bears, using + used)
    return sorted(weight, key=lambda key: (-weight[key][0], -weight[key][1], key))


def _without(claims: Iterable[ClaimRow], gone: Iterable[ClaimRow]) -> list[ClaimRow]:
    """Return the other claims as if these had never been made: what they ended stands again."""
    keys = {claim.key for claim in gone}
    return [_freed(claim, keys) for claim in claims if claim.key not in keys]


def _freed(claim: ClaimRow, gone: set[str]) -> ClaimRow:
    ended = {name: getattr(claim, name) for name in ENDINGS}
    if all(gone.isdisjoint(found) for found in ended.values()):
        return claim
    left: dict[str, Any] = {name: tuple(key for key in found if key not in gone) for name, found in ended.items()}
    if claim.standing != "withdrawn" and not any(left.values()):
        left["standing"] = "standing"
    return replace(claim, **left)


def _figures(estimate: EstimateRow) -> tuple[Any, ...]:
    return (
        *(estimate.low, estimate.best, estimate.high, estimate.open, estimate.highest_stated),
        *(estimate.ties, estimate.pending),
    )
