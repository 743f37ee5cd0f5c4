"""The policies `own-side`, `adversary` and `third-party`: what those of one stake say."""

from __future__ import annotations

from conflictdb.domain.policies.evidence import Evidence
from conflictdb.domain.policies.outcome import Outcome, sift
from conflictdb.domain.policies.policy import Arguments, Policy
from conflictdb.domain.policies.range import report_range
from conflictdb.domain.policies.view import View
from conflictdb.domain.vocabulary import Stake

_SAID = {
    Stake.OWN_SIDE: ("what the side whose losses they are says", "their own side"),
    Stake.ADVERSARY: ("what their adversary says", "their adversary"),
    Stake.THIRD_PARTY: ("what third parties say", "a third party"),
}
"""What a policy goes by, and whose claims those are."""


def _policy(stake: Stake) -> Policy:
    said, whose = _SAID[stake]

    def why_not(claim: Evidence) -> str | None:
        return None if claim.stake == stake else f"its stake is {_words(claim.stake)}"

    def decide(view: View, arguments: Arguments) -> Outcome:
        own, set_aside = sift(view.claims, why_not)
        return report_range(own, set_aside, why="" if own else f"no claim of {whose}")

    return Policy(
        name=stake.value.replace("_", "-"),
        version="1",
        rule=f"Only {said} ({_words(stake)}); of that, from the least to the greatest.",
        reference="Airwars, on who concedes harm" if stake is Stake.OWN_SIDE else "the stake of the claimant",
        decide=decide,
    )


def _words(stake: str) -> str:
    return stake.replace("_", " ")


OWN_SIDE, ADVERSARY, THIRD_PARTY = map(_policy, (Stake.OWN_SIDE, Stake.ADVERSARY, Stake.THIRD_PARTY))
