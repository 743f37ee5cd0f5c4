"""The policy `range`, and which claims every policy sees: the reference values of the raid on Dioura, and the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import conflictdb
from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.policies import range as range_policy
from conflictdb.domain.policies.outcome import Outcome
from conflictdb.domain.policies.view import take_view
from conflictdb.domain.rows import ClaimRow, CombatantRow, EstimateRow, SetAside
from conflictdb.domain.vocabulary import Basis
from conflictdb.errors import UsageError
from conflictdb.estimates import add_sides, estimate_measures, require_policy

ARMY, MACINA, GOVERNMENT = "Malian Army", "Katibat Macina", "Government of Mali"
LINKS = tuple(field.name for field in fields(ClaimRow) if "tuple" in str(field.type))


def claim(key: str, lower: int | None, upper: int | None, claimant: str = GOVERNMENT, **given: Any) -> ClaimRow:
    """Return a claim of Malian soldiers killed, unless something else is given."""
    blank: dict[str, Any] = dict.fromkeys(ClaimRow.__dataclass_fields__) | dict.fromkeys(LINKS, ())
    figure = "exact" if lower == upper is not None else "range"
    usual = {
        "event": "dioura-2019", "kind": "casualty", "basis": "claim", "subject": ARMY, "subject_kind": "combatant",
        "side": 1, "metric": "killed", "qualifier": figure, "wording": str(lower or upper or "several"),
        "claimant": claimant, "claimant_actor": claimant, "claimant_kind": "state", "stake": "own_side",
        "source": "article", "standing": "standing", "recorded_at": "2024-01-01T00:00:00Z", "import_run": 1,
    }  # fmt: skip
    stated_on = given.get("stated_on")
    day = parse_edtf(stated_on).last_day if stated_on else None
    return ClaimRow(**(blank | usual | {"stated_last_day": day} | given | {"key": key, "lower": lower, "upper": upper}))


SOLDIERS = (
    claim("gov18", 23, 23, stated_on="2019-03-18", superseded_by=("gov21",), standing="superseded"),
    claim("gov21", 26, 26, stated_on="2019-03-21", supersedes=("gov18",), corroborated_by=("un",)),
    claim("un", 26, 26, "MINUSMA", stated_on="2019-05-31", stake="third_party", corroborates=("gov21",)),
    claim("military", 21, 21, "a military source"),
    claim("local", 21, 21, "a local official", stake="third_party"),
    claim("fsd", 21, None, "FSD", stake="third_party", qualifier="more_than"),
    claim("jnim", 30, 30, "JNIM", stake="adversary"),
)
OWN = claim("own", 3, 3, "JNIM", subject=MACINA, side=2)
VAGUE = claim("vague", None, None, "Wikipedia", basis="estimate", qualifier="vague", metric="missing")
MISSING = claim("missing", 20, 20, "FSD", metric="missing")
CAPTURED = claim("captured", 0, 0, metric="captured")
WOUNDED = claim("wounded", 17, 17, stated_on="2019-03-18", metric="wounded")
RAID = (*SOLDIERS, OWN, VAGUE, MISSING, CAPTURED, WOUNDED)
FIGHTERS = (
    CombatantRow(ARMY, "state_forces", 1, "defender", None, ()),
    CombatantRow(MACINA, "armed_group", 2, "attacker", None, ()),
)


def reconcile(claims: Sequence[ClaimRow], basis: Basis = Basis.CLAIMS) -> Outcome:
    return range_policy.reconcile(take_view(claims, basis))


def bounds(row: Outcome | EstimateRow) -> tuple[int | None, int | None, int | None, bool, int | None]:
    return row.low, row.best, row.high, row.open, row.highest_stated


# --- the reference values --------------------------------------------------------------------------------------------


def test_soldiers_killed() -> None:
    assert reconcile(SOLDIERS) == Outcome(
        low=21, best=None, high=None, open=True, highest_stated=30,
        used=("fsd", "gov21", "jnim", "local", "military", "un"),
        set_aside=(SetAside("gov18", f'superseded by "26" ({GOVERNMENT})'),),
    )  # fmt: skip


KNOWN_THEN = {
    "on 18 March": (("gov18",), (23, None, 23, False, 23)),
    "on 18 March, with the undated": (("gov18", "military", "local", "fsd", "jnim"), (21, None, None, True, 30)),
    "on 21 March": (("gov18", "gov21"), (26, None, 26, False, 26)),
    "on 31 May": (("gov18", "gov21", "un"), (26, None, 26, False, 26)),
    "own side": (("gov18", "gov21", "military"), (21, None, 26, False, 26)),
    "adversary": (("jnim",), (30, None, 30, False, 30)),
    "third party": (("un", "local", "fsd"), (21, None, None, True, 26)),
}


@pytest.mark.parametrize(("keys", "expected"), KNOWN_THEN.values(), ids=KNOWN_THEN)
def test_ranges_of_some_of_the_claims(keys: tuple[str, ...], expected: tuple[object, ...]) -> None:
    """What later policies and dates let through; a revision that was not made yet supersedes nothing."""
    chosen = [
        replace(each, superseded_by=tuple(key for key in each.superseded_by if key in keys))
        for each in SOLDIERS
        if each.key in keys
    ]
    assert bounds(reconcile(chosen)) == expected


def test_the_measures_of_the_raid() -> None:
    found = {(row.subject, row.metric): bounds(row) for row in estimate_measures(RAID)}
    assert found == {
        (ARMY, "killed"): (21, None, None, True, 30),
        (ARMY, "wounded"): (17, None, 17, False, 17),
        (ARMY, "missing"): (20, None, 20, False, 20),
        (ARMY, "captured"): (0, None, 0, False, 0),
        (MACINA, "killed"): (3, None, 3, False, 3),
    }


def test_the_sums_of_the_raid() -> None:
    sums = add_sides(estimate_measures(RAID), FIGHTERS, "dioura-2019")
    assert [(row.metric, *bounds(row), row.note) for row in sums] == [
        ("killed", 24, None, None, True, 33, "sum of Malian Army and Katibat Macina"),
        ("wounded", 17, None, None, True, 17, "sum of Malian Army; losses of Katibat Macina not stated"),
        ("missing", 20, None, None, True, 20, "sum of Malian Army; losses of Katibat Macina not stated"),
        ("captured", 0, None, None, True, 0, "sum of Malian Army; losses of Katibat Macina not stated"),
    ]
    assert {(row.subject, row.subject_kind, row.composite, row.policy, row.basis) for row in sums} == {
        ("total", "total", True, "range", Basis.CLAIMS)
    }
    assert sums[0].used == ("fsd", "gov21", "jnim", "local", "military", "un", "own")


def test_the_seed_has_the_same_values(seeded_url: str) -> None:
    db = conflictdb.open(seeded_url)
    sides = {(row.subject, row.metric, row.item, row.fate): bounds(row) for row in db.casualties("dioura-2019")}
    vague = (None, None, None, False, None)
    assert sides == {
        (ARMY, "killed", None, None): (21, None, None, True, 30),
        (ARMY, "wounded", None, None): (17, None, 17, False, 17),
        (ARMY, "missing", None, None): (20, None, 20, False, 20),
        (ARMY, "captured", None, None): (0, None, 0, False, 0),
        (ARMY, "materiel", "vehicle", "captured"): (8, None, 8, False, 8),
        (ARMY, "materiel", "vehicle", "destroyed"): (8, None, 8, False, 8),
        (ARMY, "materiel", "weapon", "captured"): vague,
        (MACINA, "killed", None, None): (3, None, 3, False, 3),
    }
    events = {row.metric: bounds(row) for row in db.casualties("country:MLI", policy="range", by_event=True)}
    assert events["killed"] == (24, None, None, True, 33)
    (killed,) = db.casualties("dioura-2019", metrics=["killed"], by_event=True)
    assert (killed.note, killed.composite) == ("sum of Malian Army and Katibat Macina", True)
    detail = db.event("dioura-2019")
    assert {row.metric: bounds(row) for row in detail.estimates if row.composite} == events


# --- which claims count, and why the others do not -------------------------------------------------------------------

ASIDE: dict[str, tuple[dict[str, Any], str]] = {
    "superseded": ({"superseded_by": ("later",)}, "superseded"),
    "corrected": ({"corrected_by": ("later",)}, "corrected"),
    "withdrawn": ({"withdrawn_on": "2024-01-01", "standing": "withdrawn"}, "withdrawn on 2024-01-01"),
    "retracted": ({"retracted_by": ("later",)}, "retracted"),
    "corrected before superseded": ({"corrected_by": ("x",), "superseded_by": ("y",)}, "corrected"),
    "superseded before withdrawn": (
        {"superseded_by": ("x",), "withdrawn_on": "2024-01-01", "standing": "withdrawn"},
        "superseded",
    ),
    "withdrawn before retracted": (
        {"retracted_by": ("x",), "withdrawn_on": "2024-01-01", "standing": "withdrawn"},
        "withdrawn on 2024-01-01",
    ),
    "an estimate": ({"basis": "estimate"}, "a recorder's estimate; the basis is claims"),
    "vague": ({"qualifier": "vague", "lower": None, "upper": None}, "vague: it states no bound"),
}


@pytest.mark.parametrize(("given", "reason"), ASIDE.values(), ids=ASIDE)
def test_a_claim_is_set_aside_for_the_first_reason(given: dict[str, Any], reason: str) -> None:
    aside = replace(claim("aside", 99, 99), **given)
    assert reconcile([aside, claim("other", 5, 5)]) == Outcome(
        5, None, 5, False, 5, used=("other",), set_aside=(SetAside("aside", reason),)
    )


def test_what_a_withdrawn_claim_superseded_stays_superseded() -> None:
    first = claim("first", 23, 23, superseded_by=("second",))
    second = claim("second", 26, 26, withdrawn_on="2024-01-01", standing="withdrawn")
    outcome = reconcile([first, second])
    assert bounds(outcome) == (None, None, None, False, None)
    assert outcome.set_aside == (
        SetAside("first", f'superseded by "26" ({GOVERNMENT})'),
        SetAside("second", "withdrawn on 2024-01-01"),
    )


def test_the_other_basis() -> None:
    recorded = claim("ucdp", 4, 9, "UCDP", basis="estimate", best=5, stake="recorder")
    said = claim("said", 20, 20)
    assert bounds(reconcile([recorded, said], Basis.ESTIMATES)) == (4, None, 9, False, 9)
    assert bounds(reconcile([recorded, said], Basis.BOTH)) == (4, None, 20, False, 20)
    assert reconcile([recorded, said], Basis.ESTIMATES).set_aside == (
        SetAside("said", "no recorder's estimate; the basis is estimates"),
    )
    assert estimate_measures([recorded]) == []
    assert [bounds(row) for row in estimate_measures([recorded], basis=Basis.ESTIMATES)] == [(4, None, 9, False, 9)]


COPIES: dict[str, tuple[list[ClaimRow], tuple[str, ...]]] = {
    "a copy": ([claim("o", 5, 5), claim("c", 9, 9, repeats=("o",))], ("o",)),
    "a copy of a copy": (
        [claim("o", 5, 5), claim("c", 9, 9, repeats=("o",)), claim("d", 9, 9, repeats=("c",))],
        ("o",),
    ),
    "two copies of what is not in view: the earliest": (
        [
            claim("a", 9, 9, repeats=("o",), stated_on="2019-04"),
            claim("b", 5, 5, repeats=("o",), stated_on="2019-03"),
            claim("c", 9, 9, repeats=("o",)),
        ],
        ("b",),
    ),
    "copies of a recorder's estimate": (
        [claim("o", 9, 9, basis="estimate"), claim("a", 5, 5, repeats=("o",)), claim("b", 9, 9, repeats=("o",))],
        ("a",),
    ),
    "a superseded origin takes its copies along": (
        [claim("o", 9, 9, superseded_by=("p",)), claim("p", 5, 5), claim("c", 9, 9, repeats=("o",))],
        ("p",),
    ),
    "a withdrawn origin takes its copies along": (
        [claim("o", 9, 9, withdrawn_on="2024-01-01", standing="withdrawn"), claim("c", 9, 9, repeats=("o",))],
        (),
    ),
    "a superseded copy leaves its origin": (
        [claim("o", 5, 5), claim("c", 9, 9, repeats=("o",), superseded_by=("x",))],
        ("o",),
    ),
    "an origin and its correction, with a copy of both": (
        [
            claim("o", 5, 5, corrected_by=("o.2",)),
            claim("o.2", 5, 5, corrects=("o",)),
            claim("c", 5, 5, repeats=("o", "o.2")),
        ],
        ("o.2",),
    ),
    "a corrected copy of what is not in view": (
        [claim("c", 9, 9, repeats=("o",), corrected_by=("c.2",)), claim("c.2", 5, 5, repeats=("o",), corrects=("c",))],
        ("c.2",),
    ),
    "in a circle: the earliest": (
        [claim("a", 9, 9, repeats=("b",), stated_on="2019-04"), claim("b", 5, 5, repeats=("a",), stated_on="2019-03")],
        ("b",),
    ),
}


@pytest.mark.parametrize(("claims", "used"), COPIES.values(), ids=COPIES)
def test_copies_collapse_into_their_origin(claims: list[ClaimRow], used: tuple[str, ...]) -> None:
    for order in permutations(claims):
        outcome = reconcile(order)
        assert outcome.used == used
        assert {each.key for each in outcome.set_aside} == {each.key for each in claims} - set(used)
        assert outcome.low in (5, None)


BOUNDS: dict[str, tuple[list[tuple[int | None, int | None, str]], tuple[object, ...]]] = {
    "nothing": ([], (None, None, None, False, None)),
    "only vague": ([(None, None, "vague")], (None, None, None, False, None)),
    "vague beside a figure": ([(None, None, "vague"), (5, 5, "exact")], (5, None, 5, False, 5)),
    "no lower bound": ([(None, 50, "at_most")], (None, None, 50, False, 50)),
    "one lower bound among others": ([(None, 50, "at_most"), (12, 12, "exact")], (12, None, 50, False, 50)),
    "open above": ([(21, None, "more_than")], (21, None, None, True, 21)),
    "open below the highest": ([(21, None, "more_than"), (30, 40, "range")], (21, None, None, True, 40)),
    "zero is a claim": ([(0, 0, "exact")], (0, None, 0, False, 0)),
    "zero and more": ([(0, 0, "exact"), (3, 3, "exact")], (0, None, 3, False, 3)),
    "open with no lower": ([(None, 50, "at_most"), (60, None, "at_least")], (60, None, None, True, 60)),
}


@pytest.mark.parametrize(("figures", "expected"), BOUNDS.values(), ids=BOUNDS)
def test_bounds(figures: list[tuple[int | None, int | None, str]], expected: tuple[object, ...]) -> None:
    claims = [claim(f"k{n}", low, up, qualifier=word) for n, (low, up, word) in enumerate(figures)]
    assert bounds(reconcile(claims)) == expected


keys = st.sampled_from(["a", "b", "c", "d", "e", "f"])
numbers = st.integers(0, 99)
figures = st.one_of(
    st.just((None, None, "vague")), numbers.map(lambda n: (n, None, "at_least")),
    numbers.map(lambda n: (None, n, "at_most")), numbers.map(lambda n: (n, n, "exact")),
    st.tuples(numbers, numbers).map(lambda pair: (min(pair), max(pair), "range")),
)  # fmt: skip


@st.composite
def claims_of_a_measure(draw: st.DrawFn) -> list[ClaimRow]:
    rows = []
    for key in draw(st.lists(keys, unique=True)):
        lower, upper, qualifier = draw(figures)
        others = keys.filter(lambda other, key=key: other != key)
        ended = draw(st.sampled_from([None, None, "superseded_by", "corrected_by", "retracted_by"]))
        rows.append(
            claim(
                key, lower, upper, qualifier=qualifier, basis=draw(st.sampled_from(["claim", "claim", "estimate"])),
                stated_on=draw(st.sampled_from([None, "2019-03-18", "2019-03"])),
                repeats=tuple(draw(st.lists(others, max_size=2))), **({ended: ("z",)} if ended else {}),
            )
        )  # fmt: skip
    return rows


@given(claims_of_a_measure(), st.sampled_from(Basis), st.randoms())
def test_order_and_duplicates_never_matter(claims: list[ClaimRow], basis: Basis, random: Random) -> None:
    outcome = reconcile(claims, basis)
    shuffled = random.sample([*claims, *claims], 2 * len(claims))
    assert reconcile(shuffled, basis) == outcome
    assert sorted([*outcome.used, *(each.key for each in outcome.set_aside)]) == sorted(each.key for each in claims)
    counted = [each for each in claims if each.key in outcome.used]
    values = [value for each in counted for value in (each.lower, each.upper) if value is not None]
    assert outcome.highest_stated == max(values, default=None)
    assert outcome.high in (outcome.highest_stated, None)
    assert outcome.open == any(each.upper is None for each in counted)
    assert outcome.low == min((each.lower for each in counted if each.lower is not None), default=None)
    assert outcome.best is None
    assert reconcile(counted, basis).used in (outcome.used, tuple(sorted(outcome.used)))


# --- measures and sums -----------------------------------------------------------------------------------------------


def test_a_subset_is_never_part_of_its_whole() -> None:
    whole = claim("whole", 26, 26)
    officers = claim("officers", 3, 3, part_of="whole", wording="including 3 officers")
    recruits = claim("recruits", 5, 5, part_of="whole", wording="5 recruits")
    drivers = claim("drivers", 2, 2, group="drivers", part_of="whole")
    unsaid = claim("unsaid", 1, 1, part_of="whole", wording=None)
    found = estimate_measures([whole, officers, recruits, drivers, unsaid])
    assert {row.group: bounds(row)[:3] for row in found} == {
        None: (26, None, 26),
        "including 3 officers": (3, None, 3),
        "5 recruits": (5, None, 5),
        "drivers": (2, None, 2),
        "part of them": (1, None, 1),
    }
    (total,) = add_sides(found, [FIGHTERS[0]], "dioura-2019")
    assert bounds(total) == (26, None, 26, False, 26)


SUMS: dict[str, tuple[list[ClaimRow], tuple[object, ...], str]] = {
    "a side in the place of its combatants": (
        [claim("s", 40, 40, subject="side 1", subject_kind="side"), claim("c", 26, 26), OWN],
        (43, None, 43, False, 43),
        "sum of side 1 and Katibat Macina",
    ),
    "civilians too": (
        [claim("c", 26, 26), OWN, claim("v", 2, 4, subject="civilians", subject_kind="civilians", side=None)],
        (31, None, 33, False, 33),
        "sum of Malian Army and Katibat Macina and civilians",
    ),
    "not the claims on the total": (
        [claim("t", 99, 99, subject="total", subject_kind="total", side=None), claim("c", 26, 26), OWN],
        (29, None, 29, False, 29),
        "sum of Malian Army and Katibat Macina",
    ),
    "a side without a figure opens it": (
        [claim("c", 26, 26), replace(OWN, lower=None, upper=None, qualifier="vague")],
        (26, None, None, True, 26),
        "sum of Malian Army; losses of Katibat Macina not stated",
    ),
    "no lower bound": (
        [claim("c", None, 26, qualifier="at_most"), OWN],
        (3, None, 29, False, 29),
        "sum of Malian Army and Katibat Macina",
    ),
    "an explicit zero": (
        [claim("c", 26, 26), replace(OWN, lower=0, upper=0)],
        (26, None, 26, False, 26),
        "sum of Malian Army and Katibat Macina",
    ),
}


@pytest.mark.parametrize(("claims", "expected", "note"), SUMS.values(), ids=SUMS)
def test_sums(claims: list[ClaimRow], expected: tuple[object, ...], note: str) -> None:
    (total,) = add_sides(estimate_measures(claims), FIGHTERS, "dioura-2019")
    assert (bounds(total), total.note) == (expected, note)


def test_metrics_are_never_mixed() -> None:
    metrics = [row.metric for row in add_sides(estimate_measures(RAID), FIGHTERS, "dioura-2019")]
    assert metrics == ["killed", "wounded", "missing", "captured"]
    assert (
        add_sides(estimate_measures([claim("m", 8, 8, metric="materiel", item="vehicle", fate="lost")]), (), "x") == []
    )


@given(claims_of_a_measure(), st.randoms())
def test_measures_come_in_one_order(claims: list[ClaimRow], random: Random) -> None:
    mixed = [
        replace(each, metric=random.choice(["killed", "wounded"]), group=random.choice([None, "x"])) for each in claims
    ]
    assert estimate_measures(random.sample(mixed, len(mixed))) == estimate_measures(mixed)


def test_every_estimate_names_its_policy() -> None:
    (row,) = estimate_measures([OWN])
    assert (row.policy, row.version, row.basis, row.rule) == ("range", "1", Basis.CLAIMS, range_policy.RULE)
    require_policy("range")
    with pytest.raises(UsageError) as caught:
        require_policy("rnge")
    assert str(caught.value) == "no policy is called 'rnge'\n  did you mean range?\n  known: range"
