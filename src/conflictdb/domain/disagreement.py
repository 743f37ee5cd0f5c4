"""How much claims about one event disagree: measures of which not all state the same, and rival accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import NamedTuple

from conflictdb.domain.edtf import EdtfError, parse_edtf
from conflictdb.domain.folding import fold
from conflictdb.domain.policies.evidence import Evidence
from conflictdb.domain.policies.view import on_basis, take_view
from conflictdb.domain.rows import ClaimRow
from conflictdb.domain.rows.contest import DisputedFigure, RivalMatter, RivalValue
from conflictdb.domain.vocabulary import Attribute, Basis, ClaimKind

MATTER = 10.0
"""What a rival leader, result, responsibility, date or place adds: about as much as a toll of 5 against 15."""
WORDING = 1.0
"""What any other attribute adds, which is often only another wording: a name, a type, a time, a conflict."""
LEADER = "leader"
_WEIGHTY = (LEADER, Attribute.RESULT, Attribute.RESPONSIBILITY, Attribute.DATE, Attribute.PLACE)
NEVER_RIVAL = (Attribute.SUMMARY, Attribute.TIME_ZONE)
_MATTERS = (LEADER, *Attribute)
RECORD = "the event as it stands"
"""Who states the date that the event itself has."""


class Measure(NamedTuple):
    """What a figure counts, of whom. A part without a name of its own goes by its wording."""

    kind: str
    side: int | None
    subject_kind: str
    subject: str
    metric: str
    item: str | None
    fate: str | None
    group: str | None
    is_part: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What is disputed about one event, the most first."""

    figures: tuple[DisputedFigure, ...]
    rivals: tuple[RivalMatter, ...]

    @property
    def losses(self) -> DisputedFigure | None:
        """Return the losses that are disputed most."""
        return next((each for each in self.figures if each.kind == ClaimKind.CASUALTY), None)

    @property
    def weight(self) -> float:
        """Return what events are ordered by: the most disputed losses, and what each rival matter adds."""
        matters = sum(MATTER if each.about in _WEIGHTY else WORDING for each in self.rivals)
        return round((self.losses.disagreement if self.losses else 0.0) + matters, 2)

    @property
    def strength(self) -> float:
        """Return how much the strengths are disputed, by which events are ordered that are alike in all else."""
        return max((each.disagreement for each in self.figures if each.kind != ClaimKind.CASUALTY), default=0.0)


def divergence(least: int, greatest: int) -> float:
    """Return how far apart two counts are: their difference times the logarithm of their ratio, each one higher.

    It is the symmetric divergence of Kullback and Leibler between Poisson counts of one more each. So both the
    spread and the ratio tell: 0 and 5 come to 9.0, 1,000 and 1,100 to 9.5, 5 and 15 to 9.8, 21 and 30 to 3.1.
    """
    return round((greatest - least) * log((greatest + 1) / (least + 1)), 2)


def measure_of(claim: ClaimRow) -> Measure:
    """Return the measure of a casualty or strength claim."""
    group = claim.group or ((claim.wording or "part of them") if claim.part_of else None)
    return Measure(
        claim.kind, claim.side, claim.subject_kind or "", claim.subject or "", claim.metric or "", claim.item,
        claim.fate, group, claim.part_of is not None,
    )  # fmt: skip


def by_measure(claims: Iterable[ClaimRow]) -> dict[Measure, list[ClaimRow]]:
    """Return the casualty and strength claims of one event by what they measure."""
    found: dict[Measure, list[ClaimRow]] = defaultdict(list)
    for claim in claims:
        if claim.kind in (ClaimKind.CASUALTY, ClaimKind.STRENGTH):
            found[measure_of(claim)].append(claim)
    return found


def find_disagreement(claims: Sequence[ClaimRow], basis: Basis, date: str | None) -> Disagreement:
    """Return what is disputed among the claims of one event, those that ended included; `date` is the event's own."""
    figures = [_figure(measure, members, basis) for measure, members in by_measure(claims).items()]
    disputed = sorted((each for each in figures if each is not None), key=_figure_order)
    return Disagreement(tuple(disputed), tuple(_rivals(claims, basis, date)))


def stated_ends(claim: Evidence) -> tuple[int, int] | None:
    """Return the least and the greatest number that a claim states: of "over 20" 21 twice; of no number None."""
    numbers = [each for each in (claim.lower, claim.upper, claim.best) if each is not None]
    return (min(numbers), max(numbers)) if numbers else None


