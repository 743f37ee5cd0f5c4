"""What dates say holds whatever the order of imports, after a date was mended too, and for statements without an id."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from conflictdb.config import find_target
from conflictdb.ingest import import_file
from conflictdb.store.engine import reading

HEAD = """\
source: {id: report, title: A report}
actors:
  - {name: Government, kind: state}
  - {name: Army, kind: state_forces, part_of: Government}
  - {name: Rebels, kind: armed_group}
slug: x-2019
name: Raid on X
type: battle
date: 2019-03-17
sides: [{combatants: Army}, {combatants: Rebels}]
claims:
"""
STATED = {
    "a": "  - {id: a, claimant: Government, stated_on: 2019-03-18, of: Army, killed: 23, locator: p}\n",
    "b": "  - {id: b, claimant: Government, stated_on: 2019-03-21, of: Army, killed: 26, locator: p}\n",
    "c": "  - {id: c, claimant: Government, stated_on: 2019-03-25, of: Army, killed: 27, locator: p}\n",
}


def take(database_url: str, tmp_path: Path, *claims: str) -> None:
    path = tmp_path / "document.yaml"
    path.write_text(HEAD + "".join(claims), encoding="utf-8")
    report = import_file(find_target(database_url), path)
    assert report.problems == []


def links(database_url: str) -> list[tuple[Any, ...]]:
    """Return the standing links as (from, revision, kind, to, revision), by the documents' ids."""
    statement = text(
        "SELECT o.native_id, o.revision, l.kind, t.native_id, t.revision FROM claim_link l"
        " JOIN claim o ON o.id = l.from_claim_id JOIN claim t ON t.id = l.to_claim_id WHERE l.withdrawn_on IS NULL"
    )
    with reading(find_target(database_url)) as connection:
        return sorted(tuple(row) for row in connection.execute(statement))


@pytest.mark.parametrize("order", [*permutations("abc")], ids="".join)
def test_the_order_of_imports_leaves_the_same_links(order: tuple[str, ...], database_url: str, tmp_path: Path) -> None:
    for each in order:
        take(database_url, tmp_path, STATED[each])
    assert links(database_url) == [
        ("b/killed", 1, "supersedes", "a/killed", 1),
        ("c/killed", 1, "supersedes", "b/killed", 1),
    ]


def test_a_mended_date_turns_the_order_round(database_url: str, tmp_path: Path) -> None:
    take(database_url, tmp_path, STATED["a"], STATED["b"])
    take(database_url, tmp_path, STATED["a"], STATED["b"].replace("2019-03-21", "2019-03-17"))
    assert links(database_url) == [
        ("a/killed", 1, "supersedes", "b/killed", 2),
        ("b/killed", 2, "corrects", "b/killed", 1),
    ]


def test_a_link_of_a_statement_without_an_id_needs_one_figure_that_fits(database_url: str, tmp_path: Path) -> None:
    rival = (
        "  - {claimant: Rebels, of: Army, killed: 30, locator: p,"
        " materiel: [8 vehicles burned, 3 vehicles captured], contradicts: a}\n"
    )
    take(database_url, tmp_path, STATED["a"], rival)
    assert links(database_url) == [(None, 1, "contradicts", "a/killed", 1)]
