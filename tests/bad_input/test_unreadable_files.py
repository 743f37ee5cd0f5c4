"""Files that cannot be read, whole or in part: said with line and column, and the database stays as it was."""

# ruff: noqa: E501  (whole messages, each on a line of its own)
from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

MEND = "\n  mend that place and import it again; nothing of this file was taken\n"
FORMATS = """
  conflictdb reads:
    acled: ACLED events, CSV or XLSX
    acled-deletions: ACLED's list of deleted events, CSV or XLSX
    gtd: Global Terrorism Database, XLSX or CSV
    native: events in YAML, JSON or JSON Lines; see: conflictdb new
    table: a table of your own, CSV or XLSX, with a mapping; see: conflictdb map
    ucdp-actors: UCDP actor list: other names, and lineage
    ucdp-ged: UCDP GED and Candidate events, CSV or XLSX; also copies of the Humanitarian Data Exchange
    war-atlas: the War Atlas, a folder of CSV files
    wikipedia: Wikipedia's infoboxes of battles and wars: wikitext, rendered text, XML export
"""

UNREADABLE = {
    "a list not closed, YAML": ("doc.yaml", "slug: x\nclaims: [a,\n", "doc.yaml is not YAML: expected the node content, but found '<stream end>' on line 3, column 1" + MEND),
    "a tab, YAML": ("doc.yaml", "slug: x\nplace:\n\tname: y\n", "doc.yaml is not YAML: a tab; indent with spaces, which YAML asks for, on line 3, column 1" + MEND),
    "two colons, YAML": ("doc.yaml", "slug: x\nname: a: b\n", "doc.yaml is not YAML: a colon where none is expected (quote a text that holds one, or mend the indent) on line 2, column 8" + MEND),
    "an alias, YAML": ("doc.yaml", "slug: &a x\nname: *a\n", "doc.yaml is not YAML: aliases (*name) are not read on line 2, column 7" + MEND),
    "a Python tag, YAML": ("doc.yaml", "slug: x\nname: !!python/name:os.system\n", "doc.yaml is not YAML: could not determine a constructor for the tag 'tag:yaml.org,2002:python/name:os.system' on line 2, column 7" + MEND),
    "a list as a field's name, YAML": ("doc.yaml", "slug: x\n? [a, b]\n: c\n", "doc.yaml is not YAML: a field's name is a text on line 2, column 3" + MEND),
    "a field twice, YAML": ("doc.yaml", "slug: x\nname: a\nname: b\n", 'doc.yaml is not YAML: the field "name" stands twice in one place on line 3, column 1' + MEND),
    "NUL, YAML": ("doc.yaml", "slug: x\nname: a\0b\n", "doc.yaml is not YAML: the control character U+0000 on line 2, column 8" + MEND),
    "half a surrogate pair, YAML": ("doc.yaml", 'slug: x\nname: "\\ud800"\n', "doc.yaml is not YAML: half of a surrogate pair, which is no letter, on line 2, column 7" + MEND),
    "a comma too many, JSON": ("doc.json", '{"slug": "x",\n "name": "y",}', "doc.json is not JSON: Expecting property name enclosed in double quotes on line 2, column 14" + MEND),
    "cut short, JSON": ("doc.json", '{"slug": "x",\n "claims": [{"killed"', "doc.json is not JSON: Expecting ':' delimiter on line 2, column 22" + MEND),
    "a field twice, JSON": ("doc.json", '{"slug": "x",\n "claims": [{"of": 1}, {"of": 1,\n  "of": 2}]}', 'doc.json: the field "of" stands twice in one place, on line 3, column 3' + MEND),
    "half a surrogate pair, JSON": ("doc.json", '{"slug": "x",\n "name": "\\\\ud800 \\ud83d\\ude00 \\udc00"}', "doc.json is not JSON: half of a surrogate pair, which is no letter, on line 2, column 32" + MEND),
    "nested without end, JSON": ("doc.json", '{"a":' + "[" * 100_000, "doc.json is nested too deeply to be a document\n"),
    "nested without end, YAML": ("doc.yaml", "a: " + "[" * 5_000, "doc.yaml is nested too deeply to be a document\n"),
    "no UTF-8": ("doc.yaml", "slug: x\nname: é".encode() + b" caf\xe9\n", "doc.yaml is not UTF-8: byte 0xe9 on line 2, column 12\n  save it as UTF-8 and import it again\n"),
    "no UTF-8, with a byte order mark": ("doc.json", b'\xef\xbb\xbf{"slug": "\xff"}', "doc.json is not UTF-8: byte 0xff on line 1, column 11\n  save it as UTF-8 and import it again\n"),
    "another format": ("doc.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "doc.pdf is no table: it is a PDF\n  get the data as CSV or XLSX\n"),
    "many empty lines, then nothing known": ("doc.txt", "\n" * 60_000 + "!", "the format of doc.txt is not known" + FORMATS),
}  # fmt: skip


@pytest.fixture
def engine_name() -> str:
    """Files are read before any engine is asked, and names are looked up by the same statements on both."""
    return "sqlite"


@pytest.mark.parametrize(("name", "content", "error"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_changes_nothing(
    name: str, content: str | bytes, error: str, known_url: str, run: Any, write: Any, dump: Any, count_runs: Any
) -> None:
    before = dump(known_url), count_runs(known_url)
    result = run("import", write(content, name), db=known_url)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"error: {error}")
    assert (dump(known_url), count_runs(known_url)) == before


@pytest.fixture
def sqlite_url(sqlite_databases: Any, tmp_path: Path) -> str:
    return str(sqlite_databases.copy(tmp_path, seed=False))


def test_an_empty_file(sqlite_url: str, run: Any, write: Any) -> None:
    path = write("")
    result = run("import", path, db=sqlite_url)
    assert (result.exit_code, result.stderr) == (1, f"error: {path} is empty\n  nothing was imported\n")


def test_a_folder(sqlite_url: str, run: Any, tmp_path: Path) -> None:
    result = run("import", tmp_path, db=sqlite_url)
    error = f"error: {tmp_path} is a folder\n  name the files in it, e.g. {tmp_path}/*.yaml\n"
    assert (result.exit_code, result.stderr) == (1, error)


@pytest.mark.parametrize("name", ["nosuch.yaml", "nofolder/doc.yaml"])
def test_no_such_file(name: str, sqlite_url: str, run: Any) -> None:
    result = run("import", name, db=sqlite_url)
    error = f"error: there is no file {name}\n  check the name, and the folder you are in\n"
    assert (result.exit_code, result.stderr) == (1, error)


def test_a_name_too_long_for_the_system(sqlite_url: str, run: Any) -> None:
    name = "a" * 300
    result = run("import", name, db=sqlite_url)
    error = f"error: cannot read {name}: File name too long\n  the database is as it was before\n"
    assert (result.exit_code, result.stderr) == (1, error)


@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes are Linux's")
def test_a_name_that_is_no_utf8(known_url: str, document: str, run: Any, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.yaml"
    Path(os.fsdecode(path)).write_text(document)
    result = run("import", os.fsdecode(path), db=known_url)
    assert result.exit_code == 0
    assert result.stderr.startswith(f"{tmp_path}/\\udcff.yaml   native, ")
    assert run("imports", db=known_url).exit_code == 0


@pytest.mark.parametrize("moment", ["recognised", "read"])
def test_a_file_that_vanishes_while_it_is_read(
    moment: str, known_url: str, document: str, run: Any, write: Any, dump: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conflictdb import ingest

    path = write(document.replace("killed: 23", "killed: 24"))
    before = dump(known_url)
    step = "fingerprint" if moment == "recognised" else "begin_run"
    whole = getattr(ingest, step)

    def vanish(*args: Any) -> Any:
        path.unlink()
        return whole(*args)

    monkeypatch.setattr(ingest, step, vanish)
    result = run("import", path, db=known_url)
    error = f"error: cannot read {path}: No such file or directory\n  the database is as it was before\n"
    assert (result.exit_code, result.stderr) == (1, error)
    assert dump(known_url) == before


def test_a_file_that_may_not_be_read(sqlite_url: str, document: str, write: Any, unprivileged: Any) -> None:
    path = write(document)
    path.chmod(0)
    result = unprivileged("import", path, db=sqlite_url)
    error = f"error: cannot read {path}: Permission denied\n  the database is as it was before\n"
    assert (result.exit_code, result.stderr) == (1, error)


def test_a_folder_that_may_not_be_entered(sqlite_url: str, document: str, tmp_path: Path, unprivileged: Any) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "doc.yaml").write_text(document)
    folder.chmod(0)
    try:
        result = unprivileged("import", folder / "doc.yaml", db=sqlite_url)
        elsewhere = unprivileged("events", db=folder / "x.sqlite")
    finally:
        folder.chmod(0o755)
    error = f"error: cannot read {folder}/doc.yaml: Permission denied\n  the database is as it was before\n"
    assert (result.exit_code, result.stderr) == (1, error)
    error = f"error: cannot look for the database {folder}/x.sqlite: Permission denied\n"
    assert elsewhere.exit_code == 1
    assert elsewhere.stderr == error + "  check the name, and the rights to its folder\n"


def test_of_several_files_the_good_ones_are_taken(
    known_url: str, document: str, run: Any, write: Any, tmp_path: Path
) -> None:
    good = [write(document.replace("x-2019", f"{name}-2019"), f"{name}.yaml") for name in "ab"]
    result = run("import", good[0], tmp_path / "nosuch.yaml", write("{", "bad.json"), good[1], db=known_url)
    assert result.exit_code == 5
    errors = [line for line in result.stderr.splitlines() if line.startswith("error")]
    assert errors == [
        f"error: there is no file {tmp_path}/nosuch.yaml",
        "error: bad.json is not JSON: Expecting property name enclosed in double quotes on line 1, column 2",
    ]
    slugs = [line["slug"] for line in json.loads(run("events", "--format", "json", db=known_url).stdout)["rows"]]
    assert sorted(slugs) == ["a-2019", "b-2019", "x-2019"]


def test_one_bad_line_of_json_lines(known_url: str, run: Any, write: Any, dump: Any) -> None:
    lines = ['{"slug": "x-2019", "summary": "One"}', '{"slug": "y", NaN}', "", '{"slug": "x-2019"', "[1]", "nonsense"]
    path = write("\n".join(lines), "doc.jsonl")
    before = dump(known_url)["claim"]
    result = run("import", path, db=known_url)
    assert result.exit_code == 5
    assert result.stderr == (
        f"{path}   native, {path.stat().st_size} bytes\n"
        "  events    0 added   1 changed   0 unchanged   0 withdrawn   4 refused\n"
        "  claims    0 added   0 changed   0 unchanged   0 withdrawn   0 refused\n"
        '  refused: line 2: \'{"slug": "y", NaN}\' doc.jsonl is not JSON: Expecting property name enclosed in'
        " double quotes on line 2, column 15\n"
        "  refused: line 4: '{\"slug\": \"x-2019\"' doc.jsonl is not JSON: Expecting ',' delimiter on line 4,"
        " column 18\n"
        "  refused: line 5, 1: '1' an event has fields, such as slug: and claims:; see conflictdb new\n"
        "  refused: line 6: 'nonsense' doc.jsonl is not JSON: Expecting value on line 6, column 1\n"
        f"run 2; undo it with: conflictdb --db {known_url} imports undo 2\n"
    )
    assert dump(known_url)["claim"] == before


@pytest.mark.parametrize("name", ["doc.jsonl", "lines"])
def test_json_lines_with_a_byte_order_mark(name: str, known_url: str, run: Any, write: Any) -> None:
    lines = ['{"slug": "x-2019", "summary": "One"}', '{"slug": "nosuch"}']
    result = run("import", write("\ufeff" + "\n".join(lines) + "\n", name), db=known_url)
    assert result.exit_code == 5
    assert "1 changed" in result.stderr


# Runs the program, and says last of how much memory it was at most, in KiB.
MEASURED = """
import sys
from conflictdb.cli import main
code = main(sys.argv[1:])
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
sys.exit(code)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_line_of_200_mb(known_url: str, tmp_path: Path, dump: Any) -> None:
    def run(path: Path) -> tuple[int, str, int]:
        command = [sys.executable, "-c", MEASURED, "--db", known_url, "import", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr, int(done.stdout) >> 10

    before = dump(known_url)
    block = b"x" * 2**20
    document, lines = tmp_path / "doc.json", tmp_path / "doc.jsonl"
    with document.open("wb") as file:
        file.write(b'{"slug": "x-2019", "name": "')
        file.writelines(block for _ in range(200))
        file.write(b'"}')
    code, stderr, megabytes = run(document)
    assert (code, stderr) == (
        1,
        "error: doc.json is more than 64 MB; a document is read whole and may be no more\n"
        "  split it, or write one event a line (JSON Lines)\n",
    )
    assert megabytes < 250
    assert dump(known_url) == before
    with document.open("ab") as file:
        file.write(b'\n{"slug": "x-2019", "summary": "One"}\n')
    document.rename(lines)
    code, stderr, megabytes = run(lines)
    assert code == 5
    assert "  refused: line 1: the line is longer than 16 MB\n" in stderr
    assert "1 changed" in stderr
    assert megabytes < 180  # far below what reading it whole would take


def test_a_pipe_is_read_once_and_whole(known_url: str, tmp_path: Path, document: str) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    line = [sys.executable, "-m", "conflictdb", "--db", known_url, "import", str(path)]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as program:
        path.write_text(document)
        stderr = program.stderr.read() if program.stderr else ""
    assert program.returncode == 0
    assert "  events    0 added   0 changed   1 unchanged" in stderr
