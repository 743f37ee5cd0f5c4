"""Text as a terminal may safely show it: what is escaped, how wide it is, and how it is cut, wrapped and padded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

ELLIPSIS = "…"
JOIN = "\u00a0"  # a space at which no line is broken

# Controls, what turns the direction of writing, what has no width, halves of a surrogate pair, and invisible tags.
# ZWNJ and ZWJ (U+200C, U+200D) stay: Persian, Indic scripts and emoji are spelt with them.
_HARMFUL = (
    "\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f"
)
HARMFUL = re.compile(f"[{_HARMFUL}]")
_BREAKS = re.compile("\r\n|[\t\n\r\v\f\x85\u2028\u2029]")
_SHORT_ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def visible(text: str) -> str:
    """Return text fit for one cell: breaks and tabs become spaces, what is invisible or harmful becomes `\\x1b`."""
    if text.isascii() and text.isprintable():
        return text
    return HARMFUL.sub(_escape, _BREAKS.sub(" ", text))


def escaped(text: str) -> str:
    """Return text on one line with nothing lost: breaks and tabs too are escaped, as `\\n` and `\\t`."""
    if text.isascii() and text.isprintable():
        return text
    return HARMFUL.sub(lambda match: _SHORT_ESCAPES.get(match[0]) or _escape(match), text)


def cell_width(text: str) -> int:
    """Return how many cells of a terminal the text takes: two for a wide East Asian letter, none for an accent."""
    return len(text) if text.isascii() else sum(map(_letter_width, text))


def cut(text: str, width: int) -> str:
    """Return text that takes at most `width` cells, an ellipsis at the end where anything was left out."""
    if cell_width(text) <= width:
        return text
    if width < 1:
        return ""
    return _head(text, width - 1).rstrip() + ELLIPSIS


def pad(text: str, width: int, align: Literal["left", "right"] = "left") -> str:
    """Return text with spaces up to `width` cells, after it or, where aligned right, before it."""
    spaces = " " * (width - cell_width(text))
    return spaces + text if align == "right" else text + spaces


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of text broken at spaces. A longer word is broken too, but an address stays whole to be copied.

    Lines take at most `width` cells, addresses aside. Words joined by JOIN stay together. No text gives no lines.
    """
    lines: list[str] = []
    for word in _words(text, width):
        if lines and cell_width(lines[-1]) + 1 + cell_width(word) <= width:
            lines[-1] += f" {word}"
        elif "://" in word:
            lines.append(word)
        else:
            lines += _break(word, max(width, 2))
    return [each.replace(JOIN, " ") for each in lines]


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@lru_cache(maxsize=4096)
def _letter_width(letter: str) -> int:
    # Middle vowels and final consonants of Korean join the letter before them.
    if unicodedata.category(letter) in ("Mn", "Me", "Cf") or "\u1160" <= letter <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _head(text: str, width: int) -> str:
    """Return as much of the text as takes `width` cells."""
    taken = 0
    for at, letter in enumerate(text):
        taken += _letter_width(letter)
        if taken > width:
            return text[:at]
    return text


def _words(text: str, width: int) -> Iterator[str]:
    for word in filter(None, text.split(" ")):
        yield from [word] if cell_width(word) <= width else filter(None, word.split(JOIN))


def _break(word: str, width: int) -> list[str]:
    starts, taken = [0], 0
    for at, letter in enumerate(word):
        taken += _letter_width(letter)
        if taken > width:
            starts.append(at)
            taken = _letter_width(letter)
    return [word[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
