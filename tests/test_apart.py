"""A file read in a process of its own gives what it gives in one, and fails as it fails in one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import conflictdb.apart
import conflictdb.ingest
from coded_files import acled, counts, dump, ged, take, write_table
from conflictdb.config import find_target
from conflictdb.errors import ConflictDBError, ImportFailedError
from conflictdb.importers.ucdp.columns import STANDARD_ORDER
from conflictdb.ingest import import_file

NOW = "2026-01-01T00:00:00Z"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Read every file apart, at one moment; return the processes that were started."""
    processes: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        processes.append(popen(*args, **options))
        return processes[-1]

    monkeypatch.setattr(conflictdb.ingest, "FROM_BYTES", 0)
    monkeypatch.setattr(conflictdb.ingest, "now", lambda: NOW)
    monkeypatch.setattr(conflictdb.apart.subprocess, "Popen", start)
    return processes


def many(tmp_path: Path, number: int = 3_000) -> Path:
    rows = [
        ged(id=each, deaths_a=each % 7, where_coordinates=f"Town {each % 50}", side_b=f"Group {each % 9}",
            side_b_new_id=600 + each % 9, dyad_new_id=700 + each % 9, dyad_name=f"Government of Mali - {each % 9}")
        for each in range(1, number + 1)
    ]  # fmt: skip
    rows[10]["best"] = "many"
    rows[20]["low"] = "900"
    rows[2_400]["id"] = "5"
    rows[2_500]["id"] = "conflictdb:somewhere-2019"
    return write_table(tmp_path / "ged.csv", rows, STANDARD_ORDER)


def test_it_gives_the_same_database(
    databases: Any, started: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = many(tmp_path)
    apart, together = (databases.copy(tmp_path, seed=True) for _ in range(2))
    report = take(apart, path, release="22.1")
    assert len(started) == 1
    monkeypatch.setattr(conflictdb.ingest, "FROM_BYTES", 1 << 40)
    same = take(together, path, release="22.1")
    assert len(started) == 1
    assert (report.counts, report.problems, report.warnings) == (same.counts, same.problems, same.warnings)
    assert counts(report) == {"added": 2_997, "refused": 3}
    assert dump(apart) == dump(together)
    for url in (apart, together):
        databases.drop(url)


def test_known_rows_are_not_read_apart(database_url: str, started: list[Any], tmp_path: Path) -> None:
    path = write_table(tmp_path / "ged.csv", [ged()], STANDARD_ORDER)
    take(database_url, path)
    take(database_url, path)
    assert len(started) == 1


FAULTY = {
    "a column is missing": ([{name: cell for name, cell in ged().items() if name != "date_start"}], "date_start"),
    "dates decide nothing": (
        [acled(event_date="03-04-19"), acled(event_id_cnty="MLI2", event_date="05-06-19")],
        "03-04",
    ),
}


@pytest.mark.parametrize(("rows", "word"), FAULTY.values(), ids=FAULTY)
def test_what_an_importer_raises_arrives_as_it_is(
    rows: list[dict[str, str]],
    word: str,
    database_url: str,
    started: list[Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    path = write_table(tmp_path / "faulty.csv", rows)
    raised = []
    for limit in (0, 1 << 40):
        monkeypatch.setattr(conflictdb.ingest, "FROM_BYTES", limit)
        before = dump(database_url)
        with pytest.raises(ConflictDBError) as caught:
            take(database_url, path)
        assert dump(database_url) == before
        raised.append((type(caught.value), str(caught.value), caught.value.advice))
    assert raised[0] == raised[1]
    assert word in raised[0][1]
    assert capfd.readouterr().err == ""


BROKEN = """
import io, os, signal, sys
from pathlib import Path
from conflictdb.apart import main

class Broken(io.RawIOBase):
    written = 0
    def writable(self):
        return True
    def write(self, data):
        self.written += len(data)
        if self.written > {limit}:
            sys.stdout.buffer.write(bytes(data)[: len(data) // 2])
            sys.stdout.buffer.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        return sys.stdout.buffer.write(data)

main({name!r}, Path({path!r}), Broken())
"""


@pytest.mark.parametrize("limit", [0, 400_000], ids=["at once", "within a batch"])
def test_a_reader_that_is_killed_changes_nothing(
    limit: int, database_url: str, started: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = many(tmp_path)
    script = BROKEN.format(limit=limit, name="ucdp-ged", path=str(path))
    start = subprocess.Popen
    monkeypatch.setattr(
        conflictdb.apart.subprocess,
        "Popen",
        lambda command, **options: start([sys.executable, "-c", script], **options),
    )
    before = dump(database_url)
    with pytest.raises(ImportFailedError, match=r"the reading of ged\.csv broke off"):
        take(database_url, path)
    assert dump(database_url) == before


@pytest.mark.parametrize("failure", [KeyboardInterrupt, RuntimeError], ids=["Ctrl-C", "error"])
def test_the_reader_ends_with_the_import(
    failure: type[BaseException], database_url: str, started: list[Any], tmp_path: Path
) -> None:
    def progress(line: int, lines: int | None) -> None:
        if line > 1_000:
            raise failure

    before = dump(database_url)
    with pytest.raises(failure):
        import_file(find_target(database_url), many(tmp_path), progress=progress)
    assert [process.poll() is not None for process in started] == [True]
    assert dump(database_url) == before


def test_files_beside_the_user_are_no_modules(
    database_url: str, started: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("queue", "csv", "pickle", "conflictdb"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('not this one')", encoding="utf-8")
    path = write_table(tmp_path / "ged.csv", [ged()], STANDARD_ORDER)
    monkeypatch.chdir(tmp_path)
    assert counts(take(database_url, path)) == {"added": 1}
    assert len(started) == 1
