"""`claimants` and `contested` on the command line: their screens, every format, and how they fail."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conflictdb.domain.lens import Lens
from conflictdb.domain.rows.claimants import CLAIMANT_FIELDS, ClaimantRow, ClaimantStakeRow, NamedCount, StakeRow
from conflictdb.domain.vocabulary import Basis
from conflictdb.policies import choose_policy
from conflictdb.render.claimants import claimants_listing, left_out_words, ratio_words, revision_words
from conflictdb.render.formats import Format

Run = Callable[..., Any]
EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples"
COMMANDS = ("claimants", "contested")


@pytest.fixture(scope="module")
def sahel_url(sqlite_databases: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the shipped raid and Mondoro, for tests that only read."""
    from conflictdb.config import find_target
    from conflictdb.ingest import import_file

    url: str = sqlite_databases.copy(tmp_path_factory.mktemp("sahel"), seed=True)
    assert import_file(find_target(url), EXAMPLES / "mondoro-2022.yaml").problems == []
    return url


CLAIMANTS = """\
Mali (state): 7 figures in 2 events
  own side      6 figures, of Malian Army; ratio 1.07, 0.90 to 1.24 (n = 2, few); left out: 1 of 0,
                3 that nobody else states
  adversary     1 figure, of JNIM; ratio 11.75 (n = 1: one figure is no pattern)
  revised       1 time: up 1; after 3 days (n = 1)
  corroborated  1 figure, by MINUSMA

JNIM (armed group): 6 figures in 2 events
  own side      2 figures, of JNIM 1, Katibat Macina 1; ratio 0.085 (n = 1: one figure is no
                pattern); left out: 1 that nobody else states
  adversary     4 figures, of Malian Army; ratio 1.13, 1.11 to 1.15 (n = 2, few); left out: 2 with
                no single number
  revised       never, and never corroborated

Ratio: a claimant's number over the best that the policy makes of the others' claims about the same;
above 1 it states more than they do. The median of n figures comes first, then the least and the
greatest.
policy: ucdp, basis: claims
"""
CONTESTED = """\
mondoro-2022  2022  Mondoro attack (2022)                               97.3
  killed of JNIM: 4 to 47, 2 claimants (least: JNIM; most: Government of
    Mali)
  killed of Malian Army: 27 to 30, 2 claimants (least: Government of Mali;
    most: JNIM)
dioura-2019  17 Mar 2019  Raid on Dioura (2019)                         23.1
  killed of Malian Army: 21 to 30 or more, 6 claimants (least: Front for
    the Safeguard of Democracy, a local official, a military source; most:
    JNIM)
  the leader of Katibat Macina is disputed: "Amadou Koufa" (JNIM), "Ba Ag
    Moussa" (Malian Army)
  the result is disputed: "control of the camp regained" (Government of
    Mali), "JNIM victory" (Wikipedia)

Right: the disagreement by which events are ordered, of spread and ratio
together, and of rival accounts. It is of what is stated, under no policy;
basis: both
"""


def test_screens(run: Run, sahel_url: str) -> None:
    assert run("claimants", "claimant:mali,jnim", db=sahel_url).stdout == CLAIMANTS
    assert run("contested", db=sahel_url, columns=76).stdout == CONTESTED


@pytest.mark.parametrize("columns", [40, 60, 80, 140])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_line_is_wider_than_the_screen(run: Run, sahel_url: str, command: str, columns: int) -> None:
    shown = run(command, db=sahel_url, columns=columns).stdout
    assert max(map(len, shown.splitlines())) <= columns


@pytest.mark.parametrize("query", ["", "country:NER"], ids=["some", "none"])
@pytest.mark.parametrize("format", Format)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_format(run: Run, sahel_url: str, command: str, format: Format, query: str) -> None:
    result = run(command, query, "--format", format, db=sahel_url)
    assert (result.exit_code, result.stderr) == (0, "")
    if format is Format.JSON:
        found = json.loads(result.stdout)
        basis = "both" if command == "contested" else "claims"
        policy = None if command == "contested" else "ucdp"
        assert (found["command"], found["policy"], found["basis"]) == (command, policy, basis)
        assert all(row["basis"] == basis for row in found["rows"])
    if format is Format.CSV:
        header, *rows = csv.reader(io.StringIO(result.stdout))
        assert all(len(row) == len(header) for row in rows)
        assert bool(rows) == (not query)
        assert header[0] == ("event" if command == "contested" else "claimant")


