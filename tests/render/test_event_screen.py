from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from expected_screens import OTHERS, PAGE, SCREENS
from hypothesis import given
from hypothesis import strategies as st
from render_rows import ARMY, GOVERNMENT, MACINA, claim, dioura, estimate, event, source, timeline

from conflictdb.domain.rows import CombatantRow, EventDetail
from conflictdb.render.emit import emit
from conflictdb.render.event_page import event_markdown
from conflictdb.render.event_screen import event_lines, event_listing, event_plain
from conflictdb.render.formats import Format
from conflictdb.render.lines import line_text, line_width
from conflictdb.render.text import HARMFUL, cell_width

NOTHING: dict[str, Any] = {"combatants": (), "claims": (), "estimates": (), "timeline": (), "sources": ()}
HOSTILE = "[/red]\x1b[31m\u202e=1+1|a\tb\n`<i>*\ud800"


def screen(detail: EventDetail, width: int) -> str:
    return "".join(f"{line_text(each)}\n" for each in event_lines(detail, width))


@pytest.mark.parametrize("width", SCREENS)
def test_the_screen(width: int) -> None:
    assert screen(dioura(), width) == SCREENS[width]


def test_the_plain_text_is_the_screen_of_a_hundred_columns() -> None:
    assert event_plain(dioura()) == SCREENS[100]


@pytest.mark.parametrize("width", [50, 60, 72, 80, 99, 100, 119, 120, 140, 200])
def test_no_width_cuts_a_figure_a_stake_or_a_date(width: int) -> None:
    text = " ".join(screen(dioura(), width).split())
    lines = [line_width(each) for each in event_lines(dioura(), width) if "://" not in line_text(each)]
    assert max(lines) <= width
    for words in (
        "over 20",
        "8 burned",
        "none",
        "~100",
        "several dozen",
        "third party",
        "21 Mar 2019",
        "21 to 30 or more",
    ):
        assert words in text


UCDP = {"claimant": "UCDP", "stake": "recorder", "basis": "estimate", "claimant_kind": "recorder", "source": "ucdp"}


def recorded() -> EventDetail:
    """Return an event that only a recorder tells of, with figures for civilians, unknown and in total."""
    nobody = {**UCDP, "side": None}
    return dioura(
        **{
            **NOTHING,
            "combatants": (
                CombatantRow(GOVERNMENT, "state", 1, "unknown", None, ()),
                CombatantRow("JNIM", "armed_group", 2, "unknown", None, ()),
                CombatantRow("Chad", "state", 3, "unknown", None, ()),
            ),
            "claims": (
                claim("total", 5, 10, best=6, subject="total", subject_kind="total", **nobody),
                claim("civilians", 0, 0, qualifier="zero_or_unknown", subject_kind="civilians", subject=None, **nobody),
                claim("unknown", 1, 1, subject="unknown", subject_kind="unknown", **nobody),
                claim("jnim", 4, 9, best=5, subject="JNIM", **{**UCDP, "side": 2}),
                claim("state", 1, 1, subject=GOVERNMENT, **UCDP),
            ),
            "sources": (source("ucdp", title="UCDP GED 25.1", publisher="Uppsala", url=None, published_on=None),),
        }
    )


def disputed() -> EventDetail:
    """Return an event told differently in every way, of which some claims fell."""
    told = {"kind": "attribute", "metric": None, "lower": None, "upper": None, "subject": None, "side": None}
    return dioura(
        event=event(native_ids=("ucdp-ged:300380", "acled:MLI2812"), summary="A raid. " * 12),
        combatants=(
            CombatantRow(ARMY, "state_forces", 1, "defender", None, ()),
            CombatantRow("MINUSMA", "igo", 1, "unknown", "two platoons", ("United Nations",)),
            CombatantRow(MACINA, "armed_group", 2, "attacker", None, ()),
        ),
        claims=(
            claim("a", status="final"),
            claim("b", 3, 3, group="officers", part_of="a"),
            claim("c", 40, 40, claimant="JNIM", stake="adversary", standing="retracted", stated_on="2019-03-20"),
            claim("d", 2, 2, subject="MINUSMA", claimant="MINUSMA", note="Both were engineers."),
            claim("e", 20, 20, metric="deserted"),
            claim("f", 5, 5, standing="withdrawn"),
            claim("g", kind="strength", metric="persons", lower=80, upper=80, claimant="JNIM", stated_on="2019-03-20"),
            claim("h", kind="strength", metric="persons", lower=60, upper=60, standing="superseded", claimant="JNIM"),
            claim("d1", **told, attribute="date", value="2019-03-16", claimant="JNIM"),
            claim("d2", **told, attribute="date", value="2019-03-17"),
            claim("n1", **told, attribute="name", value="Raid on Dioura (2019)"),
            claim("r1", **told, attribute="responsibility", value="Katibat Macina", claimant="JNIM"),
        ),
        estimates=(
            estimate(26, 26), estimate(3, 3, group="officers"),
            estimate(
                28, 28, subject=None, subject_kind="side", composite=True, note="sum of Malian Army and MINUSMA",
            ),
        ),
        timeline=(timeline("2019-03-16", None, "reinforcements leave Ségou"), *dioura().timeline),
        withdrawn=1,
    )  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_other_events(name: str) -> None:
    detail = {"recorded": recorded, "disputed": disputed, "nothing": lambda: dioura(**NOTHING)}[name]()
    assert screen(detail, 80) == OTHERS[name]


