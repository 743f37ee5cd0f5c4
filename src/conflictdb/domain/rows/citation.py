"""What to cite."""

from __future__ import annotations

from dataclasses import dataclass

from conflictdb.domain.rows.base import Row


@dataclass(frozen=True, slots=True)
class Citation(Row):
    """Something to cite. `kind`: event, document or dataset. Dates are EDTF; `accessed` is when it was taken in."""

    key: str
    kind: str
    title: str
    author: str | None = None
    publisher: str | None = None
    published_on: str | None = None
    url: str | None = None
    accessed: str | None = None
    version: str | None = None
    licence: str | None = None
    citation: str | None = None
    """How its makers ask to be cited, in their words."""
    language: str | None = None
