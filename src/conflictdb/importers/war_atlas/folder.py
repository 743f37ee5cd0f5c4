"""The War Atlas as it comes: a folder, or a zip, of seven tables and a manifest."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from conflictdb.domain.records import Problem
from conflictdb.errors import ConflictDBError, ImportFailedError
from conflictdb.importers.files import open_bytes
from conflictdb.importers.tabular.columns import Layout, score
from conflictdb.importers.tabular.reader import find_names, open_table
from conflictdb.importers.war_atlas.columns import TABLES

MANIFEST = "manifest.json"
_MOST_MANIFEST = 1 << 20


class Row(NamedTuple):
    """A row by the names of its columns, the line it begins on, and its cells as they stand."""

    line: int
    cells: dict[str, str]
    original: tuple[str, ...]


class AtlasFolder:
    """The tables that stand together. `path` is the folder, a zip of it, or its battles.csv by whatever name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._home = path if path.is_dir() else path.parent
        self._zipped = path.is_file() and zipfile.is_zipfile(path)

    def looks_right(self) -> bool:
        """Return whether this is the atlas, or one of its tables; what cannot be read is not."""
        try:
            if self._zipped or self.path.is_dir():
                return self._holds("battles.csv") and self._holds("battle_forces.csv") and self._fits("battles.csv")
            names = find_names(self.path)
            return _fits("battles.csv", names) or (self._part() is not None and self._holds("battle_forces.csv"))
        except (ConflictDBError, OSError, ValueError):
            return False

    def require(self) -> None:
        """Raise ImportFailedError where the path is another of the tables, or where tables are missing."""
        if self._part() not in (None, "battles.csv"):
            raise ImportFailedError(
                f"{self.path.name} is one of the seven tables of the War Atlas, and says nothing by itself",
                f"import the folder {self._home}, or its battles.csv",
            )
        missing = [name for name in TABLES if not self._holds(name)]
        if missing:
            where = self.path.name if self._zipped else str(self._home)
            raise ImportFailedError(
                f"{where} lacks {', '.join(missing)} of the War Atlas",
                "keep its tables together, as they come: " + ", ".join(TABLES),
            )

    def names(self, table: str) -> tuple[str, ...]:
        """Return the header of a table."""
        with open_table(self._file(table)) as opened:
            return opened.names

    def describe(self) -> str:
        """Return how battles.csv is written."""
        with open_table(self._file("battles.csv")) as opened:
            return opened.dialect_text

    def rows(self, table: str) -> Iterator[Row | Problem]:
        """Yield the rows of a table, and what is wrong with those that cannot be trusted."""
        columns = TABLES[table]
        names = [column.name for column in columns]
        with open_table(self._file(table)) as opened:
            pick = Layout(columns, opened.names).pick()
            width = len(opened.names)
            for line, cells in opened.rows():
                if why := opened.bad_row(line, cells):
                    yield self.problem(table, line, "", "", why)
                    continue
                picked = dict(zip(names, (cell.strip() for cell in pick(cells)), strict=True))
                yield Row(line, picked, tuple(cells[:width]))

    def manifest(self) -> dict[str, Any]:
        """Return what the manifest says; nothing where there is none. Raises ImportFailedError where it is damaged."""
        if not self._holds(MANIFEST):
            return {}
        try:
            with open_bytes(self._file(MANIFEST)) as file:
                value = json.loads(file.read(_MOST_MANIFEST))
        except (ValueError, RecursionError) as error:
            raise ImportFailedError(f"{MANIFEST} of the War Atlas cannot be read: {error}", "fetch it again") from None
        return value if isinstance(value, dict) else {}

    def problem(self, table: str, line: int | None, field: str, value: str, why: str, event: str = "") -> Problem:
        """Return a problem in one of the tables; what stands in another than battles.csv says in which."""
        shown = field if table == "battles.csv" else f"{table}: {field}".removesuffix(": ")
        return Problem(str(self.path), line, shown, value, why, event)

    def _part(self) -> str | None:
        """Return the name of the table that the path is, by its columns."""
        name = self.path.name.lower()
        if name not in TABLES or self._zipped or not self.path.is_file():
            return None
        return name if _fits(name, find_names(self.path)) else None

    def _file(self, table: str) -> Path:
        if self._zipped:
            return Path(f"{self.path}!{table}")
        return self.path if table == "battles.csv" and self.path.is_file() else self._home / table

    def _holds(self, table: str) -> bool:
        if self._zipped:
            with zipfile.ZipFile(self.path) as archive:
                return any(name.rpartition("/")[2] == table for name in archive.namelist())
        return self._file(table).is_file()

    def _fits(self, table: str) -> bool:
        return _fits(table, find_names(self._file(table)))


def _fits(table: str, names: tuple[str, ...]) -> bool:
    return score(TABLES[table], names) == 1
