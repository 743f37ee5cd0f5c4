"""Read what a text finds: events, actors, people, sources and conflicts."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from conflictdb.domain.folding import fold
from conflictdb.domain.query_fields import WordsTerm
from conflictdb.domain.rows import HitRow
from conflictdb.store.filters import Filters
from conflictdb.store.search import EntryKind, entries, matches
from conflictdb.store.tables import (
    actor,
    actor_alias,
    claim,
    conflict,
    event,
    person,
    person_alias,
    source,
    timeline_entry,
)

AROUND = 50
"""Characters of context on either side of a hit."""


def search_sources(connection: Connection, words: str) -> ColumnElement[bool]:
    """Return the condition that a document has these words in its title, publisher, author, address or handle."""
    found = matches(words, phrase=False, dialect=connection.dialect.name)
    return or_(source.c.slug == words.strip(), source.c.id.in_(entries(EntryKind.SOURCE).where(found)))


def search(connection: Connection, words: str, limit: int | None = None) -> Iterator[HitRow]:
    """Stream what `words` find, events first; each with the first text around a hit."""
    terms = [WordsTerm(word, phrase=False) for word in words.split() if fold(word)]
    condition = Filters(connection).events(terms) if terms else None
    number = 0
    if condition is not None:
        found = select(event.c.id, event.c.slug, event.c.name).where(condition).order_by(event.c.first_day, event.c.id)
        for row in connection.execute(found.limit(limit) if limit else found):
            number += 1
            yield HitRow("event", row.slug, row.name, _context(words, _event_texts(connection, row.id)))
    for hit in _named(connection, words):
        if limit is not None and number >= limit:
            return
        number += 1
        yield hit


def _named(connection: Connection, words: str) -> Iterator[HitRow]:
    found = matches(words, phrase=False, dialect=connection.dialect.name)
    for kind, table, aliases, column in (
        (EntryKind.ACTOR, actor, actor_alias, "actor_id"),
        (EntryKind.PERSON, person, person_alias, "person_id"),
    ):
        rows = select(table.c.id, table.c.name).where(table.c.id.in_(entries(kind).where(found)))
        for row_id, name in connection.execute(rows.order_by(table.c.name, table.c.id)).all():
            names = connection.scalars(select(aliases.c.name).where(aliases.c[column] == row_id)).all()
            yield HitRow(kind.name.lower(), name, name, ", ".join(each for each in names if each != name))
    sources = select(source.c.slug, source.c.title, source.c.publisher).where(
        source.c.id.in_(entries(EntryKind.SOURCE).where(found))
    )
    for slug, title, publisher in connection.execute(sources.order_by(source.c.slug)):
        yield HitRow("source", slug, title, publisher or "")
    conflicts = select(conflict.c.name).where(conflict.c.id.in_(entries(EntryKind.CONFLICT).where(found)))
    for name in connection.scalars(conflicts.order_by(conflict.c.name)):
        yield HitRow("conflict", name, name, "")


def _event_texts(connection: Connection, event_id: int) -> list[str]:
    """Return an event's texts in the order in which a hit in them tells most."""
    about = select(event.c.name, event.c.summary).where(event.c.id == event_id)
    entry = select(timeline_entry.c.text).where(
        and_(timeline_entry.c.event_id == event_id, timeline_entry.c.withdrawn_on.is_(None))
    )
    said = select(claim.c.wording, claim.c.value, claim.c.note).where(
        and_(claim.c.event_id == event_id, claim.c.withdrawn_on.is_(None))
    )
    return [text for statement in (entry, said, about) for row in connection.execute(statement) for text in row if text]


def _context(words: str, texts: list[str]) -> str:
    """Return the text around the first hit, cut at spaces."""
    wanted = fold(words).split()
    for text in texts:
        parts = text.split()
        for at, part in enumerate(parts):
            if any(each and each in fold(part) for each in wanted):
                return _cut(parts, at)
    return ""


def _cut(parts: list[str], at: int) -> str:
    before, after = " ".join(parts[:at]), " ".join(parts[at:])
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    return f"{before} {after}".strip()
