"""Sums: `casualties --total` over the rows of a GED file, beside what the sqlite3 shell takes to add the same figures.

    python bench/totals.py DATABASE [--fill FILE.csv]

DATABASE holds the rows of a GED file, or is made of FILE. The shell's statement is below: the least and the greatest
figure of each event and subject, then summed by country. Rounds are interleaved, so that a machine that is busy for a
while slows all sides; each figure is the median of ROUNDS, in seconds of wall time and of CPU time, which others on the
machine disturb less. The ratio takes off what the same command takes on an empty database. With the greatest memory of
a process.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from conflictdb.policies import OWN

ROUNDS = 5
GOAL, MOST_SECONDS, MOST_MB = 2.0, 15.0, 300
PROGRAM = str(Path(sys.executable).parent / "conflictdb")
TWO_LEVELS = """\
SELECT place.country, sum(low), sum(high)
FROM (
    SELECT event_id, min(lower) AS low, max(upper) AS high FROM claim
    WHERE kind = 'casualty' AND metric = 'killed' GROUP BY event_id, subject_kind, combatant_id
) AS figure
JOIN event ON event.id = figure.event_id JOIN place ON place.id = event.place_id
GROUP BY place.country;
"""
COMMAND = ("casualties", "--total", "--by", "country", "--policy", "range", "--basis", "estimates")
SHELL, EMPTY = "sqlite3, two levels", "on an empty database"
PREFERRED = {"priority": ("--prefer", "recorder")}
MEASURED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
sys.exit(done.returncode)
"""


def run(*command: str) -> tuple[float, float, int]:
    """Run a command; return its seconds of wall time and of CPU time, and the MB of its greatest process."""
    before, began = _cpu(), time.perf_counter()
    done = subprocess.run([sys.executable, "-c", MEASURED, *command], check=True, capture_output=True, text=True)
    return time.perf_counter() - began, _cpu() - before, int(done.stdout)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def works(database: str, empty: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the name and the command of everything that is measured."""
    yield SHELL, ("sqlite3", database, TWO_LEVELS)
    yield EMPTY, (PROGRAM, "--db", empty, *COMMAND)
    yield "by country, estimates", (PROGRAM, "--db", database, *COMMAND)
    total = (PROGRAM, "--db", database, "casualties", "--total")
    for by in ("conflict", "month", "year", "type", "actor", "side"):
        yield f"by {by}, estimates", (*total, "--basis", "estimates", "--by", by)
    yield "as of 2030, estimates", (*total, "--basis", "estimates", "--by", "country", "--as-of", "2030", "--undated")
    for policy in OWN:
        told = ("--policy", policy, *PREFERRED.get(policy, ()))
        yield f"{policy}, both", (*total, "--by", "country", "--basis", "both", *told)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database")
    parser.add_argument("--fill", type=Path, metavar="FILE")
    given = parser.parse_args()
    if given.fill:
        subprocess.run([PROGRAM, "--db", given.database, "init", "--empty"], check=True, capture_output=True)
        subprocess.run([PROGRAM, "--db", given.database, "import", str(given.fill)], check=True, capture_output=True)
    taken: dict[str, list[tuple[float, float, int]]] = {}
    with tempfile.TemporaryDirectory(prefix="conflictdb-bench-") as folder:
        empty = str(Path(folder) / "empty.sqlite3")
        subprocess.run([PROGRAM, "--db", empty, "init", "--empty"], check=True, capture_output=True)
        for _ in range(ROUNDS):
            for name, command in works(given.database, empty):
                taken.setdefault(name, []).append(run(*command))
    medians = {name: [statistics.median(column) for column in zip(*each, strict=True)] for name, each in taken.items()}
    start, shell = medians[EMPTY], medians[SHELL]
    print(f"medians of {ROUNDS} interleaved runs; the ratio is to the shell's, less the time on an empty database")
    print(f"{'':<24}{'s':>8}{'CPU s':>8}{'MB':>6}{'ratio':>8}{'of CPU':>8}")
    for name, (wall, cpu, memory) in medians.items():
        ratios = [f"{(took - less) / base:8.2f}" for took, less, base in zip((wall, cpu), start, shell, strict=False)]
        shown = "" if name in (SHELL, EMPTY) else "".join(ratios)
        print(f"{name:<24}{wall:>8.2f}{cpu:>8.2f}{memory:>6.0f}{shown}")
    print(f"goals: by country, estimates {GOAL}; every line within {MOST_SECONDS:.0f} s and {MOST_MB} MB")


if __name__ == "__main__":
    main()
