"""What an importer is, and how the installed ones are found."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol, runtime_checkable

from conflictdb.domain.nearest import nearest_names
from conflictdb.domain.records import Problem, Record
from conflictdb.errors import FormatError, ImportFailedError

GROUP = "conflictdb.importers"
HEAD_BYTES = 65_536
"""How much of a file `identify` looks at."""


@runtime_checkable
class Importer(Protocol):
    """Reads one format. Registered under the entry point group `conflictdb.importers` by its `name`."""

    name: str
    version: str
    title: str

    def identify(self, path: Path) -> bool:
        """Return whether the file's content, not its name, looks like this format; cheap."""

    def extract(self, path: Path) -> Iterator[Record | Problem]:
        """Stream what the file holds. Raises ImportFailedError where it cannot be read at all."""


def installed_importers() -> dict[str, Importer]:
    """Return every installed importer by name, ours and third parties'."""
    return {point.name: point.load()() for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)}


def find_importer(path: Path, name: str | None = None) -> Importer:
    """Return the importer named, or the one that recognises the file. Raises FormatError for none, or for several."""
    known = installed_importers()
    if name is not None:
        if name not in known:
            near = nearest_names(name, known) or tuple(known)
            raise FormatError(f"no importer is called {name!r}", f"known: {', '.join(near)}")
        return known[name]
    fitting = [importer for importer in known.values() if importer.identify(path)]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        titles = "; ".join(f"{importer.name} ({importer.title})" for importer in known.values())
        raise ImportFailedError(f"the format of {path.name} is not known", f"conflictdb reads: {titles}")
    names = ", ".join(importer.name for importer in fitting)
    raise FormatError(f"{path.name} may be any of: {names}", "say which, e.g. --format-of " + fitting[0].name)


def read_head(path: Path) -> bytes:
    """Return the beginning of a file."""
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)
