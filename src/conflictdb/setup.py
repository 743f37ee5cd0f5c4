"""Make a database, bring one up to date, and see to it that the user's own exists before it is read."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from glob import escape
from pathlib import Path
from uuid import uuid4

from conflictdb import resources
from conflictdb.config import Target, find_target
from conflictdb.errors import DatabaseError
from conflictdb.store import schema
from conflictdb.store.engine import is_missing, make_file, reading, writing

ABANDONED_SECONDS = 24 * 3600
"""How old the draft of a database is when nobody can still be making it."""


def prepare_reading(target: Target) -> str | None:
    """See that `target` can be read; return a line to tell the user where the default one was just made.

    Only the default database is made here: one that the user named and that is missing is an error of reading.
    """
    if target.named or target.path is None or not is_missing(target.path):
        return None
    create_database(target, seed=True)
    return f"made a new database with the shipped example: {target.path}"


def prepare_writing(target: Target) -> str | None:
    """See that `target` can be written, making it where it is missing: the named ones empty, the default seeded."""
    if exists(target):
        return None
    create_database(target, seed=not target.named)
    return f"made a new database: {target}"


def exists(target: Target) -> bool:
    """Return whether the database is there and holds our tables.

    Raises DatabaseMissingError where it is another program's, which is never written to.
    """
    if target.path is not None and is_missing(target.path):
        return False
    with reading(target) as connection:
        if schema.read_version(connection) is not None:
            return True
        if not schema.is_empty(connection):
            schema.require_head(connection, target)
    return False


def create_database(target: Target | str | Path, *, seed: bool) -> None:
    """Make the database whole or not at all: its tables, and the shipped example if `seed`."""
    target = target if isinstance(target, Target) else find_target(target)
    if target.path is None:
        _fill(target, seed)
        return
    try:
        if is_missing(target.path):
            _make(target.path, seed)
        else:  # a file without tables, which stays where it is
            make_file(target.path)
            _fill(target, seed)
    except (OSError, sqlite3.Error) as error:
        raise _cannot_make(target.path, error) from error


def _make(path: Path, seed: bool) -> None:
    """Make a database apart, and move it into place when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    draft = path.with_name(f".{path.name}.{uuid4().hex[:8]}.new")
    try:
        make_file(draft)
        _fill(Target(named=True, path=draft), seed)
        _publish(draft, path)
    except DatabaseError as error:
        raise DatabaseError(error.what.replace(str(draft), str(path)), *error.advice) from error
    finally:
        for end in ("", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{draft}{end}").unlink()


def upgrade_database(target: Target) -> tuple[str | None, Path | None]:
    """Run the migrations that `target` lacks; return the version it had, and the copy kept of a SQLite file."""
    with reading(target) as connection:
        version = schema.read_version(connection)
    if version == schema.HEAD:
        return version, None
    if version is None or version > schema.HEAD:
        with reading(target) as connection:
            schema.require_head(connection, target)
    copy = None
    if target.path is not None:
        copy = target.path.with_name(f"{target.path.name}.before-{schema.HEAD}")
        from conflictdb.backup import copy_database

        copy_database(target, copy, overwrite=True)
    with writing(target) as connection:
        schema.upgrade(connection)
    return version, copy


def _fill(target: Target, seed: bool) -> None:
    with writing(target) as connection:
        if schema.read_version(connection) is None:
            schema.upgrade(connection)
    if seed:
        from conflictdb.ingest import import_file

        import_file(target, resources.seed_path(), name="seed_dioura.json, shipped with conflictdb")


def _sweep(path: Path) -> None:
    """Remove the drafts that commands killed long ago left behind."""
    for draft in path.parent.glob(f".{escape(path.name)}.*.new*"):
        with suppress(OSError):
            if time.time() - draft.stat().st_mtime > ABANDONED_SECONDS:
                draft.unlink()


def _publish(draft: Path, path: Path) -> None:
    """Move the finished file into place; where another program was first, its file stays."""
    with suppress(FileExistsError):
        try:
            os.link(draft, path)
        except FileExistsError:
            raise
        except (AttributeError, NotImplementedError, OSError):  # file systems without hard links
            if not path.exists():
                draft.replace(path)


def _cannot_make(path: Path, error: Exception) -> DatabaseError:
    return DatabaseError(
        f"cannot make the database {path}: {getattr(error, 'strerror', None) or error}",
        "choose another place with --db PATH, or set CONFLICTDB_HOME",
    )
