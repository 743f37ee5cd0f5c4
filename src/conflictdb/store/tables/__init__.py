"""Every table, declared once in Core. The ORM models are mapped onto these, and the migrations must equal them."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, Table, Text

from conflictdb.store.tables.base import metadata
from conflictdb.store.tables.claims import claim, claim_link
from conflictdb.store.tables.events import combatant, event, timeline_entry
from conflictdb.store.tables.reference import (
    actor,
    actor_alias,
    actor_relation,
    conflict,
    dataset,
    external_id,
    former_row,
    import_run,
    judgement,
    original,
    person,
    person_alias,
    place,
    source,
)

search_metadata = MetaData()
"""Apart from the rest: on SQLite an FTS5 table, on PostgreSQL a plain one with a tsvector index (migration 0001)."""

search_text = Table(
    "search_text", search_metadata, Column("rowid", Integer, primary_key=True), Column("body", Text, nullable=False)
)

__all__ = [
    "actor",
    "actor_alias",
    "actor_relation",
    "claim",
    "claim_link",
    "combatant",
    "conflict",
    "dataset",
    "event",
    "external_id",
    "former_row",
    "import_run",
    "judgement",
    "metadata",
    "original",
    "person",
    "person_alias",
    "place",
    "search_metadata",
    "search_text",
    "source",
    "timeline_entry",
]
