"""What an importer is, and how the installed ones are found."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol, TypeGuard, runtime_checkable

from conflictdb.domain.coded import CodedEvent, CodedRow, DatasetRecord, Deletion, KnownElsewhere
from conflictdb.domain.nearest import nearest_names
from conflictdb.domain.records import Problem, Record
from conflictdb.errors import ConflictDBError, FormatError, ImportFailedError
from conflictdb.importers import files

GROUP = "conflictdb.importers"
Extracted = Record | DatasetRecord | CodedEvent | Deletion | KnownElsewhere | Problem
"""What an importer yields."""


@runtime_checkable
class Importer(Protocol):
    """Reads one format. Registered under the entry point group `conflictdb.importers` by its `name`."""

    name: str
    version: str
    title: str

    def identify(self, path: Path) -> bool:
        """Return whether the file's content, not its name, looks like this format; cheap."""

    def extract(self, path: Path) -> Iterator[Extracted]:
        """Stream what the file holds; of a dataset's rows, the DatasetRecord first.

        Raises ImportFailedError where it cannot be read at all.
        """


class LazyImporter(Importer, Protocol):
    """An importer of a dataset that leaves rows to be read until it is known that they are not known word for word."""

    def extract_rows(self, path: Path) -> Iterator[Extracted | CodedRow]:
        """Stream as `extract` does, with rows for events."""


def extract(importer: Importer, path: Path) -> Iterator[Extracted | CodedRow]:
    """Stream what the file holds, leaving rows to be read where the importer can."""
    return importer.extract_rows(path) if is_lazy(importer) else importer.extract(path)


def is_lazy(importer: Importer) -> TypeGuard[LazyImporter]:
    """Return whether an importer can leave rows to be read."""
    return hasattr(importer, "extract_rows")


def installed_importers() -> dict[str, Importer]:
    """Return every installed importer by name, ours and third parties'."""
    return {point.name: point.load()() for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)}


def find_importer(path: Path, name: str | None = None, mapping: Path | None = None) -> Importer:
    """Return the importer named, or the one that recognises the file; with a mapping, the one for tables.

    Raises FormatError for none, or for several.
    """
    known = installed_importers()
    if mapping is not None:
        from conflictdb.importers.table import TableImporter

        if name not in (None, TableImporter.name):
            raise FormatError(f"a mapping is for tables of your own; {name} needs none", "leave out --mapping")
        return TableImporter(mapping)
    if name is not None:
        if name not in known:
            near = nearest_names(name, known) or tuple(known)
            raise FormatError(f"no importer is called {name!r}", f"known: {', '.join(near)}")
        return known[name]
    fitting = _find_fitting(path, known)
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        titles = (f"  {importer.name}: {importer.title}" for importer in known.values())
        advice = (*_advise(path, known), "conflictdb reads:", *titles)
        raise ImportFailedError(f"the format of {path.name} is not known", *advice)
    names = ", ".join(importer.name for importer in fitting)
    raise FormatError(f"{path.name} may be any of: {names}", "say which, e.g. --format-of " + fitting[0].name)


def _find_fitting(path: Path, known: dict[str, Importer]) -> list[Importer]:
    """Return the importers that recognise the file. Raises why it cannot be looked at, where none does."""
    fitting: list[Importer] = []
    refusal: ConflictDBError | None = None
    for importer in known.values():
        try:
            if importer.identify(path):
                fitting.append(importer)
        except ConflictDBError as error:  # a folder, or a zip of several files: most formats are one file
            refusal = refusal or error
    if not fitting and refusal is not None:
        raise refusal
    return fitting


def _advise(path: Path, known: dict[str, Importer]) -> Iterator[str]:
    """Yield what a table of no known format may be. Raises what is wrong with a file that is damaged, or no text."""
    from conflictdb.importers.tabular.columns import count_present
    from conflictdb.importers.tabular.reader import open_table

    with open_table(path) as table:
        names = [name for name in table.names if name]
    if len(names) < 2:
        return
    found = {each.name: count_present(getattr(each, "columns", ()), names) for each in known.values()}
    nearest = max(found, key=lambda name: found[name])
    if found[nearest] * 2 >= len(names) > 3:
        yield f"{found[nearest]} of its {len(names)} columns are those of {nearest}: say --format-of {nearest}"
    yield "for a table of your own, conflictdb map FILE drafts a mapping"


def read_head(path: Path) -> bytes:
    """Return the beginning of a file, unpacked where it is packed; see `files.open_bytes` for what it raises."""
    return files.read_head(path)
