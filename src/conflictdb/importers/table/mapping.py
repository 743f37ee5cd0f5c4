"""The mapping of a table: read from TOML, and held to what it may say and to the columns that the table has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conflictdb.domain.folding import fold, slugify
from conflictdb.domain.nearest import nearest_names
from conflictdb.domain.quantity import QuantityError
from conflictdb.errors import ImportFailedError
from conflictdb.importers.table.fields import DATASET_KEYS, FIELDS, SECTIONS
from conflictdb.importers.table.specs import FigureColumn, read_spec
from conflictdb.importers.tabular.days import DayOrder

_HAS_COLUMNS = re.compile(rb"^[ \t]*\[[ \t]*columns[ \t]*\]", re.MULTILINE)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_BYTES = 1 << 20


class MappingError(ImportFailedError):
    """A mapping that cannot be read, or does not fit its table; the advice lists all that is wrong."""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How to read one table. `columns` are indexes by field; `values` are our words by field and folded cell."""

    name: str
    title: str
    recorder: str
    licence: str | None
    url: str | None
    columns: Mapping[str, int]
    always: Mapping[str, str]
    figures: tuple[tuple[int, FigureColumn], ...]
    values: Mapping[str, Mapping[str, str]]
    order: DayOrder | None = None


def find_mapping(path: Path) -> Path | None:
    """Return the mapping that stands beside a table: incidents.toml for incidents.csv or incidents.csv.gz."""
    stem = path.name
    while (shorter := Path(stem).stem) != stem:
        stem = shorter
        beside = path.with_name(f"{stem}.toml")
        if beside != path and beside.is_file() and _HAS_COLUMNS.search(_read(beside)):
            return beside
    return None


def read_mapping(path: Path, table: Path, names: Sequence[str]) -> TableMapping:
    """Return the mapping in a file for a table with these columns. Raises MappingError with all that is wrong."""
    try:
        value = tomllib.loads(_read(path).decode())
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MappingError(f"{path.name} is no TOML: {error}") from None
    except UnicodeDecodeError:
        raise MappingError(f"{path.name} is not UTF-8", "save it as UTF-8") from None
    reading = _Reading(value, names)
    mapping = reading.read(table)
    if reading.faults:
        raise MappingError(f"{path.name} does not fit {table.name}", *reading.faults)
    return mapping


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES)


@dataclass(slots=True)
class _Reading:
    """One mapping while it is read; `faults` are sentences."""

    value: dict[str, Any]
    names: Sequence[str]
    faults: list[str] = field(default_factory=list)

    def read(self, table: Path) -> TableMapping:
        self._require_known("", self.value, SECTIONS)
        stem = table.name.partition(".")[0]
        dataset = self._texts("dataset", DATASET_KEYS)
        name = dataset.get("name") or slugify(stem) or "table"
        if not _NAME.fullmatch(name):
            self._fault("dataset.name", f'"{name}" is no short name; write it "{slugify(name) or "incidents"}"')
        columns = {key: self._index(f"columns.{key}", each) for key, each in self._texts("columns", FIELDS).items()}
        always = self._texts("always", FIELDS)
        for key in columns.keys() & always.keys():
            self._fault(f"always.{key}", "the field has a column too; leave out one of them")
        if not (columns.keys() | always.keys()) & {"date", "place"}:
            self._fault("columns", "an event needs a date or a place: name their columns")
        values, order = self._values()
        title = dataset.get("title") or stem
        return TableMapping(
            name, title, dataset.get("recorder") or title, dataset.get("licence"), dataset.get("url"),
            {key: index for key, index in columns.items() if index is not None}, always, self._figures(), values, order,
        )  # fmt: skip

    def _figures(self) -> tuple[tuple[int, FigureColumn], ...]:
        found: list[tuple[int, FigureColumn]] = []
        taken: dict[tuple[object, ...], str] = {}
        for column, text in self._texts("figures", None).items():
            index = self._index(f'figures."{column}"', column)
            try:
                spec = read_spec(column, text)
            except QuantityError as error:
                self._fault(f'figures."{column}"', str(error))
                continue
            first = taken.setdefault((*spec.about, spec.bound), column)
            if first != column:
                self._fault(f'figures."{column}"', f'the column "{first}" counts the same')
            if index is not None:
                found.append((index, spec))
        return tuple(found)

    def _values(self) -> tuple[dict[str, dict[str, str]], DayOrder | None]:
        section = self._section("values")
        self._require_known("values", section, [*FIELDS, "dates"])
        order, found = None, {}
        for key, each in section.items():
            if key == "dates":
                order = next((one for one in DayOrder if one.value == each), None)
                if order is None:
                    self._fault("values.dates", f'it is "{DayOrder.DAY_FIRST.value}" or "{DayOrder.MONTH_FIRST.value}"')
            elif not isinstance(each, dict) or not all(isinstance(one, str) for one in each.values()):
                self._fault(f"values.{key}", 'write it { "your word" = "ours" }')
            else:
                found[key] = {fold(theirs) or theirs: ours.strip() for theirs, ours in each.items()}
        return found, order

    def _texts(self, name: str, known: Iterable[str] | None) -> dict[str, str]:
        """Return the texts of a section, without those that are blank."""
        section = self._section(name)
        if known is not None:
            self._require_known(name, section, known)
        texts: dict[str, str] = {}
        for key, each in section.items():
            if not isinstance(each, str):
                self._fault(f"{name}.{key}", f"it is a text: write it in quotation marks, not {str(each)[:40]}")
            elif each.strip():
                texts[key] = each.strip()
        return texts

    def _section(self, name: str) -> dict[str, Any]:
        section = self.value.get(name, {})
        if isinstance(section, dict):
            return section
        self._fault(name, f"write it as a section: [{name}]")
        return {}

    def _require_known(self, where: str, section: Mapping[str, Any], known: Iterable[str]) -> None:
        for key in [each for each in section if each not in set(known)]:
            near = nearest_names(key, known, limit=1, at_least=70)
            hint = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(known)}"
            self._fault(f"{where}.{key}".lstrip("."), f"nothing is called so; {hint}")

    def _index(self, where: str, column: str) -> int | None:
        """Return where a column stands; it may be written in another case, and "column 3" is the third."""
        for spelling in (str.strip, fold):
            places = [index for index, name in enumerate(self.names) if spelling(name) == spelling(column)]
            if len(places) == 1:
                return places[0]
            if places:
                self._fault(where, f'{len(places)} columns are called "{column}"; give them different names')
                return None
        match = re.fullmatch(r"column ([0-9]{1,4})", column)
        if match and 0 < int(match[1]) <= len(self.names) and not self.names[int(match[1]) - 1]:
            return int(match[1]) - 1
        named = [name for name in self.names if name]
        near = nearest_names(column, named, limit=1)
        hint = f'did you mean "{near[0]}"?' if near else f"it has: {', '.join(named[:20])}"
        self._fault(where, f'the table has no column "{column}"; {hint}')
        return None

    def _fault(self, where: str, why: str) -> None:
        self.faults.append(f"{where}: {why}")
