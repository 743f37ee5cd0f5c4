"""Dates as the sources give them: EDTF text (ISO 8601-2, levels 0 and 1), the days it spans, and how it is read aloud.

Days are proleptic Gregorian ordinals as in `date.toordinal()` (0001-01-01 is 1), zero and negative before the common
era. Years are astronomical, as in EDTF: 0000 is 1 BC and -0489 is 490 BC. `datetime` stops at both 1 and 9999.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

Precision = Literal["day", "month", "year", "decade", "century", "interval"]

EXPECTED = "expected YYYY, YYYY-MM, YYYY-MM-DD, 2019~ for about, 2019? for perhaps, or 2019-03-17/2019-03-18"
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_SEASONS = {21: ("spring", 3), 22: ("summer", 6), 23: ("autumn", 9), 24: ("winter", 12)}  # northern; first month
_YEARS = {"year": 1, "decade": 10, "century": 100}
_MARKS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}
_OPEN = ("", "..")  # an unknown end, an open one
_SINGLE = re.compile(
    r"(?:Y(?P<long>-?[1-9][0-9]{4,})|(?P<year>-?[0-9]{2}(?:[0-9]{2}|[0-9]X|XX))"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?)(?P<mark>[~?%]?)"
)


class EdtfError(ValueError):
    """A text that is no EDTF date: `text` is the part at fault, `why` says what is wrong with it."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(text, why)
        self.text, self.why = text, why

    def __str__(self) -> str:
        quoted = self.text if len(self.text) <= 60 else self.text[:59] + "…"
        return f'"{quoted}" is not an EDTF date: {self.why}'


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date as given, with the first and the last day it may mean; None is an end left open or unknown.

    A season is an interval, since it is known less well than a month. An interval is `approximate` or `uncertain`
    where either of its ends is.
    """

    text: str
    first_day: int | None
    last_day: int | None
    precision: Precision
    approximate: bool
    uncertain: bool


class _Single(NamedTuple):
    unit: Literal["day", "month", "season", "year", "decade", "century"]
    year: int
    month: int
    day: int
    mark: str


@lru_cache(maxsize=65_536)
def parse_edtf(text: str) -> EdtfDate:
    """Read an EDTF date; raise EdtfError, with the spelling to write where it can be guessed."""
    given = text.strip()
    if _SINGLE.fullmatch(given):
        single = _read_single(given)
        precision: Precision = "interval" if single.unit == "season" else single.unit
        return EdtfDate(given, *_span(single), precision, *_flags(single.mark))
    if re.fullmatch(r"[^/ ]*/[^/ ]*", given):
        return _read_interval(given)
    raise _refusal(given)


def day_number(year: int, month: int, day: int) -> int:
    """Return the ordinal of a day that exists, in any astronomical year."""
    # Years begin in March, so that the leap day ends them, and eras of 400 years in 0000-03-01, which is -305:
    # H. Hinnant, "chrono-compatible low-level date algorithms", days_from_civil and civil_from_days.
    past = year - (month <= 2)
    return past * 365 + past // 4 - past // 100 + past // 400 + (153 * ((month + 9) % 12) + 2) // 5 + day - 306


def day_to_text(day: int) -> str:
    """Return an ordinal as YYYY-MM-DD, the year astronomical, signed if negative and of at least four digits."""
    era, day_of_era = divmod(day + 305, 146_097)
    year_of_era = (day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    months = (5 * day_of_year + 2) // 153
    year, month = era * 400 + year_of_era + months // 10, (months + 2) % 12 + 1
    return f"{_pad_year(year)}-{month:02d}-{day_of_year - (153 * months + 2) // 5 + 1:02d}"


def speak(date: EdtfDate | str) -> str:
    """Return a date as people read it: "17–18 March 2019", "about 2019", "490 BC", "from May 2012"."""
    return _speak(date if isinstance(date, str) else date.text, _MONTHS)


def speak_short(date: EdtfDate | str) -> str:
    """Return a date as `speak` does, the months cut to three letters: "17 Mar 2019"."""
    return _speak(date if isinstance(date, str) else date.text, [month[:3] for month in _MONTHS])


def _days_in(year: int, month: int) -> int:
    return day_number(year + month // 12, month % 12 + 1, 1) - day_number(year, month, 1)


def _pad_year(year: int) -> str:
    return f"{year:05d}" if year < 0 else f"{year:04d}"


@lru_cache(maxsize=65_536)
def _read_single(text: str) -> _Single:
    match = _SINGLE.fullmatch(text)
    if match is None:
        raise _refusal(text)
    long, written, month, day, mark = match.groups()
    if long:
        if len(long.lstrip("-")) > 6:
            raise EdtfError(text, "years run from -999999 to 999999")
        return _Single("year", int(long), 0, 0, mark)
    if written == "-0000":
        raise EdtfError(text, "there is no year -0000; 1 BC is 0000")
    if "X" in written:
        if month:
            raise EdtfError(text, f"a month needs a whole year; write {written}")
        width = 100 if written.endswith("XX") else 10
        first = int(written.lstrip("-").replace("X", "0"))
        if written.startswith("-"):
            first = 1 - first - width
        return _Single("century" if width == 100 else "decade", first, 0, 0, mark)
    year = int(written)
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise EdtfError(text, f"a day of an unknown month has no place; write {written}")
        return _Single("year", year, 0, 0, mark)
    return _read_month(text, year, int(month), day, mark)


def _read_month(text: str, year: int, month: int, day: str | None, mark: str) -> _Single:
    if month in _SEASONS:
        if day:
            raise EdtfError(text, f"a season has no days; write {_pad_year(year)}-{month}")
        return _Single("season", year, month, 0, mark)
    if not 1 <= month <= 12:
        raise EdtfError(text, f"there is no month {month:02d}; months are 01 to 12, seasons 21 (spring) to 24 (winter)")
    if day in (None, "XX"):
        return _Single("month", year, month, 0, mark)
    if not 1 <= int(day) <= _days_in(year, month):
        raise EdtfError(text, f"{_MONTHS[month - 1]} {_speak_year(year)} has {_days_in(year, month)} days")
    return _Single("day", year, month, int(day), mark)


def _span(single: _Single) -> tuple[int, int]:
    """Return the first and the last day of a date without a "/"."""
    unit, year, month, day, _ = single
    if unit == "day":
        return (first := day_number(year, month, day)), first
    if unit == "month":
        return day_number(year, month, 1), day_number(year, month, _days_in(year, month))
    if unit == "season":
        begins = _SEASONS[month][1]
        return day_number(year, begins, 1), day_number(year + begins // 12, begins % 12 + 3, 1) - 1
    return day_number(year, 1, 1), day_number(year + _YEARS[unit], 1, 1) - 1


def _flags(marks: str) -> tuple[bool, bool]:
    return "~" in marks or "%" in marks, "?" in marks or "%" in marks


def _read_interval(text: str) -> EdtfDate:
    starts, ends = text.split("/")
    if starts in _OPEN and ends in _OPEN:
        raise EdtfError(text, "both ends are open, which says nothing; leave it out")
    if not all(part in _OPEN or _SINGLE.fullmatch(part) for part in (starts, ends)):
        raise _refusal(text)
    parts = [_read_single(part) for part in (starts, ends) if part not in _OPEN]
    first = None if starts in _OPEN else _span(parts[0])[0]
    last = None if ends in _OPEN else _span(parts[-1])[1]
    if first is not None and last is not None and last < first:
        raise EdtfError(text, f"it ends before it begins; is {ends}/{starts} meant?")
    return EdtfDate(text, first, last, "interval", *_flags("".join(part.mark for part in parts)))


def _speak(text: str, months: Sequence[str]) -> str:
    date = parse_edtf(text)
    starts, slash, ends = date.text.partition("/")
    if not slash or starts == ends:
        return _speak_single(_read_single(starts), months)
    if ends in _OPEN:
        return f"from {_speak_single(_read_single(starts), months)}{'' if ends else ', end unknown'}"
    if starts in _OPEN:
        return f"until {_speak_single(_read_single(ends), months)}{'' if starts else ', start unknown'}"
    return _speak_between(_read_single(starts), _read_single(ends), months)


def _speak_single(single: _Single, months: Sequence[str]) -> str:
    unit, year, month, day, mark = single
    if unit == "day":
        words = f"{day} {months[month - 1]} {_speak_year(year)}"
    elif unit == "month":
        words = f"{months[month - 1]} {_speak_year(year)}"
    elif unit == "season":
        name = _SEASONS[month][0]
        words = f"{name} {_speak_years(year, year + 1) if name == 'winter' else _speak_year(year)}"
    elif unit == "decade" and year >= 100:
        words = f"{year}s"
    else:
        words = _speak_year(year) if unit == "year" else _speak_years(year, year + _YEARS[unit] - 1)
    return _MARKS[mark] + words


def _speak_between(start: _Single, end: _Single, months: Sequence[str]) -> str:
    """Say what two dates share once: "17–18 March 2019", "28 February to 2 March 2019", "2012–2019"."""
    first, last = _speak_single(start, months), _speak_single(end, months)
    alike = start.unit == end.unit and not start.mark and not end.mark
    if alike and start.unit == "year":
        return _speak_years(start.year, end.year)
    if alike and start.unit in ("day", "month") and start.year == end.year:
        if start.unit == "day" and start.month == end.month:
            return f"{start.day}–{last}"
        first = first.removesuffix(f" {_speak_year(start.year)}")
    return f"{first} to {last}"


def _speak_year(year: int) -> str:
    return f"{1 - year} BC" if year <= 0 else f"{year} AD" if year < 100 else str(year)


def _speak_years(first: int, last: int) -> str:
    number = _speak_year(first) if first <= 0 < last else first if first > 0 else 1 - first
    return f"{number}–{_speak_year(last)}"


def _refusal(text: str) -> EdtfError:
    """Return the error for a text of no known shape, naming the EDTF spelling where it can be guessed."""
    if text.lower() in ("", "unknown", "?", "n/a", "undated", ".."):
        return EdtfError(text, "an unknown date is no date; leave it out")
    plain = " ".join(re.sub("[‐‑‒–—−]", "-", text.lower()).split())
    guesses = _guess(plain) if len(plain) <= 60 else []
    spellings = [text for text in guesses if all(map(_SINGLE.fullmatch, text.split("/"))) and text.count("/") < 2]
    try:
        for spelling in spellings:
            parse_edtf(spelling)
    except EdtfError as error:
        return EdtfError(text, error.why)
    return EdtfError(text, f"write {' or '.join(spellings)}" if spellings else EXPECTED)


def _guess(text: str) -> list[str]:
    """Return the EDTF spellings that a text in lower case may stand for, none where there is no telling."""
    for pattern, spell in _GUESSES.items():
        match = re.fullmatch(pattern, text, re.ASCII)
        if match and (spellings := spell(match)):
            return spellings
    return []


def _guess_slashes(match: re.Match[str]) -> list[str]:
    """Read 17/03/2019; where day and month could change places, offer both."""
    a, b = int(match[1]), int(match[2])
    orders = {(a, b) if b > 12 else (b, a), (b, a) if a > 12 else (a, b)}
    return [f"{match[3]}-{month:02d}-{day:02d}" for month, day in sorted(orders)]


def _guess_words(match: re.Match[str]) -> list[str]:
    """Read "17 March 2019", "17-18 March 2019", "March 17, 2019", "spring 2019", "September 490 BC"."""
    groups = match.groupdict()
    named = {month[:length].lower(): n for n, month in enumerate(_MONTHS, 1) for length in (3, 4, 9)}
    named |= {name: n for n, (name, _) in _SEASONS.items()} | {"fall": 23}
    if match["month"] not in named:
        return []
    year = 1 - int(match["year"]) if match["bc"] else int(match["year"])
    stem = f"{_pad_year(year)}-{named[match['month']]:02d}"
    return ["/".join(f"{stem}-{int(groups[part]):02d}" for part in ("day", "until") if groups.get(part)) or stem]


_DAYS = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: ?- ?(?P<until>\d{1,2})(?:st|nd|rd|th)?)?"
_WORD_YEAR = r"(?P<year>[1-9]\d{2,3})(?: ad| ce| (?P<bc>bce?))?"
_GUESSES: dict[str, Callable[[re.Match[str]], list[str]]] = {
    r"y?[\dx~?%-]+": lambda m: [m[0].upper()] if _SINGLE.fullmatch(m[0].upper()) else [],
    r"(\d\d?)[/. -](\d\d?)[/. -](\d{4})": _guess_slashes,
    r"(\d{4})[/. -](\d\d?)[/. -](\d\d?)(?:[t ]\d.*)?": lambda m: [f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}"],
    r"(\d{4})(\d\d)(\d\d)": lambda m: [f"{m[1]}-{m[2]}-{m[3]}"],
    r"(\d{4})[/. -](0?[1-9]|1[0-2])": lambda m: [f"{m[1]}-{int(m[2]):02d}"],
    r"(0?[1-9]|1[0-2])[/. -](\d{4})": lambda m: [f"{m[2]}-{int(m[1]):02d}"],
    rf"(?:{_DAYS}[ -](?:of )?)?(?P<month>[a-z]+)[., -]+{_WORD_YEAR}": _guess_words,
    rf"(?P<month>[a-z]+)\.? {_DAYS},? {_WORD_YEAR}": _guess_words,
    r"(?:c\.?|ca\.?|circa|about|around|~) ?(.+)": lambda m: [spelling + "~" for spelling in _guess(m[1])],
    r"([1-9]\d{0,3}) (?:bce?)": lambda m: [_pad_year(1 - int(m[1]))],
    r"(-?)([1-9]\d{0,3})(?: ad| ce)?": lambda m: [m[1] + m[2].zfill(4)],
    r"-?[1-9]\d{4,5}": lambda m: [f"Y{m[0]}"],
    r"(\d{2})(\d)0'?s": lambda m: [m[1] + m[2] + "X"] + ([m[1] + "XX"] if m[2] == "0" else []),
    r"(\d{4}-\d\d-)(\d\d)[/-](\d\d)": lambda m: [f"{m[1]}{m[2]}/{m[1]}{m[3]}"],
    r"(\d{4})-(\d{4})": lambda m: [f"{m[1]}/{m[2]}"],
    r"(.+?)(?: ?/ ?| - | to )(.+)": lambda m: [f"{a}/{b}" for a in _guess(m[1]) for b in _guess(m[2])],
}
