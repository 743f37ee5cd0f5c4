"""Add sources, actors, people, conflicts and places. Blanks are filled; what stands is never replaced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.folding import fold
from conflictdb.domain.keys import named_key, place_key
from conflictdb.domain.records import (
    ActorRecord,
    AliasRecord,
    ConflictRecord,
    PersonRecord,
    PlaceRecord,
    RelationRecord,
    SourceRecord,
)
from conflictdb.domain.vocabulary import ActorKind, RelationKind
from conflictdb.store.search import EntryKind, index_text
from conflictdb.store.tables import (
    actor,
    actor_alias,
    actor_relation,
    conflict,
    external_id,
    person,
    person_alias,
    place,
    source,
)
from conflictdb.store.write.lookups import Lookups, UnresolvedError

ADDED, CHANGED, UNCHANGED = "added", "changed", "unchanged"


@dataclass(slots=True)
class ReferenceWriter:
    """Writes what events refer to, for one import run. Methods return "added", "changed" or "unchanged"."""

    connection: Connection
    lookups: Lookups
    run_id: int

    def put_source(self, record: SourceRecord) -> str:
        """Add a document, or fill the blanks of a known one. Raises UnresolvedError where they contradict."""
        values = asdict(record)
        if record.published_on:
            values["published_last_day"] = parse_edtf(record.published_on).last_day
        known = self._row(source, source.c.slug == record.slug)
        if known is None:
            row_id = self._insert(source, values)
            index_text(self.connection, EntryKind.SOURCE, row_id, _source_words(record))
            return ADDED
        return self._fill_blanks(source, known, values, f'source "{record.slug}"', keep=("note",))

    def put_actor(self, record: ActorRecord) -> str:
        """Add an actor with its aliases; relations come later (`put_relations`), when all actors are known."""
        known_id = self.lookups.native("actor_id", record.native_ids)
        if known_id is None:
            found = self.lookups.actors(record.name)
            known_id = self.lookups.actor(record.name).id if found else None
        values: dict[str, Any] = {
            "name": record.name, "kind": record.kind, "country": record.country, "unnamed": False,
            "independent": record.independent, "description": record.description,
            "source_id": self._source_id(record.source),
        }  # fmt: skip
        if known_id is None:
            key = named_key("actor", record.name)
            known_id = self._insert(actor, {"key": key, **values})
            outcome = ADDED
        else:
            outcome = self._fill_actor(known_id, values, record.name)
        names = (AliasRecord(record.name), *record.aliases)
        changed = self._put_aliases(actor_alias, "actor_id", known_id, names)
        changed |= self.put_native_ids("actor_id", known_id, record.native_ids)
        if changed:
            self.lookups.forget()
            index_text(self.connection, EntryKind.ACTOR, known_id, self._names(actor_alias, "actor_id", known_id))
        return outcome if outcome != UNCHANGED or not changed else CHANGED

    def put_relations(self, name: str, relations: Iterable[RelationRecord]) -> bool:
        """Relate the actor `name` to others; return whether anything is new. Raises UnresolvedError."""
        changed = False
        actor_id = self.lookups.actor(name).id
        for relation in relations:
            values = {
                "actor_id": actor_id, "other_id": self.lookups.actor(relation.other).id, "kind": relation.kind,
                "since": relation.since or "", "until": relation.until or "",
                "since_day": parse_edtf(relation.since).first_day if relation.since else None,
                "until_day": parse_edtf(relation.until).last_day if relation.until else None,
                "source_id": self._source_id(relation.source),
            }  # fmt: skip
            since, until = values["since_day"], values["until_day"]
            if isinstance(since, int) and isinstance(until, int) and since > until:
                raise UnresolvedError(f'"{name}" is {relation.kind} "{relation.other}" since after it ended')
            if values["actor_id"] == values["other_id"]:
                raise UnresolvedError(f'"{name}" cannot be {relation.kind} itself')
            same = [actor_relation.c[column] == values[column] for column in ("actor_id", "other_id", "kind", "since")]
            known = self._row(actor_relation, *same)
            if known is None:
                self._insert(actor_relation, values)
                changed = True
        return changed

    def put_unnamed(self, values: dict[str, Any]) -> int:
        """Add a claimant without a name, which belongs to one event and source."""
        actor_id = self._insert(actor, {"unnamed": True, **values})
        self._put_aliases(actor_alias, "actor_id", actor_id, (AliasRecord(values["name"]),))
        return actor_id

    def relate(self, actor_id: int, other_id: int, kind: RelationKind) -> None:
        """Relate two actors without dates."""
        self._insert(
            actor_relation, {"actor_id": actor_id, "other_id": other_id, "kind": kind, "since": "", "until": ""}
        )

    def put_person(self, record: PersonRecord) -> str:
        """Add a person with aliases, or fill the blanks of a known one."""
        known_id = self.lookups.native("person_id", record.native_ids)
        if known_id is None:
            found = self.lookups.people(record.name)
            known_id = found[0].id if found else None
        values = {"name": record.name, "description": record.description, "source_id": self._source_id(record.source)}
        if known_id is None:
            known_id = self._insert(person, {"key": named_key("person", record.name), **values})
            outcome = ADDED
        else:
            row = self._row(person, person.c.id == known_id)
            del values["name"]
            outcome = self._fill_blanks(person, row, values, f'"{record.name}"', keep=("description", "source_id"))
        changed = self._put_aliases(person_alias, "person_id", known_id, (AliasRecord(record.name), *record.aliases))
        changed |= self.put_native_ids("person_id", known_id, record.native_ids)
        if changed:
            self.lookups.forget()
            index_text(self.connection, EntryKind.PERSON, known_id, self._names(person_alias, "person_id", known_id))
        return outcome if outcome != UNCHANGED or not changed else CHANGED

    def put_conflict(self, record: ConflictRecord) -> str:
        """Add a conflict, or the parent that a known one lacked."""
        parent_id = None
        if record.parent:
            if fold(record.parent) == fold(record.name):
                raise UnresolvedError(f'the conflict "{record.name}" cannot be part of itself')
            parent_id = self.lookups.conflict(record.parent)
            if parent_id is None:
                self.put_conflict(ConflictRecord(record.parent))
                parent_id = self.lookups.conflict(record.parent)
        known_id = self.lookups.conflict(record.name) or self.lookups.native("conflict_id", record.native_ids)
        values = {"parent_id": parent_id, "source_id": self._source_id(record.source)}
        if known_id is None:
            folded = fold(record.name) or record.name
            known_id = self._insert(conflict, {"name": record.name, "folded": folded, **values})
            index_text(self.connection, EntryKind.CONFLICT, known_id, [record.name])
            outcome = ADDED
        else:
            row = self._row(conflict, conflict.c.id == known_id)
            outcome = self._fill_blanks(conflict, row, values, f'conflict "{record.name}"', keep=("source_id",))
        self.put_native_ids("conflict_id", known_id, record.native_ids)
        return outcome

    def put_place(self, record: PlaceRecord) -> int:
        """Return the id of the place, adding it where it is new."""
        key = place_key(record)
        known: int | None = self.connection.scalar(select(place.c.id).where(place.c.key == key))
        if known is not None:
            return known
        values = asdict(record)
        values["source_id"] = self._source_id(values.pop("source"))
        area = fold(" ".join(filter(None, (record.admin1, record.admin2, record.country_name))))
        return self._insert(place, {"key": key, "folded": fold(record.name or ""), "area_folded": area, **values})

    def put_native_ids(self, column: str, row_id: int, native_ids: Iterable[str]) -> bool:
        """Attach native ids ("scheme:id") to a row. Raises UnresolvedError where one belongs to another row."""
        changed = False
        for text in native_ids:
            scheme, _, native_id = text.partition(":")
            row = self._row(external_id, external_id.c.scheme == scheme, external_id.c.native_id == native_id)
            if row is None:
                self._insert(external_id, {"scheme": scheme, "native_id": native_id, column: row_id})
                changed = True
            elif row[column] != row_id:
                raise UnresolvedError(f'the native id "{text}" belongs to another entry already')
        return changed

    def _fill_actor(self, actor_id: int, values: dict[str, Any], name: str) -> str:
        row = self._row(actor, actor.c.id == actor_id)
        assert row is not None
        if row["kind"] == ActorKind.UNKNOWN and values["kind"] != ActorKind.UNKNOWN:
            self.connection.execute(update(actor).where(actor.c.id == actor_id).values(kind=values["kind"]))
            return CHANGED
        if row["kind"] != values["kind"]:
            raise UnresolvedError(f'"{name}" is known as "{row["name"]}", a {row["kind"]}, not a {values["kind"]}')
        filled = {column: values[column] for column in ("country", "description", "source_id")}
        return self._fill_blanks(actor, row, filled, f'actor "{name}"', keep=("description", "source_id"))

    def _put_aliases(self, table: Table, column: str, row_id: int, aliases: Iterable[AliasRecord]) -> bool:
        known = set(self.connection.scalars(select(table.c.name).where(table.c[column] == row_id)))
        fresh = {alias.name: alias for alias in aliases if alias.name not in known}
        for alias in fresh.values():
            values = {column: row_id, "name": alias.name, "folded": fold(alias.name) or alias.name}
            self._insert(table, {**values, "language": alias.language, "source_id": self._source_id(alias.source)})
        return bool(fresh)

    def _fill_blanks(self, table: Table, row: Any, values: dict[str, Any], what: str, keep: tuple[str, ...]) -> str:
        """Fill the columns that are empty; a contradiction is an error, but for the columns of `keep`."""
        blanks = {column: value for column, value in values.items() if value is not None and row[column] is None}
        for column, value in values.items():
            if value is not None and row[column] not in (None, value) and column not in keep:
                raise UnresolvedError(f"{what} is known with another {column}: {row[column]!r}, not {value!r}")
        if not blanks:
            return UNCHANGED
        self.connection.execute(update(table).where(table.c.id == row["id"]).values(**blanks))
        return CHANGED

    def _names(self, table: Table, column: str, row_id: int) -> list[str]:
        return list(self.connection.scalars(select(table.c.name).where(table.c[column] == row_id)))

    def _source_id(self, slug: str | None) -> int | None:
        return self.lookups.source(slug) if slug else None

    def _row(self, table: Table, *conditions: Any) -> Any:
        return self.connection.execute(select(table).where(*conditions)).mappings().first()

    def _insert(self, table: Table, values: dict[str, Any]) -> int:
        result = self.connection.execute(insert(table).values(import_run_id=self.run_id, **values))
        assert result.inserted_primary_key is not None
        return int(result.inserted_primary_key[0])


def _source_words(record: SourceRecord) -> list[str]:
    return [text for text in (record.title, record.publisher, record.author, record.url) if text]
