"""Commanders and parties of a value."""

from __future__ import annotations

from typing import Any

import pytest

from conflictdb.domain.vocabulary import PersonFate
from conflictdb.importers.infobox import read_commanders, read_parties

KILLED, WOUNDED, CAPTURED = PersonFate.KILLED, PersonFate.WOUNDED, PersonFate.CAPTURED


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Mohamed Sidati Ould CheikhKIA", [("Mohamed Sidati Ould Cheikh", None, None, None, KILLED)]),
        ("{{flagicon|Mali}} [[A. Koufa|Koufa]]{{KIA}}", [("Koufa", "A. Koufa", "Mali", None, KILLED)]),
        ("Gen. [[Jan Smit]] (captured)", [("Jan Smit", "Jan Smit", None, "Gen.", CAPTURED)]),
        ("[[Major general]] [[Tom Ford]] {{WIA}}", [("Tom Ford", "Tom Ford", None, "Major general", WOUNDED)]),
        ("Ali Khan †<br>Lord Major", [("Ali Khan", None, None, None, KILLED), ("Lord Major", None, None, None, None)]),
        ("'''Navy:'''<br>Jo Lee {{executed}}", [("Jo Lee", None, "Navy", None, KILLED)]),
        ("{{flag|Peru}}<br>Ana Paz ✝", [("Ana Paz", None, "Peru", None, KILLED)]),
        ("[[A Bo]], [[C Do]] and [[E Fo]]", [(x, x, None, None, None) for x in ("A Bo", "C Do", "E Fo")]),
        ("A BoKIA C Do", [("A Bo", None, None, None, KILLED), ("C Do", None, None, None, None)]),
        ("{{plainlist|\n* [[A Bo]] {{POW}}\n* Unknown\n}}", [("A Bo", "A Bo", None, None, CAPTURED)]),
        ("[[List of leaders|''full list...'']]", []),
    ],
)  # fmt: skip
def test_commanders(raw: str, expected: list[Any]) -> None:
    found = [(each.name, each.target, each.subject, each.rank, each.fate) for each in read_commanders(raw)]
    assert found == expected


def test_rival_commanders() -> None:
    ours, theirs = read_commanders("[[Amadou Koufa]] (per JNIM)<br>[[Ba Ag Moussa]] (per Mali)<ref>x</ref>")
    assert (ours.name, ours.claimants) == ("Amadou Koufa", ("JNIM",))
    assert (theirs.name, theirs.claimants) == ("Ba Ag Moussa", ("Mali",))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Mali\nKatibat Macina", [("Mali", None, None, False), ("Katibat Macina", None, None, False)]),
        (
            "{{flag|Mali}}\n* {{flagicon|Mali}} [[FAMa|Armed Forces]]\n** [[Army]]\n* Police",
            [("Mali", None, None, False), ("Armed Forces", "FAMa", 0, False), ("Army", "Army", 1, False),
             ("Police", None, 0, False)],
        ),
        (
            "'''[[Coalition]]:'''<br>{{flag|Peru}} (from 1820)<hr>{{flag|Chile}}",
            [("Coalition", "Coalition", None, False), ("Peru", None, 0, False), ("Chile", None, None, False)],
        ),
        ("Mali<br>'''Supported by:'''<br>{{flag|France}}", [("Mali", None, None, False), ("France", None, None, True)]),
        ("Unknown", []),
    ],
    ids=["rendered", "nested", "heading", "support", "unknown"],
)  # fmt: skip
def test_parties(raw: str, expected: list[Any]) -> None:
    assert [(each.name, each.target, each.part_of, each.support) for each in read_parties(raw)] == expected


def test_a_party_keeps_its_remark() -> None:
    (party,) = read_parties("{{flag|Peru}}<br>{{small|(from 1820)}}")
    assert (party.name, party.note) == ("Peru", "from 1820")
