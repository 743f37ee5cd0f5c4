"""Which column fills which field, and what figures count: guessed from names first, and held against the cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from conflictdb.domain.edtf import EdtfError, parse_edtf
from conflictdb.domain.folding import fold
from conflictdb.domain.quantity import QuantityError
from conflictdb.importers.table.draft_words import (
    BOUND_WORDS,
    EMPTY_WORDS,
    FIELD_WORDS,
    LOSS_WORDS,
    THING_WORDS,
    WHOSE_WORDS,
)
from conflictdb.importers.table.fields import FIELDS
from conflictdb.importers.table.specs import read_count, states_nothing
from conflictdb.importers.tabular.cells import CellError, DayReader, latitude, longitude

_ENOUGH = 0.6
"""The share of a column's cells that must be what its name says."""
_HALF = 0.5
"""The share of figures in a column that is called one."""
_ALL = 0.95
"""The share that tells what a column is by itself."""
_WHOLE_NAMES = ("id", "name", "type", "notes")
"""Fields whose words stand in the names of other columns too, as in "village name"."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[a-z])(?=[0-9])")
_EITHER = DayReader()


@dataclass
class SeenColumn:
    """A column with its first cells."""

    name: str
    cells: Sequence[str]
    index: int

    @property
    def header(self) -> str:
        """Return how a mapping names the column."""
        return self.name or f"column {self.index + 1}"

    @cached_property
    def plain(self) -> str:
        """Return its name folded, "eventDate" and "event_date" alike."""
        return fold(_CAMEL.sub(" ", self.name))

    @cached_property
    def stated(self) -> list[str]:
        """Return the cells that state something."""
        return [cell for cell in self.cells if not states_nothing(cell)]

    def share(self, fits: Callable[[str], bool]) -> float:
        """Return the share of the cells that fit; 1 where none states anything."""
        return sum(map(fits, self.stated)) / len(self.stated) if self.stated else 1.0


@dataclass(frozen=True)
class Guess:
    """What a column is taken for, and why."""

    column: SeenColumn
    why: str


@dataclass
class Columns:
    """The columns of a table by what they are taken for; `doubtful` are figures of which it is not known whose."""

    seen: Sequence[SeenColumn]
    fields: dict[str, Guess] = field(default_factory=dict)
    figures: dict[str, Guess] = field(default_factory=dict)
    doubtful: list[tuple[str, Guess]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._find_named()
        for column in self._rest():
            self._find_figure(column)
        self._find_by_content()
        self.fields = {name: self.fields[name] for name in FIELDS if name in self.fields}

    @property
    def unread(self) -> list[SeenColumn]:
        """Return the columns that are taken for nothing."""
        return self._rest()

    def _rest(self) -> list[SeenColumn]:
        guesses = [*self.fields.values(), *self.figures.values(), *(guess for _, guess in self.doubtful)]
        taken = {guess.column.index for guess in guesses}
        return [column for column in self.seen if column.index not in taken]

    def _find_named(self) -> None:
        """Give each field the column whose name fits best, the names that fit wholly first."""
        for fits in (_is_called, _holds_name):
            for name, words in FIELD_WORDS.items():
                wanted = name not in self.fields and not (fits is _holds_name and name in _WHOLE_NAMES)
                for column in self._rest() if wanted else ():
                    if fits(column, words) and _holds(name, column):
                        self.fields[name] = Guess(column, _why(name, column))
                        break

    def _find_figure(self, column: SeenColumn) -> None:
        found = _read_loss(column.plain)
        if found is None or column.share(_is_count) < _HALF:
            return
        spec, doubt = found
        if doubt or spec in self.figures:
            self.doubtful.append((spec, Guess(column, doubt or "another column counts the same: say which of them")))
        else:
            self.figures[spec] = Guess(column, f"{_percent(column, _is_count)} figures")

    def _find_by_content(self) -> None:
        for name, fits in (("date", is_date), ("source", _is_address)):
            for column in self._rest() if name not in self.fields else ():
                if column.stated and column.share(fits) >= _ALL:
                    self.fields[name] = Guess(column, f"guessed: {_percent(column, fits)} {_KINDS[name]}")
                    break


def is_date(cell: str) -> bool:
    """Return whether a cell is written as a date, in either order of day and month, and be it of a day that is none."""
    try:
        parse_edtf(cell)
    except EdtfError:
        pass
    else:
        return True
    try:
        _EITHER.read(cell)
    except CellError as error:
        return "there is no month" in error.why or "has no day" in error.why
    return True


def _is_count(cell: str) -> bool:
    try:
        return read_count(cell) is not None
    except QuantityError:
        return False


def _is_address(cell: str) -> bool:
    return cell.lower().startswith(("https://", "http://", "www."))


def _is_latitude(cell: str) -> bool:
    return _is_degrees(cell, latitude)


def _is_longitude(cell: str) -> bool:
    return _is_degrees(cell, longitude)


def _is_degrees(cell: str, read: Callable[[str], float]) -> bool:
    try:
        read(cell.replace(",", "."))
    except CellError:
        return False
    return True


def _is_words(cell: str) -> bool:
    return any(letter.isalpha() for letter in cell)


_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "date": is_date, "date_end": is_date, "stated_on": is_date, "latitude": _is_latitude, "longitude": _is_longitude,
    "name": _is_words, "type": _is_words, "place": _is_words, "country": _is_words, "side_1": _is_words,
    "side_2": _is_words, "claimant": _is_words, "admin1": _is_words, "admin2": _is_words,
}  # fmt: skip
_KINDS = {
    **dict.fromkeys(("date", "date_end", "stated_on"), "dates"), "latitude": "latitudes", "longitude": "longitudes",
    "source": "addresses",
}  # fmt: skip


def _is_called(column: SeenColumn, words: Sequence[str]) -> bool:
    return column.plain in words


def _holds_name(column: SeenColumn, words: Sequence[str]) -> bool:
    """Return whether a name begins or ends with one of the words, unless it is of a figure."""
    text = column.plain
    known = any(text.startswith(f"{word} ") or text.endswith(f" {word}") for word in words if len(word) > 2)
    return known and _read_loss(text) is None


def _holds(name: str, column: SeenColumn) -> bool:
    """Return whether the cells are what the field needs; ids are there in every row, and mostly differ."""
    if name == "id":
        differ = len(set(column.cells)) * 2 >= len(column.cells)
        return bool(column.stated) and "" not in column.cells and differ and not column.share(is_full_date) > _ENOUGH
    return name not in _CHECKS or column.share(_CHECKS[name]) >= _ENOUGH


def is_full_date(cell: str) -> bool:
    """Return whether a cell is a date and no mere number, as a year or an id is."""
    return not cell.isdigit() and is_date(cell)


def _why(name: str, column: SeenColumn) -> str:
    check, kind = _CHECKS.get(name), _KINDS.get(name)
    return f"{_percent(column, check)} {kind}" if check and kind and column.stated else ""


def _percent(column: SeenColumn, fits: Callable[[str], bool]) -> str:
    if not column.stated:
        return "blank so far;"
    return f"{sum(map(fits, column.stated))} of {len(column.stated)} cells are"


def _read_loss(text: str) -> tuple[str, str] | None:
    """Return what a folded name of a column counts, and why that is not sure; None where it counts nothing known."""
    what, rest = _take(text, LOSS_WORDS)
    if what is None:
        if THING_WORDS & set(text.split()):
            return "vehicles destroyed", "say of which things, what became of them, and whose they were"
        return None
    bound, rest = _take(rest, BOUND_WORDS)
    whose, rest = _take(rest, WHOSE_WORDS)
    left = [word for word in rest.split() if word not in EMPTY_WORDS]
    spec = " ".join(filter(None, (what, bound, whose or ("side_1" if left else None))))
    return spec, f"say whose: {' '.join(left)} is no side; side_1, side_2, civilians" if left else ""


def _take(text: str, words: Mapping[str, Sequence[str]]) -> tuple[str | None, str]:
    """Return what a text says by the longest of its known words, and the text without that word."""
    found = [(len(word), ours, word) for ours, theirs in words.items() for word in theirs if f" {word} " in f" {text} "]
    if not found:
        return None, text
    _, ours, word = max(found)
    return ours, f" {text} ".replace(f" {word} ", " ", 1).strip()
