"""The commands that read: every one in every format, what they find on the seed, and how they fail."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from typing import Any

import pytest

from conflictdb.domain.rows import ClaimRow
from conflictdb.policies import OWN
from conflictdb.render.formats import Format
from conflictdb.select import VIEWS

Run = Callable[..., Any]

EVENT = "dioura-2019"
CLAIM_FIELDS = (
    "key", "event", "subject", "subject_kind", "side", "group", "metric", "item", "fate", "lower", "upper", "best",
    "qualifier", "wording", "claimant", "kind", "stake", "stated_on", "status", "reliability", "credibility", "source",
    "locator", "superseded_by", "supersedes", "corrects", "corroborates", "corroborated_by", "import_run",
)  # fmt: skip
# What each command is asked, and how many rows it finds.
COMMANDS: dict[str, tuple[tuple[str, ...], int]] = {
    "show": (("show", EVENT), 1),
    "show --history": (("show", EVENT, "--history"), 1),
    "casualties": (("casualties", EVENT), 17),
    "casualties, all": (("casualties",), 17),
    "casualties --by-source": (("casualties", EVENT, "--by-source"), 17),
    "casualties --by-document": (("casualties", EVENT, "--by-document"), 17),
    "casualties --by-side": (("casualties", EVENT, "--by-side"), 8),
    "casualties --by-event": (("casualties", "country:MLI", "--by-event"), 4),
    "casualties --history": (("casualties", EVENT, "--history"), 18),
    "casualties --metric": (("casualties", EVENT, "--metric", "killed,wounded"), 8),
    "casualties, none": (("casualties", "country:NER"), 0),
    "events": (("events", "country:MLI", "killed>=20"), 1),
    "events, none": (("events", "-country:MLI"), 0),
    "claims": (("claims", EVENT), 26),
    "claims --history": (("claims", "stake:own_side", "--history"), 7),
    "timeline": (("timeline", EVENT), 11),
    "actors": (("actors",), 11),
    "actors, words": (("actors", "macina"), 1),
    "actor": (("actor", "JNIM"), 1),
    "people": (("people", "koufa"), 1),
    "sources": (("sources", "wikipedia"), 7),
    "conflicts": (("conflicts",), 1),
    "search": (("search", "Kouffa"), 2),
    "search, none": (("search", "xyzzy"), 0),
    "imports": (("imports",), 1),
    "db info": (("db", "info"), 15),
    "db check": (("db", "check"), 10),
    "sql": (("sql", "SELECT slug, name FROM events"), 1),
    "sql, none": (("sql", "SELECT slug FROM events WHERE slug = ''"), 0),
}
SCREENS = ("show", "show --history", "actor")
COUNT_ON = {"db info": {"postgresql": 14}}


@pytest.fixture
def rows(run: Run, shipped_url: str) -> Callable[..., list[dict[str, Any]]]:
    """Return rows(*args): those that a command writes as JSON lines."""

    def rows(*args: str) -> list[dict[str, Any]]:
        result = run(*args, "--format", "jsonl", db=shipped_url)
        assert (result.exit_code, result.stderr) == (0, "")
        return [json.loads(line) for line in result.stdout.splitlines()]

    return rows


# --- every command in every format ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("args", "count"), COMMANDS.values(), ids=COMMANDS)
def test_formats_agree(run: Run, shipped_url: str, args: tuple[str, ...], count: int) -> None:
    if args[:2] == ("db", "info") and "://" in shipped_url:
        count -= 1  # a server's database has no size of a file
    said = {format: run(*args, "--format", format, db=shipped_url) for format in Format}
    assert {(each.exit_code, each.stderr) for each in said.values()} == {(0, "")}

    envelope = json.loads(said[Format.JSON].stdout)
    assert list(envelope) == ["command", "query", "policy", "basis", "rows", "warnings"]
    assert envelope["command"] == " ".join(args[:2] if args[0] == "db" else args[:1])
    estimated = {"--by-side", "--by-event"} & {*args} or args[0] == "show"
    assert (envelope["policy"], envelope["basis"]) == (("range", "claims") if estimated else (None, None))
    assert envelope["warnings"] == []
    assert len(envelope["rows"]) == count
    assert [json.loads(line) for line in said[Format.JSONL].stdout.splitlines()] == envelope["rows"]

    records = list(csv.DictReader(io.StringIO(said[Format.CSV].stdout)))
    assert said[Format.CSV].stdout.count("\n") >= 1  # a header even where nothing is found
    if args[0] in SCREENS:
        nested = envelope["rows"][0]
        claims = nested["claims"] if args[0] == "show" else [*nested["claimed"], *nested["claimed_of"]]
        assert {record["key"] for record in records} == {claim["key"] for claim in claims}
    else:
        assert len(records) == count
        for record, row in zip(records, envelope["rows"], strict=True):
            assert list(record) == list(row)

    for format in (Format.TABLE, Format.PLAIN, Format.MARKDOWN):
        assert said[format].stdout == "" or said[format].stdout.endswith("\n")
        assert "\x1b" not in said[format].stdout
    if args[0] not in SCREENS:
        grouped = "--by-source" in args or "--by-document" in args
        assert said[Format.PLAIN].stdout.count("\n") == count
        assert grouped or sum(line.startswith("| ") for line in said[Format.MARKDOWN].stdout.splitlines()) - 1 in (
            count, count + 1, -1,
        )  # fmt: skip


@pytest.mark.parametrize("command", ["casualties", "casualties --by-source", "casualties --history", "claims"])
def test_what_a_claim_tells(run: Run, shipped_url: str, command: str) -> None:
    args, count = COMMANDS[command]
    envelope = json.loads(run(*args, "--format", "json", db=shipped_url).stdout)
    for row in envelope["rows"]:
        assert set(CLAIM_FIELDS) <= set(row)
        assert row["event"] == EVENT and row["source"] == "wikipedia-raid-on-dioura-2019" and row["locator"]
        assert isinstance(row["supersedes"], list)
    header = run(*args, "--format", "csv", db=shipped_url).stdout.splitlines()[0].split(",")
    assert set(CLAIM_FIELDS) <= set(header)
    empty = run("casualties", "country:NER", "--format", "csv", db=shipped_url).stdout
    assert empty == ",".join(header) + "\n"
    assert set(header) == set(ClaimRow.__dataclass_fields__)
    assert len(envelope["rows"]) == count


def test_a_claim_with_its_links(rows: Callable[..., list[dict[str, Any]]]) -> None:
    by_figure = {
        (row["claimant"], row["lower"]): row for row in rows("casualties", EVENT, "--history", "--metric", "killed")
    }
    first, revised, un = (
        by_figure[each] for each in [("Government of Mali", 23), ("Government of Mali", 26), ("MINUSMA", 26)]
    )
    told = {
        name: (row["standing"], row["stake"], row["status"], row["stated_on"], row["superseded_by"], row["supersedes"])
        for name, row in (("first", first), ("revised", revised), ("un", un))
    }
    assert told == {
        "first": ("superseded", "own_side", "provisional", "2019-03-18", [revised["key"]], []),
        "revised": ("standing", "own_side", "revised", "2019-03-21", [], [first["key"]]),
        "un": ("standing", "third_party", None, "2019-05-31", [], []),
    }
    assert (un["corroborates"], revised["corroborated_by"]) == ([revised["key"]], [un["key"]])
    over = by_figure["Front for the Safeguard of Democracy", 21]
    assert (over["upper"], over["qualifier"], over["wording"]) == (None, "more_than", "over 20 killed")


def test_show_is_one_row_with_nested_lists(rows: Callable[..., list[dict[str, Any]]]) -> None:
    (row,) = rows("show", EVENT)
    assert row["slug"] == EVENT
    lists = {name: len(value) for name, value in row.items() if isinstance(value, list)}
    assert lists == {
        "native_ids": 1, "combatants": 2, "claims": 27, "estimates": 12, "timeline": 11, "sources": 1,
    }  # fmt: skip
    assert {(each["policy"], each["version"], each["basis"]) for each in row["estimates"]} == {("range", "1", "claims")}


# --- casualties -------------------------------------------------------------------------------------------------------


def test_by_source(run: Run, shipped_url: str, rows: Callable[..., list[dict[str, Any]]]) -> None:
    army, macina = "Malian Army", "Katibat Macina"
    found = rows("casualties", EVENT, "--by-source")
    groups = {
        claimant: [(row["subject"], row["metric"], row["item"], row["fate"], row["lower"]) for row in group]
        for claimant, group in groupby(found, key=itemgetter("claimant"))
    }
    assert groups == {
        "Front for the Safeguard of Democracy": [
            (army, "killed", None, None, 21), (army, "missing", None, None, 20),
            (army, "materiel", "vehicle", "destroyed", 8), (army, "materiel", "vehicle", "captured", 8),
        ],
        "JNIM": [
            (army, "killed", None, None, 30), (army, "materiel", "vehicle", "captured", None),
            (army, "materiel", "weapon", "captured", None), (macina, "killed", None, None, 3),
        ],
        "MINUSMA": [(army, "killed", None, None, 26)],
        "Government of Mali": [
            (army, "killed", None, None, 26), (army, "wounded", None, None, 17), (army, "captured", None, None, 0),
        ],
        "Wikipedia": [
            (army, "missing", None, None, None), (army, "materiel", "vehicle", "destroyed", None),
            (army, "materiel", "any", "destroyed", None),
        ],
        "a local official": [(army, "killed", None, None, 21)],
        "a military source": [(army, "killed", None, None, 21)],
    }  # fmt: skip
    assert sum(map(len, groups.values())) == len(found)
    plain = run("casualties", EVENT, "--by-source", "--format", "plain", db=shipped_url)
    assert [line.split("\t")[0] for line in plain.stdout.splitlines()] == [row["claimant"] for row in found]


def test_by_document(run: Run, shipped_url: str) -> None:
    result = run("casualties", EVENT, "--by-document", "--format", "plain", db=shipped_url)
    groups = {line.split("\t")[0] for line in result.stdout.splitlines()}
    assert groups == {"Raid on Dioura (2019) (wikipedia-raid-on-dioura-2019)"}


def test_by_side_and_by_event(run: Run, shipped_url: str) -> None:
    def table(*args: str) -> list[str]:
        result = run("casualties", *args, db=shipped_url, columns=None)
        return [re.sub("  +", " | ", line) for line in result.stdout.splitlines()]

    assert table(EVENT, "--by-side", "--metric", "killed,captured") == [
        "side | event | subject | metric | estimate | claims",
        "1 | dioura-2019 | Malian Army | killed | 21 to 30 or more | 6",
        "1 | dioura-2019 | Malian Army | captured | 0 | 1",
        "2 | dioura-2019 | Katibat Macina | killed | 3 | 1",
        "",
        "policy: range, basis: claims",
    ]
    assert table("--by-event", "--metric", "killed", "--policy", "range") == [
        "side | event | subject | metric | estimate | claims | note",
        " | dioura-2019 | event total | killed | 24 to 33 or more | 7 | sum of Malian Army and Katibat Macina",
        "",
        "policy: range, basis: claims",
    ]


def test_the_history_adds_what_was_superseded(rows: Callable[..., list[dict[str, Any]]]) -> None:
    now, then = (rows("casualties", EVENT, *more) for more in ((), ("--history",)))
    added = [row for row in then if row["key"] not in {each["key"] for each in now}]
    assert [(row["claimant"], row["lower"], row["standing"]) for row in added] == [
        ("Government of Mali", 23, "superseded")
    ]
    assert [row for row in then if row not in added] == now


# --- other listings ---------------------------------------------------------------------------------------------------


FOUND = {
    "Kouffa": {("event", EVENT), ("person", "Amadou Koufa")},
    "كوفا": {("event", EVENT), ("person", "Amadou Koufa"), ("source", "akhbaralaan-koufa-2023-01-25")},
    "JAMA'AT": {("actor", "JNIM"), ("source", "wikipedia-jnim")},
    "forces armees maliennes": {
        ("actor", "Malian Armed Forces"), ("source", "wikipedia-fr-forces-armees-maliennes"),
    },
    "MALI WAR": {("conflict", "Mali War"), ("event", EVENT)},
    "tank truck": {("event", EVENT)},
    "ammunit": {("event", EVENT)},
}  # fmt: skip


@pytest.mark.parametrize(("words", "found"), FOUND.items(), ids=map(ascii, FOUND))
def test_search(rows: Callable[..., list[dict[str, Any]]], words: str, found: set[tuple[str, str]]) -> None:
    hits = {(row["kind"], row["name"]) for row in rows("search", *words.split())}
    if found <= hits:
        found = found | {hit for hit in hits if hit[0] in ("source", "event")}  # whatever documents are added later
    assert hits == found


def test_search_shows_where_and_how_much(rows: Callable[..., list[dict[str, Any]]]) -> None:
    (hit,) = rows("search", "tank", "truck", "--limit", "1")
    assert "tank trucks" in hit["context"]
    assert rows("search", "???") == []


def test_timeline(rows: Callable[..., list[dict[str, Any]]]) -> None:
    told = [(row["date"], row["time"]) for row in rows("timeline", EVENT)]
    assert told[:2] == [("2019-03-17", "~06:00")] * 2
    assert told[-1] == ("2019-05-31", None)
    assert ("2019-03-17", "~16:00") in told


def test_actors(rows: Callable[..., list[dict[str, Any]]]) -> None:
    names = [row["name"] for row in rows("actors")]
    assert names == sorted(names)
    assert [row["name"] for row in rows("actors", "armed", "group")] == ["JNIM", "Katibat Macina"]
    (macina,) = rows("actors", "front", "de", "liberation")
    assert (macina["name"], macina["part_of"], macina["events"], macina["claims"]) == ("Katibat Macina", ["JNIM"], 1, 0)
    unnamed = {row["name"]: row["unnamed_in"] for row in rows("actors") if row["unnamed_in"]}
    assert unnamed == {"a local official": EVENT, "a military source": EVENT}


def test_actor_in_full(rows: Callable[..., list[dict[str, Any]]]) -> None:
    (row,) = rows("actor", "malian", "government")
    assert (row["name"], row["kind"], row["country"], len(row["claimed"])) == ("Mali", "state", "MLI", 4)
    assert [each["other"] for each in row["relations"]] == ["Malian Armed Forces"]


def test_people_sources_conflicts_imports(rows: Callable[..., list[dict[str, Any]]]) -> None:
    assert [row["name"] for row in rows("people")] == ["Amadou Koufa", "Ba Ag Moussa", "Mohamed Sidati Ould Cheikh"]
    assert {row["slug"]: row["claims"] for row in rows("sources") if row["claims"]} == {
        "wikipedia-raid-on-dioura-2019": 27
    }
    assert rows("conflicts") == [
        {"name": "Mali War", "part_of": None, "events": 1, "first_date": "2019-03-17", "last_date": "2019-03-17"}
    ]
    (imported,) = rows("imports")
    assert (imported["run"], imported["importer"], imported["undone_on"]) == (1, "native", None)
    assert imported["counts"]["events"]["added"] == 1


# --- failures ---------------------------------------------------------------------------------------------------------

ADVICE = "  the views are: events, casualties, strengths, commanders, attributes, links; see docs/model.md"
NO_SELECT = "error: sql takes one SELECT\n  the database cannot be changed this way; to add to it: conflictdb import\n"
FAILURES: dict[str, tuple[tuple[str, ...], int, str]] = {
    "unknown slug": (
        ("show", "diuora-2019"), 3,
        'error: no event "diuora-2019"\n  nearest: dioura-2019 (Raid on Dioura (2019))\n'
        "  list them with: conflictdb events diuora\n",
    ),
    "unknown slug, casualties": (
        ("casualties", "dioura-2018"), 3,
        'error: no event "dioura-2018"\n  nearest: dioura-2019 (Raid on Dioura (2019))\n'
        "  list them with: conflictdb events dioura\n",
    ),
    "unknown native id": (
        ("timeline", "ucdp-ged:99"), 3, 'error: no event "ucdp-ged:99"\n  list them with: conflictdb events ucdp\n',
    ),
    "unknown actor": (
        ("actor", "JNMI"), 3,
        'error: no actor "JNMI"\n  nearest: JNIM; جماعة نصرة الإسلام والمسلمين; MINUSMA\n'
        "  list them with: conflictdb actors\n",
    ),
    "ambiguous actor": (
        ("actor", "malian"), 3,
        'error: "malian" may be any of 3 actors\n  nearest: Mali; Malian Armed Forces; Malian Army\n'
        "  list them with: conflictdb actors\n",
    ),
    "unnamed actor": (
        ("actor", "militry source"), 3,
        'error: no actor "militry source"\n  nearest: a military source; MLI; Mali\n'
        "  list them with: conflictdb actors\n",
    ),
    "unknown metric": (
        ("casualties", "--metric", "killd"), 2,
        "error: no metric is called 'killd'\n  did you mean killed?\n"
        "  known: killed, wounded, missing, captured, deserted, displaced, casualties, materiel\n",
    ),
    "unknown policy": (
        ("casualties", "--by-side", "--policy", "mean"), 2,
        "error: no policy is called 'mean'\n  did you mean majority?\n  known: " + ", ".join(OWN) + "\n",
    ),
    "unknown policy, of claims": (
        ("casualties", "--policy", "rnge"), 2,
        "error: no policy is called 'rnge'\n  did you mean range?\n  known: " + ", ".join(OWN) + "\n",
    ),
    "two groupings": (
        ("casualties", "--by-source", "--by-event"), 2,
        "error: --by-source and --by-event exclude each other\n  choose one of them\n",
    ),
    "history of estimates": (
        ("casualties", "--by-side", "--history"), 2,
        "error: --history shows claims, and the line asks for estimates\n  leave one out\n",
    ),
    "no statement": (("sql", ""), 2, NO_SELECT),
    "insert": (("sql", "INSERT INTO person VALUES (1)"), 2, NO_SELECT),
    "update": (("sql", "UPDATE event SET slug = 'x'"), 2, NO_SELECT),
    "delete": (("sql", " -- now\n /* then */ DELETE FROM claim"), 2, NO_SELECT),
    "drop": (("sql", "DROP TABLE claim"), 2, NO_SELECT),
    "attach": (("sql", "ATTACH 'other.sqlite3' AS other"), 2, NO_SELECT),
    "pragma": (("sql", "PRAGMA user_version = 3"), 2, NO_SELECT),
    "commit": (("sql", "COMMIT"), 2, NO_SELECT),
}  # fmt: skip


@pytest.mark.parametrize(("args", "code", "said"), FAILURES.values(), ids=FAILURES)
def test_failures(run: Run, shipped_url: str, args: tuple[str, ...], code: int, said: str) -> None:
    result = run(*args, db=shipped_url)
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", said)


@pytest.mark.parametrize("command", ["events", "claims", "casualties"])
def test_an_unknown_field_is_named_with_the_known_ones(run: Run, shipped_url: str, command: str) -> None:
    result = run(command, "contry:MLI", db=shipped_url)
    assert (result.exit_code, result.stdout) == (2, "")
    first, field, guess, known, *_ = result.stderr.splitlines()
    assert (first, field, guess) == (
        'error: cannot read "contry:MLI" in the query', '  there is no field "contry"', "  did you mean country?",
    )  # fmt: skip
    assert known.startswith("  the fields are event, country, ")


@pytest.mark.parametrize(
    "command", ["show", "timeline", "actor", "actors", "sources", "people", "search", "events", "sql"]
)
def test_broken_text_is_refused_in_words(run: Run, shipped_url: str, command: str) -> None:
    """What the shell hands over may be no UTF-8: it comes as halves of surrogate pairs."""
    broken = "SELECT '\udcff'" if command == "sql" else "caf\udcff"
    result = run(command, broken, db=shipped_url)
    assert "Traceback" not in result.stderr
    assert result.exit_code in (0, 2, 3)


# --- sql --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_sql_over_every_view(run: Run, shipped_url: str, view: str) -> None:
    result = run("sql", f"SELECT * FROM {view}", "--format", "jsonl", db=shipped_url)
    assert (result.exit_code, result.stderr) == (0, "")
    counted = run("sql", f"SELECT COUNT(*) AS n FROM {view}", "--format", "jsonl", db=shipped_url)
    assert json.loads(counted.stdout) == {"n": len(result.stdout.splitlines())}


READ_WITH = {
    "comment": "/* all\nof */ -- them\nselect 1 AS one",
    "with": "WITH x AS (SELECT 1 AS one) SELECT one FROM x",
    "values": "VALUES (1)",
    "semicolon": "SELECT 1 AS one;",
    "percent": "SELECT 1 AS one WHERE 'a%sb' LIKE '%s%'",
    "colon": "SELECT 1 AS one WHERE ':x' = ':x'",
}


@pytest.mark.parametrize("statement", READ_WITH.values(), ids=READ_WITH)
def test_ways_to_select(run: Run, shipped_url: str, statement: str) -> None:
    result = run("sql", statement, "--format", "plain", db=shipped_url)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "1\n", "")


def test_columns_of_one_name_are_numbered(run: Run, shipped_url: str) -> None:
    result = run("sql", "SELECT 1 AS a, 2 AS a, 3 AS a_2", "--format", "jsonl", db=shipped_url)
    assert json.loads(result.stdout) == {"a": 1, "a_3": 2, "a_2": 3}


CHANGES = {
    "two statements": "SELECT 1; DELETE FROM claim_link",
    "a change within": "WITH gone AS (DELETE FROM claim_link RETURNING 1) SELECT * FROM gone",
    "a change after": "WITH x AS (SELECT 1) DELETE FROM claim_link",
    "an insert after": "WITH x AS (SELECT 1) INSERT INTO dataset (name, release) SELECT 'x', ''",
    "a commit": "SELECT 1; COMMIT",
    "explain": "EXPLAIN ANALYZE DELETE FROM claim_link",
    "no such table": "SELECT * FROM nothing",
    "no SQL": "SELECT FROM WHERE",
    "a division": "SELECT CAST('x' AS INTEGER) / 0 FROM events, nothing",
}


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_what_the_database_refuses(run: Run, shipped_url: str, statement: str) -> None:
    before = run("sql", "SELECT * FROM links ORDER BY from_claim_id, kind", "--format", "json", db=shipped_url)
    result = run("sql", statement, db=shipped_url)
    assert (result.exit_code, result.stdout) == (2, "")
    first, *advice = result.stderr.splitlines()
    assert first.startswith("error: the database refused the SQL: ")
    assert advice == [ADVICE]
    after = run("sql", "SELECT * FROM links ORDER BY from_claim_id, kind", "--format", "json", db=shipped_url)
    assert after == before and before.exit_code == 0


# --- the terminal -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["show", "casualties", "events", "actor", "search", "db check", "sql"])
def test_db_before_and_after_the_command(run: Run, shipped_url: str, command: str) -> None:
    args = COMMANDS[command][0]
    before, after = run("--db", shipped_url, *args), run(*args, "--db", shipped_url)
    assert before == after
    assert before.exit_code == 0


def test_the_last_db_is_meant(run: Run, shipped_url: str) -> None:
    assert run("--db", "/nowhere/x.sqlite3", "conflicts", "--db", shipped_url).exit_code == 0
    missing = run("--db", shipped_url, "conflicts", "--db", "/nowhere/x.sqlite3")
    assert (missing.exit_code, missing.stderr) == (
        4,
        "error: no database at /nowhere/x.sqlite3\n  make one with: conflictdb --db /nowhere/x.sqlite3 init\n",
    )


NARROWED = (
    "show",
    "casualties",
    "casualties --by-side",
    "casualties --by-source",
    "events",
    "actor",
    "timeline",
    "sources",
)


@pytest.mark.parametrize("command", NARROWED)
def test_forty_columns(run: Run, shipped_url: str, command: str) -> None:
    args = COMMANDS[command][0]
    narrow, wide = (run(*args, db=shipped_url, columns=columns) for columns in (40, 200))
    assert (narrow.exit_code, narrow.stderr) == (0, "")
    assert max(map(len, narrow.stdout.splitlines())) < max(map(len, wide.stdout.splitlines()))
    figures = re.compile(r"over 20|21 to 30 or more|17 Mar 2019|~?0?6:00")  # are never cut
    assert bool(figures.search(narrow.stdout)) is bool(figures.search(wide.stdout))


def test_a_closed_pipe_is_quiet(shipped_url: str) -> None:
    """As `conflictdb sql ... | head -1` closes it: far more than a pipe holds is still to come."""
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT i, 'row' FROM n"
    command = [sys.executable, "-m", "conflictdb", "--db", shipped_url, "sql", many, "--format", "csv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline().startswith(b"i,")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminals here")
@pytest.mark.parametrize("plain", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {}], ids=["NO_COLOR", "dumb", "color"])
def test_colors_on_a_terminal(shipped_url: str, plain: dict[str, str]) -> None:
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **plain}
    command = [sys.executable, "-m", "conflictdb", "--db", shipped_url, "casualties", EVENT, "--metric", "captured"]
    with subprocess.Popen(command, stdout=slave, stderr=subprocess.PIPE, env=environment) as process:
        os.close(slave)
        written = b""
        while block := _read(master):
            written += block
        assert process.stderr is not None and process.stderr.read() == b""
    os.close(master)
    assert process.returncode == 0
    assert b"Malian Army" in written
    assert (b"\x1b[" in written) is not bool(plain)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:  # Linux says so where the other end is closed
        return b""
