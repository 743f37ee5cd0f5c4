"""Databases that are missing, another program's, too old or new, full, read-only, or gone: said, and left alone."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from conflictdb.store.schema import HEAD

KEPT = "nothing of this command was kept; the database is as it was before"
READING = (["events"], ["show", "x-2019"], ["imports"], ["db", "info"], ["db", "check"], ["search", "x"])
ALL = (*READING, ["imports", "undo", "1"], ["import", "known.yaml"], ["import", "--dry-run", "known.yaml"])


@pytest.fixture
def known(write: Any, document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a document that can be taken, in the folder that the test is in."""
    monkeypatch.chdir(tmp_path)
    return Path(write(document, "known.yaml"))


@pytest.fixture
def sqlite_url(sqlite_databases: Any, tmp_path: Path) -> str:
    return str(sqlite_databases.copy(tmp_path, seed=False))


def test_a_named_database_that_is_missing_is_not_made_by_reading(blank_url: str, known: Path, run: Any) -> None:
    for command in (*READING, ["imports", "undo", "1"]):
        result = run(*command, db=blank_url)
        assert (result.exit_code, result.stdout) == (4, "")
        assert result.stderr.endswith(f"conflictdb --db {blank_url} init\n")
    assert "://" in blank_url or not Path(blank_url).exists()


def test_an_import_makes_the_named_database(blank_url: str, known: Path, run: Any, dump: Any) -> None:
    result = run("import", known, db=blank_url)
    assert result.exit_code == 0
    assert result.stderr.startswith(f"made a new database: {blank_url}\n{known}   native, ")
    assert [row[2] for row in dump(blank_url)["event"]] == ["x-2019"]


def test_a_file_without_tables_is_filled(tmp_path: Path, known: Path, run: Any, dump: Any) -> None:
    for name in ("imported", "made"):
        (tmp_path / name).touch()
    assert run("import", known, db=tmp_path / "imported").exit_code == 0
    assert run("init", "--empty", db=tmp_path / "made").stderr == f"made a new database: {tmp_path}/made\n"
    assert len(dump(str(tmp_path / "imported"))["event"]) == 1
    assert dump(str(tmp_path / "made"))["event"] == []


def test_what_is_no_database(tmp_path: Path, known: Path, run: Any) -> None:
    path = tmp_path / "letter.sqlite3"
    path.write_text("Dear Sir or Madam\n" * 500)
    before = path.read_bytes()
    for command in (*ALL, ["init"], ["db", "upgrade"]):
        result = run(*command, db=path)
        assert (result.exit_code, result.stderr) == (
            1,
            f"error: this is not a conflictdb database: {path}\n"
            "  the engine said: file is not a database\n  name another file with --db\n",
        )
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["known.yaml", "letter.sqlite3"]


def test_another_programs_database_is_left_alone(blank_url: str, known: Path, run: Any) -> None:
    from conflictdb.config import find_target
    from conflictdb.store.engine import make_file, writing

    target = find_target(blank_url)
    if target.path is not None:
        make_file(target.path)
    with writing(target) as connection:
        connection.execute(text("CREATE TABLE bookmarks (id INTEGER)"))
    for command in (*ALL, ["init"], ["db", "upgrade"]):
        result = run(*command, db=blank_url)
        assert (result.exit_code, result.stderr) == (
            4,
            f"error: {blank_url} holds the tables of another program\n"
            "  name a database of conflictdb's own, e.g. --db mali.sqlite3\n",
        )


def test_a_folder_is_no_database(tmp_path: Path, known: Path, run: Any) -> None:
    for command in (*ALL, ["init"], ["db", "upgrade"]):
        result = run(*command, db=tmp_path)
        error = f"error: {tmp_path} is a folder, not a database\n  name a file in it, e.g. --db mali.sqlite3\n"
        assert (result.exit_code, result.stderr) == (4, error)


