"""Exporting: events a second to GED and Parquet, beside a bare copy of the GED file by Python's csv module.

Run it on a database of rows of UCDP: `python bench/export.py DATABASE`, or let it make one of the rows of a GED file:
`python bench/export.py DATABASE --fill FILE.csv`. Rounds are interleaved, so that a machine that is busy for a while
slows all of them. Medians are of wall time and of CPU time, which others on the machine disturb less; the ratio is of
CPU time to the bare copy's, and is what to compare between machines. Peak memory is that of the whole process.
"""

from __future__ import annotations

import csv
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from conflictdb.config import find_target
from conflictdb.domain.query import parse_query
from conflictdb.export.exporting import Wish, export_file
from conflictdb.export.layouts import find_layout
from conflictdb.ingest import import_file
from conflictdb.setup import create_database
from conflictdb.store.engine import reading

ROUNDS = 5
GOAL = 30_000
LAYOUTS = ("ged", "parquet")


def export(database: str, layout: str, folder: Path) -> int:
    """Export all events; return how many."""
    with reading(find_target(database)) as connection:
        wish = Wish(parse_query(""), find_layout(layout), "2026-01-01")
        return export_file(connection, wish, folder / f"out.{layout}", force=True).tally.events


def copy(folder: Path) -> int:
    """Copy the GED file by csv.writer alone: the rows are read before the clock starts."""
    with (folder / "copy.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(ROWS)
    return len(ROWS) - 1


ROWS: list[list[str]] = []


def main() -> None:
    """Print the table."""
    database, *options = sys.argv[1:]
    if options[:1] == ["--fill"]:
        create_database(database, seed=False)
        import_file(find_target(database), Path(options[1]))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        works: dict[str, Callable[[], int]] = {each: partial(export, database, each, folder) for each in LAYOUTS}
        for work in works.values():
            work()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        with (folder / "out.ged").open(encoding="utf-8", newline="") as file:
            ROWS.extend(csv.reader(file))
        works["csv.writer"] = lambda: copy(folder)
        times: dict[str, list[tuple[float, float]]] = {each: [] for each in works}
        counts = {}
        for _ in range(ROUNDS):
            for each, work in works.items():
                wall, cpu = time.perf_counter(), time.process_time()
                counts[each] = work()
                times[each].append((time.perf_counter() - wall, time.process_time() - cpu))
    medians = {each: [statistics.median(of) for of in zip(*taken, strict=True)] for each, taken in times.items()}
    print(f"medians of {ROUNDS} interleaved runs; peak memory of exporting {memory} MB")
    print(f"{'layout':<12}{'events':>10}{'s':>8}{'events/s':>10}{'CPU s':>8}{'ratio':>8}")
    for each, (wall, cpu) in medians.items():
        rate, ratio = counts[each] / wall, cpu / medians["csv.writer"][1]
        print(f"{each:<12}{counts[each]:>10,}{wall:>8.2f}{rate:>10,.0f}{cpu:>8.2f}{ratio:>8.1f}")
    print(f"goal: {GOAL:,} events a second")


if __name__ == "__main__":
    main()
