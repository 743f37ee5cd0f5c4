"""Read YAML, JSON and JSON Lines into plain values, strictly: no guessed types, no key twice, no alias."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from conflictdb.domain.records import Problem
from conflictdb.errors import ImportFailedError

MAX_DOCUMENT = 64 * 2**20
MAX_LINE = 16 * 2**20
_MB = 2**20


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its value, the file, its text, and the line it begins on."""

    path: str
    value: Any
    text: str
    first_line: int = 1

    def line_of(self, where: tuple[str | int, ...]) -> int | None:
        """Return the line (from 1) of a field such as ("events", 0, "date"), or of the nearest thing around it."""
        try:
            node = yaml.compose(self.text, Loader=_PlainLoader)
        except (yaml.YAMLError, RecursionError):
            return self.first_line
        for part in where:
            child = _child(node, part)
            if child is None:
                break
            node = child
        return self.first_line + (node.start_mark.line if node is not None else 0)


def read_documents(path: Path) -> Iterator[Document | Problem]:
    """Yield the documents of a file, and a Problem for each line of JSON Lines that cannot be read.

    Raises ImportFailedError, with line and column, where the whole file cannot be read.
    """
    with path.open("rb") as file:
        first = file.readline(MAX_LINE + 1)
        while first and not first.strip():
            first = file.readline(MAX_LINE + 1)
    if _is_json_line(first) and path.stat().st_size > len(first) + 1:
        yield from _read_lines(path)
        return
    size = path.stat().st_size
    if size > MAX_DOCUMENT:
        raise ImportFailedError(
            f"{path.name} is {size // _MB} MB; a document is read whole and may be {MAX_DOCUMENT // _MB} MB",
            "split it, or write one event a line (JSON Lines)",
        )
    text = _decode(path.read_bytes(), path.name)
    if text.lstrip().startswith(("{", "[")):
        yield _read_json(text, path)
    else:
        yield from _read_yaml(text, path)


def _is_json_line(line: bytes) -> bool:
    stripped = line.strip()
    if not (stripped.startswith(b"{") and stripped.endswith(b"}")) or len(line) > MAX_LINE:
        return False
    try:
        return isinstance(json.loads(stripped), dict)
    except (ValueError, RecursionError):
        return False


def _read_lines(path: Path) -> Iterator[Document | Problem]:
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(MAX_LINE + 1):
            number += 1
            if len(raw) > MAX_LINE:
                yield Problem(str(path), number, "", "", f"the line is longer than {MAX_LINE // _MB} MB")
                while raw and not raw.endswith(b"\n"):
                    raw = file.readline(MAX_LINE)
            elif raw.strip():
                try:
                    text = _decode(raw, path.name, number)
                    value = _load_json(text, path.name, number)
                    yield Document(str(path), value, text, number)
                except ImportFailedError as error:
                    yield Problem(str(path), number, "", raw[:60].decode(errors="replace"), error.what)


def _decode(raw: bytes, name: str, first_line: int = 1) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = first_line + raw.count(b"\n", 0, error.start)
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise ImportFailedError(
            f"{name} is not UTF-8: byte 0x{raw[error.start]:02x} on line {line}, column {column}",
            "save it as UTF-8 and import it again",
        ) from None


def _read_json(text: str, path: Path) -> Document:
    return Document(str(path), _load_json(text, path.name), text)


def _load_json(text: str, name: str, first_line: int = 1) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_distinct, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        raise ImportFailedError(f"{name} is not JSON: {error.msg} on line {line}, column {error.colno}") from None
    except RecursionError:
        raise ImportFailedError(f"{name} is nested too deeply to be a document") from None
    except ValueError as error:
        raise ImportFailedError(f"{name} cannot be read: {error}") from None


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise ValueError(f'the field "{key}" stands twice in one place')
        result[key] = value
    return result


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is no figure")


class _PlainLoader(yaml.SafeLoader):
    """YAML with the types that people expect: dates, times, yes and no stay text; integers and true/false are read."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases (*name) are not read", event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f'the field "{key.value}" stands twice in one place', key.start_mark
                )
            if key.tag == "tag:yaml.org,2002:str":
                seen.add(key.value)
        return super().construct_mapping(node, deep)


_PlainLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", re.compile(r"~|null|Null|NULL|"), "~nN"),
    ("bool", re.compile(r"true|True|TRUE|false|False|FALSE"), "tTfF"),
    ("int", re.compile(r"[-+]?(?:0|[1-9][0-9]*)"), "-+0123456789"),
    ("float", re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"), "-+.0123456789"),
):
    _PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}",
        re.compile(f"^(?:{_pattern.pattern})$"),
        [*_first, *([""] if _tag == "null" else [])],
    )


def _read_yaml(text: str, path: Path) -> Iterator[Document]:
    try:
        values = list(yaml.load_all(text, Loader=_PlainLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" on line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ImportFailedError(f"{path.name} is not YAML: {error.problem or error.context}{where}") from None
    except (yaml.YAMLError, ValueError) as error:
        raise ImportFailedError(f"{path.name} is not YAML: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise ImportFailedError(f"{path.name} is nested too deeply to be a document") from None
    several = len(values) > 1
    for value in values:
        if value is not None:
            yield Document(str(path), value, "" if several else text)


def _child(node: Any, part: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part]
    return None
