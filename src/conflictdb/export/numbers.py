"""The numbers that a layout asks for where an event has no row of its own: what a policy makes of its claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from conflictdb.domain.lens import Lens
from conflictdb.domain.rows import ClaimRow, CombatantRow, EstimateRow
from conflictdb.domain.vocabulary import ClaimKind, Metric, SubjectKind
from conflictdb.estimates import estimate_measures, total_of_event
from conflictdb.store.read.claims import read_ledger
from conflictdb.store.read.export import Fighter
from conflictdb.store.tables import claim, event


def policy_words(lens: Lens) -> str:
    """Return a policy with its version, and what it was told: "corroborated 1, k 3"."""
    chosen = lens.chosen
    return f"{chosen.policy.name} {chosen.policy.version}{chosen.label.removeprefix(chosen.policy.name)}"


def named(lens: Lens) -> str:
    """Return how a row says what filled it: "conflictdb corroborated 1, k 3, as of 2019-03-21"."""
    return f"conflictdb {policy_words(lens)}{lens.label.removeprefix(lens.chosen.label)}"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The estimates of one event, with the claims of casualties that they are made of."""

    measures: tuple[EstimateRow, ...]
    totals: tuple[EstimateRow, ...]
    claims: tuple[ClaimRow, ...]

    @property
    def are_there(self) -> bool:
        """Return whether the policy leaves any number at all."""
        return any(each.highest_stated is not None for each in self.measures)

    def total(self, metric: str) -> EstimateRow | None:
        """Return the total of the event: what is stated of it, else the sum of the sides."""
        return next((each for each in self.totals if each.metric == metric), None)

    def point_of_side(self, side: int, metric: str = Metric.KILLED) -> int | None:
        """Return the losses of a side where the policy names one number for each of its parts."""
        kinds = (SubjectKind.SIDE, SubjectKind.COMBATANT)
        parts = [each for each in self._whole(metric) if each.side == side and each.subject_kind in kinds]
        whole = [each for each in parts if each.subject_kind == SubjectKind.SIDE] or parts
        points = [point(each) for each in whole]
        return sum(filter(None, points)) if points and None not in points else None

    def point_of(self, subject: SubjectKind, metric: str = Metric.KILLED) -> int | None:
        """Return the losses of civilians, or of whom is not known, where the policy names one number."""
        return next((point(each) for each in self._whole(metric) if each.subject_kind == subject), None)

    def _whole(self, metric: str) -> list[EstimateRow]:
        return [each for each in self.measures if each.metric == metric and each.group is None]


def point(estimate: EstimateRow | None) -> int | None:
    """Return the number that an estimate names: its best, or the one that its bounds leave; else None."""
    if estimate is None or estimate.best is not None:
        return estimate.best if estimate is not None else None
    return estimate.low if is_one_number(estimate) else None


def is_one_number(estimate: EstimateRow) -> bool:
    """Return whether the bounds of an estimate leave one number; then its best says all of it."""
    return not estimate.open and estimate.low is not None and estimate.low == estimate.high


def read_numbers(
    connection: Connection, ids: Sequence[int], fighters: Mapping[int, Sequence[Fighter]], lens: Lens
) -> dict[int, Numbers]:
    """Return the numbers of these events: for each that somebody states losses of, as the lens has it."""
    slugs = dict(connection.execute(select(event.c.slug, event.c.id).where(event.c.id.in_(ids))).all())
    claims: dict[int, list[ClaimRow]] = defaultdict(list)
    conditions = (claim.c.event_id.in_(ids), claim.c.kind == ClaimKind.CASUALTY)
    for each in read_ledger(connection, *conditions, knowledge=lens.knowledge):
        claims[slugs[each.event]].append(each)
    return {event_id: _numbers(found, fighters.get(event_id, ()), lens) for event_id, found in claims.items()}


def _numbers(claims: list[ClaimRow], fighters: Sequence[Fighter], lens: Lens) -> Numbers:
    measures = estimate_measures(claims, lens.chosen, lens.basis, lens.as_of)
    combatants = [CombatantRow(each.actor, each.kind, each.side, each.role, each.unit, ()) for each in fighters]
    return Numbers(tuple(measures), tuple(total_of_event(measures, combatants, claims[0].event)), tuple(claims))
