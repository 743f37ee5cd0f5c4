"""`conflictdb assert` as people and their CI call it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conflictdb.domain.rows.assertion import ASSERTION_FIELDS
from conflictdb.render.formats import Format

Run = Callable[..., Any]
HOLDS = "- dioura-2019 killed mali range low == 21\n"
FAILS = "- dioura-2019 killed mali ucdp best == 27 as-of 2019-05-31\n"


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    """Return file(text): the file that holds it."""

    def file(text: str) -> Path:
        path = tmp_path / "ours.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return file


def test_all_hold(shipped_url: str, run: Run, file: Any) -> None:
    result = run("assert", file(HOLDS * 2), db=shipped_url)
    assert (result.exit_code, result.stderr) == (0, "2 of 2 hold\n")
    assert result.stdout == (
        "line  what                               expected  found  ok\n"
        "   1  dioura-2019 killed mali range low        21     21  yes\n"
        "   2  dioura-2019 killed mali range low        21     21  yes\n"
    )


def test_one_does_not_hold(shipped_url: str, run: Run, file: Any) -> None:
    path = file(HOLDS + FAILS)
    result = run("assert", path, db=shipped_url)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == (
        "   2  dioura-2019 killed mali ucdp best as-of 2019-05-31        27     26  NO"
    )
    first, *lines = result.stderr.splitlines()
    assert first == f"{path}, line 2: dioura-2019 killed mali ucdp best as-of 2019-05-31"
    assert lines[0] == "- expected 27"
    assert lines[1].startswith("+ found    26 (")
    assert [line.partition(" (")[0] for line in lines[2:]] == [
        "  by ucdp",
        "  26: Government of Mali, own side, 21 Mar 2019, wikipedia-raid-on-dioura-2019",
        "  26: MINUSMA, third party, 31 May 2019, wikipedia-raid-on-dioura-2019",
        "  see: conflictdb casualties dioura-2019 --metric killed --policy ucdp --as-of 2019-05-31 --explain",
        "1 of 2 hold",
    ]
    assert lines[2] == "  by ucdp (version 1), basis claims, as of 2019-05-31"


def test_the_command_that_it_names_runs(shipped_url: str, run: Run, file: Any) -> None:
    told = 'as-of 2019-06 undated basis both prefer "Malian government,jnim"'
    path = file(f"- dioura-2019 killed total priority best == 1 {told}\n")
    result = run("assert", path, "--format", "json", db=shipped_url)
    (row,) = json.loads(result.stdout)["rows"]
    assert row["see"] == (
        "conflictdb casualties dioura-2019 --metric killed --policy priority --prefer 'Malian government,jnim'"
        " --basis both --as-of 2019-06 --undated --by-event --explain"
    )
    words = shlex.split(row["see"])[1:]
    words.remove("--explain")
    assert run(*words, db=shipped_url).exit_code == 0


@pytest.mark.parametrize("format", Format)
def test_every_format(format: Format, shipped_url: str, run: Run, file: Any) -> None:
    result = run("assert", file(HOLDS + FAILS), "--format", format, db=shipped_url)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "1 of 2 hold"
    if format is Format.JSON:
        assert [tuple(row) for row in json.loads(result.stdout)["rows"]] == [ASSERTION_FIELDS] * 2
    if format is Format.CSV:
        assert result.stdout.splitlines()[0] == ",".join(ASSERTION_FIELDS)


def test_a_file_that_cannot_be_read(shipped_url: str, run: Run, file: Any) -> None:
    path = file("- dioura-2019 killed mali range lo == 21\n- dioura-2019 killed mali range low = 21\n")
    result = run("assert", path, db=shipped_url)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"error: {path} cannot be read as expectations\n"
        "  line 1: no field of an estimate is called 'lo'; did you mean low? known: low, best, high, open, highest,"
        " claims\n"
        "  line 2: = compares nothing; did you mean ==? it is one of: == != >= <= > <\n"
    )
    result = run("assert", path.with_name("missing.yaml"), db=shipped_url)
    assert result.exit_code == 2
    assert result.stderr == (
        f"error: cannot read {path.with_name('missing.yaml')}: No such file or directory\n"
        "  name a file of expectations\n"
    )


def test_hostile_names_are_shown(shipped_url: str, run: Run, file: Any) -> None:
    result = run("assert", file('- "x killed \\"\\x1b[31mred\\" range low == 1"\n'), db=shipped_url)
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout + result.stderr
