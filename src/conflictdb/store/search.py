"""The search index: one folded text for every event, actor, person, source and conflict."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, literal_column, select

from conflictdb.domain.folding import fold
from conflictdb.store.tables import search_text

KINDS = 8
"""Row numbers of the index are id * KINDS + kind, so that an entry is found without a second index."""


class EntryKind(IntEnum):
    """What a row of the index is about."""

    EVENT = 0
    ACTOR = 1
    PERSON = 2
    SOURCE = 3
    CONFLICT = 4


def index_text(connection: Connection, kind: EntryKind, row_id: int, words: Iterable[str]) -> None:
    """Set the text that the row `row_id` is found by."""
    rowid = row_id * KINDS + kind
    body = " ".join(dict.fromkeys(folded for word in words if (folded := fold(word))))
    connection.execute(delete(search_text).where(search_text.c.rowid == rowid))
    connection.execute(insert(search_text).values(rowid=rowid, body=body))


def entries(kind: EntryKind) -> Select[tuple[int]]:
    """Select the ids of what is indexed under `kind`, to be narrowed by `matches`."""
    return select((search_text.c.rowid - kind) // KINDS).where(search_text.c.rowid % KINDS == kind)


def matches(words: str, *, phrase: bool, dialect: str) -> ColumnElement[bool]:
    """Return the condition that an entry of the index holds all of `words`, in this order if `phrase`.

    The last word matches as a beginning, so that "truck" finds "trucks". Words are folded first, so that no
    sign of either engine's own search language is ever left in them.
    """
    tokens = fold(words).split()
    if not tokens:
        return literal_column("1 = 0")
    if dialect == "postgresql":
        joined = (" <-> " if phrase else " & ").join((*tokens[:-1], f"{tokens[-1]}:*"))
        vector = func.to_tsvector(literal_column("'simple'"), search_text.c.body)
        return vector.op("@@")(func.to_tsquery(literal_column("'simple'"), joined))
    quoted = (
        f'"{" ".join(tokens)}"*' if phrase else " ".join((*(f'"{each}"' for each in tokens[:-1]), f'"{tokens[-1]}"*'))
    )
    return literal_column("search_text").op("MATCH")(quoted)
