"""Which events and claims a query asks for, where claims are asked about one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select, true

from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.query import Query
from conflictdb.domain.query_fields import TextTerm
from conflictdb.domain.rows import ClaimRow
from conflictdb.domain.vocabulary import ActorKind, Basis, Stake
from conflictdb.errors import UsageError
from conflictdb.store.filters import Filters
from conflictdb.store.tables import actor, claim


@dataclass(frozen=True, slots=True)
class Sought:
    """Conditions on `event` and on `claim`. No column holds a stake: its terms are asked of each claim (`wants`)."""

    events: ColumnElement[bool]
    claims: ColumnElement[bool]
    of_basis: ColumnElement[bool]
    stakes: Sequence[TextTerm]

    def wants(self, row: ClaimRow) -> bool:
        """Return whether a claim is made from the stake that is asked for, if any is."""
        return all((row.stake in term.values) != term.negated for term in self.stakes)


def seek(connection: Connection, scope: Query, basis: Basis, answer: str, knowledge: Knowledge | None = None) -> Sought:
    """Return what a query asks for. Raises UsageError for an order: that of the `answer` is a part of it."""
    if scope.order:
        raise UsageError(f"{answer} have an order of their own", "leave order: out")
    event_terms, claim_terms = scope.split()
    stakes = [term for term in claim_terms if isinstance(term, TextTerm) and term.field == "stake"]
    filters = Filters(connection, knowledge)
    claims = and_(filters.claims(claim_terms), *map(_may_be_of, stakes))
    return Sought(filters.events(event_terms), claims, _on_basis(basis), stakes)


def recorders() -> Select[tuple[int]]:
    """Select the ids of all recorders."""
    return select(actor.c.id).where(actor.c.kind == ActorKind.RECORDER).correlate(None)


def _on_basis(basis: Basis) -> ColumnElement[bool]:
    if basis is Basis.BOTH:
        return true()
    is_estimate: ColumnElement[bool] = claim.c.claimant_id.in_(recorders())
    return is_estimate if basis is Basis.ESTIMATES else claim.c.claimant_id.not_in(recorders())


def _may_be_of(term: TextTerm) -> ColumnElement[bool]:
    """Return a condition that claims of a stake hold: what recorders state is theirs, unless a document says not."""
    if (Stake.RECORDER in term.values) != term.negated:
        return true()
    return or_(claim.c.claimant_id.not_in(recorders()), claim.c.stake_override.is_not(None))
