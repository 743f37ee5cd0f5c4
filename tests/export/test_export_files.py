"""Exports are whole or not there; and what describes them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from export_rows import ROW
from sqlalchemy import insert, select

from conflictdb.config import Target
from conflictdb.domain.formulas import defuse, defuse_row, restore
from conflictdb.errors import ConflictDBError, UsageError
from conflictdb.export import claims, licences
from conflictdb.export.files import replaced
from conflictdb.export.layouts import LAYOUTS, find_layout
from conflictdb.store.engine import reading, writing
from conflictdb.store.tables import event, external_id, import_run

Export = Callable[..., tuple[Path, Any]]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_query_that_finds_nothing(layout: str, both: Target, export: Export) -> None:
    path, outcome = export(both, layout, "event:nowhere")
    assert outcome.tally.events == 0
    assert path.exists()
    assert "Nothing was lost." in path.with_name(path.name + ".losses.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_interruption_leaves_nothing(
    layout: str, both: Target, export: Export, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("conflictdb.export.exporting.Tally", interrupt_after_one())
    before = sorted(each.name for each in tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        export(both, layout)
    assert sorted(each.name for each in tmp_path.iterdir()) == before


def interrupt_after_one() -> Any:
    from conflictdb.export.task import Tally

    class Interrupting(Tally):
        def __setattr__(self, name: str, value: Any) -> None:
            if name == "events" and value:
                raise KeyboardInterrupt
            super().__setattr__(name, value)

    return Interrupting


def test_an_existing_file_is_replaced_only_when_that_is_said(both: Target, export: Export) -> None:
    path, _ = export(both, "csv", "event:dioura-2019")
    first = path.read_bytes()
    with pytest.raises(UsageError, match="exists already") as raised:
        export(both, "csv")
    assert raised.value.advice == ("name another file, or replace it with --force",)
    assert path.read_bytes() == first
    export(both, "csv", force=True)
    assert path.read_bytes() != first


def test_places_where_no_file_can_go(both: Target, export: Export, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        export(both, "csv", name="nowhere/out.csv")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        export(both, "csv", name="folder")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written(both: Target, export: Export, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o555)
    with pytest.raises(ConflictDBError, match="Permission denied"):
        export(both, "csv", name="locked/out.csv")


def test_what_the_disk_refuses_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConflictDBError, match="No space left on device") as raised, replaced(tmp_path / "x.csv"):
        raise OSError(28, "No space left on device")
    assert raised.value.advice == ("check the rights to the folder and the room on the disk; nothing was written",)
    assert list(tmp_path.iterdir()) == []


def test_rights_are_those_of_new_files(tmp_path: Path) -> None:
    with replaced(tmp_path / "x.csv") as part:
        part.write_text("x")
    (tmp_path / "y.csv").write_text("y")
    assert (tmp_path / "x.csv").stat().st_mode == (tmp_path / "y.csv").stat().st_mode


def test_unknown_layouts_have_a_nearest() -> None:
    with pytest.raises(UsageError) as raised:
        find_layout("geojsn")
    assert raised.value.advice[0] == "did you mean geojson?"


def test_datapackage(both: Target, export: Export) -> None:
    path, outcome = export(both, "csv", package=True)
    package = json.loads(outcome.package.read_text(encoding="utf-8"))
    assert outcome.package.name == "datapackage.json"
    resource = package["resources"][0]
    # What the Data Package and Data Resource specifications, version 1, require, and patterns that they set.
    assert package["profile"] == "data-package"
    assert all(set(each) & {"name", "path"} for each in package["licenses"])
    assert all(each["title"] for each in package["sources"])
    assert resource["name"] == "out" and resource["path"] == "out.csv"
    assert resource["bytes"] == path.stat().st_size
    assert resource["hash"] == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    header = path.read_text(encoding="utf-8").partition("\n")[0].split(",")
    assert [field["name"] for field in resource["schema"]["fields"]] == header
    assert {field["type"] for field in resource["schema"]["fields"]} == {"string", "integer", "number"}
    assert all(field["description"] for field in resource["schema"]["fields"])
    assert package["created"] == "2026-01-02T00:00:00Z"
    assert {each["name"] for each in package["licenses"]} == {"CC-BY-4.0", "CC-BY-SA-4.0"}
    cited = {each["title"]: each.get("citation", "") for each in package["sources"]}
    assert "Sundberg" in cited["UCDP Georeferenced Event Dataset 23.1"]
    assert "Raid on Dioura (2019)" in cited


@pytest.mark.parametrize("layout", ["ged", "acled", "gtd", "hxl"])
def test_columns_of_other_layouts_are_described(layout: str, both: Target, export: Export) -> None:
    _, outcome = export(both, layout, package=True)
    fields = json.loads(outcome.package.read_text(encoding="utf-8"))["resources"][0]["schema"]["fields"]
    assert sum("description" in field for field in fields) > len(fields) // 2


def test_rows_that_may_not_be_passed_on_are_warned_of(both: Target, export: Export) -> None:
    with writing(both) as connection:
        event_id, run = connection.scalar(select(event.c.id)), connection.scalar(select(import_run.c.id))
        known = {"scheme": "acled", "native_id": "MLI1", "event_id": event_id, "import_run_id": run}
        connection.execute(insert(external_id).values(**known))
    _, outcome = export(both, "csv")
    assert outcome.warnings == [
        "1 event is of ACLED, whose terms of use forbid passing its rows on: keep this file to yourself"
    ]
    with reading(both) as connection:
        assert licences.guarded(connection)


@pytest.mark.parametrize(
    "text",
    ["=1", "'=1", "''=1", "-3.5", "'-3.5", "+1", "+x", "- x", " =x", "\t", "'\tx", "＝1", "x", "", "'", "'x", "1e5",
     "-1e5", "@x", "-", "\n", "'\n=1", *ROW.values()],
)  # fmt: skip
def test_defusing_is_undone(text: str) -> None:
    assert restore(defuse(text)) == text
    assert list(defuse_row(["a", text, "b"])) == ["a", defuse(text), "b"]
    assert defuse(text) == text or defuse(text) == f"'{text}"


def test_claims_are_streamed(both: Target, export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    from conflictdb.store.read import export as read

    whole = export(both, "csv", name="whole.csv")[0].read_bytes()
    monkeypatch.setattr(read, "BATCH", 1)
    sizes: list[int] = []
    add = claims.lose_around_claims
    monkeypatch.setattr(claims, "lose_around_claims", lambda task, flat: (sizes.append(len(flat.ids)), add(task, flat)))
    assert export(both, "csv", name="parts.csv")[0].read_bytes() == whole
    assert sizes == [1, 1, 1, 1]
