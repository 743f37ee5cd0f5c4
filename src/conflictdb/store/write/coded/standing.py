"""How a batch of known events stands: their rows, combatants, claims and links, loaded table by table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from conflictdb.domain.vocabulary import LinkKind
from conflictdb.store.batch import among
from conflictdb.store.tables import claim, claim_link, combatant, event, external_id, place
from conflictdb.store.write.known import Row


@dataclass(slots=True)
class StandingEvent:
    """One known event. `claims` are by key, each key's revisions oldest first.

    `combatants` and their `sides` are by actor id. `first_row_id` is the first row that the dataset has of it.
    """

    row: Row
    combatants: dict[int, int] = field(default_factory=dict)
    sides: dict[int, int] = field(default_factory=dict)
    claims: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    links: list[dict[str, Any]] = field(default_factory=list)
    first_row_id: int | None = None

    def standing(self, key: str) -> Row | None:
        """Return the newest revision of a claim that is not withdrawn, or None."""
        return next((row for row in reversed(self.claims.get(key, ())) if row["withdrawn_on"] is None), None)

    def last(self, key: str) -> Row | None:
        """Return the newest revision of a claim, withdrawn or not, or None."""
        return next(reversed(self.claims.get(key, ())), None)

    def is_told_by(self, source_id: int) -> bool:
        """Return whether all its claims are from this document."""
        return all(row["source_id"] == source_id for revisions in self.claims.values() for row in revisions)

    def is_corrected(self, row: Row) -> bool:
        """Return whether another claim corrects this one."""
        return any(link["to_claim_id"] == row["id"] and link["kind"] == LinkKind.CORRECTS for link in self.links)


def load_standing(connection: Connection, event_ids: Sequence[int], scheme: str) -> dict[int, StandingEvent]:
    """Return the events of these ids with all that hangs on them; `scheme` is of the dataset that tells of them."""
    ids = {"ids": event_ids}
    rows = (
        select(event, place.c.key.label("place_key"))
        .outerjoin(place, place.c.id == event.c.place_id)
        .where(among(event.c.id))
    )
    found = {int(row["id"]): StandingEvent(row) for row in connection.execute(rows, ids).mappings()}
    known = external_id.c
    held = select(known.event_id, func.min(known.id)).where(among(known.event_id), known.scheme == scheme)
    for event_id, row_id in connection.execute(held.group_by(known.event_id), ids):
        found[event_id].first_row_id = row_id
    fighters = select(combatant.c.event_id, combatant.c.actor_id, combatant.c.id, combatant.c.side)
    for event_id, actor_id, combatant_id, side in connection.execute(fighters.where(among(combatant.c.event_id)), ids):
        found[event_id].combatants[actor_id] = combatant_id
        found[event_id].sides[actor_id] = side
    claims = select(claim).where(among(claim.c.event_id)).order_by(claim.c.id)
    for row in connection.execute(claims, ids).mappings():
        found[row["event_id"]].claims[row["key"]].append(row)
    links = select(claim_link).where(among(claim_link.c.event_id), claim_link.c.withdrawn_on.is_(None))
    for row in connection.execute(links.order_by(claim_link.c.id), ids).mappings():
        found[row["event_id"]].links.append({**row})
    return found
