"""Turn statements into claims: one claim a figure, a leader or an attribute, each with its claimant and source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from conflictdb.domain.folding import fold
from conflictdb.domain.records import ClaimRecord, CombatantRecord, LinkRecord, UnnamedRecord
from conflictdb.domain.vocabulary import PERSON_METRICS, Attribute, ClaimKind, LinkKind, Metric, Role, SubjectKind
from conflictdb.importers.native.check import Fault, Where
from conflictdb.importers.native.context import NO_SOURCE, EventContext
from conflictdb.importers.native.document import NONE, CommanderSpec, Link, Side, Statement, Unnamed
from conflictdb.importers.native.figures import FigureSpec

_SIDE = re.compile(r"side ([1-9][0-9]?)")
_TEXT_ATTRIBUTES = (Attribute.RESULT, Attribute.RESPONSIBILITY, Attribute.NAME, Attribute.DATE)
_SUBJECTS = {
    "civilians": SubjectKind.CIVILIANS,
    "civilian": SubjectKind.CIVILIANS,
    "unknown": SubjectKind.UNKNOWN,
    "total": SubjectKind.TOTAL,
    "everyone": SubjectKind.TOTAL,
}
_NO_CLAIMANT = "it has no claimant: say who states it, here, at the event, or at the top of the document"
_NO_SUBJECT = "say whose they are, with of: a combatant, side 1, civilians, unknown or total"


@dataclass(slots=True)
class StatementBuilder:
    """Collects the claims of one event."""

    event: EventContext
    claims: list[ClaimRecord] = field(default_factory=list)

    def add_side(self, number: int, side: Side, where: Where) -> None:
        """Add a side's strength and leaders, in the voice of the document's claimant."""
        if not side.strength and not side.commander:
            return
        one = len(side.combatants) == 1
        first = side.combatants[0]
        name = first if isinstance(first, str) else first.actor
        statement = Statement.model_construct(
            strength=side.strength, commander=side.commander, of=name if one else f"side {number}"
        )
        self.add(statement, where)

    def add(self, statement: Statement, where: Where) -> None:
        """Add all that a statement holds."""
        base = self._base(statement, where)
        if base is None:
            return
        before = len(self.claims)
        for person_metric in PERSON_METRICS:
            specs = getattr(statement, person_metric)
            self._add_figures(base, statement, ClaimKind.CASUALTY, person_metric, specs, where)
        self._add_figures(base, statement, ClaimKind.CASUALTY, Metric.MATERIEL, statement.materiel, where)
        for metric, spec in statement.losses:
            self._add_figures(base, statement, ClaimKind.CASUALTY, metric, [spec], where, "losses")
        for spec in statement.strength:
            measure = Metric.MATERIEL if spec.item else Metric.PERSONS
            self._add_figures(base, statement, ClaimKind.STRENGTH, measure, [spec], where, "strength")
        for leader in statement.commander:
            self._add_commander(base, statement, leader, where)
        self._add_attributes(base, statement, where)
        if statement.column is not None and len(self.claims) != before + 1 and not self.event.faults:
            self._fault((*where, "column"), statement.column, "a column holds one figure or attribute; say one here")
        if len(self.claims) == before and not self.event.faults:
            self._fault(where, "", "it states nothing: give a figure, a commander, or an attribute such as result:")

    def _base(self, statement: Statement, where: Where) -> ClaimRecord | None:
        claimant = statement.claimant or self.event.claimant
        source = self.event.source_of(statement.source) or self.event.source
        if claimant is None:
            self._fault((*where, "claimant"), "", _NO_CLAIMANT)
        if source is None:
            self._fault((*where, "source"), "", NO_SOURCE)
        if claimant is None or source is None:
            return None
        links, by_date = self._links(statement)
        return ClaimRecord(
            ClaimKind.ATTRIBUTE, _speaker(claimant), source, where=_dotted(where), statement=_dotted(where),
            line=self.event.document.line_of(where), locator=statement.locator, statement_id=statement.id,
            native_id=statement.column,
            stated_on=statement.stated_on, status=statement.status,
            reliability=statement.reliability, credibility=statement.credibility, wording=statement.wording,
            wording_language=statement.language, translation=statement.translation, note=statement.note,
            stake_override=statement.stake.stake if statement.stake else None,
            stake_reason=statement.stake.because if statement.stake else None, supersedes_by_date=by_date, links=links,
        )  # fmt: skip

    def _links(self, statement: Statement) -> tuple[tuple[LinkRecord, ...], bool]:
        links = []
        for kind in LinkKind:
            for each in getattr(statement, kind):
                if isinstance(each, Link):
                    links.append(LinkRecord(kind, each.to, each.note))
                elif each != NONE:
                    links.append(LinkRecord(kind, each))
        return tuple(links), not statement.supersedes

    def _add_figures(
        self, base: ClaimRecord, statement: Statement, kind: ClaimKind, metric: Metric, specs: list[FigureSpec],
        where: Where, name: str = "",
    ) -> None:  # fmt: skip
        for index, spec in enumerate(specs):
            at = (*where, name or metric, *((index,) if len(specs) > 1 else ()))
            if (metric is Metric.MATERIEL) != (spec.item is not None and spec.fate is not None):
                why = (
                    "things need item: and fate:, as in 8 vehicles burned" if metric is Metric.MATERIEL else _NOT_THINGS
                )
                self._fault(at, spec.wording or "", why)
                continue
            subject = self._subject(statement.of, where)
            if subject is None:
                continue
            quantity = spec.read()
            claim = replace(
                base, kind=kind, metric=metric, lower=quantity.lower, upper=quantity.upper, best=spec.best,
                qualifier=quantity.qualifier, group=spec.group, item=spec.item, fate=spec.fate, part_of=spec.part_of,
                wording=spec.wording or base.wording or quantity.wording or None, where=_dotted(at),
                locator=spec.locator or base.locator, note=spec.note or base.note, **subject,
            )  # fmt: skip
            self._append(claim, metric, spec.item, spec.fate, spec.group)

    def _add_commander(
        self, base: ClaimRecord, statement: Statement, leader: str | CommanderSpec, where: Where
    ) -> None:
        spec = CommanderSpec(person=leader) if isinstance(leader, str) else leader
        at = (*where, "commander")
        subject = self._subject(statement.of, where)
        if subject is None:
            return
        if subject["combatant"] is None:
            names = [each for each in self._fighters() if each.side == subject["side"]]
            if len(names) != 1:
                self._fault(at, spec.person, "say which combatant they led, with of:")
                return
            subject = {"combatant": names[0].actor}
        claim = replace(
            base, kind=ClaimKind.COMMANDER, combatant=subject["combatant"], person=spec.person, rank=spec.rank,
            fate=spec.fate, wording=spec.wording or base.wording, note=spec.note or base.note, where=_dotted(at),
        )  # fmt: skip
        self._append(claim, "commander", spec.person)

    def _add_attributes(self, base: ClaimRecord, statement: Statement, where: Where) -> None:
        for attribute in _TEXT_ATTRIBUTES:
            value = getattr(statement, attribute)
            if value is not None:
                claim = replace(base, attribute=attribute, value=value, where=_dotted((*where, attribute)))
                self._append(claim, attribute)
        if statement.place is not None:
            place = self.event.place_of(statement.place, (*where, "place"))
            assert place is not None
            value = place.describe()
            claim = replace(base, attribute=Attribute.PLACE, value=value, place=place, where=_dotted((*where, "place")))
            self._append(claim, "place")

    def _append(self, claim: ClaimRecord, *names: str | None) -> None:
        if claim.statement_id and not claim.native_id:
            claim = replace(claim, native_id="/".join(filter(None, (claim.statement_id, *names))))
        self.claims.append(claim)

    def _subject(self, of: str | None, where: Where) -> dict[str, Any] | None:
        """Return the fields of a claim that say whose losses it is about, or None with a fault."""
        nobody: dict[str, Any] = {"subject_kind": None, "combatant": None, "side": None}
        if of is None:
            self._fault((*where, "of"), "", _NO_SUBJECT)
            return None
        folded = fold(of)
        sides = {each.side for each in self._fighters()}
        if folded in _SUBJECTS:
            return nobody | {"subject_kind": _SUBJECTS[folded]}
        match = _SIDE.fullmatch(folded)
        roles = {each.side for each in self._fighters() if each.role == folded and folded != Role.UNKNOWN}
        side = int(match[1]) if match else roles.pop() if len(roles) == 1 else None
        if side is None:
            return nobody | {"subject_kind": SubjectKind.COMBATANT, "combatant": of}
        if self.event.event.sides and side not in sides:
            self._fault((*where, "of"), of, f"the event has sides {', '.join(map(str, sorted(sides)))}")
            return None
        return nobody | {"subject_kind": SubjectKind.SIDE, "side": side}

    def _fighters(self) -> list[CombatantRecord]:
        return [
            CombatantRecord(each if isinstance(each, str) else each.actor, number, side.role)
            for number, side in enumerate(self.event.event.sides, start=1)
            for each in side.combatants
        ]

    def _fault(self, where: Where, value: str, why: str) -> None:
        fault = Fault(where, value, why)
        if fault not in self.event.faults:
            self.event.faults.append(fault)


def _speaker(claimant: str | Unnamed) -> str | UnnamedRecord:
    if isinstance(claimant, str):
        return claimant
    part_of = claimant.part_of if claimant.part_of != NONE else None
    return UnnamedRecord(claimant.unnamed, claimant.kind, part_of, claimant.part_of == NONE)


_NOT_THINGS = "item: and fate: are for things; put it under materiel:"


def _dotted(where: Where) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in where)
