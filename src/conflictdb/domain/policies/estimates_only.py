"""What becomes of recorders' estimates: one passes through as it is, several are ranged; no policy chooses."""

from __future__ import annotations

from conflictdb.domain.policies.evidence import highest, is_vague, point
from conflictdb.domain.policies.outcome import Outcome, keys
from conflictdb.domain.policies.range import report_range
from conflictdb.domain.policies.view import View


def pass_through(view: View) -> Outcome:
    """Return the low, best and high of the only estimate, or the range of several."""
    if len(view.claims) != 1 or is_vague(view.claims[0]):
        several = len(view.claims) > 1
        return report_range(
            view.claims, why="the least and the greatest of several recorders' estimates" if several else ""
        )
    only = view.claims[0]
    return Outcome(
        low=only.lower, best=point(only), high=only.upper, open=only.upper is None,
        highest_stated=only.upper if only.upper is not None else highest(only), used=keys(view.claims),
        why=f"the estimate of {only.claimant}, as it stands",
    )  # fmt: skip
