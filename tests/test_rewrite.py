"""A known event written as a document: importing it changes nothing, and elsewhere it makes the same event."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from conflictdb import resources
from conflictdb.config import Target, find_target
from conflictdb.domain.report import ImportReport
from conflictdb.errors import NotFoundError
from conflictdb.ingest import import_file
from conflictdb.reader import Reader
from conflictdb.rewrite import write_event
from conflictdb.setup import create_database
from conflictdb.store.engine import reading
from conflictdb.undo import undo_import

KINDS = ("events", "claims", "sources", "actors", "people", "conflicts")
REVISION = re.compile(r"([a-z2-7]{12})\.[0-9]+")

HEAD = """
sources:
  - {id: art, title: An article, publisher: Wikipedia}
  - {id: wire, title: "Wire: 40 dead", publisher: A wire, published_on: 2019-03-19, archive_sha256: %s}
source: art
claimant: Wikipedia
actors:
  - {name: Wikipedia, kind: recorder}
  - {name: Mali, kind: state, country: Mali, aliases: [{name: Government of Mali, language: en, source: wire}, مالي]}
  - {name: Malian Armed Forces, kind: state_forces, part_of: Mali}
  - {name: Malian Army, kind: state_forces, part_of: [{actor: Malian Armed Forces, since: 1960, source: art}]}
  - {name: JNIM, kind: armed_group, part_of: none, native_ids: ["ucdp-actor:6716"]}
  - {name: Macina, kind: armed_group, part_of: [{actor: JNIM, since: 2017-03, until: 2025~}], allied_with: Bystanders}
  - {name: Bystanders, kind: armed_group, splinter_of: JNIM}
  - {name: FSD, kind: party, part_of: none, description: "An opposition: party"}
""" % ("0123456789abcdef" * 4)

EVENT = (
    HEAD
    + """
slug: x-2019
name: Raid on X
type: battle
date: 2019-03-17
sides:
  - {combatants: [{actor: Malian Army, unit: a company}], role: defender}
  - {combatants: [Macina, {actor: Bystanders, role: unknown}], role: attacker}
"""
)

TEXTS = [
    "a: b", "# no comment", "- no list", "a #b", "'quoted'", '"quoted"', "it's", "one\ntwo", "one\n\n two\n", "a\\nb",
    "\u202eright to left", "عربي: نص", "🪖 emoji", "tab\there", "null", "~", "true", "yes", "No", "1.5e3", "+.5",
    "-.5e+3", "0x10", "0o7", "1_000", "12:30:00", "2019-03-17",
    "2019-03-17T06:00:00Z", "=", "<<", "*alias", "&anchor", "!tag",
    "%YAML", "---", "...", "? key", "| block", "> folded", "@at", "`tick", "{a: b}", "[a, b]", ", comma", "a  b",
    "x" * 300, "word " * 60 + "end", "non\u00a0breaking", "line\u2028separator", "next\u0085line",
    "\ufeffmark", "1.", "08",
]  # fmt: skip

CLAIMS = {
    "example": """
  - {id: gov-18, claimant: Government of Mali, stated_on: 2019-03-18, status: provisional, of: Malian Army, killed: 23,
     wounded: 17, captured: none}
  - {id: gov-21, claimant: Government of Mali, stated_on: 2019-03-21, of: Malian Army, killed: 26}
  - {id: jnim, claimant: JNIM, of: Malian Army, killed: 30, materiel: several vehicles captured}
  - {claimant: {unnamed: a military source, part_of: Mali}, of: Malian Army, killed: 21, contradicts: jnim}
""",
    "unnamed claimants": """
  - {claimant: {unnamed: witnesses, kind: witness}, of: Malian Army, killed: 20+}
  - {claimant: {unnamed: witnesses, kind: witness}, source: wire, of: Malian Army, killed: 20+}
  - {id: a, claimant: {unnamed: an official, part_of: none}, of: Macina, killed: 3}
  - {id: b, claimant: {unnamed: a soldier, kind: official, part_of: Malian Army}, of: Macina, killed: 4, wounded: 5}
