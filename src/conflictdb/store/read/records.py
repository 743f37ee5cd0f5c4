"""Read events and their claims back as the records that an importer would hand over for them, a batch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, RowMapping, func, or_, select

from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.records import (
    ClaimRecord,
    CombatantRecord,
    EventRecord,
    LinkRecord,
    PlaceRecord,
    TimelineRecord,
    UnnamedRecord,
)
from conflictdb.domain.vocabulary import RelationKind
from conflictdb.store.batch import among
from conflictdb.store.read.events import read_native_ids, read_timelines
from conflictdb.store.read.export import read_fighters
from conflictdb.store.read.known import stated_by
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
    place,
    source,
)

Ids = Sequence[int]
Spoken = Mapping[int, str]
"""What a document calls actors whose main name it would take for another's, or for something else, by our id."""

_EVENT = (
    "key", "slug", "name", "type", "subtype", "date", "date_precision", "start_time", "end_time", "time_zone",
    "summary",
)  # fmt: skip
_PLACE = tuple(field.name for field in fields(PlaceRecord) if field.name != "source")
_CLAIM = tuple(field.name for field in fields(ClaimRecord) if field.name in claim.c)
_fighter = actor.alias("fighter")
_whole = claim.alias("whole")


def read_spoken(connection: Connection, is_name: Callable[[str], bool], not_names: Iterable[str]) -> dict[int, str]:
    """Return what to call the actors whose main name does not do: it is also another's, or is not read as a name.

    Another of their names is chosen, else a native id. `not_names` holds the folded words for which `is_name` is false,
    but those that begin with "side ".
    """
    folded = actor_alias.c.folded
    shared = select(folded).group_by(folded).having(func.count(actor_alias.c.actor_id.distinct()) > 1)
    both = set(connection.scalars(shared))
    odd = or_(folded.in_(shared), folded.in_(list(not_names)), folded.like("side %"))
    wanted = select(actor_alias.c.actor_id).where(odd)
    statement = (
        select(actor.c.id, actor.c.name, actor_alias.c.name, folded)
        .join(actor, actor.c.id == actor_alias.c.actor_id)
        .where(actor.c.id.in_(wanted), actor.c.unnamed.is_(False))
        .order_by(actor.c.id, actor_alias.c.id)
    )
    names: dict[int, list[str]] = {}
    main = {}
    for actor_id, name, alias, text in connection.execute(statement):
        main[actor_id] = name
        found = names.setdefault(actor_id, [])
        if text not in both and is_name(alias):
            found.append(alias)
    numbers = read_native_ids(connection, list(names), "actor_id")
    return {
        actor_id: next(iter((*found, *numbers[actor_id])), main[actor_id])
        for actor_id, found in names.items()
        if main[actor_id] not in found
    }


def read_event_records(
    connection: Connection, ids: Ids, spoken: Spoken, knowledge: Knowledge | None = None
) -> dict[int, EventRecord]:
    """Read events without their claims; with `knowledge`, their timelines up to its day."""
    statement = (
        select(event, conflict.c.name.label("conflict"), actor.c.name.label("claimant"), source.c.slug.label("source"))
        .outerjoin(conflict, conflict.c.id == event.c.conflict_id)
        .outerjoin(actor, actor.c.id == event.c.claimant_id)
        .outerjoin(source, source.c.id == event.c.source_id)
        .where(among(event.c.id))
    )
    rows = connection.execute(statement, {"ids": ids}).mappings().all()
    fighters, timelines = read_fighters(connection, ids), read_timelines(connection, ids, knowledge)
    native_ids = read_native_ids(connection, ids)
    places = _read_places(connection, [row["place_id"] for row in rows])
    return {
        row["id"]: EventRecord(
            path="", **{name: row[name] for name in (*_EVENT, "conflict", "source")},
            claimant=spoken.get(row["claimant_id"], row["claimant"]),
            place=places.get(row["place_id"]), native_ids=native_ids[row["id"]],
            combatants=tuple(
                CombatantRecord(spoken.get(each.actor_id, each.actor), each.side, each.role, each.unit)  # type: ignore[arg-type]
                for each in fighters.get(row["id"], ())
            ),
            timeline=tuple(
                TimelineRecord(each.date, each.text, each.source, each.time, each.locator)
                for each in timelines.get(row["id"], ())
            ),
        )
        for row in rows
    }  # fmt: skip


