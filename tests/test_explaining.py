"""Explanations: which claims count, which are set aside and why, and what each claimant's silence would change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import conflictdb
from conflictdb.config import find_target
from conflictdb.domain.rows import ClaimRow, EstimateRow
from conflictdb.domain.rows.explanation import ExplanationRow
from conflictdb.explaining import MOST_LEFT_OUT
from conflictdb.ingest import import_file
from conflictdb.looking import look
from conflictdb.reader import Reader

EVENT = "dioura-2019"
GOVERNMENT, UN, MILITARY, LOCAL, FSD, JNIM = (
    "Government of Mali", "MINUSMA", "a military source", "a local official", "Front for the Safeguard of Democracy",
    "JNIM",
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(shipped_url: str) -> Iterator[Reader]:
    with conflictdb.open(shipped_url).reading() as reader:
        yield reader


def killed(reader: Reader, policy: str, **given: Any) -> ExplanationRow:
    """Return the explanation of how many Malian soldiers were killed."""
    lens = look(policy, **given)
    return next(iter(reader.explain(EVENT, lens=lens, metrics=["killed"])))


def who(claims: tuple[ClaimRow, ...]) -> list[tuple[int | None, str]]:
    return [(claim.lower, claim.claimant) for claim in claims]


def figures(estimate: EstimateRow | None) -> object:
    if estimate is None:
        return None
    return "pending" if estimate.pending else estimate.ties or (estimate.low, estimate.best, estimate.high)


def changes(row: ExplanationRow) -> dict[str, object]:
    return {change.claimant: figures(change.estimate) for change in row.changes}


# What would differ without each claimant; the government's silence takes the military source's along.
CHANGES: dict[str, tuple[str, dict[str, object]]] = {
    "range": ("range", {JNIM: (21, None, None), FSD: (21, None, 30)}),
    "ucdp": ("ucdp", {JNIM: (21, 26, 26), GOVERNMENT: (21, 21, 30), UN: (21, 21, 30)}),
    "acled": ("acled", {GOVERNMENT: (21, 21, 21), UN: (21, 21, 21)}),
    "acled-strict": ("acled-strict", {}),
    "gtd": ("gtd", {}),
    "latest": ("latest", {}),
    "majority": (
        "majority",
        {MILITARY: (26, 26, 26), GOVERNMENT: (21, 26, 30), LOCAL: (26, 26, 26), UN: (21, 21, 21)},
    ),
    "corroborated": (
        "corroborated",
        {MILITARY: (26, 26, 26), GOVERNMENT: "pending", LOCAL: (26, 26, 26), UN: (21, 21, 21)},
    ),
    "adversary": ("adversary", {JNIM: (None, None, None)}),
}


@pytest.mark.parametrize(("policy", "expected"), CHANGES.values(), ids=CHANGES)
def test_what_would_change_it(reader: Reader, policy: str, expected: dict[str, object]) -> None:
    row = killed(reader, policy)
    assert changes(row) == expected
    assert (row.claimants, row.left_out) == (6, 6)


def test_who_belongs_to_a_claimant_is_left_out_with_it(reader: Reader) -> None:
    others = {change.claimant: change.others for change in killed(reader, "majority").changes}
    assert others == {MILITARY: (), GOVERNMENT: (MILITARY,), LOCAL: (), UN: ()}


def test_what_counts_and_what_is_set_aside(reader: Reader) -> None:
    row = killed(reader, "acled")
    assert who(row.counted) == [(26, GOVERNMENT), (26, UN)]
    aside = {claim.claimant: each.reason for each in row.asides for claim in each.claims if claim.lower != 23}
    assert list(aside) == [MILITARY, LOCAL, JNIM, FSD]
    assert aside[MILITARY] == aside[LOCAL] == aside[JNIM] != aside[FSD]
    assert [who(each.claims) for each in row.asides] == [
        [(23, GOVERNMENT)], [(21, MILITARY), (21, LOCAL), (30, JNIM)], [(21, FSD)],
    ]  # fmt: skip


@pytest.mark.parametrize("policy", CHANGES)
def test_every_claim_is_told_of_once(reader: Reader, policy: str) -> None:
    for row in reader.explain(EVENT, lens=look(policy)):
        told = [claim.key for claim in (*row.counted, *(each for aside in row.asides for each in aside.claims))]
        assert sorted(told) == sorted([*row.estimate.used, *(each.key for each in row.estimate.set_aside)])
        assert [each.reason for each in row.asides] == list(dict.fromkeys(each.reason for each in row.asides))


def test_the_same_estimates_as_without_an_explanation(reader: Reader) -> None:
    for by_event in (False, True):
        for policy in CHANGES:
            lens = look(policy)
            explained = [row.estimate for row in reader.explain(EVENT, lens=lens, by_event=by_event)]
            assert explained == list(reader.estimate(EVENT, lens=lens, by_event=by_event))


def test_a_sum_tells_what_is_added(reader: Reader) -> None:
    lens = look("ucdp")
    (row,) = reader.explain(EVENT, lens=lens, metrics=["killed"], by_event=True)
    assert [(part.subject, figures(part)) for part in row.parts] == [
        ("Malian Army", (21, 26, 30)), ("Katibat Macina", (3, 3, 3)),
    ]  # fmt: skip
    assert (row.counted, row.asides) == ((), ())
    assert changes(row) == {JNIM: (21, None, None), GOVERNMENT: (24, 24, 33), UN: (24, 24, 33)}


def test_as_of_a_day_only_what_was_stated_by_then_is_left_out(reader: Reader) -> None:
    row = killed(reader, "range", as_of="2019-03-21")
    assert who(row.counted) == [(26, GOVERNMENT)]
    assert changes(row) == {GOVERNMENT: None}
    assert (row.claimants, row.left_out) == (1, 1)


def test_the_limit_of_a_query_counts_explanations(reader: Reader) -> None:
    assert len(list(reader.explain("country:MLI limit:3", lens=look("range")))) == 3
    assert list(reader.explain("country:NER", lens=look("range"))) == []


def test_a_row_as_a_dict_has_the_estimate_and_the_explanation(reader: Reader) -> None:
    row = killed(reader, "ucdp")
    told = row.to_dict()
    assert row.estimate.to_dict().items() <= told.items()
    assert told["event_name"] == "Raid on Dioura (2019)"
    assert told["counted"][0]["claimant"] == GOVERNMENT
    assert told["asides"] == [{"reason": row.asides[0].reason, "claims": [told["asides"][0]["claims"][0]]}]
    assert told["changes"][0] == {
        "claimant": JNIM, "others": [], "low": 21, "best": 26, "high": 26, "open": False, "highest_stated": 26,
        "ties": (), "pending": False, "why": row.changes[0].estimate.why,  # type: ignore[union-attr]
    }  # fmt: skip


# --- many claimants, and claims that end one another ------------------------------------------------------------------

HEAD = """\
source: {id: report, title: A report}
actors:
  - {name: Army, kind: state_forces}
  - {name: Rebels, kind: armed_group}
  - {name: Observers, kind: ngo, part_of: none}
