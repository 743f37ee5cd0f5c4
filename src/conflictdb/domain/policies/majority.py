"""The policy `majority`: the number that most voices state."""

from __future__ import annotations

from collections.abc import Collection

from conflictdb.domain.policies.evidence import Evidence, point
from conflictdb.domain.policies.outcome import Outcome, no_value, one_value, sift, spoken
from conflictdb.domain.policies.policy import Arguments, Parameter, Policy
from conflictdb.domain.policies.view import View
from conflictdb.domain.policies.votes import count_votes, most_voted, no_point

NOT_TOLD = "none"


def _decide(view: View, arguments: Arguments) -> Outcome:
    named, set_aside = sift(view.claims, no_point)
    votes = count_votes(named, view)
    if not votes:
        return no_value(set_aside, why="nobody names one number")
    tied = most_voted(votes)
    most = votes[tied[0]]
    voiced = f"{most:,} {'voice' if most == 1 else 'voices'}"
    chosen, why = _break_tie(tied, named, str(arguments["tie"]))
    if chosen is None:
        used, others = sift(named, lambda claim: None if votes[_number(claim)] == most else "fewer voices state it")
        why = f"{spoken(tied)} tie, {voiced} each{why}"
        return no_value([*set_aside, *others], why=why, ties=tied, used=used)
    used, others = sift(named, lambda claim: _not_chosen(claim, chosen, votes[_number(claim)] == most))
    why = f"{voiced} {'states' if most == 1 else 'state'} it{why}"
    return one_value(chosen, used, [*set_aside, *others], why=why)


def _number(claim: Evidence) -> int:
    value = point(claim)
    assert value is not None
    return value


def _not_chosen(claim: Evidence, chosen: int, ties: bool) -> str | None:
    if point(claim) == chosen:
        return None
    return "as many voices state it, and the tie was broken" if ties else "fewer voices state it"


def _break_tie(tied: Collection[int], named: Collection[Evidence], rule: str) -> tuple[int | None, str]:
    """Return the number that a tie is broken to, or None; and how, in words."""
    if len(tied) == 1:
        return min(tied), ""
    if rule == "lowest":
        return min(tied), ", as others do; the lowest of those that tie"
    if rule == "recent":
        among = set(tied)
        dated = [(claim.stated_last_day, _number(claim)) for claim in named if claim.stated_last_day is not None]
        last = max((day for day, value in dated if value in among), default=None)
        newest = {value for day, value in dated if value in among and day == last}
        if len(newest) == 1:
            return newest.pop(), ", as others do; the most recent of those that tie"
        return None, "; none of them is the most recent"
    return None, ""


POLICY = Policy(
    name="majority",
    version="1",
    rule="The number that most voices state; claimants that belong together have one voice, articles have none. A tie"
    " has no best figure, unless it is told how to break one.",
    reference="the most frequent point value, by voice",
    decide=_decide,
    parameters=(Parameter("tie", "choice", NOT_TOLD, "What breaks a tie.", choices=(NOT_TOLD, "lowest", "recent")),),
)
