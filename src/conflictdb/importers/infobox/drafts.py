"""Figures while they are read: what each counts is settled when its whole line is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from conflictdb.domain.quantity import Quantity
from conflictdb.domain.vocabulary import Item, ItemFate, Metric
from conflictdb.importers.infobox.clauses import Clause
from conflictdb.importers.infobox.lines import Line
from conflictdb.importers.infobox.phrases import Label, Phrase
from conflictdb.importers.infobox.scope import Scope, join_subjects
from conflictdb.importers.infobox.stated import StatedFigure

_MANY = 1000
"""A body of troops so large is no unit: "10,000 militia force"."""
_FATE_OF = {
    Metric.KILLED: ItemFate.DESTROYED,
    Metric.WOUNDED: ItemFate.DAMAGED,
    Metric.MISSING: ItemFate.LOST,
    Metric.CAPTURED: ItemFate.CAPTURED,
    Metric.CASUALTIES: ItemFate.LOST,
}


@dataclass(slots=True)
class Draft:
    """A figure in the making; without a metric it may still borrow one from its neighbours."""

    clause: Clause
    line: Line
    quantity: Quantity
    strength: bool
    metric: Metric | None = None
    item: Item | None = None
    things: str | None = None
    fate: ItemFate | None = None
    noun: str = ""
    generic: bool = False
    subjects: list[str] = field(default_factory=list)
    claimants: tuple[str, ...] = ()
    attributed: bool = False
    container: Draft | None = None
    total: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def is_materiel(self) -> bool:
        """Tell whether things are counted."""
        return self.metric is Metric.MATERIEL

    def state(self, places: dict[int, int]) -> StatedFigure:
        """Return the figure as it stands."""
        metric = self.metric or (Metric.PERSONS if self.strength else Metric.CASUALTIES)
        fate = None
        if self.is_materiel:
            fate = self.fate or (ItemFate.PRESENT if self.strength else ItemFate.LOST)
        start, end = self.clause.amount.start, max(self.clause.amount.end, self.clause.phrase.end)
        raw_start, raw_end = self.line.raw_span(start, end)
        noun = "" if self.is_materiel or (self.generic and self.subjects) else self.noun
        return StatedFigure(
            raw_start, raw_end, " ".join(self.line.text[start:end].split()), metric,
            self.quantity.lower, self.quantity.upper, self.quantity.qualifier,
            claimants=self.claimants, subject=join_subjects((*self.subjects, noun)),
            item=self.item if self.is_materiel else None, things=(self.things or None) if self.is_materiel else None,
            fate=fate, part_of=places.get(id(self.container)), total=self.total, note="; ".join(self.notes) or None,
        )  # fmt: skip


class Drafter:
    """Makes drafts of the clauses of a line."""

    def __init__(self, scope: Scope, strength: bool) -> None:
        self.scope, self.strength = scope, strength
        self.of_line: list[Draft] = []
        self._by_clause: dict[int, Draft] = {}

    def begin_line(self, line: Line, container: Draft | None, last: Draft | None) -> None:
        """Begin a line; `container`: a bracket opened after it is still open, `last`: the figure before the line."""
        self.line, self._container, self._last = line, container, last
        self.of_line, self._by_clause = [], {}
        self._outer: Draft | None = None
        self._label = ""
        self._said: tuple[str, ...] = ()

    def draft(self, clause: Clause, label: Label) -> Draft | None:
        """Return the draft of a clause, or None where it counts what is no claim."""
        phrase, quantity = clause.phrase, clause.amount.quantity
        if label.name:
            self._label = "" if label.generic or label.item else label.name
        if label.claimants:
            self._said = label.claimants
        if quantity is None or not self._is_claim(clause, phrase, quantity):
            return None
        draft = Draft(clause, self.line, quantity, self.strength, noun=phrase.noun, generic=phrase.generic)
        draft.container = self._find_container(clause)
        self._set_state(draft, phrase, label)
        self._set_subject(draft, phrase, label)
        draft.claimants = self._said or self.scope.claimants
        if phrase.note:
            draft.notes.append(phrase.note)
        self.of_line.append(draft)
        if draft.container is None:
            self._outer = draft
        self._by_clause[id(clause)] = draft
        return draft

    def add_note(self, drafts: Sequence[Draft], text: str) -> None:
        """Keep what brackets say of a figure."""
        for draft in drafts:
            draft.notes.append(" ".join(text.strip("()[] ").split()))

    def _is_claim(self, clause: Clause, phrase: Phrase, quantity: Quantity) -> bool:
        if self.strength and (clause.amount.worded or (quantity.upper == 0 and not phrase.noun)):
            return False
        if phrase.elsewise and not (phrase.fates or set(phrase.metrics) - {Metric.CAPTURED}):
            return False
        if phrase.is_unit:
            many = max(quantity.lower or 0, quantity.upper or 0) >= _MANY
            return many or phrase.metric in (Metric.KILLED, Metric.WOUNDED)
        return True

    def _find_container(self, clause: Clause) -> Draft | None:
        """Return the figure that contains this one: the one before the brackets, or before "including"."""
        if clause.parent is not None:
            return self._by_clause.get(id(clause.parent))
        if clause.part or clause.phrase.part:
            return self._outer or self._last
        if clause.group is not None and self._outer is None:
            return self._last
        return self._container

    def _set_state(self, draft: Draft, phrase: Phrase, label: Label) -> None:
        """Settle what is counted and what became of it, as far as the clause and its headings say."""
        item = phrase.item or (label.item or self.scope.item if not phrase.noun else None)
        fate = phrase.fates[0] if phrase.fates else label.fate
        previous = self.of_line[-1] if self.of_line else None
        if (
            item is None
            and not phrase.noun
            and fate
            and previous is not None
            and previous.is_materiel
            and (draft.clause.joined or not phrase.metrics)
        ):
            item, draft.things = previous.item, previous.things
        people = phrase.generic and bool(phrase.noun)
        if item is None and fate and not phrase.metrics and not people:
            item = Item.ANY if fate in (ItemFate.DESTROYED, ItemFate.DAMAGED) else None
        if item is not None:
            draft.metric, draft.item = Metric.MATERIEL, item
            draft.things = draft.things or phrase.noun or None
            metric = phrase.metric or label.metric or self.scope.metric
            draft.fate = fate or (_FATE_OF.get(metric) if metric else None)
            if draft.fate is None and draft.container is not None:
                draft.fate = draft.container.fate
            return
        draft.metric = phrase.metric or label.metric
        if draft.metric is None and fate is ItemFate.CAPTURED:
            draft.metric = Metric.CAPTURED
        elif draft.metric is None and fate is ItemFate.LOST:
            draft.metric = Metric.CASUALTIES
        elif draft.metric is None and draft.container is None:
            draft.metric = self.scope.metric

    def _set_subject(self, draft: Draft, phrase: Phrase, label: Label) -> None:
        draft.total = phrase.total or label.total or self.scope.is_total
        if (phrase.total or label.total) and not self.line.flags:
            self.scope.drop_flags()
        draft.subjects = [*self.scope.subjects, self._label]
        if draft.subjects[-1] == "":
            draft.subjects.pop()
        goes_on = draft.clause.joined or draft.container is not None
        if phrase.head is not None or draft.is_materiel or not self.of_line or not goes_on:
            return
        source = draft.container or self.of_line[-1].container or self.of_line[-1]
        if not source.is_materiel and source.line is self.line:
            draft.noun, draft.generic = source.noun, source.generic


def borrow_states(drafts: Sequence[Draft]) -> None:
    """Give figures without a state that of their neighbours: "10 officers and 200 men killed"."""
    for draft, following in reversed(list(pairwise(drafts))):
        if following.clause.joined and not following.clause.part and following.container is draft.container:
            _borrow(draft, following)
    for at, draft in enumerate(drafts):
        if draft.container is not None:
            _inherit(draft, draft.container)
        elif at and draft.clause.joined and draft.noun:
            _borrow(draft, drafts[at - 1])


def _borrow(draft: Draft, other: Draft) -> None:
    if draft.metric is None and other.metric is not None and not other.is_materiel and draft.noun:
        draft.metric = other.metric
    elif draft.is_materiel and draft.fate is None and other.is_materiel:
        draft.fate = other.fate


def _inherit(draft: Draft, container: Draft) -> None:
    if draft.metric is not None:
        if draft.is_materiel and draft.fate is None:
            draft.fate = container.fate
        return
    if container.is_materiel and not draft.clause.phrase.noun:
        draft.metric, draft.item, draft.fate = Metric.MATERIEL, container.item, container.fate
        draft.things = container.things
    elif not container.is_materiel:
        draft.metric = container.metric
