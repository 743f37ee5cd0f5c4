"""Read judgements with what they are about, and find what people judge by what commands take for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Select, func, or_, select

from conflictdb.domain.folding import fold
from conflictdb.domain.keys import parse_spoken_key, spoken_key
from conflictdb.domain.quantity_words import speak_quantity
from conflictdb.domain.rows.judgement import JudgementRow
from conflictdb.domain.vocabulary import Qualifier
from conflictdb.store.read.judged import FIGURE
from conflictdb.store.tables import actor, actor_alias, claim, combatant, event, external_id, judgement

ENDS = {
    "event": (judgement.c.event_id, judgement.c.other_event_id),
    "actor": (judgement.c.actor_id, judgement.c.other_actor_id),
    "claim": (judgement.c.claim_id, judgement.c.other_claim_id),
}
"""The columns of the two things that a judgement is about, by what they are."""

CHUNK = 1000
NAMES_COMPARED = 100_000
"""How many names are read at most to offer the nearest."""


class Standing(NamedTuple):
    """A judgement that was not undone, by the ids of what it is about; `other` is None for a flag."""

    id: int
    verdict: str
    one: int
    other: int | None


def read_judgements(connection: Connection, *, undone: bool) -> Iterator[JudgementRow]:
    """Stream the judgements, the newest first; with `undone`, those that were taken back too."""
    statement = _select().order_by(judgement.c.id.desc()).execution_options(yield_per=CHUNK)
    if not undone:
        statement = statement.where(judgement.c.undone_at.is_(None))
    with connection.execute(statement) as result:
        for row in result.mappings():
            yield _row(row)


def find_judgement(connection: Connection, number: int) -> JudgementRow | None:
    """Return the judgement of this number, or None."""
    row = connection.execute(_select().where(judgement.c.id == number)).mappings().first()
    return None if row is None else _row(row)


def read_standing(connection: Connection, kind: str) -> list[Standing]:
    """Return the judgements about events, actors or claims that were not undone, the oldest first."""
    statement = select(judgement.c.id, judgement.c.verdict, *ENDS[kind])
    stands = ENDS[kind][0].is_not(None), judgement.c.undone_at.is_(None)
    return [Standing(*row) for row in connection.execute(statement.where(*stands).order_by(judgement.c.id))]


def actors_called(connection: Connection, name: str) -> list[int]:
    """Return the actors that are called exactly so, or have this native id, or this key."""
    scheme, _, native_id = name.partition(":")
    folded = fold(name)
    named = select(actor_alias.c.actor_id)
    named = named.where(actor_alias.c.folded == folded) if folded else named.where(actor_alias.c.name == name)
    numbered = select(external_id.c.actor_id).where(
        external_id.c.scheme == scheme.lower(), external_id.c.native_id == native_id
    )
    meant = or_(actor.c.id.in_(named), actor.c.id.in_(numbered), actor.c.key == name)
    return list(connection.scalars(select(actor.c.id).where(meant).order_by(actor.c.id)))


def actors_present(connection: Connection, actor_ids: Sequence[int], event_ids: Sequence[int]) -> list[int]:
    """Return those of the actors who fight or claim in one of the events, or are unnamed ones of it."""
    there = or_(
        actor.c.event_key.in_(select(event.c.key).where(event.c.id.in_(event_ids))),
        actor.c.id.in_(select(claim.c.claimant_id).where(claim.c.event_id.in_(event_ids))),
        actor.c.id.in_(select(combatant.c.actor_id).where(combatant.c.event_id.in_(event_ids))),
    )
    return list(connection.scalars(select(actor.c.id).where(actor.c.id.in_(actor_ids), there).order_by(actor.c.id)))


def claims_called(connection: Connection, name: str) -> list[int]:
    """Return the claim of this key as commands print it; without a revision the newest one. One, or none.

    Of revisions that state the same it is the first: what is judged of that holds for them all.
    """
    key, revision = parse_spoken_key(name)
    columns = claim.c.id, claim.c.revision, *(claim.c[each] for each in FIGURE)
    statement = select(*columns).where(claim.c.key == key).order_by(claim.c.revision)
    rows = connection.execute(statement).all()
    meant = [row for row in rows if "." not in name or row.revision == revision][-1:]
    return [next(row.id for row in rows if row[2:] == each[2:]) for each in meant]


def tell_apart(connection: Connection, name: str, actor_ids: Sequence[int]) -> list[str]:
    """Return for each of the actors that a name may mean what commands take for that one alone."""
    said = select(func.min(claim.c.key)).where(claim.c.claimant_id == actor.c.id).correlate(actor).scalar_subquery()
    statement = (
        select(actor.c.name, event.c.slug, actor.c.key, said.label("claim_key"))
        .outerjoin(event, event.c.key == actor.c.event_key)
        .where(actor.c.id.in_(actor_ids))
        .order_by(actor.c.name, event.c.slug.is_(None), event.c.slug, actor.c.id)
    )
    rows = connection.execute(statement).all()
    spoken = [spoken_actor(row.name, row.slug) for row in rows]
    often = Counter([*map(fold, spoken), fold(name)])
    alone = (f"claimant:{row.claim_key}" if row.claim_key else f"actor:{row.key}" for row in rows)
    return [one if often[fold(one)] == 1 else other for one, other in zip(spoken, alone, strict=True)]


def known_names(connection: Connection, kind: str, like: str) -> list[str]:
    """Return names of events, actors or claims to compare with one that was not found."""
    if kind == "event":
        return list(connection.scalars(select(event.c.slug).limit(NAMES_COMPARED)))
    if kind == "claim":  # keys say nothing: what is near has the same beginning, as one that was copied badly
        alike = select(claim.c.key).where(claim.c.key.startswith(like[:4].lower(), autoescape=True)).distinct()
        return list(connection.scalars(alike.limit(NAMES_COMPARED))) if len(like) > 4 else []
    names = select(actor_alias.c.name, event.c.slug).join(actor, actor.c.id == actor_alias.c.actor_id)
    rows = connection.execute(names.outerjoin(event, event.c.key == actor.c.event_key).limit(NAMES_COMPARED))
    return [spoken_actor(*row) for row in rows]


def spoken_actor(name: str, unnamed_in: str | None) -> str:
    """Return an actor as commands take it; one without a name of its own goes by the slug of its event too."""
    return f"{name}@{unnamed_in}" if unnamed_in else name


class _End:
    """One of the two things that judgements are about: the tables that hold what it is called."""

    def __init__(self, place: int) -> None:
        self.ids = {kind: columns[place] for kind, columns in ENDS.items()}
        self.event, self.actor, self.scope = event.alias(), actor.alias(), event.alias()
        self.claim, self.claimant, self.told_of = claim.alias(), actor.alias(), event.alias()
        said = self.claim.c
        self.columns = {
            "slug": self.event.c.slug, "title": self.event.c.name, "actor": self.actor.c.name,
            "scope": self.scope.c.slug, "key": said.key, "revision": said.revision, "wording": said.wording,
            "value": said.value, "lower": said.lower, "upper": said.upper, "qualifier": said.qualifier,
            "metric": said.metric, "claimant": func.coalesce(said.claimant_name, self.claimant.c.name),
            "of": self.told_of.c.slug,
        }  # fmt: skip

    def join(self, statement: Select[Any], name: str) -> Select[Any]:
        """Add what the thing is called to a statement, in columns that begin with `name`."""
        return (
            statement.add_columns(*(column.label(f"{name}_{each}") for each, column in self.columns.items()))
            .outerjoin(self.event, self.event.c.id == self.ids["event"])
            .outerjoin(self.actor, self.actor.c.id == self.ids["actor"])
            .outerjoin(self.scope, self.scope.c.key == self.actor.c.event_key)
            .outerjoin(self.claim, self.claim.c.id == self.ids["claim"])
            .outerjoin(self.claimant, self.claimant.c.id == self.claim.c.claimant_id)
            .outerjoin(self.told_of, self.told_of.c.id == self.claim.c.event_id)
        )

    def called(self, row: RowMapping, name: str) -> tuple[str | None, str | None]:
        """Return how commands take the thing, and what people call it; a flag has no other thing."""
        said = {each: row[f"{name}_{each}"] for each in self.columns}
        if said["slug"] is not None:
            return said["slug"], said["title"]
        if said["actor"] is not None:
            return spoken_actor(said["actor"], said["scope"]), said["actor"]
        if said["key"] is None:
            return None, None
        return spoken_key(said["key"], said["revision"]), f"{said['claimant']}: {_figure(said)}, {said['of']}"


_ONE, _OTHER = _End(0), _End(1)


def _select() -> Select[Any]:
    held = judgement.c
    of_it = (held.verdict, held.judged_by, held.reason, held.judged_at, held.undone_at, held.undone_by)
    told = select(held.id, *of_it, held.event_id)
    own = told.add_columns(held.actor_id).select_from(judgement)
    return _OTHER.join(_ONE.join(own, "one"), "other")


def _row(row: RowMapping) -> JudgementRow:
    (one, one_name), (other, other_name) = _ONE.called(row, "one"), _OTHER.called(row, "other")
    kind = "event" if row["event_id"] is not None else "actor" if row["actor_id"] is not None else "claim"
    return JudgementRow(
        id=row["id"], verdict=row["verdict"], kind=kind, one=one or "", other=other, who=row["judged_by"],
        why=row["reason"], judged_at=row["judged_at"], undone_at=row["undone_at"],
        undone_by=row["undone_by"], one_name=one_name or "",
        other_name=other_name,
    )  # fmt: skip


def _figure(said: dict[str, Any]) -> str:
    """Return what a claim states: its own words, else its value or its bounds."""
    if said["wording"] or said["value"]:
        return f'"{said["wording"] or said["value"]}"'
    if said["qualifier"] is None:
        return "a claim"
    bounds = speak_quantity(said["lower"], said["upper"], Qualifier(said["qualifier"]))
    return f"{bounds} {said['metric']}"
