"""Read what exports need, for two thousand events at a time: each question is one statement for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, Text, and_, bindparam, cast, func, or_, select

from conflictdb.domain.vocabulary import ActorKind, ClaimKind, LinkKind
from conflictdb.store.batch import among, fetch
from conflictdb.store.tables import (
    actor,
    claim,
    claim_link,
    combatant,
    conflict,
    event,
    external_id,
    original,
    place,
    timeline_entry,
)

BATCH = 2048
"""Events that are read together."""

Ids = Sequence[int]


class Fighter(NamedTuple):
    """An actor's part in an event."""

    id: int
    actor_id: int
    actor: str
    kind: str
    side: int
    role: str
    unit: str | None


def _by_side(fighter: Fighter) -> tuple[int, int]:
    return fighter.side, fighter.id


class Further(NamedTuple):
    """A claim that a dataset's own row does not hold."""

    kind: str
    claimant_id: int
    recorder: bool
    metric: str | None
    item: str | None
    fate: str | None
    lower: int | None
    upper: int | None
    qualifier: str | None
    group: str | None
    subject_kind: str | None
    attribute: str | None
    ended: bool


@cache
def _events() -> Select[Any]:
    names = ("slug", "name", "type", "subtype", "date", "date_precision", "first_day", "last_day", "start_time")
    more = ("end_time", "time_zone", "summary")
    return (
        select(
            event.c.id, *(event.c[name] for name in (*names, *more)), event.c.conflict_id,
            conflict.c.name.label("conflict"), place.c.name.label("place"), place.c.admin1, place.c.admin2,
            place.c.country, place.c.country_name, place.c.latitude, place.c.longitude,
            place.c.precision.label("place_precision"),
        )
        .outerjoin(conflict, conflict.c.id == event.c.conflict_id)
        .outerjoin(place, place.c.id == event.c.place_id)
        .where(among(event.c.id))
    )  # fmt: skip


def read_described(connection: Connection, ids: Ids) -> dict[int, Row[Any]]:
    """Read the events themselves, with place and conflict."""
    return {row.id: row for row in connection.execute(_events(), {"ids": ids})}


@cache
def _slugs() -> Select[Any]:
    return select(event.c.id, event.c.slug).where(among(event.c.id))


def read_slugs(connection: Connection, ids: Ids) -> dict[int, str]:
    """Read what the events are called."""
    return dict(connection.execute(_slugs(), {"ids": ids}).all())


@cache
def _fighters() -> Select[Any]:
    return (
        select(combatant.c.event_id, combatant.c.id, actor.c.id, actor.c.name, actor.c.kind, combatant.c.side,
               combatant.c.role, combatant.c.unit)
        .join(actor, actor.c.id == combatant.c.actor_id)
        .where(among(combatant.c.event_id))
    )  # fmt: skip


def read_fighters(connection: Connection, ids: Ids) -> dict[int, list[Fighter]]:
    """Read who fought, side by side."""
    found: dict[int, list[Fighter]] = defaultdict(list)
    for event_id, *values in connection.execute(_fighters(), {"ids": ids}).all():
        found[event_id].append(Fighter(*values))
    for fighters in found.values():
        if len(fighters) > 1:
            fighters.sort(key=_by_side)
    return found


@cache
def _rows_of() -> Select[Any]:
    known = external_id.c
    return (
        select(known.id, known.event_id, known.scheme, original.c.id, cast(original.c.cells, Text))
        .join(original, original.c.external_id_id == known.id)
        .where(among(known.event_id), known.withdrawn_on.is_(None))
        .where(or_(known.digest.is_(None), original.c.digest == known.digest))
    )


def read_own_rows(connection: Connection, scheme: str, ids: Ids) -> dict[int, list[str]]:
    """Read the newest rows that a dataset has of these events, but those that it has withdrawn.

    Each is JSON: the cells that are not blank, by column. Scheme and order are decided here: asked for them, SQLite
    begins with all rows of the dataset, for every batch again.
    """
    rows = [row for row in fetch(connection, _rows_of(), ids) if row[2] == scheme]
    found = {row[1]: [row[4]] for row in rows}
    if len(found) < len(rows):
        newest = {row[0]: row for row in sorted(rows, key=lambda row: (row[0], row[3]))}
        found = {row[1]: [] for row in rows}
        for row in newest.values():
            found[row[1]].append(row[4])
    return found


