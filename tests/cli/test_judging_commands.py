"""The commands that judge, and the list of what was judged: what they say, in every format, and how they fail."""

from __future__ import annotations

import csv
import getpass
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conflictdb.config import find_target
from conflictdb.render.formats import Format

Run = Callable[..., Any]

KEY, MILITARY_KEY, LOCAL_KEY = "bqmhszpe7cml", "2pvyfajliggk", "7walqmvjswa5"
MILITARY, LOCAL = "a military source", "a local official"
CLAIM = f'the claim {KEY} (JNIM: "the deaths of 30 Malian soldiers", dioura-2019)'
ACTORS = f'the actors "{MILITARY}@dioura-2019" and "{LOCAL}@dioura-2019"'
FIELDS = (
    "id", "verdict", "kind", "one", "other", "who", "why", "judged_at", "undone_at", "undone_by", "one_name",
    "other_name",
)  # fmt: skip
LISTED = "  list them with: conflictdb judgements"
WORDS = {"same": "the same", "different": "different"}
MADE, UNDONE = "2026-03-17T06:00:00Z", "2026-03-18T07:00:00Z"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is judged first be judged on 17 March, and all after it on the 18th; nobody is logged in by name."""
    coming = iter((MADE,))
    monkeypatch.setattr("conflictdb.judging.now", lambda: next(coming, UNDONE))
    monkeypatch.delenv("CONFLICTDB_USER", raising=False)
    monkeypatch.setattr(getpass, "getuser", lambda: "login")


def said(result: Any) -> list[str]:
    """Return what a command told the user; it writes no data."""
    assert (result.exit_code, result.stdout) == (0, "")
    lines: list[str] = result.stderr.splitlines()
    return lines


def test_flag_and_unflag(run: Run, seeded_url: str) -> None:
    flag = ("flag", KEY, "--unreasonable", "--why", "no other comes near", "--db", seeded_url)
    program = f"conflictdb --db {find_target(seeded_url)}"
    assert said(run(*flag, "--who", "amina")) == [
        f"judgement 1 by amina: {CLAIM} is unreasonable", f"undo it with: {program} judgements undo 1",
    ]  # fmt: skip
    assert said(run(*flag)) == [
        f"nothing was changed: judgement 1 by amina, 2026-03-17, says that {CLAIM} is unreasonable"
    ]
    assert said(run("unflag", KEY, "--who", "karim", db=seeded_url)) == [
        f"undone by karim: judgement 1 by amina, that {CLAIM} is unreasonable",
        f"it stays in the list: {program} judgements --all",
    ]
    again = run("unflag", KEY, db=seeded_url)
    assert (again.exit_code, again.stdout, again.stderr.splitlines()) == (
        3, "", [f'error: no judgement stands that the claim "{KEY}" is unreasonable', LISTED],
    )  # fmt: skip


@pytest.mark.parametrize(("verdict", "other"), [("same", "different"), ("different", "same")], ids=WORDS)
def test_pairs(run: Run, seeded_url: str, verdict: str, other: str) -> None:
    pair = (verdict, MILITARY, LOCAL, "--db", seeded_url)
    assert said(run(*pair, "--why", "heard so", env={"CONFLICTDB_USER": "the desk"})) == [
        f"judgement 1 by the desk: {ACTORS} are {WORDS[verdict]}",
        f"undo it with: conflictdb --db {find_target(seeded_url)} judgements undo 1",
    ]
    opposite = run(other, LOCAL, MILITARY, "--why", "no", db=seeded_url)
    assert (opposite.exit_code, opposite.stdout, opposite.stderr) == (
        1, "", f"error: judgement 1 says that they are {WORDS[verdict]}\n"
        "  if that is wrong, undo it first: conflictdb judgements undo 1\n",
    )  # fmt: skip
    missing = run(other, LOCAL, MILITARY, "--undo", db=seeded_url)
    assert (missing.exit_code, missing.stdout, missing.stderr.splitlines()) == (
        3, "", [f'error: no judgement stands that "{LOCAL}" and "{MILITARY}" are {WORDS[other]}', LISTED],
    )  # fmt: skip
    undone = f"undone by login: judgement 1 by the desk, that {ACTORS} are {WORDS[verdict]}"
    assert said(run(*pair, "--undo"))[0] == undone
    assert said(run(other, LOCAL, MILITARY, "--why", "no", db=seeded_url))[0].startswith("judgement 2 by login: ")


WRONG: dict[str, tuple[tuple[str, ...], int, str]] = {
    "no flag": (("flag", KEY, "--why", "x"), 2, "say how to flag the claim\n  there is one flag: --unreasonable"),
    "no reason": (("flag", KEY, "--unreasonable"), 2, 'a judgement needs a reason\n  say it with: --why "TEXT"'),
    "an empty reason": (
        ("same", MILITARY, LOCAL, "--why", " "), 2, 'a judgement needs a reason\n  say it with: --why "TEXT"',
    ),
    "nobody": (
        ("different", MILITARY, LOCAL, "--why", "x", "--who", ""), 2,
        "--who names nobody\n  leave it out to judge by your login name",
    ),
    "a reason to undo": (
        ("same", MILITARY, LOCAL, "--undo", "--why", "x"), 2,
        "--undo takes no --why\n  the judgement keeps the reason that it had",
    ),
    "one name": (("same", MILITARY, "--why", "x"), 2, "Missing argument 'B'.\n  see: conflictdb same --help"),
    "a mixed pair": (
        ("same", "dioura-2019", KEY, "--why", "x"), 2,
        f'"dioura-2019" is an event and "{KEY}" is a claim\n  name two events, two actors or two claims',
    ),
    "an unknown key": (
        ("flag", "bqmhszpe7cm", "--unreasonable", "--why", "x"), 3,
        f'no claim "bqmhszpe7cm"\n  nearest: {KEY}\n  list them with: conflictdb claims',
    ),
    "an unknown key to unflag": (
        ("unflag", "xyzzy"), 3, 'no claim "xyzzy"\n  list them with: conflictdb claims',
    ),
    "an unknown number": (
        ("judgements", "undo", "7"), 3, "no judgement 7\n  list them with: conflictdb judgements --all",
    ),
    "a number past all": (
        ("judgements", "undo", "99999999999999999999"), 3,
        "no judgement 99999999999999999999\n  list them with: conflictdb judgements --all",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("args", "code", "text"), WRONG.values(), ids=WRONG)
def test_what_is_refused(run: Run, shipped_url: str, args: tuple[str, ...], code: int, text: str) -> None:
    result = run(*args, db=shipped_url)
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", f"error: {text}\n")
    assert run("judgements", "--all", "--format", "plain", db=shipped_url).stdout == ""


COMMANDS = {
    "flag": ("flag", KEY, "--unreasonable", "--why", "x"),
    "unflag": ("unflag", KEY),
    "same": ("same", MILITARY, LOCAL, "--why", "x"),
    "different": ("different", MILITARY, LOCAL, "--undo"),
    "judgements": ("judgements",),
    "judgements undo": ("judgements", "undo", "1"),
}


@pytest.mark.parametrize("args", COMMANDS.values(), ids=COMMANDS)
def test_a_database_that_is_not_there(run: Run, tmp_path: Path, args: tuple[str, ...]) -> None:
    path = tmp_path / "none.sqlite3"
    result = run(*args, db=path)
    assert (result.exit_code, result.stdout, result.stderr) == (
        4, "", f"error: no database at {path}\n  make one with: conflictdb --db {path} init\n",
    )  # fmt: skip


# --- the list ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def judged_url(run: Run, seeded_url: str) -> str:
    """Give a database with three judgements, the first of them undone."""
    said(run("flag", KEY, "--unreasonable", "--why", "no other comes near", "--who", "amina", db=seeded_url))
    said(run("unflag", KEY, db=seeded_url))
    said(run("same", MILITARY, LOCAL, "--why", "one man", "--who", "karim", db=seeded_url))
    said(run("different", MILITARY_KEY, LOCAL_KEY, "--why", "two reports", db=seeded_url))
    return seeded_url


ABOUT = '{}: "21 Malian soldiers killed", dioura-2019'
TABLE = """\
  no.  verdict       one              other            why              who    when        undone
    3  different     2pvyfajliggk     7walqmvjswa5     two reports      login  2026-03-18
    2  same          a military sou…  a local offici…  one man          karim  2026-03-18
