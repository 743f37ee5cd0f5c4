"""ACLED: the Armed Conflict Location & Event Data Project's events, and its lists of events taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from conflictdb.domain.coded import CodedEvent, CodedRow, DatasetRecord, Deletion, KnownElsewhere
from conflictdb.domain.records import Problem
from conflictdb.importers.acled.columns import COLUMNS, DELETION_COLUMNS, looks_like_deletions, looks_like_events
from conflictdb.importers.tabular.reader import open_table
from conflictdb.importers.tabular.rows import coded_rows, column_names, read_all, read_rows


class AcledImporter:
    """Reads exports of ACLED's events, of all vintages since 2014."""

    name = "acled"
    version = "1"
    title = "ACLED events, CSV or XLSX"
    about = (
        "Events of the Armed Conflict Location & Event Data Project, whose terms of use forbid to pass them on; cite "
        "it as acleddata.com asks. A row is one event, known by event_id_cnty. Its fatalities are one estimate by "
        "ACLED of all killed; 0 is kept as a 0 that may mean no information. actor1, actor2 and those associated with "
        "them are combatants of sides 1 and 2, in no role, except for civilians, protesters and rioters, and those "
        "with them. The years in an actor's name are when it was called so. The day of timestamp is when the row was "
        "stated, and of two versions of a row the greater timestamp is the newer. notes are kept as the summary, and "
        "no figure is read from them."
    )
    columns = COLUMNS

    def identify(self, path: Path) -> bool:
        """Return whether the header is that of ACLED's events."""
        return looks_like_events(path)

    def extract(self, path: Path) -> Iterator[DatasetRecord | CodedEvent | KnownElsewhere | Problem]:
        """Stream the dataset and its events. Raises ImportFailedError, and AmbiguousDatesError for its dates."""
        return read_all(self.extract_rows(path))

    def extract_rows(self, path: Path) -> Iterator[DatasetRecord | CodedRow | KnownElsewhere | Problem]:
        """Stream the dataset and its rows, which wait to be read."""
        from conflictdb.importers.acled.dataset import describe_acled
        from conflictdb.importers.acled.dates import DateReader
        from conflictdb.importers.acled.events import EventReader

        with open_table(path) as table:
            yield describe_acled(path, column_names(table.names), table.dialect_text)
            yield from coded_rows(path, table, COLUMNS, EventReader(DateReader(path)).read)


class AcledDeletionsImporter:
    """Reads the lists of events that ACLED has taken back."""

    name = "acled-deletions"
    version = "1"
    title = "ACLED's list of deleted events, CSV or XLSX"
    about = (
        "The list of events that ACLED has deleted, as its interface gives it: event_id_cnty, and deleted_timestamp in "
        "seconds since 1970. What ACLED said of these events is withdrawn from that day on; it stays to be seen."
    )
    columns = DELETION_COLUMNS

    def identify(self, path: Path) -> bool:
        """Return whether the header is that of a list of deleted events."""
        return looks_like_deletions(path)

    def extract(self, path: Path) -> Iterator[DatasetRecord | Deletion | KnownElsewhere | Problem]:
        """Stream the dataset and the ids that are deleted. Raises ImportFailedError."""
        from conflictdb.importers.acled.dataset import describe_acled
        from conflictdb.importers.acled.deletions import read_deletion

        with open_table(path) as table:
            yield describe_acled(path, column_names(table.names), table.dialect_text)
            yield from read_rows(path, table, DELETION_COLUMNS, read_deletion)
