"""What every policy returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from conflictdb.domain.policies.evidence import Evidence
from conflictdb.domain.rows import SetAside

NAMED = 4
"""So many numbers or claimants are named one by one; of more, how many they are."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An estimate of one measure: bounds in persons or things, the claims behind it, and those set aside.

    `high` is None and `open` True where the range is open above; `highest_stated` is then the greatest value stated.
    `why` says in a few words how the policy came to it. `pending`: the policy waits for more claims.
    """

    low: int | None
    best: int | None
    high: int | None
    open: bool
    highest_stated: int | None
    used: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    ties: tuple[int, ...] = ()
    why: str = ""
    pending: bool = False


def one_value(value: int, used: Iterable[Evidence], aside: Iterable[SetAside] = (), *, why: str) -> Outcome:
    """Return the outcome of a policy that names one number."""
    return Outcome(value, value, value, False, value, keys(used), tuple(aside), why=why)


def no_value(
    aside: Iterable[SetAside] = (), *, why: str, ties: Iterable[int] = (), pending: bool = False,
    used: Iterable[Evidence] = (),
) -> Outcome:  # fmt: skip
    """Return the outcome of a policy that names none; of a tie, the claims that tie were used."""
    return Outcome(None, None, None, False, None, keys(used), tuple(aside), tuple(sorted(ties)), why, pending)


def keys(claims: Iterable[Evidence]) -> tuple[str, ...]:
    """Return the keys of claims, in their order."""
    return tuple(sorted(claim.key for claim in claims))


def aside(claims: Iterable[Evidence], reason: str) -> list[SetAside]:
    """Set claims aside for one reason."""
    return [SetAside(claim.key, reason) for claim in claims]


def sift(
    claims: Iterable[Evidence], why_not: Callable[[Evidence], str | None]
) -> tuple[list[Evidence], list[SetAside]]:
    """Return the claims that there is no reason against, and the others set aside, each with its reason."""
    reasons = [(claim, why_not(claim)) for claim in claims]
    set_aside = [SetAside(claim.key, reason) for claim, reason in reasons if reason is not None]
    return [claim for claim, reason in reasons if reason is None], set_aside


def who(claims: Iterable[Evidence]) -> str:
    """Return the claimants by name: "MINUSMA", "Government of Mali and MINUSMA", "Mali, MINUSMA and 3 others"."""
    names = sorted({claim.claimant for claim in claims})
    if len(names) > NAMED:
        return f"{', '.join(names[: NAMED - 1])} and {len(names) - NAMED + 1:,} others"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def spoken(values: Iterable[int]) -> str:
    """Return numbers in words: "21 and 26", "3, 5 and 8", "1,204 numbers"."""
    words = [f"{value:,}" for value in sorted(set(values))]
    if len(words) > NAMED:
        return f"{len(words):,} numbers"
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
