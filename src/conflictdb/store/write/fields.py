"""What a document says of an event itself, compared with how the event stands."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.records import EventRecord, PlaceRecord
from conflictdb.domain.vocabulary import Attribute
from conflictdb.store.write.known import Row

COLUMNS = {
    Attribute.NAME: "name",
    Attribute.TYPE: "type",
    Attribute.SUBTYPE: "subtype",
    Attribute.DATE: "date",
    Attribute.START: "start_time",
    Attribute.END: "end_time",
    Attribute.TIME_ZONE: "time_zone",
    Attribute.CONFLICT: "conflict",
    Attribute.SUMMARY: "summary",
}
PLACE_PARTS = ("name", "admin1", "admin2", "country", "country_name", "latitude", "longitude", "precision")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that a document tells otherwise than the event stands."""

    attribute: Attribute
    known: str
    stated: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The blanks that a document fills, and what it tells otherwise. `place` is the known one with blanks filled."""

    blanks: dict[Attribute, str]
    differences: list[Difference]
    place: PlaceRecord | None = None


def compare(row: Row, known_place: PlaceRecord | None, record: EventRecord) -> Comparison:
    """Compare what `record` says of the event itself with how it stands."""
    blanks: dict[Attribute, str] = {}
    differences = []
    for attribute, stated in _stated(record).items():
        known = row[COLUMNS[attribute]]
        if known is None:
            blanks[attribute] = stated
        elif known != stated:
            differences.append(Difference(attribute, known, stated))
    place = record.place
    if place is None or known_place is None:
        return Comparison(blanks, differences, place)
    if any(
        getattr(place, part) is not None and getattr(known_place, part) not in (None, getattr(place, part))
        for part in PLACE_PARTS
    ):
        differences.append(Difference(Attribute.PLACE, known_place.describe(), place.describe()))
        return Comparison(blanks, differences)
    filled = {part: value for part, value in asdict(place).items() if getattr(known_place, part) is None}
    new = any(filled.get(part) is not None for part in PLACE_PARTS)  # its source alone makes no other place
    return Comparison(blanks, differences, replace(known_place, **filled) if new else None)


def date_values(text: str | None, precision: str | None = None) -> dict[str, Any]:
    """Return the event columns of an EDTF date."""
    if not text:
        return {}
    date = parse_edtf(text)
    days = {"first_day": date.first_day, "last_day": date.last_day}
    return {"date": text, "date_precision": precision or date.precision, **days}


def _stated(record: EventRecord) -> dict[Attribute, str]:
    values = {attribute: getattr(record, column) for attribute, column in COLUMNS.items()}
    return {attribute: str(value) for attribute, value in values.items() if value}
