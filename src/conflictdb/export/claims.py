"""One row a claim, with its event's columns: as CSV, and what Parquet and Excel build on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from conflictdb.domain.formulas import defuse
from conflictdb.export.columns import Column, claim_columns
from conflictdb.export.losses import Loss, Losses, counted
from conflictdb.export.task import PlainWriter, Task
from conflictdb.export.versions import read_versions
from conflictdb.store.read import export as read
from conflictdb.store.read.flat import Flat, FlatReader


class ClaimsCsv(PlainWriter):
    """Writes claims as CSV, in UTF-8."""

    def __init__(self, task: Task) -> None:
        self.task, self.reader = task, FlatReader(task.connection, task.knowledge)
        self.columns = claim_columns(as_of=task.knowledge is not None)
        self._put([[column.name for column in self.columns]])

    def write(self, ids: Sequence[int]) -> None:
        """Write the claims of these events."""
        flat = self.reader.read(ids)
        rows = claim_rows(flat, self.columns)
        self._put([defuse(cell) if type(cell) is str else cell for cell in row] for row in rows)
        self.task.tally.rows += len(flat.places)
        lose_around_claims(self.task, flat)

    def _put(self, rows: Any) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        self.task.stream.write(text.getvalue().encode("utf-8", errors="backslashreplace"))


def claim_rows(flat: Flat, shown: Sequence[Column]) -> Iterator[tuple[Any, ...]]:
    """Yield the claims with the columns that are shown, in their order."""
    columns = dict(flat.claims)
    for shared, places in flat.shared:
        columns |= {name: [values[place] for place in places] for name, values in shared.items()}
    return zip(*(columns[column.name] for column in shown), strict=True)


def lose_around_claims(task: Task, flat: Flat) -> None:
    """Note what of events a table of claims does not hold."""
    found: dict[int, list[Loss]] = {}
    for event_id, count in read.count(task.connection, "timeline", flat.ids, task.knowledge).items():
        found[event_id] = [counted(count, "entries of the timeline", "entry of the timeline")]
    for event_id, summary in zip(flat.ids, flat.events["summary"], strict=True):
        if summary:
            found.setdefault(event_id, []).append(Loss("summaries", 1, "its summary"))
    lose_rows_of_datasets(task, flat)
    if len(claimed := set(flat.places)) < len(flat.ids):
        for place, event_id in enumerate(flat.ids):
            if place not in claimed:
                found.setdefault(event_id, []).append(Loss("events without claims", 1, "all of it: it has no claims"))
    add_all(task.losses, flat, found)


def lose_rows_of_datasets(task: Task, flat: Flat) -> None:
    """Note that rows of datasets have more columns than claims are read from."""
    rows = flat.of_datasets
    if task.knowledge is not None and rows:
        rows = sum(map(len, read_versions(task.connection, flat.ids, task.knowledge).rows.values()))
    task.losses.note("other columns of rows of datasets", rows, rows)


def add_all(losses: Losses, flat: Flat, found: dict[int, list[Loss]]) -> None:
    """Note the losses of a batch, in the order of its events."""
    if found:
        for event_id, slug in zip(flat.ids, flat.events["event"], strict=True):
            if event_id in found:
                losses.add(slug, found[event_id])
