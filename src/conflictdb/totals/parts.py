"""What single events add to sums: a policy applied to each measure, and the measures of an event put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from conflictdb.domain.lens import Lens
from conflictdb.domain.policies.reconcile import reconcile, rests_on_nothing
from conflictdb.domain.policies.view import on_basis
from conflictdb.domain.rows import CombatantRow, EstimateRow
from conflictdb.domain.vocabulary import SubjectKind
from conflictdb.estimates import add_sides
from conflictdb.store.read.evidence import Fighter, Figure
from conflictdb.totals.groups import CIVILIANS, TOTAL_ONLY, UNKNOWN, WHOLE_SIDE, Group, named_group, side_group
from conflictdb.totals.tally import Part

KEPT = 50_000
"""Measures of one claim whose estimate is kept for others like them."""

Subject = tuple[str, int | None]
"""Whose losses: the kind of subject, and which combatant or side."""
Measures = Mapping[Subject, Part]

_TOTAL: Subject = (SubjectKind.TOTAL, None)
_OTHERS = {(SubjectKind.CIVILIANS, None): CIVILIANS, (SubjectKind.UNKNOWN, None): UNKNOWN}


@dataclass(slots=True)
class Judge:
    """Applies a policy to figures. What a policy makes of one alone is kept: many are alike."""

    lens: Lens
    kept: dict[tuple[Any, ...], Part] = field(default_factory=dict)

    def measure(self, figures: Iterable[Figure]) -> dict[str, dict[Subject, Part]]:
        """Return by metric what is estimated of each subject of one event."""
        groups: dict[tuple[str, Subject], list[Figure]] = defaultdict(list)
        for each in figures:
            number = each.side if each.subject_kind == SubjectKind.SIDE else each.combatant_id
            groups[each.metric, (each.subject_kind, number)].append(each)
        measures: dict[str, dict[Subject, Part]] = defaultdict(dict)
        for (metric, subject), members in groups.items():
            if any(each.standing == "standing" and on_basis(each, self.lens.basis) for each in members):
                measures[metric][subject] = self._one(members[0]) if len(members) == 1 else self._decide(members)
        return measures

    def _one(self, figure: Figure) -> Part:
        content = figure.evidence
        part = self.kept.get(content)
        if part is None:
            if len(self.kept) > KEPT:
                self.kept.clear()
            part = self.kept[content] = self._decide([figure])
        return part

    def _decide(self, figures: Sequence[Figure]) -> Part:
        outcome = reconcile(self.lens.chosen, figures, self.lens.basis)
        zero = rests_on_nothing(outcome, figures)
        return Part(outcome.low, outcome.best, outcome.highest_stated, outcome.open, zero)


def total_of(measures: Measures, fighters: Sequence[Fighter], metric: str, lens: Lens) -> Part | None:
    """Return what an event comes to: as claimed of the event total where anything is, else the sum of its subjects."""
    return measures[_TOTAL] if _TOTAL in measures else _add(measures, fighters, metric, lens)


def counts_whole_side(measures: Measures) -> bool:
    """Return whether the event's total rests on figures of whole sides."""
    return _TOTAL not in measures and any(kind == SubjectKind.SIDE for kind, _ in measures)


def divide(
    by: str, measures: Measures, fighters: Sequence[Fighter], names: Mapping[int, str], metric: str, lens: Lens
) -> Iterator[tuple[Group, Part | None]]:
    """Yield the subjects of one event with what is estimated of each. What is claimed of the whole only, goes last."""
    divided = _by_actor(measures, fighters, names) if by == "actor" else _by_side(measures, fighters, metric, lens)
    has_figure = False
    for group, part in (*divided, *((group, measures[each]) for each, group in _OTHERS.items() if each in measures)):
        has_figure = has_figure or (part is not None and part.highest is not None)
        yield group, part
    whole = measures.get(_TOTAL)
    if whole is not None and whole.highest is not None and not has_figure:
        yield TOTAL_ONLY, whole


def _by_actor(
    measures: Measures, fighters: Sequence[Fighter], names: Mapping[int, str]
) -> Iterator[tuple[Group, Part | None]]:
    """Yield every combatant; of a side, what is claimed of it whole only where nobody counts those who fought on it."""
    counted = set()
    for each in fighters:
        part = measures.get((SubjectKind.COMBATANT, each.id))
        counted |= {each.side} if part is not None and part.highest is not None else set()
        yield named_group(names[each.actor_id]), part
    for (kind, side), part in measures.items():
        if kind == SubjectKind.SIDE and side not in counted:
            yield WHOLE_SIDE, part


def _by_side(
    measures: Measures, fighters: Sequence[Fighter], metric: str, lens: Lens
) -> Iterator[tuple[Group, Part | None]]:
    side_of = {each.id: each.side for each in fighters}
    sides: dict[int, dict[Subject, Part]] = {each.side: {} for each in fighters}
    for subject, part in measures.items():
        kind, number = subject
        side = side_of.get(number or 0) if kind == SubjectKind.COMBATANT else number
        if side is not None:
            sides.setdefault(side, {})[subject] = part
    for side, own in sides.items():
        yield side_group(side), _add(own, [each for each in fighters if each.side == side], metric, lens)


def _add(measures: Measures, fighters: Sequence[Fighter], metric: str, lens: Lens) -> Part | None:
    """Add subjects by the rules of `estimates.add_sides`. Combatants go by their number: names may be alike."""
    if not measures:
        return None
    side_of = {each.id: each.side for each in fighters}
    rows = [_estimate(subject, part, side_of, metric, lens) for subject, part in measures.items()]
    called = [_called(SubjectKind.COMBATANT, each.id) for each in fighters]
    combatants = [
        CombatantRow(name, "", each.side, each.role, None, ()) for name, each in zip(called, fighters, strict=True)
    ]
    for found in add_sides(rows, combatants, "", (metric,)):
        return Part(found.low, found.best, found.highest_stated, found.open, found.zero_or_unknown)
    return None


def _estimate(subject: Subject, part: Part, side_of: Mapping[int, int], metric: str, lens: Lens) -> EstimateRow:
    kind, number = subject
    side = side_of.get(number or 0) if kind == SubjectKind.COMBATANT else number
    return EstimateRow(
        event="", subject=_called(kind, number), subject_kind=kind, side=side, group=None,
        metric=metric, item=None, fate=None, low=part.low, best=part.best, high=None if part.open else part.highest,
        open=part.open, highest_stated=part.highest, used=(), set_aside=(), ties=(), composite=False, note="",
        policy=lens.chosen.policy.name, version=lens.chosen.policy.version, basis=lens.basis,
        rule=lens.chosen.policy.rule, zero_or_unknown=part.zero,
    )  # fmt: skip


def _called(kind: str, number: int | None) -> str:
    return f"{kind} {number}"
