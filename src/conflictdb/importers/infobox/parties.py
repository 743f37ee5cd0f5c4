"""The belligerents of a value: names, what stands below what, and who only supports."""

from __future__ import annotations

import re
from dataclasses import replace

from conflictdb.importers.infobox.lines import Gap, Line
from conflictdb.importers.infobox.markup import read_lines
from conflictdb.importers.infobox.stated import StatedParty
from conflictdb.importers.infobox.tokens import read_chunks
from conflictdb.importers.infobox.words import Role, Words

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
_NOBODY = re.compile(r"unknown|none|various|and others|see below|full list|\W*$", re.IGNORECASE)


def read_names(text: str, words: Words) -> tuple[StatedParty, ...]:
    """Return the belligerents of a field. Raises ValueTooLongError."""
    reader = _PartyReader(words)
    for line in read_lines(text):
        reader.read_line(line)
    return tuple(reader.found)


class _PartyReader:
    """Reads line by line, knowing which party each list item stands below."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.found: list[StatedParty] = []
        self.above: list[tuple[int, int]] = []
        """The parties that a line may stand below: list level and place."""
        self.support = False
        self.heading: int | None = None

    def read_line(self, line: Line) -> None:
        """Read one line: a party, a remark on the last one, or a heading such as "Supported by:"."""
        text = " ".join(line.text.split())
        if line.gap is Gap.RULE:
            self.support, self.above, self.heading = False, [], None
        if self._says_support(text):
            self.support, self.above, self.heading = True, [], None
        elif text.startswith("(") and text.endswith(")") and self.found:
            self._remark(text.strip("()"))
        else:
            self._add(line, text)

    def _says_support(self, text: str) -> bool:
        chunks = read_chunks(text.rstrip(":"), self.words)
        return bool(chunks) and chunks[0].has(Role.SUPPORT) and (len(chunks) == 1 or text.endswith(":"))

    def _remark(self, text: str) -> None:
        last = self.found[-1]
        self.found[-1] = replace(last, note="; ".join(filter(None, (last.note, text))))

    def _add(self, line: Line, text: str) -> None:
        note = None
        if match := _BRACKETS.search(text):
            text, note = text[: match.start()], match[1]
        if _NOBODY.match(text):
            return
        heads = text.endswith(":") or line.term
        self.above = [(level, place) for level, place in self.above if level < line.level]
        part_of = self.above[-1][1] if self.above else self.heading
        if heads and line.level == 0:
            part_of = None
            if not (line.links or line.flags or any(line.bold)):  # "Co-belligerents:" is nobody
                self.above, self.heading = [], None
                return
        target = line.links[0].target if len(line.links) == 1 else None
        start, end = line.raw_span(0, len(line.text.rstrip()))
        self.above.append((line.level, len(self.found)))
        if heads:
            self.heading = len(self.found)
        self.found.append(StatedParty(start, end, text.rstrip(": "), target, part_of, self.support, note))
