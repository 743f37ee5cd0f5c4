"""Whom a dataset names: by number, else by exact name, else somebody new; and what the actor list adds to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coded_files import acled, bests, dump, ged, query, take, take_acled, take_ged, take_text, write_table
from conflictdb.database import Database

FIGHTERS = """
    SELECT x.native_id, a.name, f.side FROM combatant f JOIN actor a ON a.id = f.actor_id
    JOIN external_id x ON x.event_id = f.event_id WHERE x.scheme = :scheme
"""
NUMBERED = """
    SELECT x.native_id, a.name FROM external_id x JOIN actor a ON a.id = x.actor_id WHERE x.scheme = 'ucdp-actor'
"""


def fighters(url: str, scheme: str = "ucdp-ged") -> list[tuple[Any, ...]]:
    """Return the combatants of a dataset's events: row, name, side."""
    return sorted(query(url, FIGHTERS, scheme=scheme))


def actor_ids(url: str, scheme: str = "ucdp-ged") -> dict[tuple[str, int], int]:
    statement = FIGHTERS.replace("a.name", "a.id")
    return {(str(row), int(side)): int(actor) for row, actor, side in query(url, statement, scheme=scheme)}


def test_actors_of_the_seed_are_met_by_number_and_name(seeded_url: str, tmp_path: Path) -> None:
    take_ged(seeded_url, tmp_path, ged(), ged(id=2, side_a="Government of Mali", side_a_new_id="", side_b="jnim"))
    assert fighters(seeded_url) == [("2", "JNIM", 2), ("2", "Mali", 1), ("300380", "JNIM", 2), ("300380", "Mali", 1)]
    assert query(seeded_url, "SELECT count(*) FROM actor WHERE name LIKE 'Government%'") == [(0,)]


def test_a_number_counts_before_a_name(seeded_url: str, tmp_path: Path) -> None:
    take_ged(seeded_url, tmp_path, ged(side_b="Ansar Dine", side_b_new_id="6716"))
    assert ("300380", "JNIM", 2) in fighters(seeded_url)


def test_two_actors_of_one_name_stay_two(database_url: str, tmp_path: Path) -> None:
    rows = (
        ged(id=1, side_b="Forces of Renewal", side_b_new_id="501"),
        ged(id=2, side_b="Forces of Renewal", side_b_new_id="502"),
    )
    for order in (rows, rows[::-1], rows):
        take_ged(database_url, tmp_path, *order)
        ids = actor_ids(database_url)
        assert ids["1", 2] != ids["2", 2]
        assert sorted(query(database_url, NUMBERED))[:2] == [("501", "Forces of Renewal"), ("502", "Forces of Renewal")]
    before = dump(database_url)
    take_ged(database_url, tmp_path, *rows)
    assert dump(database_url) == before


def test_a_name_of_two_is_never_guessed(database_url: str, tmp_path: Path) -> None:
    rows = (
        ged(id=1, side_b="Forces of Renewal", side_b_new_id="501"),
        ged(id=2, side_b="Forces of Renewal", side_b_new_id="502"),
        ged(id=3, side_b="Forces of Renewal", side_b_new_id=""),
        ged(id=4, side_b="FORCES OF RENEWAL", side_b_new_id=""),
    )
    take_ged(database_url, tmp_path, *rows)
    ids = actor_ids(database_url)
    assert len({ids[number, 2] for number in ("1", "2", "3")}) == 3
    assert ids["3", 2] == ids["4", 2]
    before = dump(database_url)
    take_ged(database_url, tmp_path, *rows[::-1])
    assert dump(database_url) == before
    take_ged(database_url, tmp_path, *(row | {"id": row["id"] + "0"} for row in rows), release="23.1")
    again = actor_ids(database_url)
    assert [again[number + "0", 2] for number in "1234"] == [ids[number, 2] for number in "1234"]


ALIASES = """\
source: {id: report, title: A report}
actors:
  - {name: Northern Army, kind: state_forces, aliases: [The Army]}
  - {name: Southern Army, kind: state_forces, aliases: [The Army]}
  - {name: Koufa's men, kind: armed_group, aliases: [Katiba du Macina]}
slug: x-2019
name: Raid on X
type: battle
date: 2019-03-17
sides: [{combatants: Northern Army}, {combatants: Koufa's men}]
claims: [{id: a, claimant: Northern Army, of: Northern Army, killed: 3}]
"""


def test_an_alias_of_two_is_never_guessed_and_one_of_one_is_met(database_url: str, tmp_path: Path) -> None:
    take_text(database_url, tmp_path, ALIASES)
    rows = acled(actor1="The Army", actor2="KATIBA DU MACINA"), acled(event_id_cnty="MLI2", actor1="The Army")
    take_acled(database_url, tmp_path, *rows)
    assert {row[1:] for row in fighters(database_url, "acled") if row[2] == 1} == {("The Army", 1)}
    assert ("MLI1", "Koufa's men", 2) in fighters(database_url, "acled")
    ids = actor_ids(database_url, "acled")
    assert ids["MLI1", 1] == ids["MLI2", 1]
    before = dump(database_url)
    take_acled(database_url, tmp_path, *rows)
    assert dump(database_url) == before


