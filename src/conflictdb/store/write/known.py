"""What the database already holds of one event: its row, its combatants, its claims and their links."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from conflictdb.domain.matching import WhereAndWhen
from conflictdb.store.tables import actor, claim, claim_link, combatant, conflict, event, place

Row = RowMapping


@dataclass(slots=True)
class KnownEvent:
    """One event as it stands. Claims are by key, each key's revisions oldest first, withdrawn ones too."""

    row: Row
    combatants: dict[str, Row] = field(default_factory=dict)
    claims: dict[str, list[Row]] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)
    """Every claim once more, by its id, as links name it."""
    links: list[dict[str, Any]] = field(default_factory=list)

    @property
    def where_and_when(self) -> WhereAndWhen:
        """Return its place and days, to compare with another description."""
        row = self.row
        return WhereAndWhen(
            row["first_day"], row["last_day"], row["place_name"], row["country"], row["latitude"], row["longitude"]
        )

    def standing(self, key: str) -> Row | None:
        """Return the newest revision of a claim that is not withdrawn, or None."""
        return next((row for row in reversed(self.claims.get(key, ())) if row["withdrawn_on"] is None), None)

    def newest(self) -> list[Row]:
        """Return of every claim the revision that stands, or its last one where all are withdrawn."""
        return [self.standing(key) or revisions[-1] for key, revisions in self.claims.items()]


def load_known_event(connection: Connection, event_id: int) -> KnownEvent:
    """Read one event with all that hangs on it."""
    row = connection.execute(
        select(
            event,
            conflict.c.name.label("conflict"),
            place.c.name.label("place_name"),
            place.c.country,
            place.c.latitude,
            place.c.longitude,
        )
        .select_from(event)
        .outerjoin(conflict, conflict.c.id == event.c.conflict_id)
        .outerjoin(place, place.c.id == event.c.place_id)
        .where(event.c.id == event_id)
    )
    known = KnownEvent(row.mappings().one())
    fighters = select(combatant, actor.c.key.label("actor_key"), actor.c.name.label("actor_name"))
    for fighter in connection.execute(
        fighters.join(actor, actor.c.id == combatant.c.actor_id).where(combatant.c.event_id == event_id)
    ).mappings():
        known.combatants[fighter["actor_key"]] = fighter
    claims = select(claim).where(claim.c.event_id == event_id).order_by(claim.c.id)
    for each in connection.execute(claims).mappings():
        known.claims.setdefault(each["key"], []).append(each)
        known.rows[each["id"]] = each
    links = select(claim_link).where(claim_link.c.event_id == event_id, claim_link.c.withdrawn_on.is_(None))
    known.links = [{**row} for row in connection.execute(links.order_by(claim_link.c.id)).mappings()]
    return known
