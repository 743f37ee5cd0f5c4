"""Which version of a dataset's rows was seen last: their digests, and every version word for word."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, insert, select, update

from conflictdb.domain.coded import DatasetRecord
from conflictdb.store.batch import among
from conflictdb.store.bulk import Bulk, Values
from conflictdb.store.tables import external_id, former_row, original
from conflictdb.store.write.coded.added import COLUMNS
from conflictdb.store.write.coded.lookups import KnownRow
from conflictdb.store.write.coded.revised import Revision

_UNNAMED = re.compile(r"column \d+")


def find_rewritten(connection: Connection, revisions: Sequence[Revision]) -> dict[int, KnownRow]:
    """Return the rows that say what their newest version says, in another layout: with floats, in another order."""
    rows = {each.known.id: (each.known, each.row) for each in revisions if each.known is not None}
    found: dict[int, KnownRow] = {}
    if not rows:
        return found
    held = select(original.c.external_id_id, original.c.digest, original.c.cells)
    for row_id, digest, cells in connection.execute(held.where(among(original.c.external_id_id)), {"ids": list(rows)}):
        known, row = rows[row_id]
        if digest == known.digest and known.withdrawn_on is None and _plain(cells) == _plain(json.loads(row.cells)):
            found[row_id] = known
    return found


def _plain(cells: Mapping[str, str]) -> dict[str, str]:
    """Return cells by column, however the file writes numbers and names; a column without a name is an index."""
    named = ((name.casefold(), cell) for name, cell in cells.items() if not _UNNAMED.fullmatch(name))
    return {name: cell.strip().removesuffix(".0") for name, cell in named}


def confirm_rows(connection: Connection, row_ids: Sequence[int], run_id: int) -> None:
    """Set down that a newer release has these rows as they were."""
    _keep_former(connection, row_ids, run_id)
    connection.execute(update(external_id).where(among(external_id.c.id)).values(seen_run_id=run_id), {"ids": row_ids})


def track_revisions(bulk: Bulk, dataset: DatasetRecord, revisions: Sequence[Revision], run_id: int) -> list[int]:
    """Set down the newest version of rows told anew, and keep each version once; return the ids of the rows."""
    ids = _row_ids(bulk, dataset, revisions, run_id)
    _keep_former(bulk.connection, [each.known.id for each in revisions if each.known and not each.late], run_id)
    held = select(original.c.external_id_id, original.c.digest).where(among(original.c.external_id_id))
    kept = {(row_id, digest) for row_id, digest in bulk.connection.execute(held, {"ids": ids})}
    fresh = [(row_id, each.row) for row_id, each in zip(ids, revisions, strict=True)]
    table, columns = COLUMNS["original"]
    rows = [
        (bulk.new_id(original), row_id, row.digest, row.cells, run_id)
        for row_id, row in fresh
        if (row_id, row.digest) not in kept
    ]
    bulk.insert(table, columns, rows)
    newest = [
        {"row": row_id, "digest": each.row.digest, "revision": each.row.event.revision}
        for row_id, each in zip(ids, revisions, strict=True)
        if not each.late
    ]
    if newest:
        version = {"digest": bindparam("digest"), "revision": bindparam("revision"), "seen_run_id": run_id}
        now = update(external_id).where(external_id.c.id == bindparam("row"))
        bulk.connection.execute(now.values(**version, withdrawn_on=None, withdrawn_by_id=None), newest)
    return ids


def _keep_former(connection: Connection, row_ids: Sequence[int], run_id: int) -> None:
    """Keep how rows are known before that changes, where it is not just that their newest version stands."""
    known, ids = external_id.c, {"ids": row_ids}
    state = known.digest, known.revision, known.seen_run_id, known.withdrawn_on, known.withdrawn_by_id
    seen = select(known.id, *state).where(among(known.id), known.seen_run_id.is_not(None))
    versions = select(original.c.external_id_id, original.c.digest, original.c.import_run_id)
    kept = versions.where(among(original.c.external_id_id)).order_by(original.c.id)
    newest = {row_id: tuple(version) for row_id, *version in connection.execute(kept, ids)}
    former = []
    for row_id, *values in connection.execute(seen, ids):
        digest, revision, seen_run_id, withdrawn_on, _ = values
        if newest.get(row_id) != (digest, seen_run_id) or revision or withdrawn_on is not None:
            former.append(dict(zip(former_row.c.keys(), (row_id, run_id, *values), strict=True)))
    if former:
        connection.execute(insert(former_row), former)


def _row_ids(bulk: Bulk, dataset: DatasetRecord, revisions: Sequence[Revision], run_id: int) -> list[int]:
    """Return the ids of the rows, adding all native ids of those whose event was known by another only."""
    ids: list[int] = []
    added: list[Values] = []
    for each in revisions:
        if each.known is not None:
            ids.append(each.known.id)
            continue
        ids.append(bulk.new_id(external_id))
        added.append((ids[-1], dataset.name, each.row.event.native_id, each.event_id, None, "", run_id, run_id))
        for text in each.row.event.other_ids:
            scheme, _, native_id = text.partition(":")
            added.append((bulk.new_id(external_id), scheme, native_id, each.event_id, None, "", None, run_id))
    table, columns = COLUMNS["external_id"]
    bulk.insert(table, columns, added)
    return ids
