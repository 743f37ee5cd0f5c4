"""Databases to export from, and the export itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from export_rows import DAY, write_ged

from conflictdb.config import Target, find_target
from conflictdb.domain.lens import Lens
from conflictdb.domain.query import parse_query
from conflictdb.export.exporting import Outcome, Wish, export_file
from conflictdb.export.layouts import find_layout
from conflictdb.ingest import import_file
from conflictdb.looking import look
from conflictdb.store.engine import reading


@pytest.fixture
def ged_file(tmp_path: Path) -> Path:
    """Return a file of three rows of GED."""
    other = {"id": "300381", "date_start": "2019-03-20", "date_end": "2019-03-21", "date_prec": "2", "deaths_b": "0",
             "best": "10", "source_headline": "Plain", "where_coordinates": "Mopti town"}  # fmt: skip
    third = {"id": "300382", "type_of_violence": "3", "side_b": "Civilians", "side_b_new_id": "9999", "deaths_b": "0",
             "deaths_a": "0", "deaths_civilians": "3", "best": "3", "low": "3", "high": "3",
             "date_start": "2019-04-02", "date_end": "2019-04-02", "where_coordinates": "Koro town"}  # fmt: skip
    return write_ged(tmp_path / "ged231.csv", {}, other, third)


@pytest.fixture
def both(seeded_url: str, ged_file: Path) -> Target:
    """Give a database with the shipped raid and three events of UCDP."""
    target = find_target(seeded_url)
    report = import_file(target, ged_file)
    assert [(each.field, each.value, each.why) for each in report.problems] == []
    return target


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., tuple[Path, Outcome]]:
    """Return export(target, layout, query, name, lens=...): the file and what came of it."""

    def export(
        target: Target, layout: str, query: str = "", name: str = "", package: bool = False, force: bool = False,
        lens: Lens | None = None,
    ) -> tuple[Path, Outcome]:  # fmt: skip
        path = tmp_path / (name or f"out.{layout}")
        with reading(target) as connection:
            wish = Wish(parse_query(query), find_layout(layout), DAY, package, lens or look())
            return path, export_file(connection, wish, path, force=force)

    return export
