from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.domain.rows import Row
from conflictdb.render.emit import emit
from conflictdb.render.formats import FORMATS, Format
from conflictdb.render.lines import line
from conflictdb.render.listing import Column, Listing, field_names


@dataclass(frozen=True, slots=True)
class Toll(Row):
    """A row of every kind of value."""

    name: str
    killed: int | None
    sure: bool = True
    seen_in: tuple[str, ...] = ()
    more: Any = None


COLUMNS = (
    Column[Toll]("name", lambda row: row.name),
    Column[Toll]("killed", lambda row: "" if row.killed is None else f"{row.killed:,}", "right", keep=True),
)
MILD = (
    Toll("Mali", 1026, True, ("dioura-2019", "kidal-2014")),
    Toll("JNIM", None, False, ("Raid on Dioura",), {"a": 1}),
)
HOSTILE = (
    Toll("[/red]", 1),
    Toll("\x1b[31m", 2),
    Toll("\u202eilaM", 3),
    Toll("=1+1", 4),
    Toll(" @SUM(A1)", -5),
    Toll("a|b_*`<i>&[x](y)", 6),
    Toll("tab\there\nand\rthere", 7),
    Toll('quoted "so", said', 8),
    Toll("half \ud800 \u2028 \x9b", 9),
)


def listing(*rows: Toll, **given: Any) -> Listing[Toll]:
    return replace(Listing("tolls", 'country:MLI "tank truck"', None, None, iter(rows), COLUMNS), **given)


def written(each: Listing[Any], format: Format, width: int = 80) -> str:
    """Write to a pipe: rows are counted, and the text can be encoded."""
    stream = io.StringIO()
    emit(each, format, stream, width=width, terminal=False, color=False)
    stream.getvalue().encode()
    return stream.getvalue()


@pytest.mark.parametrize("format", Format)
def test_every_format_counts_its_rows(format: Format) -> None:
    stream = io.StringIO()
    around = {"width": 80, "terminal": False, "color": False}
    assert emit(listing(*MILD, *HOSTILE), format, stream, **around) == 11
    assert emit(listing(), format, stream, **around) == 0
    assert format in FORMATS


MILD_TEXTS = {
    Format.TABLE: """\
name  killed
Mali   1,026
JNIM
""",
    Format.PLAIN: "Mali\t1,026\nJNIM\t\n",
    Format.JSON: """\
{"command": "tolls", "query": "country:MLI \\"tank truck\\"", "policy": null, "basis": null, "rows": [
{"name": "Mali", "killed": 1026, "sure": true, "seen_in": ["dioura-2019", "kidal-2014"], "more": null},
{"name": "JNIM", "killed": null, "sure": false, "seen_in": ["Raid on Dioura"], "more": {"a": 1}}
], "warnings": []}
""",
    Format.JSONL: """\
{"name": "Mali", "killed": 1026, "sure": true, "seen_in": ["dioura-2019", "kidal-2014"], "more": null}
{"name": "JNIM", "killed": null, "sure": false, "seen_in": ["Raid on Dioura"], "more": {"a": 1}}
""",
    Format.CSV: '''\
name,killed,sure,seen_in,more
Mali,1026,true,dioura-2019 kidal-2014,
JNIM,,false,"""Raid on Dioura""","{""a"": 1}"
''',
    Format.MARKDOWN: """\
| name | killed |
| --- | ---: |
| Mali | 1,026 |
| JNIM |  |
""",
}


@pytest.mark.parametrize("format", Format)
def test_each_format(format: Format) -> None:
    assert written(listing(*MILD), format) == MILD_TEXTS[format]


