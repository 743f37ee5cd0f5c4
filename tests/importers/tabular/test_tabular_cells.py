"""Single cells: the values that they are, and in words why they are none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conflictdb.importers.tabular import cells
from conflictdb.importers.tabular.cells import (
    AmbiguousDatesError,
    CellError,
    DayReader,
    country_alpha3,
    decimal,
    flag,
    identifier,
    iso_day,
    latitude,
    listed,
    longitude,
    whole,
)
from conflictdb.importers.tabular.days import DayOrder


def result(read: Callable[[str], Any], text: str) -> Any:
    """Return the value, or the reason why there is none."""
    try:
        return read(text)
    except CellError as error:
        assert str(error) == error.why
        return error.why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", 5), ("0", 0), ("5.0", 5), ("5.", 5), ("228973.000", 228_973), (" 7 ", 7), ("+5", 5), ("007", 7),
        ("-0", 0), ("1000000000", 1_000_000_000),
        ("3.5", '"3.5" is no whole number'),
        ("1,500", '"1,500" is no whole number'),
        ("1_000", '"1_000" is no whole number'),
        ("nan", '"nan" is no whole number'),
        ("1e308", '"1e308" is no whole number'),
        ("٣", '"٣" is no whole number'),
        ("", "a blank cell is no whole number"),
        ("  ", "a blank cell is no whole number"),
        ("-9", '"-9" is negative'),
        ("-99.0", '"-99.0" is negative'),
        ("1712345678", '"1712345678" is more than 1,000,000,000'),
        ("9" * 5000, f'"{"9" * 60}…" is more than 1,000,000,000'),
        ("0" * 5000 + "7", 7),
    ],
)  # fmt: skip
def test_whole_numbers(text: str, expected: Any) -> None:
    assert result(whole, text) == expected


def test_the_bounds_of_whole_numbers_can_be_set() -> None:
    assert whole("-1", least=-1) == -1
    assert whole("5", least=1) == 5
    assert whole("1712345678", most=2**40) == 1_712_345_678
    assert result(lambda text: whole(text, least=-1), "-2") == '"-2" is less than -1'
    assert result(lambda text: whole(text, least=1), "0") == '"0" is less than 1'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.5", 1.5), ("-7", -7.0), (".5", 0.5), ("5.", 5.0), ("1e-3", 0.001), (" 2 ", 2.0),
        ("1,5", '"1,5" is no number; decimals are written with a point'),
        ("1,234.5", '"1,234.5" is no number'),
        ("nan", '"nan" is no number'),
        ("inf", '"inf" is no number'),
        ("1e999", '"1e999" is too great for a number'),
        ("", "a blank cell is no number"),
    ],
)  # fmt: skip
def test_decimals(text: str, expected: Any) -> None:
    assert result(decimal, text) == expected


def test_degrees() -> None:
    assert (latitude("-90"), latitude("14.5"), longitude("180.0")) == (-90.0, 14.5, 180.0)
    assert result(latitude, "90.01") == '"90.01" is no latitude, which is from -90 to 90 degrees'
    assert result(longitude, "-181") == '"-181" is no longitude, which is from -180 to 180 degrees'
    assert result(latitude, "north") == '"north" is no number'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("true", True), ("TRUE", True), ("1", True), ("1.0", True), ("Yes", True), (" y ", True),
        ("false", False), ("False", False), ("0", False), ("0.0", False), ("no", False),
        ("2", '"2" is neither true nor false'), ("", "a blank cell is neither true nor false"),
    ],
)  # fmt: skip
def test_flags(text: str, expected: Any) -> None:
    assert result(flag, text) == expected


def test_identifiers() -> None:
    known = ("228973.0", "228973", "MLI4437", "1-XXX771", "SYR-2013-1-11973-99.1", " 7 ", ".0", "1.5", "")
    assert [identifier(text) for text in known] == [
        "228973", "228973", "MLI4437", "1-XXX771", "SYR-2013-1-11973-99.1", "7", ".0", "1.5", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("AFP", ("AFP",)),
        ("AFP; Reuters;;AP ", ("AFP", "Reuters", "AP")),
        ('"AFP,2009-07-27,""65 dead""; many";"AP,2009-07-27,x"', ('AFP,2009-07-27,"65 dead"; many', "AP,2009-07-27,x")),
        (
            '"RFI,2026-01-14,Tchad";"Alwihda,2026-01-14,Tchad : "La situation" à Korbol\n\nAU"',
            ("RFI,2026-01-14,Tchad", 'Alwihda,2026-01-14,Tchad : "La situation" à Korbol\n\nAU'),
        ),
        ('5" gun; "a; b"', ('5" gun', "a; b")),
        ('"a; b"; c\nd', ("a; b", "c", "d")),
        ('"', ()),
        ('x "', ('x "',)),
    ],
)
def test_lists(text: str, expected: tuple[str, ...]) -> None:
    assert listed(text) == expected


def test_lists_with_another_separator() -> None:
    assert listed('1, "2, 3",4', ",") == ("1", "2, 3", "4")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-05-11", "2015-05-11"),
        ("2009-06-09 00:00:00.000", "2009-06-09"),
        ("2015-05-11T00:00:00", "2015-05-11"),
        ("2015-05-11T23:59:59Z", "2015-05-11"),
        ("2015-05-11 10:00:00+02:00", "2015-05-11"),
        (" 2015/5/1 ", "2015-05-01"),
        ("2016-02-29", "2016-02-29"),
        ("2015-02-31", '"2015-02-31" is no date: February 2015 has no day 31'),
        ("2015-02-29", '"2015-02-29" is no date: February 2015 has no day 29'),
        ("2015-13-01", '"2015-13-01" is no date: there is no month 13'),
        ("2015-00-00", '"2015-00-00" is no date: there is no month 0'),
        ("0000-01-01", '"0000-01-01" is no date: there is no year 0'),
        ("11/05/2015", '"11/05/2015" is no date such as 2015-05-11'),
        ("2015", '"2015" is no date such as 2015-05-11'),
        ("", "a blank cell is no date such as 2015-05-11"),
    ],
)
def test_days_that_begin_with_the_year(text: str, expected: str) -> None:
    assert result(iso_day, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-10-31", "2020-10-31"),
        ("9-May-20", "2020-05-09"),
        ("31-12-19", "2019-12-31"),
        ("28 December 2022", "2022-12-28"),
        ("01-January-2015", "2015-01-01"),
        ("31/12/2019", "2019-12-31"),
        ("31.12.97", "1997-12-31"),
        ("1/2/68", "2068-02-01"),
        ("1/2/69", "1969-02-01"),
        ("3 Sept. 2001", "2001-09-03"),
        ("May 9, 2020", "2020-05-09"),
        ("31-12-19 00:00", "2019-12-31"),
        ("12/31/2019", '"12/31/2019" is no date: there is no month 31'),
        ("31 June 2020", '"31 June 2020" is no date: June 2020 has no day 31'),
        ("9-Mai-20", '"9-Mai-20" is no date: no month is called "Mai"'),
        ("97-12-31", '"97-12-31" is no date: December 2031 has no day 97'),
        ("NA", '"NA" is no date such as 2015-05-11 or 11 May 2015'),
    ],
)
def test_days_as_acled_writes_them(text: str, expected: str) -> None:
    assert result(DayReader.decide([]).read, text) == expected


@pytest.mark.parametrize(
    ("samples", "read"),
    [
        (["03-04-19", "31-12-19"], "2019-04-03"),
        (["03-04-19", "12-31-19"], "2019-03-04"),
        (["2020-01-01", "9 May 2020", "12/31/2019", "NA", ""], "2019-03-04"),
        (["05-05-19", "06-06-19"], "2019-04-03"),
        (["2020-10-31"], "2019-04-03"),
        (["99-99-99"], "2019-04-03"),
    ],
    ids=["day first", "month first", "one of many", "no matter", "no such date", "no date at all"],
)
def test_the_order_of_day_and_month_is_decided_by_all_rows(samples: list[str], read: str) -> None:
    assert DayReader.decide(samples).read("03-04-19") == read


@pytest.mark.parametrize(
    ("samples", "message"),
    [
        (
            ["03-04-19", "2020-10-31", "05/06/2019"],
            'the dates do not tell whether day or month comes first: "03-04-19" can be read both ways\n'
            "  write the dates as 2019-12-31",
        ),
        (
            ["03-04-19", "31-12-19", "12-31-19"],
            'some dates have the day first ("31-12-19"), others the month ("12-31-19")\n'
            "  write all dates as 2019-12-31",
        ),
    ],
    ids=["undecided", "both"],
)
def test_dates_that_do_not_decide_are_refused(samples: list[str], message: str) -> None:
    with pytest.raises(AmbiguousDatesError) as caught:
        DayReader.decide(samples)
    assert str(caught.value) == message


FORMS = ["%Y-%m-%d", "%d-%b-%y", "%d-%m-%y", "%d %B %Y", "%d-%B-%Y", "%d/%m/%Y", "%Y/%m/%d", "%B %d, %Y"]


@given(day=st.dates(date(1969, 1, 1), date(2068, 12, 31)), form=st.sampled_from(FORMS))
def test_every_form_of_every_day_is_read(day: date, form: str) -> None:
    assert DayReader.decide(["31-12-19"]).read(day.strftime(form)) == day.isoformat()


@pytest.mark.parametrize(
    ("code", "names"),
    {
        "COD": ["DR Congo (Zaire)", "Democratic Republic of Congo", "Democratic Republic of the Congo", "Zaire", "180"],
        "COG": ["Congo", "Republic of the Congo", "Republic of Congo", "People's Republic of the Congo"],
        "CIV": ["Ivory Coast", "Cote d'Ivoire", "Côte d’Ivoire"],
        "RUS": ["Russia (Soviet Union)", "Russia", "Russian Federation"],
        "YEM": ["Yemen (North Yemen)", "Yemen"],
        "BIH": ["Bosnia-Herzegovina", "Bosnia and Herzegovina"],
        "SRB": ["Serbia (Yugoslavia)", "Serbia"],
        "KHM": ["Cambodia (Kampuchea)"],
        "MMR": ["Myanmar (Burma)", "Burma"],
        "ZWE": ["Zimbabwe (Rhodesia)", "Rhodesia"],
        "MDG": ["Madagascar (Malagasy)"],
        "SWZ": ["Kingdom of eSwatini (Swaziland)", "eSwatini", "Swaziland"],
        "MKD": ["Macedonia, FYR", "North Macedonia"],
        "VNM": ["Vietnam (North Vietnam)", "Vietnam", "Viet Nam"],
        "PSE": ["Palestine", "West Bank and Gaza Strip"],
        "DEU": ["Germany", "West Germany (FRG)", "276.0"],
        "ALB": ["8", "008", "Albania", "AL", "alb"],
        "MLI": ["Mali", "466", "466.0", "MLI", " ml "],
        "GBR": ["United Kingdom"], "USA": ["United States", "United States of America"], "TUR": ["Turkey", "Türkiye"],
        "KOR": ["South Korea"], "PRK": ["North Korea"], "GMB": ["Gambia"], "TZA": ["Tanzania"], "SYR": ["Syria"],
        "LAO": ["Laos"], "BOL": ["Bolivia"], "VEN": ["Venezuela"], "IRN": ["Iran"], "MDA": ["Moldova"],
        "ISR": ["Israel"],
        "NAM": ["Namibia"], "TWN": ["Taiwan"], "TLS": ["East Timor", "Timor-Leste"], "SVK": ["Slovak Republic"],
    }.items(),
)  # fmt: skip
def test_countries_by_the_names_of_datasets(code: str, names: list[str]) -> None:
    assert {name: country_alpha3(name) for name in names} == dict.fromkeys(names, code)


@pytest.mark.parametrize(
    "name",
    ["Kosovo", "XKX", "Czechoslovakia", "Yugoslavia", "Soviet Union", "East Germany (GDR)", "South Vietnam", "NA",
     "International", "Atlantis", "", " ", "999", "12345"],
)  # fmt: skip
def test_what_iso_3166_has_no_code_for(name: str) -> None:
    assert country_alpha3(name) is None


def test_real_countries_all_have_codes(shared: Any) -> None:
    from conflictdb.importers.tabular.columns import Column, Layout
    from conflictdb.importers.tabular.reader import open_table

    found = set()
    for path in sorted((shared / "data/ucdp").glob("*.csv")):
        with open_table(path) as table:
            pick = Layout((Column("country", ""), Column("id", "")), table.names).pick()
            found |= {pick(row)[0] for _, row in table.rows()}
    assert len(found) > 60
    assert {name for name in found if name and country_alpha3(name) is None} == set()


READERS = [whole, decimal, latitude, longitude, flag, iso_day, identifier, listed, country_alpha3, DayReader().read]


@given(text=st.one_of(st.text(max_size=30), st.text('0123456789.-/: eE+,;"', max_size=20)))
@example("9" * 5000)
@example("\ud800")
def test_any_text_is_a_value_or_refused_in_words(text: str) -> None:
    for read in READERS:
        with_reason = result(read, text)
        assert with_reason is None or isinstance(with_reason, int | float | str | tuple)
    assert DayReader.decide([text]).order in DayOrder


def test_the_error_is_a_value_error() -> None:
    assert issubclass(cells.CellError, ValueError)
