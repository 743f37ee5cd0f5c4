"""The layouts of recorders: an event's own row as it stands, or a row whose numbers a policy made of the claims."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Row

from conflictdb.domain.edtf import day_to_text
from conflictdb.domain.formulas import defuse_row
from conflictdb.domain.vocabulary import ActorKind
from conflictdb.export.losses import Loss, claims_lost, counted
from conflictdb.export.numbers import Numbers, named, read_numbers
from conflictdb.export.task import PlainWriter, Task
from conflictdb.export.versions import read_own_rows
from conflictdb.store.read import export as read
from conflictdb.store.read.export import Fighter

Cell = str | int | float | None
MARK = "conflictdb:"
"""What the id of a row that is not the recorder's own begins with; importers know it, and take nothing twice."""


@dataclass(frozen=True, slots=True)
class Made:
    """An event that has no row of its own in a layout, with all that a row may be made of."""

    event: Row[Any]
    fighters: Sequence[Fighter]
    numbers: Numbers | None
    policy: str
    """How a row says what filled it."""
    native: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    """What the layout's dataset calls actors and conflicts, by scheme and our id."""

    def side(self, number: int) -> list[Fighter]:
        """Return who fought on a side."""
        return [each for each in self.fighters if each.side == number]

    @property
    def year(self) -> str:
        """Return the year that the event began in."""
        return self.first.rsplit("-", 2)[0]

    @property
    def first(self) -> str:
        """Return the first day, in ISO 8601."""
        return "" if self.event.first_day is None else day_to_text(self.event.first_day)

    @property
    def last(self) -> str:
        """Return the last day."""
        return "" if self.event.last_day is None else day_to_text(self.event.last_day)

    @property
    def stated_by(self) -> list[str]:
        """Return who states the losses that the numbers are made of."""
        claims = self.numbers.claims if self.numbers else ()
        return list(dict.fromkeys(each.claimant for each in claims if _counts(each)))

    @property
    def sources(self) -> list[str]:
        """Return the titles of the documents that they are stated in."""
        claims = self.numbers.claims if self.numbers else ()
        return list(dict.fromkeys(each.source_title for each in claims if _counts(each)))

    def note(self) -> str:
        """Return which policy made the numbers, or that there are none."""
        return self.policy if self.numbers and self.numbers.measures else f"{self.policy}: no claims"


def _counts(claim: Any) -> bool:
    return bool(claim.standing == "standing" and claim.claimant_kind != ActorKind.RECORDER)


def read_made(task: Task, ids: Sequence[int], schemes: Mapping[str, str] | None = None) -> dict[int, Made]:
    """Read all that rows of these events are made of, and count them by what their numbers are.

    `schemes` are those of a dataset's own ids of actors and conflicts, with the column of ours.
    """
    connection, lens = task.connection, task.lens
    described, fighters = read.read_described(connection, ids), read.read_fighters(connection, ids)
    claimed = read.find_claimed(connection, ids, lens.knowledge)
    numbers = read_numbers(connection, sorted(claimed), fighters, lens) if claimed else {}
    owners = {
        "actor_id": {each.actor_id for event_id in described for each in fighters.get(event_id, ())},
        "conflict_id": {row.conflict_id for row in described.values() if row.conflict_id is not None},
    }
    native = {
        scheme: read.read_native_numbers(connection, column, scheme, owners[column])
        for scheme, column in (schemes or {}).items()
    }
    policy, made = named(lens), {}
    for event_id in ids:
        task.tally.add(numbers.get(event_id))
        who = fighters.get(event_id, ())
        made[event_id] = Made(described[event_id], who, numbers.get(event_id), policy, native)
    return made


class Layout(Protocol):
    """A recorder's layout, as a module declares it."""

    SCHEME: str
    COLUMNS: tuple[str, ...]
    OLDER: Mapping[str, str]
    """Columns of older layouts, and what they are called now."""
    FIGURES: tuple[str, ...]
    """The columns that claims of the recorder are read from."""
    METRICS: frozenset[str]
    """What the layout has numbers of."""
    NATIVE: Mapping[str, str]
    """The schemes of its own ids of actors and conflicts, and the column of ours."""

    def make_row(self, made: Made) -> dict[str, Cell]:
        """Return the cells of a row, by column."""

    def lose(self, made: Made) -> list[Loss]:
        """Return what of the event itself there is no column for."""


