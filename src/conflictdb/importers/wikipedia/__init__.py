"""Wikipedia: pages about battles and wars, by their infobox; alone, rendered as text, or many in an XML export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from conflictdb.domain.records import Problem, Record
from conflictdb.errors import ConflictDBError
from conflictdb.importers.contract import read_head
from conflictdb.importers.wikipedia.export import is_export
from conflictdb.importers.wikipedia.fields import FIELDS
from conflictdb.importers.wikipedia.rendered import is_rendered
from conflictdb.importers.wikipedia.template import opens_line

_DATA = re.compile(r"\s*(?:\{\s*[\"'}]|\[\s*[{\]])")


class WikipediaImporter:
    """Recognises and reads pages of Wikipedia with {{Infobox military conflict}}."""

    name = "wikipedia"
    version = "1"
    title = "Wikipedia's infoboxes of battles and wars: wikitext, rendered text, XML export"
    about = (
        "A page of Wikipedia by its {{Infobox military conflict}} or a redirect of it (Infobox battle, Warbox): the"
        " page's wikitext, the template alone, the article as rendered text, or many pages as an XML export of"
        " MediaWiki (Special:Export). Licence: CC BY-SA 4.0; cite the page and its revision. Each figure of strength1"
        " and casualties1 becomes a claim of whom the text names, else of Wikipedia, which is a recorder: an estimate."
        " Commanders, result, date, place and the conflict come from their fields; combatants by their displayed"
        " names. Of several revisions the newest is read; prose, notes, units and images are not. A later revision of"
        " the page corrects the figures that it changed."
    )

    columns = FIELDS

    def identify(self, path: Path) -> bool:
        """Return whether the file is an export of MediaWiki, a page that opens such an infobox, or one rendered."""
        try:
            head = read_head(path)
        except (ConflictDBError, OSError):
            return False
        if is_export(head):
            return True
        text = head.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
        if _DATA.match(text):
            return False
        return is_rendered(text) or opens_line(text)

    def extract(self, path: Path) -> Iterator[Record | Problem]:
        """Stream the sources, actors, people, conflicts and events of the file's pages."""
        from conflictdb.importers.wikipedia.reader import read_records

        return read_records(path)
