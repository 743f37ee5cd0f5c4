"""Start-up is a feature: what a command does not need, it does not import."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "alembic",
    "conflictdb.importers",
    "conflictdb.store",
    "platformdirs",
    "psycopg",
    "pydantic",
    "rapidfuzz",
    "rich",
    "sqlalchemy",
    "yaml",
)

# The names of all loaded modules go to stderr, so that stdout is the command's own.
REPORT = "\nimport sys; sys.stderr.write('\\n'.join(sys.modules))"


def loaded_by(code: str, *args: str) -> tuple[set[str], str]:
    """Run `code` in a process of its own, output to a pipe; return what it loaded and what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code + REPORT, *args], capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split()), done.stdout


def in_process(*args: str) -> tuple[set[str], str]:
    """Run the program on `args`, as its entry point does."""
    return loaded_by("import sys\nfrom conflictdb.cli import main\nassert main(sys.argv[1:]) == 0", *args)


def test_the_package_loads_nothing_heavy() -> None:
    loaded, _ = loaded_by("import conflictdb")
    assert "conflictdb" in loaded
    assert loaded.isdisjoint({*HEAVY, "typer"})


@pytest.mark.parametrize("args", [("--help",), ("--version",), ("show", "--help")], ids=" ".join)
def test_help_loads_nothing_heavy(args: tuple[str, ...]) -> None:
    loaded, printed = in_process(*args)
    assert "conflictdb.cli" in loaded
    assert printed
    assert loaded.isdisjoint(HEAVY)


def test_show_loads_only_what_reads(seeded_url: str) -> None:
    loaded, printed = in_process("--db", seeded_url, "show", "dioura-2019")
    assert "Raid on Dioura (2019)" in printed
    assert "sqlalchemy" in loaded
    assert loaded.isdisjoint({"alembic", "pydantic", "rapidfuzz", "rich", "sqlalchemy.orm", "yaml"})
