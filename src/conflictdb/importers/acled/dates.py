"""When an ACLED event was, and when its row was stated: days, and seconds since 1970."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from conflictdb.domain.coded import CodedWarning
from conflictdb.importers.acled.columns import COLUMNS
from conflictdb.importers.tabular.cells import AmbiguousDatesError, CellError, DayReader, whole
from conflictdb.importers.tabular.columns import Layout
from conflictdb.importers.tabular.reader import open_table
from conflictdb.importers.tabular.rows import FaultError

_DATE = next(column for column in COLUMNS if column.name == "event_date")
_ALL_DIGITS = re.compile(r"\s*[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]")
_ROUNDED = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+")
_EPOCH = date(1970, 1, 1).toordinal()
_LATEST = 4_102_444_800
"""Seconds from 1970 to 2100: what is greater counts milliseconds, or is no time."""


class DateReader:
    """Reads the dates of one file.

    Where one is all digits with the year last, the order of day and month is decided by all rows of the file, which
    is read a second time for it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._days: DayReader | None = None
        self.read = lru_cache(maxsize=65_536)(self._read)

    def _read(self, text: str) -> tuple[str, int]:
        """Return the day as ISO text and as proleptic ordinal. Raises FaultError and AmbiguousDatesError."""
        if self._days is None and _ALL_DIGITS.match(text):
            self._days = self._decide()
        try:
            day = (self._days or _ANY_ORDER).read(text)
        except CellError as error:
            raise FaultError("event_date", text, error.why if text else "there is no date") from None
        return day, date.fromisoformat(day).toordinal()

    def _decide(self) -> DayReader:
        try:
            return DayReader.decide(self._all_dates())
        except AmbiguousDatesError as error:
            advice = "export the file again with dates such as 2019-12-31, as ACLED's own export writes them"
            raise AmbiguousDatesError(f"{self._path.name}, event_date: {error.what}", advice) from None

    def _all_dates(self) -> Iterator[str]:
        with open_table(self._path) as table:
            pick = Layout((_DATE,), table.names).pick()
            for line, cells in table.rows():
                if not table.bad_row(line, cells):
                    yield pick(cells)[0]


_ANY_ORDER = DayReader()


def read_timestamp(text: str, field: str = "timestamp") -> tuple[str | None, str, tuple[CodedWarning, ...]]:
    """Return the UTC day of some seconds since 1970, and those in 12 digits, which sort as text.

    A time that cannot be one is warned of, and is not known then.
    """
    if not text:
        return None, "", ()
    try:
        seconds = whole(text, most=_LATEST)
    except CellError as error:
        lost = ", since a spreadsheet has rounded it" if _ROUNDED.fullmatch(text) else ""
        why = f"{error.why}{lost}; it should be the seconds since 1970"
        return None, "", (CodedWarning(field, text, why),)
    return _day_of(seconds // 86_400), f"{seconds:012d}", ()


@lru_cache(maxsize=16_384)
def _day_of(days: int) -> str:
    return date.fromordinal(_EPOCH + days).isoformat()
