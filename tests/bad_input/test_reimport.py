"""Importing again: the same changes nothing, a revision keeps what it revises, and undoing brings that back."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest

View = list[Any]
LINKS = ("supersedes", "corrects", "corroborates", "repeats", "contradicts", "part_of")


@pytest.fixture
def view(run: Any) -> Callable[[str], View]:
    """Return view(url): what stands of the event and its claims, without what every import numbers anew."""

    def view(url: str) -> View:
        [event] = json.loads(run("show", "x-2019", "--history", "--format", "json", db=url).stdout)["rows"]
        claims = event["claims"]
        names = {row["key"]: row["native_id"] or row["key"].partition(".")[0] for row in claims}
        shown = [
            {
                "name": names[row["key"]],
                **{part: row[part] for part in ("standing", "lower", "upper", "wording", "value", "stated_on", "note")},
                **{kind: sorted(names[key] for key in _listed(row[kind])) for kind in LINKS if kind != "corrects"},
            }
            for row in claims
            if row["standing"] not in ("withdrawn", "corrected")
        ]
        about = [event[part] for part in ("slug", "name", "type", "place", "latitude", "date", "summary")]
        lines = [row["text"] for row in event["timeline"]]
        return [about, sorted(shown, key=lambda row: (row["name"], row["lower"] or 0)), lines]

    return view


def _listed(value: list[str] | str | None) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def figures(view: View) -> dict[str, tuple[int, str]]:
    return {row["name"]: (row["lower"], row["standing"]) for row in view[1] if row["lower"] is not None}


def test_importing_again_changes_nothing(known_url: str, document: str, run: Any, write: Any, dump: Any) -> None:
    before = dump(known_url)
    for _ in range(2):
        result = run("import", write(document), db=known_url)
        assert result.exit_code == 0
        assert "0 added   0 changed   1 unchanged" in result.stderr
        assert "0 added   0 changed   6 unchanged" in result.stderr
    assert dump(known_url) == before


def test_importing_the_seed_again_changes_nothing(seeded_url: str, run: Any, dump: Any) -> None:
    from conflictdb.resources import seed_path

    before = dump(seeded_url)
    assert run("import", seed_path(), db=seeded_url).exit_code == 0
    assert dump(seeded_url) == before


GOV_21 = "  - {id: gov-21, claimant: Mali, stated_on: 2019-03-21, of: Malian Army, killed: 26}\n"
UN = "  - {id: un, claimant: UN, stated_on: 2019-06-01, of: Malian Army, killed: 26, corroborates: gov-21}\n"
UN_ACTOR = "  - {name: UN, kind: igo}\n"

# A first document, a revised one, and what stands after it: figure and standing by id.
REVISIONS: dict[str, tuple[Callable[[str], str], Callable[[str], str], dict[str, tuple[int, str]]]] = {
    "a later figure supersedes": (
        lambda text: text.replace(GOV_21, ""),
        lambda text: text,
        {"gov-18/killed": (23, "superseded"), "gov-21/killed": (26, "standing"), "gov-18/wounded": (17, "standing")},
    ),
    "a corrected figure corrects": (
        lambda text: text,
        lambda text: text.replace("killed: 23", "killed: 24"),
        {"gov-18/killed": (24, "superseded"), "gov-21/killed": (26, "standing")},
    ),
    "a corrected figure that has a part": (
        lambda text: text.replace("killed: 30}", "killed: [30, {figure: 3, group: officers, part_of: jnim}]}"),
        lambda text: text.replace("killed: 30}", "killed: [31, {figure: 3, group: officers, part_of: jnim}]}"),
        {"jnim/killed": (31, "standing"), "jnim/killed/officers": (3, "standing")},
    ),
    "a later figure that supersedes none": (
        lambda text: text.replace(GOV_21, ""),
        lambda text: text.replace("killed: 26}", "killed: 26, supersedes: none}"),
        {"gov-18/killed": (23, "standing"), "gov-21/killed": (26, "standing")},
    ),
    "a known figure that now supersedes none": (
        lambda text: text,
        lambda text: text.replace("killed: 26}", "killed: 26, supersedes: none}"),
        {"gov-18/killed": (23, "standing"), "gov-21/killed": (26, "standing")},
    ),
    "a link of another kind": (
        lambda text: text.replace("claims:\n", "claims:\n" + UN).replace("slug:", UN_ACTOR + "slug:"),
        lambda text: text.replace("claims:\n", "claims:\n" + UN.replace("corroborates", "repeats")).replace(
            "slug:", UN_ACTOR + "slug:"
        ),
        {"un/killed": (26, "standing")},
    ),
    "the event told otherwise": (
        lambda text: text,
        lambda text: text.replace("Raid on X", "Attack on X").replace("date: 2019-03-17", "date: 2019-03-18"),
        {"gov-21/killed": (26, "standing")},
    ),
    "the place told otherwise": (
        lambda text: text,
        lambda text: text.replace("latitude: 14.8", "latitude: 14.9"),
        {"gov-21/killed": (26, "standing")},
    ),
    "another line of the timeline": (
        lambda text: text,
        lambda text: text + "  - {when: 2019-03-18, text: Search ends}\n",
        {"gov-21/killed": (26, "standing")},
    ),
}


@pytest.mark.parametrize(("first", "revised", "expected"), REVISIONS.values(), ids=REVISIONS)
def test_a_revision_keeps_what_it_revises_and_undoing_brings_it_back(
    first: Any,
    revised: Any,
    expected: Any,
    database_url: str,
    document: str,
    run: Any,
    write: Any,
    dump: Any,
    view: Any,
) -> None:
    assert run("import", write(first(document)), db=database_url).exit_code == 0
    before, rows = view(database_url), dump(database_url)
    assert run("import", write(revised(document)), db=database_url).exit_code == 0
    after = view(database_url)
    assert after != before
    assert expected.items() <= figures(after).items()
    _assert_kept(rows, dump(database_url))
    again = run("import", write(revised(document)), db=database_url)
    assert "0 added   0 changed   1 unchanged" in again.stderr

    assert run("imports", "undo", 2, db=database_url).exit_code == 0
    assert view(database_url) == before
    _assert_kept(rows, dump(database_url))
    assert run("import", write(revised(document)), db=database_url).exit_code == 0
    assert view(database_url) == after
    check = run("db", "check", db=database_url)
    assert check.exit_code == 0, check.stdout


def _assert_kept(before: Any, after: Any) -> None:
    """No claim was changed or removed; of links and timeline entries only their withdrawal may be new."""
    assert after["claim"][: len(before["claim"])] == before["claim"]
    for table in ("claim_link", "timeline_entry"):
        assert [row[:-2] for row in after[table][: len(before[table])]] == [row[:-2] for row in before[table]]


def test_turning_a_link_into_another_kind_withdraws_the_former(
    known_url: str, document: str, run: Any, write: Any, view: Any
) -> None:
    def links() -> tuple[list[str], list[str]]:
        row = next(row for row in view(known_url)[1] if row["name"] == "un/killed")
        return row["corroborates"], row["repeats"]

    text = document.replace("claims:\n", "claims:\n" + UN).replace("slug:", UN_ACTOR + "slug:")
    for kind, expected in (("corroborates", (["gov-21/killed"], [])), ("repeats", ([], ["gov-21/killed"]))):
        assert run("import", write(text.replace("corroborates", kind)), db=known_url).exit_code == 0
        assert links() == expected
    assert run("import", write(text), db=known_url).exit_code == 0  # run 4 takes back what run 3 said of run 2
    assert run("imports", "undo", 3, db=known_url).exit_code == 0
    assert links() == (["gov-21/killed"], [])
    assert run("imports", "undo", 4, db=known_url).exit_code == 0
    assert links() == (["gov-21/killed"], [])


def test_a_partial_document_blanks_nothing(known_url: str, run: Any, write: Any, dump: Any) -> None:
    before = dump(known_url)
    for text in (
        "slug: x-2019\n",
        "slug: x-2019\nsource: art\nclaims: [{id: gov-21, claimant: Mali, of: Malian Army, killed: 26}]\n",
        "slug: x-2019\nsource: art\nclaimant: Wikipedia\nplace: X\nsides: [{combatants: Malian Army}]\n",
        "sources: [{id: art, title: Some article}]\nactors: [{name: Mali, kind: state}]\n",
    ):
        result = run("import", write(text), db=known_url)
        assert (result.exit_code, "refused: " in result.stderr) == (0, False)
        assert dump(known_url) == before


def test_the_order_of_imports_does_not_matter_for_supersession(
    sqlite_databases: Any, tmp_path: Any, document: str, run: Any, write: Any, view: Any
) -> None:
    head, _, _ = document.partition("claims:\n")
    statements = [
        ("2019-03-18", "killed: 23"), ("2019-04", "killed: 27"), ("2019-06-01", "killed: over 20"),
    ]  # fmt: skip
    texts = [
        f"{head}claims:\n  - {{claimant: Mali, stated_on: {date}, of: Malian Army, {figure}}}\n"
        for date, figure in statements
    ]
    paths = [write(text, f"{number}.yaml") for number, text in enumerate(texts)]
    seen = []
    for order in itertools.permutations(range(len(texts))):
        url = str(sqlite_databases.copy(tmp_path, seed=False))
        assert run("import", *(paths[number] for number in order), db=url).exit_code == 0
        seen.append({(row["lower"], row["stated_on"], row["standing"]) for row in view(url)[1] if row["lower"] != 100})
    assert all(each == seen[0] for each in seen)
    assert {(lower, standing) for lower, _, standing in seen[0] if lower is not None} == {
        (23, "superseded"), (27, "superseded"), (21, "standing"),
    }  # fmt: skip


@pytest.mark.parametrize("order", [*itertools.permutations((2, 3, 4))], ids=str)
def test_runs_are_undone_in_any_order(
    order: tuple[int, ...], sqlite_databases: Any, tmp_path: Any, document: str, run: Any, write: Any, view: Any
) -> None:
    """Of four revisions of a figure and a name, the last one that is not undone stands."""

    def stands(figure: int, name: str) -> bool:
        about, claims, _ = view(url)
        return about[1] == name and figures([about, claims])["jnim/killed"] == (figure, "standing")

    url = str(sqlite_databases.copy(tmp_path, seed=False))
    for number in range(1, 5):
        text = document.replace("killed: 30", f"killed: {30 + number}").replace("Raid on X", f"Raid {number} on X")
        assert run("import", write(text), db=url).exit_code == 0
    left = {1, 2, 3, 4}
    for number in order:
        assert run("imports", "undo", number, db=url).exit_code == 0
        left.remove(number)
        assert stands(30 + max(left), f"Raid {max(left)} on X")
    text = document.replace("killed: 30", "killed: 40").replace("Raid on X", "Raid 9 on X")
    assert run("import", write(text), db=url).exit_code == 0
    assert stands(40, "Raid 9 on X")


@pytest.mark.parametrize("later_first", [False, True], ids=["in order", "the later claim first"])
def test_undoing_the_later_claim_lets_the_earlier_stand(
    later_first: bool, database_url: str, document: str, run: Any, write: Any, view: Any
) -> None:
    texts = [document.replace(GOV_21, ""), document.replace("  - {id: gov-18", "#")]
    later = 1 if later_first else 2
    for text in reversed(texts) if later_first else texts:
        assert run("import", write(text), db=database_url).exit_code == 0
    assert figures(view(database_url))["gov-18/killed"] == (23, "superseded")
    assert run("imports", "undo", later, db=database_url).exit_code == 0
    assert figures(view(database_url))["gov-18/killed"] == (23, "standing")
    assert "gov-21/killed" not in figures(view(database_url))
    assert run("import", write(document), db=database_url).exit_code == 0
    assert figures(view(database_url))["gov-18/killed"] == (23, "superseded")
    assert figures(view(database_url))["gov-21/killed"] == (26, "standing")


def test_what_cannot_be_undone(known_url: str, run: Any, dump: Any) -> None:
    before = dump(known_url)
    for number in (9, 2**31, 10**30):
        result = run("imports", "undo", number, db=known_url)
        error = f"error: no import run {number}\n  list them with: conflictdb imports\n"
        assert (result.exit_code, result.stderr) == (3, error)
    assert run("imports", "undo", 0, db=known_url).exit_code == 2
    assert dump(known_url) == before
    assert run("imports", "undo", 1, db=known_url).exit_code == 0
    after = dump(known_url)
    again = run("imports", "undo", 1, db=known_url)
    assert again.exit_code == 1
    assert again.stderr.startswith("error: run 1 was undone on 20")
    assert again.stderr.endswith("\n  to take it back, import the file again\n")
    undo = run("imports", "undo", 2, db=known_url)
    error = "error: run 2 is itself an undo\n  to take it back, import the file again\n"
    assert (undo.exit_code, undo.stderr) == (1, error)
    assert dump(known_url) == after