def read_claim_records(
    connection: Connection, ids: Ids, spoken: Spoken, knowledge: Knowledge | None = None
) -> dict[int, dict[str, ClaimRecord]]:
    """Read the claims of events by key, in the order in which they were first made, without the withdrawn ones.

    Of a corrected claim it is the newest revision. Links and `part_of` hold keys; links to a revision that is itself
    corrected are left out. With `knowledge`, claims that had been stated by then, as they stood then.
    """
    newest: dict[str, RowMapping | None] = {}
    statement = _select_claims().where(*([] if knowledge is None else [stated_by(claim, knowledge)]))
    for row in connection.execute(statement, {"ids": ids}).mappings():
        on = row["withdrawn_on"]
        stands = on is None or (knowledge is not None and on > knowledge.iso)
        newest[row["key"]] = row if stands else newest.get(row["key"])
    rows = [row for row in newest.values() if row is not None]
    links = _read_links(connection, ids, {row["id"]: row["key"] for row in rows})
    places = _read_places(connection, [row["place_id"] for row in rows])
    parents = _read_parents(connection, [row["claimant_id"] for row in rows if row["unnamed"]])
    found: dict[int, dict[str, ClaimRecord]] = {event_id: {} for event_id in ids}
    for row in rows:
        found[row["event_id"]][row["key"]] = ClaimRecord(
            **{name: row[name] for name in (*_CLAIM, "source", "person")},
            combatant=spoken.get(row["fighter_id"], row["combatant"]), claimant=_speaker(row, parents, spoken),
            part_of=row["whole"], place=places.get(row["place_id"]),
            statement_id=(row["native_id"] or "").partition("/")[0] or None, links=links[row["id"]],
        )  # fmt: skip
    return found


def _select_claims() -> Any:
    return (
        select(
            claim, actor.c.name.label("speaker"), actor.c.kind.label("speaker_kind"), actor.c.unnamed,
            actor.c.independent, source.c.slug.label("source"), person.c.name.label("person"),
            _fighter.c.name.label("combatant"), _fighter.c.id.label("fighter_id"), _whole.c.key.label("whole"),
        )
        .join(actor, actor.c.id == claim.c.claimant_id)
        .join(source, source.c.id == claim.c.source_id)
        .outerjoin(combatant, combatant.c.id == claim.c.combatant_id)
        .outerjoin(_fighter, _fighter.c.id == combatant.c.actor_id)
        .outerjoin(person, person.c.id == claim.c.person_id)
        .outerjoin(_whole, _whole.c.id == claim.c.part_of_id)
        .where(among(claim.c.event_id))
        .order_by(claim.c.event_id, claim.c.id)
    )  # fmt: skip


def read_withdrawn_ids(connection: Connection, ids: Ids) -> dict[int, set[str]]:
    """Read which ids of statements events have withdrawn claims of."""
    statement = select(claim.c.event_id, claim.c.native_id).where(
        among(claim.c.event_id), claim.c.native_id.is_not(None), claim.c.withdrawn_on.is_not(None)
    )
    found: dict[int, set[str]] = defaultdict(set)
    for event_id, native_id in connection.execute(statement, {"ids": ids}):
        found[event_id].add(str(native_id).partition("/")[0])
    return found


def _speaker(row: RowMapping, parents: dict[int, str], spoken: Spoken) -> str | UnnamedRecord:
    if row["unnamed"]:
        return UnnamedRecord(row["speaker"], row["speaker_kind"], parents.get(row["claimant_id"]), row["independent"])
    return str(row["claimant_name"] or spoken.get(row["claimant_id"], row["speaker"]))


def _read_links(connection: Connection, ids: Ids, keys: dict[int, str]) -> dict[int, tuple[LinkRecord, ...]]:
    """Read the links between the claims of these events; `keys` are theirs by id."""
    statement = select(claim_link).where(among(claim_link.c.event_id), claim_link.c.withdrawn_on.is_(None))
    found: dict[int, tuple[LinkRecord, ...]] = defaultdict(tuple)
    for link in connection.execute(statement.order_by(claim_link.c.id), {"ids": ids}):
        if link.from_claim_id in keys and link.to_claim_id in keys:
            found[link.from_claim_id] += (LinkRecord(link.kind, keys[link.to_claim_id], link.note),)
    return found


def _read_places(connection: Connection, ids: Iterable[int | None]) -> dict[int | None, PlaceRecord]:
    known = list({each for each in ids if each is not None})
    statement = (
        select(place.c.id, *(place.c[name] for name in _PLACE), source.c.slug)
        .outerjoin(source, source.c.id == place.c.source_id)
        .where(among(place.c.id))
    )
    return {place_id: PlaceRecord(*values) for place_id, *values in connection.execute(statement, {"ids": known})}


def _read_parents(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """Read what claimants without a name are part of."""
    statement = (
        select(actor_relation.c.actor_id, actor.c.name)
        .join(actor, actor.c.id == actor_relation.c.other_id)
        .where(among(actor_relation.c.actor_id), actor_relation.c.kind == RelationKind.PART_OF)
    )
    return dict(connection.execute(statement, {"ids": list(ids)}).all())