class CodedWriter(PlainWriter):
    """Writes rows of a recorder's layout as CSV."""

    def __init__(self, task: Task, layout: Layout) -> None:
        from orjson import loads

        self.task, self.layout, self._loads = task, layout, loads
        self._blank = dict.fromkeys(layout.COLUMNS, "")
        self._put([layout.COLUMNS])

    def write(self, ids: Sequence[int]) -> None:
        """Write the rows of these events, in their order."""
        own = read_own_rows(self.task.connection, self.layout.SCHEME, ids, self.task.knowledge)
        made = self._make([event_id for event_id in ids if event_id not in own])
        wider: Counter[int] = Counter()
        self._put(self._rows(ids, own, made, wider))
        self.task.tally.rows += len(made) + sum(map(len, own.values()))
        self.task.tally.own += len(own)
        self._lose_of_own(list(own), wider)

    def _rows(
        self, ids: Sequence[int], own: Mapping[int, list[str]], made: Mapping[int, dict[str, Cell]], wider: Counter[int]
    ) -> Iterator[Iterable[str]]:
        """Yield the rows in order; `wider` counts the cells of own rows that there is no column for."""
        blank, loads, width = self._blank, self._loads, len(self._blank)
        for event_id in ids:
            for text in own.get(event_id, ()):
                cells = blank | loads(text)
                if len(cells) > width:
                    cells = blank | {_canonical(name, self.layout.OLDER): cell for name, cell in loads(text).items()}
                    wider[event_id] += len(cells) - width
                yield defuse_row(list(cells.values())[:width])
            if event_id in made:
                yield defuse_row([_text(cell) for cell in made[event_id].values()])

    def _put(self, rows: Iterable[Iterable[str]]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        self.task.stream.write(text.getvalue().encode("utf-8", errors="backslashreplace"))

    def _make(self, ids: Sequence[int]) -> dict[int, dict[str, Cell]]:
        """Return the rows of events that the recorder has none of."""
        if not ids:
            return {}
        further = read.read_further(self.task.connection, ids, knowledge=self.task.knowledge)
        around = self._around(ids)
        rows = {}
        for event_id, made in read_made(self.task, ids, self.layout.NATIVE).items():
            rows[event_id] = {**self._blank, **self.layout.make_row(made)}
            lost = [*claims_lost(further.get(event_id, ()), self.layout.METRICS), *self.layout.lose(made)]
            self.task.losses.add(made.event.slug, lost + around.get(event_id, []))
        return rows

    def _lose_of_own(self, ids: Sequence[int], wider: Counter[int]) -> None:
        """Note what is known of events beyond their own row."""
        if not ids:
            return
        further = read.read_further(self.task.connection, ids, self.layout.FIGURES, self.task.knowledge)
        around = self._around(ids)
        touched = [event_id for event_id in ids if event_id in further or event_id in around or wider[event_id]]
        slugs = read.read_slugs(self.task.connection, touched) if touched else {}
        for event_id in touched:
            lost = claims_lost(further.get(event_id, ()), self.layout.METRICS) + around.get(event_id, [])
            if wider[event_id]:
                lost.append(counted(wider[event_id], "cells of other columns", "cell of another column"))
            self.task.losses.add(slugs[event_id], lost)

    def _around(self, ids: Sequence[int]) -> dict[int, list[Loss]]:
        """Return what else hangs on events that no such layout holds."""
        found: dict[int, list[Loss]] = {}
        names = {
            "timeline": ("entries of the timeline", "entry of the timeline"),
            "links": ("links between claims", "link between claims"),
        }
        for what, (many, one) in names.items():
            for event_id, count in read.count(self.task.connection, what, ids, self.task.knowledge).items():
                found.setdefault(event_id, []).append(counted(count, many, one))
        return found


def _canonical(name: str, older: Mapping[str, str]) -> str:
    folded = name.strip().lower()
    return older.get(folded, folded)


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def joined(names: Sequence[str], by: str = "; ") -> str:
    """Return names in one cell."""
    return by.join(names)


def beyond_two_sides(made: Made) -> list[Loss]:
    """Return the combatants of further sides, which layouts of two have no columns for."""
    count = sum(each.side > 2 for each in made.fighters)
    return [counted(count, "combatants of further sides", "combatant of a further side")] if count else []


def whole_times(made: Made) -> list[Loss]:
    """Return the times of day."""
    return [Loss("times of day", 1, "its time of day")] if made.event.start_time or made.event.end_time else []
