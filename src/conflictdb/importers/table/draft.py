"""Draft a mapping for a table, from the names of its columns and what stands in their first rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from conflictdb.domain.folding import fold, slugify
from conflictdb.importers.table.draft_columns import Columns, Guess, SeenColumn
from conflictdb.importers.table.draft_words import TYPE_WORDS
from conflictdb.importers.table.fields import DATES, FIELDS
from conflictdb.importers.tabular.cells import AmbiguousDatesError, DayReader, country_alpha3
from conflictdb.importers.tabular.reader import open_table

PEEKED = 400
"""Rows that are looked at."""
_MOST_WORDS = 20
_SHOWN = 40


def draft_mapping(path: Path) -> str:
    """Return a mapping in TOML for the table in a file, with the reason for each line; what is unsure is commented out.

    Raises ImportFailedError where there is no table in the file.
    """
    with open_table(path) as table:
        rows = table.peek(PEEKED)
        seen = [
            SeenColumn(name, [row[index].strip() for row in rows if index < len(row)], index)
            for index, name in enumerate(table.names)
        ]
    columns = Columns(seen)
    lines = [
        *_opening(path, len(rows)), *_dataset(path, columns), *_fields(columns), *_figures(columns), *_values(columns)
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _opening(path: Path, count: int) -> Iterator[str]:
    stem = path.name.partition(".")[0]
    yield f"# How to read {_plain(path.name)}: drafted from the names of its columns and its first {count} rows."
    yield "# Look it through; what stands after a # is not read. Keep it beside the table, as"
    yield f"# {_plain(stem)}.toml, and try: conflictdb import --dry-run {_plain(path.name)}"


def _dataset(path: Path, columns: Columns) -> Iterator[str]:
    stem = path.name.partition(".")[0]
    title = " ".join(stem.replace("_", " ").replace("-", " ").split()) or "Table"
    yield from ("", "[dataset]")
    name = slugify(stem)[:60].strip("-") or "table"
    yield _line("name", name, f"short; the events' ids begin with it: {name}:17" if "id" in columns.fields else "short")
    yield _line("title", title[:1].upper() + title[1:])
    whose = "where the claimant's cell is blank" if "claimant" in columns.fields else "write your own name or team"
    yield _line("recorder", title[:1].upper() + title[1:], f"whose figures these are: {whose}")
    yield '# licence = "CC BY 4.0"'


def _fields(columns: Columns) -> Iterator[str]:
    yield from ("", "[columns]  # our field = your column")
    for field, guess in columns.fields.items():
        yield _line(field, guess.column.header, guess.why)
    if not {"date", "place"} & columns.fields.keys():
        yield f'# date = ""  # needed, or place: {FIELDS["date"]}'
    if columns.unread:
        yield "# Not read; the other fields are " + ", ".join(name for name in FIELDS if name not in columns.fields)
    for column in columns.unread:
        example = next((cell for cell in column.cells if cell), "")
        yield f"# {_text(column.header)}" + (f"  e.g. {_text(_cut(example))}" if example else "  blank throughout")


def _figures(columns: Columns) -> Iterator[str]:
    if not columns.figures and not columns.doubtful:
        return
    yield from ("", "[figures]  # your column = what it counts, and of whom: side_1, side_2, civilians, unknown, total")
    for spec, guess in columns.figures.items():
        yield _line(_text(guess.column.header), spec, guess.why)
    for spec, guess in columns.doubtful:
        yield f"# {_line(_text(guess.column.header), spec, guess.why)}"


def _values(columns: Columns) -> Iterator[str]:
    lines = [
        *_order(columns), *_types(columns.fields.get("type")), *_countries(columns.fields.get("country"))
    ]  # fmt: skip
    if lines:
        yield from ("", "[values]  # words of yours -> ours", *lines)


def _order(columns: Columns) -> Iterator[str]:
    """Yield the order of day and month where the dates do not tell it."""
    cells = [cell for name in DATES if name in columns.fields for cell in columns.fields[name].column.cells]
    try:
        DayReader.decide(cells)
    except AmbiguousDatesError as error:
        yield _line("dates", "day first", f'check this, or write "month first": {error.what}')


def _types(guess: Guess | None) -> Iterator[str]:
    words = list(dict.fromkeys(filter(None, guess.column.cells))) if guess else []
    if not words or len(words) > _MOST_WORDS:
        return
    pairs = ", ".join(f"{_text(word)} = {_text(_type_of(word))}" for word in words)
    yield f"type = {{ {pairs} }}  # the word itself is kept as the subtype"


def _countries(guess: Guess | None) -> Iterator[str]:
    words = list(dict.fromkeys(guess.column.stated)) if guess else []
    strange = [word for word in words if country_alpha3(word) is None][:_MOST_WORDS]
    if strange:
        pairs = ", ".join(f'{_text(word)} = ""' for word in strange)
        yield f"# country = {{ {pairs} }}  # ISO 3166 knows them by other names: give those, or codes such as MLI"


def _type_of(word: str) -> str:
    text = f" {fold(word)}"
    return next(
        (each.value for each, starts in TYPE_WORDS.items() if any(f" {one}" in text for one in starts)), "other"
    )


def _line(key: str, value: str, why: str = "") -> str:
    return f"{key} = {_text(value)}" + (f"  # {_plain(why)}" if why else "")


def _text(value: str) -> str:
    """Return a text as TOML writes it, which is as JSON does but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plain(text: str) -> str:
    """Return a text as it may stand in a comment, which ends with its line."""
    return "".join(each if each.isprintable() else "?" for each in text)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


__all__: Sequence[str] = ["PEEKED", "draft_mapping"]
