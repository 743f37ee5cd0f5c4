"""Import runs: their beginning and end, and undoing one by withdrawing what it said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, insert, select, update

from conflictdb.domain.vocabulary import Attribute, LinkKind
from conflictdb.store.tables import claim, claim_link, conflict, event, import_run, timeline_entry
from conflictdb.store.write.event_text import index_event
from conflictdb.store.write.fields import COLUMNS, date_values
from conflictdb.store.write.known import load_known_event
from conflictdb.store.write.links import LinkWriter

UNDO = "undo"


def begin_run(connection: Connection, values: Mapping[str, Any]) -> int:
    """Add an import run and return its number."""
    result = connection.execute(insert(import_run).values(counts={}, **values))
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


def finish_run(connection: Connection, run_id: int, counts: Mapping[str, Any], finished_at: str) -> None:
    """Record what a run did."""
    done = update(import_run).where(import_run.c.id == run_id)
    connection.execute(done.values(counts=dict(counts), finished_at=finished_at))


def find_run(connection: Connection, run_id: int) -> RowMapping | None:
    """Return the row of an import run, or None."""
    return connection.execute(select(import_run).where(import_run.c.id == run_id)).mappings().first()


def undo_run(connection: Connection, run_id: int, undo_id: int, today: str) -> dict[str, int]:
    """Withdraw the claims, links and timeline entries of `run_id`, as done by the run `undo_id`; delete nothing.

    What the run's links had set aside stands again; links that it had withdrawn are stated again.
    """
    mine = select(claim.c.id).where(claim.c.import_run_id == run_id, claim.c.withdrawn_on.is_(None))
    claim_ids = list(connection.scalars(mine))
    affected = _affected_events(connection, run_id)
    _restore_fields(connection, claim_ids)
    replaced = select(claim_link).where(claim_link.c.withdrawn_by_id == run_id)
    restored = [dict(row) for row in connection.execute(replaced).mappings()]
    counts = {
        table.name: _withdraw(connection, table, run_id, undo_id, today)
        for table in (claim, claim_link, timeline_entry)
    }
    for link in restored:
        again = {key: value for key, value in link.items() if key not in ("id", "withdrawn_on", "withdrawn_by_id")}
        connection.execute(insert(claim_link).values(**again | {"import_run_id": undo_id}))
    for event_id in affected:
        LinkWriter(connection, undo_id, today, load_known_event(connection, event_id)).write(())
        index_event(connection, event_id)
    connection.execute(update(import_run).where(import_run.c.id == run_id).values(undone_on=today))
    return counts


def _withdraw(connection: Connection, table: Table, run_id: int, undo_id: int, today: str) -> int:
    standing = (table.c.import_run_id == run_id) & table.c.withdrawn_on.is_(None)
    result = connection.execute(update(table).where(standing).values(withdrawn_on=today, withdrawn_by_id=undo_id))
    return result.rowcount


def _affected_events(connection: Connection, run_id: int) -> list[int]:
    ids: set[int] = set()
    for table in (claim, claim_link, timeline_entry):
        ids.update(connection.scalars(select(table.c.event_id).where(table.c.import_run_id == run_id).distinct()))
    return sorted(ids)


def _restore_fields(connection: Connection, claim_ids: list[int]) -> None:
    """Give events back what they were said to be before the attribute claims of this run corrected it."""
    older = claim.alias("older")
    statement = (
        select(older.c.event_id, older.c.attribute, older.c.value, older.c.place_id, older.c.id)
        .join(claim_link, claim_link.c.to_claim_id == older.c.id)
        .where(
            claim_link.c.from_claim_id.in_(claim_ids),
            claim_link.c.kind == LinkKind.CORRECTS,
            claim_link.c.withdrawn_on.is_(None),
            older.c.attribute.is_not(None),
        )
        .order_by(older.c.id.desc())
    )
    for event_id, attribute, value, place_id, _ in connection.execute(statement).all():
        if attribute == Attribute.PLACE:
            values: dict[str, Any] = {"place_id": place_id}
        elif attribute == Attribute.DATE:
            values = date_values(value)
        elif attribute == Attribute.CONFLICT:
            values = {"conflict_id": connection.scalar(select(conflict.c.id).where(conflict.c.name == value))}
        elif attribute in COLUMNS:
            values = {COLUMNS[Attribute(attribute)]: value}
        else:
            continue
        connection.execute(update(event).where(event.c.id == event_id).values(**values))
