"""A table of any kind, opened: its header, and its rows one by one with the lines they begin on."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

from conflictdb.errors import ImportFailedError
from conflictdb.importers.files import is_workbook, open_bytes
from conflictdb.importers.tabular.dialect import LONGEST_CELL, Dialect, look
from conflictdb.importers.tabular.encoding import Encoding, explain_stray, find_encoding, open_text
from conflictdb.importers.tabular.header import clean_names, explain_width, find_hxl


class Table(Protocol):
    """A table with a header.

    `names` are the header's cells as written, without spaces around them; an unnamed column is "". `hxl` are the
    tags of the second row, where that holds tags of the Humanitarian Exchange Language; `rows` leaves it out.
    """

    names: tuple[str, ...]
    hxl: tuple[str, ...] | None

    @property
    def dialect_text(self) -> str:
        """Return how the file is written, e.g. "UTF-8, comma" or "XLSX, sheet Data"."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row: the line it begins on, as an editor counts, and its cells as text; blank rows are left out.

        A row may have fewer cells than the header, or more: ask `bad_row`. Each call reads from the start. Raises
        ImportFailedError where the file cannot be read on; of a text, what is wrong with its encoding or packing is
        found before the first row.
        """

    def bad_row(self, line: int, cells: Sequence[str]) -> str | None:
        """Return why a row that was just yielded cannot be trusted, or None where it can."""

    def peek(self, count: int) -> list[list[str]]:
        """Return the first rows, as far as the first 64 KiB of a text go: a cheap look at what the table holds."""


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Open a table, CSV or XLSX alike, known by its content; it may be packed as `files.open_bytes` reads.

    Opening is cheap: it looks at the first 64 KiB. Raises ImportFailedError where there is no table.
    """
    with open_bytes(path) as file:
        workbook = file.seekable() and is_workbook(file)
    if workbook:
        from conflictdb.importers.tabular.xlsx import open_workbook

        with open_workbook(path) as table:
            yield table
    else:
        yield DelimitedTable(path)


def find_names(path: Path) -> tuple[str, ...]:
    """Return the header of a table, or nothing where the file is none: what `identify` asks. Raises FormatError."""
    try:
        with open_table(path) as table:
            return table.names
    except ImportFailedError:
        return ()


class DelimitedTable:
    """A table in a text file; see `Table`."""

    names: tuple[str, ...]
    hxl: tuple[str, ...] | None

    def __init__(self, path: Path) -> None:
        self._path = path
        self._surveyed: Encoding | None = None
        self._unclosed: tuple[int, int] | None = None
        with open_bytes(path) as file:
            self._look = look(file, path.name)
        if not self._look.rows:
            raise ImportFailedError(f"there is no table in {path.name}: it has no first row, which names the columns")
        header, *first = self._look.rows
        self.names = clean_names(header)
        self._width = len(self.names)
        self.hxl = find_hxl(first[0]) if first else None

    @property
    def dialect(self) -> Dialect:
        """Return how the file is written, by all of it."""
        return replace(self._look.dialect, encoding=self._survey().name)

    @property
    def dialect_text(self) -> str:
        """Return how the file is written."""
        return self.dialect.describe()

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows with their lines; see `Table.rows`."""
        return islice(self._records(self._survey()), self._above, None)

    def bad_row(self, line: int, cells: Sequence[str]) -> str | None:
        """Return why a row cannot be trusted; see `Table.bad_row`."""
        if self._unclosed is not None and self._unclosed[0] == line:
            lines = self._unclosed[1]
            swallowed = f"; {lines:,} lines were read as one row" if lines > 1 else ""
            return f"a quote that opens a cell is never closed; the file may be cut off{swallowed}"
        if len(cells) != self._width and (why := explain_width(cells, self._width)):
            return why
        surveyed = self._surveyed
        if surveyed is not None and (surveyed.nuls or surveyed.strays):
            return _explain_letters("\n".join(cells))
        return None

    def peek(self, count: int) -> list[list[str]]:
        """Return the first rows."""
        return list(self._look.rows[self._above : self._above + count])

    @property
    def _above(self) -> int:
        """Return how many rows stand above the data."""
        return 1 if self.hxl is None else 2

    def _survey(self) -> Encoding:
        """Return the encoding by all bytes of the file, which are looked at once, before the first row is read."""
        if self._surveyed is None:
            with open_bytes(self._path) as file:
                self._surveyed = find_encoding(file, self._path.name)
        return self._surveyed

    def _records(self, encoding: Encoding) -> Iterator[tuple[int, list[str]]]:
        """Yield the header and all rows, with their lines."""
        if csv.field_size_limit() < LONGEST_CELL:
            csv.field_size_limit(LONGEST_CELL)  # the limit is the process's own
        skipped = self._look.dialect.header_line - 1
        start = skipped + 1

        def last_quote() -> Iterator[str]:
            """Close a cell that is still open when all lines are read; else this is a blank row of its own."""
            self._unclosed = start, reader.line_num + skipped - start + 1
            yield '"'

        with open_bytes(self._path) as file, open_text(file, encoding) as text:
            lines = chain(islice(text, skipped, None), last_quote())
            reader = csv.reader(lines, delimiter=self._look.dialect.delimiter)
            try:
                for row in reader:
                    if any(row):
                        yield start, row
                    start = reader.line_num + skipped + 1
            except csv.Error:
                raise ImportFailedError(
                    f"{self._path.name}, line {start}: a cell is longer than {LONGEST_CELL >> 20} MB",
                    "a quote that opens a cell there is probably never closed",
                ) from None


def _explain_letters(text: str) -> str | None:
    if "\0" in text:
        return "it holds the character NUL (U+0000), which no database keeps"
    return explain_stray(text)
