"""Datasets and their releases: the row of each, and which of two runs read the newer one."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from conflictdb.domain.coded import DatasetRecord
from conflictdb.domain.edtf import day_to_text, parse_edtf
from conflictdb.domain.releases import Release
from conflictdb.store.tables import dataset, import_run


def put_dataset(connection: Connection, run_id: int, record: DatasetRecord, complete: bool) -> Release:
    """Set the run down as one of this release, adding the release where it is new; return it."""
    last_day = parse_edtf(record.released_on).last_day if record.released_on else None
    values: dict[str, Any] = {
        "title": record.title, "released_on": record.released_on, "released_last_day": last_day,
        "licence": record.licence, "citation": record.citation, "url": record.url,
    }  # fmt: skip
    same = (dataset.c.name == record.name) & (dataset.c.release == record.release)
    known = connection.execute(select(dataset).where(same)).mappings().first()
    if known is None:
        added = connection.execute(insert(dataset).values(name=record.name, release=record.release, **values))
        assert added.inserted_primary_key is not None
        dataset_id = int(added.inserted_primary_key[0])
    else:
        dataset_id = int(known["id"])
        blanks = {name: value for name, value in values.items() if value is not None and known[name] is None}
        if blanks:
            connection.execute(update(dataset).where(same).values(**blanks))
        last_day = known["released_last_day"] or last_day
    this_run = update(import_run).where(import_run.c.id == run_id)
    connection.execute(this_run.values(dataset_id=dataset_id, read_as=record.read_as or None, complete=complete))
    return Release(record.release, last_day)


class _Read(NamedTuple):
    """What a run read: a release of a dataset, and whether all of it."""

    dataset: str = ""
    release: Release = Release()
    whole: bool = False


class ReleasesOfRuns:
    """Which dataset and release a run read; remembered."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._known: dict[int | None, _Read] = {None: _Read()}

    def of(self, run_id: int | None) -> Release:
        """Return the release that a run read."""
        return self._read(run_id).release

    def dataset_of(self, run_id: int) -> str:
        """Return the name of the dataset that a run read, or ""."""
        return self._read(run_id).dataset

    def is_whole(self, run_id: int | None) -> bool:
        """Return whether a run read all of its release."""
        return self._read(run_id).whole

    def _read(self, run_id: int | None) -> _Read:
        if run_id not in self._known:
            columns = (dataset.c.name, dataset.c.release, dataset.c.released_last_day, import_run.c.complete)
            wanted = select(*columns).join(import_run, import_run.c.dataset_id == dataset.c.id)
            row = self.connection.execute(wanted.where(import_run.c.id == run_id)).first()
            self._known[run_id] = _Read(row[0], Release(row[1], row[2]), row[3]) if row is not None else _Read()
        return self._known[run_id]

    def newest_complete(self, name: str, other_than: int) -> int | None:
        """Return the newest run that read a whole release of the dataset `name`, or None."""
        whole = (
            select(import_run.c.id)
            .join(dataset, dataset.c.id == import_run.c.dataset_id)
            .where(dataset.c.name == name, import_run.c.complete, import_run.c.undone_on.is_(None))
            .where(import_run.c.id != other_than)
            .order_by(import_run.c.id)
        )
        newest: int | None = None
        for run_id in self.connection.scalars(whole).all():
            if newest is None or not self.of(run_id).is_older_than(self.of(newest)):
                newest = run_id
        return newest


def day_of(release: Release, now: str) -> str:
    """Return the last day that a release may have come out on, else today: on it, it takes something back."""
    return day_to_text(release.last_day) if release.last_day is not None else now[:10]
