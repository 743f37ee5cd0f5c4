"""Read claims: with their links as keys, their standing, and the stake of who made them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    true,
)

from conflictdb.domain.keys import spoken_key
from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.policies.evidence import ENDINGS
from conflictdb.domain.rows import ClaimRow
from conflictdb.domain.stake import Battlefield, Speaker
from conflictdb.domain.vocabulary import ActorKind, ClaimKind, LinkKind, Metric
from conflictdb.store.read.judged import Judged
from conflictdb.store.read.known import ever_stated, is_any_undone, stated_by
from conflictdb.store.read.lineage import read_battlefields
from conflictdb.store.read.speakers import Speakers, read_speakers
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
_ORIGINS = (LinkKind.REPEATS, LinkKind.DERIVED_FROM)
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
            source.c.slug.label("source"), source.c.title.label("source_title"), source.c.published_last_day,
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
    connection: Connection,
    *conditions: ColumnElement[bool],
    orders: Iterable[ColumnElement[Any]] = (),
    knowledge: Knowledge | None = None,
) -> Iterator[ClaimRow]:
    """Stream the claims that meet all conditions, in the order of a ledger within `orders`; see `read_claims`."""
    statement = select_claims(*conditions).order_by(*orders, *ledger_order())
    return read_claims(connection, statement, knowledge)


def read_claims(
    connection: Connection, statement: Select[tuple[object, ...]], knowledge: Knowledge | None = None
) -> Iterator[ClaimRow]:
    """Stream the claims of a `select_claims` statement as rows.

    With `knowledge`, only what had been stated by then, as it stood then: what ended a claim later did not yet.
    """
    speakers: Speakers | None = None
    if knowledge is not None:
        statement = statement.where(stated_by(claim, knowledge))
    with connection.execute(statement.execution_options(yield_per=CHUNK)) as result:
        for rows in result.mappings().partitions(CHUNK):
            speakers = speakers or read_speakers(connection)
            yield from _finish(connection, rows, speakers, knowledge)


def _finish(
    connection: Connection, rows: Sequence[RowMapping], speakers: Speakers, knowledge: Knowledge | None
) -> Iterator[ClaimRow]:
    links = read_links(connection, [row["id"] for row in rows], knowledge)
    same = read_same(connection, [row["id"] for row in rows], speakers.judged)
    fields = read_battlefields(connection, {row["event_id"] for row in rows}, speakers.lineage)
    speakers.learn(connection, {(row["claimant_id"], fields[row["event_id"]]) for row in rows})
    for row in rows:
        words = links[row["id"]] | {"same_as": same.get(row["id"], ())}
        yield _row(row, words, fields[row["event_id"]], speakers, knowledge)


def read_same(connection: Connection, ids: Iterable[int], judged: Judged) -> dict[int, tuple[str, ...]]:
    """Return for each claim the keys of those that were judged the same statement."""
    others = {each: judged.claims[each] for each in ids if each in judged.claims}
    wanted = {other for found in others.values() for other in found}
    columns = claim.c.id, claim.c.key, claim.c.revision
    rows = connection.execute(select(*columns).where(claim.c.id.in_(wanted))) if wanted else ()
    keys = {claim_id: spoken_key(key, revision) for claim_id, key, revision in rows}
    return {each: tuple(keys[other] for other in found) for each, found in others.items()}


def read_links(
    connection: Connection, ids: Iterable[int], knowledge: Knowledge | None
) -> dict[int, dict[str, tuple[str, ...]]]:
    """Return for each claim its links by name, as the keys of the claims at their other ends.

    Links of undone imports are none. As of a day both ends had been stated, but for what a claim comes from: copies of
    one claim are copies of it whether it is known or not.
    """
    ids = list(ids)
    links: dict[int, dict[str, tuple[str, ...]]] = defaultdict(lambda: dict.fromkeys(_LINKS, ()))
    mine, back = claim_link.c.from_claim_id.in_(ids), claim_link.c.to_claim_id.in_(ids)
    unknown: list[tuple[int, int, str]] = []
    select_links = _select_links(knowledge, undone=is_any_undone(connection))
    for link in connection.execute(select_links.where(or_(mine, back))):
        comes_from = link.kind in _ORIGINS
        if link.told or comes_from:
            links[link.from_claim_id][link.kind] += (spoken_key(link.target_key, link.target_revision),)
        if link.told and link.kind in _BACKWARD:
            links[link.to_claim_id][_BACKWARD[link.kind]] += (spoken_key(link.key, link.revision),)
        if comes_from and not link.told:
            unknown.append((link.to_claim_id, link.from_claim_id, link.kind))
    _follow(connection, unknown, links, select_links)
    return links


def _select_links(knowledge: Knowledge | None, *, undone: bool) -> Select[Any]:
    """Select links with the keys of both ends; `told`: both had been stated by then. `undone`: imports were undone."""
    origin, target = claim.alias("origin"), claim.alias("target")
    stated = [ever_stated(origin), ever_stated(target)] if undone else []
    told = true() if knowledge is None else and_(stated_by(origin, knowledge), stated_by(target, knowledge))
    return (
        select(
            claim_link.c.kind, claim_link.c.from_claim_id, claim_link.c.to_claim_id, origin.c.key, origin.c.revision,
            target.c.key.label("target_key"), target.c.revision.label("target_revision"),
            func.coalesce(told, false()).label("told"),
        )
        .join(origin, origin.c.id == claim_link.c.from_claim_id)
        .join(target, target.c.id == claim_link.c.to_claim_id)
        .where(claim_link.c.withdrawn_on.is_(None), *stated)
        .order_by(claim_link.c.id)
    )  # fmt: skip


def _follow(
    connection: Connection, unknown: Iterable[tuple[int, int, str]], links: dict[int, dict[str, tuple[str, ...]]],
    select_links: Select[Any],
) -> None:  # fmt: skip
    """Let what comes from a claim that is not known yet come from what that one comes from.

    `unknown` are the ids of such claims, each with one that comes from it, and how.
    """
    left, seen = set(unknown), set(unknown)
    while left:
        behind: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for unknown_id, claim_id, kind in left:
            behind[unknown_id].append((claim_id, kind))
        left = set()
        from_these = claim_link.c.from_claim_id.in_(list(behind)), claim_link.c.kind.in_(_ORIGINS)
        for link in connection.execute(select_links.where(*from_these)):
            for claim_id, kind in behind[link.from_claim_id]:
                how = link.kind if kind == LinkKind.REPEATS else kind  # a copy of what derives is derived
                links[claim_id][how] += (spoken_key(link.target_key, link.target_revision),)
                if not link.told:
                    left.add((link.to_claim_id, claim_id, how))
        left -= seen
        seen |= left


def _row(
    row: RowMapping, links: dict[str, tuple[str, ...]], field: Battlefield, speakers: Speakers,
    knowledge: Knowledge | None,
) -> ClaimRow:  # fmt: skip
    side, claimant_id = row["subject_side"], row["claimant_id"]
    withdrawn_on = row["withdrawn_on"]
    if knowledge is not None and withdrawn_on is not None and withdrawn_on > knowledge.iso:
        withdrawn_on = None
    stake = row["stake_override"]
    if stake is None:
        speaker = Speaker(row["claimant_id"], row["claimant_kind"], row["unnamed"], row["independent"])
        stake = field.stake(speaker, side)
    set_aside = next((word for link, word in ENDINGS.items() if links[link]), "standing")
    figure = row["kind"] in (ClaimKind.CASUALTY, ClaimKind.STRENGTH)
    return ClaimRow(
        key=spoken_key(row["key"], row["revision"]),
        event=row["slug"], event_name=row["event_name"], kind=row["kind"],
        basis="estimate" if row["claimant_kind"] == ActorKind.RECORDER else "claim",
        subject=_subject(row), subject_kind=row["subject_kind"] if figure else None, side=side, group=row["group"],
        metric=row["metric"], item=row["item"], fate=row["fate"], lower=row["lower"], upper=row["upper"],
        best=row["best"], qualifier=row["qualifier"], wording=row["wording"],
        wording_language=row["wording_language"], translation=row["translation"],
        claimant=row["claimant_name"] or row["claimant"], claimant_kind=row["claimant_kind"],
        claimant_key=speakers.key(claimant_id), claimant_above=speakers.above(claimant_id, field),
        attacker=field.attacked(claimant_id), stake=stake,
        claimant_actor=row["claimant"], stake_reason=row["stake_reason"], stated_on=row["stated_on"],
        stated_last_day=row["stated_last_day"], known_last_day=_known_day(row), status=row["status"],
        reliability=row["reliability"], credibility=row["credibility"], source=row["source"],
        source_title=row["source_title"], locator=row["locator"], note=row["note"],
        part_of=spoken_key(row["whole_key"], row["whole_revision"]) if row["whole_key"] else None,
        native_id=row["native_id"], supersedes_by_date=row["supersedes_by_date"],
        person=row["person"], rank=row["rank"], attribute=row["attribute"], value=row["value"],
        standing="withdrawn" if withdrawn_on else set_aside, unreasonable=speakers.judged.unreasonable.get(row["id"]),
        withdrawn_on=withdrawn_on, recorded_at=row["recorded_at"], import_run=row["import_run_id"],
        same_as=links["same_as"], **{str(name): links[name] for name in _LINKS},
    )  # fmt: skip


def _known_day(row: RowMapping) -> int | None:
    day = row["stated_last_day"] if row["stated_last_day"] is not None else row["published_last_day"]
    return None if day is None else int(day)


def _subject(row: RowMapping) -> str | None:
    if row["fighter"]:
        return str(row["fighter"])
    if row["subject_kind"] == "side":
        return f"side {row['subject_side']}"
    return row["subject_kind"]  # type: ignore[no-any-return]
