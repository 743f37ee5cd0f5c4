"""What holds of every policy, whatever is claimed."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from policy_claims import bounds, claim, decide

from conflictdb.domain.policies.evidence import point
from conflictdb.domain.policies.outcome import Outcome
from conflictdb.domain.rows import ClaimRow
from conflictdb.domain.vocabulary import Basis
from conflictdb.policies import list_policies

TOLD = {"priority": {"prefer": "B,state,recorder"}, "corroborated": {"k": "2"}, "majority": {"tie": "recent"}}
WORDS = {"dozens": 12, "hundreds": 100, "several": 3, "a cache": 0}

policies = st.sampled_from([(each.name, TOLD.get(each.name, {})) for each in list_policies()] + [("majority", {})])
bases = st.sampled_from(Basis)
keys = st.sampled_from("abcdefgh")
numbers = st.integers(0, 6)
figures = st.one_of(
    st.sampled_from([*WORDS]).map(lambda word: {"lower": None, "upper": None, "qualifier": "vague", "wording": word}),
    numbers.map(lambda n: {"lower": n, "upper": None, "qualifier": "at_least"}),
    numbers.map(lambda n: {"lower": None, "upper": n, "qualifier": "at_most"}),
    st.tuples(numbers, numbers).map(lambda pair: {"lower": min(pair), "upper": max(pair), "qualifier": "range"}),
    *[numbers.map(lambda n: {"lower": n, "upper": n, "qualifier": "exact"})] * 3,
)
graded = st.fixed_dictionaries(
    {
        "stated_on": st.sampled_from([None, "2019-03-18", "2019-03-21", "2019-03"]),
        "status": st.sampled_from([None, "provisional", "revised", "final"]),
        "reliability": st.sampled_from([None, None, "A", "E"]),
        "credibility": st.sampled_from([None, None, 1, 6]),
        "unreasonable": st.sampled_from([None, None, None, "too many"]),
        "attacker": st.booleans(),
        "claimant_above": st.sampled_from([(), (), ("A",), ("W",), ("W", "X"), ("X",)]),
    }
)
ends = st.sampled_from([{}, {}, {}, {"superseded_by": "."}, {"corrected_by": "."}, {"retracted_by": "."},
                        {"withdrawn_on": "2020-01-01", "standing": "withdrawn"}])  # fmt: skip


@st.composite
def measures(draw: st.DrawFn) -> list[ClaimRow]:
    """Draw claims about one measure, with links between them of all kinds, in circles too."""
    names = draw(st.lists(keys, unique=True))
    return [draw(_claims(key, [each for each in names if each != key])) for key in names]


@st.composite
def _claims(draw: st.DrawFn, key: str, others: list[str]) -> ClaimRow:
    links = st.lists(st.sampled_from([*others, "z"]), max_size=2, unique=True).map(tuple)
    some = st.one_of(st.just(()), st.just(()), links)
    said: dict[str, Any] = draw(figures) | draw(graded)
    said |= {name: draw(some) for name in ("corroborates", "corroborated_by", "derived_from", "repeats", "same_as")}
    said |= {name: (draw(links) or ("z",)) if value == "." else value for name, value in draw(ends).items()}
    if draw(st.integers(0, 4)) == 0:
        whole = {"basis": "estimate", "claimant_kind": "recorder", "stake": "recorder", "best": draw(numbers)}
        return claim(key, said.pop("lower"), said.pop("upper"), draw(st.sampled_from(["UCDP", "GTD"])), **said | whole)
    stakes = st.sampled_from(["own_side", "adversary", "third_party", "party", "unknown"])
    said["stake"] = draw(stakes)
    return claim(key, said.pop("lower"), said.pop("upper"), draw(st.sampled_from("ABCD")), **said)


Chosen = tuple[str, dict[str, str]]


def made(claims: list[ClaimRow], chosen: Chosen, basis: Basis) -> Outcome:
    policy, told = chosen
    return decide(claims, policy, basis, **told)


@given(measures(), policies, bases, st.randoms())
def test_order_and_duplicates_never_matter(
    claims: list[ClaimRow], chosen: Chosen, basis: Basis, random: Random
) -> None:
    doubled = random.sample([*claims, *claims], 2 * len(claims))
    assert made(doubled, chosen, basis) == made(claims, chosen, basis)


@given(measures(), policies, bases)
def test_every_claim_is_either_used_or_set_aside_with_a_reason(
    claims: list[ClaimRow], chosen: Chosen, basis: Basis
) -> None:
    outcome = made(claims, chosen, basis)
    told = [*outcome.used, *(each.key for each in outcome.set_aside)]
    assert sorted(told) == sorted(each.key for each in claims)
    assert all(each.reason and "None" not in each.reason for each in outcome.set_aside)
    assert outcome.why and "None" not in outcome.why
    assert outcome.used == tuple(sorted(outcome.used))


@given(measures(), policies, bases, st.data())
def test_a_copy_changes_nothing(claims: list[ClaimRow], chosen: Chosen, basis: Basis, data: st.DataObject) -> None:
    """Whoever repeats a claim, whenever, and whatever figure the copy garbles it to."""
    origins = [each for each in claims if not (each.repeats or each.same_as)]
    if not origins:
        return
    origin = data.draw(st.sampled_from(origins))
    others = [key for each in claims if each.key != origin.key for key in each.same_as]
    if origin.key in others or (
        basis is not Basis.BOTH and origin.basis != ("claim", "estimate")[basis == "estimates"]
    ):
        return
    copy = replace(
        data.draw(_claims("copy", [])), basis=origin.basis, repeats=(origin.key,), same_as=(), corroborates=(),
        corroborated_by=(), derived_from=(),
    )  # fmt: skip
    before, after = made(claims, chosen, basis), made([*claims, copy], chosen, basis)
    assert (bounds(after), after.used, after.ties, after.why, after.pending) == (
        *(bounds(before), before.used, before.ties, before.why, before.pending),
    )


@given(measures(), policies, bases)
def test_a_number_is_one_that_somebody_stated(claims: list[ClaimRow], chosen: Chosen, basis: Basis) -> None:
    """But for ACLED's words; a best is a number that stands alone, never one end of a range."""
    outcome = made(claims, chosen, basis)
    words = {number for word, number in WORDS.items()} if chosen[0] == "acled" else set()
    used = [each for each in claims if each.key in outcome.used]
    named = {point(each) for each in used}
    stated = {value for each in used for value in (each.lower, each.upper, each.best)}
    assert outcome.best is None or outcome.best in named | words
    for value in (outcome.low, outcome.high, outcome.highest_stated):
        assert value is None or value in stated | words
    assert set(outcome.ties) <= named