""",
    "figures": """
  - {id: a, of: Malian Army, killed: over 20, wounded: at least 20, missing: up to 50, captured: fewer than 100,
     deserted: 30-40, displaced: ~100, casualties: several dozen}
  - {id: b, of: Macina, killed: "25-82+", wounded: 0 or unknown, missing: "1,000", captured: a dozen, deserted: none}
  - {id: c, of: total, killed: {figure: 26, wording: twenty-six}, wounded: {lower: 3}, missing: {lower: 3, upper: 3}}
  - {id: d, of: total, captured: {lower: 3, upper: 7, best: 4, wording: "low 3, high 7", note: a note, locator: p. 1}}
  - {id: e, of: total, deserted: {wording: a handful of them}, displaced: {qualifier: vague}, killed: {upper: 7}}
  - {id: f, of: total, casualties: {lower: 30, upper: 40, qualifier: approximate}, killed: {figure: several, best: 4}}
  - {id: g, of: side 2, killed: {lower: 25, qualifier: open_range}, wounded: {lower: 0, upper: 0, best: 2}}
  - {id: h, of: side 1, missing: {lower: 5, upper: 5, qualifier: range}, casualties: 1000000000000}
""",
    "materiel": """
  - {id: a, claimant: FSD, of: Malian Army, materiel: "8 vehicles burned, 8 vehicles captured"}
  - {id: b, of: Malian Army, materiel: [2 tank trucks destroyed, {figure: several, item: weapon, fate: captured}]}
  - {id: c, of: Malian Army, losses: "26 killed, 17 wounded, 8 vehicles burned", missing: 20, locator: p. 2}
  - {id: d, of: Macina, wording: three cars, materiel: {figure: 3, item: vehicle, fate: lost, note: cars}}
  - {of: Macina, materiel: {figure: 2, item: any, group: stores, fate: destroyed}, killed: 3, locator: p. 4}
  - {claimant: JNIM, of: Malian Army, materiel: [over 3 vehicles burned], note: on "Telegram"}
""",
    "groups and parts": """
  - {id: a, of: Malian Army, killed: [26, {figure: 3, group: officers, part_of: a}]}
  - {id: b, of: Malian Army, killed: [{figure: 30, wording: thirty}], wounded: 4}
  - {id: c, of: Malian Army, killed: {figure: 2, group: "officers, of them", part_of: b},
     wounded: {figure: 1, group: "a/b"}}
  - {claimant: FSD, of: civilians, killed: [{figure: 8, group: children}, {figure: 2, group: women}]}
""",
    "without ids": """
  - {claimant: FSD, of: Malian Army, killed: 20, wounded: 5}
  - {claimant: FSD, of: Macina, killed: 3}
  - {claimant: FSD, stated_on: 2019-03, of: Malian Army, killed: 21}
  - {claimant: FSD, locator: p. 3, of: Malian Army, killed: 22, missing: 3}
  - {claimant: FSD, locator: p. 3, of: Malian Army, captured: 22}
  - {claimant: مالي, of: Malian Army, killed: [{figure: 22, locator: a}, {figure: 22, locator: b}]}
""",
    "sources": """
  - {id: a, source: wire, of: Malian Army, killed: 20}
  - {id: a, source: {title: "Described: on the spot"}, of: Malian Army, killed: 21}
  - {id: a, of: Malian Army, killed: 22}
  - {id: b, claimant: FSD, of: Malian Army, killed: 22, contradicts: a}
""",
    "stakes": """
  - {id: a, claimant: FSD, of: Malian Army, killed: 20, stake: {stake: adversary, because: "They say: so"}}
  - {id: b, claimant: FSD, of: Macina, killed: 20, reliability: B, credibility: 2, status: unconfirmed}
  - {claimant: Malian Armed Forces, of: Macina, killed: 50, wording: ناس, language: ar, translation: "people: 50"}
