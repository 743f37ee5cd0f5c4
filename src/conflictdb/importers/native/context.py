"""What the parts of one event share while it is built: its voice, its sources, and what is wrong with it."""

from __future__ import annotations

from conflictdb.domain.folding import slugify
from conflictdb.domain.nearest import nearest_names
from conflictdb.domain.records import PlaceRecord
from conflictdb.importers.native.check import Fault, Where
from conflictdb.importers.native.document import Event, Header, Place, Source
from conflictdb.importers.native.reader import Document
from conflictdb.importers.native.texts import find_country

_SLUG_LENGTH = 60


NO_SOURCE = "it has no source: give one here, at the event, or at the top of the document"


class EventContext:
    """One event of a document; `faults` refuse it, `warnings` do not."""

    def __init__(self, document: Document, header: Header, event: Event, where: Where) -> None:
        self.document = document
        self.event = event
        self.where = where
        self.claimant = event.claimant or header.claimant
        self.inline_sources: list[Source] = []
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self.source = self.source_of(event.source) or header_source(header)

    def source_of(self, source: str | Source | None) -> str | None:
        """Return a source's handle, keeping one that is described on the spot."""
        if not isinstance(source, Source):
            return source
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
        code = place.country_code or code
        if place.country and code is None:
            near = nearest_names(place.country, _country_names())
            why = "ISO 3166 has no such country; the name is kept without a code"
            why += f" (nearest: {', '.join(near)})" if near else ""
            self.warnings.append(Fault((*where, "country"), place.country, why))
        return PlaceRecord(
            place.name, place.admin1, place.admin2, code, name, place.latitude, place.longitude, place.precision,
            place.source,
        )  # fmt: skip


def source_slug(source: Source) -> str:
    """Return a source's handle."""
    return source.id or slugify(source.title)[:_SLUG_LENGTH].rstrip("-") or "source"


def header_source(header: Header) -> str | None:
    """Return the handle of the document's own source."""
    return source_slug(header.source) if isinstance(header.source, Source) else header.source


def _country_names() -> list[str]:
    from iso3166 import countries

    return [country.apolitical_name for country in countries]
