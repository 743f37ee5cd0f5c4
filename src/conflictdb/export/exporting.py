"""Export what a query finds: one file in one layout, the loss report beside it, and what describes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from conflictdb.asking import Asker
from conflictdb.domain.lens import Lens
from conflictdb.domain.query import Query
from conflictdb.export import licences
from conflictdb.export.as_of import all_event_ids, count_left_out, known_events
from conflictdb.export.datapackage import About, describe
from conflictdb.export.files import replaced, require_place
from conflictdb.export.layouts import Layout
from conflictdb.export.losses import Losses
from conflictdb.export.numbers import named, policy_words
from conflictdb.export.task import Tally, Task
from conflictdb.looking import look, meet
from conflictdb.memory import rare_collections
from conflictdb.store.read import export as read

REPORT = ".losses.txt"
PACKAGE = "datapackage.json"
Progress = Callable[[int, int | None], None]
"""Told how many events are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be exported, how, and on which day (ISO 8601, by the caller's clock); `lens` makes the numbers."""

    query: Query
    layout: Layout
    day: str
    package: bool = False
    lens: Lens = field(default_factory=look)


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
    wish = replace(wish, lens=meet(wish.lens, connection))
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
            about = About(wish.query.text, wish.day, wish.lens)
            describe(connection, places[package], places[path], path, wish.layout, used, about)
        kinds = losses.kinds()
    return Outcome(tally, kinds, licences.warnings(tally.schemes), report, package)


def export_stream(connection: Connection, wish: Wish, stream: BinaryIO, *, progress: Progress | None = None) -> Outcome:
    """Write to a stream that stays open; what is lost is counted, and told nowhere else."""
    wish = replace(wish, lens=meet(wish.lens, connection))
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
    task = Task(
        connection, stream, losses, tally, wish.query.text, wish.lens, wish.day, name, lambda: _batches(asker, wish)
    )  # fmt: skip
    total = asker.count_events(wish.query) if progress is not None else None
    guarded = licences.guarded(connection)
    sources: set[int] = set()
    writer = wish.layout.open(task)
    try:
        with rare_collections():
            for ids in _batches(asker, wish, tally):
                writer.write(ids)
                tally.events += len(ids)
                if guarded:
                    tally.schemes.update(licences.count_schemes(connection, ids))
                if wish.package:
                    sources |= read.read_source_ids(connection, ids, wish.lens.knowledge)
                if progress is not None:
                    progress(tally.events, total)
    except BaseException:
        writer.abandon()
        raise
    writer.end()
    return sources


def _batches(asker: Asker, wish: Wish, tally: Tally | None = None) -> Iterator[list[int]]:
    """Yield the ids of the events some at a time; as of a day, only those of which anything had been stated by then.

    What that leaves out is added to the tally, where one is given.
    """
    knowledge = wish.lens.knowledge
    if knowledge is None:
        yield from _some(asker.event_ids(wish.query))
        return
    more = wish.query.limit
    for ids in _some(all_event_ids(asker.connection, wish.query, knowledge)):
        known = known_events(asker.connection, ids, knowledge)
        taken = ids if more is None else _up_to(ids, known, more)
        if tally is not None:
            count_left_out(asker.connection, taken, known, knowledge, tally.left_out)
        batch = [event_id for event_id in taken if event_id in known]
        if batch:
            yield batch
        if more is not None and (more := more - len(batch)) <= 0:
            return


def _up_to(ids: Sequence[int], known: set[int], most: int) -> Sequence[int]:
    """Return the events up to the one with which there are so many that are known."""
    places = [place for place, event_id in enumerate(ids) if event_id in known]
    return ids if len(places) < most else ids[: places[most - 1] + 1]


def _some(ids: Iterator[int]) -> Iterator[list[int]]:
    while batch := list(islice(ids, read.BATCH)):
        yield batch


def head_lines(wish: Wish, name: str, tally: Tally) -> Sequence[str]:
    """Return what the loss report says first."""
    lines = [
        f"What {name} does not hold of what it was exported from (conflictdb export --to {wish.layout.name}).",
        "",
        f"query:    {wish.query.text or 'all events'}",
        f"exported: {wish.day}",
        f"policy:   {_policy(wish)}",
        *([f"as of:    {_as_of(wish)}"] if wish.lens.knowledge is not None else []),
        *([f"left out: {tally.left_out.words()}"] if wish.lens.knowledge is not None else []),
        f"rows:     {tally.rows:,} of {tally.events:,} events",
    ]
    return lines + [f"numbers:  {each}" for each in number_lines(wish, tally)]


def _policy(wish: Wish) -> str:
    made = "" if wish.layout.numbers else f" ({wish.layout.name} holds claims, and no number that it makes)"
    return f"{policy_words(wish.lens)}, basis {wish.lens.basis}{made}"


def _as_of(wish: Wish) -> str:
    knowledge = wish.lens.knowledge
    assert knowledge is not None
    return knowledge.text + (", and undated" if knowledge.undated else "")


def number_lines(wish: Wish, tally: Tally) -> list[str]:
    """Return where the numbers of a layout come from."""
    if not wish.layout.numbers:
        return []
    by, lines = named(wish.lens), []
    if wish.layout.coded and tally.own:
        then = f", as of {wish.lens.as_of}" if wish.lens.as_of else ", as it stands"
        lines.append(f"{tally.own:,} {_have(tally.own)} the recorder's own row{then}")
    if tally.filled:
        lines.append(f"{tally.filled:,} {_were(tally.filled)} filled by {by}, basis {wish.lens.basis}")
    if tally.undecided:
        lines.append(f"{tally.undecided:,} {_were(tally.undecided)} left empty: {by} leaves no number")
    if tally.empty:
        lines.append(f"{tally.empty:,} left empty: nobody but a recorder states losses")
    return lines


def _have(count: int) -> str:
    return "event has" if count == 1 else "events have"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"
