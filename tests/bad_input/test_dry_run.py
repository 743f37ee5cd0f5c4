"""`--dry-run` and `--problems`: the same counts as in earnest, and nothing written but what was asked for."""

# ruff: noqa: E501  (whole messages, each on a line of its own)
from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest


def counts(stderr: str) -> list[str]:
    """The lines of a report that an import and its rehearsal have in common."""
    return [line for line in stderr.splitlines() if line.startswith("  ")]


@pytest.fixture
def mixed(write: Any, document: str) -> list[Path]:
    """Return files of which one needs another, one is refused in part, and one cannot be read."""
    head, _, rest = document.partition("slug:")
    partly = "source: art\nevents:\n"
    partly += "  - {slug: y-2019, name: Y, type: battle, claims: [{claimant: JNIM, of: total, killed: 3}]}\n"
    partly += "  - {slug: z-2019, name: Z, type: batle}\n"
    return [
        write(head, "actors.yaml"),
        write("source: art\nclaimant: Wikipedia\nslug:" + rest, "event.yaml"),
        write(partly, "partly.yaml"),
        write("{", "bad.json"),
        write("slug: x-2019\nsource: art\ncountry: =1+1\nplace: {country: Nowhereland}\n", "none.yaml"),
    ]


def test_a_dry_run_counts_as_the_import_does_and_writes_nothing(
    database_url: str, mixed: list[Path], run: Any, dump: Any, count_runs: Any
) -> None:
    before = dump(database_url)
    rehearsed = run("import", "--dry-run", *mixed, db=database_url)
    assert (dump(database_url), count_runs(database_url)) == (before, 0)
    done = run("import", *mixed, db=database_url)
    assert (rehearsed.exit_code, done.exit_code) == (5, 5)
    assert counts(rehearsed.stderr) == counts(done.stderr)
    assert rehearsed.stderr.count("dry run: nothing was written\n") == 4
    assert count_runs(database_url) == 3
    assert [row[2] for row in dump(database_url)["event"]] == ["x-2019", "y-2019"]


def test_a_dry_run_leaves_the_file_as_it_is(sqlite_databases: Any, tmp_path: Path, mixed: list[Path], run: Any) -> None:
    path = Path(sqlite_databases.copy(tmp_path, seed=True))
    before = path.read_bytes()
    assert run("import", "--dry-run", *mixed, db=path).exit_code == 5
    assert path.read_bytes() == before


def test_a_dry_run_leaves_no_database_behind(blank_url: str, mixed: list[Path], run: Any, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    rehearsed = run("import", "--dry-run", *mixed, db=blank_url)
    assert sorted(tmp_path.iterdir()) == before
    assert run("events", db=blank_url).exit_code == 4
    assert rehearsed.stderr.startswith(f"{blank_url} does not exist; an import would make it\n")
    done = run("import", *mixed, db=blank_url)
    assert counts(rehearsed.stderr) == counts(done.stderr)


def test_a_dry_run_leaves_no_default_database_behind(
    mixed: list[Path], run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("CONFLICTDB_HOME", str(home))
    rehearsed = run("import", "--dry-run", *mixed)
    assert not home.exists()
    assert counts(rehearsed.stderr) == counts(run("import", *mixed).stderr)


def test_all_problems_are_written_to_a_file(database_url: str, mixed: list[Path], run: Any, tmp_path: Path) -> None:
    target = tmp_path / "problems.csv"
    result = run("import", *mixed, "--problems", target, db=database_url)
    assert result.exit_code == 5
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    partly, bad, none = map(str, mixed[2:])
    nowhere = "ISO 3166 has no such country; the name is kept without a code"
    types = "battle, explosion, violence_against_civilians, terrorism, riot, protest, strategic, state_based, non_state"
    assert rows[:4] == [
        ["kind", "file", "line", "event", "field", "value", "why"],
        ["refused", partly, "4", "z-2019", "events.2.type", "batle", f"did you mean battle? it is one of: {types}, one_sided, other"],
        ["refused", bad, "", "", "", "", "bad.json is not JSON: Expecting property name enclosed in double quotes on line 1, column 2"],
        ["refused", none, "3", "x-2019", "country", "'=1+1", 'no field is called "country"; known: claimant, source, slug, key, name, type, subtype, conflict, place, date, date_precision, start, end, time_zone, summary, native_ids, sides, claims, timeline'],
    ]  # fmt: skip
    assert rows[4][:6] == ["warning", none, "4", "x-2019", "place.country", "Nowhereland"]
    assert rows[4][6].startswith(nowhere)


def test_problems_are_never_written_over_a_document(
    database_url: str, mixed: list[Path], run: Any, tmp_path: Path
) -> None:
    before = mixed[0].read_bytes()
    result = run("import", *mixed, "--problems", mixed[0], db=database_url)
    error = f"error: the problems would be written over {mixed[0]}\n  name another file for them\n"
    assert (result.exit_code, result.stderr, mixed[0].read_bytes()) == (2, error, before)
    for place in (tmp_path, tmp_path / "nofolder" / "problems.csv"):
        assert run("import", mixed[0], "--problems", place, db=database_url).exit_code == 2


def test_standard_input(known_url: str, document: str, run: Any, run_process: Any) -> None:
    result = run("import", "-", db=known_url, input=document)
    assert result.exit_code == 0
    assert result.stderr.startswith("-   native, ")
    assert "  claims    0 added   0 changed   6 unchanged" in result.stderr
    bad = run_process("import", "-", db=known_url, input="slug: [")
    assert bad.exit_code == 1
    assert bad.stderr.startswith("error: stdin is not YAML: expected the node content, but found '<stream end>'")
    empty = run("import", "-", db=known_url, input="")
    assert (empty.exit_code, empty.stderr) == (1, "error: - is empty\n  nothing was imported\n")


def test_an_unknown_format_is_refused_with_the_nearest(database_url: str, mixed: list[Path], run: Any) -> None:
    result = run("import", mixed[0], "--format-of", "natve", db=database_url)
    error = "error: no importer is called 'natve'\n  known: native\n"
    assert (result.exit_code, result.stderr) == (2, error)
