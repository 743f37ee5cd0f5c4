"""Rows of what their claims say about claimants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conflictdb.domain.rows.base import Row
from conflictdb.domain.vocabulary import Basis


@dataclass(frozen=True, slots=True)
class NamedCount(Row):
    """How many figures are of somebody's losses, or were corroborated by somebody."""

    name: str
    figures: int


@dataclass(frozen=True, slots=True)
class StakeRow(Row):
    """The figures of a claimant that it stated from one stake, and their ratio to the estimate of the others.

    `n` figures have a ratio; `left_out` counts the others by reason, so that `figures` is the sum. `least` and
    `greatest` bound all ratios; the quartiles bound their middle half, and are None for fewer than five. `whose` names
    the `subjects` with most figures.
    """

    stake: str
    figures: int
    whose: tuple[NamedCount, ...]
    subjects: int
    n: int
    median: float | None
    least: float | None
    greatest: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ClaimantRow(Row):
    """One claimant: its figures that stand, by stake; how often it revised them, and how often others agreed.

    `copies` are figures that only repeat another claim; they are not among `figures`. `only_event` is the event's slug
    where all figures are of one. `revised` is up, down, the same and unclear (of bounds that cross) together;
    `revised_days` is the median of days between the two statements, for the `revised_dated` of which both days are
    known. `corroborated` figures have a corroborates link with an independent claimant who states the same number.
    The policy is that of the others' estimate.
    """

    claimant: str
    claimant_key: str
    claimant_kind: str
    only_event: str | None
    events: int
    figures: int
    copies: int
    stakes: tuple[StakeRow, ...]
    revised: int
    revised_up: int
    revised_down: int
    revised_same: int
    revised_unclear: int
    revised_days: float | None
    revised_dated: int
    corroborated: int
    corroborated_by: tuple[NamedCount, ...]
    policy: str
    version: str
    basis: Basis
    label: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimantStakeRow(Row):
    """A claimant and one of its stakes on one flat row, as a spreadsheet wants it."""

    claimant: ClaimantRow
    stake: StakeRow

    def to_dict(self) -> dict[str, Any]:
        """Return what both hold as one dict; what is said of the claimant as a whole stands on each of its rows."""
        whole, part = self.claimant.to_dict(), self.stake.to_dict()
        first = {name: whole[name] for name in _WHO}
        named = {("figures_of_stake" if name == "figures" else name): value for name, value in part.items()}
        return {**first, **named, **{name: value for name, value in whole.items() if name not in (*_WHO, "stakes")}}


_WHO = ("claimant", "claimant_key", "claimant_kind")
CLAIMANT_FIELDS = (
    *_WHO,
    *("figures_of_stake" if name == "figures" else name for name in StakeRow.__slots__),
    *(name for name in ClaimantRow.__slots__ if name not in (*_WHO, "stakes")),
)
"""What the dict of a `ClaimantStakeRow` holds, in order."""
