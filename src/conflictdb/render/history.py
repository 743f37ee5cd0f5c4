"""The history of an event as a list: each value with its release."""

from __future__ import annotations

from collections.abc import Iterable

from conflictdb.domain.rows import HistoryRow
from conflictdb.domain.rows.history import HISTORY_FIELDS
from conflictdb.render.listing import Column, Listing
from conflictdb.render.words import date_words, figure_alone, stake_words, subject_words, what_words

COLUMNS = (
    Column[HistoryRow]("whose", lambda row: subject_words(row.claim) if row.claim else "", least=11),
    Column[HistoryRow]("what", lambda row: what_words(row.claim) if row.claim else row.column or "", least=12),
    Column[HistoryRow]("value", lambda row: figure_alone(row.claim) if row.claim else row.value or "blank", least=12),
    Column[HistoryRow]("claimant", lambda row: row.claim.claimant if row.claim else row.dataset or "", least=12),
    Column[HistoryRow]("stake", lambda row: stake_words(row.claim) if row.claim else "", spare=2),
    Column[HistoryRow]("stated", lambda row: date_words(row.claim.stated_on) if row.claim else "", keep=True),
    Column[HistoryRow]("release", lambda row: _release(row), keep=True),
    Column[HistoryRow]("status", lambda row: _status(row), keep=True),
    Column[HistoryRow]("imported", lambda row: f"{row.imported_at[:10]}, run {row.import_run}", spare=1, keep=True),
)


def history_listing(rows: Iterable[HistoryRow], event: str) -> Listing[HistoryRow]:
    """List the values of an event, those that stand no more dimmed."""
    return Listing(
        "history", event, None, None, rows, COLUMNS, fields=HISTORY_FIELDS, empty="nothing is stated of this event",
        dim=lambda row: row.standing != "standing",
    )  # fmt: skip


def _release(row: HistoryRow) -> str:
    return f"{row.dataset} {row.release or '(release unknown)'}" if row.dataset else ""


def _status(row: HistoryRow) -> str:
    withdrawn_on = row.claim.withdrawn_on if row.claim else None
    return f"withdrawn {date_words(withdrawn_on)}" if withdrawn_on else row.standing
