"""Who speaks for himself: claimants that belong together have one voice, and so have claims of one origin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from itertools import chain

from conflictdb.domain.policies.evidence import Evidence
from conflictdb.domain.vocabulary import Stake

Origins = Mapping[str, Collection[str]]
"""From the key of a claim that comes from others to those in which that ends; of a circle, to the least of its keys."""


class Circles:
    """Things joined two by two into circles (a union-find)."""

    def __init__(self) -> None:
        self._above: dict[Hashable, Hashable] = {}

    def root(self, thing: Hashable) -> Hashable:
        """Return what stands for the circle of a thing."""
        above = self._above.setdefault(thing, thing)
        while above != (higher := self._above[above]):
            self._above[thing] = higher
            thing, above = above, higher
        return above

    def join(self, one: Hashable, other: Hashable) -> None:
        """Put two things into one circle."""
        self._above[self.root(one)] = self.root(other)


def find_origins(links: Mapping[str, Sequence[str]]) -> Origins:
    """Return where claims come from in the end; `links` lead to what each repeats, derives from, or is the same as.

    Claims that share anything on the way share its end.
    """
    back: dict[str, list[str]] = defaultdict(list)
    for key, others in links.items():
        for other in others:
            back[other].append(key)
    found: dict[str, set[str]] = defaultdict(set)
    ends = sorted(key for key in back if not links.get(key))
    in_circles = (key for key in sorted(links) if links[key] and key not in found)  # asked for after the ends are done
    for end in chain(ends, in_circles):
        left = [end]
        while left:
            key = left.pop()
            if end not in found[key]:
                found[key].add(end)
                left += back[key]
    return dict(found)


def are_independent(one: Evidence, other: Evidence, origins: Origins) -> bool:
    """Return whether two claims are of claimants that share nothing above them, and share no origin."""
    return _rests_on(one, origins).isdisjoint(_rests_on(other, origins))


def independent(claims: Iterable[Evidence], origins: Origins) -> list[Evidence]:
    """Return as many of the claims as are independent of each other, one a voice: those first that share least."""
    return _Crowd(claims, origins).pick()


def independent_of_different_stake(claims: Iterable[Evidence], origins: Origins) -> list[Evidence]:
    """Return the same, so chosen that they are known to be of more than one stake; nothing where they cannot be."""
    crowd = _Crowd(claims, origins)
    found = crowd.pick()
    if differ_in_stake(found):
        return found
    left_out: dict[str, Evidence] = {}
    for claim in crowd.claims:  # the lightest of each stake, in the place of those that it shares something with
        left_out.setdefault(claim.stake, claim)
    others = (crowd.pick(first) for first in left_out.values())
    return max((each for each in others if differ_in_stake(each)), key=len, default=[])


def differ_in_stake(claims: Iterable[Evidence]) -> bool:
    """Return whether claims are known to be made from different stakes; an unknown stake is not known to differ."""
    return len({claim.stake for claim in claims if claim.stake != Stake.UNKNOWN}) > 1


class _Crowd:
    """Claims with what each rests on, those first that share least with others."""

    def __init__(self, claims: Iterable[Evidence], origins: Origins) -> None:
        rests = [(claim, _rests_on(claim, origins)) for claim in claims]
        shared = Counter(each for _, found in rests for each in found)
        rests.sort(key=lambda pair: (sum(shared[each] for each in pair[1]), pair[0].key))
        self.claims = [claim for claim, _ in rests]
        self.rests = {claim.key: found for claim, found in rests}

    def pick(self, first: Evidence | None = None) -> list[Evidence]:
        """Return claims that share nothing, beginning with `first`."""
        taken: set[Hashable] = set()
        picked = []
        for claim in (*([first] if first is not None else ()), *self.claims):
            if taken.isdisjoint(self.rests[claim.key]):
                picked.append(claim)
                taken |= self.rests[claim.key]
        return picked


def _rests_on(claim: Evidence, origins: Origins) -> set[Hashable]:
    """Return what a claim rests on: what it comes from in the end, its claimant and all that this one belongs to."""
    found: set[Hashable] = {("actor", each) for each in (claim.claimant_key, *claim.claimant_above)}
    return found | {("claim", each) for each in origins.get(claim.key, (claim.key,))}
