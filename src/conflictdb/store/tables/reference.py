"""Tables of what events refer to: conflicts, places, actors, people, sources, and the runs that wrote every row."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from conflictdb.domain.vocabulary import ActorKind, PlacePrecision, RelationKind, Verdict
from conflictdb.store.tables.base import identity, metadata, refers, vocabulary, withdrawal, written_by_run

dataset = Table(
    "dataset",
    metadata,
    identity(),
    Column("name", String, nullable=False),
    Column("release", String, nullable=False, default="", server_default=""),
    Column("title", Text),
    Column("released_on", String),
    Column("released_last_day", Integer),
    Column("licence", Text),
    Column("citation", Text),
    Column("url", Text),
    UniqueConstraint("name", "release"),
)

import_run = Table(
    "import_run",
    metadata,
    identity(),
    refers("dataset_id", "dataset"),
    Column("file", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("importer", String, nullable=False),
    Column("importer_version", String, nullable=False),
    Column("program_version", String, nullable=False),
    Column("started_at", String(20), nullable=False),
    Column("finished_at", String(20)),
    Column("counts", JSON, nullable=False),
    Column("undone_on", String(10)),
    Column("complete", Boolean, nullable=False, default=False, server_default=false()),
    Column("read_as", Text),
)

source = Table(
    "source",
    metadata,
    identity(),
    Column("slug", String, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("publisher", Text),
    Column("author", Text),
    Column("url", Text, index=True),
    Column("archive_url", Text),
    Column("archive_sha256", String(64)),
    Column("published_on", String),
    Column("published_last_day", Integer),
    Column("retrieved_on", String),
    Column("language", String),
    Column("licence", Text),
    Column("note", Text),
    written_by_run(),
    CheckConstraint("archive_sha256 IS NULL OR length(archive_sha256) = 64", name="archive_sha256_length"),
)

conflict = Table(
    "conflict",
    metadata,
    identity(),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, unique=True),
    refers("parent_id", "conflict"),
    refers("source_id", "source"),
    written_by_run(),
    CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),
)

place = Table(
    "place",
    metadata,
    identity(),
    Column("key", String(12), nullable=False, unique=True),
    Column("name", Text),
    Column("folded", Text, index=True),
    Column("admin1", Text),
    Column("admin2", Text),
    Column("country", String(3), index=True),
    Column("country_name", Text),
    Column("area_folded", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("precision", String),
    refers("source_id", "source"),
    written_by_run(),
    CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude_range"),
    CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude_range"),
    CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="coordinates_together"),
    CheckConstraint("country IS NULL OR length(country) = 3", name="country_alpha3"),
    vocabulary("precision", PlacePrecision, required=False),
)

actor = Table(
    "actor",
    metadata,
    identity(),
    Column("key", String(12), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("country", String(3)),
    Column("unnamed", Boolean, nullable=False, default=False),
    Column("independent", Boolean, nullable=False, default=False),
    Column("description", Text),
    Column("event_key", String(12)),
    refers("source_id", "source"),
    written_by_run(),
    vocabulary("kind", ActorKind),
    CheckConstraint("country IS NULL OR length(country) = 3", name="country_alpha3"),
    CheckConstraint("NOT unnamed OR (event_key IS NOT NULL AND source_id IS NOT NULL)", name="unnamed_has_a_scope"),
)

actor_alias = Table(
    "actor_alias",
    metadata,
    identity(),
    refers("actor_id", "actor", required=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),
    Column("language", String),
    Column("since", String, nullable=False, default="", server_default=""),
    Column("until", String, nullable=False, default="", server_default=""),
    refers("source_id", "source"),
    written_by_run(),
    UniqueConstraint("actor_id", "name"),
)

actor_relation = Table(
    "actor_relation",
    metadata,
    identity(),
    refers("actor_id", "actor", required=True),
    refers("other_id", "actor", required=True, index=True),
    Column("kind", String, nullable=False),
    Column("since", String, nullable=False, default="", server_default=""),
    Column("until", String, nullable=False, default="", server_default=""),
    Column("since_day", Integer),
    Column("until_day", Integer),
    refers("source_id", "source"),
    written_by_run(),
    vocabulary("kind", RelationKind),
    CheckConstraint("actor_id <> other_id", name="not_to_itself"),
    CheckConstraint("since_day <= until_day", name="since_before_until"),
    UniqueConstraint("actor_id", "other_id", "kind", "since"),
)

person = Table(
    "person",
    metadata,
    identity(),
    Column("key", String(12), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("description", Text),
    refers("source_id", "source"),
    written_by_run(),
)

person_alias = Table(
    "person_alias",
    metadata,
    identity(),
    refers("person_id", "person", required=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),
    Column("language", String),
    refers("source_id", "source"),
    written_by_run(),
    UniqueConstraint("person_id", "name"),
)

external_id = Table(
    "external_id",
    metadata,
    identity(),
    Column("scheme", String, nullable=False),
    Column("native_id", Text, nullable=False),
    refers("event_id", "event", index=True),
    refers("actor_id", "actor"),
    refers("conflict_id", "conflict"),
    refers("person_id", "person"),
    Column("digest", BigInteger),
    Column("revision", String, nullable=False, default="", server_default=""),
    refers("seen_run_id", "import_run"),
    written_by_run(),
    *withdrawal(),
    UniqueConstraint("scheme", "native_id"),
    CheckConstraint(
        "(CASE WHEN event_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN actor_id IS NULL THEN 0 ELSE 1 END)"
        " + (CASE WHEN conflict_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN person_id IS NULL THEN 0 ELSE 1 END) = 1",
        name="exactly_one_owner",
    ),
)

original = Table(
    "original",
    metadata,
    identity(),
    refers("external_id_id", "external_id", required=True, index=True),
    Column("digest", BigInteger, nullable=False),
    Column("cells", JSON, nullable=False),
    written_by_run(),
)
"""A dataset's row as it stood in a release: the cells that are not blank, by column."""