def test_a_database_within_a_file(known: Path, run: Any) -> None:
    result = run("import", known, db=f"{known}/x.sqlite3")
    error = f"error: cannot make the database {known}/x.sqlite3: File exists\n"
    assert (result.exit_code, result.stderr) == (
        1, error + "  choose another place with --db PATH, or set CONFLICTDB_HOME\n",
    )  # fmt: skip


@pytest.fixture
def stamp() -> Callable[[str, str], None]:
    """Return stamp(url, version): say that the database is of another schema."""

    def stamp(url: str, version: str) -> None:
        from conflictdb.config import find_target
        from conflictdb.store.engine import writing

        with writing(find_target(url)) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})

    return stamp


def test_an_older_schema_says_what_to_run(known_url: str, known: Path, run: Any, stamp: Any, dump: Any) -> None:
    before = dump(known_url)
    stamp(known_url, "0000")
    for command in ALL:
        result = run(*command, db=known_url)
        error = f"error: {known_url} has schema 0000; this program reads {HEAD}\n"
        assert (result.exit_code, result.stdout) == (4, "")
        assert result.stderr == error + f"  run: conflictdb --db {known_url} db upgrade\n"
    result = run("db", "upgrade", db=known_url)
    assert result.exit_code == 4  # no migration of ours leads from 0000
    assert result.stderr.startswith("error: no migration leads from its schema: ")
    assert dump(known_url) == before


def test_a_newer_schema_says_so(known_url: str, known: Path, run: Any, stamp: Any, dump: Any) -> None:
    before = dump(known_url)
    stamp(known_url, "9999")
    for command in (*ALL, ["db", "upgrade"]):
        result = run(*command, db=known_url)
        error = f"error: {known_url} has schema 9999, newer than this program's {HEAD}\n"
        assert (result.exit_code, result.stdout) == (4, "")
        assert result.stderr == error + "  install a newer conflictdb: pip install --upgrade conflictdb\n"
    assert dump(known_url) == before


@pytest.mark.parametrize("address", ["mysql://u:secret@h/d", "sqlite://nofile", "~nosuchuser/x.sqlite3"])
def test_an_address_of_nothing_we_know(address: str, run: Any) -> None:
    result = run("events", db=address)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: cannot ")
    assert "secret" not in result.stderr


def test_a_server_that_is_not_there(known: Path, run: Any, postgresql_server_url: str) -> None:
    for command in ALL:
        result = run(*command, db="postgresql://me:secret@127.0.0.1:1/mali")
        assert result.exit_code == 1
        lines = result.stderr.splitlines()
        assert lines[0] == "error: no PostgreSQL server answers: postgresql://me@127.0.0.1:1/mali"
        assert lines[2] == "  is it running, and are host and port right?"
        assert "secret" not in result.stderr


def test_a_servers_database_that_is_not_there(known: Path, run: Any, postgresql_server_url: str) -> None:
    url = urlsplit(postgresql_server_url)._replace(path="/conflictdb_nosuch").geturl()
    for command in (*ALL, ["init"]):
        result = run(*command, db=url)
        assert result.exit_code == 4
        assert result.stderr.splitlines()[0] == f"error: no database {url}"
        assert result.stderr.splitlines()[2] == "  make it with: createdb NAME"


