"""Read claims: with their links as keys, their standing, and the stake of who made them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, case, func, literal, or_, select

from conflictdb.domain.keys import spoken_key
from conflictdb.domain.rows import ClaimRow
from conflictdb.domain.stake import Battlefield, Lineage, Speaker
from conflictdb.domain.vocabulary import ActorKind, ClaimKind, LinkKind, Metric
from conflictdb.store.read.lineage import read_battlefields, read_lineage
from conflictdb.store.tables import actor, claim, claim_link, combatant, event, person, place, source

CHUNK = 1000
"""Claims that are read and linked at a time: memory does not grow with the answer."""

_fighter = actor.alias("fighter")
_whole = claim.alias("whole")
_OWN = [column for column in claim.c if column.name not in ("part_of_id", "side")]
_BACKWARD = {
    LinkKind.SUPERSEDES: "superseded_by",
    LinkKind.CORRECTS: "corrected_by",
    LinkKind.CORROBORATES: "corroborated_by",
    LinkKind.REPEATS: "repeated_by",
    LinkKind.CONTRADICTS: "contradicted_by",
    LinkKind.RETRACTS: "retracted_by",
}
_SETS_ASIDE = (("corrected_by", "corrected"), ("retracted_by", "retracted"), ("superseded_by", "superseded"))
_LINKS = (*_BACKWARD, LinkKind.DERIVED_FROM, *_BACKWARD.values())
_METRIC_ORDER = {metric: number for number, metric in enumerate(Metric)}


def select_claims(*conditions: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """Select claims with the names of all they refer to; filter further on `claim` and `event`, order by `place`."""
    return (
        select(
            *_OWN,
            func.coalesce(combatant.c.side, claim.c.side).label("subject_side"),
            event.c.slug, event.c.name.label("event_name"), event.c.first_day, event.c.last_day,
            actor.c.name.label("claimant"), actor.c.kind.label("claimant_kind"), actor.c.unnamed, actor.c.independent,
            source.c.slug.label("source"), source.c.title.label("source_title"),
            _fighter.c.name.label("fighter"), person.c.name.label("person"),
            _whole.c.key.label("whole_key"), _whole.c.revision.label("whole_revision"),
        )
        .join(event, event.c.id == claim.c.event_id)
        .join(actor, actor.c.id == claim.c.claimant_id)
        .join(source, source.c.id == claim.c.source_id)
        .outerjoin(combatant, combatant.c.id == claim.c.combatant_id)
        .outerjoin(_fighter, _fighter.c.id == combatant.c.actor_id)
        .outerjoin(person, person.c.id == claim.c.person_id)
        .outerjoin(_whole, _whole.c.id == claim.c.part_of_id)
        .outerjoin(place, place.c.id == event.c.place_id)
        .where(*conditions)
    )  # fmt: skip


def ledger_order() -> tuple[ColumnElement[Any], ...]:
    """Return the order of a ledger: event by event, side by side, metric by metric, then as stated."""
    metric = case(_METRIC_ORDER, value=claim.c.metric, else_=literal(len(_METRIC_ORDER)))
    return (
        event.c.first_day.is_(None), event.c.first_day, event.c.id,
        func.coalesce(combatant.c.side, claim.c.side, literal(99)), metric,
        func.coalesce(claim.c.stated_last_day, literal(10**9)), claim.c.id,
    )  # fmt: skip


def group_order(group: str) -> tuple[ColumnElement[Any], ...]:
    """Return the order that brings claims of one "source" (who stated them) or "document" together."""
    return {
        "source": (actor.c.name, actor.c.id, func.coalesce(claim.c.claimant_name, "")),
        "document": (source.c.title, source.c.id),
    }.get(group, ())


def read_ledger(
    connection: Connection, *conditions: ColumnElement[bool], orders: Iterable[ColumnElement[Any]] = ()
) -> Iterator[ClaimRow]:
    """Stream the claims that meet all conditions, in the order of a ledger within `orders`."""
    return read_claims(connection, select_claims(*conditions).order_by(*orders, *ledger_order()))


def read_claims(connection: Connection, statement: Select[tuple[object, ...]]) -> Iterator[ClaimRow]:
    """Stream the claims of a `select_claims` statement as rows."""
    lineage: Lineage | None = None
    with connection.execute(statement.execution_options(yield_per=CHUNK)) as result:
        for rows in result.mappings().partitions(CHUNK):
            lineage = lineage or read_lineage(connection)
            yield from _finish(connection, rows, lineage)


def _finish(connection: Connection, rows: Sequence[RowMapping], lineage: Lineage) -> Iterator[ClaimRow]:
    links = _read_links(connection, [row["id"] for row in rows])
    fields = read_battlefields(connection, {row["event_id"] for row in rows}, lineage)
    for row in rows:
        yield _row(row, links[row["id"]], fields[row["event_id"]])


def _read_links(connection: Connection, ids: Iterable[int]) -> dict[int, dict[str, tuple[str, ...]]]:
    """Return for each claim its links by name, as the keys of the claims at their other ends."""
    ids = list(ids)
    origin, target = claim.alias("origin"), claim.alias("target")
    statement = (
        select(
            claim_link.c.kind, claim_link.c.from_claim_id, claim_link.c.to_claim_id, origin.c.key, origin.c.revision,
            target.c.key.label("target_key"), target.c.revision.label("target_revision"),
        )
        .join(origin, origin.c.id == claim_link.c.from_claim_id)
        .join(target, target.c.id == claim_link.c.to_claim_id)
        .where(
            claim_link.c.withdrawn_on.is_(None),
            or_(claim_link.c.from_claim_id.in_(ids), claim_link.c.to_claim_id.in_(ids)),
        )
        .order_by(claim_link.c.id)
    )  # fmt: skip
    links: dict[int, dict[str, tuple[str, ...]]] = defaultdict(lambda: dict.fromkeys(_LINKS, ()))
    for link in connection.execute(statement):
        links[link.from_claim_id][link.kind] += (spoken_key(link.target_key, link.target_revision),)
        if link.kind in _BACKWARD:
            links[link.to_claim_id][_BACKWARD[link.kind]] += (spoken_key(link.key, link.revision),)
    return links


def _row(row: RowMapping, links: dict[str, tuple[str, ...]], field: Battlefield) -> ClaimRow:
    side = row["subject_side"]
    stake = row["stake_override"]
    if stake is None:
        speaker = Speaker(row["claimant_id"], row["claimant_kind"], row["unnamed"], row["independent"])
        stake = field.stake(speaker, side)
    set_aside = next((word for link, word in _SETS_ASIDE if links[link]), "standing")
    figure = row["kind"] in (ClaimKind.CASUALTY, ClaimKind.STRENGTH)
    return ClaimRow(
        key=spoken_key(row["key"], row["revision"]),
        event=row["slug"], event_name=row["event_name"], kind=row["kind"],
        basis="estimate" if row["claimant_kind"] == ActorKind.RECORDER else "claim",
        subject=_subject(row), subject_kind=row["subject_kind"] if figure else None, side=side, group=row["group"],
        metric=row["metric"], item=row["item"], fate=row["fate"], lower=row["lower"], upper=row["upper"],
        best=row["best"], qualifier=row["qualifier"], wording=row["wording"],
        wording_language=row["wording_language"], translation=row["translation"],
        claimant=row["claimant_name"] or row["claimant"], claimant_kind=row["claimant_kind"], stake=stake,
        claimant_actor=row["claimant"], stake_reason=row["stake_reason"], stated_on=row["stated_on"],
        stated_last_day=row["stated_last_day"], status=row["status"],
        reliability=row["reliability"], credibility=row["credibility"], source=row["source"],
        source_title=row["source_title"], locator=row["locator"], note=row["note"],
        part_of=spoken_key(row["whole_key"], row["whole_revision"]) if row["whole_key"] else None,
        native_id=row["native_id"], supersedes_by_date=row["supersedes_by_date"],
        person=row["person"], rank=row["rank"], attribute=row["attribute"], value=row["value"],
        standing="withdrawn" if row["withdrawn_on"] else set_aside,
        withdrawn_on=row["withdrawn_on"], recorded_at=row["recorded_at"], import_run=row["import_run_id"],
        **{str(name): links[name] for name in _LINKS},
    )  # fmt: skip


def _subject(row: RowMapping) -> str | None:
    if row["fighter"]:
        return str(row["fighter"])
    if row["subject_kind"] == "side":
        return f"side {row['subject_side']}"
    return row["subject_kind"]  # type: ignore[no-any-return]
