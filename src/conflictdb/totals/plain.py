"""Sums in SQL where claims only bound figures, with the policies for the events in which more is to be weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing

from sqlalchemy import Connection

from conflictdb.domain.rows.total import NAMED
from conflictdb.store.read.extent import Extent
from conflictdb.store.read.sums import Lacking, add_plain, count_meant, name_blank, name_silent
from conflictdb.totals.groups import Group, group_divisions
from conflictdb.totals.judged import EventJudge
from conflictdb.totals.tally import Key, Tallies, Tally, order_of


def add_by_sql(connection: Connection, extent: Extent, judge: EventJudge, tallies: Tallies) -> None:
    """Add all events, and name the first of those without a figure. Events are told apart by their divisions."""
    blanks: dict[str, int] = {}
    left = 0
    for metric, division, added in add_plain(connection, extent):
        tallies[metric][division].take_sum(added)
        blanks[metric] = blanks.get(metric, 0) + added.blanks
        left += added.left
    judge.add_others(tallies, sides=left > 0)
    known = [metric for metric in tallies if any(each.figures for each in tallies[metric].values())]
    wanted = list(dict.fromkeys((*known, *extent.metrics)))
    if not wanted:
        return
    for metric in wanted:
        if blanks.get(metric):
            _name(name_blank(connection, extent, metric), tallies[metric])
    fullest = max(wanted, key=lambda metric: sum(each.events for each in tallies[metric].values()))
    if sum(each.events + each.once for each in tallies[fullest].values()) < count_meant(connection, extent):
        _count_silent(name_silent(connection, extent, fullest, few=True), tallies[fullest], judge.entangled)
    events = {division: each.events + each.once for division, each in tallies[fullest].items()}
    for metric in wanted:
        if metric != fullest:
            _fill(connection, extent, metric, tallies[metric], events, judge.entangled)


def _name(lacking: Iterable[Lacking], sums: dict[Key, Tally]) -> None:
    for each in lacking:
        sums[each.division].name(order_of(each.first_day, each.id), each.slug)


def _count_silent(silent: Iterable[Lacking], sums: dict[Key, Tally], added: set[int]) -> None:
    """Count and name the events of which nothing is claimed; those that the policies saw are `added`."""
    for each in silent:
        if each.id not in added:
            sums[each.division].take(None, order_of(each.first_day, each.id), each.slug)


def _fill(
    connection: Connection, extent: Extent, metric: str, sums: dict[Key, Tally], events: Mapping[Key, int],
    added: set[int],
) -> None:  # fmt: skip
    """Name events of which nothing is claimed in a metric, given how many there are in all, until enough are named."""
    for division, count in events.items():
        sums[division].events = count - sums[division].once
    groups = group_divisions(extent.by, events)
    with_figure = {groups[division] for division, tally in sums.items() if tally.figures}
    place = {division: group if group in with_figure else None for division, group in groups.items()}
    lacking: Counter[Group | None] = Counter()
    for division, tally in sums.items():
        lacking[place[division]] += tally.events - tally.figures
    wanted = Counter({group: min(NAMED, count) for group, count in lacking.items()})
    with closing(name_silent(connection, extent, metric, few=False)) as silent:
        for each in silent:
            if not wanted.total():
                return
            if each.id not in added and wanted[place[each.division]]:
                wanted[place[each.division]] -= 1
                sums[each.division].name(order_of(each.first_day, each.id), each.slug)
