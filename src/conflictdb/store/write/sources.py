"""Documents: added, their blanks filled, and a later edition of a page that is edited told from an earlier one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import update

from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.records import SourceRecord
from conflictdb.store.search import EntryKind, index_text
from conflictdb.store.tables import source
from conflictdb.store.write.rows import ADDED, CHANGED, RowWriter

OLDER = "older"
"""What `put_source` returns for an earlier edition of a page than the one that is known."""
_OF_EDITION = ("published_on", "published_last_day", "archive_url", "archive_sha256", "retrieved_on")


class SourceWriter(RowWriter):
    """Writes documents, for one import run."""

    def put_source(self, record: SourceRecord, *, coded: bool = False) -> str:
        """Add a document, or fill the blanks of a known one; return "added", "changed", "unchanged" or "older".

        Raises UnresolvedError where they contradict; a dataset's own page (`coded`) may be described anew, and stays.
        """
        values = asdict(record)
        edition = values.pop("edition")
        if record.published_on:
            values["published_last_day"] = parse_edtf(record.published_on).last_day
        known = self.find_row(source, source.c.slug == record.slug)
        if known is None:
            row_id = self.add_row(source, values)
            words = (record.title, record.publisher, record.author, record.url)
            index_text(self.connection, EntryKind.SOURCE, row_id, [text for text in words if text])
            return ADDED
        renewed = self._renew(known, values) if edition else None
        if renewed == OLDER:
            return OLDER
        keep = tuple(values) if coded else ("note", *(_OF_EDITION if edition else ()))
        return renewed or self.fill_blanks(source, known, values, f'source "{record.slug}"', keep=keep)

    def _renew(self, known: Any, values: dict[str, Any]) -> str | None:
        """Give a page the dates and the address of its newest edition; None where it is the one that is known."""
        before, now = known["published_last_day"], values.get("published_last_day")
        if before is None or now is None or before == now:
            return None
        if now < before:
            return OLDER
        newest = {name: values.get(name) for name in _OF_EDITION}
        self.connection.execute(update(source).where(source.c.id == known["id"]).values(**newest))
        return CHANGED
