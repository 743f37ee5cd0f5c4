"""The words of infobox values, from `words.toml` and a user's own file laid over it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from conflictdb.domain.figure_words import THINGS

_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u9fff]")
_SHIPPED = Path(__file__).with_name("words.toml")


class Role(StrEnum):
    """What a word does in a value; the names of the tables of `words.toml`, where each is explained."""

    METRIC = "metric"
    FATE = "fate"
    ELSEWISE = "elsewise"
    ITEM = "item"
    UNIT = "unit"
    TROOPS = "troops"
    MEN = "men"
    FILLER = "filler"
    CAUSE = "cause"
    CIVILIAN = "civilian"
    NAMED = "named"
    TOTAL = "total"
    PART = "part"
    BEFORE = "before"
    AFTER = "after"
    RANGE = "range"
    JOINT = "joint"
    VAGUE = "vague"
    NONE = "none"
    UNKNOWN = "unknown"
    NUMBER = "number"
    SCALE = "scale"
    SAYS = "says"
    NOBODY = "nobody"
    ARTICLE = "article"
    OF = "of"
    REMARK = "remark"
    MEASURE = "measure"
    MONTH = "month"
    DATED = "dated"
    END = "end"
    RANK = "rank"
    SUPPORT = "support"


_ROLES = frozenset(role.value for role in Role)

Senses = Mapping[Role, str]
"""What a phrase may mean: for each of its roles the value, or "" where the role has none."""


class WordsError(ValueError):
    """A file of words that cannot be used; the message says what in it is wrong."""


@dataclass(frozen=True, slots=True)
class Words:
    """All phrases, by their words in lower case."""

    phrases: Mapping[tuple[str, ...], Senses]
    longest: int
    unspaced: re.Pattern[str]
    """The known words of scripts that set no spaces between words."""

    def find(self, words: tuple[str, ...]) -> Senses | None:
        """Return what a phrase may mean: as it stands, without its plural, or without what Arabic sets before it."""
        if found := self.phrases.get(words):
            return found
        *before, last = words
        for form in _singulars(last):
            if found := self.phrases.get((*before, form)):
                return found
        return None

    def find_parts(self, word: str) -> Senses | None:
        """Return what the last part of a compound means: "brig-sloop" is a sloop."""
        first, _, last = word.rpartition("-")
        return self.find((last,)) if first and last and "-" not in first else None


def _singulars(word: str) -> Iterator[str]:
    if len(word) > 3 and word.endswith("s"):
        yield word[:-1]
    if word.endswith(("ches", "shes", "sses", "xes", "oes", "zes")):
        yield word[:-2]
    if word.endswith("."):
        yield word[:-1]
    for prefix in ("و", "ال", "وال"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            yield word[len(prefix) :]


@cache
def load_words(own: Path | None = None) -> Words:
    """Return the words shipped, with those of a user's own file added. Raises WordsError and OSError."""
    phrases: dict[tuple[str, ...], dict[Role, str]] = {}
    for item, things in THINGS.items():
        _add(phrases, Role.ITEM, item.value, things)
    for path in (_SHIPPED, own):
        if path is not None:
            for role, value, words in _entries(_load(path)):
                _add(phrases, role, value, words)
    unspaced = sorted((word for (word, *more) in phrases if not more and _UNSPACED.search(word)), key=len, reverse=True)
    return Words(phrases, max(map(len, phrases)), re.compile("|".join(map(re.escape, unspaced)) or "(?!)"))


def _add(phrases: dict[tuple[str, ...], dict[Role, str]], role: Role, value: str, words: Any) -> None:
    for word in words:
        phrases.setdefault(tuple(word.lower().split()), {})[role] = value


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WordsError(f"{path} is no TOML file: {error}") from error


def _entries(tables: Mapping[str, Any]) -> Iterator[tuple[Role, str, list[str]]]:
    """Yield the lists of words: [role] language, [role.value] language, or in [number] value."""
    for name, table in tables.items():
        if name not in _ROLES:
            raise WordsError(f"[{name}] is no role of words; known: {', '.join(sorted(_ROLES))}")
        role = Role(name)
        for key, inner in _table(table, name).items():
            if isinstance(inner, dict):
                for language, words in inner.items():
                    yield role, _value(role, key), _list(words, f"{name}.{key}.{language}")
            else:
                yield role, _number(role, key), _list(inner, f"{name}.{key}")


def _value(role: Role, value: str) -> str:
    known = _known_values().get(role, set())
    if value not in known:
        raise WordsError(f"[{role}.{value}]: known are {', '.join(sorted(known)) or 'languages only'}")
    return value


def _number(role: Role, key: str) -> str:
    """Return what a number word is worth; the lists of other roles stand under their language."""
    if role not in (Role.NUMBER, Role.SCALE):
        if role in _known_values():
            known = ", ".join(f"[{role}.{each}]" for each in sorted(_known_values()[role]))
            raise WordsError(f"[{role}] needs a value: {known}")
        return ""
    if not key.isdecimal():
        raise WordsError(f"[{role}] {key}: what the words are worth is a whole number")
    return key


@cache
def _known_values() -> dict[Role, set[str]]:
    """Return the values that the roles may have, as the shipped file has them."""
    return {
        Role(name): {key for key, inner in table.items() if isinstance(inner, dict)}
        for name, table in _load(_SHIPPED).items()
        if any(isinstance(inner, dict) for inner in table.values())
    }


def _table(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WordsError(f"[{name}] must be a table")
    return value


def _list(value: Any, name: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise WordsError(f"{name} must be a list of words")
    return value
