"""The rules of each policy but `range`: which claims decide, how it says so, and why the others are set aside."""

from __future__ import annotations

from dataclasses import replace
from time import process_time
from typing import Any

import pytest
from policy_claims import (
    FORCES,
    FSD,
    GOV18,
    GOV21,
    GOVERNMENT,
    JNIM,
    LOCAL,
    MILITARY,
    OWN,
    SOLDIERS,
    UN,
    bounds,
    claim,
    decide,
    reasons,
)

from conflictdb.domain.policies.outcome import Outcome
from conflictdb.domain.policies.policy import Name
from conflictdb.domain.policies.reconcile import Chosen, reconcile
from conflictdb.domain.policies.voices import find_origins, independent
from conflictdb.domain.rows import ClaimRow
from conflictdb.domain.vocabulary import Basis
from conflictdb.policies import choose_policy, list_policies

ALONE = replace(GOV21, corroborated_by=())
REPEATED = (GOV18, ALONE, replace(UN, corroborates=(), repeats=("gov21",)), MILITARY, LOCAL, FSD, JNIM)
ONE_CLAIMANT = tuple(replace(each, claimant_key="a military source") if each is LOCAL else each for each in SOLDIERS)
FLAGGED = tuple(replace(each, unreasonable="they exaggerate") if each is JNIM else each for each in SOLDIERS)

# --- the raid on Dioura ----------------------------------------------------------------------------------------------

NONE = (None, None, None, False, None)
REFERENCE: dict[str, tuple[tuple[ClaimRow, ...], str, dict[str, str], tuple[object, ...], str]] = {
    "ucdp": (
        *(SOLDIERS, "ucdp", {}, (21, 26, 30, False, 30)),
        "corroborated by an independent claimant (Government of Mali and MINUSMA)",
    ),
    "ucdp, JNIM's 30 flagged": (
        *(FLAGGED, "ucdp", {}, (21, 26, 26, False, 26)),
        "corroborated by an independent claimant (Government of Mali and MINUSMA)",
    ),
    "ucdp, MINUSMA repeats": (
        *(REPEATED, "ucdp", {}, (21, 21, 30, False, 30)),
        "a local official, third party, is the claimant with the least stake in it",
    ),
    "acled": (
        *(SOLDIERS, "acled", {}, (26, 26, 26, False, 26)),
        "corroborated (Government of Mali and MINUSMA)",
    ),
    "acled, MINUSMA repeats": (
        *(REPEATED, "acled", {}, (21, 21, 21, False, 21)),
        "the lowest figure; none is corroborated",
    ),
    "acled-strict": (SOLDIERS, "acled-strict", {}, (21, 21, 21, False, 21), "the lowest figure"),
    "gtd": (SOLDIERS, "gtd", {}, (26, 26, 26, False, 26), "the most recent (MINUSMA)"),
    "gtd, JNIM's own": (
        *((OWN,), "gtd", {}, NONE),
        "no dated figure of anybody who is neither the attacker nor doubtful",
    ),
    "majority": (SOLDIERS, "majority", {}, NONE, "21 and 26 tie, 2 voices each"),
    "majority, MINUSMA repeats": (REPEATED, "majority", {}, (21, 21, 21, False, 21), "2 voices state it"),
    "majority, one claimant": (ONE_CLAIMANT, "majority", {}, (26, 26, 26, False, 26), "2 voices state it"),
    "majority, lowest": (
        *(SOLDIERS, "majority", {"tie": "lowest"}, (21, 21, 21, False, 21)),
        "2 voices state it, as others do; the lowest of those that tie",
    ),
    "majority, recent": (
        *(SOLDIERS, "majority", {"tie": "recent"}, (26, 26, 26, False, 26)),
        "2 voices state it, as others do; the most recent of those that tie",
    ),
    "latest": (SOLDIERS, "latest", {}, (26, 26, 26, False, 26), "the last to be stated (MINUSMA)"),
    "latest, JNIM's own": ((OWN,), "latest", {}, NONE, "no figure is dated"),
    "corroborated": (
        *(SOLDIERS, "corroborated", {}, NONE),
        "21 and 26 are each stated by 2 independent claimants of different stake",
    ),
    "corroborated, one claimant": (
        *(ONE_CLAIMANT, "corroborated", {}, (26, 26, 26, False, 26)),
        "stated by 2 independent claimants of different stake (Government of Mali and MINUSMA)",
    ),
    "corroborated, k 3": (
        *(SOLDIERS, "corroborated", {"k": "3"}, NONE),
        "no number is stated by 3 independent claimants of different stake",
    ),
    "ibc": (SOLDIERS, "ibc", {}, (21, None, None, True, 30), "5 independent claimants report it"),
    "ibc, JNIM's own": ((OWN,), "ibc", {}, NONE, "1 independent claimant reports it; 2 are needed"),
    "own-side": (SOLDIERS, "own-side", {}, (21, None, 26, False, 26), "the least and the greatest of 2 figures"),
    "adversary": (SOLDIERS, "adversary", {}, (30, None, 30, False, 30), "the only figure (JNIM)"),
    "adversary, JNIM's own": ((OWN,), "adversary", {}, NONE, "no claim of their adversary"),
    "third-party": (
        *(SOLDIERS, "third-party", {}, (21, None, None, True, 26)),
        "the least and the greatest of 3 figures",
    ),
    "priority": (
        *(SOLDIERS, "priority", {"prefer": "minusma,state"}, (26, 26, 26, False, 26)),
        "minusma is the first of the list who has a claim",
    ),
    "priority, by kind": (
        *(SOLDIERS, "priority", {"prefer": "NGO, Armed Group"}, (30, 30, 30, False, 30)),
        "Armed Group is the first of the list who has a claim",
    ),
    "priority, a range": (
        *(SOLDIERS, "priority", {"prefer": "official"}, (21, 21, 21, False, 21)),
        "official is the first of the list who has a claim",
    ),
    "priority, a bound": (
        *(SOLDIERS, "priority", {"prefer": "party"}, (21, None, None, True, 21)),
        "party is the first of the list who has a claim",
    ),
    "priority, nobody": (SOLDIERS, "priority", {"prefer": "ngo"}, NONE, "nobody on the list has a claim"),
}


