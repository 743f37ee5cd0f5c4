"""The indexes that only some rows are in. Declaring them loads both engines' dialects: reading does without this."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Index, text

from conflictdb.store.tables.claims import claim, claim_link
from conflictdb.store.tables.reference import external_id


def _held(column: Column[Any]) -> Index:
    """Index the rows that have a value in a column which few rows have: an entry for each NULL is paid for too."""
    where = text(f"{column.name} IS NOT NULL")
    name = f"ix_{column.table.name}_{column.name}"
    return Index(name, column, sqlite_where=where, postgresql_where=where)


_STANDING = text("withdrawn_on IS NULL")

standing_links = Index(
    "uq_claim_link_standing",
    claim_link.c.from_claim_id,
    claim_link.c.to_claim_id,
    claim_link.c.kind,
    unique=True,
    sqlite_where=_STANDING,
    postgresql_where=_STANDING,
)
"""One link of a kind between two claims stands at a time."""

people_of_claims = _held(claim.c.person_id)
owners = tuple(_held(external_id.c[owner]) for owner in ("actor_id", "conflict_id", "person_id"))
