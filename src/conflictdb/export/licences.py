"""Which datasets' rows may not be passed on, so that whoever exports them is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, func, select

from conflictdb.store.batch import among
from conflictdb.store.tables import external_id

GUARDED = {
    "acled": "ACLED, whose terms of use forbid passing its rows on",
    "gtd": "GTD, whose terms of use forbid passing its rows on",
}
"""By scheme (ACLED Terms of Use; GTD End User Agreement)."""


def guarded(connection: Connection) -> bool:
    """Return whether the database holds any such row."""
    known = select(external_id.c.id).where(external_id.c.scheme.in_(list(GUARDED))).limit(1)
    return connection.scalar(known) is not None


@cache
def _schemes() -> Select[Any]:
    counted = func.count(external_id.c.event_id.distinct())
    return select(external_id.c.scheme, counted).where(among(external_id.c.event_id)).group_by(external_id.c.scheme)


def count_schemes(connection: Connection, ids: Sequence[int]) -> dict[str, int]:
    """Return how many of these events have ids of which dataset."""
    return dict(connection.execute(_schemes(), {"ids": ids}).all())


def warnings(schemes: Mapping[str, int]) -> list[str]:
    """Return the warnings for an export with so many events of each dataset."""
    return [
        f"{count:,} {'event is' if count == 1 else 'events are'} of {GUARDED[scheme]}: keep this file to yourself"
        for scheme, count in sorted(schemes.items())
        if scheme in GUARDED
    ]
