"""The numbers of other policies in layouts that ask for one, and how a row, a file and a report say whose they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from export_rows import rows_of

from conflictdb.config import Target, find_target
from conflictdb.export.layouts import LAYOUTS
from conflictdb.ingest import import_file
from conflictdb.looking import look

Export = Callable[..., tuple[Path, Any]]
RAID = "event:dioura-2019"


def test_ged_takes_low_best_and_high(both: Target, export: Export) -> None:
    raid, own, *_ = rows_of(export(both, "ged", lens=look("ucdp"))[0])
    names = ("code_status", "deaths_a", "deaths_b", "low", "best", "high")
    assert [raid[name] for name in names] == ["conflictdb ucdp 1", "26", "3", "24", "29", "33"]
    assert [own[name] for name in names[1:]] == ["10", "2", "9", "12", "14"]  # the recorder's own, whatever the policy


@pytest.mark.parametrize(
    ("policy", "told", "expected"),
    [
        ("range", {}, ("", "killed 24 or more (conflictdb range 1)")),
        ("ucdp", {}, ("29", "killed 24 to 33, best 29 (conflictdb ucdp 1)")),
        ("acled", {}, ("29", "killed 29 (conflictdb acled 1)")),
        ("majority", {"tie": "lowest"}, ("24", "killed 24 (conflictdb majority 1, tie lowest)")),
        ("priority", {"prefer": "minusma,jnim"}, ("29", "killed 29 (conflictdb priority 1, prefer minusma,jnim)")),
    ],
    ids=["range", "ucdp", "acled", "majority", "priority"],
)
def test_acled_takes_the_number_that_a_policy_names(
    policy: str, told: dict[str, str], expected: tuple[str, str], both: Target, export: Export
) -> None:
    (row,) = rows_of(export(both, "acled", RAID, lens=look(policy, told=told))[0])
    assert (row["fatalities"], row["notes"].partition(". ")[0]) == expected


def test_gtd_takes_the_number_that_a_policy_names(both: Target, export: Export) -> None:
    path, outcome = export(both, "gtd", RAID, lens=look("ucdp"))
    (row,) = rows_of(path)
    assert (row["nkill"], row["nkillter"], row["addnotes"]) == ("29", "3", "conflictdb ucdp 1.")
    assert ("ranges of killed", 1, 1) in outcome.lost


def test_hxl_and_geojson_name_the_best(both: Target, export: Export) -> None:
    _, row, *_ = rows_of(export(both, "hxl", lens=look("ucdp"))[0])
    assert [row[name] for name in ("killed_low", "killed_best", "killed_high", "figures")] == [
        "24", "29", "33", "conflictdb ucdp 1, basis claims",
    ]  # fmt: skip
    path, _ = export(both, "geojson", RAID, lens=look("ucdp"))
    told = json.loads(path.read_text(encoding="utf-8"))["features"][0]["properties"]
    killed = next(each for each in told["totals"] if each["metric"] == "killed")
    assert (told["policy"], killed["low"], killed["best"], killed["high"]) == ("conflictdb ucdp 1", 24, 29, 33)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_policy_is_named_in_every_report(layout: str, both: Target, export: Export) -> None:
    path, _ = export(both, layout, lens=look("corroborated", told={"k": "3"}))
    report = path.with_name(path.name + ".losses.txt").read_text(encoding="utf-8")
    assert "\npolicy:   corroborated 1, k 3, basis claims" in report


def test_a_policy_that_leaves_no_number_says_so(database_url: str, export: Export, tmp_path: Path) -> None:
    document = tmp_path / "one.yaml"
    document.write_text(
        "sources: [{id: art, title: An article}]\nsource: art\nclaimant: A\nactors: [{name: A, kind: ngo}]\n"
        "slug: x-2020\nname: X\ntype: battle\ndate: 2020-02\nplace: {name: X, country: Mali}\n"
        "claims: [{of: total, killed: 7}]\n",
        encoding="utf-8",
    )
    target = find_target(database_url)
    assert import_file(target, document).problems == []
    path, outcome = export(target, "acled", lens=look("corroborated"))
    (row,) = rows_of(path)
    assert (row["fatalities"], row["notes"]) == ("", "killed without a number (conflictdb corroborated 1).")
    assert (outcome.tally.filled, outcome.tally.undecided, outcome.tally.empty) == (0, 1, 0)
    report = path.with_name("out.acled.losses.txt").read_text(encoding="utf-8")
    assert "numbers:  1 was left empty: conflictdb corroborated 1 leaves no number\n" in report
