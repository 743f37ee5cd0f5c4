"""The first rows of a table, and what a row must have in common with them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TAG = re.compile(r"#[A-Za-z][A-Za-z0-9_]*(?:\s*\+\s*[A-Za-z][A-Za-z0-9_]*)*")  # and no error of Excel's, such as #N/A


def clean_names(header: Sequence[str]) -> tuple[str, ...]:
    """Return the header's cells as names: without spaces around them, and with ? for what is no letter."""
    return tuple(cell.strip("\ufeff\0 \t\r\n\u00a0").encode(errors="replace").decode() for cell in header)


def find_hxl(cells: Sequence[str]) -> tuple[str, ...] | None:
    """Return the HXL tags that a row holds, blank where a column has none; None where it holds anything else.

    What stands in the first cell is not looked at: that may be an index, which pandas counts for this row too.
    """
    tags = tuple(cell.strip() for cell in cells)
    known = [_TAG.fullmatch(tag) is not None for tag in tags]
    if not any(known) or any(tag and not is_tag for tag, is_tag in zip(tags[1:], known[1:], strict=True)):
        return None
    return tuple(tag if is_tag else "" for tag, is_tag in zip(tags, known, strict=True))


def explain_width(cells: Sequence[str], width: int) -> str | None:
    """Return why a row's number of cells is wrong; blank cells after the last column do no harm."""
    if len(cells) < width:
        return f"this row has {len(cells)} of {width} cells; the file may be cut off"
    return f"this row has {len(cells)} cells where the header has {width}" if any(cells[width:]) else None
