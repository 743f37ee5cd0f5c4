"""Rows of events about which claims disagree."""

from __future__ import annotations

from dataclasses import dataclass

from conflictdb.domain.rows.base import Row
from conflictdb.domain.vocabulary import Basis


@dataclass(frozen=True, slots=True)
class DisputedFigure(Row):
    """A measure of which not all state the same. `open`: a claim states no upper bound.

    `spread` is the greatest less the least number stated, `ratio` the one over the other where the least is not 0.
    `claims` state a number or a bound, by so many `claimants`; `least_by` and `greatest_by` name those at the ends.
    """

    kind: str
    subject: str
    subject_kind: str
    side: int | None
    group: str | None
    metric: str
    item: str | None
    fate: str | None
    least: int
    greatest: int
    open: bool
    spread: int
    ratio: float | None
    claims: int
    claimants: int
    least_by: tuple[str, ...]
    greatest_by: tuple[str, ...]
    disagreement: float


@dataclass(frozen=True, slots=True)
class RivalValue(Row):
    """One of the values that rival each other, and who states it."""

    value: str
    claimants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RivalMatter(Row):
    """What is told in more than one way: "leader" (then `of` is the combatant), or an attribute such as "result"."""

    about: str
    of: str | None
    values: tuple[RivalValue, ...]


@dataclass(frozen=True, slots=True)
class ContestRow(Row):
    """An event that is contested: its figures and matters in dispute, the most first, and the reasons in words.

    `disagreement` orders the events; `spread` and `ratio` are those of the losses that are disputed most.
    """

    event: str
    name: str
    date: str | None
    country: str | None
    disagreement: float
    spread: int | None
    ratio: float | None
    reasons: tuple[str, ...]
    figures: tuple[DisputedFigure, ...]
    rivals: tuple[RivalMatter, ...]
    basis: Basis
    as_of: str | None = None
