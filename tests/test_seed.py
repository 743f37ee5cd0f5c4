"""The shipped seed: the raid on Dioura, every figure of the article with its claimant, and nothing beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, text

from conflictdb import resources
from conflictdb.config import find_target
from conflictdb.domain.vocabulary import PERSON_METRICS
from conflictdb.ingest import import_file
from conflictdb.store.engine import reading
from conflictdb.store.tables import metadata
from conflictdb.store.write.lookups import Lookups

ARMY, MACINA = "Malian Army", "Katibat Macina"
GOVERNMENT, FRONT = "Government of Mali", "Front for the Safeguard of Democracy"
ARTICLE = "wikipedia-raid-on-dioura-2019"


@pytest.fixture
def seeded(seeded_url: str) -> Iterator[Connection]:
    with reading(find_target(seeded_url)) as connection:
        yield connection


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resources.seed_path().read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def article(shared: Path) -> str:
    (path,) = shared.glob("seeds/000_*.txt")
    return path.read_text(encoding="utf-8")


VIEWS = {"casualty": "casualties", "strength": "strengths"}


def _rows(connection: Connection, query: str, **values: object) -> list[tuple[Any, ...]]:
    """Return all rows in one order on both engines."""
    return sorted((tuple(row) for row in connection.execute(text(query), values)), key=repr)


def _figures(connection: Connection, subject: str, metric: str, kind: str = "casualty") -> list[tuple[Any, ...]]:
    return _rows(
        connection,
        f"""SELECT COALESCE(claim.claimant_name, actor.name), casualties.lower, casualties.upper, casualties.qualifier,
                  casualties.stated_on, casualties.standing
           FROM {VIEWS[kind]} AS casualties JOIN claim ON claim.id = casualties.claim_id
           JOIN actor ON actor.id = claim.claimant_id
           WHERE casualties.event = 'dioura-2019' AND casualties.kind = :kind AND casualties.subject = :subject
             AND casualties.metric = :metric""",
        subject=subject,
        metric=metric,
        kind=kind,
    )


def _things(connection: Connection, subject: str, kind: str) -> list[tuple[Any, ...]]:
    return _rows(
        connection,
        f"""SELECT claimant, item, fate, subject_group, lower, upper, qualifier, wording, standing FROM {VIEWS[kind]}
           WHERE metric = 'materiel' AND subject = :subject AND kind = :kind""",
        subject=subject,
        kind=kind,
    )


def _links(connection: Connection, kind: str) -> list[tuple[Any, ...]]:
    return _rows(
        connection,
        """SELECT speaker.name, origin.stated_on, origin.metric, origin.lower,
                  earlier.name, target.stated_on, target.metric, target.lower
           FROM links JOIN claim AS origin ON origin.id = links.from_claim_id
           JOIN claim AS target ON target.id = links.to_claim_id
           JOIN actor AS speaker ON speaker.id = origin.claimant_id
           JOIN actor AS earlier ON earlier.id = target.claimant_id
           WHERE links.event = 'dioura-2019' AND links.withdrawn_on IS NULL AND links.kind = :kind""",
        kind=kind,
    )


# --- the event -------------------------------------------------------------------------------------------------------


def test_seed_is_one_event(seeded: Connection) -> None:
    (event,) = seeded.execute(text("SELECT * FROM events")).mappings()
    told = {name: event[name] for name in event if name not in ("summary", "event_id", "import_run_id")}
    assert told == {
        "slug": "dioura-2019",
        "name": "Raid on Dioura (2019)",
        "type": "battle",
        "subtype": "raid",
        "conflict": "Mali War",
        "place": "Dioura",
        "admin1": "Mopti Region",
        "admin2": None,
        "country": "MLI",
        "country_name": "Mali",
        "latitude": 14.825278,
        "longitude": -5.251389,
        "date": "2019-03-17",
        "start_time": "~06:00",
        "end_time": None,  # at about 16:00 the government said so; when it ended is not known
        "time_zone": "Africa/Bamako",
    }


def test_sides(seeded: Connection) -> None:
    fought = _rows(
        seeded,
        """SELECT combatant.side, combatant.role, actor.name, combatant.unit
           FROM combatant JOIN actor ON actor.id = combatant.actor_id""",
    )
    assert fought == [(1, "defender", ARMY, "a company"), (2, "attacker", MACINA, None)]


def test_native_ids(seeded: Connection) -> None:
    owned = _rows(
        seeded,
        """SELECT external_id.scheme, external_id.native_id, COALESCE(event.slug, actor.name)
           FROM external_id LEFT JOIN event ON event.id = external_id.event_id
           LEFT JOIN actor ON actor.id = external_id.actor_id""",
    )
    assert owned == [
        ("ucdp-actor", "6267", MACINA),
        ("ucdp-actor", "6716", "JNIM"),
        ("ucdp-actor", "72", "Mali"),
        ("wikipedia", "Raid on Dioura (2019)", "dioura-2019"),
    ]


def test_timeline(seeded: Connection) -> None:
    entries = seeded.execute(text("SELECT date, time FROM timeline_entry ORDER BY id")).all()
    assert [tuple(entry) for entry in entries] == [
        ("2019-03-17", "~06:00"),
        ("2019-03-17", "~06:00"),
        ("2019-03-17", None),
        ("2019-03-17", None),
        ("2019-03-17", None),
        ("2019-03-17", "~16:00"),
        ("2019-03-18", None),
        ("2019-03-18", None),
        ("2019-03-17/..", None),  # the missing were found "later"
        ("2019-03-21", None),
        ("2019-05-31", None),
    ]


# --- casualties ------------------------------------------------------------------------------------------------------


def test_soldiers_killed(seeded: Connection) -> None:
    assert _figures(seeded, ARMY, "killed") == [
        (FRONT, 21, None, "more_than", None, "standing"),
        (GOVERNMENT, 23, 23, "exact", "2019-03-18", "superseded"),
        (GOVERNMENT, 26, 26, "exact", "2019-03-21", "standing"),
        ("JNIM", 30, 30, "exact", None, "standing"),
        ("MINUSMA", 26, 26, "exact", "2019-05-31", "standing"),
        ("a local official", 21, 21, "exact", None, "standing"),
        ("a military source", 21, 21, "exact", None, "standing"),
    ]


def test_wounded_stand_after_the_killed_were_revised(seeded: Connection) -> None:
    assert _figures(seeded, ARMY, "wounded") == [(GOVERNMENT, 17, 17, "exact", "2019-03-18", "standing")]


def test_none_captured_is_a_claim(seeded: Connection) -> None:
    assert _figures(seeded, ARMY, "captured") == [(GOVERNMENT, 0, 0, "exact", "2019-03-18", "standing")]


def test_missing(seeded: Connection) -> None:
    assert _figures(seeded, ARMY, "missing") == [
        (FRONT, 20, 20, "exact", None, "standing"),
        ("Wikipedia", None, None, "vague", None, "standing"),
    ]


def test_attackers_killed_by_their_own_word_alone(seeded: Connection) -> None:
    for metric in PERSON_METRICS:
        expected = [("JNIM", 3, 3, "exact", None, "standing")] if metric == "killed" else []
        assert _figures(seeded, MACINA, metric) == expected


def test_nothing_else_is_counted(seeded: Connection) -> None:
    counted = _rows(
        seeded,
        """SELECT subject, metric, COUNT(*) FROM casualties
           WHERE kind = 'casualty' AND metric <> 'materiel' GROUP BY subject, metric""",
    )
    assert counted == [
        (MACINA, "killed", 1),
        (ARMY, "captured", 1),
        (ARMY, "killed", 7),
        (ARMY, "missing", 2),
        (ARMY, "wounded", 1),
    ]


def test_materiel_lost(seeded: Connection) -> None:
    assert _things(seeded, ARMY, "casualty") == [
        (FRONT, "vehicle", "captured", None, 8, 8, "exact", "eight vehicles captured", "standing"),
        (FRONT, "vehicle", "destroyed", None, 8, 8, "exact", "eight vehicles burned", "standing"),
        ("JNIM", "vehicle", "captured", None, None, None, "vague", "several vehicles", "standing"),
        ("JNIM", "weapon", "captured", None, None, None, "vague", "a cache of weapons", "standing"),
        ("Wikipedia", "any", "destroyed", "ammunition storage", None, None, "vague", "ammo storage", "standing"),
        (
            *("Wikipedia", "vehicle", "destroyed", None, None, None, "vague"),
            *("several vehicles, including tank trucks", "standing"),
        ),
    ]
    assert _things(seeded, MACINA, "casualty") == []


def test_strengths(seeded: Connection) -> None:
    of_army = [("Wikipedia", 100, 100, "approximate", None, "standing")]
    of_macina = [("Wikipedia", None, None, "vague", None, "standing")]
    assert _figures(seeded, ARMY, "persons", "strength") == of_army
    assert _figures(seeded, MACINA, "persons", "strength") == of_macina
    assert _things(seeded, ARMY, "strength") == []
    assert _things(seeded, MACINA, "strength") == [
        ("Wikipedia", "vehicle", "present", each, None, None, "vague", each, "standing")
        for each in ("motorcycles", "pickups")
    ]


def test_status_of_the_tolls(seeded: Connection) -> None:
    said = _rows(seeded, "SELECT claimant, stated_on, metric, status FROM casualties WHERE status IS NOT NULL")
    assert said == [
        *[("Government of Mali", "2019-03-18", metric, "provisional") for metric in ("captured", "killed", "wounded")],
        ("Government of Mali", "2019-03-21", "killed", "revised"),
    ]


# --- links -----------------------------------------------------------------------------------------------------------


def test_one_figure_is_superseded(seeded: Connection) -> None:
    superseded = [("Mali", "2019-03-21", "killed", 26, "Mali", "2019-03-18", "killed", 23)]
    assert _links(seeded, "supersedes") == superseded


def test_one_figure_is_corroborated(seeded: Connection) -> None:
    corroborated = [("MINUSMA", "2019-05-31", "killed", 26, "Mali", "2019-03-21", "killed", 26)]
    assert _links(seeded, "corroborates") == corroborated


def test_no_other_links(seeded: Connection) -> None:
    assert _rows(seeded, "SELECT kind, COUNT(*) FROM links GROUP BY kind") == [("corroborates", 1), ("supersedes", 1)]


# --- leaders and results ---------------------------------------------------------------------------------------------


def test_commanders(seeded: Connection) -> None:
    led = _rows(seeded, "SELECT combatant, commander, fate, claimant, stated_on, standing FROM commanders")
    assert led == [
        (MACINA, "Amadou Koufa", None, "JNIM", None, "standing"),
        (MACINA, "Ba Ag Moussa", None, ARMY, None, "standing"),
        (ARMY, "Mohamed Sidati Ould Cheikh", "killed", "Wikipedia", None, "standing"),
    ]


def test_a_fate_is_no_casualty_claim(seeded: Connection) -> None:
    counted = """SELECT casualties.wording FROM casualties JOIN claim ON claim.id = casualties.claim_id
                 WHERE claim.person_id IS NOT NULL OR claim.part_of_id IS NOT NULL OR casualties.lower = 1"""
    assert _rows(seeded, counted) == []


def test_results(seeded: Connection) -> None:
    told = _rows(seeded, "SELECT attribute, value, claimant, stated_on, standing FROM attributes")
    assert told == [
        ("result", "JNIM victory", "Wikipedia", None, "standing"),
        ("result", "control of the camp regained", "Government of Mali", "2019-03-17", "standing"),
    ]


# --- who belongs to whom, which decides the stakes -------------------------------------------------------------------


def test_relations(seeded: Connection) -> None:
    related = _rows(
        seeded,
        """SELECT actor.name, actor_relation.kind, other.name FROM actor_relation
           JOIN actor ON actor.id = actor_relation.actor_id
           JOIN actor AS other ON other.id = actor_relation.other_id""",
    )
    assert related == [
        (MACINA, "part_of", "JNIM"),
        ("MINUSMA", "part_of", "United Nations"),
        ("Malian Armed Forces", "part_of", "Mali"),
        (ARMY, "part_of", "Malian Armed Forces"),
        ("a military source", "part_of", "Malian Armed Forces"),
    ]
    assert _rows(seeded, "SELECT name FROM actor WHERE independent") == [(FRONT,), ("a local official",)]
    assert _rows(seeded, "SELECT name FROM actor WHERE unnamed") == [("a local official",), ("a military source",)]
    assert _rows(seeded, "SELECT name FROM actor WHERE kind = 'recorder'") == [("Wikipedia",)]


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Government of Mali", "Mali"),
        ("Malian government", "Mali"),
        ("FAMA", "Malian Armed Forces"),
        ("Forces Armees Maliennes", "Malian Armed Forces"),
        ("Katiba Macina", MACINA),
        ("FLM", MACINA),
        ("front de liberation du macina", MACINA),
        ("Macina Liberation Front", MACINA),
        ("Jamaat Nasr al-Islam wal Muslimin", "JNIM"),
        ("Jama'at Nusrat al-Islam wal-Muslimin", "JNIM"),
        ("Group for the Support of Islam and Muslims", "JNIM"),
        ("جماعة نصرة الإسلام والمسلمين", "JNIM"),
        ("United Nations Multidimensional Integrated Stabilization Mission in Mali", "MINUSMA"),
        ("UN", "United Nations"),
        ("FSD", FRONT),
        ("Front pour la sauvegarde de la democratie", FRONT),
    ],
)
def test_actors_by_other_names(seeded: Connection, name: str, actor: str) -> None:
    assert [found.name for found in Lookups(seeded).actors(name)] == [actor]


@pytest.mark.parametrize(
    ("name", "person"),
    [
        *[(name, "Amadou Koufa") for name in ("Koufa", "Amadou Kouffa", "Hamadoun Kouffa", "كوفا", "أمادو كوفا")],
        ("Bah Ag Moussa", "Ba Ag Moussa"),
    ],
)
def test_people_by_other_names(seeded: Connection, name: str, person: str) -> None:
    assert [found.name for found in Lookups(seeded).people(name)] == [person]


# --- every number leads back to a document ---------------------------------------------------------------------------


def test_every_claim_has_a_place_in_the_article(seeded: Connection) -> None:
    assert _rows(seeded, "SELECT key FROM claim WHERE COALESCE(locator, '') = '' OR COALESCE(wording, '') = ''") == []
    assert _rows(seeded, "SELECT text FROM timeline_entry WHERE COALESCE(locator, '') = ''") == []
    sources = """SELECT source.slug FROM source JOIN claim ON claim.source_id = source.id
                 UNION SELECT source.slug FROM source JOIN timeline_entry ON timeline_entry.source_id = source.id"""
    assert _rows(seeded, sources) == [(ARTICLE,)]


@pytest.mark.parametrize("owner", ["actor", "person"])
def test_every_name_has_a_source(seeded: Connection, owner: str) -> None:
    """The main name is an alias too: its source is the one of the actor or person."""
    without = f"""SELECT {owner}_alias.name FROM {owner}_alias JOIN {owner} ON {owner}.id = {owner}_alias.{owner}_id
                  WHERE {owner}_alias.source_id IS NULL AND NOT ({owner}_alias.name = {owner}.name
                    AND {owner}.source_id IS NOT NULL)"""
    assert _rows(seeded, without) == []


def test_everything_else_has_a_source(seeded: Connection) -> None:
    for table in ("actor", "person", "conflict", "place"):
        assert _rows(seeded, f"SELECT name FROM {table} WHERE source_id IS NULL") == []
    unsourced = """SELECT actor.name FROM actor_relation JOIN actor ON actor.id = actor_relation.actor_id
                   WHERE actor_relation.source_id IS NULL AND NOT actor.unnamed"""
    assert _rows(seeded, unsourced) == []


def test_sources_say_what_they_are(document: dict[str, Any]) -> None:
    for source in document["sources"]:
        assert source["publisher"] and source["url"] and source["note"], source["id"]
    assert "published_on" not in document["sources"][0]  # not known, so undated claims stay undated


def test_importing_it_again_changes_nothing(seeded_url: str) -> None:
    target = find_target(seeded_url)
    before = _everything(seeded_url)
    report = import_file(target, resources.seed_path())
    assert (report.problems, report.warnings) == ([], [])
    counts = {kind: {name: n for name, n in each.items() if n} for kind, each in report.counts.items()}
    assert counts == {
        "events": {"unchanged": 1},
        "claims": {"unchanged": 27},
        "sources": {"unchanged": 12},
        "actors": {"unchanged": 9},
        "people": {"unchanged": 3},
        "conflicts": {"unchanged": 1},
    }
    assert _everything(seeded_url) == before


def _everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables but the record of imports."""
    with reading(find_target(url)) as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name != "import_run"
        }


