"""A user's own table: what its mapping makes of rows, what is wrong with mappings, and what no file may break."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflictdb.domain.records import ActorRecord, ClaimRecord, EventRecord, Problem, SourceRecord, UnnamedRecord
from conflictdb.errors import ConflictDBError, ImportFailedError
from conflictdb.importers.table import TableImporter
from conflictdb.importers.table.mapping import MappingError
from conflictdb.importers.table.specs import read_count, read_spec, states_nothing
from conflictdb.importers.tabular.cells import AmbiguousDatesError

CASES = Path(__file__).parent / "cases" / "table"
PLAIN = '[dataset]\nrecorder = "Team"\n[columns]\nid = "id"\ndate = "date"\nplace = "place"\n'
Read = Callable[[str, str], list[object]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return read(table, mapping): what the importer makes of a CSV text."""

    def read(table: str, mapping: str) -> list[object]:
        path = tmp_path / "mine.csv"
        path.write_text(table, encoding="utf-8")
        path.with_suffix(".toml").write_text(mapping, encoding="utf-8")
        return list(TableImporter().extract(path))

    return read


def events(records: list[object]) -> list[EventRecord]:
    return [each for each in records if isinstance(each, EventRecord)]


def claims(records: list[object]) -> list[ClaimRecord]:
    return [claim for event in events(records) for claim in event.claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("killed", ("casualty", "killed", "total", "", None, None, None)),
        ("dead side_1", ("casualty", "killed", "side_1", "", None, None, None)),
        ("wounded of side 2", ("casualty", "wounded", "side_2", "", None, None, None)),
        ("wounded civilians", ("casualty", "wounded", "civilians", "", None, None, None)),
        ("civilians killed", ("casualty", "killed", "civilians", "", None, None, None)),
        ("killed at least", ("casualty", "killed", "total", "at least", None, None, None)),
        ("killed at most side_1", ("casualty", "killed", "side_1", "at most", None, None, None)),
        ("officers killed side_1", ("casualty", "killed", "side_1", "", None, None, "officers")),
        ("killed unknown", ("casualty", "killed", "unknown", "", None, None, None)),
        ("vehicles destroyed side_1", ("casualty", "materiel", "side_1", "", "vehicle", "destroyed", None)),
        ("tank trucks burned", ("casualty", "materiel", "total", "", "vehicle", "destroyed", "tank trucks")),
        ("strength side_2", ("strength", "persons", "side_2", "", None, None, None)),
        ("vehicles present side_2", ("strength", "materiel", "side_2", "", "vehicle", "present", None)),
        ("casualties total", ("casualty", "casualties", "total", "", None, None, None)),
    ],
)
def test_specs(text: str, expected: tuple[str | None, ...]) -> None:
    spec = read_spec("X", text)
    assert (spec.kind, spec.metric, spec.subject, spec.bound, spec.item, spec.fate, spec.group) == expected


@pytest.mark.parametrize("text", ["kiled", "vehicles", "side_1", "", "killed and wounded missing", "killed side_9"])
def test_specs_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="write for example"):
        read_spec("X", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("26", (26, 26)),
        ("26.0", (26, 26)),
        ("over 20", (21, None)),
        ("20-30", (20, 30)),
        ("~100", (100, 100)),
        ("none", (0, 0)),
        ("0", (0, 0)),
        ("al menos 12", (12, None)),
        ("Plus de 1.500", (1501, None)),
        ("hasta 5", (None, 5)),
        ("environ 30", (30, 30)),
        ("aucun", (0, 0)),
        ("plusieurs", (None, None)),
    ],
)
def test_counts(text: str, expected: tuple[int | None, int | None]) -> None:
    quantity = read_count(text)
    assert quantity is not None
    assert (quantity.lower, quantity.upper) == expected


@pytest.mark.parametrize("text", ["", " ", "-", "?", "??", "n/a", "NaN", "unknown", "s/d", "inconnu", "keine Angabe"])
def test_cells_that_state_nothing(text: str) -> None:
    assert states_nothing(text)
    assert read_count(text) is None


@pytest.mark.parametrize("text", ["1e308", "3.5", "-3", "5-3", "many dead", "al menos", "inf"])
def test_counts_that_are_none(text: str) -> None:
    with pytest.raises(ValueError):
        read_count(text)


