"""Lines of readable text, and the writer that makes them: each character knows its place in the raw text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from conflictdb.importers.infobox.source import BREAK, FILL, RULE


class Gap(IntEnum):
    """What stands between a line and the one before it."""

    LINE = 1
    """A `<br>` or a list item."""
    NEWLINE = 2
    """A newline in the wikitext, which ends no line on the page."""
    BLOCK = 3
    """An empty line."""
    RULE = 4
    """A horizontal rule."""


class Link(NamedTuple):
    """A link's displayed text, as a span of its line, and the page that it leads to."""

    start: int
    end: int
    target: str


class Flag(NamedTuple):
    """A flag, as a span of its line (empty where only the picture shows), and whose it is."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `at` has the raw place of each character, and of the end; `bold` says which characters are.

    `level` is how deep in lists it stands; `term`: it is a heading by its markup (`;term`, a list's title).
    """

    text: str
    at: tuple[int, ...]
    bold: tuple[bool, ...]
    links: tuple[Link, ...]
    flags: tuple[Flag, ...]
    gap: Gap
    level: int
    term: bool

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw place of a span of the line."""
        return self.at[start], (self.at[end - 1] + 1 if end > start else self.at[start])


@dataclass
class _Draft:
    """A line as it is written."""

    gap: Gap = Gap.BLOCK
    level: int = 0
    term: bool = False
    text: list[str] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)

    def close(self) -> Line:
        at = (*self.at, self.at[-1] + 1 if self.at else 0)
        return Line(
            "".join(self.text), at, tuple(self.bold), tuple(self.links), tuple(self.flags),
            self.gap, self.level, self.term,
        )  # fmt: skip


class LineWriter:
    """Takes the readable text piece by piece, and keeps it as lines without empty ones."""

    _ITEMS = "*#;:"
    _BULLETS = "•‣▪●◦"

    def __init__(self) -> None:
        self._done: list[Line] = []
        self._draft = _Draft()
        self._newlines = 0
        self._base = 0
        self._typed = False
        """The line is an item by a typed bullet, which ends with the line."""
        self.bold = 0

    @property
    def here(self) -> int:
        """Where in the current line the next character goes."""
        return len(self._draft.text)

    def write(self, text: str, at: int, step: int = 1) -> None:
        """Write text whose first character stands at `at`; `step` 0: all of it stands for one place."""
        for offset, char in enumerate(text):
            self._write_char(char, at + offset * step)

    def _write_char(self, char: str, at: int) -> None:
        if char == FILL:
            return
        if char == "\n":
            self._newlines += 1
            self._end_line(Gap.BLOCK if self._newlines > 1 else Gap.NEWLINE)
            self._draft.level, self._draft.term = self._base, False
        elif char in (BREAK, RULE):
            self._end_line(Gap.RULE if char == RULE else Gap.LINE)
        elif self._is_empty and char in self._BULLETS:
            self._draft.level, self._typed = self._base + 1, True
        elif self._is_empty and char in self._ITEMS:
            self.begin_item(term=char == ";")
        elif self._draft.text or not char.isspace():
            self._newlines = 0
            self._draft.text.append(char)
            self._draft.at.append(at)
            self._draft.bold.append(self.bold > 0)

    def begin_item(self, *, term: bool = False) -> None:
        """Begin a list item, or one a level deeper where nothing was written since the last."""
        self._draft.level += 1
        self._draft.term = self._draft.term or term
        if self._draft.gap is Gap.NEWLINE:
            self._draft.gap = Gap.LINE

    def break_line(self) -> None:
        """End the current line, as `<br>` does."""
        self._end_line(Gap.LINE)

    def indent(self, by: int) -> None:
        """Set the lines that follow deeper in lists, or back."""
        self._end_line(Gap.LINE)
        self._base += by
        self._draft.level, self._draft.term = self._base, False

    def mark_term(self) -> None:
        """Make the current line a heading."""
        self._draft.term = True

    def add_link(self, start: int, target: str) -> None:
        """Make what was written since `start` a link."""
        if start < self.here:
            self._draft.links.append(Link(start, self.here, target))

    def add_flag(self, start: int, name: str) -> None:
        """Put a flag over what was written since `start`."""
        self._draft.flags.append(Flag(min(start, self.here), self.here, name))

    def _end_line(self, gap: Gap) -> None:
        draft = self._draft
        if self._is_empty:
            draft.gap = _wider(draft.gap, gap)
            return
        self._done.append(draft.close())
        self._draft = _Draft(gap, self._base if self._typed else draft.level)
        self._typed = False

    @property
    def _is_empty(self) -> bool:
        return not self._draft.text and not self._draft.flags

    def finish(self) -> tuple[Line, ...]:
        """Return the lines."""
        self._end_line(Gap.LINE)
        return tuple(self._done)


def _wider(one: Gap, other: Gap) -> Gap:
    """Return the gap of two in a row: a newline beside a `<br>` is no more than a line."""
    return Gap.LINE if {one, other} == {Gap.LINE, Gap.NEWLINE} else max(one, other)
