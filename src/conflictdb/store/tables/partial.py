"""The index that only some rows are in. Declaring it loads both engines' dialects, so reading does not import this."""

from __future__ import annotations

from sqlalchemy import Index, text

from conflictdb.store.tables.claims import claim_link

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
