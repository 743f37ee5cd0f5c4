"""Rows of an event's history: each value with the release that stated it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conflictdb.domain.rows.base import Row
from conflictdb.domain.rows.claims import ClaimRow

_OF_CLAIM = (
    "kind", "subject", "side", "group", "metric", "item", "fate", "lower", "upper", "best", "qualifier", "wording",
    "attribute", "claimant", "stated_on", "withdrawn_on", "key",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HistoryRow(Row):
    """A claim, or a value that a column of a dataset's row had, and the release and run that brought it.

    `standing` is standing, superseded, corrected, retracted or withdrawn; of a column's value standing or replaced.
    """

    event: str
    column: str | None
    value: str | None
    standing: str
    dataset: str | None
    release: str | None
    released_on: str | None
    import_run: int
    imported_at: str
    claim: ClaimRow | None

    def to_dict(self) -> dict[str, Any]:
        """Return the row as one dict, with what the claim states beside its release."""
        own = {name: getattr(self, name) for name in self.__slots__ if name != "claim"}
        return {**own, **{name: getattr(self.claim, name, None) for name in _OF_CLAIM}}


HISTORY_FIELDS = (*(name for name in HistoryRow.__slots__ if name != "claim"), *_OF_CLAIM)
