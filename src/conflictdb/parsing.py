"""Read infobox values without a database: one value, or a file of them, as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from conflictdb.domain.records import Problem
from conflictdb.domain.rows import StatedRow
from conflictdb.domain.vocabulary import Metric
from conflictdb.errors import ConflictDBError, UsageError
from conflictdb.importers.infobox import read_value
from conflictdb.importers.infobox.stated import StatedFigure, ValueTooLongError
from conflictdb.importers.infobox.words import Words, WordsError, load_words

FIELDS = ("casualties", "strength")
STRENGTH = "strength"
SCORED = ("metric", "lower", "upper", "qualifier", "claimants", "subject", "item", "fate", "text")
"""What a line of predictions says of a claim."""


def open_words(path: Path | None) -> Words:
    """Return the words shipped with those of a user's own file. Raises ConflictDBError."""
    try:
        return load_words(path)
    except OSError as error:
        raise ConflictDBError(
            f"cannot read the words in {path}: {error.strerror or error}", "name a TOML file; see docs/infobox.md"
        ) from error
    except WordsError as error:
        raise ConflictDBError(f"the words cannot be used: {error}", "see docs/infobox.md for the form") from error


def parse_value(text: str, field: str, words: Words) -> tuple[StatedRow, ...]:
    """Return the figures of one value. Raises UsageError for a field that holds none, and for a text too long."""
    if not is_field(field):
        raise UsageError(f"the field {field!r} holds no figures", f"give one of: {', '.join(FIELDS)}")
    try:
        return tuple(_row(figure) for figure in read_value(text, field, words=words))
    except ValueTooLongError as error:
        raise UsageError(str(error), "give the value of one field, not a page") from error


def is_field(field: str) -> bool:
    """Tell whether a field of an infobox holds figures: casualties or strength, with its number or without."""
    return field.lower().rstrip("0123456789abc").rstrip() in FIELDS


def predict(lines: Iterable[bytes], path: str, words: Words) -> Iterator[dict[str, Any] | Problem]:
    """Yield for each line of values {"id", "field", "raw"} its claims {"id", "claims"}, or why it was refused.

    Empty lines, and objects without an id (a header), are passed over.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = _read_line(line)
                if row is not None:
                    yield {"id": row["id"], "claims": _claims(row, words)}
            except ValueError as error:
                yield Problem(path, number, "", line[:60].decode("utf-8", "replace").strip(), str(error))
            except UsageError as error:
                yield Problem(path, number, "raw", "", error.what)


def _read_line(line: bytes) -> Mapping[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is no JSON: {error}") from error
    if not isinstance(row, dict):
        raise ValueError("it is no JSON object")
    if "id" not in row:
        return None
    for name in ("id", "field", "raw"):
        if not isinstance(row.get(name), str):
            raise ValueError(f'"{name}" must be a text')
    return row


def _claims(row: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    figures = [each.to_dict() for each in parse_value(row["raw"], row["field"], words)]
    return [{name: figure[name] for name in SCORED} for figure in figures]


def _row(figure: StatedFigure) -> StatedRow:
    return StatedRow(
        metric=STRENGTH if figure.metric is Metric.PERSONS else figure.metric.value,
        lower=figure.lower,
        upper=figure.upper,
        qualifier=figure.qualifier.value,
        claimants=figure.claimants,
        subject=figure.subject,
        item=figure.things or (figure.item.value if figure.item else None),
        fate=figure.fate.value if figure.fate else None,
        part_of=figure.part_of,
        total=figure.total,
        note=figure.note,
        text=figure.wording,
        start=figure.start,
        end=figure.end,
    )
