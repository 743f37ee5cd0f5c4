"""Who claimants are to policies: their keys, and the keys of all that they belonged to at an event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from conflictdb.domain.folding import fold
from conflictdb.domain.stake import Battlefield, Lineage
from conflictdb.store.batch import among
from conflictdb.store.read.judged import Judged, read_judged
from conflictdb.store.read.lineage import read_lineage
from conflictdb.store.read.names import actor_ids
from conflictdb.store.tables import actor, actor_alias

NAMES_COMPARED = 100_000


@dataclass(slots=True)
class Speakers:
    """The lineage of all actors, what people judged, and the keys of the claimants that were met."""

    lineage: Lineage
    judged: Judged
    keys: dict[int, str] = field(default_factory=dict)

    def learn(self, connection: Connection, met: Iterable[tuple[int, Battlefield]]) -> None:
        """Read the keys of claimants, and of all that they belonged to at their events."""
        wanted = {self.lineage.who(each) for actor_id, at in met for each in (actor_id, *at.above(actor_id))}
        missing = sorted(wanted - set(self.keys))
        if missing:
            rows = connection.execute(select(actor.c.id, actor.c.key).where(among(actor.c.id)), {"ids": missing})
            self.keys.update((actor_id, key) for actor_id, key in rows)

    def key(self, actor_id: int) -> str:
        """Return the key of an actor, the same for those that were judged the same."""
        return self.keys[self.lineage.who(actor_id)]

    def above(self, actor_id: int, at: Battlefield) -> tuple[str, ...]:
        """Return the keys of all that an actor belonged to at an event, nearest first."""
        return tuple(self.key(each) for each in at.above(actor_id))


def read_speakers(connection: Connection) -> Speakers:
    """Read the lineage and the judgements; keys are learnt as claimants are met."""
    judged = read_judged(connection)
    return Speakers(read_lineage(connection, judged.actors), judged)


def keys_called(connection: Connection, name: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the keys by which claims know the actors who are called exactly so, else the one whose name holds that.

    Where several names hold it, there are no keys: the second are the names of those actors.
    """
    exact = select(actor_alias.c.actor_id).where(actor_alias.c.folded == fold(name)).distinct()
    ids = list(connection.scalars(exact))
    found = ids or actor_ids(connection, [name])
    if not ids and len(found) > 1:
        names = select(actor.c.name).where(among(actor.c.id)).distinct().order_by(actor.c.name)
        return frozenset(), tuple(connection.scalars(names, {"ids": found}))
    same = read_judged(connection).actors
    wanted = sorted({same.get(each, each) for each in found})
    return frozenset(connection.scalars(select(actor.c.key).where(among(actor.c.id)), {"ids": wanted})), ()


def names_of_actors(connection: Connection) -> list[str]:
    """Return the names by which actors are known, so many as can be compared with one that is not."""
    names = select(actor_alias.c.name).distinct().order_by(actor_alias.c.name).limit(NAMES_COMPARED)
    return list(connection.scalars(names))
