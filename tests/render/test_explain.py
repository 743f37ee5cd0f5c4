"""Explanations in sentences: on a screen of any width, as a page, and as the text of a row."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from render_rows import FSD, GOVERNMENT, claim, estimate

from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.rows import ClaimRow, EstimateRow, SetAside
from conflictdb.domain.rows.explanation import EXPLANATION_FIELDS, Aside, Change, ExplanationRow
from conflictdb.domain.vocabulary import Basis
from conflictdb.looking import look
from conflictdb.render.emit import emit
from conflictdb.render.explain import MOST_LISTED, explanation_text, explanations_listing
from conflictdb.render.formats import Format
from conflictdb.render.text import cell_width

FIRST = claim("gov23", 23, 23, wording="23 killed", status="provisional", stated_on="2019-03-18")
SECOND = claim("gov26", stated_on="2019-03-21", supersedes=("gov23",), status="revised")
OBSERVERS = claim(
    "un26", claimant="MINUSMA", stake="third_party", stated_on="2019-05-31", corroborates=("gov26",), source="report",
    source_title="A report",
)  # fmt: skip
BOUND = claim("fsd21", 21, None, qualifier="more_than", wording="over 20", claimant=FSD, stake="third_party")
ENEMY = claim("jnim30", 30, 30, claimant="JNIM", stake="adversary")
RANGE = estimate(
    21, None, open=True, highest_stated=30, used=("gov26", "un26", "fsd21", "jnim30"),
    set_aside=(SetAside("gov23", "superseded by “26”"),), why="the least and the greatest of 4 figures",
)  # fmt: skip


def row(made: EstimateRow = RANGE, **given: Any) -> ExplanationRow:
    """Return the explanation of a range, unless something else is given."""
    usual: dict[str, Any] = {
        "event_name": "Raid on Dioura (2019)",
        "counted": (SECOND, OBSERVERS, BOUND, ENEMY),
        "asides": (Aside("superseded by “26”", (FIRST,)),),
        "parts": (),
        "changes": (
            Change("JNIM", (), replace(RANGE, highest_stated=26)),
            Change(FSD, ("its youth wing",), replace(RANGE, open=False, high=30)),
        ),
        "claimants": 4,
        "left_out": 4,
    }
    return ExplanationRow(made, **{**usual, **given})


def alone(said: ClaimRow, made: EstimateRow, **given: Any) -> ExplanationRow:
    """Return the explanation of an estimate that one claim is behind."""
    who = Change(said.claimant, (), None)
    usual = {"counted": (said,), "asides": (), "changes": (who,), "claimants": 1, "left_out": 1}
    return row(replace(made, used=(said.key,), set_aside=()), **{**usual, **given})


def written(*rows: ExplanationRow, width: int = 100, format: Format = Format.TABLE, **lens: Any) -> str:
    stream = StringIO()
    listing = explanations_listing(iter(rows), "dioura-2019", look(**lens))
    emit(listing, format, stream, width=width, terminal=False, color=False)
    return stream.getvalue()


def words(text: str) -> list[str]:
    """Return the words of a text without the marks of a list."""
    return [word.rstrip(":,") for word in text.split() if word != "-"]


SCREEN = """\
Raid on Dioura (2019) (dioura-2019)

Malian Army, killed: 21 to 30 or more
  The estimate is at least 21 killed: the least and the greatest of 4 figures. The highest figure
  stated is 30. It may be more, since "over 20" (Front for the Safeguard of Democracy) sets no upper
  limit.

  4 claims count:
    26       says Government of Mali, on its own side's losses, 21 Mar 2019, in "Raid on Dioura
             (2019)", a revised figure, in place of 23 of 18 Mar [gov26]
    26       says MINUSMA, of neither side, 31 May 2019, in "A report", confirming Government of
             Mali [un26]
    over 20  says Front for the Safeguard of Democracy, of neither side, no date, in "Raid on Dioura
             (2019)" [fsd21]
    30       says JNIM, on its enemy's losses, no date, in "Raid on Dioura (2019)" [jnim30]

  1 claim is set aside: superseded by “26”.
    23  says Government of Mali, on its own side's losses, 18 Mar 2019, in "Raid on Dioura (2019)",
        a provisional figure [gov23]

  What would change it:
    Without JNIM it would be 21 to 26 or more.
    Without Front for the Safeguard of Democracy (and its youth wing, part of it) it would be 21 to
    30.
    Leaving out any one of the other 2 claimants changes nothing.

