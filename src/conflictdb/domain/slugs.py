"""Slugs: the short names of events, proposed in a fixed order and never renumbered."""

from __future__ import annotations

from collections.abc import Iterator

from conflictdb.domain.edtf import EdtfDate, day_to_text
from conflictdb.domain.folding import slugify
from conflictdb.domain.keys import content_key


def propose_slugs(place: str | None, name: str | None, date: EdtfDate | None, key: str) -> Iterator[str]:
    """Yield slugs from the shortest on: place-year, then -MM, then -MM-DD, then four letters hashed from `key`.

    Years before the common era are written as people write them: marathon-490bc.
    """
    stem = slugify(place or "") or slugify(name or "") or "event"
    if date is None or date.first_day is None:
        yield stem
    else:
        year, month, day = day_to_text(date.first_day).rsplit("-", 2)
        yield (stem := f"{stem}-{_spoken_year(int(year))}")
        if date.precision in ("month", "day", "interval"):
            yield (stem := f"{stem}-{month}")
        if date.precision in ("day", "interval"):
            yield (stem := f"{stem}-{day}")
    hashed = content_key("slug", key)
    yield from (f"{stem}-{hashed[start : start + 4]}" for start in range(len(hashed) - 3))


def _spoken_year(year: int) -> str:
    return str(year) if year > 0 else f"{1 - year}bc"
