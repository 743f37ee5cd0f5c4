"""A line parted into clauses, each with one amount, its label and its phrase; and the notes between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from conflictdb.importers.infobox.groups import Amount, Group, Member
from conflictdb.importers.infobox.lines import Line
from conflictdb.importers.infobox.phrases import Phrase, PhraseReader
from conflictdb.importers.infobox.tokens import Chunk, Kind
from conflictdb.importers.infobox.words import Role

_NOTE_SIGN = "()"
_BOUNDARIES = (",", ";", "/", "-", "+", "=", "|", "&", "→", _NOTE_SIGN)
_STATES = (Role.METRIC, Role.FATE)


@dataclass(slots=True)
class Clause:
    """One amount with what is said of it.

    `label` stands before it; `governs`: the label ends in a colon. `joined`: the clause goes on a list in its line;
    `part`: it is contained in what stands before. `parent` is the clause whose brackets it stands in.
    """

    amount: Amount
    label: list[Chunk]
    governs: bool = False
    joined: bool = False
    part: bool = False
    parent: Clause | None = None
    group: Group | None = None
    phrase: Phrase = field(default_factory=Phrase)


Event = Clause | Group
"""What stands in a line, in order: clauses, and bracketed notes without a figure."""


def has_amounts(members: Sequence[Member]) -> bool:
    """Tell whether anything is counted, in brackets or outside them."""
    return any(
        isinstance(member, Amount) or (isinstance(member, Group) and has_amounts(member.members)) for member in members
    )


def read_clauses(members: Sequence[Member], line: Line) -> list[Event]:
    """Return the clauses and notes of a line in their order."""
    events: list[Event] = []
    _GroupReader(line, events, None, None).read(members)
    return _labels_first(events)


class _GroupReader:
    """Reads one level of brackets."""

    def __init__(self, line: Line, events: list[Event], parent: Clause | None, group: Group | None) -> None:
        self.line, self.events, self.parent, self.group = line, events, parent, group
        self.current: Clause | None = None
        self.between: list[Chunk] = []

    def read(self, members: Sequence[Member]) -> None:
        """Add the events of the members."""
        for member in members:
            if isinstance(member, Chunk):
                self.between.append(member)
            elif isinstance(member, Amount):
                self._begin(member)
            else:
                self._take_group(member)
        if self.current is not None:
            self.current.phrase = self._phrase(self.current, self.between)

    def _take_group(self, group: Group) -> None:
        if has_amounts(group.members):
            _GroupReader(self.line, self.events, self.current or self.parent, group).read(group.members)
        else:
            self.events.append(group)
        self.between.append(Chunk(Kind.SIGN, group.start, group.end, _NOTE_SIGN))

    def _begin(self, amount: Amount) -> None:
        tail, label, colon = self._split()
        clause = Clause(amount, label, colon, parent=self.parent, group=self.group)
        clause.part = any(chunk.has(Role.PART) for chunk in label)
        clause.joined = self.current is not None and self._is_joined(tail)
        if self.current is not None:
            self.current.phrase = self._phrase(self.current, tail)
            if not label and not colon:
                clause.label = _proper(self.current.phrase.rest, self.line)
        self.current, self.between = clause, []
        self.events.append(clause)

    def _phrase(self, clause: Clause, chunks: Sequence[Chunk]) -> Phrase:
        quantity = clause.amount.quantity
        vague = quantity is not None and quantity.lower is None and quantity.upper is None
        return PhraseReader(self.line, chunks, clause.amount.end, vague=vague).read()

    def _is_joined(self, tail: Sequence[Chunk]) -> bool:
        """Tell whether nothing but a joint, or a list's own words, stand before the new amount."""
        last = self.between[-1] if self.between else None
        signed = any(chunk.is_sign(",", "&", "+", "/") or chunk.has(Role.JOINT, Role.PART) for chunk in self.between)
        return signed and not (last is not None and last.is_sign(";", _NOTE_SIGN))

    def _split(self) -> tuple[list[Chunk], list[Chunk], bool]:
        """Part what stands between two amounts into the tail of the one and the label of the other."""
        chunks = self.between
        colons = [at for at, chunk in enumerate(chunks) if chunk.is_sign(":")]
        if colons:
            return self._split_at_colon(chunks[: colons[-1]], chunks[colons[-1] + 1 :])
        if self.current is None:
            return [], chunks, False
        signs = [at for at, chunk in enumerate(chunks) if chunk.text in _BOUNDARIES and chunk.kind is Kind.SIGN]
        after = chunks[signs[-1] + 1 :] if signs else chunks
        joints = [at for at, chunk in enumerate(after) if chunk.has(Role.JOINT, Role.PART)]
        if joints and self._parts_clauses(after, joints[-1]):
            start = len(chunks) - len(after) + joints[-1]
            return chunks[:start], chunks[start:], False
        if not signs or any(chunk.has(*_STATES) for chunk in after):
            return chunks, [], False
        return chunks[: signs[-1]], after, False

    def _parts_clauses(self, chunks: Sequence[Chunk], joint: int) -> bool:
        """Tell whether a joint stands between two clauses, and not between two nouns of one."""
        stated = any(chunk.has(*_STATES) for chunk in chunks[:joint])
        return chunks[joint].has(Role.PART) or joint in (0, len(chunks) - 1) or stated

    def _split_at_colon(self, before: list[Chunk], after: list[Chunk]) -> tuple[list[Chunk], list[Chunk], bool]:
        if self.current is None:
            return [], before + after, True
        signs = [at for at, chunk in enumerate(before) if chunk.text in _BOUNDARIES and chunk.kind is Kind.SIGN]
        if signs:
            return before[: signs[-1]], before[signs[-1] + 1 :] + after, True
        phrase = self._phrase(self.current, before)
        label = phrase.says or phrase.rest or before[-1:]
        start = next(at for at, chunk in enumerate(before) if chunk is label[0]) if label else 0
        return before[:start], label + after, True


def _proper(chunks: list[Chunk], line: Line) -> list[Chunk]:
    """Return what may be the label of what follows: words that begin like a name."""
    while chunks and chunks[0].kind is Kind.SIGN:
        chunks = chunks[1:]
    if not chunks or chunks[0].has(Role.REMARK, Role.OF) or line.text[chunks[0].start].islower():
        return []
    return chunks


def _labels_first(events: list[Event]) -> list[Event]:
    """Set right a line that names each state before its number: "Killed 100 Wounded 20"."""
    clauses = [event for event in events if isinstance(event, Clause) and event.parent is None]
    if len(clauses) < 2 or clauses[0].governs or not any(chunk.has(Role.METRIC) for chunk in clauses[0].label):
        return events
    if clauses[-1].phrase.is_complete or not all(clause.phrase.metrics for clause in clauses[:-1]):
        return events
    for clause, following in pairwise(clauses):
        place = clause.amount.end
        following.label = [Chunk(Kind.WORD, place, place, "", {Role.METRIC: clause.phrase.metrics[-1].value})]
        clause.phrase.metrics, clause.phrase.fates = [], []
    return events