""",
    "supersession": """
  - {id: a, claimant: Mali, stated_on: 2019-03-18, of: Malian Army, killed: 23, wounded: 17}
  - {id: b, claimant: Government of Mali, stated_on: 2019-03-21, of: Malian Army, killed: 26, supersedes: none}
  - {id: c, claimant: Mali, stated_on: 2019-03-25, of: Malian Army, killed: 27}
  - {id: d, claimant: Mali, of: Malian Army, killed: 28, wounded: 2, supersedes: [a, {to: b, note: "so they say: #"}]}
  - {id: e, claimant: FSD, stated_on: 2019-03-25, of: Malian Army, killed: 27, wounded: 2, corroborates: c}
  - {id: f, claimant: FSD, of: Malian Army, killed: 27, missing: 3, repeats: e, derived_from: [c, e], retracts: a}
  - {claimant: JNIM, of: Malian Army, killed: 30, wounded: 9, contradicts: [d, {to: a, note: n}]}
""",
    "attributes": """
  - {id: a, result: "Victory: of JNIM", wording: victory, name: The battle of X, date: 2019-03-16/2019-03-17}
  - {id: b, claimant: JNIM, responsibility: claimed, place: {name: Y, country: Mali, latitude: 14.0, longitude: -5}}
  - {claimant: FSD, place: Z, result: a draw, locator: p. 1, note: a note}
  - {id: c, claimant: FSD, result: none won, of: Malian Army, killed: {figure: 3, wording: three},
     wording: all, locator: q}
  - {id: d, claimant: Mali, result: regained, contradicts: [a, c]}
  - {id: e, claimant: Mali, place: {latitude: 14.000001, longitude: 0.00001, precision: near, source: wire}}
""",
    "commanders": """
  - {id: a, of: Macina, commander: [Koufa, {person: Ba Ag Moussa, rank: "Colonel: so called", fate: killed, note: n}]}
  - {id: b, claimant: JNIM, of: Macina, commander: {person: كوفا, wording: the emir}, locator: p. 1, contradicts: a}
  - {claimant: Mali, of: Macina, commander: Amadou Koufa, killed: 3, wording: "3, and Koufa led"}
  - {id: c, of: side 1, commander: {person: A. New One, fate: survived}, strength: ~100}
  - {id: d, claimant: FSD, of: Bystanders, strength: [100 men, 12 vehicles, {figure: 3, group: snipers}]}
""",
}

DOCUMENTS = {name: EVENT + "claims:" + claims for name, claims in CLAIMS.items()} | {
    "people": EVENT
    + """
people:
  - {name: Amadou Koufa, aliases: [Koufa, {name: كوفا, language: ar, source: wire}],
     native_ids: ["wikidata:Q1"], source: art}
claims:"""
    + CLAIMS["commanders"],
    "sides with leaders": EVENT.replace(
        "role: defender}", "role: defender, strength: [~100, 3 vehicles], commander: K}"
    ),
    "before our era": HEAD
    + """
slug: marathon-490bc
name: "Battle of Marathon: the first"
type: battle
date: -0489-09
sides: [{combatants: [Mali, Malian Army]}, {combatants: JNIM}]
claims:
  - {stated_on: "-0429~", of: Mali, killed: 192}
  - {stated_on: "0050?", of: Mali, killed: 193, claimant: FSD}
timeline:
  - {when: -0489-09, text: They land}
""",
    "no date, no place, no sides": HEAD
    + """
slug: somewhere
name: Something
type: other
claims:
  - {of: civilians, killed: some}
  - {of: side 1, killed: 3}
  - {of: unknown, killed: none}
  - {of: total, killed: 4, claimant: FSD}
""",
    "everything of an event": HEAD
    + """
conflicts:
  - {name: Mali War, part_of: Wars of the Sahel, native_ids: ["ucdp-conflict:11347"], source: wire}
  - {name: Wars of the Sahel, source: art}
slug: x-2019
native_ids: ["gtd:201903170001", "wikipedia:Raid on X (2019): a page"]
name: "Raid: on X"
type: explosion
subtype: raid
conflict: Mali War
date: 2019-03-17~
start: ~06:00
end: "16:00"
time_zone: Africa/Bamako
place: {name: X, admin1: Mopti, admin2: Ténenkou, country: MLI, latitude: 14.825278, longitude: -5.251389,
        precision: exact, source: wire}
