"""`conflictdb parse`: one value as rows, a file of values as claims, and what is said of bad ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
GOOD = json.dumps({"id": "a", "field": "casualties1", "raw": "26 killed (per Mali)"})


def test_a_value_as_a_table(run: Run) -> None:
    result = run("parse", "casualties", "26 killed (per Mali and UN), 2 tanks lost")
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["what", "figure", "whose", "claimant", "text"],
        ["killed", "26", "Mali,", "UN", "26", "killed"],
        ["tanks", "lost", "2", "2", "tanks", "lost"],
    ]


def test_strength_from_standard_input(run: Run) -> None:
    result = run("parse", "casualties", "-", "--field", "strength1", "--format", "jsonl", input="~100 men")
    (row,) = map(json.loads, result.stdout.splitlines())
    assert (row["metric"], row["lower"], row["upper"], row["qualifier"]) == ("strength", 100, 100, "approximate")


def test_nothing_found(run: Run) -> None:
    result = run("parse", "casualties", "Unknown")
    assert (result.exit_code, result.stdout) == (0, "no figure in this value\n")


def test_own_words(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[metric.killed]\nnl = ["gesneuveld"]\n', encoding="utf-8")
    result = run("parse", "casualties", "12 gesneuveld", "--words", own, "--format", "jsonl")
    assert json.loads(result.stdout)["metric"] == "killed"


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["casualties", "3", "--field", "result"], 2, "error: the field 'result' holds no figures"),
        (["casualties", "3", "--words", "missing.toml"], 1, "error: cannot read the words in missing.toml"),
        (["casualties", "a" * 100_001], 2, "error: the value has 100,001 characters"),
        (["infobox", "missing.jsonl", "out.jsonl"], 1, "error: cannot read missing.jsonl: No such file"),
        (["infobox", "in.jsonl", "no/such/out.jsonl"], 1, "error: cannot write no/such/out.jsonl: No such file"),
        (["infobox", "in.jsonl", "in.jsonl"], 2, "error: in.jsonl is the file to read"),
    ],
    ids=["field", "words", "too long", "no input", "no output", "same file"],
)
def test_failures(
    args: list[str], code: int, message: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_text(GOOD, encoding="utf-8")
    result = run("parse", *args)
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith(message)
    assert Path("in.jsonl").read_text(encoding="utf-8") == GOOD


def test_a_file_of_values(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(f'{{"header": 1}}\n\n{GOOD}\n', encoding="utf-8")
    result = run("parse", "infobox", "--jsonl", tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    (row,) = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
    assert row == {
        "id": "a",
        "claims": [
            {"metric": "killed", "lower": 26, "upper": 26, "qualifier": "exact", "claimants": ["Mali"], "subject": None,
             "item": None, "fate": None, "text": "26 killed"},
        ],
    }  # fmt: skip


def test_bad_lines_are_told_and_the_rest_is_read(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    lines = ["{", "[1]", '{"id": "b", "field": "casualties1"}', '{"id": "c", "field": "notes", "raw": "1"}', GOOD]
    file.write_bytes("\n".join(lines).encode() + b'\n{"id": "\xff"}\n')
    result = run("parse", "infobox", file, "-")
    assert result.exit_code == 5
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a"]
    told = result.stderr.splitlines()
    assert [line.split(":")[1] for line in told[:-1]] == ["1", "2", "3", "4", "6"]
    assert told[1] == f"{file}:2: it is no JSON object: [1]"
    assert told[-1] == "5 lines were refused"
