"""What readers get: typed, frozen records, with every name spelled out and every link as claim keys."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conflictdb.domain.rows.base import Row
    from conflictdb.domain.rows.catalogue import (
        ActorDetail,
        ActorRow,
        AliasRow,
        ConflictRow,
        FactRow,
        FindingRow,
        HitRow,
        PersonRow,
        RelationRow,
        RunRow,
    )
    from conflictdb.domain.rows.claims import ClaimRow, EstimateRow, SetAside
    from conflictdb.domain.rows.events import CombatantRow, EventDetail, EventRow, SourceRow, TimelineRow
    from conflictdb.domain.rows.history import HistoryRow
    from conflictdb.domain.rows.stated import StatedRow

_MODULES = {
    "base": ("Row",),
    "claims": ("ClaimRow", "EstimateRow", "SetAside"),
    "events": ("CombatantRow", "EventDetail", "EventRow", "SourceRow", "TimelineRow"),
    "catalogue": (
        "ActorDetail", "ActorRow", "AliasRow", "ConflictRow", "FactRow", "FindingRow", "HitRow", "PersonRow",
        "RelationRow", "RunRow",
    ),
    "history": ("HistoryRow",),
    "stated": ("StatedRow",),
}  # fmt: skip
_HOME = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "ActorDetail",
    "ActorRow",
    "AliasRow",
    "ClaimRow",
    "CombatantRow",
    "ConflictRow",
    "EstimateRow",
    "EventDetail",
    "EventRow",
    "FactRow",
    "FindingRow",
    "HistoryRow",
    "HitRow",
    "PersonRow",
    "RelationRow",
    "Row",
    "RunRow",
    "SetAside",
    "SourceRow",
    "StatedRow",
    "TimelineRow",
]


def __getattr__(name: str) -> Any:
    """Load a kind of row when it is first asked for: making a record class takes longer than reading an event."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
