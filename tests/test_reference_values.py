"""The reference values of the raid on Dioura: what each policy makes of the shipped example, on both engines."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

import conflictdb
from conflictdb import resources
from conflictdb.config import find_target
from conflictdb.domain.rows import EstimateRow
from conflictdb.domain.vocabulary import Verdict
from conflictdb.ingest import import_file
from conflictdb.judging import flag_claim, judge_pair

ARMY, MACINA, EVENT = "Malian Army", "Katibat Macina", "dioura-2019"
Values = tuple[int | None, int | None, int | None, bool]
NOTHING: Values = (None, None, None, False)
Claims = list[dict[str, Any]]


def statement(claims: Claims, name: str) -> dict[str, Any]:
    (found,) = (each for each in claims if each.get("id") == name)
    return found


def minusma_repeats(claims: Claims) -> None:
    report = statement(claims, "minusma-31-may")
    report["repeats"] = report.pop("corroborates")


def one_claimant(claims: Claims) -> None:
    statement(claims, "local-official")["claimant"] = statement(claims, "military-source")["claimant"]


def as_shipped(claims: Claims) -> None:
    """Change nothing."""


@pytest.fixture(scope="session")
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, Callable[[Claims], None]], str]:
    """Return made(engine, change): a database of the example as a document that was changed says it."""
    folder = tmp_path_factory.mktemp("variants")
    urls: dict[tuple[str, Callable[[Claims], None]], str] = {}

    def make(engine: str, change: Callable[[Claims], None]) -> str:
        databases = request.getfixturevalue(f"{engine}_databases")
        if (engine, change) not in urls:
            url = databases.copy(folder, seed=change is not one_claimant)  # that one also as a first import
            document = json.loads(resources.seed_path().read_text(encoding="utf-8"))
            change(document["events"][0]["claims"])
            path = folder / f"{change.__name__}.json"
            path.write_text(json.dumps(document), encoding="utf-8")
            assert import_file(find_target(url), path).problems == []
            urls[engine, change] = url
        return urls[engine, change]

    return make  # the databases go with their engine's


def estimate(url: str, subject: str = ARMY, metric: str = "killed", **told: Any) -> EstimateRow | None:
    """Return the only estimate of a measure, through the Python API."""
    rows = conflictdb.open(url).casualties(EVENT, metrics=[metric], by_event=subject == "total", **told)
    found = [row for row in rows if row.subject == subject]
    assert len(found) < 2
    return found[0] if found else None


def values(row: EstimateRow | None) -> Values | None:
    return None if row is None else (row.low, row.best, row.high, row.open)


Row = tuple[Callable[[Claims], None], dict[str, Any], Values | None, int | None]
TABLE: dict[str, Row] = {
    "range": (as_shipped, {"policy": "range"}, (21, None, None, True), 30),
    "ucdp": (as_shipped, {"policy": "ucdp"}, (21, 26, 30, False), 30),
    "acled": (as_shipped, {"policy": "acled"}, (26, 26, 26, False), 26),
    "acled, MINUSMA repeats": (minusma_repeats, {"policy": "acled"}, (21, 21, 21, False), 21),
    "acled-strict": (as_shipped, {"policy": "acled-strict"}, (21, 21, 21, False), 21),
    "majority": (as_shipped, {"policy": "majority"}, NOTHING, None),
    "majority, MINUSMA repeats": (minusma_repeats, {"policy": "majority"}, (21, 21, 21, False), 21),
    "majority, one claimant": (one_claimant, {"policy": "majority"}, (26, 26, 26, False), 26),
    "latest": (as_shipped, {"policy": "latest"}, (26, 26, 26, False), 26),
    "gtd": (as_shipped, {"policy": "gtd"}, (26, 26, 26, False), 26),
    "own-side": (as_shipped, {"policy": "own-side"}, (21, None, 26, False), 26),
    "adversary": (as_shipped, {"policy": "adversary"}, (30, None, 30, False), 30),
    "third-party": (as_shipped, {"policy": "third-party"}, (21, None, None, True), 26),
    "ucdp, MINUSMA repeats": (minusma_repeats, {"policy": "ucdp"}, (21, 21, 30, False), 30),
    "corroborated, k 2": (as_shipped, {"policy": "corroborated", "k": 2}, NOTHING, None),
    "corroborated, one claimant": (one_claimant, {"policy": "corroborated"}, (26, 26, 26, False), 26),
    "corroborated, k 3": (as_shipped, {"policy": "corroborated", "k": 3}, NOTHING, None),
    "ibc, k 2": (as_shipped, {"policy": "ibc", "k": 2}, (21, None, None, True), 30),
    "priority": (as_shipped, {"policy": "priority", "prefer": ["minusma", "state"]}, (26, 26, 26, False), 26),
    "priority, by an alias": (as_shipped, {"policy": "priority", "prefer": "FAMa,GSIM"}, (30, 30, 30, False), 30),
    "majority, the lowest": (as_shipped, {"policy": "majority", "tie": "lowest"}, (21, 21, 21, False), 21),
    "majority, the most recent": (as_shipped, {"policy": "majority", "tie": "recent"}, (26, 26, 26, False), 26),
    "range, as of 17 March": (as_shipped, {"as_of": "2019-03-17"}, None, None),
    "range, as of 18 March": (as_shipped, {"as_of": "2019-03-18"}, (23, None, 23, False), 23),
    "the same, with undated claims": (
        *(as_shipped, {"as_of": "2019-03-18", "undated": True}, (21, None, None, True), 30),
    ),
    "range, as of 21 March": (as_shipped, {"as_of": "2019-03-21"}, (26, None, 26, False), 26),
    "range, as of 31 May": (as_shipped, {"as_of": "2019-05-31"}, (26, None, 26, False), 26),
    "range, as of May": (as_shipped, {"as_of": "2019-05"}, (26, None, 26, False), 26),
}


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
@pytest.mark.parametrize(("change", "told", "expected", "highest"), TABLE.values(), ids=TABLE)
def test_soldiers_killed(
    made: Any, engine: str, change: Any, told: dict[str, Any], expected: Values | None, highest: int | None
) -> None:
    row = estimate(made(engine, change), **told)
    assert values(row) == expected
    if row is not None:
        assert row.highest_stated == highest


USED = {
    "acled": ["Government of Mali", "MINUSMA"],
    "majority": ["Government of Mali", "MINUSMA", "a local official", "a military source"],
    "corroborated": ["Government of Mali", "MINUSMA", "a local official", "a military source"],
    "latest": ["MINUSMA"],
    "gtd": ["MINUSMA"],
    "own-side": ["Government of Mali", "a military source"],
    "adversary": ["JNIM"],
    "third-party": ["Front for the Safeguard of Democracy", "MINUSMA", "a local official"],
}


@pytest.mark.parametrize(("policy", "claimants"), USED.items(), ids=USED)
def test_the_claims_behind_it(shipped_url: str, policy: str, claimants: list[str]) -> None:
    row = estimate(shipped_url, policy=policy)
    assert row is not None
    known = {each.key: each.claimant for each in conflictdb.open(shipped_url).claims(EVENT, history=True)}
    assert sorted(known[key] for key in row.used) == claimants
    everything = {key for key in known if key in row.used or key in {each.key for each in row.set_aside}}
    assert len(everything) == len(row.used) + len(row.set_aside) == 7


def test_ties_and_what_is_pending(shipped_url: str) -> None:
    ties = {policy: estimate(shipped_url, policy=policy) for policy in ("majority", "corroborated")}
    assert {policy: (row.ties, row.pending) for policy, row in ties.items() if row} == dict.fromkeys(
        ties, ((21, 26), False)
    )
    waiting = estimate(shipped_url, policy="corroborated", k=3)
    assert waiting is not None and (waiting.ties, waiting.pending, waiting.label) == ((), True, "corroborated, k 3")


def test_a_flag_lowers_the_high_of_ucdp(seeded_url: str) -> None:
    (jnim,) = (
        each.key for each in conflictdb.open(seeded_url).casualty_claims(EVENT, metrics=["killed"])
        if (each.claimant, each.subject) == ("JNIM", ARMY)
    )  # fmt: skip
    flag_claim(find_target(seeded_url), jnim, why="no other source comes near it", who="amina")
    row = estimate(seeded_url, policy="ucdp")
    assert values(row) == (21, 26, 26, False)
    assert row is not None
    assert {each.reason for each in row.set_aside if each.key == jnim} == {
        "judged unreasonable: no other source comes near it"
    }
    assert values(estimate(seeded_url)) == (21, None, None, True)


def test_claimants_that_are_judged_the_same_have_one_voice_and_one_stake(seeded_url: str) -> None:
    pair = "a military source", "a local official"
    judge_pair(find_target(seeded_url), Verdict.SAME, pair, why="the article means one man", who="amina")
    for policy in ("majority", "corroborated"):
        assert values(estimate(seeded_url, policy=policy)) == (26, 26, 26, False)
    claims = conflictdb.open(seeded_url).casualty_claims(EVENT, metrics=["killed"])
    assert {each.stake for each in claims if each.claimant in pair} == {"own_side"}
    assert len({each.claimant_key for each in claims if each.claimant in pair}) == 1
    assert values(estimate(seeded_url, policy="third-party")) == (21, None, None, True)


TOTALS: dict[str, tuple[dict[str, Any], Values, int, str]] = {
    "range": ({}, (24, None, None, True), 33, "sum of Malian Army and Katibat Macina"),
    "ucdp": ({"policy": "ucdp"}, (24, 29, 33, False), 33, "sum of Malian Army and Katibat Macina"),
    "gtd": (
        *({"policy": "gtd"}, (26, None, None, True), 26),
        "sum of Malian Army; no figure for Katibat Macina:"
        " no dated figure of anybody who is neither the attacker nor doubtful",
    ),
    "majority": (
        *({"policy": "majority"}, (3, None, None, True), 3),
        "sum of Katibat Macina; no figure for Malian Army: 21 and 26 tie, 2 voices each",
    ),
    "range, as of 18 March": (
        *({"as_of": "2019-03-18"}, (23, None, None, True), 23),
        "sum of Malian Army; losses of Katibat Macina not stated",
    ),
}


@pytest.mark.parametrize(("told", "expected", "highest", "note"), TOTALS.values(), ids=TOTALS)
def test_event_totals(
    shipped_url: str, told: dict[str, Any], expected: Values, highest: int, note: str
) -> None:  # fmt: skip
    row = estimate(shipped_url, "total", **told)
    assert row is not None
    assert (values(row), row.highest_stated, row.composite, row.note) == (expected, highest, True, note)


FIGHTERS: dict[str, tuple[dict[str, Any], Values]] = {
    "range": ({}, (3, None, 3, False)),
    "own-side": ({"policy": "own-side"}, (3, None, 3, False)),
    "adversary: unknown, not 0": ({"policy": "adversary"}, NOTHING),
    "third-party": ({"policy": "third-party"}, NOTHING),
    "gtd": ({"policy": "gtd"}, NOTHING),
    "latest": ({"policy": "latest"}, NOTHING),
}


@pytest.mark.parametrize(("told", "expected"), FIGHTERS.values(), ids=FIGHTERS)
def test_fighters_killed(shipped_url: str, told: dict[str, Any], expected: Values) -> None:
    assert values(estimate(shipped_url, MACINA, **told)) == expected


def test_the_other_measures(shipped_url: str) -> None:
    rows = conflictdb.open(shipped_url).casualties(EVENT)
    vague = NOTHING
    assert {(row.subject, row.metric, row.item, row.fate): values(row) for row in rows} == {
        (ARMY, "killed", None, None): (21, None, None, True),
        (ARMY, "wounded", None, None): (17, None, 17, False),
        (ARMY, "missing", None, None): (20, None, 20, False),
        (ARMY, "captured", None, None): (0, None, 0, False),
        (ARMY, "materiel", "vehicle", "captured"): (8, None, 8, False),
        (ARMY, "materiel", "vehicle", "destroyed"): (8, None, 8, False),
        (ARMY, "materiel", "weapon", "captured"): vague,
        (MACINA, "killed", None, None): (3, None, 3, False),
    }


@pytest.mark.parametrize("policy", ["ucdp", "acled", "acled-strict", "majority"])
def test_an_explicit_zero_and_the_missing(shipped_url: str, policy: str) -> None:
    assert values(estimate(shipped_url, metric="captured", policy=policy)) == (0, 0, 0, False)
    assert values(estimate(shipped_url, metric="missing", policy=policy)) == (20, 20, 20, False)
    totals = conflictdb.open(shipped_url).casualties(EVENT, policy=policy, by_event=True)
    assert {row.metric for row in totals} == {"killed", "wounded", "missing", "captured"}


def test_the_wounded_stand_after_the_killed_were_updated(shipped_url: str) -> None:
    for day in ("2019-03-18", "2019-03-21", "2019-05-31"):
        assert values(estimate(shipped_url, metric="wounded", as_of=day)) == (17, None, 17, False)


def test_the_commander_is_not_added(shipped_url: str) -> None:
    """His fate is no casualty claim: no estimate rests on it."""
    db = conflictdb.open(shipped_url)
    led = {each.key for each in db.claims(EVENT, history=True) if each.kind == "commander"}
    rested_on = {
        key for row in db.casualties(EVENT, policy="ucdp") for key in (*row.used, *(e.key for e in row.set_aside))
    }
    assert led and not led & rested_on


def test_the_basis(shipped_url: str) -> None:
    """Wikipedia's own voice names no number of soldiers killed: nothing is borrowed for either basis."""
    assert estimate(shipped_url, basis="estimates") is None
    assert values(estimate(shipped_url, basis="both")) == (21, None, None, True)
