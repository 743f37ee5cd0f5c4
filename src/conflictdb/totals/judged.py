"""Sums of events as the policies see them, one by one; those that were judged the same count once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection

from conflictdb.domain.lens import Lens
from conflictdb.domain.query_fields import TextTerm
from conflictdb.domain.rows.total import SUBJECTS
from conflictdb.store.read.evidence import EvidenceReader, Gathered
from conflictdb.store.read.extent import Extent, Met, meet_events, present_metrics
from conflictdb.totals.parts import Judge, Subject, counts_whole_side, divide, total_of
from conflictdb.totals.tally import Key, Part, Tallies, order_of


class Judged(NamedTuple):
    """An event, and what it adds, to which sums, in each metric."""

    met: Met
    parts: Mapping[str, Sequence[tuple[Key, Part | None]]]


@dataclass
class EventJudge:
    """Adds events claim by claim. `stakes` are terms of the query that no column can answer."""

    connection: Connection
    extent: Extent
    lens: Lens
    stakes: Sequence[TextTerm] = ()
    entangled: set[int] = field(default_factory=set)
    """The events that were entangled, once they are added."""

    def __post_init__(self) -> None:
        self.reader = EvidenceReader(self.connection, self.extent)
        self.judge = Judge(self.lens)

    def add_all(self, tallies: Tallies) -> None:
        """Add all events."""
        self._add(meet_events(self.connection, self.extent, plain=True), tallies, plain=True)

    def add_others(self, tallies: Tallies, *, sides: bool) -> None:
        """Add what SQL leaves: entangled events, and where `sides` are counted whole, what rests on that."""
        self._add(meet_events(self.connection, self.extent, plain=False, sides=sides), tallies, plain=False)

    def _add(self, met: Iterable[Sequence[Met]], tallies: Tallies, *, plain: bool) -> None:
        circles: dict[int, list[Judged]] = defaultdict(list)
        same = self.reader.speakers.judged.events
        for each in self._judged(met, plain):
            if each.met.entangled:
                self.entangled.add(each.met.id)
            if each.met.id in same:
                circles[same[each.met.id]].append(each)
            else:
                _take(each, each.parts, tallies)
        for circle in circles.values():
            _add_once(circle, tallies)

    def _judged(self, batches: Iterable[Sequence[Met]], plain: bool) -> Iterator[Judged]:
        metrics = present_metrics(self.connection, self.extent)
        for batch in batches:
            gathered = self.reader.read(batch)
            for met in batch:
                own = self._chosen(gathered[met.id])
                if self.stakes and not any(each.standing == "standing" for each in own.figures):
                    continue
                found = self.judge.measure(own.figures)
                own_metrics = (
                    metrics if plain or met.entangled else [each for each in found if counts_whole_side(found[each])]
                )
                yield Judged(met, {each: self._parts(met, found.get(each, {}), own, each) for each in own_metrics})

    def _chosen(self, gathered: Gathered) -> Gathered:
        """Return what has the stake that is asked for."""
        if not self.stakes:
            return gathered
        figures = [
            each
            for each in gathered.figures
            if all((each.stake in term.values) != term.negated for term in self.stakes)
        ]
        return gathered._replace(figures=figures)

    def _parts(
        self, met: Met, measures: Mapping[Subject, Part], gathered: Gathered, metric: str
    ) -> list[tuple[Key, Part | None]]:
        by = self.extent.by
        if by not in SUBJECTS:
            return [(met.division, total_of(measures, gathered.fighters, metric, self.lens))]
        names = self.reader.names(each.actor_id for each in gathered.fighters) if by == "actor" else {}
        return list(divide(by, measures, gathered.fighters, names, metric, self.lens))


def _take(judged: Judged, metrics: Iterable[str], tallies: Tallies) -> None:
    order, slug = order_of(judged.met.first_day, judged.met.id), judged.met.slug
    for metric in metrics:
        own = tallies[metric]
        for key, part in judged.parts[metric]:
            own[key].take(part, order, slug)


def _add_once(circle: Sequence[Judged], tallies: Tallies) -> None:
    """Add one of the events that were judged the same: the first that has a figure, else the first."""
    circle = sorted(circle, key=lambda each: order_of(each.met.first_day, each.met.id))
    for metric in dict.fromkeys(metric for each in circle for metric in each.parts):
        known = [each for each in circle if metric in each.parts]
        standing = next((each for each in known if _has_figure(each.parts[metric])), known[0])
        for each in known:
            if each is standing:
                _take(each, [metric], tallies)
            else:
                for key, _ in each.parts[metric]:
                    tallies[metric][key].once += 1


def _has_figure(parts: Iterable[tuple[Key, Part | None]]) -> bool:
    return any(part is not None and part.highest is not None for _, part in parts)
