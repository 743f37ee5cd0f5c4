"""The Python API: `conflictdb.open()`, and answers as typed, frozen records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields, is_dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import conflictdb
from conflictdb.config import find_target
from conflictdb.database import Database, Rows
from conflictdb.domain import rows
from conflictdb.domain.rows import Row
from conflictdb.errors import (
    DatabaseMissingError,
    NotFoundError,
    QueryError,
    SchemaVersionError,
    UsageError,
)
from conflictdb.store import schema
from conflictdb.store.engine import writing


@pytest.fixture
def db(shipped_url: str) -> Database:
    return conflictdb.open(shipped_url)


ANSWERS: dict[str, tuple[Callable[[Database], Rows[Any]], type[Row], int]] = {
    "events": (lambda db: db.events("country:MLI"), rows.EventRow, 1),
    "claims": (lambda db: db.claims("dioura-2019"), rows.ClaimRow, 26),
    "claims with history": (lambda db: db.claims(history=True), rows.ClaimRow, 27),
    "casualty claims": (lambda db: db.casualty_claims("country:MLI", metrics=["killed"]), rows.ClaimRow, 7),
    "casualties": (lambda db: db.casualties("country:MLI", policy="range"), rows.EstimateRow, 8),
    "casualties by event": (lambda db: db.casualties(by_event=True), rows.EstimateRow, 4),
    "timeline": (lambda db: db.timeline("dioura-2019"), rows.TimelineRow, 11),
    "actors": (lambda db: db.actors("mali"), rows.ActorRow, 2),
    "people": (lambda db: db.people("كوفا"), rows.PersonRow, 1),
    "sources": (lambda db: db.sources("wikipedia"), rows.SourceRow, 7),
    "conflicts": (lambda db: db.conflicts(), rows.ConflictRow, 1),
    "imports": (lambda db: db.imports(), rows.RunRow, 1),
    "search": (lambda db: db.search("Kouffa"), rows.HitRow, 2),
}


@pytest.mark.parametrize(("ask", "kind", "count"), ANSWERS.values(), ids=ANSWERS)
def test_answers_are_rows_of_frozen_records(
    db: Database, ask: Callable[[Database], Rows[Any]], kind: type[Row], count: int
) -> None:
    answer = ask(db)
    assert isinstance(answer, Rows) and isinstance(answer, tuple)
    assert (len(answer), {type(row) for row in answer}) == (count, {kind})
    first = answer[0]
    assert is_dataclass(first)
    for field in fields(first):
        with pytest.raises(FrozenInstanceError):
            setattr(first, field.name, None)
    with pytest.raises((AttributeError, TypeError)):  # slots: nothing can be added either
        first.other = 1
    assert answer.to_dicts() == [row.to_dict() for row in answer]
    assert set(answer.to_dicts()[0]) == {field.name for field in fields(first)}
    assert ask(db) == answer


def test_the_example_of_the_package() -> None:
    assert "db = conflictdb.open()" in (conflictdb.__doc__ or "")


def test_an_event_whole(db: Database) -> None:
    detail = db.event("dioura-2019")
    assert db.event("wikipedia:Raid on Dioura (2019)") == detail
    assert (detail.event.slug, len(detail.claims), len(detail.timeline), detail.withdrawn) == ("dioura-2019", 27, 11, 0)
    assert [(each.actor, each.side, each.lineage) for each in detail.combatants] == [
        ("Malian Army", 1, ("Malian Armed Forces", "Mali")),
        ("Katibat Macina", 2, ("JNIM",)),
    ]
    assert [each.slug for each in detail.sources] == ["wikipedia-raid-on-dioura-2019"]
    told = detail.to_dict()
    assert list(told)[:3] == ["slug", "name", "type"]
    assert (len(told["claims"]), told["claims"][0]["key"]) == (27, detail.claims[0].key)
    with pytest.raises(FrozenInstanceError):
        detail.withdrawn = 1  # type: ignore[misc]


def test_an_actor_whole(db: Database) -> None:
    detail = db.actor("Groupe de soutien a l'islam et aux musulmans")
    assert (detail.actor.name, detail.native_ids) == ("JNIM", ("ucdp-actor:6716",))
    assert [(each.kind, each.direction, each.other) for each in detail.relations] == [
        ("part_of", "from", "Katibat Macina")
    ]
    assert len(detail.claimed) == 5
    assert [row.slug for row in db.actor("Katibat Macina").events] == ["dioura-2019"]


def test_several_questions_of_one_moment(db: Database) -> None:
    with db.reading() as reader:
        streams = [reader.events(), reader.claims(), reader.actors()]
        assert [type(next(stream)).__name__ for stream in streams] == ["EventRow", "ClaimRow", "ActorRow"]
        assert len(list(streams[1])) == 25


FRAMES = {"pandas": "to_pandas", "polars": "to_polars"}


@pytest.mark.parametrize(("library", "method"), FRAMES.items(), ids=FRAMES)
def test_data_frames_where_the_library_is_installed(db: Database, library: str, method: str) -> None:
    if find_spec(library) is None:
        with pytest.raises(ImportError, match=library):
            getattr(db.events(), method)()
        pytest.skip(f"{library} is not installed: only that the error names it was tested")
    for answer in (db.claims(history=True), db.casualties(), db.events("type:riot")):
        frame = getattr(answer, method)()
        assert len(frame) == len(answer)
        if answer:
            assert list(frame.columns) == list(answer.to_dicts()[0])


FAILURES: dict[str, tuple[Callable[[Database], object], type[Exception], str]] = {
    "no such event": (lambda db: db.event("diuora-2019"), NotFoundError, 'no event "diuora-2019"'),
    "no such event, of casualties": (lambda db: db.casualties("dioura-2020"), NotFoundError, 'no event "dioura-2020"'),
    "no such event, of claims": (lambda db: db.claims("dioura-2020"), NotFoundError, 'no event "dioura-2020"'),
    "no such event, of a timeline": (lambda db: db.timeline("x"), NotFoundError, 'no event "x"'),
    "no such actor": (lambda db: db.actor("JNMI"), NotFoundError, 'no actor "JNMI"'),
    "several actors": (lambda db: db.actor("malian"), NotFoundError, '"malian" may be any of 3 actors'),
    "a query": (lambda db: db.events("contry:MLI"), QueryError, 'cannot read "contry:MLI" in the query'),
    "a policy": (lambda db: db.casualties(policy="mean"), UsageError, "no policy is called 'mean'"),
    "a policy, of an event": (
        lambda db: db.event("dioura-2019", policy="mean"), UsageError, "no policy is called 'mean'",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "error", "what"), FAILURES.values(), ids=FAILURES)
def test_failures(db: Database, ask: Callable[[Database], object], error: type[Exception], what: str) -> None:
    with pytest.raises(error) as caught:
        ask(db)
    assert str(caught.value).splitlines()[0] == what


def test_the_nearest_are_offered(db: Database) -> None:
    with pytest.raises(NotFoundError) as missed:
        db.event("diuora-2019")
    assert missed.value.nearest == ("dioura-2019",)
    with pytest.raises(NotFoundError) as ambiguous:
        db.actor("malian")
    assert set(ambiguous.value.nearest) == {"Mali", "Malian Armed Forces", "Malian Army"}


# --- which database ---------------------------------------------------------------------------------------------------


def test_a_named_database_that_is_missing(tmp_path: Path) -> None:
    missing = tmp_path / "none.sqlite3"
    with pytest.raises(DatabaseMissingError, match=r"none\.sqlite3"):
        conflictdb.open(missing)
    assert not missing.exists()


def test_a_database_without_our_tables(blank_url: str) -> None:
    with pytest.raises(DatabaseMissingError):
        conflictdb.open(blank_url)


@pytest.mark.parametrize("version", ["0000", "9999"])
def test_a_database_of_another_version(database_url: str, version: str) -> None:
    from sqlalchemy import text

    with writing(find_target(database_url)) as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{version}'"))
    with pytest.raises(SchemaVersionError, match=f"has schema {version}"):
        conflictdb.open(database_url)
    assert schema.HEAD not in ("0000", "9999")


def test_the_default_database_is_made_on_first_use(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CONFLICTDB_HOME", str(tmp_path / "mine"))
    path = tmp_path / "mine" / "conflictdb.sqlite3"
    first = conflictdb.open()
    assert first.notice == f"made a new database with the shipped example: {path}"
    assert (first.target.path, [row.slug for row in first.events()]) == (path, ["dioura-2019"])
    again = conflictdb.open()
    assert (again.notice, again.events()) == (None, first.events())


def test_the_default_database_of_the_program(run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CONFLICTDB_HOME", str(tmp_path / "mine"))
    path = tmp_path / "mine" / "conflictdb.sqlite3"
    first, again = run("events", "--format", "jsonl"), run("events", "--format", "jsonl")
    assert (first.exit_code, first.stderr) == (0, f"made a new database with the shipped example: {path}\n")
    assert (again.exit_code, again.stderr, again.stdout) == (0, "", first.stdout)


def test_a_url_in_the_environment(shipped_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICTDB_URL", shipped_url)
    db = conflictdb.open()
    assert (db.target.named, db.notice, len(db.events())) == (True, None, 1)


def test_a_string_and_a_path_are_one(shipped_url: str) -> None:
    if "://" not in shipped_url:
        assert conflictdb.open(Path(shipped_url)).events() == conflictdb.open(shipped_url).events()


def test_reading_changes_nothing(shipped_url: str) -> None:
    """A reader that holds the database open sees it as it was when it was opened, and cannot write."""
    from sqlalchemy import insert
    from sqlalchemy.exc import DBAPIError

    from conflictdb.errors import DatabaseError
    from conflictdb.store.tables import dataset

    with pytest.raises((DatabaseError, DBAPIError)), conflictdb.open(shipped_url).reading() as reader:
        reader.connection.execute(insert(dataset).values(name="x"))
    assert conflictdb.open(shipped_url).sources("x") == conflictdb.open(shipped_url).sources("x")


def test_a_reader_sees_one_moment(seeded_url: str) -> None:
    from sqlalchemy import text

    db = conflictdb.open(seeded_url)
    with db.reading() as reader:
        before = list(reader.events())
        with writing(find_target(seeded_url)) as connection:
            connection.execute(text("UPDATE event SET name = 'changed'"))
        assert list(reader.events()) == before
    assert [row.name for row in db.events()] == ["changed"]
