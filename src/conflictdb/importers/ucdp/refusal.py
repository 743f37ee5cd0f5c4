"""Cells of UCDP's tables, refused with the name of their column."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from conflictdb.importers.tabular.refusal import CellError
from conflictdb.importers.tabular.rows import FaultError

T = TypeVar("T")


def read_cell(read: Callable[[str], T], field: str, text: str) -> T:
    """Return what `read` makes of a cell; raises FaultError, with the column, where that raises CellError."""
    try:
        return read(text)
    except CellError as error:
        raise FaultError(field, text, error.why) from None
