from __future__ import annotations

from typing import Any

import pytest
from render_rows import ARMY, GOVERNMENT, MACINA, claim, dioura, estimate, event

from conflictdb.render.links import forward_words, link_words, standing_words
from conflictdb.render.words import (
    date_words,
    estimate_words,
    event_date_words,
    event_type_words,
    figure_alone,
    figure_words,
    measure_words,
    place_words,
    stake_words,
    subject_words,
    what_words,
)

THINGS = {"metric": "materiel", "item": "vehicle", "fate": "destroyed"}
VAGUE = {"lower": None, "upper": None, "qualifier": "vague"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "26"),
        ({"lower": 21, "upper": None, "qualifier": "more_than"}, "over 20"),
        ({"lower": 20, "upper": None, "qualifier": "at_least"}, "20 or more"),
        ({"lower": None, "upper": 50, "qualifier": "at_most"}, "up to 50"),
        ({"lower": 30, "upper": 40, "qualifier": "range"}, "30–40"),
        ({"lower": 1200, "upper": 1200, "qualifier": "approximate"}, "~1,200"),
        ({"lower": 0, "upper": 0, "wording": "no Malian troops taken prisoner"}, "none"),
        ({"lower": 0, "upper": 0, "qualifier": "zero_or_unknown"}, "0 or unknown"),
        ({**VAGUE, "wording": "Several dozen jihadists launched the attack"}, "several dozen"),
        ({**VAGUE, "wording": "Dozens"}, "dozens"),
        ({**VAGUE, "wording": None}, "some"),
        ({**VAGUE, "wording": "heavy losses among the men of the third column"}, "heavy losses among the…"),
        ({"lower": 4, "upper": 9, "best": 5}, "5 (4–9)"),
        ({"lower": 5, "upper": 5, "best": 5}, "5"),
        ({"lower": 4, "upper": None, "best": 5}, "5 (4 or more)"),
        ({"lower": None, "upper": None, "best": 5}, "5"),
        ({"lower": 8, "upper": 8, **THINGS, "wording": "eight vehicles burned"}, "8 vehicles burned"),
        ({"lower": 8, "upper": 8, **THINGS, "wording": "eight vehicles, burned or not, " * 3}, "8 vehicles destroyed"),
        ({"lower": 1, "upper": 1, **THINGS, "wording": None}, "1 vehicle destroyed"),
        ({"lower": 2, "upper": 2, **THINGS, "group": "tank trucks", "wording": "x"}, "2 tank trucks destroyed"),
        ({"lower": 2, "upper": 2, **THINGS, "item": "aircraft", "wording": "2 shot down"}, "2 aircraft shot down"),
        ({**VAGUE, **THINGS, "item": "weapon", "wording": "a cache of weapons"}, "a cache of weapons destroyed"),
        ({**VAGUE, **THINGS, "wording": "tank trucks"}, "some vehicles destroyed"),
        ({"kind": "strength", **VAGUE, **THINGS, "fate": "present", "wording": "pickups"}, "some vehicles"),
        ({"kind": "commander", "metric": None, "person": "Ba Ag Moussa", "rank": "Col.", "fate": "killed"},
         "Col. Ba Ag Moussa, killed"),
        ({"kind": "attribute", "metric": None, "attribute": "result", "value": "JNIM victory"}, "JNIM victory"),
    ],
)  # fmt: skip
def test_figure(given: dict[str, Any], expected: str) -> None:
    assert figure_words(claim(**given)) == expected


@pytest.mark.parametrize(
    ("given", "what", "figure"),
    [
        ({}, "killed", "26"),
        ({"group": "officers"}, "officers killed", "26"),
        ({**THINGS, "wording": "26 burned"}, "vehicles burned", "26"),
        ({"kind": "strength", "metric": "persons"}, "strength", "26"),
        ({"kind": "commander", "metric": None, "person": "Koufa"}, "led by Koufa", ""),
        ({"kind": "attribute", "metric": None, "attribute": "time_zone", "value": "UTC"}, "time zone: UTC", ""),
    ],
)
def test_what_a_claim_says_beside_its_figure(given: dict[str, Any], what: str, figure: str) -> None:
    assert (what_words(claim(**given)), figure_alone(claim(**given))) == (what, figure)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"low": 21, "high": 30}, "21 to 30"),
        ({"low": 3, "high": 3}, "3"),
        ({"low": 0, "high": 0}, "0"),
        ({"low": None, "high": 0}, "0"),
        ({"low": 21, "open": True, "highest_stated": 30}, "21 to 30 or more"),
        ({"low": 20, "open": True}, "20 or more"),
        ({"low": 20, "open": True, "highest_stated": 20}, "20 or more"),
        ({"low": None, "high": 50}, "up to 50"),
        ({"low": None, "high": None}, "not stated"),
        ({"low": 21, "high": 30, "best": 26}, "26 (21 to 30)"),
        ({"low": 26, "high": 26, "best": 26}, "26"),
        ({"low": None, "high": None, "best": 26}, "26"),
        ({"low": None, "high": None, "ties": (26, 21)}, "none: 21 and 26 tie"),
        ({"low": 1200, "high": None, "open": True, "highest_stated": 3400}, "1,200 to 3,400 or more"),
    ],
)
def test_estimate(given: dict[str, Any], expected: str) -> None:
    assert estimate_words(estimate(**given)) == expected


