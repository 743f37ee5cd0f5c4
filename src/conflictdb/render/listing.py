"""What a command hands over to be written: rows, the columns to show of them, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Generic, Literal, TypeVar

from conflictdb.domain.rows import Row
from conflictdb.render.lines import Line

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)  # no slots: with Generic they break Column[ClaimRow](...)
class Column(Generic[R]):
    """One column of a table. `keep`: never cut, as figures, keys and dates must not be.

    `spare`: where a table is too narrow to give each of its columns `least` cells, the column is left out, the one
    with the highest number first; 0 is never left out.
    """

    header: str
    text: Callable[[R], str]
    align: Literal["left", "right"] = "left"
    keep: bool = False
    spare: int = 0
    least: int = 10


@dataclass(frozen=True)
class Listing(Generic[R]):
    """The answer to a command, in every format that it may take.

    `rows` may be a generator: only tables collect it. Rows of one group must follow one another.
    """

    command: str
    query: str | None
    policy: str | None
    basis: str | None
    rows: Iterable[R]
    columns: tuple[Column[R], ...]
    group: Callable[[R], str] | None = None
    title: str = ""
    empty: str = "nothing found"
    warnings: tuple[str, ...] = ()
    footer: str = ""
    dim: Callable[[R], bool] | None = None
    strong: Callable[[R], bool] | None = None
    fields: tuple[str, ...] = ()
    """The names of what a row's dict holds, for the header of a CSV file without rows."""
    screen: Callable[[int], Iterable[Line]] | None = None
    """Where one thing is shown whole: its lines at a width, in place of a table."""
    page: Callable[[], str] | None = None
    """The same as a Markdown page."""
    as_of: str | None = None
    """The date (EDTF) up to which statements count, if not all of them do."""
    undated: bool = False
    """Whether undated statements count then."""
    records: Iterable[Row] | None = None
    """What CSV lists where a row is too deep for it, such as the claims of an event."""


@dataclass(frozen=True, slots=True)
class SqlRow(Row):
    """A row whose columns are known only when it is read, such as that of a query in SQL."""

    values: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return the columns and their values."""
        return dict(self.values)


def field_names(row_type: type[Row]) -> tuple[str, ...]:
    """Return what `to_dict()` of such rows holds, in order."""
    return tuple(field.name for field in fields(row_type))  # type: ignore[arg-type]
