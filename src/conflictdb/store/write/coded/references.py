"""The actors, conflicts and documents that a dataset's rows name, each looked up or added once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select

from conflictdb.domain.coded import CodedActor, CodedConflict, CodedFighter, DatasetRecord
from conflictdb.domain.folding import fold
from conflictdb.domain.records import ActorRecord, AliasRecord, ConflictRecord
from conflictdb.domain.vocabulary import ActorKind
from conflictdb.store.tables import conflict, source
from conflictdb.store.write.coded.prepared import Prepared
from conflictdb.store.write.lookups import Found
from conflictdb.store.write.reference import ReferenceWriter

MOST_REMEMBERED = 50_000


class Named(NamedTuple):
    """What a row names: the ids of the actors of its combatants, in its order, and of its conflict."""

    actor_ids: tuple[int, ...]
    conflict_id: int | None


@dataclass(slots=True)
class CodedReferences:
    """What the names in a dataset's rows stand for. `counts` are of actors and conflicts that were new."""

    reference: ReferenceWriter
    dataset: DatasetRecord
    recorder: Found
    source_id: int
    before_adding: Callable[[], None]
    """Called before a row is added by the tables' own numbering."""
    added: dict[str, int] = field(default_factory=lambda: {"actors": 0, "conflicts": 0})
    _actors: dict[CodedActor, Found] = field(default_factory=dict)
    _fighters: dict[tuple[CodedFighter, ...], tuple[int, ...]] = field(default_factory=dict)
    _conflicts: dict[CodedConflict, tuple[int, str]] = field(default_factory=dict)
    _casts: dict[int, Named] = field(default_factory=dict)
    _slugs: dict[int, str] = field(default_factory=dict)

    def resolve(self, rows: Iterable[Prepared]) -> list[Named]:
        """Return whom the rows of a batch name; add all that is new before ids for the other rows are given out."""
        named: list[Named] = []
        for row in rows:
            event = row.event
            for statement in event.statements:
                if statement.claimant is not None:
                    self.actor(statement.claimant)
            found = self._casts.get(row.cast)
            if found is None:
                found = Named(self.fighters(event.fighters), self.conflict(event.conflict))
                if row.cast:
                    self._casts[row.cast] = found
            named.append(found)
        return named

    def fighters(self, coded: tuple[CodedFighter, ...]) -> tuple[int, ...]:
        """Return the ids of the actors of a row, in its order; the same few stand in many rows."""
        found = self._fighters.get(coded)
        if found is None:
            found = tuple(self.actor(fighter.actor).id for fighter in coded)
            if len(self._fighters) > MOST_REMEMBERED:
                self._fighters.clear()
            self._fighters[coded] = found
        return found

    def actor(self, coded: CodedActor) -> Found:
        """Return the actor that a row names, adding it where it is new."""
        found = self._actors.get(coded)
        if found is None:
            found = self._actors[coded] = self._put_actor(coded)
        return found

    def conflict(self, coded: CodedConflict | None) -> int | None:
        """Return the id of the conflict or dyad that a row names, adding it where it is new."""
        return self._conflict(coded)[0] if coded is not None else None

    def conflict_name(self, coded: CodedConflict | None) -> str | None:
        """Return what that conflict is called here."""
        return self._conflict(coded)[1] if coded is not None else None

    def source(self, slug: str | None) -> int:
        """Return the id of the document that a figure cites; of the dataset, where it cites none."""
        return self.reference.lookups.source(slug) if slug else self.source_id

    def source_slug(self, source_id: int) -> str:
        """Return the slug of the document of that id, of which there are few."""
        slug = self._slugs.get(source_id)
        if slug is None:
            found = self.reference.connection.scalar(select(source.c.slug).where(source.c.id == source_id))
            slug = self._slugs[source_id] = str(found)
        return slug

    def _put_actor(self, coded: CodedActor) -> Found:
        written = AliasRecord(coded.spoken or coded.name, since=coded.since, until=coded.until)
        record = ActorRecord(
            coded.name, ActorKind(coded.kind), coded.country, aliases=(written,),
            native_ids=(coded.native_id,) if coded.native_id else (), source=self.dataset.source.slug,
        )  # fmt: skip
        self.before_adding()
        outcome, found = self.reference.put_coded_actor(record)
        self.added["actors"] += outcome == "added"
        return found

    def _conflict(self, coded: CodedConflict) -> tuple[int, str]:
        found = self._conflicts.get(coded)
        if found is None:
            parent = self._conflict(coded.parent)[1] if coded.parent is not None else None
            parent = None if fold(parent or "") == fold(coded.name) else parent
            record = ConflictRecord(coded.name, parent, coded.native_ids, self.dataset.source.slug)
            self.before_adding()
            if self.reference.put_conflict(record, coded=True) == "added":
                self.added["conflicts"] += 1
            found = self._conflicts[coded] = self._named(coded)
        return found

    def _named(self, coded: CodedConflict) -> tuple[int, str]:
        lookups = self.reference.lookups
        conflict_id = lookups.native("conflict_id", coded.native_ids) or lookups.conflict(coded.name)
        row = select(conflict.c.id, conflict.c.name).where(conflict.c.id == conflict_id)
        conflict_id, name = self.reference.connection.execute(row).one()
        return int(conflict_id), str(name)
