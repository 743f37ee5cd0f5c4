from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.render.text import HARMFUL, JOIN, cell_width, cut, escaped, pad, visible, wrap

# Letters of every kind, harmful ones often among them.
LETTERS = st.one_of(st.characters(), st.sampled_from("\x00\x1b\x7f\x9b\t\n\r\u2028\u202e\u2066\u200b\ufeff\ud800界é "))
TEXTS = st.text(LETTERS, max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("over 20", "over 20"),
        ("[/red]", "[/red]"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\x00b\x7fc\x9bd", "a\\x00b\\x7fc\\x9bd"),
        ("a\tb\nc\r\nd\u2028e", "a b c d e"),
        ("left\u202eright\u2066\u061c\u200f", "left\\u202eright\\u2066\\u061c\\u200f"),
        ("zero\u200bwidth\u2060\ufeff", "zero\\u200bwidth\\u2060\\ufeff"),
        ("half a pair \ud800", "half a pair \\ud800"),
        ("tag \U000e0041", "tag \\U000e0041"),
        ("می\u200cخواهم 👩\u200d🚀 كوفا Kéita", "می\u200cخواهم 👩\u200d🚀 كوفا Kéita"),
    ],
    ids=["plain", "markup", "escape", "controls", "breaks", "bidi", "zero width", "surrogate", "tags", "scripts"],
)
def test_visible(text: str, expected: str) -> None:
    assert visible(text) == expected


def test_escaped_loses_nothing() -> None:
    assert escaped("a\tb\nc\rd\x1be\u2028") == "a\\tb\\nc\\rd\\x1be\\u2028"


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("é", 1), ("e\u0301", 1), ("京都", 4), ("한국", 4), ("كوفا", 4), ("👩", 2), ("…", 1)],
)
def test_cell_width(text: str, width: int) -> None:
    assert cell_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("Front for the Safeguard", 23, "Front for the Safeguard"),
        ("Front for the Safeguard", 14, "Front for the…"),
        ("Front for the Safeguard", 15, "Front for the…"),
        ("Front for the Safeguard", 1, "…"),
        ("Front for the Safeguard", 0, ""),
        ("京都の戦い", 5, "京都…"),
        ("京都の戦い", 6, "京都…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
    ],
)
def test_cut(text: str, width: int, expected: str) -> None:
    assert cut(text, width) == expected


def test_pad_counts_cells() -> None:
    assert [pad("京都", 6), pad("京都", 6, "right"), pad("é", 3), pad("too long", 3)] == [
        "京都  ",
        "  京都",
        "é  ",
        "too long",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("several dozen fighters", ["several", "dozen", "fighters"]),
        ("a b c d e f", ["a b c d e", "f"]),
        ("incomprehensibilities", ["incompreh", "ensibilit", "ies"]),
        ("see https://example.org/a/long/path now", ["see", "https://example.org/a/long/path", "now"]),
        ("京都の戦いで五人", ["京都の戦", "いで五人"]),
        (f"held out [1]{JOIN}x", ["held out", "[1] x"]),
    ],
    ids=["nothing", "words", "short words", "long word", "address", "wide letters", "joined"],
)
def test_wrap(text: str, expected: list[str]) -> None:
    assert wrap(text, 9) == expected


@given(TEXTS)
def test_nothing_harmful_stays_in_a_cell(text: str) -> None:
    shown = visible(text)
    assert not HARMFUL.search(shown)
    assert visible(shown) == shown
    assert not HARMFUL.search(escaped(text))
    shown.encode()


@given(TEXTS, st.integers(0, 30))
def test_cut_keeps_within_the_width(text: str, width: int) -> None:
    shown = visible(text)
    assert cell_width(cut(shown, width)) <= width
    assert cell_width(pad(cut(shown, width), width)) == width


@given(TEXTS, st.integers(2, 30))
def test_wrap_keeps_all_letters_within_the_width(text: str, width: int) -> None:
    lines = wrap(visible(text).replace("://", ""), width)
    assert all(cell_width(line) <= width for line in lines)
    kept = "".join(lines).replace(" ", "")
    assert kept == visible(text).replace("://", "").replace(" ", "").replace(JOIN, "")


def test_a_huge_word_is_wrapped_at_once() -> None:
    assert len(wrap("京" * 200_000, 80)) == 5000
