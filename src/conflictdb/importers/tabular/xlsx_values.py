"""The values of a workbook's cells as text: numbers without needless zeros, dates as ISO days."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum
from functools import lru_cache
from itertools import islice

_NOT_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_BUILT_IN_DAYS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
_BUILT_IN_TIMES = {*range(18, 22), 45, 47}
_EXACT = 2**53
_LAST_DAY = 2_958_465  # 9999-12-31
_NO_SUCH_DAY = 60  # Lotus, and Excel after it, took 1900 for a leap year


class Format(Enum):
    """How a number is to be read."""

    NUMBER = "number"
    DAY = "day"
    TIME = "time"


def find_format(number: int, code: str | None) -> Format:
    """Return how cells of a number format are to be read (ECMA-376 part 1, 18.8.30): its number, or its code.

    A length of time, such as [h]:mm, stays a number.
    """
    if code is None:
        if number in _BUILT_IN_DAYS:
            return Format.DAY
        return Format.TIME if number in _BUILT_IN_TIMES else Format.NUMBER
    first = code.split(";")[0].lower()
    if re.search(r"\[(h+|m+|s+)\]", first):
        return Format.NUMBER
    letters = _NOT_LETTERS.sub("", first).replace("general", "")
    if re.search("[dy]", letters) or ("m" in letters and not re.search("[hs]", letters)):
        return Format.DAY
    return Format.TIME if re.search("[hs]", letters) else Format.NUMBER


class Values:
    """Turns what a cell holds into text, by the workbook's shared texts and number formats."""

    def __init__(self, strings: Iterator[str], formats: Sequence[Format], from_1904: bool = False) -> None:
        self._strings: list[str] = []
        self._unread = strings  # read as far as cells ask, so that a look at the header is cheap
        self._dated = {str(index): form for index, form in enumerate(formats) if form is not Format.NUMBER}
        self._from_1904 = from_1904
        self._day = lru_cache(maxsize=65_536)(self._read_day)

    def read(self, text: str, kind: str, style: str) -> str:
        """Return a cell's text; `kind` and `style` are its attributes t and s. Raises ValueError for a damaged cell."""
        if kind == "s":
            return self._string(int(text))
        if kind in ("", "n"):
            if style in self._dated:
                return self._day(text, self._dated[style])
            return text if text.isdigit() else plain_number(text)
        if kind == "b":
            return {"1": "true", "0": "false"}.get(text.strip(), text)
        return text

    def _string(self, index: int) -> str:
        missing = index + 1 - len(self._strings)
        if missing > 0:
            self._strings.extend(islice(self._unread, missing))
        if not 0 <= index < len(self._strings):
            raise ValueError(f"there is no text {index}")
        return self._strings[index]

    def _read_day(self, text: str, form: Format) -> str:
        try:
            number = float(text)
        except ValueError:
            return text
        if not 0 <= number < _LAST_DAY + 1 or (form is Format.DAY and number < 1 and not self._from_1904):
            return plain_number(text)
        if form is Format.TIME and number < 1:
            return (datetime.min + timedelta(seconds=round(number * 86_400) % 86_400)).time().isoformat()
        return self._moment(number)

    def _moment(self, number: float) -> str:
        if self._from_1904:
            begin = datetime(1904, 1, 1)
        elif int(number) == _NO_SUCH_DAY:
            return f"{number:g}"
        else:
            begin = datetime(1899, 12, 30 if number > _NO_SUCH_DAY else 31)
        try:
            moment = begin + timedelta(days=int(number), seconds=round(number % 1 * 86_400))
        except OverflowError:
            return f"{number:g}"
        return moment.date().isoformat() if moment.time().isoformat() == "00:00:00" else moment.isoformat()


def plain_number(text: str) -> str:
    """Return a number as people write it: "5" for 5.0, and 36.765 for the 36.765000000000001 that Excel writes."""
    try:
        number = float(text)
    except ValueError:
        return text
    if not math.isfinite(number):
        return text
    return str(int(number)) if number.is_integer() and abs(number) < _EXACT else repr(number)
