"""Read a file page by page into records; what was passed over is said with its last event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from conflictdb.domain.records import ActorRecord, EventRecord, Problem, Record
from conflictdb.domain.vocabulary import ActorKind
from conflictdb.errors import ImportFailedError
from conflictdb.importers.contract import read_head
from conflictdb.importers.infobox import plain
from conflictdb.importers.wikipedia.build import MOST_TITLE, PageBuilder
from conflictdb.importers.wikipedia.export import is_export, read_export
from conflictdb.importers.wikipedia.names import WIKIPEDIA, Names
from conflictdb.importers.wikipedia.page import Page, read_page
from conflictdb.importers.wikipedia.template import Infobox

_NO_INFOBOX = "without an infobox of a military conflict"


def read_records(path: Path) -> Iterator[Record | Problem]:
    """Yield the records of all pages. Raises ImportFailedError where none has an infobox of a military conflict."""
    passed: Counter[str] = Counter()
    names = Names()
    yield ActorRecord(WIKIPEDIA, ActorKind.RECORDER)
    held: EventRecord | None = None  # the last event carries what is to be said of the whole file
    for page in _read_pages(path, passed):
        box = page.infobox() if isinstance(page, Page) else None
        if isinstance(page, Problem):
            yield page
        elif box is None:
            passed[_NO_INFOBOX] += 1
        else:
            for record in PageBuilder(str(path), page, *_name(path, page, box), names).build():
                if isinstance(record, EventRecord):
                    if held:
                        yield held
                    held = record
                else:
                    yield record
    said = "passed over: " + ", ".join(f"{why} {count:,}" for why, count in sorted(passed.items()))
    if held is None:
        raise ImportFailedError(
            f"no page in {path.name} has an infobox of a military conflict", *([said] if passed else [])
        )
    told = (Problem(str(path), None, "page", "", f"pages {said}", warning=True),) if passed else ()
    yield replace(held, warnings=(*held.warnings, *told))


def _read_pages(path: Path, passed: Counter[str]) -> Iterator[Page | Problem]:
    for page in read_export(path, passed) if is_export(read_head(path)) else (read_page(path),):
        if isinstance(page, Page) and page.is_redirect:
            passed["redirects"] += 1
        else:
            yield page


def _name(path: Path, page: Page, box: Infobox) -> tuple[Infobox, str]:
    """Return the infobox and the page's title: its own, else the infobox's, else the file's name, which is doubted."""
    title = page.title or " ".join(plain(box.text("conflict")[:2_000]).split())
    if not title:
        title = " ".join(path.name.partition(".")[0].replace("_", " ").split())
        why = "neither page nor infobox has a title; the file's name is taken for it"
        box = replace(box, doubts=(*box.doubts, ("conflict", title, why)))
    return box, title.encode()[:MOST_TITLE].decode(errors="ignore").replace("_", " ").strip()
