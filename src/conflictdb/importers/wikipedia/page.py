"""One page of Wikipedia, and a file that holds one alone: wikitext or rendered text."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from conflictdb.errors import ImportFailedError
from conflictdb.importers.files import open_bytes
from conflictdb.importers.tabular.encoding import find_encoding
from conflictdb.importers.wikipedia.rendered import is_rendered, read_rendered, read_title
from conflictdb.importers.wikipedia.template import Infobox, find_infobox

MOST_PAGE = 4 * 2**20
"""Characters of a page, bytes of a file with one; Wikipedia saves none above 2 MiB (`$wgMaxArticleSize`)."""

_REDIRECT = re.compile(r"\s*#[ ]?redirect\b", re.IGNORECASE)
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_IN_URLS = ";@$!*(),/~:"
"""What MediaWiki leaves as it is in addresses (wfUrlencode)."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text, which begins on `line` of the file. `title` is None where the text does not tell it.

    `revision` is the revision's number, `day` its EDTF day, `older` how many older revisions the file holds.
    """

    title: str | None
    text: str
    line: int = 1
    language: str = "en"
    revision: str | None = None
    day: str | None = None
    older: int = 0
    rendered: bool = False

    @property
    def is_redirect(self) -> bool:
        """Return whether the page only leads to another."""
        return _REDIRECT.match(self.text) is not None

    def infobox(self) -> Infobox | None:
        """Return the page's infobox of a military conflict, or None."""
        return read_rendered(self.text) if self.rendered else find_infobox(self.text)


def read_page(path: Path) -> Page:
    """Read a file of one page. Raises ImportFailedError where it is too long, or where no encoding fits."""
    with open_bytes(path) as file:
        data = file.read(MOST_PAGE + 1)
    if len(data) > MOST_PAGE:
        raise ImportFailedError(
            f"{path.name} has more than {MOST_PAGE // 2**20} MB, and no page of Wikipedia has more than 2",
            "save the page's wikitext alone, or export many pages as XML: Special:Export",
        )
    encoding = find_encoding(io.BytesIO(data), path.name)
    text = _UNSTORABLE.sub("\ufffd", data.decode(encoding.codec, errors="replace")).removeprefix("\ufeff")
    rendered = is_rendered(text)
    return Page(read_title(text) if rendered else None, text.replace("\r\n", "\n"), rendered=rendered)


def page_url(title: str, language: str, revision: str | None = None) -> str:
    """Return the address of a page, or of one revision of it, spelt as MediaWiki spells it."""
    name = quote(title.replace(" ", "_"), safe=_IN_URLS)
    if revision is None:
        return f"https://{language}.wikipedia.org/wiki/{name}"
    return f"https://{language}.wikipedia.org/w/index.php?title={name}&oldid={revision}"
