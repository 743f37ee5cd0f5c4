"""One row of ACLED's list of deleted events."""

from __future__ import annotations

from conflictdb.domain.coded import Deletion, KnownElsewhere
from conflictdb.importers.acled.dates import read_timestamp
from conflictdb.importers.tabular.rows import OURS, FaultError


def read_deletion(line: int, cells: tuple[str, ...], original: tuple[str, ...]) -> Deletion | KnownElsewhere:
    """Return what is deleted and on which UTC day, None where that is not told. Raises FaultError."""
    native_id, deleted = map(str.strip, cells)
    if native_id in ("", "NA"):
        raise FaultError("event_id_cnty", native_id, "there is no id")
    if native_id.startswith(OURS):
        return KnownElsewhere(line, native_id.removeprefix(OURS))
    day, _, warnings = read_timestamp("" if deleted == "NA" else deleted, "deleted_timestamp")
    if warnings:
        raise FaultError(*warnings[0])
    return Deletion(line, native_id, day)
