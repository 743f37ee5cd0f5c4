"""GED, ACLED and GTD: own rows as they stand, ranges for the rest, and nothing twice on the way back in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from export_rows import ROW, content, rows_of, write_ged
from sqlalchemy import select, update

from conflictdb.config import Target, find_target
from conflictdb.export import acled, ged, gtd
from conflictdb.export.ged import prio_grid
from conflictdb.ingest import import_file
from conflictdb.store.engine import reading, writing
from conflictdb.store.tables import external_id, original

Export = Callable[..., tuple[Path, Any]]

RAID = {
    "id": "conflictdb:dioura-2019", "year": "2019", "code_status": "conflictdb range 1", "type_of_violence": "1",
    "conflict_name": "Mali War", "dyad_name": "Malian Army - Katibat Macina", "side_a": "Malian Army",
    "side_b_new_id": "6267", "side_b": "Katibat Macina", "number_of_sources": "1",
    "source_article": "Raid on Dioura (2019)",
    "source_original": "Government of Mali; MINUSMA; a military source; a local official;"
    " Front for the Safeguard of Democracy; JNIM",
    "where_prec": "1", "where_coordinates": "Dioura", "adm_1": "Mopti Region", "latitude": "14.825278",
    "longitude": "-5.251389", "geom_wkt": "POINT (-5.251389 14.825278)", "priogrid_gid": "150830", "country": "Mali",
    "date_prec": "1", "date_start": "2019-03-17", "date_end": "2019-03-17", "deaths_b": "3", "low": "24",
}  # fmt: skip


def filled(row: dict[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if cell}


def test_ged_has_own_rows_as_they_stand_and_ranges_for_the_rest(both: Target, export: Export) -> None:
    path, outcome = export(both, "ged")
    raid, own, *others = rows_of(path)
    assert tuple(raid) == ged.COLUMNS
    assert filled(raid) == RAID
    assert filled(own) == ROW | {"source_headline": "'=SUM(A1)", "source_office": "'@handle;AFP"}
    assert [row["id"] for row in others] == ["300381", "300382"]
    assert (outcome.tally.own, outcome.tally.filled, outcome.tally.empty) == (3, 1, 0)


def read_cells(target: Target) -> list[Any]:
    with reading(target) as connection:
        return [dict(cells) for cells in connection.scalars(select(original.c.cells).order_by(original.c.id))]


def test_ged_out_and_in_again_matches_and_duplicates_nothing(both: Target, export: Export) -> None:
    before, versions = content(both), read_cells(both)
    path, _ = export(both, "ged")
    report = import_file(both, path)
    assert report.problems == []
    assert read_cells(both) == versions
    assert report.counts["events"]["added"] == report.counts["events"]["changed"] == 0
    assert report.counts["claims"]["added"] == report.counts["claims"]["changed"] == 0
    assert content(both) == before


def test_the_newest_row_is_written_and_a_withdrawn_one_is_not(both: Target, export: Export, tmp_path: Path) -> None:
    newer = write_ged(tmp_path / "ged241.csv", {"best": "13", "deaths_a": "11"})
    run = import_file(both, newer).run
    gone = external_id.c.native_id.in_(["300381", "300382"])
    with writing(both) as connection:
        connection.execute(update(external_id).where(gone).values(withdrawn_on="2026-01-01", withdrawn_by_id=run))
    path, outcome = export(both, "ged", "dataset:ucdp-ged")
    rows = {row["id"]: row for row in rows_of(path)}
    assert rows["300380"]["best"] == "13"
    assert not {"300381", "300382"} & set(rows)
    assert outcome.tally.own == 1


@pytest.mark.parametrize("layout", [acled, gtd], ids=["acled", "gtd"])
def test_other_layouts_take_no_number_where_a_range_is_left(layout: Any, both: Target, export: Export) -> None:
    path, outcome = export(both, layout.SCHEME)
    rows = rows_of(path)
    assert tuple(rows[0]) == layout.COLUMNS
    assert rows[0][layout.COLUMNS[0]] == "conflictdb:dioura-2019"
    assert {row[name] for row in rows for name in ("fatalities", "nkill") if name in row} == {""}
    assert (outcome.tally.own, outcome.tally.filled, outcome.tally.empty) == (0, 1, 3)


def test_acled_says_the_range_in_its_notes(both: Target, export: Export) -> None:
    path, _ = export(both, "acled", "event:dioura-2019")
    row = rows_of(path)[0]
    assert row["notes"].startswith("killed 24 or more (conflictdb range 1). Dioura lies in western Mopti Region")
    assert (row["iso"], row["event_type"], row["inter1"], row["inter2"]) == (
        "466", "Battles", "State forces", "Rebel group",
    )  # fmt: skip


def test_gtd_counts_attackers_too(both: Target, export: Export) -> None:
    path, _ = export(both, "gtd", "event:dioura-2019")
    row = rows_of(path)[0]
    assert (row["gname"], row["target1"], row["nkillter"]) == ("Katibat Macina", "Malian Army", "3")
    assert (row["iyear"], row["imonth"], row["iday"], row["extended"]) == ("2019", "3", "17", "0")


def test_one_exact_figure_is_a_number(database_url: str, export: Export, tmp_path: Path) -> None:
    document = tmp_path / "one.yaml"
    document.write_text(
        "sources: [{id: art, title: An article}]\nsource: art\nclaimant: A\nactors: [{name: A, kind: ngo}]\n"
        "slug: x-2020\nname: X\ntype: violence_against_civilians\ndate: 2020-02\nplace: {name: X, country: Mali}\n"
        "claims: [{of: total, killed: 7, wounded: 3}]\n",
        encoding="utf-8",
    )
    target = find_target(database_url)
    assert import_file(target, document).problems == []
    ged_row = filled(rows_of(export(target, "ged")[0])[0])
    assert {name: ged_row.get(name) for name in ("low", "high", "best", "date_prec", "type_of_violence")} == {
        "low": "7", "high": "7", "best": None, "date_prec": "4", "type_of_violence": "3",
    }  # fmt: skip
    assert rows_of(export(target, "acled")[0])[0]["fatalities"] == "7"
    gtd_row = rows_of(export(target, "gtd")[0])[0]
    assert (gtd_row["nkill"], gtd_row["nwound"], gtd_row["iday"], gtd_row["imonth"]) == ("7", "3", "0", "2")


def test_loss_report(both: Target, export: Export) -> None:
    path, _ = export(both, "ged")
    assert path.with_name("out.ged.losses.txt").read_text(encoding="utf-8") == REPORT


REPORT = """\
What out.ged does not hold of what it was exported from (conflictdb export --to ged).

