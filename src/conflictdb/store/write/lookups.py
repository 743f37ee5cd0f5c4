"""Look-ups by name, native id or key while an import runs, remembered for the length of the run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from conflictdb.domain.folding import fold
from conflictdb.domain.nearest import nearest_names
from conflictdb.domain.stake import Lineage
from conflictdb.domain.vocabulary import ActorKind
from conflictdb.store.read.lineage import read_lineage
from conflictdb.store.tables import (
    actor,
    actor_alias,
    conflict,
    external_id,
    person,
    person_alias,
    source,
)


class UnresolvedError(ValueError):
    """A name stands for nothing, or for more than one; the message says which, and the nearest."""


@dataclass(slots=True)
class Found:
    """A row that a name stands for."""

    id: int
    key: str
    name: str
    kind: str = ""


@dataclass(slots=True)
class Lookups:
    """What names stand for in the database that an import writes to."""

    connection: Connection
    _actors: dict[str, list[Found]] = field(default_factory=dict)
    _people: dict[str, list[Found]] = field(default_factory=dict)
    _sources: dict[str, int] = field(default_factory=dict)
    _conflicts: dict[str, int] = field(default_factory=dict)
    _lineage: Lineage | None = None

    def actors(self, name: str) -> list[Found]:
        """Return the named actors that have this name or alias, however it is written."""
        folded = fold(name) or name
        if folded not in self._actors:
            rows = self.connection.execute(
                select(actor.c.id, actor.c.key, actor.c.name, actor.c.kind)
                .join(actor_alias, actor_alias.c.actor_id == actor.c.id)
                .where(actor_alias.c.folded == folded, actor.c.unnamed.is_(False))
                .distinct()
                .order_by(actor.c.id)
            )
            self._actors[folded] = [Found(*row) for row in rows]
        return self._actors[folded]

    def actor(self, name: str) -> Found:
        """Return the one actor of that name or native id. Raises UnresolvedError for none, or for several."""
        found = self.actors(name) or self.numbered_actor(name)
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(f'"{each.name}"' for each in found)
            raise UnresolvedError(f'"{name}" may be any of {names}: use the full name')
        named = select(actor_alias.c.name).join(actor, actor.c.id == actor_alias.c.actor_id)
        known = self.connection.scalars(named.where(actor.c.unnamed.is_(False))).all()
        near = nearest_names(name, known)
        advice = f"; nearest known: {', '.join(near)}" if near else ""
        kinds = ", ".join(ActorKind)
        raise UnresolvedError(
            f'no actor "{name}"{advice}. If it is new, define it: actors: [{{name: {name}, kind: ...}}],'
            f" where kind is one of {kinds}"
        )

    def numbered_actor(self, native_id: str) -> list[Found]:
        actor_id = self.native("actor_id", [native_id]) if ":" in native_id else None
        return [] if actor_id is None else [self.actor_row(actor_id)]

    def actor_row(self, actor_id: int) -> Found:
        """Return an actor by our own id."""
        row = select(actor.c.id, actor.c.key, actor.c.name, actor.c.kind).where(actor.c.id == actor_id)
        return Found(*self.connection.execute(row).one())

    def people(self, name: str) -> list[Found]:
        """Return the people that have this name or alias."""
        folded = fold(name) or name
        if folded not in self._people:
            rows = self.connection.execute(
                select(person.c.id, person.c.key, person.c.name)
                .join(person_alias, person_alias.c.person_id == person.c.id)
                .where(person_alias.c.folded == folded)
                .distinct()
                .order_by(person.c.id)
            )
            self._people[folded] = [Found(*row) for row in rows]
        return self._people[folded]

    def source(self, slug: str) -> int:
        """Return the id of the source with that handle. Raises UnresolvedError."""
        if slug not in self._sources:
            found = self.connection.scalar(select(source.c.id).where(source.c.slug == slug))
            if found is None:
                known = self.connection.scalars(select(source.c.slug)).all()
                near = nearest_names(slug, known)
                advice = f"; nearest known: {', '.join(near)}" if near else ""
                raise UnresolvedError(
                    f'no source "{slug}"{advice}. If it is new, describe it: sources: [{{id, title}}]'
                )
            self._sources[slug] = found
        return self._sources[slug]

    def conflict(self, name: str) -> int | None:
        """Return the id of the conflict of that name, or None."""
        folded = fold(name) or name
        if folded not in self._conflicts:
            found = self.connection.scalar(select(conflict.c.id).where(conflict.c.folded == folded))
            if found is None:
                return None
            self._conflicts[folded] = found
        return self._conflicts[folded]

    def native(self, column: str, native_ids: Iterable[str]) -> int | None:
        """Return the id in `column` (event_id, actor_id...) of the row that has one of these native ids."""
        for text in native_ids:
            scheme, _, native_id = text.partition(":")
            found: int | None = self.connection.scalar(
                select(external_id.c[column]).where(
                    external_id.c.scheme == scheme, external_id.c.native_id == native_id
                )
            )
            if found is not None:
                return found
        return None

    def lineage(self) -> Lineage:
        """Return what every actor is part of."""
        if self._lineage is None:
            self._lineage = read_lineage(self.connection)
        return self._lineage

    def forget(self) -> None:
        """Forget what names stood for, after rows were added."""
        for memory in (self._actors, self._people, self._sources, self._conflicts):
            memory.clear()
        self._lineage = None
