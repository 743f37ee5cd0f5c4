"""Listings of casualty claims and of the estimates made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from conflictdb.domain.lens import Lens
from conflictdb.domain.rows import ClaimRow, EstimateRow
from conflictdb.domain.vocabulary import Basis
from conflictdb.render import columns
from conflictdb.render.listing import Column, Listing, field_names

COMMAND = "casualties"


def ledger_listing(
    rows: Iterable[ClaimRow], query: str, group: str, *, one_event: bool = False, as_of: str | None = None
) -> Listing[ClaimRow]:
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
        empty=f"no casualty claim had been stated by {as_of}" if as_of else "no casualty claims found",
        dim=is_set_aside, as_of=as_of,
    )  # fmt: skip


def estimates_listing(rows: Iterable[EstimateRow], query: str, lens: Lens) -> Listing[EstimateRow]:
    """List estimates, named by their policy and basis."""
    return Listing(
        COMMAND, query, lens.chosen.label, lens.basis, rows, columns.ESTIMATES, fields=field_names(EstimateRow),
        empty=nothing_to_estimate(lens), as_of=lens.as_of, undated=lens.undated,
    )  # fmt: skip


def nothing_to_estimate(lens: Lens) -> str:
    """Return what is said where there is nothing to make an estimate of."""
    if lens.knowledge is not None:
        more = "" if lens.knowledge.undated else "; --undated counts undated statements too"
        return f"no casualty claim had been stated by {lens.knowledge.text}{more}"
    if lens.basis is Basis.CLAIMS:
        return "no casualty claims found; what recorders estimate: --basis estimates"
    return f"nothing found on the basis {lens.basis}"


def is_set_aside(row: ClaimRow) -> bool:
    """Return whether a claim no longer stands."""
    return row.standing != "standing"
