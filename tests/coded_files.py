"""Small datasets as files, their import, and what a database says after it: for the tests of the bulk path."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from conflictdb.config import find_target
from conflictdb.database import Database
from conflictdb.domain.report import ImportReport
from conflictdb.importers.ucdp.columns import STANDARD_ORDER
from conflictdb.ingest import import_file
from conflictdb.intake import ImportOptions
from conflictdb.store.engine import reading
from conflictdb.store.tables import metadata, search_metadata

Cells = Mapping[str, str]
Tables = dict[str, list[tuple[Any, ...]]]

GED = dict.fromkeys(STANDARD_ORDER, "") | {
    "id": "300380", "relid": "MLI-2019-1-1-1", "year": "2019", "active_year": "true", "code_status": "Clear",
    "type_of_violence": "1", "conflict_new_id": "11347", "conflict_name": "Mali: Government", "dyad_new_id": "15016",
    "dyad_name": "Government of Mali - JNIM", "side_a_new_id": "72", "side_a": "Government of Mali",
    "side_b_new_id": "6716", "side_b": "JNIM", "number_of_sources": "2",
    "source_headline": "Gunmen storm quarry;Dawn raid", "source_original": "rebel spokesman; police",
    "where_prec": "1", "where_coordinates": "Dioura town", "adm_1": "Mopti region", "adm_2": "Tenenkou cercle",
    "latitude": "14.825", "longitude": "-5.251", "country": "Mali", "region": "Africa", "event_clarity": "1",
    "date_prec": "1", "date_start": "2019-03-17", "date_end": "2019-03-17", "deaths_a": "26", "deaths_b": "3",
    "deaths_civilians": "0", "deaths_unknown": "0", "best": "29", "high": "40", "low": "26",
}  # fmt: skip
"""A row of GED: 26 and 3 killed, 29 in all."""

ACLED = {
    "event_id_cnty": "MLI1", "event_date": "2019-03-17", "year": "2019", "time_precision": "1",
    "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "Military Forces of Mali (2013-2020)",
    "inter1": "1", "actor2": "JNIM: Group for Support of Islam and Muslims", "inter2": "2", "country": "Mali",
    "admin1": "Mopti", "location": "Dioura", "latitude": "14.82", "longitude": "-5.26", "geo_precision": "1",
    "source": "AFP; RFI", "notes": "An attack.", "fatalities": "26", "timestamp": "1553000000",
}  # fmt: skip
"""A row of ACLED, last changed on 2019-03-19."""

DAY = 86_400


def ged(**cells: object) -> dict[str, str]:
    """Return a row of GED with some cells changed; `best` follows from the sides unless it is given."""
    row = GED | {name: str(cell) for name, cell in cells.items()}
    sides = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    if "best" not in cells and any(name in cells for name in sides):
        row["best"] = str(sum(int(row[name] or 0) for name in sides))
        row["high"] = str(max(int(row["high"] or 0), int(row["best"])))
    return row


def acled(**cells: object) -> dict[str, str]:
    """Return a row of ACLED with some cells changed."""
    return ACLED | {name: str(cell) for name, cell in cells.items()}


def write_table(path: Path, rows: Iterable[Cells], columns: Sequence[str] = ()) -> Path:
    """Write rows as CSV, in the order of `columns`."""
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns or tuple(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def take(url: str, path: Path, **options: Any) -> ImportReport:
    """Import a file; `options` are those of ImportOptions."""
    return import_file(find_target(url), path, options=ImportOptions(**options))


def take_ged(url: str, folder: Path, *rows: Cells, release: str = "22.1", **options: Any) -> ImportReport:
    """Import rows as a release of GED."""
    return take(url, write_table(folder / "ged.csv", rows, STANDARD_ORDER), release=release, **options)


def take_acled(url: str, folder: Path, *rows: Cells, **options: Any) -> ImportReport:
    """Import rows as an export of ACLED."""
    return take(url, write_table(folder / "acled.csv", rows), **options)


def take_deletions(url: str, folder: Path, *rows: tuple[str, str]) -> ImportReport:
    """Import a list of deleted events of ACLED: id and timestamp."""
    cells = [{"event_id_cnty": native_id, "deleted_timestamp": stamp} for native_id, stamp in rows]
    return take(url, write_table(folder / "deleted.csv", cells))


def take_text(url: str, folder: Path, document: str) -> ImportReport:
    """Import a hand-written document."""
    path = folder / "document.yaml"
    path.write_text(document, encoding="utf-8")
    report = take(url, path)
    assert report.problems == []
    return report


def counts(report: ImportReport, kind: str = "events") -> dict[str, int]:
    """Return what became of a kind of thing, without what did not happen."""
    return {outcome: number for outcome, number in report.counts[kind].items() if number}


def dump(url: str) -> Tables:
    """Return every row of every table but the import runs and their releases."""
    with reading(find_target(url)) as connection:
        tables = [*metadata.sorted_tables, *search_metadata.sorted_tables]
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in tables
            if table.name not in ("import_run", "dataset")
        }


def query(url: str, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a SELECT."""
    with reading(find_target(url)) as connection:
        return [tuple(row) for row in connection.execute(text(statement), values)]


_STANDING = """
    SELECT x.native_id, c.native_id, coalesce(a.name, c.subject_kind, c.attribute), c.lower, c.best, c.upper, c.value
    FROM claim c
    JOIN external_id x ON x.event_id = c.event_id AND x.scheme = :scheme
    LEFT JOIN combatant f ON f.id = c.combatant_id
    LEFT JOIN actor a ON a.id = f.actor_id
    WHERE c.withdrawn_on IS NULL AND c.native_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM claim_link l WHERE l.to_claim_id = c.id AND l.kind = 'corrects' AND l.withdrawn_on IS NULL)
"""


def standing(url: str, scheme: str = "ucdp-ged") -> list[tuple[Any, ...]]:
    """Return the figures of a dataset that stand: row, column, subject, low, best, high, without what is None."""
    rows = query(url, _STANDING, scheme=scheme)
    return sorted(tuple(value for value in row if value is not None) for row in rows)


def bests(url: str, scheme: str = "ucdp-ged") -> dict[str, dict[str, int]]:
    """Return the best figures that stand, by row and column."""
    found: dict[str, dict[str, int]] = {}
    for native_id, column, _, _, best, _, _ in query(url, _STANDING, scheme=scheme):
        assert column not in found.setdefault(native_id, {}), f"two figures stand for {column} of {native_id}"
        found[native_id][column] = best
    return found


_LEFT_OUT = ("key", "revision", "recorded_at", "run", "import_run", "withdrawn_on")


def world(url: str) -> dict[str, list[Any]]:
    """Return what the database says: events, claims and casualties, without revision numbers and dates of recording."""
    database = Database(url)

    def plain(row: Any) -> str:
        return repr({name: value for name, value in row.to_dict().items() if name not in _LEFT_OUT})

    return {
        "events": sorted(plain(row) for row in database.events()),
        "claims": sorted(_without_revisions(plain(row)) for row in database.claims()),
        "casualties": sorted(_without_revisions(plain(row)) for row in database.casualty_claims()),
    }


def _without_revisions(text: str) -> str:
    import re

    return re.sub(r"\b([a-z2-7]{12})\.\d+\b", r"\1", text)


def undo(url: str, run: int | None) -> None:
    """Undo an import run."""
    from conflictdb.undo import undo_import

    assert run is not None
    undo_import(find_target(url), run)