def test_short_words() -> None:
    stakes = ("own_side", "adversary", "third_party", "party", "recorder", "unknown")
    assert [stake_words(claim(stake=stake)) for stake in stakes] == [
        "own side", "adversary", "third party", "party", "recorder", "unknown stake",
    ]  # fmt: skip
    assert stake_words(claim(stake="recorder", basis="estimate")) == "estimate"
    assert [date_words(date) for date in ("2019-03-21", "2019-03", None, "no date")] == [
        "21 Mar 2019", "Mar 2019", "undated", "no date",
    ]  # fmt: skip
    assert measure_words(estimate(metric="materiel", item="vehicle", fate="captured")) == "vehicles captured"
    assert [subject_words(claim(subject_kind=kind, subject=name)) for kind, name in (
        ("combatant", ARMY), ("total", "total"), ("side", None), ("civilians", "civilians"),
    )] == [ARMY, "event total", "side 1", "civilians"]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "17 March 2019, from about 06:00 local"),
        ({"end_time": "~16:00"}, "17 March 2019, from about 06:00 to about 16:00 local"),
        ({"start_time": None, "end_time": "16:00"}, "17 March 2019, to 16:00 local"),
        ({"start_time": None, "date": "2019-03-17/2019-03-18"}, "17–18 March 2019"),
        ({"start_time": None, "date": None}, "undated"),
    ],
)
def test_event_date(given: dict[str, Any], expected: str) -> None:
    assert event_date_words(event(**given)) == expected


def test_event_place_and_type() -> None:
    assert place_words(event()) == "Dioura, Mopti Region, Mali"
    assert place_words(event(place=None, admin1=None, country_name=None)) == "MLI"
    assert place_words(event(place="Mali", admin1=None)) == "Mali"
    assert event_type_words(event()) == "Battle, raid"
    assert event_type_words(event(type="violence_against_civilians", subtype=None)) == "Violence against civilians"


def test_links_name_a_claim_by_figure_and_date_or_by_claimant() -> None:
    by_key = {each.key: each for each in dioura().claims}
    assert link_words(by_key["gov26"], by_key) == ["supersedes 23 of 18 Mar"]
    assert link_words(by_key["un26"], by_key) == ["corroborates Government of Mali"]
    assert link_words(by_key["gov23"], by_key) == ["superseded by 26 of 21 Mar"]
    assert standing_words(by_key["gov23"]) == ["provisional", "superseded"]
    assert forward_words(by_key["gov23"], by_key) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"contradicts": ("gov23",)}, ["contradicts 23 of Government of Mali"]),
        ({"contradicts": ("gov17",)}, ["contradicts 17 of 18 Mar"]),
        ({"contradicts": ("jnim3",), "claimant": "Mali"}, ["contradicts JNIM"]),
        ({"derived_from": ("elsewhere",), "corrects": ("hidden",)}, []),
        ({"supersedes": ("undated", "undated")}, ["supersedes 8"]),
        (
            {"repeats": ("mil21",), "part_of": "gov26"},
            ["part of 26 of Government of Mali", "repeats a military source"],
        ),
        ({"withdrawn_on": "2019-04-01", "corrected_by": ("l2",)}, ["corrected by JNIM", "withdrawn on 1 Apr 2019"]),
        ({"supersedes": ("old",)}, ["supersedes 9 of 31 Dec 2018"]),
        ({"supersedes": ("undated",)}, ["supersedes 8"]),
    ],
)
def test_links(given: dict[str, Any], expected: list[str]) -> None:
    by_key = {each.key: each for each in dioura().claims} | {
        "old": claim("old", 9, 9, claimant="Chad", stated_on="2018-12-31", subject=MACINA),
        "undated": claim("undated", 8, 8, claimant="Chad", subject=MACINA),
    }
    claimant = given.get("claimant") or (GOVERNMENT if given.get("contradicts") == ("gov17",) else "Chad")
    said = claim("x", 5, 5, **{**given, "claimant": claimant, "stated_on": "2019-03-20"})
    assert link_words(said, by_key) == expected
