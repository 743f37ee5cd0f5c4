"""EDTF dates: what is accepted and the days it spans, what is refused and the advice given, and how it is read."""

from __future__ import annotations

import datetime as dt
import pickle
import warnings
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflictdb.domain.edtf import EXPECTED, EdtfError, day_number, day_to_text, parse_edtf, speak, speak_short

FLAGS = {"": (False, False), "~": (True, False), "?": (False, True), "%": (True, True)}

# text, first day, last day, precision
ACCEPTED = [
    ("2019-03-17", "2019-03-17", "2019-03-17", "day"),
    ("2020-02-29", "2020-02-29", "2020-02-29", "day"),
    ("2019-03", "2019-03-01", "2019-03-31", "month"),
    ("2019-03-XX", "2019-03-01", "2019-03-31", "month"),
    ("1900-02", "1900-02-01", "1900-02-28", "month"),
    ("2000-02", "2000-02-01", "2000-02-29", "month"),
    ("2019", "2019-01-01", "2019-12-31", "year"),
    ("2019-XX", "2019-01-01", "2019-12-31", "year"),
    ("2019-XX-XX", "2019-01-01", "2019-12-31", "year"),
    ("0000", "0000-01-01", "0000-12-31", "year"),
    ("-0489", "-0489-01-01", "-0489-12-31", "year"),
    ("-0489-09-12", "-0489-09-12", "-0489-09-12", "day"),
    ("-0004-02-29", "-0004-02-29", "-0004-02-29", "day"),
    ("Y17000", "17000-01-01", "17000-12-31", "year"),
    ("Y-17000", "-17000-01-01", "-17000-12-31", "year"),
    ("Y-999999", "-999999-01-01", "-999999-12-31", "year"),
    ("201X", "2010-01-01", "2019-12-31", "decade"),
    ("-049X", "-0499-01-01", "-0490-12-31", "decade"),
    ("-000X", "-0009-01-01", "0000-12-31", "decade"),
    ("20XX", "2000-01-01", "2099-12-31", "century"),
    ("-04XX", "-0499-01-01", "-0400-12-31", "century"),
    ("2019-21", "2019-03-01", "2019-05-31", "interval"),
    ("2019-22", "2019-06-01", "2019-08-31", "interval"),
    ("2019-23", "2019-09-01", "2019-11-30", "interval"),
    ("2019-24", "2019-12-01", "2020-02-29", "interval"),
    ("2020-24", "2020-12-01", "2021-02-28", "interval"),
    ("2019-03-17/2019-03-18", "2019-03-17", "2019-03-18", "interval"),
    ("2019-03-17/2019-03", "2019-03-17", "2019-03-31", "interval"),
    ("2012/2019", "2012-01-01", "2019-12-31", "interval"),
    ("201X/2019-21", "2010-01-01", "2019-05-31", "interval"),
    ("2012/..", "2012-01-01", None, "interval"),
    ("2012/", "2012-01-01", None, "interval"),
    ("../2012", None, "2012-12-31", "interval"),
    ("/2012", None, "2012-12-31", "interval"),
]


def text_of(day: int | None) -> str | None:
    return None if day is None else day_to_text(day)


@pytest.mark.parametrize(("text", "first", "last", "precision"), ACCEPTED, ids=[case[0] for case in ACCEPTED])
def test_accepted(text: str, first: str | None, last: str | None, precision: str) -> None:
    date = parse_edtf(f"  {text}\n")
    assert (date.text, text_of(date.first_day), text_of(date.last_day)) == (text, first, last)
    assert (date.precision, date.approximate, date.uncertain) == (precision, False, False)


@pytest.mark.parametrize("mark", FLAGS, ids=["none", "about", "perhaps", "both"])
@pytest.mark.parametrize("text", [case[0] for case in ACCEPTED if "/" not in case[0]])
def test_marks_change_the_flags_only(text: str, mark: str) -> None:
    plain, marked = parse_edtf(text), parse_edtf(text + mark)
    assert (marked.first_day, marked.last_day, marked.precision) == (plain.first_day, plain.last_day, plain.precision)
    assert (marked.approximate, marked.uncertain) == FLAGS[mark]


def test_an_interval_has_the_marks_of_both_ends() -> None:
    date = parse_edtf("2012~/2019?")
    assert (date.approximate, date.uncertain) == (True, True)


