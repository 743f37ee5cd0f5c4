"""Keys and indexes that are added when a first load is done: checked once for all rows, not row by row.

PostgreSQL checks a foreign key by a query for every row, which is half the time of an import; adding the key at the
end, in the same transaction, checks all rows by one join. A unique key costs half as much when it is made by sorting
all rows. On SQLite the checks cost little, and its keys stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Constraint, Index, Table, UniqueConstraint, func, select, text
from sqlalchemy.schema import AddConstraint, CreateIndex, DropConstraint, DropIndex

from conflictdb.store.tables import (
    claim,
    claim_link,
    combatant,
    event,
    external_id,
    original,
    partial,
    place,
    search_text,
    timeline_entry,
)

FILLED = (place, event, combatant, claim, external_id, original)
"""The tables that the bulk of a dataset goes into."""
REFERRING = (*FILLED, claim_link, timeline_entry)
MOST_KNOWN = 1_000
"""A database with more events than this is no first load: the checks of what is there would be paid for again."""
_SEARCH = "ix_search_text_body"
_CREATE_SEARCH = "CREATE INDEX ix_search_text_body ON search_text USING gin (to_tsvector('simple', body))"


@contextmanager
def keys_added_late(connection: Connection) -> Iterator[None]:
    """On a first load, do without the foreign keys and indexes of the filled tables, and make them again at the end.

    A row that breaks a key makes the whole import fail then. After an error nothing is made again, since the
    transaction that took them away is undone. PostgreSQL looks at some of the rows in the end: until it gets around to
    that, it plans as if there were few.
    """
    if connection.dialect.name != "postgresql":
        yield
        return
    if holds_little(connection):
        indexes, keys = _drop(connection)
        yield
        _make(connection, indexes, keys)
    else:
        yield
    connection.execute(text("SET LOCAL default_statistics_target = 10"))
    for table in (*FILLED, search_text):
        connection.execute(text(f"ANALYZE {table.name}"))


def _drop(connection: Connection) -> tuple[list[Index], list[Constraint]]:
    indexes = [index for table in FILLED for index in _indexes(table)]
    keys = [*_unique_keys(), *(key for table in REFERRING for key in table.foreign_key_constraints)]
    for key in reversed(keys):
        connection.execute(DropConstraint(key))
    for index in indexes:
        connection.execute(DropIndex(index))
    connection.execute(text(f"DROP INDEX {_SEARCH}"))
    return indexes, keys


def _make(connection: Connection, indexes: Iterable[Index], keys: Iterable[Constraint]) -> None:
    for index in indexes:
        connection.execute(CreateIndex(index))
    connection.execute(text(_CREATE_SEARCH))
    for key in keys:
        connection.execute(AddConstraint(key, isolate_from_table=False))


def holds_little(connection: Connection) -> bool:
    """Return whether a database holds next to nothing, so that what fills it is a first load."""
    some = select(event.c.id).limit(MOST_KNOWN + 1).subquery()
    return (connection.scalar(select(func.count()).select_from(some)) or 0) <= MOST_KNOWN


def _unique_keys() -> list[Constraint]:
    """Return the unique keys that no import looks anything up by; the foreign keys to them come after them."""
    found = [key for table in (claim, combatant) for key in table.constraints if isinstance(key, UniqueConstraint)]
    return sorted(found, key=lambda key: str(key.name))


def _indexes(table: Table) -> list[Index]:
    kept = (partial.standing_links, *partial.owners)
    return sorted((index for index in table.indexes if index not in kept), key=lambda index: str(index.name))
