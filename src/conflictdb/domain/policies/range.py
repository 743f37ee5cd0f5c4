"""The policy `range`: report the least and the greatest that is stated, and choose nothing between.

After Every Casualty Counts, Standards for Casualty Recording (2016): report the range.
"""

from __future__ import annotations

from conflictdb.domain.policies.outcome import Outcome
from conflictdb.domain.policies.view import View
from conflictdb.domain.rows import SetAside
from conflictdb.domain.vocabulary import Qualifier

NAME = "range"
VERSION = "1"
RULE = "From the least to the greatest stated figure; open above where a claim states no upper bound; no best figure."


def reconcile(view: View) -> Outcome:
    """Return the range of the claims in view. A vague claim neither bounds nor opens; unknown is never 0."""
    bounding = [claim for claim in view.claims if claim.qualifier != Qualifier.VAGUE]
    unbound = (claim for claim in view.claims if claim.qualifier == Qualifier.VAGUE)
    vague = [SetAside(claim.key, "vague: it states no bound") for claim in unbound]
    lowers = [claim.lower for claim in bounding if claim.lower is not None]
    values = [value for claim in bounding for value in (claim.lower, claim.upper) if value is not None]
    is_open = any(claim.upper is None for claim in bounding)
    highest = max(values, default=None)
    return Outcome(
        low=min(lowers, default=None),
        best=None,
        high=None if is_open else highest,
        open=is_open,
        highest_stated=highest,
        used=tuple(claim.key for claim in bounding),
        set_aside=tuple(sorted((*view.set_aside, *vague), key=lambda each: each.key)),
    )
