"""The document to fill in that `conflictdb new` prints: valid as it stands, with a line on every field."""

from __future__ import annotations

import re

from conflictdb.domain.vocabulary import ActorKind, EventType, PlacePrecision, Status
from conflictdb.errors import UsageError

EXAMPLE = "example-2024"
_DATED = re.compile(r"(?P<place>.*?)-?(?:(?P<bc>[0-9]{1,4})bc|(?P<year>[0-9]{4}))(?P<rest>(?:-[0-9]{2}){0,2})")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def write_template(slug: str | None = None) -> str:
    """Return a commented document in YAML for the event `slug`, its place and date guessed from it.

    Raises UsageError, with a slug to use, where it is none.
    """
    slug = EXAMPLE if slug is None else slug.strip()
    if not _SLUG.fullmatch(slug):
        raise UsageError(f"{slug!r} is no slug", *_advice(slug))
    place, date = _guess(slug)
    words = {
        "slug": _text(slug), "place": _text(place), "name": _text(f"Attack on {place}"), "date": _text(date),
        "day": date[:5] + "-03-18" if date.startswith("-") else date[:4] + "-03-18",
        "later": date[:5] + "-03-21" if date.startswith("-") else date[:4] + "-03-21",
        "kinds": ", ".join(ActorKind),
    }  # fmt: skip
    return _TEMPLATE.format(**words)
