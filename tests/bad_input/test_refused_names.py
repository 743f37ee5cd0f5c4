"""Names that stand for nothing, or for too much: actors, sources, claims, combatants, events."""

# ruff: noqa: E501  (whole messages, each on a line of its own)
from __future__ import annotations

from typing import Any

import pytest

KINDS = "state, state_forces, armed_group, party, igo, ngo, medium, civilians, official, witness, recorder, unknown"
NOT_A_FIGHTER = (
    "is no combatant of this event (they are: Malian Army, JNIM);"
    " a subject is a combatant, a side (side 1), civilians, unknown or total"
)
NEW = "If it is new, define it: actors: [{{name: {name}, kind: ...}}], where kind is one of " + KINDS

# What of the document is replaced, by what, and the problems that follow: all of them, whole.
REFUSED = {
    "an unknown claimant": (
        "{id: jnim, claimant: JNIM,", "{id: jnim, claimant: JNMI,",
        ["line 19, x-2019, claims.3.claimant: 'JNMI' no actor \"JNMI\"; nearest known: JNIM. " + NEW.format(name="JNMI")],
    ),
    "an unknown claimant of the document": (
        "claimant: Wikipedia\nactors", "claimant: Wikipedai\nactors",
        [
            "line 1, x-2019, claimant: 'Wikipedai' no actor \"Wikipedai\"; nearest known: Wikipedia, Mali. " + NEW.format(name="Wikipedai"),
        ],
    ),
    "an unknown source": (
        "{id: jnim, claimant: JNIM,", "{id: jnim, source: artt, claimant: JNIM,",
        ["line 19, x-2019, claims.3.source: 'artt' no source \"artt\"; nearest known: art. If it is new, describe it: sources: [{id, title}]"],
    ),
    "an unknown source of a place": (
        "country: Mali, latitude", "source: artt, country: Mali, latitude",
        ["line 1, x-2019: no source \"artt\"; nearest known: art. If it is new, describe it: sources: [{id, title}]"],
    ),
    "a subject that did not fight": (
        "claimant: JNIM, of: Malian Army", "claimant: JNIM, of: Mali",
        [f"line 19, x-2019, claims.3.of: 'Mali' \"Mali\" {NOT_A_FIGHTER}"],
    ),
    "a side that is not there": (
        "claimant: JNIM, of: Malian Army", "claimant: JNIM, of: side 3",
        ["line 19, x-2019, claims.3.of: 'side 3' the event has sides 1, 2"],
    ),
    "a combatant unknown": (
        "combatants: JNIM,", "combatants: JNMI,",
        [
            "line 1, x-2019, combatants.2: 'JNMI' no actor \"JNMI\"; nearest known: JNIM. " + NEW.format(name="JNMI"),
        ],
    ),
    "a combatant twice": (
        "combatants: JNIM, role: attacker, commander: Amadou Koufa", "combatants: [JNIM, Malian Army]",
        ["line 1, x-2019, combatants.3: 'Malian Army' Malian Army is named twice"],
    ),
    "a link to a missing claim": (
        "killed: 30}", "killed: 30, contradicts: gov-17}",
        ["line 19, x-2019, contradicts: 'gov-17' no claim \"gov-17\" in this event; it knows: gov-18, gov-21, jnim"],
    ),
    "a link across metrics": (
        "killed: 26}", "missing: 26, supersedes: gov-18}",
        ["line 18, x-2019, supersedes: 'gov-18' \"gov-18\" holds no figure of the same metric and subject"],
    ),
    "a link to itself": (
        "killed: 30}", "killed: 30, contradicts: jnim}",
        ["line 19, x-2019, contradicts: 'jnim' \"jnim\" holds no figure of the same metric and subject"],
    ),
    "a circle of supersession": (
        "of: Malian Army, killed: 23, wounded: 17}", "of: Malian Army, killed: 23, supersedes: gov-21}",
        ["line 1, x-2019, supersedes: 'gov-21/killed -> gov-18/killed -> gov-21/killed' claims cannot supersede each other in a circle"],
    ),
    "a circle of origin": (
        "killed: 30}", "killed: 30, repeats: again}\n  - {id: again, claimant: JNIM, stated_on: 2020, of: Malian Army, killed: 26, repeats: jnim}",
        ["line 1, x-2019, repeats: 'again/killed -> jnim/killed -> again/killed' claims cannot repeat each other in a circle"],
    ),
    "a part of nothing": (
        "killed: 30}", "killed: [30, {figure: 3, group: officers, part_of: gov-17}]}",
        ["line 19, x-2019, claims.3.killed.2.part_of: 'gov-17' no figure of the same metric has that id"],
    ),
    "one key twice": (
        "{id: jnim, claimant: JNIM, of: Malian Army, killed: 30}",
        "{claimant: JNIM, of: Malian Army, killed: 30}\n  - {claimant: JNIM, of: Malian Army, killed: 31}",
        ["line 20, x-2019, claims.4.killed: '31' is about the same as claims.3.killed; give each an id, a locator or a date that tells them apart"],
    ),
    "a conflict of itself": (
        "slug: x-2019", "conflicts: [{name: War, part_of: WAR}]\nslug: x-2019",
        ["conflicts: 'War' the conflict \"War\" cannot be part of itself"],
    ),
    "a relation that ends before it begins": (
        "part_of: Mali}", "part_of: [{actor: Mali, since: 2019, until: 2018}]}",
        ["actors: 'Malian Army' \"Malian Army\" is part_of \"Mali\" since after it ended"],
    ),
    "an actor of an unknown source": (
        "kind: armed_group}", "kind: armed_group, aliases: [{name: Nusra, source: artt}]}",
        [
            "actors: 'JNIM' no source \"artt\"; nearest known: art. If it is new, describe it: sources: [{id, title}]",
            "line 1, x-2019, combatants.2: 'JNIM' no actor \"JNIM\". " + NEW.format(name="JNIM"),
            "line 19, x-2019, claims.3.claimant: 'JNIM' no actor \"JNIM\". " + NEW.format(name="JNIM"),
        ],
    ),
}  # fmt: skip


