"""Rows with separators between the cells: CSV for spreadsheets, and tab-separated plain text for the shell."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any, TextIO

from conflictdb.domain.rows import Row
from conflictdb.render.listing import Listing
from conflictdb.render.structured import json_text, plain
from conflictdb.render.text import HARMFUL, escaped

# What makes a spreadsheet read a cell as a formula, their full-width twins included (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CONTROLS = ("\t", "\r", "\n")


def write_csv(rows: Iterable[Row], fields: tuple[str, ...], stream: TextIO, *, terminal: bool) -> int:
    """Write a header from the rows' dicts, or from `fields` where there are none, then the rows; return how many.

    RFC 4180 but for line ends, which are "\\n". Text that a spreadsheet would run as a formula gets an apostrophe.
    """
    writer = csv.writer(stream, lineterminator="\n")
    header: list[str] = []
    count = 0
    for row in rows:
        count += 1
        values = row.to_dict()
        if not header:
            header = list(values)
            writer.writerow([csv_cell(name, terminal) for name in header])
        writer.writerow([csv_cell(value, terminal) for value in values.values()])
    if not header and fields:
        writer.writerow(fields)
    return count


def csv_cell(value: Any, terminal: bool = False) -> str | int | float:
    """Return a value as a cell: lists of texts joined by spaces, deeper things as JSON, None as nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    return defuse(_encodable(_cell_text(value), terminal))


def defuse(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_CONTROLS) or text.lstrip().startswith(_FORMULA) else text


def write_plain(listing: Listing[Any], stream: TextIO) -> int:
    """Write the texts of the columns, uncut, a row a line and tabs between, the group first; return how many."""
    count = 0
    for row in listing.rows:
        count += 1
        texts = [column.text(row) for column in listing.columns]
        if listing.group is not None:
            texts.insert(0, listing.group(row))
        stream.write("\t".join(map(escaped, texts)) + "\n")
    return count


def _cell_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return " ".join(map(_quoted, value))
    if isinstance(value, list | tuple | dict):
        return json_text(value)
    return str(plain(value))


def _quoted(item: str) -> str:
    """Return an item of a list; in quotation marks, as in a query, where it would read as two."""
    return '"' + item.replace('"', '""') + '"' if " " in item or not item else item


def _encodable(text: str, terminal: bool) -> str:
    """Return text that UTF-8 can hold; on a terminal without what may harm it. A file gets the text as it is."""
    if terminal:
        return "\n".join(map(escaped, text.split("\n")))
    return (
        text if text.isascii() else HARMFUL.sub(lambda m: escaped(m[0]) if "\ud800" <= m[0] <= "\udfff" else m[0], text)
    )
