"""What names in a query stand for: exact aliases first, else those that hold the words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, literal, select

from conflictdb.domain.folding import fold
from conflictdb.domain.stake import UPWARD
from conflictdb.store.tables import actor, actor_alias, actor_relation, conflict, external_id, person_alias, place


def holds_words(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Return the condition that a folded column holds these words, whole and in this order."""
    return (literal(" ").concat(column).concat(literal(" "))).like(f"% {fold(words)} %")


def spellings(connection: Connection, column: ColumnElement[str | None], words: str) -> list[str]:
    """Return the values of a column that are these words once folded, else those that hold them, whole and in order."""
    known = [value for value in connection.scalars(select(column).distinct().where(column.is_not(None))) if value]
    wanted = fold(words)
    exact = [value for value in known if fold(value) == wanted]
    return exact or [value for value in known if f" {wanted} " in f" {fold(value)} "]


def country_codes(connection: Connection, names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the ISO 3166 codes that names or codes of countries stand for, and the names as places spell them."""
    from iso3166 import countries  # only queries about countries pay for its tables

    codes: list[str] = []
    spelt: list[str] = []
    for name in names:
        found = countries.get(name, None)
        codes += [found.alpha3] if found else []
        spelt += spellings(connection, place.c.country_name, name) if found is None else []
    same = select(place.c.country).distinct().where(place.c.country_name.in_(spelt), place.c.country.is_not(None))
    return [*codes, *filter(None, connection.scalars(same))], spelt


def actor_ids(connection: Connection, names: Iterable[str]) -> list[int]:
    """Return the actors of these names: those that are called exactly so, else those whose names hold the words."""
    return [each for name in names for each in _by_alias(connection, actor_alias, "actor_id", name)]


def person_ids(connection: Connection, names: Iterable[str]) -> list[int]:
    """Return the people of these names."""
    return [each for name in names for each in _by_alias(connection, person_alias, "person_id", name)]


def conflict_ids(connection: Connection, names: Iterable[str]) -> list[int]:
    """Return the conflicts of these names."""
    found: list[int] = []
    for name in names:
        exact = list(connection.scalars(select(conflict.c.id).where(conflict.c.folded == fold(name))))
        exact = exact or _numbered(connection, external_id.c.conflict_id, name)
        found += exact or connection.scalars(select(conflict.c.id).where(holds_words(conflict.c.folded, name)))
    return found


def with_members(ids: list[int]) -> Select[tuple[int]]:
    """Select the ids of these actors and of all that belongs to them, however far down."""
    tree = select(actor.c.id).where(actor.c.id.in_(ids)).cte(recursive=True)
    below = select(actor_relation.c.actor_id).where(
        actor_relation.c.other_id == tree.c.id, actor_relation.c.kind.in_(UPWARD)
    )
    return select(tree.union(below).c.id)


def with_parts(ids: list[int]) -> Select[tuple[int]]:
    """Select the ids of these conflicts and of all that are nested in them."""
    start = select(conflict.c.id).where(conflict.c.id.in_(ids)).cte(recursive=True)
    return select(start.union(select(conflict.c.id).where(conflict.c.parent_id == start.c.id)).c.id)


def _numbered(connection: Connection, owner: ColumnElement[Any], native_id: str) -> list[int]:
    """Return what a dataset's own id stands for, "ucdp-actor:72"."""
    scheme, colon, number = native_id.partition(":")
    held = select(owner).where(external_id.c.scheme == scheme.lower(), external_id.c.native_id == number)
    return list(connection.scalars(held.where(owner.is_not(None)))) if colon else []


def _by_alias(connection: Connection, table: Table, column: str, name: str) -> list[int]:
    exact = select(table.c[column]).where(table.c.folded == fold(name)).distinct().order_by(table.c[column])
    found = list(connection.scalars(exact)) or _numbered(connection, external_id.c[column], name)
    if found:
        return found
    holding = select(table.c[column]).where(holds_words(table.c.folded, name)).distinct().order_by(table.c[column])
    return list(connection.scalars(holding))
