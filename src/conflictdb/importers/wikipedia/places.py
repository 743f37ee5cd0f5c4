"""Where an event was, as infoboxes word it: "Dioura, Mali", {{coord|14|49|31|N|5|15|5|W}}, 14°49′31″N 5°15′5″W."""

from __future__ import annotations

import re
from typing import NamedTuple

from conflictdb.domain.folding import fold
from conflictdb.domain.records import PlaceRecord
from conflictdb.importers.tabular.countries import WITHOUT_CODE, country_alpha3

_COORD = re.compile(r"\{\{\s*(?:coord|coor[ _][a-z]+|coords)\s*\|([^{}]{1,600})\}\}", re.IGNORECASE)
_NUMBER = r"([0-9]{1,3}(?:\.[0-9]+)?)"
_ANGLE = rf"{_NUMBER}\s*[°º]\s*(?:{_NUMBER}\s*[′'’]\s*)?(?:{_NUMBER}\s*[″\"”]\s*)?"
_POINT = re.compile(rf"{_ANGLE}([NS])[\s,/;]*{_ANGLE}([EW])", re.IGNORECASE)
_PLAIN_POINT = re.compile(r"(-?[0-9]{1,2}\.[0-9]+)\s*[,;]\s*(-?[0-9]{1,3}\.[0-9]+)")
_PARENTHESES = re.compile(r"\s*\(([^()]*)\)")
_APART = re.compile(r",(?!\s*(?:near|off|outside|between|around|along)\b)")
_TODAY = r"(?:(?:present|modern)[\s-]day|now|today's|today|what is now|modern)"
_NOW = re.compile(rf"^(?:in\s+)?{_TODAY}(?:\s+in)?\s+", re.IGNORECASE)
_MOST_PARTS, _MOST_NAME = 4, 300


class ReadPlace(NamedTuple):
    """A place, or None where nothing is said; `doubts` are (value, why)."""

    place: PlaceRecord | None
    doubts: tuple[tuple[str, str], ...] = ()


def read_place(words: str, coordinates: tuple[str, ...], source: str) -> ReadPlace:
    """Read a place: `words` without markup, and the first of `coordinates` that holds some, in wikitext or displayed.

    The last part of "Konna, Mopti Region, Mali" is its country where ISO 3166 knows it, the first its name; what
    stands between is the areas, as they are written. More than four parts are several places: none is taken.
    """
    doubts: list[tuple[str, str]] = []
    point = None
    for written in coordinates:
        try:
            point = point or read_point(written)
        except ValueError as error:
            doubts.append((written[:80], str(error)))
    text = _clean(words)
    if len(text) > _MOST_NAME or _is_list(text):
        doubts.append((text[:80], "it names no one place; its words are kept"))
        text = ""
    if not text and point is None:
        return ReadPlace(None, tuple(doubts))
    latitude, longitude = point or (None, None)
    name, admin1, admin2, code, country = _part(text)
    place = PlaceRecord(name, admin1, admin2, code, country, latitude, longitude, None, source)
    return ReadPlace(place, tuple(doubts))


def read_point(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees to six places, or None where there are none. Raises ValueError."""
    match = _COORD.search(text)
    if match:
        point = _read_template(match[1])
    elif shown := _POINT.search(text):
        parts = [float(part) if part else 0.0 for part in (*shown.group(1, 2, 3), *shown.group(5, 6, 7))]
        point = _degrees(parts[:3], shown[4]), _degrees(parts[3:], shown[8])
    elif plain := _PLAIN_POINT.search(text):
        point = float(plain[1]), float(plain[2])
    else:
        return None
    if point is not None and not (abs(point[0]) <= 90 and abs(point[1]) <= 180):
        raise ValueError("latitudes run from -90 to 90, longitudes from -180 to 180; the coordinates are left out")
    return (round(point[0], 6), round(point[1], 6)) if point else None


def without_coordinates(raw: str) -> str:
    """Return a place field without its templates of coordinates."""
    return _COORD.sub("", raw)


def _read_template(arguments: str) -> tuple[float, float] | None:
    """Read the arguments of {{coord}}: https://en.wikipedia.org/wiki/Template:Coord."""
    given = [part.strip() for part in arguments.split("|")]
    placed: list[str] = []
    for part in given:
        if not re.fullmatch(r"[-+−]?[0-9]+(?:\.[0-9]*)?|[NSEWnsew]", part):
            break
        placed.append(part.replace("−", "-").upper())
    if not placed or given == [""]:
        return None
    north = next((at for at, part in enumerate(placed) if part in "NS"), None)
    if north is None:
        if len(placed) != 2:
            raise ValueError("the coordinates are not whole; they are left out")
        return float(placed[0]), float(placed[1])
    latitude, longitude = placed[:north], placed[north + 1 : -1]
    if placed[-1] not in ("E", "W") or not 1 <= len(latitude) <= 3 or not 1 <= len(longitude) <= 3:
        raise ValueError("the coordinates are not whole; they are left out")
    return (
        _degrees([float(part) for part in latitude], placed[north]),
        _degrees([float(part) for part in longitude], placed[-1]),
    )


def _degrees(parts: list[float], side: str) -> float:
    degrees, minutes, seconds = (*parts, 0.0, 0.0)[:3]
    if minutes >= 60 or seconds >= 60:
        raise ValueError("minutes and seconds are below 60; the coordinates are left out")
    return (degrees + minutes / 60 + seconds / 3600) * (-1 if side.upper() in "SW" else 1)


def _clean(words: str) -> str:
    lines = [line.strip(" ,;") for line in words.splitlines()]
    text = " ".join(", ".join(line for line in lines if line).split())
    return _POINT.sub("", text).strip(" ,;/")


def _is_list(text: str) -> bool:
    parts = _APART.split(_PARENTHESES.sub("", text))
    return len(parts) > _MOST_PARTS or any(part.lower().lstrip().startswith("and ") for part in parts)


def _may_be_country(name: str) -> bool:
    """Return False for the last part of "Atlanta, Georgia" and "Sacramento, CA", which are in the United States."""
    abbreviated = len(name) <= 3 and name.isupper()
    return fold(name) != "georgia" and (not abbreviated or name in ("US", "USA", "UK", "UAE", "DRC"))


def _part(text: str) -> tuple[str | None, str | None, str | None, str | None, str | None]:
    """Return name, admin1, admin2, the country's code and its name."""
    inner = _PARENTHESES.search(text)
    plain = _PARENTHESES.sub("", text)
    parts = [part.strip() for part in _APART.split(plain) if part.strip()]
    if inner and _NOW.match(inner[1]):  # "Salamis (present-day Greece)"
        parts += [part.strip() for part in inner[1].split(",") if part.strip()]
        text = plain
    if not parts:
        return text or None, None, None, None, None
    last = re.sub(r"^the\s+", "", _NOW.sub("", parts[-1]), flags=re.IGNORECASE)
    code = country_alpha3(last) if _may_be_country(last) else None
    country = last if code or fold(last) in WITHOUT_CODE else None
    areas = parts[:-1] if country else parts
    if not areas:
        return last, None, None, code, country
    name, *between = areas
    admin1 = between[-1] if between else None
    admin2 = ", ".join(between[:-1]) or None
    return name, admin1, admin2, code, country
