"""Which claims a policy sees: copies collapsed into their origin, then superseded and withdrawn ones dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from conflictdb.domain.rows import ClaimRow, SetAside
from conflictdb.domain.vocabulary import Basis


@dataclass(frozen=True, slots=True)
class View:
    """The claims that count, in the order of their keys, and those that do not, each with the reason."""

    claims: tuple[ClaimRow, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


@dataclass(slots=True)
class _Group:
    """A claim with its copies."""

    origin: ClaimRow
    members: list[ClaimRow] = field(default_factory=list)


def take_view(claims: Iterable[ClaimRow], basis: Basis = Basis.CLAIMS) -> View:
    """Return what counts among the claims about one measure of one event, withdrawn and superseded ones included.

    In this order (POLICIES.md): copies collapse into their origin, or the earliest copy where the origin is not
    there; superseded and corrected groups go whole; then withdrawn and retracted ones. The basis comes first.
    """
    by_key = {claim.key: claim for claim in sorted(claims, key=lambda claim: claim.key)}
    aside: dict[str, str] = {}
    wanted = {key: claim for key, claim in by_key.items() if _has_basis(claim, basis)}
    for key, claim in by_key.items():
        if key not in wanted:
            what = "a recorder's estimate" if claim.basis == "estimate" else "no recorder's estimate"
            aside[key] = f"{what}; the basis is {basis}"
    kept: list[ClaimRow] = []
    for group in _groups(by_key, wanted):
        ended = _ended(group.origin, by_key)
        for member in group.members:
            if member is not group.origin:
                aside[member.key] = f"repeats {_name(group.origin)}"
        if ended:
            aside[group.origin.key] = ended
        elif group.origin.standing == "withdrawn" or group.origin.withdrawn_on:
            aside[group.origin.key] = f"withdrawn on {group.origin.withdrawn_on}"
        elif group.origin.retracted_by:
            aside[group.origin.key] = "retracted"
        else:
            kept.append(group.origin)
    return View(tuple(kept), tuple(SetAside(key, reason) for key, reason in sorted(aside.items())))


def _has_basis(claim: ClaimRow, basis: Basis) -> bool:
    return basis is Basis.BOTH or (claim.basis == "estimate") == (basis is Basis.ESTIMATES)


def _groups(claims: Mapping[str, ClaimRow], wanted: Mapping[str, ClaimRow]) -> Sequence[_Group]:
    """Join what repeats one claim, be it in view or not; the origin is the one that repeats none, else the earliest.

    Of an origin and its correction in one group, the correction is the origin.
    """
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while (above := parent.setdefault(key, key)) != key:
            key = above
        return key

    for key, claim in claims.items():
        for other in claim.repeats:
            parent[root(key)] = root(other)
    members: dict[str, list[ClaimRow]] = {}
    for key, claim in wanted.items():
        members.setdefault(root(key), []).append(claim)
    return [_Group(_origin(each), each) for each in members.values()]


def _origin(members: Sequence[ClaimRow]) -> ClaimRow:
    keys = {claim.key for claim in members}
    newest = [claim for claim in members if keys.isdisjoint((*claim.corrected_by, *claim.superseded_by))]
    return min(newest or members, key=_originality)


def _originality(claim: ClaimRow) -> tuple[bool, bool, int, str]:
    day = claim.stated_last_day
    return bool(claim.repeats), day is None, day if day is not None else 0, claim.key


def _ended(claim: ClaimRow, by_key: Mapping[str, ClaimRow]) -> str | None:
    """Return why a group is dropped whole: its origin was superseded or corrected."""
    for word, keys in (("corrected", claim.corrected_by), ("superseded", claim.superseded_by)):
        if keys:
            later = by_key.get(keys[-1])
            return f"{word} by {_name(later)}" if later else word
    return None


def _name(claim: ClaimRow) -> str:
    figure = claim.wording or (str(claim.lower) if claim.lower is not None else "a claim")
    return f'"{figure}" ({claim.claimant})'
