"""Tables of what happened: events, who fought in them, and the order of what took place."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, String, Table, Text, UniqueConstraint

from conflictdb.domain.vocabulary import DatePrecision, EventType, Role
from conflictdb.store.tables.base import identity, metadata, refers, vocabulary, withdrawal, written_by_run

event = Table(
    "event",
    metadata,
    identity(),
    Column("key", String(12), nullable=False, unique=True),
    Column("slug", String, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("type", String, nullable=False),
    Column("subtype", Text),
    refers("conflict_id", "conflict", index=True),
    refers("place_id", "place", index=True),
    Column("date", String),
    Column("date_precision", String),
    Column("first_day", Integer, index=True),
    Column("last_day", Integer),
    Column("start_time", String(6)),
    Column("end_time", String(6)),
    Column("time_zone", String),
    Column("summary", Text),
    refers("claimant_id", "actor"),
    refers("source_id", "source"),
    written_by_run(),
    vocabulary("type", EventType),
    vocabulary("date_precision", DatePrecision, required=False),
    CheckConstraint("first_day <= last_day", name="first_day_before_last"),
)

timeline_entry = Table(
    "timeline_entry",
    metadata,
    identity(),
    refers("event_id", "event", required=True, index=True),
    Column("key", String(12), nullable=False),
    Column("date", String, nullable=False),
    Column("first_day", Integer),
    Column("last_day", Integer),
    Column("time", String(6)),
    Column("text", Text, nullable=False),
    refers("source_id", "source", required=True),
    Column("locator", Text),
    written_by_run(),
    *withdrawal(),
    CheckConstraint("first_day <= last_day", name="first_day_before_last"),
)

combatant = Table(
    "combatant",
    metadata,
    identity(),
    refers("event_id", "event", required=True),
    refers("actor_id", "actor", required=True, index=True),
    Column("side", Integer, nullable=False),
    Column("role", String, nullable=False),
    Column("unit", Text),
    written_by_run(),
    vocabulary("role", Role),
    CheckConstraint("side >= 1", name="side_counts_from_1"),
    UniqueConstraint("event_id", "actor_id"),
    UniqueConstraint("event_id", "id"),
)
