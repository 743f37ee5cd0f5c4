"""What a figure carries besides its number: place, wording, item, fate, container, note."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.domain.vocabulary import Item, ItemFate, Metric, Qualifier
from conflictdb.importers.infobox import plain, read_commanders, read_parties, read_value
from conflictdb.importers.infobox.source import LIMIT, mend
from conflictdb.importers.infobox.stated import ValueTooLongError

PIECES = (
    *("{{", "}}", "[[", "]]", "'''", "''", "<ref>", "</ref>", "<ref name=a/>", "|", "\n", "*", ";", ":", "<br>"),
    *("<hr>", "<small>", "</small>", "{|", "|}", "|-", "!", "<!--", "-->", "=", "{{flag|Mali}}", "{{plainlist|"),
    *("{{KIA}}", "†", "&lt;ref&gt;", "&nbsp;", "26", "1,500", "–", "-", "+", "~", "(", ")", ",", ";", " killed"),
    *(" wounded", " tanks", " per X", "Per X:", " (X claim)", " including ", " and ", "several ", "None", "Unknown"),
    *("قتيل", "๑", "\0", "\u202e"),
)
VALUES = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)


@given(VALUES)
def test_nothing_breaks_the_reader(text: str) -> None:
    for field in ("casualties1", "strength2"):
        for figure in read_value(text, field):
            assert 0 <= figure.start < figure.end <= len(text)
            assert figure.lower is None or figure.upper is None or figure.lower <= figure.upper
            assert figure.part_of is None or figure.part_of < len(text)
    for name in (*read_commanders(text), *read_parties(text)):
        assert 0 <= name.start <= name.end <= len(text)
        assert name.name.strip()
    plain(text)


@given(VALUES)
def test_mending_keeps_every_place(text: str) -> None:
    mended = mend(text)
    assert len(mended.at) == len(mended.text) + 1
    assert mended.at[-1] == len(text)


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "piece", ["{{a|", "[[", "\n{|\n|-\n|a", "<div ", "10,", "1-", "~", "(1 ", "'''A:'''<br>", "† "]
)
def test_repetition_is_read_in_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    read_value(text)
    read_commanders(text)


def test_a_page_is_no_value() -> None:
    with pytest.raises(ValueTooLongError, match=r"the value has 50,000,000 characters, .* up to 100,000"):
        read_value("a" * 50_000_000)
    assert read_value("1 killed" + " " * (LIMIT - 8))


def test_place_and_wording() -> None:
    raw = "'''Army:'''<br>over {{nowrap|[[Fallen|1,200 killed]]}}<ref>9</ref>"
    (figure,) = read_value(raw)
    assert raw[figure.start : figure.end] == "over {{nowrap|[[Fallen|1,200 killed"
    assert figure.wording == "over 1,200 killed"
    assert (figure.lower, figure.upper, figure.qualifier) == (1201, None, Qualifier.MORE_THAN)


def test_place_in_escaped_text() -> None:
    raw = "&lt;ref&gt;9&lt;/ref&gt;40 killed&lt;br&gt;7 wounded"
    assert [raw[each.start : each.end] for each in read_value(raw)] == ["40 killed", "7 wounded"]


@pytest.mark.parametrize(
    ("raw", "field", "item", "things", "fate"),
    [
        ("19 ships of the line lost", "casualties1", Item.VESSEL, "ships of the line", ItemFate.LOST),
        ("2 T-72 tanks burned", "casualties1", Item.VEHICLE, "T-72 tanks", ItemFate.DESTROYED),
        ("3 helicopters", "casualties1", Item.AIRCRAFT, "helicopters", ItemFate.LOST),
        ("3 helicopters", "strength1", Item.AIRCRAFT, "helicopters", ItemFate.PRESENT),
        ("12 field guns captured", "casualties1", Item.WEAPON, "field guns", ItemFate.CAPTURED),
        ("5 villages razed", "casualties3", Item.ANY, "villages", ItemFate.DESTROYED),
    ],
)  # fmt: skip
def test_materiel(raw: str, field: str, item: Item, things: str, fate: ItemFate) -> None:
    (figure,) = read_value(raw, field)
    assert (figure.metric, figure.item, figure.things, figure.fate) == (Metric.MATERIEL, item, things, fate)


def test_containers_and_sums() -> None:
    figures = read_value("'''Total:''' 43 killed<br>20 ships (1,396 guns) lost<br>30 wounded, including 3 officers")
    assert [(each.part_of, each.total) for each in figures] == [
        (None, True), (None, True), (1, True), (None, True), (3, True),
    ]  # fmt: skip
    assert [each.fate for each in figures[1:3]] == [ItemFate.LOST, ItemFate.LOST]


@pytest.mark.parametrize(
    ("raw", "note"),
    [("17,000 died of disease", "of disease"), ("600 men (as of October 2)", "as of October 2"), ("3 killed", None)],
)
def test_note(raw: str, note: str | None) -> None:
    assert read_value(raw)[0].note == note


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        ("Decisive victory<ref>x</ref><br />See [[Peace of X|aftermath]]", "Decisive victory\nSee aftermath"),
        ("{{plainlist|\n* 1 {{abbr|Div.|Division}}\n* {{flag|Mali}}}}", "1 Div.\nMali"),
        ("[[File:A.svg|20px]] '''X''' {{efn|y}}", "X"),
        ("a [1][note 2] &ndash; b", "a – b"),
    ],
)
def test_plain(raw: str, lines: str) -> None:
    assert plain(raw) == lines


def subjects(raw: str) -> list[str | None]:
    return [each.subject for each in read_value(raw)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("{{flagicon|UK}} 10 killed<br>5 wounded<hr>7 killed", ["United Kingdom", "United Kingdom", None]),
        ("'''Reds:'''<br>'''Army:'''<br>1 killed<br>'''Navy:'''<br>2 killed", ["Reds / Army", "Reds / Navy"]),
        ("'''Reds:'''<br>1 killed<br>'''Blues:'''<br>2 killed", ["Reds", "Blues"]),
        ("30 men killed, 20 sailors wounded", [None, "sailors"]),
        ("'''Navy:''' 20 sailors wounded, 4 marines killed", ["Navy", "Navy / marines"]),
        ("14+ civilians killed, 30+ injured<br>3 killed", ["civilians", "civilians", None]),
    ],
)
def test_subjects(raw: str, expected: list[Any]) -> None:
    assert subjects(raw) == expected
