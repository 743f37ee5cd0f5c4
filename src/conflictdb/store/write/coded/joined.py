"""Rows that are new, told apart: of events that are known by another of their native ids, and of new events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from conflictdb.domain.records import Problem
from conflictdb.store.batch import among
from conflictdb.store.tables import external_id
from conflictdb.store.write.coded.prepared import Prepared
from conflictdb.store.write.coded.revised import Revision

_NEW = 0
"""Stands for the event of an earlier row of the batch, which has no id yet."""


@dataclass(slots=True)
class Joined:
    """`fresh` are of new events, `attached` of known ones; `warnings` tell of native ids that were not taken."""

    fresh: list[Prepared] = field(default_factory=list)
    attached: list[Revision] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def join_known(connection: Connection, scheme: str, path: str, rows: Sequence[Prepared]) -> Joined:
    """Sort new rows of the dataset `scheme`; of each event it has one row, and of its other ids those that are free."""
    joined = Joined()
    texts = {text for row in rows for text in row.event.other_ids}
    if not texts:
        joined.fresh += rows
        return joined
    owners = _owners(connection, texts)
    has_row = {_NEW, *_with_rows(connection, scheme, [each for each in owners.values() if each])}
    for row in rows:
        coded = row.event
        event_id = next((each for text in coded.other_ids if (each := owners.get(text)) and each not in has_row), None)
        free = tuple(text for text in coded.other_ids if text not in owners)
        for text in coded.other_ids:
            if text not in free and (event_id is None or owners[text] != event_id):
                why = "this id belongs to another entry already; not taken"
                joined.warnings.append(Problem(path, coded.line, "", text, why, coded.native_id, warning=True))
        row = row._replace(event=coded._replace(other_ids=free))
        owners |= dict.fromkeys(free, event_id or _NEW)
        if event_id is None:
            joined.fresh.append(row)
        else:
            has_row.add(event_id)
            joined.attached.append(Revision(row, event_id, None, late=False))
    return joined


def _owners(connection: Connection, texts: Iterable[str]) -> dict[str, int | None]:
    """Return what has these native ids ("wikidata:Q42"): the event, or None where it is something else."""
    by_scheme: dict[str, list[str]] = {}
    for text in texts:
        scheme, _, native_id = text.partition(":")
        by_scheme.setdefault(scheme, []).append(native_id)
    held = select(external_id.c.native_id, external_id.c.event_id).where(among(external_id.c.native_id))
    return {
        f"{scheme}:{native_id}": event_id
        for scheme, ids in by_scheme.items()
        for native_id, event_id in connection.execute(held.where(external_id.c.scheme == scheme), {"ids": ids})
    }


def _with_rows(connection: Connection, scheme: str, event_ids: Sequence[int]) -> set[int]:
    """Return those of the events that the dataset has a row of."""
    held = select(external_id.c.event_id).where(among(external_id.c.event_id), external_id.c.scheme == scheme)
    return set(connection.scalars(held, {"ids": event_ids}))