def test_the_kind_that_is_known_stays(database_url: str, tmp_path: Path) -> None:
    take_text(database_url, tmp_path, ALIASES)
    report = take_acled(database_url, tmp_path, acled(actor1="Northern Army", inter1="2", actor2="Koufa's men"))
    assert report.problems == []
    report = take_ged(database_url, tmp_path, ged(side_a="Northern Army", side_a_new_id="", side_b="Koufa's men"))
    assert report.problems == []
    kinds = dict(query(database_url, "SELECT name, kind FROM actor"))
    assert (kinds["Northern Army"], kinds["Koufa's men"]) == ("state_forces", "armed_group")


def test_years_become_the_dates_of_an_alias(database_url: str, tmp_path: Path) -> None:
    rows = (
        acled(), acled(event_id_cnty="MLI2", actor1="Military Forces of Mali (2020-)"),
        acled(event_id_cnty="MLI3", actor1="Military Forces of Mali (2013-2020) Gendarmerie"),
    )  # fmt: skip
    take_acled(database_url, tmp_path, *rows)
    aliases = (
        "SELECT a.name, s.name, s.since, s.until FROM actor_alias s JOIN actor a ON a.id = s.actor_id"
        " WHERE a.name LIKE 'Military%'"
    )
    forces = "Military Forces of Mali"
    assert sorted(query(database_url, aliases)) == [
        (forces, forces, "", ""), (forces, f"{forces} (2013-2020)", "2013", "2020"),
        (forces, f"{forces} (2020-)", "2020", ""),
        (f"{forces}: Gendarmerie", f"{forces} (2013-2020) Gendarmerie", "2013", "2020"),
        (f"{forces}: Gendarmerie", f"{forces}: Gendarmerie", "", ""),
    ]  # fmt: skip
    ids = actor_ids(database_url, "acled")
    assert ids["MLI1", 1] == ids["MLI2", 1] != ids["MLI3", 1]


def test_one_actor_on_both_sides_is_one_combatant(database_url: str, tmp_path: Path) -> None:
    take_ged(database_url, tmp_path, ged(side_b="Government of Mali", side_b_new_id="72"))
    assert fighters(database_url) == [("300380", "Government of Mali", 1)]
    assert bests(database_url) == {"300380": {"deaths_a": 26, "deaths_b": 3, "best": 29}}


# --- the actor list --------------------------------------------------------------------------------------------------

LIST = {
    "ActorId": "", "NameData": "", "NameOrig": "", "NameOrigFull": "", "NameOrigFullEng": "", "NewName": "",
    "NewNameFullMotherTongue": "", "NewNameFullEng": "", "Org": "1", "ConflictId": "", "DyadId": "", "NSID": "",
    "ActorIdPrev": "", "ActorIdSplitTemp": "", "ActorIdAlliance": "", "ActorIdGroup": "", "Location": "Mali",
    "Version": "22.1",
}  # fmt: skip
GROUPS = [
    LIST | {"ActorId": "72", "NameData": "Government of Mali", "Org": "4"},
    LIST | {"ActorId": "6716", "NameData": "JNIM", "NameOrigFullEng": "Group for Support of Islam and Muslims"},
    LIST | {"ActorId": "1153", "NameData": "AQIM", "NameOrigFullEng": "Al-Qaeda in the Islamic Maghreb",
            "ActorIdAlliance": "6716"},
    LIST | {"ActorId": "1076", "NameData": "Ansar Dine", "ActorIdAlliance": "6716"},
    LIST | {"ActorId": "5814", "NameData": "FLM", "NameOrigFull": "Front de libération du Macina",
            "ActorIdAlliance": "6716"},
]  # fmt: skip
RELATIONS = """
    SELECT a.name, r.kind, b.name FROM actor_relation r JOIN actor a ON a.id = r.actor_id JOIN actor b
    ON b.id = r.other_id
    JOIN external_id x ON x.actor_id = a.id AND x.scheme = 'ucdp-actor'
"""


@pytest.mark.parametrize("list_first", [False, True], ids=["events first", "list first"])
@pytest.mark.parametrize("seed", [False, True], ids=["empty", "seeded"])
def test_the_actor_list_adds_names_and_lineage(
    list_first: bool, seed: bool, database_url: str, seeded_url: str, tmp_path: Path
) -> None:
    url = seeded_url if seed else database_url
    rows = (
        ged(), ged(id=2, side_b="Ansar Dine", side_b_new_id="1076"), ged(id=3, side_b="AQIM", side_b_new_id="1153"),
        ged(id=4, side_b="FLM", side_b_new_id="5814"),
    )  # fmt: skip
    path = write_table(tmp_path / "ucdp-actor-221.csv", GROUPS)
    if not list_first:
        take_ged(url, tmp_path, *rows)
    assert take(url, path).problems == []
    if list_first:
        take_ged(url, tmp_path, *rows)
    names = dict(query(url, NUMBERED))
    held = {(one, kind, other) for one, kind, other in query(url, RELATIONS)}
    assert {(names[number], "part_of", names["6716"]) for number in ("1153", "1076", "5814")} <= held
    assert len({actor for (_, side), actor in actor_ids(url).items() if side == 2}) == 4
    assert Database(url).actor("Al-Qaeda in the Islamic Maghreb").actor.name == names["1153"]
    before = dump(url)
    assert take(url, path).problems == []
    take_ged(url, tmp_path, *rows)
    assert dump(url) == before
