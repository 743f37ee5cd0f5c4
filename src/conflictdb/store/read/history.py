"""Read which run brought what of an event: the runs with their releases, and the versions of its datasets' rows."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from conflictdb.store.tables import dataset, external_id, import_run, original


class RunOf(NamedTuple):
    """An import run with the release that it read, if it read a dataset."""

    run: int
    started_at: str
    undone_on: str | None
    dataset: str | None
    title: str | None
    release: str | None
    released_on: str | None


class Version(NamedTuple):
    """A dataset's row as it stood: its cells by column."""

    scheme: str
    native_id: str
    run: int
    cells: dict[str, Any]


def read_runs_by_id(connection: Connection) -> dict[int, RunOf]:
    """Read every run with its release."""
    statement = select(
        import_run.c.id, import_run.c.started_at, import_run.c.undone_on, dataset.c.name, dataset.c.title,
        dataset.c.release, dataset.c.released_on,
    ).outerjoin(dataset, dataset.c.id == import_run.c.dataset_id)  # fmt: skip
    return {row[0]: RunOf(*row) for row in connection.execute(statement)}


def read_versions(connection: Connection, event_id: int) -> list[Version]:
    """Read the versions of the rows of an event, in the order in which they were imported."""
    statement = (
        select(external_id.c.scheme, external_id.c.native_id, original.c.import_run_id, original.c.cells)
        .join(external_id, external_id.c.id == original.c.external_id_id)
        .where(external_id.c.event_id == event_id)
        .order_by(external_id.c.id, original.c.id)
    )
    return [Version(*row) for row in connection.execute(statement)]
