"""How claims order themselves: supersession by stated date, and the check that links form no circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter


@dataclass(frozen=True, slots=True)
class Dated:
    """A claim as far as supersession needs it. `series`: who says it, and about what exactly."""

    id: int
    series: Hashable
    first_day: int | None
    last_day: int | None
    by_date: bool = True
    """False where the document says what it supersedes, if anything."""
    vague: bool = False
    """A claim without a figure replaces no figure."""


def superseded_by_date(claims: Iterable[Dated]) -> list[tuple[int, int]]:
    """Return (later, earlier) for each claim and those it replaces: same series, wholly before it, and not replaced.

    Order of input does not matter. Undated claims, and dates that overlap (March, 18 March), order nothing.
    """
    series: dict[Hashable, list[Dated]] = defaultdict(list)
    for claim in claims:
        if claim.first_day is not None and claim.last_day is not None:
            series[claim.series].append(claim)
    pairs = []
    for members in series.values():
        for later in members:
            if not later.by_date or later.vague:
                continue
            before = [each for each in members if _is_before(each, later)]
            between = [each for each in before if each.by_date and not each.vague]
            pairs += [(later.id, each.id) for each in before if not any(_is_before(each, other) for other in between)]
    return sorted(pairs)


def _is_before(earlier: Dated, later: Dated) -> bool:
    return earlier.last_day < later.first_day  # type: ignore[operator]


def find_cycle(edges: Iterable[tuple[Hashable, Hashable]]) -> Sequence[Hashable]:
    """Return a circle among `edges` (from, to) as it is walked, the first again at the end, or nothing."""
    sorter: TopologicalSorter[Hashable] = TopologicalSorter()
    for origin, target in edges:
        sorter.add(target, origin)
    try:
        sorter.prepare()
    except CycleError as error:
        circle: Sequence[Hashable] = error.args[1]
        return circle
    return ()
