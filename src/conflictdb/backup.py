"""Copy a SQLite database while it may be in use."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from conflictdb.config import Target
from conflictdb.errors import DatabaseError, DatabaseMissingError, UsageError


def copy_database(target: Target, copy: Path, *, overwrite: bool = False) -> int:
    """Copy the file whole to `copy`, as it stands at one moment; return its size in bytes.

    Raises UsageError for PostgreSQL (its own pg_dump does this), and DatabaseError where the copy cannot be made.
    """
    if target.path is None:
        raise UsageError("backup copies SQLite files", "for PostgreSQL use its own tool: pg_dump")
    if not target.path.is_file():
        raise DatabaseMissingError(f"no database at {target.path}", "name another with --db")
    if copy.exists() and not overwrite:
        raise UsageError(f"{copy} exists already", "name another file, or remove that one first")
    draft = copy.with_name(f".{copy.name}.new")
    try:
        draft.unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(target.path.resolve().as_uri() + "?mode=rw", uri=True)) as origin,
            closing(sqlite3.connect(draft)) as copied,
        ):
            origin.backup(copied)
        draft.replace(copy)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise DatabaseError(
            f"cannot copy {target.path} to {copy}: {error}", "name a place that can be written"
        ) from error
    return copy.stat().st_size
