"""Which claims are in view."""

from __future__ import annotations

from sqlalchemy import ColumnElement, FromClause, and_, false, func, not_, or_, select

from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.vocabulary import LinkKind
from conflictdb.store.read.known import stated_by, withdrawn_by
from conflictdb.store.tables import claim, claim_link, event

ENDING = (LinkKind.SUPERSEDES, LinkKind.CORRECTS, LinkKind.RETRACTS)
"""The links that set the claim they point to aside."""


def standing(knowledge: Knowledge | None = None) -> ColumnElement[bool]:
    """Return the condition that a claim is in view: not withdrawn, superseded, corrected or retracted.

    With `knowledge`, that it had been stated by then, and not been ended yet.
    """
    link = claim_link.c
    ended = select(link.id).where(link.to_claim_id == claim.c.id, link.kind.in_(ENDING), link.withdrawn_on.is_(None))
    if knowledge is None:
        return and_(claim.c.withdrawn_on.is_(None), not_(ended.correlate(claim).exists()))
    later = claim.alias("later")
    ended = ended.join(later, later.c.id == link.from_claim_id).where(stated_by(later, knowledge))
    withdrawn = func.coalesce(withdrawn_by(claim, knowledge), false())
    return and_(stated_by(claim, knowledge), not_(withdrawn), not_(ended.correlate(claim).exists()))


def told_of(of: FromClause = event) -> ColumnElement[bool]:
    """Return the condition that an event is not one whose every claim was withdrawn, as by undoing its import.

    `of` is the event table, or the alias of it that the statement uses.
    """
    claims = select(claim.c.id).where(claim.c.event_id == of.c.id).correlate(of)
    return or_(claims.where(claim.c.withdrawn_on.is_(None)).exists(), not_(claims.exists()))
