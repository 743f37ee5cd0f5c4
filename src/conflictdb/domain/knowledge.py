"""As-of: what had been stated by a day, whatever this database held then."""

from __future__ import annotations

from dataclasses import dataclass

from conflictdb.domain.edtf import day_to_text, parse_edtf

FIRST_ISO_DAY = 1


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A day (proleptic ordinal) up to which statements count; `text` is how it was asked for (EDTF).

    A month or a year counts whole. What has no date counts by when its document was published, and where that is not
    known either, only with `undated`.
    """

    text: str
    day: int
    undated: bool = False

    @property
    def iso(self) -> str:
        """Return the day as ISO 8601, as withdrawals are dated; "" before the common era, when nothing was."""
        return day_to_text(self.day) if self.day >= FIRST_ISO_DAY else ""


def read_knowledge(text: str, *, undated: bool = False) -> Knowledge:
    """Return what had been stated by a date (EDTF). Raises EdtfError; ValueError for a date without an end."""
    last_day = parse_edtf(text.strip()).last_day
    if last_day is None:
        raise ValueError("it has no last day")
    return Knowledge(text.strip(), last_day, undated)
