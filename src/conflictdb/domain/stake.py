"""Stake: where a claimant stands towards the subject of its claim, in one event, read off the lineage of actors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from conflictdb.domain.vocabulary import ActorKind, RelationKind, Stake

UPWARD = (RelationKind.PART_OF, RelationKind.RENAMED_TO)
"""The relations by which an actor belongs to another."""


@dataclass(frozen=True, slots=True)
class Parent:
    """What an actor is part of or became, and on which days (proleptic ordinals, None is open)."""

    id: int
    since_day: int | None = None
    until_day: int | None = None

    def holds(self, first_day: int | None, last_day: int | None) -> bool:
        """Return whether it held on any day from `first_day` to `last_day`; without dates it always did."""
        began = self.since_day is None or last_day is None or self.since_day <= last_day
        return began and (self.until_day is None or first_day is None or self.until_day >= first_day)


@dataclass(frozen=True, slots=True)
class Lineage:
    """Every actor's parents, by part_of and renamed_to.

    `same` leads from each of several actors that were judged the same to the one that stands for all; `parents` knows
    them by that one alone.
    """

    parents: Mapping[int, tuple[Parent, ...]] = field(default_factory=dict)
    same: Mapping[int, int] = field(default_factory=dict)

    def who(self, actor: int) -> int:
        """Return the actor that stands for this one, which is itself unless it was judged the same as another."""
        return self.same.get(actor, actor)

    def climb(self, actor: int, first_day: int | None, last_day: int | None) -> Iterator[set[int]]:
        """Yield the actor, then its parents as dated at the event, then theirs; each actor once."""
        level = {self.who(actor)}
        seen = set(level)
        while level:
            yield level
            above = {
                parent.id
                for each in level
                for parent in self.parents.get(each, ())
                if parent.holds(first_day, last_day)
            }
            level = above - seen
            seen |= level

    def path(self, actor: int, first_day: int | None = None, last_day: int | None = None) -> list[int]:
        """Return all that the actor belongs to, nearest first."""
        return [each for level in self.climb(actor, first_day, last_day) for each in sorted(level)][1:]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A claimant, as far as its stake needs it. `independent`: stated to belong to nobody."""

    id: int
    kind: str
    unnamed: bool = False
    independent: bool = False


class Battlefield:
    """Who fought on which side of one event, with the ancestors of each."""

    def __init__(
        self, fighters: Iterable[tuple[int, int]], lineage: Lineage, first_day: int | None, last_day: int | None,
        attackers: Iterable[int] = (),
    ) -> None:  # fmt: skip
        """Take (actor, side) of every combatant, the days of the event, and which actors attacked."""
        self.lineage = lineage
        self.days = (first_day, last_day)
        self.sides: dict[int, set[int]] = defaultdict(set)
        for actor, side in fighters:
            for level in lineage.climb(actor, *self.days):
                for each in level:
                    self.sides[each].add(side)
        self.attackers = {each for actor in attackers for level in lineage.climb(actor, *self.days) for each in level}

    def stake(self, speaker: Speaker, subject_side: int | None) -> Stake:
        """Return the stake of a claimant in losses of `subject_side` (None: civilians, unknown, the event total)."""
        if speaker.kind == ActorKind.RECORDER:
            return Stake.RECORDER
        sides = next(
            (found for level in self.lineage.climb(speaker.id, *self.days) if (found := self._sides_of(level))), set()
        )
        if len(sides) > 1:
            return Stake.UNKNOWN
        if sides:
            if subject_side is None:
                return Stake.PARTY
            return Stake.OWN_SIDE if subject_side in sides else Stake.ADVERSARY
        unstated = (
            speaker.unnamed and not speaker.independent and not self.lineage.parents.get(self.lineage.who(speaker.id))
        )
        return Stake.UNKNOWN if unstated else Stake.THIRD_PARTY

    def attacked(self, actor: int) -> bool:
        """Return whether an actor attacked: it, a part of it, or the nearest that it belongs to and that fought."""
        fought = next((level for level in self.lineage.climb(actor, *self.days) if self._sides_of(level)), set())
        return not self.attackers.isdisjoint(fought)

    def above(self, actor: int) -> list[int]:
        """Return all that an actor belonged to at the event, nearest first."""
        return self.lineage.path(actor, *self.days)

    def _sides_of(self, actors: set[int]) -> set[int]:
        return {side for actor in actors for side in self.sides.get(actor, ())}
