"""UCDP GED: what its rows become, what is odd in them, and what is no row at all."""

from __future__ import annotations

import csv
import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflictdb.domain.coded import CodedActor, CodedEvent, CodedFigure, DatasetRecord, KnownElsewhere
from conflictdb.domain.records import Problem
from conflictdb.errors import ConflictDBError
from conflictdb.importers.contract import find_importer
from conflictdb.importers.tabular.columns import MissingColumnError
from conflictdb.importers.ucdp.columns import COLUMNS, ORDER_OF_19_1, STANDARD_ORDER
from conflictdb.importers.ucdp.ged import GedImporter, find_order
from conflictdb.importers.ucdp.releases import GED_RELEASES, is_candidate, release_of

CASES = Path(__file__).parent / "cases" / "ucdp-ged"
FIXTURES = sorted(CASES.glob("*.csv"))
ROW = {
    "id": "300380", "relid": "SYR-2013-1-11973-99", "year": "2013", "type_of_violence": "1", "conflict_new_id": "299",
    "conflict_name": "Syria: Government", "dyad_new_id": "11973",
    "dyad_name": "Government of Syria - Syrian insurgents",
    "side_a_new_id": "118", "side_a": "Government of Syria", "side_b_new_id": "4456", "side_b": "Syrian insurgents",
    "where_prec": "1", "where_coordinates": "Rami village", "latitude": "35.763369", "longitude": "36.558974",
    "geom_wkt": "POINT (36.558974 35.763369)", "country": "Syria", "date_prec": "1", "date_start": "2013-01-03",
    "date_end": "2013-01-03", "deaths_a": "0", "deaths_b": "2", "deaths_civilians": "0", "deaths_unknown": "0",
    "best": "2", "high": "2", "low": "2",
}  # fmt: skip

