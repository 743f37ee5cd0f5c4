"""What a reader sees at the ends: a pipe that closes early, an event whose import was undone, a slip in a year."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.parametrize("format", ["plain", "csv", "jsonl", "json", "markdown"])
def test_a_pipe_closed_early_is_quiet(format: str, seeded_url: str) -> None:
    program = f"{sys.executable} -m conflictdb --db {seeded_url} claims --history --format {format} | head -1"
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    done = subprocess.run(["bash", "-c", program], capture_output=True, encoding="utf-8", env=env, timeout=60)
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


def test_history_shows_what_was_withdrawn(seeded_url: str, run: Run) -> None:
    assert run("imports", "undo", "1", db=seeded_url).exit_code == 0
    assert "27 claims withdrawn; see --history" in run("show", "dioura-2019", db=seeded_url).stdout
    shown = run("show", "dioura-2019", "--history", db=seeded_url).stdout
    assert "- 26" in shown
    assert "see --history" not in shown
    assert run("events", db=seeded_url).stdout == "nothing found\n"
    assert '"events": 0' in run("conflicts", "--format", "json", db=seeded_url).stdout
    assert run("actors", "malian", "army", "--format", "json", db=seeded_url).stdout.count('"events": 0') == 1


def test_what_is_stated_before_the_event_is_doubted(seeded_url: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "late.yaml"
    path.write_text(
        "slug: dioura-2019\ndate: 2019-03-17\nsource: wikipedia-raid-on-dioura-2019\n"
        "claims:\n  - {claimant: JNIM, stated_on: 2009-03-18, of: Malian Army, wounded: 4, locator: p}\n",
        encoding="utf-8",
    )
    result = run("import", str(path), db=seeded_url)
    assert result.exit_code == 0
    assert (
        "  warning: line 5, dioura-2019, claims.1.stated_on: '2009-03-18'"
        " it is stated before the event of 2019-03-17; is the date right?\n"
    ) in result.stderr


def test_a_new_event_is_not_a_known_one(seeded_url: str, run: Run) -> None:
    result = run("new", "raid-2020", "--from", "dioura-2019", db=seeded_url)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: new raid-2020 and --from dioura-2019 exclude each other\n")
