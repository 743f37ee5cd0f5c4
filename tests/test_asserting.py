"""Expectations held to what a database finds: whose losses are meant, and what is behind each answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coded_files import ged, take_ged
from conflictdb.asserting import check, read_expectations
from conflictdb.config import find_target
from conflictdb.domain.rows.assertion import ASSERTION_FIELDS, AssertionRow
from conflictdb.errors import UsageError
from conflictdb.ingest import import_file
from conflictdb.store.engine import reading

Check = Callable[..., list[AssertionRow]]


@pytest.fixture
def checked(tmp_path: Path) -> Check:
    """Return checked(url, *lines): what became of expectations."""

    def checked(url: str, *lines: str) -> list[AssertionRow]:
        path = tmp_path / "expectations.yaml"
        path.write_text("".join(f"- {line}\n" for line in lines), encoding="utf-8")
        with reading(find_target(url)) as connection:
            return list(check(connection, read_expectations(path)))

    return checked


RAID: dict[str, tuple[str, int | str | None]] = {
    "a state, by what fought for it": ("killed mali range low == 21", 21),
    "another name of it": ('killed "Government of Mali" range low == 21', 21),
    "the combatant itself": ('killed "malian army" range low == 21', 21),
    "a side": ("killed side-1 range low == 21", 21),
    "the other side": ("killed jnim range high == 3", 3),
    "its native id": ("killed ucdp-actor:72 range low == 21", 21),
    "an open end": ("killed mali range high == open", "open"),
    "whether it is open": ("killed mali range open == yes", "yes"),
    "the highest that is stated": ("killed mali range highest == 30", 30),
    "the claims that were used": ("killed mali range claims == 6", 6),
    "none that a policy names": ("killed mali range best == none", "none"),
    "a policy": ("killed mali ucdp best == 26", 26),
    "a tie": ("killed mali majority best == none", "none"),
    "a tie that is broken": ("killed mali majority best == 21 tie lowest", 21),
    "too few": ("killed mali corroborated best == none k 3", "none"),
    "an order": ("killed mali priority best == 26 prefer minusma,state", 26),
    "as of a day": ("killed mali range low == 23 as-of 2019-03-18", 23),
    "with what is undated": ("killed mali range low == 21 as-of 2019-03-18 undated", 21),
    "before any claim": ("killed mali range low == none as-of 2019-03-17", "none"),
    "the total": ("killed total ucdp best == 29", 29),
    "nobody's claims": ("wounded jnim range low == none", "none"),
    "civilians, of whom nothing is said": ("killed civilians range claims == 0", 0),
    "an explicit zero": ("captured mali range high == 0", 0),
    "what recorders estimate": ("missing mali range claims == 0 basis estimates", 0),
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), RAID.values(), ids=RAID)
def test_whose_losses_are_meant(text: str, found: object, shipped_url: str, checked: Check) -> None:
    (row,) = checked(shipped_url, f"dioura-2019 {text}")
    assert (row.found, row.holds) == (found, True), row


def test_a_row_whole(shipped_url: str, checked: Check) -> None:
    (row,) = checked(shipped_url, "dioura-2019 killed mali ucdp best == 27 as-of 2019-05-31")
    told = row.to_dict()
    assert tuple(told) == ASSERTION_FIELDS
    assert {name: told[name] for name in told if name not in ("why", "used")} == {
        "line": 1, "what": "dioura-2019 killed mali ucdp best as-of 2019-05-31", "op": "==", "expected": 27,
        "found": 26, "holds": False,
        "see": "conflictdb casualties dioura-2019 --metric killed --policy ucdp --as-of 2019-05-31 --explain",
        "event": "dioura-2019", "subject": "mali", "metric": "killed", "item": None, "fate": None, "group": None,
        "field": "best", "query": None, "policy": "ucdp", "version": "1", "basis": "claims", "parameters": {},
        "label": "ucdp", "as_of": "2019-05-31", "undated": False,
    }  # fmt: skip
    assert [(claim.key, claim.claimant, claim.lower) for claim in row.claims if claim.key in row.used] == [
        (row.claims[0].key, "Government of Mali", 26), (row.claims[1].key, "MINUSMA", 26),
    ]  # fmt: skip


def test_things_are_counted_by_kind_and_fate(shipped_url: str, checked: Check) -> None:
    things = "event: dioura-2019, metric: materiel, item: vehicle, subject: {}, policy: range, low: 8"
    rows = checked(
        shipped_url, *(f"{{{things.format(whose)}, fate: {fate}}}" for whose in ("mali", "total")
                       for fate in ("destroyed", "captured")),
    )  # fmt: skip
    assert [row.found for row in rows] == [8, 8, 8, 8]
    assert rows[0].what == 'dioura-2019 "vehicle destroyed" mali range low'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("zzz killed mali range low == 1", 'no event "zzz"; list them with: conflictdb events zzz'),
        (
            "dioura-2019 killed chad range low == none",
            'no actor "chad"; who fought: Malian Army (side 1), Katibat Macina (side 2)',
        ),
        (
            'dioura-2019 killed "katibat massina" range low == 1',
            'no actor "katibat massina"; did you mean Katibat Macina?'
            " who fought: Malian Army (side 1), Katibat Macina (side 2)",
        ),
        (
            "dioura-2019 killed MINUSMA range low != 1",
            '"MINUSMA" has no part in dioura-2019; who fought: Malian Army (side 1), Katibat Macina (side 2)',
        ),
        ("dioura-2019 killed side-3 range low == none", "dioura-2019 has no side 3; its sides: 1, 2"),
    ],
    ids=["event", "actor", "a near name", "an actor elsewhere", "side"],
)
def test_what_is_not_there_is_as_nobody_expects_it(text: str, why: str, shipped_url: str, checked: Check) -> None:
    (row,) = checked(shipped_url, text)
    assert (row.found, row.holds, row.why, row.see) == (None, False, why, "")


def test_a_claimant_that_nobody_knows(shipped_url: str, checked: Check) -> None:
    (row,) = checked(shipped_url, "dioura-2019 killed mali priority best != 1 prefer xyzzy")
    assert (row.found, row.holds, row.see) == (None, False, "")
    assert row.why.startswith('no actor and no kind of actors is "xyzzy"; ')


def test_events_are_counted(shipped_url: str, checked: Check) -> None:
    rows = checked(
        shipped_url,
        'events: {query: "country:MLI killed>=20", count: 1}',
        'events: {query: "country:NER", count: {">=": 1}}',
        'events: {query: "", count: 1}',
    )
    assert [(row.found, row.holds, row.see) for row in rows] == [
        (1, True, "conflictdb events 'country:MLI killed>=20'"), (0, False, "conflictdb events country:NER"),
        (1, True, "conflictdb events"),
    ]  # fmt: skip
    assert (rows[0].policy, rows[0].query) == (None, "country:MLI killed>=20")


MANY = """\
sources: [{id: art, title: T}]
source: art
claimant: A
actors:
  - {name: A, kind: ngo}
  - {name: Northland, kind: state}
  - {name: Army, kind: state_forces, part_of: Northland}
  - {name: Navy, kind: state_forces, part_of: Northland}
  - {name: Guards, kind: armed_group}
  - {name: Rebels, kind: armed_group, part_of: Front}
  - {name: Turncoats, kind: armed_group, part_of: Front}
  - {name: Front, kind: armed_group}
