"""The table of commands is the program: every line of it leads to a command, and help shows them all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import conflictdb.cli
from conflictdb.cli.commands import COMMANDS

Run = Callable[..., Any]
SHARED = {"__init__", "clock", "commands", "looking", "options", "output", "plain_params", "problems", "progress"}


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help(name: str, run: Run) -> None:
    result = run(name, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Usage: conflictdb {name}")


def test_each_module_is_a_command() -> None:
    modules = {path.stem for path in Path(conflictdb.cli.__file__).parent.glob("*.py")} - SHARED
    assert modules == {module for module, _ in COMMANDS.values()}


def test_help_lists_them_in_order(run: Run) -> None:
    listed = run("--help").stdout.partition("Commands:\n")[2].splitlines()[: len(COMMANDS)]
    assert listed == [f"  {name:<10}  {line}" for name, (_, line) in COMMANDS.items()]


@pytest.mark.parametrize("words", [(), ("db",)], ids=["program", "group"])
def test_without_a_command_the_help_is_the_answer(words: tuple[str, ...], run: Run) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == run(*words, "--help").stdout
