"""Import runs: their beginning and end, and undoing one by withdrawing what it said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, insert, select, update

from conflictdb.domain.vocabulary import Attribute
from conflictdb.store.batch import among
from conflictdb.store.tables import claim, claim_link, conflict, event, import_run, timeline_entry
from conflictdb.store.write.attributes import LOCATOR
from conflictdb.store.write.event_text import index_event
from conflictdb.store.write.fields import COLUMNS, date_values
from conflictdb.store.write.known import load_known_event
from conflictdb.store.write.links import AGREEMENT, LinkWriter
from conflictdb.store.write.restored import restate_claims, restore_rows

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


def undo_run(connection: Connection, run_id: int, undo_id: int, now: str) -> dict[str, int]:
    """Withdraw the claims, links and timeline entries of `run_id`, as done by the run `undo_id`; delete nothing.

    What the run's links had set aside stands again; links and claims that it had withdrawn are stated again.
    """
    today = now[:10]
    connection.execute(update(import_run).where(import_run.c.id == run_id).values(undone_on=today))
    affected = _affected_events(connection, run_id)
    described = _described_fields(connection, run_id)
    counts = {
        table.name: _withdraw(connection, table, run_id, undo_id, today)
        for table in (claim, claim_link, timeline_entry)
    }
    counts[claim_link.name] += _withdraw_orphans(connection, undo_id, today)
    restore_rows(connection, run_id)
    counts["restated"] = restate_claims(connection, run_id, undo_id, now)
    affected = _still_told(connection, affected)
    _restore_links(connection, affected)
    for event_id, key in described:
        _restore_field(connection, event_id, key)
    for event_id in affected:
        LinkWriter(connection, undo_id, today, load_known_event(connection, event_id)).write(())
        index_event(connection, event_id)
    return counts


def _withdraw(connection: Connection, table: Table, run_id: int, undo_id: int, today: str) -> int:
    standing = (table.c.import_run_id == run_id) & table.c.withdrawn_on.is_(None)
    result = connection.execute(update(table).where(standing).values(withdrawn_on=today, withdrawn_by_id=undo_id))
    return result.rowcount


def _withdraw_orphans(connection: Connection, undo_id: int, today: str) -> int:
    """Withdraw the links that other runs made from the claims now withdrawn, as where an earlier claim came later."""
    gone = select(claim.c.id).where(claim.c.withdrawn_by_id == undo_id)
    orphans = claim_link.c.from_claim_id.in_(gone) & claim_link.c.withdrawn_on.is_(None)
    withdrawn = update(claim_link).where(orphans).values(withdrawn_on=today, withdrawn_by_id=undo_id)
    return connection.execute(withdrawn).rowcount


def _affected_events(connection: Connection, run_id: int) -> list[int]:
    ids: set[int] = set()
    for table in (claim, claim_link, timeline_entry):
        ids.update(connection.scalars(select(table.c.event_id).where(table.c.import_run_id == run_id).distinct()))
    ids.update(connection.scalars(select(claim_link.c.event_id).where(claim_link.c.withdrawn_by_id == run_id)))
    return sorted(ids)


def _still_told(connection: Connection, event_ids: list[int]) -> list[int]:
    """Return those of the events of which any claim stands: of the others there is nothing to link or to find."""
    told = select(claim.c.event_id).where(among(claim.c.event_id), claim.c.withdrawn_on.is_(None)).distinct()
    return sorted(connection.scalars(told, {"ids": event_ids}))


def _restore_links(connection: Connection, event_ids: list[int]) -> None:
    """State again what only undone runs had withdrawn: of a pair of claims, the newest link of a run that stands."""
    writer, remover = import_run.alias("writer"), import_run.alias("remover")
    ends = [claim.alias("origin"), claim.alias("target")]
    said = (
        select(claim_link, remover.c.undone_on.is_not(None).label("restored"))
        .join(writer, writer.c.id == claim_link.c.import_run_id)
        .outerjoin(remover, remover.c.id == claim_link.c.withdrawn_by_id)
        .join(ends[0], ends[0].c.id == claim_link.c.from_claim_id)
        .join(ends[1], ends[1].c.id == claim_link.c.to_claim_id)
        .where(among(claim_link.c.event_id), writer.c.undone_on.is_(None))
        .where(*(end.c.withdrawn_on.is_(None) for end in ends))
        .order_by(claim_link.c.id)
    )
    newest: dict[tuple[int, int, str], RowMapping] = {}
    for link in connection.execute(said, {"ids": event_ids}).mappings():
        kind = "agreement" if link["kind"] in AGREEMENT else link["kind"]
        newest[link["from_claim_id"], link["to_claim_id"], kind] = link
    left_out = ("id", "withdrawn_on", "withdrawn_by_id", "restored")
    for link in newest.values():
        if link["withdrawn_on"] is not None and link["restored"]:
            again = {key: value for key, value in link.items() if key not in left_out}
            connection.execute(insert(claim_link).values(**again))


def _described_fields(connection: Connection, run_id: int) -> list[tuple[int, str]]:
    """Return the event and key of every claim by which this run describes events anew, in their own voice."""
    own_voice = (event.c.claimant_id == claim.c.claimant_id) & (event.c.source_id == claim.c.source_id)
    statement = select(claim.c.event_id, claim.c.key).join(event, (event.c.id == claim.c.event_id) & own_voice)
    mine = (claim.c.import_run_id == run_id, claim.c.withdrawn_on.is_(None), claim.c.locator == LOCATOR)
    described = statement.where(*mine, claim.c.attribute.is_not(None)).distinct()
    in_order = described.order_by(claim.c.event_id, claim.c.key)
    return [(int(event_id), str(key)) for event_id, key in connection.execute(in_order)]


def _restore_field(connection: Connection, event_id: int, key: str) -> None:
    """Give an event back what it was said to be: by the newest description that stands, or else at first."""
    described = select(claim).where(claim.c.event_id == event_id, claim.c.key == key).order_by(claim.c.id)
    revisions = connection.execute(described).mappings().all()
    row = next((each for each in reversed(revisions) if each["withdrawn_on"] is None), revisions[0])
    attribute, value = Attribute(row["attribute"]), row["value"]
    if attribute is Attribute.PLACE:
        values: dict[str, Any] = {"place_id": row["place_id"]}
    elif attribute is Attribute.DATE:
        values = date_values(value)
    elif attribute is Attribute.CONFLICT:
        values = {"conflict_id": connection.scalar(select(conflict.c.id).where(conflict.c.name == value))}
    elif attribute in COLUMNS:
        values = {COLUMNS[attribute]: value}
    else:
        return
    connection.execute(update(event).where(event.c.id == event_id).values(**values))
