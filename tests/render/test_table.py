from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from render_rows import claim, dioura, event, jnim, source

from conflictdb.domain.rows import ConflictRow, HitRow, PersonRow, RunRow
from conflictdb.render import columns
from conflictdb.render.emit import emit
from conflictdb.render.formats import Format
from conflictdb.render.listing import Column, Listing
from conflictdb.render.text import cell_width

ROWS = tuple(each for each in dioura().claims if each.metric == "killed")


def table(
    rows: Iterable[Any], shown: Sequence[Column[Any]], width: int, format: Format = Format.TABLE, **around: Any
) -> str:
    stream = io.StringIO()
    listing = Listing("test", None, None, None, tuple(rows), tuple(shown), **around)
    emit(listing, format, stream, width=width, terminal=False, color=False)
    return stream.getvalue()


CLAIMS = {
    60: """\
  event        whose   what    figure   claim…  stake   stated
- dioura-2019  Malia…  killed  23       Gover…  own s…  18 Mar 2019
  dioura-2019  Malia…  killed  26       Gover…  own s…  21 Mar 2019
  dioura-2019  Malia…  killed  26       MINUS…  third…  31 May 2019
  dioura-2019  Malia…  killed  21       a mil…  own s…  undated
  dioura-2019  Malia…  killed  21       a loc…  third…  undated
  dioura-2019  Malia…  killed  over 20  Front…  third…  undated
  dioura-2019  Malia…  killed  30       JNIM    adver…  undated
  dioura-2019  Katib…  killed  3        JNIM    own s…  undated
""",
    80: """\
  event        whose      what    figure   claimant      stake       stated
- dioura-2019  Malian A…  killed  23       Government…   own side    18 Mar 2019
  dioura-2019  Malian A…  killed  26       Government…   own side    21 Mar 2019
  dioura-2019  Malian A…  killed  26       MINUSMA       third par…  31 May 2019
  dioura-2019  Malian A…  killed  21       a military…   own side    undated
  dioura-2019  Malian A…  killed  21       a local off…  third par…  undated
  dioura-2019  Malian A…  killed  over 20  Front for t…  third par…  undated
  dioura-2019  Malian A…  killed  30       JNIM          adversary   undated
  dioura-2019  Katibat…   killed  3        JNIM          own side    undated
""",
    100: """\
  event        whose         what    figure   claimant         stake        stated       status
- dioura-2019  Malian Army   killed  23       Government of…   own side     18 Mar 2019  provisiona…
  dioura-2019  Malian Army   killed  26       Government of…   own side     21 Mar 2019
  dioura-2019  Malian Army   killed  26       MINUSMA          third party  31 May 2019
  dioura-2019  Malian Army   killed  21       a military sou…  own side     undated
  dioura-2019  Malian Army   killed  21       a local offici…  third party  undated
  dioura-2019  Malian Army   killed  over 20  Front for the…   third party  undated
  dioura-2019  Malian Army   killed  30       JNIM             adversary    undated
  dioura-2019  Katibat Mac…  killed  3        JNIM             own side     undated
""",
}


@pytest.mark.parametrize("width", CLAIMS)
def test_claims(width: int) -> None:
    assert table(ROWS, columns.CLAIMS, width, dim=lambda row: row.standing != "standing") == CLAIMS[width]


@pytest.mark.parametrize("width", [60, 80, 100, 140, 200])
def test_no_width_cuts_a_figure_or_a_date(width: int) -> None:
    rows = [claim("a" * 12, 1_000_000, None, qualifier="more_than", stated_on="2019-03-18/2019-04-02"), *ROWS]
    lines = table(rows, columns.CLAIMS_BY_EVENT, width).splitlines()
    assert "over 999,999" in lines[1]
    assert "18 Mar to 2 Apr 2019" in lines[1]
    assert max(map(cell_width, lines)) <= max(width, 70)


WIDE = """\
event   date         name                   place                       claims
a-2019  17 Mar 2019  京都の戦い             Dioura, Mopti Region, Mali      15
b-2019  17 Mar 2019  معركة ديورا            Dioura, Mopti Region, Mali      15
c-2019  17 Mar 2019  Raid on Dioura (2019)  Dioura, Mopti Region, Mali      15
"""


def test_wide_and_right_to_left_names_stand_in_line() -> None:
    rows = [event(slug="a-2019", name="京都の戦い"), event(slug="b-2019", name="معركة ديورا"), event(slug="c-2019")]
    assert table(rows, columns.EVENTS, 80) == WIDE


def test_what_cannot_be_cut_makes_the_table_wider() -> None:
    rows = [HitRow("event", "a-very-long-slug-2019", "A title that is long", "where it was found")]
    assert table(rows, columns.HITS, 40) == (
        "kind   name                   title   found…\nevent  a-very-long-slug-2019  A tit…  where…\n"
    )


def test_a_title_and_an_empty_text_are_data() -> None:
    hostile = table((), columns.HITS, 40, title="\x1b[31m", empty="no [/red] \u202e")
    assert hostile == "\\x1b[31m\n\nno [/red] \\u202e\n"


