"""Listings of casualty claims and of the estimates made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from conflictdb.domain.rows import ClaimRow, EstimateRow
from conflictdb.domain.vocabulary import Basis
from conflictdb.render import columns
from conflictdb.render.listing import Column, Listing, field_names

COMMAND = "casualties"


def ledger_listing(rows: Iterable[ClaimRow], query: str, group: str, *, one_event: bool = False) -> Listing[ClaimRow]:
    """List claims, grouped by "source" (who stated them), "document", or not at all; `one_event` need not be named."""
    layouts: dict[str, tuple[tuple[Column[ClaimRow], ...], Callable[[ClaimRow], str] | None]] = {
        "source": (columns.CLAIMS_BY_SOURCE, lambda row: row.claimant),
        "document": (columns.CLAIMS_BY_DOCUMENT, lambda row: f"{row.source_title} ({row.source})"),
        "": (columns.CLAIMS, None),
    }
    shown, heading = layouts[group]
    if one_event:
        shown = tuple(column for column in shown if column.header != "event")
    return Listing(
        COMMAND, query, None, None, rows, shown, group=heading, fields=field_names(ClaimRow),
        empty="no casualty claims found", dim=is_set_aside,
    )  # fmt: skip


def estimates_listing(rows: Iterable[EstimateRow], query: str, policy: str) -> Listing[EstimateRow]:
    """List estimates, named by their policy and basis."""
    return Listing(
        COMMAND, query, policy, Basis.CLAIMS, rows, columns.ESTIMATES, fields=field_names(EstimateRow),
        empty="no casualty claims found; what recorders estimate is listed without --by-side and --by-event",
    )  # fmt: skip


def is_set_aside(row: ClaimRow) -> bool:
    """Return whether a claim no longer stands."""
    return row.standing != "standing"
