"""Dates as datasets write them, made into ISO days; the order of day and month is decided over a whole file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import lru_cache

from conflictdb.errors import ImportFailedError
from conflictdb.importers.tabular.refusal import CellError, quoted

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NUMBERS = {name.lower(): number for number, name in enumerate(_MONTHS, 1)}
_NUMBERS |= {name[:3]: number for name, number in _NUMBERS.items()} | {"sept": 9}
_TIME = r"(?:[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
_ISO = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
_DIGITS = re.compile(rf"([0-9]{{1,2}})([-/. ])([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{2}}){_TIME}")
_NAMED = re.compile(rf"([0-9]{{1,2}})[-/. ]+([A-Za-z]+)\.?,?[-/. ]+([0-9]{{4}}|[0-9]{{2}}){_TIME}")
_NAME_FIRST = re.compile(rf"([A-Za-z]+)\.?[-/. ]+([0-9]{{1,2}}),?[-/. ]+([0-9]{{4}}|[0-9]{{2}}){_TIME}")


class AmbiguousDatesError(ImportFailedError):
    """A file's dates do not tell whether the day or the month comes first."""


class DayOrder(Enum):
    """What comes first where a date is all digits and the year last."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@lru_cache(maxsize=65_536)
def iso_day(text: str) -> str:
    """Return the day of a date that begins with the year, "2009-06-09"; a time of day after it is left out."""
    match = _ISO.fullmatch(text.strip())
    if match is None:
        raise CellError(f"{quoted(text)} is no date such as 2015-05-11")
    return _checked(text, int(match[1]), int(match[3]), int(match[4]))


class DayReader:
    """Reads the dates of one file: 2020-10-31, 9-May-20, 28 December 2022, 01-January-2015, and 31-12-19.

    Dashes, slashes, dots and spaces are the same. Two-digit years: 00-68 are 2000-2068, 69-99 are 1969-1999 (POSIX).
    A two-digit year is never the first part: "12-31-19" and "31-12-19" end in the year.
    """

    def __init__(self, order: DayOrder = DayOrder.DAY_FIRST) -> None:
        self.order = order
        self.read = lru_cache(maxsize=65_536)(self._read)

    @classmethod
    def decide(cls, samples: Iterable[str]) -> DayReader:
        """Return a reader for a file of these dates; all of them are looked at, what is no date is passed over.

        Raises AmbiguousDatesError where day and month could be either way round in all of them, or differ in order.
        """
        seen: set[str] = set()
        examples: dict[DayOrder | None, str] = {}
        for text in samples:
            if text not in seen:
                seen.add(text)
                if (match := _DIGITS.fullmatch(text.strip())) and match[1] != match[3]:
                    examples.setdefault(_order_of(int(match[1]), int(match[3])), match[0])
        day_first, month_first = (examples.get(order) for order in DayOrder)
        if day_first and month_first:
            raise AmbiguousDatesError(
                f'some dates have the day first ("{day_first}"), others the month ("{month_first}")',
                "write all dates as 2019-12-31",
            )
        if None in examples and not day_first and not month_first:
            raise AmbiguousDatesError(
                f'the dates do not tell whether day or month comes first: "{examples[None]}" can be read both ways',
                "write the dates as 2019-12-31",
            )
        return cls(DayOrder.MONTH_FIRST if month_first else DayOrder.DAY_FIRST)

    def _read(self, text: str) -> str:
        """Return the day as ISO text. Raises CellError."""
        plain = text.strip()
        if match := _ISO.fullmatch(plain):
            return _checked(text, int(match[1]), int(match[3]), int(match[4]))
        if match := _DIGITS.fullmatch(plain):
            first, second = int(match[1]), int(match[3])
            day, month = (first, second) if self.order is DayOrder.DAY_FIRST else (second, first)
            return _checked(text, _full_year(match[4]), month, day)
        if match := _NAMED.fullmatch(plain):
            return _checked(text, _full_year(match[3]), _month(text, match[2]), int(match[1]))
        if match := _NAME_FIRST.fullmatch(plain):
            return _checked(text, _full_year(match[3]), _month(text, match[1]), int(match[2]))
        raise CellError(f"{quoted(text)} is no date such as 2015-05-11 or 11 May 2015")


def _order_of(first: int, second: int) -> DayOrder | None:
    """Return which order the first two numbers of a date show, None for either; neither is a date, and shows none."""
    if first > 12 >= second:
        return DayOrder.DAY_FIRST
    return DayOrder.MONTH_FIRST if second > 12 >= first else None


def _full_year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year <= 68 else 1900)


def _month(text: str, name: str) -> int:
    number = _NUMBERS.get(name.lower())
    if number is None:
        raise CellError(f'{quoted(text)} is no date: no month is called "{name}"')
    return number


def _checked(text: str, year: int, month: int, day: int) -> str:
    """Return the day as ISO text. Raises CellError that says what is wrong with it."""
    if not 1 <= month <= 12:
        raise CellError(f"{quoted(text)} is no date: there is no month {month}")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        if year < 1:
            raise CellError(f"{quoted(text)} is no date: there is no year {year}") from None
        raise CellError(f"{quoted(text)} is no date: {_MONTHS[month - 1]} {year} has no day {day}") from None
