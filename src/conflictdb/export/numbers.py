"""The numbers that a layout asks for where an event has no row of its own: what a policy makes of its claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from conflictdb.domain.policies import range as policy
from conflictdb.domain.rows import ClaimRow, CombatantRow, EstimateRow
from conflictdb.domain.vocabulary import Basis, ClaimKind, Metric, SubjectKind
from conflictdb.estimates import estimate_measures, total_of_event
from conflictdb.store.read.claims import read_ledger
from conflictdb.store.read.export import Fighter
from conflictdb.store.tables import claim, event

POLICY = policy.NAME
BASIS = Basis.CLAIMS
NAMED = f"conflictdb {policy.NAME} {policy.VERSION}"
"""How a row that this policy filled says so."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The estimates of one event, with the claims of casualties that they are made of."""

    measures: tuple[EstimateRow, ...]
    totals: tuple[EstimateRow, ...]
    claims: tuple[ClaimRow, ...]

    def total(self, metric: str) -> EstimateRow | None:
        """Return the total of the event: what is stated of it, else the sum of the sides."""
        return next((each for each in self.totals if each.metric == metric), None)

    def point_of_side(self, side: int, metric: str = Metric.KILLED) -> int | None:
        """Return the losses of a side where the policy leaves one number for each of its parts."""
        kinds = (SubjectKind.SIDE, SubjectKind.COMBATANT)
        parts = [each for each in self._whole(metric) if each.side == side and each.subject_kind in kinds]
        whole = [each for each in parts if each.subject_kind == SubjectKind.SIDE] or parts
        points = [point(each) for each in whole]
        return sum(filter(None, points)) if points and None not in points else None

    def point_of(self, subject: SubjectKind, metric: str = Metric.KILLED) -> int | None:
        """Return the losses of civilians, or of whom is not known, where the policy leaves one number."""
        return next((point(each) for each in self._whole(metric) if each.subject_kind == subject), None)

    def _whole(self, metric: str) -> list[EstimateRow]:
        return [each for each in self.measures if each.metric == metric and each.group is None]


def point(estimate: EstimateRow | None) -> int | None:
    """Return the one number that an estimate leaves, or None."""
    if estimate is None or estimate.open or estimate.low is None or estimate.low != estimate.high:
        return None
    return estimate.low


def read_numbers(
    connection: Connection, ids: Sequence[int], fighters: Mapping[int, Sequence[Fighter]]
) -> dict[int, Numbers]:
    """Return the numbers of these events: for each that somebody states losses of."""
    slugs = dict(connection.execute(select(event.c.slug, event.c.id).where(event.c.id.in_(ids))).all())
    claims: dict[int, list[ClaimRow]] = defaultdict(list)
    conditions = (claim.c.event_id.in_(ids), claim.c.kind == ClaimKind.CASUALTY)
    for each in read_ledger(connection, *conditions):
        claims[slugs[each.event]].append(each)
    return {event_id: _numbers(found, fighters.get(event_id, ())) for event_id, found in claims.items()}


def _numbers(claims: list[ClaimRow], fighters: Sequence[Fighter]) -> Numbers:
    measures = estimate_measures(claims, policy=POLICY, basis=BASIS)
    combatants = [CombatantRow(each.actor, each.kind, each.side, each.role, each.unit, ()) for each in fighters]
    return Numbers(tuple(measures), tuple(total_of_event(measures, combatants, claims[0].event)), tuple(claims))
