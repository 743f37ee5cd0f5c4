"""A first load leaves every key and index of the schema as it was, and PostgreSQL with an idea of what is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.dialects import postgresql, sqlite

import conflictdb.ingest
from coded_files import counts, ged, query, take, write_table
from conflictdb.importers.ucdp.columns import STANDARD_ORDER
from conflictdb.store.tables import claim
from conflictdb.store.unindexed import unindexed

SQLITE = ("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name",)
POSTGRESQL = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
)


def definitions(url: str) -> list[list[Any]]:
    return [query(url, each) for each in (POSTGRESQL if url.startswith("postgresql") else SQLITE)]


@pytest.mark.parametrize("known", [False, True], ids=["first load", "with keys in place"])
def test_the_schema_stays(known: bool, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conflictdb.ingest, "FROM_BYTES", 0)
    monkeypatch.setattr("conflictdb.store.late_keys.MOST_KNOWN", -1 if known else 1_000)
    before = definitions(database_url)
    path = write_table(tmp_path / "ged.csv", [ged(id=number, deaths_a=2) for number in range(1, 40)], STANDARD_ORDER)
    assert counts(take(database_url, path, release="22.1")) == {"added": 39}
    assert definitions(database_url) == before
    assert len(before[0]) > 20


def test_rows_are_counted_on_postgresql(
    postgresql_databases: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgresql_databases.copy(tmp_path, seed=False)
    monkeypatch.setattr(conflictdb.ingest, "FROM_BYTES", 0)
    path = write_table(tmp_path / "ged.csv", [ged(id=number) for number in range(1, 40)], STANDARD_ORDER)
    take(url, path, release="22.1")
    assert query(url, "SELECT reltuples FROM pg_class WHERE relname = 'event'") == [(39,)]
    postgresql_databases.drop(url)


def test_only_sqlite_is_kept_from_an_index() -> None:
    condition = unindexed(claim.c.metric) == "killed"
    assert str(condition.compile(dialect=sqlite.dialect())) == "+claim.metric = ?"
    assert str(condition.compile(dialect=postgresql.dialect())).startswith("claim.metric = ")
