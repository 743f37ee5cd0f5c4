"""Exports as of a day: only what had been stated by then, as it stood then, in every layout."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from export_rows import content, empty, rows_of

from conflictdb.config import Target, find_target
from conflictdb.export import exporting
from conflictdb.export.layouts import LAYOUTS
from conflictdb.ingest import import_file
from conflictdb.looking import know, look
from conflictdb.reader import Reader
from conflictdb.store.engine import reading

Export = Callable[..., tuple[Path, Any]]
LEFT_OUT = {
    "2019-03-18": "9 claims stated later, 21 undated claims, 3 entries of the timeline,"
    " 3 events of which nothing had been stated",
    "2019-05-31": "7 claims stated later, 21 undated claims, 1 entry of the timeline,"
    " 3 events of which nothing had been stated",
}  # fmt: skip


@pytest.fixture
def raid(both: Target, export: Export) -> Callable[..., tuple[Path, Any]]:
    """Return raid(layout, as_of): the raid and three events that UCDP came to state in June 2023, as of a day."""

    def raid(layout: str, as_of: str = "2019-03-18", name: str = "", **told: Any) -> tuple[Path, Any]:
        lens = look(told.pop("policy", "range"), as_of=as_of, undated=told.pop("undated", False))
        return export(both, layout, told.pop("query", ""), name, lens=lens, **told)

    return raid


@pytest.mark.parametrize("layout", LAYOUTS)
def test_before_any_claim_there_is_nothing(layout: str, raid: Any) -> None:
    path, outcome = raid(layout, "2019-03-16")
    assert (outcome.tally.events, outcome.tally.left_out.events) == (0, 4)
    report = path.with_name(path.name + ".losses.txt").read_text(encoding="utf-8")
    assert "as of:    2019-03-16\n" in report
    assert "left out: 13 claims stated later, 21 undated claims" in report


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("as_of", LEFT_OUT)
def test_the_report_names_day_and_policy(layout: str, as_of: str, raid: Any) -> None:
    path, outcome = raid(layout, as_of, policy="ucdp")
    assert outcome.tally.events == 1
    lines = path.with_name(path.name + ".losses.txt").read_text(encoding="utf-8").splitlines()
    assert lines[3:7] == [
        "exported: 2026-01-02",
        "policy:   ucdp 1, basis claims"
        + ("" if LAYOUTS[layout].numbers else f" ({layout} holds claims, and no number that it makes)"),
        f"as of:    {as_of}",
        f"left out: {LEFT_OUT[as_of]}",
    ]


@pytest.mark.parametrize("as_of", ["2019-03-18", "2019-03", "2019-05-31", "2023-06-29", "2023-06", "2024"])
@pytest.mark.parametrize("undated", [False, True], ids=["dated", "undated"])
def test_a_table_says_what_the_ledger_said(as_of: str, undated: bool, raid: Any, both: Target) -> None:
    rows = rows_of(raid("csv", as_of, undated=undated)[0])
    with reading(both) as connection:
        known = know(as_of, undated=undated)
        ledger = {each.key: each for each in Reader(connection).claims("", history=True, knowledge=known)}
    assert [row["claim"] for row in rows if row["as_of"] != as_of] == []
    assert {row["claim"] for row in rows} == set(ledger)
    for row in rows:
        for name in ("event", "lower", "upper", "stake", "stated_on", "standing", "part_of", "withdrawn_on"):
            known_value = getattr(ledger[row["claim"]], name)
            assert row[name] == ("" if known_value is None else str(known_value)), name
        linked = (ledger[row["claim"]].supersedes, ledger[row["claim"]].corroborates)
        assert sorted(row["links"].split()[1::2]) == sorted(key for keys in linked for key in keys)


def test_what_was_superseded_later_stood(raid: Any) -> None:
    def killed(as_of: str, name: str) -> dict[str, str]:
        rows = rows_of(raid("csv", as_of, name)[0])
        return {row["lower"]: row["standing"] for row in rows if row["metric"] == "killed"}

    assert killed("2019-03-18", "a.csv") == {"23": "standing"}
    assert killed("2019-03-21", "b.csv") == {"23": "superseded", "26": "standing"}


def test_ged_numbers_are_those_of_the_day(raid: Any) -> None:
    (row,) = rows_of(raid("ged", "2019-03-18")[0])
    assert {name: row[name] for name in ("code_status", "deaths_a", "deaths_b", "low", "best", "high")} == {
        "code_status": "conflictdb range 1, as of 2019-03-18", "deaths_a": "23", "deaths_b": "", "low": "23",
        "best": "", "high": "",
    }  # fmt: skip
    assert (row["number_of_sources"], row["source_original"]) == ("1", "Government of Mali")
    (row,) = rows_of(raid("ged", "2019-03-18", "undated.csv", undated=True)[0])
    assert (row["code_status"], row["low"]) == ("conflictdb range 1, as of 2019-03-18 and undated", "24")


def test_acled_gtd_and_hxl_say_the_day(raid: Any) -> None:
    (row,) = rows_of(raid("acled")[0])
    assert row["notes"].startswith("killed 23 or more (conflictdb range 1, as of 2019-03-18).")
    (row,) = rows_of(raid("gtd")[0])
    assert row["addnotes"] == "conflictdb range 1, as of 2019-03-18."
    _, row = rows_of(raid("hxl")[0])
    assert (row["killed_low"], row["wounded_low"], row["figures"]) == (
        "23", "17", "conflictdb range 1, as of 2019-03-18, basis claims",
    )  # fmt: skip


def test_geojson_says_the_day(raid: Any) -> None:
    (feature,) = json.loads(raid("geojson")[0].read_text(encoding="utf-8"))["features"]
    told = feature["properties"]
    assert (told["policy"], told["as_of"]) == ("conflictdb range 1, as of 2019-03-18", "2019-03-18")
    assert len(told["claims"]) == 4
    assert {each["metric"]: each["low"] for each in told["estimates"]} == {"killed": 23, "wounded": 17, "captured": 0}


def test_parquet_says_the_day(raid: Any) -> None:
    from pyarrow import parquet

    table = parquet.read_table(raid("parquet")[0])
    plain = [{name: "" if value is None else str(value) for name, value in row.items()} for row in table.to_pylist()]
    assert plain == rows_of(raid("csv")[0])
    assert table.schema.metadata[b"as_of"] == b"2019-03-18"


def test_a_workbook_says_the_day(raid: Any) -> None:
    book = openpyxl.load_workbook(raid("xlsx", policy="ucdp")[0])
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert (about["policy of the low, best and high figures"], about["as of"]) == (
        "conflictdb ucdp 1, as of 2019-03-18", "2019-03-18",
    )  # fmt: skip
    assert (about["events"], about["claims"], about["sources"]) == (1, 4, 1)


@pytest.mark.parametrize("name", ["then.jsonl", "then.yaml", "then.json"])
@pytest.mark.parametrize("as_of", ["2019-03-18", "2019-05-31", "2024"])
def test_native_documents_make_the_database_of_the_day(
    name: str, as_of: str, raid: Any, both: Target, tmp_path: Path
) -> None:
    path, _ = raid("native", as_of, name)
    other = empty(tmp_path)
    assert import_file(other, path).problems == []
    with reading(both) as now, reading(other) as then:
        known = {each.key for each in Reader(now).claims("", history=True, knowledge=know(as_of))}
        made = list(Reader(then).claims("", history=True))
        assert {each.key for each in made} == known
        assert {each.stated_on for each in made} <= {"2019-03-17", "2019-03-18", "2019-03-21", "2019-05-31", "2023-06"}
        days = [each.date for each in Reader(then).timeline("dioura-2019")]
        assert days == [each.date for each in Reader(now).timeline("dioura-2019", know(as_of))]
    assert set(content(other)["links"]) <= set(content(both)["links"])
    names = " ".join(content(other)["actors"])
    assert ("MINUSMA" in names) == (as_of != "2019-03-18")


def test_a_native_document_in_yaml_says_the_day(raid: Any) -> None:
    text = raid("native", "2019-03-18", "then.yaml", undated=True)[0].read_text(encoding="utf-8")
    assert text.startswith("# As of 2019-03-18, and what is undated.\nconflictdb: 1\n")
    assert yaml.safe_load(text)["events"][0]["slug"] == "dioura-2019"


def test_what_was_corrected_later_is_as_it_was(database_url: str, export: Export, tmp_path: Path) -> None:
    def document(figure: int) -> str:
        return (
            "sources: [{id: art, title: An article}]\nsource: art\nclaimant: A\nactors: [{name: A, kind: ngo}]\n"
            "slug: x-2020\nname: X\ntype: battle\ndate: 2020-02\nplace: {name: X, country: Mali}\n"
            f"claims: [{{of: total, killed: {figure}, stated_on: 2020-03}}, {{of: total, wounded: 3}}]\n"
        )

    target = find_target(database_url)
    for figure in (7, 8):
        path = tmp_path / "x.yaml"
        path.write_text(document(figure), encoding="utf-8")
        assert import_file(target, path).problems == []
    made, _ = export(target, "native", lens=look(as_of="2020-03-31"), name="x.jsonl")
    claims = json.loads(made.read_text(encoding="utf-8").splitlines()[-1])["claims"]
    assert [each["killed"] for each in claims] == [8]  # our own error is corrected, whenever it was found
    assert export(target, "csv", lens=look(as_of="2020-03-30"))[1].tally.events == 0


def test_a_limit_counts_events_that_were_known(raid: Any) -> None:
    path, outcome = raid("csv", "2023-06", query="order:-date limit:2")
    assert (outcome.tally.events, {row["event"] for row in rows_of(path)}) == (2, {"mopti-town-2019", "koro-town-2019"})
    _, outcome = raid("csv", "2019-03-18", name="one.csv", query="order:-date limit:1")
    assert (outcome.tally.events, outcome.tally.left_out.events) == (1, 3)


def test_batches_make_no_difference(raid: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, outcome = raid("csv", "2023-06", "whole.csv")
    monkeypatch.setattr(exporting.read, "BATCH", 1)
    parts, other = raid("csv", "2023-06", "parts.csv")
    assert parts.read_bytes() == whole.read_bytes()
    assert other.tally.left_out == outcome.tally.left_out


def test_a_package_says_the_day(raid: Any) -> None:
    _, outcome = raid("csv", package=True)
    package = json.loads(outcome.package.read_text(encoding="utf-8"))
    assert package["description"].endswith("Only what had been stated by 2019-03-18, as it stood then.")
    assert package["resources"][0]["schema"]["fields"][-1]["name"] == "as_of"
    _, outcome = raid("hxl", policy="ucdp", package=True, force=True)
    package = json.loads(outcome.package.read_text(encoding="utf-8"))
    assert "by conflictdb ucdp 1, as of 2019-03-18, basis claims." in package["description"]
