"""A line's chunks with their brackets as groups, and the amounts that stand among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from conflictdb.domain.quantity import Quantity
from conflictdb.importers.infobox.tokens import Chunk
from conflictdb.importers.infobox.words import Role

DEEPEST = 3
"""How deep brackets may stand in one another; deeper ones are passed over."""

COUNTED = (Role.METRIC, Role.FATE, Role.ITEM, Role.TROOPS, Role.CIVILIAN, Role.ELSEWISE)
"""The roles of words that say what is counted, or what became of it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity and its place in the line; without a quantity it says that the number is unknown."""

    start: int
    end: int
    quantity: Quantity | None
    worded: bool = False
    """It says how heavy losses are, not how many."""


@dataclass(slots=True)
class Group:
    """What stands between brackets; one that is not closed reaches to the end of the line."""

    start: int
    end: int = 0
    members: list[Member] = field(default_factory=list)
    closed: bool = False


Member = Chunk | Group | Amount


def nest(chunks: Sequence[Chunk]) -> tuple[list[Member], bool]:
    """Return the chunks with brackets as groups, and whether a bracket closes that was not opened here."""
    top: list[Member] = []
    open_groups: list[Group] = []
    stray = False
    for chunk in chunks:
        members = open_groups[-1].members if open_groups else top
        if chunk.is_sign("(", "["):
            if len(open_groups) < DEEPEST:
                group = Group(chunk.start)
                members.append(group)
                open_groups.append(group)
        elif chunk.is_sign(")", "]"):
            if open_groups:
                open_groups[-1].closed, open_groups[-1].end = True, chunk.end
                open_groups.pop()
            else:
                stray = True
        else:
            members.append(chunk)
    for group in open_groups:
        group.end = chunks[-1].end
    return top, stray


def chunk_at(members: Sequence[Member], at: int) -> Chunk | None:
    """Return the chunk at a place, or None where there is a group, an amount or nothing."""
    member = members[at] if 0 <= at < len(members) else None
    return member if isinstance(member, Chunk) else None
