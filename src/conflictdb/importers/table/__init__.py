"""A table of the user's own: any CSV or XLSX, read as a short mapping beside it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from conflictdb.domain.coded import CodedEvent, DatasetRecord
from conflictdb.domain.records import ActorRecord, Problem, Record, SourceRecord
from conflictdb.domain.vocabulary import ActorKind
from conflictdb.errors import ConflictDBError, ImportFailedError
from conflictdb.importers.table.events import EventBuilder
from conflictdb.importers.table.fields import DATES, FIELDS
from conflictdb.importers.table.mapping import TableMapping, find_mapping, read_mapping
from conflictdb.importers.table.rows import Doubt, ReadRow, RowReader
from conflictdb.importers.tabular.cells import AmbiguousDatesError, DayReader
from conflictdb.importers.tabular.columns import Column
from conflictdb.importers.tabular.reader import Table, find_names, open_table


class TableImporter:
    """Recognises a table by the mapping beside it, and reads it; `mapping` names one that stands elsewhere."""

    name = "table"
    version = "1"
    title = "a table of your own, CSV or XLSX, with a mapping; see: conflictdb map"
    about = (
        "Any CSV or XLSX, with a mapping in TOML that says what its columns are; conflictdb map FILE drafts one. A row "
        "becomes an event, with a claim for each figure: of the claimant that the row names, in the document that it "
        "names, else of the table's own recorder. Rows of one id that stand together are one event, so that each "
        "report of it may have a row. What a later row says otherwise than the first of name, date or place is kept "
        "as a claim. A recorder, licence and citation are what the mapping says. Columns that it does not name are "
        "not read."
    )
    columns: tuple[Column, ...] = tuple(Column(name, meaning) for name, meaning in FIELDS.items())

    def __init__(self, mapping: Path | None = None) -> None:
        self._mapping = mapping

    def identify(self, path: Path) -> bool:
        """Return whether a mapping is named or stands beside the file, and the file is a table."""
        with suppress(ConflictDBError, OSError, ValueError):
            return (self._mapping or find_mapping(path)) is not None and bool(find_names(path))
        return False

    def extract(self, path: Path) -> Iterator[Record | DatasetRecord | CodedEvent | Problem]:
        """Stream the dataset and its events, each after the sources and actors that it is the first to name.

        Raises ImportFailedError where there is no mapping, MappingError where it does not fit the table, and
        AmbiguousDatesError where neither it nor the table tells whether days or months come first.
        """
        where = self._mapping or find_mapping(path)
        if where is None:
            raise ImportFailedError(f"{path.name} has no mapping beside it", f"draft one: conflictdb map {path.name}")
        with open_table(path) as table:
            mapping = read_mapping(where, path, table.names)
            yield _dataset(mapping, table)
            reader = RowReader(mapping, table.names, _day_reader(mapping, table, where))
            yield from _events(EventBuilder(path, mapping), _rows(table, reader))


def _dataset(mapping: TableMapping, table: Table) -> DatasetRecord:
    return DatasetRecord(
        mapping.name, mapping.title, ActorRecord(mapping.recorder, ActorKind.RECORDER),
        SourceRecord(mapping.name, mapping.title, url=mapping.url, licence=mapping.licence),
        licence=mapping.licence, url=mapping.url, read_as=table.dialect_text,
        columns=tuple(name or f"column {number}" for number, name in enumerate(table.names, start=1)),
    )  # fmt: skip


def _day_reader(mapping: TableMapping, table: Table, where: Path) -> DayReader:
    """Return what reads the dates: as the mapping says, else as all of the table's dates together show."""
    if mapping.order is not None:
        return DayReader(mapping.order)
    indexes = [mapping.columns[name] for name in DATES if name in mapping.columns]
    try:
        return DayReader.decide(cells[index] for _, cells in table.rows() for index in indexes if index < len(cells))
    except AmbiguousDatesError as error:
        advice = f'say which in {where.name}, under [values]: dates = "day first", or "month first"'
        raise AmbiguousDatesError(error.what, advice, *error.advice) from None


def _rows(table: Table, reader: RowReader) -> Iterator[ReadRow | Doubt]:
    for line, cells in table.rows():
        why = table.bad_row(line, cells)
        yield Doubt(line, "", "", why) if why else reader.read(line, cells)


def _events(builder: EventBuilder, rows: Iterator[ReadRow | Doubt]) -> Iterator[Record | Problem]:
    """Yield the events of rows that stand together by id, and a problem for an id that comes back later."""
    seen: dict[str, int] = {}
    group: list[ReadRow] = []
    for row in rows:
        if isinstance(row, Doubt):
            yield builder.problem(row)
            continue
        number = row.text("id")
        if group and number is not None and number == group[0].text("id"):
            group.append(row)
            continue
        if number is not None and number in seen:
            why = f"this id stands on line {seen[number]} already; sort the table by it, so that its rows are together"
            yield builder.problem(Doubt(row.line, "id", number, why), number)
            continue
        yield from _event(builder, group)
        group = [row]
        if number is not None:
            seen[number] = row.line
    yield from _event(builder, group)


def _event(builder: EventBuilder, rows: Sequence[ReadRow]) -> Iterator[Record]:
    return builder.build(rows) if rows else iter(())
