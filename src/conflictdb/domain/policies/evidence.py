"""What policies read of a claim: the one shape that a listed claim, and a row read in bulk, both have."""

from __future__ import annotations

from typing import Protocol

from conflictdb.domain.vocabulary import Qualifier, Status

UNLIKELY_CREDIBILITY = 5
"""From here on information is improbable or cannot be judged (NATO AJP-2.1, annex on grading)."""
UNRELIABLE = ("E", "F")
"""Grades of a source that is unreliable, or cannot be judged."""
ENDINGS = {"corrected_by": "corrected", "retracted_by": "retracted", "superseded_by": "superseded"}
"""The links that set a claim aside, with what is said of it then: of the first of them that it has."""


class Evidence(Protocol):
    """One figure as policies see it. Bounds are inclusive, None is open; links hold keys of claims of the event.

    `claimant_key` is the same for actors that were judged the same; `claimant_above` holds the keys of all that the
    claimant belonged to at the event. `attacker`: it attacked, or a part of it did, or what it belongs to.
    `same_as`: claims that were judged the same statement. `unreasonable`: why somebody judged it so.
    """

    @property
    def key(self) -> str: ...
    @property
    def basis(self) -> str: ...
    @property
    def claimant(self) -> str: ...
    @property
    def claimant_actor(self) -> str: ...
    @property
    def claimant_kind(self) -> str: ...
    @property
    def claimant_key(self) -> str: ...
    @property
    def claimant_above(self) -> tuple[str, ...]: ...
    @property
    def stake(self) -> str: ...
    @property
    def attacker(self) -> bool: ...
    @property
    def lower(self) -> int | None: ...
    @property
    def upper(self) -> int | None: ...
    @property
    def best(self) -> int | None: ...
    @property
    def qualifier(self) -> str | None: ...
    @property
    def wording(self) -> str | None: ...
    @property
    def status(self) -> str | None: ...
    @property
    def reliability(self) -> str | None: ...
    @property
    def credibility(self) -> int | None: ...
    @property
    def stated_on(self) -> str | None: ...
    @property
    def stated_last_day(self) -> int | None: ...
    @property
    def standing(self) -> str: ...
    @property
    def withdrawn_on(self) -> str | None: ...
    @property
    def unreasonable(self) -> str | None: ...
    @property
    def superseded_by(self) -> tuple[str, ...]: ...
    @property
    def corrected_by(self) -> tuple[str, ...]: ...
    @property
    def retracted_by(self) -> tuple[str, ...]: ...
    @property
    def corroborates(self) -> tuple[str, ...]: ...
    @property
    def corroborated_by(self) -> tuple[str, ...]: ...
    @property
    def repeats(self) -> tuple[str, ...]: ...
    @property
    def derived_from(self) -> tuple[str, ...]: ...
    @property
    def same_as(self) -> tuple[str, ...]: ...


def point(claim: Evidence) -> int | None:
    """Return the one number that a claim names: its two bounds where they are one; a recorder's best. No bound is."""
    if claim.best is not None:
        return claim.best
    return claim.lower if claim.lower == claim.upper else None


def lowest(claim: Evidence) -> int | None:
    """Return the least number that a claim states, None of "up to 50". A recorder's best may lie below its bounds."""
    stated = [value for value in (claim.lower, claim.best) if value is not None]
    return min(stated, default=None)


def highest(claim: Evidence) -> int | None:
    """Return the greatest number that a claim states: of "over 20" that is 21. A best may lie above its bounds."""
    stated = [value for value in (claim.lower, claim.upper, claim.best) if value is not None]
    return max(stated, default=None)


def is_vague(claim: Evidence) -> bool:
    """Return whether a claim has no number at all, such as "several dozen"."""
    return claim.lower is claim.upper is claim.best is None


def is_doubtful(claim: Evidence) -> bool:
    """Return whether a claim was judged unreasonable, or graded improbable or of an unreliable source."""
    credible = claim.credibility is None or claim.credibility < UNLIKELY_CREDIBILITY
    return claim.unreasonable is not None or not credible or claim.reliability in UNRELIABLE


def status_rank(claim: Evidence) -> int:
    """Return 0 for a final figure, 2 for a provisional or unconfirmed one, 1 for all else."""
    if claim.status == Status.FINAL:
        return 0
    return 2 if claim.status in (Status.PROVISIONAL, Status.UNCONFIRMED) else 1


def may_mean_nothing(claim: Evidence) -> bool:
    """Return whether a recorder's 0 may mean that nothing is known."""
    return claim.qualifier == Qualifier.ZERO_OR_UNKNOWN
