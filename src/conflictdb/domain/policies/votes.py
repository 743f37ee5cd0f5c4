"""Votes: which number most voices state. A bound never votes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from conflictdb.domain.policies.evidence import Evidence, is_vague, point
from conflictdb.domain.policies.range import NO_BOUND
from conflictdb.domain.policies.view import View
from conflictdb.domain.policies.voices import independent


def by_value(claims: Iterable[Evidence]) -> dict[int, list[Evidence]]:
    """Return the claims that name one number, by that number."""
    stated: dict[int, list[Evidence]] = defaultdict(list)
    for claim in claims:
        if (value := point(claim)) is not None:
            stated[value].append(claim)
    return dict(stated)


def count_votes(claims: Iterable[Evidence], view: View) -> dict[int, int]:
    """Return for each number how many voices state it."""
    return {value: len(independent(own, view.origins)) for value, own in by_value(claims).items()}


def most_voted(votes: Mapping[int, int]) -> list[int]:
    """Return the number that most voices state, or those that tie, the least first."""
    most = max(votes.values(), default=0)
    return sorted(value for value, number in votes.items() if number == most)


def no_point(claim: Evidence) -> str | None:
    """Return why a claim names no one number, or None for one that does."""
    if point(claim) is not None:
        return None
    if is_vague(claim):
        return NO_BOUND
    return "it only bounds the number" if is_bound(claim) else "it names a range, not one number"


def is_bound(claim: Evidence) -> bool:
    """Return whether a claim states one end of a range alone, such as "over 20"."""
    return point(claim) is None and (claim.lower is None) != (claim.upper is None)
