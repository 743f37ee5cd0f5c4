"""Drafted mappings: of tables in six languages, each beside its draft, which imports as it stands or as edited here."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflictdb.domain.records import EventRecord
from conflictdb.errors import ConflictDBError
from conflictdb.importers.table import TableImporter
from conflictdb.importers.table.draft import draft_mapping

DRAFTS = Path(__file__).parent / "drafts"
WRITE = os.environ.get("CONFLICTDB_WRITE_GOLDEN") == "1"
EDITS = {
    "english": [],
    "spanish": [('# "Soldados muertos" = "killed side_1"', '"Soldados muertos" = "soldiers killed side_1"')],
    "french": [],
    "portuguese": [],
    "german": [],
    "russian": [('# country = { "Россия" = "" }', 'country = { "Россия" = "Russia" }')],
}
FIGURES = {
    "english": {"ML-001": 3, "ML-002": 3, "ML-003": 1, "ML-004": 2},
    "spanish": {"1": 4, "2": 2, "3": 1},
    "french": {"BF-1": 3, "BF-2": 2},
    "portuguese": {"": 5},
    "german": {"1": 1, "2": 3, "3": 2},
    "russian": {"1": 2, "2": 3, "3": 1},
}
"""How many claims each event has, by its id."""


@pytest.mark.parametrize("language", EDITS)
def test_draft(language: str) -> None:
    expected = DRAFTS / f"{language}.toml"
    drafted = draft_mapping(DRAFTS / f"{language}.csv")
    if WRITE:
        expected.write_text(drafted, encoding="utf-8")
    assert drafted == expected.read_text(encoding="utf-8")
    assert drafted == draft_mapping(DRAFTS / f"{language}.csv")


@pytest.mark.parametrize("language", EDITS)
def test_round_trip(language: str, tmp_path: Path) -> None:
    table = Path(shutil.copy(DRAFTS / f"{language}.csv", tmp_path))
    mapping = draft_mapping(table)
    for old, new in EDITS[language]:
        assert mapping.count(old) == 1
        mapping = mapping.replace(old, new)
    table.with_suffix(".toml").write_text(mapping, encoding="utf-8")
    assert TableImporter().identify(table)
    found = [each for each in TableImporter().extract(table) if isinstance(each, EventRecord)]
    assert [(each.problems, each.warnings) for each in found] == [((), ())] * len(found)
    counts: dict[str, int] = {}
    for event in found:
        number = event.native_ids[0].partition(":")[2] if event.native_ids else ""
        counts[number] = counts.get(number, 0) + len(event.claims)
    assert counts == FIGURES[language]


def draft_of(text: str, path: Path) -> dict[str, dict[str, object]]:
    path.write_text(text, encoding="utf-8")
    return tomllib.loads(draft_mapping(path))


@pytest.mark.parametrize(
    ("text", "section", "expected"),
    [
        ("x,when\n1,2019-03-17\n2,2019-03-18\n", "columns", {"date": "when"}),
        ("a,b\nfoo,2019-03-17\nbar,18 May 2019\n", "columns", {"date": "b"}),
        ("a,b\nfoo,https://example.org/1\nbar,https://example.org/2\n", "columns", {"source": "b"}),
        ("Date,Lat\n2019-03-17,Mopti\n", "columns", {"date": "Date"}),
        ("Date,No\n2019-03-17,5\n2019-03-18,5\n2019-03-18,5\n", "columns", {"date": "Date"}),
        ("Date,Date of report\n03/04/2019,05/04/2019\n", "values", {"dates": "day first"}),
        ("Date,Place\n31/04/2019,X\n", "columns", {"date": "Date", "place": "Place"}),
        ("Date,Army dead\n2019,5\n", "figures", {}),
        ("Date,Killed,Deaths\n2019,5,6\n", "figures", {"Killed": "killed"}),
        ("Date,Actor 1 killed,actor_2_wounded\n2019,5,6\n", "figures",
         {"Actor 1 killed": "killed side_1", "actor_2_wounded": "wounded side_2"}),
        ("Date,Killed\n2019,yes\n", "columns", {"date": "Date"}),
        ("a,b\n1,2\n", "columns", {}),
    ],
    ids=["name", "content", "address", "no latitude", "no id", "order", "bad day", "whose", "twice", "sides",
         "no figure", "nothing"],
)  # fmt: skip
def test_guesses(text: str, section: str, expected: dict[str, str], tmp_path: Path) -> None:
    drafted = draft_of(text, tmp_path / "mine.csv").get(section, {})
    assert {name: value for name, value in drafted.items() if name in expected or not expected} == expected


def test_names_that_toml_and_comments_must_not_break_on(tmp_path: Path) -> None:
    names = ['Date "of"\nevent', "Place\x7f\x1b[31m", "Killed # [values]", ""]
    text = ",".join('"' + name.replace('"', '""') + '"' for name in names) + "\n2019-03-17,X,3,https://x.org\n"
    drafted = draft_of(text, tmp_path / "a # b.csv")
    assert drafted["columns"]["date"] == 'Date "of"\nevent'
    assert drafted["columns"]["source"] == "column 4"
    assert drafted["dataset"]["name"] == "a-b"
    assert "\x1b" not in draft_mapping(tmp_path / "a # b.csv")


@given(names=st.lists(st.text(max_size=20), min_size=1, max_size=6), cell=st.text(max_size=20))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_has_a_draft_that_is_toml(names: list[str], cell: str, tmp_path: Path) -> None:
    path = tmp_path / "any.csv"
    rows = [names, [cell] * len(names)]
    text = "\n".join(
        ",".join(json.dumps(each, ensure_ascii=False).replace('\\"', '""') for each in row) for row in rows
    )
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    try:
        drafted = draft_mapping(path)
    except ConflictDBError:
        return
    assert {"dataset", "columns"} <= tomllib.loads(drafted).keys()
