"""Turn one checked event into an event record."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from conflictdb.domain.edtf import EdtfError, parse_edtf
from conflictdb.domain.nearest import nearest_names
from conflictdb.domain.records import CombatantRecord, EventRecord, PlaceRecord, TimelineRecord
from conflictdb.domain.vocabulary import Role
from conflictdb.importers.native.check import Fault, Where
from conflictdb.importers.native.document import Combatant, Event, Header, Place, Source
from conflictdb.importers.native.statement import StatementBuilder
from conflictdb.importers.native.texts import find_country

_WHEN = re.compile(r"(?P<date>\S+?)(?:[ T](?P<time>~?[0-9]{1,2}:[0-9]{2}))?")


class EventBuilder:
    """Builds one event; `faults` refuse it, `warnings` do not."""

    def __init__(self, path: str, header: Header, event: Event, where: Where) -> None:
        self.path = path
        self.event = event
        self.where = where
        self.claimant = event.claimant or header.claimant
        self.inline_sources: list[Source] = []
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self.source = self.source_of(event.source) or header_source(header)

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
        return partial(
            EventRecord,
            path=self.path, slug=event.slug, name=event.name, type=event.type, subtype=event.subtype,
            conflict=event.conflict, place=self.place_of(event.place, (*self.where, "place")), date=event.date,
            start_time=event.start, end_time=event.end, time_zone=event.time_zone, summary=event.summary,
            claimant=self.claimant, source=self.source, native_ids=tuple(event.native_ids),
            combatants=tuple(combatants), claims=tuple(statements.claims), timeline=tuple(self._timeline()),
        )  # fmt: skip

    def source_of(self, source: str | Source | None) -> str | None:
        """Return a source's handle, keeping one that is described on the spot."""
        if not isinstance(source, Source):
            return source
        from conflictdb.importers.native.build import source_slug

        if source not in self.inline_sources:
            self.inline_sources.append(source)
        return source_slug(source)

    def place_of(self, place: Place | str | None, where: Where) -> PlaceRecord | None:
        """Return a place as a record; a country that ISO 3166 does not know is kept by name, with a warning."""
        if place is None:
            return None
        if isinstance(place, str):
            return PlaceRecord(name=place)
        code, name = find_country(place.country) if place.country else (None, None)
        if place.country and code is None:
            near = nearest_names(place.country, _country_names())
            why = "ISO 3166 has no such country; the name is kept without a code"
            why += f" (nearest: {', '.join(near)})" if near else ""
            self.warnings.append(Fault((*where, "country"), place.country, why))
        return PlaceRecord(
            place.name, place.admin1, place.admin2, code, name, place.latitude, place.longitude, place.precision,
            place.source,
        )  # fmt: skip

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
                self.faults.append(Fault((*where, "source"), "", _NO_SOURCE))
            try:
                date = parse_edtf(match["date"] if match else entry.when)
            except EdtfError as error:
                self.faults.append(Fault((*where, "when"), entry.when, str(error)))
                continue
            entries.append(TimelineRecord(date.text, entry.text, source or "", match and match["time"], entry.locator))
        return entries


def header_source(header: Header) -> str | None:
    """Return the handle of the document's own source."""
    from conflictdb.importers.native.build import source_slug

    return source_slug(header.source) if isinstance(header.source, Source) else header.source


def _country_names() -> list[str]:
    from iso3166 import countries

    return [country.apolitical_name for country in countries]


_NO_SOURCE = "it has no source: give one here, at the event, or at the top of the document"
