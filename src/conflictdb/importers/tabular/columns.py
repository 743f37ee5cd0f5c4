"""What columns a dataset has, and where they stand in one file: found by name, in any order and spelling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from conflictdb.domain.nearest import nearest_names
from conflictdb.errors import ImportFailedError

_BLANK = [""]
_IGNORED = str.maketrans("", "", " _-\t\u00a0\ufeff")


class MissingColumnError(ImportFailedError):
    """The table lacks columns without which nothing in it can be read."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a dataset: the name we use, which is the dataset's present one, and what it holds.

    `meaning` is a phrase for the page of formats, with the codebook it comes from. `also` are older and other names.
    `codes` are the codes that stand in its cells, with the word for each.
    """

    name: str
    meaning: str
    also: tuple[str, ...] = ()
    required: bool = False
    codes: Mapping[str, str] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return all its names, the present one first."""
        return (self.name, *self.also)


class Layout:
    """Where the declared columns stand in one file.

    `present` are the declared columns that the file has; `doubled` are those of them whose name stands over several
    columns, of which the first is taken; `extra` are index and name of those that nobody declared.
    Raises MissingColumnError, with the nearest names, where a required column is not there.
    """

    present: frozenset[str]
    doubled: tuple[str, ...]
    extra: tuple[tuple[int, str], ...]

    def __init__(self, columns: Sequence[Column], names: Sequence[str]) -> None:
        found = _find(columns, names)
        taken = set(found.values())
        plain = Counter(map(_plain, names))
        self.doubled = tuple(names[index] for index in sorted(taken) if plain[_plain(names[index])] > 1)
        self.present = frozenset(found)
        self.extra = tuple((index, name) for index, name in enumerate(names) if index not in taken)
        _require([column for column in columns if column.required and column.name not in found], self.extra)
        self._indexes = tuple(found.get(column.name, -1) for column in columns)

    @property
    def places(self) -> tuple[int, ...]:
        """Return where each declared column stands in a row, in the declared order; -1 for one that is not there."""
        return self._indexes

    def pick(self) -> Callable[[list[str]], tuple[str, ...]]:
        """Return the function that puts a row's cells in the declared order; a column that is not there gives "".

        The row must have as many cells as the header, or more: `Table.bad_row` tells.
        """
        indexes = self._indexes
        if len(indexes) < 2:
            return lambda row: tuple([*row, ""][index] for index in indexes)
        take: Callable[[list[str]], tuple[str, ...]] = itemgetter(*indexes)
        if -1 not in indexes:
            return take
        return lambda row: take(row + _BLANK)  # -1, where absent columns are looked for, is then the blank cell


def score(columns: Sequence[Column], names: Sequence[str]) -> float:
    """Return the share of the required columns that are there, from 0 to 1; of all columns, where none is required."""
    wanted = [column for column in columns if column.required] or list(columns)
    return len(_find(wanted, names)) / len(wanted) if wanted else 0.0


def count_present(columns: Sequence[Column], names: Sequence[str]) -> int:
    """Return how many of the columns are there."""
    return len(_find(columns, names))


def _find(columns: Sequence[Column], names: Sequence[str]) -> dict[str, int]:
    """Return the index of each declared column that is there: by its present name before its other ones."""
    places: dict[str, int] = {}
    for index, name in enumerate(names):
        if plain := _plain(name):
            places.setdefault(plain, index)  # of two columns of one name the first counts, and the other is extra
    found = {column.name: places[_plain(column.name)] for column in columns if _plain(column.name) in places}
    taken = set(found.values())
    for column in columns:
        for other in column.also if column.name not in found else ():
            index = places.get(_plain(other), -1)
            if index >= 0 and index not in taken:
                found[column.name] = index
                taken.add(index)
                break
    return found


def _plain(name: str) -> str:
    return name.translate(_IGNORED).casefold()


def _require(missing: Sequence[Column], others: Sequence[tuple[int, str]]) -> None:
    if not missing:
        return
    known = [name for _, name in others if name]
    advice = []
    for column in missing:
        near = nearest_names(column.name, known, limit=1, at_least=75)
        advice.append(f"{column.name}: {column.meaning}" + (f'; is it the column "{near[0]}"?' if near else ""))
    raise MissingColumnError(
        f"the table has no column {', '.join(column.name for column in missing)}",
        *advice,
        "name the columns so in the first row",
    )
