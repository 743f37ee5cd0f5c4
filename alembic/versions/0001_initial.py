"""The claims ledger: every table, the search index and the views for people who write SQL."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NOT_STANDING = """EXISTS (
    SELECT 1 FROM claim_link AS link
    WHERE link.to_claim_id = claim.id AND link.kind IN ('supersedes', 'corrects', 'retracts')
      AND link.withdrawn_on IS NULL)"""

VIEWS = {
    "events": """
SELECT event.slug, event.name, event.type, event.subtype, conflict.name AS conflict, place.name AS place,
       place.admin1, place.admin2, place.country, place.country_name, place.latitude, place.longitude,
       event.date, event.start_time, event.end_time, event.time_zone, event.summary,
       event.id AS event_id, event.import_run_id
FROM event
LEFT JOIN conflict ON conflict.id = event.conflict_id
LEFT JOIN place ON place.id = event.place_id""",
    "casualties": f"""
SELECT event.slug AS event, claim.key, claim.revision, claim.kind,
       CASE claim.subject_kind WHEN 'combatant' THEN fighter.name WHEN 'side' THEN 'side ' || claim.side
            ELSE claim.subject_kind END AS subject,
       COALESCE(combatant.side, claim.side) AS side, claim."group" AS subject_group,
       claim.metric, claim.item, claim.fate, claim.lower, claim.upper, claim.best, claim.qualifier, claim.wording,
       COALESCE(claim.claimant_name, claimant.name) AS claimant, claimant.name AS claimant_actor,
       claimant.kind AS claimant_kind, claim.stated_on, claim.status,
       claim.reliability, claim.credibility, source.slug AS source, source.title AS source_title, claim.locator,
       CASE WHEN claim.withdrawn_on IS NOT NULL THEN 'withdrawn' WHEN {NOT_STANDING} THEN 'superseded'
            ELSE 'standing' END AS standing,
       claim.withdrawn_on, claim.recorded_at, claim.import_run_id, claim.id AS claim_id, event.id AS event_id
FROM claim
JOIN event ON event.id = claim.event_id
JOIN actor AS claimant ON claimant.id = claim.claimant_id
JOIN source ON source.id = claim.source_id
LEFT JOIN combatant ON combatant.id = claim.combatant_id
LEFT JOIN actor AS fighter ON fighter.id = combatant.actor_id
WHERE claim.kind IN ('casualty', 'strength')""",
    "commanders": f"""
SELECT event.slug AS event, claim.key, claim.revision, person.name AS commander, claim.rank, claim.fate,
       fighter.name AS combatant, combatant.side, COALESCE(claim.claimant_name, claimant.name) AS claimant, claim.stated_on, claim.wording,
       source.slug AS source, claim.locator,
       CASE WHEN claim.withdrawn_on IS NOT NULL THEN 'withdrawn' WHEN {NOT_STANDING} THEN 'superseded'
            ELSE 'standing' END AS standing,
       claim.import_run_id, claim.id AS claim_id, event.id AS event_id
FROM claim
JOIN event ON event.id = claim.event_id
JOIN person ON person.id = claim.person_id
JOIN combatant ON combatant.id = claim.combatant_id
JOIN actor AS fighter ON fighter.id = combatant.actor_id
JOIN actor AS claimant ON claimant.id = claim.claimant_id
JOIN source ON source.id = claim.source_id
WHERE claim.kind = 'commander'""",
    "attributes": f"""
SELECT event.slug AS event, claim.key, claim.revision, claim.attribute, claim.value,
       COALESCE(claim.claimant_name, claimant.name) AS claimant, claim.stated_on, claim.wording, source.slug AS source, claim.locator,
       CASE WHEN claim.withdrawn_on IS NOT NULL THEN 'withdrawn' WHEN {NOT_STANDING} THEN 'superseded'
            ELSE 'standing' END AS standing,
       claim.import_run_id, claim.id AS claim_id, event.id AS event_id
FROM claim
JOIN event ON event.id = claim.event_id
JOIN actor AS claimant ON claimant.id = claim.claimant_id
JOIN source ON source.id = claim.source_id
WHERE claim.kind = 'attribute'""",
    "links": """
