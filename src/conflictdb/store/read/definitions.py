"""Read an event, and what it refers to, back as the records that an importer would hand over for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields

from sqlalchemy import Connection, RowMapping, Table, or_, select, union

from conflictdb.domain.records import (
    ActorRecord,
    AliasRecord,
    ClaimRecord,
    CombatantRecord,
    ConflictRecord,
    EventRecord,
    LinkRecord,
    PersonRecord,
    PlaceRecord,
    RelationRecord,
    SourceRecord,
    TimelineRecord,
    UnnamedRecord,
)
from conflictdb.domain.stake import UPWARD
from conflictdb.domain.vocabulary import RelationKind
from conflictdb.store.read.events import read_native_ids, read_timeline
from conflictdb.store.tables import (
    actor,
    actor_alias,
    actor_relation,
    claim,
    claim_link,
    combatant,
    conflict,
    event,
    person,
    person_alias,
    place,
    source,
)

_EVENT = ("slug", "name", "type", "subtype", "date", "start_time", "end_time", "time_zone", "summary")
_SOURCE = tuple(field.name for field in fields(SourceRecord))
_PLACE = tuple(field.name for field in fields(PlaceRecord) if field.name != "source")
_CLAIM = tuple(field.name for field in fields(ClaimRecord) if field.name in claim.c)
_fighter = actor.alias("fighter")
_whole = claim.alias("whole")


def read_event_record(connection: Connection, event_id: int) -> EventRecord:
    """Read an event without its claims."""
    statement = (
        select(event, conflict.c.name.label("conflict"), actor.c.name.label("claimant"), source.c.slug.label("source"))
        .outerjoin(conflict, conflict.c.id == event.c.conflict_id)
        .outerjoin(actor, actor.c.id == event.c.claimant_id)
        .outerjoin(source, source.c.id == event.c.source_id)
        .where(event.c.id == event_id)
    )
    row = connection.execute(statement).mappings().one()
    fighters = (
        select(actor.c.name, combatant.c.side, combatant.c.role, combatant.c.unit)
        .join(combatant, combatant.c.actor_id == actor.c.id)
        .where(combatant.c.event_id == event_id)
        .order_by(combatant.c.side, combatant.c.id)
    )
    return EventRecord(
        path="", **{name: row[name] for name in (*_EVENT, "conflict", "claimant", "source")},
        place=_read_places(connection, [row["place_id"]]).get(row["place_id"]),
        native_ids=read_native_ids(connection, [event_id])[event_id],
        combatants=tuple(CombatantRecord(*each) for each in connection.execute(fighters)),
        timeline=tuple(
            TimelineRecord(each.date, each.text, each.source, each.time, each.locator)
            for each in read_timeline(connection, event_id)
        ),
    )  # fmt: skip


def read_claim_records(connection: Connection, event_id: int) -> dict[str, ClaimRecord]:
    """Read the claims of an event by key, in the order in which they were first made, without the withdrawn ones.

    Of a corrected claim it is the newest revision. Links and `part_of` hold keys; links to a revision that is itself
    corrected are left out.
    """
    statement = (
        select(
            claim, actor.c.name.label("speaker"), actor.c.kind.label("speaker_kind"), actor.c.unnamed,
            actor.c.independent, source.c.slug.label("source"), person.c.name.label("person"),
            _fighter.c.name.label("combatant"), _whole.c.key.label("whole"),
        )
        .join(actor, actor.c.id == claim.c.claimant_id)
        .join(source, source.c.id == claim.c.source_id)
        .outerjoin(combatant, combatant.c.id == claim.c.combatant_id)
        .outerjoin(_fighter, _fighter.c.id == combatant.c.actor_id)
        .outerjoin(person, person.c.id == claim.c.person_id)
        .outerjoin(_whole, _whole.c.id == claim.c.part_of_id)
        .where(claim.c.event_id == event_id)
        .order_by(claim.c.id)
    )  # fmt: skip
    newest: dict[str, RowMapping | None] = {}
    for row in connection.execute(statement).mappings():
        newest[row["key"]] = row if row["withdrawn_on"] is None else newest.get(row["key"])
    rows = [row for row in newest.values() if row is not None]
    links = _read_links(connection, event_id, {row["id"]: row["key"] for row in rows})
    places = _read_places(connection, [row["place_id"] for row in rows])
    parents = _read_parents(connection, [row["claimant_id"] for row in rows if row["unnamed"]])
    return {
        row["key"]: ClaimRecord(
            **{name: row[name] for name in (*_CLAIM, "source", "person", "combatant")},
            claimant=_speaker(row, parents), part_of=row["whole"], place=places.get(row["place_id"]),
            statement_id=(row["native_id"] or "").partition("/")[0] or None, links=links[row["id"]],
        )
        for row in rows
    }  # fmt: skip


def read_withdrawn_ids(connection: Connection, event_id: int) -> set[str]:
    """Read which ids of statements an event has withdrawn claims of."""
    statement = select(claim.c.native_id).where(
        claim.c.event_id == event_id, claim.c.native_id.is_not(None), claim.c.withdrawn_on.is_not(None)
    )
    return {str(native_id).partition("/")[0] for native_id in connection.scalars(statement)}


def read_source_records(connection: Connection, slugs: Iterable[str]) -> list[SourceRecord]:
    """Read documents, in the order in which they were added."""
    statement = select(*(source.c[name] for name in _SOURCE)).where(source.c.slug.in_(list(slugs)))
    return [SourceRecord(*row) for row in connection.execute(statement.order_by(source.c.id))]


def read_conflict_records(connection: Connection, event_id: int) -> list[ConflictRecord]:
    """Read the conflict of an event and those that it is part of, the outermost first."""
    parent = conflict.alias("parent")
    found: dict[int, ConflictRecord] = {}
    next_id = connection.scalar(select(event.c.conflict_id).where(event.c.id == event_id))
    while next_id is not None and next_id not in found:
        statement = (
            select(conflict.c.name, parent.c.name.label("part_of"), source.c.slug, conflict.c.parent_id)
            .outerjoin(parent, parent.c.id == conflict.c.parent_id)
            .outerjoin(source, source.c.id == conflict.c.source_id)
            .where(conflict.c.id == next_id)
        )
        row = connection.execute(statement).one()
        native_ids = read_native_ids(connection, [next_id], "conflict_id")[next_id]
        found[next_id] = ConflictRecord(row.name, row.part_of, native_ids, row.slug)
        next_id = row.parent_id
    return list(found.values())[::-1]


def read_actor_records(connection: Connection, event_id: int) -> list[ActorRecord]:
    """Read who fights or states something in an event, what they are part of or became, and whom else they name."""
    mine = event.c.id == event_id
    speakers = select(claim.c.claimant_id).where(claim.c.event_id == event_id, claim.c.withdrawn_on.is_(None))
    fighters = select(combatant.c.actor_id).where(combatant.c.event_id == event_id)
    voice = select(event.c.claimant_id).where(mine, event.c.claimant_id.is_not(None))
    lineage = {int(each) for each in connection.scalars(union(speakers, fighters, voice))}
    fresh = lineage
    while fresh:
        above = select(actor_relation.c.other_id).where(
            actor_relation.c.actor_id.in_(fresh), actor_relation.c.kind.in_(UPWARD)
        )
        fresh = set(connection.scalars(above)) - lineage
        lineage |= fresh
    others = select(actor_relation.c.other_id).where(actor_relation.c.actor_id.in_(lineage))
    statement = (
        select(actor, source.c.slug.label("source"))
        .outerjoin(source, source.c.id == actor.c.source_id)
        .where(or_(actor.c.id.in_(lineage), actor.c.id.in_(others)), actor.c.unnamed.is_(False))
        .order_by(actor.c.id)
    )
    rows = connection.execute(statement).mappings().all()
    ids = [row["id"] for row in rows]
    aliases = _read_aliases(connection, actor_alias, "actor_id", ids)
    relations = _read_relations(connection, lineage)
    native_ids = read_native_ids(connection, ids, "actor_id")
    return [
        ActorRecord(
            row["name"], row["kind"], row["country"], row["description"], row["independent"],
            _others(row, aliases), relations[row["id"]], native_ids[row["id"]], row["source"],
        )
        for row in rows
    ]  # fmt: skip


def read_person_records(connection: Connection, event_id: int) -> list[PersonRecord]:
    """Read the people whom claims of an event name."""
    named = select(claim.c.person_id).where(claim.c.event_id == event_id, claim.c.withdrawn_on.is_(None))
    statement = (
        select(person, source.c.slug.label("source"))
        .outerjoin(source, source.c.id == person.c.source_id)
        .where(person.c.id.in_(named))
        .order_by(person.c.id)
    )
    rows = connection.execute(statement).mappings().all()
    ids = [row["id"] for row in rows]
    aliases = _read_aliases(connection, person_alias, "person_id", ids)
    native_ids = read_native_ids(connection, ids, "person_id")
    return [
        PersonRecord(row["name"], row["description"], _others(row, aliases), native_ids[row["id"]], row["source"])
        for row in rows
    ]


def _speaker(row: RowMapping, parents: dict[int, str]) -> str | UnnamedRecord:
    if row["unnamed"]:
        return UnnamedRecord(row["speaker"], row["speaker_kind"], parents.get(row["claimant_id"]), row["independent"])
    return str(row["claimant_name"] or row["speaker"])


def _others(row: RowMapping, aliases: dict[int, list[AliasRecord]]) -> tuple[AliasRecord, ...]:
    return tuple(each for each in aliases[row["id"]] if each.name != row["name"])


def _read_links(connection: Connection, event_id: int, keys: dict[int, str]) -> dict[int, tuple[LinkRecord, ...]]:
    """Read the links between the claims of these ids and keys."""
    statement = select(claim_link).where(claim_link.c.event_id == event_id, claim_link.c.withdrawn_on.is_(None))
    found: dict[int, tuple[LinkRecord, ...]] = defaultdict(tuple)
    for link in connection.execute(statement.order_by(claim_link.c.id)):
        if link.from_claim_id in keys and link.to_claim_id in keys:
            found[link.from_claim_id] += (LinkRecord(link.kind, keys[link.to_claim_id], link.note),)
    return found


def _read_places(connection: Connection, ids: Iterable[int | None]) -> dict[int | None, PlaceRecord]:
    statement = (
        select(place.c.id, *(place.c[name] for name in _PLACE), source.c.slug)
        .outerjoin(source, source.c.id == place.c.source_id)
        .where(place.c.id.in_({each for each in ids if each is not None}))
    )
    return {place_id: PlaceRecord(*values) for place_id, *values in connection.execute(statement)}


def _read_parents(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """Read what claimants without a name are part of."""
    statement = (
        select(actor_relation.c.actor_id, actor.c.name)
        .join(actor, actor.c.id == actor_relation.c.other_id)
        .where(actor_relation.c.actor_id.in_(list(ids)), actor_relation.c.kind == RelationKind.PART_OF)
    )
    return dict(connection.execute(statement).all())


def _read_aliases(connection: Connection, table: Table, column: str, ids: list[int]) -> dict[int, list[AliasRecord]]:
    statement = (
        select(table.c[column], table.c.name, table.c.language, source.c.slug)
        .outerjoin(source, source.c.id == table.c.source_id)
        .where(table.c[column].in_(ids))
        .order_by(table.c.id)
    )
    found: dict[int, list[AliasRecord]] = defaultdict(list)
    for row_id, *values in connection.execute(statement):
        found[row_id].append(AliasRecord(*values))
    return found


def _read_relations(connection: Connection, ids: Iterable[int]) -> dict[int, tuple[RelationRecord, ...]]:
    relation = actor_relation.c
    statement = (
        select(relation.actor_id, relation.kind, actor.c.name, relation.since, relation.until, source.c.slug)
        .join(actor, actor.c.id == relation.other_id)
        .outerjoin(source, source.c.id == relation.source_id)
        .where(relation.actor_id.in_(list(ids)))
        .order_by(relation.id)
    )
    found: dict[int, tuple[RelationRecord, ...]] = defaultdict(tuple)
    for actor_id, kind, other, since, until, slug in connection.execute(statement):
        found[actor_id] += (RelationRecord(kind, other, since or None, until or None, slug),)
    return found
