"""Files that come to be whole or not at all: written beside their place, and moved there at the end."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conflictdb.errors import ConflictDBError, UsageError


def require_place(path: Path, *, force: bool) -> None:
    """Raise UsageError where a file cannot go to `path`, before any work is done."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder", f"name a file in it, e.g. {path / 'events.csv'}")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}", "make it, or name another place")
    if path.exists() and not force:
        raise UsageError(f"{path} exists already", "name another file, or replace it with --force")


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Give a file to write, which takes the place of `path` at the end; where anything fails, nothing is left of it.

    Raises ConflictDBError where it cannot be written.
    """
    place = path.resolve()
    try:
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:80]}.", suffix=".part")
    except OSError as error:
        raise _explain(path, error) from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(_mode(place))
        part.replace(place)
    except OSError as error:
        raise _explain(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _mode(place: Path) -> int:
    """Return the rights of the file that is replaced, or those that the user's new files get."""
    if place.exists():
        return place.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _explain(path: Path, error: OSError) -> ConflictDBError:
    return ConflictDBError(
        f"cannot write {path}: {error.strerror or error}",
        "check the rights to the folder and the room on the disk; nothing was written",
    )
