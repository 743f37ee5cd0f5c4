"""The layout of a listing as a table: columns aligned, cut to fit the width, in groups under headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Any

from conflictdb.render.lines import Line, Segment, Style, line
from conflictdb.render.listing import Column, Listing
from conflictdb.render.text import cell_width, cut, pad, visible, wrap

GAP = "  "
MARK = "- "
NARROWEST = 6  # a column that is cut keeps so many cells


def table_lines(listing: Listing[Any], rows: Sequence[Any], width: int) -> Iterator[Line]:
    """Yield the lines of a table of `rows`, no wider than `width` unless what is never cut needs it."""
    if listing.title:
        yield from (line(text, "bold") for text in wrap(visible(listing.title), width))
        yield ()
    yield from _body(listing, rows, width) if rows else [line(visible(listing.empty))]
    yield from (line(text, "dim") for text in foot_texts(listing, width))


def foot_texts(listing: Listing[Any], width: int) -> list[str]:
    """Return the footer, and the policy and basis by which figures were made."""
    texts = [*wrap(visible(listing.footer), width), *wrap(policy_text(listing), width)]
    return ["", *texts] if texts else []


def policy_text(listing: Listing[Any]) -> str:
    """Return "policy: range, basis: claims", or nothing where no policy was at work."""
    named = {"policy": listing.policy, "basis": listing.basis} if listing.policy else {}
    if listing.as_of:
        named["as of"] = f"{listing.as_of} and undated" if listing.undated else listing.as_of
    return ", ".join(f"{word}: {visible(value)}" for word, value in named.items() if value)


def column_widths(natural: Sequence[int], columns: Sequence[Column[Any]], width: int) -> list[int]:
    """Return the widths of columns that together take at most `width`, two spaces between each.

    Columns to keep stay whole. The others give way in proportion to the cells that they ask for at least, and none
    so far that it says nothing: then the table is wider.
    """
    widths = list(natural)
    over = sum(widths) + len(GAP) * (len(widths) - 1) - width
    while over > 0:
        flexible = [at for at, column in enumerate(columns) if not column.keep and widths[at] > NARROWEST]
        if not flexible:
            break
        widths[max(flexible, key=lambda at: widths[at] / columns[at].least)] -= 1
        over -= 1
    return widths


def _body(listing: Listing[Any], rows: Sequence[Any], width: int) -> Iterator[Line]:
    columns, cells = _fitting(listing.columns, rows, width - len(MARK))
    dims = [listing.dim is not None and listing.dim(row) for row in rows]
    marks = [MARK if dim else " " * len(MARK) for dim in dims] if any(dims) else [""] * len(rows)
    headers = [column.header for column in columns]
    widths = column_widths(_natural(columns, cells), columns, width - len(marks[0]))
    yield line(" " * len(marks[0]) + _row_text(columns, headers, widths), "dim")
    heading = None
    for row, texts, mark, dim in zip(rows, cells, marks, dims, strict=True):
        if listing.group is not None and (name := listing.group(row)) != heading:
            yield ()
            yield line(cut(visible(name), width), "bold")
            heading = name
        style: Style = "dim" if dim else "bold" if listing.strong is not None and listing.strong(row) else ""
        yield (Segment(mark + _row_text(columns, texts, widths), style),)


def _fitting(
    columns: Sequence[Column[Any]], rows: Sequence[Any], width: int
) -> tuple[Sequence[Column[Any]], list[list[str]]]:
    """Return the columns that say something and can be read at a width, and the texts of their cells."""
    cells = [[visible(column.text(row)) for column in columns] for row in rows]
    used = [not column.spare or any(texts) for column, texts in zip(columns, zip(*cells, strict=True), strict=True)]
    columns, cells = list(compress(columns, used)), [list(compress(texts, used)) for texts in cells]
    while spare := [(column.spare, at) for at, column in enumerate(columns) if column.spare]:
        natural = _natural(columns, cells)
        least = [
            wide if column.keep else min(wide, column.least) for wide, column in zip(natural, columns, strict=True)
        ]
        if sum(least) + len(GAP) * (len(least) - 1) <= width:
            break
        _, gone = max(spare)
        columns = [column for at, column in enumerate(columns) if at != gone]
        cells = [[text for at, text in enumerate(texts) if at != gone] for texts in cells]
    return columns, cells


def _natural(columns: Sequence[Column[Any]], cells: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide each column would be uncut."""
    headers = [column.header for column in columns]
    return [max(map(cell_width, texts)) for texts in zip(headers, *cells, strict=True)]


def _row_text(columns: Sequence[Column[Any]], texts: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        pad(text if column.keep else cut(text, wide), wide, column.align)
        for column, text, wide in zip(columns, texts, widths, strict=True)
    )
    return GAP.join(cells).rstrip()
