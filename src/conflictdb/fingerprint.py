"""What stands for a file in the history of imports: its SHA-256, its size, and how many lines it has."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from conflictdb.errors import ImportFailedError
from conflictdb.importers.files import GZIP, ZIP, split_member

_BLOCK = 1 << 20


class Fingerprint(NamedTuple):
    """Of a folder: of its files, by name. `lines` is None where a file is packed, so that they cannot be seen."""

    sha256: str
    size: int
    lines: int | None


State = tuple[tuple[str, int, int], ...]
"""The name, size and time of change of a file, or of each in a folder."""


def fingerprint(path: Path) -> Fingerprint:
    """Read a file, or every file of a folder, once through."""
    digest, size, lines, packed = hashlib.sha256(), 0, 0, False
    archive, _ = split_member(path)
    for each in _files(archive):
        with each.open("rb") as file:
            if archive.is_dir():
                digest.update(each.name.encode(errors="surrogateescape"))
            while block := file.read(_BLOCK):
                packed = packed or (file.tell() <= _BLOCK and block.startswith((GZIP, ZIP)))
                digest.update(block)
                size += len(block)
                lines += block.count(b"\n")
    return Fingerprint(digest.hexdigest(), size, None if packed or archive.is_dir() else lines)


def state_of(path: Path) -> State:
    """Return what differs once a file, or one in a folder, is written to."""
    archive, _ = split_member(path)
    found = ((each.name, each.stat()) for each in _files(archive))
    return tuple((name, about.st_size, about.st_mtime_ns) for name, about in found)


def _files(archive: Path) -> list[Path]:
    return sorted(each for each in archive.iterdir() if each.is_file()) if archive.is_dir() else [archive]


def require_file(path: Path, name: str) -> None:
    """Raise ImportFailedError where there is nothing to read at `path`, which the user calls `name`."""
    archive, _ = split_member(path)
    if archive.is_dir() and not any(archive.iterdir()):
        raise ImportFailedError(f"{name} is an empty folder", "name a file, or the folder of a dataset")
    if not archive.exists():
        raise ImportFailedError(f"there is no file {name}", "check the name, and the folder you are in")
    if archive.is_file() and archive.stat().st_size == 0:
        raise ImportFailedError(f"{name} is empty", "nothing was imported")
