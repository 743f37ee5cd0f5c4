"""Start-up: CPU time of the program's commands beside that of the libraries they cannot do without.

Run it in the environment that has the program: `python bench/start_up.py`. Rounds are interleaved, so that a machine
that is busy for a while slows both sides; medians are of user plus system time of the child process.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 20


@dataclass(frozen=True)
class Comparison:
    """A command, the imports that it is measured against, and how many times their CPU time it may take."""

    command: tuple[str, ...]
    imports: str
    goal: float

    @property
    def floor(self) -> list[str]:
        """Return the command line that imports the libraries and does nothing."""
        return [sys.executable, "-c", f"import {self.imports}"]

    @property
    def program(self) -> list[str]:
        """Return the command line of the program beside this interpreter."""
        return [str(Path(sys.executable).parent / "conflictdb"), *self.command]


COMPARISONS = (
    Comparison(("--help",), "typer", 1.30),
    Comparison(("show", "dioura-2019"), "typer, sqlalchemy.orm", 1.25),
)


def cpu_ms(command: list[str], env: dict[str, str]) -> float:
    """Run `command` with its output to a pipe; return its user plus system time in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def medians(commands: list[list[str]], env: dict[str, str]) -> list[float]:
    """Return each command's median CPU time in milliseconds, of ROUNDS interleaved rounds."""
    for command in commands:
        cpu_ms(command, env)  # compiles the modules and, the first time, makes the database
    rounds = [[cpu_ms(command, env) for command in commands] for _ in range(ROUNDS)]
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "CONFLICTDB_HOME": home}
        env.pop("CONFLICTDB_URL", None)
        commands = [command for pair in COMPARISONS for command in (pair.floor, pair.program)]
        times = medians(commands, env)
    print(f"CPU ms, median of {ROUNDS} interleaved runs, Python {sys.version.split()[0]}")
    print(f"{'command':<30}{'ms':>7}  {'python -c':<32}{'ms':>7}{'ratio':>7}{'goal':>8}")
    for compared, floor, program in zip(COMPARISONS, times[::2], times[1::2], strict=True):
        ratio = program / floor
        verdict = "met" if ratio <= compared.goal else "missed"
        command, imports = f"conflictdb {' '.join(compared.command)}", f"import {compared.imports}"
        print(f"{command:<30}{program:>7.1f}  {imports:<32}{floor:>7.1f}{ratio:>7.2f}{compared.goal:>8.2f}  {verdict}")


if __name__ == "__main__":
    main()