NO_MONTH_13 = "there is no month 13; months are 01 to 12, seasons 21 (spring) to 24 (winter)"
REFUSED = [
    ("17/03/2019", "write 2019-03-17"),
    ("03/17/2019", "write 2019-03-17"),
    ("03/04/2019", "write 2019-03-04 or 2019-04-03"),
    ("17.3.2019", "write 2019-03-17"),
    ("2019/03/17", "write 2019-03-17"),
    ("2019-3-7", "write 2019-03-07"),
    ("20190317", "write 2019-03-17"),
    ("2019–03–17", "write 2019-03-17"),
    ("2019-03-17T06:00", "write 2019-03-17"),
    ("2009-06-09 00:00:00.000", "write 2009-06-09"),
    ("17 March 2019", "write 2019-03-17"),
    ("17th of March 2019", "write 2019-03-17"),
    ("March 17, 2019", "write 2019-03-17"),
    ("01-January-2015", "write 2015-01-01"),
    ("17–18 March 2019", "write 2019-03-17/2019-03-18"),
    ("March 2019", "write 2019-03"),
    ("Sept. 2019", "write 2019-09"),
    ("03/2019", "write 2019-03"),
    ("2019/03", "write 2019-03"),
    ("spring 2019", "write 2019-21"),
    ("fall 2019", "write 2019-23"),
    ("c. 2019", "write 2019~"),
    ("about March 2019", "write 2019-03~"),
    ("2010s", "write 201X"),
    ("1900s", "write 190X or 19XX"),
    ("201x", "write 201X"),
    ("2012–2019", "write 2012/2019"),
    ("2019 / 2020", "write 2019/2020"),
    ("2019-03-17/18", "write 2019-03-17/2019-03-18"),
    ("December 2018 to January 2019", "write 2018-12/2019-01"),
    ("490 BC", "write -0489"),
    ("12 September 490 BC", "write -0489-09-12"),
    ("489", "write 0489"),
    ("-489", "write -0489"),
    ("17000", "write Y17000"),
    ("31 February 2019", "February 2019 has 28 days"),
    ("2019-02-31", "February 2019 has 28 days"),
    ("2020-02-30", "February 2020 has 29 days"),
    ("2019-04-00", "April 2019 has 30 days"),
    ("-0489-02-29", "February 490 BC has 28 days"),
    ("2019-13", NO_MONTH_13),
    ("13/13/2019", NO_MONTH_13),
    ("2019-00", NO_MONTH_13.replace("13", "00")),
    ("2019-21-01", "a season has no days; write 2019-21"),
    ("201X-03", "a month needs a whole year; write 201X"),
    ("2019-XX-17", "a day of an unknown month has no place; write 2019"),
    ("-0000", "there is no year -0000; 1 BC is 0000"),
    ("Y1000000", "years run from -999999 to 999999"),
    ("2020/2019", "it ends before it begins; is 2019/2020 meant?"),
    ("../..", "both ends are open, which says nothing; leave it out"),
    ("/", "both ends are open, which says nothing; leave it out"),
    ("", "an unknown date is no date; leave it out"),
    ("unknown", "an unknown date is no date; leave it out"),
    ("9-May-20", EXPECTED),
    ("Y2019", EXPECTED),
    ("1XXX", EXPECTED),
    ("2012/2013/2014", EXPECTED),
    ("٢٠١٩", EXPECTED),
    ("soon", EXPECTED),
]


@pytest.mark.parametrize(("text", "why"), REFUSED, ids=[case[0] or "empty" for case in REFUSED])
def test_refused(text: str, why: str) -> None:
    with pytest.raises(EdtfError) as caught:
        parse_edtf(text)
    assert str(caught.value) == f'"{text}" is not an EDTF date: {why}'
    if why.startswith("write "):
        assert all(parse_edtf(spelling) for spelling in why.removeprefix("write ").split(" or "))


def test_the_part_of_an_interval_at_fault_is_quoted() -> None:
    with pytest.raises(EdtfError, match=r'^"2019-02-30" is not an EDTF date: February 2019 has 28 days$'):
        parse_edtf("2019-02-30/2019-03-02")


def test_a_long_text_is_cut_in_the_message_and_the_error_can_be_pickled() -> None:
    with pytest.raises(EdtfError) as caught:
        parse_edtf("x" * 10_000)
    assert str(caught.value) == f'"{"x" * 59}…" is not an EDTF date: {EXPECTED}'
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


