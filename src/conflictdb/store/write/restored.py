"""What an undone import of a dataset had set down of its rows, and had taken back: both as they were before it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, ScalarSelect, func, insert, literal, select, union, update

from conflictdb.domain.vocabulary import LinkKind
from conflictdb.store.tables import claim, claim_link, external_id, former_row, import_run, original


def restore_rows(connection: Connection, run_id: int) -> None:
    """Let the rows that a run saw last be what the run before it saw, and let those stand that it withdrew."""
    back = update(external_id).where(external_id.c.withdrawn_by_id == run_id)
    connection.execute(back.values(withdrawn_on=None, withdrawn_by_id=None))
    former = former_row.c
    mine = (former.external_id_id == external_id.c.id) & (former.import_run_id == run_id)
    kept = {
        name: select(former[name]).where(mine).correlate(external_id).scalar_subquery()
        for name in ("digest", "revision", "seen_run_id", "withdrawn_on", "withdrawn_by_id")
    }
    seen = update(external_id).where(external_id.c.seen_run_id == run_id)
    connection.execute(seen.where(select(former.digest).where(mine).correlate(external_id).exists()).values(**kept))
    newest = {"digest": _newest(original.c.digest), "seen_run_id": _newest(original.c.import_run_id), "revision": ""}
    connection.execute(seen.values(**newest))


def find_later_run(connection: Connection, run_id: int) -> int | None:
    """Return the newest run that stands and has told of rows that `run_id` told of before it, or None."""
    known, mine, theirs = external_id.c, original.alias("mine"), original.alias("theirs")
    before, after = former_row.alias("before"), former_row.alias("after")
    touched = (
        (known.seen_run_id == run_id) | (known.withdrawn_by_id == run_id)
        | known.id.in_(select(mine.c.external_id_id).where(mine.c.import_run_id == run_id))
        | known.id.in_(select(before.c.external_id_id).where(before.c.import_run_id == run_id))
    )  # fmt: skip
    rows = select(known.id).where(touched)
    later = union(
        select(known.seen_run_id).where(touched),
        select(known.withdrawn_by_id).where(touched),
        select(theirs.c.import_run_id).where(theirs.c.external_id_id.in_(rows)),
        select(after.c.import_run_id).where(after.c.external_id_id.in_(rows)),
    ).subquery()
    standing = select(func.max(import_run.c.id)).where(import_run.c.undone_on.is_(None), import_run.c.id > run_id)
    newest: int | None = connection.scalar(standing.where(import_run.c.id.in_(select(later))))
    return newest


def restate_claims(connection: Connection, run_id: int, undo_id: int, now: str) -> int:
    """State again the claims that stood until a run withdrew them, with their links; return how many.

    Who said them said them then: they are of the runs that they were of.
    """
    link = claim_link.c
    corrected = select(link.id).where(link.to_claim_id == claim.c.id, link.kind == LinkKind.CORRECTS)
    writers = select(import_run.c.id).where(import_run.c.undone_on.is_(None))
    wanted = (
        claim.c.withdrawn_by_id == run_id, claim.c.import_run_id.in_(writers),
        ~corrected.where(link.withdrawn_on.is_(None)).correlate(claim).exists(),
    )  # fmt: skip
    again = claim.alias("again")
    newest = select(func.max(again.c.revision)).where(again.c.key == claim.c.key).correlate(claim).scalar_subquery()
    new: dict[str, Any] = {
        "revision": newest + 1, "recorded_at": literal(now), "withdrawn_on": literal(None),
        "withdrawn_by_id": literal(None),
    }  # fmt: skip
    columns = [column.name for column in claim.c if column.name != "id"]
    stated = select(*(new.get(name, claim.c[name]).label(name) for name in columns)).where(*wanted)
    count = connection.execute(insert(claim).from_select(columns, stated.order_by(claim.c.id))).rowcount
    _restate_links(connection, run_id, undo_id)
    return count


def _restate_links(connection: Connection, run_id: int, undo_id: int) -> None:
    """Link the claims that were stated again as their last revisions were linked."""
    old, new = claim.alias("old"), claim.alias("new")
    again = (new.c.key == old.c.key) & (new.c.import_run_id == old.c.import_run_id) & (new.c.revision > old.c.revision)
    pairs = select(new.c.id, old.c.id).join(new, again & new.c.withdrawn_on.is_(None))
    found = connection.execute(pairs.where(old.c.withdrawn_by_id == run_id).order_by(old.c.revision))
    last = {new_id: old_id for new_id, old_id in found}  # noqa: C416 - dict() of rows does not type
    restated = {old_id: new_id for new_id, old_id in last.items()}
    if not restated:
        return
    touching = claim_link.c.from_claim_id.in_(_withdrawn(run_id)) | claim_link.c.to_claim_id.in_(_withdrawn(run_id))
    rows = []
    for link in connection.execute(select(claim_link).where(touching, claim_link.c.withdrawn_on.is_(None))).mappings():
        ends = (restated.get(link[end], link[end]) for end in ("from_claim_id", "to_claim_id"))
        pair = dict(zip(("from_claim_id", "to_claim_id"), ends, strict=True))
        rows.append({"event_id": link["event_id"], "kind": link["kind"], "note": link["note"], **pair})
    if rows:
        connection.execute(insert(claim_link), [{**row, "import_run_id": undo_id} for row in rows])


def _withdrawn(run_id: int) -> Any:
    return select(claim.c.id).where(claim.c.withdrawn_by_id == run_id)


def _newest(column: Any) -> ScalarSelect[Any]:
    """Select of the newest version of a row that a run which stands has read."""
    standing = (
        select(column)
        .join(import_run, import_run.c.id == original.c.import_run_id)
        .where(original.c.external_id_id == external_id.c.id, import_run.c.undone_on.is_(None))
    )
    return standing.order_by(original.c.id.desc()).limit(1).correlate(external_id).scalar_subquery()
