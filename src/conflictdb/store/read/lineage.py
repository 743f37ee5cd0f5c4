"""Read the lineage of actors, and who fought on which side of events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from conflictdb.domain.stake import UPWARD, Battlefield, Lineage, Parent
from conflictdb.domain.vocabulary import Role
from conflictdb.store.tables import actor_relation, combatant, event


def read_lineage(connection: Connection, same: Mapping[int, int] | None = None) -> Lineage:
    """Read every actor's parents; actors that are judged the `same` have those of each."""
    same = same or {}
    columns = (
        actor_relation.c.actor_id,
        actor_relation.c.other_id,
        actor_relation.c.since_day,
        actor_relation.c.until_day,
    )
    parents: dict[int, tuple[Parent, ...]] = defaultdict(tuple)
    statement = select(*columns).where(actor_relation.c.kind.in_(UPWARD)).order_by(actor_relation.c.id)
    for child, parent, since, until in connection.execute(statement):
        parents[same.get(child, child)] += (Parent(same.get(parent, parent), since, until),)
    return Lineage(dict(parents), same)


def read_battlefields(connection: Connection, event_ids: Iterable[int], lineage: Lineage) -> dict[int, Battlefield]:
    """Read who fought in these events."""
    ids = list(event_ids)
    fighters: dict[int, list[tuple[int, int]]] = defaultdict(list)
    attackers: dict[int, list[int]] = defaultdict(list)
    columns = combatant.c.event_id, combatant.c.actor_id, combatant.c.side, combatant.c.role
    for event_id, actor_id, side, role in connection.execute(select(*columns).where(combatant.c.event_id.in_(ids))):
        fighters[event_id].append((actor_id, side))
        if role == Role.ATTACKER:
            attackers[event_id].append(actor_id)
    days = connection.execute(select(event.c.id, event.c.first_day, event.c.last_day).where(event.c.id.in_(ids)))
    return {
        event_id: Battlefield(fighters[event_id], lineage, first, last, attackers[event_id])
        for event_id, first, last in days
    }
