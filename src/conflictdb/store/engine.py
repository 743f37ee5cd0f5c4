"""Connections: how SQLite and PostgreSQL are opened for reading and for writing, and what their failures mean."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, make_url
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from conflictdb.config import Target
from conflictdb.domain.distance import km_between
from conflictdb.errors import DatabaseError, DatabaseMissingError

BUSY_SECONDS = 20
"""How long a command waits for another that holds the database."""

WRITE_LOCK = 0x636F6E66
"""The PostgreSQL advisory lock that lets one import write at a time."""


@contextmanager
def reading(target: Target) -> Iterator[Connection]:
    """Open `target` for reading only. Raises DatabaseMissingError, DatabaseError."""
    with _connected(target, write=False) as connection, connection.begin():
        yield connection


@contextmanager
def writing(target: Target, *, alone: bool = False) -> Iterator[Connection]:
    """Open `target` in one transaction that is committed at the end, or undone whole by any error.

    `alone`: readers of a SQLite file wait until the end, for which much that is new is written once, not twice.
    """
    try:
        with _connected(target, write=True, alone=alone) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
            yield connection
    finally:
        if alone and target.path is not None:
            with suppress(sqlite3.OperationalError):  # a reader came between: the next who writes does it
                make_file(target.path)


@contextmanager
def _connected(target: Target, *, write: bool, alone: bool = False) -> Iterator[Connection]:
    engine = _sqlite(target.path, write, alone) if target.path is not None else _postgresql(target.url or "", write)
    try:
        with engine.connect() as connection:
            yield connection
    except (DBAPIError, sqlite3.Error) as error:
        raise explain(error, target) from error
    finally:
        engine.dispose()


def is_missing(path: Path) -> bool:
    """Return whether nothing is at `path`. Raises DatabaseError where that cannot be found out."""
    try:
        return not path.exists()
    except OSError as error:
        raise DatabaseError(
            f"cannot look for the database {path}: {error.strerror}", "check the name, and the rights to its folder"
        ) from error


def _sqlite(path: Path, write: bool, alone: bool) -> Engine:
    if is_missing(path):
        raise DatabaseMissingError(f"no database at {path}", f"make one with: conflictdb --db {path} init")
    if path.is_dir():
        raise DatabaseMissingError(f"{path} is a folder, not a database", "name a file in it, e.g. --db mali.sqlite3")
    engine = create_engine("sqlite://", creator=lambda: _open_file(path, write, alone), poolclass=NullPool)
    start = "BEGIN EXCLUSIVE" if alone else "BEGIN IMMEDIATE" if write else "BEGIN"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(start))
    return engine


def _open_file(path: Path, write: bool, alone: bool) -> sqlite3.Connection:
    address = path.resolve().as_uri() + "?mode=rw"
    is_whole = not any(Path(f"{path}{end}").exists() for end in ("-wal", "-journal"))
    if not write and is_whole and not os.access(path.parent, os.W_OK):
        address = path.resolve().as_uri() + "?immutable=1"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON" if write else "PRAGMA query_only = ON")
        if write:
            _keep_journal(connection, alone)
    except sqlite3.Error:
        connection.close()
        raise
    connection.create_function("km_between", 4, km_between, deterministic=True)
    return connection


def _keep_journal(connection: sqlite3.Connection, alone: bool) -> None:
    """Write ahead, so that people can read meanwhile; or `alone`, unless somebody is at the file already."""
    if not alone:
        connection.execute("PRAGMA journal_mode = WAL")
        return
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = DELETE")


def make_file(path: Path) -> None:
    """Make an empty SQLite file in write-ahead mode, which lets people read while an import writes."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
    finally:
        connection.close()


def _postgresql(address: str, write: bool) -> Engine:
    url = _read_url(address)
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise DatabaseError(
            "PostgreSQL needs the package psycopg", "install it with: pip install 'conflictdb[postgresql]'"
        ) from None
    one_moment = {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
    options: dict[str, Any] = {} if write else {"execution_options": one_moment}
    return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": BUSY_SECONDS}, **options)


def _read_url(address: str) -> URL:
    try:
        return make_url(address)
    except Exception as error:  # SQLAlchemy raises ArgumentError or ValueError (a port that is no number)
        raise DatabaseMissingError(
            f"cannot read the database address: {error}", "it looks like postgresql://user@host:5432/name"
        ) from None


def explain(error: BaseException, target: Target) -> DatabaseError | DatabaseMissingError:
    """Return the failure of an engine in words, with what to do next."""
    text = next(iter(str(getattr(error, "orig", None) or error).strip().splitlines()), type(error).__name__)
    for sign, what, advice in _FAILURES:
        if sign in text.lower():
            return DatabaseError(f"{what}: {target}", f"the engine said: {text}", advice)
    if "does not exist" in text and "database" in text:
        return DatabaseMissingError(f"no database {target}", f"the server said: {text}", "make it with: createdb NAME")
    return DatabaseError(f"the database failed: {target}", f"the engine said: {text}", _UNCHANGED)


_UNCHANGED = "nothing of this command was kept; the database is as it was before"
_FAILURES = (
    ("database is locked", "the database is in use by another program", "wait for it to end, and try again"),
    ("readonly database", "the database cannot be written", "check the permissions of the file and of its folder"),
    ("read-only transaction", "this connection may only read", "only SELECT is allowed here"),
    ("query_only", "this connection may only read", "only SELECT is allowed here"),
    ("disk is full", "the disk is full", f"make room and run it again; {_UNCHANGED}"),
    ("no space left", "the disk is full", f"make room and run it again; {_UNCHANGED}"),
    ("file is not a database", "this is not a conflictdb database", "name another file with --db"),
    ("malformed", "the database file is damaged", "restore a backup, or look with: conflictdb db check"),
    ("unable to open", "the database cannot be opened", "check that the file may be read and its folder entered"),
    ("connection refused", "no PostgreSQL server answers", "is it running, and are host and port right?"),
    ("could not translate host", "no such PostgreSQL host", "check the name of the host"),
    ("server closed the connection", "PostgreSQL went away", f"run the command again; {_UNCHANGED}"),
    ("terminating connection", "PostgreSQL went away", f"run the command again; {_UNCHANGED}"),
    ("connection is closed", "PostgreSQL went away", f"run the command again; {_UNCHANGED}"),
    ("password authentication failed", "PostgreSQL refused the password", "check user and password"),
    ("permission denied", "the server does not permit it", "ask for the rights, or use another user"),
)
