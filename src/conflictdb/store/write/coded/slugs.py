"""Slugs for a batch of new events: place and year, and more where that is taken."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from conflictdb.domain.coded import CodedEvent
from conflictdb.domain.slugs import hashed_slugs, slug_stems
from conflictdb.store.write.coded.lookups import taken_slugs
from conflictdb.store.write.coded.prepared import Prepared
from conflictdb.store.write.lookups import UnresolvedError


def give_slugs(connection: Connection, rows: Sequence[Prepared]) -> list[str]:
    """Return a slug for each new event, none of which is taken."""
    stems = [_stems(each.event) for each in rows]
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


def _stems(event: CodedEvent) -> list[str]:
    place = event.place.name if event.place is not None else None
    return slug_stems(place, event.name, event.first_day, _UNITS.get(len(event.date or ""), "day"))


_UNITS = {4: "year", 7: "month"}
"""What an EDTF date that is no single day tells, by its length; all else has a first day to name."""
