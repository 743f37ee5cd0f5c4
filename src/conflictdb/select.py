"""Run one SELECT that a user wrote, on a connection that can only read."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from itertools import chain, count
from typing import Any

from sqlalchemy import Connection

from conflictdb.errors import UsageError

CHUNK = 1000
VIEWS = ("events", "casualties", "strengths", "commanders", "attributes", "links")
_BEGINS = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*(select|with|values|explain)\b", re.IGNORECASE | re.DOTALL)
_READS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
    sqlite3.SQLITE_TRANSACTION,  # ours, as the connection closes; the user's own is refused by its first word
}


def select_rows(connection: Connection, statement: str) -> tuple[list[str], Iterator[dict[str, Any]]]:
    """Return the names of the columns, each once, and the rows as they come.

    Raises UsageError for anything but one statement that reads, and for SQL that the engine refuses.
    """
    if not _BEGINS.match(statement):
        raise UsageError(
            "sql takes one SELECT", "the database cannot be changed this way; to add to it: conflictdb import"
        )
    raw: Any = connection.connection.driver_connection
    sqlite = connection.dialect.name == "sqlite"
    failures: Any = sqlite3.Error if sqlite else connection.dialect.loaded_dbapi.Error
    cursor = raw.cursor()
    try:
        if sqlite:
            raw.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY)
            cursor.execute(statement)
        else:
            cursor.execute(statement, prepare=True)
    except (*_as_tuple(failures), sqlite3.Warning) as error:
        raise _refused(error) from error
    names = _distinct([column[0] for column in cursor.description or ()])
    return names, _rows(cursor, names, failures)


def _rows(cursor: Any, names: list[str], failures: Any) -> Iterator[dict[str, Any]]:
    try:
        while rows := cursor.fetchmany(CHUNK):
            yield from (dict(zip(names, row, strict=True)) for row in rows)
    except failures as error:
        raise _refused(error) from error


def _refused(error: Exception) -> UsageError:
    lines = str(error).strip().splitlines() or ["no reason given"]
    return UsageError(
        f"the database refused the SQL: {lines[0]}", f"the views are: {', '.join(VIEWS)}; see docs/model.md"
    )


def _as_tuple(failures: Any) -> tuple[Any, ...]:
    return failures if isinstance(failures, tuple) else (failures,)


def _distinct(names: list[str]) -> list[str]:
    """Number the columns that share a name: count, count_2."""
    result: list[str] = []
    for name in names:
        numbered = (f"{name}_{number}" for number in count(2))
        free = (each for each in chain([name], numbered) if each not in result and (each == name or each not in names))
        result.append(next(free))
    return result
