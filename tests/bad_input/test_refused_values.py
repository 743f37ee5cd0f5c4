"""Values of a document that cannot be: each refused at its field, with what to write instead."""

# ruff: noqa: E501  (whole messages, each on a line of its own)
from __future__ import annotations

import json
from typing import Any

import pytest

FIGURES = 'for example 26, "over 20", "at least 20", "30-40", "~100", "several dozen" or "none"'
KINDS = "state, state_forces, armed_group, party, igo, ngo, medium, civilians, official, witness, recorder, unknown"
TYPES = (
    "battle, explosion, violence_against_civilians, terrorism, riot, protest, strategic, state_based, non_state,"
    " one_sided, other"
)
GOV, JNIM = "line 17, x-2019, claims.1", "line 19, x-2019, claims.3"

REFUSED = {
    "unknown field": ("killed: 30", "kiled: 30", f"""{JNIM}.kiled: '30' no field is called "kiled"; did you mean "killed"?"""),
    "unknown field without a likeness": ("of: Malian Army, killed: 30", "xyz: 1, killed: 30, of: total", f"""{JNIM}.xyz: '1' no field is called "xyz"; known: id, column, claimant, source, locator, stated_on, status, reliability, credibility, wording, language, translation, note, stake, of, killed, wounded, missing, captured, deserted, displaced, casualties, materiel, losses, strength, commander, result, responsibility, name, date, place, supersedes, corrects, corroborates, repeats, contradicts, derived_from, retracts"""),
    "unknown field of an actor": ("kind: armed_group}", "kind: armed_group, alias: Nusra}", """line 7, actors.4.alias: 'Nusra' no field is called "alias"; did you mean "aliases"?"""),
    "no text": ("name: Raid on X", "name: [Raid]", """line 9, x-2019, name: '["Raid"]' it must be a valid string"""),
    "no list": ("claims:\n", "claims: many\nx:\n", """line 16, x-2019, claims: 'many' it must be a valid list"""),
    "no mapping": ("{when: 2019-03-17 16:00, text: Government regains control}", "16:00", """line 21, x-2019, timeline.1: '16:00' it has fields of its own, written below it"""),
    "no known word": ("type: battle", "type: batle", f"line 10, x-2019, type: 'batle' did you mean battle? it is one of: {TYPES}"),
    "a day that never was": ("date: 2019-03-17", "date: 2019-02-31", """line 12, x-2019, date: '2019-02-31' "2019-02-31" is not an EDTF date: February 2019 has 28 days"""),
    "a date in another order": ("date: 2019-03-17", "date: 17/03/2019", """line 12, x-2019, date: '17/03/2019' "17/03/2019" is not an EDTF date: write 2019-03-17"""),
    "a day of stating that never was": ("stated_on: 2019-03-18", "stated_on: 2019-13-18", """line 17, x-2019, claims.1.stated_on: '2019-13-18' "2019-13-18" is not an EDTF date: there is no month 13; months are 01 to 12, seasons 21 (spring) to 24 (winter)"""),
    "lower above upper": ("killed: 30", "killed: {lower: 40, upper: 30}", f"""{JNIM}.killed: '{{"lower": 40, "upper": 30}}' lower 40 is greater than upper 30"""),
    "a range that falls": ("killed: 30", 'killed: "40-30"', f"""{JNIM}.killed: '40-30' "40-30" cannot be read as a quantity: the range runs backwards; {FIGURES}"""),
    "fewer than none": ("killed: 30", "killed: -3", f"""{JNIM}.killed: '-3' "-3" cannot be read as a quantity: a count is 0 to 1,000,000,000,000; {FIGURES}"""),
    "fewer than none, in words": ("killed: 30", 'killed: "over -3"', f"""{JNIM}.killed: 'over -3' "over -3" cannot be read as a quantity: a count is never negative; {FIGURES}"""),
    "part of a person": ("killed: 30", "killed: 3.5", f"""{JNIM}.killed: '3.5' "3.5" cannot be read as a quantity: a fraction of a person is no count; thousands are grouped by three, as in "1,500" or "1.500"; {FIGURES}"""),
    "beyond any count": ("killed: 30", "killed: 1.0e308", f"""{JNIM}.killed: '1e+308' "1e+308" cannot be read as a quantity: it is no number, nor words known for one; {FIGURES}"""),
    "digits without end": ("killed: 30", "killed: " + "9" * 5000, f"""{JNIM}.killed: '{"9" * 79}…' "{"9" * 59}…" cannot be read as a quantity: it is too long for a figure; {FIGURES}"""),
    "no number": ("killed: 30", "killed: NaN", f"""{JNIM}.killed: 'NaN' "NaN" cannot be read as a quantity: unknown is no claim, leave it out; {FIGURES}"""),
    "an unknown word": ("killed: 30", "killed: oodles", f"""{JNIM}.killed: 'oodles' "oodles" cannot be read as a quantity: it is no number, nor words known for one; {FIGURES}"""),
    "truth": ("killed: 30", "killed: true", f"""{JNIM}.killed: 'True' "True" cannot be read as a quantity: it is no number, nor words known for one; {FIGURES}"""),
    "no degree": ("latitude: 14.8", "latitude: 148", """line 11, x-2019, place.latitude: '148' it must be less than or equal to 90"""),
    "half a point": ("latitude: 14.8, ", "", """line 11, x-2019, place: '{"name": "X", "country": "Mali", "longitude": -5.2}' latitude and longitude are given together, or neither"""),
    "NUL": ("name: Raid on X", 'name: "Raid\\0 on X"', """line 9, x-2019, name: 'Raid\\x00 on X' it holds the character NUL (U+0000), which no database keeps; leave it out"""),
    "a name longer than an index holds": ("name: Raid on X", "name: " + "é" * 501, f"""line 9, x-2019, name: '{"é" * 79}…' it has 501 letters; names, ids and addresses have 500 at most"""),
    "a claim that states nothing": (", killed: 30}", "}", f"{JNIM}: it states nothing: give a figure, a commander, or an attribute such as result:"),
    "a figure of nobody's": ("claimant: JNIM, of: Malian Army", "claimant: JNIM", f"{JNIM}.of: say whose they are, with of: a combatant, side 1, civilians, unknown or total"),
}  # fmt: skip


