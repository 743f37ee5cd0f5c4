"""Stream the pages of a MediaWiki XML export: https://www.mediawiki.org/wiki/Help:Export, schema versions 0.3-0.11.

Memory does not grow with the file: one page's newest text is held at a time. A document type, which exports have
none of and entity bombs need, is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit
from xml.parsers import expat

from conflictdb.domain.records import Problem
from conflictdb.errors import ImportFailedError
from conflictdb.importers.files import open_bytes
from conflictdb.importers.wikipedia.page import MOST_PAGE, Page

_BLOCK = 1 << 16
_MOST_DEPTH = 32
_MOST_SHORT = 2_000  # letters of a title, a number or a time
_PROLOGUE = rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*"
_ROOT = re.compile(_PROLOGUE + rb"(?:<!DOCTYPE\s+mediawiki\b.*|<mediawiki[\s>])", re.DOTALL)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=T|$)")


def is_export(head: bytes) -> bool:
    """Return whether a file that begins so is a MediaWiki export."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", errors="replace").encode()
    return _ROOT.match(head) is not None


def read_export(path: Path, passed: Counter[str]) -> Iterator[Page | Problem]:
    """Yield the articles of an export with the text of their newest revision; count in `passed` what is no article.

    What is not well-formed ends the reading with a Problem; the pages before it are read. Raises ImportFailedError
    for a document type, and for the export of another wiki than a Wikipedia.
    """
    with open_bytes(path) as file:
        yield from _read(file, path, passed)


def _read(file: BinaryIO, path: Path, passed: Counter[str]) -> Iterator[Page | Problem]:
    reader = _Reader(path.name, passed)
    while True:
        block = file.read(_BLOCK)
        try:
            reader.parser.Parse(block, not block)
        except expat.ExpatError as error:
            yield from reader.take()
            inside = f" within the page {reader.page.title!r}" if reader.page else ""
            why = f"the export is cut off or damaged{inside}: {expat.ErrorString(error.code)}"
            yield Problem(str(path), error.lineno, "mediawiki", "", f"{why}; what stands before is read")
            return
        yield from reader.take()
        if not block:
            return


@dataclass(slots=True)
class _Revision:
    number: str = ""
    time: str = ""
    line: int = 1
    parts: list[str] = field(default_factory=list)
    size: int = 0


@dataclass(slots=True)
class _Entry:
    title: str = ""
    namespace: str = "0"
    redirect: bool = False
    newest: _Revision | None = None
    older: int = 0


class _Reader:
    """Gathers pages from expat's events."""

    def __init__(self, name: str, passed: Counter[str]) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.page: _Entry | None = None
        self._name = name
        self._passed = passed
        self._language = "en"
        self._pages: list[Page] = []
        self._stack: list[str] = []
        self._short: list[str] = []
        self._revision: _Revision | None = None

    def take(self) -> list[Page]:
        """Return the pages that are complete, and forget them."""
        pages, self._pages = self._pages, []
        return pages

    def _refuse_doctype(self, *_: object) -> None:
        raise ImportFailedError(
            f"{self._name} declares a document type, which no export of MediaWiki does; it is not read",
            "entities declared there could unpack to anything; take the line <!DOCTYPE ...> out if you trust the file",
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._stack.append(name)
        if len(self._stack) > _MOST_DEPTH:
            raise ImportFailedError(f"{self._name} is nested too deeply to be an export of MediaWiki")
        self._short = []
        if name == "page":
            self.page = _Entry()
        elif name == "redirect" and self.page:
            self.page.redirect = True
        elif name == "revision":
            self._revision = _Revision()
        elif name == "text" and self._revision:
            self._revision.line = self.parser.CurrentLineNumber
        elif name == "mediawiki" and attributes.get("xml:lang"):
            self._language = attributes["xml:lang"].lower()

    def _text(self, data: str) -> None:
        if self._stack[-1] == "text" and self._revision:
            self._revision.size += len(data)
            if self._revision.size <= MOST_PAGE:
                self._revision.parts.append(data)
            else:
                self._revision.parts.clear()
        elif sum(map(len, self._short)) < _MOST_SHORT:
            self._short.append(data)

    def _end(self, name: str) -> None:
        self._stack.pop()
        parent = self._stack[-1] if self._stack else ""
        value = "".join(self._short).strip()
        self._short = []
        if parent == "siteinfo" and name == "base":
            self._language = self._find_language(value)
        elif parent == "page" and self.page:
            self._end_of_page_part(name, value)
        elif parent == "revision" and self._revision and name in ("id", "timestamp"):
            setattr(self._revision, "number" if name == "id" else "time", value)
        elif name == "page" and self.page:
            self._add_page(self.page)
            self.page = None

    def _end_of_page_part(self, name: str, value: str) -> None:
        assert self.page is not None
        if name == "title":
            self.page.title = value
        elif name == "ns":
            self.page.namespace = value
        elif name == "revision" and self._revision:
            self._keep_newest(self.page, self._revision)
            self._revision = None

    def _keep_newest(self, page: _Entry, revision: _Revision) -> None:
        """Keep the newest revision by its time, whatever the order; one whose text was deleted counts for none."""
        if not revision.size:
            return
        page.older += page.newest is not None
        if page.newest is None or revision.time >= page.newest.time:
            page.newest = revision

    def _find_language(self, base: str) -> str:
        host = urlsplit(base).hostname or ""
        if not host.endswith("wikipedia.org"):
            raise ImportFailedError(
                f"{self._name} is an export of {host or 'an unknown wiki'}, not of a Wikipedia",
                "what its pages state in their own voice would be ascribed to the wrong recorder",
            )
        first = host.removesuffix("wikipedia.org").strip(".").removesuffix(".m")
        return first if first and first != "www" else self._language

    def _add_page(self, page: _Entry) -> None:
        revision = page.newest
        if page.namespace != "0":
            self._passed["in other namespaces"] += 1
        elif page.redirect:
            self._passed["redirects"] += 1
        elif revision is None or not page.title:
            self._passed["without text"] += 1
        elif revision.size > MOST_PAGE:
            self._passed[f"longer than {MOST_PAGE:,} characters"] += 1
        else:
            day = _DAY.match(revision.time)
            self._pages.append(
                Page(
                    page.title, "".join(revision.parts), revision.line, self._language, revision.number or None,
                    day[0] if day else None, page.older,
                )
            )  # fmt: skip