def test_the_page() -> None:
    assert event_markdown(dioura()) == PAGE


def hostile(text: str) -> EventDetail:
    """Return an event in which every text is `text`."""
    said = {"claimant": text, "source": text, "note": text, "subject": text, "wording": text, "status": text}
    untold = {"metric": None, "lower": None, "upper": None}
    return dioura(
        event=event(
            name=text, slug=text, summary=text, native_ids=(text,), place=text, conflict=text, subtype=text,
            start_time=text, date=text,
        ),
        combatants=(CombatantRow(text, "armed_group", 1, "attacker", text, (text,)),),
        claims=(
            claim("a", **said, group=text, repeats=(text,)),
            claim("b", None, None, **said, qualifier="vague"),
            claim("c", **said, **untold, kind="attribute", attribute="result", value=text),
            claim("d", **said, **untold, kind="commander", person=text, rank=text, fate="killed"),
        ),
        estimates=(estimate(subject=text, group=text, note=text, rule=text),),
        timeline=(timeline("2019-03-17", text, text),),
        sources=(source(title=text, url=text, publisher=text),),
    )  # fmt: skip


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_text_from_outside_is_data(width: int) -> None:
    text = screen(hostile(HOSTILE), width)
    assert not HARMFUL.search(text.replace("\n", ""))
    assert "[/red]\\x1b[31m\\u202e=1+1|a b `<i>*\\ud800" in " ".join(text.split())


def test_text_from_outside_is_no_markdown() -> None:
    page = event_markdown(hostile(HOSTILE))
    assert not HARMFUL.search(page.replace("\n", ""))
    assert not re.search(r"(?<!\\)[\[*`]|<i>|1\|", page)


@given(st.text(max_size=40), st.integers(40, 160))
def test_any_text_at_any_width(text: str, width: int) -> None:
    assert not HARMFUL.search("".join(line_text(each) for each in event_lines(hostile(text), width)))
    event_markdown(hostile(text)).encode()


def test_wide_and_right_to_left_names_stand_in_line() -> None:
    names = ("京都の侍", "كتيبة ماسينا", "Kéita", "Ke\u0301ita")
    detail = dioura(**{**NOTHING, "claims": tuple(claim(name, claimant=name) for name in names)})
    lines = [text for text in screen(detail, 80).splitlines() if "own side" in text]
    assert {cell_width(text[: text.index("own side")]) for text in lines} == {28}
    assert len(lines) == 4


@pytest.mark.parametrize(("terminal", "color"), [(False, False), (False, True), (True, False)])
def test_no_styles_without_a_terminal_and_colour(terminal: bool, color: bool) -> None:
    stream = io.StringIO()
    emit(event_listing(dioura()), Format.TABLE, stream, width=80, terminal=terminal, color=color)
    assert stream.getvalue() == SCREENS[80]


def test_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = io.StringIO()
    emit(event_listing(dioura()), Format.TABLE, stream, width=80, terminal=True, color=True)
    lines = stream.getvalue().splitlines()
    assert "\x1b[1mRaid on Dioura (2019)\x1b[0m" in lines[0]
    assert any("\x1b[1mover 20" in text for text in lines)
    superseded = next(text for text in lines if "23        " in text)
    assert superseded.replace("\x1b[0m\x1b[2m", "") == (
        "\x1b[2m          - 23          Government of Mali         own side     18 Mar 2019  [1]\x1b[0m"
    )


def test_an_event_in_every_format() -> None:
    written = {}
    for format in Format:
        stream = io.StringIO()
        listing = event_listing(dioura(), query="dioura-2019", policy="range", basis="claims")
        written[format] = (emit(listing, format, stream, width=80, terminal=False, color=False), stream.getvalue())
    assert written[Format.PLAIN] == (1, SCREENS[100])
    assert written[Format.MARKDOWN] == (1, PAGE)
    assert json.loads(written[Format.JSONL][1])["slug"] == "dioura-2019"
    envelope = json.loads(written[Format.JSON][1])
    assert {name: envelope[name] for name in envelope if name != "rows"} == {
        "command": "show", "query": "dioura-2019", "policy": "range", "basis": "claims", "warnings": [],
    }  # fmt: skip
    assert [row["claims"][0]["key"] for row in envelope["rows"]] == ["s1"]
    assert written[Format.CSV][0] == len(dioura().claims)
    assert written[Format.CSV][1].splitlines()[1].startswith("s1,dioura-2019,Raid on Dioura (2019),strength,estimate,")
