"""When a battle was, as nearly as the atlas knows: it writes the first day of a year or month for all of it."""

from __future__ import annotations

import re
from datetime import date

from conflictdb.domain.edtf import EdtfError, parse_edtf
from conflictdb.importers.tabular.cells import CellError

_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_PART = re.compile(r"(?:(?P<day>[0-9]{1,2}) )?(?:(?P<month>[A-Z][a-z]{2})[a-z]* )?(?P<year>[0-9]{4})")
_DISPLAY_END = re.compile(r"(?:(?P<day>[0-9]{1,2}) ?)?(?:(?P<month>[A-Z][a-z]{2})[a-z]* ?)?(?P<year>[0-9]{4})?")
_YEAR_IN_TITLE = re.compile(r"(?<![0-9])(?:1[4-9]|20)[0-9]{2}(?![0-9])")


def read_date(iso: str, display: str, title: str, war_began: int | None) -> tuple[str, str | None]:
    """Return the date as EDTF, and the doubt that it is taken with, if any. Raises CellError.

    Of the 2,966 days in the release of July 2026, 261 are a 1 January, where 8 would be by chance, and 174 the first
    of another month, where 90 would be: these stand for the year and the month. A title such as "Action of 1 August
    1801" shows that the day is meant. A 1 January of a year that ends in 0 stands for the decade where the war itself
    began later in it.
    """
    if not iso:
        return read_display(display), None
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        raise CellError(f'"{iso}" is no date such as 1862-09-17') from None
    text, why = _widen(day, title, war_began)
    years = [int(year) for year in _YEAR_IN_TITLE.findall(title)]
    if years and not text.endswith("X") and not min(years) <= day.year <= max(years):
        why = f'the year is not that of the title, "{title}"'
    return text, why


def _widen(day: date, title: str, war_began: int | None) -> tuple[str, str | None]:
    if day.day != 1 or f"1 {_MONTHS[day.month - 1]}" in title:
        return day.isoformat(), None
    if day.month != 1:
        return f"{day.year:04d}-{day.month:02d}", "the atlas writes the first day for a month; only the month is taken"
    if day.year % 10 == 0 and war_began is not None and day.year < war_began <= day.year + 9:
        return f"{day.year // 10}X", f"the atlas writes 1 January for a decade; the war began in {war_began}"
    return f"{day.year:04d}", "the atlas writes 1 January for a year; only the year is taken"


def read_display(text: str) -> str:
    """Return the EDTF of "17 Sep 1862", "10–12 September 1814", "Nov–Dec 1950", "Dec 1944–Jan 1945" or "1942–1943"."""
    first, dash, last = (part.strip() for part in re.sub("[‐‑‒–—−]", "-", text).partition("-"))
    end = _PART.fullmatch(last if dash else first)
    if end is None or (end["day"] and not end["month"]):
        raise CellError(f'"{text}" is no date such as 17 Sep 1862 or Nov–Dec 1950')
    start = _DISPLAY_END.fullmatch(first) if dash else end
    if start is None or not any(start.groups()):
        raise CellError(f'"{text}" is no span of dates such as Nov–Dec 1950')
    until = _edtf(end["year"], end["month"], end["day"], text)
    month = start["month"] or (end["month"] if start["day"] else None)
    since = _edtf(start["year"] or end["year"], month, start["day"], text)
    try:
        return parse_edtf(f"{since}/{until}" if dash else until).text
    except EdtfError as error:
        raise CellError(f'"{text}" is no date: {error.why}') from None


def _edtf(year: str, month: str | None, day: str | None, text: str) -> str:
    if month is None:
        return year
    if month not in _NUMBERS:
        raise CellError(f'"{text}" is no date: no month is called {month}')
    return f"{year}-{_NUMBERS[month]:02d}" + (f"-{int(day):02d}" if day else "")
