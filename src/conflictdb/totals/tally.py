"""Adding up: what the events of one group come to in one metric."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from conflictdb.domain.lens import Lens
from conflictdb.domain.rows.total import NAMED, TotalRow
from conflictdb.store.read.sums import Sum

Key = Hashable
"""What a sum goes by until all is added: a division of events, or a group of subjects."""


class Part(NamedTuple):
    """What one event, or one subject of it, adds to a sum; nothing where no greatest value is stated."""

    low: int | None
    best: int | None
    highest: int | None
    open: bool
    zero: bool


class Order(NamedTuple):
    """By which events without a figure are named: the dated ones first."""

    undated: bool
    day: int
    id: int


def order_of(first_day: int | None, event_id: int) -> Order:
    """Return the place of an event among others."""
    return Order(first_day is None, first_day or 0, event_id)


@dataclass(slots=True)
class Tally:
    """A sum in the making."""

    events: int = 0
    figures: int = 0
    low: int = 0
    lows: int = 0
    best: int = 0
    bests: int = 0
    highest: int = 0
    open: bool = False
    zeros: int = 0
    once: int = 0
    lacking: dict[Order, str] = field(default_factory=dict)
    last: Order | None = None

    def take(self, part: Part | None, order: Order, slug: str) -> None:
        """Add what an event comes to, or that it has no figure."""
        self.events += 1
        if part is None or part.highest is None:
            self.name(order, slug)
            return
        self.figures += 1
        self.highest += part.highest
        self.open = self.open or part.open
        self.zeros += part.zero
        if part.low is not None:
            self.low, self.lows = self.low + part.low, self.lows + 1
        if part.best is not None:
            self.best, self.bests = self.best + part.best, self.bests + 1

    def name(self, order: Order, slug: str) -> None:
        """Name an event without a figure, if it is one of the first."""
        if self.last is not None and order > self.last:
            return
        self.lacking[order] = slug
        if len(self.lacking) > NAMED:
            del self.lacking[max(self.lacking)]
        self.last = max(self.lacking) if len(self.lacking) == NAMED else None

    def take_sum(self, added: Sum) -> None:
        """Add what many events come to."""
        self.events += added.figures + added.blanks
        self.figures += added.figures
        self.low, self.lows = self.low + added.low, self.lows + added.lows
        self.best, self.bests = self.best + added.best, self.bests + added.bests
        self.highest += added.highest
        self.open = self.open or added.open
        self.zeros += added.zeros

    def join(self, other: Tally) -> None:
        """Add another tally."""
        numbers = other.low, other.lows, other.best, other.bests, other.highest, other.open, other.zeros
        self.take_sum(Sum(other.figures, *numbers, blanks=other.events - other.figures, left=0))
        self.once += other.once
        for order, slug in other.lacking.items():
            self.name(order, slug)

    @property
    def named(self) -> tuple[str, ...]:
        """Return the slugs of the first events without a figure."""
        return tuple(self.lacking[each] for each in sorted(self.lacking))

    def row(self, by: str | None, group: str | None, metric: str, lens: Lens) -> TotalRow:
        """Return the sum as it stands."""
        policy, has_figure = lens.chosen.policy, self.figures > 0
        highest = self.highest if has_figure else None
        return TotalRow(
            by=by, group=group, metric=metric, events=self.events, with_figure=self.figures,
            without_figure=self.events - self.figures, without=self.named,
            low=self.low if self.lows else None, best=self.best if has_figure and self.bests == self.figures else None,
            high=None if self.open else highest, open=self.open, highest_stated=highest,
            lacking_low=self.figures - self.lows, lacking_best=self.figures - self.bests, zero_or_unknown=self.zeros,
            counted_once=self.once, policy=policy.name, version=policy.version, basis=lens.basis, rule=policy.rule,
            label=lens.chosen.label, parameters=dict(lens.chosen.arguments), as_of=lens.as_of,
        )  # fmt: skip


Tallies: TypeAlias = dict[str, dict[Key, Tally]]
"""Sums by metric."""


def join_all(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    whole = Tally()
    for each in tallies:
        whole.join(each)
    return whole
