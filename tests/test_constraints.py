"""What the database itself refuses: one bad row for every rule of its tables, and good ones of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from conflictdb.config import find_target
from conflictdb.store import tables
from conflictdb.store.engine import writing

KEY = "aaaaaaaaaaaa"
NOW = "2024-01-01T00:00:00Z"
# A small world to insert into: two events, of which the first has a claim of each kind.
BASE: list[tuple[str, dict[str, Any]]] = [
    (
        "import_run",
        {
            "file": "f", "sha256": "0" * 64, "importer": "i", "importer_version": "1", "program_version": "1",
            "started_at": NOW, "counts": {},
        },
    ),
    ("source", {"slug": "s", "title": "S"}),
    ("actor", {"key": "actor1", "name": "Army", "kind": "state_forces"}),
    ("actor", {"key": "actor2", "name": "Front", "kind": "armed_group"}),
    ("person", {"key": "person1", "name": "P"}),
    ("conflict", {"name": "C", "folded": "c"}),
    ("place", {"key": "place1", "name": "Dioura"}),
    ("event", {"key": "event1", "slug": "e1", "name": "E1", "type": "battle"}),
    ("event", {"key": "event2", "slug": "e2", "name": "E2", "type": "battle"}),
    ("combatant", {"event_id": 1, "actor_id": 1, "side": 1, "role": "defender"}),
    ("combatant", {"event_id": 2, "actor_id": 1, "side": 1, "role": "defender"}),
]  # fmt: skip
WHO = {"event_id": 1, "claimant_id": 1, "source_id": 1, "recorded_at": NOW}
CASUALTY = {
    **WHO, "key": KEY, "kind": "casualty", "subject_kind": "combatant", "combatant_id": 1, "metric": "killed",
    "qualifier": "exact", "lower": 26, "upper": 26,
}  # fmt: skip
TOTAL = {**CASUALTY, "subject_kind": "total", "combatant_id": None}
STRENGTH = {**CASUALTY, "kind": "strength", "metric": "persons"}
THINGS = {**CASUALTY, "metric": "materiel", "item": "vehicle", "fate": "destroyed"}
COMMANDER = {**WHO, "key": KEY, "kind": "commander", "combatant_id": 1, "person_id": 1}
ATTRIBUTE = {**WHO, "key": KEY, "kind": "attribute", "attribute": "result", "value": "a draw"}
LINK = {"event_id": 1, "from_claim_id": 2, "to_claim_id": 1, "kind": "supersedes"}
CLAIMS = [
    ("claim", {**CASUALTY, "key": "claim1"}),
    ("claim", {**CASUALTY, "key": "claim2"}),
    ("claim", {**CASUALTY, "key": "claim3", "event_id": 2, "combatant_id": 2}),
]
WITHDRAWN = {"withdrawn_on": "2024-01-01", "withdrawn_by_id": 1}
PLACE = {"key": KEY, "name": "X"}
EVENT = {"key": KEY, "slug": "x", "name": "X", "type": "battle"}
ACTOR = {"key": KEY, "name": "X", "kind": "state"}
JUDGED = {"verdict": "same", "judged_by": "me", "reason": "r", "judged_at": NOW}
UNMARKED = {"dataset", "import_run", "judgement"}

GOOD: dict[str, tuple[str, dict[str, Any]]] = {
    "casualty": ("claim", CASUALTY),
    "casualty of a side": ("claim", {**TOTAL, "subject_kind": "side", "side": 1}),
    "casualty of civilians": ("claim", {**TOTAL, "subject_kind": "civilians"}),
    "casualty on the total": ("claim", TOTAL),
    "estimate with a best outside its bounds": ("claim", {**TOTAL, "qualifier": "range", "upper": 30, "best": 99}),
    "a part": ("claim", {**CASUALTY, "part_of_id": 1, "group": "officers"}),
    "more than": ("claim", {**CASUALTY, "qualifier": "more_than", "upper": None}),
    "at most": ("claim", {**CASUALTY, "qualifier": "at_most", "lower": None}),
    "range": ("claim", {**CASUALTY, "qualifier": "range", "upper": 30}),
    "vague": ("claim", {**CASUALTY, "qualifier": "vague", "lower": None, "upper": None}),
    "zero or unknown": ("claim", {**CASUALTY, "qualifier": "zero_or_unknown", "lower": 0, "upper": 0}),
    "a billion": ("claim", {**CASUALTY, "lower": 10**12, "upper": 10**12}),
    "things": ("claim", THINGS),
    "strength": ("claim", STRENGTH),
    "strength of things": ("claim", {**STRENGTH, "metric": "materiel", "item": "vehicle", "fate": "present"}),
    "commander": ("claim", COMMANDER),
    "commander with a fate": ("claim", {**COMMANDER, "fate": "survived", "rank": "Colonel"}),
    "attribute": ("claim", ATTRIBUTE),
    "attribute with a place": ("claim", {**ATTRIBUTE, "attribute": "place", "place_id": 1}),
    "withdrawn": ("claim", {**CASUALTY, **WITHDRAWN}),
    "dated": ("claim", {**CASUALTY, "stated_on": "-0489", "stated_first_day": -9, "stated_last_day": -9}),
    "a revision": ("claim", {**CASUALTY, "key": "claim1", "revision": 2}),
    "link": ("claim_link", LINK),
    "combatant": ("combatant", {"event_id": 1, "actor_id": 2, "side": 2, "role": "unknown"}),
    "event": ("event", {**EVENT, "date": "2019", "first_day": 1, "last_day": 2, "date_precision": "year"}),
    "place": ("place", {**PLACE, "latitude": -90, "longitude": 180, "country": "MLI", "precision": "exact"}),
    "unnamed actor": ("actor", {**ACTOR, "unnamed": True, "event_key": "event1", "source_id": 1}),
    "native id": ("external_id", {"scheme": "x", "native_id": "1", "event_id": 1}),
    "judgement of two": ("judgement", {**JUDGED, "event_id": 1, "other_event_id": 2}),
    "judgement of one": ("judgement", {**JUDGED, "verdict": "unreasonable", "claim_id": 1}),
}

_CLAIM_COLUMNS = {
    "claim.kind_known": {**CASUALTY, "kind": "rumour"},
    "claim.status_known": {**CASUALTY, "status": "maybe"},
    "claim.subject_kind_known": {**TOTAL, "subject_kind": "everyone"},
    "claim.item_known": {**THINGS, "item": "spaceship"},
    "claim.qualifier_known": {**CASUALTY, "qualifier": "roughly"},
    "claim.attribute_known": {**ATTRIBUTE, "attribute": "mood"},
    "claim.stake_override_known": {**CASUALTY, "stake_override": "friend", "stake_reason": "r"},
    "claim.reliability_known": {**CASUALTY, "reliability": "G"},
    "claim.credibility_range": {**CASUALTY, "credibility": 7},
    "claim.stake_override_has_a_reason": {**CASUALTY, "stake_override": "own_side"},
    "claim.stated_first_day_before_last": {
        **CASUALTY, "stated_on": "2019", "stated_first_day": 2, "stated_last_day": 1,
    },
    "claim.stated": {**CASUALTY, "stated_first_day": 1, "stated_last_day": 1},
    "claim.not_part_of_itself": {**CASUALTY, "id": 99, "part_of_id": 99},
    "claim.withdrawal": {**CASUALTY, "withdrawn_on": "2024-01-01"},
    "claim.casualty_has_a_metric": {**CASUALTY, "metric": "persons"},
    "claim.casualty_has_a_metric, none": {**CASUALTY, "metric": None},
    "claim.strength_has_a_metric": {**STRENGTH, "metric": "killed"},
    "claim.figure_has_a_subject": {**TOTAL, "subject_kind": None},
    "claim.figure_has_a_subject, no person": {**CASUALTY, "person_id": 1},
    "claim.figure_has_a_subject, no qualifier": {**CASUALTY, "qualifier": None},
    "claim.commander_has_a_person": {**COMMANDER, "person_id": None},
    "claim.commander_has_a_person, no figure": {**COMMANDER, "lower": 1},
    "claim.commander_has_a_person, a combatant": {**COMMANDER, "combatant_id": None},
    "claim.attribute_has_a_value": {**ATTRIBUTE, "value": None},
    "claim.attribute_has_a_value, no figure": {**ATTRIBUTE, "metric": "killed"},
    "claim.materiel_has_an_item": {**THINGS, "item": None},
    "claim.materiel_has_an_item, only things": {**CASUALTY, "item": "vehicle"},
    "claim.fate_fits_the_kind": {**CASUALTY, "fate": "killed"},
    "claim.fate_fits_the_kind, of things": {**THINGS, "fate": "killed"},
    "claim.fate_fits_the_kind, of a person": {**COMMANDER, "fate": "destroyed"},
    "claim.materiel_has_a_fate": {**THINGS, "fate": None},
    "claim.subject_combatant": {**CASUALTY, "combatant_id": None},
    "claim.subject_combatant, not of the total": {**TOTAL, "combatant_id": 1},
    "claim.subject_side": {**TOTAL, "side": 1},
    "claim.subject_side, which": {**TOTAL, "subject_kind": "side"},
    "claim.subject_side, from 1": {**TOTAL, "subject_kind": "side", "side": 0},
    "claim.lower_not_negative": {**CASUALTY, "qualifier": "range", "lower": -1},
    "claim.upper_not_negative": {**CASUALTY, "qualifier": "at_most", "lower": None, "upper": -1},
    "claim.best_not_negative": {**CASUALTY, "best": -1},
    "claim.lower_to_upper": {**CASUALTY, "qualifier": "range", "lower": 27},
    **{
        f"claim.bounds_fit_the_qualifier, {word}": {**CASUALTY, "qualifier": word, "lower": lower, "upper": upper}
        for word, lower, upper in (
            ("exact", 1, 2), ("exact", 1, None), ("range", 1, None), ("approximate", None, 1), ("more_than", 1, 1),
            ("at_least", None, None), ("open_range", 1, 2), ("at_most", 1, 1), ("less_than", None, None),
            ("vague", 1, None), ("zero_or_unknown", 1, 1),
        )
    },
    "claim.event": {**CASUALTY, "event_id": 99},
    "claim.claimant": {**CASUALTY, "claimant_id": 99},
    "claim.source": {**CASUALTY, "source_id": 99},
    "claim.person": {**COMMANDER, "person_id": 99},
    "claim.place": {**ATTRIBUTE, "place_id": 99},
    "claim.import_run": {**CASUALTY, "import_run_id": 99},
    "claim.withdrawn_by": {**CASUALTY, **WITHDRAWN, "withdrawn_by_id": 99},
    "claim.combatant": {**CASUALTY, "combatant_id": 99},
    "claim.combatant of another event": {**CASUALTY, "combatant_id": 2},
    "claim.part_of another event's claim": {**CASUALTY, "part_of_id": 3},
    "claim.no claimant": {**CASUALTY, "claimant_id": None},
    "claim.no source": {**CASUALTY, "source_id": None},
    "claim.no run": {**CASUALTY, "import_run_id": None},
    "claim.key and revision": {**CASUALTY, "key": "claim1"},
}  # fmt: skip
BAD: dict[str, tuple[str, dict[str, Any]]] = {
    **{name: ("claim", values) for name, values in _CLAIM_COLUMNS.items()},
    "claim_link.kind_known": ("claim_link", {**LINK, "kind": "likes"}),
    "claim_link.not_to_itself": ("claim_link", {**LINK, "to_claim_id": 2}),
    "claim_link.withdrawal": ("claim_link", {**LINK, "withdrawn_by_id": 1}),
    "claim_link.from": ("claim_link", {**LINK, "from_claim_id": 99}),
    "claim_link.to": ("claim_link", {**LINK, "to_claim_id": 99}),
    "claim_link.to another event": ("claim_link", {**LINK, "to_claim_id": 3}),
    "claim_link.from another event": ("claim_link", {**LINK, "from_claim_id": 3}),
    "claim_link.import_run": ("claim_link", {**LINK, "import_run_id": 99}),
    "combatant.role_known": ("combatant", {"event_id": 1, "actor_id": 2, "side": 1, "role": "bystander"}),
    "combatant.side_counts_from_1": ("combatant", {"event_id": 1, "actor_id": 2, "side": 0, "role": "unknown"}),
    "combatant.once": ("combatant", {"event_id": 1, "actor_id": 1, "side": 2, "role": "unknown"}),
    "combatant.actor": ("combatant", {"event_id": 1, "actor_id": 99, "side": 1, "role": "unknown"}),
    "combatant.event": ("combatant", {"event_id": 99, "actor_id": 2, "side": 1, "role": "unknown"}),
    "event.type_known": ("event", {**EVENT, "type": "party"}),
    "event.date_precision_known": ("event", {**EVENT, "date_precision": "hour"}),
    "event.first_day_before_last": ("event", {**EVENT, "first_day": 2, "last_day": 1}),
    "event.slug": ("event", {**EVENT, "slug": "e1"}),
    "event.key": ("event", {**EVENT, "key": "event1"}),
    "event.place": ("event", {**EVENT, "place_id": 99}),
    "event.conflict": ("event", {**EVENT, "conflict_id": 99}),
    "event.source": ("event", {**EVENT, "source_id": 99}),
    "event.claimant": ("event", {**EVENT, "claimant_id": 99}),
    "place.latitude_range": ("place", {**PLACE, "latitude": 90.1, "longitude": 0}),
    "place.longitude_range": ("place", {**PLACE, "latitude": 0, "longitude": -180.1}),
    "place.coordinates_together": ("place", {**PLACE, "latitude": 1}),
    "place.country_alpha3": ("place", {**PLACE, "country": "ML"}),
    "place.precision_known": ("place", {**PLACE, "precision": "roughly"}),
    "place.key": ("place", {**PLACE, "key": "place1"}),
    "place.source": ("place", {**PLACE, "source_id": 99}),
    "external_id.nobody's": ("external_id", {"scheme": "x", "native_id": "1"}),
    "external_id.of two": ("external_id", {"scheme": "x", "native_id": "1", "event_id": 1, "actor_id": 1}),
    "external_id.event": ("external_id", {"scheme": "x", "native_id": "1", "event_id": 99}),
    "external_id.actor": ("external_id", {"scheme": "x", "native_id": "1", "actor_id": 99}),
    "external_id.conflict": ("external_id", {"scheme": "x", "native_id": "1", "conflict_id": 99}),
    "external_id.person": ("external_id", {"scheme": "x", "native_id": "1", "person_id": 99}),
    "external_id.once": ("external_id", {"scheme": "taken", "native_id": "1", "event_id": 2}),
    "judgement.verdict_known": ("judgement", {**JUDGED, "verdict": "meh", "event_id": 1, "other_event_id": 2}),
    "judgement.about nothing": ("judgement", {**JUDGED, "verdict": "unreasonable"}),
    "judgement.about two things": ("judgement", {**JUDGED, "verdict": "unreasonable", "event_id": 1, "actor_id": 1}),
    "judgement.pairs_of_one_kind": ("judgement", {**JUDGED, "event_id": 1, "other_actor_id": 1}),
    "judgement.sameness_is_of_two": ("judgement", {**JUDGED, "event_id": 1}),
    "judgement.no reason": ("judgement", {**JUDGED, "reason": None, "event_id": 1, "other_event_id": 2}),
    "judgement.event": ("judgement", {**JUDGED, "event_id": 1, "other_event_id": 99}),
    "judgement.claim": ("judgement", {**JUDGED, "verdict": "unreasonable", "claim_id": 99}),
    "actor.kind_known": ("actor", {**ACTOR, "kind": "robot"}),
    "actor.country_alpha3": ("actor", {**ACTOR, "country": "ML"}),
    "actor.unnamed_has_a_scope": ("actor", {**ACTOR, "unnamed": True, "source_id": 1}),
    "actor.key": ("actor", {**ACTOR, "key": "actor1"}),
    "actor.source": ("actor", {**ACTOR, "source_id": 99}),
    "actor_relation.not_to_itself": ("actor_relation", {"actor_id": 1, "other_id": 1, "kind": "part_of"}),
    "actor_relation.kind_known": ("actor_relation", {"actor_id": 1, "other_id": 2, "kind": "likes"}),
    "conflict.not_its_own_parent": ("conflict", {"id": 9, "name": "D", "folded": "d", "parent_id": 9}),
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def small_world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Give one engine's connection to two events with three claims; each test undoes what it inserts."""
    databases = request.getfixturevalue(f"{request.param}_databases")
    url = databases.copy(tmp_path_factory.mktemp("rules"), seed=False)
    with writing(find_target(url)) as connection:
        for name, values in [*BASE, *CLAIMS]:
            _insert(connection, name, values)
        _insert(connection, "external_id", {"scheme": "taken", "native_id": "1", "event_id": 1})
        yield connection
    databases.drop(url)


