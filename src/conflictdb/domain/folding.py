"""Fold text to plain lower-case ASCII words, so that a name is found however it is written."""

from __future__ import annotations

import re
from functools import lru_cache

_APOSTROPHES = re.compile("['`\u2018\u2019\u02bc\u02bf\u02be]")
_LETTERS = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_LETTERS |= {ord("'"): "", ord("`"): ""}
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return `text` in lower-case ASCII words, one space apart, and remember it: for names, which recur.

    Accents, case, apostrophes and punctuation go; other scripts are transliterated (anyascii), so that
    "Jama'at", "JAMAAT" and "Jamâat" are one. A text without letters or digits folds to "".
    """
    return fold_once(text)


def fold_once(text: str) -> str:
    """Return `text` folded as `fold` does, and forget it: for long texts, which do not recur."""
    if not text.isascii():
        text = _FOREIGN.sub(_transliterate, _APOSTROPHES.sub("", text))
    return " ".join(text.translate(_LETTERS).split())


def _transliterate(run: re.Match[str]) -> str:
    return _ascii(run[0])


@lru_cache(maxsize=8192)
def _ascii(run: str) -> str:
    """Return letters outside ASCII in it: each stands for itself, whatever is beside it, so runs can be remembered."""
    from anyascii import anyascii  # only texts that need it pay for its tables

    return anyascii(run)


def slugify(text: str) -> str:
    """Return `text` folded to ASCII words joined by hyphens, e.g. "Raid on Dioura" -> "raid-on-dioura"."""
    return fold(text).replace(" ", "-")
