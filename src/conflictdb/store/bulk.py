"""Many rows at once, as plain tuples: prepared inserts on SQLite, COPY on PostgreSQL, within the open transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select

CACHE_KB = 49_152
"""How much of the SQLite file an import keeps at hand: more than a reader's 2 MB, since keys fall anywhere."""

Values = tuple[Any, ...]


class Bulk:
    """Inserts rows whose ids are given out here, which is safe because one import writes at a time."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._driver: Any = connection.connection.driver_connection
        self._copies = connection.dialect.name == "postgresql"
        self._last: dict[Table, int] = {}
        self._quote = connection.dialect.identifier_preparer.quote
        if not self._copies:
            connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KB}")

    def new_id(self, table: Table) -> int:
        """Return the id for a new row of `table`: the one after its last."""
        last = self._last.get(table)
        if last is None:
            last = self.connection.scalar(select(func.max(table.c.id))) or 0
        self._last[table] = last = last + 1
        return last

    def insert(self, table: Table, columns: Sequence[str], rows: Iterable[Values]) -> None:
        """Add rows whose values are in the order of `columns`."""
        name, names = self._quote(table.name), ", ".join(self._quote(column) for column in columns)
        if not self._copies:
            marks = ", ".join("?" * len(columns))
            self._driver.executemany(f"INSERT INTO {name} ({names}) VALUES ({marks})", rows)
            return
        with self._driver.cursor() as cursor, cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def pause(self) -> None:
        """Give the tables' own numbering back, before anybody else adds rows to them in this transaction."""
        if self._copies:
            for table, last in self._last.items():
                sequence = func.pg_get_serial_sequence(self._quote(table.name), "id")
                self.connection.execute(select(func.setval(sequence, last)))
        self._last.clear()
