"""Whom of an event's combatants a document means: an actor, or its part on that side; and which side is which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from conflictdb.domain.records import EventRecord
from conflictdb.domain.stake import Lineage

Days = tuple[int | None, int | None]


def find_part(lineage: Lineage, fighters: Mapping[int, int], actor_id: int, side: int, days: Days) -> int | None:
    """Return the one combatant on `side` that belongs to an actor, as the Malian Army does to Mali; else None.

    `fighters` are the sides of the combatants by actor id, `days` those of the event.
    """
    parts = [
        each
        for each, its_side in fighters.items()
        if its_side == side and any(actor_id in level for level in lineage.climb(each, *days))
    ]
    return parts[0] if len(parts) == 1 else None


def match_sides(listed: Iterable[tuple[int, int]], fighters: Mapping[int, int]) -> dict[int, int]:
    """Return the known number of each side of a page, by the combatants that both have; nothing, where they disagree.

    `listed` are (actor id, side on the page), `fighters` the known sides by actor id. A side of which nobody is known
    keeps its number, or where that is another side's, takes a known one that is left, else a new one.
    """
    listed = list(listed)
    found: dict[int, int] = {}
    for actor_id, side in listed:
        known = fighters.get(actor_id)
        if known is not None and found.setdefault(side, known) != known:
            return {}
    if len(set(found.values())) < len(found):
        return {}
    for side in dict.fromkeys(side for _, side in listed if side not in found):
        taken = set(found.values())
        left = sorted(set(fighters.values()) - taken)
        found[side] = side if side not in taken else left[0] if left else max(taken) + 1
    return found


def with_sides(record: EventRecord, numbers: Mapping[int, int]) -> EventRecord:
    """Return a record with its sides numbered as in `numbers`."""
    combatants = tuple(replace(each, side=numbers.get(each.side, each.side)) for each in record.combatants)
    claims = tuple(
        replace(each, side=numbers.get(each.side, each.side)) if each.side else each for each in record.claims
    )
    return replace(record, combatants=combatants, claims=claims)
