"""GTD: its dates with unknown parts, its figures of all, attackers and victims, its groups, and damaged files."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.domain.coded import CodedActor, CodedEvent, CodedFigure, DatasetRecord, KnownElsewhere
from conflictdb.domain.records import Problem
from conflictdb.errors import ConflictDBError
from conflictdb.importers.gtd import GtdImporter
from conflictdb.importers.gtd.columns import COLUMNS, Row
from conflictdb.importers.gtd.dataset import describe_gtd

CASES = Path(__file__).parent / "cases/gtd"
ROW = {
    "eventid": "201503170001", "iyear": "2015", "imonth": "3", "iday": "17", "extended": "0", "resolution": "",
    "country_txt": "Mali", "provstate": "Mopti", "city": "Exampleville", "latitude": "14.82", "longitude": "-5.26",
    "specificity": "1", "vicinity": "0", "attacktype1_txt": "Armed Assault", "gname": "Example Front (EF)",
    "gsubname": "", "gname2": "", "gname3": "", "guncertain1": "0", "claimed": "0", "claimmode_txt": "", "claim2": "",
    "compclaim": "", "nperps": "", "nperpcap": "", "nkill": "", "nkillus": "", "nkillter": "", "nwound": "",
    "nwoundus": "", "nwoundte": "", "nhostkid": "", "addnotes": "",
}  # fmt: skip


def read(tmp_path: Path, **cells: str) -> object:
    """Return what the importer makes of one row."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(ROW | cells))
    writer.writeheader()
    writer.writerow(ROW | cells)
    path = tmp_path / "gtd.csv"
    path.write_text(out.getvalue(), encoding="latin-1", newline="")
    dataset, record = GtdImporter().extract(path)
    assert isinstance(dataset, DatasetRecord)
    return record


def event(tmp_path: Path, **cells: str) -> CodedEvent:
    record = read(tmp_path, **cells)
    assert isinstance(record, CodedEvent), record
    return record


def figures(tmp_path: Path, **cells: str) -> dict[str, CodedFigure]:
    return {each.field: each for each in event(tmp_path, **cells).figures}


def bounds(figure: CodedFigure) -> tuple[int | None, int | None, int | None, str]:
    return figure.lower, figure.upper, figure.best, str(figure.qualifier)


def test_the_row_has_the_columns() -> None:
    assert Row._fields == tuple(column.name for column in COLUMNS)


