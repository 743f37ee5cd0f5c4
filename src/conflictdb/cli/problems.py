"""The CSV file of an import's problems and warnings: one row each, file by file as they are imported."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from conflictdb.domain.formulas import defuse
from conflictdb.errors import ConflictDBError, UsageError

if TYPE_CHECKING:
    from conflictdb.domain.records import Problem

Note = Callable[["Problem"], None]
"""Writes one problem down."""
COLUMNS = ("kind", "file", "line", "event", "field", "value", "why")


@contextmanager
def problem_file(path: Path | None, others: Sequence[str | Path | None]) -> Iterator[Note]:
    """Give what writes problems to `path`, or nowhere; it may be none of the other files of the command.

    Raises UsageError where the file could not be, and ConflictDBError where it cannot be written.
    """
    if path is None:
        yield lambda _: None
        return
    _require_place(path, others)
    with _telling(path, "nothing was imported"):
        file = path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
    writer = csv.writer(file, lineterminator="\n")

    def write(row: Sequence[object]) -> None:
        with _telling(path, "what was imported before is told above"):
            writer.writerow([defuse(cell) if isinstance(cell, str) else cell for cell in row])

    def note(problem: Problem) -> None:
        kind = "warning" if problem.warning else "refused"
        write((kind, problem.path, problem.line, problem.event, problem.field, problem.value, problem.why))

    try:
        write(COLUMNS)
        yield note
    finally:
        with _telling(path, "what was imported is told above"):
            file.close()


@contextmanager
def _telling(path: Path, so_far: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConflictDBError(f"cannot write the problems to {path}: {error.strerror or error}", so_far) from error


def _require_place(path: Path, others: Sequence[str | Path | None]) -> None:
    """Raise UsageError before anything is imported where the file could not be, or is one that the command reads."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder", "name a CSV file for the problems")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {path.parent} for the problems", "make it, or name another place")
    if any(other is not None and _are_same(path, Path(other)) for other in others):
        raise UsageError(f"the problems would be written over {path}", "name another file for them")


def _are_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:  # one of them is not there
        return False
