"""How expectations are written, and when one holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.domain.expectations import (
    OPERATORS,
    WORDS,
    EventCount,
    Expectation,
    ExpectationError,
    found_value,
    holds,
    read_expectation,
)
from conflictdb.domain.rows import EstimateRow

PLAIN = Expectation("dioura-2019", "killed", "mali", "ucdp", "best", "==", 26)
THINGS = {"event": "x", "metric": "materiel", "item": "vehicle", "fate": "destroyed", "subject": "a", "policy": "range"}

READ: dict[str, tuple[object, list[Expectation | EventCount]]] = {
    "a text": ("dioura-2019 killed mali ucdp best == 26", [PLAIN]),
    "without spaces": ("dioura-2019 killed mali ucdp best==26", [PLAIN]),
    "as of a day": (
        "dioura-2019 killed mali ucdp best == 26 as-of 2019-05-31 undated",
        [replace(PLAIN, as_of="2019-05-31", undated=True)],
    ),
    "quotes": (
        'ucdp-ged:300380 killed "Malian Army" priority high <= 30 prefer "Government of Mali,un"',
        [
            Expectation("ucdp-ged:300380", "killed", "Malian Army", "priority", "high", "<=", 30,
                        told=(("prefer", "Government of Mali,un"),))
        ],
    ),
    "an open end": ("x killed side-1 range high == open basis both", [
        Expectation("x", "killed", "side-1", "range", "high", "==", "open", basis="both")
    ]),
    "yes": ("x killed total range open == YES", [Expectation("x", "killed", "total", "range", "open", "==", "yes")]),
    "what a policy is told": (
        "x killed a corroborated best != none k 3 tie lowest several 4",
        [Expectation("x", "killed", "a", "corroborated", "best", "!=", "none",
                     told=(("k", "3"), ("tie", "lowest"), ("several", "4")))],
    ),
    "a mapping": (
        {"event": "dioura-2019", "metric": "killed", "subject": "mali", "policy": "ucdp", "best": 26}, [PLAIN],
    ),
    "a mapping of several": (
        THINGS | {"low": 8, "high": {">=": 8, "<": 20}, "group": "tank trucks", "as_of": 2019, "undated": "yes",
                  "parameters": {"prefer": ["a", "b"], "k": 3}},
        [
            Expectation("x", "materiel", "a", "range", field, op, value, "vehicle", "destroyed", "tank trucks",
                        (("prefer", "a,b"), ("k", "3")), as_of="2019", undated=True)
            for field, op, value in (("low", "==", 8), ("high", ">=", 8), ("high", "<", 20))
        ],
    ),
    "yes as YAML has it": (
        THINGS | {"open": True, "highest_stated": "8"},
        [Expectation("x", "materiel", "a", "range", field, "==", value, "vehicle", "destroyed")
         for field, value in (("open", "yes"), ("highest", 8))],
    ),
    "a count": ({"events": {"query": "country:MLI", "count": 12}}, [EventCount("country:MLI", "==", 12)]),
    "a count of all": ({"events": {"query": "", "count": {">": 0}}}, [EventCount("", ">", 0)]),
}  # fmt: skip


@pytest.mark.parametrize(("stated", "expected"), READ.values(), ids=READ)
def test_expectations_are_read(stated: object, expected: list[object]) -> None:
    assert read_expectation(stated) == expected


MAPPING: dict[str, Any] = {"event": "x", "metric": "killed", "subject": "a", "policy": "range", "low": 1}
WRONG: dict[str, tuple[object, tuple[str, ...]]] = {
    "nothing": (None, ("it is a text, such as dioura-2019 killed mali ucdp best == 26, or a mapping",)),
    "no comparison": (
        "x killed a range low",
        ("nothing is compared; it is EVENT METRIC SUBJECT POLICY FIELD OP VALUE, e.g. dioura-2019 killed mali ucdp best"
         " == 26",),
    ),
    "one equals sign": (
        "x killed a range low = 1", ("= compares nothing; did you mean ==? it is one of: == != >= <= > <",),
    ),
    "a name without quotes": (
        "x killed Malian Army range low == 1",
        ("before == stand EVENT METRIC SUBJECT POLICY FIELD, not 6 words; a name with spaces stands in quotes",),
    ),
    "too little": (
        "x killed range low == 1", ("before == stand EVENT METRIC SUBJECT POLICY FIELD, not 4 words",),
    ),
    "no value": ("x killed a range low ==", ("after == stands the value that is expected",)),
    "an open quote": ('x killed "a range low == 1', ('a quote is opened and never closed: "a range low == 1',)),
    "an unknown field": (
        "x killed a range lo == 1",
        ("no field of an estimate is called 'lo'; did you mean low? known: low, best, high, open, highest, claims",),
    ),
    "an unknown metric": (
        "x kiled a range low == 1",
        ("no metric is called 'kiled'; did you mean killed? known: killed, wounded, missing, captured, deserted,"
         " displaced, casualties",),
    ),
    "things in a text": (
        "x vehicle a range low == 1", ("things are counted in a mapping: metric: materiel, with item and fate",),
    ),
    "a word too many": (
        "x killed a range low == 1 asof 2019",
        ("no word after the value is called 'asof'; did you mean as-of? known: as-of, undated, basis, k, tie, prefer,"
         " several",),
    ),
    "a word twice": ("x killed a range low == 1 k 2 k 3", ("k stands twice",)),
    "a word without more": ("x killed a range low == 1 as-of", ("nothing stands after as-of",)),
    "an open low": ("x killed a range low == open", ("low cannot be 'open': it is a whole number or none",)),
    "a count of none": ("x killed a range claims == none", ("claims cannot be 'none': it is a whole number",)),
    "a number for open": ("x killed a range open == 1", ("open cannot be '1': it is yes or no or none",)),
    "a fraction": (MAPPING | {"low": 1.5}, ("low cannot be 1.5: it is a whole number or none",)),
    "below nothing": ("x killed a range low == -1", ("low cannot be '-1': it is a whole number or none",)),
    "more than a word": ("x killed a range high >= open", (">= compares numbers; with open stands == or !=",)),
    "an unknown basis": (
        "x killed a range low == 1 basis claim",
        ("no basis is called 'claim'; did you mean claims? known: claims, estimates, both",),
    ),
    "several at once": (
        {"event": "x", "metrik": "killed", "policy": True, "subject": "a"},
        ("no field is called 'metrik'; did you mean metric? known: event, metric, subject, policy, item, fate, group,"
         " basis, as_of, parameters, undated, low, best, high, open, highest, claims, highest_stated",
         "metric is missing", "policy is a text, not True"),
    ),
    "nothing expected": (
        {name: value for name, value in MAPPING.items() if name != "low"},
        ("it expects nothing: give one of low, best, high, open, highest, claims",),
    ),
    "an empty field": (MAPPING | {"low": None}, ("low cannot be nothing: it is a whole number or none",)),
    "an empty comparison": (MAPPING | {"low": {}}, ("nothing stands after low",)),
    "an unknown comparison": (
        MAPPING | {"low": {"=>": 1}}, ("=> compares nothing; it is one of: == != >= <= > <",),
    ),
    "things of people": (
        MAPPING | {"item": "vehicle"}, ("killed counts people, and item would tell things apart",),
    ),
    "things of no kind": (
        MAPPING | {"metric": "materiel", "item": "vehicle"},
        ("of things, item and fate say which: item: vehicle, fate: destroyed",),
    ),
    "parameters as text": (MAPPING | {"parameters": "k 3"}, ("parameters is a mapping, such as {k: 3}",)),
    "a flag that is none": (MAPPING | {"undated": "maybe"}, ("undated is yes or no, not 'maybe'",)),
    "a count with more": (
        {"events": {"query": "x", "count": 1}, "policy": "range"},
        ('events is a mapping of its own: events: {query: "country:MLI", count: 12}',),
    ),
    "a count of nothing": (
        {"events": {"query": "x"}}, ('events is a mapping of its own: events: {query: "country:MLI", count: 12}',),
    ),
    "two counts": (
        {"events": {"query": "x", "count": {">": 1, "<": 3}}}, ("one count is expected of a query",),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("stated", "reasons"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said(stated: object, reasons: tuple[str, ...]) -> None:
    with pytest.raises(ExpectationError) as raised:
        read_expectation(stated)
    assert raised.value.reasons == reasons


def estimate(**given: Any) -> EstimateRow:
    blank = dict.fromkeys(EstimateRow.__dataclass_fields__) | {"used": (), "open": False}
    return EstimateRow(**(blank | given))


FOUND: dict[str, tuple[EstimateRow | None, tuple[object, ...]]] = {
    "nothing": (None, ("none", "none", "none", "none", "none", 0)),
    "closed": (
        estimate(low=21, best=26, high=30, highest_stated=30, used=("a", "b")), (21, 26, 30, "no", 30, 2),
    ),
    "open": (estimate(low=21, open=True, highest_stated=30, used=("a",)), (21, "none", "open", "yes", 30, 1)),
    "pending": (estimate(), ("none", "none", "none", "none", "none", 0)),
    "zero": (estimate(low=0, best=0, high=0, highest_stated=0, used=("a",)), (0, 0, 0, "no", 0, 1)),
}  # fmt: skip


@pytest.mark.parametrize(("row", "expected"), FOUND.values(), ids=FOUND)
def test_what_is_found(row: EstimateRow | None, expected: tuple[object, ...]) -> None:
    assert tuple(found_value(field, row) for field in WORDS) == expected


def test_only_numbers_are_more_or_less() -> None:
    assert [op for op in OPERATORS if holds(op, 26, 26)] == ["==", ">=", "<="]
    assert [op for op in OPERATORS if holds(op, "none", 26)] == ["!="]
    assert [op for op in OPERATORS if holds(op, "open", "open")] == ["=="]
    assert [op for op in OPERATORS if holds(op, "open", 26)] == ["!="]


@pytest.mark.parametrize(
    ("expectation", "text"),
    [
        (PLAIN, "dioura-2019 killed mali ucdp best"),
        (
            replace(PLAIN, subject="Malian Army", told=(("k", "3"),), basis="both", as_of="2019", undated=True),
            'dioura-2019 killed "Malian Army" ucdp best k 3 basis both as-of 2019 undated',
        ),
        (
            replace(PLAIN, metric="materiel", item="vehicle", fate="captured", group="tank trucks"),
            'dioura-2019 "tank trucks vehicle captured" mali ucdp best',
        ),
        (EventCount("country:MLI", "==", 1), "events country:MLI"),
        (EventCount("", "==", 1), "events"),
    ],
    ids=["plain", "whole", "things", "events", "all events"],
)
def test_an_expectation_as_a_text(expectation: object, text: str) -> None:
    assert str(expectation) == text


NAMES = st.text("abcXYZ-:é' ", min_size=1).map(str.strip).filter(bool)


@given(event=NAMES, subject=NAMES, value=st.integers(0, 10**6), day=st.sampled_from([None, "2019", "2019-03-21"]))
def test_a_text_is_read_back(event: str, subject: str, value: int, day: str | None) -> None:
    stated = Expectation(event, "killed", subject, "range", "low", ">=", value, as_of=day, told=(("k", "2"),))
    text = f'"{event}" killed "{subject}" range low >= {value} k 2' + (f" as-of {day}" if day else "")
    assert read_expectation(text) == [stated]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: (
    st.lists(inner) | st.dictionaries(st.sampled_from([*WORDS, "event", "events", "metric", "policy"]), inner)
)))  # fmt: skip
def test_nothing_but_expectation_errors(stated: object) -> None:
    try:
        assert read_expectation(stated)
    except ExpectationError as error:
        assert error.reasons