def test_csv_has_a_row_a_stake(run: Run, sahel_url: str) -> None:
    shown = run("claimants", "claimant:mali", "--format", "csv", db=sahel_url).stdout
    rows = list(csv.DictReader(io.StringIO(shown)))
    assert tuple(rows[0]) == CLAIMANT_FIELDS
    assert [(row["stake"], row["figures_of_stake"], row["n"], row["median"], row["figures"]) for row in rows] == [
        ("own_side", "6", "2", "1.069", "7"), ("adversary", "1", "1", "11.75", "7"),
    ]  # fmt: skip


def test_plain_has_a_row_a_claimant_and_an_event(run: Run, sahel_url: str) -> None:
    assert run("claimants", "claimant:jnim", "--format", "plain", db=sahel_url).stdout == (
        "JNIM\tarmed group\t6\t2\t2; ratio 0.085 (n = 1: one figure is no pattern)\t"
        "4; ratio 1.13, 1.11 to 1.15 (n = 2, few)\t\t\tnever\tnever\n"
    )
    assert run("contested", "metric:killed side:2", "--format", "plain", db=sahel_url).stdout == (
        "mondoro-2022\t2022\tMondoro attack (2022)\t97.3\t43\t11.75\t"
        "killed of JNIM: 4 to 47, 2 claimants (least: JNIM; most: Government of Mali)\n"
    )


def test_one_recorder_alone(run: Run, database_url: str) -> None:
    assert run("import", EXAMPLES / "GEDEvent_v26_0_1.csv", db=database_url).exit_code == 0
    assert run("claimants", db=database_url, columns=120).stdout == (
        "no casualty claims found, only 9 figures of Uppsala Conflict Data Program:"
        " one recorder leaves nothing to compare\n\npolicy: ucdp, basis: claims\n"
    )
    said = "Only Uppsala Conflict Data Program speaks here: one recorder leaves nothing to compare."
    assert said in " ".join(run("claimants", "--basis", "both", db=database_url).stdout.split())
    found = json.loads(run("claimants", "--basis", "estimates", "--format", "json", db=database_url).stdout)
    assert found["warnings"] == [said]


NOTHING = {
    "claimants of nowhere": (("claimants", "country:NER"), "no casualty claims found"),
    "claimants too early": (("claimants", "--as-of", "2019-03-17"), "no casualty claim had been stated by 2019-03-17"),
    "recorders of nowhere": (("claimants", "country:NER", "--basis", "both"), "nothing found on the basis both"),
    "contested nowhere": (("contested", "country:NER"), "no claims disagree"),
    "contested too early": (("contested", "--as-of", "2019-03-17"), "no claims had disagreed by 2019-03-17; --undated"),
}


@pytest.mark.parametrize(("line", "said"), NOTHING.values(), ids=NOTHING)
def test_nothing_found(run: Run, shipped_url: str, line: tuple[str, ...], said: str) -> None:
    result = run(*line, db=shipped_url)
    assert (result.exit_code, result.stdout.startswith(said)) == (0, True)


