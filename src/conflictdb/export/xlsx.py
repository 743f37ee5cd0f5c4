"""An Excel workbook: events, claims, sources, and a sheet about the export; row by row, in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from conflictdb.errors import UsageError
from conflictdb.export.claims import claim_rows, lose_around_claims
from conflictdb.export.coded import read_made
from conflictdb.export.columns import claim_columns
from conflictdb.export.hxl import COLUMNS, event_row
from conflictdb.export.numbers import named
from conflictdb.export.task import Task
from conflictdb.store.read import export as read
from conflictdb.store.read.flat import FlatReader
from conflictdb.store.read.sources import stream_documents

MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
"""What a sheet and a cell of Excel hold at most."""
_SOURCE = ("slug", "title", "publisher", "author", "url", "archive_url", "published_on", "retrieved_on", "language",
           "licence", "note")  # fmt: skip


class Workbook:
    """Writes a workbook. Raises UsageError where XlsxWriter is not installed, or a sheet cannot hold the rows."""

    def __init__(self, task: Task) -> None:
        self.task, self.reader = task, FlatReader(task.connection, task.knowledge)
        self.columns = claim_columns(as_of=task.knowledge is not None)
        self.book = _open_book(task)
        self.sheets = {name: self.book.add_worksheet(name) for name in ("Events", "Claims", "Sources", "About")}
        self.rows = dict.fromkeys(self.sheets, 0)
        self.sources: set[int] = set()
        self._put("Events", [list(COLUMNS)])
        self._put("Claims", [[column.name for column in self.columns]])
        self._put("Sources", [_SOURCE])

    def write(self, ids: Sequence[int]) -> None:
        """Write these events and their claims."""
        connection, knowledge = self.task.connection, self.task.knowledge
        for made in read_made(self.task, ids).values():
            self._put("Events", [event_row(made).values()])
        flat = self.reader.read(ids)
        self._put("Claims", claim_rows(flat, self.columns))
        self.sources |= read.read_source_ids(connection, ids, knowledge)
        self.task.tally.rows += len(ids) + len(flat.places)
        lose_around_claims(self.task, flat)

    def end(self) -> None:
        """Write the sources and what the workbook is, and close it."""
        self._put("Sources", stream_documents(self.task.connection, self.sources, _SOURCE))
        self._put("About", self._about())
        self.book.close()

    def abandon(self) -> None:
        """Close the workbook, which will be thrown away: it keeps files of its own until then."""
        self.book.close()

    def _about(self) -> list[tuple[str, Any]]:
        return [
            ("exported by", "conflictdb"),
            ("exported on", self.task.day),
            ("query", self.task.query or "all events"),
            ("events", self.rows["Events"] - 1),
            ("claims", self.rows["Claims"] - 1),
            ("sources", self.rows["Sources"] - 1),
            ("policy of the low, best and high figures", named(self.task.lens)),
            ("basis", str(self.task.lens.basis)),
            ("as of", self.task.lens.as_of or "all that is known"),
            *((f"Claims: {column.name}", column.doc) for column in self.columns),
        ]

    def _put(self, name: str, rows: Iterable[Iterable[Any]]) -> None:
        sheet = self.sheets[name]
        for row in rows:
            number = self.rows[name]
            if number == MOST_ROWS:
                raise UsageError(
                    f"the sheet {name} of an Excel file holds {MOST_ROWS - 1:,} rows, and there are more",
                    "narrow the query, e.g. with country: or date:, or write --to csv or --to parquet",
                )
            self.rows[name] += 1
            for column, value in enumerate(row):
                if isinstance(value, str):
                    if len(value) > LONGEST_CELL:
                        self.task.losses.note("texts cut at what a cell of Excel holds", 1, 1)
                    sheet.write_string(number, column, value[:LONGEST_CELL])
                elif value is not None:
                    sheet.write_number(number, column, value)


def _open_book(task: Task) -> Any:
    try:
        from xlsxwriter import Workbook as Book
    except ImportError:
        raise UsageError(
            "Excel files need the package XlsxWriter", "install it with: pip install 'conflictdb[xlsx]'"
        ) from None
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    return Book(task.stream, options)
