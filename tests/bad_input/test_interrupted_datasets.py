"""Large datasets, read by a second process, whose import is broken off: nothing is kept, nobody stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from bad_tables import GED, numbered, table

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the second process is looked for in /proc")

# Runs the program, which reads any file by a second process, and stops in the midst of its rows: it says so, then
# waits as long as stdin stays open.
STOPPED = """
import sys
from conflictdb import ingest
from conflictdb.cli import main
from conflictdb.store.write.coded.writer import CodedWriter
ingest.FROM_BYTES = 0
flush, calls = CodedWriter.flush, []
def stop(writer):
    flush(writer)
    calls.append(1)
    if len(calls) == 2:
        print("stopped", flush=True)
        sys.stdin.read()
CodedWriter.flush = stop
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a dataset of 20,000 rows, which are more than are read ahead."""
    path = tmp_path_factory.mktemp("large") / "ged.csv"
    path.write_text(table(*numbered(GED, 20_000)))
    return path


@pytest.fixture
def url(sqlite_databases: Any, tmp_path: Path) -> str:
    """Give a database without events."""
    return str(sqlite_databases.copy(tmp_path, seed=False))


@contextmanager
def stopped(*line: object) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start the program as a shell does, in a group of its own; give it, stopped, and the number of its reader."""
    command = [sys.executable, "-c", STOPPED, *map(str, line)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True, process_group=0) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "stopped\n", program.stderr and program.stderr.read()
        (reader,) = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text().split()
        try:
            yield program, int(reader)
        finally:
            program.kill()


def is_there(pid: int) -> bool:
    """Return whether a process runs, and is none that has ended and waits to be noticed."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def ends(pid: int) -> bool:
    for _ in range(100):
        if not is_there(pid):
            return True
        time.sleep(0.1)
    return False


def finish(program: subprocess.Popen[str]) -> tuple[int, str]:
    """Let the program go on; return its exit code and what it says."""
    _, stderr = program.communicate("")
    return program.returncode, stderr


def test_control_c(large: Path, url: str, run: Any, dump: Any, count_runs: Any) -> None:
    before = dump(url), count_runs(url)
    with stopped("--db", url, "import", large) as (program, reader):
        os.killpg(program.pid, signal.SIGINT)  # as a terminal does: to all of the group
        stderr = program.stderr.read() if program.stderr else ""
        program.wait()
    assert (program.returncode, stderr) == (130, "interrupted: the database is as it was before\n")
    assert ends(reader)
    assert (dump(url), count_runs(url)) == before
    assert run("import", large, db=url).exit_code == 0


def test_the_program_is_killed(large: Path, url: str, run: Any, dump: Any, count_runs: Any) -> None:
    before = dump(url), count_runs(url)
    with stopped("--db", url, "import", large) as (program, reader):
        program.kill()
        stderr = program.stderr.read() if program.stderr else ""
    assert stderr == ""  # nor does the reader, whose pipe is broken, say anything
    assert ends(reader)
    assert (dump(url), count_runs(url)) == before
    assert run("db", "check", db=url).exit_code == 0
    assert "  events    20,000 added" in run("import", large, db=url).stderr


def test_the_reader_is_killed(large: Path, url: str, dump: Any, count_runs: Any) -> None:
    before = dump(url), count_runs(url)
    with stopped("--db", url, "import", large) as (program, reader):
        os.kill(reader, signal.SIGKILL)
        code, stderr = finish(program)
    error = f"error: the reading of {large.name} broke off\n  the database is as it was before\n"
    assert (code, stderr) == (1, error)
    assert (dump(url), count_runs(url)) == before


def test_the_file_is_written_to(large: Path, url: str, tmp_path: Path, dump: Any, count_runs: Any) -> None:
    path = tmp_path / "ged.csv"
    path.write_bytes(large.read_bytes())
    before = dump(url), count_runs(url)
    with stopped("--db", url, "import", path) as (program, _), path.open("a") as file:
        file.write("9999999,2019\n")
        file.flush()
        code, stderr = finish(program)
    error = f"error: {path} was changed while it was read\n  import it again when it is whole\n"
    assert (code, stderr) == (1, error)
    assert (dump(url), count_runs(url)) == before


@pytest.mark.parametrize("found", ["a quote never closed", "the file is gone"])
def test_what_the_reader_finds_is_told(
    found: str, url: str, run: Any, write: Any, dump: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conflictdb import ingest

    gone = found == "the file is gone"
    text = table(*numbered(GED, 3)) + ("" if gone else '1009,2019,"' + "0,0\n" * (17 << 18))
    path, whole, before = write(text, "ged.csv"), ingest.read_apart, dump(url)

    def read(name: str, path: Path) -> Any:
        if gone:
            path.unlink()
        return whole(name, path)

    monkeypatch.setattr(ingest, "FROM_BYTES", 0)
    monkeypatch.setattr(ingest, "read_apart", read)
    result = run("import", path, db=url)
    error = (
        f"error: cannot read {path}: No such file or directory\n  the database is as it was before\n"
        if gone
        else "error: ged.csv, line 5: a cell is longer than 16 MB\n"
        "  a quote that opens a cell there is probably never closed\n"
    )
    assert (result.exit_code, result.stderr) == (1, error)
    assert dump(url) == before
