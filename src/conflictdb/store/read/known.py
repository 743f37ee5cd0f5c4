"""The conditions of as-of: which claims had been stated, and which withdrawn, by a day."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, FromClause, and_, false, func, not_, or_, select

from conflictdb.domain.knowledge import Knowledge
from conflictdb.store.read.judged import FIGURE
from conflictdb.store.tables import claim, import_run, source


def known_day(of: FromClause) -> ColumnElement[int | None]:
    """Return the day by which a claim was stated, else that on which its document was published. `of` is `claim`."""
    published = select(source.c.published_last_day).where(source.c.id == of.c.source_id).correlate(of)
    day: ColumnElement[int | None] = func.coalesce(of.c.stated_last_day, published.scalar_subquery())
    return day


def stated_by(of: FromClause, knowledge: Knowledge) -> ColumnElement[bool]:
    """Return the condition that a claim had been stated by then. What an undone import brought never had."""
    day = known_day(of)
    dated = day <= knowledge.day
    return and_(or_(dated, day.is_(None)) if knowledge.undated else dated, ever_stated(of))


def ever_stated(of: FromClause) -> ColumnElement[bool]:
    """Return the condition that a claim was not brought by an undone import.

    Nor, where an undone import had withdrawn it and it was stated again since, is the row from before.
    """
    undone = select(import_run.c.id).where(import_run.c.undone_on.is_not(None)).correlate(None)
    again = claim.alias()
    restated = select(again.c.id).where(
        again.c.key == of.c.key, again.c.import_run_id == of.c.import_run_id, again.c.revision > of.c.revision,
        *(again.c[name].is_not_distinct_from(of.c[name]) for name in FIGURE),
    )  # fmt: skip
    left = or_(
        of.c.withdrawn_by_id.is_(None), of.c.withdrawn_by_id.not_in(undone), not_(restated.correlate(of).exists())
    )
    return and_(of.c.import_run_id.not_in(undone), left)


def is_any_undone(connection: Connection) -> bool:
    """Return whether any import was undone; where none was, whatever claim is there was stated."""
    return connection.scalar(select(import_run.c.id).where(import_run.c.undone_on.is_not(None)).limit(1)) is not None


def withdrawn_by(of: FromClause, knowledge: Knowledge | None) -> ColumnElement[bool]:
    """Return the condition that a claim had been withdrawn by then; without a day, that it is."""
    if knowledge is None:
        return of.c.withdrawn_on.is_not(None)
    if not knowledge.iso:
        return false()
    return and_(of.c.withdrawn_on.is_not(None), of.c.withdrawn_on <= knowledge.iso)