def test_a_server_that_goes_away_in_mid_import(
    postgresql_databases: Any, tmp_path: Path, known: Path, run: Any, dump: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conflictdb import ingest

    url = postgresql_databases.copy(tmp_path, seed=False)
    before = dump(url)
    whole = ingest.finish_run

    def lose(connection: Any, *rest: Any) -> None:
        backend = connection.scalar(text("SELECT pg_backend_pid()"))
        postgresql_databases.admin.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
        whole(connection, *rest)

    monkeypatch.setattr(ingest, "finish_run", lose)
    result = run("import", known, db=url)
    assert (result.exit_code, result.stderr) == (
        1,
        f"error: PostgreSQL went away: {url}\n"
        "  the engine said: terminating connection due to administrator command\n"
        f"  run the command again; {KEPT}\n",
    )
    monkeypatch.undo()
    assert dump(url) == before
    assert run("import", known, db=url).exit_code == 0
    postgresql_databases.drop(url)


def test_a_full_disk(
    sqlite_url: str, known: Path, run: Any, dump: Any, count_runs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conflictdb.store import engine

    before = dump(sqlite_url)
    whole = engine._open_file

    def open_almost_full(path: Path, write: bool, alone: bool) -> sqlite3.Connection:
        connection = whole(path, write, alone)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        return connection

    monkeypatch.setattr(engine, "_open_file", open_almost_full)
    big = known.with_name("big.yaml")
    summary = " ".join(f"word{number}" for number in range(9_000))
    big.write_text(known.read_text() + f"summary: {summary}\n")
    result = run("import", big, db=sqlite_url)
    assert (result.exit_code, result.stderr) == (
        1,
        f"error: the disk is full: {sqlite_url}\n"
        f"  the engine said: database or disk is full\n  make room and run it again; {KEPT}\n",
    )
    monkeypatch.undo()
    assert (dump(sqlite_url), count_runs(sqlite_url)) == (before, 0)
    assert run("import", big, db=sqlite_url).exit_code == 0


def test_a_disk_too_full_for_a_new_database(
    tmp_path: Path, known: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conflictdb.store import engine

    whole = engine._open_file

    def open_full(path: Path, write: bool, alone: bool) -> sqlite3.Connection:
        connection = whole(path, write, alone)
        connection.execute("PRAGMA max_page_count = 9")
        return connection

    monkeypatch.setattr(engine, "_open_file", open_full)
    path = tmp_path / "new" / "x.sqlite3"
    result = run("import", known, db=path)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: the disk is full: {path}\n")
    assert list(path.parent.iterdir()) == []


def test_a_file_and_a_folder_that_may_only_be_read(
    sqlite_databases: Any, tmp_path: Path, known: Path, unprivileged: Any
) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    path = folder / "mali.sqlite3"
    shutil.copyfile(sqlite_databases.copy(tmp_path, seed=True), path)
    before = path.read_bytes()
    for mode, what in ((0o755, "the database cannot be written"), (0o555, "the database cannot be written")):
        path.chmod(0o444)
        folder.chmod(mode)
        try:
            shown = unprivileged("events", "--format", "csv", db=path)
            result = unprivileged("import", known, db=path)
        finally:
            folder.chmod(0o755)
        assert (shown.exit_code, shown.stderr) == (0, "")
        assert "dioura-2019" in shown.stdout
        assert result.exit_code == 1
        assert result.stderr.startswith(f"error: {what}: {path}\n")
        assert result.stderr.endswith("  check the permissions of the file and of its folder\n")
    assert path.read_bytes() == before


def test_a_file_that_may_be_written_in_a_folder_that_may_not(
    sqlite_databases: Any, tmp_path: Path, known: Path, unprivileged: Any
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    path = folder / "mali.sqlite3"
    shutil.copyfile(sqlite_databases.copy(tmp_path, seed=True), path)
    folder.chmod(0o555)
    try:
        shown = unprivileged("events", "--format", "csv", db=path)
        result = unprivileged("import", known, db=path)
        made = unprivileged("import", known, db=folder / "new.sqlite3")
    finally:
        folder.chmod(0o755)
    assert shown.exit_code == 0
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0].startswith("error: the database cannot be ")
    assert "Traceback" not in result.stderr
    assert (made.exit_code, made.stderr) == (
        1,
        f"error: cannot make the database {folder}/new.sqlite3: unable to open database file\n"
        "  choose another place with --db PATH, or set CONFLICTDB_HOME\n",
    )
    assert [each.name for each in folder.iterdir()] == ["mali.sqlite3"]


def test_a_backup_that_cannot_be_made(sqlite_url: str, known: Path, run: Any) -> None:
    for place, code in ((known, 2), (f"{known}/x", 1), ("nofolder/x", 1), (".", 2)):
        result = run("db", "backup", place, db=sqlite_url)
        assert (result.exit_code, "Traceback" in result.stderr) == (code, False)
        assert result.stderr.startswith("error: ")
