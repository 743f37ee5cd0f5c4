"""Newer and older releases of a dataset: what changed corrects what stood, and nothing older overrides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coded_files import (
    acled,
    bests,
    counts,
    dump,
    ged,
    query,
    standing,
    take,
    take_acled,
    take_ged,
    take_text,
    undo,
    write_table,
)
from conflictdb.database import Database

LINKS = """
    SELECT o.native_id, o.best, o.revision, l.kind, t.native_id, t.best, t.revision FROM claim_link l
    JOIN claim o ON o.id = l.from_claim_id JOIN claim t ON t.id = l.to_claim_id WHERE l.withdrawn_on IS NULL
"""


def links(url: str) -> list[tuple[Any, ...]]:
    """Return the standing links: column, best and revision of both ends."""
    return sorted(query(url, LINKS))


# --- newer -----------------------------------------------------------------------------------------------------------


def test_a_changed_figure_corrects(database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ged())
    before = dump(database_url)["claim"]
    report = take_ged(database_url, tmp_path, ged(deaths_a=30), release="23.1")
    assert counts(report) == {"changed": 1}
    assert counts(report, "claims") == {"changed": 2, "unchanged": 1}
    assert links(database_url) == [
        ("best", 33, 2, "corrects", "best", 29, 1), ("deaths_a", 30, 2, "corrects", "deaths_a", 26, 1)
    ]  # fmt: skip
    assert bests(database_url) == {"300380": {"deaths_a": 30, "deaths_b": 3, "best": 33}}
    assert dump(database_url)["claim"][: len(before)] == before
    assert query(database_url, "SELECT stated_on FROM claim WHERE native_id = 'deaths_a' ORDER BY revision") == [
        ("2022-06",), ("2023-06",)
    ]  # fmt: skip


FIGURES: dict[str, tuple[dict[str, object], dict[str, int], int]] = {
    "zero": ({"deaths_b": 0}, {"deaths_a": 26, "deaths_b": 0, "best": 26}, 0),
    "blank": ({"deaths_b": "", "best": 29}, {"deaths_a": 26, "best": 29}, 1),
    "a side more": ({"deaths_unknown": 2}, {"deaths_a": 26, "deaths_b": 3, "deaths_unknown": 2, "best": 31}, 0),
    "another bound": ({"high": 41}, {"deaths_a": 26, "deaths_b": 3, "best": 29}, 0),
}


@pytest.mark.parametrize(("cells", "expected", "withdrawn"), FIGURES.values(), ids=FIGURES)
def test_figures_of_a_newer_release(
    cells: dict[str, object], expected: dict[str, int], withdrawn: int, database_url: str, tmp_path: Path
) -> None:
    take_ged(database_url, tmp_path, ged())
    report = take_ged(database_url, tmp_path, ged(**cells), release="23.1")
    assert counts(report) == {"changed": 1}
    assert bests(database_url) == {"300380": expected}
    assert (
        query(database_url, "SELECT withdrawn_on FROM claim WHERE withdrawn_on IS NOT NULL")
        == [("2023-06-30",)] * withdrawn
    )
    for release in ("23.1", "22.1"):  # the newer again, and the older again
        rows = ged(**cells) if release == "23.1" else ged()
        before = dump(database_url)
        assert counts(take_ged(database_url, tmp_path, rows, release=release)) == {"unchanged": 1}
        assert dump(database_url) == before
    take_ged(database_url, tmp_path, ged(), release="24.1")
    assert bests(database_url)["300380"] | {"deaths_unknown": 0} == {
        "deaths_a": 26, "deaths_b": 3, "best": 29, "deaths_unknown": 0
    }  # fmt: skip


def test_a_figure_is_zero_under_another_writing_of_its_column(database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ged())
    row = {name.upper(): cell for name, cell in ged(deaths_b=0).items()}
    take(database_url, write_table(tmp_path / "upper.csv", [row]), release="23.1")
    assert bests(database_url) == {"300380": {"deaths_a": 26, "deaths_b": 0, "best": 26}}


CHANGED = {
    "date": ({"date_start": "2019-03-18", "date_end": "2019-03-18"}, ("2019-03-17", "2019-03-18")),
    "name": ({"dyad_name": "Government of Mali - GSIM"},
             ("Government of Mali - JNIM, Dioura town", "Government of Mali - GSIM, Dioura town")),
    "place": ({"latitude": "14.9", "geom_wkt": ""}, None),
    "conflict": ({"dyad_new_id": "99", "dyad_name": "Government of Mali - JNIM "}, None),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "values"), CHANGED.values(), ids=CHANGED)
def test_a_changed_description_is_kept_old_and_new(
    cells: dict[str, object], values: tuple[str, str] | None, database_url: str, tmp_path: Path
) -> None:
    event = "SELECT name, date, first_day, place_id, conflict_id FROM event"
    take_ged(database_url, tmp_path, ged())
    before = query(database_url, event)
    report = take_ged(database_url, tmp_path, ged(**cells), release="23.1")
    assert counts(report) == {"changed": 1}
    after = query(database_url, event)
    assert after != before
    said = "SELECT value FROM claim WHERE kind = 'attribute' ORDER BY id"
    assert len(query(database_url, said)) >= 2
    if values is not None:
        assert set(query(database_url, said)) == {(value,) for value in values}
    written = dump(database_url)
    for release, row in (("23.1", ged(**cells)), ("22.1", ged())):
        assert counts(take_ged(database_url, tmp_path, row, release=release)) == {"unchanged": 1}
        assert dump(database_url) == written
    undo(database_url, report.run)
    assert query(database_url, event) == before


def test_an_event_is_found_by_its_new_words(database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ged())
    take_ged(database_url, tmp_path, ged(source_headline="Assault on base"), release="23.1")
    assert len(Database(database_url).events("assault")) == 1
    assert len(Database(database_url).events("quarry")) == 0


# --- links of others -------------------------------------------------------------------------------------------------

DOCUMENT = """\
source: {id: report, title: A report}
actors: [{name: Reporter, kind: medium}]
events:
  - native_ids: ["ucdp-ged:300380"]
    name: Government of Mali - JNIM, Dioura town
    type: state_based
    date: 2019-03-17
    claimant: Reporter
    claims:
      - {id: same, claimant: Reporter, of: Government of Mali, killed: 26, corroborates: deaths_a}
      - {id: other, claimant: Reporter, of: JNIM, killed: 9, contradicts: deaths_b}