HOSTILE_TEXTS = {
    Format.TABLE: """\
name                killed
[/red]                   1
\\x1b[31m                 2
\\u202eilaM               3
=1+1                     4
 @SUM(A1)               -5
a|b_*`<i>&[x](y)         6
tab here and there       7
quoted "so", said        8
half \\ud800   \\x9b       9
""",
    Format.PLAIN: (
        "[/red]\t1\n\\x1b[31m\t2\n\\u202eilaM\t3\n=1+1\t4\n @SUM(A1)\t-5\na|b_*`<i>&[x](y)\t6\n"
        'tab\\there\\nand\\rthere\t7\nquoted "so", said\t8\nhalf \\ud800 \\u2028 \\x9b\t9\n'
    ),
    Format.JSONL: """\
{"name": "[/red]", "killed": 1, "sure": true, "seen_in": [], "more": null}
{"name": "\\u001b[31m", "killed": 2, "sure": true, "seen_in": [], "more": null}
{"name": "\\u202eilaM", "killed": 3, "sure": true, "seen_in": [], "more": null}
{"name": "=1+1", "killed": 4, "sure": true, "seen_in": [], "more": null}
{"name": " @SUM(A1)", "killed": -5, "sure": true, "seen_in": [], "more": null}
{"name": "a|b_*`<i>&[x](y)", "killed": 6, "sure": true, "seen_in": [], "more": null}
{"name": "tab\\there\\nand\\rthere", "killed": 7, "sure": true, "seen_in": [], "more": null}
{"name": "quoted \\"so\\", said", "killed": 8, "sure": true, "seen_in": [], "more": null}
{"name": "half \\ud800 \\u2028 \\u009b", "killed": 9, "sure": true, "seen_in": [], "more": null}
""",
    Format.CSV: (
        "name,killed,sure,seen_in,more\n[/red],1,true,,\n\x1b[31m,2,true,,\n\u202eilaM,3,true,,\n'=1+1,4,true,,\n"
        '\' @SUM(A1),-5,true,,\na|b_*`<i>&[x](y),6,true,,\n"tab\there\nand\rthere",7,true,,\n'
        '"quoted ""so"", said",8,true,,\nhalf \\ud800 \u2028 \x9b,9,true,,\n'
    ),
    Format.MARKDOWN: """\
| name | killed |
| --- | ---: |
| \\[/red\\] | 1 |
| \\\\x1b\\[31m | 2 |
| \\\\u202eilaM | 3 |
| =1+1 | 4 |
| @SUM(A1) | -5 |
| a\\|b\\_\\*\\`&lt;i&gt;&amp;\\[x\\](y) | 6 |
| tab here and there | 7 |
| quoted "so", said | 8 |
| half \\\\ud800   \\\\x9b | 9 |
""",
}
HOSTILE_TEXTS[Format.JSON] = (
    '{"command": "tolls", "query": "country:MLI \\"tank truck\\"", "policy": null, "basis": null, "rows": [\n'
    + HOSTILE_TEXTS[Format.JSONL].strip().replace("}\n", "},\n")
    + '\n], "warnings": []}\n'
)


@pytest.mark.parametrize("format", Format)
def test_text_from_outside_is_data(format: Format) -> None:
    assert written(listing(*HOSTILE), format) == HOSTILE_TEXTS[format]