REFUSED = {
    "an order": (("claimants", "order:date"), "error: claimants have an order of their own\n  leave order: out\n"),
    "an order of events": (
        ("contested", "order:date"), "error: contested events have an order of their own\n  leave order: out\n",
    ),
    "a basis that is none": (
        ("contested", "--basis", "all"),
        "error: no basis is called 'all'\n  it is one of: claims, estimates, both\n",
    ),
    "undated without a day": (
        ("claimants", "--undated"),
        "error: --undated says what to do with undated claims as of a day\n  name the day with --as-of\n",
    ),
    "a parameter that the policy does not take": (
        ("claimants", "--k", "3"), "error: the policy ucdp takes no --k\n  it takes: no parameter\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("line", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(run: Run, shipped_url: str, line: tuple[str, ...], said: str) -> None:
    result = run(*line, db=shipped_url)
    assert (result.exit_code, result.stdout, result.stderr.startswith(said)) == (2, "", True)


# --- words -----------------------------------------------------------------------------------------------------------


def of_stake(n: int, *ratios: float | None, **left_out: int) -> StakeRow:
    median, least, greatest, lower, upper = (*ratios, *[None] * 5)[:5]
    whose = (NamedCount("Army", n + sum(left_out.values())),)
    return StakeRow(
        "own_side", whose[0].figures, whose, 1, n, median, least, greatest, lower, upper, left_out,
    )  # fmt: skip


RATIOS = {
    "none": (of_stake(0, alone=2), "no ratio", "2 that nobody else states"),
    "one": (of_stake(1, 0.5, 0.5, 0.5), "ratio 0.50 (n = 1: one figure is no pattern)", ""),
    "few": (of_stake(3, 1.0, 0.05, 12.345), "ratio 1.00, 0.05 to 12.35 (n = 3, few)", ""),
    "five": (
        of_stake(5, 1.0, 0.9, 1200.0, 0.95, 1.1, bound=1, zero=2, no_best=3, others_zero=4, too_many=5),
        "ratio 1.00, half of them 0.95 to 1.10, all 0.90 to 1,200.00 (n = 5)",
        "left out: 1 with no single number, 2 of 0, 3 for which the others' claims have no best,"
        " 4 for which the others' best is 0, 5 among too many claims to compare",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("row", "ratio", "left_out"), RATIOS.values(), ids=RATIOS)
def test_words_for_ratios(row: StakeRow, ratio: str, left_out: str) -> None:
    assert (ratio_words(row), left_out_words(row)) == (ratio, left_out)


def claimant(**given: Any) -> ClaimantRow:
    usual: dict[str, Any] = {
        "claimant": "Mali", "claimant_key": "k", "claimant_kind": "state", "only_event": None, "events": 2,
        "figures": 0, "copies": 0, "stakes": (), "revised": 0, "revised_up": 0, "revised_down": 0, "revised_same": 0,
        "revised_unclear": 0, "revised_days": None, "revised_dated": 0, "corroborated": 0, "corroborated_by": (),
        "policy": "ucdp", "version": "1", "basis": Basis.CLAIMS, "label": "ucdp",
    }  # fmt: skip
    return ClaimantRow(**(usual | given))


REVISIONS = {
    "never": ({}, "never"),
    "once, nobody knows when": ({"revised": 1, "revised_down": 1}, "1 time: down 1"),
    "often": (
        {"revised": 6, "revised_up": 2, "revised_down": 1, "revised_same": 1, "revised_unclear": 2,
         "revised_days": 2.5, "revised_dated": 4},
        "6 times: up 2, down 1, to the same 1, unclear 2; after a median of 2.5 days (n = 4)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("given", "words"), REVISIONS.values(), ids=REVISIONS)
def test_words_for_revisions(given: dict[str, Any], words: str) -> None:
    assert revision_words(claimant(**given)) == words


def test_who_only_repeats_others_is_listed_too() -> None:
    """In CSV as well, where each row is of a stake."""
    row = claimant(copies=3)
    listing = claimants_listing([row], "", Lens(choose_policy("ucdp")), blocks=True)
    assert listing.screen is not None
    assert ["".join(each.text for each in line) for line in listing.screen(80)][:3] == [
        "Mali (state): 0 figures in 2 events",
        "  copies        3 figures that only repeat another claim",
        "  revised       never, and never corroborated",
    ]
    (record,) = listing.records or ()
    assert isinstance(record, ClaimantStakeRow)
    assert (record.to_dict()["claimant"], record.to_dict()["stake"], record.to_dict()["copies"]) == ("Mali", "", 3)
    assert tuple(record.to_dict()) == CLAIMANT_FIELDS


def test_text_from_outside_is_escaped() -> None:
    row = claimant(claimant="Ma\x1b[31mli", stakes=(of_stake(1, 1.0, 1.0, 1.0),))
    listing = claimants_listing([row], "", Lens(choose_policy("ucdp")), blocks=True)
    assert listing.screen is not None
    first = next(iter(listing.screen(80)))
    assert first[0].text == "Ma\\x1b[31mli (state): 0 figures in 2 events"
