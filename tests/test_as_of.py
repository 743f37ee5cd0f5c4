"""As-of: what had been stated by a day, whatever this database held then, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

import conflictdb
from coded_files import ged as ged_row
from coded_files import take_ged, take_text, undo
from conflictdb.config import find_target
from conflictdb.database import Database
from conflictdb.domain.rows import ClaimRow
from conflictdb.errors import UsageError
from conflictdb.looking import know
from conflictdb.store.engine import writing

HEAD = """\
source: report
sources:
  - {id: report, title: A report}
  - {id: dated, title: A dated report, published_on: 2019-06-10}
  - {id: monthly, title: A monthly, published_on: 2019-06}
actors:
  - {name: Government, kind: state}
  - {name: Army, kind: state_forces, part_of: Government}
  - {name: Rebels, kind: armed_group}
  - {name: Mission, kind: igo}
  - {name: Paper, kind: medium}
  - {name: Radio, kind: medium}
people: [{name: Koufa}, {name: Moussa}]
slug: x-2019
name: Raid on X
type: battle
date: 2019-03-17
sides: [{combatants: Army}, {combatants: Rebels, role: attacker}]
"""
Run = Callable[..., Any]


def take(url: str, folder: Path, *claims: str, more: str = "") -> int:
    """Import claims of the raid, each as the fields of a flow mapping; return the number of the run."""
    lines = "".join(f"  - {{{each}}}\n" for each in claims)
    report = take_text(url, folder, f"{HEAD}claims:\n{lines}{more}")
    assert report.problems == [] and report.run is not None
    return report.run


def killed(figure: object, claimant: str = "Government", **said: object) -> str:
    fields = {"claimant": claimant, "of": "Army", "killed": figure} | said
    return ", ".join(f"{name}: {value}" for name, value in fields.items())


def rows(url: str, day: str, *, undated: bool = False, history: bool = False) -> list[ClaimRow]:
    """Return the claims as they stood on a day."""
    with Database(url).reading() as reader:
        return list(reader.claims("x-2019", history=history, knowledge=know(day, undated=undated)))


def figures(url: str, day: str, *, undated: bool = False) -> list[int | None]:
    """Return the lower bounds of the claims in view, which have to be those that `range` uses too."""
    claims = rows(url, day, undated=undated)
    estimates = conflictdb.open(url).casualties("x-2019", as_of=day, undated=undated, metrics=["killed"])
    used = {key for row in estimates for key in row.used}
    assert used <= {each.key for each in claims}
    repeated = {each.key for each in claims if each.repeats}
    assert {each.key for each in claims if each.metric == "killed"} - repeated <= used
    return sorted(each.lower for each in claims if each.key in used)


# --- by which day a statement was made -------------------------------------------------------------------------------

DAYS: dict[str, tuple[dict[str, object], dict[str, list[int]]]] = {
    "a day": ({"stated_on": "2019-03-18"}, {"2019-03-17": [], "2019-03-18": [9], "2019-03": [9], "2018": []}),
    "a month counts from its last day": ({"stated_on": "2019-03"}, {"2019-03-30": [], "2019-03-31": [9]}),
    "a year counts from its last day": ({"stated_on": "2019"}, {"2019-12-30": [], "2019-12": [9], "2019": [9]}),
    "an interval counts from its end": ({"stated_on": "2019-03-18/2019-03-20"}, {"2019-03-19": [], "2019-03-20": [9]}),
    "about a day": ({"stated_on": "2019-03-18~"}, {"2019-03-17": [], "2019-03-18": [9]}),
    "undated: by its document": ({"source": "dated"}, {"2019-06-09": [], "2019-06-10": [9]}),
    "a document of a month": ({"source": "monthly"}, {"2019-06-29": [], "2019-06-30": [9]}),
    "stated before its document came out": (
        {"source": "dated", "stated_on": "2019-03-18"},
        {"2019-03-17": [], "2019-03-18": [9]},
    ),
    "open to the future: by its document": (
        {"source": "dated", "stated_on": "2019-03-18/.."},
        {"2019-06-09": [], "2019-06-10": [9]},
    ),
    "no date at all": ({}, {"2019-06-10": [], "2999": []}),
}


@pytest.mark.parametrize(("said", "expected"), DAYS.values(), ids=DAYS)
def test_the_day_of_a_statement(
    said: dict[str, object], expected: dict[str, list[int]], database_url: str, tmp_path: Path
) -> None:
    take(database_url, tmp_path, killed(9, **said))
    assert {day: figures(database_url, day) for day in expected} == expected


def test_undated_claims_count_where_that_is_asked_for(database_url: str, tmp_path: Path) -> None:
    take(database_url, tmp_path, killed(9), killed(7, "Rebels", source="dated"), killed(5, "Mission", stated_on=2020))
    assert figures(database_url, "2019-03-17") == []
    assert figures(database_url, "2019-03-17", undated=True) == [9]
    assert figures(database_url, "2019-07", undated=True) == [7, 9]
    assert figures(database_url, "2020", undated=True) == [5, 7, 9]
    found = {each.lower: each.known_last_day for each in rows(database_url, "2020", undated=True)}
    assert found == {5: 737_790, 7: 737_220, 9: None}


def test_before_the_common_era(database_url: str, tmp_path: Path) -> None:
    take(database_url, tmp_path, killed(9, stated_on='"-0489-09"'), killed(7, "Rebels", stated_on=2019))
    assert figures(database_url, "-0490") == []
    assert figures(database_url, "-0489-09") == figures(database_url, "0100") == [9]
    assert figures(database_url, "2019") == [7, 9]


# --- what ended a claim ----------------------------------------------------------------------------------------------


def test_a_later_statement_ends_nothing_before_it_was_made(database_url: str, tmp_path: Path) -> None:
    take(
        database_url, tmp_path,
        killed(23, stated_on="2019-03-18"), killed(26, stated_on="2019-03-21"), killed(27, stated_on="2019-04"),
    )  # fmt: skip
    days = ("2019-03-18", "2019-03-20", "2019-03-21", "2019-04-29", "2019-04-30")
    assert [figures(database_url, day) for day in days] == [[23], [23], [26], [26], [27]]
    (first,) = rows(database_url, "2019-03-18")
    assert (first.standing, first.superseded_by) == ("standing", ())
    first, second = rows(database_url, "2019-03-21", history=True)
    assert [(each.lower, each.standing) for each in (first, second)] == [(23, "superseded"), (26, "standing")]
    assert (first.superseded_by, second.supersedes, second.superseded_by) == ((second.key,), (first.key,), ())


ENDED_BY = {
    "supersedes": "superseded",
    "corrects": "corrected",
    "retracts": "retracted",
}


@pytest.mark.parametrize(("link", "standing"), ENDED_BY.items(), ids=ENDED_BY)
def test_a_link_ends_a_claim_once_it_was_stated(link: str, standing: str, database_url: str, tmp_path: Path) -> None:
    later = killed(30, stated_on="2019-05", id="late", **{link: "early"})
    take(database_url, tmp_path, killed(20, stated_on="2019-03-18", id="early"), later)
    assert figures(database_url, "2019-05-30") == [20]
    assert figures(database_url, "2019-05-31") == [30]
    early, _ = rows(database_url, "2019-05-31", history=True)
    assert early.standing == standing


def test_what_is_undated_ends_nothing_unless_it_counts(database_url: str, tmp_path: Path) -> None:
    undated = killed(30, id="late", supersedes="early")
    take(database_url, tmp_path, killed(20, stated_on="2019-03-18", id="early"), undated)
    assert figures(database_url, "2019-04") == [20]
    assert figures(database_url, "2019-04", undated=True) == [30]


def test_corroboration_begins_with_the_later_of_its_ends(database_url: str, tmp_path: Path) -> None:
    said = killed(26, stated_on="2019-03-21", id="gov"), killed(21, "Paper", stated_on="2019-03-20")
    take(database_url, tmp_path, *said, killed(26, "Mission", stated_on="2019-05-31", corroborates="gov"))
    db = conflictdb.open(database_url)

    def best(day: str) -> int | None:
        (row,) = db.casualties("x-2019", policy="acled", as_of=day)
        return row.best

    assert [best(day) for day in ("2019-03-20", "2019-05-30", "2019-05-31")] == [21, 21, 26]


# --- copies and their origin -----------------------------------------------------------------------------------------


def test_copies_are_copies_before_their_origin_is_known(database_url: str, tmp_path: Path) -> None:
    """The origin has no date: two papers that quote it are one statement all the same."""
    origin = killed(26, id="origin")
    paper = killed(25, "Paper", stated_on="2019-03-19", id="paper", repeats="origin")
    radio = killed(27, "Radio", stated_on="2019-03-18", repeats="origin")
    take(database_url, tmp_path, origin, paper, radio)
    assert figures(database_url, "2019-03-17") == []
    assert figures(database_url, "2019-03-19") == [27]
    assert figures(database_url, "2019-03-19", undated=True) == [26]


def test_copies_of_a_copy_that_is_not_known_yet(database_url: str, tmp_path: Path) -> None:
    origin = killed(26, stated_on="2019-03-18", id="origin")
    between = killed(26, "Paper", id="between", repeats="origin")
    take(database_url, tmp_path, origin, between, killed(27, "Radio", stated_on="2019-03-20", repeats="between"))
    assert figures(database_url, "2019-03-20") == figures(database_url, "2019-03-20", undated=True) == [26]


@pytest.mark.parametrize("how", ["repeats", "derived_from"])
def test_what_derives_from_the_same_is_not_independent(how: str, database_url: str, tmp_path: Path) -> None:
    """Through a claim that is not known yet, too: what derives from a copy derives from its origin."""
    origin = killed(26, stated_on="2019-03-18", id="origin")
    between = killed(26, "Paper", **{"id": "between", how: "origin"})
    take(database_url, tmp_path, origin, between, killed(26, "Radio", stated_on="2019-03-20", derived_from="between"))
    db = conflictdb.open(database_url)
    for undated in (False, True):
        (row,) = db.casualties("x-2019", policy="ibc", as_of="2019-03-20", undated=undated)
        assert (row.pending, row.why) == (True, "1 independent claimant reports it; 2 are needed")
    radio = rows(database_url, "2019-03-20")[-1]
    assert (radio.claimant, radio.repeats, len(radio.derived_from)) == ("Radio", (), 2)


# --- withdrawals, and imports that were undone -----------------------------------------------------------------------


def withdraw(url: str, figure: int, on: str, run: int) -> None:
    with writing(find_target(url)) as connection:
        said = text("UPDATE claim SET withdrawn_on = :on, withdrawn_by_id = :run WHERE lower = :figure")
        assert connection.execute(said, {"on": on, "run": run, "figure": figure}).rowcount == 1


def test_a_withdrawal_acts_from_its_day(database_url: str, tmp_path: Path) -> None:
    run = take(database_url, tmp_path, killed(23, stated_on="2019-03-18"), killed(30, "Rebels", stated_on="2019-03-18"))
    withdraw(database_url, 30, "2019-04-10", run)
    days = ("2019-03-18", "2019-04-09", "2019-04-10", "2019-04", "2020")
    assert [figures(database_url, day) for day in days] == [[23, 30], [23, 30], [23], [23], [23]]
    *_, before = rows(database_url, "2019-04-09", history=True)
    *_, after = rows(database_url, "2019-04-10", history=True)
    assert [(each.standing, each.withdrawn_on) for each in (before, after)] == [
        ("standing", None),
        ("withdrawn", "2019-04-10"),
    ]


def test_what_a_withdrawn_claim_superseded_stays_superseded(database_url: str, tmp_path: Path) -> None:
    run = take(database_url, tmp_path, killed(23, stated_on="2019-03-18"), killed(26, stated_on="2019-03-21"))
    withdraw(database_url, 26, "2019-04-10", run)
    days = ("2019-03-18", "2019-03-21", "2019-04-10")
    assert [figures(database_url, day) for day in days] == [[23], [26], []]


def test_an_undone_import_never_counts(database_url: str, tmp_path: Path) -> None:
    take(database_url, tmp_path, killed(23, stated_on="2019-03-18"))
    entry = "timeline: [{when: 2019-03-20, text: Bodies are found.}]\n"
    undo(database_url, take(database_url, tmp_path, killed(26, stated_on="2019-03-21"), more=entry))
    for day in ("2019-03-18", "2019-03-21", "2999"):
        assert figures(database_url, day) == [23]
        assert {each.standing for each in rows(database_url, day, history=True)} == {"standing"}
    with Database(database_url).reading() as reader:
        assert reader.timeline("x-2019", know("2999")) == ()


def test_a_copy_of_what_an_undone_import_brought_stands_for_itself(database_url: str, tmp_path: Path) -> None:
    """A statement of ours that never was has no copies, on no day and not today."""
    first = take(database_url, tmp_path, killed(23, stated_on="2019-03-18", id="origin"))
    names = ("Paper", "Radio")
    take(database_url, tmp_path, *(killed(25, name, stated_on="2019-03-19", repeats="origin") for name in names))
    assert figures(database_url, "2019-03-19") == [23]
    undo(database_url, first)
    assert figures(database_url, "2019-03-19") == [25, 25]
    (now,) = conflictdb.open(database_url).casualties("x-2019")
    assert (now.low, len(now.used)) == (25, 2)


def test_what_an_undone_import_had_withdrawn_counts_once(database_url: str, tmp_path: Path) -> None:
    """It was stated again when the withdrawal was taken back: one statement, which had never gone."""
    take_ged(database_url, tmp_path, ged_row(id=1), ged_row(id=2), release="22.1", released_on="2022-06")
    rest = ged_row(id=1)
    run = take_ged(database_url, tmp_path, rest, release="23.1", released_on="2023-06", complete=True).run
    undo(database_url, run)
    with Database(database_url).reading() as reader:
        for day in ("2022-06", "2023-06", "2999"):
            claims = list(reader.casualties("ucdp-ged:2", knowledge=know(day), history=True))
            assert {each.standing for each in claims} == {"standing"}
            assert len(claims) == len({each.key.partition(".")[0] for each in claims})


# --- estimates, by their release -------------------------------------------------------------------------------------


def test_an_estimate_counts_from_its_release(database_url: str, tmp_path: Path) -> None:
    first = ged_row(id=1, deaths_a=20, deaths_b=0, low=20, high=20)
    take_ged(database_url, tmp_path, first, release="22.1", released_on="2022-06")
    second = ged_row(id=1, deaths_a=25, deaths_b=0, low=25, high=30)
    take_ged(database_url, tmp_path, second, release="23.1", released_on="2023-06-15")
    db = conflictdb.open(database_url)

    def total(day: str) -> tuple[int | None, int | None, int | None] | None:
        found = db.casualties("ucdp-ged:1", basis="estimates", as_of=day, metrics=["killed"], by_event=True)
        stated = [row for row in found if not row.composite]
        return (stated[0].low, stated[0].best, stated[0].high) if stated else None

    days = ("2022-06-29", "2022-06-30", "2023-06-14", "2023-06-15", "2030")
    assert [total(day) for day in days] == [None, (20, 20, 20), (20, 20, 20), (25, 25, 30), (25, 25, 30)]
    assert db.casualties("ucdp-ged:1", as_of="2030") == ()


# --- leaders, results and the timeline -------------------------------------------------------------------------------

TOLD = (
    "claimant: Rebels, stated_on: 2019-03-18, of: Rebels, commander: {person: Koufa}",
    "claimant: Army, of: Rebels, commander: {person: Moussa}, source: dated",
    "claimant: Government, stated_on: 2019-03-17, result: the camp held",
    "claimant: Rebels, stated_on: 2019-04, result: Rebel victory",
    "claimant: Paper, result: undecided",
    killed(23, stated_on="2019-03-18"),
)
ENTRIES = """\
timeline:
  - {when: 2019-03-17 06:00, text: The raid begins.}
  - {when: 2019-03-18, text: A first toll.}
  - {when: 2019-04, text: Bodies are found.}
  - {when: 2019-03-17/.., text: Some are found on a day that is not known.}
