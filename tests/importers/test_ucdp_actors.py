"""The UCDP actor list: names, lineage, and what is no actor."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflictdb.domain.coded import DatasetRecord
from conflictdb.domain.records import ActorRecord, Problem
from conflictdb.errors import ConflictDBError
from conflictdb.importers.tabular.columns import MissingColumnError
from conflictdb.importers.ucdp.actors import COLUMNS, ActorImporter

CASES = Path(__file__).parent / "cases" / "ucdp-actors"
FIXTURES = sorted(CASES.glob("*.csv"))


def write(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "ucdp-actor-221.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [column.name for column in COLUMNS], restval="")
        writer.writeheader()
        writer.writerows({"NameData": f"Group {row['ActorId']}", "Org": "1", **row} for row in rows)
    return path


def read(path: Path) -> dict[str, ActorRecord]:
    """Return the actors by their numbers."""
    records = [record for record in ActorImporter().extract(path) if isinstance(record, ActorRecord)]
    return {actor.native_ids[0].removeprefix("ucdp-actor:"): actor for actor in records}


def relations(actor: ActorRecord) -> list[tuple[str, str]]:
    return [(str(each.kind), each.other.removeprefix("ucdp-actor:")) for each in actor.relations]


@pytest.mark.parametrize(
    ("row", "other", "expected"),
    [
        pytest.param({"ActorIdPrev": "2"}, {}, ["splinter_of"], id="broke away"),
        pytest.param({"ActorIdSplitTemp": "2"}, {}, ["splinter_of"], id="broke away for a time"),
        pytest.param({"ActorIdPrev": "2", "ActorIdSplitTemp": "2.0"}, {}, ["splinter_of"], id="said twice"),
        pytest.param({"ActorIdAlliance": "2"}, {}, ["part_of"], id="entered an alliance"),
        pytest.param({"ActorIdGroup": "2"}, {}, ["part_of"], id="joined"),
        pytest.param({"ActorIdGroup": "2"}, {"Org": "4"}, ["allied_with"], id="joined a government"),
        pytest.param(
            {"ActorIdGroup": "2", "NSID": "7, 8"}, {"NSID": "8"}, ["allied_with"], id="joined whom it had fought"
        ),
        pytest.param(
            {"ActorIdGroup": "2", "NSID": "8"}, {"DyadId": "8"}, ["part_of"], id="numbers of different things"
        ),
        pytest.param({"ActorIdGroup": "2"}, {"ActorIdAlliance": "1"}, ["allied_with"], id="broke up into its members"),
    ],
)
def test_lineage(tmp_path: Path, row: dict[str, str], other: dict[str, str], expected: list[str]) -> None:
    actors = read(write(tmp_path, {"ActorId": "1", **row}, {"ActorId": "2", **other}))
    assert relations(actors["1"]) == [(kind, "2") for kind in expected]


def test_jnim_and_its_members() -> None:
    actors = read(CASES / "ucdp-actor-221.csv")
    assert relations(actors["6267"]) == [("splinter_of", "1157"), ("part_of", "1157"), ("part_of", "6716")]
    assert relations(actors["1157"]) == [("part_of", "6716")]
    assert relations(actors["6716"]) == []
    assert relations(actors["539"]) == [("splinter_of", "538")]


def test_one_name_of_several_actors_stays_several() -> None:
    actors = read(CASES / "ucdp-actor-221.csv")
    assert [(actor.name, actor.native_ids) for actor in actors.values() if actor.name == "PLA"] == [
        ("PLA", ("ucdp-actor:161",)),
        ("PLA", ("ucdp-actor:314",)),
    ]


@pytest.mark.parametrize(
    ("row", "names"),
    [
        pytest.param({"NameOrig": "Group 1", "NameOrigFull": "n/a", "NameOrigFullEng": " N/A "}, [], id="none"),
        pytest.param(
            {"NameOrigFull": "Front", "NewNameFullEng": "FRONT"}, [("FRONT", "en")], id="one name in two columns"
        ),
        pytest.param(
            {"NewName": "JAAS, AI", "NewNameFullMotherTongue": "Jaish, Ansar", "NewNameFullEng": "The A, B and C"},
            [("JAAS", None), ("AI", None), ("Jaish", None), ("Ansar", None), ("The A", "en"), ("B and C", "en")],
            id="several later names",
        ),
        pytest.param(
            {"NewName": "PFLO", "NewNameFullEng": "Front for Oman, and the Gulf"},
            [("PFLO", None), ("Front for Oman, and the Gulf", "en")],
            id="a comma in a name",
        ),
        pytest.param(
            {"NameOrigFull": "Народная республика / Narodnaya respublika, SPLM/A"},
            [("Народная республика", None), ("Narodnaya respublika, SPLM/A", None)],
            id="two scripts",
        ),
    ],
)
def test_other_names(tmp_path: Path, row: dict[str, str], names: list[tuple[str, str | None]]) -> None:
    (actor,) = read(write(tmp_path, {"ActorId": "1", **row})).values()
    assert [(alias.name, alias.language) for alias in actor.aliases] == names


def test_governments_are_states_with_a_country() -> None:
    actor = read(CASES / "ucdp-actor-221.csv")["72"]
    assert (actor.name, actor.kind, actor.country) == ("Government of Mali", "state", "MLI")


@pytest.mark.parametrize(
    ("row", "field"),
    [({"ActorId": ""}, "ActorId"), ({"ActorId": "many"}, "ActorId"), ({"ActorId": "1", "NameData": " "}, "NameData")],
)
def test_what_is_no_actor_is_refused(tmp_path: Path, row: dict[str, str], field: str) -> None:
    _, refused, taken = ActorImporter().extract(write(tmp_path, row, {"ActorId": "2"}))
    assert isinstance(refused, Problem) and (refused.line, refused.field, refused.warning) == (2, field, False)
    assert isinstance(taken, ActorRecord)


@pytest.mark.parametrize("other", ["1", "99"], ids=["itself", "nobody"])
def test_lineage_that_leads_nowhere_is_left_with_a_warning(tmp_path: Path, other: str) -> None:
    _, warning, actor = ActorImporter().extract(write(tmp_path, {"ActorId": "1", "ActorIdPrev": other}))
    assert isinstance(warning, Problem) and warning.warning and (warning.field, warning.value) == ("ActorIdPrev", other)
    assert isinstance(actor, ActorRecord) and actor.relations == ()


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("ActorId,NameOrig,Org,ActorIdPrev,ActorIdAlliance\n1,A,1,,\n", encoding="utf-8")
    assert ActorImporter().identify(path)
    with pytest.raises(MissingColumnError, match="NameData"):
        list(ActorImporter().extract(path))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_the_bytes_only_records_and_problems_come_out(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(FIXTURES)).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = min(len(content), start + data.draw(st.integers(0, 60)))
        content[start:end] = data.draw(st.sampled_from([b"", b",", b'"', b"\n", b"\0", b"\xff", b"1157"]))
    path = tmp_path / "mutated.csv"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    ActorImporter().identify(path)
    try:
        records = list(ActorImporter().extract(path))
    except ConflictDBError:
        return
    assert {type(record) for record in records} <= {DatasetRecord, ActorRecord, Problem}


def test_the_real_list_is_taken_whole(shared: Path) -> None:
    dataset, *records = ActorImporter().extract(shared / "data" / "ucdp" / "ucdp-actor-221.csv")
    assert isinstance(dataset, DatasetRecord) and (dataset.release, dataset.released_on) == ("22.1", "2022-06")
    problems = [record for record in records if isinstance(record, Problem)]
    actors = [record for record in records if isinstance(record, ActorRecord)]
    assert len(actors) == 1_725 and len(problems) == 5 and all(problem.warning for problem in problems)
    kinds = Counter(str(relation.kind) for actor in actors for relation in actor.relations)
    assert kinds == {"splinter_of": 259, "part_of": 147, "allied_with": 52}
