"""Find one event by its slug or native id, or say which are nearest."""

from __future__ import annotations

from sqlalchemy import Connection, select

from conflictdb.errors import NotFoundError
from conflictdb.store.tables import event, external_id

NAMES_COMPARED = 100_000
"""How many names are compared at most to offer the nearest."""


def find_event(connection: Connection, name: str) -> int:
    """Return the id of the event with this slug or native id. Raises NotFoundError with the nearest."""
    found = events_called(connection, name)
    if len(found) > 1:
        what = f"{len(found)} events have the native id {name.strip()}"
        raise NotFoundError(what, "name the dataset too, e.g. ucdp-ged:300380, or give the event's slug")
    if not found:
        raise _no_event(connection, name)
    return found[0]


def events_called(connection: Connection, name: str) -> list[int]:
    """Return the id of the event of this slug, or else those of this native id, with or without its dataset."""
    name = name.strip()
    by_slug: int | None = connection.scalar(select(event.c.id).where(event.c.slug == name.lower()))
    if by_slug is not None:
        return [by_slug]
    scheme, _, native_id = name.partition(":")
    owned = select(external_id.c.event_id).where(external_id.c.event_id.is_not(None)).distinct()
    named = owned.where(external_id.c.scheme == scheme.lower(), external_id.c.native_id == native_id)
    return list(connection.scalars(named)) or list(connection.scalars(owned.where(external_id.c.native_id == name)))


def _no_event(connection: Connection, name: str) -> NotFoundError:
    from conflictdb.domain.nearest import nearest_names

    rows = connection.execute(select(event.c.slug, event.c.name).limit(NAMES_COMPARED)).all()
    slugs = nearest_names(name, [row.slug for row in rows]) or nearest_names(name, [row.name for row in rows])
    near = [row for row in rows if row.slug in slugs or row.name in slugs][:3]
    lines = ", ".join(f"{row.slug} ({row.name})" for row in near)
    word = name.split("-")[0].split(":")[0]
    return NotFoundError(
        f'no event "{name}"',
        *([f"nearest: {lines}"] if near else []),
        f"list them with: conflictdb events {word}",
        nearest=tuple(row.slug for row in near),
    )
