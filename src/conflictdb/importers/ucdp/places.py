"""When and where a GED row happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from conflictdb.domain.coded import CodedPlace, CodedWarning
from conflictdb.domain.folding import fold
from conflictdb.importers.tabular.cells import decimal, identifier, iso_day, latitude, longitude
from conflictdb.importers.tabular.countries import WITHOUT_CODE, country_alpha3
from conflictdb.importers.tabular.refusal import CellError
from conflictdb.importers.tabular.rows import FaultError
from conflictdb.importers.ucdp.columns import DATE_PRECISIONS, PLACE_PRECISIONS
from conflictdb.importers.ucdp.refusal import read_cell

_APART = 0.001
"""Degrees: what is nearer than 100 m is one point, rounded otherwise."""

Warnings = tuple[CodedWarning, ...]
_Name = str | None
_Area = tuple[_Name, _Name, _Name, _Name, _Name, _Name, Warnings]


@lru_cache(maxsize=16_384)
def read_dates(cells: tuple[str, ...]) -> tuple[str, str | None, int, int, Warnings]:
    """Return the date as EDTF, the word for its precision, its first and last day, and what is odd.

    `cells` are year, date_prec, date_start and date_end. Raises FaultError.
    """
    year, precision, start_text, end_text = cells
    if not start_text.strip():
        raise FaultError("date_start", start_text, "it is blank, so there is no telling when this was")
    start = read_cell(iso_day, "date_start", start_text)
    end = read_cell(iso_day, "date_end", end_text) if end_text.strip() else start
    if end < start:
        raise FaultError("date_end", end_text, f"it is before date_start, {start}")
    word, odd = _word(DATE_PRECISIONS, "date_prec", precision)
    if (told := identifier(year)) and not start[:4] <= told <= end[:4]:
        odd = (*odd, CodedWarning("year", year, f"the year is not that of the dates, {start[:4]}"))
    edtf = start if start == end else f"{start}/{end}"
    return edtf, word, date.fromisoformat(start).toordinal(), date.fromisoformat(end).toordinal(), odd


def read_place(cells: tuple[str, ...]) -> tuple[CodedPlace | None, Warnings]:
    """Return the place, and what is odd about it.

    `cells` are where_prec, where_coordinates, adm_1, adm_2, country, iso3, latitude, longitude (degrees, WGS 84) and
    geom_wkt. Raises FaultError.
    """
    name, admin1, admin2, country, country_name, precision, odd = _read_area(cells[:6])
    north, east, odd_point = _read_point(*cells[6:])
    if north is None and not (name or admin1 or admin2 or country_name):
        return None, odd + odd_point
    place = CodedPlace(name, admin1, admin2, country, country_name, north, east, precision)
    return place, odd + odd_point


@lru_cache(maxsize=16_384)
def _read_area(cells: tuple[str, ...]) -> _Area:
    """Return the names of a place, as in CodedPlace, the word for its precision, and what is odd about them."""
    name, admin1, admin2, country_name = (" ".join(cell.split()) or None for cell in cells[1:5])
    country, odd_country = _find_country(country_name or "", cells[5].strip())
    word, odd = _word(PLACE_PRECISIONS, "where_prec", cells[0])
    return name, admin1, admin2, country, country_name, word, odd + odd_country


def _word(words: Mapping[str, str], field: str, cell: str) -> tuple[str | None, Warnings]:
    """Return the word for a code; 0 and blank say that it is not known."""
    code = identifier(cell)
    if not code or code == "0":
        return None, ()
    word = words.get(code)
    return word, () if word else (CodedWarning(field, cell, f"{field} has no code {code}"),)


def _read_point(north_text: str, east_text: str, geometry: str) -> tuple[float | None, float | None, Warnings]:
    if not north_text.strip() and not east_text.strip():
        return None, None, ()
    for field, text in (("latitude", north_text), ("longitude", east_text)):
        if not text.strip():
            return None, None, (CodedWarning(field, text, "half of the coordinates is missing: none are taken"),)
    try:
        north = latitude(north_text)
    except CellError as error:
        raise FaultError("latitude", north_text, error.why + _explain_swap(north_text, east_text)) from None
    east = read_cell(longitude, "longitude", east_text)
    if geometry == f"POINT ({east_text} {north_text})" or not _differs(geometry, north, east):
        return north, east, ()
    why = f"it is not the point of latitude and longitude, {north_text} {east_text}, which are taken"
    return north, east, (CodedWarning("geom_wkt", geometry, why),)


def _explain_swap(north: str, east: str) -> str:
    """Return words to add where latitude and longitude fit when they change places."""
    try:
        latitude(east), longitude(north)
    except CellError:
        return ""
    return "; the two would fit if latitude and longitude changed places"


def _differs(geometry: str, north: float, east: float) -> bool:
    """Return whether a POINT (longitude latitude) is another one; a geometry of another kind is not looked at."""
    head, _, rest = geometry.strip().partition("(")
    parts = rest.rstrip(") ").split()
    if head.strip().upper() != "POINT" or len(parts) != 2:
        return False
    try:
        return abs(decimal(parts[0]) - east) > _APART or abs(decimal(parts[1]) - north) > _APART
    except CellError:
        return True


def _find_country(name: str, iso3: str) -> tuple[str | None, Warnings]:
    """Return the alpha-3 code by UCDP's name of the country, else by the code that a copy adds."""
    by_name, by_code = country_alpha3(name), country_alpha3(iso3)
    if by_name and by_code and by_name != by_code:
        return by_name, (CodedWarning("iso3", iso3, f"it is not the code of {name}, which is {by_name}"),)
    if iso3 and not by_code:
        return by_name, (CodedWarning("iso3", iso3, f'no country has the code "{iso3}"'),)
    if name and not by_name and not by_code and fold(name) not in WITHOUT_CODE:
        return None, (CodedWarning("country", name, f'no country is called "{name}"; the name is kept'),)
    return by_name or by_code, ()
