"""Estimates: group claims by what they measure, apply a policy to each group, and add the sides of an event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from conflictdb.domain.policies.outcome import Outcome
from conflictdb.domain.policies.reconcile import Chosen, reconcile, rests_on_nothing
from conflictdb.domain.policies.view import on_basis
from conflictdb.domain.rows import ClaimRow, CombatantRow, EstimateRow
from conflictdb.domain.vocabulary import PERSON_METRICS, Basis, ClaimKind, Metric, SubjectKind
from conflictdb.policies import DEFAULT, choose_policy

_METRICS = list(Metric)


def estimate_measures(
    claims: Iterable[ClaimRow], chosen: Chosen | None = None, basis: Basis = Basis.CLAIMS, as_of: str | None = None
) -> list[EstimateRow]:
    """Return one estimate for each measure of one event: subject, group, metric, item and fate.

    Give all claims of the event, the superseded and withdrawn ones too. A measure that only has claims of the
    other basis has no estimate. The policy is `range` where none is chosen; `as_of` is only told on.
    """
    chosen = chosen or choose_policy(DEFAULT)
    figures = sorted((claim for claim in claims if claim.kind == ClaimKind.CASUALTY), key=_measure)
    rows = []
    for _, group in groupby(figures, key=_measure):
        members = list(group)
        if any(claim.standing == "standing" and on_basis(claim, basis) for claim in members):
            rows.append(_row(members, reconcile(chosen, members, basis), chosen, basis, as_of))
    return rows


def add_sides(
    estimates: Sequence[EstimateRow], combatants: Sequence[CombatantRow], event: str, metrics: Iterable[str] = ()
) -> list[EstimateRow]:
    """Return the event totals as sums of the sides, one a metric, labelled composite.

    A combatant whose losses nobody states, or the policy leaves without a figure, is named, and leaves the total open
    above. Subsets are never added to their wholes, and claims on the event total are not added to anything.
    """
    rows = []
    for metric in metrics or PERSON_METRICS:
        measures = [each for each in estimates if each.metric == metric and is_part(each)]
        if any(each.highest_stated is not None for each in measures):
            rows.append(_sum(measures, combatants, event, metric))
    return rows


def is_part(estimate: EstimateRow) -> bool:
    """Return whether an estimate is of what adds up to the event: neither a subset nor the total itself."""
    return estimate.group is None and estimate.subject_kind != SubjectKind.TOTAL


def total_of_event(
    measures: Sequence[EstimateRow], combatants: Sequence[CombatantRow], event: str
) -> list[EstimateRow]:
    """Return the estimates of the event total where claims are made on it, and beside them the sums of the sides."""
    stated = [each for each in measures if each.subject_kind == SubjectKind.TOTAL and each.group is None]
    return [*stated, *add_sides(measures, combatants, event)]


def _sum(measures: Sequence[EstimateRow], combatants: Sequence[CombatantRow], event: str, metric: str) -> EstimateRow:
    whole_sides = {
        each.side for each in measures if each.subject_kind == SubjectKind.SIDE and each.highest_stated is not None
    }
    counted = [each for each in measures if each.subject_kind != SubjectKind.COMBATANT or each.side not in whole_sides]
    parts = [each for each in counted if each.highest_stated is not None]
    undecided = [each for each in counted if each.highest_stated is None]
    known = {each.subject for each in counted}
    missing = [each.actor for each in combatants if each.actor not in known and each.side not in whole_sides]
    is_open = bool(missing or undecided) or any(each.open for each in parts)
    lows = [each.low for each in parts if each.low is not None]
    bests = [each.best for each in parts if each.best is not None]
    has_best = len(bests) == len(counted) and not missing
    highest = sum(each.highest_stated or 0 for each in parts)
    notes = ["sum of " + " and ".join(each.subject for each in parts)]
    notes += [f"no figure for {each.subject}: {each.why}" for each in undecided]
    notes += [f"losses of {name} not stated" for name in missing]
    first = parts[0]
    return EstimateRow(
        event=event, subject="total", subject_kind=SubjectKind.TOTAL, side=None, group=None, metric=metric, item=None,
        fate=None, low=sum(lows) if lows else None, best=sum(bests) if has_best else None,
        high=None if is_open else highest, open=is_open, highest_stated=highest,
        used=tuple(key for each in parts for key in each.used), set_aside=(), ties=(), composite=True,
        note="; ".join(notes), policy=first.policy, version=first.version, basis=first.basis, rule=first.rule,
        why="the sum of the sides", zero_or_unknown=any(each.zero_or_unknown for each in parts),
        parameters=first.parameters, label=first.label, as_of=first.as_of,
    )  # fmt: skip


def _measure(claim: ClaimRow) -> tuple[Any, ...]:
    metric = _METRICS.index(Metric(claim.metric)) if claim.metric else 99
    kind = claim.subject_kind or ""
    side = claim.side if claim.side is not None else 99
    return (
        side,
        kind,
        claim.subject or "",
        metric,
        claim.item or "",
        claim.fate or "",
        bool(claim.part_of),
        _group(claim) or "",
    )


def _group(claim: ClaimRow) -> str | None:
    """Return which of the subject a figure is about: a part without a name of its own goes by its wording."""
    return claim.group or ((claim.wording or "part of them") if claim.part_of else None)


def _row(members: Sequence[ClaimRow], outcome: Outcome, chosen: Chosen, basis: Basis, as_of: str | None) -> EstimateRow:
    claim, policy = members[0], chosen.policy
    return EstimateRow(
        event=claim.event, subject=claim.subject or "", subject_kind=claim.subject_kind or "", side=claim.side,
        group=_group(claim), metric=claim.metric or "", item=claim.item, fate=claim.fate, low=outcome.low,
        best=outcome.best, high=outcome.high, open=outcome.open, highest_stated=outcome.highest_stated,
        used=outcome.used, set_aside=outcome.set_aside, ties=outcome.ties, composite=False, note="",
        policy=policy.name, version=policy.version, basis=basis, rule=policy.rule, why=outcome.why,
        pending=outcome.pending,
        zero_or_unknown=rests_on_nothing(outcome, members),
        parameters=dict(chosen.arguments), label=chosen.label, as_of=as_of,
    )  # fmt: skip
