"""How a delimited text is written: its encoding, what stands between cells, and where the header is."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from conflictdb.errors import ImportFailedError
from conflictdb.importers.files import HEAD_BYTES, open_bytes
from conflictdb.importers.tabular.encoding import Encoding, find_encoding

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
LONGEST_CELL = 16 * 2**20
"""Letters. A cell that is longer begins with a quote that is nowhere closed."""

_SEPARATOR_LINE = re.compile(r'\ufeff?"?sep=([,;\t|:^~])"?\s*', re.IGNORECASE)
_ENDS = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}
_RECORDS = 200
_FOREIGN = {
    b"\x1f\x8b": "what is packed in it is packed again; unpack it, and import what is in it",
    b"PK\x03\x04": "what is packed in it is a workbook, or packed again; unpack it, and import what is in it",
    b"\xd0\xcf\x11\xe0": "it is an old Excel file (.xls), or one with a password; save it as XLSX or CSV",
    b"%PDF": "it is a PDF; get the data as CSV or XLSX",
    b"SQLite format 3\0": "it is an SQLite database; export the table as CSV",
    b"PAR1": "it is a Parquet file; save the table as CSV",
}
"""What other files begin with, and what to do with them."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one file is written. `header_line` counts from 1; `newline` is LF, CRLF or CR."""

    encoding: str
    delimiter: str
    quote: str = '"'
    header_line: int = 1
    newline: str = "LF"

    def describe(self) -> str:
        """Return it in words, e.g. "UTF-8, comma"."""
        return f"{self.encoding}, {DELIMITERS.get(self.delimiter, repr(self.delimiter))}"


def detect(path: Path) -> Dialect:
    """Return how a file is written, by its first 64 KiB.

    A first line `sep=;`, which Excel understands, is heeded and counted. Raises ImportFailedError where the file is
    no text, and FormatError where it is a zip of several files.
    """
    with open_bytes(path) as file:
        return look(file, path.name).dialect


@dataclass(frozen=True, slots=True)
class Look:
    """What the first 64 KiB of a file tell: how it is written, and its first rows, the header among them."""

    dialect: Dialect
    encoding: Encoding
    rows: tuple[list[str], ...]


def look(file: BinaryIO, name: str) -> Look:
    """Return what the first 64 KiB of an open file tell. Raises ImportFailedError where it is no text."""
    head = file.read(HEAD_BYTES)
    for magic, why in _FOREIGN.items():
        if head.startswith(magic):
            what, _, advice = why.partition("; ")
            raise ImportFailedError(f"{name} is no table: {what}", advice)
    cut = len(head) == HEAD_BYTES
    encoding = find_encoding(io.BytesIO(head), name, most=HEAD_BYTES)
    lines = io.StringIO(head.decode(encoding.codec, "replace"), newline="")  # cut into lines as the file will be
    delimiter, skipped = _skip(lines)
    lines.seek(0)
    text = "".join(islice(lines, skipped, None))
    delimiter = delimiter or _guess(text, cut)
    dialect = Dialect(encoding.name, delimiter, '"', skipped + 1, _newline(lines.getvalue()))
    return Look(dialect, encoding, tuple(_records(text, delimiter, cut)))


def _skip(lines: Iterable[str]) -> tuple[str | None, int]:
    """Return the delimiter that a first line `sep=;` names, and how many lines stand before the header."""
    delimiter, skipped = None, 0
    for line in lines:
        if skipped == 0 and (match := _SEPARATOR_LINE.fullmatch(line)):
            delimiter = match[1]
        elif line.strip("\ufeff \t\r\n"):
            break
        skipped += 1
    return delimiter, skipped


def _guess(text: str, cut: bool) -> str:
    """Return the delimiter that cuts the first records into the most cells, and into equally many."""
    best, most = ",", 0.0
    for delimiter in DELIMITERS:
        widths = [len(row) for row in _records(text, delimiter, cut)]
        if not widths or widths[0] < 2:
            continue
        alike = widths.count(widths[0]) / len(widths)
        if alike * widths[0] > most:
            best, most = delimiter, alike * widths[0]
    return best


def _records(text: str, delimiter: str, cut: bool) -> list[list[str]]:
    """Return the first records that are not blank; one that the end of the head cuts off is left out."""
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(row):
                rows.append(row)
            if len(rows) > _RECORDS:
                return rows
    except csv.Error:
        cut = True
    return rows[:-1] if cut else rows


def _newline(text: str) -> str:
    counts = Counter(re.findall(r"\r\n|\n|\r", text))
    return _ENDS[max(counts, key=lambda end: counts[end])] if counts else "LF"