former_row = Table(
    "former_row",
    metadata,
    Column("external_id_id", Integer, ForeignKey("external_id.id"), primary_key=True),
    Column("import_run_id", Integer, ForeignKey("import_run.id"), primary_key=True),
    Column("digest", BigInteger),
    Column("revision", String, nullable=False),
    refers("seen_run_id", "import_run"),
    Column("withdrawn_on", String(10)),
    refers("withdrawn_by_id", "import_run"),
)
"""How `external_id` had a dataset's row before a run changed that, where it does not follow from `original`."""

judgement = Table(
    "judgement",
    metadata,
    identity(),
    Column("verdict", String, nullable=False),
    refers("event_id", "event", index=True),
    refers("other_event_id", "event"),
    refers("actor_id", "actor", index=True),
    refers("other_actor_id", "actor"),
    refers("claim_id", "claim", index=True),
    refers("other_claim_id", "claim"),
    Column("judged_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("judged_at", String(20), nullable=False),
    Column("undone_at", String(20)),
    Column("undone_by", Text),
    vocabulary("verdict", Verdict),
    CheckConstraint("undone_by IS NULL OR undone_at IS NOT NULL", name="undone_by_somebody"),
    CheckConstraint(
        "(CASE WHEN event_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN actor_id IS NULL THEN 0 ELSE 1 END)"
        " + (CASE WHEN claim_id IS NULL THEN 0 ELSE 1 END) = 1",
        name="about_one_thing",
    ),
    CheckConstraint(
        "(other_event_id IS NULL OR event_id IS NOT NULL) AND (other_actor_id IS NULL OR actor_id IS NOT NULL)"
        " AND (other_claim_id IS NULL OR claim_id IS NOT NULL)",
        name="pairs_of_one_kind",
    ),
    CheckConstraint(
        "verdict = 'unreasonable' OR other_event_id IS NOT NULL OR other_actor_id IS NOT NULL"
        " OR other_claim_id IS NOT NULL",
        name="sameness_is_of_two",
    ),
)
