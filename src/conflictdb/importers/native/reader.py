"""Read YAML, JSON and JSON Lines into plain values, strictly: no guessed types, no key twice, no alias."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from conflictdb.domain.records import Problem
from conflictdb.errors import ImportFailedError
from conflictdb.importers.files import open_bytes
from conflictdb.importers.native.places import JsonPlaces, Places, Where, YamlPlaces

MAX_DOCUMENT = 64 * 2**20
MAX_LINE = 16 * 2**20
MAX_DIGITS = 40
_MB = 2**20
_HALF = "half of a surrogate pair, which is no letter,"
_SURROGATES = re.compile(
    r"\\(?:\\|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2}))"
)
_HINTS = {
    "found character '\\t' that cannot start any token": "a tab; indent with spaces, which YAML asks for,",
    "mapping values are not allowed here": (
        "a colon where none is expected (quote a text that holds one, or mend the indent)"
    ),
}
_MEND = "mend that place and import it again; nothing of this file was taken"


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its value, the file, and where its fields stand."""

    path: str
    value: Any
    places: Places

    def line_of(self, where: Where) -> int:
        """Return the line (from 1) of a field such as ("events", 0, "date"), or of the nearest thing around it."""
        return self.places.locate(where)[0]

    def written(self, where: Where) -> Where:
        """Return `where` without numbers for what the document wrote without a list."""
        reached = self.places.locate(where)[1]
        return (*where[:reached], *(part for part in where[reached:] if isinstance(part, str)))


def read_documents(path: Path) -> Iterator[Document | Problem]:
    """Yield the documents of a file, and a Problem for each line of JSON Lines that cannot be read.

    Raises ImportFailedError, with line and column, where the whole file cannot be read.
    """
    if _has_lines(path):
        yield from _read_lines(path)
        return
    text = _decode(_read_whole(path), path.name)
    if text.lstrip().startswith(("{", "[")):
        yield _read_json(text, path)
    else:
        yield from _read_yaml(text, path)


def _read_whole(path: Path) -> bytes:
    with open_bytes(path) as file:
        content = file.read(MAX_DOCUMENT + 1)
    if len(content) > MAX_DOCUMENT:
        raise ImportFailedError(
            f"{path.name} is more than {MAX_DOCUMENT // _MB} MB; a document is read whole and may be no more",
            "split it, or write one event a line (JSON Lines)",
        )
    return content


def _has_lines(path: Path) -> bool:
    """Return whether this is JSON Lines: by its name, or because the first line is an object and more follows."""
    if not {suffix.lower() for suffix in path.suffixes[-2:]}.isdisjoint((".jsonl", ".ndjson")):  # events.jsonl.gz too
        return True
    with open_bytes(path) as file:
        first = file.readline(MAX_LINE + 1).removeprefix(codecs.BOM_UTF8)
        while first.isspace():
            first = file.readline(MAX_LINE + 1)
        return _is_object(first.strip()) and bool(file.read(_MB).strip())


def _is_object(line: bytes) -> bool:
    if not (line.startswith(b"{") and line.endswith(b"}")) or len(line) > MAX_LINE:
        return False
    try:
        json.loads(line, parse_int=len)
    except (ValueError, RecursionError):
        return False
    return True


def _read_lines(path: Path) -> Iterator[Document | Problem]:
    with open_bytes(path) as file:
        number = 0
        while raw := file.readline(MAX_LINE + 1):
            number += 1
            if len(raw) > MAX_LINE:
                yield Problem(str(path), number, "", "", f"the line is longer than {MAX_LINE // _MB} MB")
                while raw and not raw.endswith(b"\n"):
                    raw = file.readline(MAX_LINE)
            elif raw.strip():
                try:
                    text = _decode(raw.rstrip(b"\r\n"), path.name, number)
                    value, places = _load_json(text, path.name, number)
                    yield Document(str(path), value, places)
                except ImportFailedError as error:
                    yield Problem(str(path), number, "", raw[:60].decode(errors="replace").strip(), error.what)


