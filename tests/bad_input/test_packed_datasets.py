"""Datasets that are packed, encoded or kept oddly: read where they can be, else told from, and nothing changed."""

# ruff: noqa: E501  (whole messages, each on a line of its own)
from __future__ import annotations

import gzip
import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from bad_tables import GED, cut, encrypted, gz, numbered, table, workbook, zipped

GOOD = table(*numbered(GED, 3))
ACCENTED = table(*numbered(GED, 3, where_coordinates="Ségou"))
ROWS = [list(GED), *([*row.values()] for row in numbered(GED, 3))]
BOMB = GOOD.encode() + b"1009,2019\n" * (4 << 20)
"""40 MB that pack to a three-hundredth."""
AGAIN = "\n  fetch it again\n"
LINKED = "\n  unpack it, and import what is in it\n"


@pytest.fixture
def url(sqlite_databases: Any, tmp_path: Path) -> str:
    """Give a database without events."""
    return str(sqlite_databases.copy(tmp_path, seed=False))


READ = {
    "gzip": ("ged.csv.gz", gz(GOOD), "UTF-8, comma"),
    "gzip by another name": ("ged.csv", gz(GOOD), "UTF-8, comma"),
    "zip": ("ged.zip", zipped({"ged.csv": GOOD}), "UTF-8, comma"),
    "one of a zip": ("ged.zip!b.csv", zipped({"a.csv": "x,y\n1,2\n", "b.csv": GOOD}), "UTF-8, comma"),
    "one of a zip, in a folder": ("ged.zip!in/b.csv", zipped({"a.csv": "x,y\n1,2\n", "in/b.csv": GOOD}), "UTF-8, comma"),
    "UTF-8 with a byte order mark": ("ged.csv", b"\xef\xbb\xbf" + ACCENTED.encode(), "UTF-8 with BOM, comma"),
    "Latin-1": ("ged.csv", ACCENTED.encode("latin-1"), "Latin-1, comma"),
    "Windows-1252": ("ged.csv", table(*numbered(GED, 3, where_coordinates="Ségou’s")).encode("cp1252"), "Windows-1252, comma"),
    "UTF-16": ("ged.csv", ACCENTED.encode("utf-16"), "UTF-16, comma"),
    "UTF-16 without a mark": ("ged.csv", ACCENTED.encode("utf-16-le"), "UTF-16, comma"),
    "sep=;": ("ged.csv", b"sep=;\r\n" + table(*numbered(GED, 3), delimiter=";").encode(), "UTF-8, semicolon"),
    "tabs": ("ged.tsv", table(*numbered(GED, 3), delimiter="\t").encode(), "UTF-8, tab"),
    "old Mac line ends": ("ged.csv", GOOD.replace("\n", "\r").encode(), "UTF-8, comma"),
    "XLSX": ("ged.xlsx", workbook(ROWS, "<styleSheet/>"), "XLSX, sheet Data"),
    "XLSX by another name": ("ged.csv", workbook(ROWS, "<styleSheet/>"), "XLSX, sheet Data"),
    "a sheet by name": ("ged.xlsx!Data", workbook(ROWS, "<styleSheet/>"), "XLSX, sheet Data"),
    "XLSX, a bad stylesheet": ("ged.xlsx", workbook(ROWS, "<styleSheet><cellXfs><xf numFmtId='x'"), "XLSX, sheet Data (its styles cannot be read: dates are day numbers)"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "read_as"), READ.values(), ids=READ)
def test_it_is_read_as_it_is(name: str, content: bytes, read_as: str, url: str, run: Any, write: Any) -> None:
    path = write(content, name.partition("!")[0]).with_name(name) if "/" not in name else None
    path = path or Path(f"{write(content, name.partition('!')[0])}!{name.partition('!')[2]}")
    result = run("import", path, db=url)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f", {read_as}, " in result.stderr.splitlines()[0]
    assert result.stderr.splitlines()[1].startswith("  events    3 added   0 changed")