SELECT event.slug AS event, origin.key AS from_key, origin.revision AS from_revision, link.kind,
       target.key AS to_key, target.revision AS to_revision, link.note, link.withdrawn_on, link.import_run_id,
       link.from_claim_id, link.to_claim_id
FROM claim_link AS link
JOIN event ON event.id = link.event_id
JOIN claim AS origin ON origin.id = link.from_claim_id
JOIN claim AS target ON target.id = link.to_claim_id""",
}


def create_search_index():
    if op.get_context().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE search_text USING fts5(body, tokenize = 'unicode61')")
    else:
        op.create_table(
            "search_text",
            sa.Column("rowid", sa.Integer(), primary_key=True, autoincrement=False),
            sa.Column("body", sa.Text(), nullable=False),
        )
        op.execute("CREATE INDEX ix_search_text_body ON search_text USING gin (to_tsvector('simple', body))")


def upgrade():
    """Make all of it."""
    op.create_table(
        "dataset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("release", sa.String(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("released_on", sa.String(), nullable=True),
        sa.Column("released_last_day", sa.Integer(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("citation", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset")),
        sa.UniqueConstraint("name", "release", name=op.f("uq_dataset_name_release")),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=True),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("importer", sa.String(), nullable=False),
        sa.Column("importer_version", sa.String(), nullable=False),
        sa.Column("program_version", sa.String(), nullable=False),
        sa.Column("started_at", sa.String(length=20), nullable=False),
        sa.Column("finished_at", sa.String(length=20), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("undone_on", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(["dataset_id"], ["dataset.id"], name=op.f("fk_import_run_dataset_id_dataset")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("archive_url", sa.Text(), nullable=True),
        sa.Column("archive_sha256", sa.String(length=64), nullable=True),
        sa.Column("published_on", sa.String(), nullable=True),
        sa.Column("published_last_day", sa.Integer(), nullable=True),
        sa.Column("retrieved_on", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "archive_sha256 IS NULL OR length(archive_sha256) = 64", name=op.f("ck_source_archive_sha256_length")
        ),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_run.id"], name=op.f("fk_source_import_run_id_import_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("slug", name=op.f("uq_source_slug")),
    )
    op.create_index(op.f("ix_source_url"), "source", ["url"], unique=False)
    op.create_table(
        "actor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.Column("unnamed", sa.Boolean(), nullable=False),
        sa.Column("independent", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("event_key", sa.String(length=12), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'state' OR kind = 'state_forces' OR kind = 'armed_group' OR kind = 'party' OR kind = 'igo' OR kind = 'ngo' OR kind = 'medium' OR kind = 'civilians' OR kind = 'official' OR kind = 'witness' OR kind = 'recorder' OR kind = 'unknown')",
            name=op.f("ck_actor_kind_known"),
        ),
        sa.CheckConstraint(
            "NOT unnamed OR (event_key IS NOT NULL AND source_id IS NOT NULL)",
            name=op.f("ck_actor_unnamed_has_a_scope"),
        ),
        sa.CheckConstraint("country IS NULL OR length(country) = 3", name=op.f("ck_actor_country_alpha3")),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_run.id"], name=op.f("fk_actor_import_run_id_import_run")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_actor_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sa.UniqueConstraint("key", name=op.f("uq_actor_key")),
    )
    op.create_table(
        "conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_conflict_not_its_own_parent")),
        sa.ForeignKeyConstraint(
            ["import_run_id"], ["import_run.id"], name=op.f("fk_conflict_import_run_id_import_run")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["conflict.id"], name=op.f("fk_conflict_parent_id_conflict")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_conflict_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
        sa.UniqueConstraint("folded", name=op.f("uq_conflict_folded")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_run.id"], name=op.f("fk_person_import_run_id_import_run")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_person_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("key", name=op.f("uq_person_key")),
    )
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("admin2", sa.Text(), nullable=True),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.Column("country_name", sa.Text(), nullable=True),
        sa.Column("area_folded", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("precision", sa.String(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "precision IS NULL OR (precision = 'exact' OR precision = 'near' OR precision = 'admin2' OR precision = 'admin1' OR precision = 'fuzzy' OR precision = 'country' OR precision = 'international')",
            name=op.f("ck_place_precision_known"),
        ),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_place_coordinates_together")),
        sa.CheckConstraint("country IS NULL OR length(country) = 3", name=op.f("ck_place_country_alpha3")),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_place_latitude_range")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_place_longitude_range")),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_run.id"], name=op.f("fk_place_import_run_id_import_run")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_place_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("key", name=op.f("uq_place_key")),
    )
    op.create_index(op.f("ix_place_country"), "place", ["country"], unique=False)
    op.create_index(op.f("ix_place_folded"), "place", ["folded"], unique=False)
    op.create_table(
        "actor_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_actor_alias_actor_id_actor")),
        sa.ForeignKeyConstraint(
            ["import_run_id"], ["import_run.id"], name=op.f("fk_actor_alias_import_run_id_import_run")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_actor_alias_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor_alias")),
        sa.UniqueConstraint("actor_id", "name", name=op.f("uq_actor_alias_actor_id_name")),
    )
    op.create_index(op.f("ix_actor_alias_folded"), "actor_alias", ["folded"], unique=False)
    op.create_table(
        "actor_relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", sa.String(), server_default="", nullable=False),
        sa.Column("until", sa.String(), server_default="", nullable=False),
        sa.Column("since_day", sa.Integer(), nullable=True),
        sa.Column("until_day", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'part_of' OR kind = 'allied_with' OR kind = 'renamed_to' OR kind = 'splinter_of')",
            name=op.f("ck_actor_relation_kind_known"),
        ),
        sa.CheckConstraint("actor_id <> other_id", name=op.f("ck_actor_relation_not_to_itself")),
        sa.CheckConstraint("since_day <= until_day", name=op.f("ck_actor_relation_since_before_until")),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_actor_relation_actor_id_actor")),
        sa.ForeignKeyConstraint(
            ["import_run_id"], ["import_run.id"], name=op.f("fk_actor_relation_import_run_id_import_run")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["actor.id"], name=op.f("fk_actor_relation_other_id_actor")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_actor_relation_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor_relation")),
        sa.UniqueConstraint(
            "actor_id", "other_id", "kind", "since", name=op.f("uq_actor_relation_actor_id_other_id_kind_since")
        ),
    )
    op.create_index(op.f("ix_actor_relation_other_id"), "actor_relation", ["other_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("subtype", sa.Text(), nullable=True),
        sa.Column("conflict_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("date", sa.String(), nullable=True),
        sa.Column("date_precision", sa.String(), nullable=True),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.Column("start_time", sa.String(length=6), nullable=True),
        sa.Column("end_time", sa.String(length=6), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("claimant_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(type = 'battle' OR type = 'explosion' OR type = 'violence_against_civilians' OR type = 'terrorism' OR type = 'riot' OR type = 'protest' OR type = 'strategic' OR type = 'state_based' OR type = 'non_state' OR type = 'one_sided' OR type = 'other')",
            name=op.f("ck_event_type_known"),
        ),
        sa.CheckConstraint(
            "date_precision IS NULL OR (date_precision = 'day' OR date_precision = 'days' OR date_precision = 'week' OR date_precision = 'month' OR date_precision = 'year' OR date_precision = 'decade' OR date_precision = 'century' OR date_precision = 'interval')",
            name=op.f("ck_event_date_precision_known"),
        ),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_event_first_day_before_last")),
        sa.ForeignKeyConstraint(["claimant_id"], ["actor.id"], name=op.f("fk_event_claimant_id_actor")),
        sa.ForeignKeyConstraint(["conflict_id"], ["conflict.id"], name=op.f("fk_event_conflict_id_conflict")),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_run.id"], name=op.f("fk_event_import_run_id_import_run")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_event_place_id_place")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_event_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("key", name=op.f("uq_event_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_slug")),
    )
    op.create_index(op.f("ix_event_conflict_id"), "event", ["conflict_id"], unique=False)
    op.create_index(op.f("ix_event_first_day"), "event", ["first_day"], unique=False)
    op.create_index(op.f("ix_event_place_id"), "event", ["place_id"], unique=False)
    op.create_table(
        "person_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_run_id"], ["import_run.id"], name=op.f("fk_person_alias_import_run_id_import_run")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_alias_person_id_person")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_person_alias_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_alias")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_person_alias_person_id_name")),
    )
    op.create_index(op.f("ix_person_alias_folded"), "person_alias", ["folded"], unique=False)
    op.create_table(
        "combatant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(role = 'attacker' OR role = 'defender' OR role = 'unknown')", name=op.f("ck_combatant_role_known")
        ),
        sa.CheckConstraint("side >= 1", name=op.f("ck_combatant_side_counts_from_1")),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_combatant_actor_id_actor")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_combatant_event_id_event")),
        sa.ForeignKeyConstraint(
            ["import_run_id"], ["import_run.id"], name=op.f("fk_combatant_import_run_id_import_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_combatant")),
        sa.UniqueConstraint("event_id", "actor_id", name=op.f("uq_combatant_event_id_actor_id")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_combatant_event_id_id")),
    )
    op.create_index(op.f("ix_combatant_actor_id"), "combatant", ["actor_id"], unique=False)
    op.create_table(
        "external_id",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("native_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("conflict_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kept", sa.JSON(), nullable=True),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN event_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN actor_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN conflict_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN person_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_external_id_exactly_one_owner"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_external_id_actor_id_actor")),
        sa.ForeignKeyConstraint(["conflict_id"], ["conflict.id"], name=op.f("fk_external_id_conflict_id_conflict")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_external_id_event_id_event")),
        sa.ForeignKeyConstraint(
            ["import_run_id"], ["import_run.id"], name=op.f("fk_external_id_import_run_id_import_run")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_external_id_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_id")),
        sa.UniqueConstraint("scheme", "native_id", name=op.f("uq_external_id_scheme_native_id")),
    )
    op.create_index(op.f("ix_external_id_actor_id"), "external_id", ["actor_id"], unique=False)
    op.create_index(op.f("ix_external_id_conflict_id"), "external_id", ["conflict_id"], unique=False)
    op.create_index(op.f("ix_external_id_event_id"), "external_id", ["event_id"], unique=False)
    op.create_index(op.f("ix_external_id_person_id"), "external_id", ["person_id"], unique=False)
    op.create_table(
        "timeline_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.Column("time", sa.String(length=6), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=True),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.String(length=10), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_on IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_timeline_entry_withdrawal")
        ),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_timeline_entry_first_day_before_last")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_timeline_entry_event_id_event")),
        sa.ForeignKeyConstraint(
            ["import_run_id"], ["import_run.id"], name=op.f("fk_timeline_entry_import_run_id_import_run")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_timeline_entry_source_id_source")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["import_run.id"], name=op.f("fk_timeline_entry_withdrawn_by_id_import_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline_entry")),
    )
    op.create_index(op.f("ix_timeline_entry_event_id"), "timeline_entry", ["event_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("claimant_id", sa.Integer(), nullable=False),
        sa.Column("claimant_name", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=True),
        sa.Column("native_id", sa.Text(), nullable=True),
        sa.Column("stated_on", sa.String(), nullable=True),
        sa.Column("stated_first_day", sa.Integer(), nullable=True),
        sa.Column("stated_last_day", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("reliability", sa.String(length=1), nullable=True),
        sa.Column("credibility", sa.Integer(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=True),
        sa.Column("wording_language", sa.String(), nullable=True),
        sa.Column("translation", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("stake_override", sa.String(), nullable=True),
        sa.Column("stake_reason", sa.Text(), nullable=True),
        sa.Column("supersedes_by_date", sa.Boolean(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=True),
        sa.Column("combatant_id", sa.Integer(), nullable=True),
        sa.Column("side", sa.Integer(), nullable=True),
        sa.Column("group", sa.Text(), nullable=True),
        sa.Column("metric", sa.String(), nullable=True),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("fate", sa.String(), nullable=True),
        sa.Column("lower", sa.BigInteger(), nullable=True),
        sa.Column("upper", sa.BigInteger(), nullable=True),
        sa.Column("best", sa.BigInteger(), nullable=True),
        sa.Column("qualifier", sa.String(), nullable=True),
        sa.Column("part_of_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Text(), nullable=True),
        sa.Column("attribute", sa.String(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.String(length=20), nullable=False),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.String(length=10), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind <> 'casualty' AND kind <> 'strength') OR (subject_kind IS NOT NULL AND qualifier IS NOT NULL AND attribute IS NULL AND person_id IS NULL)",
            name=op.f("ck_claim_figure_has_a_subject"),
        ),
        sa.CheckConstraint(
            "(kind = 'casualty' OR kind = 'strength' OR kind = 'commander' OR kind = 'attribute')",
            name=op.f("ck_claim_kind_known"),
        ),
        sa.CheckConstraint(
            "(metric = 'materiel') = (item IS NOT NULL) OR (metric IS NULL AND item IS NULL)",
            name=op.f("ck_claim_materiel_has_an_item"),
        ),
        sa.CheckConstraint(
            "(side IS NULL AND (subject_kind IS NULL OR subject_kind <> 'side')) OR (subject_kind = 'side' AND side IS NOT NULL AND side >= 1)",
            name=op.f("ck_claim_subject_side"),
        ),
        sa.CheckConstraint(
            "attribute IS NULL OR (attribute = 'result' OR attribute = 'responsibility' OR attribute = 'date' OR attribute = 'place' OR attribute = 'name' OR attribute = 'type' OR attribute = 'subtype' OR attribute = 'conflict' OR attribute = 'start' OR attribute = 'end' OR attribute = 'time_zone' OR attribute = 'summary')",
            name=op.f("ck_claim_attribute_known"),
        ),
        sa.CheckConstraint(
            "fate IS NULL OR (metric IS NOT NULL AND metric = 'materiel' AND (fate = 'destroyed' OR fate = 'captured' OR fate = 'damaged' OR fate = 'lost' OR fate = 'present')) OR (kind = 'commander' AND (fate = 'killed' OR fate = 'wounded' OR fate = 'captured' OR fate = 'missing' OR fate = 'survived'))",
            name=op.f("ck_claim_fate_fits_the_kind"),
        ),
        sa.CheckConstraint(
            "item IS NULL OR (item = 'vehicle' OR item = 'aircraft' OR item = 'vessel' OR item = 'weapon' OR item = 'any')",
            name=op.f("ck_claim_item_known"),
        ),
        sa.CheckConstraint(
            "kind <> 'attribute' OR (attribute IS NOT NULL AND value IS NOT NULL AND person_id IS NULL AND combatant_id IS NULL AND subject_kind IS NULL AND metric IS NULL AND qualifier IS NULL AND lower IS NULL AND upper IS NULL AND best IS NULL AND item IS NULL AND side IS NULL AND part_of_id IS NULL)",
            name=op.f("ck_claim_attribute_has_a_value"),
        ),
        sa.CheckConstraint(
            "kind <> 'casualty' OR ((metric = 'killed' OR metric = 'wounded' OR metric = 'missing' OR metric = 'captured' OR metric = 'deserted' OR metric = 'displaced' OR metric = 'casualties' OR metric = 'materiel') AND metric IS NOT NULL)",
            name=op.f("ck_claim_casualty_has_a_metric"),
        ),
        sa.CheckConstraint(
            "kind <> 'commander' OR (combatant_id IS NOT NULL AND person_id IS NOT NULL AND attribute IS NULL AND subject_kind IS NULL AND metric IS NULL AND qualifier IS NULL AND lower IS NULL AND upper IS NULL AND best IS NULL AND item IS NULL AND side IS NULL AND part_of_id IS NULL)",
            name=op.f("ck_claim_commander_has_a_person"),
        ),
        sa.CheckConstraint(
            "kind <> 'strength' OR ((metric = 'persons' OR metric = 'materiel') AND metric IS NOT NULL)",
            name=op.f("ck_claim_strength_has_a_metric"),
        ),
        sa.CheckConstraint(
            "kind = 'commander' OR kind = 'attribute' OR (subject_kind = 'combatant') = (combatant_id IS NOT NULL)",
            name=op.f("ck_claim_subject_combatant"),
        ),
        sa.CheckConstraint(
            "metric IS NULL OR metric <> 'materiel' OR fate IS NOT NULL", name=op.f("ck_claim_materiel_has_a_fate")
        ),
        sa.CheckConstraint(
            "qualifier IS NULL OR (qualifier = 'exact' AND lower IS NOT NULL AND upper IS NOT NULL AND lower = upper) OR ((qualifier = 'range' OR qualifier = 'approximate') AND lower IS NOT NULL AND upper IS NOT NULL) OR ((qualifier = 'more_than' OR qualifier = 'at_least' OR qualifier = 'open_range') AND lower IS NOT NULL AND upper IS NULL) OR ((qualifier = 'at_most' OR qualifier = 'less_than') AND lower IS NULL AND upper IS NOT NULL) OR (qualifier = 'vague' AND lower IS NULL AND upper IS NULL) OR (qualifier = 'zero_or_unknown' AND lower IS NOT NULL AND upper IS NOT NULL AND lower = 0 AND upper = 0)",
            name=op.f("ck_claim_bounds_fit_the_qualifier"),
        ),
        sa.CheckConstraint(
            "qualifier IS NULL OR (qualifier = 'exact' OR qualifier = 'more_than' OR qualifier = 'at_least' OR qualifier = 'open_range' OR qualifier = 'at_most' OR qualifier = 'less_than' OR qualifier = 'range' OR qualifier = 'approximate' OR qualifier = 'vague' OR qualifier = 'zero_or_unknown')",
            name=op.f("ck_claim_qualifier_known"),
        ),
        sa.CheckConstraint(
            "reliability IS NULL OR (reliability = 'A' OR reliability = 'B' OR reliability = 'C' OR reliability = 'D' OR reliability = 'E' OR reliability = 'F')",
            name=op.f("ck_claim_reliability_known"),
        ),
        sa.CheckConstraint(
            "stake_override IS NULL OR (stake_override = 'own_side' OR stake_override = 'adversary' OR stake_override = 'third_party' OR stake_override = 'party' OR stake_override = 'recorder' OR stake_override = 'unknown')",
            name=op.f("ck_claim_stake_override_known"),
        ),
        sa.CheckConstraint(
            "status IS NULL OR (status = 'provisional' OR status = 'unconfirmed' OR status = 'revised' OR status = 'final')",
            name=op.f("ck_claim_status_known"),
        ),
        sa.CheckConstraint(
            "subject_kind IS NULL OR (subject_kind = 'combatant' OR subject_kind = 'side' OR subject_kind = 'civilians' OR subject_kind = 'unknown' OR subject_kind = 'total')",
            name=op.f("ck_claim_subject_kind_known"),
        ),
        sa.CheckConstraint(
            "(stake_override IS NULL) = (stake_reason IS NULL)", name=op.f("ck_claim_stake_override_has_a_reason")
        ),
        sa.CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_claim_withdrawal")),
        sa.CheckConstraint("best >= 0", name=op.f("ck_claim_best_not_negative")),
        sa.CheckConstraint("credibility BETWEEN 1 AND 6", name=op.f("ck_claim_credibility_range")),
        sa.CheckConstraint("lower <= upper", name=op.f("ck_claim_lower_to_upper")),
        sa.CheckConstraint("lower >= 0", name=op.f("ck_claim_lower_not_negative")),
        sa.CheckConstraint("part_of_id IS NULL OR part_of_id <> id", name=op.f("ck_claim_not_part_of_itself")),
        sa.CheckConstraint("stated_first_day <= stated_last_day", name=op.f("ck_claim_stated_first_day_before_last")),
        sa.CheckConstraint(
            "stated_on IS NOT NULL OR (stated_first_day IS NULL AND stated_last_day IS NULL)",
            name=op.f("ck_claim_stated"),
        ),
        sa.CheckConstraint("upper >= 0", name=op.f("ck_claim_upper_not_negative")),
        sa.ForeignKeyConstraint(["claimant_id"], ["actor.id"], name=op.f("fk_claim_claimant_id_actor")),
        sa.ForeignKeyConstraint(
            ["event_id", "combatant_id"],
            ["combatant.event_id", "combatant.id"],
            name=op.f("fk_claim_event_id_combatant_id_combatant"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "part_of_id"], ["claim.event_id", "claim.id"], name=op.f("fk_claim_event_id_part_of_id_claim")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_claim_event_id_event")),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_run.id"], name=op.f("fk_claim_import_run_id_import_run")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_claim_person_id_person")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_claim_place_id_place")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_claim_source_id_source")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["import_run.id"], name=op.f("fk_claim_withdrawn_by_id_import_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("event_id", "id", name=op.f("uq_claim_event_id_id")),
        sa.UniqueConstraint("key", "revision", name=op.f("uq_claim_key_revision")),
    )
    op.create_index(op.f("ix_claim_claimant_id"), "claim", ["claimant_id"], unique=False)
    op.create_index(op.f("ix_claim_metric_lower"), "claim", ["metric", "lower"], unique=False)
    op.create_index(op.f("ix_claim_person_id"), "claim", ["person_id"], unique=False)
    op.create_index(op.f("ix_claim_source_id"), "claim", ["source_id"], unique=False)
    op.create_table(
        "claim_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("from_claim_id", sa.Integer(), nullable=False),
        sa.Column("to_claim_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.String(length=10), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'supersedes' OR kind = 'corrects' OR kind = 'corroborates' OR kind = 'repeats' OR kind = 'contradicts' OR kind = 'derived_from' OR kind = 'retracts')",
            name=op.f("ck_claim_link_kind_known"),
        ),
        sa.CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_claim_link_withdrawal")),
        sa.CheckConstraint("from_claim_id <> to_claim_id", name=op.f("ck_claim_link_not_to_itself")),
        sa.ForeignKeyConstraint(
            ["event_id", "from_claim_id"],
            ["claim.event_id", "claim.id"],
            name=op.f("fk_claim_link_event_id_from_claim_id_claim"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "to_claim_id"],
            ["claim.event_id", "claim.id"],
            name=op.f("fk_claim_link_event_id_to_claim_id_claim"),
        ),
        sa.ForeignKeyConstraint(
            ["import_run_id"], ["import_run.id"], name=op.f("fk_claim_link_import_run_id_import_run")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["import_run.id"], name=op.f("fk_claim_link_withdrawn_by_id_import_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_link")),
    )
    op.create_index(op.f("ix_claim_link_event_id"), "claim_link", ["event_id"], unique=False)
    op.create_index(op.f("ix_claim_link_to_claim_id"), "claim_link", ["to_claim_id"], unique=False)
    op.create_index(
        "uq_claim_link_standing",
        "claim_link",
        ["from_claim_id", "to_claim_id", "kind"],
        unique=True,
        sqlite_where=sa.text("withdrawn_on IS NULL"),
        postgresql_where=sa.text("withdrawn_on IS NULL"),
    )
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("other_event_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("other_actor_id", sa.Integer(), nullable=True),
        sa.Column("claim_id", sa.Integer(), nullable=True),
        sa.Column("other_claim_id", sa.Integer(), nullable=True),
        sa.Column("judged_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("judged_at", sa.String(length=20), nullable=False),
        sa.Column("undone_at", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "(verdict = 'same' OR verdict = 'different' OR verdict = 'unsure' OR verdict = 'unreasonable')",
            name=op.f("ck_judgement_verdict_known"),
        ),
        sa.CheckConstraint(
            "verdict = 'unreasonable' OR other_event_id IS NOT NULL OR other_actor_id IS NOT NULL OR other_claim_id IS NOT NULL",
            name=op.f("ck_judgement_sameness_is_of_two"),
        ),
        sa.CheckConstraint(
            "(CASE WHEN event_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN actor_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN claim_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_judgement_about_one_thing"),
        ),
        sa.CheckConstraint(
            "(other_event_id IS NULL OR event_id IS NOT NULL) AND (other_actor_id IS NULL OR actor_id IS NOT NULL) AND (other_claim_id IS NULL OR claim_id IS NOT NULL)",
            name=op.f("ck_judgement_pairs_of_one_kind"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_judgement_actor_id_actor")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_judgement_claim_id_claim")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_judgement_event_id_event")),
        sa.ForeignKeyConstraint(["other_actor_id"], ["actor.id"], name=op.f("fk_judgement_other_actor_id_actor")),
        sa.ForeignKeyConstraint(["other_claim_id"], ["claim.id"], name=op.f("fk_judgement_other_claim_id_claim")),
        sa.ForeignKeyConstraint(["other_event_id"], ["event.id"], name=op.f("fk_judgement_other_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    op.create_index(op.f("ix_judgement_actor_id"), "judgement", ["actor_id"], unique=False)
    op.create_index(op.f("ix_judgement_claim_id"), "judgement", ["claim_id"], unique=False)
    op.create_index(op.f("ix_judgement_event_id"), "judgement", ["event_id"], unique=False)
    create_search_index()
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")


def downgrade():
    """Remove all of it."""
    for name in reversed(VIEWS):
        op.execute(f"DROP VIEW {name}")
    op.execute("DROP TABLE search_text")
    op.drop_index(op.f("ix_judgement_event_id"), table_name="judgement")
    op.drop_index(op.f("ix_judgement_claim_id"), table_name="judgement")
    op.drop_index(op.f("ix_judgement_actor_id"), table_name="judgement")
    op.drop_table("judgement")
    op.drop_index(
        "uq_claim_link_standing",
        table_name="claim_link",
        sqlite_where=sa.text("withdrawn_on IS NULL"),
        postgresql_where=sa.text("withdrawn_on IS NULL"),
    )
    op.drop_index(op.f("ix_claim_link_to_claim_id"), table_name="claim_link")
    op.drop_index(op.f("ix_claim_link_event_id"), table_name="claim_link")
    op.drop_table("claim_link")
    op.drop_index(op.f("ix_claim_source_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_person_id"), table_name="claim")
    op.drop_index(op.f("ix_claim_metric_lower"), table_name="claim")
    op.drop_index(op.f("ix_claim_claimant_id"), table_name="claim")
    op.drop_table("claim")
    op.drop_index(op.f("ix_timeline_entry_event_id"), table_name="timeline_entry")
    op.drop_table("timeline_entry")
    op.drop_index(op.f("ix_external_id_person_id"), table_name="external_id")
    op.drop_index(op.f("ix_external_id_event_id"), table_name="external_id")
    op.drop_index(op.f("ix_external_id_conflict_id"), table_name="external_id")
    op.drop_index(op.f("ix_external_id_actor_id"), table_name="external_id")
    op.drop_table("external_id")
    op.drop_index(op.f("ix_combatant_actor_id"), table_name="combatant")
    op.drop_table("combatant")
    op.drop_index(op.f("ix_person_alias_folded"), table_name="person_alias")
    op.drop_table("person_alias")
    op.drop_index(op.f("ix_event_place_id"), table_name="event")
    op.drop_index(op.f("ix_event_first_day"), table_name="event")
    op.drop_index(op.f("ix_event_conflict_id"), table_name="event")
    op.drop_table("event")
    op.drop_index(op.f("ix_actor_relation_other_id"), table_name="actor_relation")
    op.drop_table("actor_relation")
    op.drop_index(op.f("ix_actor_alias_folded"), table_name="actor_alias")
    op.drop_table("actor_alias")
    op.drop_index(op.f("ix_place_folded"), table_name="place")
    op.drop_index(op.f("ix_place_country"), table_name="place")
    op.drop_table("place")
    op.drop_table("person")
    op.drop_table("conflict")
    op.drop_table("actor")
    op.drop_index(op.f("ix_source_url"), table_name="source")
    op.drop_table("source")
    op.drop_table("import_run")
    op.drop_table("dataset")
