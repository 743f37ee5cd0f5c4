"""Read documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from conflictdb.domain.rows import SourceRow
from conflictdb.store.batch import among
from conflictdb.store.tables import claim, source

CHUNK = 1000
_SOURCE = tuple(field.name for field in fields(SourceRow))


def read_sources(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[SourceRow]:
    """Stream documents by handle, with how many claims each holds."""
    held = select(func.count()).where(claim.c.source_id == source.c.id, claim.c.withdrawn_on.is_(None))
    statement = select(*(source.c[name] for name in _SOURCE[:-2]), held.scalar_subquery(), source.c.import_run_id)
    for row in connection.execute(statement.where(*conditions).order_by(source.c.slug)):
        yield SourceRow(**dict(zip(_SOURCE, row, strict=True)))


def stream_documents(connection: Connection, ids: Iterable[int], names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Stream some columns of documents, in the order in which they were added."""
    wanted = sorted(ids)
    statement = select(*(source.c[name] for name in names)).where(among(source.c.id)).order_by(source.c.id)
    for start in range(0, len(wanted), CHUNK):
        for row in connection.execute(statement, {"ids": wanted[start : start + CHUNK]}):
            yield tuple(row)
