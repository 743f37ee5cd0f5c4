"""What people judged, as far as it stands: which claims are unreasonable, and what is the same as what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, select

from conflictdb.domain.policies.voices import Circles
from conflictdb.domain.vocabulary import Verdict
from conflictdb.store.batch import among
from conflictdb.store.tables import claim, judgement

FIGURE = ("lower", "upper", "best", "qualifier", "wording", "value", "person_id")
"""What makes a revision of a claim the same statement as another."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgements by the ids of what they are about. `actors` and `events` lead from each to the least of its circle.

    What is judged of a claim holds for all revisions that state the same, as where an import is undone and made again.
    """

    unreasonable: dict[int, str] = field(default_factory=dict)
    claims: dict[int, tuple[int, ...]] = field(default_factory=dict)
    actors: dict[int, int] = field(default_factory=dict)
    events: dict[int, int] = field(default_factory=dict)


def read_judged(connection: Connection) -> Judged:
    """Read the judgements that were not undone; those of a database without any cost one question."""
    held = judgement.c
    telling = held.undone_at.is_(None), held.verdict.in_((Verdict.SAME, Verdict.UNREASONABLE))
    statement = select(
        held.verdict, held.reason, held.claim_id, held.other_claim_id, held.actor_id, held.other_actor_id,
        held.event_id, held.other_event_id,
    ).where(*telling).order_by(held.id)  # fmt: skip
    unreasonable: dict[int, str] = {}
    pairs: list[tuple[int, int]] = []
    actors: list[tuple[int, int]] = []
    events: list[tuple[int, int]] = []
    for row in connection.execute(statement):
        if row.verdict == Verdict.UNREASONABLE:
            if row.claim_id is not None:
                unreasonable[row.claim_id] = row.reason
        elif row.claim_id is not None:
            pairs.append((row.claim_id, row.other_claim_id))
        elif row.actor_id is not None:
            actors.append((row.actor_id, row.other_actor_id))
        else:
            events.append((row.event_id, row.other_event_id))
    revisions = _revisions(connection, {*unreasonable, *(each for pair in pairs for each in pair)})
    flagged = {each: why for claim_id, why in unreasonable.items() for each in revisions[claim_id]}
    claims: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for one, other in [*pairs, *((other, one) for one, other in pairs)]:
        for each in revisions[one]:
            claims[each] += revisions[other]
    return Judged(flagged, dict(claims), _least(actors), _least(events))


def _revisions(connection: Connection, claim_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return for each claim, in their order, all revisions of it that state the same; itself is among them."""
    wanted = sorted(claim_ids)
    if not wanted:
        return {}
    again = claim.alias("again")
    alike = and_(again.c.key == claim.c.key, *(again.c[name].is_not_distinct_from(claim.c[name]) for name in FIGURE))
    pairs = select(claim.c.id, again.c.id).join(again, alike).where(among(claim.c.id)).order_by(again.c.revision)
    found: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for claim_id, same_id in connection.execute(pairs, {"ids": wanted}):
        found[claim_id] += (same_id,)
    return dict(found)


def _least(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return for each of the pairs the least id that it is joined to."""
    circles = Circles()
    pairs = list(pairs)
    for one, other in pairs:
        circles.join(one, other)
    things = sorted({each for pair in pairs for each in pair})
    first: dict[object, int] = {}
    return {each: first.setdefault(circles.root(each), each) for each in things}
