"""Look after a database: what it holds, and whether anything in it is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select, text

from conflictdb.config import Target
from conflictdb.domain.keys import spoken_key
from conflictdb.domain.links import find_cycle
from conflictdb.domain.rows import FactRow, FindingRow
from conflictdb.domain.vocabulary import LinkKind
from conflictdb.store import schema, tables
from conflictdb.store.tables import claim, claim_link, combatant, event, source

COUNTED: tuple[Table, ...] = (
    tables.event,
    tables.claim,
    tables.claim_link,
    tables.actor,
    tables.person,
    tables.source,
    tables.conflict,
    tables.place,
    tables.timeline_entry,
    tables.import_run,
)
ORDERING = (LinkKind.SUPERSEDES, LinkKind.CORRECTS)
SHOWN = 5
"""How many of the wrong rows a finding names."""


def describe_database(connection: Connection, target: Target) -> list[FactRow]:
    """Return where the database is, its size and engine, and how much it holds."""
    facts = [FactRow("database", str(target)), FactRow("engine", _engine(connection))]
    if target.path is not None:
        facts.append(FactRow("size", f"{target.path.stat().st_size:,} bytes"))
    facts.append(FactRow("schema", f"{schema.read_version(connection)} (this program reads {schema.HEAD})"))
    for table in COUNTED:
        count = connection.scalar(select(func.count()).select_from(table))
        facts.append(FactRow(table.name.replace("_", " "), f"{count:,}"))
    last = select(tables.import_run.c.id, tables.import_run.c.file, tables.import_run.c.started_at)
    row = connection.execute(last.order_by(tables.import_run.c.id.desc()).limit(1)).first()
    if row is not None:
        facts.append(FactRow("last import", f"run {row.id}, {row.started_at}, {row.file}"))
    return facts


def check_database(connection: Connection) -> list[FindingRow]:
    """Return what every check found, the engine's own first."""
    found = [_engine_check(connection), *_orphans(connection)]
    found.append(_cycles(connection))
    ends = claim_link.c.from_claim_id == claim.c.id, claim_link.c.to_claim_id
    found.append(_across(connection, "links across metrics", *ends))
    found.append(_unsourced(connection))
    return found


_FOREIGN_KEYS = "PRAGMA foreign_key_check"


def _engine(connection: Connection) -> str:
    if connection.dialect.name == "sqlite":
        return f"SQLite {connection.scalar(text('SELECT sqlite_version()'))}"
    return f"PostgreSQL {connection.scalar(text('SHOW server_version'))}"


def _engine_check(connection: Connection) -> FindingRow:
    if connection.dialect.name == "sqlite":
        lines = list(connection.scalars(text("PRAGMA integrity_check")))
        broken = [f"{row[0]} row {row[1]} refers to no {row[2]}" for row in connection.execute(text(_FOREIGN_KEYS))]
        lines = [line for line in lines if line != "ok" or not broken] + broken
        return FindingRow("integrity (SQLite)", lines != ["ok"], "; ".join(lines[:SHOWN]))
    unchecked = "SELECT conname FROM pg_constraint WHERE NOT convalidated"
    invalid = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
    names = [*connection.scalars(text(unchecked)), *connection.scalars(text(invalid))]
    return FindingRow("integrity (PostgreSQL)", bool(names), ", ".join(names) or "constraints and indexes are valid")


def _orphans(connection: Connection) -> Iterator[FindingRow]:
    """Rows that refer to rows which are not there; foreign keys forbid them, but a file can be edited without."""
    for what, child, column, parent in (
        ("claims without an event", claim, "event_id", event),
        ("claims without a claimant", claim, "claimant_id", tables.actor),
        ("claims without an import run", claim, "import_run_id", tables.import_run),
        ("links without a claim", claim_link, "to_claim_id", claim),
        ("combatants without an event", combatant, "event_id", event),
        ("timeline entries without an event", tables.timeline_entry, "event_id", event),
    ):
        end = parent.alias("parent")
        statement = select(child.c.id).outerjoin(end, end.c.id == child.c[column]).where(end.c.id.is_(None))
        ids = list(connection.scalars(statement.order_by(child.c.id)))
        yield _finding(what, [f"row {each}" for each in ids])


def _cycles(connection: Connection) -> FindingRow:
    statement = select(claim_link.c.from_claim_id, claim_link.c.to_claim_id).where(
        claim_link.c.kind.in_(ORDERING), claim_link.c.withdrawn_on.is_(None)
    )
    circle = find_cycle(connection.execute(statement).all())
    return _finding("claims that supersede each other in a circle", _keys(connection, claim.c.id.in_(circle)))


def _across(
    connection: Connection, what: str, joined: ColumnElement[bool], to_claim_id: ColumnElement[int]
) -> FindingRow:
    """Links between claims of different kinds or metrics, or of different events."""
    target = claim.alias("target")
    differ = or_(
        claim.c.kind != target.c.kind,
        func.coalesce(claim.c.metric, "") != func.coalesce(target.c.metric, ""),
        func.coalesce(claim.c.item, "") != func.coalesce(target.c.item, ""),
        claim.c.event_id != target.c.event_id,
    )
    statement = (
        select(claim.c.key, claim.c.revision)
        .join(claim_link, joined)
        .join(target, target.c.id == to_claim_id)
        .where(differ, claim_link.c.withdrawn_on.is_(None))
        .order_by(claim.c.id)
    )
    return _finding(what, [spoken_key(*row) for row in connection.execute(statement)])


def _unsourced(connection: Connection) -> FindingRow:
    """Claims that lead back to no document, or to no place in it."""
    document = source.alias("document")
    statement = (
        select(claim.c.key, claim.c.revision)
        .outerjoin(document, document.c.id == claim.c.source_id)
        .where(or_(document.c.id.is_(None), func.coalesce(claim.c.locator, "") == ""), claim.c.withdrawn_on.is_(None))
        .order_by(claim.c.id)
    )
    keys = [spoken_key(*row) for row in connection.execute(statement)]
    return _finding("claims with no source or locator", keys, wrong=_lost(connection))


def _lost(connection: Connection) -> bool:
    """A missing locator is to be mended; a missing document is damage."""
    document = source.alias("document")
    statement = select(func.count()).select_from(claim).outerjoin(document, document.c.id == claim.c.source_id)
    return bool(connection.scalar(statement.where(document.c.id.is_(None))))


def _keys(connection: Connection, condition: ColumnElement[bool]) -> list[str]:
    statement = select(claim.c.key, claim.c.revision).where(condition).order_by(claim.c.id)
    return [spoken_key(*row) for row in connection.execute(statement)]


def _finding(what: str, rows: list[str], *, wrong: bool | None = None) -> FindingRow:
    if not rows:
        return FindingRow(what, False, "none")
    names = ", ".join(rows[:SHOWN]) + (", ..." if len(rows) > SHOWN else "")
    return FindingRow(what, True if wrong is None else wrong, f"{len(rows):,}: {names}")
