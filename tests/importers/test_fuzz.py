"""Every importer on files that were spoilt at random: records, problems or a ConflictDBError come, and nothing else.

`pytest --hypothesis-profile=search tests/importers/test_fuzz.py` looks longer, and for other files every time.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflictdb.config import find_target
from conflictdb.domain.coded import CodedRow
from conflictdb.domain.records import Record
from conflictdb.errors import ConflictDBError, ExitCode
from conflictdb.importers.contract import Extracted, Importer, extract, find_importer, installed_importers
from conflictdb.ingest import import_file
from conflictdb.intake import ImportOptions

HERE = Path(__file__).parent
MOST_BYTES, MOST_RECORDS = 64_000, 500
DOCUMENT = HERE.parent / "cases" / "world.yaml"
FILES = [
    DOCUMENT,
    *(
        path for path in sorted(HERE.glob("cases/*/*")) + sorted(HERE.glob("cases/war-atlas/*/*"))
        if path.is_file() and not path.name.endswith((".expected.json", ".toml")) and path.stat().st_size < MOST_BYTES
    ),
]  # fmt: skip
TABLES = [path for path in FILES if path.suffix == ".csv"]
KNOWN = installed_importers()
ALLOWED = (*get_args(Extracted), *get_args(Record))

NASTY = [
    "", " ", "NA", "NaN", "-1", "-99", "0", "1e308", "1e-400", "3.5", "9" * 30, "1_000", "²", "٣", "½", "1,5", "∞",
    "2019-02-31", "0000-00-00", "9999-12-31", "31/12/19", "1/2/3", "Feb 29 1900", "2019-13-01 25:61", "-0044-03-15",
    "91", "-181", "14,825", "1e2", "=1+1", "\x1b[31m", "\x00", "\ud800", "\u202e", "\ufeff", "é" * 3, "x" * 600,
    "x" * 70_000, '"', '""', "'", ";", "a;b;;c", ";;;", '"a";"b"', ",", "\n", "\r", "\r\n", "\t", "|", "{{", "}}", "[[",
    "]]", "{|", "<ref>", "<!--", "&#x110000;", "<br>" * 50, "{{plainlist|", "(", "((((", "(1999-", "(2020-2010)", "--",
    "conflictdb:x-2019", "#date", "POINT (", "per X:", "(According to the X)", "20-", "-20+", "40–50+", "1.500.00",
    "10^6", "XKX", "Kosovo", "null",
]  # fmt: skip
BYTES = [text.encode("utf-8", "surrogatepass") for text in NASTY] + [
    b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1f\x8b", b"PK\x03\x04", b"\xc3", b"sep=;\n", b"\xe9", b"\x81",
]  # fmt: skip


@st.composite
def spoilt_bytes(draw: Any) -> tuple[Path, bytes]:
    """Return a file, and its content with pieces cut out, doubled, moved and put in."""
    path = draw(st.sampled_from(FILES))
    content = bytearray(path.read_bytes())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        to = min(len(content), at + draw(st.sampled_from([1, 3, 40, 400, MOST_BYTES])))
        match draw(st.sampled_from(["put", "cut", "end", "double", "move", "flip"])):
            case "put":
                content[at:at] = draw(st.sampled_from(BYTES))
            case "cut":
                del content[at:to]
            case "end":
                del content[at:]
            case "double":
                content[at:at] = content[at:to]
            case "move":
                piece = content[at:to]
                del content[at:to]
                place = draw(st.integers(0, len(content)))
                content[place:place] = piece
            case "flip" if at < len(content):
                content[at] ^= draw(st.integers(1, 255))
    return path, bytes(content)


@st.composite
def spoilt_cells(draw: Any) -> tuple[Path, bytes]:
    """Return a table, and its content with some cells, names of columns, rows and columns changed."""
    path = draw(st.sampled_from(TABLES))
    text = path.read_bytes().decode("latin-1" if path.parent.name == "gtd" else "utf-8-sig", "replace")
    delimiter = ";" if text.startswith("sep=;") else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    cell = st.sampled_from(NASTY) | st.text(max_size=8)
    for _ in range(draw(st.integers(1, 6))):
        row = draw(st.sampled_from(rows))
        at = draw(st.integers(0, max(len(row) - 1, 0)))
        match draw(st.sampled_from(["cell", "cell", "cell", "cell", "name", "drop", "add", "row", "column"])):
            case "cell" if row:
                row[at] = draw(cell)
            case "name" if rows[0]:
                rows[0][at % len(rows[0])] = draw(cell)
            case "drop" if row:
                del row[at]
            case "add":
                row.insert(at, draw(cell))
            case "row":
                rows.insert(draw(st.integers(0, len(rows))), list(row))
            case "column":
                for each in rows:
                    del each[at : at + 1]
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return path, file.getvalue().encode("utf-8", "surrogatepass")


@pytest.fixture(scope="module")
def lay(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, bytes], Path]:
    """Return lay(path, content): a copy of the file with this content, and with what stands beside it."""
    folder = tmp_path_factory.mktemp("fuzz")

    def lay(path: Path, content: bytes) -> Path:
        home = folder / path.parent.name
        if not home.exists():
            home.mkdir()
            beside = path.parent.iterdir() if path.parent.parent.name == "war-atlas" else path.parent.glob("*.toml")
            for each in beside:
                shutil.copyfile(each, home / each.name)
        laid = home / path.name
        laid.write_bytes(content)
        return laid

    return lay


def read(importer: Importer, path: Path) -> None:
    """Read a file whole, and look at what comes."""
    try:
        for record in islice(extract(importer, path), MOST_RECORDS):
            told = record.read() if isinstance(record, CodedRow) else record
            assert isinstance(told, ALLOWED), told
    except ConflictDBError as error:
        assert error.what


@settings(max_examples=4 * settings().max_examples)
@given(spoilt=spoilt_bytes() | spoilt_cells(), other=st.sampled_from(sorted(KNOWN)))
def test_an_importer_yields_records_or_problems(
    spoilt: tuple[Path, bytes], other: str, lay: Callable[[Path, bytes], Path]
) -> None:
    path = lay(*spoilt)
    own = "native" if spoilt[0] == DOCUMENT else spoilt[0].relative_to(HERE / "cases").parts[0]
    try:
        read(find_importer(path), path)
    except ConflictDBError as error:
        assert error.what
    for name in {own, other}:
        read(KNOWN[name], path)
    path.write_bytes(spoilt[0].read_bytes())  # other tables of a folder are read with it


@given(spoilt=spoilt_cells() | spoilt_bytes())
def test_an_import_is_whole_or_nothing(
    spoilt: tuple[Path, bytes], lay: Callable[[Path, bytes], Path], sqlite_databases: Any, tmp_path_factory: Any
) -> None:
    path = lay(*spoilt)
    url = sqlite_databases.copy(tmp_path_factory.getbasetemp(), seed=False)
    own = "native" if spoilt[0] == DOCUMENT else spoilt[0].relative_to(HERE / "cases").parts[0]
    before = rows_of(url)
    try:
        report = import_file(find_target(url), path, options=ImportOptions(format_of=own))
    except ConflictDBError as error:
        assert error.what
        assert rows_of(url) == before
    else:
        assert (rows_of(url) == before) == (report.exit_code is ExitCode.FAILED)
        assert (report.run is None) == (report.exit_code is ExitCode.FAILED)
        assert_sound(url)
    finally:
        path.write_bytes(spoilt[0].read_bytes())
        Path(url).unlink()


def rows_of(url: str) -> dict[str, int]:
    """Return how many rows each table has."""
    from sqlalchemy import func, select

    from conflictdb.store.engine import reading
    from conflictdb.store.tables import metadata, search_metadata

    with reading(find_target(url)) as connection:
        tables = [*metadata.sorted_tables, *search_metadata.sorted_tables]
        return {table.name: int(connection.scalar(select(func.count()).select_from(table)) or 0) for table in tables}


def assert_sound(url: str) -> None:
    """Hold that every foreign key leads somewhere and every figure is in order."""
    from sqlalchemy import text

    from conflictdb.store.engine import reading

    with reading(find_target(url)) as connection:
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
