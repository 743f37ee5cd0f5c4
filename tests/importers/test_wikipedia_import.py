"""Pages of Wikipedia in a database: the seed's own article, and a page that was edited since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import text

from conflictdb.config import find_target
from conflictdb.ingest import import_file
from conflictdb.store.engine import reading

FIGURES = """
    SELECT claim.locator, COALESCE(claim.claimant_name, claimant.name), claim.subject_kind, claim.side, claim.metric,
           claim.lower, claim.upper, claim.qualifier, claim.wording
    FROM claim JOIN actor AS claimant ON claimant.id = claim.claimant_id
    WHERE claim.metric IS NOT NULL AND claim.import_run_id = :run
    ORDER BY claim.locator, claim.id
"""
PAGE = """{{{{Infobox military conflict
| conflict    = Raid on Tessaret
| date        = 3 May 2030
| place       = Tessaret, Mali
| combatant1  = [[Mali]]
| combatant2  = [[JNIM]]
| casualties1 = {casualties}
}}}}
"""


def _rows(url: str, query: str, **values: object) -> list[tuple[Any, ...]]:
    with reading(find_target(url)) as connection:
        return [tuple(row) for row in connection.execute(text(query), values)]


def _counts(url: str, *tables: str) -> dict[str, int]:
    return {table: _rows(url, f"SELECT COUNT(*) FROM {table}")[0][0] for table in tables}


def test_the_seeds_own_article_adds_to_its_event(seeded_url: str, shared: Path) -> None:
    (article,) = shared.glob("seeds/000_*.txt")
    target, tables = find_target(seeded_url), ("event", "actor", "person", "source", "conflict")
    before = _counts(seeded_url, *tables)
    report = import_file(target, article)
    assert report.problems == [] and report.slugs == ["dioura-2019"]
    assert _counts(seeded_url, *tables) == before
    assert _rows(seeded_url, FIGURES, run=report.run) == [
        ("Infobox, casualties1", "Mali", "side", 1, "killed", 26, 26, "exact", "26 killed"),
        ("Infobox, casualties1", "UN", "side", 1, "killed", 26, 26, "exact", "26 killed"),
        ("Infobox, casualties1", "Wikipedia", "side", 1, "wounded", 17, 17, "exact", "17 injured"),
        ("Infobox, casualties2", "JNIM", "side", 2, "killed", 3, 3, "exact", "3 killed"),
        ("Infobox, strength1", "Wikipedia", "side", 1, "persons", 100, 100, "approximate", "~100"),
        ("Infobox, strength2", "Wikipedia", "side", 2, "persons", None, None, "vague", "Several dozen"),
    ]
    again = import_file(target, article)
    assert again.problems == [] and again.counts["claims"]["unchanged"] > 0
    assert again.counts["claims"].get("added", 0) == again.counts["claims"].get("changed", 0) == 0


def test_an_edited_page_corrects_what_it_changed(seeded_url: str, tmp_path: Path) -> None:
    page, target = tmp_path / "page.txt", find_target(seeded_url)
    page.write_text(PAGE.format(casualties="23 killed, 17 wounded"))
    import_file(target, page)
    page.write_text(PAGE.format(casualties="26 killed, including 3 officers<br />17 wounded"))
    report = import_file(target, page)
    assert report.problems == []
    assert {name: report.counts["claims"].get(name, 0) for name in ("added", "changed", "unchanged")} == {
        "added": 1, "changed": 1, "unchanged": 1
    }  # fmt: skip
    links = """
        SELECT later.lower, claim_link.kind, earlier.lower FROM claim_link
        JOIN claim AS later ON later.id = claim_link.from_claim_id
        JOIN claim AS earlier ON earlier.id = claim_link.to_claim_id
        WHERE later.import_run_id = :run
    """
    assert _rows(seeded_url, links, run=report.run) == [(26, "corrects", 23)]


def test_every_case_is_taken_whole(seeded_url: str) -> None:
    cases = Path(__file__).parent / "cases" / "wikipedia"
    for path in sorted(cases.iterdir()):
        if not path.name.endswith(".expected.json"):
            report = import_file(find_target(seeded_url), path)
            assert (path.name, report.problems) == (path.name, [])


def test_links_to_one_page_by_several_names_stay_apart(database_url: str, tmp_path: Path) -> None:
    """Whatever the order: no import makes a name stand for two actors, which would refuse the next."""
    page = tmp_path / "page.txt"
    links = ("[[Kingdom of France]]", "[[Kingdom of France|France]]", "[[Kingdom of France]]", "[[France]]")
    for number, link in enumerate(links):
        page.write_text(
            f"{{{{Infobox battle|conflict=Battle {number}|date=1 May 170{number}|combatant1={link}|combatant2=[[Spain]]"
            f"|commander1=[[Claude Villars|Duke of Villars]]|casualties1={number} killed (per France)}}}}"
        )
        assert import_file(find_target(database_url), page).problems == []
