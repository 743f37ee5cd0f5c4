"""Read what exports need, for two thousand events at a time: each question is one statement for all of them.

With `knowledge`, only what had been stated by its day counts, as it stood then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, false, func, not_, or_, select

from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.vocabulary import ActorKind, ClaimKind, LinkKind
from conflictdb.store.batch import among
from conflictdb.store.read.events import standing_entries
from conflictdb.store.read.known import stated_by, withdrawn_by
from conflictdb.store.read.standing import standing
from conflictdb.store.tables import (
    actor,
    claim,
    claim_link,
    combatant,
    conflict,
    event,
    external_id,
    place,
    timeline_entry,
)

BATCH = 2048
"""Events that are read together."""
DAYS_KEPT = 16
"""Statements as of a day that are kept to be used again."""

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


def _select_described(*columns: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*columns)
        .outerjoin(conflict, conflict.c.id == event.c.conflict_id)
        .outerjoin(place, place.c.id == event.c.place_id)
        .where(among(event.c.id))
    )


@cache
def _events() -> Select[Any]:
    names = ("slug", "name", "type", "subtype", "date", "date_precision", "first_day", "last_day", "start_time")
    more = ("end_time", "time_zone", "summary")
    return _select_described(
        event.c.id, *(event.c[name] for name in (*names, *more)), event.c.conflict_id,
        conflict.c.name.label("conflict"), place.c.name.label("place"), place.c.admin1, place.c.admin2,
        place.c.country, place.c.country_name, place.c.latitude, place.c.longitude,
        place.c.precision.label("place_precision"),
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


def _known(knowledge: Knowledge | None) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a claim had been stated by then."""
    return () if knowledge is None else (stated_by(claim, knowledge),)


@lru_cache(maxsize=DAYS_KEPT)
def _further(knowledge: Knowledge | None) -> Select[Any]:
    columns = ("metric", "item", "fate", "lower", "upper", "qualifier", "group", "subject_kind", "attribute")
    return (
        select(
            claim.c.event_id, claim.c.kind, claim.c.claimant_id, actor.c.kind == ActorKind.RECORDER,
            *(claim.c[name] for name in columns), not_(standing(knowledge)),
        )
        .join(actor, actor.c.id == claim.c.claimant_id)
        .where(
            among(claim.c.event_id),
            or_(claim.c.native_id.is_(None), claim.c.native_id.not_in(bindparam("held", expanding=True))),
            *_known(knowledge),
        )
        .order_by(claim.c.event_id, claim.c.id)
    )  # fmt: skip


def read_further(
    connection: Connection, ids: Ids, held: Sequence[str] = (), knowledge: Knowledge | None = None
) -> dict[int, list[Further]]:
    """Read the claims of these events but those whose own id is a column that is `held`."""
    found: dict[int, list[Further]] = defaultdict(list)
    for event_id, *values in connection.execute(_further(knowledge), {"ids": ids, "held": list(held)}):
        found[event_id].append(Further(*values))
    return found


@lru_cache(maxsize=DAYS_KEPT)
def _claimed(knowledge: Knowledge | None) -> Select[Any]:
    return (
        select(claim.c.event_id)
        .distinct()
        .join(actor, actor.c.id == claim.c.claimant_id)
        .where(
            among(claim.c.event_id), claim.c.kind == ClaimKind.CASUALTY, actor.c.kind != ActorKind.RECORDER,
            *_known(knowledge),
        )
    )  # fmt: skip


def find_claimed(connection: Connection, ids: Ids, knowledge: Knowledge | None = None) -> set[int]:
    """Return the events of which somebody other than a recorder states losses."""
    return set(connection.scalars(_claimed(knowledge), {"ids": ids}))


@lru_cache(maxsize=DAYS_KEPT)
def _count_timeline(knowledge: Knowledge | None) -> Select[Any]:
    entry = timeline_entry.c
    counted = select(entry.event_id, func.count()).where(among(entry.event_id), *standing_entries(knowledge))
    return counted.group_by(entry.event_id)


