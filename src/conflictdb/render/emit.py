"""The one way out for data: a listing, written to a stream in the format that was asked for."""

from __future__ import annotations

from typing import Any, TextIO

from conflictdb.render.formats import Format
from conflictdb.render.lines import line_text, write_lines
from conflictdb.render.listing import Listing

PLAIN_WIDTH = 100


def emit(listing: Listing[Any], format: Format, stream: TextIO, *, width: int, terminal: bool, color: bool) -> int:
    """Write a listing, and return how many rows were written.

    `width` counts for tables and screens only. `terminal`: the stream is one; `color`: it wants styles.
    """
    if format in (Format.JSON, Format.JSONL):
        from conflictdb.render.structured import write_json, write_jsonl

        return write_json(listing, stream) if format is Format.JSON else write_jsonl(listing.rows, stream)
    if format is Format.CSV:
        from conflictdb.render.delimited import write_csv

        rows = listing.rows if listing.records is None else listing.records
        return write_csv(rows, listing.fields, stream, terminal=terminal)
    if format is Format.MARKDOWN and listing.page is not None:
        stream.write(listing.page())
    elif format is Format.PLAIN and listing.screen is not None:
        stream.writelines(f"{line_text(each)}\n" for each in listing.screen(PLAIN_WIDTH))
    elif format is Format.TABLE and listing.screen is not None:
        write_lines(listing.screen(width), stream, width=width, terminal=terminal, color=color)
    else:
        return _emit_table(listing, format, stream, width=width, terminal=terminal, color=color)
    return sum(1 for _ in listing.rows)


def _emit_table(
    listing: Listing[Any], format: Format, stream: TextIO, *, width: int, terminal: bool, color: bool
) -> int:
    if format is Format.MARKDOWN:
        from conflictdb.render.markdown import write_markdown

        return write_markdown(listing, stream)
    if format is Format.PLAIN:
        from conflictdb.render.delimited import write_plain

        return write_plain(listing, stream)
    from conflictdb.render.table import table_lines

    rows = list(listing.rows)
    write_lines(table_lines(listing, rows, width), stream, width=width, terminal=terminal, color=color)
    return len(rows)
