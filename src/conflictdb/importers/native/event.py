"""Turn one checked event into an event record."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.records import CombatantRecord, EventRecord, TimelineRecord
from conflictdb.domain.vocabulary import Role
from conflictdb.importers.native.check import Fault
from conflictdb.importers.native.context import NO_SOURCE, EventContext
from conflictdb.importers.native.document import Combatant
from conflictdb.importers.native.statement import StatementBuilder
from conflictdb.importers.native.texts import check_time

_WHEN = re.compile(r"(?P<date>\S+?)(?:[ T](?P<time>~?[0-9]{1,2}:[0-9]{2}))?")


class EventBuilder(EventContext):
    """Builds one event."""

    def build(self) -> Callable[..., EventRecord]:
        """Return the record, still to be given its line, problems and warnings."""
        event = self.event
        combatants = [
            self._combatant(each, number, side.role)
            for number, side in enumerate(event.sides, start=1)
            for each in side.combatants
        ]
        statements = StatementBuilder(self)
        for index, side in enumerate(event.sides):
            statements.add_side(index + 1, side, (*self.where, "sides", index))
        for index, statement in enumerate(event.claims):
            statements.add(statement, (*self.where, "claims", index))
        self._warn_of_early_statements()
        return partial(
            EventRecord,
            path=self.document.path, slug=event.slug, key=event.key, name=event.name, type=event.type,
            subtype=event.subtype, conflict=event.conflict, place=self.place_of(event.place, (*self.where, "place")),
            date=event.date, date_precision=event.date_precision, start_time=event.start, end_time=event.end,
            time_zone=event.time_zone, summary=event.summary,
            claimant=self.claimant, source=self.source, native_ids=tuple(event.native_ids),
            combatants=tuple(combatants), claims=tuple(statements.claims), timeline=tuple(self._timeline()),
        )  # fmt: skip

    def _warn_of_early_statements(self) -> None:
        """What was stated before the event began is mostly a slip in a year."""
        began = parse_edtf(self.event.date).first_day if self.event.date else None
        for index, statement in enumerate(self.event.claims):
            stated = parse_edtf(statement.stated_on).last_day if statement.stated_on else None
            if began is not None and stated is not None and stated < began:
                why = f"it is stated before the event of {self.event.date}; is the date right?"
                where = (*self.where, "claims", index, "stated_on")
                self.warnings.append(Fault(where, statement.stated_on or "", why))

    def _combatant(self, combatant: str | Combatant, side: int, role: Role) -> CombatantRecord:
        if isinstance(combatant, str):
            return CombatantRecord(combatant, side, role)
        return CombatantRecord(combatant.actor, side, combatant.role or role, combatant.unit)

    def _timeline(self) -> list[TimelineRecord]:
        entries = []
        for index, entry in enumerate(self.event.timeline):
            where = (*self.where, "timeline", index)
            match = _WHEN.fullmatch(entry.when)
            source = entry.source or self.source
            if source is None:
                self.faults.append(Fault((*where, "source"), "", NO_SOURCE))
            try:
                date = parse_edtf(match["date"] if match else entry.when)
                time = check_time(match["time"]) if match and match["time"] else None
            except ValueError as error:
                self.faults.append(Fault((*where, "when"), entry.when, str(error)))
                continue
            entries.append(TimelineRecord(date.text, entry.text, source or "", time, entry.locator))
        return entries
