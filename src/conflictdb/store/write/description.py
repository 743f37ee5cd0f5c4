"""What a known event is said to be once more: blanks are filled, differences kept as claims."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from conflictdb.domain.records import PlaceRecord
from conflictdb.store.tables import event, place
from conflictdb.store.write.attributes import Kept, keep_differences
from conflictdb.store.write.context import RunContext
from conflictdb.store.write.fields import PLACE_PARTS, Comparison, compare
from conflictdb.store.write.known import KnownEvent
from conflictdb.store.write.resolve import Resolved


def describe_known(run: RunContext, resolved: Resolved, known: KnownEvent) -> Kept:
    """Compare a document's description of a known event with how it stands; keep what is new in it."""
    comparison = compare(known.row, _known_place(run, known), resolved.record)
    filled = _fill_blanks(run, int(known.row["id"]), comparison)
    kept = keep_differences(run, resolved, known, comparison) if comparison.differences else Kept()
    kept.changed |= filled
    return kept


def _fill_blanks(run: RunContext, event_id: int, comparison: Comparison) -> bool:
    values: dict[str, Any] = {}
    for attribute, value in comparison.blanks.items():
        values |= run.event_values(attribute, value)
    if comparison.place is not None:
        values["place_id"] = run.reference.put_place(comparison.place)
    if values:
        run.connection.execute(update(event).where(event.c.id == event_id).values(**values))
    return bool(values)


def _known_place(run: RunContext, known: KnownEvent) -> PlaceRecord | None:
    if known.row["place_id"] is None:
        return None
    columns = [place.c[part] for part in PLACE_PARTS]
    row = run.connection.execute(select(*columns).where(place.c.id == known.row["place_id"])).mappings().one()
    return PlaceRecord(**row)
