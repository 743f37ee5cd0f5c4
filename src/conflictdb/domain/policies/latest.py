"""The policy `latest`: what was stated last."""

from __future__ import annotations

from collections.abc import Sequence

from conflictdb.domain.policies.evidence import Evidence, is_vague
from conflictdb.domain.policies.outcome import Outcome, no_value, one_value, sift, spoken, who
from conflictdb.domain.policies.policy import Arguments, Policy
from conflictdb.domain.policies.range import NO_BOUND, report_range
from conflictdb.domain.policies.view import View
from conflictdb.domain.policies.votes import by_value, is_bound, no_point
from conflictdb.domain.rows import SetAside


def latest_of(claims: Sequence[Evidence]) -> tuple[list[Evidence], list[SetAside]]:
    """Return the claims of the last day on which one was stated, and the others set aside.

    Undated claims never win, nor do those that only bound the number.
    """
    figures, bounds = sift(claims, lambda claim: no_point(claim) if is_bound(claim) else None)
    dated, undated = sift(figures, lambda claim: "undated" if claim.stated_last_day is None else None)
    newest = max((claim.stated_last_day or 0 for claim in dated), default=None)
    last, earlier = sift(dated, lambda claim: None if claim.stated_last_day == newest else "an earlier figure")
    return last, [*bounds, *undated, *earlier]


def _decide(view: View, arguments: Arguments) -> Outcome:
    numbered, set_aside = sift(view.claims, lambda claim: NO_BOUND if is_vague(claim) else None)
    last, earlier = latest_of(numbered)
    set_aside += earlier
    if not last:
        return no_value(set_aside, why="no figure is dated")
    stated = by_value(last)
    if not stated:
        return report_range(last, set_aside, why=f"the last to be stated, which is a range ({who(last)})")
    used, ranges = sift(last, no_point)
    set_aside += ranges
    if len(stated) > 1:
        why = f"{spoken(stated)} were stated on the same last day"
        return no_value(set_aside, why=why, ties=stated, used=used)
    return one_value(next(iter(stated)), used, set_aside, why=f"the last to be stated ({who(used)})")


POLICY = Policy(
    name="latest",
    version="1",
    rule="The figure that was stated last; undated ones never win, and two of one day leave none.",
    reference="the greatest date of statement",
    decide=_decide,
)
