"""The policy `gtd`: the most recent figure of somebody who is not the attacker, as GTD codes nkill and nwound."""

from __future__ import annotations

from collections.abc import Sequence

from conflictdb.domain.policies.evidence import Evidence, is_doubtful, is_vague, point
from conflictdb.domain.policies.latest import latest_of
from conflictdb.domain.policies.outcome import Outcome, no_value, one_value, sift, who
from conflictdb.domain.policies.policy import Arguments, Policy
from conflictdb.domain.policies.range import NO_BOUND, report_range
from conflictdb.domain.policies.view import View
from conflictdb.domain.policies.votes import by_value, count_votes, most_voted, no_point
from conflictdb.domain.rows import SetAside


def _decide(view: View, arguments: Arguments) -> Outcome:
    eligible, set_aside = sift(view.claims, _excluded)
    recent, earlier = latest_of(eligible)
    set_aside += earlier
    if not recent:
        return no_value(set_aside, why="no dated figure of anybody who is neither the attacker nor doubtful")
    if not by_value(recent):
        return report_range(recent, set_aside, why=f"the most recent, which is a range ({who(recent)})")
    return _of_one_day(recent, view, set_aside)


def _of_one_day(recent: Sequence[Evidence], view: View, set_aside: list[SetAside]) -> Outcome:
    """Choose among claims of the most recent day, of which some name one number."""
    stated = by_value(recent)
    most = most_voted(count_votes(recent, view))
    chosen = most[0] if len(most) == 1 else min(stated)
    used, others = sift(recent, lambda claim: _not_chosen(claim, chosen))
    if len(stated) == 1:
        why = f"the most recent ({who(used)})"
    elif len(most) == 1:
        why = f"the majority of those of the most recent day ({who(used)})"
    else:
        why = f"the lowest of the most recent day, which has no majority ({who(used)})"
    return one_value(chosen, used, [*set_aside, *others], why=why)


def _not_chosen(claim: Evidence, chosen: int) -> str | None:
    if point(claim) == chosen:
        return None
    return no_point(claim) or "another figure of the same day"


def _excluded(claim: Evidence) -> str | None:
    """Return why a claim is not one to choose from."""
    if is_vague(claim):
        return NO_BOUND
    if claim.attacker:
        return "the attacker's own figure"
    return "doubtful" if is_doubtful(claim) else None


POLICY = Policy(
    name="gtd",
    version="1",
    rule="The most recent dated figure of a claimant who is neither the attacker nor doubtful; where several are of"
    " that day, the one that most voices state, and where none is, the lowest.",
    reference="GTD Codebook, on nkill and conflicting casualty figures",
    decide=_decide,
)