SPEAKERS
slug: x-2019
name: Raid on X
type: battle
date: 2019-03-17
sides: [{combatants: Army}, {combatants: Rebels}]
claims:
"""


def explain_document(url: str, tmp_path: Path, claims: list[str], speakers: int = 0, policy: str = "range") -> Any:
    named = "\n".join(f"  - {{name: Speaker {n}, kind: medium, part_of: none}}" for n in range(speakers))
    path = tmp_path / "document.yaml"
    path.write_text(HEAD.replace("SPEAKERS", named) + "".join(f"  - {{{each}}}\n" for each in claims))
    report = import_file(find_target(url), path)
    assert report.problems == []
    with conflictdb.open(url).reading() as reader:
        return next(iter(reader.explain("x-2019", lens=look(policy))))


def test_of_many_claimants_those_at_the_ends_are_left_out(database_url: str, tmp_path: Path) -> None:
    claims = [f"id: c{n}, claimant: Speaker {n}, of: Army, killed: {10 + n}" for n in range(40)]
    row = explain_document(database_url, tmp_path, claims, 40)
    assert (row.claimants, row.left_out) == (40, MOST_LEFT_OUT)
    assert changes(row) == {"Speaker 0": (11, None, 49), "Speaker 39": (10, None, 48)}


def test_what_somebody_ended_stands_again_without_him(database_url: str, tmp_path: Path) -> None:
    claims = [
        "id: first, claimant: Rebels, stated_on: 2019-03-18, of: Army, killed: 50",
        "id: second, claimant: Observers, stated_on: 2019-03-20, of: Army, killed: 20, supersedes: first",
    ]
    row = explain_document(database_url, tmp_path, claims)
    assert figures(row.estimate) == (20, None, 20)
    assert changes(row) == {"Observers": (50, None, 50)}


def test_a_copy_takes_the_place_of_what_it_repeats(database_url: str, tmp_path: Path) -> None:
    claims = [
        "id: first, claimant: Rebels, stated_on: 2019-03-18, of: Army, killed: 50",
        "id: copy, claimant: Observers, stated_on: 2019-03-20, of: Army, killed: 45, repeats: first",
    ]
    row = explain_document(database_url, tmp_path, claims)
    assert changes(row) == {"Rebels": (45, None, 45)}
    assert [(each.reason, who(each.claims)) for each in row.asides] == [('repeats "50" (Rebels)', [(45, "Observers")])]