"""


def test_agreement_passes_on_to_the_same_figure_only(database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ged())
    take_text(database_url, tmp_path, DOCUMENT)
    take_ged(database_url, tmp_path, ged(deaths_a=30, deaths_b=4), release="23.1")
    stated = [link for link in links(database_url) if link[3] != "corrects"]
    assert stated == [
        ("other/killed", None, 1, "contradicts", "deaths_b", 3, 1),
        ("other/killed", None, 1, "contradicts", "deaths_b", 4, 2),
        ("same/killed", None, 1, "corroborates", "deaths_a", 26, 1),
    ]


def test_agreement_passes_on_to_a_row_that_comes_back(database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ged(), ged(id=2))
    take_text(database_url, tmp_path, DOCUMENT)
    take_ged(database_url, tmp_path, ged(id=2), release="23.1", complete=True)
    take_ged(database_url, tmp_path, ged(), ged(id=2), release="24.1", complete=True)
    assert ("same/killed", None, 1, "corroborates", "deaths_a", 26, 2) in links(database_url)


# --- older -----------------------------------------------------------------------------------------------------------


def test_an_older_release_never_overrides(database_url: str, tmp_path: Path) -> None:
    old = ged(deaths_a=20, date_start="2019-03-16", date_end="2019-03-16", where_coordinates="Diora")
    take_ged(database_url, tmp_path, ged(), release="23.1")
    before = standing(database_url), query(database_url, "SELECT * FROM event"), dump(database_url)["search_text"]
    report = take_ged(database_url, tmp_path, old)
    assert counts(report) == {"changed": 1}
    assert counts(report, "claims") == {"added": 2, "unchanged": 1}
    after = standing(database_url), query(database_url, "SELECT * FROM event"), dump(database_url)["search_text"]
    assert after == before
    assert links(database_url) == [
        ("best", 29, 1, "corrects", "best", 23, 1), ("deaths_a", 26, 1, "corrects", "deaths_a", 20, 1)
    ]  # fmt: skip
    written = dump(database_url)
    for rows, release in ((old, "22.1"), (ged(), "23.1"), (old, "22.1")):
        assert counts(take_ged(database_url, tmp_path, rows, release=release)) == {"unchanged": 1}
        assert dump(database_url) == written


def test_a_side_that_only_an_older_release_has_is_kept_as_withdrawn(database_url: str, tmp_path: Path) -> None:
    old = ged(deaths_unknown=7)
    take_ged(database_url, tmp_path, ged(), release="23.1")
    before = standing(database_url)
    take_ged(database_url, tmp_path, old)
    assert standing(database_url) == before
    assert query(database_url, "SELECT withdrawn_on FROM claim WHERE native_id = 'deaths_unknown'") == [("2023-06-30",)]
    written = dump(database_url)
    take_ged(database_url, tmp_path, old)
    assert dump(database_url) == written
    take_ged(database_url, tmp_path, ged(deaths_unknown=1), release="24.1")
    assert bests(database_url)["300380"]["deaths_unknown"] == 1


@pytest.mark.parametrize("order", [("22.1", "23.1", "24.1"), ("24.1", "22.1", "23.1"), ("23.1", "24.1", "22.1")],
                         ids=lambda order: " ".join(order))  # fmt: skip
def test_the_newest_release_stands_in_any_order(order: tuple[str, ...], database_url: str, tmp_path: Path) -> None:
    rows = {"22.1": ged(deaths_a=1), "23.1": ged(deaths_a=2, deaths_b=0), "24.1": ged(deaths_a=3, deaths_unknown=5)}
    for release in (*order, *order):
        take_ged(database_url, tmp_path, rows[release], release=release)
    found = bests(database_url)["300380"]
    assert {name: number for name, number in found.items() if number} == {
        "deaths_a": 3, "deaths_b": 3, "deaths_unknown": 5, "best": 11
    }  # fmt: skip


@pytest.mark.parametrize(("first", "second"), [("", ""), ("22.1", ""), ("", "22.1"), ("beta", "alpha")],
                         ids=["both unknown", "unknown later", "unknown first", "no order"])  # fmt: skip
def test_what_has_no_order_counts_by_import(first: str, second: str, database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ged(), release=first)
    take_ged(database_url, tmp_path, ged(deaths_a=27), release=second)
    assert bests(database_url)["300380"]["deaths_a"] == 27


def test_a_release_is_dated_by_the_user(database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ged(), release="corrected", released_on="2023-09-01")
    take_ged(database_url, tmp_path, ged(deaths_a=1), release="first", released_on="2023-01")
    assert bests(database_url)["300380"]["deaths_a"] == 26


def test_history_is_kept_of_every_release(database_url: str, tmp_path: Path) -> None:
    for release, killed in (("22.1", 20), ("23.1", 21), ("24.1", 20)):
        take_ged(database_url, tmp_path, ged(deaths_a=killed), release=release)
    told = "SELECT best, revision FROM claim WHERE native_id = 'deaths_a' ORDER BY id"
    assert query(database_url, told) == [(20, 1), (21, 2), (20, 3)]
    assert len(query(database_url, "SELECT id FROM original")) == 2  # each version once


# --- rows with times of their own ------------------------------------------------------------------------------------

EARLY, LATE, LATER = "1553000000", "1563000000", "1573000000"


def test_timestamps_order_the_versions_of_a_row(database_url: str, tmp_path: Path) -> None:
    take_acled(database_url, tmp_path, acled(fatalities=26, timestamp=LATE))
    take_acled(database_url, tmp_path, acled(fatalities=20, timestamp=EARLY, notes="An early word."))
    assert standing(database_url, "acled") == [("MLI1", "fatalities", "total", 26, 26, 26)]
    assert query(database_url, "SELECT summary FROM event") == [("An attack.",)]
    before = dump(database_url)
    take_acled(database_url, tmp_path, acled(fatalities=20, timestamp=EARLY, notes="An early word."))
    assert dump(database_url) == before
    take_acled(database_url, tmp_path, acled(fatalities=30, timestamp=LATER, notes="A last word."))
    assert standing(database_url, "acled") == [("MLI1", "fatalities", "total", 30, 30, 30)]
    assert query(database_url, "SELECT summary FROM event") == [("A last word.",)]
    assert query(database_url, "SELECT best, stated_on FROM claim WHERE metric = 'killed' ORDER BY id") == [
        (26, "2019-07-13"), (20, "2019-03-19"), (30, "2019-11-06")
    ]  # fmt: skip


def test_a_part_stays_a_part_when_it_changes(database_url: str, tmp_path: Path) -> None:
    def gtd(**cells: str) -> Path:
        row = {
            "eventid": "201903170001", "iyear": "2019", "imonth": "3", "iday": "17", "country_txt": "Mali",
            "city": "Dioura", "provstate": "Mopti", "attacktype1_txt": "Armed Assault", "gname": "JNIM",
            "targtype1_txt": "Military", "region_txt": "Sub-Saharan Africa", "success": "1", "nkill": "26",
            "nkillus": "2", "nkillter": "3", "nwound": "", "crit1": "1", "crit2": "1", "crit3": "1", "doubtterr": "0",
        } | cells  # fmt: skip
        return write_table(tmp_path / "gtd.csv", [row])

    take(database_url, gtd(), format_of="gtd", release="2020")
    take(database_url, gtd(nkillus="1"), format_of="gtd", release="2021")
    part_of = (
        "SELECT p.best, w.native_id FROM claim p LEFT JOIN claim w ON w.id = p.part_of_id"
        " WHERE p.native_id = 'nkillus' ORDER BY p.id"
    )
    assert [(whole) for _, whole in query(database_url, part_of)] == ["nkill", "nkill"]
