"""The policy `range`, which claims every policy sees, and the sums of sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from policy_claims import ARMY, FIGHTERS, GOVERNMENT, MACINA, OWN, SOLDIERS, bounds, claim, decide, reasons

from conflictdb.domain.policies.outcome import Outcome
from conflictdb.domain.policies.view import take_view
from conflictdb.domain.rows import ClaimRow, SetAside
from conflictdb.domain.vocabulary import Basis
from conflictdb.estimates import add_sides, estimate_measures, total_of_event
from conflictdb.policies import choose_policy

VAGUE = claim("vague", None, None, "Wikipedia", basis="estimate", qualifier="vague", metric="missing")
MISSING = claim("missing", 20, 20, "FSD", metric="missing")
CAPTURED = claim("captured", 0, 0, metric="captured")
WOUNDED = claim("wounded", 17, 17, stated_on="2019-03-18", metric="wounded")
RAID = (*SOLDIERS, OWN, VAGUE, MISSING, CAPTURED, WOUNDED)


def test_soldiers_killed() -> None:
    assert decide(SOLDIERS) == Outcome(
        low=21, best=None, high=None, open=True, highest_stated=30,
        used=("fsd", "gov21", "jnim", "local", "military", "un"),
        set_aside=(SetAside("gov18", f'superseded by "26" ({GOVERNMENT})'),),
        why="the least and the greatest of 6 figures",
    )  # fmt: skip


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
    "superseded by what is there": ({"superseded_by": ("other",)}, f'superseded by "5" ({GOVERNMENT})'),
    "an estimate": ({"basis": "estimate"}, "a recorder's estimate; the basis is claims"),
    "vague": ({"qualifier": "vague", "lower": None, "upper": None}, "it names no number"),
}


@pytest.mark.parametrize(("given", "reason"), ASIDE.values(), ids=ASIDE)
def test_a_claim_is_set_aside_for_the_first_reason(given: dict[str, Any], reason: str) -> None:
    outcome = decide([replace(claim("aside", 99, 99), **given), claim("other", 5, 5)])
    assert outcome == Outcome(
        5, None, 5, False, 5, used=("other",), set_aside=(SetAside("aside", reason),),
        why="the only figure (Government of Mali)",
    )  # fmt: skip


def test_what_a_withdrawn_claim_superseded_stays_superseded() -> None:
    first = claim("first", 23, 23, superseded_by=("second",))
    second = claim("second", 26, 26, withdrawn_on="2024-01-01", standing="withdrawn")
    outcome = decide([first, second])
    assert bounds(outcome) == (None, None, None, False, None)
    assert reasons(outcome) == {
        "first": f'superseded by "26" ({GOVERNMENT})',
        "second": "withdrawn on 2024-01-01",
    }
    assert outcome.why == "no claim is left to go by"


def test_the_other_basis() -> None:
    recorded = claim("ucdp", 4, 9, "UCDP", basis="estimate", best=5, stake="recorder")
    said = claim("said", 20, 20)
    assert bounds(decide([recorded, said], basis=Basis.ESTIMATES)) == (4, 5, 9, False, 9)
    assert bounds(decide([recorded, said], basis=Basis.BOTH)) == (4, None, 20, False, 20)
    assert reasons(decide([recorded, said], basis=Basis.ESTIMATES)) == {
        "said": "no recorder's estimate; the basis is estimates"
    }
    assert estimate_measures([recorded]) == []
    assert [bounds(row) for row in estimate_measures([recorded], basis=Basis.ESTIMATES)] == [(4, 5, 9, False, 9)]


def test_a_zero_that_may_mean_nothing_counts_where_nothing_else_is_known() -> None:
    nothing = claim("gtd", 0, 0, "GTD", basis="estimate", stake="recorder", qualifier="zero_or_unknown")
    known = claim("ucdp", 4, 9, "UCDP", basis="estimate", best=5, stake="recorder")
    assert bounds(decide([nothing], basis=Basis.ESTIMATES)) == (0, 0, 0, False, 0)
    for policy in ("range", "majority"):
        outcome = decide([nothing, known], policy, basis=Basis.ESTIMATES)
        assert bounds(outcome) == (4, 5, 9, False, 9)
        assert reasons(outcome) == {"gtd": "a recorder's 0 that may mean no information"}
    assert bounds(decide([nothing, claim("gov", 3, 3)], "acled", basis=Basis.BOTH)) == (3, 3, 3, False, 3)


def copy(key: str, *of: str, **given: Any) -> ClaimRow:
    """Return a copy of claims that states another figure, so that it shows where it counts."""
    says = given.pop("says", 9)
    return claim(key, says, says, repeats=of, **given)


COPIES: dict[str, tuple[list[ClaimRow], tuple[str, ...]]] = {
    "a copy": ([claim("o", 5, 5), copy("c", "o")], ("o",)),
    "a copy of a copy": ([claim("o", 5, 5), copy("c", "o"), copy("d", "c")], ("o",)),
    "an undated origin, a dated copy": ([claim("o", 5, 5), copy("c", "o", stated_on="2019-03-18")], ("o",)),
    "two copies of what is not in view: the earliest": (
        [copy("a", "o", stated_on="2019-04"), copy("b", "o", says=5, stated_on="2019-03"), copy("c", "o")],
        ("b",),
    ),
    "copies of a recorder's estimate": (
        [claim("o", 9, 9, basis="estimate"), copy("a", "o", says=5), copy("b", "o")],
        ("a",),
    ),
    "joined by a recorder's copy": (
        [claim("o", 5, 5), copy("e", "o", basis="estimate"), copy("c", "e")],
        ("o",),
    ),
    "a superseded origin takes its copies along": (
        [claim("o", 9, 9, superseded_by=("p",)), claim("p", 5, 5), copy("c", "o")],
        ("p",),
    ),
    "a corrected origin takes its copies along": (
        [claim("o", 9, 9, corrected_by=("p",)), claim("p", 5, 5), copy("c", "o")],
        ("p",),
    ),
    "a withdrawn origin takes its copies along": (
        [claim("o", 9, 9, withdrawn_on="2024-01-01", standing="withdrawn"), copy("c", "o")],
        (),
    ),
    "a retracted origin takes its copies along": ([claim("o", 9, 9, retracted_by=("r",)), copy("c", "o")], ()),
    "a superseded copy leaves its origin": ([claim("o", 5, 5), copy("c", "o", superseded_by=("x",))], ("o",)),
    "what its own later copy superseded": (
        [claim("o", 5, 5, stated_on="2019-03-18", superseded_by=("c",)), copy("c", "o", stated_on="2019-03-19")],
        ("o",),
    ),
    "what superseded its own later copy supersedes it": (
        [claim("o", 9, 9, superseded_by=("c",)), copy("c", "o", superseded_by=("n",)), claim("n", 5, 5)],
        ("n",),
    ),
    "an origin and its correction, with a copy of both": (
        [claim("o", 9, 9, corrected_by=("o.2",)), claim("o.2", 5, 5, corrects=("o",)), copy("c", "o", "o.2")],
        ("o.2",),
    ),
    "a corrected copy of what is not in view": (
        [copy("c", "o", corrected_by=("c.2",)), claim("c.2", 5, 5, repeats=("o",), corrects=("c",))],
        ("c.2",),
    ),
    "in a circle: the earliest": (
        [copy("a", "b", stated_on="2019-04"), claim("b", 5, 5, repeats=("a",), stated_on="2019-03")],
        ("b",),
    ),
    "judged the same statement: the earliest": (
        [
            claim("a", 9, 9, same_as=("b",), stated_on="2019-04"),
            claim("b", 5, 5, same_as=("a",), stated_on="2019-03", superseded_by=("a",)),
        ],
        ("b",),
    ),
}


@pytest.mark.parametrize(("claims", "used"), COPIES.values(), ids=COPIES)
def test_copies_collapse_into_their_origin(claims: list[ClaimRow], used: tuple[str, ...]) -> None:
    for order in permutations(claims):
        outcome = decide(order)
        assert outcome.used == used
        assert {each.key for each in outcome.set_aside} == {each.key for each in claims} - set(used)
        assert outcome.low in (5, None)


def test_the_reasons_of_a_group() -> None:
    origin = claim("o", 26, 26, wording="26 killed", corrected_by=("o.2",))
    correction = claim("o.2", 27, 27, wording="27 killed", corrects=("o",))
    same = claim("same", 27, 27, "MINUSMA", same_as=("o.2",))
    assert reasons(decide([origin, correction, copy("c", "o", "o.2"), same])) == {
        "o": f'corrected by "27 killed" ({GOVERNMENT})',
        "c": f'repeats "27 killed" ({GOVERNMENT})',
        "same": f'judged the same statement as "27 killed" ({GOVERNMENT})',
    }


UNWORDED: dict[str, tuple[ClaimRow, str]] = {
    "a number": (claim("x", 1204, 1204, wording=None), '"1,204" (Government of Mali)'),
    "a best": (claim("x", 4, 9, "UCDP", best=5, wording=None), '"5" (UCDP)'),
    "an end": (claim("x", None, 50, wording=None), '"50" (Government of Mali)'),
    "nothing": (claim("x", None, None, wording=None), "a claim (Government of Mali)"),
}


@pytest.mark.parametrize(("later", "words"), UNWORDED.values(), ids=UNWORDED)
def test_a_claim_without_words_is_named_by_its_figure(later: ClaimRow, words: str) -> None:
    first = claim("first", 1, 1, superseded_by=("x",))
    assert reasons(decide([first, later], basis=Basis.CLAIMS))["first"] == f"superseded by {words}"


# --- corroboration ---------------------------------------------------------------------------------------------------


def linked(*claims: ClaimRow, independently: bool = False, basis: Basis = Basis.CLAIMS) -> dict[str, list[str]]:
    found = take_view(claims, basis).corroborated(independently=independently)
    return {key: [each.key for each in others] for key, others in found.items()}


GOV = claim("gov", 26, 26)
CORROBORATION: dict[str, tuple[list[ClaimRow], set[str]]] = {
    "both ends": ([GOV, claim("un", 26, 26, "UN", corroborates=("gov",))], {"gov", "un"}),
    "the link is known to its target alone": (
        [claim("gov", 26, 26, corroborated_by=("un",)), claim("un", 26, 26, "UN")],
        {"gov", "un"},
    ),
    "equal numbers alone": ([GOV, claim("un", 26, 26, "UN")], set()),
    "another number": ([GOV, claim("un", 25, 25, "UN", corroborates=("gov",))], set()),
    "the claimant itself": ([GOV, claim("again", 26, 26, corroborates=("gov",))], set()),
    "two actors judged the same": ([GOV, claim("un", 26, 26, "UN", claimant_key=GOVERNMENT)], set()),
    "a bound": ([GOV, claim("un", 26, None, "UN", corroborates=("gov",))], set()),
    "a copy of the target": (
        [GOV, claim("news", 26, 26, "News", repeats=("gov",)), claim("un", 26, 26, "UN", corroborates=("news",))],
        {"gov", "un"},
    ),
    "copies at both ends": (
        [
            GOV, claim("un", 26, 26, "UN"), claim("a", 26, 26, "News", repeats=("gov",)),
            claim("b", 26, 26, "Radio", repeats=("un",), corroborates=("a",)),
        ],
        {"gov", "un"},
    ),
    "a withdrawn copy speaks for nobody": (
        [
            GOV, claim("news", 26, 26, "News", repeats=("gov",), withdrawn_on="2024-01-01"),
            claim("un", 26, 26, "UN", corroborates=("news",)),
        ],
        set(),
    ),
    "a copy corroborates nothing": ([GOV, claim("un", 26, 26, "UN", repeats=("gov",), corroborates=("gov",))], set()),
    "it does not pass to a successor": (
        [
            replace(GOV, superseded_by=("new",)), claim("new", 26, 26),
            claim("un", 26, 26, "UN", corroborates=("gov",)),
        ],
        set(),
    ),
    "nor to a correction": (
        [
            replace(GOV, corrected_by=("gov.2",)), claim("gov.2", 26, 26),
            claim("un", 26, 26, "UN", corroborates=("gov",)),
        ],
        set(),
    ),
    "a withdrawn one corroborates nothing": (
        [GOV, claim("un", 26, 26, "UN", corroborates=("gov",), withdrawn_on="2024-01-01")],
        set(),
    ),
    "a recorder's, where claims are asked for": (
        [GOV, claim("ucdp", 20, 30, "UCDP", basis="estimate", best=26, corroborates=("gov",))],
        set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("claims", "expected"), CORROBORATION.values(), ids=CORROBORATION)
def test_corroboration(claims: list[ClaimRow], expected: set[str]) -> None:
    assert set(linked(*claims)) == expected


def test_a_recorder_corroborates_on_both_bases() -> None:
    ucdp = claim("ucdp", 20, 30, "UCDP", basis="estimate", best=26, corroborates=("gov",))
    assert linked(GOV, ucdp, basis=Basis.BOTH) == {"gov": ["ucdp"], "ucdp": ["gov"]}


INDEPENDENCE: dict[str, tuple[dict[str, Any], bool]] = {
    "others": ({}, True),
    "part of the claimant": ({"claimant_above": (GOVERNMENT,)}, False),
    "what it is part of": ({"claimant": "Union"}, False),
    "with one above both": ({"claimant_above": ("Ministry", "Union")}, False),
    "derived from it": ({"derived_from": ("gov",)}, False),
    "derived from what derives from it": ({"derived_from": ("x",)}, False),
    "derived from the same, which is not in view": ({"derived_from": ("hidden",)}, False),
    "derived from another": ({"derived_from": ("lone",)}, True),
}


@pytest.mark.parametrize(("given", "expected"), INDEPENDENCE.values(), ids=INDEPENDENCE)
def test_independent_corroboration(given: dict[str, Any], expected: bool) -> None:
    gov = claim("gov", 26, 26, claimant_above=("Union",), derived_from=("hidden",))
    between = claim("x", 1, 1, "X", derived_from=("gov",), superseded_by=("y",))
    other = claim("other", 26, 26, corroborates=("gov",), **({"claimant": "Other"} | given))
    other = replace(other, claimant_key=other.claimant)
    found = linked(gov, between, other, claim("lone", 1, 1, "Lone"), independently=True)
    assert bool(found) is expected


# --- bounds ----------------------------------------------------------------------------------------------------------

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
    assert bounds(decide(claims)) == expected


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
        "sum of Malian Army; no figure for Katibat Macina: no claim names a number",
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


def test_claims_on_the_total_are_the_total_and_the_sum_stands_beside_it() -> None:
    on_total = claim("t", 40, 45, subject="total", subject_kind="total", side=None)
    stated, composite = total_of_event(estimate_measures([on_total, *SOLDIERS, OWN]), FIGHTERS, "dioura-2019")
    assert (bounds(stated), stated.composite) == ((40, None, 45, False, 45), False)
    assert (bounds(composite), composite.composite) == ((24, None, None, True, 33), True)


def test_a_side_that_a_policy_leaves_without_a_figure_is_named() -> None:
    (total,) = add_sides(estimate_measures([*SOLDIERS, OWN], choose_policy("gtd")), FIGHTERS, "dioura-2019")
    assert (bounds(total), total.note) == (
        (26, None, None, True, 26),
        "sum of Malian Army; no figure for Katibat Macina:"
        " no dated figure of anybody who is neither the attacker nor doubtful",
    )


def test_metrics_are_never_mixed() -> None:
    metrics = [row.metric for row in add_sides(estimate_measures(RAID), FIGHTERS, "dioura-2019")]
    assert metrics == ["killed", "wounded", "missing", "captured"]
    things = estimate_measures([claim("m", 8, 8, metric="materiel", item="vehicle", fate="lost")])
    assert add_sides(things, (), "x") == []


@given(st.lists(st.sampled_from(["killed", "wounded"]), max_size=6), st.randoms())
def test_measures_come_in_one_order(metrics: Sequence[str], random: Random) -> None:
    mixed = [
        claim(f"k{number}", number, number, metric=metric, group=random.choice([None, "x"]))
        for number, metric in enumerate(metrics)
    ]
    assert estimate_measures(random.sample(mixed, len(mixed))) == estimate_measures(mixed)


def test_every_estimate_names_its_policy_basis_and_day() -> None:
    (row,) = estimate_measures([OWN], choose_policy("corroborated", {"k": "3"}), as_of="2019-03-18")
    assert (row.policy, row.version, row.basis, row.label, row.parameters, row.as_of, row.pending) == (
        *("corroborated", "1", Basis.CLAIMS, "corroborated, k 3", {"k": 3}, "2019-03-18", True),
    )
