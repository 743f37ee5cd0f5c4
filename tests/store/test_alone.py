"""A first load has a SQLite file for itself: others wait or find what was there, and the file is the same after it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from conflictdb.config import Target, find_target
from conflictdb.setup import create_database
from conflictdb.store.engine import reading, writing
from conflictdb.store.tables import source

KILLED = """
import os, sys
from conflictdb.config import find_target
from conflictdb.store.engine import writing
with writing(find_target(sys.argv[1]), alone=True) as connection:
    connection.exec_driver_sql("PRAGMA cache_size = 10")
    connection.exec_driver_sql("DELETE FROM claim_link")
    for number in range(2_000):
        row = f"INSERT INTO source (slug, title, import_run_id) VALUES ('s{number}', '{'x' * 400}', 1)"
        connection.exec_driver_sql(row)
    os._exit(9)
"""


@pytest.fixture
def target(tmp_path: Path) -> Target:
    path = tmp_path / "alone.sqlite3"
    create_database(str(path), seed=True)
    return find_target(str(path))


def journal_of(target: Target) -> str:
    assert target.path is not None
    with sqlite3.connect(target.path) as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def write_one(target: Target, *, alone: bool = True) -> None:
    with writing(target, alone=alone) as connection:
        connection.execute(insert(source).values(slug="one-more", title="One more", import_run_id=1))


def slugs(target: Target) -> set[str]:
    with reading(target) as connection:
        return set(connection.scalars(select(source.c.slug)))


def test_the_file_is_written_ahead_again(target: Target) -> None:
    write_one(target)
    assert "one-more" in slugs(target)
    assert journal_of(target) == "wal"


def test_nothing_of_an_error_is_kept(target: Target) -> None:
    before = slugs(target)
    with pytest.raises(ZeroDivisionError), writing(target, alone=True) as connection:
        connection.execute(insert(source).values(slug="one-more", title="One more", import_run_id=1))
        raise ZeroDivisionError
    assert slugs(target) == before
    assert journal_of(target) == "wal"


def test_somebody_reads(target: Target) -> None:
    with reading(target) as connection:
        before = set(connection.scalars(select(source.c.slug)))
        write_one(target)
        assert set(connection.scalars(select(source.c.slug))) == before
    assert "one-more" in slugs(target)
    assert journal_of(target) == "wal"


def test_killed_when_part_of_it_is_in_the_file(target: Target) -> None:
    before = slugs(target)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(target.path)], check=False, capture_output=True)
    assert killed.returncode == 9, killed.stderr
    journal = Path(f"{target.path}-journal")
    assert journal.stat().st_size > 0
    assert slugs(target) == before
    assert not journal.exists()
    write_one(target, alone=False)
    assert journal_of(target) == "wal"
