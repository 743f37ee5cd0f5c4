"""The text that an event is found by: names, place, summary, timeline, the wording of claims, rows of datasets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, select

from conflictdb.store.search import EntryKind, index_text
from conflictdb.store.tables import (
    actor,
    claim,
    combatant,
    conflict,
    event,
    external_id,
    original,
    person,
    place,
    timeline_entry,
)
from conflictdb.store.write.coded.prepared import LONGEST_TEXT


def index_event(connection: Connection, event_id: int) -> None:
    """Gather an event's text and put it into the search index."""
    statements = (_about(event_id), _fighters(event_id), _entries(event_id), _said(event_id))
    words = [text for statement in statements for row in connection.execute(statement) for text in row if text]
    index_text(connection, EntryKind.EVENT, event_id, (*words, *_rows(connection, event_id)))


def _about(event_id: int) -> Select[Any]:
    names = (place.c.name, place.c.admin1, place.c.admin2, place.c.country_name)
    return (
        select(event.c.name, event.c.slug, event.c.subtype, event.c.summary, conflict.c.name, *names)
        .outerjoin(conflict, conflict.c.id == event.c.conflict_id)
        .outerjoin(place, place.c.id == event.c.place_id)
        .where(event.c.id == event_id)
    )


def _fighters(event_id: int) -> Select[Any]:
    fighters = select(actor.c.name, combatant.c.unit).join(combatant, combatant.c.actor_id == actor.c.id)
    return fighters.where(combatant.c.event_id == event_id).order_by(combatant.c.id)


def _entries(event_id: int) -> Select[Any]:
    standing = timeline_entry.c.withdrawn_on.is_(None)
    entries = select(timeline_entry.c.text).where(timeline_entry.c.event_id == event_id, standing)
    return entries.order_by(timeline_entry.c.id)


def _said(event_id: int) -> Select[Any]:
    texts = (claim.c.wording, claim.c.value, claim.c.note, claim.c.group, claim.c.translation)
    return (
        select(*texts, actor.c.name, person.c.name)
        .join(actor, actor.c.id == claim.c.claimant_id)
        .outerjoin(person, person.c.id == claim.c.person_id)
        .where(claim.c.event_id == event_id, claim.c.withdrawn_on.is_(None))
        .order_by(claim.c.id)
    )


def _rows(connection: Connection, event_id: int) -> Iterator[str]:
    """Yield the native ids of an event, and the words in the rows that datasets have of it now."""
    known = external_id.c
    newest = (original.c.external_id_id == known.id) & (original.c.digest == known.digest)
    held = select(known.native_id, original.c.cells).outerjoin(original, newest)
    for native_id, cells in connection.execute(held.where(known.event_id == event_id, known.withdrawn_on.is_(None))):
        yield native_id
        yield from (cell[:LONGEST_TEXT] for cell in (cells or {}).values() if any(map(str.isalpha, cell)))
