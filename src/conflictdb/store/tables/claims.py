"""Tables of the claims themselves and of the links between them. Rows are added and withdrawn, never changed."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from conflictdb.domain.vocabulary import (
    CASUALTY_METRICS,
    STRENGTH_METRICS,
    Attribute,
    ClaimKind,
    Item,
    ItemFate,
    LinkKind,
    PersonFate,
    Qualifier,
    Stake,
    Status,
    SubjectKind,
)
from conflictdb.store.tables.base import identity, metadata, one_of, refers, vocabulary, withdrawal, written_by_run

_NO_FIGURE = (
    "subject_kind IS NULL AND metric IS NULL AND qualifier IS NULL AND lower IS NULL AND upper IS NULL"
    " AND best IS NULL AND item IS NULL AND side IS NULL AND part_of_id IS NULL"
)
_KINDS = {
    "casualty_has_a_metric": f"kind <> 'casualty' OR ({one_of('metric', CASUALTY_METRICS)} AND metric IS NOT NULL)",
    "strength_has_a_metric": f"kind <> 'strength' OR ({one_of('metric', STRENGTH_METRICS)} AND metric IS NOT NULL)",
    "figure_has_a_subject": "(kind <> 'casualty' AND kind <> 'strength')"
    " OR (subject_kind IS NOT NULL AND qualifier IS NOT NULL AND attribute IS NULL AND person_id IS NULL)",
    "commander_has_a_person": "kind <> 'commander'"
    f" OR (combatant_id IS NOT NULL AND person_id IS NOT NULL AND attribute IS NULL AND {_NO_FIGURE})",
    "attribute_has_a_value": "kind <> 'attribute'"
    " OR (attribute IS NOT NULL AND value IS NOT NULL AND person_id IS NULL AND combatant_id IS NULL"
    f" AND {_NO_FIGURE})",
    "materiel_has_an_item": "(metric = 'materiel') = (item IS NOT NULL) OR (metric IS NULL AND item IS NULL)",
    "fate_fits_the_kind": "fate IS NULL"
    f" OR (metric IS NOT NULL AND metric = 'materiel' AND {one_of('fate', ItemFate)})"
    f" OR (kind = 'commander' AND {one_of('fate', PersonFate)})",
    "materiel_has_a_fate": "metric IS NULL OR metric <> 'materiel' OR fate IS NOT NULL",
    "subject_combatant": "kind = 'commander' OR kind = 'attribute'"
    " OR (subject_kind = 'combatant') = (combatant_id IS NOT NULL)",
    "subject_side": "(side IS NULL AND (subject_kind IS NULL OR subject_kind <> 'side'))"
    " OR (subject_kind = 'side' AND side IS NOT NULL AND side >= 1)",
}
_BOUNDS = {
    "lower_not_negative": "lower >= 0",
    "upper_not_negative": "upper >= 0",
    "best_not_negative": "best >= 0",
    "lower_to_upper": "lower <= upper",
    "bounds_fit_the_qualifier": "qualifier IS NULL"
    " OR (qualifier = 'exact' AND lower IS NOT NULL AND upper IS NOT NULL AND lower = upper)"
    " OR ((qualifier = 'range' OR qualifier = 'approximate') AND lower IS NOT NULL AND upper IS NOT NULL)"
    " OR ((qualifier = 'more_than' OR qualifier = 'at_least' OR qualifier = 'open_range')"
    " AND lower IS NOT NULL AND upper IS NULL)"
    " OR ((qualifier = 'at_most' OR qualifier = 'less_than') AND lower IS NULL AND upper IS NOT NULL)"
    " OR (qualifier = 'vague' AND lower IS NULL AND upper IS NULL)"
    " OR (qualifier = 'zero_or_unknown' AND lower IS NOT NULL AND upper IS NOT NULL AND lower = 0 AND upper = 0)",
}

claim = Table(
    "claim",
    metadata,
    identity(),
    Column("key", String(12), nullable=False),
    Column("revision", Integer, nullable=False, default=1),
    refers("event_id", "event", required=True),
    Column("kind", String, nullable=False),
    refers("claimant_id", "actor", required=True, index=True),
    Column("claimant_name", Text),
    refers("source_id", "source", required=True, index=True),
    Column("locator", Text),
    Column("native_id", Text),
    Column("stated_on", String),
    Column("stated_first_day", Integer),
    Column("stated_last_day", Integer),
    Column("status", String),
    Column("reliability", String(1)),
    Column("credibility", Integer),
    Column("wording", Text),
    Column("wording_language", String),
    Column("translation", Text),
    Column("note", Text),
    Column("stake_override", String),
    Column("stake_reason", Text),
    Column("supersedes_by_date", Boolean, nullable=False, default=True),
    Column("subject_kind", String),
    Column("combatant_id", Integer),
    Column("side", Integer),
    Column("group", Text),
    Column("metric", String),
    Column("item", String),
    Column("fate", String),
    Column("lower", BigInteger),
    Column("upper", BigInteger),
    Column("best", BigInteger),
    Column("qualifier", String),
    Column("part_of_id", Integer),
    refers("person_id", "person"),
    Column("rank", Text),
    Column("attribute", String),
    Column("value", Text),
    refers("place_id", "place"),
    Column("recorded_at", String(20), nullable=False),
    written_by_run(),
    *withdrawal(),
    UniqueConstraint("key", "revision"),
    UniqueConstraint("event_id", "id"),
    ForeignKeyConstraint(["event_id", "combatant_id"], ["combatant.event_id", "combatant.id"]),
    ForeignKeyConstraint(["event_id", "part_of_id"], ["claim.event_id", "claim.id"]),
    Index(None, "metric", "lower"),
    vocabulary("kind", ClaimKind),
    vocabulary("status", Status, required=False),
    vocabulary("subject_kind", SubjectKind, required=False),
    vocabulary("item", Item, required=False),
    vocabulary("qualifier", Qualifier, required=False),
    vocabulary("attribute", Attribute, required=False),
    vocabulary("stake_override", Stake, required=False),
    vocabulary("reliability", "ABCDEF", required=False),
    CheckConstraint("credibility BETWEEN 1 AND 6", name="credibility_range"),
    CheckConstraint("(stake_override IS NULL) = (stake_reason IS NULL)", name="stake_override_has_a_reason"),
    CheckConstraint("stated_first_day <= stated_last_day", name="stated_first_day_before_last"),
    CheckConstraint("stated_on IS NOT NULL OR (stated_first_day IS NULL AND stated_last_day IS NULL)", name="stated"),
    CheckConstraint("part_of_id IS NULL OR part_of_id <> id", name="not_part_of_itself"),
    *(CheckConstraint(rule, name=name) for name, rule in {**_KINDS, **_BOUNDS}.items()),
)

claim_link = Table(
    "claim_link",
    metadata,
    identity(),
    Column("event_id", Integer, nullable=False),
    Column("from_claim_id", Integer, nullable=False),
    Column("to_claim_id", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("note", Text),
    written_by_run(),
    *withdrawal(),
    ForeignKeyConstraint(["event_id", "from_claim_id"], ["claim.event_id", "claim.id"]),
    ForeignKeyConstraint(["event_id", "to_claim_id"], ["claim.event_id", "claim.id"]),
    vocabulary("kind", LinkKind),
    CheckConstraint("from_claim_id <> to_claim_id", name="not_to_itself"),
    Index(None, "to_claim_id"),
    Index(None, "event_id"),
)
