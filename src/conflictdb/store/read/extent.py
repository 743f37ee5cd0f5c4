"""What is added up: which events, divided by what, and which of the claims about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Subquery,
    and_,
    false,
    func,
    not_,
    or_,
    select,
    true,
    union,
)

from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.vocabulary import (
    PERSON_METRICS,
    ActorKind,
    Basis,
    ClaimKind,
    Metric,
    SubjectKind,
    Verdict,
)
from conflictdb.store.read.known import stated_by, withdrawn_by
from conflictdb.store.read.standing import told_of
from conflictdb.store.tables import actor, claim, claim_link, conflict, event, judgement, place
from conflictdb.store.unindexed import unindexed

BATCH = 1000
"""Events that are read together."""
_DIVISIONS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "country": (place.c.country, place.c.country_name),
    "conflict": (conflict.c.name,),
    "month": (event.c.first_day, event.c.last_day),
    "year": (event.c.first_day, event.c.last_day),
    "type": (event.c.type,),
}
Division = tuple[Any, ...]
"""What an event is told apart by, as the database has it: of a country its code and its name."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What is added: events, and of their claims those on a basis. `events` and `claims` are conditions on the tables.

    `whole`: `events` lets everything through. `metrics` are all of persons where none is named. `by` is what divides
    the events.
    """

    events: ColumnElement[bool]
    claims: ColumnElement[bool]
    whole: bool
    basis: Basis
    knowledge: Knowledge | None = None
    metrics: Sequence[str] = ()
    by: str | None = None

    @property
    def divisions(self) -> tuple[ColumnElement[Any], ...]:
        """Return the columns that tell events apart."""
        return _DIVISIONS.get(self.by or "", ())

    def figures(self) -> list[ColumnElement[bool]]:
        """Return the conditions that a claim is a figure of a whole subject, and had been stated by then.

        They let nearly all claims through, so that no index is to answer them.
        """
        others = [claim.c.metric != metric for metric in Metric if metric not in PERSON_METRICS]
        asked = [unindexed(claim.c.metric).in_(self.metrics)] if self.metrics else others
        stated = [stated_by(claim, self.knowledge)] if self.knowledge is not None else []
        return [*asked, claim.c.part_of_id.is_(None), claim.c.group.is_(None), *stated, self.claims]

    def in_view(self) -> list[ColumnElement[bool]]:
        """Return the conditions that a claim, if nothing else ends it, is a figure to be added."""
        recorders = select(actor.c.id).where(actor.c.kind == ActorKind.RECORDER)
        claimant = unindexed(claim.c.claimant_id)
        on_basis = {
            Basis.CLAIMS: [claimant.not_in(recorders)],
            Basis.ESTIMATES: [claimant.in_(recorders)],
            Basis.BOTH: [],
        }[self.basis]
        meant = [] if self.whole else [claim.c.event_id.in_(select(event.c.id).where(self.events).correlate(None))]
        return [*self.figures(), self.not_withdrawn(), *on_basis, *meant]

    def not_withdrawn(self) -> ColumnElement[bool]:
        """Return the condition that a claim had not been withdrawn by then."""
        if self.knowledge is None:
            return claim.c.withdrawn_on.is_(None)
        return not_(func.coalesce(withdrawn_by(claim, self.knowledge), false()))


def told_events(extent: Extent, *, few: bool = False) -> tuple[FromClause, tuple[ColumnElement[bool], ...]]:
    """Return the table of events, with what divides them, and the conditions that one is meant and was told of.

    As of a day: something was told of it by then, or it had begun. `few`: other conditions leave few events.
    """
    tables = divided(extent)
    if extent.knowledge is None and few:
        return tables, (extent.events, told_of())
    if extent.knowledge is None:  # few events have withdrawn claims, and only these are looked at one by one
        withdrawn = select(claim.c.event_id).where(claim.c.withdrawn_on.is_not(None)).distinct().subquery("withdrawn")
        tables = tables.outerjoin(withdrawn, withdrawn.c.event_id == event.c.id)
        return tables, (extent.events, or_(withdrawn.c.event_id.is_(None), told_of()))
    stated = stated_by(claim, extent.knowledge), extent.not_withdrawn()
    known = select(claim.c.id).where(claim.c.event_id == event.c.id, *stated).correlate(event).exists()
    began = or_(event.c.first_day.is_(None), event.c.first_day <= extent.knowledge.day)
    return tables, (extent.events, or_(known, and_(began, told_of())))


def divided(extent: Extent) -> FromClause:
    """Return the table of events with what divides them."""
    if extent.by == "country":
        return event.outerjoin(place, place.c.id == event.c.place_id)
    return event.outerjoin(conflict, conflict.c.id == event.c.conflict_id) if extent.by == "conflict" else event


def entangled() -> Subquery:
    """Select the events of which claims are linked, or that, or whose claims, somebody judged to be the same."""
    held = judgement.c
    stands = held.undone_at.is_(None), held.verdict == Verdict.SAME
    same = union(*(select(each).where(each.is_not(None), *stands) for each in (held.claim_id, held.other_claim_id)))
    return union(
        select(claim_link.c.event_id).where(claim_link.c.withdrawn_on.is_(None)),
        *(select(each).where(each.is_not(None), *stands) for each in (held.event_id, held.other_event_id)),
        select(claim.c.event_id).where(claim.c.id.in_(same)).correlate(None),
    ).subquery("entangled")


def present_metrics(connection: Connection, extent: Extent) -> Sequence[str]:
    """Return the metrics that are asked for; where none is named, those in which anything at all is claimed."""
    known = () if extent.metrics else set(connection.scalars(select(claim.c.metric).distinct()))
    return extent.metrics or [metric for metric in PERSON_METRICS if metric in known]


class Met(NamedTuple):
    """An event whose claims are to be judged. `entangled`: claims of it are linked, or something is judged the same."""

    id: int
    slug: str
    first_day: int | None
    last_day: int | None
    entangled: bool
    division: Division


def meet_events(connection: Connection, extent: Extent, *, plain: bool, sides: bool = True) -> Iterator[list[Met]]:
    """Stream events, some at a time: all, or without the `plain` ones those that are entangled or count whole sides.

    Without `sides` none of the events is one where somebody counts a whole side, unless it is entangled.
    """
    tables, conditions = told_events(extent, few=not plain)
    tangled = entangled()
    whole_side = claim.c.subject_kind == SubjectKind.SIDE, claim.c.kind == ClaimKind.CASUALTY
    left = [select(tangled.c.event_id), *([select(claim.c.event_id).where(*whole_side)] if sides else [])]
    own = event.c.id, event.c.slug, event.c.first_day, event.c.last_day, tangled.c.event_id.is_not(None)
    statement = (
        select(*own, *extent.divisions)
        .select_from(tables.outerjoin(tangled, tangled.c.event_id == event.c.id))
        .where(*conditions, true() if plain else event.c.id.in_(union(*left)))
        .order_by(event.c.id)
    )
    with connection.execute(statement.execution_options(yield_per=BATCH)) as result:
        for rows in result.partitions(BATCH):
            yield [Met._make((*row[: len(own)], tuple(row[len(own) :]))) for row in rows]