def assert_refused(result: Any, problem: str) -> None:
    """The one problem of the one event, and that nothing was taken."""
    refused = [line for line in result.stderr.splitlines() if line.startswith("  refused: ")]
    assert refused[:1] == [f"  refused: {problem}"]
    assert result.exit_code == 1
    assert result.stderr.endswith("was taken; the database is as it was before\n")
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(("old", "new", "problem"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_value_is_refused_at_its_field(
    old: str,
    new: str,
    problem: str,
    sqlite_databases: Any,
    tmp_path: Any,
    document: str,
    run: Any,
    write: Any,
    dump: Any,
) -> None:
    url = str(sqlite_databases.copy(tmp_path, seed=False))
    before = dump(url)
    assert document.count(old) == 1
    result = run("import", write(document.replace(old, new)), db=url)
    if "actors." in problem:
        assert result.stderr.count("refused: ") == 2  # and the event, which waits for its actors
    assert_refused(result, problem)
    assert dump(url) == before


def test_nan_in_json_is_refused_at_its_field(database_url: str, run: Any, write: Any) -> None:
    document = '{"slug": "x-2019",\n "claims": [{"of": "total",\n  "killed": NaN, "wounded": Infinity}],\n "place": {"latitude": NaN, "longitude": 1}}'
    result = run("import", write(document, "doc.json"), db=database_url)
    assert result.exit_code == 1
    refused = [line for line in result.stderr.splitlines() if line.startswith("  refused: ")]
    assert [line.partition(":")[2].partition("'")[0] for line in refused[:3]] == [
        " line 4, x-2019, place.latitude: ",
        " line 3, x-2019, claims.1.killed: ",
        " line 3, x-2019, claims.1.wounded: ",
    ]


def test_an_event_is_refused_with_all_its_problems_and_the_others_are_taken(
    known_url: str, run: Any, write: Any, dump: Any
) -> None:
    path = write("""\
source: art
claimant: Wikipedia
events:
  - slug: q-2020
    name: Q
    type: batle
    date: 2019-02-31
    claims:
      - {claimant: Government of Mal, of: JNIM, killed: 3}
      - {claimant: Mali, of: total, killed: {lower: 5, upper: 3}, wonded: 3}
      - {claimant: Mali, of: total, killed: "??"}
      - {claimant: Mali, source: att, of: total, killed: 3, supersedes: nosuch}
  - {slug: r-2020, name: R, type: battle, claims: [{claimant: Mali, of: total, killed: 3}]}
""")
    result = run("import", path, db=known_url)
    assert result.exit_code == 5
    assert result.stderr == (
        f"{path}   native, {path.stat().st_size} bytes\n"
        "  events    1 added   0 changed   0 unchanged   0 withdrawn   1 refused\n"
        "  claims    1 added   0 changed   0 unchanged   0 withdrawn   2 refused\n"
        f"  refused: line 6, q-2020, events.1.type: 'batle' did you mean battle? it is one of: {TYPES}\n"
        "  refused: line 7, q-2020, events.1.date: '2019-02-31' \"2019-02-31\" is not an EDTF date: February 2019 has"
        " 28 days\n"
        '  refused: line 10, q-2020, events.1.claims.2.killed: \'{"lower": 5, "upper": 3}\' lower 5 is greater than'
        " upper 3\n"
        "  refused: line 10, q-2020, events.1.claims.2.wonded: '3' no field is called \"wonded\"; did you mean"
        ' "wounded"?\n'
        "  refused: line 11, q-2020, events.1.claims.3.killed: '??' \"??\" cannot be read as a quantity: unknown is no"
        f" claim, leave it out; {FIGURES}\n"
        "  refused: line 9, q-2020, events.1.claims.1.of: 'JNIM' \"JNIM\" is no combatant of this event (they"
        " are: none); a subject is a combatant, a side (side 1), civilians, unknown or total\n"
        "  refused: line 9, q-2020, events.1.claims.1.claimant: 'Government of Mal' no actor \"Government of"
        ' Mal"; nearest known: Government of Mali, Mali. If it is new, define it: actors: [{name: Government of Mal,'
        f" kind: ...}}], where kind is one of {KINDS}\n"
        "  refused: line 12, q-2020, events.1.claims.4.source: 'att' no source \"att\"; nearest known: art. If it"
        " is new, describe it: sources: [{id, title}]\n"
        "  refused: line 12, q-2020, supersedes: 'nosuch' no claim \"nosuch\" in this event\n"
        f"run 2; undo it with: conflictdb --db {known_url} imports undo 2\n"
    )
    assert [row[2] for row in dump(known_url)["event"]] == ["x-2019", "r-2020"]
    shown = run("show", "q-2020", "--format", "json", db=known_url)
    assert shown.exit_code == 3


def test_definitions_and_events_are_refused_at_once(known_url: str, run: Any, write: Any, dump: Any) -> None:
    before = dump(known_url)
    path = write("actors: [{name: New, kind: tribe}]\nevents:\n  - {slug: a, type: batle}\n  - {slug: b, name: [1]}\n")
    result = run("import", path, db=known_url)
    why = "the event is refused because the document's own definitions have problems"
    assert (result.exit_code, result.stderr) == (
        1,
        f"{path}   native, {path.stat().st_size} bytes\n"
        "  events    0 added   0 changed   0 unchanged   0 withdrawn   2 refused\n"
        "  claims    0 added   0 changed   0 unchanged   0 withdrawn   0 refused\n"
        f"  refused: line 1, actors.1.kind: 'tribe' it is one of: {KINDS}\n"
        f"  refused: line 3, a, events.1: {why}\n"
        f"  refused: line 3, a, events.1.type: 'batle' did you mean battle? it is one of: {TYPES}\n"
        f"  refused: line 4, b, events.2: {why}\n"
        "  refused: line 4, b, events.2.name: '[1]' it must be a valid string\n"
        f"error: nothing of {path} was taken; the database is as it was before\n",
    )
    assert dump(known_url) == before


def test_large_documents_find_their_lines_quickly(database_url: str, run: Any, write: Any) -> None:
    events = [{"slug": f"e-{number}", "name": f"E {number}", "type": "batle"} for number in range(1500)]
    result = run("import", write(json.dumps({"events": events}, indent=1), "doc.json"), db=database_url)
    assert result.exit_code == 1
    assert "refused: line 6, e-0, events.1.type" in result.stderr
    assert "and 2,980 more" in result.stderr