@pytest.mark.parametrize(("claims", "policy", "told", "expected", "why"), REFERENCE.values(), ids=REFERENCE)
def test_the_raid(
    claims: tuple[ClaimRow, ...], policy: str, told: dict[str, str], expected: tuple[object, ...], why: str
) -> None:
    stated = [replace(each, attacker=True) if each.claimant == "JNIM" else each for each in claims]
    outcome = decide(stated, policy, **told)
    assert (bounds(outcome), outcome.why) == (expected, why)


TIES = {
    "majority": ("majority", {}, (21, 26), False),
    "corroborated": ("corroborated", {}, (21, 26), False),
    "pending": ("corroborated", {"k": "3"}, (), True),
    "pending reports": ("ibc", {"k": "6"}, (), True),
}


@pytest.mark.parametrize(("policy", "told", "ties", "pending"), TIES.values(), ids=TIES)
def test_what_ties_and_what_waits(policy: str, told: dict[str, str], ties: tuple[int, ...], pending: bool) -> None:
    outcome = decide(SOLDIERS, policy, **told)
    assert (bounds(outcome), outcome.ties, outcome.pending) == (NONE, ties, pending)
    assert outcome.used == (() if pending else ("gov21", "local", "military", "un"))


REASONS = {
    "ucdp, flagged": (FLAGGED, "ucdp", {"jnim": "judged unreasonable: they exaggerate"}),
    "acled": (
        *(SOLDIERS, "acled"),
        {
            "military": "not corroborated, as another figure is",
            "local": "not corroborated, as another figure is",
            "fsd": "it only bounds the number",
            "jnim": "not corroborated, as another figure is",
        },
    ),
    "acled-strict": (
        *(SOLDIERS, "acled-strict"),
        {"gov21": "not the lowest", "un": "not the lowest", "fsd": "it only bounds the number",
         "jnim": "not the lowest"},
    ),
    "gtd": (
        *(SOLDIERS, "gtd"),
        {"gov21": "an earlier figure", "military": "undated", "local": "undated", "fsd": "it only bounds the number",
         "jnim": "the attacker's own figure"},
    ),
    "latest": (
        *(SOLDIERS, "latest"),
        {"gov21": "an earlier figure", "military": "undated", "local": "undated", "fsd": "it only bounds the number",
         "jnim": "undated"},
    ),
    "majority": (
        *(SOLDIERS, "majority"),
        {"fsd": "it only bounds the number", "jnim": "fewer voices state it"},
    ),
    "ibc": (SOLDIERS, "ibc", {}),
    "own-side": (
        *(SOLDIERS, "own-side"),
        {"un": "its stake is third party", "local": "its stake is third party", "fsd": "its stake is third party",
         "jnim": "its stake is adversary"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("claims", "policy", "expected"), REASONS.values(), ids=REASONS)
def test_why_claims_are_set_aside(claims: tuple[ClaimRow, ...], policy: str, expected: dict[str, str]) -> None:
    assert reasons(decide(claims, policy)) == {"gov18": f'superseded by "26" ({GOVERNMENT})'} | expected


def test_why_a_broken_tie_sets_aside() -> None:
    assert reasons(decide(SOLDIERS, "majority", tie="lowest")) == {
        "gov18": f'superseded by "26" ({GOVERNMENT})',
        "fsd": "it only bounds the number",
        "gov21": "as many voices state it, and the tie was broken",
        "jnim": "fewer voices state it",
        "un": "as many voices state it, and the tie was broken",
    }


# --- ucdp ------------------------------------------------------------------------------------------------------------


def against(given: dict[str, Any], than: dict[str, Any]) -> Outcome:
    """Return what ucdp makes of two rivals: the first says 9, the second 5, so that only its rank can decide."""
    return decide([claim("a", 9, 9, "A", **given), claim("b", 5, 5, "B", **than)], "ucdp")


RANKS = {
    "final before revised": ({"status": "final"}, {"status": "revised"}, 9, "firmer in status than the others"),
    "no status before provisional": ({}, {"status": "provisional"}, 9, "firmer in status than the others"),
    "provisional as unconfirmed": ({"status": "provisional"}, {"status": "unconfirmed"}, 5, None),
    "status before stake": ({"status": "final"}, {"stake": "third_party"}, 9, "firmer in status than the others"),
    "third party before own side": (
        *({"stake": "third_party"}, {}, 9),
        "A, third party, is the claimant with the least stake in it",
    ),
    "own side before adversary": (
        *({}, {"stake": "adversary"}, 9),
        "A, own side, is the claimant with the least stake in it",
    ),
    "unknown stake before adversary": (
        *({"stake": "unknown"}, {"stake": "adversary"}, 9),
        "A, unknown, is the claimant with the least stake in it",
    ),
    "stake before grade": (
        *({"stake": "third_party"}, {"reliability": "A"}, 9),
        "A, third party, is the claimant with the least stake in it",
    ),
    "a better grade": ({"reliability": "B"}, {"reliability": "C"}, 9, "from the most reliable source"),
    "a grade before none": ({"reliability": "D"}, {}, 9, "from the most reliable source"),
    "equals: the lower": ({}, {}, 5, "the lower of figures that rank alike"),
}


@pytest.mark.parametrize(("given", "than", "best", "why"), RANKS.values(), ids=RANKS)
def test_ucdp_ranks(given: dict[str, Any], than: dict[str, Any], best: int, why: str | None) -> None:
    outcome = against(given, than)
    assert (outcome.low, outcome.best, outcome.high) == (5, best, 9)
    assert outcome.why == (why or "the lower of figures that rank alike")


def test_ucdp_corroboration_has_to_be_independent() -> None:
    """The army bears its own government out, which is no corroboration to go by."""
    army = claim("army", 26, 26, FORCES, corroborates=("gov",), claimant_above=(GOVERNMENT,))
    rival = claim("rival", 21, 21, "A local official", stake="third_party")
    assert decide([claim("gov", 26, 26), army, rival], "ucdp").best == 21
    assert decide([claim("gov", 26, 26), army, rival], "acled").best == 26


DOUBTFUL = {
    "improbable": {"credibility": 5},
    "cannot be judged": {"credibility": 6},
    "unreliable": {"reliability": "E"},
    "reliability cannot be judged": {"reliability": "F"},
}


@pytest.mark.parametrize("given", DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_doubtful_figure_is_neither_low_nor_best_but_may_be_high(given: dict[str, Any]) -> None:
    sound = [claim("a", 20, 20, credibility=4, reliability="D"), claim("b", 25, 25)]
    low, high = claim("c", 3, 3, "C", **given), claim("d", 90, 90, "D", **given)
    assert bounds(decide([*sound, low], "ucdp")) == (20, 20, 25, False, 25)
    assert reasons(decide([*sound, low], "ucdp")) == {"c": "doubtful"}
    outcome = decide([*sound, low, high], "ucdp")
    assert (bounds(outcome), outcome.used, reasons(outcome)) == (
        *((20, 20, 90, False, 90), ("a", "b", "d"), {"c": "doubtful"}),
    )


@pytest.mark.parametrize("given", DOUBTFUL.values(), ids=DOUBTFUL)
def test_only_doubtful_figures(given: dict[str, Any]) -> None:
    outcome = decide([claim("c", 3, 3, **given), claim("d", 90, 90, "D", **given)], "ucdp")
    assert bounds(outcome) == (None, None, 90, False, 90)
    assert outcome.why == "no claim that may be relied on names one number"
    assert decide([claim("c", 3, 3, **given)], "ibc", k="1").pending
    assert bounds(decide([claim("c", 3, 3, stated_on="2019", **given)], "gtd")) == NONE


UCDP_BOUNDS: dict[str, tuple[list[tuple[int | None, int | None]], tuple[object, ...]]] = {
    "a bound above the figures": ([(26, 26), (41, None)], (26, 26, 41, False, 41)),
    "a bound below the figures": ([(26, 26), (21, None)], (21, 26, 26, False, 26)),
    "only bounds from below": ([(21, None), (41, None)], (21, None, None, True, 41)),
    "a bound from above": ([(None, 50)], (None, None, 50, False, 50)),
    "a range": ([(20, 30)], (20, None, 30, False, 30)),
    "vague": ([(None, None)], NONE),
    "nothing": ([], NONE),
}


@pytest.mark.parametrize(("figures", "expected"), UCDP_BOUNDS.values(), ids=UCDP_BOUNDS)
def test_ucdp_bounds(figures: list[tuple[int | None, int | None]], expected: tuple[object, ...]) -> None:
    claims = [claim(f"k{number}", low, up, f"C{number}") for number, (low, up) in enumerate(figures)]
    assert bounds(decide(claims, "ucdp")) == expected


def test_a_best_outside_its_bounds_widens_them() -> None:
    above = claim("u", 4, 9, "UCDP", basis="estimate", best=12, stake="recorder")
    below = claim("g", 4, 9, "GTD", basis="estimate", best=2, stake="recorder", claimant_key="GTD")
    assert bounds(decide([above, below], "ucdp", basis=Basis.BOTH)) == (2, 2, 12, False, 12)
    assert bounds(decide([above, below], "ucdp", basis=Basis.ESTIMATES)) == (4, None, 12, False, 12)
    assert bounds(decide([above], "ucdp", basis=Basis.ESTIMATES)) == (4, 12, 9, False, 9)


# --- acled -----------------------------------------------------------------------------------------------------------

WORDS = {
    "several dozen": 12,
    "Dozens of dead": 12,
    "a dozen or so": 12,
    "hundreds": 100,
    "a few hundred": 100,
    "tens": 10,
    "several": 3,
    "many were killed": 3,
    "a few": 3,
    "tens of thousands": None,
    "thousands": None,
    "a cache": None,
    "fewer": None,
    None: None,
}


@pytest.mark.parametrize(("wording", "value"), WORDS.items(), ids=map(str, WORDS))
def test_acled_reads_words(wording: str | None, value: int | None) -> None:
    vague = claim("v", None, None, qualifier="vague", wording=wording)
    outcome = decide([vague], "acled")
    assert bounds(outcome) == ((value, value, value, False, value) if value else NONE)
    assert ('" read as ' in outcome.why) == (value is not None)
    for other in {each.name for each in list_policies()} - {"acled", "priority"}:
        assert decide([vague], other).best is None


def test_acled_says_which_words_it_read() -> None:
    claims = [
        claim("few", None, None, "A", qualifier="vague", wording="a few soldiers"),
        claim("dozens", None, None, "B", qualifier="vague", wording="dozens"),
        claim("cache", None, None, "C", qualifier="vague", wording="a cache"),
        claim("seven", 7, 7, "D"),
    ]
    outcome = decide(claims, "acled", several="5")
    assert (outcome.best, outcome.why) == (5, 'the lowest figure; none is corroborated; "few" read as 5')
    assert reasons(outcome) == {"dozens": "not the lowest", "cache": "it names no number", "seven": "not the lowest"}
    assert decide(claims, "acled-strict").best == 7


def test_acled_takes_the_lowest_of_several_that_are_corroborated() -> None:
    claims = [
        claim("a", 26, 26, "A", corroborates=("b",)), claim("b", 26, 26, "B"),
        claim("c", 24, 24, "C", corroborates=("d",)), claim("d", 24, 24, "D"), claim("e", 9, 9, "E"),
    ]  # fmt: skip
    outcome = decide(claims, "acled")
    assert (outcome.best, outcome.used) == (24, ("c", "d"))
    assert outcome.why == "the lowest of those that are corroborated: corroborated (C and D)"
    assert reasons(outcome) == {
        **dict.fromkeys(("a", "b"), "not the lowest"),
        "e": "not corroborated, as another figure is",
    }


@pytest.mark.parametrize("policy", ["acled", "acled-strict"])
def test_a_bound_is_no_lowest_figure(policy: str) -> None:
    bound, ranged = claim("over", 21, None), claim("range", 10, 30)
    outcome = decide([bound, ranged], policy)
    assert (bounds(outcome), outcome.why) == ((10, None, None, True, 30), "nobody names one number; these are bounds")
    with_point = decide([bound, ranged, claim("point", 40, 40)], policy)
    assert with_point.best == 40
    assert reasons(with_point) == {"over": "it only bounds the number", "range": "it names a range, not one number"}


# --- gtd and latest --------------------------------------------------------------------------------------------------


def dated(key: str, value: int, day: str = "2019-05-31", **given: Any) -> ClaimRow:
    return claim(key, value, value, key, stated_on=day, **given)


GTD: dict[str, tuple[list[ClaimRow], tuple[object, ...], str]] = {
    "the only one of its day": (
        [dated("A", 9), dated("B", 5, "2019-05-30")],
        *((9, 9, 9, False, 9), "the most recent (A)"),
    ),
    "a month counts from its last day": (
        [dated("A", 9, "2019-05"), dated("B", 5, "2019-05-30")],
        *((9, 9, 9, False, 9), "the most recent (A)"),
    ),
    "agreed": ([dated("A", 9), dated("B", 9)], (9, 9, 9, False, 9), "the most recent (A and B)"),
    "a majority of its day": (
        [dated("A", 9), dated("B", 9), dated("C", 5)],
        *((9, 9, 9, False, 9), "the majority of those of the most recent day (A and B)"),
    ),
    "one voice is no majority": (
        [dated("A", 9), dated("B", 9, claimant_above=("A",)), dated("C", 5)],
        *((5, 5, 5, False, 5), "the lowest of the most recent day, which has no majority (C)"),
    ),
    "no majority": (
        [dated("A", 9), dated("B", 7), dated("C", 5)],
        *((5, 5, 5, False, 5), "the lowest of the most recent day, which has no majority (C)"),
    ),
    "the lowest of all, not of those that tie": (
        [dated("A", 9), dated("B", 9), dated("C", 7), dated("D", 7), dated("E", 5)],
        *((5, 5, 5, False, 5), "the lowest of the most recent day, which has no majority (E)"),
    ),
    "not the attacker's": (
        [dated("A", 9, attacker=True), dated("B", 5, "2019-03-18")],
        *((5, 5, 5, False, 5), "the most recent (B)"),
    ),
    "not a doubtful one": (
        [dated("A", 9, unreasonable="no"), dated("B", 5, "2019-03-18")],
        *((5, 5, 5, False, 5), "the most recent (B)"),
    ),
    "a range": (
        [claim("r", 20, 30, "R", stated_on="2019-06"), dated("B", 5)],
        *((20, None, 30, False, 30), "the most recent, which is a range (R)"),
    ),
    "a number beside a range": (
        [claim("r", 20, 30, "R", stated_on="2019-05-31"), dated("B", 5)],
        *((5, 5, 5, False, 5), "the most recent (B)"),
    ),
    "a bound is passed over": (
        [claim("o", 20, None, "O", stated_on="2019-06"), dated("B", 5)],
        *((5, 5, 5, False, 5), "the most recent (B)"),
    ),
}


@pytest.mark.parametrize(("claims", "expected", "why"), GTD.values(), ids=GTD)
def test_gtd(claims: list[ClaimRow], expected: tuple[object, ...], why: str) -> None:
    outcome = decide(claims, "gtd")
    assert (bounds(outcome), outcome.why) == (expected, why)


def test_gtd_says_why_not() -> None:
    claims = [
        dated("A", 9), dated("B", 7), claim("r", 5, 8, "R", stated_on="2019-05-31"), dated("late", 5, "2018"),
        claim("v", None, None, "V", stated_on="2020"), claim("u", 1, 1, "U"), dated("E", 5, reliability="E"),
    ]  # fmt: skip
    assert reasons(decide(claims, "gtd")) == {
        "A": "another figure of the same day", "r": "it names a range, not one number", "late": "an earlier figure",
        "v": "it names no number", "u": "undated", "E": "doubtful",
    }  # fmt: skip


LATEST: dict[str, tuple[list[ClaimRow], tuple[object, ...], tuple[int, ...], str]] = {
    "the last": ([dated("A", 9), dated("B", 5, "2019-05")], (9, 9, 9, False, 9), (), "the last to be stated (A and B)"),
    "two of one day": (
        [dated("A", 9), dated("B", 5)],
        *(NONE, (5, 9), "5 and 9 were stated on the same last day"),
    ),
    "agreed": ([dated("A", 9), dated("B", 9)], (9, 9, 9, False, 9), (), "the last to be stated (A and B)"),
    "undated": ([claim("u", 9, 9), dated("B", 5, "1990")], (5, 5, 5, False, 5), (), "the last to be stated (B)"),
    "the attacker too": ([dated("A", 9, attacker=True)], (9, 9, 9, False, 9), (), "the last to be stated (A)"),
    "a range": (
        [claim("r", 20, 30, "R", stated_on="2019-06"), dated("B", 5)],
        *((20, None, 30, False, 30), (), "the last to be stated, which is a range (R)"),
    ),
    "a number beside a range": (
        [claim("r", 20, 30, "R", stated_on="2019-05-31"), dated("B", 5)],
        *((5, 5, 5, False, 5), (), "the last to be stated (B)"),
    ),
    "only bounds": ([claim("o", 20, None, stated_on="2019")], NONE, (), "no figure is dated"),
}
LATEST["the last"] = ([dated("A", 9), dated("B", 5, "2019-04")], (9, 9, 9, False, 9), (), "the last to be stated (A)")


@pytest.mark.parametrize(("claims", "expected", "ties", "why"), LATEST.values(), ids=LATEST)
def test_latest(claims: list[ClaimRow], expected: tuple[object, ...], ties: tuple[int, ...], why: str) -> None:
    outcome = decide(claims, "latest")
    assert (bounds(outcome), outcome.ties, outcome.why) == (expected, ties, why)


# --- voices: majority, corroborated, ibc -----------------------------------------------------------------------------

VOICES: dict[str, tuple[list[dict[str, Any]], int]] = {
    "two claimants": ([{}, {}], 2),
    "one claimant twice": ([{"claimant_key": "a"}, {"claimant_key": "a"}], 1),
    "a part and its whole": ([{"claimant_above": ("c1",)}, {}], 1),
    "two parts of one whole": ([{"claimant_above": ("w", "x")}, {"claimant_above": ("x",)}], 1),
    "derived": ([{"derived_from": ("k1",)}, {}], 1),
    "derived in a circle": ([{"derived_from": ("k1",)}, {"derived_from": ("k0",)}, {}], 2),
    "derived from one that is not there": ([{"derived_from": ("z",)}, {"derived_from": ("z",)}], 1),
    "drawn from both: the two that it is drawn from": ([{}, {}, {"derived_from": ("k0", "k1")}], 2),
    "drawn from both, and from the one of them": (
        [{"derived_from": ("x", "y")}, {"derived_from": ("x",)}, {"derived_from": ("y",)}],
        2,
    ),
    "between two wholes": (
        [{"claimant_above": ("w",)}, {"claimant_above": ("w", "x")}, {"claimant_above": ("x",)}],
        2,
    ),
}


def stating_five(givens: list[dict[str, Any]]) -> list[ClaimRow]:
    stakes = ["own_side", "third_party", "adversary"]
    return [
        claim(f"k{number}", 5, 5, f"C{number}", **({"claimant_key": f"c{number}", "stake": stakes[number]} | given))
        for number, given in enumerate(givens)
    ]


@pytest.mark.parametrize(("givens", "expected"), VOICES.values(), ids=VOICES)
def test_voices(givens: list[dict[str, Any]], expected: int) -> None:
    claims = stating_five(givens)
    origins = find_origins({each.key: each.derived_from for each in claims})
    assert len(independent(claims, origins)) == len(independent(claims[::-1], origins)) == expected
    assert decide(claims, "majority").why == f"{expected} voice{'s state' if expected > 1 else ' states'} it"
    assert decide(claims, "ibc", k=str(expected)).pending is False
    assert decide(claims, "ibc", k=str(expected + 1)).pending is True
    assert decide(claims, "corroborated").pending is (expected < 2)


STAKES = {
    "different": (["own_side", "third_party"], 5),
    "the same": (["third_party", "third_party"], None),
    "one unknown": (["own_side", "unknown"], None),
    "two known among three": (["own_side", "unknown", "adversary"], 5),
}


@pytest.mark.parametrize(("stakes", "best"), STAKES.values(), ids=STAKES)
def test_corroborated_needs_different_stakes(stakes: list[str], best: int | None) -> None:
    claims = stating_five([{"stake": stake} for stake in stakes])
    assert decide(claims, "corroborated").best == best


def test_the_stakes_have_to_differ_among_those_that_are_independent() -> None:
    """Two of one side, and an observer who draws on both: that is no third voice."""
    drawn = stating_five([{"stake": "own_side"}, {"stake": "own_side"}, {"derived_from": ("k0", "k1")}])
    assert decide(drawn, "corroborated").pending
    of_one = stating_five([{"stake": "own_side"}, {"stake": "own_side"}, {"derived_from": ("k0",)}])
    assert decide(of_one, "corroborated").best == 5
    assert decide(of_one, "corroborated", k="3").pending


def test_corroborated_by_one_is_whatever_one_states() -> None:
    assert decide([claim("a", 5, 5)], "corroborated", k="1").why == "stated by one claimant (Government of Mali)"
    assert decide([claim("a", 5, 5), claim("b", 6, 6, "B")], "corroborated", k="1").ties == (5, 6)


def test_reports_that_are_doubtful_or_vague_are_not_counted() -> None:
    claims = [claim("a", 5, 9, "A"), claim("b", 6, 6, "B", credibility=6), claim("c", None, None, "C")]
    assert (decide(claims, "ibc").pending, decide(claims, "ibc").why) == (
        *(True, "1 independent claimant reports it; 2 are needed"),
    )
    assert reasons(decide(claims, "ibc")) == {
        "a": "too few report it", "b": "doubtful", "c": "it names no number",
    }  # fmt: skip
    assert decide(claims[1:], "ibc", k="1").why == "nobody reports it; 1 is needed"


# --- priority --------------------------------------------------------------------------------------------------------


def test_a_name_on_the_list_means_the_actors_it_was_found_to_mean() -> None:
    chosen = choose_policy("priority", {"prefer": "x"})
    met = Chosen(chosen.policy, {"prefer": (Name.of("the UN mission", ["MINUSMA"]), Name("state"))})
    outcome = reconcile(met, SOLDIERS)
    assert (outcome.best, outcome.used) == (26, ("un",))
    assert outcome.why == "the UN mission is the first of the list who has a claim"
    assert reasons(outcome)["gov21"] == "the UN mission stands before it on the list"
    plain = Chosen(chosen.policy, {"prefer": ("fsd",)})
    assert reconcile(plain, SOLDIERS).used == ("fsd",)


def test_several_claims_of_the_first_are_ranged() -> None:
    claims = [claim("a", 5, 5), claim("b", 9, 9, claimant_actor="Mali"), claim("c", 1, 1, "C")]
    outcome = decide(claims, "priority", prefer="government of mali")
    assert (bounds(outcome), outcome.used) == ((5, None, 9, False, 9), ("a", "b"))


# --- estimates, and what no policy can make anything of --------------------------------------------------------------


@pytest.mark.parametrize("policy", [each.name for each in list_policies()])
def test_no_policy_chooses_among_recorders(policy: str) -> None:
    told = {"prefer": "state"} if policy == "priority" else {}
    ucdp = claim("u", 4, 9, "UCDP", basis="estimate", best=5, stake="recorder", claimant_kind="recorder")
    gtd = claim("g", 6, 6, "GTD", basis="estimate", stake="recorder", claimant_kind="recorder")
    one = decide([ucdp, *SOLDIERS], policy, Basis.ESTIMATES, **told)
    assert (bounds(one), one.why) == ((4, 5, 9, False, 9), "the estimate of UCDP, as it stands")
    several = decide([ucdp, gtd, *SOLDIERS], policy, Basis.ESTIMATES, **told)
    assert bounds(several) == (4, None, 9, False, 9)
    assert several.why == "the least and the greatest of several recorders' estimates"


NO_HELP: dict[str, list[ClaimRow]] = {
    "nothing": [],
    "all withdrawn": [claim(f"w{n}", n, n, withdrawn_on="2020-01-01", standing="withdrawn") for n in range(3)],
    "all superseded in a circle": [claim("a", 1, 1, superseded_by=("b",)), claim("b", 2, 2, superseded_by=("a",))],
    "all corrected in a circle": [claim("a", 1, 1, corrected_by=("b",)), claim("b", 2, 2, corrected_by=("a",))],
    "copies of each other, superseded": [
        claim("a", 1, 1, repeats=("b",), superseded_by=("b",)),
        claim("b", 2, 2, repeats=("a",), superseded_by=("x",)),
    ],
    "only vague": [claim("v", None, None, wording="a number of them", qualifier="vague")],
}


@pytest.mark.parametrize("claims", NO_HELP.values(), ids=NO_HELP)
@pytest.mark.parametrize("policy", [each.name for each in list_policies()])
def test_where_nothing_counts_no_policy_names_a_number(policy: str, claims: list[ClaimRow]) -> None:
    outcome = decide(claims, policy, **({"prefer": "state"} if policy == "priority" else {}))
    assert (bounds(outcome), outcome.ties, outcome.used) == (NONE, (), ())
    assert set(reasons(outcome)) == {each.key for each in claims}
    assert outcome.why


def test_a_tie_everywhere() -> None:
    claims = [
        claim(f"k{number}", number, number, f"C{number}", stated_on="2019-03-18", stake=stake)
        for number, stake in enumerate(["own_side", "third_party"] * 3)
    ]
    assert decide(claims, "majority").why == "6 numbers tie, 1 voice each"
    assert decide(claims, "majority", tie="recent").why == (
        "6 numbers tie, 1 voice each; none of them is the most recent"
    )
    assert decide(claims, "majority", tie="lowest").best == 0
    assert decide(claims, "latest").ties == (0, 1, 2, 3, 4, 5)
    assert decide(claims, "gtd").best == 0
    assert decide(claims, "ucdp").best == 1


# --- ten thousand claims ---------------------------------------------------------------------------------------------

MANY = 10_000
STAKES_IN_TURN = ("own_side", "adversary")
SHAPES: dict[str, Any] = {
    "all different": lambda n: claim(f"k{n:05}", n, n, f"C{n}", stated_on="2019", stake=STAKES_IN_TURN[n % 2]),
    "all alike, of one whole": lambda n: claim(f"k{n:05}", 7, 7, f"C{n}", stated_on="2019", claimant_above=("whole",)),
    "each repeats the one before": lambda n: claim(f"k{n:05}", 7, 7, f"C{n}", repeats=(f"k{n - 1:05}",)),
    "each derives from the one before": lambda n: claim(f"k{n:05}", 7, 7, f"C{n}", derived_from=(f"k{n - 1:05}",)),
    "each corroborates the one before": lambda n: claim(f"k{n:05}", 7, 7, f"C{n}", corroborates=(f"k{n - 1:05}",)),
    "each superseded by the next": lambda n: claim(f"k{n:05}", n, n, superseded_by=(f"k{n + 1:05}",)),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_ten_thousand_claims_take_no_time(shape: Any) -> None:
    claims = [shape(number) for number in range(MANY)]
    began = process_time()
    for policy in list_policies():
        outcome = decide(claims, policy.name, **({"prefer": "ngo,state"} if policy.name == "priority" else {}))
        assert len(outcome.used) + len(outcome.set_aside) == MANY
        assert len(outcome.why) < 200
    assert process_time() - began < 20  # some 1.5 s; what is quadratic takes minutes