query:    all events
exported: 2026-01-02
policy:   range 1, basis claims
rows:     4 of 4 events
numbers:  3 events have the recorder's own row, as it stands
numbers:  1 was filled by conflictdb range 1, basis claims

What it could not hold:

  entries of the timeline                    11 of 1 event
  claims of a figure that is held             7 of 1 event
  claimants                                   6 of 1 event
  strengths                                   4 of 1 event
  commanders                                  3 of 1 event
  estimates of other recorders                3 of 1 event
  figures of a part, such as officers         3 of 1 event
  links between claims                        2 of 1 event
  results                                     2 of 1 event
  vehicles captured                           2 of 1 event
  captured                                    1 of 1 event
  missing                                     1 of 1 event
  open bounds and vague figures               1 of 1 event
  summaries                                   1 of 1 event
  superseded, corrected or withdrawn claims   1 of 1 event
  times of day                                1 of 1 event
  units                                       1 of 1 event
  vehicles destroyed                          1 of 1 event
  weapons captured                            1 of 1 event
  wounded                                     1 of 1 event

Event by event, 1 event:

dioura-2019: 17 wounded; 0 captured; 20 missing; 8 vehicles destroyed; 8 vehicles captured, some vehicles captured; \
some weapons captured; 7 claims of a figure that is held; "over 20"; 6 claimants; 4 strengths; \
3 figures of a part, such as officers; 3 estimates of other recorders; 3 commanders; 2 results; 1 superseded claim; \
its time of day; its summary; the units that fought; 11 entries of the timeline; 2 links between claims
"""


def test_cells_of_other_layouts_are_counted(database_url: str, export: Export, tmp_path: Path) -> None:
    file = tmp_path / "hdx.csv"
    names = [*ged.COLUMNS, "iso3"]
    cells = [*({**dict.fromkeys(ged.COLUMNS, ""), **ROW}.values()), "MLI"]
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    file.write_text(",".join(names) + "\n" + ",".join(quoted) + "\n", encoding="utf-8")
    target = find_target(database_url)
    assert import_file(target, file).problems == []
    path, outcome = export(target, "ged")
    assert outcome.lost == [("cells of other columns", 1, 1)]
    assert rows_of(path)[0]["id"] == "300380"


def test_prio_grid_is_as_ucdp_has_it() -> None:
    assert prio_grid(35.763369, 36.558974) == 181154  # GED 300380
    assert prio_grid(-9.65, 20.4) == 115601  # GED 21300
    assert prio_grid(None, None) is None