@pytest.mark.parametrize("format", Format)
def test_a_terminal_gets_no_escape_from_data(format: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for color in (False, True):
        stream = io.StringIO()
        emit(listing(*HOSTILE), format, stream, width=80, terminal=True, color=color)
        styled = stream.getvalue().replace("\x1b[2m", "").replace("\x1b[0m", "")
        assert not set(styled) & set("\x1b\x9b\u202e\u2028\r\ud800")
        assert ("\x1b[" in stream.getvalue()) == (color and format is Format.TABLE)


EMPTY_TEXTS = {
    Format.TABLE: "no tolls\n\npolicy: range, basis: claims\n",
    Format.PLAIN: "",
    Format.JSON: (
        '{"command": "tolls", "query": null, "policy": "range", "basis": "claims", "rows": [], '
        '"warnings": ["2 rows left out"]}\n'
    ),
    Format.JSONL: "",
    Format.CSV: "name,killed,sure,seen_in,more\n",
    Format.MARKDOWN: "no tolls\n\npolicy: range, basis: claims\n",
}


@pytest.mark.parametrize("format", Format)
def test_nothing_found(format: Format) -> None:
    nothing = listing(
        empty="no tolls", policy="range", basis="claims", query=None, warnings=("2 rows left out",),
        fields=field_names(Toll),
    )  # fmt: skip
    assert written(nothing, format) == EMPTY_TEXTS[format]


GROUPED_TEXTS = {
    Format.TABLE: """\
TOLLS

  name  killed

true
  Mali   1,026

false
- JNIM

two rows
policy: range, basis: claims
""",
    Format.PLAIN: "true\tMali\t1,026\nfalse\tJNIM\t\n",
    Format.MARKDOWN: """\
## TOLLS

### true

| name | killed |
| --- | ---: |
| Mali | 1,026 |

### false

| name | killed |
| --- | ---: |
| JNIM |  |

two rows

policy: range, basis: claims
""",
}


@pytest.mark.parametrize("format", GROUPED_TEXTS)
def test_groups_title_footer_and_policy(format: Format) -> None:
    grouped = listing(
        *MILD, group=lambda row: str(row.sure).lower(), dim=lambda row: not row.sure, title="TOLLS", footer="two rows",
        policy="range", basis="claims",
    )  # fmt: skip
    assert written(grouped, format) == GROUPED_TEXTS[format]


def test_styles_of_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = io.StringIO()
    styled = listing(*MILD, dim=lambda row: not row.sure, strong=lambda row: row.sure, policy="range")
    emit(styled, Format.TABLE, stream, width=80, terminal=True, color=True)
    assert stream.getvalue() == (
        "\x1b[2m  name  killed\x1b[0m\n\x1b[1m  Mali   1,026\x1b[0m\n\x1b[2m- JNIM\x1b[0m\n"
        "\n\x1b[2mpolicy: range\x1b[0m\n"
    )


@pytest.mark.parametrize("format", [Format.PLAIN, Format.JSON, Format.JSONL, Format.CSV, Format.MARKDOWN])
def test_rows_are_written_as_they_come(format: Format) -> None:
    stream = io.StringIO()
    seen: list[int] = []

    def rows() -> Iterator[Toll]:
        for number in range(3):
            seen.append(stream.getvalue().count(f"row {number - 1}"))
            yield Toll(f"row {number}", number)

    emit(listing(rows=rows()), format, stream, width=80, terminal=False, color=False)
    assert seen == [0, 1, 1]


def test_a_screen_a_page_and_records() -> None:
    whole = listing(
        MILD[0], screen=lambda width: [line(f"{width} wide", "bold")], page=lambda: "# Page\n", records=MILD
    )
    assert written(whole, Format.TABLE, 60) == "60 wide\n"
    assert written(listing(MILD[0], screen=whole.screen), Format.PLAIN, 60) == "100 wide\n"
    assert written(listing(MILD[0], page=whole.page), Format.MARKDOWN) == "# Page\n"
    assert written(listing(MILD[0], records=MILD), Format.CSV) == MILD_TEXTS[Format.CSV]
    assert json.loads(written(listing(MILD[0], screen=whole.screen), Format.JSON))["rows"][0]["name"] == "Mali"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(
    st.lists(st.builds(Toll, st.text(max_size=20), st.none() | st.integers(), st.booleans(), more=VALUES), max_size=4)
)
def test_json_says_what_the_rows_hold(rows: list[Toll]) -> None:
    expected = json.loads(json.dumps([row.to_dict() for row in rows]))
    assert json.loads(written(listing(*rows), Format.JSON))["rows"] == expected
    assert [json.loads(each) for each in written(listing(*rows), Format.JSONL).splitlines()] == expected


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20), max_size=4))
def test_csv_gives_back_the_text(names: list[str]) -> None:
    text = written(listing(*(Toll(name, 1) for name in names)), Format.CSV)
    cells = [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    assert [cell.removeprefix("'") for cell in cells] == [name.removeprefix("'") for name in names]
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in cells)
