"""When two descriptions cannot be of one event."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.domain.distance import km_between
from conflictdb.domain.matching import WhereAndWhen, why_not_same

DIOURA = WhereAndWhen(737_135, 737_135, "Dioura", "MLI", 14.8253, -5.2514)
ELSEWHERE = "its place is {}, not {} (if that is another name of it, give its coordinates)"

SAME = {
    "itself": DIOURA,
    "nothing is said": WhereAndWhen(),
    "a month later": replace(DIOURA, first_day=737_166, last_day=737_166),
    "a month earlier": replace(DIOURA, first_day=737_104, last_day=737_104),
    "within an open span": replace(DIOURA, first_day=None, last_day=737_999),
    "the year": replace(DIOURA, first_day=737_060, last_day=737_424),
    "another spelling": replace(DIOURA, place="Diourra", latitude=None, longitude=None),
    "other accents": replace(DIOURA, place="Dïoura", latitude=None, longitude=None),
    "another name, near": replace(DIOURA, place="Camp of the 11th", latitude=14.9, longitude=-5.3),
    "no country": replace(DIOURA, country=None),
    "no coordinates, same name": replace(DIOURA, latitude=None, longitude=None),
}
DIFFERENT = {
    "a day past a month": (replace(DIOURA, first_day=737_167, last_day=737_167), "its date is 32 days away"),
    "a year earlier": (replace(DIOURA, first_day=736_770, last_day=736_770), "its date is 365 days away"),
    "before the common era": (replace(DIOURA, first_day=-178_000, last_day=-178_000), "its date is 915135 days away"),
    "another country": (replace(DIOURA, country="NER"), "its country is MLI, not NER"),
    "far away": (replace(DIOURA, latitude=16.77, longitude=-3.0), "its place is 324 km away"),
    "another name": (
        replace(DIOURA, place="Timbuktu", latitude=None, longitude=None),
        ELSEWHERE.format("Dioura", "Timbuktu"),
    ),
}


@pytest.mark.parametrize("stated", SAME.values(), ids=SAME)
def test_it_may_be_the_same(stated: WhereAndWhen) -> None:
    assert why_not_same(DIOURA, stated) is None
    assert why_not_same(stated, DIOURA) is None


@pytest.mark.parametrize(("stated", "why"), DIFFERENT.values(), ids=DIFFERENT)
def test_it_cannot_be_the_same(stated: WhereAndWhen, why: str) -> None:
    assert why_not_same(DIOURA, stated) == why
    assert why_not_same(stated, DIOURA) is not None


latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
days = st.none() | st.integers(-200_000, 800_000)
described = st.builds(
    lambda first, length, place, country, point: WhereAndWhen(
        first, first and first + length, place, country, *(point or (None, None))
    ),
    days, st.integers(0, 40), st.none() | st.text(max_size=8), st.sampled_from([None, "MLI", "NER"]),
    st.none() | st.tuples(latitudes, longitudes),
)  # fmt: skip


@given(described, described)
def test_the_question_has_no_direction(one: WhereAndWhen, other: WhereAndWhen) -> None:
    assert why_not_same(one, one) is None
    assert (why_not_same(one, other) is None) == (why_not_same(other, one) is None)


@given(latitudes, longitudes, latitudes, longitudes)
def test_distances(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> None:
    km = km_between(latitude, longitude, other_latitude, other_longitude)
    assert 0 <= km <= 20_016
    assert km == pytest.approx(km_between(other_latitude, other_longitude, latitude, longitude), abs=1e-3)


def test_a_quarter_of_the_way_round() -> None:
    assert km_between(90, 0, 0, 77) == pytest.approx(10_007.6, abs=0.1)
