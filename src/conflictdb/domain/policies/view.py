"""Which claims a policy sees: copies collapsed into their origin, then superseded and withdrawn ones dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from conflictdb.domain.policies.evidence import Evidence, highest, may_mean_nothing, point
from conflictdb.domain.policies.voices import Circles, Origins, are_independent, find_origins
from conflictdb.domain.rows import SetAside
from conflictdb.domain.vocabulary import Basis


@dataclass(frozen=True, slots=True)
class View:
    """The claims that count, in the order of their keys, and those that do not, each with the reason.

    `linked` are pairs of keys of claims that count: one of the two, or a copy of it, corroborates the other. `origins`
    lead from claims that repeat or derive from others to those in which that ends, in view or not.
    """

    claims: tuple[Evidence, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    linked: frozenset[tuple[str, str]] = frozenset()
    origins: Origins = field(default_factory=dict)

    def corroborated(self, *, independently: bool = False) -> dict[str, list[Evidence]]:
        """Return the claims that another claimant's corroborates, by key, with those it shares the link with.

        Both ends of a `corroborates` link count, where they state the same number. Equal numbers alone make no link.
        """
        by_key = {claim.key: claim for claim in self.claims}
        found: dict[str, list[Evidence]] = defaultdict(list)
        for one, other in ((by_key[one], by_key[other]) for one, other in sorted(self.linked)):
            if _agree(one, other) and (not independently or are_independent(one, other, self.origins)):
                found[one.key].append(other)
                found[other.key].append(one)
        return dict(found)


def _agree(one: Evidence, other: Evidence) -> bool:
    return one.claimant_key != other.claimant_key and point(one) is not None and point(one) == point(other)


def take_view(claims: Iterable[Evidence], basis: Basis = Basis.CLAIMS) -> View:
    """Return what counts among the claims about one measure of one event, withdrawn and superseded ones included.

    In this order (POLICIES.md): copies collapse into their origin, or the earliest copy where the origin is not
    there; superseded and corrected groups go whole; then withdrawn and retracted ones. The basis comes first.
    """
    by_key = {claim.key: claim for claim in sorted(claims, key=lambda claim: claim.key)}
    wanted = [claim for claim in by_key.values() if on_basis(claim, basis)]
    aside = {key: _off_basis(claim, basis) for key, claim in by_key.items() if not on_basis(claim, basis)}
    origins = find_origins({key: (*_copied(claim), *claim.derived_from) for key, claim in by_key.items()})
    spokesmen: dict[str, str] = {}
    kept: list[Evidence] = []
    for members in _groups(by_key.values(), wanted):
        origin = _origin(members)
        for member in members:
            if member is not origin:
                aside[member.key] = _collapsed(member, origin, by_key)
            if member is origin or not (member.corrected_by or _withdrawn(member)):
                spokesmen[member.key] = origin.key
        reason = _ended(origin, members, by_key) or _withdrawn(origin)
        if reason:
            aside[origin.key] = reason
        else:
            kept.append(origin)
    kept = sorted(_without_empty_zeros(kept, aside), key=lambda claim: claim.key)
    set_aside = tuple(SetAside(key, reason) for key, reason in sorted(aside.items()))
    return View(tuple(kept), set_aside, _linked(wanted, spokesmen, {claim.key for claim in kept}), origins)


def on_basis(claim: Evidence, basis: Basis) -> bool:
    """Return whether a claim is of the kind that an estimate is to be made of."""
    return basis is Basis.BOTH or (claim.basis == "estimate") == (basis is Basis.ESTIMATES)


def named(claim: Evidence) -> str:
    """Return a claim as a reason names it: "26 killed" (Government of Mali)."""
    value = point(claim) if point(claim) is not None else highest(claim)
    figure = claim.wording or ("" if value is None else f"{value:,}")
    return f'"{figure}" ({claim.claimant})' if figure else f"a claim ({claim.claimant})"


def _off_basis(claim: Evidence, basis: Basis) -> str:
    return f"{'a' if claim.basis == 'estimate' else 'no'} recorder's estimate; the basis is {basis}"


def _copied(claim: Evidence) -> tuple[str, ...]:
    return (*claim.repeats, *claim.same_as)


def _groups(claims: Iterable[Evidence], wanted: Iterable[Evidence]) -> list[list[Evidence]]:
    """Join what repeats one claim, be that in view or not, and what somebody judged to be the same statement."""
    circles = Circles()
    for claim in claims:
        for other in _copied(claim):
            circles.join(claim.key, other)
    members: dict[Hashable, list[Evidence]] = defaultdict(list)
    for claim in wanted:
        members[circles.root(claim.key)].append(claim)
    return list(members.values())


def _origin(members: Sequence[Evidence]) -> Evidence:
    """Return the one that repeats none, else the earliest; where that is corrected by one of them, the correction."""
    origin = min(members, key=_originality)
    corrections = {claim.key: claim for claim in members if claim is not origin}
    while found := [corrections.pop(key) for key in sorted(origin.corrected_by) if key in corrections]:
        origin = found[-1]
    return origin


def _originality(claim: Evidence) -> tuple[bool, bool, int, str]:
    day = claim.stated_last_day
    return bool(claim.repeats), day is None, day if day is not None else 0, claim.key


def _collapsed(member: Evidence, origin: Evidence, by_key: Mapping[str, Evidence]) -> str:
    """Return why a member of a group is not the one that counts."""
    if member.corrected_by:
        return _replaced("corrected", member.corrected_by, by_key)
    if member.same_as and not member.repeats:
        return f"judged the same statement as {named(origin)}"
    return f"repeats {named(origin)}"


def _ended(origin: Evidence, members: Sequence[Evidence], by_key: Mapping[str, Evidence]) -> str | None:
    """Return why a group is dropped whole: its origin was superseded or corrected, by more than a copy of itself."""
    copies = {claim.key: claim for claim in members}
    left, seen = [origin], {origin.key}
    while left:
        claim = left.pop()
        for word, found in (("corrected", claim.corrected_by), ("superseded", claim.superseded_by)):
            others = [key for key in found if key not in copies]
            if others:
                return _replaced(word, others, by_key)
            left += [copies[key] for key in found if key not in seen]
            seen |= {*found}
    return None


def _replaced(word: str, by: Sequence[str], by_key: Mapping[str, Evidence]) -> str:
    later = by_key.get(by[-1])
    return f"{word} by {named(later)}" if later else word


def _withdrawn(claim: Evidence) -> str | None:
    if claim.standing == "withdrawn" or claim.withdrawn_on:
        return f"withdrawn on {claim.withdrawn_on}" if claim.withdrawn_on else "withdrawn"
    return "retracted" if claim.retracted_by else None


def _linked(
    claims: Iterable[Evidence], spokesmen: Mapping[str, str], kept: set[str]
) -> frozenset[tuple[str, str]]:  # fmt: skip
    """Return the pairs of claims in view that are linked by corroboration, be it through copies of theirs."""
    pairs = set()
    for claim in claims:
        one = spokesmen.get(claim.key, "")
        for key in (*claim.corroborates, *claim.corroborated_by) if one in kept else ():
            other = spokesmen.get(key, "")
            if other in kept and other != one:
                pairs.add((min(one, other), max(one, other)))
    return frozenset(pairs)


def _without_empty_zeros(kept: list[Evidence], aside: dict[str, str]) -> list[Evidence]:
    """Drop a recorder's 0 that may mean no information, where others do have information."""
    telling = [claim for claim in kept if not may_mean_nothing(claim)]
    if not telling:
        return kept
    for claim in kept:
        if may_mean_nothing(claim):
            aside[claim.key] = "a recorder's 0 that may mean no information"
    return telling
