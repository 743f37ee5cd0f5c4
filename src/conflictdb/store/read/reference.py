"""Read what events refer to: sources, conflicts, people, actors, and the import runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, ScalarSelect, Table, and_, distinct, func, or_, select

from conflictdb.domain.rows import ActorRow, AliasRow, ConflictRow, PersonRow, RelationRow, RunRow
from conflictdb.domain.vocabulary import RelationKind
from conflictdb.store.read.names import holds_words
from conflictdb.store.read.standing import told_of
from conflictdb.store.tables import (
    actor,
    actor_alias,
    actor_relation,
    claim,
    combatant,
    conflict,
    event,
    import_run,
    person,
    person_alias,
    source,
)


def read_conflicts(connection: Connection) -> Iterator[ConflictRow]:
    """Stream conflicts by name, with the span of their events."""
    parent = conflict.alias("parent")
    statement = (
        select(conflict.c.name, parent.c.name, func.count(event.c.id), _date_of("first_day"), _date_of("last_day"))
        .outerjoin(parent, parent.c.id == conflict.c.parent_id)
        .outerjoin(event, and_(event.c.conflict_id == conflict.c.id, told_of()))
        .group_by(conflict.c.id, conflict.c.name, parent.c.name)
        .order_by(conflict.c.name, conflict.c.id)
    )
    for row in connection.execute(statement):
        yield ConflictRow(*row)


def _date_of(end: str) -> ScalarSelect[str]:
    """Select the date of a conflict's first or last event by its days, since the text of a date has no order."""
    within = event.alias("within")
    day = within.c[end]
    dated = select(within.c.date).where(within.c.conflict_id == conflict.c.id, day.is_not(None), told_of(within))
    ordered = dated.order_by(day.asc() if end == "first_day" else day.desc(), within.c.id)
    return ordered.limit(1).correlate(conflict).scalar_subquery()


def read_people(connection: Connection, words: str = "") -> Iterator[PersonRow]:
    """Stream commanders by name; `words` are of any of their names."""
    chosen = select(person)
    if words:
        named = select(person_alias.c.person_id).where(holds_words(person_alias.c.folded, words))
        chosen = chosen.where(person.c.id.in_(named))
    rows = connection.execute(chosen.order_by(person.c.name, person.c.id)).all()
    aliases = _aliases(connection, person_alias, "person_id", [row.id for row in rows])
    led: dict[int, list[str]] = defaultdict(list)
    counts: dict[int, int] = defaultdict(int)
    claims = (
        select(claim.c.person_id, event.c.slug, func.count())
        .join(event, event.c.id == claim.c.event_id)
        .where(claim.c.person_id.is_not(None), claim.c.withdrawn_on.is_(None))
        .group_by(claim.c.person_id, event.c.slug)
        .order_by(event.c.slug)
    )
    for person_id, slug, count in connection.execute(claims):
        led[person_id].append(slug)
        counts[person_id] += count
    for row in rows:
        names = tuple(each.name for each in aliases[row.id] if each.name != row.name)
        yield PersonRow(row.name, names, row.description, tuple(led[row.id]), counts[row.id])


def read_actors(connection: Connection, words: str = "", ids: Iterable[int] | None = None) -> Iterator[ActorRow]:
    """Stream actors by name; `words` are of any of their names or their kind."""
    fight = event.alias("fight")
    fought = select(func.count(distinct(fight.c.id))).join(combatant, combatant.c.event_id == fight.c.id)
    fought = fought.where(combatant.c.actor_id == actor.c.id, told_of(fight)).correlate(actor)
    said = select(func.count()).where(claim.c.claimant_id == actor.c.id, claim.c.withdrawn_on.is_(None))
    statement = select(
        actor, event.c.slug, fought.scalar_subquery().label("events"), said.scalar_subquery().label("claims")
    ).outerjoin(event, event.c.key == actor.c.event_key)
    if ids is not None:
        statement = statement.where(actor.c.id.in_(list(ids)))
    elif words:
        named = select(actor_alias.c.actor_id).where(holds_words(actor_alias.c.folded, words))
        statement = statement.where(or_(actor.c.id.in_(named), actor.c.kind == words.lower().replace(" ", "_")))
    rows = connection.execute(statement.order_by(actor.c.name, actor.c.id)).all()
    aliases = _aliases(connection, actor_alias, "actor_id", [row.id for row in rows])
    parents = _parents(connection)
    for row in rows:
        names = tuple(each.name for each in aliases[row.id] if each.name != row.name)
        yield ActorRow(row.name, row.kind, row.country, parents[row.id], names, row.slug, row.events, row.claims)


def read_aliases(connection: Connection, actor_id: int) -> tuple[AliasRow, ...]:
    """Read all names of an actor, with their languages and sources."""
    return tuple(_aliases(connection, actor_alias, "actor_id", [actor_id])[actor_id])


def read_relations(connection: Connection, actor_id: int) -> tuple[RelationRow, ...]:
    """Read how an actor is related to others, in both directions."""
    rows: list[RelationRow] = []
    child, parent = actor_relation.c.actor_id, actor_relation.c.other_id
    for direction, mine, theirs in (("to", child, parent), ("from", parent, child)):
        statement = (
            select(actor_relation.c.kind, actor.c.name, actor_relation.c.since, actor_relation.c.until)
            .join(actor, actor.c.id == theirs)
            .where(mine == actor_id)
            .order_by(actor_relation.c.kind, actor.c.name, actor_relation.c.id)
        )
        for kind, name, since, until in connection.execute(statement):
            rows.append(RelationRow(kind, direction, name, since or None, until or None))
    return tuple(rows)


def read_runs(connection: Connection) -> Iterator[RunRow]:
    """Stream the import runs, the newest first."""
    run = import_run.c
    statement = select(
        run.id, run.file, run.importer, run.importer_version, run.sha256, run.started_at, run.finished_at, run.counts,
        run.undone_on,
    )  # fmt: skip
    for row in connection.execute(statement.order_by(run.id.desc())):
        yield RunRow(*row)


def _aliases(connection: Connection, table: Table, column: str, ids: list[int]) -> dict[int, list[AliasRow]]:
    statement = (
        select(table.c[column], table.c.name, table.c.language, source.c.slug)
        .outerjoin(source, source.c.id == table.c.source_id)
        .where(table.c[column].in_(ids))
        .order_by(table.c.id)
    )
    found: dict[int, list[AliasRow]] = defaultdict(list)
    for row_id, name, language, slug in connection.execute(statement):
        found[row_id].append(AliasRow(name, language, slug))
    return found


def _parents(connection: Connection) -> dict[int, tuple[str, ...]]:
    statement = (
        select(actor_relation.c.actor_id, actor.c.name)
        .join(actor, actor.c.id == actor_relation.c.other_id)
        .where(actor_relation.c.kind == RelationKind.PART_OF)
        .order_by(actor_relation.c.id)
    )
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for child, name in connection.execute(statement):
        found[child] += (name,)
    return found