summary: "Many words.\\n\\nAnd more: words."
sides: [{combatants: [Macina]}, {combatants: Malian Army, role: unknown}]
timeline:
  - {when: 2019-03-17 ~16:00, text: "Government: regained", source: wire, locator: p. 2}
  - {when: 2019-03-17 06:00, text: Attack}
  - {when: 2019-03-17, text: Fighting goes on}
  - {when: 2019-03-18, text: "# burial"}
  - {when: 2019-03-17/.., text: Found}
""",
    "a country that ISO 3166 has not": HEAD
    + "slug: y\nname: Y\ntype: riot\nplace: {name: Y, country: Austria-Hungary}\ndate: 1912\n",
    "no claimant of its own": EVENT.replace("claimant: Wikipedia", "")
    + "claims:\n  - {claimant: Mali, of: Malian Army, killed: 3}\n",
    "a combatant that is called as no combatant is": HEAD
    + """
  - {name: Civilians, kind: civilians, aliases: [Total, Villagers]}
slug: y
name: Y
type: one_sided
sides: [{combatants: JNIM}, {combatants: Civilians}]
claims:
  - {of: Villagers, killed: 3}
  - {of: civilians, killed: 4}
""",
    "texts": json.dumps(
        yaml.load(EVENT, yaml.BaseLoader)
        | {
            "claims": [
                {"claimant": "FSD", "locator": f"{number} {text}", "note": text, "of": of}
                | {"killed": {"figure": 3, "wording": text, "group": f"g {text}"}}
                for number, text in enumerate(TEXTS)
                for of in ("civilians", "unknown")
            ],
            "timeline": [{"when": "2019-03-17", "text": text, "locator": text} for text in TEXTS],
            "summary": "\n".join(TEXTS),
        }
    ),
}

EXAMPLE = DOCUMENTS["example"]
PLACED = EXAMPLE + "place: {name: X, country: Mali}\n"
HISTORIES = {
    "a figure corrected": (EXAMPLE, EXAMPLE.replace("killed: 23", "killed: 24")),
    "a whole corrected": (DOCUMENTS["groups and parts"], DOCUMENTS["groups and parts"].replace("[26,", "[27,")),
    "claims added": (EXAMPLE.partition("  - {id: gov-21")[0], EXAMPLE),
    "described otherwise": (PLACED, PLACED.replace("Raid on X", "Raid on Ex").replace("2019-03-17", "2019-03-18")),
    "described by a rival": (PLACED, PLACED.replace("claimant: Wikipedia", "claimant: FSD").replace("Raid", "Attack")),
    "supersession forbidden later": (EXAMPLE, EXAMPLE.replace("killed: 26}", "killed: 26, supersedes: none}")),
    "links to keys": (
        EVENT + "claims:\n  - {claimant: FSD, of: Malian Army, killed: 26, wounded: 3}\n",
        EVENT + "claims:\n  - {claimant: JNIM, of: Malian Army, killed: 30, contradicts: oklgmilcaqdt}\n"
        "  - {claimant: FSD, of: Malian Army, killed: {figure: 2, group: officers, part_of: oklgmilcaqdt}}\n",
    ),
}  # fmt: skip


def put(target: Target, text: str, folder: Path) -> ImportReport:
    path = folder / "document.yaml"
    path.write_text(text, encoding="utf-8")
    report = import_file(target, path)
    assert [(each.field, each.value, each.why) for each in report.problems] == []
    return report


def slug_of(text: str) -> str:
    found = re.search(r'^slug: (\S+)$|"slug": "(\S+)"', text, re.MULTILINE)
    assert found
    return found[1] or found[2]


def written(target: Target, slug: str) -> str:
    with reading(target) as connection:
        return write_event(Reader(connection), slug)


def whole(target: Target, slug: str) -> Any:
    with reading(target) as connection:
        return plain(Reader(connection).event(slug).to_dict())


def plain(value: Any) -> Any:
    """Return what must be the same in every database: no times and numbers of imports."""
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items() if name not in ("recorded_at", "import_run")}
    return [plain(each) for each in value] if isinstance(value, list) else value


def unrevised(value: Any) -> Any:
    """Return the same without what the older revisions of claims leave behind, and without order."""
    if isinstance(value, dict):
        kept = value | ({"corrects": []} if "corrects" in value else {})
        kept = kept | ({"claims": None} if "licence" in value else {})
        return {name: unrevised(each) for name, each in kept.items()}
    if isinstance(value, list):
        kept = [each for each in value if not (isinstance(each, dict) and "corrected" in each.get("reason", ""))]
        found = {json.dumps(each, sort_keys=True): each for each in map(unrevised, kept)}
        return [found[text] for text in sorted(found)]
    match = REVISION.fullmatch(value) if isinstance(value, str) else None
    return match[1] if match else value


def elsewhere(folder: Path) -> Target:
    path = folder / "elsewhere.sqlite"
    create_database(path, seed=False)
    return find_target(path)


def assert_nothing_new(report: ImportReport) -> None:
    new = {kind: {name: number for name, number in report.counts[kind].items() if number} for kind in KINDS}
    assert {kind: set(counts) - {"unchanged"} for kind, counts in new.items()} == {kind: set() for kind in KINDS}, new


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)
def test_importing_it_changes_nothing_here_and_makes_the_same_event_elsewhere(
    text: str, database_url: str, tmp_path: Path
) -> None:
    target, other, slug = find_target(database_url), elsewhere(tmp_path), slug_of(text)
    put(target, text, tmp_path)
    before, document = whole(target, slug), written(target, slug)
    assert "Left out" not in document
    assert_nothing_new(put(target, document, tmp_path))
    assert whole(target, slug) == before
    put(other, document, tmp_path)
    assert whole(other, slug) == before
    assert written(other, slug) == document


def test_the_seed_is_written_whole(seeded_url: str, tmp_path: Path) -> None:
    target, other, slug = find_target(seeded_url), elsewhere(tmp_path), "dioura-2019"
    document = written(target, slug)
    assert_nothing_new(put(target, document, tmp_path))
    put(other, document, tmp_path)
    assert whole(other, slug) == whole(target, slug)
    assert_nothing_new(import_file(target, resources.seed_path()))


@pytest.mark.parametrize("texts", HISTORIES.values(), ids=HISTORIES)
def test_what_came_in_several_imports(texts: tuple[str, ...], database_url: str, tmp_path: Path) -> None:
    target, other = find_target(database_url), elsewhere(tmp_path)
    for text in texts:
        put(target, text, tmp_path)
    document = written(target, "x-2019")
    assert_nothing_new(put(target, document, tmp_path))
    put(other, document, tmp_path)
    assert unrevised(whole(other, "x-2019")) == unrevised(whole(target, "x-2019"))


def test_what_is_withdrawn_is_left_out(database_url: str, tmp_path: Path) -> None:
    target, text = find_target(database_url), EXAMPLE
    first, end = text.partition("  - {id: jnim")[::2]
    put(target, first, tmp_path)
    before = written(target, "x-2019")
    run = put(target, first + "  - {id: jnim" + end + "timeline:\n  - {when: 2019, text: Later}\n", tmp_path).run
    assert "jnim" in written(target, "x-2019")
    assert run is not None
    undo_import(target, run)
    assert written(target, "x-2019") == before
    assert_nothing_new(put(target, before, tmp_path))


def test_a_corrected_claim_that_is_undone_is_written_as_it_was(database_url: str, tmp_path: Path) -> None:
    target, text = find_target(database_url), EXAMPLE
    put(target, text, tmp_path)
    before = written(target, "x-2019")
    run = put(target, text.replace("killed: 23", "killed: 24"), tmp_path).run
    assert run is not None
    undo_import(target, run)
    assert written(target, "x-2019") == before
    assert_nothing_new(put(target, before, tmp_path))


def test_it_is_found_by_native_id_and_missed_with_advice(database_url: str, tmp_path: Path) -> None:
    target = find_target(database_url)
    put(target, DOCUMENTS["everything of an event"], tmp_path)
    assert written(target, "gtd:201903170001") == written(target, "x-2019")
    with pytest.raises(NotFoundError):
        written(target, "nowhere-2019")


def test_a_link_goes_to_a_key_where_its_id_is_also_that_of_a_withdrawn_claim(database_url: str, tmp_path: Path) -> None:
    target = find_target(database_url)
    run = put(target, EVENT + "claims:\n  - {id: a, source: wire, of: Malian Army, killed: 26}\n", tmp_path).run
    put(target, EVENT + "claims:\n  - {id: a, of: Malian Army, killed: 27}\n", tmp_path)
    assert run is not None
    undo_import(target, run)
    put(target, EVENT + "claims:\n  - {id: b, claimant: Mali, of: Malian Army, killed: 3, contradicts: a}\n", tmp_path)
    document = written(target, "x-2019")
    assert "contradicts: ferbf5ehigvk\n" in document
    assert_nothing_new(put(target, document, tmp_path))


def test_a_part_of_what_is_withdrawn_is_left_out(database_url: str, tmp_path: Path) -> None:
    target, figure = find_target(database_url), "  - {id: %s, of: Malian Army, killed: {figure: %d, part_of: %s}}\n"
    run = put(target, EVENT + "claims:\n  - {id: a, of: Malian Army, killed: 26}\n", tmp_path).run
    put(target, EVENT + "claims:\n" + figure % ("b", 20, "a") + figure % ("c", 10, "b"), tmp_path)
    assert run is not None
    undo_import(target, run)
    document = written(target, "x-2019")
    assert "# Left out: 2 of its claims" in document
    assert_nothing_new(put(target, document, tmp_path))


def test_what_no_document_can_state_is_counted(database_url: str, tmp_path: Path) -> None:
    target = find_target(database_url)
    put(target, EVENT + "subtype: raid\n", tmp_path)
    put(target, EVENT.replace("claimant: Wikipedia", "claimant: FSD") + "subtype: ambush\n", tmp_path)
    document = written(target, "x-2019")
    assert "# Left out: 2 of its claims, which a document cannot state.\n" in document
    assert_nothing_new(put(target, document, tmp_path))


def test_a_document_looks_as_people_write_it(database_url: str, tmp_path: Path) -> None:
    target = find_target(database_url)
    put(target, EXAMPLE + "timeline:\n  - {when: 2019-03-17 16:00, text: Regained}\n", tmp_path)
    assert written(target, "x-2019") == EXPECTED


EXPECTED = """\
# x-2019 as it is known. Edit this, and keep it with: conflictdb import FILE
# Another figure corrects the one that stands; what is deleted here stays known.

