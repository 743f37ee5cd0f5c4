"""Look-ups by the batch: which rows, places and slugs of a few thousand are known already."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from conflictdb.store.batch import among, fetch
from conflictdb.store.tables import claim, event, external_id, place

_NOT_SEEN = array("I", bytes(4 * 4096))


class KnownRow(NamedTuple):
    """A dataset's row as this database has it."""

    id: int
    native_id: str
    event_id: int
    digest: int | None
    revision: str
    seen_run_id: int | None
    import_run_id: int
    withdrawn_on: str | None
    withdrawn_by_id: int | None


class SeenRows:
    """On which line an import has met a row of `external_id`: four bytes for each, so that a million take 4 MB."""

    def __init__(self) -> None:
        self._lines = array("I")

    def add(self, row_id: int, line: int) -> None:
        """Remember a row."""
        if row_id >= len(self._lines):
            self._lines.extend(_NOT_SEEN * (row_id // 4096 + 1 - len(self._lines) // 4096))
        self._lines[row_id] = line

    def line_of(self, row_id: int) -> int:
        """Return the line of a row that was met, else 0."""
        return self._lines[row_id] if row_id < len(self._lines) else 0

    def __contains__(self, row_id: int) -> bool:
        return self.line_of(row_id) > 0


def known_rows(connection: Connection, scheme: str, native_ids: Sequence[str]) -> dict[str, KnownRow]:
    """Return those of the rows of a dataset that are known, by native id."""
    held = external_id.c
    columns = (
        held.id, held.native_id, held.event_id, held.digest, held.revision, held.seen_run_id, held.import_run_id,
        held.withdrawn_on, held.withdrawn_by_id,
    )  # fmt: skip
    wanted = select(*columns).where(held.scheme == scheme, held.event_id.is_not(None), among(held.native_id))
    return {row[1]: KnownRow._make(row) for row in fetch(connection, wanted, native_ids)}


def has_rows(connection: Connection, scheme: str) -> bool:
    """Return whether any row of a dataset is known."""
    held = select(external_id.c.id).where(external_id.c.scheme == scheme, external_id.c.event_id.is_not(None))
    return connection.scalar(held.limit(1)) is not None


def count_claims(connection: Connection, event_ids: Sequence[int]) -> int:
    """Return how many claims of these events are not withdrawn."""
    held = select(func.count()).select_from(claim).where(among(claim.c.event_id), claim.c.withdrawn_on.is_(None))
    return connection.scalar(held, {"ids": event_ids}) or 0


def last_stated(connection: Connection, source_id: int, event_ids: Sequence[int]) -> dict[int, str]:
    """Return the last day on which a dataset stated a figure of these events; in rows that have days of their own."""
    told = claim.c.source_id == source_id, claim.c.withdrawn_on.is_(None), claim.c.native_id.is_not(None)
    days = select(claim.c.event_id, func.max(claim.c.stated_on)).where(among(claim.c.event_id), *told)
    rows = connection.execute(days.group_by(claim.c.event_id), {"ids": event_ids})
    return {event_id: day for event_id, day in rows if day is not None}


def known_places(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """Return the ids of the places that are known, by key."""
    rows = connection.execute(select(place.c.key, place.c.id).where(among(place.c.key)), {"ids": keys})
    return {key: row_id for key, row_id in rows}  # noqa: C416 - dict() of rows does not type


def taken_slugs(connection: Connection, slugs: Sequence[str]) -> set[str]:
    """Return those of the slugs that events have."""
    return set(connection.scalars(select(event.c.slug).where(among(event.c.slug)), {"ids": slugs}))
