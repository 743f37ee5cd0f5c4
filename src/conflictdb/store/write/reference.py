"""Add actors, people, conflicts and places. Blanks are filled; what stands is never replaced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Table, select, update

from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.folding import fold
from conflictdb.domain.keys import content_key, named_key, place_key
from conflictdb.domain.records import (
    ActorRecord,
    AliasRecord,
    ConflictRecord,
    PersonRecord,
    PlaceRecord,
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
)
from conflictdb.store.write.lookups import Found, UnresolvedError
from conflictdb.store.write.rows import ADDED, CHANGED, UNCHANGED
from conflictdb.store.write.sources import SourceWriter


class ReferenceWriter(SourceWriter):
    """Writes what events refer to, for one import run. Methods return "added", "changed" or "unchanged"."""

    def put_actor(self, record: ActorRecord, *, coded: bool = False) -> str:
        """Add an actor with its aliases; relations come later (`put_relations`), when all actors are known.

        A dataset (`coded`) names whom it means by number, and its coding of kinds is not ours: a known kind stays,
        and a name that may be several actors' is a further one.
        """
        known_id = self.find_actor(record, coded=coded)
        values: dict[str, Any] = {
            "name": record.name, "kind": record.kind, "country": record.country, "unnamed": False,
            "independent": record.independent, "description": record.description,
            "source_id": self.source_id(record.source),
        }  # fmt: skip
        if known_id is None:
            known_id = self.add_row(actor, {"key": self._new_actor_key(record), **values})
            outcome = ADDED
        else:
            outcome = self._fill_actor(known_id, values, record.name, keep_kind=coded)
        names = (AliasRecord(record.name), *record.aliases)
        changed = self._put_aliases(actor_alias, "actor_id", known_id, names)
        changed |= self.put_native_ids("actor_id", known_id, record.native_ids, coded=coded)
        if changed:
            self.lookups.forget()
            index_text(self.connection, EntryKind.ACTOR, known_id, self._names(actor_alias, "actor_id", known_id))
        return outcome if outcome != UNCHANGED or not changed else CHANGED

    def put_coded_actor(self, record: ActorRecord) -> tuple[str, Found]:
        """Add an actor of a dataset; return what became of it, and its row."""
        outcome = self.put_actor(record, coded=True)
        actor_id = self.find_actor(record, coded=True)
        assert actor_id is not None
        return outcome, self.lookups.actor_row(actor_id)

    def find_actor(self, record: ActorRecord, *, coded: bool = False) -> int | None:
        """Return the id of the actor that a record means: by native id, then by its exact folded name; never by guess.

        An actor of that name with another number in the same dataset is another actor. Raises UnresolvedError where
        a name may be several actors', but not for a dataset.
        """
        known_id = self.lookups.native("actor_id", record.native_ids)
        if known_id is not None:
            return known_id
        found = [
            each for each in self.lookups.actors(record.name) if not self._is_numbered("actor_id", each.id, record)
        ]
        if len(found) < 2:
            return found[0].id if found else None
        if not coded:
            return self.lookups.actor(record.name).id  # which says whom it may be
        return self.connection.scalar(select(actor.c.id).where(actor.c.key == self._new_actor_key(record)))

    def _is_numbered(self, column: str, row_id: int, record: ActorRecord | ConflictRecord) -> bool:
        """Return whether a row has a number in a dataset in which the record has one too, which is another."""
        schemes = [native_id.partition(":")[0] for native_id in record.native_ids]
        held = external_id.c[column] == row_id, external_id.c.scheme.in_(schemes)
        return bool(schemes) and self.connection.scalar(select(external_id.c.id).where(*held).limit(1)) is not None

    def _new_actor_key(self, record: ActorRecord) -> str:
        """Return the key of an actor to be added: of its name, or of its number where the name has an actor already.

        Without a number it is one more of that name, and not the first of them.
        """
        key = named_key("actor", record.name)
        if not self.lookups.actors(record.name) and self.find_row(actor, actor.c.key == key) is None:
            return key
        number = next(iter(record.native_ids), None)
        return content_key("actor", number) if number else content_key("actor", "another", fold(record.name))

    def put_relations(self, record: ActorRecord) -> bool:
        """Relate an actor to others; return whether anything is new. Raises UnresolvedError."""
        changed = False
        name = record.name
        actor_id = self.lookups.native("actor_id", record.native_ids) or self.lookups.actor(name).id
        for relation in record.relations:
            values = {
                "actor_id": actor_id, "other_id": self.lookups.actor(relation.other).id, "kind": relation.kind,
                "since": relation.since or "", "until": relation.until or "",
                "since_day": parse_edtf(relation.since).first_day if relation.since else None,
                "until_day": parse_edtf(relation.until).last_day if relation.until else None,
                "source_id": self.source_id(relation.source),
            }  # fmt: skip
            since, until = values["since_day"], values["until_day"]
            if isinstance(since, int) and isinstance(until, int) and since > until:
                raise UnresolvedError(f'"{name}" is {relation.kind} "{relation.other}" since after it ended')
            if values["actor_id"] == values["other_id"]:
                raise UnresolvedError(f'"{name}" cannot be {relation.kind} itself')
            same = [actor_relation.c[column] == values[column] for column in ("actor_id", "other_id", "kind", "since")]
            known = self.find_row(actor_relation, *same)
            if known is None:
                self.add_row(actor_relation, values)
                changed = True
        return changed

    def put_unnamed(self, values: dict[str, Any]) -> int:
        """Add a claimant without a name, which belongs to one event and source."""
        actor_id = self.add_row(actor, {"unnamed": True, **values})
        self._put_aliases(actor_alias, "actor_id", actor_id, (AliasRecord(values["name"]),))
        return actor_id

    def relate(self, actor_id: int, other_id: int, kind: RelationKind) -> None:
        """Relate two actors without dates."""
        self.add_row(
            actor_relation, {"actor_id": actor_id, "other_id": other_id, "kind": kind, "since": "", "until": ""}
        )

    def put_person(self, record: PersonRecord) -> str:
        """Add a person with aliases, or fill the blanks of a known one."""
        known_id = self.lookups.native("person_id", record.native_ids)
        if known_id is None:
            found = self.lookups.people(record.name)
            known_id = found[0].id if found else None
        values = {"name": record.name, "description": record.description, "source_id": self.source_id(record.source)}
        if known_id is None:
            known_id = self.add_row(person, {"key": named_key("person", record.name), **values})
            outcome = ADDED
        else:
            row = self.find_row(person, person.c.id == known_id)
            del values["name"]
            outcome = self.fill_blanks(person, row, values, f'"{record.name}"', keep=("description", "source_id"))
        changed = self._put_aliases(person_alias, "person_id", known_id, (AliasRecord(record.name), *record.aliases))
        changed |= self.put_native_ids("person_id", known_id, record.native_ids)
        if changed:
            self.lookups.forget()
            index_text(self.connection, EntryKind.PERSON, known_id, self._names(person_alias, "person_id", known_id))
        return outcome if outcome != UNCHANGED or not changed else CHANGED

    def put_conflict(self, record: ConflictRecord, *, coded: bool = False) -> str:
        """Add a conflict, or the parent that a known one lacked; a dataset (`coded`) moves none to another parent.

        Raises UnresolvedError where conflicts would contain each other; a dataset leaves that parent out.
        """
        parent_id = None
        if record.parent:
            if fold(record.parent) == fold(record.name):
                raise UnresolvedError(f'the conflict "{record.name}" cannot be part of itself')
            parent_id = self.lookups.conflict(record.parent)
            if parent_id is None:
                self.put_conflict(ConflictRecord(record.parent))
                parent_id = self.lookups.conflict(record.parent)
        known_id, name = self._known_conflict(record)
        if known_id is not None and parent_id is not None and self._is_within(parent_id, known_id):
            if not coded:
                raise UnresolvedError(f'the conflict "{record.parent}" is part of "{record.name}" itself')
            parent_id = None
        values = {"parent_id": parent_id, "source_id": self.source_id(record.source)}
        if known_id is None:
            known_id = self.add_row(conflict, {"name": name, "folded": fold(name) or name, **values})
            index_text(self.connection, EntryKind.CONFLICT, known_id, [name])
            outcome = ADDED
        else:
            row = self.find_row(conflict, conflict.c.id == known_id)
            keep = ("parent_id", "source_id") if coded else ("source_id",)
            outcome = self.fill_blanks(conflict, row, values, f'conflict "{record.name}"', keep=keep)
        self.put_native_ids("conflict_id", known_id, record.native_ids, coded=coded)
        return outcome

    def _is_within(self, conflict_id: int | None, other_id: int) -> bool:
        """Return whether a conflict is another one, or part of it."""
        while conflict_id not in (None, other_id):
            conflict_id = self.connection.scalar(select(conflict.c.parent_id).where(conflict.c.id == conflict_id))
        return conflict_id is not None

    def _known_conflict(self, record: ConflictRecord) -> tuple[int | None, str]:
        """Return the id of the conflict that a record means, if it is known, and the name for it.

        Two conflicts of one dataset may have one name; the second to come has its number in its name.
        """
        known_id = self.lookups.native("conflict_id", record.native_ids)
        if known_id is not None:
            return known_id, record.name
        known_id = self.lookups.conflict(record.name)
        if known_id is None or not self._is_numbered("conflict_id", known_id, record):
            return known_id, record.name
        return None, f"{record.name} ({record.native_ids[0]})"

    def put_place(self, record: PlaceRecord) -> int:
        """Return the id of the place, adding it where it is new."""
        key = place_key(record)
        known: int | None = self.connection.scalar(select(place.c.id).where(place.c.key == key))
        if known is not None:
            return known
        values = asdict(record)
        values["source_id"] = self.source_id(values.pop("source"))
        area = fold(" ".join(filter(None, (record.admin1, record.admin2, record.country_name))))
        return self.add_row(place, {"key": key, "folded": fold(record.name or ""), "area_folded": area, **values})

    def put_native_ids(self, column: str, row_id: int, native_ids: Iterable[str], *, coded: bool = False) -> bool:
        """Attach native ids ("scheme:id") to a row.

        Raises UnresolvedError where one belongs to another row; a dataset (`coded`) leaves it there.
        """
        changed = False
        for text in native_ids:
            scheme, _, native_id = text.partition(":")
            row = self.find_row(external_id, external_id.c.scheme == scheme, external_id.c.native_id == native_id)
            if row is None:
                self.add_row(external_id, {"scheme": scheme, "native_id": native_id, column: row_id})
                changed = True
            elif row[column] != row_id and not coded:
                raise UnresolvedError(f'the native id "{text}" belongs to another entry already')
        return changed

    def _fill_actor(self, actor_id: int, values: dict[str, Any], name: str, *, keep_kind: bool) -> str:
        row = self.find_row(actor, actor.c.id == actor_id)
        assert row is not None
        if row["kind"] == ActorKind.UNKNOWN and values["kind"] != ActorKind.UNKNOWN:
            self.connection.execute(update(actor).where(actor.c.id == actor_id).values(kind=values["kind"]))
            return CHANGED
        if values["kind"] not in (ActorKind.UNKNOWN, row["kind"]) and not keep_kind:
            raise UnresolvedError(f'"{name}" is known as "{row["name"]}", a {row["kind"]}, not a {values["kind"]}')
        filled = {column: values[column] for column in ("country", "description", "source_id")}
        keep = ("country", "description", "source_id") if keep_kind else ("description", "source_id")
        return self.fill_blanks(actor, row, filled, f'actor "{name}"', keep=keep)

    def _put_aliases(self, table: Table, column: str, row_id: int, aliases: Iterable[AliasRecord]) -> bool:
        known = set(self.connection.scalars(select(table.c.name).where(table.c[column] == row_id)))
        fresh = {alias.name: alias for alias in aliases if alias.name not in known}
        for alias in fresh.values():
            values = {column: row_id, "name": alias.name, "folded": fold(alias.name) or alias.name}
            values |= {"since": alias.since, "until": alias.until} if table is actor_alias else {}
            self.add_row(table, {**values, "language": alias.language, "source_id": self.source_id(alias.source)})
        return bool(fresh)

    def _names(self, table: Table, column: str, row_id: int) -> list[str]:
        return list(self.connection.scalars(select(table.c.name).where(table.c[column] == row_id)))
