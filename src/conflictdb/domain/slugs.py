"""Slugs: the short names of events, proposed in a fixed order and never renumbered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from conflictdb.domain.edtf import EdtfDate, day_to_text
from conflictdb.domain.folding import slugify
from conflictdb.domain.keys import content_key


def propose_slugs(place: str | None, name: str | None, date: EdtfDate | None, key: str) -> Iterator[str]:
    """Yield slugs from the shortest on: place-year, then -MM, then -MM-DD, then four letters of the event's `key`.

    Years before the common era are written as people write them: marathon-490bc.
    """
    stems = slug_stems(place, name, date.first_day if date else None, date.precision if date else "")
    yield from stems
    yield from hashed_slugs(stems[-1], key)


def slug_stems(place: str | None, name: str | None, first_day: int | None, precision: str) -> list[str]:
    """Return the slugs of an event's place, else its name, and as much of its date as `precision` tells."""
    stem = slugify(place or "") or slugify(name or "") or "event"
    if first_day is None:
        return [stem]
    year, month, day = _date_parts(first_day)
    stems = [f"{stem}-{year}"]
    if precision in ("month", "day", "interval"):
        stems.append(f"{stem}-{year}-{month}")
    if precision in ("day", "interval"):
        stems.append(f"{stem}-{year}-{month}-{day}")
    return stems


def hashed_slugs(stem: str, key: str) -> Iterator[str]:
    """Yield slugs that differ by letters hashed from what the event is."""
    hashed = content_key("slug", key)
    yield from (f"{stem}-{hashed[start : start + 4]}" for start in range(len(hashed) - 3))


@lru_cache(maxsize=16_384)
def _date_parts(day: int) -> tuple[str, str, str]:
    """Return year, month and day, the year as people write it."""
    year, month, date = day_to_text(day).rsplit("-", 2)
    number = int(year)
    return str(number) if number > 0 else f"{1 - number}bc", month, date