@pytest.fixture
def engine_name() -> str:
    """Files are read before any engine is asked, and names are looked up by the same statements on both."""
    return "sqlite"


@pytest.mark.parametrize(("old", "new", "problems"), REFUSED.values(), ids=REFUSED)
def test_a_name_that_does_not_resolve_is_refused(
    old: str, new: str, problems: list[str], database_url: str, document: str, run: Any, write: Any, dump: Any
) -> None:
    before = dump(database_url)
    assert document.count(old) == 1
    result = run("import", write(document.replace(old, new)), db=database_url)
    refused = [line.removeprefix("  refused: ") for line in result.stderr.splitlines() if "  refused: " in line]
    assert refused == problems
    if refused[0].startswith(("conflicts", "actors")) and len(refused) == 1:
        assert result.exit_code == 5  # the event does not need it
        return
    assert result.exit_code == 1
    assert dump(database_url) == before


def test_an_ambiguous_alias(known_url: str, run: Any, write: Any, dump: Any) -> None:
    path = write("""\
source: art
actors:
  - {name: Front One, kind: armed_group, aliases: [The Front]}
  - {name: Front Two, kind: armed_group, aliases: [the front]}
slug: x-2019
claims: [{claimant: The Front, of: JNIM, killed: 3}]
""")
    before = dump(known_url)
    result = run("import", path, db=known_url)
    assert result.exit_code == 1
    assert (
        "  refused: line 6, x-2019, claims.1.claimant: 'The Front' \"The Front\" may be any of"
        ' "Front One", "Front Two": use the full name\n'
    ) in result.stderr
    assert dump(known_url) == before


def test_two_events_of_one_slug_in_one_file(database_url: str, run: Any, write: Any, dump: Any) -> None:
    path = write("""\
source: {id: art, title: Article}
events:
  - {slug: x-2019, name: One, type: battle}
  - {slug: x-2019, name: Two, type: battle}
""")
    result = run("import", path, db=database_url)
    assert result.exit_code == 5
    why = "two events of this file have the slug x-2019; the first is on line 3"
    assert f"  refused: line 4, x-2019, slug: 'x-2019' {why}\n" in result.stderr
    assert [(row[2], row[3]) for row in dump(database_url)["event"]] == [("x-2019", "One")]


@pytest.mark.parametrize(
    ("place", "date", "reason"),
    [
        ("{name: X, country: Niger}", "2019-03-17", "its country is MLI, not NER"),
        ("{name: X, latitude: 11, longitude: -5.2}", "2019-03-17", "its place is 423 km away"),
        ("{name: X, country: Mali}", "2019-05-17", "its date is 61 days away"),
        ("Gao", "2019-03-17", "its place is X, not Gao (if that is another name of it, give its coordinates)"),
    ],
    ids=["country", "distance", "date", "name"],
)
def test_a_slug_of_another_event_is_refused_with_a_slug_to_use(
    place: str, date: str, reason: str, known_url: str, run: Any, write: Any, dump: Any
) -> None:
    before = dump(known_url)
    name = "gao" if place == "Gao" else "x"
    text = f"slug: x-2019\nname: Raid\ntype: battle\nsource: art\nplace: {place}\ndate: {date}\n"
    result = run("import", write(text), db=known_url)
    slug = "gao-2019" if name == "gao" else f"x-2019-{date[5:7]}"
    assert result.exit_code == 1
    why = f'"x-2019" is another event, Raid on X: {reason}. For a new event use slug: {slug}'
    assert f"  refused: line 1, x-2019, slug: 'x-2019' {why}\n" in result.stderr
    assert dump(known_url) == before
    again = run("import", write(text.replace("slug: x-2019", f"slug: {slug}")), db=known_url)
    assert again.exit_code == 0
    assert len(dump(known_url)["event"]) == 2


def test_relations_in_a_circle_do_not_hang(known_url: str, run: Any, write: Any) -> None:
    text = "actors:\n  - {name: A, kind: party, part_of: B}\n  - {name: B, kind: party, part_of: A}\n"
    text += "conflicts: [{name: One, part_of: Two}, {name: Two, part_of: One}]\n"
    text += "slug: x-2019\nsource: art\nconflict: One\nclaims: [{claimant: A, of: JNIM, killed: 3}]\n"
    result = run("import", write(text), db=known_url)
    assert result.exit_code == 5
    assert '  refused: conflicts: \'Two\' the conflict "One" is part of "Two" itself\n' in result.stderr
    for command in (["show", "x-2019"], ["conflicts"], ["actors", "A"], ["events", "conflict:One"]):
        assert run(*command, db=known_url).exit_code == 0