COUNTS = {"events": {"added": 1, "refused": 0}, "claims": {"added": 1500}, "warnings": 2, "note": None}
RUN = RunRow(3, "/home/ana/seed.json", "native", "1", "0" * 64, "2024-01-02T03:04:05Z", None, COUNTS, None)
PERSON = PersonRow("Amadou Koufa", ("Kouffa", "كوفا"), "founder of Katibat Macina", ("dioura-2019",), 2)
CONFLICT = ConflictRow("Mali War", None, 1, "2019-03-17", None)
LISTS = {
    "CLAIMS_BY_SOURCE": """\
event        whose        what    figure  wording    stake     stated       status               document          key
dioura-2019  Malian Army  killed  23      26 killed  own side  18 Mar 2019  provisional, super…  wikipedia-dioura  gov23
dioura-2019  Malian Army  killed  26      26 killed  own side  21 Mar 2019                       wikipedia-dioura  gov26
""",
    "CLAIMS_BY_DOCUMENT": """\
event        whose        what    figure  claimant            stake     stated       status                   key
dioura-2019  Malian Army  killed  23      Government of Mali  own side  18 Mar 2019  provisional, superseded  gov23
dioura-2019  Malian Army  killed  26      Government of Mali  own side  21 Mar 2019                           gov26
""",
    "ESTIMATES": """\
side  event        subject      metric   estimate          claims
1     dioura-2019  Malian Army  killed   21 to 30 or more       1
1     dioura-2019  Malian Army  wounded  17                     1
""",
    "TIMELINE": """\
event        date         time         what happened                                                    document
dioura-2019  17 Mar 2019  about 06:00  a suicide bomber rams a motorcycle laden with explosives into…   wikipedia-dioura
dioura-2019  17 Mar 2019  about 16:00  the government says that it has regained control of the camp     wikipedia-dioura
dioura-2019  21 Mar 2019               new bodies are found                                             wikipedia-dioura
""",
    "ACTORS": """\
actor  kind         country  part of  also called  events  claims
JNIM   armed group                    GSIM              1       3
""",
    "PEOPLE": """\
person        also called   events       who                        claims
Amadou Koufa  Kouffa, كوفا  dioura-2019  founder of Katibat Macina       2
""",
    "SOURCES": """\
document          published   title                  publisher  address                                           claims
wikipedia-dioura  2 Nov 2023  Raid on Dioura (2019)  Wikipedia  https://en.wikipedia.org/wiki/Raid_on_Dioura_(2…      15
""",
    "CONFLICTS": """\
conflict  part of  first event  last event  events
Mali War           17 Mar 2019                   1
""",
    "RUNS": """\
run  started           importer  file       result                                          undone
  3  2024-01-02 03:04  native 1  seed.json  events 1 added, claims 1,500 added, warnings 2
""",
}


@pytest.mark.parametrize("name", LISTS)
def test_lists(name: str) -> None:
    rows = {
        "CLAIMS_BY_SOURCE": ROWS[:2], "CLAIMS_BY_DOCUMENT": ROWS[:2], "ESTIMATES": dioura().estimates[:2],
        "TIMELINE": dioura().timeline, "ACTORS": [jnim().actor], "PEOPLE": [PERSON], "SOURCES": [source()],
        "CONFLICTS": [CONFLICT], "RUNS": [RUN],
    }[name]  # fmt: skip
    assert table(rows, getattr(columns, name), 120) == LISTS[name]


def sql(format: Format, width: int = 80, **around: Any) -> str:
    rows: list[dict[str, Any]] = [
        {
            "n": Decimal(-3),
            "share": Decimal("0.5"),
            "=name": "=1+1",
            "on": date(2019, 3, 17),
            "bytes": b"\x1b",
            "ok": True,
        },
        {"n": None, "share": float("inf"), "=name": "京都", "on": None, "bytes": memoryview(b"a"), "ok": False},
    ]
    listing = columns.listing_of_mappings("sql", "select 1", tuple(rows[0]), iter(rows), **around)
    stream = io.StringIO()
    assert emit(listing, format, stream, width=width, terminal=False, color=False) == 2
    return stream.getvalue()


SQL = {
    Format.TABLE: """\
 n  share  =name  on          bytes  ok
-3    0.5  =1+1   2019-03-17  1b     true
      inf  京都               61     false
""",
    Format.PLAIN: """\
-3	0.5	=1+1	2019-03-17	1b	true
	inf	京都		61	false
""",
    Format.JSON: """\
{"command": "sql", "query": "select 1", "policy": null, "basis": null, "rows": [
{"n": -3, "share": 0.5, "=name": "=1+1", "on": "2019-03-17", "bytes": "1b", "ok": true},
{"n": null, "share": "inf", "=name": "京都", "on": null, "bytes": "61", "ok": false}
], "warnings": []}
""",
    Format.JSONL: """\
{"n": -3, "share": 0.5, "=name": "=1+1", "on": "2019-03-17", "bytes": "1b", "ok": true}
{"n": null, "share": "inf", "=name": "京都", "on": null, "bytes": "61", "ok": false}
""",
    Format.CSV: """\
n,share,'=name,on,bytes,ok
-3,0.5,'=1+1,2019-03-17,1b,true
,inf,京都,,61,false
""",
    Format.MARKDOWN: """\
| n | share | =name | on | bytes | ok |
| ---: | ---: | --- | --- | --- | --- |
| -3 | 0.5 | =1+1 | 2019-03-17 | 1b | true |
|  | inf | 京都 |  | 61 | false |
""",
}


@pytest.mark.parametrize("format", SQL)
def test_rows_of_any_columns(format: Format) -> None:
    assert sql(format) == SQL[format]


def test_sql_without_rows_still_names_its_columns() -> None:
    stream = io.StringIO()
    listing = columns.listing_of_mappings("sql", "select 1", ("n", "name"), iter([]))
    emit(listing, Format.CSV, stream, width=80, terminal=False, color=False)
    emit(listing, Format.TABLE, stream, width=80, terminal=False, color=False)
    assert stream.getvalue() == "n,name\nno rows\n"
