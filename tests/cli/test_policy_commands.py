"""The commands about policies: `policies`, `compare`, `replay`, `casualties --explain`, and a policy of a package."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conflictdb.policies import OWN, find_policy
from conflictdb.render.formats import Format
from conflictdb.render.text import cell_width

Run = Callable[..., Any]
EVENT = "dioura-2019"
POLICIES_PAGE = Path(__file__).resolve().parents[2] / "docs" / "policies.md"
# What each command is asked, and how many rows it finds.
COMMANDS: dict[str, tuple[tuple[str, ...], int]] = {
    "policies": (("policies",), len(OWN)),
    "policies, one": (("policies", "corroborated"), 1),
    "compare": (("compare", EVENT), 144),
    "compare --metric": (("compare", EVENT, "--metric", "killed"), 36),
    "compare --prefer": (("compare", EVENT, "--metric", "wounded", "--prefer", "state"), 26),
    "compare, none": (("compare", EVENT, "--as-of", "2019-03-17"), 0),
    "replay": (("replay", EVENT), 5),
    "replay --undated": (("replay", EVENT, "--undated", "--policy", "ucdp"), 4),
    "replay --as-of": (("replay", EVENT, "--as-of", "2019-03-18"), 3),
    "explain": (("casualties", EVENT, "--explain"), 8),
    "explain, a policy": (("casualties", EVENT, "--explain", "--policy", "ibc", "--k", "3"), 8),
    "explain --by-event": (("casualties", EVENT, "--explain", "--by-event"), 4),
    "explain, none": (("casualties", "country:NER", "--explain"), 0),
}


@pytest.mark.parametrize(("args", "count"), COMMANDS.values(), ids=COMMANDS)
def test_formats_agree(run: Run, shipped_url: str, args: tuple[str, ...], count: int) -> None:
    db = None if args[0] == "policies" else shipped_url
    said = {format: run(*args, "--format", format, db=db) for format in Format}
    assert {(each.exit_code, each.stderr) for each in said.values()} == {(0, "")}
    envelope = json.loads(said[Format.JSON].stdout)
    assert (envelope["command"], len(envelope["rows"])) == (args[0], count)
    assert [json.loads(line) for line in said[Format.JSONL].stdout.splitlines()] == envelope["rows"]
    records = list(csv.reader(io.StringIO(said[Format.CSV].stdout)))
    assert len({len(record) for record in records}) == 1
    if args[0] != "replay":
        assert len(records) == count + 1
        assert not envelope["rows"] or records[0] == list(envelope["rows"][0])
    assert said[Format.PLAIN].stdout.endswith("\n") and said[Format.MARKDOWN].stdout.endswith("\n")


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
@pytest.mark.parametrize("args", [args for args, _ in COMMANDS.values()], ids=COMMANDS)
def test_screens_keep_their_width(run: Run, shipped_url: str, args: tuple[str, ...], width: int) -> None:
    db = None if args[0] == "policies" else shipped_url
    lines = run(*args, db=db, columns=width).stdout.splitlines()
    assert max(map(cell_width, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize("args", [args for name, (args, _) in COMMANDS.items() if "none" not in name])
def test_every_screen_names_policy_and_basis(run: Run, shipped_url: str, args: tuple[str, ...]) -> None:
    if args[0] == "policies":
        return
    said = " ".join(run(*args, db=shipped_url).stdout.split())
    assert "basis claims" in said or "basis: claims" in said
    assert "olicy" in said or "olicies" in said


def test_as_of_is_named(run: Run, shipped_url: str) -> None:
    until = ("--as-of", "2019-03-18", "--undated")
    explained = " ".join(run("casualties", EVENT, "--explain", *until, db=shipped_url).stdout.split())
    assert "policy range, version 1, basis claims, as of 18 Mar 2019, undated claims included:" in explained
    compared = " ".join(run("compare", EVENT, *until, db=shipped_url).stdout.split())
    assert "Each policy with its defaults; basis: claims, as of 18 Mar 2019, undated too." in compared
    replayed = " ".join(run("replay", EVENT, *until, db=shipped_url).stdout.split())
    assert "Up to 18 Mar 2019. What has no date counts from the beginning." in replayed


ERRORS: dict[str, tuple[tuple[str, ...], int, str]] = {
    "unknown policy": (("policies", "gdt"), 2, "no policy is called 'gdt'\n  did you mean gtd?"),
    "unknown policy, replayed": (("replay", EVENT, "--policy", "ucpd"), 2, "did you mean ucdp?"),
    "no such event": (("compare", "dioura-2018"), 3, 'no event "dioura-2018"\n  nearest: dioura-2019'),
    "no such event, replayed": (("replay", "dioura-2018"), 3, 'no event "dioura-2018"'),
    "no such metric": (("compare", EVENT, "--metric", "kiled"), 2, "did you mean killed?"),
    "no such day": (("replay", EVENT, "--as-of", "soon"), 2, "--as-of 'soon' is no date"),
    "undated without a day": (("compare", EVENT, "--undated"), 2, "name the day with --as-of"),
    "a parameter too many": (("replay", EVENT, "--policy", "ucdp", "--k", "3"), 2, "the policy ucdp takes no --k"),
    "a list too few": (("replay", EVENT, "--policy", "priority"), 2, "the policy priority needs --prefer"),
}  # fmt: skip


@pytest.mark.parametrize(("args", "code", "message"), ERRORS.values(), ids=ERRORS)
def test_errors(run: Run, shipped_url: str, args: tuple[str, ...], code: int, message: str) -> None:
    result = run(*args, db=shipped_url)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr


def test_policies_need_no_database(run: Run) -> None:
    listed = run("policies", columns=100).stdout
    assert re.findall(r"^(\S+), version 1$", listed, re.MULTILINE) == list(OWN)
    assert not Path("conflictdb.sqlite").exists()


def test_one_policy_whole(run: Run) -> None:
    policy = find_policy("corroborated")
    (row,) = json.loads(run("policies", "corroborated", "--format", "json").stdout)["rows"]
    assert row == {
        "policy": "corroborated", "version": policy.version, "rule": policy.rule, "reference": policy.reference,
        "parameters": [{"name": "k", "default": 2, "choices": [], "help": policy.parameters[0].help}],
    }  # fmt: skip
    assert "option  --k: How many independent claimants it takes. Usually 2." in run("policies", "corroborated").stdout
    assert "It must be told." in run("policies", "priority").stdout
    assert "One of none, lowest, recent. Usually none." in run("policies", "majority").stdout


REPLAYED = """\
Raid on Dioura (2019) (dioura-2019)

