"""The history of one event: every claim with the run and release that brought it, and what its rows had changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from sqlalchemy import Connection, select

from conflictdb.domain.rows import ClaimRow, HistoryRow
from conflictdb.finding import find_event
from conflictdb.store.read import claims as claims_of
from conflictdb.store.read.history import RunOf, Version, read_runs_by_id, read_versions
from conflictdb.store.tables import claim, event


def trace_event(connection: Connection, name: str) -> Iterator[HistoryRow]:
    """Yield the claims of an event, by what they are about and then as stated; then the columns that changed.

    Raises NotFoundError.
    """
    event_id = find_event(connection, name)
    runs = read_runs_by_id(connection)
    slug = str(connection.scalar(select(event.c.slug).where(event.c.id == event_id)))
    claims = list(claims_of.read_ledger(connection, claim.c.event_id == event_id))
    for each in sorted(claims, key=_series):
        yield _of_claim(each, runs[each.import_run])
    told = {each.native_id for each in claims if each.basis == "estimate" and each.native_id}
    for _, versions in groupby(read_versions(connection, event_id), key=lambda each: (each.scheme, each.native_id)):
        yield from _changed_columns(slug, list(versions), told, runs)


def _series(row: ClaimRow) -> tuple[object, ...]:
    about = (row.side or 99, row.subject or "", row.metric or "", row.group or "", row.item or "", row.attribute or "")
    return (row.kind, *about, row.claimant, row.stated_last_day or 10**9, row.recorded_at, row.key)


def _of_claim(row: ClaimRow, run: RunOf) -> HistoryRow:
    return _row(row.event, row.native_id, row.value, row.standing, run, row)


def _row(
    event: str, column: str | None, value: str | None, standing: str, run: RunOf, claim: ClaimRow | None = None
) -> HistoryRow:
    release = (run.dataset, run.release or None, run.released_on)
    return HistoryRow(event, column, value, standing, *release, run.run, run.started_at, claim)


def _changed_columns(
    slug: str, versions: list[Version], told: set[str], runs: dict[int, RunOf]
) -> Iterator[HistoryRow]:
    """Yield the values of columns that differ between the versions of a row that have them, and that no claim tells."""
    columns = dict.fromkeys(name for version in versions for name in version.cells)
    for column in columns:
        cells = [(version, str(version.cells[column])) for version in versions if column in version.cells]
        values = [_plain(value) for _, value in cells]
        if column in told or len(set(values)) == 1:
            continue
        changes = [True, *(before != after for before, after in pairwise(values))]
        last = max(place for place, changed in enumerate(changes) if changed)
        for place, (version, value) in enumerate(cells):
            if changes[place]:
                yield _row(slug, column, value, "standing" if place == last else "replaced", runs[version.run])


def _plain(value: str) -> str:
    """Return a cell without what differs between copies of one release: 2018.0 is 2018, a day may have a midnight."""
    return value.removesuffix(" 00:00:00.000").removesuffix(".0")
