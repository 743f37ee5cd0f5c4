"""Draft how a table of the user's own is to be read, and keep the draft beside it."""

from __future__ import annotations

from pathlib import Path

from conflictdb.errors import ImportFailedError, UsageError


def draft(path: Path) -> str:
    """Return a mapping in TOML for the table in a file. Raises ImportFailedError where there is none."""
    from conflictdb.importers.table.draft import draft_mapping

    if path.is_dir():
        raise ImportFailedError(f"{path} is a folder", "name a table in it, CSV or XLSX")
    try:
        return draft_mapping(path)
    except FileNotFoundError:
        raise ImportFailedError(f"there is no file {path}", "check the name, and the folder you are in") from None
    except OSError as error:
        raise ImportFailedError(f"cannot read {path}: {error.strerror or error}") from None


def place_beside(path: Path) -> Path:
    """Return where the mapping of a table is looked for: incidents.toml for incidents.csv or incidents.csv.gz."""
    return path.with_name(f"{path.name.partition('.')[0] or path.name}.toml")


def keep(text: str, place: Path) -> None:
    """Write a mapping to a new file. Raises UsageError where there is one, which is never written over."""
    try:
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(
            f"{place} is there already, and is not written over", "move it away, or name another"
        ) from None
    except OSError as error:
        raise UsageError(f"cannot write {place}: {error.strerror or error}", "name another place, with -o") from None