@given(measures(), policies, bases)
def test_low_best_and_high_stand_in_order(claims: list[ClaimRow], chosen: Chosen, basis: Basis) -> None:
    outcome = made(claims, chosen, basis)
    if basis is not Basis.ESTIMATES:  # a recorder's own best may lie outside its bounds
        ordered = [value for value in (outcome.low, outcome.best, outcome.high) if value is not None]
        assert ordered == sorted(ordered)
    if outcome.open:
        assert outcome.high is None and outcome.highest_stated is not None
    elif basis is not Basis.ESTIMATES:
        assert outcome.high == outcome.highest_stated
    if outcome.ties or outcome.pending:
        assert bounds(outcome) == (None, None, None, False, None)
    assert len(outcome.ties) != 1


@given(measures(), bases)
def test_a_range_holds_all_that_it_uses(claims: list[ClaimRow], basis: Basis) -> None:
    outcome = decide(claims, "range", Basis.BOTH if basis is Basis.ESTIMATES else basis)
    used = [each for each in claims if each.key in outcome.used]
    assert outcome.low == min((each.lower for each in used if each.lower is not None), default=None)
    stated = [value for each in used for value in (each.lower, each.upper, each.best) if value is not None]
    assert outcome.highest_stated == max(stated, default=None)
    assert outcome.open == any(each.upper is None for each in used)
    assert outcome.best is None


@given(measures(), policies)
def test_what_is_set_aside_for_good_may_as_well_not_be_there(claims: list[ClaimRow], chosen: Chosen) -> None:
    """The claims that no policy sees change no number: withdrawn, superseded, corrected, of another basis."""
    if any(each.repeats or each.same_as or each.derived_from for each in claims):
        return  # groups and origins lead through them
    gone = ("superseded_by", "corrected_by", "retracted_by", "withdrawn_on")
    left = [each for each in claims if each.basis == "claim" and not any(getattr(each, name) for name in gone)]
    assert bounds(made(left, chosen, Basis.CLAIMS)) == bounds(made(claims, chosen, Basis.CLAIMS))
