"""`conflictdb map`: the draft on stdout, or in a new file; and the table imported with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conflictdb.importers.table.draft import draft_mapping

Run = Callable[..., Any]
TABLE = "Ref,Date,Village,Country,Army,Killed\n1,17/03/2019,Dioura,Mali,x,over 20\n2,18/03/2019,Boni,Mali,y,?\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "incidents.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_the_draft_is_printed(table: Path, run: Run) -> None:
    result = run("map", table)
    assert (result.exit_code, result.stdout, result.stderr) == (0, draft_mapping(table), "")


@pytest.mark.parametrize("options", [["--write"], ["-o", "{folder}/incidents.toml"]], ids=["beside", "named"])
def test_the_draft_is_written_and_imported(options: list[str], table: Path, run: Run, tmp_path: Path) -> None:
    options = [each.format(folder=tmp_path) for each in options]
    result = run("map", table, *options)
    place = table.with_suffix(".toml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{place}: look it through, then: conflictdb import --dry-run {table}\n"
    assert place.read_text(encoding="utf-8") == draft_mapping(table)
    imported = run("import", table, db=tmp_path / "new.sqlite")
    assert (imported.exit_code, imported.stdout) == (0, "")
    assert "2 added" in imported.stderr and "1 added" in imported.stderr


def test_nothing_is_written_over(table: Path, run: Run) -> None:
    place = table.with_suffix(".toml")
    place.write_text("mine", encoding="utf-8")
    for options in (["--write"], ["-o", place]):
        result = run("map", table, *options)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"error: {place} is there already, and is not written over\n")
    assert place.read_text(encoding="utf-8") == "mine"


def test_what_cannot_be_drafted(table: Path, run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    for arguments, code, message in (
        ([tmp_path / "nothing.csv"], 1, f"error: there is no file {tmp_path / 'nothing.csv'}"),
        ([tmp_path], 1, f"error: {tmp_path} is a folder"),
        ([empty], 1, "error: there is no table in empty.csv: "),
        ([table, "--write", "-o", "x.toml"], 2, "error: -o x.toml and --write exclude each other"),
        ([table, "-o", tmp_path / "no" / "x.toml"], 2, f"error: cannot write {tmp_path / 'no' / 'x.toml'}"),
    ):
        result = run("map", *arguments)
        assert (result.exit_code, result.stdout) == (code, "")
        assert result.stderr.startswith(message)
