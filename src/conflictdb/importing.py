"""Where an import writes: an existing database, a new one, or for a dry run one that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conflictdb.config import Target
from conflictdb.setup import create_database, exists, prepare_writing


@contextmanager
def prepared(target: Target, dry_run: bool) -> Iterator[tuple[Target, str | None]]:
    """Give the database to import into and a line to tell where it was made; a dry run leaves nothing behind."""
    if not dry_run or exists(target):
        yield target, prepare_writing(target)
        return
    with tempfile.TemporaryDirectory(prefix="conflictdb-") as folder:
        draft = Target(named=True, path=Path(folder) / "dry-run.sqlite3")
        create_database(draft, seed=not target.named)
        yield draft, f"{target} does not exist; an import would make it"
