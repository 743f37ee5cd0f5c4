"""Single cells made into values: each function returns the value or raises CellError with the reason as a sentence."""

from __future__ import annotations

import csv
import math
import re
from functools import lru_cache

from conflictdb.importers.tabular.countries import country_alpha3
from conflictdb.importers.tabular.days import AmbiguousDatesError, DayReader, iso_day
from conflictdb.importers.tabular.refusal import CellError, quoted

__all__ = ["AmbiguousDatesError", "CellError", "DayReader", "country_alpha3", "iso_day"]

MOST = 1_000_000_000
"""No war had so many dead or soldiers: what is greater is an id or a time that slipped into the wrong column."""

_WHOLE = re.compile(r"([+-]?)([0-9]+)(?:\.0*)?")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_FLAGS = {
    "true": True, "t": True, "yes": True, "y": True, "1": True, "1.0": True,
    "false": False, "f": False, "no": False, "n": False, "0": False, "0.0": False,
}  # fmt: skip


def whole(text: str, least: int = 0, most: int = MOST) -> int:
    """Return a whole number, written "5" or, as pandas does, "5.0"; from `least` to `most`."""
    if text.isascii() and text.isdigit() and len(text) < 10 and least <= 0:
        number = int(text)  # nearly every cell
    else:
        match = _WHOLE.fullmatch(text.strip())
        if match is None:
            raise CellError(f"{quoted(text)} is no whole number")
        sign, digits = match.groups()
        number = int(digits.lstrip("0")[:40] or "0") * (-1 if sign == "-" else 1)
    if number < least:
        raise CellError(f"{quoted(text)} is negative" if least == 0 else f"{quoted(text)} is less than {least:,}")
    if number > most:
        raise CellError(f"{quoted(text)} is more than {most:,}")
    return number


def decimal(text: str) -> float:
    """Return a number with a decimal point; not NaN or infinite."""
    if not _NUMBER.fullmatch(text.strip()):
        hint = "; decimals are written with a point" if re.fullmatch(r"\s*-?[0-9]+,[0-9]+\s*", text) else ""
        raise CellError(f"{quoted(text)} is no number{hint}")
    number = float(text)
    if not math.isfinite(number):
        raise CellError(f"{quoted(text)} is too great for a number")
    return number


@lru_cache(maxsize=16_384)
def latitude(text: str) -> float:
    """Return degrees north, from -90 to 90."""
    return _degrees(text, 90, "latitude")


@lru_cache(maxsize=16_384)
def longitude(text: str) -> float:
    """Return degrees east, from -180 to 180."""
    return _degrees(text, 180, "longitude")


def _degrees(text: str, most: int, what: str) -> float:
    number = decimal(text)
    if not -most <= number <= most:
        raise CellError(f"{quoted(text)} is no {what}, which is from -{most} to {most} degrees")
    return number


def flag(text: str) -> bool:
    """Return a yes or no: true/false, yes/no, 1/0, and 1.0/0.0 as pandas writes it."""
    value = _FLAGS.get(text) if text in _FLAGS else _FLAGS.get(text.strip().lower())
    if value is None:
        raise CellError(f"{quoted(text)} is neither true nor false")
    return value


def identifier(text: str) -> str:
    """Return an id without the ".0" that it gets where pandas took it for a number: "228973.0" is "228973"."""
    text = text.strip()
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


def listed(text: str, separator: str = ";") -> tuple[str, ...]:
    """Return the parts of a list in one cell, without blank ones; a part may be quoted, and hold the separator then."""
    if '"' not in text:
        return tuple(part for each in text.split(separator) if (part := each.strip()))
    whole_list = text.strip()
    if len(whole_list) > 1 and whole_list[0] == whole_list[-1] == '"':
        # Each part is quoted; the quotes within are doubled in some files, and not in UCDP's.
        between = re.compile(rf'"\s*{re.escape(separator)}\s*"')
        parts = [part.replace('""', '"') for part in between.split(whole_list[1:-1])]
    else:
        parts = _quoted_parts(whole_list, separator)
    return tuple(part for each in parts if (part := each.strip()))


def _quoted_parts(text: str, separator: str) -> list[str]:
    try:
        rows = csv.reader(text.splitlines(keepends=True), delimiter=separator, skipinitialspace=True)
        return [part for row in rows for part in row]
    except csv.Error:
        return text.split(separator)
