"""A dataset's table read row by row: a row that cannot be taken becomes a problem, and the next one is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from conflictdb.domain.coded import CodedEvent, CodedRow, KnownElsewhere
from conflictdb.domain.formulas import restore
from conflictdb.domain.records import Problem
from conflictdb.importers.tabular.cells import identifier
from conflictdb.importers.tabular.columns import Column, Layout
from conflictdb.importers.tabular.lengths import MOST_LETTERS, find_too_long
from conflictdb.importers.tabular.reader import Table

OURS = "conflictdb:"
"""What the ids of our own export begin with, in the columns of other datasets."""

_CELL = "\x1f"
_APOSTROPHE = f"{_CELL}'"

LONGEST_ID = 80
"""Letters of an id by which a refused row is named."""

T = TypeVar("T")


class FaultError(ValueError):
    """A cell for which its row is refused: the column, the cell, and why as a sentence."""

    def __init__(self, field: str, value: str, why: str) -> None:
        super().__init__(field, value, why)
        self.field, self.value, self.why = field, value, why


def read_rows(
    path: Path,
    table: Table,
    columns: Sequence[Column],
    read: Callable[[int, tuple[str, ...], tuple[str, ...]], T],
) -> Iterator[T | Problem]:
    """Yield what `read` makes of each row: of its line, its cells in the order of `columns`, and those as they stand.

    The first of `columns` holds the id by which a refused row is named. `read` refuses by raising FaultError.
    Raises MissingColumnError.
    """
    layout, name = Layout(columns, table.names), str(path)
    pick, width = layout.pick(), len(table.names)
    for row in _sound_rows(name, table, layout, table.rows()):
        if isinstance(row, Problem):
            yield row
            continue
        line, cells = row
        picked = pick(cells)
        try:
            yield read(line, picked, tuple(cells[:width]))
        except FaultError as fault:
            yield Problem(name, line, fault.field, fault.value, fault.why, _id_of(picked))


def coded_rows(
    path: Path,
    table: Table,
    columns: Sequence[Column],
    read: Callable[[int, tuple[str, ...], tuple[str, ...]], CodedEvent],
    rows: Iterator[tuple[int, list[str]]] | None = None,
    names: Sequence[str] = (),
) -> Iterator[CodedRow | KnownElsewhere | Problem]:
    """Yield the rows of a dataset, to be read by `read` where they are not known word for word; see `read_rows`.

    The first of `columns` holds the id. Rows that this program exported itself are told apart by theirs. `rows` and
    `names` are others than the table's own, which may lack a header. Raises MissingColumnError.
    """
    layout = Layout(columns, names or table.names)
    pick, place, width, name = layout.pick(), layout.places[0], len(table.names), str(path)

    def read_one(line: int, cells: list[str], original: tuple[str, ...]) -> CodedEvent | Problem:
        picked = pick(cells)
        try:
            event = read(line, picked, original)
            if max(map(len, picked)) > MOST_LETTERS and (fault := find_too_long(event, columns, picked)):
                raise FaultError(*fault)
            return event
        except FaultError as fault:
            return Problem(name, line, fault.field, fault.value, fault.why, _id_of(picked))

    for row in _sound_rows(name, table, layout, table.rows() if rows is None else rows):
        if isinstance(row, Problem):
            yield row
            continue
        line, cells = row
        native_id = identifier(cells[place])
        if native_id.startswith(OURS):
            yield KnownElsewhere(line, native_id.removeprefix(OURS))
            continue
        original = tuple(cells[:width])
        yield CodedRow(line, native_id, original, partial(read_one, line, cells, original))


def _sound_rows(
    path: str, table: Table, layout: Layout, rows: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]] | Problem]:
    """Yield the rows that can be trusted, and why the others cannot; before them, the columns that are there twice.

    A text that was kept from being a formula, by an apostrophe before it, is again what it was.
    """
    for name in layout.doubled:
        yield Problem(path, None, name, "", "several columns are called so; the first of them is read", "", True)
    pick, bad_row, blanks = layout.pick(), table.bad_row, [""] * len(table.names)
    for row in rows:
        line, cells = row
        if (why := bad_row(line, cells)) is not None:
            yield Problem(path, line, "", "", why, _id_of(pick(cells + blanks)))
        elif _APOSTROPHE in _CELL + _CELL.join(cells):
            yield line, [restore(cell) for cell in cells]
        else:
            yield row


def read_all(records: Iterable[T | CodedRow]) -> Iterator[T | CodedEvent | Problem]:
    """Yield records with every row read."""
    return (record.read() if isinstance(record, CodedRow) else record for record in records)


def column_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of a table's columns, with "column 3" for one that has none."""
    return tuple(name or f"column {number}" for number, name in enumerate(names, 1))


def _id_of(picked: Sequence[str]) -> str:
    return identifier(picked[0]).encode(errors="replace").decode()[:LONGEST_ID]