# text, as spoken, as spoken shortly (None: the same)
SPOKEN = [
    ("2019-03-17", "17 March 2019", "17 Mar 2019"),
    ("2019-03", "March 2019", "Mar 2019"),
    ("2019-03-XX", "March 2019", "Mar 2019"),
    ("2019-XX-XX", "2019", None),
    ("2019~", "about 2019", None),
    ("2019-03-17?", "perhaps 17 March 2019", "perhaps 17 Mar 2019"),
    ("2019%", "perhaps about 2019", None),
    ("201X", "2010s", None),
    ("20XX", "2000–2099", None),
    ("-049X", "500–491 BC", None),
    ("000X", "1 BC–9 AD", None),
    ("2019-21", "spring 2019", None),
    ("2019-24", "winter 2019–2020", None),
    ("-0489", "490 BC", None),
    ("-0489-09-12", "12 September 490 BC", "12 Sep 490 BC"),
    ("0079-08-24", "24 August 79 AD", "24 Aug 79 AD"),
    ("Y-17000", "17001 BC", None),
    ("2019-03-17/2019-03-18", "17–18 March 2019", "17–18 Mar 2019"),
    ("2019-03-17/2019-03-17", "17 March 2019", "17 Mar 2019"),
    ("2019-02-28/2019-03-02", "28 February to 2 March 2019", "28 Feb to 2 Mar 2019"),
    ("2018-12-28/2019-01-02", "28 December 2018 to 2 January 2019", "28 Dec 2018 to 2 Jan 2019"),
    ("2019-03/2019-04", "March to April 2019", "Mar to Apr 2019"),
    ("2019-03/2019-04-02", "March 2019 to 2 April 2019", "Mar 2019 to 2 Apr 2019"),
    ("2019-03-17~/2019-03-18", "about 17 March 2019 to 18 March 2019", "about 17 Mar 2019 to 18 Mar 2019"),
    ("201X/202X", "2010s to 2020s", None),
    ("2012/2019", "2012–2019", None),
    ("-0490/-0479", "491–480 BC", None),
    ("2012-05/..", "from May 2012", None),
    ("2012/", "from 2012, end unknown", None),
    ("../2012", "until 2012", None),
    ("/2012", "until 2012, start unknown", None),
]


@pytest.mark.parametrize(("text", "long", "short"), SPOKEN, ids=[case[0] for case in SPOKEN])
def test_spoken(text: str, long: str, short: str | None) -> None:
    assert (speak(text), speak(parse_edtf(text))) == (long, long)
    assert (speak_short(text), speak_short(parse_edtf(text))) == (short or long, short or long)


@given(st.dates())
def test_days_are_those_of_datetime(day: dt.date) -> None:
    number = day.toordinal()
    assert (day_number(day.year, day.month, day.day), day_to_text(number)) == (number, day.isoformat())
    assert parse_edtf(day.isoformat()).first_day == number


@given(st.integers(min_value=-366_000_000, max_value=366_000_000))
def test_days_follow_one_another_in_any_era(number: int) -> None:
    year, month, day = (int(part) for part in day_to_text(number).rsplit("-", 2))
    assert day_number(year, month, day) == number
    assert day_number(year + 400, month, day) == number + 146_097
    assert day_number(year + (month == 12), month % 12 + 1, 1) > number


@given(st.text(alphabet="0123456789-/X~?%Y. ", max_size=24) | st.text(max_size=40))
def test_nothing_else_is_raised_and_the_days_are_in_order(text: str) -> None:
    try:
        date = parse_edtf(text)
    except EdtfError as error:
        assert error.why
    else:
        assert date.first_day is None or date.last_day is None or date.first_day <= date.last_day
        assert speak(date) and speak_short(date)


@pytest.fixture(scope="module")
def oracle() -> ModuleType:
    with warnings.catch_warnings():  # under -W, pyparsing's diagnostics remark on the package's grammar
        warnings.filterwarnings("ignore", message="warn_(multiple|ungrouped)_")
        import edtf
    return edtf


years = st.integers(-9999, 9999).map(lambda year: f"{year:05d}" if year < 0 else f"{year:04d}")
months = st.builds("{}-{:02d}".format, years, st.integers(1, 12))
plain = st.one_of(
    *(years, months, st.dates().map(dt.date.isoformat)),
    st.builds("{}-{:02d}".format, months, st.integers(1, 28)),
    st.builds("{}-{}".format, years, st.sampled_from(["21", "22", "23"])),  # its winter ends in December
)
unspecified = st.one_of(  # in years AD: its spans run backwards where a month or day of a negative year is XX
    *(years.map(lambda year: f"{year[:-1]}X"), years.map(lambda year: f"{year[:-2]}XX")),
    *(st.dates().map(lambda day: f"{day.year:04d}-XX"), st.dates().map(lambda day: f"{day.isoformat()[:7]}-XX")),
)
marked = st.builds("{}{}".format, years | months | st.dates().map(dt.date.isoformat), st.sampled_from("~?%"))
intervals = st.builds("{}/{}".format, plain, plain) | st.builds("{}/{}".format, marked, marked)


@given(plain | unspecified | marked | intervals)
@settings(deadline=None)
def test_bounds_are_those_of_the_edtf_package(oracle: ModuleType, text: str) -> None:
    try:
        ours = parse_edtf(text)
    except EdtfError as error:
        assert error.why.startswith(("it ends before", "there is no year -0000"))
        return
    theirs = oracle.parse_edtf(text)
    bounds = [day_number(*time[:3]) for time in (theirs.lower_strict(), theirs.upper_strict())]
    assert [ours.first_day, ours.last_day] == bounds
