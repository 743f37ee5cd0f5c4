"""Read what events refer to back as the records that an importer would hand over for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, false, func, not_, select

from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.records import (
    ActorRecord,
    AliasRecord,
    ConflictRecord,
    PersonRecord,
    RelationRecord,
    SourceRecord,
)
from conflictdb.domain.stake import UPWARD
from conflictdb.store.batch import among
from conflictdb.store.read.events import read_native_ids, standing_entries
from conflictdb.store.read.known import stated_by, withdrawn_by
from conflictdb.store.tables import (
    actor,
    actor_alias,
    actor_relation,
    claim,
    combatant,
    conflict,
    event,
    person,
    person_alias,
    place,
    source,
    timeline_entry,
)

Ids = Sequence[int]
CHUNK = 1000
_SOURCE = tuple(each.name for each in fields(SourceRecord) if each.name in source.c)


@dataclass(slots=True)
class Mentioned:
    """The ids of all that events refer to: a number each, and none of their names. `namers`: who names others."""

    actors: set[int] = field(default_factory=set)
    namers: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    conflicts: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)

    def add(self, connection: Connection, ids: Ids, knowledge: Knowledge | None = None) -> None:
        """Add what these events refer to themselves; with `knowledge`, by what had been stated by then."""

        def found(column: Any, of: Any, *conditions: Any) -> set[int]:
            statement = select(column).where(among(of), column.is_not(None), *conditions).distinct()
            return set(connection.scalars(statement, {"ids": ids}))

        withdrawn = not_(func.coalesce(withdrawn_by(claim, knowledge), false()))
        standing = (withdrawn,) if knowledge is None else (withdrawn, stated_by(claim, knowledge))
        self.namers |= found(claim.c.claimant_id, claim.c.event_id, *standing)
        self.namers |= found(combatant.c.actor_id, combatant.c.event_id) | found(event.c.claimant_id, event.c.id)
        self.people |= found(claim.c.person_id, claim.c.event_id, *standing)
        self.conflicts |= found(event.c.conflict_id, event.c.id)
        self.sources |= found(claim.c.source_id, claim.c.event_id, *standing) | found(event.c.source_id, event.c.id)
        entry = timeline_entry.c
        self.sources |= found(entry.source_id, entry.event_id, *standing_entries(knowledge))
        for of in (event, claim):
            key = of.c.id if of is event else of.c.event_id
            places = select(place.c.source_id).join(of, of.c.place_id == place.c.id)
            places = places.where(among(key), place.c.source_id.is_not(None), *(standing if of is claim else ()))
            self.sources |= set(connection.scalars(places.distinct(), {"ids": ids}))

    def add_all(self, connection: Connection) -> None:
        """Add all that the database knows."""
        for ids, table in (
            (self.namers, actor), (self.people, person), (self.conflicts, conflict), (self.sources, source),
        ):  # fmt: skip
            ids.update(connection.scalars(select(table.c.id)))

    def close(self, connection: Connection) -> None:
        """Add what all of that refers to in turn: what actors belong to and name, parents of conflicts, sources."""
        upward = actor_relation.c.kind.in_(UPWARD)
        self.namers |= _above(connection, self.namers, actor_relation.c.actor_id, actor_relation.c.other_id, upward)
        others = _column(connection, actor_relation.c.other_id, actor_relation.c.actor_id, self.namers)
        self.actors |= self.namers | others
        self.conflicts |= _above(connection, self.conflicts, conflict.c.id, conflict.c.parent_id)
        for table, key, ids in (
            (actor, actor.c.id, self.actors), (actor_alias, actor_alias.c.actor_id, self.actors),
            (actor_relation, actor_relation.c.actor_id, self.namers),
            (person, person.c.id, self.people), (person_alias, person_alias.c.person_id, self.people),
            (conflict, conflict.c.id, self.conflicts),
        ):  # fmt: skip
            self.sources |= _column(connection, table.c.source_id, key, ids)


def _column(connection: Connection, column: Any, key: Any, ids: Iterable[int], *conditions: Any) -> set[int]:
    """Return the ids in a column of the rows whose `key` is one of `ids`."""
    statement = select(column).where(among(key), column.is_not(None), *conditions).distinct()
    return {each for some in chunks(ids) for each in connection.scalars(statement, {"ids": some})}


def _above(connection: Connection, ids: set[int], key: Any, column: Any, *conditions: Any) -> set[int]:
    """Return all that is reached from `ids` by climbing from `key` to `column`."""
    reached: set[int] = set()
    fresh = ids
    while fresh:
        fresh = _column(connection, column, key, fresh, *conditions) - reached - ids
        reached |= fresh
    return reached


def chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    """Yield ids in order, some at a time."""
    ordered = sorted(ids)
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))


def read_sources(connection: Connection, ids: Ids) -> list[SourceRecord]:
    """Read documents, in the order in which they were added."""
    statement = select(*(source.c[name] for name in _SOURCE)).where(among(source.c.id)).order_by(source.c.id)
    return [SourceRecord(*row) for row in connection.execute(statement, {"ids": ids})]


def read_conflicts(connection: Connection, ids: Ids) -> list[ConflictRecord]:
    """Read conflicts, in the order in which they were added."""
    parent = conflict.alias("parent")
    statement = (
        select(conflict.c.id, conflict.c.name, parent.c.name.label("part_of"), source.c.slug)
        .outerjoin(parent, parent.c.id == conflict.c.parent_id)
        .outerjoin(source, source.c.id == conflict.c.source_id)
        .where(among(conflict.c.id))
        .order_by(conflict.c.id)
    )
    native_ids = read_native_ids(connection, ids, "conflict_id")
    return [
        ConflictRecord(name, part_of, native_ids[row_id], slug)
        for row_id, name, part_of, slug in connection.execute(statement, {"ids": ids})
    ]


def read_actors(connection: Connection, ids: Ids, namers: set[int]) -> list[ActorRecord]:
    """Read actors with a name, in the order in which they were added; `namers` with their relations to others."""
    statement = (
        select(actor, source.c.slug.label("source"))
        .outerjoin(source, source.c.id == actor.c.source_id)
        .where(among(actor.c.id), actor.c.unnamed.is_(False))
        .order_by(actor.c.id)
    )
    rows = connection.execute(statement, {"ids": ids}).mappings().all()
    aliases = _read_aliases(connection, actor_alias, "actor_id", ids)
    relations = _read_relations(connection, [each for each in ids if each in namers])
    native_ids = read_native_ids(connection, ids, "actor_id")
    return [
        ActorRecord(
            row["name"], row["kind"], row["country"], row["description"], row["independent"],
            _others(row, aliases), relations[row["id"]], native_ids[row["id"]], row["source"],
        )
        for row in rows
    ]  # fmt: skip


def read_people(connection: Connection, ids: Ids) -> list[PersonRecord]:
    """Read people, in the order in which they were added."""
    statement = (
        select(person, source.c.slug.label("source"))
        .outerjoin(source, source.c.id == person.c.source_id)
        .where(among(person.c.id))
        .order_by(person.c.id)
    )
    rows = connection.execute(statement, {"ids": ids}).mappings().all()
    aliases = _read_aliases(connection, person_alias, "person_id", ids)
    native_ids = read_native_ids(connection, ids, "person_id")
    return [
        PersonRecord(row["name"], row["description"], _others(row, aliases), native_ids[row["id"]], row["source"])
        for row in rows
    ]


def order_conflicts(records: Iterable[ConflictRecord]) -> list[ConflictRecord]:
    """Return conflicts with each after the one that it is part of."""
    by_name = {each.name: each for each in records}
    ordered: dict[str, ConflictRecord] = {}

    def put(record: ConflictRecord, below: tuple[str, ...]) -> None:
        if record.parent in by_name and record.parent not in below:
            put(by_name[record.parent], (*below, record.name))
        ordered.setdefault(record.name, record)

    for each in by_name.values():
        put(each, ())
    return list(ordered.values())


def _others(row: RowMapping, aliases: dict[int, list[AliasRecord]]) -> tuple[AliasRecord, ...]:
    return tuple(each for each in aliases[row["id"]] if each.name != row["name"])


def _read_aliases(connection: Connection, table: Table, column: str, ids: Ids) -> dict[int, list[AliasRecord]]:
    statement = (
        select(table.c[column], table.c.name, table.c.language, source.c.slug)
        .outerjoin(source, source.c.id == table.c.source_id)
        .where(among(table.c[column]))
        .order_by(table.c.id)
    )
    found: dict[int, list[AliasRecord]] = defaultdict(list)
    for row_id, *values in connection.execute(statement, {"ids": ids}):
        found[row_id].append(AliasRecord(*values))
    return found


def _read_relations(connection: Connection, ids: Ids) -> dict[int, tuple[RelationRecord, ...]]:
    relation = actor_relation.c
    statement = (
        select(relation.actor_id, relation.kind, actor.c.name, relation.since, relation.until, source.c.slug)
        .join(actor, actor.c.id == relation.other_id)
        .outerjoin(source, source.c.id == relation.source_id)
        .where(among(relation.actor_id))
        .order_by(relation.id)
    )
    found: dict[int, tuple[RelationRecord, ...]] = defaultdict(tuple)
    for actor_id, kind, other, since, until, slug in connection.execute(statement, {"ids": ids}):
        found[actor_id] += (RelationRecord(kind, other, since or None, until or None, slug),)
    return found
