"""When a GTD incident was: year, month and day, of which the last two may be unknown, and its end."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from conflictdb.domain.coded import CodedWarning
from conflictdb.domain.edtf import EdtfError, parse_edtf
from conflictdb.domain.vocabulary import DatePrecision
from conflictdb.importers.tabular.cells import CellError, DayReader, whole
from conflictdb.importers.tabular.days import DayOrder
from conflictdb.importers.tabular.rows import FaultError

UNKNOWN = frozenset({"", "-9", "-99", "-9.0", "-99.0"})
_NO_DAY = UNKNOWN | {"0", "0.0", "00"}
_MONTH_FIRST, _DAY_FIRST = DayReader(DayOrder.MONTH_FIRST), DayReader(DayOrder.DAY_FIRST)


class When(NamedTuple):
    """A date with its precision and its first and last days as proleptic ordinals."""

    date: str
    precision: str
    first_day: int | None
    last_day: int | None
    warnings: tuple[CodedWarning, ...]


@lru_cache(maxsize=65_536)
def read_when(iyear: str, imonth: str, iday: str, extended: str, resolution: str) -> When:
    """Return when it was. Raises FaultError for a day that there is not.

    Codebook 2021, section I: imonth and iday are 0 where unknown; where extended is 1, resolution is the last day.
    """
    year = _part("iyear", iyear, 1000, 2999)
    if imonth in _NO_DAY:
        text, precision = f"{year:04d}", DatePrecision.YEAR.value
        why = "the month is not known, so the day says nothing"
        warnings = () if iday in _NO_DAY else (CodedWarning("iday", iday, why),)
    else:
        text, precision, warnings = f"{year:04d}-{_part('imonth', imonth, 1, 12):02d}", DatePrecision.MONTH.value, ()
        if iday not in _NO_DAY:
            text, precision = f"{text}-{_part('iday', iday, 1, 31):02d}", DatePrecision.DAY.value
    try:
        start = parse_edtf(text)
    except EdtfError as error:
        raise FaultError("iday", iday, error.why) from None
    when = When(text, precision, start.first_day, start.last_day, warnings)
    return _until(when, resolution) if resolution and extended.removesuffix(".0") == "1" else when


def _until(start: When, resolution: str) -> When:
    """Return the dates up to the end of an extended incident, if that is a day that is not before its start.

    Month or day first: START writes the month first, which is kept to where both can be.
    """
    for reader in (_MONTH_FIRST, _DAY_FIRST):
        try:
            end = parse_edtf(reader.read(resolution))
        except CellError:
            continue
        if start.first_day is not None and end.last_day is not None and end.last_day >= start.first_day:
            if end.first_day == start.first_day == start.last_day:
                return start
            text = f"{start.date}/{end.text}"
            return start._replace(date=text, precision=DatePrecision.INTERVAL.value, last_day=end.last_day)
    why = "it is no day after the incident's beginning: the end is not known"
    return start._replace(warnings=(*start.warnings, CodedWarning("resolution", resolution, why)))


def _part(field: str, text: str, least: int, most: int) -> int:
    try:
        return whole(text, least, most)
    except CellError as error:
        raise FaultError(field, text, error.why if text else "there is no year") from None
