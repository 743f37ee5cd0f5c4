"""The policy `priority`: the first of a list of claimants who has a claim."""

from __future__ import annotations

from conflictdb.domain.folding import fold
from conflictdb.domain.policies.evidence import Evidence, is_vague
from conflictdb.domain.policies.outcome import Outcome, aside, no_value, one_value, sift
from conflictdb.domain.policies.policy import Arguments, Name, Parameter, Policy
from conflictdb.domain.policies.range import NO_BOUND, report_range
from conflictdb.domain.policies.view import View
from conflictdb.domain.policies.votes import by_value, no_point
from conflictdb.domain.rows import SetAside


def _decide(view: View, arguments: Arguments) -> Outcome:
    numbered, set_aside = sift(view.claims, lambda claim: NO_BOUND if is_vague(claim) else None)
    for name in map(_as_name, arguments["prefer"]):
        if own := [claim for claim in numbered if is_of(claim, name)]:
            chosen = {claim.key for claim in own}
            others = [claim for claim in numbered if claim.key not in chosen]
            set_aside += aside(others, f"{name} stands before it on the list")
            return _of_one(own, set_aside, f"{name} is the first of the list who has a claim")
    set_aside += aside(numbered, "its claimant is not on the list")
    return no_value(set_aside, why="nobody on the list has a claim")


def _as_name(name: str) -> Name:
    return name if isinstance(name, Name) else Name(name)


def _of_one(own: list[Evidence], set_aside: list[SetAside], why: str) -> Outcome:
    """Return the number that all claims of one claimant name, or their range."""
    stated = by_value(own)
    if len(stated) == 1 and not any(map(no_point, own)):
        return one_value(next(iter(stated)), own, set_aside, why=why)
    return report_range(own, set_aside, why=why)


def is_of(claim: Evidence, name: Name) -> bool:
    """Return whether a claim is of the claimant, or of a claimant of the kind, that a list names."""
    folded = fold(name)
    if claim.claimant_key in name.keys or folded.replace(" ", "_") == claim.claimant_kind:
        return True
    return folded in (fold(claim.claimant), fold(claim.claimant_actor))


POLICY = Policy(
    name="priority",
    version="1",
    rule="Only what the first of a list of claimants, or of kinds of actors, says who has a claim; of that, from the"
    " least to the greatest.",
    reference="Every Casualty Counts, Standards for Casualty Recording (2016), on ranking sources",
    decide=_decide,
    parameters=(Parameter("prefer", "names", (), "Claimants or kinds of actors, the first one first.", required=True),),
)
