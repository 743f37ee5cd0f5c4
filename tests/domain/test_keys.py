"""Keys are made from content: the same in every database, whatever the order of rows."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.domain.keys import (
    claim_key,
    content_key,
    event_key,
    named_key,
    parse_spoken_key,
    place_key,
    spoken_key,
    unnamed_key,
)
from conflictdb.domain.records import ClaimRecord, PlaceRecord
from conflictdb.domain.vocabulary import Attribute, ClaimKind, Item, Metric, Qualifier

CLAIM = ClaimRecord(
    ClaimKind.CASUALTY, "Mali", "article", locator="p. 1", stated_on="2019-03-18", metric=Metric.KILLED,
    lower=23, upper=23, qualifier=Qualifier.EXACT,
)  # fmt: skip


def key_of(
    claim: ClaimRecord, event: str = "e", claimant: str = "mali", subject: str = "army", person: str = ""
) -> str:
    return claim_key(claim, event=event, claimant=claimant, subject=subject, person=person)


def test_keys_are_what_they_have_always_been() -> None:
    """A change here would make every claim of every database a new one."""
    assert content_key("claim", "a") == "dvzwmwn34n6t"
    assert key_of(CLAIM) == "dwcxj2bc6cd7"


OTHER_KEY = {
    "metric": replace(CLAIM, metric=Metric.WOUNDED),
    "group": replace(CLAIM, group="officers"),
    "source": replace(CLAIM, source="report"),
    "stated on": replace(CLAIM, stated_on="2019-03-21"),
    "locator": replace(CLAIM, locator="p. 2"),
    "kind": replace(CLAIM, kind=ClaimKind.STRENGTH),
    "item": replace(CLAIM, metric=Metric.MATERIEL, item=Item.VEHICLE, fate="destroyed"),
    "attribute": replace(CLAIM, metric=None, attribute=Attribute.RESULT),
    "id": replace(CLAIM, native_id="gov/killed"),
}
SAME_KEY = {
    "the figure": replace(CLAIM, lower=26, upper=None, best=26, qualifier=Qualifier.AT_LEAST),
    "the wording": replace(CLAIM, wording="23 killed", note="n", wording_language="en"),
    "reliability": replace(CLAIM, reliability="A", credibility=1),
    "the line": replace(CLAIM, where="claims.9.killed"),
    "a commander's fate": replace(CLAIM, metric=None, fate="killed"),
}


@pytest.mark.parametrize("claim", OTHER_KEY.values(), ids=OTHER_KEY)
def test_a_claim_about_something_else_has_another_key(claim: ClaimRecord) -> None:
    assert key_of(claim) != key_of(CLAIM)


@pytest.mark.parametrize("claim", SAME_KEY.values(), ids=SAME_KEY)
def test_what_is_not_in_the_key(claim: ClaimRecord) -> None:
    bare = replace(CLAIM, metric=None) if claim.metric is None else CLAIM
    assert key_of(claim) == key_of(bare)


def test_a_claim_of_another_event_claimant_or_subject_has_another_key() -> None:
    others = {key_of(CLAIM, event="f"), key_of(CLAIM, claimant="un"), key_of(CLAIM, subject="side 1")}
    assert len(others | {key_of(CLAIM)}) == 4
    assert key_of(CLAIM, person="koufa") != key_of(CLAIM)


def test_the_documents_own_id_stands_for_claimant_date_and_locator() -> None:
    given_id = replace(CLAIM, native_id="gov/killed")
    assert key_of(given_id) == key_of(
        replace(given_id, stated_on=None, locator=None), claimant="other", subject="other"
    )
    assert key_of(given_id) != key_of(replace(given_id, source="report"))


def test_names_however_written_are_one_key() -> None:
    assert len({named_key("actor", name) for name in ("Jama'at", "JAMAAT", "Jamâat")}) == 1
    assert named_key("actor", "???") != named_key("actor", "!!!")
    assert named_key("actor", "Mali") != named_key("person", "Mali")


def test_unnamed_actors_are_never_those_of_another_event_or_source() -> None:
    keys = {unnamed_key(*each) for each in [("Witnesses", "e", "s"), ("Witnesses", "f", "s"), ("Witnesses", "e", "t")]}
    assert len(keys) == 3
    assert unnamed_key("witnesses", "e", "s") in keys


def test_events_and_places() -> None:
    assert event_key("a", ["ucdp:1"]) == event_key("a")
    assert event_key("a", ["ucdp:1"], by_native_id=True) == event_key("b", ["ucdp:1"], by_native_id=True)
    assert event_key("a", [], by_native_id=True) == event_key("a")
    assert place_key(PlaceRecord("Dioura", source="x")) == place_key(PlaceRecord("Dioura", source="y"))
    assert place_key(PlaceRecord("Dioura")) != place_key(PlaceRecord("Dioura", latitude=1.0, longitude=1.0))


parts = st.lists(st.none() | st.integers() | st.text(), max_size=4)


@given(parts)
def test_a_key_is_twelve_letters_and_digits(values: list[object]) -> None:
    assert re.fullmatch("[a-z2-7]{12}", content_key(*values))
    assert content_key(*values) == content_key(*("" if each is None else each for each in values))


SPOKEN = {
    "abc": ("abc", None),
    "abc.2": ("abc", 2),
    " ABC.12 ": ("abc", 12),
    "abc.": ("abc", None),
    "abc.x": ("abc", None),
    "abc.²": ("abc", None),
    "abc.٣": ("abc", None),
    "": ("", None),
}


@pytest.mark.parametrize(("text", "parsed"), SPOKEN.items(), ids=map(ascii, SPOKEN))
def test_a_key_as_people_type_it(text: str, parsed: tuple[str, int | None]) -> None:
    assert parse_spoken_key(text) == parsed


@given(st.integers(1, 999))
def test_a_spoken_key_is_read_back(revision: int) -> None:
    assert parse_spoken_key(spoken_key("abc", revision)) == ("abc", None if revision == 1 else revision)
