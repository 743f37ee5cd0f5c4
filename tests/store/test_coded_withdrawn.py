"""What a dataset takes back: rows gone from a whole release, rows that come back, and rows it says it deleted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from coded_files import (
    acled,
    bests,
    counts,
    dump,
    ged,
    query,
    standing,
    take_acled,
    take_deletions,
    take_ged,
    take_text,
    undo,
)
from conflictdb.database import Database

ONE, TWO = ged(id=1), ged(id=2, where_coordinates="Sari town")
ROWS = "SELECT native_id, withdrawn_on FROM external_id WHERE scheme = :scheme ORDER BY native_id"


def rows(url: str, scheme: str = "ucdp-ged") -> dict[str, str | None]:
    """Return when each row of a dataset was withdrawn, or None."""
    return dict(query(url, ROWS, scheme=scheme))  # type: ignore[arg-type]


def ids(url: str, scheme: str = "ucdp-ged") -> list[str]:
    """Return the rows of which figures stand."""
    return sorted(bests(url, scheme))


def today() -> str:
    return datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize(("release", "day"), [("23.1", "2023-06-30"), ("", None), ("beta", None)],
                         ids=["known day", "no release", "unknown day"])  # fmt: skip
def test_a_whole_release_withdraws_what_it_lacks(
    release: str, day: str | None, database_url: str, tmp_path: Path
) -> None:
    take_ged(database_url, tmp_path, ONE, TWO)
    report = take_ged(database_url, tmp_path, ONE, release=release, complete=True)
    assert counts(report) == {"unchanged": 1, "withdrawn": 1}
    assert counts(report, "claims") == {"unchanged": 3, "withdrawn": 3}
    assert ids(database_url) == ["1"]
    assert rows(database_url) == {"1": None, "2": day or today()}
    assert [event.slug for event in Database(database_url).events()] == ["dioura-town-2019"]
    before = dump(database_url)
    assert counts(take_ged(database_url, tmp_path, ONE, release=release, complete=True)) == {"unchanged": 1}
    assert dump(database_url) == before


def test_a_file_that_is_not_whole_withdraws_nothing(database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ONE, TWO)
    take_ged(database_url, tmp_path, ONE, release="23.1")
    assert ids(database_url) == ["1", "2"]


def test_a_row_with_something_wrong_is_not_gone(database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ONE, TWO)
    report = take_ged(database_url, tmp_path, ONE, TWO | {"best": "many"}, release="23.1", complete=True)
    assert counts(report) == {"unchanged": 1, "refused": 1}
    assert ids(database_url) == ["1", "2"]


@pytest.mark.parametrize("cells", [{}, {"deaths_a": 27}], ids=["word for word", "told otherwise"])
def test_a_row_that_comes_back_stands_again(cells: dict[str, object], database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ONE, TWO)
    take_ged(database_url, tmp_path, ONE, release="23.1", complete=True)
    back = ged(id=2, where_coordinates="Sari town", **cells)
    report = take_ged(database_url, tmp_path, ONE, back, release="24.1", complete=True)
    assert counts(report) == {"unchanged": 1, "changed": 1}
    assert rows(database_url) == {"1": None, "2": None}
    assert bests(database_url)["2"]["deaths_a"] == cells.get("deaths_a", 26)
    told = "SELECT revision, withdrawn_on FROM claim WHERE native_id = 'deaths_a' AND event_id = (SELECT event_id FROM"
    told += " external_id WHERE native_id = '2' AND scheme = 'ucdp-ged') ORDER BY revision"
    assert query(database_url, told) == [(1, "2023-06-30"), (2, None)]
    before = dump(database_url)
    take_ged(database_url, tmp_path, ONE, back, release="24.1", complete=True)
    assert dump(database_url) == before


def test_an_older_whole_release_withdraws_nothing_that_a_newer_has(database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ONE, TWO, release="23.1")
    take_ged(database_url, tmp_path, ONE, complete=True)
    assert ids(database_url) == ["1", "2"]
    three = ged(id=3)
    take_ged(database_url, tmp_path, three, release="21.1")
    take_ged(database_url, tmp_path, ONE, complete=True)  # 22.1, which lacks what only 21.1 had
    assert ids(database_url) == ["1", "2"]


@pytest.mark.parametrize("complete", [False, True], ids=["part", "whole"])
def test_rows_of_an_older_release_that_a_whole_newer_one_lacks(
    complete: bool, database_url: str, tmp_path: Path
) -> None:
    take_ged(database_url, tmp_path, ONE, release="23.1", complete=True)
    for _ in range(2):
        take_ged(database_url, tmp_path, ONE, TWO, complete=complete)
        assert ids(database_url) == ["1"]
        assert rows(database_url) == {"1": None, "2": "2023-06-30"}
    before = dump(database_url)
    take_ged(database_url, tmp_path, ONE, TWO, complete=complete)
    assert dump(database_url) == before
    take_ged(database_url, tmp_path, ONE, TWO, release="24.1")
    assert ids(database_url) == ["1", "2"]


@pytest.mark.parametrize("older", ["22.1", "22.1 told otherwise", "23.0.5"])
def test_an_older_release_brings_nothing_back(older: str, database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ONE, TWO)
    take_ged(database_url, tmp_path, ONE, release="23.1", complete=True)
    take_ged(database_url, tmp_path, ONE, release="24.1", complete=True)
    release, _, otherwise = older.partition(" ")
    row = ged(id=2, where_coordinates="Sari town", deaths_a=9) if otherwise else TWO
    take_ged(database_url, tmp_path, ONE, row, release=release, released_on=None if release == "22.1" else "2023-08")
    assert ids(database_url) == ["1"]
    assert rows(database_url) == {"1": None, "2": "2023-06-30"}


def test_what_a_document_says_of_a_row_that_is_gone_stays(database_url: str, tmp_path: Path) -> None:
    document = """\