slug: x-2020
name: X
type: battle
date: 2020-02-03
sides: [{combatants: [Army, Navy, Guards, Turncoats]}, {combatants: [Rebels]}]
claims:
  - {of: Army, killed: [10, {group: officers, figure: 2}]}
  - {of: Navy, killed: 5}
  - {of: Rebels, killed: at least 7}
  - {of: side 1, wounded: 40}
  - {of: Army, wounded: 30}
  - {of: civilians, killed: 4}
  - {of: total, missing: 9}
"""


def test_several_of_a_side(database_url: str, tmp_path: Path, checked: Check) -> None:
    document = tmp_path / "x.yaml"
    document.write_text(MANY, encoding="utf-8")
    assert [each.why for each in import_file(find_target(database_url), document).problems] == []
    expected: dict[str, Any] = {
        "killed northland range low": 15, "killed northland range high": 15, "killed northland range best": "none",
        "killed side-1 range low": 15, "killed side-1 range high": "open", "killed navy range low": 5,
        "wounded side-1 range low": 40, "wounded northland range low": 30, "wounded northland range high": "open",
        "wounded army range high": 30, "wounded guards range low": "none", "killed front range low": None,
        "killed civilians range low": 4, "killed unknown range low": "none", "killed total range low": 26,
        "killed total range high": "open", "missing total range high": 9,
    }  # fmt: skip
    rows = checked(database_url, *(f"x-2020 {text} == 0" for text in expected))
    assert {text: row.found for text, row in zip(expected, rows, strict=True)} == expected
    why = next(row.why for row in rows if row.subject == "front")
    assert why == '"front" is on several sides of x-2020; name one of: Turncoats (side 1), Rebels (side 2)'


def test_a_part_of_them(database_url: str, tmp_path: Path, checked: Check) -> None:
    document = tmp_path / "x.yaml"
    document.write_text(MANY, encoding="utf-8")
    assert import_file(find_target(database_url), document).problems == []
    part = "{event: x-2020, metric: killed, group: officers, subject: %s, policy: range, low: 2}"
    rows = checked(database_url, part % "army", part % "side-1", part % "total")
    assert [(row.found, row.what) for row in rows] == [
        (2, f'x-2020 "officers killed" {subject} range low') for subject in ("army", "side-1", "total")
    ]


def test_estimates_of_a_recorder_and_a_native_id(database_url: str, tmp_path: Path, checked: Check) -> None:
    take_ged(database_url, tmp_path, ged(id=1), release="22.1")
    take_ged(database_url, tmp_path, ged(id=1, deaths_a=30), release="23.1")
    rows = checked(
        database_url,
        "ucdp-ged:1 killed total range best == 33 basis estimates",
        "ucdp-ged:1 killed total range best == 29 basis estimates as-of 2022-06-30",
        "ucdp-ged:1 killed total range claims == 0",
    )
    assert [row.holds for row in rows] == [True, True, True]
    assert "--basis estimates --as-of 2022-06-30 --by-event --explain" in rows[1].see


FILES = {
    "a list": "- dioura-2019 killed mali range low == 21\n",
    "a list by its name": "# ours\nexpectations:\n  - dioura-2019 killed mali range low == 21\n",
    "one mapping": "event: dioura-2019\nmetric: killed\nsubject: mali\npolicy: range\nlow: 21\n",
    "documents": "---\n- dioura-2019 killed mali range low == 21\n---\n",
    "JSON": '["dioura-2019 killed mali range low == 21"]',
    "lines of JSON": '{"event": "dioura-2019", "metric": "killed", "subject": "mali", "policy": "range", "low": 21}\n'
    '{"expectations": []}\n',
}  # fmt: skip


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_files(text: str, shipped_url: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(text, encoding="utf-8")
    with reading(find_target(shipped_url)) as connection:
        assert [(row.found, row.holds) for row in check(connection, read_expectations(path))] == [(21, True)]


UNREADABLE: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "every wrong line": (
        "- x killed a ucdpp low == 1\n- x killed a range low == 1\n- event: x\n  metric: killed\n  low: 1\n"
        "- x killed a range low == 1 as-of tomorrow\n- x killed a range low == 1 k 3\n"
        '- events: {query: "cuntry:MLI", count: 1}\n- 5\n',
        "{path} cannot be read as expectations",
        (
            "line 1: no policy is called 'ucdpp'; did you mean ucdp?",
            "line 3: subject is missing", "line 3: policy is missing",
            "line 6: as-of 'tomorrow' is no date:",
            "line 7: the policy range takes no k;",
            'line 8: cannot read "cuntry:MLI" in the query; there is no field "cuntry"; did you mean country?',
            "line 9: it is a text, such as dioura-2019 killed mali ucdp best == 26, or a mapping",
        ),
    ),
    "no list": (
        "x killed a range low == 1\ny killed a range low == 1\n", "{path} cannot be read as expectations",
        ("line 1: expectations are a list: write - and a space before each",),
    ),
    "nothing": ("# nothing yet\n", "{path} expects nothing", ("write an expectation a line: - dioura-2019",)),
    "no YAML": (
        "- x: y: z\n", "file is not YAML: a colon where none is expected (quote a text that holds one, or mend the"
        " indent) on line 1, column 7", ("mend that place; nothing was checked",),
    ),
    "an alias": (
        "- &a x killed a range low == 1\n- *a\n", "file is not YAML: aliases (*name) are not read on line 2, column 3",
        ("mend that place; nothing was checked",),
    ),
    "a field twice": (
        "- {event: x, event: y}\n",
        'file is not YAML: the field "event" stands twice in one place on line 1, column 14',
        ("mend that place; nothing was checked",),
    ),
    "a broken line of JSON": (
        '{"expectations": []}\n{"event": \n', "{path} cannot be read as expectations", ("line 2: file is not JSON",),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "what", "advice"), UNREADABLE.values(), ids=UNREADABLE)
def test_files_that_cannot_be_read(text: str, what: str, advice: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        read_expectations(path)
    assert raised.value.what == what.format(path=path)
    begun = [line[: len(start)] for line, start in zip(raised.value.advice, advice, strict=True)]
    assert begun == list(advice)


@pytest.mark.parametrize("name", ["missing.yaml", "."], ids=["missing", "folder"])
def test_files_that_are_not_there(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read_expectations(tmp_path / name)
