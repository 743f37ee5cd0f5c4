"""Estimates: group claims by what they measure, apply a policy to each group, and add the sides of an event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from conflictdb.domain.policies import range as range_policy
from conflictdb.domain.policies.outcome import Outcome
from conflictdb.domain.policies.view import take_view
from conflictdb.domain.rows import ClaimRow, CombatantRow, EstimateRow
from conflictdb.domain.vocabulary import PERSON_METRICS, Basis, ClaimKind, Metric, SubjectKind
from conflictdb.errors import UsageError

POLICIES = {range_policy.NAME: range_policy}
_METRICS = list(Metric)


def require_policy(name: str) -> None:
    """Raise UsageError, with the nearest names, unless there is a policy of that name."""
    if name not in POLICIES:
        from conflictdb.domain.nearest import nearest_names

        near = nearest_names(name, POLICIES, limit=1)
        advice = [f"did you mean {near[0]}?"] if near else []
        raise UsageError(f"no policy is called {name!r}", *advice, f"known: {', '.join(POLICIES)}")


def estimate_measures(
    claims: Iterable[ClaimRow], *, policy: str = "range", basis: Basis = Basis.CLAIMS
) -> list[EstimateRow]:
    """Return one estimate for each measure of one event: subject, group, metric, item and fate.

    Give all claims of the event, the superseded and withdrawn ones too. A measure that only has claims of the
    other basis has no estimate.
    """
    figures = sorted((claim for claim in claims if claim.kind == ClaimKind.CASUALTY), key=_measure)
    rows = []
    for _, group in groupby(figures, key=_measure):
        members = list(group)
        outcome = POLICIES[policy].reconcile(take_view(members, basis))
        if outcome.used or any(claim.standing == "standing" and _on(claim, basis) for claim in members):
            rows.append(_row(members[0], outcome, policy, basis))
    return rows


def add_sides(
    estimates: Sequence[EstimateRow], combatants: Sequence[CombatantRow], event: str, metrics: Iterable[str] = ()
) -> list[EstimateRow]:
    """Return the event totals as sums of the sides, one a metric, labelled composite.

    A combatant whose losses nobody states is named, and leaves the total open above. Subsets are never added to
    their wholes, and claims on the event total are not added to anything.
    """
    rows = []
    for metric in metrics or PERSON_METRICS:
        parts = [
            each
            for each in estimates
            if each.metric == metric
            and each.group is None
            and each.subject_kind != SubjectKind.TOTAL
            and each.highest_stated is not None
        ]
        if parts:
            rows.append(_sum(parts, combatants, event, metric))
    return rows


def total_of_event(
    measures: Sequence[EstimateRow], combatants: Sequence[CombatantRow], event: str
) -> list[EstimateRow]:
    """Return the estimates of the event total where claims are made on it, and beside them the sums of the sides."""
    stated = [each for each in measures if each.subject_kind == SubjectKind.TOTAL and each.group is None]
    return [*stated, *add_sides(measures, combatants, event)]


def _sum(parts: list[EstimateRow], combatants: Sequence[CombatantRow], event: str, metric: str) -> EstimateRow:
    whole_sides = {each.side for each in parts if each.subject_kind == SubjectKind.SIDE}
    parts = [each for each in parts if each.subject_kind != SubjectKind.COMBATANT or each.side not in whole_sides]
    known = {each.subject for each in parts}
    missing = [each.actor for each in combatants if each.actor not in known and each.side not in whole_sides]
    is_open = bool(missing) or any(each.open for each in parts)
    lows = [each.low for each in parts if each.low is not None]
    highest = sum(each.highest_stated or 0 for each in parts)
    notes = ["sum of " + " and ".join(each.subject for each in parts)]
    notes += [f"losses of {name} not stated" for name in missing]
    first = parts[0]
    return EstimateRow(
        event=event, subject="total", subject_kind=SubjectKind.TOTAL, side=None, group=None, metric=metric, item=None,
        fate=None, low=sum(lows) if lows else None, best=None, high=None if is_open else highest, open=is_open,
        highest_stated=highest, used=tuple(key for each in parts for key in each.used), set_aside=(), ties=(),
        composite=True, note="; ".join(notes), policy=first.policy, version=first.version, basis=first.basis,
        rule=first.rule,
    )  # fmt: skip


def _on(claim: ClaimRow, basis: Basis) -> bool:
    return basis is Basis.BOTH or (claim.basis == "estimate") == (basis is Basis.ESTIMATES)


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


def _row(claim: ClaimRow, outcome: Outcome, policy: str, basis: Basis) -> EstimateRow:
    chosen = POLICIES[policy]
    return EstimateRow(
        event=claim.event, subject=claim.subject or "", subject_kind=claim.subject_kind or "", side=claim.side,
        group=_group(claim), metric=claim.metric or "", item=claim.item, fate=claim.fate, low=outcome.low,
        best=outcome.best, high=outcome.high, open=outcome.open, highest_stated=outcome.highest_stated,
        used=outcome.used, set_aside=outcome.set_aside, ties=outcome.ties, composite=False, note="", policy=policy,
        version=chosen.VERSION, basis=basis, rule=chosen.RULE,
    )  # fmt: skip
