"""Tables of claims and of events: csv, parquet, xlsx, hxl and GeoJSON."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from export_rows import rows_of

from conflictdb.config import Target, find_target
from conflictdb.errors import UsageError
from conflictdb.export import parquet as parquet_layout
from conflictdb.export import xlsx
from conflictdb.export.columns import CLAIMS
from conflictdb.ingest import import_file
from conflictdb.reader import Reader
from conflictdb.store.engine import reading

Export = Callable[..., tuple[Path, Any]]

HOSTILE = """\
sources: [{id: art, title: "=cmd|' /C calc'!A0", url: "http://example.org/@x"}]
source: art
claimant: A
actors: [{name: A, kind: ngo}, {name: "-3.5", kind: armed_group}]
slug: x-2020
name: "=1+1"
type: battle
date: 2020-02-03
place: {name: "@X", country: Mali, latitude: -14.5, longitude: -5.25}
sides: [{combatants: ["-3.5"]}]
claims:
  - {of: "-3.5", killed: {figure: 7, wording: "+7 killed", note: "'=2"}}
"""


def test_a_table_says_what_the_ledger_says(both: Target, export: Export) -> None:
    path, outcome = export(both, "csv")
    rows = rows_of(path)
    assert list(rows[0]) == [column.name for column in CLAIMS]
    with reading(both) as connection:
        ledger = {each.key: each for each in Reader(connection).claims("", history=True)}
    assert outcome.tally.rows == len(rows) == len(ledger)
    for row in rows:
        claim = ledger[row["claim"]]
        for name in ("event", "kind", "basis", "subject", "side", "metric", "lower", "upper", "best", "qualifier",
                     "wording", "claimant", "claimant_kind", "stake", "stated_on", "source", "locator", "person",
                     "value", "part_of", "native_id", "standing"):  # fmt: skip
            known = getattr(claim, name)
            assert row[name] == ("" if known is None else str(known)), name
    links = {row["claim"]: row["links"] for row in rows if row["links"]}
    assert sorted(text.split()[0] for text in links.values()) == ["corroborates", "supersedes"]


def test_parquet_is_the_same_table_typed(both: Target, export: Export) -> None:
    from pyarrow import parquet

    table = parquet.read_table(export(both, "parquet")[0])
    path, _ = export(both, "csv")
    rows = rows_of(path)
    assert table.column_names == [column.name for column in CLAIMS]
    types = {"string": "string", "integer": "int64", "number": "double"}
    assert [str(field.type) for field in table.schema] == [types[column.type] for column in CLAIMS]
    plain = [{name: "" if value is None else str(value) for name, value in row.items()} for row in table.to_pylist()]
    assert plain == rows
    assert table.schema.metadata[b"exported_on"] == b"2026-01-02"


def test_parquet_needs_its_package(
    both: Target, export: Export, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match="needs the package pyarrow") as raised:
        export(both, "parquet")
    assert raised.value.advice == ("install it with: pip install 'conflictdb[parquet]'",)
    assert not list(tmp_path.glob("*parquet*"))


def test_parquet_is_written_in_groups(both: Target, export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow import parquet

    from conflictdb.store.read import export as read

    monkeypatch.setattr(parquet_layout, "ROW_GROUP", 2)
    monkeypatch.setattr(read, "BATCH", 1)
    assert parquet.ParquetFile(export(both, "parquet")[0]).metadata.num_row_groups == 4


@pytest.fixture
def hostile(database_url: str, tmp_path: Path) -> Target:
    document = tmp_path / "hostile.yaml"
    document.write_text(HOSTILE, encoding="utf-8")
    target = find_target(database_url)
    assert import_file(target, document).problems == []
    return target


@pytest.mark.parametrize("layout", ["csv", "hxl", "ged", "acled", "gtd"])
def test_no_cell_is_a_formula(layout: str, hostile: Target, export: Export) -> None:
    with export(hostile, layout)[0].open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    begin = [cell for cell in cells if cell.startswith(("=", "+", "@", "-", "\t"))]
    assert begin == [cell for cell in begin if cell in ("-14.5", "-5.25", "-3.5")]
    assert "-14.5" in cells


def test_a_workbook_holds_texts_and_no_formulas(hostile: Target, export: Export) -> None:
    path, _ = export(hostile, "xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Events", "Claims", "Sources", "About"]
    events, claims, sources, about = (list(sheet.iter_rows()) for sheet in book.worksheets)
    cells = {cell.value: cell.data_type for rows in (events, claims, sources) for row in rows for cell in row}
    assert cells["=1+1"] == "s" and cells["=cmd|' /C calc'!A0"] == "s"
    assert not any(cell.hyperlink for row in sources for cell in row)
    told = {row[0].value: row[1].value for row in about}
    assert (told["exported on"], told["query"], told["events"], told["claims"], told["sources"]) == (
        "2026-01-02", "all events", 1, 1, 1,
    )  # fmt: skip
    assert told["policy of the low, best and high figures"] == "conflictdb range 1"


def test_a_sheet_holds_no_more_than_excel(
    both: Target, export: Export, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 20)
    with pytest.raises(UsageError, match="the sheet Claims of an Excel file holds 19 rows, and there are more"):
        export(both, "xlsx")
    assert not list(tmp_path.glob("*out*"))


def test_hxl_has_tags_in_its_second_row(both: Target, export: Export) -> None:
    rows = rows_of(export(both, "hxl")[0])
    tags, raid, own = rows[0], rows[1], rows[2]
    assert (tags["id"], tags["start"], tags["latitude"], tags["killed_low"], tags["killed_high"]) == (
        "#event+id", "#date+start", "#geo+lat", "#affected+killed+min", "#affected+killed+max",
    )  # fmt: skip
    assert all(tag.startswith("#") for tag in tags.values())
    assert (raid["killed_low"], raid["killed_high"], raid["wounded_low"], raid["wounded_high"]) == ("24", "", "17", "")
    assert raid["figures"] == "conflictdb range 1, basis claims"
    assert (own["killed_low"], own["figures"]) == ("", "conflictdb range 1: no claims")


def test_geojson_features(both: Target, export: Export) -> None:
    path, outcome = export(both, "geojson")
    collection = json.loads(path.read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    raid, own = collection["features"][:2]
    assert raid["geometry"] == {"type": "Point", "coordinates": [-5.251389, 14.825278]}
    assert (raid["properties"]["policy"], raid["properties"]["basis"]) == ("conflictdb range 1", "claims")
    killed = next(each for each in raid["properties"]["totals"] if each["metric"] == "killed")
    assert (killed["low"], killed["open"], killed["highest_stated"], killed["composite"]) == (24, True, 33, True)
    assert len(raid["properties"]["claims"]) == 27
    assert own["properties"]["estimates"] == [] and len(own["properties"]["claims"]) == 3
    assert outcome.tally.rows == 4


def test_geojson_without_coordinates(database_url: str, export: Export, tmp_path: Path) -> None:
    document = tmp_path / "nowhere.yaml"
    document.write_text(
        "sources: [{id: art, title: T}]\nsource: art\nclaimant: A\nactors: [{name: A, kind: ngo}]\n"
        "slug: x\nname: X\ntype: riot\n",
        encoding="utf-8",
    )
    target = find_target(database_url)
    assert import_file(target, document).problems == []
    feature = json.loads(export(target, "geojson")[0].read_text(encoding="utf-8"))["features"][0]
    assert (feature["id"], feature["geometry"], feature["properties"]["claims"]) == ("x", None, [])
    _, outcome = export(target, "csv")
    assert (outcome.tally.rows, outcome.lost) == (0, [("events without claims", 1, 1)])
