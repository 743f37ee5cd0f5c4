"""Shell completion: the script for each shell, and the words that it offers."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def complete(instruction: str, words: str = "", at: int = 1) -> str:
    env = {**os.environ, "_CONFLICTDB_COMPLETE": instruction, "COMP_WORDS": words, "COMP_CWORD": str(at)}
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from conflictdb.cli import run; sys.argv[0] = 'conflictdb'; run()"],
        env=env,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script(shell: str) -> None:
    script = complete(f"source_{shell}")
    assert "conflictdb" in script
    assert "_CONFLICTDB_COMPLETE" in script


def test_commands_are_offered() -> None:
    assert complete("complete_bash", "conflictdb ca").split() == ["casualties"]


def test_formats_are_offered() -> None:
    offered = complete("complete_bash", "conflictdb events --format j", 3).split()
    assert offered == ["json", "jsonl"]
