"""XLSX workbooks: which sheet is the table, and its rows, streamed."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from xml.parsers import expat

from conflictdb.errors import FormatError, ImportFailedError
from conflictdb.importers.files import open_member, open_zip, split_member
from conflictdb.importers.tabular.header import clean_names, explain_width, find_hxl
from conflictdb.importers.tabular.sheet import Row, elements, shared_strings, sheet_rows
from conflictdb.importers.tabular.xlsx_values import Format, Values, find_format

MOST_STRINGS = 2 * 2**30
_MOST_PART = 64 * 2**20
_LOOKED_AT = 20
_HEAD_CHUNK = 1 << 13
_DAMAGED = (expat.ExpatError, ValueError, IndexError, KeyError, RecursionError)


@contextmanager
def open_workbook(path: Path) -> Iterator[WorkbookTable]:
    """Open the largest visible sheet of a workbook, or the sheet that `file.xlsx!Sheet` names, as a table.

    Raises ImportFailedError where the workbook is damaged or has no sheet with a header.
    """
    file, sheet = split_member(path)
    with file.open("rb") as stream, open_zip(stream, file.name) as archive:
        yield WorkbookTable(Workbook(archive, file.name), sheet)


class Workbook:
    """The parts of a workbook: its sheets by name, its texts and its number formats."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.name = name
        self._archive = archive
        self._parts = {info.filename.replace("\\", "/").lower().lstrip("/"): info for info in archive.infolist()}
        self._main = next(part for part in sorted(self._parts) if _is_main(part))
        found = self._elements(self._main)
        self._from_1904 = any(tag == "workbookPr" and each.get("date1904") in ("1", "true") for _, tag, each in found)
        self._listed = [each for _, tag, each in found if tag == "sheet"]

    @cached_property
    def sheets(self) -> dict[str, zipfile.ZipInfo]:
        """Return the worksheets by name; hidden ones only where none is visible."""
        targets = self._targets()
        found = [(each, self._parts.get(targets.get(each.get("id", ""), ""))) for each in self._listed]
        there = [(each, info) for each, info in found if info is not None and "chartsheets" not in info.filename]
        visible = [(each, info) for each, info in there if each.get("state", "visible") == "visible"]
        return {each.get("name", "?"): info for each, info in visible or there}

    @cached_property
    def formats(self) -> tuple[Format, ...] | None:
        """Return how the numbers of each cell style are read; None where the styles are missing or damaged."""
        try:
            found = self._elements(posixpath.join(posixpath.dirname(self._main), "styles.xml"))
            codes = {int(each["numFmtId"]): each["formatCode"] for _, tag, each in found if tag == "numFmt"}
            used = [int(each.get("numFmtId", 0)) for around, tag, each in found if (around, tag) == ("cellXfs", "xf")]
        except (*_DAMAGED, ImportFailedError):
            return None
        return tuple(find_format(number, codes.get(number)) for number in used)

    @cached_property
    def values(self) -> Values:
        """Return what reads the values of cells; it holds the shared texts, as far as they were asked for."""
        return Values(self._strings(), self.formats or (), self._from_1904)

    def rows(self, sheet: str, **limits: int) -> Iterator[Row]:
        """Yield the rows of a sheet; see `sheet_rows`. Raises ImportFailedError where it is damaged."""
        with self._telling(f"the sheet {sheet}"), open_member(self._archive, self.sheets[sheet], self.name) as file:
            yield from sheet_rows(file, self.values, **limits)

    def _strings(self) -> Iterator[str]:
        info = self._parts.get(posixpath.join(posixpath.dirname(self._main), "sharedstrings.xml"))
        if info is not None:
            with self._telling("its texts"), open_member(self._archive, info, self.name) as file:
                yield from shared_strings(file, MOST_STRINGS)

    def _targets(self) -> dict[str, str]:
        folder, main = posixpath.split(self._main)
        related = self._elements(posixpath.join(folder, "_rels", main + ".rels"))
        return {
            each.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))
            .lstrip("/")
            .lower()
            for _, tag, each in related
            if tag == "Relationship"
        }

    def _elements(self, part: str) -> Sequence[tuple[str, str, dict[str, str]]]:
        info = self._parts.get(part.lower())
        if info is None:
            raise ImportFailedError(f"the workbook {self.name} is damaged: it has no {part}")
        with self._telling(part), open_member(self._archive, info, self.name) as file:
            return elements(file, _MOST_PART)

    @contextmanager
    def _telling(self, what: str) -> Iterator[None]:
        try:
            yield
        except _DAMAGED as error:
            raise ImportFailedError(
                f"the workbook {self.name} is damaged, in {what}: {error}", "open it, and save it again as XLSX or CSV"
            ) from None


def _is_main(part: str) -> bool:
    return part.startswith("xl/workbook") and part.endswith(".xml")


class WorkbookTable:
    """A table in a worksheet; see `Table`. Cells that a row leaves out at its end are there, blank."""

    names: tuple[str, ...]
    hxl: tuple[str, ...] | None

    def __init__(self, workbook: Workbook, sheet: str | None) -> None:
        self._workbook = workbook
        self._sheet, self._named = _choose(workbook, sheet), sheet is not None
        first = list(islice(workbook.rows(self._sheet, chunk=_HEAD_CHUNK), _LOOKED_AT))
        # A title may stand above the header.
        at = next((place for place, (_, cells) in enumerate(first) if sum(map(bool, cells)) > 1), 0)
        if not first:
            raise ImportFailedError(f"there is no table in {workbook.name}: the sheet {self._sheet} is empty")
        self._header_line, header = first[at]
        self.names = clean_names(header)
        self._width = len(self.names)
        self.hxl = find_hxl(first[at + 1][1]) if len(first) > at + 1 else None

    @property
    def dialect_text(self) -> str:
        """Return how the file is written, and which of several sheets this is."""
        count = len(self._workbook.sheets)
        chosen = "" if self._named else ", the largest"
        several = f"{chosen} of {count}" if count > 1 else ""
        dateless = "" if self._workbook.formats is not None else " (its styles cannot be read: dates are day numbers)"
        return f"XLSX, sheet {self._sheet}{several}{dateless}"

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows with their numbers; see `Table.rows`."""
        width, waits_for_tags = self._width, self.hxl is not None
        for number, cells in self._workbook.rows(self._sheet, width=width):
            if number <= self._header_line:
                continue
            if waits_for_tags:
                waits_for_tags = False
                continue
            if len(cells) < width:
                cells += [""] * (width - len(cells))
            yield number, cells

    def bad_row(self, line: int, cells: Sequence[str]) -> str | None:
        """Return why a row cannot be trusted; see `Table.bad_row`."""
        return explain_width(cells, self._width) if len(cells) > self._width else None

    def peek(self, count: int) -> list[list[str]]:
        """Return the first rows."""
        return [cells for _, cells in islice(self.rows(), count)]


def _choose(workbook: Workbook, wanted: str | None) -> str:
    """Return the name of the sheet that is wanted, else of the largest: notes and code lists are smaller than data."""
    sheets = workbook.sheets
    if wanted is not None:
        if wanted not in sheets:
            raise FormatError(f"{workbook.name} has no sheet {wanted}", f"it has: {', '.join(sheets) or 'none'}")
        return wanted
    if not sheets:
        raise ImportFailedError(f"the workbook {workbook.name} has no worksheet")
    return max(sheets, key=lambda name: sheets[name].file_size)
