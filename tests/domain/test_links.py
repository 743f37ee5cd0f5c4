"""Supersession by stated date, and circles."""

from __future__ import annotations

from itertools import pairwise, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.domain.links import Dated, find_cycle, superseded_by_date


def at(id: int, first: int | None, last: int | None = None, series: str = "s", **values: bool) -> Dated:
    """Return a claim stated on a day, or between two."""
    return Dated(id, series, first, first if last is None else last, **values)


CASES: dict[str, tuple[list[Dated], list[tuple[int, int]]]] = {
    "nothing": ([], []),
    "one": ([at(1, 18)], []),
    "a revision": ([at(1, 18), at(2, 21)], [(2, 1)]),
    "a chain: each replaces the one before": ([at(1, 18), at(2, 21), at(3, 25)], [(2, 1), (3, 2)]),
    "on one day": ([at(1, 18), at(2, 18)], []),
    "two of one day are both replaced": ([at(1, 18), at(2, 18), at(3, 21)], [(3, 1), (3, 2)]),
    "undated": ([at(1, None), at(2, 21), at(3, None)], []),
    "other series": ([at(1, 18), at(2, 21, series="t")], []),
    "a month and a day within it": ([at(1, 1, 31), at(2, 18)], []),
    "a month, a day within it, a later day": ([at(1, 1, 31), at(2, 18), at(3, 40)], [(3, 1), (3, 2)]),
    "a later month": ([at(1, 1, 31), at(2, 32, 59)], [(2, 1)]),
    "the document says what it supersedes": ([at(1, 18), at(2, 21, by_date=False)], []),
    "one that stands apart is replaced": ([at(1, 18, by_date=False), at(2, 21)], [(2, 1)]),
    "one that stands apart hides nothing": ([at(1, 18), at(2, 19, by_date=False), at(3, 21)], [(3, 1), (3, 2)]),
    "a vague one replaces no figure": ([at(1, 18), at(2, 21, vague=True)], []),
    "a vague one is replaced": ([at(1, 18, vague=True), at(2, 21)], [(2, 1)]),
    "a vague one hides no figure": ([at(1, 18), at(2, 19, vague=True), at(3, 21)], [(3, 1), (3, 2)]),
    "before the common era": ([at(1, -400), at(2, -300)], [(2, 1)]),
}


@pytest.mark.parametrize(("claims", "pairs"), CASES.values(), ids=CASES)
def test_superseded_by_date(claims: list[Dated], pairs: list[tuple[int, int]]) -> None:
    for order in permutations(claims):
        assert superseded_by_date(order) == pairs


spans = st.tuples(st.integers(0, 30), st.integers(0, 5)).map(lambda pair: (pair[0], sum(pair)))
claims_of_series = st.lists(
    st.tuples(st.none() | spans, st.sampled_from("st"), st.booleans(), st.booleans()), max_size=8
).map(lambda rows: [Dated(n, s, *(span or (None, None)), b, v) for n, (span, s, b, v) in enumerate(rows)])


@given(claims_of_series, st.randoms())
def test_supersession_is_by_date_alone(claims: list[Dated], random: Random) -> None:
    pairs = superseded_by_date(claims)
    shuffled = random.sample(claims, len(claims))
    assert superseded_by_date(shuffled) == pairs
    by_id = {claim.id: claim for claim in claims}
    for later, earlier in pairs:
        assert by_id[earlier].last_day < by_id[later].first_day  # type: ignore[operator]
        assert by_id[earlier].series == by_id[later].series
        assert by_id[later].by_date and not by_id[later].vague
    assert find_cycle(pairs) == ()
    superseded = {earlier for _, earlier in pairs}
    for claim in claims:
        later = [
            other for other in claims
            if other.series == claim.series and other.by_date and not other.vague
            and None not in (claim.last_day, other.first_day) and claim.last_day < other.first_day  # type: ignore[operator]
        ]  # fmt: skip
        assert (claim.id in superseded) is bool(later)


CIRCLES: dict[str, tuple[list[tuple[str, str]], set[str]]] = {
    "none": ([], set()),
    "a chain": ([("c", "b"), ("b", "a")], set()),
    "a diamond": ([("d", "b"), ("d", "c"), ("b", "a"), ("c", "a")], set()),
    "twice the same": ([("b", "a"), ("b", "a")], set()),
    "itself": ([("a", "a")], {"a"}),
    "two": ([("a", "b"), ("b", "a")], {"a", "b"}),
    "three, beside a chain": ([("x", "y"), ("a", "b"), ("b", "c"), ("c", "a"), ("c", "x")], {"a", "b", "c"}),
}


@pytest.mark.parametrize(("edges", "around"), CIRCLES.values(), ids=CIRCLES)
def test_find_cycle(edges: list[tuple[str, str]], around: set[str]) -> None:
    circle = find_cycle(edges)
    assert set(circle) == around
    if circle:
        assert circle[0] == circle[-1]
        assert all(step in edges for step in pairwise(circle))
