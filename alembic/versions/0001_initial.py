"""The claims ledger: every table, the search index and the views for people who write SQL."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = branch_labels = depends_on = None

TYPES = {
    "": sa.String(), "text": sa.Text(), "integer": sa.Integer(), "big": sa.BigInteger(), "boolean": sa.Boolean(),
    "float": sa.Float(), "json": sa.JSON(),
}  # fmt: skip
STANDING = sa.text("withdrawn_on IS NULL")
VIEWS = (Path(__file__).parents[1] / "sql" / "0001_views.sql").read_text(encoding="utf-8")
INDEXES = """
source url
place country folded
actor_alias folded
actor_relation other_id
event conflict_id first_day place_id
person_alias folded
combatant actor_id
external_id actor_id conflict_id event_id person_id
timeline_entry event_id
claim claimant_id metric+lower person_id source_id
claim_link event_id to_claim_id
judgement actor_id claim_id event_id
"""
TABLES = (
    "dataset import_run source actor conflict person place actor_alias actor_relation "
    "event person_alias combatant external_id timeline_entry claim claim_link judgement"
)


def columns(table, spec):
    """Read "name:type!": no type is a string, a number its length; > refers to a table; ! is NOT NULL, = has ''."""
    for word in spec.split():
        name, _, kind = word.rstrip("!=").partition(":")
        name, arrow, target = name.partition(">")
        options = {"nullable": not word.endswith(("!", "="))} | ({"server_default": ""} if word.endswith("=") else {})
        if arrow:
            key = sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{name}_{target}")
            yield sa.Column(name, TYPES["integer"], key, **options)
        else:
            yield sa.Column(name, sa.String(int(kind)) if kind.isdigit() else TYPES[kind], **options)


def one_of(column, words):
    return "(" + " OR ".join(f"{column} = '{word}'" for word in words.split()) + ")"


def within(name, column, table):
    return sa.ForeignKeyConstraint(["event_id", column], [f"{table}.event_id", f"{table}.id"], name=name)


def make_table(name, spec, unique=(), within_event=None, known=None, known_or_null=None, rules=None):
    """Make a table with an id. `within_event` refers, with event_id, to rows of the same event."""
    rules = dict(rules or {})
    if "withdrawn_on" in spec:
        rules["withdrawal"] = "(withdrawn_on IS NULL) = (withdrawn_by_id IS NULL)"
    rules |= {f"{column}_known": one_of(column, words) for column, words in (known or {}).items()}
    for column, words in (known_or_null or {}).items():
        rules[f"{column}_known"] = f"{column} IS NULL OR {one_of(column, words)}"
    inner = (within_event or {}).items()
    op.create_table(
        name,
        sa.Column("id", TYPES["integer"], nullable=False),
        *columns(name, spec),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        *(sa.UniqueConstraint(*each.split(), name=f"uq_{name}_{each.replace(' ', '_')}") for each in unique),
        *(within(f"fk_{name}_event_id_{column}_{table}", column, table) for column, table in inner),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{each}")) for each, rule in rules.items()),
    )


def create_search_index():
    if op.get_context().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE search_text USING fts5(body, tokenize = 'unicode61')")
    else:
        op.create_table(
            "search_text",
            sa.Column("rowid", TYPES["integer"], primary_key=True, autoincrement=False),
            sa.Column("body", TYPES["text"], nullable=False),
        )
        op.execute("CREATE INDEX ix_search_text_body ON search_text USING gin (to_tsvector('simple', body))")


def upgrade():
    """Make all of it."""
    make_table(
        "dataset",
        "name! release= title:text released_on released_last_day:integer licence:text citation:text url:text",
        unique=["name release"],
    )
    make_table(
        "import_run",
        "dataset_id>dataset file:text! sha256:64! importer! importer_version! program_version! started_at:20! "
        "finished_at:20 counts:json! undone_on:10",
    )
    make_table(
        "source",
        "slug! title:text! publisher:text author:text url:text archive_url:text archive_sha256:64 published_on "
        "published_last_day:integer retrieved_on language licence:text note:text import_run_id>import_run!",
        unique=["slug"],
        rules={"archive_sha256_length": "archive_sha256 IS NULL OR length(archive_sha256) = 64"},
    )
    make_table(
        "actor",
        "key:12! name:text! kind! country:3 unnamed:boolean! independent:boolean! description:text event_key:12 "
        "source_id>source import_run_id>import_run!",
        unique=["key"],
        known={
            "kind": "state state_forces armed_group party igo ngo medium civilians official witness recorder unknown"
        },
        rules={
            "country_alpha3": "country IS NULL OR length(country) = 3",
            "unnamed_has_a_scope": "NOT unnamed OR (event_key IS NOT NULL AND source_id IS NOT NULL)",
        },
    )
    make_table(
        "conflict",
        "name:text! folded:text! parent_id>conflict source_id>source import_run_id>import_run!",
        unique=["folded"],
        rules={"not_its_own_parent": "parent_id IS NULL OR parent_id <> id"},
    )
    make_table(
        "person",
        "key:12! name:text! description:text source_id>source import_run_id>import_run!",
        unique=["key"],
    )
    make_table(
        "place",
        "key:12! name:text folded:text admin1:text admin2:text country:3 country_name:text area_folded:text "
        "latitude:float longitude:float precision source_id>source import_run_id>import_run!",
        unique=["key"],
        known_or_null={"precision": "exact near admin2 admin1 fuzzy country international"},
        rules={
            "coordinates_together": "(latitude IS NULL) = (longitude IS NULL)",
            "country_alpha3": "country IS NULL OR length(country) = 3",
            "latitude_range": "latitude BETWEEN -90 AND 90",
            "longitude_range": "longitude BETWEEN -180 AND 180",
        },
    )
    make_table(
        "actor_alias",
        "actor_id>actor! name:text! folded:text! language source_id>source import_run_id>import_run!",
        unique=["actor_id name"],
    )
    make_table(
        "actor_relation",
        "actor_id>actor! other_id>actor! kind! since= until= since_day:integer until_day:integer source_id>source "
        "import_run_id>import_run!",
        unique=["actor_id other_id kind since"],
        known={"kind": "part_of allied_with renamed_to splinter_of"},
        rules={
            "not_to_itself": "actor_id <> other_id",
            "since_before_until": "since_day <= until_day",
        },
    )
    make_table(
        "event",
        "key:12! slug! name:text! type! subtype:text conflict_id>conflict place_id>place date date_precision "
        "first_day:integer last_day:integer start_time:6 end_time:6 time_zone summary:text claimant_id>actor "
        "source_id>source import_run_id>import_run!",
        unique=["key", "slug"],
        known={
            "type": "battle explosion violence_against_civilians terrorism riot protest strategic state_based non_state one_sided other"
        },
        known_or_null={"date_precision": "day days week month year decade century interval"},
        rules={"first_day_before_last": "first_day <= last_day"},
    )
    make_table(
        "person_alias",
        "person_id>person! name:text! folded:text! language source_id>source import_run_id>import_run!",
        unique=["person_id name"],
    )
    make_table(
        "combatant",
        "event_id>event! actor_id>actor! side:integer! role! unit:text import_run_id>import_run!",
        unique=["event_id actor_id", "event_id id"],
        known={"role": "attacker defender unknown"},
        rules={"side_counts_from_1": "side >= 1"},
    )
    make_table(
        "external_id",
        "scheme! native_id:text! event_id>event actor_id>actor conflict_id>conflict person_id>person kept:json "
        "import_run_id>import_run!",
        unique=["scheme native_id"],
        rules={
            "exactly_one_owner": "(CASE WHEN event_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN actor_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN conflict_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN person_id IS NULL THEN 0 ELSE 1 END) = 1"
        },
    )
    make_table(
        "timeline_entry",
        "event_id>event! key:12! date! first_day:integer last_day:integer time:6 text:text! source_id>source! "
        "locator:text import_run_id>import_run! withdrawn_on:10 withdrawn_by_id>import_run",
        rules={"first_day_before_last": "first_day <= last_day"},
    )
    make_table(
        "claim",
        "key:12! revision:integer! event_id>event! kind! claimant_id>actor! claimant_name:text source_id>source! "
        "locator:text native_id:text stated_on stated_first_day:integer stated_last_day:integer status "
        "reliability:1 credibility:integer wording:text wording_language translation:text note:text stake_override "
        "stake_reason:text supersedes_by_date:boolean! subject_kind combatant_id:integer side:integer group:text "
        "metric item fate lower:big upper:big best:big qualifier part_of_id:integer person_id>person rank:text "
        "attribute value:text place_id>place recorded_at:20! import_run_id>import_run! withdrawn_on:10 "
        "withdrawn_by_id>import_run",
        unique=["event_id id", "key revision"],
        within_event={"combatant_id": "combatant", "part_of_id": "claim"},
        known={"kind": "casualty strength commander attribute"},
        known_or_null={
            "attribute": "result responsibility date place name type subtype conflict start end time_zone summary",
            "item": "vehicle aircraft vessel weapon any",
            "qualifier": "exact more_than at_least open_range at_most less_than range approximate vague zero_or_unknown",
            "reliability": "A B C D E F",
            "stake_override": "own_side adversary third_party party recorder unknown",
            "status": "provisional unconfirmed revised final",
            "subject_kind": "combatant side civilians unknown total",
        },
        rules={
            "attribute_has_a_value": "kind <> 'attribute' OR (attribute IS NOT NULL AND value IS NOT NULL AND person_id IS NULL"
            " AND combatant_id IS NULL AND subject_kind IS NULL AND metric IS NULL AND qualifier IS NULL"
            " AND lower IS NULL AND upper IS NULL AND best IS NULL AND item IS NULL AND side IS NULL"
            " AND part_of_id IS NULL)",
            "best_not_negative": "best >= 0",
            "bounds_fit_the_qualifier": "qualifier IS NULL OR (qualifier = 'exact' AND lower IS NOT NULL AND upper IS NOT NULL"
            " AND lower = upper) OR ((qualifier = 'range' OR qualifier = 'approximate') AND lower IS NOT NULL"
            f" AND upper IS NOT NULL) OR ({one_of('qualifier', 'more_than at_least open_range')}"
            " AND lower IS NOT NULL AND upper IS NULL) OR ((qualifier = 'at_most' OR qualifier = 'less_than')"
            " AND lower IS NULL AND upper IS NOT NULL) OR (qualifier = 'vague' AND lower IS NULL AND upper IS NULL)"
            " OR (qualifier = 'zero_or_unknown' AND lower IS NOT NULL AND upper IS NOT NULL AND lower = 0"
            " AND upper = 0)",
            "casualty_has_a_metric": "kind <> 'casualty'"
            f" OR ({one_of('metric', 'killed wounded missing captured deserted displaced casualties materiel')}"
            " AND metric IS NOT NULL)",
            "commander_has_a_person": "kind <> 'commander' OR (combatant_id IS NOT NULL AND person_id IS NOT NULL AND attribute IS NULL"
            " AND subject_kind IS NULL AND metric IS NULL AND qualifier IS NULL AND lower IS NULL AND upper IS NULL"
            " AND best IS NULL AND item IS NULL AND side IS NULL AND part_of_id IS NULL)",
            "credibility_range": "credibility BETWEEN 1 AND 6",
            "fate_fits_the_kind": "fate IS NULL OR (metric IS NOT NULL AND metric = 'materiel'"
            f" AND {one_of('fate', 'destroyed captured damaged lost present')}) OR (kind = 'commander'"
            f" AND {one_of('fate', 'killed wounded captured missing survived')})",
            "figure_has_a_subject": "(kind <> 'casualty' AND kind <> 'strength') OR (subject_kind IS NOT NULL AND qualifier IS NOT NULL"
            " AND attribute IS NULL AND person_id IS NULL)",
            "lower_not_negative": "lower >= 0",
            "lower_to_upper": "lower <= upper",
            "materiel_has_a_fate": "metric IS NULL OR metric <> 'materiel' OR fate IS NOT NULL",
            "materiel_has_an_item": "(metric = 'materiel') = (item IS NOT NULL) OR (metric IS NULL AND item IS NULL)",
            "not_part_of_itself": "part_of_id IS NULL OR part_of_id <> id",
            "stake_override_has_a_reason": "(stake_override IS NULL) = (stake_reason IS NULL)",
            "stated": "stated_on IS NOT NULL OR (stated_first_day IS NULL AND stated_last_day IS NULL)",
            "stated_first_day_before_last": "stated_first_day <= stated_last_day",
            "strength_has_a_metric": "kind <> 'strength' OR ((metric = 'persons' OR metric = 'materiel') AND metric IS NOT NULL)",
            "subject_combatant": "kind = 'commander' OR kind = 'attribute' OR (subject_kind = 'combatant') = (combatant_id IS NOT NULL)",
            "subject_side": "(side IS NULL AND (subject_kind IS NULL OR subject_kind <> 'side')) OR (subject_kind = 'side'"
            " AND side IS NOT NULL AND side >= 1)",
            "upper_not_negative": "upper >= 0",
        },
    )
    make_table(
        "claim_link",
        "event_id:integer! from_claim_id:integer! to_claim_id:integer! kind! note:text import_run_id>import_run! "
        "withdrawn_on:10 withdrawn_by_id>import_run",
        within_event={"from_claim_id": "claim", "to_claim_id": "claim"},
        known={"kind": "supersedes corrects corroborates repeats contradicts derived_from retracts"},
        rules={"not_to_itself": "from_claim_id <> to_claim_id"},
    )
    make_table(
        "judgement",
        "verdict! event_id>event other_event_id>event actor_id>actor other_actor_id>actor claim_id>claim "
        "other_claim_id>claim judged_by:text! reason:text! judged_at:20! undone_at:20",
        known={"verdict": "same different unsure unreasonable"},
        rules={
            "about_one_thing": "(CASE WHEN event_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN actor_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN claim_id IS NULL THEN 0 ELSE 1 END) = 1",
            "pairs_of_one_kind": "(other_event_id IS NULL OR event_id IS NOT NULL) AND (other_actor_id IS NULL OR actor_id IS NOT NULL)"
            " AND (other_claim_id IS NULL OR claim_id IS NOT NULL)",
            "sameness_is_of_two": "verdict = 'unreasonable' OR other_event_id IS NOT NULL OR other_actor_id IS NOT NULL"
            " OR other_claim_id IS NOT NULL",
        },
    )
    for line in INDEXES.split("\n")[1:-1]:
        table, *indexes = line.split()
        for names in (each.split("+") for each in indexes):
            op.create_index(f"ix_{table}_{'_'.join(names)}", table, names)
    where = {"sqlite_where": STANDING, "postgresql_where": STANDING, "unique": True}
    op.create_index("uq_claim_link_standing", "claim_link", ["from_claim_id", "to_claim_id", "kind"], **where)
    create_search_index()
    for view in VIEWS.split(";\n")[:-1]:
        op.execute(view)


def downgrade():
    """Remove all of it."""
    for name in ("links", "attributes", "commanders", "strengths", "casualties", "events"):
        op.execute(f"DROP VIEW {name}")
    op.execute("DROP TABLE search_text")
    for name in reversed(TABLES.split()):
        op.drop_table(name)
