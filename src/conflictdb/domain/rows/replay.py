"""Rows of replays: who stated what on a day, and how the estimates moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from conflictdb.domain.rows.base import Row
from conflictdb.domain.rows.claims import ClaimRow, EstimateRow
from conflictdb.domain.rows.explanation import brief_claims

Step = Literal["before", "day", "undated"]
_MEASURE = ("subject", "subject_kind", "side", "group", "metric", "item", "fate", "composite")
_FIGURES = ("low", "best", "high", "open", "highest_stated", "ties", "pending")


@dataclass(frozen=True, slots=True)
class Move(Row):
    """How the estimate of one measure moved on a day, if it did; None: there was no claim, or there is none left.

    `by` are the claimants who stated or withdrew something about it that day.
    """

    day: str | None
    before: EstimateRow | None
    after: EstimateRow | None
    by: tuple[str, ...]

    @property
    def estimate(self) -> EstimateRow:
        """Return the estimate that is there, the new one first: it tells what is measured."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def moved(self) -> bool:
        """Tell whether the figure is another than before."""
        return _figures(self.before) != _figures(self.after)

    def to_dict(self) -> dict[str, Any]:
        """Return the day, what is measured, and the figures before and after it, in one flat dict."""
        return {
            "day": self.day,
            "event": self.estimate.event,
            **{name: getattr(self.estimate, name) for name in _MEASURE},
            **{f"{name}_before": getattr(self.before, name, None) for name in _FIGURES},
            **{name: getattr(self.after, name, None) for name in _FIGURES},
            "moved": self.moved,
            "by": list(self.by),
            "why": self.after.why if self.after is not None else "",
            "policy": self.estimate.label,
            "version": self.estimate.version,
            "basis": self.estimate.basis,
        }


MOVE_FIELDS = (
    *("day", "event", *_MEASURE, *(f"{name}_before" for name in _FIGURES), *_FIGURES),
    *("moved", "by", "why", "policy", "version", "basis"),
)
"""What `to_dict()` of a move holds, in order."""


@dataclass(frozen=True, slots=True)
class ReplayRow(Row):
    """One step: `before` any statement, a `day` on which something was stated or withdrawn, or what is `undated`.

    `day` is the day as EDTF; of `before` the first day, of `undated` None. Of claims that count by when their document
    was published, it is that. Moves are of the measures that the day's claims are about.
    """

    event: str
    event_name: str
    step: Step
    day: str | None
    stated: tuple[ClaimRow, ...]
    withdrawn: tuple[ClaimRow, ...]
    moves: tuple[Move, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the step, with what tells its claims apart, and its moves as dicts."""
        return {
            "event": self.event,
            "event_name": self.event_name,
            "step": self.step,
            "day": self.day,
            "stated": brief_claims(self.stated),
            "withdrawn": brief_claims(self.withdrawn),
            "moves": [each.to_dict() for each in self.moves],
        }


def _figures(estimate: EstimateRow | None) -> tuple[Any, ...] | None:
    return None if estimate is None else tuple(getattr(estimate, name) for name in _FIGURES)
