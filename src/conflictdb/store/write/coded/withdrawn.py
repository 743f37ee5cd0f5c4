"""What a dataset took back: rows gone from a whole release, and rows it says it deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import Connection, select, update

from conflictdb.store.tables import claim, dataset, external_id, import_run
from conflictdb.store.write.coded.lookups import SeenRows
from conflictdb.store.write.coded.releases import ReleasesOfRuns

BATCH = 2_000


def rows_gone(
    connection: Connection, scheme: str, seen: SeenRows, run_id: int, releases: ReleasesOfRuns
) -> Iterator[int]:
    """Yield the ids of the rows of a dataset that a whole release does not have, and that no newer one has.

    What only a document calls a row of it, it never had.
    """
    held = external_id.c
    standing = select(held.id, held.seen_run_id).where(held.scheme == scheme, held.seen_run_id.is_not(None))
    this = releases.of(run_id)
    rows = connection.execute(standing.where(held.withdrawn_on.is_(None)).order_by(held.id))
    for row_id, seen_run_id in rows.yield_per(BATCH):
        if row_id not in seen and not this.is_older_than(releases.of(seen_run_id)):
            yield row_id


def withdraw_rows(connection: Connection, scheme: str, row_ids: Iterable[int], on: str, run_id: int) -> tuple[int, int]:
    """Withdraw rows of a dataset and all that was read in them; return how many rows and claims."""
    rows = claims = 0
    runs = select(import_run.c.id).join(dataset).where(dataset.c.name == scheme)
    withdrawal = {"withdrawn_on": on, "withdrawn_by_id": run_id}
    for ids in _batches(row_ids):
        these = update(external_id).where(external_id.c.id.in_(ids), external_id.c.withdrawn_on.is_(None))
        rows += connection.execute(these.values(**withdrawal)).rowcount
        events = select(external_id.c.event_id).where(external_id.c.id.in_(ids))
        read_here = claim.c.event_id.in_(events), claim.c.import_run_id.in_(runs), claim.c.withdrawn_on.is_(None)
        claims += connection.execute(update(claim).where(*read_here).values(**withdrawal)).rowcount
    return rows, claims


def withdraw_claims(connection: Connection, claim_ids: Iterable[int], on: str, run_id: int) -> None:
    """Withdraw single claims. What they correct stays corrected."""
    for ids in _batches(claim_ids):
        withdrawn = update(claim).where(claim.c.id.in_(ids))
        connection.execute(withdrawn.values(withdrawn_on=on, withdrawn_by_id=run_id))


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(ids)
    while batch := list(islice(remaining, BATCH)):
        yield batch