def _figure(measure: Measure, claims: Sequence[ClaimRow], basis: Basis) -> DisputedFigure | None:
    """Return what is disputed of a measure; None where all that count state the same."""
    stated = [(ends, claim) for claim in take_view(claims, basis).claims if (ends := stated_ends(claim)) is not None]
    if not stated:
        return None
    least, greatest = min(ends[0] for ends, _ in stated), max(ends[1] for ends, _ in stated)
    if least == greatest:
        return None
    return DisputedFigure(
        kind=measure.kind, subject=measure.subject, subject_kind=measure.subject_kind, side=measure.side,
        group=measure.group, metric=measure.metric, item=measure.item, fate=measure.fate, least=least,
        greatest=greatest, open=any(_is_open(claim) for _, claim in stated), spread=greatest - least,
        ratio=round(greatest / least, 2) if least else None, claims=len(stated),
        claimants=len({claim.claimant_key for _, claim in stated}),
        least_by=_names(claim for ends, claim in stated if ends[0] == least),
        greatest_by=_names(claim for ends, claim in stated if ends[1] == greatest),
        disagreement=divergence(least, greatest),
    )  # fmt: skip


def _is_open(claim: Evidence) -> bool:
    return claim.lower is not None and claim.upper is None


def _names(claims: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(sorted({claim.claimant for claim in claims}))


def _figure_order(figure: DisputedFigure) -> tuple[object, ...]:
    names = (figure.side or 0, figure.subject, figure.metric, figure.item or "", figure.fate or "", figure.group or "")
    return (figure.kind != ClaimKind.CASUALTY, -figure.disagreement, *names)


def _rivals(claims: Sequence[ClaimRow], basis: Basis, date: str | None) -> Iterator[RivalMatter]:
    """Yield what claimants tell otherwise than each other: leaders, combatant by combatant, then attributes."""
    matters: dict[tuple[int, str, int], list[ClaimRow]] = defaultdict(list)
    for claim in claims:
        if claim.standing == "standing" and on_basis(claim, basis):
            if claim.kind == ClaimKind.COMMANDER:
                matters[_MATTERS.index(LEADER), claim.subject or "", claim.side or 0].append(claim)
            elif claim.kind == ClaimKind.ATTRIBUTE and claim.attribute not in NEVER_RIVAL:
                matters[_MATTERS.index(claim.attribute or ""), "", 0].append(claim)
    for (number, subject, _), members in sorted(matters.items(), key=lambda each: each[0]):
        about = str(_MATTERS[number])
        values = _values(members, about, date)
        if values:
            yield RivalMatter(about, subject or None, values)


def _values(claims: Sequence[ClaimRow], about: str, recorded: str | None) -> tuple[RivalValue, ...]:
    """Return all values where two claimants contradict each other, the most often stated first; else none."""
    said: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    by: dict[str, set[str]] = defaultdict(set)
    for claim in sorted(claims, key=lambda each: each.key):
        spoken = claim.person or claim.value or ""
        value = spoken if about == Attribute.DATE else fold(spoken) or spoken
        said[claim.claimant_key].add(value)
        names.setdefault(value, spoken)
        by[value].add(claim.claimant)
    if about == Attribute.DATE and recorded is not None and recorded not in names:
        said[""].add(recorded)
        names[recorded], by[recorded] = recorded, {RECORD}
    if not (_days_apart(by) if about == Attribute.DATE else _contradict(said)):
        return ()
    order = sorted(by, key=lambda value: (-len(by[value]), value))
    return tuple(RivalValue(names[value], tuple(sorted(by[value]))) for value in order)


def _contradict(said: Mapping[str, set[str]]) -> bool:
    """Return whether two claimants each name what the other does not.

    One may name several leaders, or parts of a result, and another only some of them: these do not contradict. So
    nobody contradicts anybody where, from the shortest account to the longest, each holds the one before.
    """
    accounts = sorted(said.values(), key=len)
    return any(not one <= other for one, other in pairwise(accounts))


def _days_apart(dates: Iterable[str]) -> bool:
    """Return whether two dates have no day in common; one that is only less exact contradicts nothing."""
    read = []
    for text in dates:
        try:
            read.append(parse_edtf(text))
        except EdtfError:
            continue
    first = max((date.first_day for date in read if date.first_day is not None), default=None)
    last = min((date.last_day for date in read if date.last_day is not None), default=None)
    return first is not None and last is not None and first > last
