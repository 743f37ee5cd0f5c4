"""Native exports: in an empty database the same, in the same database nothing new."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from export_rows import content, empty, write_ged

from conflictdb.config import Target, find_target
from conflictdb.domain.report import ImportReport
from conflictdb.errors import UsageError
from conflictdb.export import native
from conflictdb.ingest import import_file

Export = Callable[..., tuple[Path, Any]]


def assert_nothing_new(report: ImportReport) -> None:
    assert [(each.field, each.value, each.why) for each in report.problems] == []
    new = {kind: {name for name, number in counts.items() if number} for kind, counts in report.counts.items()}
    assert {kind: names - {"unchanged"} for kind, names in new.items()} == {kind: set() for kind in new}, new


@pytest.mark.parametrize("name", ["out.jsonl", "out.yaml", "out.json"])
def test_round_trip(name: str, both: Target, export: Export, tmp_path: Path) -> None:
    before = content(both)
    path, outcome = export(both, "native", name=name)
    assert outcome.tally.rows == 4
    assert_nothing_new(import_file(both, path))
    assert content(both) == before
    other = empty(tmp_path)
    assert import_file(other, path).problems == []
    assert content(other) == before


def test_what_a_query_finds_is_whole(both: Target, export: Export, tmp_path: Path) -> None:
    path, _ = export(both, "native", "event:dioura-2019", "raid.jsonl")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [next(iter(set(line) - {"conflictdb"})) for line in lines[:-1]] == [
        "sources",
        "conflicts",
        "actors",
        "people",
    ]
    assert lines[-1]["slug"] == "dioura-2019"
    assert "key" not in lines[-1]
    other = empty(tmp_path)
    assert import_file(other, path).problems == []
    assert len(content(other)["events"]) == 1
    assert set(content(other)["claims"]) <= set(content(both)["claims"])
    assert len(content(other)["claims"]) == 27


def test_estimates_keep_their_columns(both: Target, export: Export) -> None:
    path, _ = export(both, "native", "native:ucdp-ged:300380", "one.yaml")
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    event = document["events"][0]
    assert event["native_ids"] == "ucdp-ged:300380" or "ucdp-ged:300380" in event["native_ids"]
    assert {each["column"]: each["killed"] for each in event["claims"]} == {
        "deaths_a": {"lower": 10, "upper": 10, "qualifier": "exact", "best": 10},
        "deaths_b": {"lower": 2, "upper": 2, "qualifier": "exact", "best": 2},
        "best": {"lower": 9, "upper": 14, "qualifier": "range", "best": 12},
    }


def test_two_actors_of_one_name_stay_two(database_url: str, export: Export, tmp_path: Path) -> None:
    target = find_target(database_url)
    file = write_ged(
        tmp_path / "ged231.csv",
        {},
        {"id": "2", "side_b": "JNIM", "side_b_new_id": "9", "date_start": "2019-05-01", "date_end": "2019-05-01"},
    )
    assert import_file(target, file).problems == []
    path, _ = export(target, "native", name="two.jsonl")
    assert_nothing_new(import_file(target, path))
    other = empty(tmp_path)
    assert import_file(other, path).problems == []
    assert content(other) == content(target)


def test_loss_report_counts_what_documents_cannot_hold(both: Target, export: Export, tmp_path: Path) -> None:
    newer = write_ged(tmp_path / "ged241.csv", {"best": "13", "deaths_a": "11"})
    assert import_file(both, newer).problems == []
    path, outcome = export(both, "native", "native:ucdp-ged:300380", name="lost.jsonl")
    assert outcome.lost == [("corrected or withdrawn claims", 2, 1), ("original rows of datasets", 2, 1)]
    report = path.with_name("lost.jsonl.losses.txt").read_text(encoding="utf-8")
    assert "2 original rows of datasets; 2 corrected or withdrawn claims\n" in report


def test_many_events_need_lines(both: Target, export: Export, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(native, "MOST_WHOLE", 2)
    with pytest.raises(UsageError, match="would hold more than 2 events") as raised:
        export(both, "native", name="many.yaml")
    assert raised.value.advice == ("name it many.jsonl: an event a line",)
    assert not list(tmp_path.glob("*many*"))
