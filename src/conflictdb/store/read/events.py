"""Read events, their combatants and their timelines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, distinct, false, func, not_, select

from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.rows import CombatantRow, EventRow, TimelineRow
from conflictdb.domain.vocabulary import Metric
from conflictdb.store.batch import among
from conflictdb.store.read.known import withdrawn_by
from conflictdb.store.read.lineage import read_lineage
from conflictdb.store.read.standing import standing
from conflictdb.store.tables import (
    actor,
    claim,
    combatant,
    conflict,
    event,
    external_id,
    import_run,
    place,
    source,
    timeline_entry,
)

if TYPE_CHECKING:
    from conflictdb.domain.query_fields import Order

CHUNK = 1000


def select_events(*conditions: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """Select events with their places and conflicts; filter further on `event`."""
    return (
        select(
            event, conflict.c.name.label("conflict"), place.c.name.label("place"), place.c.admin1, place.c.admin2,
            place.c.country, place.c.country_name, place.c.latitude, place.c.longitude,
            place.c.precision.label("place_precision"),
        )
        .outerjoin(conflict, conflict.c.id == event.c.conflict_id)
        .outerjoin(place, place.c.id == event.c.place_id)
        .where(*conditions)
    )  # fmt: skip


def event_order(orders: Iterable[Order]) -> list[ColumnElement[Any]]:
    """Return a total order: as asked, else by date; the last key is the id."""
    killed = select(func.max(claim.c.lower)).where(
        claim.c.event_id == event.c.id, claim.c.metric == Metric.KILLED, standing()
    )
    counted = select(func.count(claim.c.id)).where(claim.c.event_id == event.c.id, standing())
    columns: dict[str, ColumnElement[Any]] = {
        "date": event.c.first_day,
        "name": event.c.name,
        "slug": event.c.slug,
        "place": place.c.name,
        "country": func.coalesce(place.c.country, place.c.country_name),
        "killed": killed.correlate(event).scalar_subquery(),
        "claims": counted.correlate(event).scalar_subquery(),
        "recorded": event.c.import_run_id,
    }
    keys: list[ColumnElement[Any]] = []
    for order in orders:
        column = columns[order.field]
        keys += [column.is_(None), column.desc() if order.descending else column.asc()]
    return [*(keys or [event.c.first_day.is_(None), event.c.first_day.asc()]), event.c.id.asc()]


def read_events(connection: Connection, statement: Select[tuple[object, ...]]) -> Iterator[tuple[int, EventRow]]:
    """Stream (id, event) of a `select_events` statement."""
    with connection.execute(statement.execution_options(yield_per=CHUNK)) as result:
        for rows in result.mappings().partitions(CHUNK):
            ids = [row["id"] for row in rows]
            native_ids = read_native_ids(connection, ids)
            counts = _count_claims(connection, ids)
            for row in rows:
                yield row["id"], _row(row, native_ids[row["id"]], *counts.get(row["id"], (0, 0)))


def read_event(connection: Connection, event_id: int) -> EventRow:
    """Return the event of this id."""
    return next(read_events(connection, select_events(event.c.id == event_id)))[1]


def _row(row: RowMapping, native_ids: tuple[str, ...], claims: int, claimants: int) -> EventRow:
    names = (
        "slug", "name", "type", "subtype", "conflict", "place", "admin1", "admin2", "country", "country_name",
        "latitude", "longitude", "place_precision", "date", "date_precision", "start_time", "end_time", "time_zone",
        "summary",
    )  # fmt: skip
    values = {name: row[name] for name in names}
    return EventRow(
        **values, native_ids=native_ids, claims=claims, claimants=claimants, import_run=row["import_run_id"]
    )


def read_native_ids(connection: Connection, ids: Sequence[int], column: str = "event_id") -> dict[int, tuple[str, ...]]:
    """Read the native ids of rows, as "scheme:id"."""
    owner = external_id.c[column]
    statement = select(owner, external_id.c.scheme, external_id.c.native_id).where(among(owner))
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for row_id, scheme, native_id in connection.execute(statement.order_by(external_id.c.id), {"ids": ids}).all():
        found[row_id] += (f"{scheme}:{native_id}",)
    return found


def _count_claims(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return for each event how many claims are in view, and by how many claimants."""
    statement = (
        select(claim.c.event_id, func.count(), func.count(distinct(claim.c.claimant_id)))
        .where(claim.c.event_id.in_(ids), standing())
        .group_by(claim.c.event_id)
    )
    return {event_id: (claims, claimants) for event_id, claims, claimants in connection.execute(statement)}


