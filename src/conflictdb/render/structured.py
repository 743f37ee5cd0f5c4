"""Rows as JSON, in the one envelope of all commands or a row a line; both are written row by row."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TextIO

from conflictdb.domain.rows import Row
from conflictdb.render.listing import Listing
from conflictdb.render.text import HARMFUL


def write_json(listing: Listing[Any], stream: TextIO) -> int:
    """Write the envelope, a row of it a line, and return how many rows it holds."""
    around = ("command", "query", "policy", "basis", *(("as_of", "undated") if listing.as_of else ()))
    stream.write("{" + ", ".join(f'"{name}": {json_text(getattr(listing, name))}' for name in around) + ', "rows": [')
    count = 0
    for row in listing.rows:
        stream.write(("," if count else "") + "\n" + json_text(row.to_dict()))
        count += 1
    stream.write(("\n" if count else "") + f'], "warnings": {json_text(list(listing.warnings))}}}\n')
    return count


def write_jsonl(rows: Iterable[Row], stream: TextIO) -> int:
    """Write a row a line, and return how many."""
    count = 0
    for row in rows:
        count += 1
        stream.write(json_text(row.to_dict()) + "\n")
    return count


def json_text(value: Any) -> str:
    """Return JSON in UTF-8; what is invisible, may harm a terminal, or breaks lines in JavaScript is escaped."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, default=plain)
    except ValueError:
        text = json.dumps(_finite(value), ensure_ascii=False, default=plain)
    return text if text.isascii() and text.isprintable() else HARMFUL.sub(_escape, text)


def plain(value: Any) -> Any:
    """Return what JSON can say of a value from a database that it has no word for: numbers, dates, bytes."""
    if isinstance(value, Decimal):
        return int(value) if value.is_finite() and value == value.to_integral_value() else _finite(float(value))
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _finite(value: Any) -> Any:
    """Return the value with numbers that JSON has no word for as text."""
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _escape(match: re.Match[str]) -> str:
    # Beyond U+FFFF JSON escapes the two halves of a pair: its own writer knows how.
    return f"\\u{ord(match[0]):04x}" if match[0] <= "\uffff" else json.dumps(match[0])[1:-1]
