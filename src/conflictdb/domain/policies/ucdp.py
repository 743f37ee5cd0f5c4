"""The policy `ucdp`: the smallest, the most reliable and the greatest figure, as UCDP codes low, best and high."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conflictdb.domain.policies.evidence import (
    Evidence,
    highest,
    is_doubtful,
    is_vague,
    lowest,
    point,
    status_rank,
)
from conflictdb.domain.policies.outcome import Outcome, keys, sift, who
from conflictdb.domain.policies.policy import Arguments, Policy
from conflictdb.domain.policies.range import NO_BOUND
from conflictdb.domain.policies.view import View
from conflictdb.domain.vocabulary import Stake

_STAKES = {Stake.THIRD_PARTY: 0, Stake.RECORDER: 0, Stake.OWN_SIDE: 1, Stake.PARTY: 2, Stake.UNKNOWN: 2}
_ADVERSARY = 3
_GRADES = "ABCD"
_BEHIND = len(_GRADES)

Rank = tuple[bool, int, int, int, int]
_REASONS = (
    "corroborated by an independent claimant",
    "firmer in status than the others",
    "the claimant with the least stake in it",
    "from the most reliable source",
    "the lower of figures that rank alike",
)


def _decide(view: View, arguments: Arguments) -> Outcome:
    reasonable, set_aside = sift(view.claims, _unfit)
    sound = [claim for claim in reasonable if not is_doubtful(claim)]
    greatest = _greatest(reasonable)
    raised = greatest != _greatest(sound)
    used, doubtful = sift(
        reasonable,
        lambda claim: None if not is_doubtful(claim) or (raised and highest(claim) == greatest) else "doubtful",
    )
    no_value = bool(reasonable) and all(claim.upper is claim.best is None for claim in reasonable)
    best, why = _choose(sound, view)
    return Outcome(
        low=min((value for claim in sound if (value := lowest(claim)) is not None), default=None), best=best,
        high=None if no_value else greatest, open=no_value, highest_stated=greatest, used=keys(used),
        set_aside=(*set_aside, *doubtful), why=why,
    )  # fmt: skip


def _unfit(claim: Evidence) -> str | None:
    if is_vague(claim):
        return NO_BOUND
    return f"judged unreasonable: {claim.unreasonable}" if claim.unreasonable is not None else None


def _greatest(claims: Iterable[Evidence]) -> int | None:
    return max((value for claim in claims if (value := highest(claim)) is not None), default=None)


def _choose(claims: Sequence[Evidence], view: View) -> tuple[int | None, str]:
    """Return the most reliable of the numbers, and what put it before the next."""
    corroborated = view.corroborated(independently=True)
    named = [claim for claim in claims if point(claim) is not None]
    ranked = sorted((_rank(claim, claim.key in corroborated), claim.key, claim) for claim in named)
    if not ranked:
        return None, "no claim that may be relied on names one number"
    first, _, best = ranked[0]
    next_best = next((rank for rank, _, claim in ranked if point(claim) != point(best)), None)
    if next_best is None:
        return point(best), "the only number that is stated" if len(ranked) == 1 else "all name the same number"
    at = next(place for place, (own, other) in enumerate(zip(first, next_best, strict=True)) if own != other)
    why = _REASONS[at]
    if at == 0:
        why = f"{why} ({who([best, *corroborated[best.key]])})"
    elif at == 2:
        why = f"{best.claimant}, {best.stake.replace('_', ' ')}, is {why}"
    return point(best), why


def _rank(claim: Evidence, is_corroborated: bool) -> Rank:
    stake = _STAKES.get(Stake(claim.stake), _ADVERSARY)
    grade = _GRADES.find(claim.reliability) if claim.reliability else _BEHIND
    value = point(claim)
    return not is_corroborated, status_rank(claim), stake, grade, value if value is not None else 0


POLICY = Policy(
    name="ucdp",
    version="1",
    rule="Low is the smallest figure that is not doubtful. Best is the most reliable one: corroborated by an"
    " independent claimant, then final before provisional, then third party before own side before adversary, then by"
    " the source's grade, then the lower. High is the greatest figure that nobody judged unreasonable.",
    reference="UCDP GED Codebook, on best, high and low estimates",
    decide=_decide,
)
