"""Rows of what events refer to, of import runs, and of what is known of a database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conflictdb.domain.rows.base import Row
from conflictdb.domain.rows.claims import ClaimRow
from conflictdb.domain.rows.events import EventRow


@dataclass(frozen=True, slots=True)
class ActorRow(Row):
    """An actor in a list."""

    name: str
    kind: str
    country: str | None
    part_of: tuple[str, ...]
    aliases: tuple[str, ...]
    unnamed_in: str | None
    events: int
    claims: int


@dataclass(frozen=True, slots=True)
class RelationRow(Row):
    """How an actor is related to another. `direction` is "to" or "from"."""

    kind: str
    direction: str
    other: str
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class AliasRow(Row):
    """Another name of an actor, and the document that gives it."""

    name: str
    language: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class ActorDetail(Row):
    """An actor whole: its names and lineage, where it fought, what it claimed and what was claimed of it."""

    actor: ActorRow
    description: str | None
    names: tuple[AliasRow, ...]
    relations: tuple[RelationRow, ...]
    native_ids: tuple[str, ...]
    events: tuple[EventRow, ...]
    claimed: tuple[ClaimRow, ...]
    claimed_of: tuple[ClaimRow, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the actor as one dict, its own fields at the top, with nested lists."""
        nested = Row.to_dict(self)
        actor = nested.pop("actor")
        return {**actor, "events_count": actor["events"], **nested}


@dataclass(frozen=True, slots=True)
class PersonRow(Row):
    """A commander in a list, with the events that somebody names them in."""

    name: str
    aliases: tuple[str, ...]
    description: str | None
    events: tuple[str, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class ConflictRow(Row):
    """A conflict in a list."""

    name: str
    part_of: str | None
    events: int
    first_date: str | None
    last_date: str | None


@dataclass(frozen=True, slots=True)
class RunRow(Row):
    """An import run."""

    run: int
    file: str
    importer: str
    importer_version: str
    sha256: str
    started_at: str
    finished_at: str | None
    counts: dict[str, Any]
    undone_on: str | None


@dataclass(frozen=True, slots=True)
class HitRow(Row):
    """Something that a search found: `kind` is event, actor, person, source or conflict."""

    kind: str
    name: str
    title: str
    context: str


@dataclass(frozen=True, slots=True)
class FactRow(Row):
    """Something that is known of a database."""

    what: str
    value: str


@dataclass(frozen=True, slots=True)
class FindingRow(Row):
    """What one check of a database found; `wrong` if it should not be so."""

    check: str
    wrong: bool
    found: str
