"""The text that an event is found by: its names, place, summary, timeline and the wording of its claims."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, select

from conflictdb.store.search import EntryKind, index_text
from conflictdb.store.tables import actor, claim, combatant, conflict, event, person, place, timeline_entry


def index_event(connection: Connection, event_id: int) -> None:
    """Gather an event's text and put it into the search index."""
    statements = (_about(event_id), _fighters(event_id), _entries(event_id), _said(event_id))
    words = [text for statement in statements for row in connection.execute(statement) for text in row if text]
    index_text(connection, EntryKind.EVENT, event_id, words)


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
