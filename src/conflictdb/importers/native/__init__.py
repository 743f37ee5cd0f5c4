"""The native document: events as people write them by hand, in YAML, JSON or JSON Lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from conflictdb.domain.records import Problem, Record
from conflictdb.importers.contract import read_head

_LOOKS_WRITTEN = re.compile(
    r"(?:[^\S\n]*(?:(?:#|---|%YAML)[^\n]*)?\n)*+[^\S\n]*(?:\{(?![{|])|\[(?!\[)|- |[\"']?[A-Za-z_]+[\"']?[ ]?:(?:\s|$))"
)


class NativeImporter:
    """Recognises and reads native documents."""

    name = "native"
    version = "1"
    title = "events in YAML, JSON or JSON Lines; see: conflictdb new"

    def identify(self, path: Path) -> bool:
        """Return whether the file begins like JSON or YAML."""
        return _LOOKS_WRITTEN.match(read_head(path).decode("utf-8-sig", errors="replace")) is not None

    def extract(self, path: Path) -> Iterator[Record | Problem]:
        """Stream the sources, conflicts, actors, people and events of the file."""
        from conflictdb.importers.native.build import build_records
        from conflictdb.importers.native.reader import read_documents

        for document in read_documents(path):
            if isinstance(document, Problem):
                yield document
            else:
                yield from build_records(document)
