"""Listings of casualty claims and of the estimates made of them."""

from __future__ import annotations

from collections.abc import Iterable

from conflictdb.domain.rows import ClaimRow, EstimateRow
from conflictdb.domain.vocabulary import Basis
from conflictdb.render import columns
from conflictdb.render.listing import Listing, field_names

COMMAND = "casualties"


def ledger_listing(rows: Iterable[ClaimRow], query: str, group: str) -> Listing[ClaimRow]:
    """List claims, grouped by "source" (who stated them), "document", or not at all."""
    shown, heading = {
        "source": (columns.CLAIMS_BY_SOURCE, lambda row: row.claimant),
        "document": (columns.CLAIMS_BY_DOCUMENT, lambda row: f"{row.source_title} ({row.source})"),
        "": (columns.CLAIMS, None),
    }[group]
    return Listing(
        COMMAND, query, None, None, rows, shown, group=heading, fields=field_names(ClaimRow),
        empty="no casualty claims found", dim=is_set_aside,
    )  # fmt: skip


def estimates_listing(rows: Iterable[EstimateRow], query: str, policy: str) -> Listing[EstimateRow]:
    """List estimates, named by their policy and basis."""
    return Listing(
        COMMAND, query, policy, Basis.CLAIMS, rows, columns.ESTIMATES, fields=field_names(EstimateRow),
        empty="no casualty claims found",
    )  # fmt: skip


def is_set_aside(row: ClaimRow) -> bool:
    """Return whether a claim no longer stands."""
    return row.standing != "standing"
