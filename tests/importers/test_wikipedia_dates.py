"""Dates and places as the infoboxes of Wikipedia word them."""

from __future__ import annotations

from typing import Any

import pytest

from conflictdb.importers.wikipedia.dates import read_date
from conflictdb.importers.wikipedia.places import read_place

DATES = {
    "March 17, 2019": "2019-03-17",
    "17 March 2019": "2019-03-17",
    "17–19 March 2019": "2019-03-17/2019-03-19",
    "July 1–3, 1863": "1863-07-01/1863-07-03",
    "30 June – 3 July 1863": "1863-06-30/1863-07-03",
    "April 19, 1775 – September 3, 1783": "1775-04-19/1783-09-03",
    "April 19, 1775{{snds}}September 3, 1783": "1775-04-19/1783-09-03",
    "16 December – 25 January 1945": "1944-12-16/1945-01-25",
    "12/13 February 1945 – 3 March 1945": "1945-02-12/1945-03-03",
    "30 December 1460": "1460-12-30",
    "September 490 BC": "-0489-09",
    "August/September ([[Attic calendar|Metageitnion]]), 490 BC": "-0489-08/-0489-09",
    "499–449 BC": "-0498/-0448",
    "1 BC": "0000",
    "9 AD": "0009",
    "AD 9": "0009",
    "c. 1274 BC": "-1273~",
    "{{circa|1200–1190 BC}}": "-1199~/-1189~",
    "10 October 732 (disputed)": "0732-10-10?",
    "1863–64": "1863/1864",
    "1337–1453": "1337/1453",
    "17 March 2019 – present": "2019-03-17/..",
    "Spring 1864": "1864-21",
    "mid-March 2019": "2019-03",
    "1950s": "195X",
    "12th century": "11XX",
    "3rd century BC": "-02XX",
    "Sunday, 17 March 2019, 06:00": "2019-03-17",
    "Night of 9–10 March 1945": "1945-03-09/1945-03-10",
    "7 or 8 September 1303": "1303-09-07/1303-09-08",
    "{{start date|2019|3|17|df=y}}": "2019-03-17",
    "{{Start and end dates|2019|3|17|2019|4|2|df=y}}": "2019-03-17/2019-04-02",
    "{{start-date|17 March 2019}}": "2019-03-17",
    "{{OldStyleDate|10 May|1775|29 April}}": "1775-05-10",
    "8 July [[Old Style and New Style dates|N.S.]] / 27 June 1709 (O.S.)": "1709-07-08",
    "27 June 1709 (O.S.)<br>8 July 1709 (N.S.)": "1709-07-08",
    "{{nowrap|7 October 2023&nbsp;– present}}<br>(2 years)": "2023-10-07/..",
    "30 December 1460<ref>not 17 May</ref><!-- nor 3 June -->": "1460-12-30",
}
NO_DATES = [
    "", "unknown", "17 March", "31 February 2019", "1 May – 5 June", "19 Brumaire", "First phase: 5 May 1990", "99999",
    "00 March 2019", "-" * 3000, "(((((", "1/2/3/4/5/6 May 1999",
]  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), DATES.items(), ids=DATES.keys())
def test_reads_dates(text: str, edtf: str) -> None:
    assert read_date(text) == (edtf, None)


@pytest.mark.parametrize("text", NO_DATES, ids=lambda text: text[:20] or "nothing")
def test_leaves_what_is_no_date(text: str) -> None:
    found, doubt = read_date(text)
    assert found is None and doubt


def test_says_what_it_did_not_read_of_a_date() -> None:
    found, doubt = read_date("April 19, 1775<br>'''Ratified:''' May 12, 1784")
    assert found == "1775-04-19" and doubt is not None and "ratified: may 12, 1784" in doubt


def test_a_date_in_the_old_style_alone_stays_as_it_is() -> None:
    found, doubt = read_date("27 June 1709 (O.S.)")
    assert found == "1709-06-27" and doubt is not None and "Julian" in doubt


PLACES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "country": ("Dioura, Mali", "", {"name": "Dioura", "country": "MLI", "country_name": "Mali"}),
    "areas": (
        "Konna, Mopti Cercle, Mopti Region, Mali",
        "",
        {"name": "Konna", "admin2": "Mopti Cercle", "admin1": "Mopti Region", "country": "MLI", "country_name": "Mali"},
    ),
    "no country": ("Gettysburg, Pennsylvania", "", {"name": "Gettysburg", "admin1": "Pennsylvania"}),
    "a state like a country": ("Atlanta, Georgia", "", {"name": "Atlanta", "admin1": "Georgia"}),
    "a code that is a state's": ("Sacramento, CA", "", {"name": "Sacramento", "admin1": "CA"}),
    "no code": ("Pristina, Kosovo", "", {"name": "Pristina", "country_name": "Kosovo"}),
    "today": ("Oronte (present-day Turkey)", "", {"name": "Oronte", "country": "TUR", "country_name": "Turkey"}),
    "near": (
        "Castle, near Skell, Ireland",
        "",
        {"name": "Castle, near Skell", "country": "IRL", "country_name": "Ireland"},
    ),
    "degrees, minutes, seconds": (
        "",
        "{{coord|14|49|31|N|5|15|5|W|type:event}}",
        {"latitude": 14.825278, "longitude": -5.251389},
    ),
    "degrees": ("", "{{Coord|39.811|N|77.225|W|display=inline}}", {"latitude": 39.811, "longitude": -77.225}),
    "signed": ("", "{{coord|-37.95|23.5}}", {"latitude": -37.95, "longitude": 23.5}),
    "displayed": ("", "14°49′31″N 5°15′5″W", {"latitude": 14.825278, "longitude": -5.251389}),
    "displayed in decimals": ("", "38.118°N 23.978°E", {"latitude": 38.118, "longitude": 23.978}),
}
BAD_POINTS = {
    "latitude": "{{coord|91|0|N|7|E}}",
    "minutes": "{{coord|14|72|N|3|53|W}}",
    "half": "{{coord|14|72|N}}",
    "one number": "{{coord|14}}",
    "four numbers": "{{coord|1|2|3|4|5|N|6|E}}",
}


@pytest.mark.parametrize(("words", "point", "expected"), PLACES.values(), ids=PLACES.keys())
def test_reads_places(words: str, point: str, expected: dict[str, Any]) -> None:
    place, doubts = read_place(words, (point,), "s")
    assert place is not None and not doubts
    told = {name: getattr(place, name) for name in place.__slots__ if getattr(place, name) is not None}
    assert told == {**expected, "source": "s"}


@pytest.mark.parametrize("point", BAD_POINTS.values(), ids=BAD_POINTS.keys())
def test_bad_coordinates_are_left_out_and_said(point: str) -> None:
    place, doubts = read_place("Dioura", (point,), "s")
    assert place is not None and place.latitude is None and len(doubts) == 1


@pytest.mark.parametrize("point", ["", "{{coord}}", "<!--Use the {{coord}} template -->", "{{coord missing|Mali}}"])
def test_no_coordinates_are_none(point: str) -> None:
    assert read_place("", (point,), "s") == (None, ())
