"""Which event a record is about: by native id, then by slug; never by guess."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from conflictdb.domain.edtf import EdtfDate, parse_edtf
from conflictdb.domain.folding import fold
from conflictdb.domain.keys import content_key, event_key
from conflictdb.domain.matching import WhereAndWhen, why_not_same
from conflictdb.domain.records import EventRecord
from conflictdb.domain.slugs import propose_slugs
from conflictdb.store.tables import event
from conflictdb.store.write.known import KnownEvent, load_known_event
from conflictdb.store.write.lookups import Lookups, UnresolvedError


@dataclass(slots=True)
class Identity:
    """What an event is called: the known one, or the slug and key of a new one."""

    slug: str
    key: str
    known: KnownEvent | None = None


def identify_event(connection: Connection, lookups: Lookups, record: EventRecord) -> Identity:
    """Return which event `record` means. Raises UnresolvedError where its slug is another event's."""
    event_id = lookups.native("event_id", record.native_ids)
    by_slug = connection.scalar(select(event.c.id).where(event.c.slug == record.slug)) if record.slug else None
    if event_id is not None and by_slug is not None and event_id != by_slug:
        raise UnresolvedError(f'the slug "{record.slug}" and the native ids are of two different events')
    if event_id is not None:  # the dataset's own number, or the page's title, whatever it says of place and date now
        known = load_known_event(connection, event_id)
        return Identity(known.row["slug"], known.row["key"], known)
    if by_slug is None and record.key:
        by_slug = connection.scalar(select(event.c.id).where(event.c.key == record.key))
    if by_slug is not None:
        return _accept(connection, record, load_known_event(connection, by_slug))
    if record.slug:
        return Identity(record.slug, record.key or event_key(record.slug, record.native_ids))
    return _without_slug(connection, record)


def stated_where_and_when(record: EventRecord) -> WhereAndWhen:
    """Return the place and days that a record states."""
    date = parse_edtf(record.date) if record.date else None
    place = record.place
    return WhereAndWhen(
        date.first_day if date else None,
        date.last_day if date else None,
        place.name if place else None,
        place.country if place else None,
        place.latitude if place else None,
        place.longitude if place else None,
    )


def _accept(connection: Connection, record: EventRecord, known: KnownEvent) -> Identity:
    reason = why_not_same(known.where_and_when, stated_where_and_when(record))
    if reason is None:
        return Identity(known.row["slug"], known.row["key"], known)
    slug = _free_slug(connection, record, content_key(record.name, record.date))
    raise UnresolvedError(
        f'"{known.row["slug"]}" is another event, {known.row["name"]}: {reason}. For a new event use slug: {slug}'
    )


def _without_slug(connection: Connection, record: EventRecord) -> Identity:
    """Return the event of the same name, place and date, or a new one under the first free slug."""
    key = content_key("event", fold(record.name or ""), record.date, record.place and fold(record.place.name or ""))
    key = event_key("", record.native_ids, by_native_id=True) if record.native_ids else key
    known_id = connection.scalar(select(event.c.id).where(event.c.key == key))
    for slug in () if known_id is not None or record.native_ids else _proposals(record, key):
        row = connection.execute(select(event).where(event.c.slug == slug)).mappings().first()
        if row is not None and fold(row["name"]) == fold(record.name or "") and row["date"] == record.date:
            known_id = row["id"]
    if known_id is not None:
        return _accept(connection, record, load_known_event(connection, known_id))
    return Identity(_free_slug(connection, record, key), key)


def _free_slug(connection: Connection, record: EventRecord, key: str) -> str:
    for slug in _proposals(record, key):
        if connection.scalar(select(event.c.id).where(event.c.slug == slug)) is None:
            return slug
    raise UnresolvedError("no slug is free for this event; give it one with slug: ...")


def _proposals(record: EventRecord, key: str) -> list[str]:
    date: EdtfDate | None = parse_edtf(record.date) if record.date else None
    return list(propose_slugs(record.place.name if record.place else None, record.name, date, key))
