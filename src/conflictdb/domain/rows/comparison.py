"""Rows of comparisons: what each policy makes of one measure of one event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conflictdb.domain.rows.base import Row
from conflictdb.domain.rows.claims import EstimateRow


@dataclass(frozen=True, slots=True)
class ComparisonRow(Row):
    """The estimate of one policy; those of all policies on one measure follow one another."""

    estimate: EstimateRow
    event_name: str

    def to_dict(self) -> dict[str, Any]:
        """Return the estimate's own fields, and the name of its event."""
        return {**self.estimate.to_dict(), "event_name": self.event_name}


COMPARISON_FIELDS = (*EstimateRow.__slots__, "event_name")
"""What `to_dict()` of a comparison holds, in order."""
