"""conflictdb keeps the claims: who said what, about whose losses, when, and in which document.

    import conflictdb

    db = conflictdb.open()
    db.event("dioura-2019")
    db.casualties("country:MLI", policy="range")

Importing the package loads nothing heavy; `open` does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conflictdb.database import Database

__version__ = "0.1.0"

__all__ = ["__version__", "open"]


def open(database: str | Path | None = None) -> Database:
    """Open a database for reading: a path, a postgresql:// URL, or the default one (made on first use).

    Raises errors.DatabaseMissingError where the one that is named does not exist, SchemaVersionError where it
    is older or newer than this version of conflictdb.
    """
    from conflictdb.database import Database

    opened = Database(database)
    with opened.reading():
        return opened
