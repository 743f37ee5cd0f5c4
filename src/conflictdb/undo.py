"""Undo an import run: withdraw what it claimed, delete nothing."""

from __future__ import annotations

from dataclasses import dataclass

from conflictdb import __version__
from conflictdb.config import Target
from conflictdb.errors import ConflictDBError, NotFoundError
from conflictdb.ingest import now
from conflictdb.store import schema
from conflictdb.store.engine import writing
from conflictdb.store.write.restored import find_later_run
from conflictdb.store.write.runs import UNDO, begin_run, find_run, finish_run, undo_run

LARGEST_ID = 2**31 - 1
"""What an integer column of PostgreSQL holds."""


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What undoing a run withdrew; `undo` is the number of the run that did it."""

    run: int
    undo: int
    claims: int
    links: int
    timeline: int


def undo_import(target: Target, run: int) -> UndoReport:
    """Withdraw what the import run claimed.

    Raises NotFoundError, and ConflictDBError where it is undone already, or where a later run of its dataset builds
    on it.
    """
    with writing(target) as connection:
        schema.require_head(connection, target)
        row = find_run(connection, run) if run <= LARGEST_ID else None
        if row is None:
            raise NotFoundError(f"no import run {run}", "list them with: conflictdb imports")
        if row["importer"] == UNDO:
            raise ConflictDBError(f"run {run} is itself an undo", "to take it back, import the file again")
        if row["undone_on"] is not None:
            raise ConflictDBError(
                f"run {run} was undone on {row['undone_on']}", "to take it back, import the file again"
            )
        later = find_later_run(connection, run)
        if later is not None:
            raise ConflictDBError(
                f"run {run} cannot be undone before run {later}, which read other versions of its rows",
                f"undo run {later} first; what it read can be imported again afterwards",
            )
        undo = begin_run(
            connection,
            {
                "file": f"undo of run {run}: {row['file']}", "sha256": row["sha256"], "importer": UNDO,
                "importer_version": "1", "program_version": __version__, "started_at": now(),
            },
        )  # fmt: skip
        counts = undo_run(connection, run, undo, now())
        report = UndoReport(run, undo, counts["claim"], counts["claim_link"], counts["timeline_entry"])
        finish_run(connection, undo, {"claims": {"withdrawn": report.claims}}, now())
    return report
