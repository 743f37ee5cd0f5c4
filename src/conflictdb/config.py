"""Which database is meant: the one named on the command line or in the environment, or the user's own."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from conflictdb.errors import UsageError

DATABASE_VARIABLE = "CONFLICTDB_URL"
HOME_VARIABLE = "CONFLICTDB_HOME"
FILE_NAME = "conflictdb.sqlite3"


@dataclass(frozen=True, slots=True)
class Target:
    """A database: `path` for a SQLite file, `url` for a PostgreSQL server; `named` if the user chose it."""

    named: bool
    path: Path | None = None
    url: str | None = None

    def __str__(self) -> str:
        """Return what to print for it: a path, or the URL without its password."""
        return str(self.path) if self.path is not None else _without_password(self.url or "")


def find_target(text: str | Path | None = None) -> Target:
    """Return the database that `text` names (a path or URL), or CONFLICTDB_URL, or the default place.

    Raises UsageError where the URL is of an engine that conflictdb does not speak.
    """
    text = str(text) if text else os.environ.get(DATABASE_VARIABLE, "")
    if not text:
        return Target(named=False, path=default_path())
    scheme, separator, rest = text.partition("://")
    if not separator:
        return Target(named=True, path=_expanded(text))
    if scheme == "sqlite":
        if not rest.startswith("/") or len(rest) < 2:
            raise UsageError(
                f"cannot read the database address {text!r}",
                "a SQLite file is named by its path, e.g. --db mali.sqlite3",
            )
        return Target(named=True, path=Path(rest[1:]))
    if scheme.split("+")[0] in ("postgresql", "postgres"):
        return Target(named=True, url=f"postgresql+psycopg://{rest}")
    raise UsageError(
        f"cannot use the database address {_without_password(text)!r}",
        "give the path of a SQLite file, or postgresql://user@host/name",
    )


def default_path() -> Path:
    """Return the default database's path: in CONFLICTDB_HOME, else in the user's data folder."""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home) / FILE_NAME
    from platformdirs import user_data_path

    return user_data_path("conflictdb", appauthor=False) / FILE_NAME


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise UsageError(f"cannot find the home folder that {text!r} begins with", "give the whole path") from None


def _without_password(url: str) -> str:
    url = re.sub(r"([?&]password=)[^&]*", r"\1...", url)
    scheme, separator, rest = url.replace("+psycopg", "").partition("://")
    credentials, at, host = rest.rpartition("@")
    if not at or ":" not in credentials:
        return f"{scheme}{separator}{rest}"
    return f"{scheme}{separator}{credentials.split(':')[0]}@{host}"
