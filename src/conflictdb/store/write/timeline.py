"""Add the timeline entries that an event has not yet."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.keys import content_key
from conflictdb.domain.records import EventRecord
from conflictdb.store.tables import timeline_entry
from conflictdb.store.write.lookups import Lookups


def write_timeline(connection: Connection, run_id: int, event_id: int, record: EventRecord, lookups: Lookups) -> int:
    """Add the entries of `record` that are new; return how many. Entries are known by their date and text."""
    standing = select(timeline_entry.c.key).where(
        timeline_entry.c.event_id == event_id, timeline_entry.c.withdrawn_on.is_(None)
    )
    known = set(connection.scalars(standing))
    added = 0
    for entry in record.timeline:
        source_id = lookups.source(entry.source)
        key = content_key("timeline", entry.date, entry.time, entry.text, entry.source)
        if key in known:
            continue
        date = parse_edtf(entry.date)
        values = {
            "event_id": event_id, "key": key, "date": entry.date, "first_day": date.first_day,
            "last_day": date.last_day, "time": entry.time, "text": entry.text, "source_id": source_id,
            "locator": entry.locator, "import_run_id": run_id,
        }  # fmt: skip
        connection.execute(insert(timeline_entry).values(**values))
        added += 1
    return added
