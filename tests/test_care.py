"""What is known of a database, and the checks: clean on the seed, and each finds the fault that is planted for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, event, insert, select, text, update

from conflictdb.care import check_database, describe_database
from conflictdb.config import find_target
from conflictdb.domain.keys import spoken_key
from conflictdb.domain.rows import FindingRow
from conflictdb.store import schema
from conflictdb.store.engine import reading
from conflictdb.store.tables import claim, claim_link, combatant, timeline_entry

CHECKS = (
    "claims without an event", "claims without a claimant", "claims without an import run", "links without a claim",
    "combatants without an event", "timeline entries without an event", "claims that supersede each other in a circle",
    "links across metrics", "claims with no source or locator",
)  # fmt: skip


@contextmanager
def careless(url: str) -> Iterator[Connection]:
    """Open a database for writing without foreign keys, as an edited file or a restored dump may have been."""
    target = find_target(url)
    engine = create_engine(target.url or f"sqlite:///{target.path}")
    if target.url:
        event.listen(engine, "begin", lambda each: each.exec_driver_sql("SET session_replication_role = replica"))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def found(url: str) -> dict[str, FindingRow]:
    with reading(find_target(url)) as connection:
        return {row.check: row for row in check_database(connection)}


def keys(url: str, *conditions: Any) -> list[str]:
    with reading(find_target(url)) as connection:
        statement = select(claim.c.key, claim.c.revision).where(*conditions).order_by(claim.c.id)
        return [spoken_key(*row) for row in connection.execute(statement)]


def test_the_seed_is_clean(shipped_url: str, run: Any) -> None:
    findings = found(shipped_url)
    engine = f"integrity ({'PostgreSQL' if '://' in shipped_url else 'SQLite'})"
    assert list(findings) == [engine, *CHECKS]
    fine = "constraints and indexes are valid" if "://" in shipped_url else "ok"
    assert findings.pop(engine) == FindingRow(engine, False, fine)
    assert list(findings.values()) == [FindingRow(check, False, "none") for check in CHECKS]
    result = run("db", "check", "--format", "plain", db=shipped_url)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[1:] == [f"{check}\tok\tnone" for check in CHECKS]


ORPHANS: dict[str, tuple[Any, dict[str, Any]]] = {
    "claims without an event": (claim, {"event_id": 99}),
    "claims without a claimant": (claim, {"claimant_id": 99}),
    "claims without an import run": (claim, {"import_run_id": 99}),
    "links without a claim": (claim_link, {"to_claim_id": 99}),
    "combatants without an event": (combatant, {"event_id": 99}),
    "timeline entries without an event": (timeline_entry, {"event_id": 99}),
}


@pytest.mark.parametrize(("check", "table", "values"), [(k, *v) for k, v in ORPHANS.items()], ids=ORPHANS)
def test_rows_that_refer_to_nothing(seeded_url: str, check: str, table: Any, values: dict[str, Any]) -> None:
    with careless(seeded_url) as connection:
        connection.execute(update(table).where(table.c.id == 1).values(**values))
    assert found(seeded_url)[check] == FindingRow(check, True, "1: row 1")


def test_many_rows_are_counted_and_five_named(seeded_url: str) -> None:
    with careless(seeded_url) as connection:
        connection.execute(update(timeline_entry).values(event_id=99))
    row = found(seeded_url)["timeline entries without an event"]
    assert (row.wrong, row.found) == (True, "11: row 1, row 2, row 3, row 4, row 5, ...")


def test_a_circle(seeded_url: str) -> None:
    with careless(seeded_url) as connection:
        link = connection.execute(select(claim_link).where(claim_link.c.kind == "supersedes")).mappings().one()
        back = {"from_claim_id": link["to_claim_id"], "to_claim_id": link["from_claim_id"], "kind": "corrects"}
        connection.execute(insert(claim_link).values({**link, **back, "id": 99}))
    ends = keys(seeded_url, claim.c.id.in_([link["to_claim_id"], link["from_claim_id"]]))
    check = "claims that supersede each other in a circle"
    assert found(seeded_url)[check] == FindingRow(check, True, f"2: {', '.join(ends)}")
    with careless(seeded_url) as connection:
        withdrawn = {"withdrawn_on": "2024-01-01", "withdrawn_by_id": 1}
        connection.execute(update(claim_link).where(claim_link.c.id == 99).values(**withdrawn))
    assert found(seeded_url)[check] == FindingRow(check, False, "none")


@pytest.mark.parametrize("other", ["wounded", "materiel"])
def test_a_link_across_metrics(seeded_url: str, other: str) -> None:
    with careless(seeded_url) as connection:
        link = connection.execute(select(claim_link).where(claim_link.c.kind == "supersedes")).mappings().one()
        target = connection.scalar(select(claim.c.id).where(claim.c.metric == other).limit(1))
        connection.execute(update(claim_link).where(claim_link.c.id == link["id"]).values(to_claim_id=target))
    (key,) = keys(seeded_url, claim.c.id == link["from_claim_id"])
    assert found(seeded_url)["links across metrics"] == FindingRow("links across metrics", True, f"1: {key}")


def test_a_claim_without_a_document(seeded_url: str, run: Any) -> None:
    with careless(seeded_url) as connection:
        connection.execute(update(claim).where(claim.c.id == 1).values(source_id=99))
    (key,) = keys(seeded_url, claim.c.id == 1)
    check = "claims with no source or locator"
    assert found(seeded_url)[check] == FindingRow(check, True, f"1: {key}")
    result = run("db", "check", "--format", "plain", db=seeded_url)
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.splitlines()[-1] == f"{check}\tWRONG\t1: {key}"


def test_a_claim_without_a_locator_is_told_but_no_damage(seeded_url: str, run: Any) -> None:
    with careless(seeded_url) as connection:
        connection.execute(update(claim).where(claim.c.id == 1).values(locator=None))
    (key,) = keys(seeded_url, claim.c.id == 1)
    check = "claims with no source or locator"
    assert found(seeded_url)[check] == FindingRow(check, False, f"1: {key}")
    assert run("db", "check", db=seeded_url).exit_code == 0


def test_a_damaged_file(tmp_path: Any, run: Any) -> None:
    path = tmp_path / "notes.sqlite3"
    path.write_text("this is no database, but a text that is long enough to be taken for the head of one" * 9)
    result = run("db", "check", db=path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"error: this is not a conflictdb database: {path}\n"
        "  the engine said: file is not a database\n  name another file with --db\n"
    )


def test_what_a_database_holds(shipped_url: str, run: Any) -> None:
    target = find_target(shipped_url)
    with reading(target) as connection:
        facts = {row.what: row.value for row in describe_database(connection, target)}
        version = connection.scalar(text("SHOW server_version" if target.url else "SELECT sqlite_version()"))
    last = facts.pop("last import")
    assert last.startswith("run 1, 20") and last.endswith(", seed_dioura.json, shipped with conflictdb")
    size = {"size": f"{target.path.stat().st_size:,} bytes"} if target.path else {}
    assert facts == {
        "database": str(target),
        "engine": f"{'PostgreSQL' if target.url else 'SQLite'} {version}",
        **size,
        "schema": f"{schema.HEAD} (this program reads {schema.HEAD})",
        "event": "1", "claim": "27", "claim link": "2", "actor": "11", "person": "3", "source": "12", "conflict": "1",
        "place": "1", "timeline entry": "11", "import run": "1",
    }  # fmt: skip
    result = run("db", "info", "--format", "plain", db=shipped_url)
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line.split("\t")[0] for line in result.stdout.splitlines()] == [*facts, "last import"]


def test_an_empty_database_has_no_last_import(database_url: str) -> None:
    target = find_target(database_url)
    with reading(target) as connection:
        facts = {row.what: row.value for row in describe_database(connection, target)}
    assert (facts["event"], "last import" in facts) == ("0", False)
