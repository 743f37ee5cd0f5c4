"""What claims say about claimants: values worked out by hand, the rules one by one, and the count without claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import false, insert, select

import conflictdb.claimants.alone
from claim_documents import random_events, read_infoboxes, take_in, unsettle
from conflictdb.config import find_target
from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.rows import ClaimRow
from conflictdb.domain.rows.claimants import ClaimantRow, NamedCount, StakeRow
from conflictdb.domain.track_record import (
    Direction,
    LeftOut,
    Revision,
    Spread,
    compare_figures,
    find_revisions,
    measure_spread,
)
from conflictdb.domain.vocabulary import Basis
from conflictdb.errors import UsageError
from conflictdb.ingest import import_file
from conflictdb.looking import look
from conflictdb.policies import choose_policy
from conflictdb.reader import Reader
from conflictdb.store.engine import reading, writing
from conflictdb.store.tables import actor, claim, judgement

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
UCDP = choose_policy("ucdp")


def claimants(url: str, query: str = "", policy: str = "ucdp", **how: Any) -> tuple[ClaimantRow, ...]:
    with reading(find_target(url)) as connection:
        return Reader(connection).claimants(query, lens=look(policy, **how))


def of(rows: Sequence[ClaimantRow], name: str) -> ClaimantRow:
    (row,) = (each for each in rows if each.claimant == name)
    return row


def stake(row: ClaimantRow, name: str) -> StakeRow:
    (found,) = (each for each in row.stakes if each.stake == name)
    return found


def take_examples(url: str) -> None:
    for name in ("mondoro-2022", "kidal-2014", "indelimane-2019"):
        assert import_file(find_target(url), EXAMPLES / f"{name}.yaml").problems == []


@pytest.fixture
def sahel_url(seeded_url: str) -> str:
    """Give the shipped raid with Mondoro, the Second Battle of Kidal and Indelimane."""
    take_examples(seeded_url)
    return seeded_url


# --- by hand ---------------------------------------------------------------------------------------------------------

# Of the enemy at Mondoro the government states 47 killed, JNIM itself 4. Of its own soldiers there it states 27, JNIM
# 30; at Dioura 26, where without it and the military source, who belongs to it, the best is the local official's 21:
# third parties before adversaries, and of those that rank alike the lower.
BY_HAND = {
    "the enemy's, by the government": ("Mali", "adversary", (1, 11.75, 11.75, 11.75), {}),
    "its own, by the government": ("Mali", "own_side", (2, 1.069, 0.9, 1.2381), {"zero": 1, "alone": 3}),
    # At Mondoro 30 over the government's 27, at Dioura 30 over 26, which the UN corroborates.
    "the enemy's, by JNIM": ("JNIM", "adversary", (2, 1.1325, 1.1111, 1.1538), {"bound": 2}),
    "its own, by JNIM": ("JNIM", "own_side", (1, 0.0851, 0.0851, 0.0851), {"alone": 1}),
    # Without MINUSMA nothing is corroborated; the local official comes first.
    "by the UN": ("MINUSMA", "third_party", (1, 1.2381, 1.2381, 1.2381), {}),
    "by a local official": ("a local official", "third_party", (1, 0.8077, 0.8077, 0.8077), {}),
    "by a military source": ("a military source", "own_side", (1, 1.0, 1.0, 1.0), {}),
    "by a party": (
        "Front for the Safeguard of Democracy", "third_party", (0, None, None, None),
        {"bound": 1, "alone": 2, "no_best": 1},
    ),
    "by one who is alone": ("MNLA", "adversary", (0, None, None, None), {"alone": 5}),
}  # fmt: skip


@pytest.mark.parametrize(("name", "side", "expected", "left_out"), BY_HAND.values(), ids=BY_HAND)
def test_ratios_by_hand(
    sahel_url: str, name: str, side: str, expected: tuple[Any, ...], left_out: dict[str, int]
) -> None:
    found = stake(of(claimants(sahel_url), name), side)
    assert (found.n, found.median, found.least, found.greatest) == expected
    assert found.left_out == left_out
    assert found.n + sum(found.left_out.values()) == found.figures


def test_the_government_whole(sahel_url: str) -> None:
    army, jnim = (NamedCount("Malian Army", 6),), (NamedCount("JNIM", 1),)
    row = of(claimants(sahel_url), "Mali")
    assert row == ClaimantRow(
        claimant="Mali", claimant_key=row.claimant_key, claimant_kind="state", only_event=None, events=2, figures=7,
        copies=0, stakes=(
            StakeRow("own_side", 6, army, 1, 2, 1.069, 0.9, 1.2381, None, None, {"zero": 1, "alone": 3}),
            StakeRow("adversary", 1, jnim, 1, 1, 11.75, 11.75, 11.75, None, None, {}),
        ),
        revised=1, revised_up=1, revised_down=0, revised_same=0, revised_unclear=0, revised_days=3, revised_dated=1,
        corroborated=1, corroborated_by=(NamedCount("MINUSMA", 1),), policy="ucdp", version="1", basis=Basis.CLAIMS,
        label="ucdp", parameters={}, as_of=None,
    )  # fmt: skip


def test_the_others_are_all_that_are_not_described(sahel_url: str) -> None:
    """Terms about claims choose whose figures are described, and take nothing from what these are compared with."""
    everybody = claimants(sahel_url)
    assert claimants(sahel_url, "claimant:Mali") == (of(everybody, "Mali"),)
    (only,) = claimants(sahel_url, "claimant:JNIM stake:adversary")
    assert only.stakes == (stake(of(everybody, "JNIM"), "adversary"),)
    assert [(row.claimant, row.figures) for row in claimants(sahel_url, "event:mondoro-2022 metric:killed")] == [
        ("JNIM", 2), ("Mali", 2),
    ]  # fmt: skip


def test_policy_and_day_are_those_that_were_asked_for(sahel_url: str) -> None:
    rows = claimants(sahel_url, policy="latest", as_of="2019-03-21")
    assert [(row.claimant, row.label, row.as_of, row.figures, row.corroborated, row.revised) for row in rows] == [
        ("Mali", "latest", "2019-03-21", 3, 0, 1)
    ]
    before = of(claimants(sahel_url, as_of="2019-03-20", undated=True), "Mali")
    assert (before.revised, stake(before, "own_side").greatest) == (0, 1.0952)  # 23 over the local official's 21
    assert stake(of(claimants(sahel_url, policy="range"), "Mali"), "adversary").left_out == {"no_best": 1}


def test_limit_and_order(sahel_url: str) -> None:
    rows = claimants(sahel_url)
    assert [(row.claimant, row.figures) for row in rows[:4]] == [
        ("Mali", 7), ("MNLA", 7), ("JNIM", 6), ("Front for the Safeguard of Democracy", 4),
    ]  # fmt: skip
    assert claimants(sahel_url, "limit:2") == rows[:2]
    assert claimants(sahel_url, "limit:0") == rows
    with pytest.raises(UsageError, match="claimants have an order of their own"):
        claimants(sahel_url, "order:date")


def test_infoboxes(sahel_url: str, shared: Path, tmp_path: Path) -> None:
    take_in(sahel_url, tmp_path / "boxes.json", *read_infoboxes(shared / "bench" / "infobox_dev.jsonl"))
    rows = claimants(sahel_url, basis="both")
    assert [(row.claimant, row.events, row.figures) for row in rows] == [
        ("Wikipedia", 5, 13), ("JNIM", 3, 7), ("Mali", 2, 7), ("MNLA", 1, 7),
        ("Front for the Safeguard of Democracy", 1, 4), ("Herodotus", 1, 3), ("Ansar Dine", 1, 1),
        ("French press", 1, 1), ("MINUSMA", 1, 1), ("a local official", 1, 1), ("a military source", 1, 1),
    ]  # fmt: skip
    assert stake(of(rows, "Ansar Dine"), "adversary").left_out == {
        "no_best": 1
    }  # 560 captured; Wikipedia has 50 to 169
    assert stake(of(rows, "Herodotus"), "third_party").left_out == {"alone": 2, "no_best": 1}
    assert stake(of(claimants(sahel_url), "Ansar Dine"), "adversary").left_out == {"alone": 1}
    assert of(claimants(sahel_url), "JNIM").events == 3


def test_one_recorder_alone(database_url: str) -> None:
    assert import_file(find_target(database_url), EXAMPLES / "GEDEvent_v26_0_1.csv").problems == []
    assert claimants(database_url) == ()
    (row,) = claimants(database_url, basis="estimates")
    (found,) = row.stakes
    assert (row.claimant, found.stake, found.n, set(found.left_out)) == (
        "Uppsala Conflict Data Program", "recorder", 0, {"alone", "zero"},
    )  # fmt: skip
    assert sum(found.left_out.values()) == found.figures == row.figures


def test_actors_that_were_judged_the_same_are_one(sahel_url: str) -> None:
    with writing(find_target(sahel_url)) as connection:
        ids = [
            connection.scalars(select(actor.c.id).where(actor.c.name == name, actor.c.id.in_(_speakers()))).one()
            for name in ("a local official", "MINUSMA")
        ]
        said = {"verdict": "same", "judged_by": "a test", "reason": "so", "judged_at": "2024-01-01T00:00:00Z"}
        connection.execute(insert(judgement).values(**said, actor_id=ids[0], other_actor_id=ids[1]))
    both = [row for row in claimants(sahel_url) if row.claimant in ("a local official", "MINUSMA")]
    assert [(row.figures, row.events, row.only_event) for row in both] == [(2, 1, "dioura-2019")]
    # The others are the government and the military source, JNIM and the party: 26 and 21 are over own side's 21.
    assert (stake(both[0], "third_party").least, stake(both[0], "third_party").greatest) == (1.0, 1.2381)


def _speakers() -> Any:
    return select(claim.c.claimant_id)


# --- the rules, one by one -------------------------------------------------------------------------------------------

LINKS = tuple(field.name for field in fields(ClaimRow) if "tuple" in str(field.type))


def says(key: str, figure: int | None, claimant: str, upper: int | None = -1, **given: Any) -> ClaimRow:
    """Return a claim of so many killed; its upper bound is the same unless it is given."""
    blank: dict[str, Any] = dict.fromkeys(ClaimRow.__dataclass_fields__) | dict.fromkeys(LINKS, ())
    usual = {
        "event": "raid-2019", "kind": "casualty", "basis": "claim", "subject": "Army", "subject_kind": "combatant",
        "side": 1, "metric": "killed", "qualifier": "exact", "claimant": claimant, "claimant_actor": claimant,
        "claimant_key": claimant, "stake": "third_party", "standing": "standing", "lower": figure,
        "upper": figure if upper == -1 else upper,
    }  # fmt: skip
    stated_on = given.get("stated_on")
    day = parse_edtf(stated_on).last_day if stated_on else None
    return ClaimRow(**(blank | usual | {"stated_last_day": day} | given | {"key": key}))


OWN = says("own", 20, "Own")
RATIOS: dict[str, tuple[list[ClaimRow], float | None, LeftOut | None]] = {
    "alone": ([], None, LeftOut.ALONE),
    "another": ([says("x", 10, "X")], 2.0, None),
    "another who has none": ([says("x", 0, "X")], None, LeftOut.OTHERS_ZERO),
    "another who only bounds": ([says("x", 10, "X", None)], None, LeftOut.NO_BEST),
    "another of the same house": ([says("x", 10, "X", claimant_above=("House",))], None, LeftOut.ALONE),
    "the same house, and another": (
        [says("x", 10, "X", claimant_above=("House",)), says("y", 40, "Y")], 0.5, None,
    ),
    "a copy by another": ([says("x", 20, "X", repeats=("own",))], None, LeftOut.ALONE),
    "what another derives from it": ([says("x", 20, "X", derived_from=("own",))], None, LeftOut.ALONE),
    "what somebody judged the same": ([says("x", 25, "X", same_as=("own",))], None, LeftOut.ALONE),
    "another who took it back": ([says("x", 10, "X", standing="withdrawn", withdrawn_on="2020-01-01")], None,
                                 LeftOut.ALONE),
    "another who said otherwise before": (
        [says("x", 10, "X", standing="superseded", superseded_by=("y",)), says("y", 5, "X", supersedes=("x",))],
        4.0, None,
    ),
    "a recorder, who is not asked": ([says("x", 10, "X", basis="estimate")], None, LeftOut.ALONE),
}  # fmt: skip


@pytest.mark.parametrize(("others", "ratio", "left_out"), RATIOS.values(), ids=RATIOS)
def test_the_others(others: list[ClaimRow], ratio: float | None, left_out: LeftOut | None) -> None:
    own = says("own", 20, "Own", claimant_above=("House",))
    for order in ([own, *others], [*reversed(others), own]):
        (found,) = (each for each in compare_figures(order, UCDP, Basis.CLAIMS).figures if each.key == "own")
        assert (found.ratio, found.left_out) == (ratio, left_out)


FIGURES = {
    "none": (says("own", 0, "Own"), LeftOut.ZERO),
    "a bound": (says("own", 20, "Own", None), LeftOut.BOUND),
    "a range": (says("own", 20, "Own", 30), LeftOut.BOUND),
    "words": (says("own", None, "Own"), LeftOut.BOUND),
}


@pytest.mark.parametrize(("own", "left_out"), FIGURES.values(), ids=FIGURES)
def test_figures_without_a_ratio(own: ClaimRow, left_out: LeftOut) -> None:
    found = compare_figures([own, says("x", 10, "X")], UCDP, Basis.CLAIMS)
    assert {each.key: (each.ratio, each.left_out) for each in found.figures}["own"] == (None, left_out)


def test_a_copy_is_no_figure_of_its_own() -> None:
    found = compare_figures([OWN, says("x", 20, "X", repeats=("own",))], UCDP, Basis.CLAIMS)
    assert ([each.key for each in found.figures], found.copies) == (["own"], ("x",))


def test_an_empty_zero_is_a_figure_that_others_do_not_count() -> None:
    empty = says("x", 0, "X", basis="estimate", qualifier="zero_or_unknown")
    found = compare_figures([OWN, empty, says("y", 10, "Y")], UCDP, Basis.BOTH)
    assert {each.key: (each.ratio, each.left_out) for each in found.figures} == {
        "own": (2.0, None), "x": (None, LeftOut.ZERO), "y": (0.5, None),
    }  # fmt: skip


def test_who_corroborates() -> None:
    one, other = says("x", 20, "X", corroborates=("own",)), says("y", 21, "Y", corroborates=("own",))
    own = says("own", 20, "Own", corroborated_by=("x", "y"))
    found = compare_figures([own, one, other], UCDP, Basis.CLAIMS)
    assert {each.key: [who.claimant for who in each.corroborated_by] for each in found.figures} == {
        "own": ["X"], "x": ["Own"], "y": [],
    }  # fmt: skip


def revise(earlier: ClaimRow, later: ClaimRow) -> list[Revision]:
    return list(find_revisions([earlier, later], Basis.CLAIMS))


def before(figure: int | None, upper: int | None = -1, **given: Any) -> ClaimRow:
    return says("old", figure, "Own", upper, **({"standing": "superseded", "superseded_by": ("new",)} | given))


WAYS = {
    "up": (before(23), says("new", 26, "Own"), Direction.UP),
    "down": (before(26), says("new", 23, "Own"), Direction.DOWN),
    "the same": (before(26), says("new", 26, "Own"), Direction.SAME),
    "a bound raised": (before(21, None), says("new", 31, "Own", None), Direction.UP),
    "a range lowered": (before(20, 30), says("new", 10, "Own", 30), Direction.DOWN),
    "a bound made exact": (before(21, None), says("new", 26, "Own"), Direction.UNCLEAR),
    "a range made narrower": (before(20, 30), says("new", 22, "Own", 28), Direction.UNCLEAR),
    "from words": (before(None), says("new", 26, "Own"), Direction.UNCLEAR),
    "to words": (before(26), says("new", None, "Own"), Direction.UNCLEAR),
}


@pytest.mark.parametrize(("earlier", "later", "way"), WAYS.values(), ids=WAYS)
def test_directions_of_revisions(earlier: ClaimRow, later: ClaimRow, way: Direction) -> None:
    assert revise(earlier, later) == [Revision("new", way, None)]


DATES = {
    "both days": ("2019-03-18", "2019-03-21", 3),
    "a month": ("2019-03", "2019-04-21", None),
    "no day": (None, "2019-03-21", None),
    "about a day": ("2019-03-18~", "2019-03-21", 3),
}


@pytest.mark.parametrize(("first", "second", "days"), DATES.values(), ids=DATES)
def test_days_between_revisions(first: str | None, second: str, days: int | None) -> None:
    assert revise(before(23, stated_on=first), says("new", 26, "Own", stated_on=second)) == [
        Revision("new", Direction.UP, days)
    ]


def test_one_figure_in_place_of_several_is_one_revision() -> None:
    first, second = before(23, stated_on="2019-03-18"), before(30, stated_on="2019-03-19")
    claims = [first, replace(second, key="older"), says("new", 26, "Own", stated_on="2019-03-21")]
    expected = [Revision("new", Direction.DOWN, 2)]
    assert list(find_revisions(claims, Basis.CLAIMS)) == list(find_revisions(claims[::-1], Basis.CLAIMS)) == expected


NONE_OF_ITS_OWN = {
    "another's word": (before(23), says("new", 26, "Another")),
    "our own slip": (before(23, standing="corrected"), says("new", 26, "Own")),
    "a word taken back": (before(23), says("new", 26, "Own", standing="withdrawn")),
    "a recorder's": (before(23), says("new", 26, "Own", basis="estimate")),
    "its word once more": (before(23), says("new", 26, "Own", repeats=("other",))),
    "a later word that is not there": (before(23), says("other", 26, "Own")),
}


@pytest.mark.parametrize(("earlier", "later"), NONE_OF_ITS_OWN.values(), ids=NONE_OF_ITS_OWN)
def test_what_is_no_revision(earlier: ClaimRow, later: ClaimRow) -> None:
    assert revise(earlier, later) == []


SPREADS = {
    "nothing": ([], Spread(0)),
    "one": ([2.0], Spread(1, 2.0, 2.0, 2.0)),
    "two": ([1.0, 2.0], Spread(2, 1.5, 1.0, 2.0)),
    "four": ([4.0, 1.0, 2.0, 3.0], Spread(4, 2.5, 1.0, 4.0)),
    "five": ([5.0, 1.0, 2.0, 3.0, 4.0], Spread(5, 3.0, 1.0, 5.0, 2.0, 4.0)),
}


@pytest.mark.parametrize(("ratios", "expected"), SPREADS.values(), ids=SPREADS)
def test_spread(ratios: list[float], expected: Spread) -> None:
    assert measure_spread(ratios) == expected


@given(st.lists(st.floats(0.001, 1000), min_size=5))
def test_quartiles_lie_between_the_ends(ratios: list[float]) -> None:
    found = measure_spread(ratios)
    parts = (found.least, found.lower_quartile, found.median, found.upper_quartile, found.greatest)
    known = [each for each in parts if each is not None]
    assert len(known) == 5
    assert all(one <= other * (1 + 1e-9) for one, other in pairwise(known))


def test_more_claimants_than_can_be_compared_are_told() -> None:
    claims = [says(f"k{number}", number + 1, f"W{number}") for number in range(10_000)]
    found = compare_figures(claims, UCDP, Basis.CLAIMS)
    assert {each.left_out for each in found.figures} == {LeftOut.TOO_MANY}


# --- the count that reads no claim, and the claims -------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(2))
def test_the_count_finds_what_the_claims_say(
    database_url: str, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(database_url, tmp_path / "random.json", *random_events(seed, 24))
    unsettle(database_url, seed)
    asked: list[dict[str, Any]] = [
        {"basis": basis, "query": query, **how}
        for basis in (Basis.ESTIMATES, Basis.BOTH)
        for query, how in (
            ("", {}), ("metric:killed", {}), ("-event:town-2020-01 -side:1", {"as_of": "2020-01-31", "undated": True}),
            ("", {"as_of": "2020-01-10"}),
        )
    ]  # fmt: skip
    found = [claimants(database_url, **each) for each in asked]
    nothing = select(claim.c.event_id).where(false())
    assert any(_count(database_url, each) for each in asked)
    monkeypatch.setattr(conflictdb.claimants.alone, "_alone", lambda basis: nothing)
    for each, rows in zip(asked, found, strict=True):
        assert rows == claimants(database_url, **each), each
    assert not any(_count(database_url, each) for each in asked)
    assert all(
        row.n + sum(row.left_out.values()) == row.figures for rows in found for one in rows for row in one.stakes
    )


def _count(url: str, asked: dict[str, Any]) -> int:
    """Return how many events the count takes."""
    from conflictdb.claimants.scope import seek
    from conflictdb.domain.query import parse_query

    how = dict(asked)
    with reading(find_target(url)) as connection:
        scope, lens = parse_query(how.pop("query")), look(**how)
        sought = seek(connection, scope, lens.basis, "claimants")
        return sum(each.events for each in conflictdb.claimants.alone.count_alone(connection, sought, lens))
