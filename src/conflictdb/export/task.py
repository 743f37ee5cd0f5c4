"""What every writer of a layout is given, and what it answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from sqlalchemy import Connection

from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.lens import Lens
from conflictdb.export.as_of import LeftOut
from conflictdb.export.losses import Losses
from conflictdb.export.numbers import Numbers


@dataclass(slots=True)
class Tally:
    """What an export came to. `filled`: events whose numbers a policy made; `undecided`: those it leaves none for.

    `empty`: those of which nobody but a recorder states losses. `left_out`: what an export as of a day leaves out.
    """

    events: int = 0
    rows: int = 0
    own: int = 0
    filled: int = 0
    undecided: int = 0
    empty: int = 0
    left_out: LeftOut = field(default_factory=LeftOut)
    schemes: Counter[str] = field(default_factory=Counter)
    """How many events have rows of which dataset."""

    def add(self, numbers: Numbers | None) -> None:
        """Count an event by what its numbers are."""
        if numbers is None or not numbers.measures:
            self.empty += 1
        elif numbers.are_there:
            self.filled += 1
        else:
            self.undecided += 1


@dataclass(frozen=True, slots=True)
class Task:
    """One export: from where, to where, of what, how it is looked at, and when (a day, by the caller's clock)."""

    connection: Connection
    stream: BinaryIO
    losses: Losses
    tally: Tally
    query: str
    lens: Lens
    day: str
    name: str
    """The name of the file, which decides between a document and lines of them."""
    batches: Callable[[], Iterator[list[int]]]
    """Gives the ids of the events, some at a time; each call from the start."""

    @property
    def knowledge(self) -> Knowledge | None:
        """Return the day up to which statements count, if not all do."""
        return self.lens.knowledge


class Writer(Protocol):
    """Writes the events of a query in one layout, batch by batch."""

    def write(self, ids: Sequence[int]) -> None:
        """Write these events."""

    def end(self) -> None:
        """Write what comes last."""

    def abandon(self) -> None:
        """Let go of what is open, where the export fails."""


class PlainWriter:
    """A writer to whom nothing comes last, and who keeps nothing open."""

    def end(self) -> None:
        """Do nothing: a table just ends."""

    def abandon(self) -> None:
        """Do nothing: nothing is open."""
