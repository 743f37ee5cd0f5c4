"""How to cite an event, with all that its figures come from, or a dataset with its release and licence."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, or_, select

from conflictdb import __version__
from conflictdb.domain.nearest import nearest_names
from conflictdb.domain.rows.citation import Citation
from conflictdb.errors import NotFoundError
from conflictdb.finding import find_event
from conflictdb.store.read import events as events_of
from conflictdb.store.tables import claim, dataset, external_id, import_run, source


def cite(connection: Connection, name: str) -> list[Citation]:
    """Return what to cite for a dataset of that name, or for an event by slug or native id. Raises NotFoundError."""
    of_dataset = _datasets(connection, dataset.c.name == name.strip().lower())
    if of_dataset:
        return of_dataset
    try:
        event_id = find_event(connection, name)
    except NotFoundError as error:
        raise _nothing(connection, name, error) from None
    return [_event(connection, event_id), *_brought(connection, event_id), *_documents(connection, event_id)]


def _event(connection: Connection, event_id: int) -> Citation:
    row = events_of.read_event(connection, event_id)
    seen = connection.scalar(
        select(import_run.c.started_at)
        .join(claim, claim.c.import_run_id == import_run.c.id)
        .where(claim.c.event_id == event_id)
        .order_by(import_run.c.started_at.desc())
        .limit(1)
    )
    return Citation(
        key=row.slug, kind="event", title=row.name, publisher="conflictdb",
        accessed=seen[:10] if seen else None, version=__version__,
        citation=f'conflictdb event "{row.slug}", {row.claims} claims by {row.claimants} claimants',
    )  # fmt: skip


def _brought(connection: Connection, event_id: int) -> list[Citation]:
    """Return the datasets, with their releases, that the event's figures come from."""
    runs = select(claim.c.import_run_id).where(claim.c.event_id == event_id, claim.c.withdrawn_on.is_(None))
    seen = select(external_id.c.seen_run_id).where(external_id.c.event_id == event_id)
    wanted = select(import_run.c.dataset_id).where(or_(import_run.c.id.in_(runs), import_run.c.id.in_(seen)))
    return _datasets(connection, dataset.c.id.in_(wanted))


def _datasets(connection: Connection, condition: Any) -> list[Citation]:
    statement = (
        select(dataset, import_run.c.started_at)
        .outerjoin(import_run, import_run.c.dataset_id == dataset.c.id)
        .where(condition)
        .order_by(
            dataset.c.name, dataset.c.released_last_day.desc(), dataset.c.id.desc(), import_run.c.started_at.desc()
        )
    )
    found: dict[int, Citation] = {}
    for row in connection.execute(statement).mappings():
        found.setdefault(
            row["id"],
            Citation(
                key="-".join(filter(None, (row["name"], row["release"]))), kind="dataset",
                title=row["title"] or row["name"], published_on=row["released_on"], url=row["url"],
                accessed=row["started_at"][:10] if row["started_at"] else None, version=row["release"] or None,
                licence=row["licence"], citation=row["citation"],
            ),
        )  # fmt: skip
    return list(found.values())


def _documents(connection: Connection, event_id: int) -> list[Citation]:
    """Return the documents that the event's claims are in, but for a dataset's own page."""
    coded = select(dataset.c.name)
    cited = select(claim.c.source_id).where(claim.c.event_id == event_id, claim.c.withdrawn_on.is_(None))
    statement = select(source).where(source.c.id.in_(cited), source.c.slug.not_in(coded)).order_by(source.c.slug)
    return [
        Citation(
            key=row["slug"], kind="document", title=row["title"], author=row["author"], publisher=row["publisher"],
            published_on=row["published_on"], url=row["url"], accessed=row["retrieved_on"], licence=row["licence"],
            language=row["language"],
        )
        for row in connection.execute(statement).mappings()
    ]  # fmt: skip


def _nothing(connection: Connection, name: str, error: NotFoundError) -> NotFoundError:
    names = list(connection.scalars(select(dataset.c.name).distinct().order_by(dataset.c.name)))
    near = nearest_names(name, names)
    advice = [f"datasets: {', '.join(near or names)}"] if names else []
    return NotFoundError(error.what.replace("no event", "no event or dataset"), *error.advice, *advice)
