"""Reading: the time of a table's rows, and of rows put in declared order, beside Python's csv.reader alone.

Run it on a large file: `python bench/read_table.py FILE.csv`. Rounds are interleaved, so that a machine that is busy
for a while slows all of them; medians are of wall time.
"""

from __future__ import annotations

import csv
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from conflictdb.importers.tabular.columns import Column, Layout
from conflictdb.importers.tabular.reader import open_table

ROUNDS = 5
GOAL = 1.25


def read_bare(path: Path) -> int:
    """Return how many rows csv.reader finds."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def read_rows(path: Path) -> int:
    """Return how many rows the table has."""
    with open_table(path) as table:
        return sum(1 for _ in table.rows())


def read_picked(path: Path) -> int:
    """Return how many rows the table has, each checked and put in the order of columns of which one is not there."""
    count = 0
    with open_table(path) as table:
        columns = [Column(name, "") for name in (*reversed(table.names), "not there") if name]
        pick = Layout(columns, table.names).pick()
        for line, cells in table.rows():
            if table.bad_row(line, cells) is None:
                pick(cells)
                count += 1
    return count


READERS: dict[str, Callable[[Path], int]] = {
    "csv.reader": read_bare,
    "Table.rows": read_rows,
    "rows, bad_row, pick": read_picked,
}


def seconds(read: Callable[[Path], int], path: Path) -> tuple[float, int]:
    """Return how long a reader takes, and how many rows it found."""
    begin = time.perf_counter()
    count = read(path)
    return time.perf_counter() - begin, count


def main() -> None:
    """Print the table."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    path = Path(sys.argv[1])
    rounds = [{name: seconds(read, path) for name, read in READERS.items()} for _ in range(ROUNDS)]
    bare = statistics.median(each["csv.reader"][0] for each in rounds)
    print(f"seconds, median of {ROUNDS} interleaved runs, {path.stat().st_size / 1e6:.0f} MB")
    print(f"{'reader':<22}{'rows':>10}{'s':>8}{'ratio':>8}")
    for name in READERS:
        median = statistics.median(each[name][0] for each in rounds)
        print(f"{name:<22}{rounds[0][name][1]:>10,}{median:>8.2f}{median / bare:>8.2f}")
    print(f"goal: Table.rows at most {GOAL:.2f} times csv.reader")


if __name__ == "__main__":
    main()