@lru_cache(maxsize=DAYS_KEPT)
def _count_links(knowledge: Knowledge | None) -> Select[Any]:
    link = claim_link.c
    counted = select(link.event_id, func.count()).where(among(link.event_id), link.withdrawn_on.is_(None))
    if knowledge is not None:
        for end in (link.from_claim_id, link.to_claim_id):
            stated = claim.alias()
            counted = counted.join(stated, stated.c.id == end).where(stated_by(stated, knowledge))
    return counted.group_by(link.event_id)


@lru_cache(maxsize=DAYS_KEPT)
def _count_past(knowledge: Knowledge | None) -> Select[Any]:
    corrects = and_(claim_link.c.kind == LinkKind.CORRECTS, claim_link.c.withdrawn_on.is_(None))
    corrected = select(claim_link.c.id).where(claim_link.c.to_claim_id == claim.c.id, corrects)
    if knowledge is not None:
        later = claim.alias("later")
        corrected = corrected.join(later, later.c.id == claim_link.c.from_claim_id).where(stated_by(later, knowledge))
    past = or_(func.coalesce(withdrawn_by(claim, knowledge), false()), corrected.correlate(claim).exists())
    known = among(claim.c.event_id), past, *_known(knowledge)
    return select(claim.c.event_id, func.count()).where(*known).group_by(claim.c.event_id)


COUNTS: dict[str, Callable[..., Select[Any]]] = {
    "timeline": _count_timeline, "links": _count_links, "past": _count_past,
}  # fmt: skip


def count(connection: Connection, what: str, ids: Ids, knowledge: Knowledge | None = None) -> dict[int, int]:
    """Count for each event its entries of the "timeline", its "links", or its "past" claims: those that ended."""
    return {row[0]: row[1] for row in connection.execute(COUNTS[what](knowledge), {"ids": ids}).all()}


@lru_cache(maxsize=DAYS_KEPT)
def _sources(knowledge: Knowledge | None) -> Select[Any]:
    return select(claim.c.source_id).distinct().where(among(claim.c.event_id), *_known(knowledge))


def read_source_ids(connection: Connection, ids: Ids, knowledge: Knowledge | None = None) -> set[int]:
    """Return the documents that claims of these events are in."""
    return set(connection.scalars(_sources(knowledge), {"ids": ids}))


def read_native_numbers(connection: Connection, column: str, scheme: str, ids: Iterable[int]) -> dict[int, str]:
    """Return what a dataset calls these actors ("actor_id") or conflicts ("conflict_id")."""
    owner = external_id.c[column]
    statement = select(owner, external_id.c.native_id).where(owner.in_(list(ids)), external_id.c.scheme == scheme)
    return dict(connection.execute(statement.order_by(external_id.c.id.desc())).all())


# --- statements of the bulk path (flat.py) ---------------------------------------------------------------------------


@cache
def select_events() -> Select[Any]:
    """Select ids, days, and what tables of claims say of events."""
    return _select_described(
        event.c.id, event.c.first_day, event.c.last_day, event.c.slug, event.c.name, event.c.type, event.c.subtype,
        conflict.c.name.label("conflict"), event.c.date, event.c.date_precision, place.c.name.label("place"),
        place.c.admin1, place.c.admin2, place.c.country, place.c.country_name, place.c.latitude, place.c.longitude,
        place.c.precision, event.c.summary,
    )  # fmt: skip


@cache
def select_sides() -> Select[Any]:
    """Select who fought where on which side."""
    fought = combatant.c
    columns = (fought.event_id, fought.side, fought.id, fought.actor_id, fought.role)
    return select(*columns).where(among(fought.event_id))


@cache
def select_native_ids() -> Select[Any]:
    """Select the native ids of events, with the digest of those that are rows of datasets."""
    known = external_id.c
    return (
        select(known.event_id, known.scheme + ":" + known.native_id, known.digest)
        .where(among(known.event_id))
        .order_by(known.id)
    )
