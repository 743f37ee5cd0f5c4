"""The rows that datasets have of events: the newest versions, or those that were the newest on a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, Text, cast, func, or_, select

from conflictdb.domain.edtf import day_to_text
from conflictdb.domain.knowledge import Knowledge
from conflictdb.store.batch import among, fetch
from conflictdb.store.tables import dataset, external_id, former_row, import_run, original

STATED = {"acled": "timestamp"}
"""Datasets whose rows say themselves when they were stated, in seconds since 1970, and in which column."""


@cache
def _newest() -> Select[Any]:
    known = external_id.c
    return (
        select(known.id, known.event_id, known.scheme, original.c.id, cast(original.c.cells, Text))
        .join(original, original.c.external_id_id == known.id)
        .where(among(known.event_id), known.withdrawn_on.is_(None))
        .where(or_(known.digest.is_(None), original.c.digest == known.digest))
    )


def read_own_rows(
    connection: Connection, scheme: str, ids: Sequence[int], knowledge: Knowledge | None = None
) -> dict[int, list[str]]:
    """Read the newest rows that a dataset has of these events, but those that it has withdrawn.

    Each is JSON: the cells that are not blank, by column. With `knowledge` they are as they were then. Scheme and order
    are decided here: asked for them, SQLite begins with all rows of the dataset, for every batch again.
    """
    if knowledge is not None:
        return read_versions(connection, ids, knowledge).of(scheme)
    rows = [row for row in fetch(connection, _newest(), ids) if row[2] == scheme]
    found = {row[1]: [row[4]] for row in rows}
    if len(found) < len(rows):
        newest = {row[0]: row for row in sorted(rows, key=lambda row: (row[0], row[3]))}
        found = {row[1]: [] for row in rows}
        for row in newest.values():
            found[row[1]].append(row[4])
    return found


def count_versions(connection: Connection, ids: Sequence[int], knowledge: Knowledge | None) -> Mapping[int, int]:
    """Count for each event the versions of its rows that are kept; with `knowledge`, those that were known then."""
    if knowledge is not None:
        return read_versions(connection, ids, knowledge).count
    return dict(connection.execute(_count(), {"ids": ids}).all())


@cache
def _count() -> Select[Any]:
    return (
        select(external_id.c.event_id, func.count())
        .join(original, original.c.external_id_id == external_id.c.id)
        .where(among(external_id.c.event_id))
        .group_by(external_id.c.event_id)
    )


# --- as of a day -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Versions:
    """What was known on a day: the rows by (event, dataset), and how many versions of rows by event."""

    rows: dict[tuple[int, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    count: Counter[int] = field(default_factory=Counter)

    def of(self, scheme: str) -> dict[int, list[str]]:
        """Return the rows of one dataset, by event."""
        return {event_id: texts for (event_id, each), texts in self.rows.items() if each == scheme}


class _Seen(NamedTuple):
    """A version of a row, by its digest, on the day of the release (None: not known) that a run read it in."""

    digest: int
    day: int | None
    run: int


@dataclass(slots=True)
class _Kept:
    """A dataset's row: its versions as text, where they were seen, and when it was withdrawn."""

    event_id: int
    scheme: str
    texts: dict[int, str] = field(default_factory=dict)
    seen: list[_Seen] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)


def read_versions(connection: Connection, ids: Sequence[int], knowledge: Knowledge) -> Versions:
    """Read the rows of these events as they had been stated by a day, in the newest release that was out then.

    A release without a date counts as undated claims do. A row that was withdrawn by then, and not stated anew, is
    left out.
    """
    versions = Versions()
    for kept in _read_kept(connection, ids).values():
        seen = [each for each in kept.seen if each.digest in kept.texts and _was_out(each, knowledge)]
        versions.count[kept.event_id] += len({each.digest for each in seen})
        if seen and not _is_gone(kept.gone, seen, knowledge):
            newest = max(seen, key=lambda each: (each.day is not None, each.day or 0, each.run))
            versions.rows[kept.event_id, kept.scheme].append(kept.texts[newest.digest])
    return versions


def _read_kept(connection: Connection, ids: Sequence[int]) -> dict[int, _Kept]:
    """Read all versions of rows, and all that was ever set down of which of them stood."""
    released = _read_releases(connection)
    rows: dict[int, _Kept] = {}
    for row_id, event_id, scheme, digest, run, text in fetch(connection, _originals(), ids):
        kept = rows.setdefault(row_id, _Kept(event_id, scheme))
        if run in released:
            kept.texts.setdefault(digest, text)
            kept.seen.append(_Seen(digest, _stated_day(scheme, text, released[run]), run))
    for statement in (_current(), _former()):
        for row_id, digest, run, withdrawn_on in fetch(connection, statement, ids):
            found = rows.get(row_id)
            if found is not None and withdrawn_on is not None:
                found.gone.add(withdrawn_on)
            if found is not None and run in released and digest in found.texts:
                day = _stated_day(found.scheme, found.texts[digest], released[run])
                found.seen.append(_Seen(digest, day, run))
    return rows


def _was_out(seen: _Seen, knowledge: Knowledge) -> bool:
    return knowledge.undated if seen.day is None else seen.day <= knowledge.day


def _is_gone(gone: Iterable[str], seen: Iterable[_Seen], knowledge: Knowledge) -> bool:
    """Return whether a row was withdrawn by then, and in no release after that."""
    last = max((on for on in gone if on <= knowledge.iso), default=None)
    return last is not None and all(each.day is None or day_to_text(each.day) <= last for each in seen)


def _stated_day(scheme: str, text: str, released: int | None) -> int | None:
    column = STATED.get(scheme)
    return released if column is None else _day_of(text, column) or released


def _day_of(text: str, column: str) -> int | None:
    """Return the day that a row itself says it was stated on."""
    from orjson import loads

    from conflictdb.importers.acled.dates import read_timestamp

    cells: Mapping[str, Any] = loads(text)
    cell = next((str(cell) for name, cell in cells.items() if name.strip().casefold() == column), "")
    day, _, _ = read_timestamp(cell.strip())
    return date.fromisoformat(day).toordinal() if day else None


def _read_releases(connection: Connection) -> dict[int, int | None]:
    """Return for each run that was not undone the last day that its release may have come out on."""
    statement = select(import_run.c.id, dataset.c.released_last_day).outerjoin(
        dataset, dataset.c.id == import_run.c.dataset_id
    )
    return dict(connection.execute(statement.where(import_run.c.undone_on.is_(None))).all())


@cache
def _originals() -> Select[Any]:
    known, kept = external_id.c, original.c
    columns = (known.id, known.event_id, known.scheme, kept.digest, kept.import_run_id, cast(kept.cells, Text))
    return (
        select(*columns)
        .join(original, kept.external_id_id == known.id)
        .where(among(known.event_id))
        .order_by(known.id, kept.id)
    )


@cache
def _current() -> Select[Any]:
    known = external_id.c
    return select(known.id, known.digest, known.seen_run_id, known.withdrawn_on).where(among(known.event_id))


@cache
def _former() -> Select[Any]:
    before = former_row.c
    columns = (before.external_id_id, before.digest, before.seen_run_id, before.withdrawn_on)
    return (
        select(*columns)
        .join(external_id, external_id.c.id == before.external_id_id)
        .where(among(external_id.c.event_id))
    )
