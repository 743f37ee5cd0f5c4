"""The policy `ibc`: the least and the greatest once enough independent claimants report, as Iraq Body Count does."""

from __future__ import annotations

from conflictdb.domain.policies.evidence import Evidence, is_doubtful, is_vague
from conflictdb.domain.policies.outcome import Outcome, aside, no_value, sift
from conflictdb.domain.policies.policy import Arguments, Parameter, Policy
from conflictdb.domain.policies.range import NO_BOUND, report_range
from conflictdb.domain.policies.view import View
from conflictdb.domain.policies.voices import independent


def _decide(view: View, arguments: Arguments) -> Outcome:
    k = int(arguments["k"])
    accepted, set_aside = sift(view.claims, _not_accepted)
    found = len(independent(accepted, view.origins))
    reported = f"{found:,} independent {'claimant reports' if found == 1 else 'claimants report'} it"
    if found < k:
        set_aside += aside(accepted, "too few report it")
        needed = f"{k:,} {'is' if k == 1 else 'are'} needed"
        return no_value(set_aside, why=f"{reported if found else 'nobody reports it'}; {needed}", pending=True)
    return report_range(accepted, set_aside, why=reported)


def _not_accepted(claim: Evidence) -> str | None:
    if is_vague(claim):
        return NO_BOUND
    return "doubtful" if is_doubtful(claim) else None


POLICY = Policy(
    name="ibc",
    version="1",
    rule="From the least to the greatest of the reports that are not doubtful, once at least k independent claimants"
    " report; else pending.",
    reference="Iraq Body Count, methods: minimum and maximum",
    decide=_decide,
    parameters=(Parameter("k", "count", 2, "How many independent claimants have to report."),),
)
