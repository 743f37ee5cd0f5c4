"""When two descriptions cannot be of one event. Nothing is ever matched by likeness alone."""

from __future__ import annotations

from dataclasses import dataclass

from conflictdb.domain.distance import km_between
from conflictdb.domain.folding import fold
from conflictdb.domain.nearest import likeness

DAYS_APART = 31
"""Reports of one event may differ by days; beyond a month the date is another event's."""

KM_APART = 100.0
"""Coordinates of one event may differ by a district."""

NAMES_ALIKE = 75.0
"""Spellings of one place are at least so much alike (0-100)."""


@dataclass(frozen=True, slots=True)
class WhereAndWhen:
    """What is compared: proleptic ordinals of the days, ISO country code, name and degrees of the place."""

    first_day: int | None = None
    last_day: int | None = None
    place: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


def why_not_same(known: WhereAndWhen, stated: WhereAndWhen) -> str | None:
    """Return in words why both cannot be one event, or None where they can."""
    return _days_apart(known, stated) or _places_apart(known, stated)


def _days_apart(known: WhereAndWhen, stated: WhereAndWhen) -> str | None:
    if known.first_day is None or known.last_day is None or stated.first_day is None or stated.last_day is None:
        return None
    gap = max(known.first_day - stated.last_day, stated.first_day - known.last_day, 0)
    return f"its date is {gap} days away" if gap > DAYS_APART else None


def _places_apart(known: WhereAndWhen, stated: WhereAndWhen) -> str | None:
    if known.country and stated.country and known.country != stated.country:
        return f"its country is {known.country}, not {stated.country}"
    one, other = (known.latitude, known.longitude), (stated.latitude, stated.longitude)
    if one[0] is not None and one[1] is not None and other[0] is not None and other[1] is not None:
        distance = km_between(one[0], one[1], other[0], other[1])
        return f"its place is {distance:,.0f} km away" if distance > KM_APART else None
    if not known.place or not stated.place or fold(known.place) == fold(stated.place):
        return None
    if likeness(known.place, stated.place) >= NAMES_ALIKE:
        return None
    return f"its place is {known.place}, not {stated.place} (if that is another name of it, give its coordinates)"
