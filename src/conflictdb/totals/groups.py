"""What sums are divided by, and the groups that come of it: their names and their order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from conflictdb.domain.edtf import day_to_text
from conflictdb.domain.folding import fold
from conflictdb.domain.rows.total import TOTAL_ONLY as TOTAL_ONLY_NAME
from conflictdb.errors import UsageError

NOUNS = {
    "country": "countries", "conflict": "conflicts", "month": "months", "year": "years", "actor": "actors",
    "side": "sides", "type": "types",
}  # fmt: skip
LESS_EXACT = "undated or less exact"

Division = tuple[Any, ...]


class Group(NamedTuple):
    """One of what sums are divided into, in the order in which they are listed; without a name, it is all there is."""

    rank: int
    place: int
    folded: str
    name: str | None


ALL = Group(0, 0, "", None)
WHOLE_SIDE, CIVILIANS, UNKNOWN, TOTAL_ONLY = (
    Group(rank, 0, "", name)
    for rank, name in enumerate(("a whole side", "civilians", "unknown", TOTAL_ONLY_NAME), start=1)
)


def require_division(by: str | None) -> None:
    """Raise UsageError, with the nearest name, where sums cannot be divided by that."""
    if by is not None and by not in NOUNS:
        from conflictdb.domain.nearest import nearest_names

        near = nearest_names(by, NOUNS, limit=1)
        advice = [f"did you mean {near[0]}?"] if near else []
        raise UsageError(f"sums cannot be divided by {by!r}", *advice, f"known: {', '.join(NOUNS)}")


@lru_cache(maxsize=65_536)
def named_group(name: str) -> Group:
    """Return a group that stands by its name."""
    return Group(0, 0, fold(name), name)


@lru_cache(maxsize=1_024)
def side_group(side: int) -> Group:
    """Return the group of a side."""
    return Group(0, side, "", f"side {side}")


def rest_group(by: str, count: int) -> Group:
    """Return the group of all the groups that have no figure."""
    return Group(9, 0, "", f"{count:,} {NOUNS[by]} without a figure")


def group_divisions(by: str | None, counted: Mapping[Any, int]) -> dict[Any, Group]:
    """Return the group of each division of events, given how many events each has."""
    if by is None:
        return dict.fromkeys(counted, ALL)
    if by == "country":
        return _countries(counted)
    if by in ("month", "year"):
        return {division: _period(division[0], division[1], by) for division in counted}
    return {division: named_group(name) if (name := division[0]) else _nameless(by) for division in counted}


def _countries(counted: Mapping[Any, int]) -> dict[Any, Group]:
    """Return countries by their code, called as most of their events have it; what has no code stands by its name."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for (code, name), events in counted.items():
        if code:
            names[code][name or code] += events
    called = {code: min(found, key=lambda name: (-found[name], name)) for code, found in names.items()}
    groups = {}
    for code, name in counted:
        spoken = called[code] if code else name
        groups[code, name] = named_group(spoken) if spoken else _nameless("country")
    return groups


def _nameless(by: str) -> Group:
    return Group(1, 0, "", f"no {by}")


def _period(first_day: int | None, last_day: int | None, by: str) -> Group:
    """Return the month or the year in which an event was; where its date does not tell the month, the year."""
    if first_day is not None and last_day is not None:
        first, last = day_to_text(first_day), day_to_text(last_day)
        year, month = int(first[:-6]), int(first[-5:-3])
        if by == "month" and first[:-3] == last[:-3]:
            return Group(0, year * 13 + month, "", first[:-3])
        if first[:-6] == last[:-6]:
            return Group(0, year * 13, "", first[:-6])
    return Group(1, 0, "", LESS_EXACT)