def test_rows_of_one_id_are_one_event_with_a_claim_each() -> None:
    records = list(TableImporter().extract(CASES / "incidents.csv"))
    raid = events(records)[0]
    assert (raid.name, raid.type, raid.subtype, raid.native_ids) == (
        "Raid on Dioura",
        "battle",
        "Raid",
        ("incidents:1",),
    )
    dead = [claim for claim in raid.claims if claim.metric == "killed"]
    assert [(each.claimant, each.stated_on, each.lower, each.upper, each.wording) for each in dead] == [
        ("Government of Mali", "2019-03-18", 23, 23, "23"),
        (UnnamedRecord("a military source"), "2019-03-21", 21, None, "over 20"),
    ]
    assert [(each.attribute, each.value) for each in raid.claims if each.attribute] == [("date", "2019-03-18")]
    defined = {each.name if isinstance(each, ActorRecord) else each.title for each in records
               if isinstance(each, ActorRecord | SourceRecord)}  # fmt: skip
    assert {"United Nations", "Government of Mali", "https://example.org/a"} <= defined
    assert not defined & {"a military source", "witnesses", "UN", "Example team"}


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("witnesses", False), ("Témoins", False), ("a military source", False), ("un porte-parole", False),
        ("Some residents", False), ("UN", True), ("UN peacekeepers", True), ("Unit 5", True), ("Amnesty", True),
    ],
)  # fmt: skip
def test_claimants_without_a_name(name: str, named: bool, read: Read) -> None:
    mapping = PLAIN + 'claimant = "per"\n[figures]\nn = "killed"\n'
    (claim,) = claims(read(f"id,date,place,per,n\n1,2019,X,{name},5\n", mapping))
    assert isinstance(claim.claimant, str) is named


def test_low_best_and_high_are_one_estimate_of_the_recorder(read: Read) -> None:
    mapping = PLAIN + '[figures]\nlow = "killed at least"\nn = "killed"\nhigh = "killed at most"\n'
    records = read("id,date,place,low,n,high\n1,2019,X,3,5,9\n2,2019,Y,,5,\n3,2019,Y,3,,\n", mapping)
    assert [(each.lower, each.best, each.upper, each.qualifier, each.claimant) for each in claims(records)] == [
        (3, 5, 9, "range", "Team"),
        (5, None, 5, "exact", "Team"),
        (3, None, None, "at_least", "Team"),
    ]


def test_a_side_of_several_is_a_side(read: Read) -> None:
    mapping = PLAIN + 'side_1 = "who"\n[figures]\nn = "killed side_1"\n'
    records = read("id,date,place,who,n\n1,2019,X,Army; Police,5\n2,2019,X,Army,5\n3,2019,X,,5\n", mapping)
    assert [(each.subject_kind, each.side, each.combatant) for each in claims(records)] == [
        ("side", 1, None), ("combatant", None, "Army"), ("unknown", None, None),
    ]  # fmt: skip
    assert [each.why for event in events(records) for each in event.warnings] == [
        "nobody is named on side_1; it is kept as of unknown subject"
    ]


def test_always_and_values(read: Read) -> None:
    mapping = PLAIN.replace('place = "place"', 'place = "place"\nside_1 = "who"') + (
        '[always]\ncountry = "Mali"\ntype = "explosion"\n[values]\nside_1 = { "FAMA" = "Malian Army" }\n'
    )
    (event,) = events(read("id,date,place,who\n1,2019,X,Fama; Police\n", mapping))
    assert event.type == "explosion" and event.place is not None and event.place.country == "MLI"
    assert [each.actor for each in event.combatants] == ["Malian Army", "Police"]


def test_without_ids_every_row_is_an_event(read: Read) -> None:
    records = read("date,place\n2019-01-02,X\n2019-01-02,X\n", '[columns]\ndate = "date"\nplace = "place"\n')
    assert [(each.name, each.native_ids) for each in events(records)] == [("Event in X, 2 January 2019", ())] * 2


def test_exact_repetition_is_said_once(read: Read) -> None:
    mapping = PLAIN + '[figures]\nn = "killed"\n'
    records = read("id,date,place,n\n1,2019,X,5\n1,2019,X,5\n1,2019,X,5.0\n", mapping)
    assert len(claims(records)) == 1
    assert not events(records)[0].problems