def _insert(connection: Connection, name: str, values: dict[str, Any]) -> None:
    run = {} if name in UNMARKED else {"import_run_id": 1}
    connection.execute(insert(tables.metadata.tables[name]).values(**run | values))


@pytest.mark.parametrize(("name", "values"), GOOD.values(), ids=GOOD)
def test_good_rows_are_taken(small_world: Connection, name: str, values: dict[str, Any]) -> None:
    with small_world.begin_nested() as attempt:
        _insert(small_world, name, values)
        attempt.rollback()


@pytest.mark.parametrize(("name", "values"), BAD.values(), ids=BAD)
def test_bad_rows_are_refused_by_the_database(small_world: Connection, name: str, values: dict[str, Any]) -> None:
    with small_world.begin_nested() as attempt:
        with pytest.raises(IntegrityError), small_world.begin_nested():
            _insert(small_world, name, values)
        attempt.rollback()


def test_one_link_of_a_kind_stands_between_two_claims(small_world: Connection) -> None:
    with small_world.begin_nested() as attempt:
        _insert(small_world, "claim_link", {**LINK, **WITHDRAWN})
        _insert(small_world, "claim_link", LINK)
        _insert(small_world, "claim_link", {**LINK, "kind": "contradicts"})
        with pytest.raises(IntegrityError), small_world.begin_nested():
            _insert(small_world, "claim_link", LINK)
        attempt.rollback()
    assert small_world.execute(select(tables.claim_link)).all() == []


def test_every_rule_of_the_tables_has_a_bad_row() -> None:
    """A CHECK that is added to these tables needs an example here."""
    tried = {name.partition(",")[0] for name in BAD}
    rules = {
        str(check.name).replace(f"ck_{table.name}_", f"{table.name}.")
        for table in (tables.claim, tables.claim_link, tables.combatant, tables.event, tables.place, tables.actor)
        for check in table.constraints
        if type(check).__name__ == "CheckConstraint"
    }
    assert rules - tried == set()
