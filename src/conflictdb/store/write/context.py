"""What every writer of one import run works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from conflictdb.domain.records import ConflictRecord
from conflictdb.domain.vocabulary import Attribute
from conflictdb.store.write.claims import ClaimWriter
from conflictdb.store.write.fields import COLUMNS, date_values
from conflictdb.store.write.known import KnownEvent
from conflictdb.store.write.lookups import Lookups
from conflictdb.store.write.reference import ReferenceWriter


@dataclass
class RunContext:
    """One import run's connection and look-ups. `now` is UTC, to the second."""

    connection: Connection
    lookups: Lookups
    reference: ReferenceWriter
    run_id: int
    now: str

    def conflict_id(self, name: str | None) -> int | None:
        """Return the id of the conflict of that name, adding it where it is new."""
        if name and self.lookups.conflict(name) is None:
            self.reference.put_conflict(ConflictRecord(name))
        return self.lookups.conflict(name) if name else None

    def event_values(self, attribute: Attribute, value: str) -> dict[str, Any]:
        """Return the columns of `event` that hold an attribute."""
        if attribute is Attribute.DATE:
            return date_values(value)
        if attribute is Attribute.CONFLICT:
            return {"conflict_id": self.conflict_id(value)}
        return {COLUMNS[attribute]: value}

    def claim_writer(self, event_id: int, known: KnownEvent | None, claimant_ids: dict[str, int]) -> ClaimWriter:
        """Return a writer of claims for this event and run."""
        return ClaimWriter(self.connection, self.run_id, self.now, event_id, known, claimant_ids, {}, {}, {})
