"""The migrations: one line, equal to the tables that the program reads, up and down."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text

from conflictdb import resources
from conflictdb.config import find_target
from conflictdb.ingest import import_file
from conflictdb.select import VIEWS
from conflictdb.setup import create_database
from conflictdb.store import schema, tables
from conflictdb.store.engine import reading, writing
from conflictdb.store.tables import partial

SEARCH = "search_text"
assert partial.standing_links in tables.claim_link.indexes  # declared apart, so that reading needs not load it


@pytest.fixture(scope="module")
def scripts() -> ScriptDirectory:
    return ScriptDirectory(str(resources.migrations_path()))


# --- one line ---------------------------------------------------------------------------------------------------------


def test_head_is_the_newest_migration(scripts: ScriptDirectory) -> None:
    assert scripts.get_heads() == [schema.HEAD]


def test_the_history_is_one_line_of_numbers(scripts: ScriptDirectory) -> None:
    revisions = [script.revision for script in scripts.walk_revisions()][::-1]
    assert revisions == [f"{number:04d}" for number in range(1, len(revisions) + 1)]
    assert scripts.get_bases() == ["0001"]
    assert all(not script.branch_labels and not script.is_merge_point for script in scripts.walk_revisions())
    files = sorted(path.name[:4] for path in (resources.migrations_path() / "versions").glob("*.py"))
    assert files == revisions


# --- the same as the tables -------------------------------------------------------------------------------------------


def test_the_migrations_make_the_tables_that_the_program_reads(database_url: str) -> None:
    def is_ours(thing: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
        return not (kind == "table" and str(name).startswith(SEARCH))

    with reading(find_target(database_url)) as connection:
        defaults = connection.dialect.name != "sqlite"  # where Alembic misreads '': the test below compares those
        options = {"include_object": is_ours, "compare_type": True, "compare_server_default": defaults}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, tables.metadata) == []


def _definitions(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Return what made each table and index: its parts, the order of columns and constraints put aside."""
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')"
    )
    return {name: _parts(sql) for name, sql in rows if not name.startswith((SEARCH, "sqlite_", "alembic_"))}


def _parts(sql: str) -> list[str]:
    """Divide the text at its brackets and at the commas within the outer pair of them."""
    parts, depth = [""], 0
    for character in " ".join(sql.replace('"', "").split()):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if (depth, character) in ((0, ")"), (1, "("), (1, ",")):
            parts.append("")
        else:
            parts[-1] += character
    return sorted(re.sub(r" *([()]) *", r"\1", part).strip() for part in parts)


def test_checks_and_partial_indexes_are_the_same_too(tmp_path: Path) -> None:
    """Alembic compares neither; on SQLite the texts of both can be laid side by side."""
    migrated, created = tmp_path / "migrated.sqlite3", tmp_path / "created.sqlite3"
    create_database(migrated, seed=False)
    engine = create_engine(f"sqlite:///{created}")
    tables.metadata.create_all(engine)
    engine.dispose()
    found = []
    for path in (migrated, created):
        connection = sqlite3.connect(path)
        found.append(_definitions(connection))
        connection.close()
    assert found[0].keys() == found[1].keys()
    assert found[0] == found[1]
    assert "WHERE withdrawn_on IS NULL" in found[0]["uq_claim_link_standing"]
    assert "CONSTRAINT ck_claim_lower_to_upper CHECK(lower <= upper)" in found[0]["claim"]
    assert "release VARCHAR DEFAULT '' NOT NULL" in found[0]["dataset"]


# --- up and down ------------------------------------------------------------------------------------------------------


def _tables(connection: Connection) -> set[str]:
    inspector = inspect(connection)
    return {*inspector.get_table_names(), *inspector.get_view_names()} - {"alembic_version"}


def test_up_and_down_and_up_again(blank_url: str) -> None:
    target = find_target(blank_url)
    create_database(blank_url, seed=True)
    with writing(target) as connection:
        full = _tables(connection)
        schema.downgrade(connection, "base")
        assert (_tables(connection), schema.read_version(connection)) == (set(), None)
    with writing(target) as connection:
        schema.upgrade(connection)
        assert (_tables(connection), schema.read_version(connection)) == (full, schema.HEAD)
    report = import_file(target, resources.seed_path())
    assert (report.problems, report.slugs) == ([], ["dioura-2019"])


def test_a_failing_migration_changes_nothing(database_url: str) -> None:
    with pytest.raises(RuntimeError), writing(find_target(database_url)) as connection:
        schema.downgrade(connection, "base")
        raise RuntimeError
    with reading(find_target(database_url)) as connection:
        assert schema.read_version(connection) == schema.HEAD
        assert _tables(connection) >= {"claim", "events", SEARCH}


def test_db_upgrade_on_a_current_database(database_url: str, run: Any) -> None:
    result = run("db", "upgrade", db=database_url)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{find_target(database_url)} is up to date: schema {schema.HEAD}\n"


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """Give a file as of before the first migration: marked as version 0000, and without our tables."""
    path = tmp_path / "old.sqlite3"
    create_database(path, seed=False)
    with writing(find_target(path)) as connection:
        schema.downgrade(connection, "base")
        connection.execute(text("CREATE TABLE kept (word TEXT)"))
        connection.execute(text("INSERT INTO kept VALUES ('as it was')"))
    return path


def test_an_older_file_is_not_read(seeded_url: str, run: Any) -> None:
    with writing(find_target(seeded_url)) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    result = run("events", db=seeded_url)
    target = find_target(seeded_url)
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == (
        f"error: {target} has schema 0000; this program reads {schema.HEAD}\n"
        f"  run: conflictdb --db {target} db upgrade\n"
    )


def test_a_newer_file_is_not_read_nor_upgraded(seeded_url: str, run: Any) -> None:
    with writing(find_target(seeded_url)) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for command in (("events",), ("db", "upgrade")):
        result = run(*command, db=seeded_url)
        assert (result.exit_code, result.stdout) == (4, "")
        assert "has schema 9999, newer than this program's" in result.stderr


def test_db_upgrade_copies_the_file_first(old_file: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is only one migration yet: the version before it is none, which the program is made to call 0000."""
    versions = iter(["0000"])
    real = schema.read_version
    monkeypatch.setattr(schema, "read_version", lambda connection: next(versions, None) or real(connection))
    result = run("db", "upgrade", db=old_file)
    copy = old_file.with_name(f"old.sqlite3.before-{schema.HEAD}")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{old_file} is now at schema {schema.HEAD}; a copy of it as it was: {copy}\n"
    found = {}
    for path in (old_file, copy):
        connection = sqlite3.connect(path)
        found[path] = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert connection.execute("SELECT word FROM kept").fetchall() == [("as it was",)]
        connection.close()
    assert ("claim" in found[old_file], "claim" in found[copy]) == (True, False)


def test_the_views_are_there_and_select(seeded_url: str) -> None:
    with reading(find_target(seeded_url)) as connection:
        assert set(inspect(connection).get_view_names()) == set(VIEWS)
        counts = {view: connection.scalar(text(f"SELECT COUNT(*) FROM {view}")) for view in VIEWS}
    assert counts == {"events": 1, "casualties": 18, "strengths": 4, "commanders": 3, "attributes": 2, "links": 2}
