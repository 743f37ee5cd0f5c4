"""Describe claimants by what they claim: figures by stake, ratios to the others' estimate, revisions, corroboration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from sqlalchemy import Connection, select

from conflictdb.claimants.alone import count_alone, not_alone
from conflictdb.claimants.record import TrackRecord
from conflictdb.claimants.scope import Sought, seek
from conflictdb.domain.disagreement import by_measure
from conflictdb.domain.keys import spoken_key
from conflictdb.domain.lens import Lens
from conflictdb.domain.query import Query
from conflictdb.domain.rows import ClaimRow
from conflictdb.domain.rows.claimants import ClaimantRow
from conflictdb.domain.track_record import compare_figures, find_revisions
from conflictdb.domain.vocabulary import ClaimKind
from conflictdb.store.read import claims as claims_of
from conflictdb.store.tables import claim

BATCH = 500
"""Events whose claims are read together."""


def describe_claimants(connection: Connection, scope: Query, lens: Lens) -> tuple[ClaimantRow, ...]:
    """Return a row a claimant, who has most figures first, then by name; actors that were judged the same are one.

    Claim terms choose the figures that are described. These are compared with the claims of all others about the same,
    chosen or not. Raises UsageError for a query with an order.
    """
    sought = seek(connection, scope, lens.basis, "claimants", lens.knowledge)
    records: dict[str, TrackRecord] = {}
    for lone in count_alone(connection, sought, lens):
        records.setdefault(lone.key, TrackRecord(lone.key, lone.kind)).add_alone(lone)
    for claims, wanted in _events(connection, sought, lens):
        _describe(records, claims, wanted, lens)
    rows = [record.row(lens) for record in records.values()]
    rows.sort(key=lambda row: (-row.figures, -row.events, row.claimant, row.claimant_key))
    return tuple(rows[: scope.limit])


def _describe(records: dict[str, TrackRecord], claims: Sequence[ClaimRow], wanted: set[str], lens: Lens) -> None:
    """Enter what the claims of one event say of those who made the wanted ones."""
    by_key = {claim.key: claim for claim in claims}

    def record(key: str) -> TrackRecord:
        claim = by_key[key]
        return records.setdefault(claim.claimant_key, TrackRecord(claim.claimant_key, claim.claimant_kind))

    for members in by_measure(claims).values():
        if wanted.isdisjoint(each.key for each in members):
            continue
        compared = compare_figures(members, lens.chosen, lens.basis)
        for figure in compared.figures:
            if figure.key in wanted:
                record(figure.key).add_figure(by_key[figure.key], figure)
        for key in wanted.intersection(compared.copies):
            record(key).add_copy(by_key[key])
    for revision in find_revisions(claims, lens.basis):
        if revision.key in wanted:
            record(revision.key).add_revision(by_key[revision.key], revision)


def _events(connection: Connection, sought: Sought, lens: Lens) -> Iterator[tuple[list[ClaimRow], set[str]]]:
    """Yield all casualty claims of each event that has some to describe, and the keys of those."""
    coming = iter(connection.scalars(not_alone(sought, lens.basis)).all())
    while batch := list(islice(coming, BATCH)):
        mine = claim.c.event_id.in_(batch), claim.c.kind == ClaimKind.CASUALTY
        keys = select(claim.c.key, claim.c.revision).where(*mine, sought.claims, sought.of_basis)
        wanted = {spoken_key(key, revision) for key, revision in connection.execute(keys)}
        rows = claims_of.read_ledger(connection, *mine, knowledge=lens.knowledge)
        for _, group in groupby(rows, key=lambda row: row.event):
            claims = list(group)
            yield claims, {each.key for each in claims if each.key in wanted and sought.wants(each)}
