"""Listings of what is known of a database, and of what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable

from conflictdb.domain.rows import FactRow, FindingRow
from conflictdb.render.listing import Column, Listing, field_names

_FACTS = (
    Column[FactRow]("what", lambda row: row.what, keep=True),
    Column[FactRow]("value", lambda row: row.value, keep=True),
)
_FINDINGS = (
    Column[FindingRow]("check", lambda row: row.check, keep=True),
    Column[FindingRow]("", lambda row: "WRONG" if row.wrong else "ok", keep=True),
    Column[FindingRow]("found", lambda row: row.found),
)


def facts_listing(rows: Iterable[FactRow]) -> Listing[FactRow]:
    """List what is known of a database."""
    return Listing("db info", None, None, None, rows, _FACTS, fields=field_names(FactRow))


def findings_listing(rows: Iterable[FindingRow]) -> Listing[FindingRow]:
    """List what the checks found."""
    return Listing(
        "db check", None, None, None, rows, _FINDINGS, fields=field_names(FindingRow), strong=lambda row: row.wrong
    )