def test_a_workbook_reads_like_a_text(tmp_path: Path) -> None:
    """Numbers of a workbook are floats there: 201503170001.0, 26.0, 14.82."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    with (CASES / "core.csv").open(encoding="latin-1", newline="") as file:
        for cells in csv.reader(file):
            sheet.append([float(cell) if cell.lstrip("-").isdigit() else cell for cell in cells])
    book.save(tmp_path / "gtd.xlsx")
    text, workbook = (
        [each._replace(line=0, original=()) for each in GtdImporter().extract(path) if isinstance(each, CodedEvent)]
        for path in (CASES / "core.csv", tmp_path / "gtd.xlsx")
    )
    assert workbook == text
    assert len(text) == 9


def test_other_datasets_are_not_claimed(shared: Path) -> None:
    files = [path for path in sorted((shared / "data").rglob("*")) if path.is_file()]
    assert files
    assert [path.name for path in files if GtdImporter().identify(path)] == []


@pytest.mark.parametrize(
    ("name", "release"),
    [
        ("globalterrorismdb_0718dist.csv", "2018-07"),
        ("globalterrorismdb_2021Jan-June_1222dist.xlsx", "2022-12"),
        ("gtd.csv", ""),
        ("globalterrorismdb_1318dist.csv", ""),
    ],
)
def test_the_release_stands_in_the_name(name: str, release: str) -> None:
    dataset = describe_gtd(Path(name), (), "")
    assert (dataset.release, dataset.released_on) == (release, release or None)


# --- ids and dates ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "native_id"), [("201503170001", "201503170001"), ("201503170001.0", "201503170001"), ("4711", "4711")]
)
def test_an_id_is_its_digits(tmp_path: Path, text: str, native_id: str) -> None:
    found = event(tmp_path, eventid=text)
    assert (found.native_id, [each.field for each in found.warnings]) == (
        native_id,
        ["eventid"] * (len(native_id) < 12),
    )


@pytest.mark.parametrize("text", ["", "2.01503E+11", "2,01503E+11", "A1", "201503170001.5", "-201503170001"])
def test_an_id_that_is_lost_is_refused(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, eventid=text)
    assert isinstance(found, Problem)
    assert (found.field, found.value, "spreadsheet" in found.why) == ("eventid", text, "E+" in text)


def test_our_own_export_is_known() -> None:
    (known,) = [each for each in GtdImporter().extract(CASES / "core.csv") if isinstance(each, KnownElsewhere)]
    assert known == KnownElsewhere(11, "dioura-2019")


@pytest.mark.parametrize(
    ("year", "month", "day", "date", "precision"),
    [
        ("2015", "3", "17", "2015-03-17", "day"), ("2015.0", "3.0", "17.0", "2015-03-17", "day"),
        ("2015", "3", "0", "2015-03", "month"), ("2015", "3", "", "2015-03", "month"),
        ("2015", "3", "-9", "2015-03", "month"), ("2015", "0", "0", "2015", "year"),
        ("1970", "-99", "", "1970", "year"),
    ],
)  # fmt: skip
def test_an_unknown_part_of_a_date(tmp_path: Path, year: str, month: str, day: str, date: str, precision: str) -> None:
    found = event(tmp_path, iyear=year, imonth=month, iday=day)
    assert (found.date, found.date_precision, found.warnings) == (date, precision, ())


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"imonth": "2", "iday": "31"}, "iday"), ({"iday": "32"}, "iday"), ({"imonth": "13"}, "imonth"),
        ({"iyear": ""}, "iyear"), ({"iyear": "0"}, "iyear"), ({"iday": "-3"}, "iday"), ({"iday": "1.5"}, "iday"),
    ],
)  # fmt: skip
def test_a_day_that_there_is_not_is_refused(tmp_path: Path, cells: Mapping[str, str], field: str) -> None:
    found = read(tmp_path, **cells)
    assert isinstance(found, Problem)
    assert (found.field, found.event) == (field, "201503170001")


@pytest.mark.parametrize(
    ("cells", "date", "warned"),
    [
        ({"extended": "1", "resolution": "4/2/2015"}, "2015-03-17/2015-04-02", []),
        ({"extended": "1.0", "resolution": "2015-04-02 00:00:00"}, "2015-03-17/2015-04-02", []),
        ({"extended": "1", "resolution": "25/03/2015"}, "2015-03-17/2015-03-25", []),
        ({"extended": "1", "resolution": "3/17/2015"}, "2015-03-17", []),
        ({"extended": "1", "resolution": "5/28/2015", "iday": "0"}, "2015-03/2015-05-28", []),
        ({"extended": "0", "resolution": "4/2/2015"}, "2015-03-17", []),
        ({"extended": "1", "resolution": "1/2/2015"}, "2015-03-17", ["resolution"]),
        ({"extended": "1", "resolution": "later"}, "2015-03-17", ["resolution"]),
    ],
    ids=["month first", "ISO", "day first", "same day", "from a month", "not extended", "before", "no date"],
)
def test_an_extended_incident_has_an_end(
    tmp_path: Path, cells: Mapping[str, str], date: str, warned: list[str]
) -> None:
    found = event(tmp_path, **cells)
    assert (found.date, [each.field for each in found.warnings]) == (date, warned)


# --- figures ---------------------------------------------------------------------------------------------------------


def test_the_total_includes_attackers(tmp_path: Path) -> None:
    found = figures(tmp_path, nkill="26", nkillter="3", nkillus="1")
    assert {name: (each.subject, each.group, bounds(each), each.part_of) for name, each in found.items()} == {
        "nkill": ("total", None, (26, 26, 26, "exact"), None),
        "nkillter": ("side 1", None, (3, 3, 3, "exact"), None),
        "nkill-nkillter": ("side 2", "victims", (23, 23, 23, "exact"), None),
        "nkillus": ("total", "US nationals", (1, 1, 1, "exact"), "nkill"),
    }


@pytest.mark.parametrize(
    ("cells", "fields"),
    [
        ({"nkill": "26"}, ["nkill"]),
        ({"nkillter": "3"}, ["nkillter"]),
        ({"nkill": "-9", "nkillter": "3"}, ["nkillter"]),
        ({"nkill": "26", "nkillter": "-99"}, ["nkill"]),
        ({"nkillus": "2"}, ["nkillus"]),
        ({"nkill": "-99.0", "nwound": "-9.0"}, []),
    ],
)
def test_unknown_is_no_claim(tmp_path: Path, cells: Mapping[str, str], fields: list[str]) -> None:
    found = figures(tmp_path, **cells)
    assert list(found) == fields
    assert all(each.part_of is None for each in found.values())


def test_zero_is_a_claim(tmp_path: Path) -> None:
    found = figures(tmp_path, nwound="0", nwoundte="0")
    assert [bounds(each) for each in found.values()] == [(0, 0, 0, "exact")] * 3


@pytest.mark.parametrize(("text", "wording"), [("6.3", "6.3"), ("6,3", "6,3"), ("6.999999", "6.999999")])
def test_a_fraction_is_the_range_around_it(tmp_path: Path, text: str, wording: str) -> None:
    (found,) = figures(tmp_path, nkill=text).values()
    assert bounds(found) == (6, 7, None, "range")
    assert (found.wording, found.note) == (wording, "a total split over linked incidents")


def test_the_difference_of_fractions(tmp_path: Path) -> None:
    found = figures(tmp_path, nkill="6.3", nkillter="0.5")["nkill-nkillter"]
    assert bounds(found) == (5, 6, None, "range")
    assert found.note == "nkill less nkillter: 6.3 - 0.5; a total split over linked incidents"


def test_more_attackers_than_all_is_doubtful(tmp_path: Path) -> None:
    found = event(tmp_path, nkill="2", nkillter="3")
    assert [each.field for each in found.figures] == ["nkill", "nkillter"]
    assert [(each.field, each.value) for each in found.warnings] == [("nkillter", "3")]


@pytest.mark.parametrize("field", ["nkill", "nkillter", "nkillus", "nwound", "nwoundte", "nperps", "nhostkid"])
@pytest.mark.parametrize("text", ["-5", "-0.5", "1e308", "1.5e308", "NaN", "inf", "some", "99999999999.5", "1.000.000"])
def test_what_is_no_number_of_people_is_refused(tmp_path: Path, field: str, text: str) -> None:
    found = read(tmp_path, **{field: text})
    assert isinstance(found, Problem)
    assert (found.field, found.value, found.line) == (field, text, 2)


def test_attackers_and_hostages(tmp_path: Path) -> None:
    found = figures(tmp_path, nperps="20", nperpcap="0", nhostkid="7")
    assert {name: (each.kind, each.subject, each.metric, each.group, each.best) for name, each in found.items()} == {
        "nperps": ("strength", "side 1", "persons", None, 20),
        "nperpcap": ("casualty", "side 1", "captured", None, 0),
        "nhostkid": ("casualty", "side 2", "captured", "hostages or kidnapped", 7),
    }
    assert figures(tmp_path, nperps="-99", nperpcap="-99", nhostkid="0") == {}


def test_the_rule_of_a_figure_is_its_note(tmp_path: Path) -> None:
    rule = "Following GTD protocol, the lowest reliable estimates are reported here"
    found = figures(tmp_path, nkill="6.3", nkillter="1", nwound="2", addnotes=f"Sources conflict. {rule}. It was dark.")
    assert found["nkill"].note == f"{rule}; a total split over linked incidents"
    assert (found["nwound"].note, found["nkillter"].note) == (rule, None)
    assert figures(tmp_path, nkill="6", addnotes="It was dark.")["nkill"].note is None


# --- groups ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gname", ["", "Unknown", "unknown", "Unaffiliated Individual(s)", "Individual", "Other"])
def test_nobody_is_no_attacker_and_claims_nothing(tmp_path: Path, gname: str) -> None:
    found = event(tmp_path, gname=gname, claimed="1", guncertain1="1", nkillter="1")
    assert (found.fighters, found.statements, found.name) == ((), (), "Armed assault, Exampleville")
    assert [each.subject for each in found.figures] == ["side 1"]


def test_groups_are_the_attackers(tmp_path: Path) -> None:
    found = event(tmp_path, gname2="Rival League", gname3="Example Front (EF)", gsubname="Example Battalion")
    assert [tuple(each) for each in found.fighters] == [
        (CodedActor("Example Front (EF)", "armed_group"), 1, "attacker", "Example Battalion"),
        (CodedActor("Rival League", "armed_group"), 1, "attacker", None),
    ]


def test_a_claim_of_responsibility_is_the_groups_own(tmp_path: Path) -> None:
    (found,) = event(tmp_path, claimed="1", claimmode_txt="E-mail", compclaim="1").statements
    assert (found.field, found.attribute, found.value) == ("claimed", "responsibility", "Example Front (EF)")
    assert found.claimant == CodedActor("Example Front (EF)", "armed_group")
    assert found.note == "claimed by: E-mail; competing claims of responsibility (compclaim = 1)"


def test_a_suspicion_is_the_recorders(tmp_path: Path) -> None:
    (found,) = event(tmp_path, guncertain1="1").statements
    assert (found.field, found.claimant, found.note) == ("guncertain1", None, "suspected (guncertain1 = 1)")


@pytest.mark.parametrize("code", ["0", "-9", "", "-9.0"])
def test_what_is_not_claimed_makes_no_statement(tmp_path: Path, code: str) -> None:
    found = event(tmp_path, claimed=code, guncertain1=code)
    assert (found.statements, found.warnings) == ((), ())


# --- places ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("specificity", "vicinity", "precision"),
    [
        ("1", "0", "exact"), ("1.0", "-9", "exact"), ("1", "1", "near"), ("2", "0", "near"), ("3", "0", "admin2"),
        ("4", "1", "admin1"), ("5", "0", None), ("", "", None),
    ],
)  # fmt: skip
def test_specificity(tmp_path: Path, specificity: str, vicinity: str, precision: str | None) -> None:
    found = event(tmp_path, specificity=specificity, vicinity=vicinity)
    assert found.place is not None
    assert (found.place.precision, found.warnings) == (precision, ())


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({"city": "Unknown"}, "Armed assault by Example Front (EF), Mopti"),
        ({"city": "Unknown", "provstate": "Unknown"}, "Armed assault by Example Front (EF), Mali"),
        ({"attacktype1_txt": "Unknown"}, "Attack by Example Front (EF), Exampleville"),
        (
            {"attacktype1_txt": "", "attacktype1": "5"},
            "Hostage taking (barricade incident) by Example Front (EF), Exampleville",
        ),
    ],
)  # fmt: skip
def test_the_name(tmp_path: Path, cells: Mapping[str, str], name: str) -> None:
    assert event(tmp_path, **cells).name == name


def test_a_state_that_is_no_more_has_no_code_and_no_warning(tmp_path: Path) -> None:
    found = event(tmp_path, country_txt="Soviet Union")
    assert found.place is not None
    assert (found.place.country, found.place.country_name, found.warnings) == (None, "Soviet Union", ())


# --- damage ----------------------------------------------------------------------------------------------------------


def test_a_truncated_download_loses_its_last_row_only() -> None:
    *_, last = GtdImporter().extract(CASES / "bad_rows.csv")
    assert isinstance(last, Problem)
    assert (last.line, last.event) == (20, "201503170030")
    assert last.why == "a quote that opens a cell is never closed; the file may be cut off"


FILES = sorted(CASES.glob("*.csv"))


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged") / "gtd.csv"


@given(st.sampled_from(FILES), st.integers(0, 8000), st.integers(0, 8000), st.integers(0, 40), st.binary(max_size=4))
def test_a_damaged_file_gives_records_or_an_error(
    damaged: Path, source: Path, at: int, other: int, length: int, put: bytes
) -> None:
    """Cut, changed, or with a piece of it twice: never anything else but records, problems or an error of ours."""
    content = source.read_bytes()
    at, other = at % len(content), other % len(content)
    damaged.write_bytes(content[:at] + put + content[other : other + length] + content[at + length :][: other * 3])
    GtdImporter().identify(damaged)
    try:
        for record in GtdImporter().extract(damaged):
            assert isinstance(record, DatasetRecord | CodedEvent | KnownElsewhere | Problem)
    except ConflictDBError:
        pass
