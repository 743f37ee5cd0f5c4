"""Undoing imports of datasets: the world is as it was before, and importing again brings back what was undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coded_files import (
    acled,
    bests,
    counts,
    dump,
    ged,
    query,
    standing,
    take_acled,
    take_deletions,
    take_ged,
    take_text,
    undo,
    world,
)
from conflictdb.database import Database
from conflictdb.domain.report import ImportReport
from conflictdb.errors import ConflictDBError

ONE, TWO, THREE = ged(id=1), ged(id=2, where_coordinates="Sari town"), ged(id=3, where_coordinates="Ke")
OTHERWISE = ged(id=2, deaths_a=30, deaths_b=0, where_coordinates="Sari village", source_headline="Ambush")
STAMP, DELETED, LATER = "1553000000", "1563000000", "1573000000"

Step = Callable[[str, Path], ImportReport]
TRACKED = "SELECT native_id, digest, revision, seen_run_id, withdrawn_on FROM external_id WHERE seen_run_id IS NOT NULL"


def release(name: str, *rows: dict[str, str], complete: bool = False) -> Step:
    return lambda url, folder: take_ged(url, folder, *rows, release=name, complete=complete)


def export(**cells: str) -> Step:
    return lambda url, folder: take_acled(url, folder, acled(**cells))


def deletions(*rows: tuple[str, str]) -> Step:
    return lambda url, folder: take_deletions(url, folder, *rows)


RUNS: dict[str, tuple[list[Step], Step]] = {
    "a first load": ([], release("22.1", ONE, TWO)),
    "a second release": ([release("22.1", ONE, TWO)], release("23.1", ONE, OTHERWISE, THREE)),
    "a release that blanks": ([release("22.1", ONE, TWO)], release("23.1", ONE, ged(id=2, deaths_b="", best=26))),
    "a release that says the same": ([release("22.1", ONE, TWO)], release("23.1", ONE, TWO)),
    "a third release": (
        [release("22.1", ONE, TWO), release("23.1", ONE, TWO)], release("24.1", ONE, OTHERWISE),
    ),
    "a whole release": ([release("22.1", ONE, TWO)], release("23.1", ONE, THREE, complete=True)),
    "a whole release after one": (
        [release("22.1", ONE, TWO), release("23.1", ONE, OTHERWISE)], release("24.1", ONE, complete=True),
    ),
    "what brought a row back": (
        [release("22.1", ONE, TWO), release("23.1", ONE, complete=True)], release("24.1", ONE, TWO, complete=True),
    ),
    "an older release": ([release("23.1", ONE, TWO)], release("22.1", ONE, OTHERWISE, THREE)),
    "an older release than a whole one": ([release("23.1", ONE, complete=True)], release("22.1", ONE, TWO)),
    "a release after an older one": (
        [release("23.1", ONE, TWO), release("22.1", OTHERWISE)], release("24.1", ONE, ged(id=2, deaths_a=40)),
    ),
    "a description told back": (
        [release("22.1", ONE, TWO), release("23.1", ONE, OTHERWISE)], release("24.1", ONE, TWO),
    ),
    "a newer export": ([export()], export(timestamp=LATER, fatalities="30", notes="More.")),
    "a third export": (
        [export(), export(timestamp=DELETED, fatalities="28")], export(timestamp=LATER, fatalities="30"),
    ),
    "deletions": ([export()], deletions(("MLI1", DELETED))),
    "an export after deletions": ([export(), deletions(("MLI1", DELETED))], export(timestamp=LATER)),
}  # fmt: skip


@pytest.mark.parametrize(("before", "run"), RUNS.values(), ids=RUNS)
def test_undoing_brings_the_world_before_back(before: list[Step], run: Step, seeded_url: str, tmp_path: Path) -> None:
    for step in before:
        step(seeded_url, tmp_path)
    world_before, tracked, claims = world(seeded_url), query(seeded_url, TRACKED), dump(seeded_url)["claim"]
    report = run(seeded_url, tmp_path)
    world_after = world(seeded_url)
    undo(seeded_url, report.run)
    assert world(seeded_url) == world_before
    assert sorted(query(seeded_url, TRACKED)) == sorted(tracked)
    assert [row[0] for row in dump(seeded_url)["claim"][: len(claims)]] == [row[0] for row in claims]

    run(seeded_url, tmp_path)
    assert world(seeded_url) == world_after
    written = dump(seeded_url)
    assert counts(run(seeded_url, tmp_path)).keys() <= {"unchanged"}
    assert dump(seeded_url) == written


@pytest.mark.parametrize(("before", "run"), RUNS.values(), ids=RUNS)
def test_undoing_everything_leaves_nothing_standing(
    before: list[Step], run: Step, database_url: str, tmp_path: Path
) -> None:
    runs = [step(database_url, tmp_path).run for step in (*before, run)]
    for each in reversed(runs):
        undo(database_url, each)
    assert world(database_url) == {"events": [], "claims": [], "casualties": []}
    assert query(database_url, "SELECT id FROM claim WHERE withdrawn_on IS NULL") == []
    assert query(database_url, "SELECT id FROM claim_link WHERE withdrawn_on IS NULL") == []
    assert query(database_url, TRACKED) == []


def test_undoing_leaves_what_documents_say(database_url: str, tmp_path: Path) -> None:
    document = """\
