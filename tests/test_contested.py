"""Which events are contested, how much, and why: by hand, and the one statement against the claims themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

import conflictdb.contested.finding
from claim_documents import Document, judge, random_events, take_in, unsettle
from conflictdb.config import find_target
from conflictdb.domain.disagreement import divergence
from conflictdb.domain.query import parse_query
from conflictdb.domain.rows.contest import ContestRow, DisputedFigure, RivalMatter, RivalValue
from conflictdb.domain.vocabulary import Basis
from conflictdb.errors import UsageError
from conflictdb.looking import look
from conflictdb.reader import Reader
from conflictdb.store.engine import reading, writing
from conflictdb.store.tables import claim, event

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"


def contested(url: str, query: str = "", basis: str = "both", **how: Any) -> tuple[ContestRow, ...]:
    with reading(find_target(url)) as connection:
        return Reader(connection).contested(query, lens=look(basis=basis, **how))


def brief(rows: Sequence[ContestRow]) -> list[tuple[str, float]]:
    return [(row.event, row.disagreement) for row in rows]


def battle(slug: str, *claims: Document, **more: Any) -> Document:
    """Return a fight of Reds and Blues with these claims."""
    actors = [{"name": name, "kind": "armed_group"} for name in ("Reds", "Blues")]
    actors += [{"name": "Almanac", "kind": "recorder"}, {"name": "Daily", "kind": "medium", "part_of": "none"}]
    said = [{"locator": f"line {number}", **each} for number, each in enumerate(claims)]
    usual = {
        "source": {"id": "paper", "title": "A paper"}, "claimant": "Almanac", "actors": actors, "slug": slug,
        "name": slug, "type": "battle", "place": {"name": slug.rpartition("-")[0]}, "date": "2020-01-04",
        "sides": [{"combatants": "Reds"}, {"combatants": "Blues"}],
    }  # fmt: skip
    return usual | more | {"claims": said}


def says(claimant: str, figure: Any, of: str = "Reds", **more: Any) -> Document:
    return {"claimant": claimant, "of": of, "killed": figure, **more}


# --- how far apart ---------------------------------------------------------------------------------------------------

FAR_APART = {
    "the same": (7, 7, 0.0),
    "nobody and five": (0, 5, 8.96),
    "a thousand and a tenth more": (1000, 1100, 9.52),
    "five and fifteen": (5, 15, 9.81),
    "Dioura": (21, 30, 3.09),
    "nobody and one": (0, 1, 0.69),
}  # fmt: skip


@pytest.mark.parametrize(("least", "greatest", "expected"), FAR_APART.values(), ids=FAR_APART)
def test_divergence(least: int, greatest: int, expected: float) -> None:
    assert divergence(least, greatest) == expected


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(1, 10**6))
def test_divergence_grows_with_the_spread_and_with_the_ratio(one: int, other: int, more: int) -> None:
    least, greatest = sorted((one, other))
    wider, lower = divergence(least, greatest + more), divergence(least + more, greatest + more)
    assert divergence(least, greatest) <= wider
    assert lower <= divergence(least, greatest)


# --- by hand ---------------------------------------------------------------------------------------------------------


def test_the_raid_whole(shipped_url: str) -> None:
    (row,) = contested(shipped_url)
    killed = DisputedFigure(
        kind="casualty", subject="Malian Army", subject_kind="combatant", side=1, group=None, metric="killed",
        item=None, fate=None, least=21, greatest=30, open=True, spread=9, ratio=1.43, claims=6, claimants=6,
        least_by=("Front for the Safeguard of Democracy", "a local official", "a military source"),
        greatest_by=("JNIM",), disagreement=3.09,
    )  # fmt: skip
    leaders = RivalMatter("leader", "Katibat Macina", (
        RivalValue("Amadou Koufa", ("JNIM",)), RivalValue("Ba Ag Moussa", ("Malian Army",)),
    ))  # fmt: skip
    results = RivalMatter("result", None, (
        RivalValue("control of the camp regained", ("Government of Mali",)),
        RivalValue("JNIM victory", ("Wikipedia",)),
    ))  # fmt: skip
    assert row == ContestRow(
        event="dioura-2019", name="Raid on Dioura (2019)", date="2019-03-17", country="MLI", disagreement=23.09,
        spread=9, ratio=1.43, figures=(killed,), rivals=(leaders, results), basis=Basis.BOTH, as_of=None,
        reasons=(
            "killed of Malian Army: 21 to 30 or more, 6 claimants (least: Front for the Safeguard of Democracy,"
            " a local official, a military source; most: JNIM)",
            'the leader of Katibat Macina is disputed: "Amadou Koufa" (JNIM), "Ba Ag Moussa" (Malian Army)',
            'the result is disputed: "control of the camp regained" (Government of Mali), "JNIM victory" (Wikipedia)',
        ),
    )  # fmt: skip


RAID = {
    "claims alone, without the encyclopedia's result": ({"basis": "claims"}, [("dioura-2019", 13.09)]),
    "estimates alone": ({"basis": "estimates"}, []),
    "those who fought": ({"query": "stake:own_side,adversary"}, [("dioura-2019", 13.09)]),
    "not who fought them": ({"query": "-stake:adversary metric:killed"}, [("dioura-2019", 1.02)]),
    "one claimant": ({"query": "claimant:JNIM"}, []),
    "one metric": ({"query": "metric:wounded"}, []),
    "elsewhere": ({"query": "country:NER"}, []),
    "before anybody spoke": ({"as_of": "2019-03-17"}, []),
    "before the UN spoke": ({"as_of": "2019-03-21"}, []),
    "before the UN spoke, and undated": ({"as_of": "2019-03-20", "undated": True}, [("dioura-2019", 23.09)]),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "expected"), RAID.values(), ids=RAID)
def test_what_is_asked_for(shipped_url: str, asked: dict[str, Any], expected: list[tuple[str, float]]) -> None:
    assert brief(contested(shipped_url, **asked)) == expected


def test_the_order_takes_spread_and_ratio_together_and_rivals_too(database_url: str, tmp_path: Path) -> None:
    take_in(
        database_url, tmp_path / "battles.json",
        battle("agree-2020", says("Reds", 5), says("Blues", 5, of="Blues"), says("Daily", 5)),
        battle("thousand-2020", says("Reds", 1000), says("Blues", 1100)),
        battle("nobody-2020", says("Reds", 0), says("Blues", 5)),
        battle("hundred-2020", says("Reds", 10), says("Blues", 100)),
        battle("result-2020", {"claimant": "Reds", "result": "Red victory"}, {"claimant": "Blues", "result": "draw"}),
        battle("named-2020", {"claimant": "Reds", "name": "Red Day"}, {"claimant": "Blues", "name": "Blue Day"}),
        battle("sets-2020", {"claimant": "Reds", "of": "Reds", "strength": 50},
               {"claimant": "Daily", "of": "Reds", "strength": 500}),
        battle("range-2020", says("Almanac", {"lower": 3, "upper": 9, "best": 12, "qualifier": "range"})),
        battle("ends-2020", says("Reds", "over 10"), says("Blues", "up to 4")),
    )  # fmt: skip
    rows = contested(database_url)
    assert brief(rows) == [
        ("hundred-2020", 199.55), ("range-2020", 10.61), ("result-2020", 10.0), ("thousand-2020", 9.52),
        ("nobody-2020", 8.96), ("ends-2020", 6.13), ("named-2020", 1.0), ("sets-2020", 0.0),
    ]  # fmt: skip
    assert {row.event: row.reasons for row in rows if row.event[0] in "rse"} == {
        "range-2020": ("killed of Reds: 3 to 12, Almanac alone (its own range)",),
        "result-2020": ('the result is disputed: "draw" (Blues), "Red victory" (Reds)',),
        "ends-2020": ("killed of Reds: 4 to 11 or more, 2 claimants (least: Blues; most: Reds)",),
        "sets-2020": ("strength of Reds: 50 to 500, 2 claimants (least: Reds; most: Daily)",),
    }
    assert brief(contested(database_url, "limit:2")) == brief(rows)[:2]
    assert brief(contested(database_url, "limit:0")) == brief(rows)


def leads(claimant: str, *people: str) -> Document:
    return {"claimant": claimant, "of": "Reds", "commander": list(people)}


RIVALS: dict[str, tuple[list[Document], list[str]]] = {
    "two leaders, one claimant": ([leads("Reds", "Ali", "Bah")], []),
    "two leaders, two claimants": (
        [leads("Reds", "Ali"), leads("Blues", "Bah")],
        ['the leader of Reds is disputed: "Ali" (Reds), "Bah" (Blues)'],
    ),
    "one names more": ([leads("Reds", "Ali", "Bah"), leads("Blues", "Bah")], []),
    "both name what the other does not": (
        [leads("Reds", "Ali", "Bah"), leads("Blues", "Bah", "Camara")],
        ['the leader of Reds is disputed: "Bah" (Blues, Reds), "Ali" (Reds), "Camara" (Blues)'],
    ),
    "one result in two spellings": (
        [{"claimant": "Reds", "result": "Red Victory!"}, {"claimant": "Blues", "result": "red victory"}], [],
    ),
    "who did it": (
        [{"claimant": "Reds", "responsibility": "the Blues"}, {"claimant": "Blues", "responsibility": "a third"}],
        ['the responsibility is disputed: "a third" (Blues), "the Blues" (Reds)'],
    ),
    "another day than the event's own": (
        [{"claimant": "Reds", "date": "2020-01-09"}],
        ['the date is disputed: "2020-01-04" (the event as it stands), "2020-01-09" (Reds)'],
    ),
    "a day that is only less exact": ([{"claimant": "Reds", "date": "2020-01"}], []),
    "a group among them": (
        [says("Reds", {"figure": 2, "group": "officers"}), says("Blues", {"figure": 4, "group": "officers"})],
        ["killed of Reds (officers): 2 to 4, 2 claimants (least: Reds; most: Blues)"],
    ),
    "things": (
        [{"claimant": "Reds", "of": "Reds", "losses": "2 vehicles burned"},
         {"claimant": "Blues", "of": "Reds", "losses": "8 vehicles burned"}],
        ["vehicles destroyed of Reds: 2 to 8, 2 claimants (least: Reds; most: Blues)"],
    ),
    "in all, and of nobody knows whom": (
        [says("Reds", 2, of="total"), says("Blues", 3, of="total"), says("Reds", 2, of="unknown"),
         says("Blues", 4, of="unknown")],
        ["killed of an unknown subject: 2 to 4, 2 claimants (least: Reds; most: Blues)",
         "killed in all: 2 to 3, 2 claimants (least: Reds; most: Blues)"],
    ),
    "a copy": ([says("Reds", 5, id="own"), says("Blues", 9, repeats="own")], []),
    "a later word": (
        [says("Reds", 5, stated_on="2020-01-05"), says("Reds", 9, stated_on="2020-01-07"), says("Blues", 9)], [],
    ),
    "one claimant, two documents": (
        [says("Reds", 5), says("Reds", 9)], ["killed of Reds: 5 to 9, Reds alone (its own 2 claims)"],
    ),
    "words without a number": ([says("Reds", "several dozen"), says("Blues", 9)], []),
    "an empty 0": ([says("Almanac", {"lower": 0, "upper": 0, "qualifier": "zero_or_unknown"}), says("Blues", 9)], []),
    "many leaders": (
        [leads(each, *people) for each, *people in (("Reds", *"ABCD"), ("Blues", *"EFGH"))],
        ['the leader of Reds is disputed: "A" (Reds), "B" (Reds), "C" (Reds), "D" (Reds), "E" (Blues), and 3 more'],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("claims", "reasons"), RIVALS.values(), ids=RIVALS)
def test_reasons(database_url: str, tmp_path: Path, claims: list[Document], reasons: list[str]) -> None:
    take_in(database_url, tmp_path / "one.json", battle("field-2020", *claims))
    assert [reason for row in contested(database_url) for reason in row.reasons] == reasons


def test_claims_that_were_judged_the_same_do_not_disagree(database_url: str, tmp_path: Path) -> None:
    take_in(database_url, tmp_path / "one.json", battle("field-2020", says("Reds", 5), says("Blues", 9)))
    assert len(contested(database_url)) == 1
    with writing(find_target(database_url)) as connection:
        one, other = connection.scalars(select(claim.c.id).order_by(claim.c.id))
        judge(connection, one, other)
    assert contested(database_url) == ()


def test_a_dataset_alone(database_url: str, run: Any) -> None:
    assert run("import", EXAMPLES / "GEDEvent_v26_0_1.csv", db=database_url).exit_code == 0
    rows = contested(database_url)
    assert all(row.reasons[0].endswith("Uppsala Conflict Data Program alone (its own range)") for row in rows)
    assert rows
    assert contested(database_url, basis="claims") == ()


def test_an_order_is_refused(shipped_url: str) -> None:
    with pytest.raises(UsageError, match="contested events have an order of their own"):
        contested(shipped_url, "order:date")


# --- one statement, and the claims themselves ------------------------------------------------------------------------


def places_agree(url: str, query: str, basis: str, **how: Any) -> int:
    """Assert that the statement puts events where their claims do; return how many it found."""
    with reading(find_target(url)) as connection:
        search = conflictdb.contested.finding._Search(connection, parse_query(query), look(basis=basis, **how))
        found = list(search.compared())
        rows = search.examine([each.event_id for each in found])
        assert sorted(each.order for each in found) == sorted(map(conflictdb.contested.finding._order, rows))
    return len(found)


@pytest.mark.parametrize("seed", range(2))
def test_the_statement_finds_what_the_claims_say(
    database_url: str, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(database_url, tmp_path / "random.json", *random_events(seed, 18))
    unsettle(database_url, seed)
    asked: list[dict[str, Any]] = [
        {"basis": basis, "query": query, **how}
        for basis in Basis
        for query, how in (
            ("", {}),
            ("metric:killed limit:3", {}),
            ("-claimant:Rebels", {"as_of": "2020-01-31", "undated": True}),
            ("", {"as_of": "2020-01-10"}),
        )
    ]
    found = [contested(database_url, **each) for each in asked]
    assert sum(places_agree(database_url, **each) for each in asked) > 10
    everything = select(event.c.id)
    monkeypatch.setattr(conflictdb.contested.finding, "_delicate", lambda: everything)
    for each, rows in zip(asked, found, strict=True):
        assert rows == contested(database_url, **each), each
    assert any(len(rows) > 5 for rows in found)


def test_ten_thousand_claims_on_one_event(database_url: str, tmp_path: Path) -> None:
    claims = [says("Daily", number % 90 + 1, locator=f"line {number}") for number in range(10_000)]
    take_in(database_url, tmp_path / "many.json", battle("field-2020", *claims))
    assert [row.reasons for row in contested(database_url)] == [
        ("killed of Reds: 1 to 90, Daily alone (its own 10,000 claims)",)
    ]
