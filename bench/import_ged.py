"""Importing: GED files of 100,000 rows beside `sqlite3 .import` and `sqlite-utils insert`; again; and a new release.

    python bench/import_ged.py FIRST.csv AGAIN.csv SECOND.csv [--postgresql URL]

FIRST is release 1, AGAIN the same rows in another order, SECOND release 2. Needs the shell sqlite3, and sqlite-utils
beside this interpreter. Rounds are interleaved, so that a machine that is busy for a while slows all sides; each figure
is the median of ROUNDS, in seconds of wall time, with the greatest memory of a process of the program.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROUNDS = 5
MANY = 1_001
HERE = Path(sys.executable).parent
PROGRAM = str(HERE / "conflictdb")
MEASURED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
sys.exit(done.returncode)
"""


def run(*command: str) -> tuple[float, int]:
    """Run a command; return its seconds of wall time, and the MB of its greatest process."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", MEASURED, *command], check=True, capture_output=True, text=True)
    return time.perf_counter() - began, int(done.stdout)


def steps(folder: Path, files: argparse.Namespace) -> Iterator[tuple[str, float, int]]:
    """Yield the name, seconds and MB of every step of one round."""
    flat = str(folder / "flat.sqlite3")
    yield "sqlite3 .import", *run("sqlite3", flat, ".mode csv", f".import {files.first} ged")
    other = str(folder / "other.sqlite3")
    utils = (str(HERE / "sqlite-utils"), "insert", other, "ged", str(files.first), "--csv", "--pk", "id", "--silent")
    yield "sqlite-utils insert", *run(*utils)
    ours = str(folder / "ours.sqlite3")
    subprocess.run([PROGRAM, "--db", ours, "init"], check=True, capture_output=True)
    yield from imports(ours, files, "")
    if files.postgresql:
        with made_on(files.postgresql) as target:
            yield from imports(target, files, ", PostgreSQL")
        with made_on(files.postgresql) as target:
            subprocess.run([PROGRAM, "--db", target, "import", fill(folder)], check=True, capture_output=True)
            yield "with keys in place, PostgreSQL", *run(PROGRAM, "--db", target, "import", str(files.first))


@contextmanager
def made_on(server: str) -> Iterator[str]:
    """Make a database on a server for a while."""
    name = f"conflictdb_bench_{os.getpid()}"
    target = f"{server.rpartition('/')[0]}/{name}"
    subprocess.run(["psql", server, "-qc", f"CREATE DATABASE {name}"], check=True)
    try:
        subprocess.run([PROGRAM, "--db", target, "init"], check=True, capture_output=True)
        yield target
    finally:
        subprocess.run(["psql", server, "-qc", f"DROP DATABASE {name}"], check=True)


def fill(folder: Path) -> str:
    """Write a document of so many events that the next file is no first load, whose keys are added at the end."""
    path = folder / "many.jsonl"
    source = {"id": "a-list", "title": "A list"}
    event = {"conflictdb": 1, "source": source, "type": "battle", "date": "2019"}
    events = (event | {"slug": f"event-{number}", "name": f"Event {number}"} for number in range(MANY))
    path.write_text("".join(f"{json.dumps(each)}\n" for each in events), encoding="utf-8")
    return str(path)


def imports(target: str, files: argparse.Namespace, engine: str) -> Iterator[tuple[str, float, int]]:
    """Yield what the three imports cost on one database."""
    take = (PROGRAM, "--db", target, "import")
    yield f"first import{engine}", *run(*take, str(files.first))
    yield f"same rows again{engine}", *run(*take, str(files.again))
    yield f"release 2, complete{engine}", *run(*take, "--release", "2", "--complete", str(files.second))


GOALS = (
    ("first import", "sqlite3 .import", 20.0),
    ("first import", "sqlite-utils insert", 0.5),
    ("same rows again", "first import", 0.3),
    ("release 2, complete", "first import", 0.5),
    ("first import, PostgreSQL", "first import", 1.5),
    ("with keys in place, PostgreSQL", "first import", 2.5),
)


def main() -> None:
    """Print the medians and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("first", "again", "second"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--postgresql", metavar="URL", default="")
    files = parser.parse_args()
    seconds: dict[str, list[float]] = {}
    memory: dict[str, int] = {}
    for _ in range(ROUNDS):
        folder = Path(tempfile.mkdtemp(prefix="conflictdb-bench-"))
        for name, taken, mb in steps(folder, files):
            seconds.setdefault(name, []).append(taken)
            memory[name] = max(memory.get(name, 0), mb)
        shutil.rmtree(folder)
    with files.first.open(encoding="utf-8", newline="") as file:
        rows = sum(1 for _ in csv.reader(file)) - 1
    medians = {name: statistics.median(taken) for name, taken in seconds.items()}
    for name, median in medians.items():
        print(f"{name:32} {median:8.2f} s {rows / median:10,.0f} rows/s {memory[name]:6} MB")
    for name, other, goal in GOALS:
        if name in medians:
            print(f"{name} / {other}: {medians[name] / medians[other]:.2f} (goal {goal})")


if __name__ == "__main__":
    main()
