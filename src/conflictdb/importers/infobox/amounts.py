"""How many: the chunks that together say a number, with its qualifiers, made into one amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from conflictdb.domain.number_words import LIMIT
from conflictdb.domain.quantity import Quantity, QuantityError, parse_quantity
from conflictdb.domain.quantity_words import is_short
from conflictdb.domain.vocabulary import Qualifier
from conflictdb.importers.infobox.dates import is_number, read_date
from conflictdb.importers.infobox.groups import COUNTED, Amount, Group, Member, chunk_at
from conflictdb.importers.infobox.tokens import Chunk, Kind
from conflictdb.importers.infobox.words import Role

_MOST_MARKS = 6
_MOST_WORDS = 12
_BOUNDS = {
    Qualifier.MORE_THAN: "over",
    Qualifier.AT_LEAST: "at least",
    Qualifier.AT_MOST: "up to",
    Qualifier.LESS_THAN: "fewer than",
}
_ABOUT = "about"
_BETWEEN = "between"
_WEIGHT = "weight"


def read_amounts(members: Sequence[Member], *, bracketed: bool = False) -> list[Member]:
    """Return the members with every amount in place of its chunks, dates as plain words, groups read likewise."""
    read: list[Member] = []
    at = 0
    while at < len(members):
        member = members[at]
        if isinstance(member, Group):
            member.members = read_amounts(member.members, bracketed=True)
        elif isinstance(member, Chunk) and (date := read_date(members, at, bracketed)):
            read.append(date)
            at += 1
            continue
        elif isinstance(member, Chunk) and (found := _AmountReader(members, at).read()):
            amount, at = found
            read.append(amount)
            continue
        read.append(member)
        at += 1
    return read


@dataclass(slots=True)
class _Count:
    value: Fraction
    unit: int
    weak: bool = False


class _AmountReader:
    """Reads one amount that begins at `at`: qualifiers, a number or a range, qualifiers."""

    def __init__(self, members: Sequence[Member], at: int) -> None:
        self.members = members
        self.first = self.at = at
        self.marks: list[str] = []

    def read(self) -> tuple[Amount, int] | None:
        """Return the amount and where the next member stands."""
        quantity: Quantity | None
        if self._has(Role.UNKNOWN):
            self.at += 1
            return self._finish(None)
        self._take_marks(Role.BEFORE)
        marked = self.at
        low = self._count()
        if low is not None and not (low.weak and not self._counts_something()):
            quantity = self._quantity(low)
        else:
            quantity = self._words(marked) or self._words(self.first)
        return self._finish(quantity) if quantity else None

    def _finish(self, quantity: Quantity | None) -> tuple[Amount, int]:
        worded = quantity is not None and quantity.wording == _WEIGHT
        return Amount(self.members[self.first].start, self.members[self.at - 1].end, quantity, worded), self.at

    @property
    def _next(self) -> Chunk | None:
        return chunk_at(self.members, self.at)

    def _has(self, *roles: Role) -> bool:
        return (chunk := self._next) is not None and chunk.has(*roles)

    def _take_marks(self, role: Role) -> None:
        while len(self.marks) < _MOST_MARKS and (chunk := self._next) and (mark := chunk.get(role)):
            if chunk.is_sign("+") and (self._is_spaced(chunk) and is_number(chunk_at(self.members, self.at + 1))):
                return
            self.marks.append(mark)
            self.at += 1

    def _is_spaced(self, chunk: Chunk) -> bool:
        return self.at > 0 and self.members[self.at - 1].end < chunk.start

    def _count(self) -> _Count | None:
        """Read a number in digits or words, with the scale after it: "1.2 million", "two hundred and fifty"."""
        if is_number(self._next):
            count = _Count(self._next.value or Fraction(0), 1)  # type: ignore[union-attr]
            unit = 1000 ** self._next.text.count(",")  # type: ignore[union-attr]
            self.at += 1
            count.unit = unit
        elif not (spelled := self._spelled()):
            return None
        else:
            count = spelled
        while (chunk := self._next) and (scale := chunk.get(Role.SCALE)):
            count = _Count(count.value * int(scale), int(scale))
            self.at += 1
        if count.value.denominator != 1 or count.value > LIMIT:
            return None
        return count

    def _spelled(self) -> _Count | None:
        start, total, current, unit = self.at, 0, 0, 1
        while (chunk := self._next) and self.at - start < _MOST_WORDS:
            if number := chunk.get(Role.NUMBER):
                current += int(number)
            elif (scale := chunk.get(Role.SCALE)) and not (chunk.has(Role.VAGUE) and self.at == start):
                unit = int(scale)
                current = max(current, 1) * unit
                if unit >= 1000:
                    total, current = total + current, 0
            elif not (current and chunk.text == "and" and self._goes_on()):
                break
            self.at += 1
        if self.at == start:
            return None
        return _Count(Fraction(total + current), unit, weak=total + current == 1)

    def _goes_on(self) -> bool:
        """Tell whether "and" joins "two hundred" and "fifty"."""
        after, before = chunk_at(self.members, self.at + 1), chunk_at(self.members, self.at - 1)
        return after is not None and after.has(Role.NUMBER) and before is not None and before.has(Role.SCALE)

    def _counts_something(self) -> bool:
        """Tell whether "a" or "one" is a number: something that is counted follows at once."""
        for near in range(self.at, self.at + 3):
            chunk = chunk_at(self.members, near)
            if chunk is None or chunk.kind is not Kind.WORD or chunk.has(Role.REMARK, Role.VAGUE, Role.SAYS):
                return False
            if chunk.has(*COUNTED):
                return True
        return False

    def _quantity(self, low: _Count) -> Quantity | None:
        attached = self._next is not None and self._next.is_sign("+")
        self._take_marks(Role.AFTER)
        high = self._range_end(attached)
        self._take_marks(Role.AFTER)
        self._take_bracketed_marks()
        if high is None:
            return _bounded(str(low.value), self.marks)
        first, last = int(low.value), int(high.value)
        if is_short(first, last, high.unit):
            first *= high.unit
        elif last < first and str(last).isdecimal():
            last = int(str(first)[: -len(str(last))] + str(last)) if len(str(last)) < len(str(first)) else last
        first, last = sorted((first, last))
        return _bounded(f"{first}-{last}", self.marks)

    def _range_end(self, attached: bool) -> _Count | None:
        start, marks = self.at, len(self.marks)
        separator = self._next
        if separator is None:
            return None
        joined = separator.is_sign("-", "/") or separator.has(Role.RANGE)
        if not joined and not (_BETWEEN in self.marks and separator.has(Role.JOINT)):
            return None
        self.at += 1
        self._take_marks(Role.BEFORE)
        if (end := self._count()) and not end.weak:
            return end
        self.at = start
        del self.marks[marks:]
        return None

    def _take_bracketed_marks(self) -> None:
        """Take "(estimated)" behind a number; the group stays, as a note."""
        group = self.members[self.at] if self.at < len(self.members) else None
        if isinstance(group, Group) and group.members:
            marks = [member.get(Role.AFTER) if isinstance(member, Chunk) else None for member in group.members]
            if all(marks):
                self.marks += [mark for mark in marks if mark]

    def _words(self, start: int) -> Quantity | None:
        """Read what says how many without a number: "several dozen", "heavy", "none"."""
        self.at = start
        chunk = self._next
        if chunk is None:
            return None
        self.at += 1
        if chunk.get(Role.VAGUE) == "number" and self._says_how_many(start):
            while self.at - start < _MOST_WORDS and self._has(Role.SCALE):
                self.at += 1
            return Quantity(None, None, Qualifier.VAGUE, "")
        if chunk.get(Role.VAGUE) == "weight" and self._stands_alone(start):
            return Quantity(None, None, Qualifier.VAGUE, _WEIGHT)
        if chunk.has(Role.NONE) and (self._stands_alone(start) or self._negates()):
            return Quantity(0, 0, Qualifier.EXACT, "")
        return None

    def _says_how_many(self, start: int) -> bool:
        """Tell whether "some" is of the counted, and not of "at some point" or "several sources"."""
        before = chunk_at(self.members, start - 1)
        return not self._has(Role.SAYS, Role.NOBODY) and not (before is not None and before.has(Role.REMARK))

    def _stands_alone(self, start: int) -> bool:
        """Tell whether a word is all there is, but for what is lost."""
        before, after = chunk_at(self.members, start - 1), self._next
        if start > 0 and not (before is not None and (before.is_sign(":", ",", ";", "-") or before.has(Role.METRIC))):
            return False
        if self.at >= len(self.members) or after is None:
            return True
        return after.kind is Kind.SIGN or after.has(Role.METRIC, Role.JOINT, Role.REMARK)

    def _negates(self) -> bool:
        near = (chunk_at(self.members, self.at), chunk_at(self.members, self.at + 1))
        return any(chunk is not None and chunk.has(*COUNTED) for chunk in near)


def _bounded(body: str, marks: Sequence[str]) -> Quantity | None:
    """Return the bounds that marks give a number or a range: the first that the quantity grammar accepts."""
    named = [Qualifier(mark) for mark in marks if mark not in (_BETWEEN, Qualifier.APPROXIMATE)]
    about = f"{_ABOUT} " if Qualifier.APPROXIMATE in marks else ""
    for text in (*(f"{_BOUNDS[mark]} {body}" for mark in named), f"{about}{body}", body):
        try:
            return parse_quantity(text)
        except QuantityError:
            continue
    return None
