"""One row a claim as Parquet, typed, in row groups of some tens of thousands."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from conflictdb.errors import UsageError
from conflictdb.export.claims import lose_around_claims
from conflictdb.export.columns import Column, claim_columns
from conflictdb.export.task import Task
from conflictdb.store.read.flat import Flat, FlatReader

ROW_GROUP = 20_000
"""Claims that are kept in memory until they are written together."""


class ClaimsParquet:
    """Writes claims as Parquet. Raises UsageError where pyarrow is not installed."""

    def __init__(self, task: Task) -> None:
        self.arrow = _require_arrow()
        from pyarrow import parquet

        self.task, self.reader = task, FlatReader(task.connection, task.knowledge)
        columns = claim_columns(as_of=task.knowledge is not None)
        self.schema = self.arrow.schema([self._field(column) for column in columns])
        about = {"query": task.query, "exported_on": task.day, "as_of": task.lens.as_of}
        described = self.schema.with_metadata({name: text for name, text in about.items() if text is not None})
        self.file = parquet.ParquetWriter(task.stream, described, compression="zstd")
        self.waiting: list[Any] = []
        self.rows = 0
        self.beside = ThreadPoolExecutor(1)
        self.writing: Future[None] | None = None
        """The row group that is written while the next one is read."""

    def write(self, ids: Sequence[int]) -> None:
        """Take the claims of these events."""
        flat = self.reader.read(ids)
        self.waiting.append(self._batch(flat))
        self.rows += len(flat.places)
        self.task.tally.rows += len(flat.places)
        if self.rows >= ROW_GROUP:
            self._flush()
        lose_around_claims(self.task, flat)

    def end(self) -> None:
        """Write the last row group and the footer."""
        self._flush()
        self._wait()
        self.beside.shutdown()
        self.file.close()

    def abandon(self) -> None:
        """Close the file, which will be thrown away."""
        self.beside.shutdown()
        self.file.close()

    def _flush(self) -> None:
        self._wait()
        if self.rows:
            group = self.arrow.Table.from_batches(self.waiting)
            self.writing = self.beside.submit(self.file.write_table, group, row_group_size=self.rows)
        self.waiting, self.rows = [], 0

    def _wait(self) -> None:
        """Wait for the row group that is written, and raise what became of it."""
        if self.writing is not None:
            self.writing.result()
            self.writing = None

    def _batch(self, flat: Flat) -> Any:
        """Return the batch: shared columns are made once, and spread over the claims."""
        arrow, types = self.arrow, {name: self.schema.field(name).type for name in self.schema.names}
        made = {name: arrow.array(flat.claims[name], types[name]) for name in types.keys() & flat.claims.keys()}
        for columns, places in flat.shared:
            spread = arrow.array(places, arrow.int32())
            for name in types.keys() & columns.keys():
                made[name] = arrow.array(columns[name], types[name]).take(spread)
        return arrow.RecordBatch.from_arrays([made[name] for name in types], schema=self.schema)

    def _field(self, column: Column) -> Any:
        types = {"integer": self.arrow.int64(), "number": self.arrow.float64()}
        return self.arrow.field(column.name, types.get(column.type, self.arrow.string()), metadata={"doc": column.doc})


def _require_arrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise UsageError(
            "Parquet needs the package pyarrow", "install it with: pip install 'conflictdb[parquet]'"
        ) from None
    return pyarrow