def _decode(raw: bytes, name: str, first_line: int = 1) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]  # without a byte order mark
        line = first_line + before.count(b"\n")
        column = len(before.rpartition(b"\n")[2].decode()) + 1
        raise ImportFailedError(
            f"{name} is not UTF-8: byte 0x{error.object[error.start]:02x} on line {line}, column {column}",
            "save it as UTF-8 and import it again",
        ) from None


def _read_json(text: str, path: Path) -> Document:
    return Document(str(path), *_load_json(text, path.name))


def _load_json(text: str, name: str, first_line: int = 1) -> tuple[Any, JsonPlaces]:
    places = JsonPlaces(text, first_line)
    try:
        # NaN and Infinity are no JSON, but read here as text so that the field they stand in can be named.
        value = json.loads(text, object_pairs_hook=_distinct, parse_constant=str, parse_int=_read_integer)
        _require_letters(text)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        raise ImportFailedError(
            f"{name} is not JSON: {error.msg} on line {line}, column {error.colno}", _MEND
        ) from None
    except RecursionError:
        raise ImportFailedError(f"{name} is nested too deeply to be a document") from None
    except _HalfLetterError as error:
        where = places.spot(error.args[0])
        raise ImportFailedError(f"{name} is not JSON: {_HALF} {where}", _MEND) from None
    except _RepeatedError:
        field, position = places.find_repeated()
        where = places.spot(position)
        raise ImportFailedError(f'{name}: the field "{field}" stands twice in one place, {where}', _MEND) from None
    return value, places


class _HalfLetterError(Exception):
    """Raised, with the position, where a text holds half of a surrogate pair, which stands for no letter."""


def _require_letters(text: str) -> None:
    for match in _SURROGATES.finditer(text):
        if match["half"]:
            raise _HalfLetterError(match.start())


class _RepeatedError(Exception):
    """Raised where a field stands twice in one place."""


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise _RepeatedError
    return result


def _read_integer(digits: str) -> int | str:
    """Digits without end stay text: what reads the field says that they are no figure."""
    return int(digits) if len(digits) <= MAX_DIGITS else digits


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
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a field's name is a text", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f'the field "{key.value}" stands twice in one place', key.start_mark
                )
            if key.tag == "tag:yaml.org,2002:str":
                seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_yaml_str(self, node: Any) -> str:
        if any("\ud800" <= letter <= "\udfff" for letter in node.value if letter > "\ud7ff"):
            raise yaml.constructor.ConstructorError(None, None, _HALF, node.start_mark)
        return str(node.value)

    def read_integer(self, node: Any) -> int | str:
        return _read_integer(node.value)


_PlainLoader.add_constructor("tag:yaml.org,2002:str", _PlainLoader.construct_yaml_str)
_PlainLoader.add_constructor("tag:yaml.org,2002:int", _PlainLoader.read_integer)
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
        loader = _PlainLoader(text)
        while loader.check_node():
            node = loader.get_node()
            value = loader.construct_document(node) if node is not None else None
            if node is not None and value is not None:
                yield Document(str(path), value, YamlPlaces(node))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" on line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problem = str(error.problem or error.context)
        raise ImportFailedError(f"{path.name} is not YAML: {_HINTS.get(problem, problem)}{where}", _MEND) from None
    except yaml.reader.ReaderError as error:
        where = f"on line {text.count(chr(10), 0, error.position) + 1}"
        where += f", column {error.position - text.rfind(chr(10), 0, error.position)}"
        raise ImportFailedError(
            f"{path.name} is not YAML: the control character U+{ord(text[error.position]):04X} {where}", _MEND
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        raise ImportFailedError(f"{path.name} is not YAML: {' '.join(str(error).split())}", _MEND) from None
    except RecursionError:
        raise ImportFailedError(f"{path.name} is nested too deeply to be a document") from None
