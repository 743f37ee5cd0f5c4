"""Export what a query finds: one file in one layout, the loss report beside it, and what describes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from conflictdb.asking import Asker
from conflictdb.domain.query import Query
from conflictdb.export import licences
from conflictdb.export.datapackage import describe
from conflictdb.export.files import replaced, require_place
from conflictdb.export.layouts import Layout
from conflictdb.export.losses import Losses
from conflictdb.export.numbers import BASIS, NAMED
from conflictdb.export.task import Tally, Task
from conflictdb.memory import rare_collections
from conflictdb.store.read import export as read

REPORT = ".losses.txt"
PACKAGE = "datapackage.json"
Progress = Callable[[int, int | None], None]
"""Told how many events are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be exported, how, and on which day (ISO 8601, by the caller's clock)."""

    query: Query
    layout: Layout
    day: str
    package: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an export came to: `report` and `package` are where they were written, if they were."""

    tally: Tally
    lost: list[tuple[str, int, int]]
    warnings: list[str]
    report: Path | None = None
    package: Path | None = None


def export_file(
    connection: Connection, wish: Wish, path: Path, *, force: bool = False, progress: Progress | None = None
) -> Outcome:
    """Write a file, whole or not at all, and its loss report. Raises UsageError and ConflictDBError."""
    report = path.with_name(path.name + REPORT)
    package = path.with_name(PACKAGE) if wish.package else None
    for each in filter(None, (path, report, package)):
        require_place(each, force=force)
    losses, tally = Losses(), Tally()
    with ExitStack() as stack:
        stack.callback(losses.close)
        places = {each: stack.enter_context(replaced(each)) for each in filter(None, (package, report, path))}
        with places[path].open("wb") as stream:
            used = _write(connection, wish, stream, path.name, losses, tally, progress)
        losses.write(places[report], head_lines(wish, path.name, tally))
        if package is not None:
            describe(connection, places[package], places[path], path, wish.layout, used, wish.query.text, wish.day)
        kinds = losses.kinds()
    return Outcome(tally, kinds, licences.warnings(tally.schemes), report, package)


def export_stream(connection: Connection, wish: Wish, stream: BinaryIO, *, progress: Progress | None = None) -> Outcome:
    """Write to a stream that stays open; what is lost is counted, and told nowhere else."""
    losses, tally = Losses(), Tally()
    try:
        _write(connection, wish, stream, "-", losses, tally, progress)
        return Outcome(tally, losses.kinds(), licences.warnings(tally.schemes))
    finally:
        losses.close()


def _write(
    connection: Connection, wish: Wish, stream: BinaryIO, name: str, losses: Losses, tally: Tally,
    progress: Progress | None,
) -> set[int]:  # fmt: skip
    """Write all batches; return the ids of the documents that the claims are in, where a package asks for them."""
    asker = Asker(connection)
    task = Task(connection, stream, losses, tally, wish.query.text, wish.day, name, lambda: _batches(asker, wish.query))
    total = asker.count_events(wish.query) if progress is not None else None
    guarded = licences.guarded(connection)
    sources: set[int] = set()
    writer = wish.layout.open(task)
    try:
        with rare_collections():
            for ids in task.batches():
                writer.write(ids)
                tally.events += len(ids)
                if guarded:
                    tally.schemes.update(read.count_schemes(connection, ids))
                if wish.package:
                    sources |= read.read_source_ids(connection, ids)
                if progress is not None:
                    progress(tally.events, total)
    except BaseException:
        writer.abandon()
        raise
    writer.end()
    return sources


def _batches(asker: Asker, query: Query) -> Iterator[list[int]]:
    ids = asker.event_ids(query)
    while batch := list(islice(ids, read.BATCH)):
        yield batch


def head_lines(wish: Wish, name: str, tally: Tally) -> Sequence[str]:
    """Return what the loss report says first."""
    lines = [
        f"What {name} does not hold of what it was exported from (conflictdb export --to {wish.layout.name}).",
        "",
        f"query:    {wish.query.text or 'all events'}",
        f"exported: {wish.day}",
        f"rows:     {tally.rows:,} of {tally.events:,} events",
    ]
    return lines + [f"numbers:  {each}" for each in number_lines(wish.layout, tally)]


def number_lines(layout: Layout, tally: Tally) -> list[str]:
    """Return where the numbers of a layout come from."""
    if not layout.numbers:
        return []
    lines = []
    if layout.coded and tally.own:
        lines.append(f"{tally.own:,} events have the recorder's own row, as it stands")
    if tally.filled:
        lines.append(f"{tally.filled:,} {'was' if tally.filled == 1 else 'were'} filled by {NAMED}, basis {BASIS}")
    if tally.empty:
        lines.append(f"{tally.empty:,} left empty: nobody but a recorder states losses")
    return lines
