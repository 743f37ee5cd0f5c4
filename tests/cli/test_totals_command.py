"""`casualties --total`: what the table says, beside whom, and that every format says the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conflictdb.render.formats import Format

Run = Callable[..., Any]
EVENT = "dioura-2019"

RANGE = """\
what    sum                           events  no figure
killed  at least 24, up to 33 stated       1          0

Killed: at least 24, up to 33 stated, in 1 event. Lows and highs are added apart. A sum is "at
least" where a part is open above. An event without a figure is in no sum. Of an event, by range
(version 1): From the least to the greatest stated figure; open above where a claim states no upper
bound; no best figure.
policy: range, basis: claims
"""
ACTORS = """\
actor           what     sum        best  events  no figure  note
Katibat Macina  killed   3          3          1          0
Malian Army     killed   21 to 30   26         1          0
Katibat Macina  wounded  no figure             0          1  no figure for dioura-2019
Malian Army     wounded  17         17         1          0

By actor, what is estimated of each is added, not the totals of events: an event counts for each
that took part, and the sums need not come to the totals. Lows and highs are added apart. A sum is
"at least" where a part is open above. An event without a figure is in no sum. Of an event, by ucdp
(version 1): Low is the smallest figure"""
NONE = """\
what    sum        events  no figure  note
killed  no figure       0          1  no figure for dioura-2019

Killed: no figure in 1 event: dioura-2019. Lows and highs are added apart. A sum is "at least" where
a part is open above. An event without a figure is in no sum. Of an event, by range (version 1):
From the least to the greatest stated figure; open above where a claim states no upper bound; no
best figure.
policy: range, basis: claims, as of: 2019-03-17
"""


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ((EVENT, "--metric", "killed"), RANGE),
        (("--by", "actor", "--policy", "ucdp", "--metric", "killed,wounded"), ACTORS),
        (("--metric", "killed", "--as-of", "2019-03-17"), NONE),
    ],
    ids=["range", "by actor", "before anybody spoke"],
)
def test_table(run: Run, shipped_url: str, args: tuple[str, ...], expected: str) -> None:
    result = run("casualties", "--total", *args, db=shipped_url)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(expected)


@pytest.mark.parametrize("format", Format)
def test_formats(run: Run, shipped_url: str, format: Format) -> None:
    result = run("casualties", "--total", "--by", "month", "--policy", "ucdp", "--format", format, db=shipped_url)
    assert (result.exit_code, result.stderr) == (0, "")
    rows = {
        Format.JSON: lambda: json.loads(result.stdout)["rows"],
        Format.JSONL: lambda: [json.loads(line) for line in result.stdout.splitlines()],
        Format.CSV: lambda: list(csv.DictReader(io.StringIO(result.stdout))),
    }.get(format, lambda: None)()
    if rows is None:
        assert "Mar 2019" in result.stdout
        return
    assert [(row["group"], row["metric"], str(row["low"]), str(row["best"] or "none")) for row in rows] == [
        ("2019-03", "killed", "24", "29"), ("2019-03", "wounded", "17", "none"), ("2019-03", "missing", "20", "none"),
        ("2019-03", "captured", "0", "none"),
    ]  # fmt: skip


ANCIENT = """
conflictdb: 1
source: {id: histories, title: Histories}
actors: [{name: Herodotus, kind: witness}]
claimant: Herodotus
slug: marathon
name: Battle of Marathon
type: battle
date: "-0489-09"
claims:
  - {of: total, killed: 6592}
"""


@pytest.mark.parametrize(("by", "spoken", "kept"), [("year", "490 BC", "-0489"), ("month", "Sep 490 BC", "-0489-09")])
def test_periods_are_spoken_on_the_screen(
    by: str, spoken: str, kept: str, run: Run, database_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "marathon.yaml"
    path.write_text(ANCIENT, encoding="utf-8")
    assert run("import", path, db=database_url).exit_code == 0
    args = ("casualties", "marathon", "--total", "--by", by)
    assert run(*args, db=database_url).stdout.splitlines()[1].startswith(f"{spoken}  killed")
    assert json.loads(run(*args, "--format", "json", db=database_url).stdout)["rows"][0]["group"] == kept


def test_json_names_policy_basis_and_day(run: Run, shipped_url: str) -> None:
    args = (EVENT, "--total", "--policy", "acled", "--as-of", "2019-05", "--metric", "killed", "--format", "json")
    answer = json.loads(run("casualties", *args, db=shipped_url).stdout)
    (row,) = answer.pop("rows")
    assert {name: answer[name] for name in ("command", "query", "policy", "basis", "as_of")} == {
        "command": "casualties", "query": f"event:{EVENT}", "policy": "acled", "basis": "claims", "as_of": "2019-05",
    }  # fmt: skip
    assert row["rule"].startswith("The lowest figure, until one is corroborated")
    del row["rule"]
    assert row == {
        "by": None, "group": None, "metric": "killed", "events": 1, "with_figure": 1, "without_figure": 0,
        "without": [], "low": 26, "best": None, "high": None, "open": True, "highest_stated": 26, "lacking_low": 0,
        "lacking_best": 1, "zero_or_unknown": 0, "counted_once": 0, "policy": "acled", "version": "1",
        "basis": "claims", "label": "acled", "parameters": {"several": 3}, "as_of": "2019-05",
    }  # fmt: skip


def test_nothing(run: Run, shipped_url: str) -> None:
    assert run("casualties", "--total", "country:NER", db=shipped_url).stdout == (
        "no casualty claims found; what recorders estimate: --basis estimates\n\npolicy: range, basis: claims\n"
    )
    assert run("casualties", "--total", "--as-of", "2019-03-16", db=shipped_url).stdout == (
        "no casualty claim had been stated by 2019-03-16; --undated counts undated statements too\n\n"
        "policy: range, basis: claims, as of: 2019-03-16\n"
    )


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (
            ("--total", "--by", "contry"),
            "error: sums cannot be divided by 'contry'\n  did you mean country?\n"
            "  known: country, conflict, month, year, actor, side, type\n",
        ),
        (
            ("--total", "--metric", "materiel"),
            "error: sums are of persons, and materiel counts things of several kinds\n"
            "  list them with: conflictdb casualties --by-side --metric materiel\n",
        ),
        (("--by", "country"), "error: --by country says how sums are divided\n  ask for sums with --total\n"),
    ],
    ids=["by what is unknown", "things", "without --total"],
)
def test_errors(run: Run, shipped_url: str, args: tuple[str, ...], expected: str) -> None:
    result = run("casualties", *args, db=shipped_url)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", expected)
