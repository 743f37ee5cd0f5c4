"""The losses of an event in the order they are read: by whose they are, by what is counted, then claim by claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from conflictdb.domain.rows import ClaimRow, EstimateRow, EventDetail
from conflictdb.domain.vocabulary import CASUALTY_METRICS, Metric, Stake, SubjectKind
from conflictdb.render.words import measure_words, things_words

_STAKES = [*(Stake.OWN_SIDE, Stake.THIRD_PARTY, Stake.PARTY, Stake.UNKNOWN, Stake.ADVERSARY, Stake.RECORDER)]
_HEADINGS = {
    SubjectKind.CIVILIANS.value: "LOSSES OF CIVILIANS",
    SubjectKind.UNKNOWN.value: "LOSSES, SIDE UNKNOWN",
    SubjectKind.TOTAL.value: "LOSSES, EVENT TOTAL",
}
Subject = tuple[int | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted of one subject: the claims in reading order, and what the policy makes of them."""

    label: str
    claims: tuple[ClaimRow, ...]
    estimate: EstimateRow | None

    @property
    def lacks_opponent(self) -> bool:
        """Tell whether the dead were counted by some, and by no opponent of theirs."""
        claimed = [claim for claim in self.claims if not is_estimate(claim)]
        of_a_side = any(each.side is not None for each in claimed)
        return self.label == Metric.KILLED and of_a_side and all(each.stake != Stake.ADVERSARY for each in claimed)


@dataclass(frozen=True, slots=True)
class Block:
    """The losses of one subject. `side` is None for those of no side."""

    heading: str
    subject: str
    side: int | None
    measures: tuple[Measure, ...]

    @property
    def claims(self) -> tuple[ClaimRow, ...]:
        return tuple(claim for measure in self.measures for claim in measure.claims)


def is_estimate(claim: ClaimRow) -> bool:
    """Tell whether a figure is a recorder's own."""
    return claim.basis == "estimate"


def in_view(claims: Iterable[ClaimRow]) -> list[ClaimRow]:
    """Return the claims to show: all that the detail holds, withdrawn ones only where its history was asked for."""
    return list(claims)


def loss_blocks(detail: EventDetail) -> list[Block]:
    """Return the losses, side by side and combatant by combatant, then those of civilians, unknown and in total."""
    claims = [claim for claim in in_view(detail.claims) if claim.kind == "casualty"]
    subjects = dict.fromkeys(_subject(claim) for claim in claims)
    names = [combatant.actor for combatant in detail.combatants]
    blocks: list[Block] = []
    for side in _sides(detail, claims):
        own = sorted((each for each in subjects if each[0] == side), key=lambda each: _place(each[2], names))
        blocks += [_block(subject, claims, detail) for subject in own]
        if not own:
            actors = ", ".join(each.actor for each in detail.combatants if each.side == side)
            blocks.append(Block(f"LOSSES OF SIDE {side}", actors, side, ()))
    rest = sorted((each for each in subjects if each[0] is None), key=lambda each: _place(each[1], list(_HEADINGS)))
    return blocks + [_block(subject, claims, detail) for subject in rest]


def sums(detail: EventDetail, blocks: Iterable[Block]) -> list[EstimateRow]:
    """Return the estimates that stand beside no claims: the sum of the sides' killed, and sums of combatants.

    Of the other metrics one side is mostly silent, and a sum of them would say no more than the side's own figure.
    """
    shown = {id(measure.estimate) for block in blocks for measure in block.measures}
    beside = [each for each in detail.estimates if id(each) not in shown]
    return [each for each in beside if (each.metric == Metric.KILLED if each.composite else each.used)]


def _sides(detail: EventDetail, claims: Iterable[ClaimRow]) -> list[int]:
    sides = {combatant.side for combatant in detail.combatants} | {claim.side for claim in claims if claim.side}
    return sorted(side for side in sides if side)


def _subject(row: ClaimRow | EstimateRow) -> Subject:
    return row.side, row.subject_kind, row.subject


def _place(name: str | None, names: list[str]) -> int:
    return names.index(name) if name in names else len(names)


def _block(subject: Subject, claims: Iterable[ClaimRow], detail: EventDetail) -> Block:
    side, kind, name = subject
    own = [claim for claim in claims if _subject(claim) == subject]
    estimates = {_counted(each): each for each in detail.estimates if _subject(each) == subject and not each.composite}
    counted = sorted(dict.fromkeys(map(_counted, own)), key=lambda each: (_metric_place(each[0]), each[1] is not None))
    measures = (_measure([each for each in own if _counted(each) == what], estimates.get(what)) for what in counted)
    heading = f"LOSSES OF SIDE {side}" if side else _HEADINGS.get(kind or "", "LOSSES")
    shown = "" if kind in _HEADINGS and (name or "").lower() in ("", kind, "event total", "total") else name or ""
    return Block(heading, shown, side, tuple(measures))


def _measure(claims: list[ClaimRow], estimate: EstimateRow | None) -> Measure:
    label = things_words(claims[0]) if claims[0].metric == Metric.MATERIEL else measure_words(claims[0])
    return Measure(label, tuple(sorted(claims, key=_reading_place)), estimate)


def _counted(row: ClaimRow | EstimateRow) -> tuple[str | None, ...]:
    return row.metric, row.group, row.item, row.fate


def _metric_place(metric: str | None) -> int:
    return _place(metric, [each.value for each in CASUALTY_METRICS])


def _reading_place(claim: ClaimRow) -> tuple[bool, bool, bool, int, int]:
    """Place claims before recorders' estimates, what stands before what does not, dated by date, then undated."""
    day = claim.stated_last_day
    stake = _place(claim.stake, [each.value for each in _STAKES])
    return is_estimate(claim), claim.standing != "standing", day is None, day or 0, stake
