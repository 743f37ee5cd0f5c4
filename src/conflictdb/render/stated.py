"""The listing of what an infobox states."""

from __future__ import annotations

from collections.abc import Iterable

from conflictdb.domain.quantity_words import speak_quantity
from conflictdb.domain.rows import StatedRow
from conflictdb.domain.vocabulary import Qualifier
from conflictdb.render.listing import Column, Listing, field_names

COLUMNS = (
    Column[StatedRow]("what", lambda row: _what(row), least=16),
    Column[StatedRow]("figure", lambda row: _figure(row), keep=True),
    Column[StatedRow]("whose", lambda row: row.subject or "", least=11),
    Column[StatedRow]("claimant", lambda row: ", ".join(row.claimants), least=14),
    Column[StatedRow]("text", lambda row: row.text, spare=1, least=16),
    Column[StatedRow]("note", lambda row: _note(row), spare=2),
)


def stated_listing(rows: Iterable[StatedRow], text: str) -> Listing[StatedRow]:
    """List the figures of a value."""
    return Listing(
        "parse", text, None, None, rows, COLUMNS, fields=field_names(StatedRow), empty="no figure in this value"
    )


def _what(row: StatedRow) -> str:
    return f"{row.item or 'materiel'} {row.fate}" if row.fate else row.metric


def _figure(row: StatedRow) -> str:
    return speak_quantity(row.lower, row.upper, Qualifier(row.qualifier), row.text)


def _note(row: StatedRow) -> str:
    part = "" if row.part_of is None else f"part of line {row.part_of + 1}"
    return "; ".join(filter(None, ("total" if row.total else "", part, row.note or "")))
