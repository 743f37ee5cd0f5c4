"""The one way out for data: a listing, written to a stream in the format that was asked for."""

from __future__ import annotations

from typing import Any, TextIO

from conflictdb.render.delimited import write_csv, write_plain
from conflictdb.render.formats import Format
from conflictdb.render.lines import line_text, write_lines
from conflictdb.render.listing import Listing
from conflictdb.render.markdown import write_markdown
from conflictdb.render.structured import write_json, write_jsonl
from conflictdb.render.table import table_lines

PLAIN_WIDTH = 100


def emit(listing: Listing[Any], format: Format, stream: TextIO, *, width: int, terminal: bool, color: bool) -> int:
    """Write a listing, and return how many rows were written.

    `width` counts for tables and screens only. `terminal`: the stream is one; `color`: it wants styles.
    """
    match format:
        case Format.JSON:
            return write_json(listing, stream)
        case Format.JSONL:
            return write_jsonl(listing.rows, stream)
        case Format.CSV:
            rows = listing.rows if listing.records is None else listing.records
            return write_csv(rows, listing.fields, stream, terminal=terminal)
        case Format.MARKDOWN if listing.page is not None:
            stream.write(listing.page())
        case Format.MARKDOWN:
            return write_markdown(listing, stream)
        case Format.PLAIN if listing.screen is not None:
            stream.writelines(f"{line_text(each)}\n" for each in listing.screen(PLAIN_WIDTH))
        case Format.PLAIN:
            return write_plain(listing, stream)
        case Format.TABLE if listing.screen is not None:
            write_lines(listing.screen(width), stream, width=width, terminal=terminal, color=color)
        case Format.TABLE:
            rows = list(listing.rows)
            write_lines(table_lines(listing, rows, width), stream, width=width, terminal=terminal, color=color)
            return len(rows)
    return sum(1 for _ in listing.rows)
