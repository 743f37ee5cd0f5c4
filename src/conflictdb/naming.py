"""Describe one actor whole, by any of its names."""

from __future__ import annotations

from sqlalchemy import Connection, select

from conflictdb.domain.nearest import nearest_names
from conflictdb.domain.rows import ActorDetail, ActorRow
from conflictdb.errors import NotFoundError
from conflictdb.store.read import claims as claims_of
from conflictdb.store.read import events as events_of
from conflictdb.store.read import reference
from conflictdb.store.read.names import actor_ids
from conflictdb.store.read.standing import standing, told_of
from conflictdb.store.tables import actor, claim, combatant, event


def describe_actor(connection: Connection, name: str) -> ActorDetail:
    """Return one actor whole. Raises NotFoundError, with the nearest names or those it may mean."""
    ids = actor_ids(connection, [name])
    found = list(reference.read_actors(connection, ids=ids)) if ids else []
    if len(found) != 1:
        known = [_told_apart(row) for row in found] or _actor_names(connection)
        near = tuple(known[:5]) if found else nearest_names(name, known)
        what = f'"{name}" may be any of {len(found)} actors' if found else f'no actor "{name}"'
        raise NotFoundError(
            what, f"nearest: {'; '.join(near) or 'none'}", "list them with: conflictdb actors", nearest=near
        )
    actor_id = ids[0]
    fought = select(combatant.c.event_id).where(combatant.c.actor_id == actor_id)
    mine = select(combatant.c.id).where(combatant.c.actor_id == actor_id)
    statement = events_of.select_events(event.c.id.in_(fought), told_of()).order_by(*events_of.event_order(()))
    return ActorDetail(
        actor=found[0],
        description=connection.scalar(select(actor.c.description).where(actor.c.id == actor_id)),
        names=reference.read_aliases(connection, actor_id),
        relations=reference.read_relations(connection, actor_id),
        native_ids=events_of.read_native_ids(connection, [actor_id], "actor_id").get(actor_id, ()),
        events=tuple(row for _, row in events_of.read_events(connection, statement)),
        claimed=tuple(claims_of.read_ledger(connection, claim.c.claimant_id == actor_id, standing())),
        claimed_of=tuple(claims_of.read_ledger(connection, claim.c.combatant_id.in_(mine), standing())),
    )


def _told_apart(row: ActorRow) -> str:
    return f"{row.name} ({row.unnamed_in})" if row.unnamed_in else row.name


def _actor_names(connection: Connection) -> list[str]:
    return [name for row in reference.read_actors(connection) for name in (row.name, *row.aliases)]
