"""The order of a dataset's releases: by date, else by number."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBERED = re.compile(r"\d+(?:[._-]\d+)*")


class Release(NamedTuple):
    """A release of a dataset: what it is called ("" if that is not known) and the last day it may have come out on."""

    name: str = ""
    last_day: int | None = None

    def is_older_than(self, other: Release) -> bool:
        """Return whether `other` is surely newer: where the order cannot be known, it is not."""
        if self.name == other.name:
            return False
        if self.last_day is not None and other.last_day is not None and self.last_day != other.last_day:
            return self.last_day < other.last_day
        if _NUMBERED.fullmatch(self.name) and _NUMBERED.fullmatch(other.name):
            return _numbers(self.name) < _numbers(other.name)
        return False


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", name))
