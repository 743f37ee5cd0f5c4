"""Count the figures of recorders beside which nobody else states any: two statements for a whole dataset.

In such an event a figure has nothing to be compared with, whatever it is; so its claims need not be read one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, case, func, select, union

from conflictdb.claimants.scope import Sought, recorders
from conflictdb.domain.lens import Lens
from conflictdb.domain.track_record import LeftOut
from conflictdb.domain.vocabulary import Basis, ClaimKind, LinkKind
from conflictdb.store.batch import among
from conflictdb.store.read.judged import read_judged
from conflictdb.store.read.standing import standing
from conflictdb.store.tables import actor, claim, claim_link, combatant, event, judgement


@dataclass(frozen=True, slots=True)
class LoneFigures:
    """Figures of one subject that have no ratio for the same reason."""

    subject_kind: str | None
    subject: str | None
    left_out: LeftOut
    figures: int


@dataclass(frozen=True, slots=True)
class Lone:
    """A recorder that speaks alone in so many events; `event` is the slug of one of them."""

    key: str
    name: str
    kind: str
    events: int
    event: str
    counts: list[LoneFigures] = field(default_factory=list)


def count_alone(connection: Connection, sought: Sought, lens: Lens) -> Iterator[Lone]:
    """Yield the recorders that speak alone, with their figures that stand."""
    if _reads_all(sought, lens.basis):
        return
    conditions = (
        claim.c.kind == ClaimKind.CASUALTY, claim.c.event_id.in_(_alone(lens.basis)), sought.events, sought.claims,
        sought.of_basis, standing(lens.knowledge),
    )  # fmt: skip
    figures = connection.execute(_count_figures().where(*conditions)).all()
    events = connection.execute(_count_events().where(*conditions)).all()
    same = read_judged(connection).actors
    ids = {*(row.claimant_id for row in events), *(row.actor_id for row in figures), *same.values()} - {None}
    columns = select(actor.c.id, actor.c.key, actor.c.name, actor.c.kind).where(among(actor.c.id))
    known = {row.id: row for row in connection.execute(columns, {"ids": sorted(ids)})}
    counts: dict[int, list[LoneFigures]] = defaultdict(list)
    for claimant_id, subject_kind, actor_id, left_out, number in figures:
        subject = known[actor_id].name if actor_id is not None else None
        counts[claimant_id].append(LoneFigures(subject_kind, subject, LeftOut(left_out), number))
    for claimant_id, number, slug in events:
        own, first = known[claimant_id], known[same.get(claimant_id, claimant_id)]
        yield Lone(first.key, own.name, own.kind, number, slug, counts[claimant_id])


def not_alone(sought: Sought, basis: Basis) -> Select[tuple[int]]:
    """Select the events whose claims have to be read one by one, of those that have some to describe."""
    held = select(claim.c.event_id).where(claim.c.kind == ClaimKind.CASUALTY, sought.claims, sought.of_basis)
    events = select(event.c.id).where(sought.events, event.c.id.in_(held.correlate(None))).order_by(event.c.id)
    return events if _reads_all(sought, basis) else events.where(event.c.id.not_in(_alone(basis)))


def _reads_all(sought: Sought, basis: Basis) -> bool:
    """On the basis of claims no recorder speaks, and a stake is asked of each claim."""
    return basis is Basis.CLAIMS or bool(sought.stakes)


def _alone(basis: Basis) -> Select[tuple[int]]:
    """Select the events in which one recorder speaks alone, and no claim is judged, or linked but by corrections."""
    is_recorder = claim.c.claimant_id.in_(recorders())
    spoken = [claim.c.kind == ClaimKind.CASUALTY, *([is_recorder] if basis is Basis.ESTIMATES else [])]
    linked = select(claim_link.c.event_id).where(claim_link.c.kind != LinkKind.CORRECTS)
    judged = [
        select(claim.c.event_id).join(judgement, about == claim.c.id)
        for about in (judgement.c.claim_id, judgement.c.other_claim_id)
    ]
    return (
        select(claim.c.event_id)
        .where(*spoken, claim.c.event_id.not_in(union(linked, *judged)))
        .group_by(claim.c.event_id)
        .having(
            func.count(claim.c.claimant_id.distinct()) == 1,
            func.sum(case((is_recorder, 0), else_=1)) == 0,
            func.max(claim.c.stake_override).is_(None),
        )
        .correlate(None)
    )


def _count_figures() -> Select[Any]:
    """Select how many figures of each recorder and subject there are, by why they have no ratio."""
    number = func.coalesce(claim.c.best, case((claim.c.lower == claim.c.upper, claim.c.lower)))
    left_out = case((number.is_(None), LeftOut.BOUND), (number == 0, LeftOut.ZERO), else_=LeftOut.ALONE)
    measure = (claim.c.claimant_id, claim.c.subject_kind, combatant.c.actor_id, left_out.label("left_out"))
    return (
        select(*measure, func.count().label("figures"))
        .join(event, event.c.id == claim.c.event_id)
        .outerjoin(combatant, combatant.c.id == claim.c.combatant_id)
        .group_by(*measure)
    )


def _count_events() -> Select[Any]:
    """Select in how many events each recorder speaks, and the slug of one of them."""
    number = func.count(claim.c.event_id.distinct()).label("events")
    return (
        select(claim.c.claimant_id, number, func.min(event.c.slug).label("slug"))
        .join(event, event.c.id == claim.c.event_id)
        .group_by(claim.c.claimant_id)
        .order_by(claim.c.claimant_id)
    )
