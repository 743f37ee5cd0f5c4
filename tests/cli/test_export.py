"""`conflictdb export` as people call it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_it_says_what_it_wrote_and_lost(seeded_url: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    result = run("export", "country:MLI", "killed>=20", str(path), "--to", "ged", db=seeded_url)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        f"wrote 1 row of 1 event to {path}\n"
        "  1 was filled by conflictdb range 1, basis claims\n"
        "  lost: 11 entries of the timeline, 7 claims of a figure that is held, 6 claimants, 4 strengths, 3 commanders,"
        " 3 estimates of other recorders, and 14 other kinds\n"
        f"  what it could not hold: {path}.losses.txt\n"
    )


def test_standard_output(seeded_url: str, run: Run) -> None:
    result = run("export", "-", "--to", "geojson", db=seeded_url)
    assert result.exit_code == 0
    assert [each["id"] for each in json.loads(result.stdout)["features"]] == ["dioura-2019"]
    assert result.stderr.startswith("wrote 1 row of 1 event\n")
    result = run("export", "-", "--to", "xlsx", db=seeded_url)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: xlsx is no text, and cannot go to standard output\n  name a file\n"


def test_nothing_found(seeded_url: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    result = run("export", "country:NER", str(path), "--to", "hxl", db=seeded_url)
    assert result.exit_code == 0
    assert result.stderr.startswith(f"nothing found: wrote {path} without rows\n")
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2


def test_an_unknown_layout(seeded_url: str, run: Run, tmp_path: Path) -> None:
    result = run("export", str(tmp_path / "x"), "--to", "parket", db=seeded_url)
    assert result.exit_code == 2
    assert result.stderr == (
        "error: no layout is called 'parket'\n  did you mean parquet?\n"
        "  known: native, csv, ged, acled, gtd, geojson, parquet, hxl, xlsx\n"
    )


def test_a_negated_term_is_no_option(seeded_url: str, run: Run, tmp_path: Path) -> None:
    result = run("export", "-country:MLI", str(tmp_path / "x.csv"), "--to", "csv", db=seeded_url)
    assert result.exit_code == 0
    assert result.stderr.startswith("nothing found")


def test_a_pipe_closed_early_is_quiet(seeded_url: str) -> None:
    program = f"{sys.executable} -m conflictdb --db {seeded_url} export - --to csv | head -1"
    done = subprocess.run(["bash", "-c", program], capture_output=True, encoding="utf-8", timeout=60)
    assert done.stdout.startswith("event,event_name,")
    assert "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr


SLOW = """
import sys, time
import conflictdb.export.claims as claims
def write(self, ids):
    print("begun", flush=True)
    time.sleep(60)
claims.ClaimsCsv.write = write
from conflictdb.cli import run
run()
"""


def test_ctrl_c_leaves_nothing(seeded_url: str, tmp_path: Path) -> None:
    path = tmp_path / "out" / "out.csv"
    path.parent.mkdir()
    arguments = [sys.executable, "-c", SLOW, "--db", seeded_url, "export", str(path), "--to", "csv"]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in stderr
    assert list(path.parent.iterdir()) == []
