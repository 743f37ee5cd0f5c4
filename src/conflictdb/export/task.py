"""What every writer of a layout is given, and what it answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from sqlalchemy import Connection

from conflictdb.export.losses import Losses


@dataclass(slots=True)
class Tally:
    """What an export came to. `filled`: events whose numbers a policy made; `empty`: those it had none for."""

    events: int = 0
    rows: int = 0
    own: int = 0
    filled: int = 0
    empty: int = 0
    schemes: Counter[str] = field(default_factory=Counter)
    """How many events have rows of which dataset."""


@dataclass(frozen=True, slots=True)
class Task:
    """One export: from where, to where, of what, and when (a day, as the caller's clock has it)."""

    connection: Connection
    stream: BinaryIO
    losses: Losses
    tally: Tally
    query: str
    day: str
    name: str
    """The name of the file, which decides between a document and lines of them."""
    batches: Callable[[], Iterator[list[int]]]
    """Gives the ids of the events, some at a time; each call from the start."""


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
