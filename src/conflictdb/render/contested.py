"""Contested events, the most disputed first: a block of lines each, or a row each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from conflictdb.domain.lens import Lens
from conflictdb.domain.rows.contest import ContestRow
from conflictdb.render.lines import Line, Segment, line
from conflictdb.render.listing import Column, Listing, field_names
from conflictdb.render.table import foot_texts
from conflictdb.render.text import cell_width, cut, pad, visible, wrap
from conflictdb.render.words import date_words

_INDENT, _WITHIN = "  ", "    "
_ABOUT = (
    "Right: the disagreement by which events are ordered, of spread and ratio together, and of rival accounts. It is"
    " of what is stated, under no policy; basis: "
)

COLUMNS = (
    Column[ContestRow]("event", lambda row: row.event, keep=True),
    Column[ContestRow]("date", lambda row: date_words(row.date), keep=True),
    Column[ContestRow]("name", lambda row: row.name, spare=1, least=16),
    Column[ContestRow]("disagreement", lambda row: f"{row.disagreement:,.1f}", "right", keep=True),
    Column[ContestRow]("spread", lambda row: "" if row.spread is None else f"{row.spread:,}", "right", keep=True),
    Column[ContestRow]("ratio", lambda row: "" if row.ratio is None else f"{row.ratio:,.2f}", "right", keep=True),
    Column[ContestRow]("why", lambda row: "; ".join(row.reasons), least=40),
)


def contested_listing(
    rows: Sequence[ContestRow], query: str, lens: Lens, *, blocks: bool = False
) -> Listing[ContestRow]:
    """List contested events; with `blocks` as lines, where a table is asked for."""
    listing = Listing(
        "contested", query, None, lens.basis, rows, COLUMNS, fields=field_names(ContestRow), as_of=lens.as_of,
        undated=lens.undated,
        empty=_nothing_words(lens), footer=_ABOUT + lens.basis if rows else f"basis: {lens.basis}",
    )  # fmt: skip
    return _with_blocks(listing, rows) if blocks and rows else listing


def _nothing_words(lens: Lens) -> str:
    if lens.knowledge is not None:
        more = "" if lens.knowledge.undated else "; --undated counts undated statements too"
        return f"no claims had disagreed by {lens.knowledge.text}{more}"
    return "no claims disagree"


def _with_blocks(listing: Listing[ContestRow], rows: Sequence[ContestRow]) -> Listing[ContestRow]:
    def screen(width: int) -> Iterator[Line]:
        for row in rows:
            yield from _block(row, width)
        yield from (line(text, "dim") for text in foot_texts(listing, width))

    return replace(listing, screen=screen)


def _block(row: ContestRow, width: int) -> Iterator[Line]:
    """Yield the heading, with the disagreement at its right end, and a line or more for each reason."""
    number = f"{row.disagreement:,.1f}"
    start = f"{visible(row.event)}  {date_words(row.date)}  "
    name = cut(visible(row.name), max(width - cell_width(start) - cell_width(number) - 2, 0))
    gap = max(width - cell_width(start + name) - cell_width(number), 2)
    yield [Segment(start, "bold"), Segment(pad(name, cell_width(name) + gap)), Segment(number, "dim")]
    for reason in row.reasons:
        for at, piece in enumerate(wrap(visible(reason), width - len(_WITHIN))):
            yield line((_WITHIN if at else _INDENT) + piece)
