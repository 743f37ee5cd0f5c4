"""Imports that are killed, interrupted or meet each other: the database is as before or as after, never between."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

# Runs the program with one of its steps stopped: it says so, then waits as long as stdin stays open.
STOPPED = """
import importlib, sys
module, step, *line = sys.argv[1:]
module = importlib.import_module(module)
whole = getattr(module, step)
def stop(*args, **options):
    result = whole(*args, **options)
    print("stopped", flush=True)
    sys.stdin.read()
    return result
setattr(module, step, stop)
from conflictdb.cli import main
sys.exit(main(line))
"""
WRITTEN = ("conflictdb.ingest", "finish_run")
"""The last step of an import before its transaction ends."""


@contextmanager
def stopped(step: tuple[str, str], *line: object) -> Iterator[subprocess.Popen[str]]:
    """Start the program, and go on once it is stopped at `step`."""
    command = [sys.executable, "-c", STOPPED, *step, *map(str, line)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "stopped\n", program.stderr and program.stderr.read()
        try:
            yield program
        finally:
            program.kill()


def start(*line: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "conflictdb", *map(str, line)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_an_import_killed_before_its_end_leaves_nothing(
    known_url: str, document: str, run: Any, write: Any, dump: Any, count_runs: Any
) -> None:
    path = write(document.replace("killed: 23", "killed: 24"))
    before = dump(known_url), count_runs(known_url)
    with stopped(WRITTEN, "--db", known_url, "import", path) as program:
        program.kill()
    assert program.returncode == -signal.SIGKILL
    assert (dump(known_url), count_runs(known_url)) == before
    assert run("db", "check", db=known_url).exit_code == 0
    assert run("import", path, db=known_url).exit_code == 0
    assert len(dump(known_url)["claim"]) == len(before[0]["claim"]) + 1


def test_control_c_ends_an_import_and_leaves_nothing(
    known_url: str, document: str, write: Any, dump: Any, count_runs: Any
) -> None:
    before = dump(known_url), count_runs(known_url)
    path = write(document.replace("killed: 23", "killed: 24"))
    with stopped(WRITTEN, "--db", known_url, "import", path) as program:
        program.send_signal(signal.SIGINT)
        stderr = program.stderr.read() if program.stderr else ""
        program.wait()
    assert (program.returncode, stderr) == (130, "interrupted: the database is as it was before\n")
    assert (dump(known_url), count_runs(known_url)) == before


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the default database, which is not there yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("CONFLICTDB_HOME", str(folder))
    return folder


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize(
    "step", [WRITTEN, ("conflictdb.store.schema", "upgrade"), ("conflictdb.setup", "make_file")],
    ids=["importing", "migrating", "making"],
)  # fmt: skip
def test_the_first_command_stopped_leaves_no_half_made_database(
    step: tuple[str, str], end: signal.Signals, home: Path, run: Any
) -> None:
    with stopped(step, "events") as program:
        program.send_signal(end)
        program.wait()
    assert program.returncode == (130 if end is signal.SIGINT else -signal.SIGKILL)
    assert not (home / "conflictdb.sqlite3").exists()
    if end is signal.SIGINT:
        assert list(home.iterdir()) == []
    result = run("events")
    assert result.exit_code == 0
    assert result.stderr == f"made a new database with the shipped example: {home}/conflictdb.sqlite3\n"
    assert run("db", "check").exit_code == 0


def test_drafts_left_long_ago_are_swept_away(home: Path, run: Any) -> None:
    home.mkdir()
    old, young = home / ".conflictdb.sqlite3.0123abcd.new-wal", home / ".conflictdb.sqlite3.4567abcd.new"
    for path in (old, young):
        path.touch()
    os.utime(old, (0, 0))
    assert run("events").exit_code == 0
    assert sorted(path.name for path in home.iterdir()) == [young.name, "conflictdb.sqlite3"]


def test_first_commands_at_once_make_one_database(home: Path) -> None:
    programs = [start("events", "--format", "csv") for _ in range(3)]
    results = [(*program.communicate(), program.returncode) for program in programs]
    assert [code for _, _, code in results] == [0, 0, 0], results
    assert len({stdout for stdout, _, _ in results}) == 1
    assert [path.name for path in home.iterdir() if path.suffix not in (".sqlite3-wal", ".sqlite3-shm")] == [
        "conflictdb.sqlite3"
    ]


def test_two_imports_at_once_follow_one_another(known_url: str, document: str, write: Any, dump: Any) -> None:
    first, second = (write(document.replace("x-2019", f"{name}-2019"), f"{name}.yaml") for name in "ab")
    with stopped(WRITTEN, "--db", known_url, "import", first) as program:
        other = start("--db", known_url, "import", second)
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(1.5)  # it waits for the first to end
        program.communicate("")
        assert program.returncode == 0
        _, stderr = other.communicate()
    assert other.returncode == 0, stderr
    assert [row[2] for row in dump(known_url)["event"]] == ["x-2019", "a-2019", "b-2019"]


def test_two_imports_at_once_into_a_blank_database(blank_url: str, document: str, write: Any, dump: Any) -> None:
    paths = [write(document.replace("x-2019", f"{name}-2019"), f"{name}.yaml") for name in "ab"]
    programs = [start("--db", blank_url, "import", path) for path in paths]
    results = [(program.communicate()[1], program.returncode) for program in programs]
    assert [code for _, code in results] == [0, 0], results
    assert sorted(row[2] for row in dump(blank_url)["event"]) == ["a-2019", "b-2019"]


def test_reading_goes_on_while_an_import_writes(known_url: str, document: str, run: Any, write: Any) -> None:
    path = write(document.replace("killed: 23", "killed: 24"))
    before = run("casualties", "x-2019", "--format", "csv", db=known_url)
    with stopped(WRITTEN, "--db", known_url, "import", path):
        assert run("casualties", "x-2019", "--format", "csv", db=known_url) == before
    assert before.exit_code == 0


def test_a_database_held_by_another_program(
    sqlite_databases: Any, tmp_path: Path, document: str, run: Any, write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conflictdb.store import engine

    url = sqlite_databases.copy(tmp_path, seed=False)
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(url, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        result = run("import", write(document), db=url)
        assert run("events", db=url).exit_code == 0
    finally:
        other.close()
    assert (result.exit_code, result.stderr) == (
        1,
        f"error: the database is in use by another program: {url}\n"
        "  the engine said: database is locked\n"
        "  wait for it to end, and try again\n",
    )
    assert run("import", write(document), db=url).exit_code == 0
