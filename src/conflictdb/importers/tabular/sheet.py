"""The rows of one worksheet, streamed from its XML; memory is that of a few rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO
from xml.parsers import expat

from conflictdb.importers.tabular.xlsx_values import Values

MOST_COLUMNS = 16_384
"""Excel's own bound."""

_CHUNK = 1 << 16
_LETTERS = re.compile(r"[A-Z]{1,3}")

Row = tuple[int, list[str]]


class DoctypeError(ValueError):
    """XML with a document type, which may define entities without end; no program writes workbooks with one."""


def make_parser() -> expat.XMLParserType:
    """Return an XML parser that refuses document types."""

    def refuse(*_: object) -> None:
        raise DoctypeError("it has a document type")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def sheet_rows(file: BinaryIO, values: Values, width: int = MOST_COLUMNS, chunk: int = _CHUNK) -> Iterator[Row]:
    """Yield each row of a worksheet that holds anything: its number and its cells as text, up to the last one.

    Cells beyond `width` columns follow without the blank ones between them. Raises expat.ExpatError and ValueError
    where the XML is damaged.
    """
    parser = make_parser()
    done: list[Row] = []
    _attach(parser, values, width, done.append)
    while block := file.read(chunk):
        parser.Parse(block, False)
        yield from done
        done.clear()
    parser.Parse(b"", True)
    yield from done


def _attach(parser: expat.XMLParserType, values: Values, width: int, emit: Callable[[Row], None]) -> None:
    """Make `parser` emit rows. Its handlers run for every cell, hence the closures and the early branches."""
    number, cells, cell, texts = 0, list[str](), dict[str, str](), list[str]()
    read, index_of = values.read, _columns.get
    of_row = of_cell = of_value = of_inline = of_phonetic = ""

    def begin_sheet(name: str, _: dict[str, str]) -> None:
        nonlocal of_row, of_cell, of_value, of_inline, of_phonetic
        space = name[: name.find(":") + 1]  # some programs write <x:c> for <c>
        of_row, of_cell, of_value, of_inline, of_phonetic = (space + tag for tag in ("row", "c", "v", "is", "rPh"))
        parser.StartElementHandler, parser.EndElementHandler = begin, end
        parser.CharacterDataHandler = texts.append

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal number, cells, cell
        if name == of_cell:
            cell = attributes
        elif name in (of_value, of_inline):
            texts.clear()
        elif name == of_row:
            number, cells = _row_number(attributes.get("r"), number), []
            texts.clear()
        elif name == of_phonetic:
            parser.CharacterDataHandler = None

    def end(name: str) -> None:
        if name in (of_value, of_inline):
            if text := read("".join(texts), cell.get("t", ""), cell.get("s", "")):
                letters = cell.get("r", "").rstrip("0123456789")
                if index_of(letters) == len(cells) < width:
                    cells.append(text)
                else:
                    _place(cells, letters, text, width)
        elif name == of_row and cells:
            emit((number, cells))
        elif name == of_phonetic:
            parser.CharacterDataHandler = texts.append

    parser.StartElementHandler = begin_sheet


def _row_number(text: str | None, before: int) -> int:
    return int(text) if text is not None and text.isdigit() and len(text) < 9 else before + 1


_columns: dict[str, int] = {}


def _place(cells: list[str], letters: str, text: str, width: int) -> None:
    """Put a cell's text in its column, such as "AB"; after the last cell where that is not said."""
    index = len(cells) if not letters else _columns[letters] if letters in _columns else column_index(letters)
    missing = min(index, width) - len(cells)
    if missing < 0 and index < width:  # cells out of order
        cells[index] = text
    else:
        cells.extend([""] * missing)
        cells.append(text)


def column_index(letters: str) -> int:
    """Return the index, from 0, of a column such as "AB". Raises ValueError for what is none."""
    index = 0
    if not _LETTERS.fullmatch(letters):
        raise ValueError(f"{letters!r} is no column")
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    if index > MOST_COLUMNS:
        raise ValueError(f"{letters!r} is no column")
    _columns[letters] = index - 1
    return index - 1


def shared_strings(file: BinaryIO, most: int) -> Iterator[str]:
    """Yield the texts that cells refer to by number; phonetic hints are left out. Raises ValueError beyond `most`."""
    parser, found, parts = make_parser(), list[str](), list[str]()

    def begin(name: str, _: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "si":
            parts.clear()
        elif tag == "t":
            parser.CharacterDataHandler = parts.append
        elif tag == "rPh":
            parts.append("\0")

    def end(name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "t":
            parser.CharacterDataHandler = None
        elif tag == "rPh":
            del parts[parts.index("\0") :]
        elif tag == "si":
            found.append(unescaped("".join(parts)))

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    size = 0
    while block := file.read(_CHUNK):
        size += len(block)
        if size > most:
            raise ValueError(f"it takes more than {most >> 20} MB")
        parser.Parse(block, False)
        yield from found
        found.clear()
    parser.Parse(b"", True)
    yield from found


def unescaped(text: str) -> str:
    """Return a text with `_x000D_`, as Excel writes control characters, as the character that it stands for."""
    if "_x" not in text:
        return text
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: _character(int(match[1], 16)), text)


def _character(code: int) -> str:
    return chr(code) if not 0xD800 <= code <= 0xDFFF and code else "\ufffd"


def elements(file: BinaryIO, most: int) -> Sequence[tuple[str, str, dict[str, str]]]:
    """Return all elements of a small XML file in order: the name of the one around, its own, and its attributes."""
    parser, found, around = make_parser(), list[tuple[str, str, dict[str, str]]](), [""]

    def begin(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        found.append((around[-1], tag, {key.rpartition(":")[2]: value for key, value in attributes.items()}))
        around.append(tag)

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _: around.pop()
    block = file.read(most + 1)
    if len(block) > most:
        raise ValueError(f"a part of it takes more than {most >> 20} MB")
    parser.Parse(block, True)
    return found
