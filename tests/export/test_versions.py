"""A recorder's own rows as of a day: in the version of the newest release that was out, and gone when they were."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from export_rows import rows_of

from coded_files import DAY, acled, ged, take_acled, take_deletions, take_ged, undo
from conflictdb.config import find_target
from conflictdb.looking import look

Export = Callable[..., tuple[Path, Any]]
Then = Callable[..., dict[str, str]]
FIRST, SECOND, OTHER = ged(id=1), ged(id=1, deaths_a=30), ged(id=2, where_coordinates="Sari town")
STAMP = 1_553_000_000
"""2019-03-19."""


@pytest.fixture
def then(database_url: str, export: Export) -> Then:
    """Return then(as_of): the figure of each row of a layout, by its id, as of a day."""

    def then(as_of: str | None, layout: str = "ged", undated: bool = False) -> dict[str, str]:
        lens = look(as_of=as_of, undated=undated)
        rows = rows_of(export(find_target(database_url), layout, lens=lens, force=True)[0])
        names = {"ged": ("id", "best"), "acled": ("event_id_cnty", "fatalities")}[layout]
        return {row[names[0]]: row[names[1]] for row in rows}

    return then


def test_the_newest_release_that_was_out(database_url: str, tmp_path: Path, then: Then) -> None:
    take_ged(database_url, tmp_path, FIRST, release="22.1")
    take_ged(database_url, tmp_path, SECOND, OTHER, release="23.1")
    assert then("2022-06-29") == {}
    assert then("2022-06") == then("2023-06-29") == {"1": "29"}
    assert then("2023-06") == then("2030") == then(None) == {"1": "33", "2": "29"}


def test_the_order_of_imports_does_not_matter(database_url: str, tmp_path: Path, then: Then) -> None:
    take_ged(database_url, tmp_path, SECOND, OTHER, release="23.1")
    take_ged(database_url, tmp_path, FIRST, release="22.1")
    assert then("2022-06") == {"1": "29"}
    assert then("2023-06") == then(None) == {"1": "33", "2": "29"}


def test_a_version_that_came_back(database_url: str, tmp_path: Path, then: Then) -> None:
    for release, row in (("22.1", FIRST), ("23.1", SECOND), ("24.1", FIRST), ("25.1", FIRST)):
        take_ged(database_url, tmp_path, row, release=release)
    assert [then(day)["1"] for day in ("2022-06", "2023-06", "2024-06", "2025-06")] == ["29", "33", "29", "29"]


def test_a_row_that_was_taken_back(database_url: str, tmp_path: Path, then: Then) -> None:
    take_ged(database_url, tmp_path, FIRST, OTHER, release="22.1")
    take_ged(database_url, tmp_path, FIRST, release="23.1", complete=True)
    take_ged(database_url, tmp_path, FIRST, OTHER, release="24.1")
    assert then("2022-06") == {"1": "29", "2": "29"}
    assert then("2023-06") == then("2024-05") == {"1": "29"}
    assert then("2024-06") == then(None) == {"1": "29", "2": "29"}


def test_what_an_undone_import_brought_was_never_there(database_url: str, tmp_path: Path, then: Then) -> None:
    take_ged(database_url, tmp_path, FIRST, release="22.1")
    report = take_ged(database_url, tmp_path, SECOND, OTHER, release="23.1")
    undo(database_url, report.run)
    assert then("2022-06") == then("2024") == then(None) == {"1": "29"}


def test_a_release_without_a_date_counts_as_what_is_undated(database_url: str, tmp_path: Path, then: Then) -> None:
    take_ged(database_url, tmp_path, FIRST, release="experiment")
    assert then("2030") == {}
    assert then("2019", undated=True) == then(None) == {"1": "29"}


def test_rows_of_acled_say_themselves_when_they_were_stated(database_url: str, tmp_path: Path, then: Then) -> None:
    take_acled(database_url, tmp_path, acled(timestamp=STAMP))
    take_acled(database_url, tmp_path, acled(timestamp=STAMP + 10 * DAY, fatalities=30))
    take_acled(database_url, tmp_path, acled(timestamp=STAMP + 20 * DAY, fatalities=30, notes="More."))
    assert then("2019-03-18", "acled") == {}
    assert then("2019-03-19", "acled") == then("2019-03-28", "acled") == {"MLI1": "26"}
    assert then("2019-03-29", "acled") == then("2019-04-08", "acled") == then(None, "acled") == {"MLI1": "30"}


def test_a_deleted_row_of_acled(database_url: str, tmp_path: Path, then: Then) -> None:
    take_acled(database_url, tmp_path, acled(timestamp=STAMP))
    take_deletions(database_url, tmp_path, ("MLI1", str(STAMP + 10 * DAY)))
    assert then("2019-03-28", "acled") == {"MLI1": "26"}
    assert then("2019-03-29", "acled") == then(None, "acled") == {}


def test_an_older_row_loses_what_it_did(database_url: str, tmp_path: Path, export: Export) -> None:
    take_ged(database_url, tmp_path, FIRST, release="22.1")
    take_ged(database_url, tmp_path, SECOND, release="23.1")
    _, outcome = export(find_target(database_url), "native", name="x.jsonl", lens=look(as_of="2022-06"))
    assert outcome.lost == [("original rows of datasets", 1, 1)]
    assert outcome.tally.left_out.words() == "2 claims stated later"
    _, outcome = export(find_target(database_url), "csv", lens=look(as_of="2023-06"))
    assert outcome.lost == [("other columns of rows of datasets", 1, 1)]
    _, outcome = export(find_target(database_url), "ged", lens=look(as_of="2023-06"))
    assert (outcome.lost, outcome.tally.own) == ([("links between claims", 2, 1)], 1)
