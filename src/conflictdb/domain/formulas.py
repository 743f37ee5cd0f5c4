"""Text that a spreadsheet would run as a formula: made harmless on its way out, and as it was on its way back in."""

from __future__ import annotations

import re
from collections.abc import Sequence

# What makes a spreadsheet read a cell as a formula, their full-width twins included (OWASP, "CSV Injection").
_SIGNS = "=+\\-@＝＋－＠"
_FORMULA = re.compile(f"'*+(?:[\t\r\n]|\\s*[{_SIGNS}])")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_CELL = "\x1f"
_SUSPECT = re.compile(f"{_CELL}(?:[^\\S{_CELL}]|['=+@＝＋－＠]|-(?![0-9]+\\.?[0-9]*(?:{_CELL}|\\Z)))")


def defuse(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe goes before it. Numbers stay numbers.

    Text that holds such an apostrophe already gets one more, so that `restore` gives back what was there.
    """
    if text[:1].isalnum() or _FORMULA.match(text) is None or _NUMBER.fullmatch(text):
        return text
    return f"'{text}"


def restore(text: str) -> str:
    """Return the text that `defuse` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def defuse_row(cells: Sequence[str]) -> Sequence[str]:
    """Return the cells of a row, each defused. Most rows hold nothing to defuse, which one look at all of it shows."""
    if _SUSPECT.search(_CELL + _CELL.join(cells)) is None:
        return cells
    return [defuse(cell) for cell in cells]
