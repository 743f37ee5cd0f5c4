"""Rows of UCDP in its layout, and what of a database must be the same wherever an export is imported."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from sqlalchemy import select

from conflictdb.config import Target, find_target
from conflictdb.export import ged
from conflictdb.setup import create_database
from conflictdb.store.engine import reading
from conflictdb.store.tables import (
    actor,
    actor_alias,
    actor_relation,
    claim,
    claim_link,
    combatant,
    conflict,
    event,
    external_id,
    place,
    source,
    timeline_entry,
)

DAY = "2026-01-02"

ROW = {
    "id": "300380", "relid": "MLI-2019-1-1-1", "year": "2019", "active_year": "1", "code_status": "Clear",
    "type_of_violence": "1", "conflict_new_id": "297", "conflict_name": "Mali: Government", "dyad_new_id": "640",
    "dyad_name": "Government of Mali - JNIM", "side_a_new_id": "72", "side_a": "Government of Mali",
    "side_b_new_id": "6716", "side_b": "JNIM", "number_of_sources": "2", "source_article": "AFP, \"12 dead\"",
    "source_office": "@handle;AFP", "source_date": "2019-03-18", "source_headline": "=SUM(A1)",
    "source_original": "police", "where_prec": "1", "where_coordinates": "Dioura town", "adm_1": "Mopti region",
    "latitude": "-14.5", "longitude": "-5.25", "geom_wkt": "POINT (-5.25 -14.5)", "country": "Mali",
    "country_id": "432", "region": "Africa", "event_clarity": "1", "date_prec": "1", "date_start": "2019-03-18",
    "date_end": "2019-03-18", "deaths_a": "10", "deaths_b": "2", "deaths_civilians": "0", "deaths_unknown": "0",
    "best": "12", "high": "14", "low": "9", "gwnoa": "432",
}  # fmt: skip
"""A row of UCDP GED, with a formula and a handle in it, and negative degrees."""


def write_ged(path: Path, *changes: dict[str, str]) -> Path:
    """Write rows of GED that differ from ROW as told."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ged.COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({**dict.fromkeys(ged.COLUMNS, ""), **ROW, **change} for change in changes or ({},))
    return path


def empty(folder: Path, name: str = "elsewhere.sqlite") -> Target:
    path = folder / name
    create_database(path, seed=False)
    return find_target(path)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def content(target: Target) -> dict[str, list[Any]]:
    """Return what must be the same wherever a native export is imported: keys and names, no numbers of rows."""
    other, whole = actor.alias("other"), claim.alias("whole")
    begin, end = claim.alias("begin"), claim.alias("end")
    parent = conflict.alias("parent")
    texts = ("slug", "name", "type", "subtype", "date", "date_precision", "start_time", "end_time", "summary")
    said = ("key", "kind", "stated_on", "native_id", "subject_kind", "side", "group", "metric", "item", "fate", "lower",
            "upper", "best", "qualifier", "wording", "note", "locator", "value", "supersedes_by_date")  # fmt: skip
    questions = {
        "events": select(event.c.key, *(event.c[name] for name in texts)),
        "claims": select(*(claim.c[name] for name in said), actor.c.key, source.c.slug, whole.c.key)
        .join(actor, actor.c.id == claim.c.claimant_id)
        .join(source, source.c.id == claim.c.source_id)
        .outerjoin(whole, whole.c.id == claim.c.part_of_id),
        "links": select(begin.c.key, end.c.key, claim_link.c.kind, claim_link.c.note)
        .join(begin, begin.c.id == claim_link.c.from_claim_id)
        .join(end, end.c.id == claim_link.c.to_claim_id)
        .where(claim_link.c.withdrawn_on.is_(None)),
        "fighters": select(event.c.slug, actor.c.key, combatant.c.side, combatant.c.role, combatant.c.unit)
        .join(event, event.c.id == combatant.c.event_id)
        .join(actor, actor.c.id == combatant.c.actor_id),
        "actors": select(actor.c.key, actor.c.name, actor.c.kind, actor.c.country, actor.c.independent),
        "aliases": select(actor.c.key, actor_alias.c.name, actor_alias.c.language, actor_alias.c.since)
        .join(actor, actor.c.id == actor_alias.c.actor_id),
        "relations": select(actor.c.key, other.c.key, actor_relation.c.kind, actor_relation.c.since)
        .join(actor, actor.c.id == actor_relation.c.actor_id)
        .join(other, other.c.id == actor_relation.c.other_id),
        "conflicts": select(conflict.c.name, parent.c.name).outerjoin(parent, parent.c.id == conflict.c.parent_id),
        "places": select(place.c.key),
        "sources": select(source.c.slug, source.c.title, source.c.url, source.c.licence),
        "ids": select(external_id.c.scheme, external_id.c.native_id),
        "timeline": select(timeline_entry.c.key, timeline_entry.c.text),
    }  # fmt: skip
    with reading(target) as connection:
        return {name: sorted(map(repr, connection.execute(statement))) for name, statement in questions.items()}
