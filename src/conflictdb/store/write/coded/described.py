"""Descriptions that a dataset changed: name, type, date, place, conflict and summary of events that are known."""

from __future__ import annotations

from dataclasses import dataclass

from conflictdb.domain.coded import CodedEvent
from conflictdb.domain.records import EventRecord, PlaceRecord
from conflictdb.domain.vocabulary import EventType
from conflictdb.store.write.coded.prepared import Prepared
from conflictdb.store.write.coded.references import CodedReferences
from conflictdb.store.write.coded.standing import StandingEvent
from conflictdb.store.write.context import RunContext
from conflictdb.store.write.description import describe_known
from conflictdb.store.write.identity import Identity
from conflictdb.store.write.known import load_known_event
from conflictdb.store.write.resolve import Resolved

COMPARED = ("name", "type", "subtype", "date", "summary")


@dataclass(slots=True)
class Descriptions:
    """Compares what rows say of the events themselves with how they stand."""

    run: RunContext
    references: CodedReferences
    path: str

    def differ(self, row: Prepared, event: StandingEvent) -> bool:
        """Return whether a row describes its event otherwise than it stands."""
        coded, known = row.event, event.row
        if any(said != known[name] for name in COMPARED if (said := getattr(coded, name))):
            return True
        if coded.conflict is not None and self.references.conflict(coded.conflict) != known["conflict_id"]:
            return True
        return coded.place is not None and row.place_key != known["place_key"]

    def write(self, coded: CodedEvent, event_id: int) -> bool:
        """Keep what a row says otherwise; return whether anything was new in it."""
        known = load_known_event(self.run.connection, event_id)
        place = coded.place
        record = EventRecord(
            self.path, name=coded.name, type=EventType(coded.type), subtype=coded.subtype,
            conflict=self.references.conflict_name(coded.conflict), place=PlaceRecord(*place) if place else None,
            date=coded.date, date_precision=coded.date_precision, summary=coded.summary,
            claimant=self.references.recorder.name, source=self.references.dataset.source.slug, line=coded.line,
        )  # fmt: skip
        resolved = Resolved(record, Identity(known.row["slug"], known.row["key"], known))
        return describe_known(self.run, resolved, known).changed