Before 18 Mar 2019
  Nobody had stated anything.

18 Mar 2019
  Government of Mali says 17 wounded (Malian Army), provisional.
  Malian Army, wounded  no claim → 17, moved by Government of Mali
"""


def test_a_replay(run: Run, shipped_url: str) -> None:
    assert run("replay", EVENT, "--metric", "wounded", db=shipped_url).stdout.startswith(REPLAYED)


def test_nothing_to_replay(run: Run, shipped_url: str) -> None:
    said = run("replay", EVENT, "--metric", "displaced", db=shipped_url).stdout
    assert "no casualty claims found; what recorders estimate: --basis estimates" in said


def test_what_all_policies_agree_on_is_one_line(run: Run, shipped_url: str) -> None:
    lines = run("compare", EVENT, "--metric", "wounded", db=shipped_url).stdout.splitlines()
    assert lines[2:4] == [
        "All policies agree",
        "  Malian Army, wounded: 17; pending by corroborated, ibc; no figure by adversary, third-party",
    ]


def test_claimants_judged_the_same_are_left_out_together(run: Run, seeded_url: str) -> None:
    assert run("same", "a military source", "a local official", "--why", "one man", db=seeded_url).exit_code == 0
    told = run("casualties", EVENT, "--policy", "acled-strict", "--metric", "killed", "--explain", db=seeded_url).stdout
    assert "    Without a local official and a military source it would be 26.\n" in told


# --- a policy of another package --------------------------------------------------------------------------------------


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an installed package that holds the policy which the documentation shows."""
    page = POLICIES_PAGE.read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (entry,) = re.findall(r'```toml\n\[project.entry-points."conflictdb.policies"\]\n(.*?)```', page, re.DOTALL)
    (tmp_path / "middle_policy.py").write_text(code, encoding="utf-8")
    told = tmp_path / "middle-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: middle\nVersion: 1.0\n", encoding="utf-8")
    (told / "entry_points.txt").write_text(f"[conflictdb.policies]\n{entry.replace(chr(34), '')}", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "middle_policy", raising=False)
    return tmp_path


def test_the_policy_of_the_documentation_works(run: Run, shipped_url: str, package: Path) -> None:
    told = json.loads(
        run("casualties", EVENT, "--policy", "middle", "--metric", "killed", "--format", "json", db=shipped_url).stdout
    )
    army = told["rows"][0]
    assert (army["low"], army["best"], army["high"], army["policy"], army["why"]) == (
        26, 26, 26, "middle", "the middle of 5 figures",
    )  # fmt: skip
    assert len(army["used"]) == 2
    assert {each["reason"] for each in army["set_aside"]} > {"not in the middle", "it names no one number"}
    explained = run("casualties", EVENT, "--policy", "middle", "--metric", "killed", "--explain", db=shipped_url).stdout
    assert "  The estimate is 26 killed: the middle of 5 figures." in explained
    assert "\nmiddle, version 1\n" in run("policies").stdout
    assert "\n  middle" in run("compare", EVENT, "--metric", "killed", db=shipped_url).stdout


def test_a_policy_that_cannot_be_loaded_names_its_package(run: Run, shipped_url: str, package: Path) -> None:
    (package / "middle_policy.py").write_text("1 / 0\n", encoding="utf-8")
    result = run("casualties", EVENT, "--policy", "middle", db=shipped_url)
    assert result.exit_code == 2
    assert "the policy middle cannot be loaded" in result.stderr
    assert "of the package middle" in result.stderr
