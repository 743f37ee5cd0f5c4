"""Rows of what an infobox states, before any of it is a claim in a database."""

from __future__ import annotations

from dataclasses import dataclass

from conflictdb.domain.rows.base import Row


@dataclass(frozen=True, slots=True)
class StatedRow(Row):
    """One figure of an infobox value. `metric` is `strength` for people who fight; `item` is worded as in the text.

    `start` and `end` bound the figure in the raw text; `part_of` is the place of the figure that contains it, from 0.
    """

    metric: str
    lower: int | None
    upper: int | None
    qualifier: str
    claimants: tuple[str, ...]
    subject: str | None
    item: str | None
    fate: str | None
    part_of: int | None
    total: bool
    note: str | None
    text: str
    start: int
    end: int
