"""UCDP GED and Candidate: a row an event, in every layout from 1.x to 26.x and as other sites copy them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from conflictdb.domain.coded import CodedEvent, CodedRow, CodedWarning, DatasetRecord, KnownElsewhere
from conflictdb.domain.records import Problem
from conflictdb.errors import ConflictDBError
from conflictdb.importers.tabular.cells import iso_day
from conflictdb.importers.tabular.columns import score
from conflictdb.importers.tabular.reader import Table, find_names, open_table
from conflictdb.importers.tabular.refusal import CellError
from conflictdb.importers.tabular.rows import FaultError, coded_rows, read_all
from conflictdb.importers.ucdp.columns import COLUMNS, ORDER_OF_19_1, STANDARD_ORDER, TYPES
from conflictdb.importers.ucdp.recorder import (
    CANDIDATE_CITATION,
    GED_CITATION,
    LICENCE,
    URL,
    make_recorder,
    make_source,
)
from conflictdb.importers.ucdp.releases import GED_RELEASES, is_candidate, release_of
from conflictdb.importers.ucdp.rows import READ, read_id, read_row

NAME = "ucdp-ged"
TITLE = "UCDP Georeferenced Event Dataset"
CANDIDATE_TITLE = "UCDP Candidate Events Dataset"

_ENOUGH = 0.75
"""Of the required columns: a file that lacks one is recognised, and then told which."""

_ORDERS = {len(STANDARD_ORDER): (STANDARD_ORDER, "GED 22.1 to 26.1"), len(ORDER_OF_19_1): (ORDER_OF_19_1, "GED 19.1")}


class GedImporter:
    """Recognises and reads UCDP's events."""

    name = NAME
    version = "1"
    title = "UCDP GED and Candidate events, CSV or XLSX; also copies of the Humanitarian Data Exchange"
    about = (
        "Recorder: the Uppsala Conflict Data Program. Licence CC BY 4.0; cite Sundberg and Melander (2013), and Davies,"
        " Pettersson and Öberg; for Candidate releases also Hegre, Croicu, Eck and Högbladh (2020). A row is an event,"
        " with its UCDP number; both sides are its combatants, but civilians are not. Each side that lost anybody gets"
        " an estimate of the killed, from the best estimate alone; the event in all gets one with low and high as its"
        " bounds. What the reports name as their source is kept as what the estimate is based on, and makes no claim."
        " Rows whose low, best and high are not in order are taken with a warning. The release is read from the file's"
        " name. All cells stay with the event as they were."
    )
    columns = COLUMNS

    def identify(self, path: Path) -> bool:
        """Return whether the table's header is GED's, or its first row is one of GED without a header."""
        try:
            names = find_names(path)
        except ConflictDBError:  # a zip of several files, of which the user must choose one
            return False
        kinds = [name for name in names if name.replace("_", "").replace(" ", "").lower() == "typeofviolence"]
        return (bool(kinds) and score(COLUMNS, names) >= _ENOUGH) or find_order(names) is not None

    def extract(self, path: Path) -> Iterator[DatasetRecord | CodedEvent | KnownElsewhere | Problem]:
        """Stream the dataset, then its events. Raises ImportFailedError where the table cannot be read."""
        return read_all(self.extract_rows(path))

    def extract_rows(self, path: Path) -> Iterator[DatasetRecord | CodedRow | CodedEvent | KnownElsewhere | Problem]:
        """Stream the dataset, then its rows, which wait to be read."""
        with open_table(path) as table:
            order = find_order(table.names)
            names = order[0] if order else table.names
            yield _describe(table, names, path)
            if order is None:
                yield from coded_rows(path, table, READ, read_row)
            else:
                rows = chain([(1, list(table.names))], table.rows())
                yield from _warn_first(coded_rows(path, table, READ, read_row, rows, names), order[1])


def _describe(table: Table, names: Sequence[str], path: Path) -> DatasetRecord:
    """Return the dataset; the release is in a column of some copies, and in the file's name elsewhere."""
    first = table.peek(1)
    cell = dict(zip((name.lower() for name in names), first[0], strict=False)).get("version", "") if first else ""
    release = release_of(path.name, cell)
    candidate = is_candidate(release)
    return DatasetRecord(
        name=NAME,
        title=CANDIDATE_TITLE if candidate else TITLE,
        recorder=make_recorder(NAME),
        source=make_source(NAME, TITLE),
        release=release,
        released_on=GED_RELEASES.get(release),
        licence=LICENCE,
        citation=CANDIDATE_CITATION if candidate else GED_CITATION,
        url=URL,
        columns=tuple(name or f"column {number}" for number, name in enumerate(names, 1)),
        read_as=table.dialect_text,
        known_releases=GED_RELEASES,
    )


def find_order(names: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
    """Return the columns of a file without a header, and the releases that have them; None where it has one.

    `names` is the first row: in such a file it has as many cells as GED has columns, and an id, a type of violence and
    a date at their places.
    """
    order = _ORDERS.get(len(names))
    if order is None:
        return None
    row = dict(zip(order[0], names, strict=True))
    try:
        read_id(row["id"])
        iso_day(row["date_start"])
    except (FaultError, CellError):
        return None
    return order if row["type_of_violence"].removesuffix(".0") in TYPES else None


def _warn_first(
    rows: Iterator[CodedRow | KnownElsewhere | Problem], order: str
) -> Iterator[CodedRow | CodedEvent | KnownElsewhere | Problem]:
    """Add to the first event that the file has no header."""
    warning = CodedWarning("", "", f"no header row; read in the order of {order}")
    for row in rows:
        found = row.read() if isinstance(row, CodedRow) else row
        if isinstance(found, CodedEvent):
            yield found._replace(warnings=(warning, *found.warnings))
            break
        yield found
    yield from rows