def read_combatants(connection: Connection, event_ids: Sequence[int]) -> dict[int, tuple[CombatantRow, ...]]:
    """Read who fought in each event, side by side, with what each belonged to at the time."""
    lineage = read_lineage(connection)
    statement = (
        select(combatant, actor.c.name, actor.c.kind, event.c.first_day, event.c.last_day)
        .join(actor, actor.c.id == combatant.c.actor_id)
        .join(event, event.c.id == combatant.c.event_id)
        .where(combatant.c.event_id.in_(event_ids))
        .order_by(combatant.c.event_id, combatant.c.side, combatant.c.id)
    )
    rows = connection.execute(statement).all()
    paths = [lineage.path(row.actor_id, row.first_day, row.last_day) for row in rows]
    above = {each for path in paths for each in path}
    names = dict(connection.execute(select(actor.c.id, actor.c.name).where(actor.c.id.in_(above))).all())
    found: dict[int, tuple[CombatantRow, ...]] = defaultdict(tuple)
    for row, path in zip(rows, paths, strict=True):
        belongs = tuple(names[each] for each in path)
        found[row.event_id] += (CombatantRow(row.name, row.kind, row.side, row.role, row.unit, belongs),)
    return found


def read_timeline(connection: Connection, event_id: int, knowledge: Knowledge | None = None) -> tuple[TimelineRow, ...]:
    """Read what happened when in one event; see `read_timelines`."""
    return read_timelines(connection, [event_id], knowledge).get(event_id, ())


def read_timelines(
    connection: Connection, ids: Sequence[int], knowledge: Knowledge | None = None
) -> dict[int, tuple[TimelineRow, ...]]:
    """Read what happened when, in the order of days and local times; with `knowledge`, up to its day.

    An entry without a time stands where its document has it: after the entry before it on that day.
    """
    entry = timeline_entry.c
    statement = (
        select(
            entry.event_id, entry.first_day, event.c.slug, entry.date, entry.time, entry.text,
            source.c.slug.label("source"), entry.locator, entry.import_run_id,
        )
        .join(event, event.c.id == entry.event_id)
        .join(source, source.c.id == entry.source_id)
        .where(among(entry.event_id), *standing_entries(knowledge))
        .order_by(entry.first_day.is_(None), entry.first_day, entry.id)
    )  # fmt: skip
    found: dict[int, list[tuple[int | None, TimelineRow]]] = defaultdict(list)
    for event_id, day, *values in connection.execute(statement, {"ids": ids}):
        found[event_id].append((day, TimelineRow(*values)))
    return {event_id: _timed(entries) for event_id, entries in found.items()}


def standing_entries(knowledge: Knowledge | None) -> Sequence[ColumnElement[bool]]:
    """Return the conditions that an entry of a timeline stands; with `knowledge`, that it did then."""
    if knowledge is None:
        return (timeline_entry.c.withdrawn_on.is_(None),)
    undone = select(import_run.c.id).where(import_run.c.undone_on.is_not(None))
    withdrawn = func.coalesce(withdrawn_by(timeline_entry, knowledge), false())
    entry = timeline_entry.c
    return entry.last_day <= knowledge.day, not_(withdrawn), entry.import_run_id.not_in(undone)


def _timed(entries: list[tuple[int | None, TimelineRow]]) -> tuple[TimelineRow, ...]:
    timed: list[tuple[bool, int, str, TimelineRow]] = []
    for day, row in entries:
        same_day = timed and timed[-1][1] == day and timed[-1][3].import_run == row.import_run
        time = (row.time or (timed[-1][2] if same_day else "")).lstrip("~")
        timed.append((day is None, day or 0, time, row))
    return tuple(row for *_, row in sorted(timed, key=lambda each: each[:3]))