@cache
def _further() -> Select[Any]:
    ended = select(claim_link.c.id).where(
        claim_link.c.to_claim_id == claim.c.id,
        claim_link.c.kind.in_(("supersedes", "corrects", "retracts")),
        claim_link.c.withdrawn_on.is_(None),
    )
    columns = ("metric", "item", "fate", "lower", "upper", "qualifier", "group", "subject_kind", "attribute")
    return (
        select(
            claim.c.event_id, claim.c.kind, claim.c.claimant_id, actor.c.kind == ActorKind.RECORDER,
            *(claim.c[name] for name in columns), or_(claim.c.withdrawn_on.is_not(None), ended.exists()),
        )
        .join(actor, actor.c.id == claim.c.claimant_id)
        .where(
            among(claim.c.event_id),
            or_(claim.c.native_id.is_(None), claim.c.native_id.not_in(bindparam("held", expanding=True))),
        )
        .order_by(claim.c.event_id, claim.c.id)
    )  # fmt: skip


def read_further(connection: Connection, ids: Ids, held: Sequence[str] = ()) -> dict[int, list[Further]]:
    """Read the claims of these events but those whose own id is a column that is `held`."""
    found: dict[int, list[Further]] = defaultdict(list)
    for event_id, *values in connection.execute(_further(), {"ids": ids, "held": list(held)}):
        found[event_id].append(Further(*values))
    return found


@cache
def _claimed() -> Select[Any]:
    return (
        select(claim.c.event_id)
        .distinct()
        .join(actor, actor.c.id == claim.c.claimant_id)
        .where(
            among(claim.c.event_id), claim.c.kind == ClaimKind.CASUALTY, actor.c.kind != ActorKind.RECORDER,
        )
    )  # fmt: skip


def find_claimed(connection: Connection, ids: Ids) -> set[int]:
    """Return the events of which somebody other than a recorder states losses."""
    return set(connection.scalars(_claimed(), {"ids": ids}))


@cache
def _count_timeline() -> Select[Any]:
    entry = timeline_entry.c
    return (
        select(entry.event_id, func.count())
        .where(among(entry.event_id), entry.withdrawn_on.is_(None))
        .group_by(entry.event_id)
    )


@cache
def _count_links() -> Select[Any]:
    link = claim_link.c
    return (
        select(link.event_id, func.count())
        .where(among(link.event_id), link.withdrawn_on.is_(None))
        .group_by(link.event_id)
    )


@cache
def _count_originals() -> Select[Any]:
    return (
        select(external_id.c.event_id, func.count())
        .join(original, original.c.external_id_id == external_id.c.id)
        .where(among(external_id.c.event_id))
        .group_by(external_id.c.event_id)
    )


@cache
def _count_past() -> Select[Any]:
    corrects = and_(claim_link.c.kind == LinkKind.CORRECTS, claim_link.c.withdrawn_on.is_(None))
    corrected = select(claim_link.c.id).where(claim_link.c.to_claim_id == claim.c.id, corrects)
    past = or_(claim.c.withdrawn_on.is_not(None), corrected.exists())
    return select(claim.c.event_id, func.count()).where(among(claim.c.event_id), past).group_by(claim.c.event_id)


COUNTS = {"timeline": _count_timeline, "links": _count_links, "originals": _count_originals, "past": _count_past}


def count(connection: Connection, what: str, ids: Ids) -> dict[int, int]:
    """Count for each event its entries of the timeline, its links, originals, or "past" claims: those that ended."""
    return {row[0]: row[1] for row in connection.execute(COUNTS[what](), {"ids": ids}).all()}


@cache
def _schemes() -> Select[Any]:
    counted = func.count(external_id.c.event_id.distinct())
    return select(external_id.c.scheme, counted).where(among(external_id.c.event_id)).group_by(external_id.c.scheme)


def count_schemes(connection: Connection, ids: Ids) -> dict[str, int]:
    """Return how many of these events have ids of which dataset."""
    return dict(connection.execute(_schemes(), {"ids": ids}).all())


@cache
def _sources() -> Select[Any]:
    return select(claim.c.source_id).distinct().where(among(claim.c.event_id))


def read_source_ids(connection: Connection, ids: Ids) -> set[int]:
    """Return the documents that claims of these events are in."""
    return set(connection.scalars(_sources(), {"ids": ids}))


def read_native_numbers(connection: Connection, column: str, scheme: str, ids: Iterable[int]) -> dict[int, str]:
    """Return what a dataset calls these actors ("actor_id") or conflicts ("conflict_id")."""
    owner = external_id.c[column]
    statement = select(owner, external_id.c.native_id).where(owner.in_(list(ids)), external_id.c.scheme == scheme)
    return dict(connection.execute(statement.order_by(external_id.c.id.desc())).all())
