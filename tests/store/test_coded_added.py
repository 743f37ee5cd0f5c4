"""A dataset's first import, and the same again: what is written, what is refused, and that nothing changes."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from coded_files import bests, counts, dump, ged, query, standing, take, take_ged, take_text, write_table
from conflictdb.config import find_target
from conflictdb.database import Database
from conflictdb.domain.report import ImportReport
from conflictdb.importers.ucdp.columns import STANDARD_ORDER
from conflictdb.ingest import import_file
from conflictdb.intake import ImportOptions

OTHER = {"id": "21300", "low": "3", "where_coordinates": "Sari town", "side_b": "Ansar Dine", "side_b_new_id": "1076",
         "dyad_new_id": "13501", "dyad_name": "Government of Mali - Ansar Dine", "source_headline": "",
         "source_original": ""}  # fmt: skip


def why(report: ImportReport) -> list[tuple[int | None, str, str]]:
    return [(problem.line, problem.value, problem.why) for problem in report.problems]


def test_a_first_import(database_url: str, tmp_path: Path) -> None:
    report = take_ged(database_url, tmp_path, ged(), ged(**OTHER, deaths_a=0, deaths_civilians=4))
    assert (report.problems, report.warnings) == ([], [])
    assert report.counts["events"]["added"] == 2
    assert report.counts["claims"]["added"] == 6
    assert standing(database_url) == [
        ("21300", "best", "total", 3, 7, 40),
        ("21300", "deaths_b", "Ansar Dine", 3, 3, 3),
        ("21300", "deaths_civilians", "civilians", 4, 4, 4),
        ("300380", "best", "total", 26, 29, 40),
        ("300380", "deaths_a", "Government of Mali", 26, 26, 26),
        ("300380", "deaths_b", "JNIM", 3, 3, 3),
    ]
    detail = Database(database_url).event("ucdp-ged:300380")
    event = detail.event
    assert (event.slug, event.name, event.type, event.date) == (
        "dioura-town-2019", "Government of Mali - JNIM, Dioura town", "state_based", "2019-03-17",
    )  # fmt: skip
    assert {(row.basis, row.stake, row.claimant, row.stated_on) for row in detail.claims} == {
        ("estimate", "recorder", "Uppsala Conflict Data Program", "2022-06")
    }
    assert [row.note for row in detail.claims if row.note] == ["based on: rebel spokesman; police"]


def test_what_hangs_on_an_event(database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ged())
    assert query(database_url, "SELECT name, admin1, admin2, country, latitude, precision FROM place") == [
        ("Dioura town", "Mopti region", "Tenenkou cercle", "MLI", 14.825, "exact")
    ]
    assert query(
        database_url,
        "SELECT c.name, p.name FROM event e JOIN conflict c ON c.id = e.conflict_id"
        " JOIN conflict p ON p.id = c.parent_id",
    ) == [("Government of Mali - JNIM", "Mali: Government")]
    assert query(
        database_url, "SELECT a.name, a.kind, f.side FROM combatant f JOIN actor a ON a.id = f.actor_id ORDER BY side"
    ) == [("Government of Mali", "state", 1), ("JNIM", "armed_group", 2)]
    assert query(
        database_url, "SELECT scheme, native_id FROM external_id WHERE scheme LIKE 'ucdp-%' ORDER BY scheme, native_id"
    ) == [
        ("ucdp-actor", "6716"), ("ucdp-actor", "72"), ("ucdp-conflict", "11347"), ("ucdp-dyad", "15016"),
        ("ucdp-ged", "300380"),
    ]  # fmt: skip
    [(cells,)] = query(database_url, "SELECT cells FROM original")
    assert '"source_headline":"Gunmen storm quarry;Dawn raid"' in str(cells).replace("'", '"').replace(": ", ":")


@pytest.mark.parametrize(
    "words", ["rebel spokesman", "quarry", "300380", "tenenkou", "jnim"],
    ids=["source_original", "headline", "native id", "admin2", "dyad"],
)  # fmt: skip
def test_an_event_is_found_by_the_words_of_its_row(words: str, database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ged(), ged(**OTHER, adm_2="", adm_1=""))
    found = [event.slug for event in Database(database_url).events(f'"{words}"')]
    assert found == ["dioura-town-2019"]


def test_words_are_found_after_others_speak_of_the_event(database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ged())
    take_text(database_url, tmp_path, DOCUMENT)
    take_ged(database_url, tmp_path, ged(deaths_a=30), release="23.1")
    for words in ("quarry", "spokesman", "300380", "minister"):
        assert [event.slug for event in Database(database_url).events(words)] == ["dioura-town-2019"], words


DOCUMENT = """\
source: {id: report, title: A report}
actors: [{name: Reporter, kind: medium}]
events:
  - native_ids: ["ucdp-ged:300380"]
    name: Raid on Dioura
    type: battle
    date: 2019-03-17
    place: {name: Dioura}
    claimant: Reporter
    claims: [{id: r, claimant: Reporter, of: total, killed: 31, note: so the minister}]
