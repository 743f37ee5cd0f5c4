"""Single rows of what events refer to: found, added, and their blanks filled; what stands is never replaced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from conflictdb.store.write.lookups import Lookups, UnresolvedError

ADDED, CHANGED, UNCHANGED = "added", "changed", "unchanged"


@dataclass(slots=True)
class RowWriter:
    """Writes rows for one import run."""

    connection: Connection
    lookups: Lookups
    run_id: int

    def find_row(self, table: Table, *conditions: Any) -> Any:
        """Return the first row of a table that meets the conditions, or None."""
        return self.connection.execute(select(table).where(*conditions)).mappings().first()

    def add_row(self, table: Table, values: dict[str, Any]) -> int:
        """Add a row; return its id."""
        result = self.connection.execute(insert(table).values(import_run_id=self.run_id, **values))
        assert result.inserted_primary_key is not None
        return int(result.inserted_primary_key[0])

    def fill_blanks(self, table: Table, row: Any, values: dict[str, Any], what: str, keep: tuple[str, ...]) -> str:
        """Fill the columns that are empty; a contradiction is an error, but for the columns of `keep`."""
        blanks = {column: value for column, value in values.items() if value is not None and row[column] is None}
        for column, value in values.items():
            if value is not None and row[column] not in (None, value) and column not in keep:
                raise UnresolvedError(f"{what} is known with another {column}: {row[column]!r}, not {value!r}")
        if not blanks:
            return UNCHANGED
        self.connection.execute(update(table).where(table.c.id == row["id"]).values(**blanks))
        return CHANGED

    def source_id(self, slug: str | None) -> int | None:
        """Return the id of a document, if one is named."""
        return self.lookups.source(slug) if slug else None