source: {id: report, title: A report}
actors: [{name: Reporter, kind: medium}]
events:
  - {native_ids: ["ucdp-ged:NUMBER"], name: Raid, type: battle, date: 2019-03-17, claimant: Reporter, slug: raid-NUMBER,
     claims: [{id: r, claimant: Reporter, of: total, killed: 31}]}
"""
    take_text(database_url, tmp_path, document.replace("NUMBER", "77"))
    take_text(database_url, tmp_path, document.replace("NUMBER", "2"))
    take_ged(database_url, tmp_path, ONE, TWO)
    report = take_ged(database_url, tmp_path, ONE, release="23.1", complete=True)
    assert counts(report) == {"unchanged": 1, "withdrawn": 1}
    assert rows(database_url) == {"1": None, "2": "2023-06-30", "77": None}
    killed = {(row.event, row.lower) for row in Database(database_url).casualty_claims() if row.claimant == "Reporter"}
    assert killed == {("raid-77", 31), ("raid-2", 31)}


def test_a_row_of_an_undone_run_is_not_withdrawn_once_more(database_url: str, tmp_path: Path) -> None:
    undo(database_url, take_ged(database_url, tmp_path, TWO).run)
    report = take_ged(database_url, tmp_path, ONE, release="23.1", complete=True)
    assert counts(report) == {"added": 1}
    take_ged(database_url, tmp_path, TWO)
    assert ids(database_url) == ["1"]
    assert rows(database_url) == {"1": None, "2": "2023-06-30"}


# --- deletions -------------------------------------------------------------------------------------------------------

STAMP, DELETED, LATER = "1553000000", "1563000000", "1573000000"
DAY_OF_DELETION = "2019-07-13"


def test_a_deletion_withdraws_on_its_day(database_url: str, tmp_path: Path) -> None:
    take_acled(database_url, tmp_path, acled(), acled(event_id_cnty="MLI2"))
    report = take_deletions(database_url, tmp_path, ("MLI1", DELETED), ("MLI9", DELETED))
    assert counts(report) == {"withdrawn": 1}
    assert [(warning.value, warning.warning) for warning in report.warnings] == [("MLI9", True)]
    assert rows(database_url, "acled") == {"MLI1": DAY_OF_DELETION, "MLI2": None}
    assert ids(database_url, "acled") == ["MLI2"]
    before = dump(database_url)
    assert counts(take_deletions(database_url, tmp_path, ("MLI1", DELETED))) == {"unchanged": 1}
    assert dump(database_url) == before


def test_an_older_export_brings_no_deleted_row_back(database_url: str, tmp_path: Path) -> None:
    take_acled(database_url, tmp_path, acled())
    take_deletions(database_url, tmp_path, ("MLI1", DELETED))
    before = dump(database_url)
    for cells in ({}, {"timestamp": str(int(STAMP) + 86_400), "fatalities": "27"}, {"timestamp": "1543000000"}):
        take_acled(database_url, tmp_path, acled(**cells))
        assert rows(database_url, "acled") == {"MLI1": DAY_OF_DELETION}
        assert standing(database_url, "acled") == []
    take_acled(database_url, tmp_path, acled())
    assert dump(database_url)["event"] == before["event"]


def test_a_newer_export_brings_a_deleted_row_back(database_url: str, tmp_path: Path) -> None:
    take_acled(database_url, tmp_path, acled())
    take_deletions(database_url, tmp_path, ("MLI1", DELETED))
    take_acled(database_url, tmp_path, acled(timestamp=LATER))
    assert rows(database_url, "acled") == {"MLI1": None}
    assert standing(database_url, "acled") == [("MLI1", "fatalities", "total", 26, 26, 26)]
    before = dump(database_url)
    take_acled(database_url, tmp_path, acled(timestamp=LATER))
    assert dump(database_url) == before


def test_a_deletion_older_than_the_row_withdraws_nothing(database_url: str, tmp_path: Path) -> None:
    take_acled(database_url, tmp_path, acled(timestamp=LATER))
    take_deletions(database_url, tmp_path, ("MLI1", DELETED))
    assert rows(database_url, "acled") == {"MLI1": None}


def test_a_deletion_without_a_day_is_of_today(database_url: str, tmp_path: Path) -> None:
    take_acled(database_url, tmp_path, acled(timestamp=""))
    take_deletions(database_url, tmp_path, ("MLI1", ""))
    assert rows(database_url, "acled") == {"MLI1": today()}
    take_acled(database_url, tmp_path, acled(timestamp=""))
    assert rows(database_url, "acled") == {"MLI1": today()}
