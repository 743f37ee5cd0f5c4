"""Read documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from sqlalchemy import ColumnElement, Connection, func, select

from conflictdb.domain.rows import SourceRow
from conflictdb.store.tables import claim, source

_SOURCE = tuple(field.name for field in fields(SourceRow))


def read_sources(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[SourceRow]:
    """Stream documents by handle, with how many claims each holds."""
    held = select(func.count()).where(claim.c.source_id == source.c.id, claim.c.withdrawn_on.is_(None))
    statement = select(*(source.c[name] for name in _SOURCE[:-2]), held.scalar_subquery(), source.c.import_run_id)
    for row in connection.execute(statement.where(*conditions).order_by(source.c.slug)):
        yield SourceRow(**dict(zip(_SOURCE, row, strict=True)))