"""


@pytest.fixture
def told_url(database_url: str, tmp_path: Path) -> str:
    take(database_url, tmp_path, *TOLD, more=ENTRIES)
    return database_url


EVENTS: dict[str, tuple[bool, list[str], list[str], int]] = {
    "2019-03-16": (False, [], [], 0),
    "2019-03-17": (False, [], ["the camp held"], 1),
    "2019-03-18": (False, ["Koufa"], ["the camp held"], 2),
    "2019-04-29": (False, ["Koufa"], ["the camp held"], 2),
    "2019-04-30": (False, ["Koufa"], ["Rebel victory", "the camp held"], 3),
    "2019-06-10": (False, ["Koufa", "Moussa"], ["Rebel victory", "the camp held"], 3),
    "2019-03-18 and undated": (True, ["Koufa"], ["the camp held", "undecided"], 2),
}


@pytest.mark.parametrize("day", EVENTS)
def test_rival_leaders_and_results_appear_as_they_were_stated(told_url: str, day: str) -> None:
    undated, leaders, results, entries = EVENTS[day]
    detail = conflictdb.open(told_url).event("x-2019", as_of=day.partition(" ")[0], undated=undated)
    assert sorted(each.person for each in detail.claims if each.person) == leaders
    assert sorted(each.value for each in detail.claims if each.attribute == "result" and each.value) == results
    assert len(detail.timeline) == entries
    assert {each.as_of for each in detail.estimates} <= {day.partition(" ")[0]}
    cited = {each.source for each in (*detail.claims, *detail.timeline)}
    assert {each.slug for each in detail.sources} == cited


def test_a_timeline_ends_with_its_day(told_url: str) -> None:
    with Database(told_url).reading() as reader:
        assert [entry.text for entry in reader.timeline("x-2019", know("2019-04"))] == [
            *("The raid begins.", "A first toll.", "Bodies are found."),
        ]
        assert len(reader.timeline("x-2019")) == 4


# --- by command ------------------------------------------------------------------------------------------------------


def test_claims_as_of(told_url: str, run: Run) -> None:
    result = run("claims", "x-2019", "--as-of", "2019-03-18", "--format", "csv", db=told_url)
    assert result.exit_code == 0
    header, *lines = result.stdout.splitlines()
    at = [header.split(",").index(name) for name in ("claimant", "stated_on", "lower", "person", "value")]
    assert [[line.split(",")[place] for place in at] for line in lines] == [
        ["Government", "2019-03-18", "23", "", ""],
        ["Rebels", "2019-03-18", "", "Koufa", ""],
        ["Government", "2019-03-17", "", "", "the camp held"],
    ]


COMMANDS = {
    "casualties": ("casualties", "x-2019"),
    "casualties, of a query": ("casualties", "type:battle"),
    "estimates": ("casualties", "x-2019", "--by-side"),
    "event totals": ("casualties", "x-2019", "--by-event"),
    "ucdp": ("casualties", "x-2019", "--policy", "ucdp"),
    "claims": ("claims", "x-2019"),
    "show": ("show", "x-2019"),
    "timeline": ("timeline", "x-2019"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_before_any_claim_the_view_is_empty(told_url: str, command: tuple[str, ...], run: Run) -> None:
    for format in ("table", "plain", "json", "jsonl", "csv", "markdown"):
        result = run(*command, "--as-of", "1990", "--format", format, db=told_url)
        assert result.exit_code == 0
        for word in ("Koufa", "Moussa", "victory", "camp held", "23", "The raid begins"):
            assert word not in result.stdout
        if format == "table" and command[0] in ("casualties", "show"):
            assert "1990" in result.stdout + result.stderr


BAD = {
    "no date": ("soon", "--as-of 'soon' is no date"),
    "no such day": ("2019-02-30", "--as-of '2019-02-30' is no date"),
    "open": ("2019-03-18/..", "--as-of '2019-03-18/..' is no date"),
    "nothing": ("", "--as-of '' is no date"),
}


@pytest.mark.parametrize(("day", "message"), BAD.values(), ids=BAD)
def test_what_is_no_day(day: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        know(day)
    assert str(caught.value).startswith(message)
    assert str(caught.value).endswith("write it as 2019-03-21, 2019-03 or 2019")


def test_undated_needs_a_day() -> None:
    with pytest.raises(UsageError, match="name the day with --as-of"):
        know(None, undated=True)
    assert know(None) is None
