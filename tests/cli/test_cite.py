"""`conflictdb cite`: events, documents and releases, as text, BibTeX and CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from conflictdb.config import find_target
from conflictdb.domain.rows.citation import Citation
from conflictdb.ingest import import_file
from conflictdb.render.citation import Style, write_citations
from conflictdb.store.engine import writing
from conflictdb.store.tables import import_run

Run = Callable[..., Any]
ROW = (
    "id,year,type_of_violence,conflict_new_id,conflict_name,dyad_new_id,dyad_name,side_a_new_id,side_a,side_b_new_id,"
    "side_b,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude,country,date_prec,date_start,date_end,deaths_a,"
    "deaths_b,deaths_civilians,deaths_unknown,best,high,low,number_of_sources,source_original,event_clarity\n"
    "1,2019,1,297,Mali: Government,640,A - B,72,A,6716,B,1,Dioura town,Mopti,,14.5,-5.25,Mali,1,2019-03-18,2019-03-18,"
    "10,2,0,0,12,14,9,2,police,1\n"
)


@pytest.fixture
def cited_url(seeded_url: str, tmp_path: Path) -> str:
    path = tmp_path / "ged231.csv"
    path.write_text(ROW, encoding="utf-8")
    target = find_target(seeded_url)
    assert import_file(target, path).problems == []
    with writing(target) as connection:
        connection.execute(update(import_run).values(started_at="2026-01-02T03:04:05Z"))
    return seeded_url


def test_an_event_of_a_dataset(cited_url: str, run: Run) -> None:
    result = run("cite", "ucdp-ged:1", db=cited_url)
    assert result.exit_code == 0
    first, second = result.stdout.split("\n\n")
    assert first.startswith("conflictdb. A - B, Dioura town, version ")
    assert first.endswith('conflictdb event "dioura-town-2019", 3 claims by 1 claimants. accessed 2026-01-02.')
    assert "UCDP Georeferenced Event Dataset, version 23.1. Sundberg" in second
    assert second.endswith("CC BY 4.0. https://ucdp.uu.se/downloads/. accessed 2026-01-02.\n")


def test_a_dataset(cited_url: str, run: Run) -> None:
    cited = json.loads(run("cite", "UCDP-GED", "--as", "csl-json", db=cited_url).stdout)
    assert [(each["id"], each["type"], each["version"]) for each in cited] == [("ucdp-ged-23.1", "dataset", "23.1")]
    assert cited[0]["accessed"] == {"date-parts": [[2026, 1, 2]]}


def test_an_event_cites_its_documents(seeded_url: str, run: Run) -> None:
    result = run("cite", "dioura-2019", "--as", "bibtex", db=seeded_url)
    assert result.stdout.count("@") == 2
    assert "@online{wikipedia-raid-on-dioura-2019,\n  title = {{Raid on Dioura (2019)}},\n" in result.stdout


def test_what_is_not_there(cited_url: str, run: Run) -> None:
    result = run("cite", "ucdp", db=cited_url)
    assert result.exit_code == 3
    assert result.stderr.startswith('error: no event or dataset "ucdp"\n')
    assert "  datasets: ucdp-ged\n" in result.stderr


ODD = Citation(
    key="é: 1/2", kind="document", title="50% of {A} & B_1 #2 $3 ~^\\", author="O'Neil, A. and {Others}",
    publisher="P & Q", published_on="2019-03~", url="https://x.org/{a} b%20_c", accessed="2020-01", licence="CC0",
)  # fmt: skip


def test_bibtex_is_escaped() -> None:
    assert write_citations([ODD], Style.BIBTEX) == (
        "@online{e:-1-2,\n"
        "  title = {{50\\% of \\{A\\} \\& B\\_1 \\#2 \\$3 \\textasciitilde{}\\textasciicircum{}\\textbackslash{}}},\n"
        "  author = {{O'Neil, A. and \\{Others\\}}},\n"
        "  publisher = {P \\& Q},\n"
        "  year = {2019},\n"
        "  url = {https://x.org/%7Ba%7D%20b%20_c},\n"
        "  urldate = {2020-01},\n"
        "  note = {licence: CC0},\n"
        "}\n"
    )


def test_csl_dates() -> None:
    (cited,) = json.loads(write_citations([ODD], Style.CSL_JSON))
    assert cited["issued"] == {"raw": "2019-03~"}
    assert cited["accessed"] == {"date-parts": [[2020, 1]]}
    assert cited["author"] == [{"literal": "O'Neil, A. and {Others}"}]
