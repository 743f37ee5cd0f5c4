"""ACLED: its exports of five vintages, its codes and names, its list of deletions, and damaged files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.domain.coded import CodedActor, CodedEvent, DatasetRecord, Deletion, KnownElsewhere
from conflictdb.domain.records import Problem
from conflictdb.domain.vocabulary import EventType
from conflictdb.errors import ConflictDBError
from conflictdb.importers.acled import AcledDeletionsImporter, AcledImporter
from conflictdb.importers.acled.columns import COLUMNS, Row
from conflictdb.importers.acled.dates import read_timestamp
from conflictdb.importers.acled.parties import read_actor, read_parties
from conflictdb.importers.acled.types import read_kind
from conflictdb.importers.tabular.days import AmbiguousDatesError

CASES = Path(__file__).parent / "cases"
ROW = {
    "event_id_cnty": "XMA101", "event_date": "2021-03-17", "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "Northern Example Front", "inter1": "2", "actor2": "Military Forces of Mali (2020-2021)", "inter2": "1",
    "country": "Mali", "location": "Dioura", "latitude": "14.82", "longitude": "-5.26", "geo_precision": "1",
    "time_precision": "1", "fatalities": "26", "timestamp": "1617235200",
}  # fmt: skip


def as_csv(rows: Iterable[Mapping[str, str]], delimiter: str = ",") -> str:
    rows = list(rows)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(tmp_path: Path, *rows: Mapping[str, str]) -> list[object]:
    """Return what the importer makes of these rows, without the dataset."""
    path = tmp_path / "acled.csv"
    path.write_text(as_csv(rows), encoding="utf-8", newline="")
    dataset, *records = AcledImporter().extract(path)
    assert isinstance(dataset, DatasetRecord)
    return list(records)


def event(tmp_path: Path, **cells: str) -> CodedEvent:
    (record,) = read(tmp_path, ROW | cells)
    assert isinstance(record, CodedEvent), record
    return record


def problem(tmp_path: Path, **cells: str) -> Problem:
    (record,) = read(tmp_path, ROW | cells)
    assert isinstance(record, Problem), record
    return record


def test_the_row_has_the_columns() -> None:
    assert Row._fields == tuple(column.name for column in COLUMNS)


# --- exports ---------------------------------------------------------------------------------------------------------


def test_two_exports_agree_on_an_event(tmp_path: Path) -> None:
    """The key is event_id_cnty, with whatever spaces; data_id changes between exports."""
    one = event(tmp_path, data_id="9100001", event_id_cnty="XMA101 ")
    other = event(tmp_path, data_id="9205217", event_id_cnty="XMA101")
    assert one.native_id == other.native_id == "XMA101"
    assert one.figures == other.figures
    assert one.original != other.original


def test_a_workbook_reads_like_a_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    with (CASES / "acled/to_2023.csv").open(encoding="utf-8", newline="") as file:
        for cells in csv.reader(file):
            sheet.append([int(cell) if cell.isdigit() else cell for cell in cells])
    book.save(tmp_path / "acled.xlsx")
    text, workbook = (
        [each for each in AcledImporter().extract(path) if isinstance(each, CodedEvent)]
        for path in (CASES / "acled/to_2023.csv", tmp_path / "acled.xlsx")
    )
    assert workbook == text
    assert len(text) == 3


@pytest.mark.parametrize("order", [sorted, reversed, list], ids=["alphabetical", "reversed", "as given"])
def test_columns_are_found_by_name(tmp_path: Path, order: type[list[str]]) -> None:
    (record,) = read(tmp_path, {name: ROW[name] for name in order(list(ROW))})
    assert isinstance(record, CodedEvent)
    assert record._replace(original=()) == event(tmp_path)._replace(original=())


def test_only_what_is_needed_is_required(tmp_path: Path) -> None:
    (record,) = read(tmp_path, {name: ROW[name] for name in ("event_id_cnty", "event_date", "event_type")})
    assert isinstance(record, CodedEvent)
    assert (record.name, record.place, record.figures, record.fighters) == ("Battle", None, (), ())
    assert (record.stated_on, record.revision, record.warnings) == (None, "", ())


def test_both_formats_are_told_apart_by_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "deleted.csv"
    path.write_text("event_id_cnty;deleted_timestamp\nXMA1;1672704000\n")
    assert (AcledImporter().identify(path), AcledDeletionsImporter().identify(path)) == (False, True)
    path.write_text(as_csv([ROW | {"deleted_timestamp": ""}]))
    assert (AcledImporter().identify(path), AcledDeletionsImporter().identify(path)) == (True, False)


def test_other_datasets_are_not_claimed(shared: Path) -> None:
    files = [path for path in sorted((shared / "data").rglob("*")) if path.is_file()]
    assert files
    claimed = [path.name for path in files if AcledImporter().identify(path) or AcledDeletionsImporter().identify(path)]
    assert claimed == []


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["2020-05-09", "9-May-20", "9 May 2020", "09-May-2020", "2020-05-09 00:00:00"],
)
def test_a_date_in_another_form(tmp_path: Path, text: str) -> None:
    assert event(tmp_path, event_date=text).date == "2020-05-09"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("31-12-19", "05-12-19"), ["2019-12-31", "2019-12-05"]),
        (("12-31-19", "05-12-19"), ["2019-12-31", "2019-05-12"]),
        (("05-12-19", "31-12-19"), ["2019-12-05", "2019-12-31"]),
        (("07-07-19", "08-08-19"), ["2019-07-07", "2019-08-08"]),
    ],
    ids=["day first", "month first", "decided by a later row", "the same either way"],
)
def test_the_order_of_day_and_month_is_the_files(tmp_path: Path, dates: tuple[str, ...], expected: list[str]) -> None:
    records = read(tmp_path, *(ROW | {"event_id_cnty": f"X{n}", "event_date": date} for n, date in enumerate(dates)))
    assert [each.date for each in records if isinstance(each, CodedEvent)] == expected


@pytest.mark.parametrize("dates", [("03-04-21", "05-06-21"), ("31-12-19", "12-31-19")], ids=["undecided", "both"])
def test_a_file_whose_dates_do_not_decide_is_refused(tmp_path: Path, dates: tuple[str, ...]) -> None:
    with pytest.raises(AmbiguousDatesError) as caught:
        read(tmp_path, *(ROW | {"event_id_cnty": f"X{n}", "event_date": date} for n, date in enumerate(dates)))
    assert caught.value.what.startswith("acled.csv, event_date: ")
    assert caught.value.advice == (
        "export the file again with dates such as 2019-12-31, as ACLED's own export writes them",
    )


@pytest.mark.parametrize(
    ("code", "precision", "warned"),
    [("1", "day", []), ("2.0", "week", []), ("3", "month", []), ("", "day", []), ("4", "day", ["time_precision"])],
)
def test_the_day_stays_and_its_precision_is_told(tmp_path: Path, code: str, precision: str, warned: list[str]) -> None:
    found = event(tmp_path, time_precision=code)
    assert (found.date, found.date_precision, found.first_day == found.last_day) == ("2021-03-17", precision, True)
    assert [each.field for each in found.warnings] == warned


@pytest.mark.parametrize(
    ("text", "day", "revision"),
    [
        ("1617235200", "2021-04-01", "001617235200"),
        ("1617235199.0", "2021-03-31", "001617235199"),
        ("0", "1970-01-01", "000000000000"),
        ("", None, ""),
    ],
)
def test_a_timestamp_is_a_day_in_utc(text: str, day: str | None, revision: str) -> None:
    assert read_timestamp(text) == (day, revision, ())


@pytest.mark.parametrize("text", ["1.61724E+09", "1617235200000", "-5", "soon", "NaN", "1e308"])
def test_a_doubtful_timestamp_is_warned_of(tmp_path: Path, text: str) -> None:
    found = event(tmp_path, timestamp=text)
    assert (found.stated_on, found.revision, [each.field for each in found.warnings]) == (None, "", ["timestamp"])


# --- figures ---------------------------------------------------------------------------------------------------------


def test_fatalities_are_one_estimate_of_all_killed(tmp_path: Path) -> None:
    (figure,) = event(tmp_path).figures
    assert (figure.field, figure.subject, figure.metric, figure.qualifier) == (
        "fatalities", "total", "killed", "exact",
    )  # fmt: skip
    assert (figure.lower, figure.upper, figure.best) == (26, 26, 26)


def test_zero_may_mean_no_information(tmp_path: Path) -> None:
    (figure,) = event(tmp_path, fatalities="0").figures
    assert (figure.lower, figure.upper, figure.best, figure.qualifier) == (0, 0, 0, "zero_or_unknown")


@pytest.mark.parametrize("text", ["", "NA", " "])
def test_a_blank_is_no_claim(tmp_path: Path, text: str) -> None:
    assert event(tmp_path, fatalities=text).figures == ()


@pytest.mark.parametrize("text", ["3.5", "-1", "1e308", "NaN", "inf", "9999999999", "many", "5-9", "1,200"])
def test_what_is_no_number_of_dead_is_refused(tmp_path: Path, text: str) -> None:
    found = problem(tmp_path, fatalities=text)
    assert (found.line, found.field, found.value, found.event) == (2, "fatalities", text, "XMA101")


def test_no_figure_is_read_from_the_notes(tmp_path: Path) -> None:
    found = event(tmp_path, notes="About 400 were killed, said the governor.", fatalities="NA")
    assert (found.figures, found.summary) == ((), "About 400 were killed, said the governor.")


# --- actors ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "since", "until"),
    [
        ("Military Forces of Mali (2013-2020)", "Military Forces of Mali", "2013", "2020"),
        ("Military Forces of Mali (2021-)", "Military Forces of Mali", "2021", ""),
        ("Military Forces of Mali (2021 - )", "Military Forces of Mali", "2021", ""),
        ("Military Forces of Zaire (-1997)", "Military Forces of Zaire", "", "1997"),
        ("Example Band (1999)", "Example Band", "1999", "1999"),
        ("Example Band (2013–2020)", "Example Band", "2013", "2020"),
        ("Police Forces of Mali (2013-2020) Gendarmerie", "Police Forces of Mali: Gendarmerie", "2013", "2020"),
        ("Police Forces of Mali (2021-) (Local)", "Police Forces of Mali (Local)", "2021", ""),
        ("MoE: Movement (2013-) - East", "MoE: Movement - East", "2013", ""),
    ],
)
def test_the_years_are_when_it_was_called_so(text: str, name: str, since: str, until: str) -> None:
    assert read_actor(text, "unknown") == CodedActor(name, "unknown", "", None, text, since, until)


@pytest.mark.parametrize(
    "text",
    ["Civilians (Mali)", "Example Band (EB)", "Band (-)", "Band ()", "Band (2020-2013)", "(2013-2020)", "Band of 1999"],
)
def test_other_brackets_belong_to_the_name(text: str) -> None:
    assert read_actor(text, "unknown") == CodedActor(text, "unknown")


@pytest.mark.parametrize(
    ("inter", "kind"),
    [
        ("1", "state_forces"), ("State forces", "state_forces"), ("STATE FORCES", "state_forces"),
        ("1.0", "state_forces"),
        ("2", "armed_group"), ("Rebel group", "armed_group"), ("3", "armed_group"),
        ("Political militia", "armed_group"),
        ("4", "armed_group"), ("Identity militia", "armed_group"), ("8", "unknown"),
        ("External/Other forces", "unknown"),
        ("", "unknown"),
    ],
)  # fmt: skip
def test_an_inter_code_tells_the_kind(inter: str, kind: str) -> None:
    parties = read_parties("Example Front", "", inter, "", "", "0")
    assert [(each.actor.kind, each.side, each.role) for each in parties.fighters] == [(kind, 1, "unknown")]
    assert parties.warnings == ()


@pytest.mark.parametrize(
    ("actor", "inter"),
    [
        ("Villagers of Example", "7"), ("Villagers of Example", "Civilians"), ("Civilians (Mali)", ""),
        ("Crowd", "5"), ("Rioters (Mali)", ""), ("Crowd", "Protesters"), ("Protesters (International)", "1"),
    ],
)  # fmt: skip
def test_who_does_not_fight_is_no_combatant_and_neither_are_those_with_them(actor: str, inter: str) -> None:
    parties = read_parties("Example Front", "", "2", actor, "Journalists (Mali); Example Union", inter)
    assert [each.actor.name for each in parties.fighters] == ["Example Front"]
    assert parties.bystanders == (actor, "Journalists (Mali)", "Example Union")


def test_associates_stand_on_the_side_of_their_actor() -> None:
    parties = read_parties("A", "B; C (2013-); B", "2", "D", "E;Civilians (Mali)", "1")
    assert [(each.actor.name, each.actor.kind, each.side) for each in parties.fighters] == [
        ("A", "armed_group", 1), ("B", "unknown", 1), ("C", "unknown", 1), ("D", "state_forces", 2),
        ("E", "unknown", 2),
    ]  # fmt: skip
    assert parties.bystanders == ("Civilians (Mali)",)


def test_of_one_name_on_both_sides_the_first_counts() -> None:
    parties = read_parties("A (2012-2013)", "", "1", "B", "A (2013-)", "2")
    assert [(each.actor.name, each.side) for each in parties.fighters] == [("A", 1), ("B", 2)]
    assert [(each.field, each.value) for each in parties.warnings] == [("assoc_actor_2", "A (2013-)")]


# --- types and names -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event_type", "sub_event_type", "expected"),
    [
        ("Battles", "Armed clash", (EventType.BATTLE, "Armed clash", "Armed clash")),
        ("Battles", "", (EventType.BATTLE, None, "Battle")),
        ("Strategic developments", "Other", (EventType.STRATEGIC, "Other", "Strategic development")),
        ("Battle-No Change of Territory", "", (EventType.BATTLE,) + ("Battle, no change of territory",) * 2),
        ("Battle - Government regains territory", "", (EventType.BATTLE,) + ("Government regains territory",) * 2),
        ("Riots/Protests", "Mob violence", (EventType.RIOT, "Mob violence", "Mob violence")),
        ("Riots/Protests", "Peaceful protest", (EventType.PROTEST, "Peaceful protest", "Peaceful protest")),
        ("Riots/Protests", "", (EventType.OTHER, "Riots/Protests", "Riots/Protests")),
    ],
)
def test_event_types_present_and_past(event_type: str, sub_event_type: str, expected: tuple[object, ...]) -> None:
    kind = read_kind(event_type, sub_event_type, None)
    assert (kind.type, kind.subtype, kind.words) == expected
    assert kind.warnings == ()


@pytest.mark.parametrize("text", ["", "Skirmish"])
def test_an_unknown_event_type_is_other(tmp_path: Path, text: str) -> None:
    found = event(tmp_path, event_type=text, sub_event_type="")
    assert (found.type, [each.field for each in found.warnings]) == ("other", ["event_type"])


# --- places ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "code", "warned"),
    [
        ({"country": "Mali", "iso": "466"}, "MLI", []),
        ({"country": "Mali", "iso": "466.0", "iso3": "MLI"}, "MLI", []),
        ({"country": "", "iso": "466"}, "MLI", []),
        ({"country": "Republic of Exampleland", "iso3": "MLI"}, "MLI", []),
        ({"country": "Kosovo", "iso": "0"}, None, []),
        ({"country": "Exampleland", "iso": ""}, None, ["country"]),
        ({"country": "Niger", "iso": "566"}, "NER", ["iso"]),
        ({"country": "Mali", "gwno": "432"}, "MLI", []),
    ],
    ids=["number", "both", "number only", "code only", "no code", "nowhere", "they disagree", "not ISO"],
)
def test_the_country(tmp_path: Path, cells: Mapping[str, str], code: str | None, warned: list[str]) -> None:
    found = event(tmp_path, **cells)
    assert found.place is not None
    assert (found.place.country, found.place.country_name) == (code, cells["country"] or None)
    assert [each.field for each in found.warnings] == warned


@pytest.mark.parametrize(
    ("latitude", "longitude", "field", "swapped"),
    [
        ("91", "-5", "latitude", True), ("-105.3", "14.8", "latitude", True), ("91", "181", "latitude", False),
        ("14.8", "181", "longitude", False), ("north", "1", "latitude", False), ("NaN", "1", "latitude", False),
        ("1", "1e308", "longitude", False), ("1,234,5", "1", "latitude", False),
    ],
)  # fmt: skip
def test_what_is_no_point_is_refused(tmp_path: Path, latitude: str, longitude: str, field: str, swapped: bool) -> None:
    found = problem(tmp_path, latitude=latitude, longitude=longitude)
    assert (found.field, found.why.endswith("seem to be swapped")) == (field, swapped)


def test_half_a_point_is_none(tmp_path: Path) -> None:
    found = event(tmp_path, latitude="")
    assert found.place is not None
    assert (found.place.latitude, found.place.longitude) == (None, None)
    assert [(each.field, each.value) for each in found.warnings] == [("longitude", "-5.26")]


@pytest.mark.parametrize(("code", "precision"), [("1", "exact"), ("2", "near"), ("3", "admin1"), ("", None)])
def test_the_precision_of_a_place(tmp_path: Path, code: str, precision: str | None) -> None:
    found = event(tmp_path, geo_precision=code)
    assert found.place is not None
    assert (found.place.precision, found.warnings) == (precision, ())


# --- deletions -------------------------------------------------------------------------------------------------------


def test_deletions() -> None:
    dataset, *records = AcledDeletionsImporter().extract(CASES / "acled-deletions/deletions.csv")
    assert isinstance(dataset, DatasetRecord)
    assert dataset.name == "acled"
    assert [type(each) for each in records] == [Deletion, Deletion, Problem, Problem, KnownElsewhere, Deletion]
    assert [each.on for each in records if isinstance(each, Deletion)] == ["2023-01-03", None, None]


# --- damage ----------------------------------------------------------------------------------------------------------

FILES = sorted((CASES / "acled").glob("*.csv")) + sorted((CASES / "acled-deletions").glob("*.csv"))


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged") / "acled.csv"


@given(st.sampled_from(FILES), st.integers(0, 8000), st.integers(0, 8000), st.integers(0, 40), st.binary(max_size=4))
def test_a_damaged_file_gives_records_or_an_error(
    damaged: Path, source: Path, at: int, other: int, length: int, put: bytes
) -> None:
    """Cut, changed, or with a piece of it twice: never anything else but records, problems or an error of ours."""
    content = source.read_bytes()
    at, other = at % len(content), other % len(content)
    damaged.write_bytes(content[:at] + put + content[other : other + length] + content[at + length :][: other * 3])
    for importer in (AcledImporter(), AcledDeletionsImporter()):
        importer.identify(damaged)
        try:
            for record in importer.extract(damaged):
                assert isinstance(record, DatasetRecord | CodedEvent | Deletion | KnownElsewhere | Problem)
        except ConflictDBError:
            pass