conflictdb: 1

sources:
- id: art
  title: An article
  publisher: Wikipedia
- id: wire
  title: 'Wire: 40 dead'
  publisher: A wire
  archive_sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
  published_on: 2019-03-19

actors:
- name: Wikipedia
  kind: recorder
- name: Mali
  kind: state
  country: MLI
  aliases:
  - name: Government of Mali
    language: en
    source: wire
  - مالي
- name: Malian Armed Forces
  kind: state_forces
  part_of: Mali
- name: Malian Army
  kind: state_forces
  part_of:
    actor: Malian Armed Forces
    since: '1960'
    source: art
- name: JNIM
  kind: armed_group
  part_of: none
  native_ids:
  - ucdp-actor:6716
- name: Macina
  kind: armed_group
  part_of:
    actor: JNIM
    since: 2017-03
    until: 2025~
  allied_with: Bystanders
- name: Bystanders
  kind: armed_group
  splinter_of: JNIM

claimant: Wikipedia
source: art

slug: x-2019
name: Raid on X
type: battle
date: 2019-03-17

sides:
- role: defender
  combatants:
  - actor: Malian Army
    unit: a company
- role: attacker
  combatants:
  - Macina
  - actor: Bystanders
    role: unknown

claims:
- id: gov-18
  claimant: Government of Mali
  stated_on: 2019-03-18
  status: provisional
  of: Malian Army
  killed: 23
  wounded: 17
  captured: none
- id: gov-21
  claimant: Government of Mali
  stated_on: 2019-03-21
  of: Malian Army
  killed: 26
- id: jnim
  claimant: JNIM
  of: Malian Army
  killed: 30
  materiel: several vehicles captured
- claimant:
    unnamed: a military source
    part_of: Mali
  of: Malian Army
  killed: 21
  contradicts: jnim

timeline:
- when: 2019-03-17 16:00
  text: Regained
"""
