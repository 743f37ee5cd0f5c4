"""What a policy declares: its name and version, its rule in words, where that comes from, and what it can be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from conflictdb.domain.policies.outcome import Outcome
from conflictdb.domain.policies.view import View

Arguments = Mapping[str, Any]


class Name(str):
    """A name on a list, with the keys by which claims know the actors that it means."""

    keys: frozenset[str] = frozenset()

    @classmethod
    def of(cls, name: str, keys: Iterable[str]) -> Name:
        """Return a name that means these actors."""
        named = cls(name)
        named.keys = frozenset(keys)
        return named


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a policy can be told.

    `count` is a whole number from 1; `choice` one of `choices`; `names` a list of actors by any of their names, or of
    kinds of actors: a policy gets them as `Name`.
    """

    name: str
    kind: Literal["count", "choice", "names"]
    default: int | str | tuple[str, ...]
    help: str
    choices: tuple[str, ...] = ()
    required: bool = False

    def read(self, text: str) -> int | str | tuple[str, ...]:
        """Return what a text says. Raises ValueError, which says what would do."""
        text = text.strip()
        if self.kind == "count":
            if not text.isascii() or not text.isdigit() or int(text) < 1:
                raise ValueError("it is a whole number from 1 on")
            return int(text)
        if self.kind == "choice":
            if text not in self.choices:
                raise ValueError(f"it is one of: {', '.join(self.choices)}")
            return text
        names = tuple(Name(name.strip()) for name in text.split(",") if name.strip())
        if not names:
            raise ValueError("it is a list of names, with commas between them")
        return names


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule that makes an estimate of the claims about one measure.

    `decide` is pure: it sees the claims in view in the order of their keys, and must not depend on that order. Each
    of them ends in the outcome's `used` or in its `set_aside`. `reference` names the codebook and section.
    """

    name: str
    version: str
    rule: str
    reference: str
    decide: Callable[[View, Arguments], Outcome]
    parameters: tuple[Parameter, ...] = ()