"""


# --- the same again --------------------------------------------------------------------------------------------------

ROWS = (ged(), ged(**OTHER), ged(id=7, where_coordinates="Ke", date_prec=4, date_end="2019-03-31", deaths_unknown=2))
FLOATS = ("id", "conflict_new_id", "dyad_new_id", "side_a_new_id", "side_b_new_id", "best", "deaths_a", "where_prec")
HXL = dict.fromkeys(STANDARD_ORDER, "") | {"year": "#date+year", "country": "#country+name", "best": "#affected+killed"}

LAYOUTS = {
    "word for word": (ROWS, STANDARD_ORDER),
    "other order of rows": (ROWS[::-1], STANDARD_ORDER),
    "numbers as floats": (tuple(row | {name: row[name] + ".0" for name in FLOATS} for row in ROWS), STANDARD_ORDER),
    "other order of columns": (ROWS, STANDARD_ORDER[::-1]),
    "upper-case columns": (tuple({name.upper(): cell for name, cell in row.items()} for row in ROWS), ()),
    "a row of HXL tags": ((HXL, *ROWS), STANDARD_ORDER),
    "an unnamed index": (tuple({"": str(number)} | row for number, row in enumerate(ROWS)), ()),
}


@pytest.mark.parametrize(("rows", "columns"), LAYOUTS.values(), ids=LAYOUTS)
def test_the_same_again_changes_nothing(rows: object, columns: object, database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, *ROWS)
    before = dump(database_url)
    path = write_table(tmp_path / "again.csv", rows, columns)  # type: ignore[arg-type]
    for _ in range(2):
        report = take(database_url, path, release="22.1")
        assert report.problems == []
        assert counts(report) == {"unchanged": 3}
        assert counts(report, "claims") == {"unchanged": 10}
    assert dump(database_url) == before


def test_the_same_release_under_no_name_changes_nothing(database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, *ROWS, release="")
    before = dump(database_url)
    take_ged(database_url, tmp_path, *ROWS, release="")
    assert dump(database_url) == before


@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
def test_a_dry_run_says_what_an_import_would_do(known: bool, database_url: str, tmp_path: Path) -> None:
    if known:
        take_ged(database_url, tmp_path, *ROWS)
    before = dump(database_url)
    path = write_table(tmp_path / "next.csv", [ged(deaths_a=30), ROWS[1], ged(id=9)], STANDARD_ORDER)
    options = ImportOptions(release="23.1", complete=True)
    told = import_file(find_target(database_url), path, dry_run=True, options=options)
    assert dump(database_url) == before
    assert told.counts == import_file(find_target(database_url), path, options=options).counts


# --- refused ---------------------------------------------------------------------------------------------------------


def test_an_id_twice_is_refused_with_both_lines(database_url: str, tmp_path: Path) -> None:
    report = take_ged(database_url, tmp_path, ged(), ged(id=2), ged(deaths_a=5))
    assert why(report) == [(4, "300380", "this id comes twice in the file; the first is on line 2")]
    assert standing(database_url)[4:] == [
        ("300380", "deaths_a", "Government of Mali", 26, 26, 26), ("300380", "deaths_b", "JNIM", 3, 3, 3),
    ]  # fmt: skip


@pytest.mark.parametrize("again", [False, True], ids=["new", "known"])
def test_an_id_twice_far_apart_is_refused_with_both_lines(again: bool, database_url: str, tmp_path: Path) -> None:
    rows = [ged(id=number) for number in range(1, 2_102)]
    if again:
        take_ged(database_url, tmp_path, *rows)
    report = take_ged(database_url, tmp_path, *rows, ged(id=3, deaths_a=99))
    assert why(report) == [(2_103, "3", "this id comes twice in the file; the first is on line 4")]


def test_each_row_without_an_id_is_refused_for_that(database_url: str, tmp_path: Path) -> None:
    report = take_ged(database_url, tmp_path, ged(), ged(id=""), ged(id=""))
    blank = "it is blank, so the event could not be found again"
    assert why(report) == [(3, "", blank), (4, "", blank)]


def test_a_row_stands_though_another_of_its_id_was_refused(database_url: str, tmp_path: Path) -> None:
    report = take_ged(database_url, tmp_path, ged(deaths_a=26, best="x"), ged())
    assert [problem.field for problem in report.problems] == ["best"]
    assert counts(report) == {"added": 1, "refused": 1}


def test_our_own_rows_come_back(seeded_url: str, tmp_path: Path) -> None:
    before = dump(seeded_url)
    report = take_ged(seeded_url, tmp_path, ged(id="conflictdb:dioura-2019"))
    assert counts(report) == {"unchanged": 1}
    assert dump(seeded_url)["claim"] == before["claim"]
    assert dump(seeded_url)["event"] == before["event"]

    report = take_ged(seeded_url, tmp_path, ged(), ged(id="conflictdb:elsewhere-2019"))
    assert [(line, value) for line, value, _ in why(report)] == [(3, "conflictdb:elsewhere-2019")]
    assert counts(report) == {"added": 1, "refused": 1}


# --- conflicts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [*permutations("123")], ids="".join)
def test_a_dyad_that_is_once_the_conflict_itself(order: tuple[str, ...], database_url: str, tmp_path: Path) -> None:
    rows = [
        ged(id=1, dyad_name="Mali: Government"),
        ged(id=2, dyad_name="Government of Mali - JNIM"),
        ged(id=3, conflict_new_id="15016", conflict_name="Government of Mali - JNIM", dyad_name="Mali: Government"),
    ]
    report = take_ged(database_url, tmp_path, *(rows[int(number) - 1] for number in order))
    assert report.problems == []
    assert len(bests(database_url)) == 3
    before = dump(database_url)
    take_ged(database_url, tmp_path, *rows)
    assert dump(database_url) == before


# --- known from elsewhere --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["document", "dataset"])
def test_a_document_meets_the_datasets_event(first: str, database_url: str, tmp_path: Path) -> None:
    if first == "document":
        take_text(database_url, tmp_path, DOCUMENT)
    take_ged(database_url, tmp_path, ged())
    if first == "dataset":
        take_text(database_url, tmp_path, DOCUMENT)
    [event] = Database(database_url).events()
    claims = {
        (row.claimant, row.basis, row.subject, row.lower) for row in Database(database_url).casualty_claims(event.slug)
    }
    recorder = "Uppsala Conflict Data Program"
    assert claims == {
        ("Reporter", "claim", "total", 31), (recorder, "estimate", "total", 26), (recorder, "estimate", "JNIM", 3),
        (recorder, "estimate", "Government of Mali", 26),
    }  # fmt: skip
    before = dump(database_url)
    take_text(database_url, tmp_path, DOCUMENT)
    take_ged(database_url, tmp_path, ged())
    assert dump(database_url) == before


def test_a_document_may_name_two_rows_as_one_event(database_url: str, tmp_path: Path) -> None:
    take_text(database_url, tmp_path, DOCUMENT.replace('"ucdp-ged:300380"', '"ucdp-ged:300380", "ucdp-ged:2"'))
    rows = ged(), ged(id=2, deaths_a=4, deaths_b=0)
    report = take_ged(database_url, tmp_path, *rows)
    assert report.problems == []
    expected = [("total", 4), ("total", 29), ("Government of Mali", 4), ("Government of Mali", 26), ("JNIM", 3)]

    def found() -> list[tuple[str, int]]:
        held = query(
            database_url,
            "SELECT coalesce(a.name, c.subject_kind), c.best FROM claim c LEFT JOIN combatant f ON f.id=c.combatant_id"
            " LEFT JOIN actor a ON a.id = f.actor_id WHERE c.best IS NOT NULL AND c.withdrawn_on IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM claim_link l WHERE l.to_claim_id = c.id AND l.kind = 'corrects')",
        )
        return sorted((str(name), int(best)) for name, best in held)

    assert found() == sorted(expected)
    before = dump(database_url)
    take_ged(database_url, tmp_path, *rows[::-1])
    assert dump(database_url) == before
    take_ged(database_url, tmp_path, ged(), ged(id=2, deaths_a=5, deaths_b=0), release="23.1")
    assert found() == sorted(
        ("total" if name == "total" else name, 5 if best == 4 else best) for name, best in expected
    )
