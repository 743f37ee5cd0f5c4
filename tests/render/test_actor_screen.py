from __future__ import annotations

import io
import json

import pytest
from render_rows import claim, dioura, jnim

from conflictdb.domain.rows import ActorDetail, ActorRow
from conflictdb.render.actor_screen import MOST, actor_lines, actor_listing, actor_markdown
from conflictdb.render.emit import emit
from conflictdb.render.formats import Format
from conflictdb.render.lines import line_text
from conflictdb.render.text import HARMFUL, cell_width

ACTOR = """\
JNIM                                                                 armed group
Jama'at Nasr al-Islam wal Muslimin, a coalition of jihadist groups in the Sahel

includes     Katibat Macina since 2 Mar 2017, Ansar Dine since 2 Mar 2017
also called  GSIM (fr), نصرة الإسلام والمسلمين (ar)
known as     ucdp-actor:6042

EVENTS  1
event        date         name                   place                    claims
dioura-2019  17 Mar 2019  Raid on Dioura (2019)  Dioura, Mopti Region,…       15

WHAT IT CLAIMED  3
event        whose           what                 figure  stake      stated
dioura-2019  Katibat Macina  led by Amadou Koufa          own side   undated
dioura-2019  Malian Army     killed               30      adversary  undated
dioura-2019  Katibat Macina  killed               3       own side   undated

WHAT WAS CLAIMED OF IT  4
event        whose     what         figure         claimant    stake     stated
dioura-2019  Katibat…  strength     several dozen  Wikipedia   estimate  undated
dioura-2019  Katibat…  led by Ama…                 JNIM        own side  undated
dioura-2019  Katibat…  led by Ba…                  Malian Ar…  adversa…  undated
dioura-2019  Katibat…  killed       3              JNIM        own side  undated
"""
PAGE = """\
# JNIM

armed group

Jama'at Nasr al-Islam wal Muslimin, a coalition of jihadist groups in the Sahel

- includes: Katibat Macina since 2 Mar 2017, Ansar Dine since 2 Mar 2017
- also called: GSIM (fr), نصرة الإسلام والمسلمين (ar)
- known as: ucdp-actor:6042

## Events

| event | date | name | place | type | conflict | claims | claimants |
| --- | --- | --- | --- | --- | --- | ---: | ---: |
| dioura-2019 | 17 Mar 2019 | Raid on Dioura (2019) | Dioura, Mopti Region, Mali | Battle, raid | Mali War | 15 | 6 |

## What it claimed

| event | whose | what | figure | wording | stake | stated | status | document | key |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| dioura-2019 | Katibat Macina | led by Amadou Koufa |  | 26 killed | own side | undated |  | wikipedia-dioura | l2 |
| dioura-2019 | Malian Army | killed | 30 | 26 killed | adversary | undated |  | wikipedia-dioura | jnim30 |
| dioura-2019 | Katibat Macina | killed | 3 | 26 killed | own side | undated |  | wikipedia-dioura | jnim3 |

## What was claimed of it

| event | whose | what | figure | claimant | stake | stated | status | document | key |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| dioura-2019 | Katibat Macina | strength | several dozen | Wikipedia | estimate | undated |  | wikipedia-dioura | s2 |
| dioura-2019 | Katibat Macina | led by Amadou Koufa |  | JNIM | own side | undated |  | wikipedia-dioura | l2 |
| dioura-2019 | Katibat Macina | led by Ba Ag Moussa |  | Malian Army | adversary | undated |  | wikipedia-dioura | l3 |
| dioura-2019 | Katibat Macina | killed | 3 | JNIM | own side | undated |  | wikipedia-dioura | jnim3 |
"""


def screen(detail: ActorDetail, width: int) -> str:
    return "".join(f"{line_text(each)}\n" for each in actor_lines(detail, width))


def test_the_screen() -> None:
    assert screen(jnim(), 80) == ACTOR


def test_the_page() -> None:
    assert actor_markdown(jnim()) == PAGE


@pytest.mark.parametrize("width", [80, 100, 140])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    assert max(map(cell_width, screen(jnim(), width).splitlines())) <= width


def test_long_lists_are_cut_on_the_screen_and_whole_on_the_page() -> None:
    many = jnim(claimed=tuple(claim(f"key-{number}") for number in range(1234)), claimed_of=(), events=())
    shown = screen(many, 120)
    assert "WHAT IT CLAIMED  1,234\n" in shown
    assert shown.count("key-") == MOST
    assert shown.endswith("\n\nand 1,214 more\n")
    assert actor_markdown(many).count("key-") == 1234


def test_an_unnamed_actor_says_where() -> None:
    actor = ActorRow("a military source", "official", None, ("Malian Armed Forces",), (), "dioura-2019", 0, 1)
    bare = jnim(
        actor=actor, description=None, names=(), relations=(), native_ids=(), events=(), claimed=(), claimed_of=()
    )
    assert screen(bare, 60) == (
        "a military source                                   official\nunnamed; of dioura-2019 only\n"
    )
    assert actor_markdown(bare) == "# a military source\n\nofficial\n"


def test_text_from_outside_is_data() -> None:
    text = "[/red]\x1b[31m\u202e=1+1|a\tb\n`<i>"
    actor = ActorRow(text, "state", text, (), (), text, 0, 1)
    hostile = jnim(actor=actor, description=text, native_ids=(text,), claimed=(claim(text, claimant=text, event=text),))
    assert not HARMFUL.search(screen(hostile, 80).replace("\n", ""))
    assert "<i>" not in actor_markdown(hostile)


def test_an_actor_in_json_and_csv() -> None:
    stream = io.StringIO()
    emit(actor_listing(jnim(), query="jnim"), Format.JSON, stream, width=80, terminal=False, color=False)
    (row,) = json.loads(stream.getvalue())["rows"]
    assert (row["name"], row["events_count"], len(row["claimed"])) == ("JNIM", 1, 3)
    stream = io.StringIO()
    count = emit(actor_listing(jnim()), Format.CSV, stream, width=80, terminal=False, color=False)
    keys = {each.key for each in dioura().claims if each.claimant == "JNIM" or each.subject == "Katibat Macina"}
    assert count == len(keys)
    assert {text.partition(",")[0] for text in stream.getvalue().splitlines()[1:]} == keys
