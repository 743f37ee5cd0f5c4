"""Rows of explanations: an estimate with the claims behind it, those set aside and why, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from conflictdb.domain.rows.base import Row
from conflictdb.domain.rows.claims import ClaimRow, EstimateRow

_OF_CLAIM = (
    "key", "lower", "upper", "best", "qualifier", "wording", "claimant", "claimant_actor", "stake", "stated_on",
    "status", "source", "source_title", "locator",
)  # fmt: skip
_OF_PART = ("subject", "low", "best", "high", "open", "highest_stated", "ties", "pending", "why")


def brief_claims(claims: Iterable[ClaimRow]) -> list[dict[str, Any]]:
    """Return what tells claims apart, as dicts."""
    return [{name: getattr(each, name) for name in _OF_CLAIM} for each in claims]


@dataclass(frozen=True, slots=True)
class Aside(Row):
    """The claims that were set aside for one reason."""

    reason: str
    claims: tuple[ClaimRow, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the reason with what tells its claims apart."""
        return {"reason": self.reason, "claims": brief_claims(self.claims)}


@dataclass(frozen=True, slots=True)
class Change(Row):
    """What the estimate would be without a claimant. `others` belong to it, and are left out with it.

    `estimate` is None where no claim would be left.
    """

    claimant: str
    others: tuple[str, ...]
    estimate: EstimateRow | None

    def to_dict(self) -> dict[str, Any]:
        """Return who is left out, and the figures that would be left."""
        own = {"claimant": self.claimant, "others": list(self.others)}
        return {**own, **{name: getattr(self.estimate, name, None) for name in _OF_PART[1:]}}


@dataclass(frozen=True, slots=True)
class ExplanationRow(Row):
    """An estimate, and how it came about.

    `counted` are its claims, the first stated first; of a sum they are empty, and `parts` has what is added.
    `changes` holds what differs when each claimant is left out in turn; `claimants` says how many there are and
    `left_out` how many of them were. `text` tells all that in sentences, once somebody has written them.
    """

    estimate: EstimateRow
    event_name: str
    counted: tuple[ClaimRow, ...]
    asides: tuple[Aside, ...]
    parts: tuple[EstimateRow, ...]
    changes: tuple[Change, ...]
    claimants: int
    left_out: int
    text: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the estimate's own fields with those of the explanation beside them."""
        return {
            **self.estimate.to_dict(),
            "event_name": self.event_name,
            "counted": brief_claims(self.counted),
            "asides": [each.to_dict() for each in self.asides],
            "parts": [{name: getattr(each, name) for name in _OF_PART} for each in self.parts],
            "changes": [each.to_dict() for each in self.changes],
            "claimants": self.claimants,
            "left_out": self.left_out,
            "text": self.text,
        }


EXPLANATION_FIELDS = (*EstimateRow.__slots__, *(name for name in ExplanationRow.__slots__ if name != "estimate"))
"""What `to_dict()` of an explanation holds, in order."""
