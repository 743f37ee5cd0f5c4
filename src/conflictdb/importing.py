"""Where an import writes: an existing database, a new one, or for a dry run one that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from conflictdb.config import Target
from conflictdb.domain.report import ImportReport
from conflictdb.ingest import import_file, rehearsal, rehearse_file
from conflictdb.setup import create_database, exists, prepare_writing

Take = Callable[..., ImportReport]
"""Imports the file at a path; takes `options`, `name` and `progress` as `import_file` does."""


@contextmanager
def prepared(target: Target, dry_run: bool) -> Iterator[tuple[Take, str | None]]:
    """Give what imports files into `target`, and a line to tell where that was made; a dry run leaves nothing behind.

    The files of a dry run see what those before them brought, as they would in earnest.
    """
    if not dry_run:
        notice = prepare_writing(target)
        yield partial(import_file, target), notice
    elif exists(target):
        with rehearsal(target) as connection:
            yield partial(rehearse_file, connection), None
    else:
        with tempfile.TemporaryDirectory(prefix="conflictdb-") as folder:
            draft = Target(named=True, path=Path(folder) / "dry-run.sqlite3")
            create_database(draft, seed=not target.named)
            with rehearsal(draft) as connection:
                yield partial(rehearse_file, connection), f"{target} does not exist; an import would make it"
