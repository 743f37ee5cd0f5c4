"""Fold text to plain lower-case ASCII words, so that a name is found however it is written."""

from __future__ import annotations

import re
from functools import lru_cache

_APOSTROPHES = re.compile("['`\u2018\u2019\u02bc\u02bf\u02be]")
_BREAKS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return `text` in lower-case ASCII words, one space apart.

    Accents, case, apostrophes and punctuation go; other scripts are transliterated (anyascii), so that
    "Jama'at", "JAMAAT" and "Jamâat" are one. A text without letters or digits folds to "".
    """
    if not text.isascii():
        from anyascii import anyascii  # only texts that need it pay for its tables

        text = anyascii(_APOSTROPHES.sub("", text))
    return _BREAKS.sub(" ", _APOSTROPHES.sub("", text).lower()).strip()


def slugify(text: str) -> str:
    """Return `text` folded to ASCII words joined by hyphens, e.g. "Raid on Dioura" -> "raid-on-dioura"."""
    return fold(text).replace(" ", "-")
