"""Rows with separators between the cells: CSV for spreadsheets, and tab-separated plain text for the shell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TextIO

from conflictdb.domain.formulas import defuse
from conflictdb.domain.rows import Row
from conflictdb.render.listing import Listing
from conflictdb.render.structured import json_text, plain
from conflictdb.render.text import HARMFUL, escaped

_QUOTED = re.compile('[,"\\r\\n]')
_OF_JSON = (int, float, list, tuple, dict)


def write_csv(rows: Iterable[Row], fields: tuple[str, ...], stream: TextIO, *, terminal: bool) -> int:
    """Write a header from the rows' dicts, or from `fields` where there are none, then the rows; return how many.

    RFC 4180 but for line ends, which are "\\n". Text that a spreadsheet would run as a formula gets an apostrophe.
    """
    header: list[str] = []
    count = 0
    for row in rows:
        count += 1
        values = row.to_dict()
        if not header:
            header = list(values)
            stream.write(_csv_line(header, terminal))
        stream.write(_csv_line(values.values(), terminal))
    if not header and fields:
        stream.write(_csv_line(fields, terminal))
    return count


def csv_cell(value: Any, terminal: bool = False) -> str | int | float:
    """Return a value as a cell of a spreadsheet: numbers as they are, text without formulas."""
    flat = flat_value(value)
    return defuse(_encodable(flat, terminal)) if isinstance(flat, str) else flat


def flat_value(value: Any) -> str | int | float:
    """Return a value for one cell: lists of texts joined by spaces, deeper things as JSON, None as nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if not isinstance(value, _OF_JSON):
        value = plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return " ".join(map(_quoted, value))
    if isinstance(value, list | tuple | dict):
        return json_text(value)
    return value if isinstance(value, int | float) else str(value)


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


def _csv_line(values: Iterable[Any], terminal: bool) -> str:
    # The csv module of Python 3.11 leaves a lone carriage return unquoted, which readers take for the end of a row.
    cells = [str(csv_cell(value, terminal)) for value in values]
    quoted = ['"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell for cell in cells]
    return (",".join(quoted) if quoted != [""] else '""') + "\n"


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
