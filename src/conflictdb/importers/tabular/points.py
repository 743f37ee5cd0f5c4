"""The point and the country of a row: cells that make sense only together."""

from __future__ import annotations

from functools import lru_cache

from conflictdb.domain.coded import CodedWarning
from conflictdb.domain.folding import fold
from conflictdb.importers.tabular.cells import CellError, decimal, latitude, longitude
from conflictdb.importers.tabular.countries import WITHOUT_CODE, country_alpha3
from conflictdb.importers.tabular.rows import FaultError

Point = tuple[float | None, float | None]
_NOWHERE: Point = (None, None)


def read_point(north: str, east: str) -> tuple[Point, tuple[CodedWarning, ...]]:
    """Return the degrees of the cells `latitude` and `longitude`, None where they are blank; one alone is no point.

    A decimal comma is read, since degrees have no thousands. Raises FaultError; where both would fit if they
    changed places, it says so, but a pair that fits as it stands is never turned.
    """
    if not north or not east:
        if north == east:
            return _NOWHERE, ()
        alone = ("latitude", north, "longitude") if north else ("longitude", east, "latitude")
        return _NOWHERE, (CodedWarning(alone[0], alone[1], f"there is no {alone[2]}: the point is left out"),)
    lat, lon = _with_point(north), _with_point(east)
    field, value = "latitude", north
    try:
        degrees_north = latitude(lat)
        field, value = "longitude", east
        return (degrees_north, longitude(lon)), ()
    except CellError as error:
        hint = "; latitude and longitude seem to be swapped" if _fits(lon, lat) else ""
        raise FaultError(field, value, error.why + hint) from None


@lru_cache(maxsize=4096)
def read_country(name: str) -> tuple[str | None, tuple[CodedWarning, ...]]:
    """Return the ISO 3166 alpha-3 code of a country's name; one that nobody knows is warned of, and has none."""
    code = country_alpha3(name)
    if code is None and name and fold(name) not in WITHOUT_CODE:
        return None, (CodedWarning("country", name, "no such country is known: its name is kept, without a code"),)
    return code, ()


def _with_point(text: str) -> str:
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def _fits(north: str, east: str) -> bool:
    try:
        return abs(decimal(north)) <= 90 and abs(decimal(east)) <= 180
    except CellError:
        return False
