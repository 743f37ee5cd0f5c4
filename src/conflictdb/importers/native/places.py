"""Find the line that a field of a document stands on."""

from __future__ import annotations

import json
import re
from typing import Any, Protocol

import yaml

Where = tuple[str | int, ...]
_BLANK = re.compile(r"[ \t\n\r]*")


class Places(Protocol):
    """Knows where the fields of one document stand."""

    def locate(self, where: Where) -> tuple[int, int]:
        """Return the line (from 1) of a field such as ("events", 0, "date"), and how many of its parts are there.

        Where the last parts are not there, it is the line of what is nearest around them.
        """


class YamlPlaces:
    """The places of a YAML document, by the nodes it was read into."""

    def __init__(self, node: yaml.Node) -> None:
        self._node = node

    def locate(self, where: Where) -> tuple[int, int]:
        """Return the line of a field, and how many of its parts are there."""
        node, reached = self._node, 0
        for part in where:
            child = _child(node, part)
            if child is None:
                break
            node, reached = child, reached + 1
        return node.start_mark.line + 1, reached


class JsonPlaces:
    """The places of a JSON text, found by skipping over what stands before; what was found is remembered."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._text = text
        self._first_line = first_line
        self._decoder = json.JSONDecoder(parse_int=len, parse_float=len)
        self._starts: dict[int, dict[str | int, int]] = {}
        self._counted = (0, first_line)

    def locate(self, where: Where) -> tuple[int, int]:
        """Return the line of a field, and how many of its parts are there."""
        at, reached = self._skip(0), 0
        for part in where:
            if at not in self._starts:
                self._starts[at] = self._children(at)
            if part not in self._starts[at]:
                break
            at, reached = self._starts[at][part], reached + 1
        return self.line_at(at), reached

    def line_at(self, position: int) -> int:
        """Return the line of a position; the lines up to the last one asked for are not counted again."""
        before, line = self._counted if self._counted[0] <= position else (0, self._first_line)
        self._counted = position, line + self._text.count("\n", before, position)
        return self._counted[1]

    def spot(self, position: int) -> str:
        """Return a position in words."""
        column = position - self._text.rfind("\n", 0, position)
        return f"on line {self.line_at(position)}, column {column}"

    def find_repeated(self) -> tuple[str, int]:
        """Return the first field that stands twice in one place, and its position."""
        found: list[tuple[str, int]] = []
        waiting = [self._skip(0)]
        while waiting:
            waiting += self._children(waiting.pop(), found).values()
        return min(found, key=lambda each: each[1])

    def _children(self, at: int, repeated: list[tuple[str, int]] | None = None) -> dict[str | int, int]:
        """Return where the parts of the object or list that begins at `at` begin."""
        starts: dict[str | int, int] = {}
        opening = self._text[at]
        if opening not in "{[":
            return starts
        at = self._skip(at + 1)
        while self._text[at] not in "}]":
            if opening == "[":
                starts[len(starts)] = at
            else:
                begin = at
                name, at = self._decoder.raw_decode(self._text, at)
                if repeated is not None and name in starts:
                    repeated.append((name, begin))
                at = self._skip(self._skip(at) + 1)
                starts[name] = at
            at = self._skip(self._decoder.raw_decode(self._text, at)[1])
            if self._text[at] == ",":
                at = self._skip(at + 1)
        return starts

    def _skip(self, at: int) -> int:
        match = _BLANK.match(self._text, at)
        assert match is not None
        return match.end()


def _child(node: Any, part: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part]
    return None