def test_the_order_of_days_and_months(read: Read) -> None:
    table = "id,date,place\n1,03/04/2019,X\n2,05/04/2019,Y\n"
    with pytest.raises(AmbiguousDatesError) as caught:
        read(table, PLAIN)
    assert caught.value.advice[0] == 'say which in mine.toml, under [values]: dates = "day first", or "month first"'
    for order, expected in (("day first", "2019-04-03"), ("month first", "2019-03-04")):
        assert events(read(table, PLAIN + f'[values]\ndates = "{order}"\n'))[0].date == expected
    assert events(read(table + "3,25/04/2019,Z\n", PLAIN))[0].date == "2019-04-03"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('date = "date"', 'latitud = "n"'), 'columns.latitud: nothing is called so; did you mean "latitude"?'),
        (('date = "date"', 'date = "dates"'), 'columns.date: the table has no column "dates"; did you mean "date"?'),
        (('place = "place"', '[figure]\nn = "killed"'), 'figure: nothing is called so; did you mean "figures"?'),
        (('recorder = "Team"', "recorder = 5"), "dataset.recorder: it is a text: write it in quotation marks, not 5"),
        (('recorder = "Team"', 'name = "My Table"'), 'dataset.name: "My Table" is no short name; write it "my-table"'),
        (('place = "place"', '[figures]\nn = "kiled"'), 'figures."n": "kiled" is not known for something counted; '),
        (('place = "place"', '[figures]\nm = "killed"'), 'figures."m": the table has no column "m"; '),
        (('place = "place"', '[figures]\nn = "killed"\nid = "dead"'), 'figures."id": the column "n" counts the same'),
        (('place = "place"', '[values]\ndates = "US"'), 'values.dates: it is "day first" or "month first"'),
        (('place = "place"', "[values]\ntype = 3"), 'values.type: write it { "your word" = "ours" }'),
        (('place = "place"', '[always]\ndate = "2019"'), "always.date: the field has a column too; leave out one"),
        (('date = "date"\nplace = "place"\n', ""), "columns: an event needs a date or a place: name their columns"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_wrong_with_a_mapping(change: tuple[str, str], fault: str, read: Read) -> None:
    with pytest.raises(MappingError, match=r"mine\.toml does not fit mine\.csv") as caught:
        read("id,date,place,n\n1,2019,X,5\n", PLAIN.replace(*change))
    assert any(each.startswith(fault) for each in caught.value.advice), caught.value.advice


@pytest.mark.parametrize("text", ["[columns\n", "[columns]\nid = \n", "[columns]\nid = 'a'\nid = 'b'\n"])
def test_a_mapping_that_is_no_toml(text: str, read: Read) -> None:
    with pytest.raises(ImportFailedError):
        read("id,date\n1,2019\n", text)


def test_columns_are_found_in_other_spellings(read: Read) -> None:
    mapping = '[columns]\nid = "ref no"\ndate = "DATE"\nplace = "column 3"\n'
    (event,) = events(read("Ref_No,Date,\n7,2019,X\n", mapping))
    assert event.native_ids == ("mine:7",) and event.place is not None and event.place.name == "X"


def test_two_columns_of_one_name_are_refused(read: Read) -> None:
    with pytest.raises(MappingError) as caught:
        read("id,date,place,place\n1,2019,X,Y\n", PLAIN)
    assert caught.value.advice == ('columns.place: 2 columns are called "place"; give them different names',)


def test_a_table_is_recognised_by_the_mapping_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,date,place\n1,2019,X\n", encoding="utf-8")
    importer = TableImporter()
    assert not importer.identify(path)
    path.with_suffix(".toml").write_text("[tool]\n", encoding="utf-8")
    assert not importer.identify(path)
    with pytest.raises(ImportFailedError, match="has no mapping") as caught:
        list(importer.extract(path))
    assert caught.value.advice == ("draft one: conflictdb map mine.csv",)
    path.with_suffix(".toml").write_text(PLAIN, encoding="utf-8")
    assert importer.identify(path)
    packed = tmp_path / "mine.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert importer.identify(packed)
    assert len(events(list(importer.extract(packed)))) == 1
    elsewhere = tmp_path / "other.toml"
    path.with_suffix(".toml").rename(elsewhere)
    assert not importer.identify(path)
    assert len(events(list(TableImporter(elsewhere).extract(path)))) == 1


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"PK\x03\x04", b"\x1f\x8b", b'"' * 50, b"a,b\n\xff\xfe"])
def test_it_never_breaks_on_looking(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(content)
    path.with_suffix(".toml").write_text(PLAIN, encoding="utf-8")
    assert TableImporter().identify(path) in (True, False)
    assert not TableImporter().identify(tmp_path)
    assert not TableImporter().identify(tmp_path / "nothing.csv")


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("name", ["incidents", "bad_rows"])
def test_damaged_tables_never_break_it(name: str, data: st.DataObject, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    content = bytearray((CASES / f"{name}.csv").read_bytes())
    mapping = (CASES / f"{name}.toml").read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start, min(start + 40, len(content))))
    content[start:end] = data.draw(
        st.sampled_from([b"", b'"', b",,", b"\n", b"9" * 30, b"\xff\0", bytes(content[:99])])
    )
    path.write_bytes(bytes(content))
    path.with_suffix(".toml").write_text(mapping, encoding="utf-8")
    try:
        records = list(TableImporter().extract(path))
    except ConflictDBError:
        return
    assert all(isinstance(each, Problem) or hasattr(each, "__dataclass_fields__") for each in records)