# --- against the article ---------------------------------------------------------------------------------------------


def test_wordings_stand_where_the_locators_say(document: dict[str, Any], article: str) -> None:
    passages = _passages(article)
    checked = 0
    for claim in document["events"][0]["claims"]:
        for wording, locator in _wordings(claim):
            named = locator.split("; ")
            assert all(each in passages for each in named), locator
            assert any(wording in passages[each] for each in named), (wording, locator)
            checked += 1
    assert checked == 27
    assert all(each in passages for entry in document["events"][0]["timeline"] for each in entry["locator"].split("; "))


def test_prose_is_our_own(document: dict[str, Any], article: str) -> None:
    (event,) = document["events"]
    prose = [event["summary"], *(entry["text"] for entry in event["timeline"]), *_notes(event["claims"])]
    copied = {run for each in prose for run in _runs(each)} & _runs(article)
    assert copied == set()


def _passages(article: str) -> dict[str, str]:
    """Return what a locator may name: "Infobox, result", "Aftermath, paragraph 2"."""
    passages: dict[str, str] = {}
    section, paragraph = "", 0
    for line in filter(None, map(str.strip, article.splitlines())):
        if line == "Infobox" or line.startswith("== "):
            section, paragraph = line.strip("= "), 0
        elif section == "Infobox" and line.startswith("- "):
            name, _, value = line.removeprefix("- ").partition(": ")
            passages[f"Infobox, {name.lower()}"] = value
        elif section != "Infobox":
            paragraph += 1
            passages[f"{section}, paragraph {paragraph}"] = line
    return passages


def _wordings(claim: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the wording of every figure, leader and attribute of a statement, and where it stands."""
    specs = [each for value in claim.values() for each in (value if isinstance(value, list) else [value])]
    stated = [each for each in specs if isinstance(each, dict) and "wording" in each]
    for each in stated or [claim]:
        yield each["wording"], each.get("locator", claim["locator"])


def _notes(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (each for name, each in value.items() if name == "note")
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _notes(each)


def _runs(prose: str, length: int = 8) -> set[str]:
    """Return every run of so many words; hyphens and apostrophes part no words."""
    words = re.findall(r"\w+", re.sub(r"['’-]", "", prose.lower()))
    return {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}
