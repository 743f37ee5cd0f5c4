"""The words for how a claim bears on others: "supersedes 23 of 18 Mar", "corroborates Government of Mali"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from conflictdb.domain.rows import ClaimRow
from conflictdb.render.words import date_words, figure_words, number_words

_FORWARD = ("supersedes", "corrects", "retracts", "corroborates", "repeats", "derived_from", "contradicts")
_BACKWARD = ("superseded_by", "corrected_by", "retracted_by")


def link_words(claim: ClaimRow, by_key: Mapping[str, ClaimRow]) -> list[str]:
    """Return what a claim does to others, and what was done to it; `by_key` holds the claims in view."""
    words = [*forward_words(claim, by_key), *_say(claim, _BACKWARD, by_key)]
    return [*words, f"withdrawn on {date_words(claim.withdrawn_on)}"] if claim.withdrawn_on else words


def forward_words(claim: ClaimRow, by_key: Mapping[str, ClaimRow]) -> list[str]:
    """Return what a claim itself does to others."""
    part = [f"part of {_name(claim, claim.part_of, by_key)}"] if claim.part_of else []
    return [*part, *_say(claim, _FORWARD, by_key)]


def standing_words(claim: ClaimRow) -> list[str]:
    """Return the status that the claimant gave its figure, and what became of the claim since."""
    status = [claim.status] if claim.status else []
    return status if claim.standing == "standing" else [*status, claim.standing]


def _say(claim: ClaimRow, kinds: Iterable[str], by_key: Mapping[str, ClaimRow]) -> list[str]:
    """Say each link once; one to a claim that is not shown says nothing to the reader."""
    shown = ((kind, key) for kind in kinds for key in getattr(claim, kind) if key in by_key)
    return list(dict.fromkeys(f"{kind.replace('_', ' ')} {_name(claim, key, by_key)}" for kind, key in shown))


def _name(claim: ClaimRow, key: str, by_key: Mapping[str, ClaimRow]) -> str:
    """Name another claim as shortly as is clear: by figure and date of one's own, else by claimant."""
    other = by_key.get(key)
    if other is None:
        return f"claim {key}"
    if other.claimant_actor == claim.claimant_actor:
        return f"{_figure(other)} of {_date_beside(claim, other)}" if other.stated_on else _figure(other)
    same_figure = _figure(other) == _figure(claim)
    alike = (each for each in by_key.values() if _series(each) == _series(other))
    ambiguous = not same_figure and sum(1 for _ in alike) > 1
    return f"{_figure(other)} of {other.claimant}" if ambiguous else other.claimant


def _figure(claim: ClaimRow) -> str:
    return number_words(claim) if claim.metric else figure_words(claim)


def _date_beside(claim: ClaimRow, other: ClaimRow) -> str:
    """Return the other's date, without its year where that is this claim's too."""
    words, (_, _, year) = date_words(other.stated_on), date_words(claim.stated_on).rpartition(" ")
    return words.removesuffix(f" {year}") if year.isdigit() and words != year else words


def _series(claim: ClaimRow) -> tuple[str | None, ...]:
    """Return who speaks, and of what exactly."""
    return (
        claim.claimant_actor,
        claim.kind,
        claim.subject,
        claim.group,
        claim.metric,
        claim.item,
        claim.fate,
        claim.attribute,
    )
