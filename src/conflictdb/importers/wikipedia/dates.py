"""Dates as Wikipedia's infoboxes word them, made EDTF: "17–19 March 2019", "c. 490 BC", {{start date|...}}.

Days are kept as the page gives them: those before 1582 are mostly of the Julian calendar. Of a date in both
calendars the new style counts.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from conflictdb.domain.edtf import EdtfError, parse_edtf
from conflictdb.importers.wikipedia.date_templates import expand_dates

MOST_DATE = 2_000
"""Characters of a date that are looked at."""
_MOST_POINTS = 4

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = {name[:length]: number for number, name in enumerate(_MONTH_NAMES, 1) for length in (3, 4, 9)}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_NAMED = _MONTHS | _SEASONS
_MONTH = "(?:" + "|".join(sorted(_NAMED, key=len, reverse=True)) + r")\b\.?"
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_YEAR = r"(?:(?:ad\s+)[1-9][0-9]{0,3}|[1-9][0-9]{0,3}(?:\s*(?:ad|ce|bce?)\b)?)"
_DASH = r"\s*(?:-|/|\bto\b|\buntil\b|\bor\b|\band\b|&)\s*"
_POINT = re.compile(
    rf"(?P<about>~\s*)?(?:early|mid|late|the|of|about)?[\s-]*"
    rf"(?:(?P<iso>-?[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?![0-9])"
    rf"|(?P<decade>[1-9][0-9]{{2}}0)'?s\b"
    rf"|(?P<century>[1-9][0-9]?)(?:st|nd|rd|th)[\s-]+century(?:\s+(?P<cera>bce?|ad|ce)\b)?"
    rf"|(?:(?P<d1>{_DAY})\s*(?:of\s+)?(?P<m1>{_MONTH})|(?P<m2>{_MONTH})\s*(?P<d2>{_DAY})(?![0-9])"
    rf"|(?P<m3>{_MONTH})|(?P<d3>{_DAY})(?![0-9]|\s*(?:ad|ce|bce?)\b))?(?:\s*,)?(?:\s*(?:of\s+)?(?P<year>{_YEAR})(?![0-9]))?)"
)
_JOINT = re.compile(_DASH)
_STILL = re.compile(r"(?:present|ongoing|now|date)\b")
_WEEKDAYS = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?")
_CIRCA = re.compile(r"(?:\b(?:circa|around|about|approximately)\b|\bca?\.|\bc\s+(?=[0-9])|~)\s*")
_PERHAPS = re.compile(r"\b(?:probably|possibly|perhaps|traditionally|disputed|uncertain)\b\s*|\?")
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NEW_STYLE = re.compile(r"\(?\b(?:n\.?\s?s\.?|new style|gregorian)(?=[\s):]|$)[\s:]*\)?")
_OLD_STYLE = re.compile(r"\(?\b(?:o\.?\s?s\.?|old style|julian)(?=[\s):]|$)[\s:]*\)?")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"\xa0": " ", "\u2009": " ", "\u202f": " "})
_LEAD = re.compile(r"^\s*(?:from|on|between|during|in|night of|the night of|morning of|date:)\s+")
_CLOCK = r"(?:at\s+)?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?"
_TIME = re.compile(rf"\b{_CLOCK}\s*(?:[ap]\.?m\.?)?|\b[0-9]{{1,2}}\s?[ap]\.?m\b\.?")


class ReadDate(NamedTuple):
    """An EDTF date, or None where the words are none; `doubt` says what was not read of them."""

    edtf: str | None
    doubt: str | None = None


class _Point(NamedTuple):
    day: int | None = None
    month: int | None = None
    year: int | None = None
    mark: str = ""
    whole: str = ""  # EDTF of what has no day, month and year: a decade, a century

    def edtf(self) -> str:
        if self.whole or self.year is None:
            return self.whole and self.whole + self.mark
        year = f"{self.year:05d}" if self.year < 0 else f"{self.year:04d}"
        parts = [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join((year, *parts)) + self.mark


def read_date(raw: str) -> ReadDate:
    """Read the value of a date field, in wikitext or rendered."""
    lines = [_tidy(line) for line in expand_dates(raw[:MOST_DATE]).splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        return ReadDate(None, "it holds no date")
    if _OLD_STYLE.search(lines[0]) and len(lines) > 1 and _NEW_STYLE.search(lines[1]):
        lines = [lines[1], *lines[2:]]
    style = "the calendar is the old style (Julian), kept as it is written" if _is_old(lines[0]) else None
    found, rest = _read_line(_one_style(lines[0]), "?" if _PERHAPS.search(lines[0]) else "")
    if found is None:
        return ReadDate(None, "it is not read as a date; its words are kept")
    left = "; ".join(filter(None, (rest, *(_one_style(line) for line in lines[1:]))))
    if left:
        return ReadDate(found, f"it is read as {found}; not read: {left[:120]}")
    return ReadDate(found, style)


def _tidy(line: str) -> str:
    line = _WEEKDAYS.sub(" ", _TIME.sub(" ", line.translate(_DASHES).lower()))
    return " ".join(line.split()).strip(" ,;.")


def _is_old(line: str) -> bool:
    return bool(_OLD_STYLE.search(line)) and not _NEW_STYLE.search(line) and "(" not in _OLD_STYLE.sub("", line)


def _one_style(line: str) -> str:
    """Return the date in the new style of "8 july (n.s.) / 27 june 1709 (o.s.)", without remarks in parentheses."""
    new, old = _NEW_STYLE.search(line), _OLD_STYLE.search(line)
    if new and old:
        pieces = re.split(r"\s*(?:/|;|,\s(?=[^,]*\bo))\s*", line)
        styled = [_NEW_STYLE.sub(" ", piece) for piece in pieces if _NEW_STYLE.search(piece)]
        if len(pieces) > 1 and styled:
            line = styled[0] if re.search("[0-9]{3}", styled[0]) else f"{styled[0]} {_last_year(line)}"
    for _ in range(3):
        line = _PARENTHESES.sub(" ", line)
    line = _OLD_STYLE.sub(" ", _NEW_STYLE.sub(" ", line))
    line = _CIRCA.sub(" ~ ", _PERHAPS.sub(" ", line))
    return re.sub(r"\s+,", ",", " ".join(line.split())).strip(" ,;.")


def _last_year(line: str) -> str:
    years = re.findall(r"\b[0-9]{3,4}\b", line)
    return years[-1] if years else ""


def _read_line(line: str, mark: str) -> tuple[str | None, str]:
    """Return the date that a line begins with, and what stands behind it."""
    line = _LEAD.sub("", line)
    first, at = _read_point(line, 0)
    points = [first] if first else []
    while points and len(points) < _MOST_POINTS and (joint := _JOINT.match(line, at)):
        if _STILL.match(line, joint.end()):
            return _checked(f"{points[0].edtf()}/.."), ""
        point, end = _read_point(line, joint.end())
        if point is None:
            break
        points.append(point)
        at = end
    if not points:
        return None, line
    if mark:
        points = [point._replace(mark="%" if point.mark else mark) for point in points]
    return _checked(_join(points)), line[at:].strip(" ,;.")


def _join(points: list[_Point]) -> str:
    """Return one point, or the interval from the first to the last: "12/13 february - 3 march 1945"."""
    if len(points) == 1:
        return points[0].edtf()
    first, *_, last = points
    if len(points) > 2 and first.day and not first.month:
        first = first._replace(month=points[1].month)
    return _span(first, last)


def _read_point(line: str, at: int) -> tuple[_Point | None, int]:
    match = _POINT.match(line, at)
    if match is None or match.end() == at or not re.search("[a-z0-9]", match[0]):
        return None, at
    mark = "~" if match["about"] else ""
    if match["iso"]:
        return _Point(whole=match["iso"], mark=mark), match.end()
    if match["decade"]:
        return _Point(whole=match["decade"][:3] + "X", mark=mark), match.end()
    if match["century"]:
        sign = "-" if (match["cera"] or "").startswith("b") else ""
        return _Point(whole=f"{sign}{int(match['century']) - 1:02d}XX", mark=mark), match.end()
    day = match["d1"] or match["d2"] or match["d3"]
    month = match["m1"] or match["m2"] or match["m3"]
    year = _read_year(match["year"]) if match["year"] else None
    number = int(re.sub(r"\D", "", day)) if day else None
    if number is None and month is None and year is None:
        return None, at
    return _Point(number, _NAMED[month.rstrip(".")] if month else None, year, mark), match.end()


def _read_year(text: str) -> int:
    digits = int(re.sub(r"\D", "", text))
    return 1 - digits if re.search(r"bce?$", text.strip()) else digits


def _span(first: _Point, last: _Point) -> str:
    """Return the interval between two points that share what only one of them says: "1-3 july 1863"."""
    year_last = last.year
    if not first.whole and not last.whole:
        if first.day is not None and first.month is not None and last.day is not None and last.month is None:
            last = last._replace(month=first.month)  # "july 1-3, 1863"
        elif first.day is not None and first.month is None and first.year is None:
            if last.day is None and last.month is None:  # "480-479 bc" where the first has few digits
                first = first._replace(day=None, year=first.day if (year_last or 0) > 0 else 1 - first.day)
            else:
                first = first._replace(month=last.month)
        elif _is_short_year(first, last):  # "1863-64"
            assert first.year is not None
            last = last._replace(day=None, year=first.year - first.year % 100 + (last.day or last.year or 0))
        if first.year is None:
            first = first._replace(year=_year_before(first, last))
        elif (last.year or 0) <= 0 < first.year and last.year is not None:
            first = first._replace(year=1 - first.year)  # "499-449 bc"
        if last.year is None:
            last = last._replace(year=first.year)
    if first.mark and not last.mark:
        last = last._replace(mark=first.mark)
    return f"{first.edtf()}/{last.edtf()}"


def _is_short_year(first: _Point, last: _Point) -> bool:
    end = last.day or last.year or 0
    bare = first.month is None and last.month is None and (last.day is None or last.year is None)
    return bare and 0 < end < 100 < (first.year or 0)


def _year_before(first: _Point, last: _Point) -> int | None:
    """Return the year of a first point without one: the last's, or the one before it ("december - 5 january 1945")."""
    if last.year is not None and first.month and last.month and first.month <= 12 and first.month > last.month:
        return last.year - 1
    return last.year


def _checked(text: str) -> str | None:
    try:
        return parse_edtf(text).text
    except EdtfError:
        return None
