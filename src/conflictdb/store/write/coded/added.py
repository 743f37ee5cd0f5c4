"""Events that a dataset brings: rows of every table for a batch of them, inserted table by table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Table

from conflictdb.store.bulk import Bulk, Values
from conflictdb.store.search import KINDS, EntryKind
from conflictdb.store.tables import claim, combatant, event, external_id, original, search_text
from conflictdb.store.write.coded import figures
from conflictdb.store.write.coded.figures import ClaimDrafts, claim_row, plain_row
from conflictdb.store.write.coded.lookups import SeenRows
from conflictdb.store.write.coded.places import put_places
from conflictdb.store.write.coded.prepared import Prepared, search_body
from conflictdb.store.write.coded.references import Named
from conflictdb.store.write.coded.slugs import give_slugs

COLUMNS: dict[str, tuple[Table, tuple[str, ...]]] = {
    "event": (
        event,
        (
            "id", "key", "slug", "name", "type", "subtype", "conflict_id", "place_id", "date", "date_precision",
            "first_day", "last_day", "summary", "claimant_id", "source_id", "import_run_id",
        ),
    ),
    "combatant": (combatant, ("id", "event_id", "actor_id", "side", "role", "unit", "import_run_id")),
    "plain claim": (claim, figures.PLAIN),
    "claim": (claim, figures.COLUMNS),
    "external_id": (
        external_id,
        ("id", "scheme", "native_id", "event_id", "digest", "revision", "seen_run_id", "import_run_id"),
    ),
    "original": (original, ("id", "external_id_id", "digest", "cells", "import_run_id")),
    "search_text": (search_text, ("rowid", "body")),
}  # fmt: skip


@dataclass(slots=True)
class NewEvents:
    """Adds the events of one import run. `claims` counts the claims that were added."""

    bulk: Bulk
    drafts: ClaimDrafts
    run_id: int
    now: str
    seen: SeenRows
    claims: int = 0
    _rows: dict[str, list[Values]] = field(default_factory=lambda: {name: [] for name in COLUMNS})

    def add(self, rows: Sequence[Prepared]) -> list[int]:
        """Add the events of rows that are not known; return the ids of the rows."""
        named = self.drafts.references.resolve(rows)
        places = put_places(self.bulk, self.run_id, rows)
        slugs = give_slugs(self.bulk.connection, rows)
        row_ids = [self._add(row, slug, places, who) for row, slug, who in zip(rows, slugs, named, strict=True)]
        for name, (table, columns) in COLUMNS.items():
            self.bulk.insert(table, columns, self._rows[name])
            self._rows[name].clear()
        return row_ids

    def _add(self, row: Prepared, slug: str, places: dict[str, int], named: Named) -> int:
        rows, run_id, references, new_id = self._rows, self.run_id, self.drafts.references, self.bulk.new_id
        coded = row.event
        event_id = new_id(event)
        place_id = places[row.place_key] if row.place_key else None
        rows["event"].append((
            event_id, row.key, slug, coded.name, coded.type, coded.subtype, named.conflict_id, place_id,
            coded.date, coded.date_precision, coded.first_day, coded.last_day, coded.summary,
            references.recorder.id, references.source_id, run_id,
        ))  # fmt: skip
        self._add_claims(row, event_id, self._add_fighters(row, event_id, named.actor_ids))
        row_id = new_id(external_id)
        self.seen.add(row_id, coded.line)
        rows["external_id"].append(
            (row_id, references.dataset.name, coded.native_id, event_id, row.digest, coded.revision, run_id, run_id)
        )
        for text in coded.other_ids:
            scheme, _, native_id = text.partition(":")
            rows["external_id"].append((new_id(external_id), scheme, native_id, event_id, None, "", None, run_id))
        rows["original"].append((new_id(original), row_id, row.digest, row.cells, run_id))
        rows["search_text"].append((event_id * KINDS + EntryKind.EVENT.value, search_body(row, slug)))
        return row_id

    def _add_fighters(self, row: Prepared, event_id: int, actor_ids: tuple[int, ...]) -> list[int]:
        """Add the combatants; return their ids, in the order of the row. Nobody is a combatant twice."""
        ids: dict[int, int] = {}
        for actor_id, (_, side, role, unit) in zip(actor_ids, row.event.fighters, strict=True):
            if actor_id not in ids:
                ids[actor_id] = combatant_id = self.bulk.new_id(combatant)
                self._rows["combatant"].append((combatant_id, event_id, actor_id, side, role, unit, self.run_id))
        return [ids[actor_id] for actor_id in actor_ids]

    def _add_claims(self, row: Prepared, event_id: int, combatant_ids: Sequence[int]) -> None:
        ids: dict[str, int] = {}
        rows, plain, now, run_id = self._rows["claim"], self._rows["plain claim"], self.now, self.run_id
        for draft in self.drafts.of(row, combatant_ids):
            ids[draft.field] = claim_id = self.bulk.new_id(claim)
            values = plain_row(draft, claim_id, event_id, now, run_id)
            if values is not None:
                plain.append(values)
                continue
            whole = ids[draft.part_of] if draft.part_of else None
            rows.append(claim_row(draft, claim_id, 1, event_id, whole, now, run_id))
        self.claims += len(ids)
