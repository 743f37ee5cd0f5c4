"""Slugs for a batch of new events: place and year, and more where that is taken."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from conflictdb.domain.slugs import hashed_slugs
from conflictdb.store.write.coded.lookups import taken_slugs
from conflictdb.store.write.coded.prepared import Prepared
from conflictdb.store.write.lookups import UnresolvedError


def give_slugs(connection: Connection, rows: Sequence[Prepared]) -> list[str]:
    """Return a slug for each new event, none of which is taken."""
    stems = [each.slugs for each in rows]
    taken = taken_slugs(connection, list({slug for each in stems for slug in each}))
    chosen: dict[int, str] = {}
    crowded: dict[int, list[str]] = {}
    for place, each in enumerate(stems):
        slug = next((slug for slug in each if slug not in taken), None)
        if slug is None:
            crowded[place] = list(hashed_slugs(each[-1], rows[place].key))
        else:
            taken.add(slug)
            chosen[place] = slug
    if crowded:
        taken |= taken_slugs(connection, [each[0] for each in crowded.values()])
    for place, proposals in crowded.items():
        chosen[place] = slug = _first_free(connection, proposals, taken)
        taken.add(slug)
    return [chosen[place] for place in range(len(rows))]


def _first_free(connection: Connection, proposals: list[str], taken: set[str]) -> str:
    """Return the first proposal; in the rare case that it is taken, the first of the others that is not."""
    if proposals[0] in taken:
        taken |= taken_slugs(connection, proposals[1:])
    for slug in proposals:
        if slug not in taken:
            return slug
    raise UnresolvedError(f"no slug is free for this event; all of {proposals[0]} ... {proposals[-1]} are taken")
