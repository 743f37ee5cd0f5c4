"""Compare policies: what each of them makes of the losses of one event, measure by measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from conflictdb import estimates
from conflictdb.domain.lens import Lens
from conflictdb.domain.policies.policy import Policy
from conflictdb.domain.policies.reconcile import Chosen
from conflictdb.domain.rows import EstimateRow
from conflictdb.domain.rows.comparison import ComparisonRow
from conflictdb.domain.vocabulary import ClaimKind
from conflictdb.finding import find_event
from conflictdb.policies import choose_policy, list_policies
from conflictdb.store.read import claims as claims_of
from conflictdb.store.read import events as events_of
from conflictdb.store.tables import claim


def compare(connection: Connection, name: str, lens: Lens, *, metrics: Sequence[str] = ()) -> tuple[ComparisonRow, ...]:
    """Return what each policy makes of each measure of an event, the event totals last. Raises NotFoundError.

    The policy of the lens has what it was told, and the others what they take where nothing is said; those that
    cannot do without being told are left out (`left_out`).
    """
    event_id = find_event(connection, name)
    row = events_of.read_event(connection, event_id)
    of_event = claim.c.event_id == event_id, claim.c.kind == ClaimKind.CASUALTY
    claims = list(claims_of.read_ledger(connection, *of_event, knowledge=lens.knowledge))
    combatants = events_of.read_combatants(connection, [event_id]).get(event_id, ())
    taken = list(_chosen(lens))
    measured = [estimates.estimate_measures(claims, chosen, lens.basis, lens.as_of) for chosen in taken]
    totals = [{each.metric: each for each in estimates.add_sides(found, combatants, row.slug)} for found in measured]
    sides = [
        list(by_policy) for by_policy in zip(*measured, strict=True)
    ]  # which measures there are is no one's choice
    for metric in dict.fromkeys(metric for found in totals for metric in found):
        any_total = next(found[metric] for found in totals if metric in found)
        sides.append(
            [found.get(metric) or _no_total(any_total, each) for found, each in zip(totals, taken, strict=True)]
        )
    return tuple(
        ComparisonRow(each, row.name) for found in sides for each in found if not metrics or each.metric in metrics
    )


def left_out(lens: Lens) -> tuple[str, ...]:
    """Return the names of the policies that a comparison leaves out, since they must be told something."""
    return tuple(policy.name for policy in list_policies() if _lacks(policy, lens))


def _chosen(lens: Lens) -> Iterator[Chosen]:
    for policy in list_policies():
        if policy.name == lens.chosen.policy.name:
            yield lens.chosen
        elif not _lacks(policy, lens):
            yield choose_policy(policy.name)


def _lacks(policy: Policy, lens: Lens) -> bool:
    return policy.name != lens.chosen.policy.name and any(each.required for each in policy.parameters)


def _no_total(other: EstimateRow, chosen: Chosen) -> EstimateRow:
    """Return the total of a policy that has a figure for no side, in the place of that of another policy."""
    return replace(
        other, low=None, best=None, high=None, open=False, highest_stated=None, used=(), set_aside=(), ties=(),
        note="; no side has a figure", why="no side has a figure", pending=False, zero_or_unknown=False,
        policy=chosen.policy.name, version=chosen.policy.version, rule=chosen.policy.rule,
        parameters=dict(chosen.arguments), label=chosen.label,
    )  # fmt: skip