Read = Callable[..., list[object]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return what a file of one row makes, without its dataset: the row above with some cells changed."""

    def extract(**cells: str) -> list[object]:
        path = tmp_path / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, STANDARD_ORDER, restval="")
            writer.writeheader()
            writer.writerow(ROW | cells)
        return list(GedImporter().extract(path))[1:]

    return extract


def event_of(records: list[object]) -> CodedEvent:
    (record,) = records
    assert isinstance(record, CodedEvent), record
    return record


def problem_of(records: list[object]) -> Problem:
    (record,) = records
    assert isinstance(record, Problem), record
    return record


# --- what is taken ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "native_id"),
    [("300380.0", "300380"), (" 300380 ", "300380"), ("XXX771", "XXX771"), ("1-XXX771", "1-XXX771")],
)
def test_an_id_is_text(read: Read, cell: str, native_id: str) -> None:
    assert event_of(read(id=cell)).native_id == native_id


def test_a_row_of_our_own_export_is_known(read: Read) -> None:
    assert read(id="conflictdb:dioura-2019", best="not read") == [KnownElsewhere(2, "dioura-2019")]


@pytest.mark.parametrize(
    ("cells", "total"),
    [
        pytest.param({"low": "1", "best": "2", "high": "4"}, (1, 4, 2, "range", None), id="a range"),
        pytest.param({"low": "2", "best": "2", "high": "2"}, (2, 2, 2, "exact", None), id="one number"),
        pytest.param({"low": "2.0", "best": "2.0", "high": "2.0"}, (2, 2, 2, "exact", None), id="as pandas writes it"),
        pytest.param(
            {"low": "9", "best": "2", "high": "1"},
            (1, 9, 2, "range", "low 9, best 2, high 1"),
            id="the wrong way round",
        ),
        pytest.param({"low": "15", "best": "2", "high": "15"}, (15, 15, 2, "exact", None), id="best outside"),
        pytest.param({"low": "0", "best": "2", "high": ""}, (0, None, 2, "at_least", None), id="no high"),
        pytest.param({"low": "", "best": "2", "high": "4"}, (None, 4, 2, "at_most", None), id="no low"),
        pytest.param({"low": "", "best": "2", "high": ""}, (None, None, 2, "vague", None), id="best alone"),
        pytest.param({"low": "1", "best": "", "high": "4"}, (1, 4, None, "range", None), id="no best"),
    ],
)
def test_the_total_has_low_and_high_as_bounds(
    read: Read, cells: dict[str, str], total: tuple[int | None, int | None, int | None, str, str | None]
) -> None:
    *_, figure = event_of(read(**cells)).figures
    lower, upper, best, qualifier, wording = total
    assert figure == CodedFigure("best", "total", "killed", lower, upper, best, qualifier, None, wording)


def test_nothing_said_of_deaths_is_no_figure(read: Read) -> None:
    blank = dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"), "")
    assert event_of(read(**blank)).figures == ()


def test_each_side_that_lost_anybody_has_a_figure(read: Read) -> None:
    deaths = {
        "deaths_a": "1",
        "deaths_b": "2",
        "deaths_civilians": "3",
        "deaths_unknown": "4",
        "best": "10",
        "high": "12",
        "low": "8",
    }
    found = [(each.field, each.subject, each.best) for each in event_of(read(**deaths)).figures]
    assert found == [
        ("deaths_a", 0, 1), ("deaths_b", 1, 2), ("deaths_civilians", "civilians", 3), ("deaths_unknown", "unknown", 4),
        ("best", "total", 10),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "fighters", "subject"),
    [
        pytest.param({}, [("Government of Syria", "state", 1), ("Syrian insurgents", "armed_group", 2)], 1, id="two"),
        pytest.param(
            {"type_of_violence": "3", "side_b": "Civilians", "side_b_new_id": "1"},
            [("Government of Syria", "state", 1), ("Civilians", "civilians", 2)],
            1,
            id="civilians of whom some are counted as side B",
        ),
        pytest.param(
            {"side_a": "XXX70", "side_a_new_id": "3702", "side_b": "XXX70", "side_b_new_id": "3702"},
            [("XXX70", "unknown", 1)],
            "side 2",
            id="one placeholder for both",
        ),
        pytest.param(
            {"side_a": "Government of Mali, Government of Russia (Soviet Union)"},
            [
                ("Government of Mali, Government of Russia (Soviet Union)", "state", 1),
                ("Syrian insurgents", "armed_group", 2),
            ],
            1,
            id="two governments as one",
        ),
        pytest.param({"side_a": ""}, [("Syrian insurgents", "armed_group", 2)], 0, id="side A not named"),
    ],
)
def test_who_fights(
    read: Read, cells: dict[str, str], fighters: list[tuple[str, str, int]], subject: int | str
) -> None:
    event = event_of(read(**cells))
    assert [(each.actor.name, each.actor.kind, each.side) for each in event.fighters] == fighters
    assert next(figure.subject for figure in event.figures if figure.field == "deaths_b") == subject


def test_civilians_do_not_fight(read: Read) -> None:
    cells = {"type_of_violence": "3", "side_b": "Civilians", "deaths_b": "0", "deaths_civilians": "2"}
    (fighter,) = event_of(read(**cells)).fighters
    assert fighter.actor == CodedActor("Government of Syria", "state", "ucdp-actor:118", "SYR")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (
            {"low": "9", "high": "4", "best": "4", "deaths_b": "4"},
            "low 9 lies above high 4: the two are read the other way round",
        ),
        ({"best": "65", "low": "15", "high": "15", "deaths_b": "65"}, "best 65 lies above high 15"),
        ({"low": "3", "high": "4"}, "best 2 lies below low 3"),
        ({"best": "3", "high": "3"}, "best 3 is not the sum of the four sides, 2"),
        ({"year": "2031"}, "the year is not that of the dates, 2013"),
        ({"date_prec": "9"}, "date_prec has no code 9"),
        ({"where_prec": "8"}, "where_prec has no code 8"),
        ({"country": "Atlantis"}, 'no country is called "Atlantis"; the name is kept'),
        ({"iso3": "MLI"}, "it is not the code of Syria, which is SYR"),
        ({"longitude": ""}, "half of the coordinates is missing: none are taken"),
        (
            {"geom_wkt": "POINT (35.763369 36.558974)"},
            "it is not the point of latitude and longitude, 35.763369 36.558974, which are taken",
        ),
    ],
)
def test_what_is_odd_is_taken_with_a_warning(tmp_path: Path, cells: dict[str, str], why: str) -> None:
    path = tmp_path / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, (*STANDARD_ORDER, "iso3"), restval="")
        writer.writeheader()
        writer.writerow(ROW | cells)
    _, record = GedImporter().extract(path)
    assert isinstance(record, CodedEvent)
    assert [warning.why for warning in record.warnings] == [why]


@pytest.mark.parametrize(
    "cells",
    [
        {"date_prec": "0"},
        {"country": "Kosovo"},
        {"country": "Czechoslovakia"},
        {"geom_wkt": "POINT(36.55897 35.76337)"},
        {"geom_wkt": "POLYGON ((0 0))"},
        {"year": "2013.0"},
        {"date_start": "2012-12-31", "date_end": "2013-01-01"},
    ],
    ids=str,
)
def test_what_is_not_odd(read: Read, cells: dict[str, str]) -> None:
    assert event_of(read(**cells)).warnings == ()


def test_headlines_are_words_to_find_the_event_by(read: Read) -> None:
    assert event_of(read(source_headline="Scores killed in raid;Dawn raid")).words == (
        "Scores killed in raid;Dawn raid",
    )


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("id", value) for value in ("", "1e308", "NaN", "3.5", "-4", "two words", "x" * 99)],
        *[("deaths_b", value) for value in ("3.5", "-1", "1e308", "NaN", "two", "99999999999")],
        *[(field, "-1") for field in ("deaths_a", "deaths_civilians", "deaths_unknown", "low", "best", "high")],
        *[("date_start", value) for value in ("", "2013-02-31", "31/02/2013", "2013-13-01")],
        ("date_end", "2013-01-02"),
        *[("latitude", value) for value in ("91", "NaN", "north")],
        ("longitude", "181"),
        *[("type_of_violence", value) for value in ("", "4", "1.5", "one")],
    ],
)
def test_a_bad_cell_is_named(read: Read, field: str, value: str) -> None:
    problem = problem_of(read(**{field: value}))
    assert (problem.line, problem.field, problem.value, problem.warning) == (2, field, value, False)
    assert problem.event == ("x" * 80 if value == "x" * 99 else value if field == "id" else "300380")


def test_swapped_coordinates_are_said_to_be_so(read: Read) -> None:
    problem = problem_of(read(latitude="120.5", longitude="35.7"))
    assert problem.why.endswith("; the two would fit if latitude and longitude changed places")


def test_a_row_cut_off_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_bytes((CASES / "GEDEvent_v23_1.csv").read_bytes()[:-40])
    *_, before, last = GedImporter().extract(path)
    assert isinstance(before, CodedEvent)
    assert isinstance(last, Problem) and "cut off" in last.why and last.event == "21300"


def test_missing_columns_are_named_with_the_nearest() -> None:
    assert GedImporter().identify(CASES / "missing_columns.csv")
    with pytest.raises(MissingColumnError, match=r"no column best, high(?s:.*)best_estimate"):
        list(GedImporter().extract(CASES / "missing_columns.csv"))


# --- the file --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "cell", "release"),
    [
        ("GEDEvent_v26_0_1.csv", "", "26.0.1"),
        ("GEDEvent_v26_01_26_03.csv", "", "26.01.26.03"),
        ("GEDEvent_v23_1 (2).csv", "", "23.1"),
        ("ged231_sample1000.csv", "", "23.1"),
        ("ged231-csv.zip!GEDEvent_v23_1.csv", "", "23.1"),
        ("ged50.csv", "", "5.0"),
        ("ucdp-actor-221.csv", "", "22.1"),
        ("ged231.csv", "24.1", "24.1"),
        ("ged231.csv", "newest", "23.1"),
        ("gedevents-2023-05-01.csv", "", ""),
        ("ged2023.csv", "", ""),
        ("hdx_conflict_data_nga.csv", "", ""),
    ],
)
def test_the_release_is_in_a_cell_or_in_the_name(name: str, cell: str, release: str) -> None:
    assert release_of(name, cell) == release


def test_the_months_of_releases() -> None:
    found = {release: GED_RELEASES.get(release) for release in ("17.1", "26.1", "25.0.12", "26.01.26.03", "5.0")}
    assert found == {"17.1": "2017-06", "26.1": "2026-06", "25.0.12": "2026-01", "26.01.26.03": "2026-04", "5.0": None}
    assert is_candidate("26.0.1") and is_candidate("26.01.26.03") and not is_candidate("26.1")


def test_the_columns_are_those_of_the_files() -> None:
    assert len(STANDARD_ORDER) == 49 and len(ORDER_OF_19_1) == 42
    assert set(ORDER_OF_19_1) < set(STANDARD_ORDER) < {column.name for column in COLUMNS}


def test_a_header_is_no_row() -> None:
    assert find_order(STANDARD_ORDER) is None
    assert find_order(ORDER_OF_19_1) is None


@pytest.mark.parametrize("order", [STANDARD_ORDER, ORDER_OF_19_1], ids=len)
def test_a_file_without_header_is_read_in_the_known_order(tmp_path: Path, order: tuple[str, ...]) -> None:
    path = tmp_path / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, order, restval="", extrasaction="ignore")
        writer.writerow(ROW | {"best": "x"})
        writer.writerows([ROW | {"id": "2"}, ROW | {"id": "3"}])
    assert find_importer(path).name == "ucdp-ged"
    dataset, refused, first, second = GedImporter().extract(path)
    assert isinstance(dataset, DatasetRecord) and dataset.columns == order
    assert isinstance(refused, Problem) and refused.line == 1 and refused.field == "best"
    assert isinstance(first, CodedEvent) and [each.why[:13] for each in first.warnings] == ["no header row"]
    assert isinstance(second, CodedEvent) and second.warnings == () and second.line == 3


def test_packed_files_are_read(tmp_path: Path) -> None:
    plain = CASES / "GEDEvent_v23_1.csv"
    packed, zipped = tmp_path / "GEDEvent_v23_1.csv.gz", tmp_path / "ged231-csv.zip"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(plain, plain.name)
    expected = list(GedImporter().extract(plain))
    assert list(GedImporter().extract(packed)) == list(GedImporter().extract(zipped)) == expected


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_the_bytes_only_records_and_problems_come_out(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(FIXTURES)).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = min(len(content), start + data.draw(st.integers(0, 60)))
        content[start:end] = data.draw(
            st.sampled_from([b"", b",", b'"', b"\n", b"\0", b"\xff", b"1e308", bytes(content[start:end]) * 2])
        )
    path = tmp_path / "mutated.csv"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    GedImporter().identify(path)
    try:
        records = list(GedImporter().extract(path))
    except ConflictDBError:
        return
    assert {type(record) for record in records} <= {DatasetRecord, CodedEvent, Problem, KnownElsewhere}


@pytest.mark.parametrize(
    ("name", "rows", "warned"),
    [
        ("GEDEvent_v26_0_1.csv", 1_727, 5),
        ("ged231_sample1000.csv", 1_000, 14),
        ("hdx_conflict_data_nga.csv", 4_603, 70),
        ("hdx_conflict_data_ukr_b.csv", 993, 18),
        ("hdx_conflict_data_ukr_c.csv", 1_167, 19),
    ],
)
def test_real_files_are_taken_whole(shared: Path, name: str, rows: int, warned: int) -> None:
    path = shared / "data" / "ucdp" / name
    _, *events = GedImporter().extract(path)
    assert {type(event) for event in events} == {CodedEvent}
    assert len(events) == rows
    assert sum(1 for event in events if isinstance(event, CodedEvent) and event.warnings) == warned
