"""Replay an event: the estimates as they were after each day on which something was stated or withdrawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from conflictdb import estimates
from conflictdb.domain.edtf import day_to_text, parse_edtf
from conflictdb.domain.knowledge import Knowledge, read_knowledge
from conflictdb.domain.lens import Lens
from conflictdb.domain.policies.evidence import ENDINGS
from conflictdb.domain.policies.view import on_basis
from conflictdb.domain.rows import ClaimRow, CombatantRow, EstimateRow, EventRow
from conflictdb.domain.rows.replay import Move, ReplayRow, Step
from conflictdb.domain.vocabulary import PERSON_METRICS, ClaimKind, Metric
from conflictdb.finding import find_event
from conflictdb.store.read import claims as claims_of
from conflictdb.store.read import events as events_of
from conflictdb.store.tables import claim

EVER = "9999"
"""The date as of which all that has a date counts."""

_LINKS = (
    *("supersedes", "superseded_by", "corrects", "corrected_by", "corroborates", "corroborated_by"),
    *("repeated_by", "contradicts", "contradicted_by", "retracts", "retracted_by"),
)
"""The links that hold between claims that were known; what repeats or derives from an unknown one still does."""
Things = tuple[Any, ...]


def replay(connection: Connection, name: str, lens: Lens, *, metrics: Sequence[str] = ()) -> tuple[ReplayRow, ...]:
    """Return the steps of an event from before its first claim on, each as `lens` sees it. Raises NotFoundError.

    The day of the lens is the last one. Undated claims are a step of their own at the end, or count from the
    beginning where the lens says so.
    """
    event_id = find_event(connection, name)
    row = events_of.read_event(connection, event_id)
    of_event = [claim.c.event_id == event_id, claim.c.kind == ClaimKind.CASUALTY]
    of_event += [claim.c.metric.in_(metrics)] if metrics else []
    every = read_knowledge(EVER, undated=True)  # what had ever been stated, and by whatever day withdrawn
    claims = list(claims_of.read_ledger(connection, *of_event, knowledge=every))
    combatants = events_of.read_combatants(connection, [event_id]).get(event_id, ())
    return tuple(_Replay(row, claims, combatants, lens).steps())


@dataclass(slots=True)
class _Replay:
    """The claims of an event, and the estimates as they stand after the steps that were made."""

    event: EventRow
    claims: Sequence[ClaimRow]
    combatants: Sequence[CombatantRow]
    lens: Lens
    measures: dict[Things, list[EstimateRow]] = field(default_factory=dict)
    totals: dict[str, EstimateRow] = field(default_factory=dict)

    def steps(self) -> Iterator[ReplayRow]:
        knowledge = self.lens.knowledge
        last = knowledge.day if knowledge is not None else read_knowledge(EVER).day
        undated = [each for each in self.claims if each.known_last_day is None]
        throughout = knowledge is not None and knowledge.undated
        stated, withdrawn = _by_day(self.claims)
        days = [day for day in sorted({*stated, *withdrawn}) if day <= last]
        first = days[0] if days else last + 1
        told = undated if throughout else []
        moves = self._move(told, first - 1, None, undated=True) if told else ()
        yield self._row("before", day_to_text(first) if days else None, told, [], moves)
        for day in days:
            moves = self._move([*stated[day], *withdrawn[day]], day, day_to_text(day), undated=throughout)
            step = self._row("day", day_to_text(day), stated[day], withdrawn[day], moves)
            if step.stated or step.withdrawn or step.moves:
                yield step
        if undated and not throughout:
            yield self._row("undated", None, undated, [], self._move(undated, last, None, undated=True))

    def _row(
        self, step: Step, day: str | None, stated: Iterable[ClaimRow], withdrawn: Iterable[ClaimRow],
        moves: tuple[Move, ...],
    ) -> ReplayRow:  # fmt: skip
        told, gone = self._on_basis(stated), self._on_basis(withdrawn)
        return ReplayRow(self.event.slug, self.event.name, step, day, told, gone, moves)

    def _move(self, told: Sequence[ClaimRow], day: int, named: str | None, *, undated: bool) -> tuple[Move, ...]:
        """Count what was known on a day anew, as far as what was told bears on it, and return what moved."""
        touched = {_things(each) for each in [*told, *self._linked(told)]}
        by_things: dict[Things, list[ClaimRow]] = {things: [] for things in touched}
        for each in as_known(self.claims, day, undated=undated):
            if _things(each) in touched:
                by_things[_things(each)].append(each)
        moves = [move for each, known in by_things.items() for move in self._recount(each, known, told, named)]
        moves += self._add({move.estimate.metric for move in moves}, told, named)
        return tuple(sorted((move for move in moves if move.by or move.moved), key=_place))

    def _recount(
        self, things: Things, claims: Sequence[ClaimRow], told: Sequence[ClaimRow], day: str | None
    ) -> Iterator[Move]:
        before = _numbered(self.measures.get(things, ()))
        self.measures[things] = estimates.estimate_measures(claims, self.lens.chosen, self.lens.basis, day)
        after = _numbered(self.measures[things])
        for measure in dict.fromkeys((*after, *before)):
            old, new = before.get(measure), after.get(measure)
            keys = {key for each in (old, new) if each is not None for key in _keys(each)}
            yield Move(day, old, new, self._names(each for each in told if each.key in keys))

    def _add(self, metrics: set[str], told: Sequence[ClaimRow], day: str | None) -> Iterator[Move]:
        """Yield how the sums of the sides moved, of metrics of which more than one side has a figure."""
        found = sorted((each for group in self.measures.values() for each in group), key=_side)
        for metric in metrics & set(PERSON_METRICS):
            old = self.totals.pop(metric, None)
            if old is not None or sum(each.metric == metric and _adds(each) for each in found) > 1:
                for new in estimates.add_sides(found, self.combatants, self.event.slug, [metric]):
                    self.totals[metric] = replace(new, as_of=day)
            if old is not None or metric in self.totals:
                by = self._names(each for each in told if each.metric == metric)
                yield Move(day, old, self.totals.get(metric), by)

    def _linked(self, told: Sequence[ClaimRow]) -> list[ClaimRow]:
        """Return the claims that those of a day bear on: what they end may be of another measure."""
        keys = {key for each in told for name in _LINKS for key in getattr(each, name)}
        return [each for each in self.claims if each.key in keys] if keys else []

    def _on_basis(self, claims: Iterable[ClaimRow]) -> tuple[ClaimRow, ...]:
        return tuple(each for each in claims if on_basis(each, self.lens.basis))

    def _names(self, claims: Iterable[ClaimRow]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.claimant for each in self._on_basis(claims)))


def as_known(claims: Iterable[ClaimRow], day: int, *, undated: bool = False) -> list[ClaimRow]:
    """Return claims as they stood on a day (proleptic ordinal), of all that were ever stated.

    It is what reading them with that knowledge gives (`store.read.known`), without asking the database again.
    """
    known = [each for each in claims if (undated if each.known_last_day is None else each.known_last_day <= day)]
    keys = {each.key for each in known}
    iso = Knowledge("", day).iso
    return [_as_stood(each, keys, iso) for each in known]


def _as_stood(claim: ClaimRow, keys: set[str], iso: str) -> ClaimRow:
    links = {name: found for name in _LINKS if (found := getattr(claim, name))}
    if claim.withdrawn_on is None and all(keys.issuperset(found) for found in links.values()):
        return claim
    withdrawn_on = claim.withdrawn_on if claim.withdrawn_on is not None and claim.withdrawn_on <= iso else None
    left = {name: tuple(key for key in found if key in keys) for name, found in links.items()}
    ended = next((word for name, word in ENDINGS.items() if left.get(name)), "standing")
    known: dict[str, Any] = {**left, "withdrawn_on": withdrawn_on, "standing": "withdrawn" if withdrawn_on else ended}
    return replace(claim, **known)


def _by_day(claims: Iterable[ClaimRow]) -> tuple[dict[int, list[ClaimRow]], dict[int, list[ClaimRow]]]:
    """Return what was stated, and what was withdrawn, on each day."""
    stated: dict[int, list[ClaimRow]] = defaultdict(list)
    withdrawn: dict[int, list[ClaimRow]] = defaultdict(list)
    for each in claims:
        if each.known_last_day is not None:
            stated[each.known_last_day].append(each)
        day = parse_edtf(each.withdrawn_on[:10]).last_day if each.withdrawn_on else None
        if day is not None:
            withdrawn[day].append(each)
    return stated, withdrawn


def _things(row: ClaimRow) -> Things:
    """Return what a claim counts, coarser than a measure: the parts of a whole lie with it."""
    return row.side, row.subject_kind, row.subject, row.metric, row.item, row.fate


def _numbered(found: Iterable[EstimateRow]) -> dict[tuple[str | None, int], EstimateRow]:
    """Return estimates of the same things by their group, numbered where one is there twice."""
    numbered: dict[tuple[str | None, int], EstimateRow] = {}
    for each in found:
        numbered[each.group, sum(group == each.group for group, _ in numbered)] = each
    return numbered


def _keys(estimate: EstimateRow) -> Iterator[str]:
    yield from estimate.used
    yield from (each.key for each in estimate.set_aside)


def _adds(estimate: EstimateRow) -> bool:
    return estimate.highest_stated is not None and estimates.is_part(estimate)


def _side(estimate: EstimateRow) -> tuple[int, str]:
    return estimate.side if estimate.side is not None else 99, estimate.subject


def _place(move: Move) -> tuple[Any, ...]:
    estimate = move.estimate
    metric = list(Metric).index(Metric(estimate.metric))
    return estimate.composite, *_side(estimate), metric, estimate.item or "", estimate.fate or "", estimate.group or ""