-   1  unreasonable  bqmhszpe7cml                      no other comes…  amina  2026-03-17  2026-03-18 by login
"""


def test_the_list(run: Run, judged_url: str) -> None:
    result = run("judgements", "--all", db=judged_url, columns=110)
    assert (result.exit_code, result.stdout, result.stderr) == (0, TABLE, "")
    standing = run("judgements", db=judged_url, columns=110).stdout.splitlines()
    assert [line.split()[0] for line in standing] == ["no.", "3", "2"]
    assert "undone" not in standing[0]
    about = f"{ABOUT.format(MILITARY)}; {ABOUT.format(LOCAL)}"
    assert run("judgements", "--format", "plain", db=judged_url).stdout.splitlines() == [
        f"3\tdifferent\t{MILITARY_KEY}\t{LOCAL_KEY}\t{about}\ttwo reports\tlogin\t2026-03-18",
        f"2\tsame\t{MILITARY}@dioura-2019\t{LOCAL}@dioura-2019\t\tone man\tkarim\t2026-03-18",
    ]


def test_the_list_in_json(run: Run, judged_url: str) -> None:
    answer = json.loads(run("judgements", "--all", "--format", "json", db=judged_url).stdout)
    assert {name: answer[name] for name in ("command", "query", "policy", "basis", "warnings")} == {
        "command": "judgements", "query": None, "policy": None, "basis": None, "warnings": [],
    }  # fmt: skip
    assert [tuple(row) for row in answer["rows"]] == [FIELDS] * 3
    assert answer["rows"][2] == dict(
        zip(
            FIELDS,
            (
                1, "unreasonable", "claim", KEY, None, "amina", "no other comes near", MADE, UNDONE, "login",
                'JNIM: "the deaths of 30 Malian soldiers", dioura-2019', None,
            ),
            strict=True,
        )
    )  # fmt: skip
    assert answer["rows"][1]["one"] == f"{MILITARY}@dioura-2019"


@pytest.mark.parametrize("format", list(Format), ids=str)
def test_formats_of_the_list(run: Run, judged_url: str, format: Format) -> None:
    result = run("judgements", "--all", "--format", format, db=judged_url)
    assert (result.exit_code, result.stderr) == (0, "")
    if format is Format.CSV:
        rows = list(csv.DictReader(io.StringIO(result.stdout)))
        assert (tuple(rows[0]), [row["id"] for row in rows]) == (FIELDS, ["3", "2", "1"])
    heading = {Format.TABLE: 1, Format.CSV: 1, Format.MARKDOWN: 2, Format.JSON: 2}.get(format, 0)
    assert len(result.stdout.splitlines()) == 3 + heading


def test_nothing_was_judged(run: Run, shipped_url: str) -> None:
    for options, words in ((), "no judgement stands"), (("--all",), "nothing was judged yet"):
        result = run("judgements", *options, db=shipped_url)
        assert (result.exit_code, result.stdout, result.stderr) == (0, f"{words}\n", "")
    assert run("judgements", "--format", "csv", db=shipped_url).stdout == ",".join(FIELDS) + "\n"


def test_a_name_of_the_list_is_taken_back(run: Run, judged_url: str) -> None:
    for row in json.loads(run("judgements", "--format", "json", db=judged_url).stdout)["rows"]:
        said(run(row["verdict"], row["one"], row["other"], "--undo", db=judged_url))
    assert run("judgements", "--format", "plain", db=judged_url).stdout == ""


UNDOING = {"unflag": ("unflag", KEY), "same": ("same", MILITARY, LOCAL, "--undo"), "undo": ("judgements", "undo", "1")}


@pytest.mark.parametrize("args", UNDOING.values(), ids=UNDOING)
def test_nobody_takes_nothing_back(run: Run, seeded_url: str, args: tuple[str, ...]) -> None:
    said(run("flag", KEY, "--unreasonable", "--why", "x", db=seeded_url))
    said(run("same", MILITARY, LOCAL, "--why", "x", db=seeded_url))
    result = run(*args, "--who", " ", db=seeded_url)
    assert (result.exit_code, result.stdout, result.stderr.splitlines()[0]) == (2, "", "error: --who names nobody")
    assert len(run("judgements", "--format", "plain", db=seeded_url).stdout.splitlines()) == 2


def test_hostile_words(run: Run, seeded_url: str) -> None:
    words = "=1+1 \x1b[31mred\u202e [bold]; DROP TABLE judgement; --"
    told = run("flag", KEY, "--unreasonable", "--why", words, "--who", words, db=seeded_url)
    shown = r"=1+1 \x1b[31mred\u202e [bold]; DROP TABLE judgement; --"
    assert said(told)[0] == f"judgement 1 by {shown}: {CLAIM} is unreasonable"
    (row,) = json.loads(run("judgements", "--format", "json", db=seeded_url).stdout)["rows"]
    assert (row["who"], row["why"]) == (words, words)
    for format in set(Format) - {Format.CSV}:
        written = run("judgements", "--format", format, db=seeded_url).stdout
        assert "\x1b" not in written and "\u202e" not in written
    (cells,) = list(csv.DictReader(io.StringIO(run("judgements", "--format", "csv", db=seeded_url).stdout)))
    assert cells["why"].startswith("'=1+1")