REFUSED = {
    "gzip cut off": ("ged.csv.gz", cut(gz(GOOD), 0.7), 1, "ged.csv.gz is cut off: its packed data end too early" + AGAIN),
    "gzip damaged": ("ged.csv.gz", gz(GOOD)[:-8] + b"12345678", 1, "ged.csv.gz is damaged: CRC check failed"),
    "gzip of nothing known": ("ged.csv.gz", b"\x1f\x8b" + b"garbage" * 20, 1, "ged.csv.gz is damaged: Unknown compression method" + AGAIN),
    "gzip in gzip": ("ged.csv.gz", gzip.compress(gz(GOOD)), 1, "ged.csv.gz is no table: what is packed in it is packed again" + LINKED),
    "zip cut off": ("ged.zip", cut(zipped({"a.csv": GOOD}), 0.5), 1, "ged.zip is damaged: File is not a zip file" + AGAIN),
    "zip of nothing": ("ged.zip", zipped({}), 1, "the zip ged.zip holds no data file\n"),
    "zip of two": ("ged.zip", zipped({"a.csv": GOOD, "b.csv": GOOD}), 2, "the zip ged.zip holds 2 files: a.csv, b.csv\n  unzip it, or name one: '{path}!a.csv'\n"),
    "zip without that file": ("ged.zip!c.csv", zipped({"a.csv": GOOD, "b.csv": GOOD}), 1, "there is no such file in the zip: ged.zip!c.csv\n  it holds: a.csv, b.csv\n"),
    "zip with a password": ("ged.zip", encrypted(GOOD), 1, "the zip ged.zip is encrypted\n  unpack it with its password, and import what is in it\n"),
    "XLSX of nothing": ("ged.xlsx", workbook([]), 1, "there is no table in ged.xlsx: the sheet Data is empty\n"),
    "XLSX cut off": ("ged.xlsx", cut(workbook(ROWS), 0.6), 1, "ged.xlsx is damaged: File is not a zip file" + AGAIN),
    "XLSX without that sheet": ("ged.xlsx!Nope", workbook(ROWS), 2, "ged.xlsx has no sheet Nope\n  it has: Data\n"),
    "UTF-16 cut off": ("ged.csv", ACCENTED.encode("utf-16")[:-1], 1, "ged.csv is not UTF-16: it ends within a letter on line 4\n  save it as UTF-8 and import it again\n"),
    "an old workbook": ("ged.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), 1, "ged.xls is no table: it is an old Excel file (.xls), or one with a password\n  save it as XLSX or CSV\n"),
    "a Parquet file": ("ged.parquet", b"PAR1" + bytes(60) + b"PAR1", 1, "ged.parquet is no table: it is a Parquet file\n  save the table as CSV\n"),
    "NUL alone": ("ged.csv", bytes(1000), 1, "the format of ged.csv is not known\n"),
    "a quote before 17 MB": ("ged.csv", GOOD.encode() + b'1009,2019,"' + b"0,0\n" * (17 << 18), 1, "ged.csv, line 5: a cell is longer than 16 MB\n  a quote that opens a cell there is probably never closed\n"),
    "a line of 17 MB": ("ged.csv", GOOD.encode() + b"0" * (17 << 20), 1, "ged.csv is no table: a line of it is longer than 16 MB\n"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "code", "error"), REFUSED.values(), ids=REFUSED)
def test_it_is_told_why_it_cannot_be_read(
    name: str, content: bytes, code: int, error: str, url: str, run: Any, write: Any, dump: Any, count_runs: Any
) -> None:
    path = write(content, name.partition("!")[0]).with_name(name)
    before = dump(url), count_runs(url)
    for words in ((), ("--dry-run",)):
        result = run("import", path, *words, db=url)
        assert (result.exit_code, result.stdout) == (code, "")
        assert result.stderr.startswith("error: " + error.replace("{path}", str(path)))
        assert (dump(url), count_runs(url)) == before


@pytest.mark.parametrize(
    ("name", "content"),
    {
        "gzip": ("ged.csv.gz", gzip.compress(BOMB)),
        "zip": ("ged.zip", zipped({"ged.csv": BOMB})),
        "XLSX": ("ged.xlsx", workbook([*ROWS, *([["1009", "2019"]] * 500_000)])),
    }.values(),
    ids=["gzip", "zip", "XLSX"],
)
def test_a_bomb_is_not_unpacked(
    name: str, content: bytes, url: str, run: Any, write: Any, dump: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conflictdb.importers import files

    monkeypatch.setattr(files, "RATIO_FROM", 8 * 2**20)
    before = dump(url)
    result = run("import", write(content, name), db=url)
    error = f"error: {name} unpacks to more than 200 times its size, as no data do; it is not read\n"
    assert (result.exit_code, result.stderr) == (1, error)
    assert dump(url) == before


@pytest.mark.parametrize("name", ["doc.yaml.gz", "doc.zip", "doc.zip!b.yaml", "doc.jsonl.gz"])
def test_a_document_is_read_where_it_is_packed(name: str, url: str, document: str, run: Any, write: Any) -> None:
    lines = '{"slug": "x-2019", "summary": "One"}\n{"slug": "x-2019"}\n'
    content = {
        "doc.yaml.gz": gz(document), "doc.zip": zipped({"a.yaml": document}), "doc.jsonl.gz": gz(lines),
        "doc.zip!b.yaml": zipped({"a.yaml": "slug: y\n", "b.yaml": document}),
    }[name]  # fmt: skip
    assert run("import", write(document, "known.yaml"), db=url).exit_code == 0
    result = run("import", write(content, name.partition("!")[0]).with_name(name), db=url)
    if name == "doc.jsonl.gz":
        assert "  refused: line 2, x-2019, slug: 'x-2019' two events of this file have the slug" in result.stderr
    else:
        assert (result.exit_code, "6 unchanged" in result.stderr) == (0, True)


class Stdin(io.TextIOWrapper):
    """Standard input that holds bytes."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))


@pytest.mark.parametrize("content", [GOOD.encode(), gz(GOOD), zipped({"a.csv": GOOD}), workbook(ROWS, "<styleSheet/>")],
                         ids=["plain", "gzip", "zip", "XLSX"])  # fmt: skip
def test_standard_input_may_be_packed(content: bytes, url: str, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    from conflictdb.cli import main

    monkeypatch.setattr(sys, "stdin", Stdin(content))
    assert main(["--db", url, "import", "-", "--release", "23.1"]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("-   ucdp-ged, UCDP Georeferenced Event Dataset 23.1, ")
    assert told[1].startswith("  events    3 added")


def test_a_folder_of_other_things(url: str, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "papers" / "2019"
    folder.mkdir(parents=True)
    (folder / "letter.txt").write_text("Dear Sir or Madam")
    (folder / "battles.csv").write_text("name,year\nMarne,1914\n")
    monkeypatch.chdir(tmp_path)
    for name in ("papers", "papers/2019"):
        result = run("import", name, db=url)
        error = f"error: {name} is a folder\n  name the files in it, e.g. {name}/*.yaml\n"
        assert (result.exit_code, result.stderr) == (1, error)
    told = run("import", "papers", "--format-of", "war-atlas", db=url)
    assert told.exit_code == 1
    assert told.stderr.startswith("error: papers lacks battles.csv, ")
    (tmp_path / "none").mkdir()
    empty = run("import", "none", db=url)
    error = "error: none is an empty folder\n  name a file, or the folder of a dataset\n"
    assert (empty.exit_code, empty.stderr) == (1, error)


def test_a_dataset_that_may_not_be_read(url: str, write: Any, unprivileged: Any) -> None:
    path = write(GOOD, "ged.csv")
    path.chmod(0)
    result = unprivileged("import", path, db=url)
    error = f"error: cannot read {path}: Permission denied\n  the database is as it was before\n"
    assert (result.exit_code, result.stderr) == (1, error)


@pytest.mark.parametrize("step", ["find_importer", "fingerprint", "begin_run"])
def test_a_dataset_that_vanishes(
    step: str, url: str, run: Any, write: Any, dump: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conflictdb import ingest

    path, before, whole = write(GOOD, "ged.csv"), dump(url), getattr(ingest, step)

    def vanish(*args: Any) -> Any:
        path.unlink()
        return whole(*args)

    monkeypatch.setattr(ingest, step, vanish)
    result = run("import", path, db=url)
    error = f"error: cannot read {path}: No such file or directory\n  the database is as it was before\n"
    assert (result.exit_code, result.stderr) == (1, error)
    assert dump(url) == before


@pytest.mark.parametrize("step", ["find_importer", "fingerprint", "begin_run"])
def test_a_dataset_that_is_written_to_while_it_is_read(
    step: str, url: str, run: Any, write: Any, dump: Any, count_runs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conflictdb import ingest

    path, before, whole = write(GOOD, "ged.csv"), dump(url), getattr(ingest, step)

    def grow(*args: Any) -> Any:
        result = whole(*args)
        with path.open("a") as file:
            file.write(table(*numbered({**GED, "id": "2001"}, 2)).partition("\n")[2])
        return result

    with monkeypatch.context() as patch:
        patch.setattr(ingest, step, grow)
        result = run("import", path, db=url)
    error = f"error: {path} was changed while it was read\n  import it again when it is whole\n"
    assert (result.exit_code, result.stderr) == (1, error)
    assert (dump(url), count_runs(url)) == (before, 0)
    assert run("import", path, db=url).exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes")
def test_a_pipe_that_may_not_be_read(url: str, unprivileged: Any, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0)
    result = unprivileged("import", pipe, db=url)
    error = f"error: cannot read {pipe}: Permission denied\n  the database is as it was before\n"
    assert (result.exit_code, result.stderr) == (1, error)
