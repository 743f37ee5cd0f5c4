"""Exports of MediaWiki: revisions, redirects, damage, and what may not be unpacked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from conflictdb.domain.records import Problem, SourceRecord
from conflictdb.errors import ImportFailedError
from conflictdb.importers.wikipedia import WikipediaImporter
from conflictdb.importers.wikipedia.export import read_export
from conflictdb.importers.wikipedia.page import Page, page_url

CASES = Path(__file__).parent / "cases" / "wikipedia"
SITE = (
    '<mediawiki xml:lang="en"><siteinfo><dbname>enwiki</dbname>'
    "<base>https://en.wikipedia.org/wiki/Main_Page</base></siteinfo>\n"
)
WIKIPEDIA = WikipediaImporter()


def _page(title: str, text: str, *, number: int = 1, day: str = "2031-02-03") -> str:
    return (
        f"<page><title>{title}</title><ns>0</ns><id>1</id><revision><id>{number}</id>"
        f"<timestamp>{day}T04:05:06Z</timestamp><text>{text}</text></revision></page>\n"
    )


def _export(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "export.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def _pages(path: Path) -> Iterator[Page | Problem]:
    return read_export(path, Counter())


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE mediawiki [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE mediawiki SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE mediawiki [<!ENTITY % x SYSTEM "http://example.org/x.dtd"> %x;]>',
    ],
    ids=["entities", "external", "parameter"],
)
def test_a_document_type_is_refused(tmp_path: Path, doctype: str) -> None:
    path = _export(tmp_path, f'<?xml version="1.0"?>\n{doctype}\n<mediawiki>&b;</mediawiki>')
    assert WIKIPEDIA.identify(path)
    with pytest.raises(ImportFailedError, match="declares a document type"):
        list(WIKIPEDIA.extract(path))


def test_the_newest_revision_is_read_whatever_the_order(tmp_path: Path) -> None:
    path = _export(tmp_path, (CASES / "export.xml").read_bytes())
    first = next(page for page in _pages(path) if isinstance(page, Page))
    assert (first.revision, first.day, first.older) == ("1002", "2031-02-03", 1)


def test_a_cut_export_yields_what_stands_before(tmp_path: Path) -> None:
    whole = SITE + _page("A", "a") + _page("B", "b") + _page("C", "c") + "</mediawiki>"
    *pages, problem = _pages(_export(tmp_path, whole[: whole.index("<title>C") + 20]))
    assert [page.title for page in pages if isinstance(page, Page)] == ["A", "B"]
    assert isinstance(problem, Problem) and "cut off or damaged within the page 'C'" in problem.why
    assert problem.line == 4


def test_an_export_of_another_wiki_is_refused(tmp_path: Path) -> None:
    site = SITE.replace("en.wikipedia.org", "warfare.example.org")
    with pytest.raises(ImportFailedError, match=r"an export of warfare\.example\.org, not of a Wikipedia"):
        list(_pages(_export(tmp_path, site + "</mediawiki>")))


@pytest.mark.parametrize(
    ("host", "language"),
    [("fr.wikipedia.org", "fr"), ("simple.wikipedia.org", "simple"), ("zh-min-nan.wikipedia.org", "zh-min-nan")],
)
def test_the_language_is_the_sites(tmp_path: Path, host: str, language: str) -> None:
    site = SITE.replace("en.wikipedia.org", host)
    (page,) = _pages(_export(tmp_path, site + _page("A", "a") + "</mediawiki>"))
    assert isinstance(page, Page) and page.language == language


def test_utf_16_is_read(tmp_path: Path) -> None:
    path = _export(tmp_path, (SITE + _page("Élan", "{{Infobox battle}}") + "</mediawiki>").encode("utf-16"))
    assert WIKIPEDIA.identify(path)
    assert [page.title for page in _pages(path) if isinstance(page, Page)] == ["Élan"]


def test_an_overlong_page_is_passed_over_and_counted(tmp_path: Path) -> None:
    passed: Counter[str] = Counter()
    path = _export(tmp_path, SITE + _page("A", "a" * (5 * 2**20)) + _page("B", "b") + "</mediawiki>")
    pages = list(read_export(path, passed))
    assert [page.title for page in pages if isinstance(page, Page)] == ["B"]
    assert passed == {"longer than 4,194,304 characters": 1}


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportFailedError, match="nested too deeply"):
        list(_pages(_export(tmp_path, SITE + "<page>" * 10_000)))


@pytest.mark.parametrize(
    ("title", "language", "revision", "url"),
    [
        ("Raid on Dioura (2019)", "en", None, "https://en.wikipedia.org/wiki/Raid_on_Dioura_(2019)"),
        ("Forces armées maliennes", "fr", None, "https://fr.wikipedia.org/wiki/Forces_arm%C3%A9es_maliennes"),
        ("Jama'at", "en", None, "https://en.wikipedia.org/wiki/Jama%27at"),
        ("A & B?", "en", "7", "https://en.wikipedia.org/w/index.php?title=A_%26_B%3F&oldid=7"),
    ],
)
def test_addresses_are_spelt_as_mediawiki_spells_them(title: str, language: str, revision: str, url: str) -> None:
    assert page_url(title, language, revision) == url


def test_the_permanent_link_is_the_archived_copy() -> None:
    (source, *_) = [each for each in WIKIPEDIA.extract(CASES / "export.xml") if isinstance(each, SourceRecord)]
    assert source.slug == "wikipedia-battle-of-lake-ford-1802"
    assert source.archive_url is not None and source.archive_url.endswith("&oldid=1002")
    assert source.published_on == "2031-02-03"
