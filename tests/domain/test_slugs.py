"""Slugs are proposed in one order, in ASCII, and never run out."""

from __future__ import annotations

import re
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.slugs import propose_slugs

PROPOSED: dict[str, tuple[str | None, str | None, str | None, list[str]]] = {
    "a day": ("Dioura", "Raid on Dioura", "2019-03-17", ["dioura-2019", "dioura-2019-03", "dioura-2019-03-17"]),
    "a month": ("Dioura", None, "2019-03", ["dioura-2019", "dioura-2019-03"]),
    "a year": ("Dioura", None, "2019", ["dioura-2019"]),
    "a decade": ("Dioura", None, "201X", ["dioura-2010"]),
    "a span": ("Dioura", None, "2019-03-17/2019-04-02", ["dioura-2019", "dioura-2019-03", "dioura-2019-03-17"]),
    "about then": ("Dioura", None, "2019-03~", ["dioura-2019", "dioura-2019-03"]),
    "an open beginning": ("Dioura", None, "../2019-03", ["dioura"]),
    "no date": ("Dioura", None, None, ["dioura"]),
    "no place": (None, "Raid on Dioura", "2019", ["raid-on-dioura-2019"]),
    "neither": (None, None, None, ["event"]),
    "no letters": ("???", "!!", "2019", ["event-2019"]),
    "490 BC": ("Marathon", None, "-0489-09-12", ["marathon-490bc", "marathon-490bc-09", "marathon-490bc-09-12"]),
    "1 BC": ("Rome", None, "0000", ["rome-1bc"]),
    "AD 9": ("Kalkriese", None, "0009", ["kalkriese-9"]),
    "before writing": ("Jebel Sahaba", None, "Y-11400", ["jebel-sahaba-11401bc"]),
    "far ahead": ("Nowhere", None, "Y12345", ["nowhere-12345"]),
    "accents": ("Ténenkou", None, "2020", ["tenenkou-2020"]),
    "apostrophes": ("N'Djamena", None, "2020", ["ndjamena-2020"]),
    "Cyrillic": ("Дебальцево", None, "2015", ["debaltsevo-2015"]),
    "Arabic": ("كوفا", None, "2015", ["kwf-2015"]),
}


@pytest.mark.parametrize(("place", "name", "date", "slugs"), PROPOSED.values(), ids=PROPOSED)
def test_slugs_in_order(place: str | None, name: str | None, date: str | None, slugs: list[str]) -> None:
    proposed = list(propose_slugs(place, name, parse_edtf(date) if date else None, "key"))
    assert proposed[: len(slugs)] == slugs
    assert all(re.fullmatch(f"{slugs[-1]}-[a-z2-7]{{4}}", each) for each in proposed[len(slugs) :])
    assert len(proposed) > len(slugs)


def test_the_hash_is_of_the_key() -> None:
    first, second, again = (list(propose_slugs("Dioura", None, None, key)) for key in ("a", "b", "a"))
    assert first == again
    assert set(first) & set(second) == {"dioura"}


@given(st.none() | st.text(max_size=20), st.none() | st.text(max_size=20), st.text())
def test_a_slug_is_ascii_words_joined_by_hyphens(place: str | None, name: str | None, key: str) -> None:
    for slug in islice(propose_slugs(place, name, parse_edtf("2019-03-17"), key), 6):
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)
