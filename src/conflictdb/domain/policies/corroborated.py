"""The policy `corroborated`: a number that enough independent claimants of different stake state."""

from __future__ import annotations

from collections.abc import Sequence

from conflictdb.domain.policies.evidence import Evidence, point
from conflictdb.domain.policies.outcome import Outcome, aside, no_value, one_value, sift, spoken, who
from conflictdb.domain.policies.policy import Arguments, Parameter, Policy
from conflictdb.domain.policies.view import View
from conflictdb.domain.policies.voices import independent_of_different_stake
from conflictdb.domain.policies.votes import by_value, no_point


def _decide(view: View, arguments: Arguments) -> Outcome:
    k = int(arguments["k"])
    named, set_aside = sift(view.claims, no_point)
    enough = {value for value, claims in by_value(named).items() if _is_enough(claims, view, k)}
    wanted = f"{k:,} independent claimants of different stake" if k > 1 else "one claimant"
    if not enough:
        set_aside += aside(named, f"not stated by {wanted}")
        return no_value(set_aside, why=f"no number is stated by {wanted}", pending=True)
    used, others = sift(named, lambda claim: None if point(claim) in enough else f"not stated by {wanted}")
    set_aside += others
    if len(enough) > 1:
        why = f"{spoken(enough)} are each stated by {wanted}"
        return no_value(set_aside, why=why, ties=enough, used=used)
    return one_value(min(enough), used, set_aside, why=f"stated by {wanted} ({who(used)})")


def _is_enough(claims: Sequence[Evidence], view: View, k: int) -> bool:
    return k == 1 or len(independent_of_different_stake(claims, view.origins)) >= k


POLICY = Policy(
    name="corroborated",
    version="1",
    rule="The number that at least k independent claimants state, not all of one stake; else pending.",
    reference="Every Casualty Counts, Standards for Casualty Recording (2016), on corroboration; Iraq Body Count",
    decide=_decide,
    parameters=(Parameter("k", "count", 2, "How many independent claimants it takes."),),
)
