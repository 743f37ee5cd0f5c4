"""GTD: the Global Terrorism Database of START, University of Maryland."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from conflictdb.domain.coded import CodedEvent, CodedRow, DatasetRecord, KnownElsewhere
from conflictdb.domain.records import Problem
from conflictdb.importers.gtd.columns import COLUMNS, looks_like_gtd
from conflictdb.importers.tabular.reader import open_table
from conflictdb.importers.tabular.rows import coded_rows, column_names, read_all


class GtdImporter:
    """Reads the Global Terrorism Database."""

    name = "gtd"
    version = "1"
    title = "Global Terrorism Database, XLSX or CSV"
    about = (
        "Incidents of the Global Terrorism Database of START, University of Maryland, whose licence forbids to pass "
        "the data on; cite it as start.umd.edu/gtd asks. A row is one incident, known by eventid; the groups that are "
        "held to have done it are the attackers, of side 1, and who was attacked is side 2. nkill and nwound count "
        "attackers too and are estimates of all; nkillter and nwoundte are of side 1, and the victims', of side 2, "
        "are the difference where both are known. -9, -99 and blank are unknown, which is no claim; 0 is a claim of "
        "0. A fraction, as of a total split over linked incidents, is kept as the range of whole numbers around it. A "
        "group's claim of responsibility is its own claim, and a mere suspicion is GTD's."
    )
    columns = COLUMNS

    def identify(self, path: Path) -> bool:
        """Return whether the header is GTD's."""
        return looks_like_gtd(path)

    def extract(self, path: Path) -> Iterator[DatasetRecord | CodedEvent | KnownElsewhere | Problem]:
        """Stream the dataset and its incidents. Raises ImportFailedError."""
        return read_all(self.extract_rows(path))

    def extract_rows(self, path: Path) -> Iterator[DatasetRecord | CodedRow | KnownElsewhere | Problem]:
        """Stream the dataset and its rows, which wait to be read."""
        from conflictdb.importers.gtd.dataset import describe_gtd
        from conflictdb.importers.gtd.events import read_event

        with open_table(path) as table:
            yield describe_gtd(path, column_names(table.names), table.dialect_text)
            yield from coded_rows(path, table, COLUMNS, read_event)