Estimates by policy range, version 1, basis claims, as of 31 May 2019, undated claims included: From
the least to the greatest stated figure; open above where a claim states no upper bound; no best
figure. Reference: Every Casualty Counts, Standards for Casualty Recording (2016): report the range.
"""


def test_a_screen() -> None:
    assert written(row(), as_of="2019-05-31", undated=True) == SCREEN
    assert written(row(), as_of="2019-05-31", undated=True, format=Format.PLAIN) == SCREEN


def test_a_page() -> None:
    lines = written(row(), format=Format.MARKDOWN).splitlines()
    assert lines[:4] == ["## Raid on Dioura (2019) (dioura-2019)", "", "### Malian Army, killed: 21 to 30 or more", ""]
    assert lines[8] == (
        '- 26, says Government of Mali, on its own side\'s losses, 21 Mar 2019, in "Raid on Dioura (2019)", a revised'
        " figure, in place of 23 of 18 Mar \\[gov26\\]"
    )
    assert "- Without JNIM it would be 21 to 26 or more." in lines


def test_the_text_of_a_row_says_the_same() -> None:
    on_screen = SCREEN.partition("\n\n")[2].partition("Estimates by")[0]
    assert words(explanation_text(row())) == words(on_screen)
    assert '"text": "Malian Army, killed: 21 to 30 or more\\nThe estimate is' in written(row(), format=Format.JSON)


def test_a_csv_without_rows_has_the_fields_of_one_with_rows() -> None:
    assert written(format=Format.CSV).rstrip("\n").split(",") == list(EXPLANATION_FIELDS)
    assert list(row().to_dict()) == list(EXPLANATION_FIELDS)


@pytest.mark.parametrize("width", range(40, 141, 7))
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    long = claim("long", claimant="المكتب الإعلامي " * 9, source_title="報告書" * 20, source="other")
    text = written(row(), row(counted=(SECOND, long), changes=(Change("x" * 150, (), None),)), width=width)
    assert max(map(cell_width, text.splitlines())) <= width


def test_what_comes_from_outside_is_made_visible() -> None:
    evil = replace(ENEMY, claimant="\x1b[31mJNIM", source_title="a\u202eb\nc")
    text = written(alone(evil, estimate(30, 30, highest_stated=30)))
    assert "\x1b" not in text and "\u202e" not in text
    assert "\\x1b[31mJNIM" in text
    assert "<b>" not in written(alone(replace(ENEMY, claimant="<b>JNIM"), RANGE), format=Format.MARKDOWN)


def test_nothing_to_explain() -> None:
    assert written(as_of="2019-03-17").splitlines()[0] == (
        "no casualty claim had been stated by 2019-03-17; --undated counts undated statements too"
    )
    assert written(format=Format.MARKDOWN).startswith("no casualty claims found")


# --- one sentence each ------------------------------------------------------------------------------------------------

POINT = estimate(26, 26, best=26, highest_stated=26, why="the last")
ANSWERS: dict[str, tuple[EstimateRow, str]] = {
    "one number": (POINT, "The estimate is 26 killed: the last."),
    "a best in a range": (
        estimate(21, 30, best=26, highest_stated=30, why="the most reliable"),
        "The best estimate is 26 killed: the most reliable. The lowest figure that counts is 21, the highest 30.",
    ),
    "a best without a low": (
        estimate(None, 30, best=26, highest_stated=30, why="the most reliable"),
        "The best estimate is 26 killed: the most reliable. The highest figure that counts is 30. No claim says how"
        " many at least.",
    ),
    "a range": (estimate(21, 30, highest_stated=30, why="two"), "The estimate is from 21 to 30 killed: two."),
    "a range of one": (estimate(17, 17, highest_stated=17, why="one"), "The estimate is 17 killed: one."),
    "nothing below": (
        estimate(None, 50, highest_stated=50, why="one"),
        "The estimate is at most 50 killed: one. No claim says how many at least.",
    ),
    "open above": (
        estimate(21, None, open=True, highest_stated=21, why="one"),
        "The estimate is at least 21 killed: one.",
    ),
    "a tie": (estimate(None, ties=(21, 26), why="they tie"), "There is no one estimate: they tie."),
    "pending": (estimate(None, pending=True, why="too few"), "There is no estimate yet: too few."),
    "no figure": (estimate(None, why="undated"), "There is no estimate: undated."),
    "a zero that may mean nothing": (
        estimate(0, 0, best=0, highest_stated=0, zero_or_unknown=True, why="UCDP", basis=Basis.ESTIMATES),
        "The estimate is 0 killed: UCDP. A recorder's 0 may also mean that nothing is known.",
    ),
    "casualties are no deaths": (
        replace(POINT, metric="casualties"),
        "The estimate is 26 casualties: the last. Casualties are killed and wounded, not told apart.",
    ),
    "things": (
        replace(POINT, metric="materiel", item="vehicle", fate="captured"),
        "The estimate is 26 vehicles captured: the last.",
    ),
    "a sum": (replace(POINT, composite=True, note="sum of A and B"), "The estimate is 26 killed: sum of A and B."),
}


@pytest.mark.parametrize(("made", "sentence"), ANSWERS.values(), ids=ANSWERS)
def test_the_answer(made: EstimateRow, sentence: str) -> None:
    assert explanation_text(alone(SECOND, made)).split("\n")[1] == sentence


HEADINGS: dict[str, tuple[EstimateRow, str]] = {
    "a name stays as it is": (replace(POINT, subject="al-Shabaab"), "al-Shabaab, killed: 26"),
    "civilians": (replace(POINT, subject="civilians", subject_kind="civilians"), "Civilians, killed: 26"),
    "the total": (replace(POINT, subject="total", subject_kind="total"), "Event total, killed: 26"),
    "a part": (replace(POINT, group="officers"), "Malian Army, officers killed: 26"),
    "a tie": (estimate(None, ties=(21, 26)), "Malian Army, killed: no estimate, as there is a tie"),
    "no figure": (estimate(None), "Malian Army, killed: no estimate"),
    "pending": (estimate(None, pending=True), "Malian Army, killed: pending"),
}


@pytest.mark.parametrize(("made", "heading"), HEADINGS.values(), ids=HEADINGS)
def test_the_heading(made: EstimateRow, heading: str) -> None:
    assert explanation_text(alone(SECOND, made)).split("\n")[0] == heading


CHANGES: dict[str, tuple[Change, str]] = {
    "a figure": (Change("JNIM", (), POINT), "Without JNIM it would be 26."),
    "no claim": (Change("JNIM", (), None), "Without JNIM no claim would be left."),
    "no figure": (
        Change("JNIM", (), estimate(None, why="undated")),
        "Without JNIM there would be no estimate: undated.",
    ),
    "a tie": (
        Change("JNIM", (), estimate(None, ties=(1, 2), why="they tie")),
        "Without JNIM there would be no one estimate: they tie.",
    ),
    "pending": (
        Change("JNIM", (), estimate(None, pending=True, why="too few")),
        "Without JNIM there would be no estimate yet: too few.",
    ),
    "with many that belong to it": (
        Change("Mali", tuple("abcde"), POINT),
        "Without Mali (and a, b, c and 2 more, part of it) it would be 26.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), CHANGES.values(), ids=CHANGES)
def test_what_would_change(change: Change, sentence: str) -> None:
    text = explanation_text(row(changes=(change,), claimants=2, left_out=2)).split("\n")
    assert text[-2:] == [f"- {sentence}", "- Leaving out the other claimant changes nothing."]


def test_what_rests_on_one_and_what_on_nobody() -> None:
    assert explanation_text(alone(SECOND, POINT)).split("\n")[-1] == f"All of it rests on {GOVERNMENT} alone."
    silent = alone(SECOND, estimate(None), changes=())
    assert explanation_text(silent).split("\n")[-1] == f"Nobody but {GOVERNMENT} states anything."
    agreed = row(POINT, changes=())
    assert explanation_text(agreed).split("\n")[-1] == "Leaving out any one of the 4 claimants changes nothing."


def test_of_thousands_some_are_named() -> None:
    claims = tuple(claim(f"c{n}", n, n, claimant=f"Speaker {n}") for n in range(2000))
    text = explanation_text(row(counted=claims, asides=(), changes=(), claimants=2000, left_out=12)).split("\n")
    assert text[2] == "2,000 claims count:"
    assert text[3 + MOST_LISTED] == f"- and {2000 - MOST_LISTED:,} more; --format json has them all"
    assert text[-1] == ("Of 2,000 claimants, only the 12 whose claims bear most on the figure were left out in turn.")


def test_a_claim_without_a_date_counts_by_its_document() -> None:
    published = replace(ENEMY, known_last_day=parse_edtf("2023-01-25").last_day)
    assert explanation_text(alone(published, POINT)).split("\n")[3] == (
        "- 30, says JNIM, on its enemy's losses, no date, in a document of 25 Jan 2023 [jnim30]"
    )


def test_a_sum_names_its_parts() -> None:
    total = replace(POINT, subject="total", subject_kind="total", composite=True, note="sum of Malian Army")
    text = explanation_text(row(total, counted=(), asides=(), parts=(POINT,), changes=(), claimants=2, left_out=2))
    assert text.split("\n")[1:4] == [
        "The estimate is 26 killed: sum of Malian Army.", "What is added:", "- 26, Malian Army (the last)",
    ]  # fmt: skip
