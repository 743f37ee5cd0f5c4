"""A row of what somebody judged."""

from __future__ import annotations

from dataclasses import dataclass

from conflictdb.domain.rows.base import Row


@dataclass(frozen=True, slots=True)
class JudgementRow(Row):
    """A judgement. `verdict` is unreasonable (of one claim), same or different; `kind` is event, actor or claim.

    `one` and `other` are written as commands take them: a slug, a name, a key. `one_name` and `other_name` are what
    people call an event or an actor, and of a claim who states what. Times are in UTC (ISO 8601).
    """

    id: int
    verdict: str
    kind: str
    one: str
    other: str | None
    who: str
    why: str
    judged_at: str
    undone_at: str | None
    undone_by: str | None
    one_name: str
    other_name: str | None