source: {id: report, title: A report}
actors: [{name: Reporter, kind: medium}]
events:
  - {native_ids: ["ucdp-ged:2"], name: Raid, type: battle, date: 2019-03-17, claimant: Reporter,
     claims: [{id: r, claimant: Reporter, of: total, killed: 31}]}
"""
    run = take_ged(database_url, tmp_path, ONE, TWO).run
    take_text(database_url, tmp_path, document)
    both = world(database_url)
    undo(database_url, run)
    claims = [(row.claimant, row.lower) for row in Database(database_url).casualty_claims()]
    assert claims == [("Reporter", 31)]
    take_ged(database_url, tmp_path, ONE, TWO)
    assert world(database_url) == both


def test_words_of_the_release_before_are_found_again(database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, TWO)
    undo(database_url, take_ged(database_url, tmp_path, OTHERWISE, release="23.1").run)
    assert len(Database(database_url).events("quarry")) == 1
    assert len(Database(database_url).events("ambush")) == 0


def test_a_run_that_another_builds_on_is_not_undone(database_url: str, tmp_path: Path) -> None:
    first = take_ged(database_url, tmp_path, ONE, TWO).run
    second = take_ged(database_url, tmp_path, ONE, OTHERWISE, release="23.1").run
    elsewhere = take_ged(database_url, tmp_path, THREE, release="23.1").run
    before = dump(database_url)
    with pytest.raises(ConflictDBError, match=f"run {first} cannot be undone before run {second}"):
        undo(database_url, first)
    assert dump(database_url) == before
    for run in (second, first, elsewhere):
        undo(database_url, run)
    assert standing(database_url) == []


def test_a_run_that_changed_nothing_bars_no_other(database_url: str, tmp_path: Path) -> None:
    first = take_ged(database_url, tmp_path, ONE, TWO).run
    take_ged(database_url, tmp_path, TWO, ONE)
    undo(database_url, first)
    assert standing(database_url) == []


# --- any order -------------------------------------------------------------------------------------------------------

FIGURES = {
    "22.1": {"1": (20, 3), "2": (5, 5)},
    "23.1": {"1": (26, 0), "2": (5, 5)},
    "24.1": {"1": (26, 0), "3": (7, 1)},
}
"""Side A and B of each row, by release; of a side of 0 nothing need be said."""


def expected(releases: list[str]) -> dict[str, dict[str, int]]:
    """Return what stands after these releases: of each row what the newest of them says that has it."""
    rows: dict[str, dict[str, int]] = {}
    for name in sorted(releases):
        for number, (side_a, side_b) in FIGURES[name].items():
            rows[number] = {"deaths_a": side_a, "deaths_b": side_b, "best": side_a + side_b}
    return {number: {column: best for column, best in row.items() if best} for number, row in rows.items()}


STEPS = st.lists(st.sampled_from([*FIGURES, *FIGURES, "undo", "undo the first"]), min_size=2, max_size=6)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_newest_imported_release_stands(
    steps: list[str], databases: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    url = databases.copy(folder, seed=False)
    runs: list[tuple[str, int]] = []
    for step in steps:
        if step in FIGURES:
            rows = [ged(id=number, deaths_a=a, deaths_b=b) for number, (a, b) in FIGURES[step].items()]
            report = take_ged(url, folder, *rows, release=step)
            if report.run is not None and not any(name == step for name, _ in runs):
                runs.append((step, report.run))
        elif runs:
            name, run = runs[0 if step == "undo the first" else -1]
            try:
                undo(url, run)
            except ConflictDBError as error:
                assert step == "undo the first" and len(runs) > 1, error
            else:
                runs.remove((name, run))
        found = {number: {name: best for name, best in row.items() if best} for number, row in bests(url).items()}
        assert found == expected([name for name, _ in runs]), (step, runs)
    databases.drop(url)
