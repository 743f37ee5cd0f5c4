"""The policy `range`: report the least and the greatest that is stated, and choose nothing between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conflictdb.domain.policies.evidence import Evidence, highest, is_vague
from conflictdb.domain.policies.outcome import Outcome, aside, keys
from conflictdb.domain.policies.policy import Arguments, Policy
from conflictdb.domain.policies.view import View
from conflictdb.domain.rows import SetAside

NO_BOUND = "it names no number"


def report_range(claims: Sequence[Evidence], set_aside: Iterable[SetAside] = (), *, why: str = "") -> Outcome:
    """Return the range of claims. A vague claim neither bounds nor opens; unknown is never 0."""
    bounding = [claim for claim in claims if not is_vague(claim)]
    vague = aside([claim for claim in claims if is_vague(claim)], NO_BOUND)
    lowers = [claim.lower for claim in bounding if claim.lower is not None]
    is_open = any(claim.upper is None for claim in bounding)
    greatest = max((value for claim in bounding if (value := highest(claim)) is not None), default=None)
    return Outcome(
        low=min(lowers, default=None), best=None, high=None if is_open else greatest, open=is_open,
        highest_stated=greatest, used=keys(bounding), set_aside=(*set_aside, *vague), why=why or _why(bounding, claims),
    )  # fmt: skip


def _why(bounding: Sequence[Evidence], claims: Sequence[Evidence]) -> str:
    if not bounding:
        return "no claim names a number" if claims else "no claim is left to go by"
    if len(bounding) == 1:
        return f"the only figure ({bounding[0].claimant})"
    return f"the least and the greatest of {len(bounding):,} figures"


def _decide(view: View, arguments: Arguments) -> Outcome:
    return report_range(view.claims)


POLICY = Policy(
    name="range",
    version="1",
    rule="From the least to the greatest stated figure; open above where a claim states no upper bound; no best"
    " figure.",
    reference="Every Casualty Counts, Standards for Casualty Recording (2016): report the range",
    decide=_decide,
)
