"""The War Atlas: what its rules make of rows, what is refused, and all of the real folder where it is at hand."""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflictdb.domain.coded import CodedEvent, CodedFigure, DatasetRecord
from conflictdb.domain.records import PersonRecord, Problem
from conflictdb.errors import ConflictDBError, ImportFailedError
from conflictdb.importers.contract import find_importer
from conflictdb.importers.tabular.cells import CellError
from conflictdb.importers.tabular.columns import MissingColumnError
from conflictdb.importers.war_atlas import WarAtlasImporter
from conflictdb.importers.war_atlas.columns import TABLES
from conflictdb.importers.war_atlas.dates import read_date, read_display
from conflictdb.importers.war_atlas.sides import find_sides

EXCERPT = Path(__file__).parent / "cases" / "war-atlas" / "excerpt"
Edit = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXCERPT, tmp_path / "atlas"))


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Return edit(table, old, new), which changes a text that stands in a table once."""

    def edit(table: str, old: str, new: str) -> None:
        path = folder / table
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (table, old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def extract(path: Path) -> list[object]:
    return list(WarAtlasImporter().extract(path))


def events(path: Path) -> dict[str, CodedEvent]:
    return {each.native_id: each for each in extract(path) if isinstance(each, CodedEvent)}


def problems(path: Path) -> list[tuple[int | None, str, str, str, str]]:
    found = [each for each in extract(path) if isinstance(each, Problem)]
    return [(each.line, each.event, each.field, each.value, each.why) for each in found]


@pytest.mark.parametrize(
    ("iso", "display", "title", "war", "expected"),
    [
        ("1862-09-17", "", "Antietam", 1861, "1862-09-17"),
        ("1842-01-01", "January 1, 1842", "1842 retreat from Kabul", 1839, "1842"),
        ("1940-03-01", "March 1, 1940", "1939–1940 Winter Offensive", 1937, "1940-03"),
        ("1801-08-01", "August 1, 1801", "Action of 1 August 1801", 1801, "1801-08-01"),
        ("1800-01-01", "January 1, 1800", "Action of 1 January 1800", 1799, "1800-01-01"),
        ("2020-01-01", "January 1, 2020", "Israeli invasion of the Gaza Strip", 2023, "202X"),
        ("1920-01-01", "January 1, 1920", "Battle of Warsaw", 1919, "1920"),
        ("1940-01-01", "January 1, 1940", "Siege of Calais", None, "1940"),
        ("", "17 Sep 1862", "Antietam", 1861, "1862-09-17"),
    ],
    ids=lambda value: str(value).replace(" ", "-"),
)
def test_dates(iso: str, display: str, title: str, war: int | None, expected: str) -> None:
    assert read_date(iso, display, title, war)[0] == expected


def test_a_year_beside_the_title_s_is_doubted() -> None:
    assert read_date("2020-05-04", "", "2022 Kherson counteroffensive", 2022) == (
        "2020-05-04",
        'the year is not that of the title, "2022 Kherson counteroffensive"',
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 Apr 1865", "1865-04-09"),
        ("Apr 2003", "2003-04"),
        ("2007", "2007"),
        ("1942–1943", "1942/1943"),
        ("13–14 Sep 1814", "1814-09-13/1814-09-14"),
        ("Nov–Dec 1950", "1950-11/1950-12"),
        ("Dec 1944–Jan 1945", "1944-12/1945-01"),
        ("30 Sep – 2 October 1914", "1914-09-30/1914-10-02"),
    ],
)
def test_dates_in_words(text: str, expected: str) -> None:
    assert read_display(text) == expected


@pytest.mark.parametrize("text", ["", "soon", "31 Feb 2003", "Dec 1945–Jan 1944", "Foo 1944", "–1944", "3 1944"])
def test_dates_in_words_that_are_none(text: str) -> None:
    with pytest.raises(CellError):
        read_display(text)


@pytest.mark.parametrize(
    ("forces", "casualties", "numbers", "unplaced"),
    [
        (["A", "B"], ["A", "B"], {"A": 1, "B": 2}, ()),
        (["France", "Russia"], ["Франция", "Russie"], {"France": 1, "Russia": 2}, ()),
        (["A", "B"], ["A", "C"], {"A": 1, "B": 2, "C": 2}, ()),
        (["A", "B"], ["C"], {"A": 1, "B": 2}, ("C",)),
        (["A", "B"], ["C", "D"], {"A": 1, "B": 2}, ("C", "D")),
        (["A"], ["B"], {"A": 1}, ("B",)),
        ([], ["A", "B"], {"A": 1, "B": 2}, ()),
        (["A", "B", "C"], ["D"], {"A": 1, "B": 2, "C": 3}, ("D",)),
        (["Israel", "PLO"], ["Israël"], {"Israel": 1, "PLO": 2}, ()),
        (["side 0", "side 1"], ["side 0", ""], {}, ()),
    ],
    ids=str,
)
def test_sides(
    forces: list[str], casualties: list[str], numbers: dict[str, int], unplaced: tuple[str, ...]
) -> None:  # fmt: skip
    sides = find_sides(forces, casualties)
    assert (sides.numbers, sides.unplaced) == (numbers, unplaced)


def test_a_battle_whole() -> None:
    battle = events(EXCERPT)["fort_mchenry_b"]
    assert (battle.name, battle.date, battle.place and battle.place.name) == (
        "Fort McHenry", "1814-09-13/1814-09-14", "Baltimore",
    )  # fmt: skip
    assert battle.other_ids == ("wikidata:Q1850527", "wikipedia:Battle of Baltimore")
    assert battle.conflict is not None and battle.conflict.name == "War of 1812"
    assert [(each.value, each.note) for each in battle.statements] == [("U.S. defensive success", "confidence: medium")]
    assert [(each.field, each.subject, each.metric, each.lower, each.source) for each in battle.figures] == [
        ("strength United Kingdom", 0, "persons", 5000, "war-atlas-nps-war-1812"),
        ("strength United States", 1, "persons", 3200, "war-atlas-nps-war-1812"),
        ("casualties États-Unis", 1, "casualties", 310, None),
        ("casualties Royaume-Uni", 0, "casualties", 300, None),
    ]


def test_battles_of_one_page_have_no_page() -> None:
    known = events(EXCERPT)
    assert known["battle_of_grozny_b"].other_ids == ("wikidata:Q1028296",)
    assert known["battle_of_grozny_1996_b"].other_ids == ("wikidata:Q2395246",)


def test_one_item_of_wikidata_is_one_thing_s() -> None:
    records = extract(EXCERPT)
    ids = [name for each in records for name in getattr(each, "native_ids", ()) if not isinstance(each, CodedEvent)]
    ids += [name for each in records if isinstance(each, CodedEvent) for name in each.other_ids]
    shared = {name for name, count in Counter(ids).items() if count > 1}
    assert shared == {"wikidata:Q188553"}  # two names of one faction, as the atlas says
    people = {each.name: each for each in records if isinstance(each, PersonRecord)}
    assert people["Ottoman Empire"].native_ids == ("war-atlas-person:ottoman_empire",)
    assert people["16th Division"].description == "Fatah Halab"


def test_figures_that_run_backwards_are_swapped(edit: Edit, folder: Path) -> None:
    edit("battle_forces.csv", "Armée unitaire,1000,4000", "Armée unitaire,4000,1000")
    battle = events(folder)["battle_of_oncativo_b"]
    assert [(each.lower, each.upper) for each in battle.figures if each.subject == 0] == [(1000, 4000)]
    assert [(each.field, each.value, each.why) for each in battle.warnings] == [
        ("strength_low", "4000", "it is more than strength_high, 1000; they are swapped")
    ]
    assert '"strength_low": "4000"' in battle.original[-2]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("1000,", ("at_least", 1000, None)),
        (",4000", ("at_most", None, 4000)),
        ("0,0", ("exact", 0, 0)),
        ("5.0,5", ("exact", 5, 5)),
    ],
)
def test_bounds(cells: str, expected: tuple[str, int | None, int | None], edit: Edit, folder: Path) -> None:
    edit("battle_forces.csv", "Armée unitaire,1000,4000", f"Armée unitaire,{cells}")
    figures = [each for each in events(folder)["battle_of_oncativo_b"].figures if each.subject == 0]
    assert [(each.qualifier, each.lower, each.upper) for each in figures] == [expected]


def test_several_rows_of_a_side_are_told_apart(edit: Edit, folder: Path) -> None:
    row = "battle_of_oncativo_b,Armée unitaire,1000,4000,medium,\n"
    edit("battle_forces.csv", row, row * 2)
    assert [each.field for each in events(folder)["battle_of_oncativo_b"].figures if each.subject == 0] == [
        "strength Armée unitaire", "strength Armée unitaire 2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        (
            "battle_forces.csv", "Armée unitaire,1000,4000", "Armée unitaire,1000,4e9",
            ( "battle_of_oncativo_b", "battle_forces.csv: strength_high", "4e9", '"4e9" is no whole number'),
        ),
        (
            "battle_forces.csv", "Armée unitaire,1000,4000", "Armée unitaire,-1,4000",
            ( "battle_of_oncativo_b", "battle_forces.csv: strength_low", "-1", '"-1" is negative'),
        ),
        (
            "battle_casualties.csv", "midway_b,Japan", "midway_c,Japan",
            ( "midway_c", "battle_casualties.csv: battle_slug", "midway_c", "battles.csv lacks this battle"),
        ),
        (
            "battles.csv", "1830-02-25", "1830-02-30",
            ( "battle_of_oncativo_b", "date_iso", "1830-02-30", '"1830-02-30" is no date such as 1862-09-17'),
        ),
        (
            "battles.csv", "-31.913373,-63.681772", "-131.913373,-63.681772",
            ( "battle_of_oncativo_b", "lat", "-131.913373",
                '"-131.913373" is no latitude, which is from -90 to 90 degrees; lat and lng are probably swapped',
            ),
        ),
        (
            "battles.csv", "-31.913373,-63.681772", "-31.913373,",
            ( "battle_of_oncativo_b", "lng", "", "one of the two coordinates is blank"),
        ),
        (
            "battles.csv", "battle_of_oncativo_b,Battle of Oncativo", "battle_of_oncativo_b,",
            ( "battle_of_oncativo_b", "title", "", "the title is blank"),
        ),
        ("wars.csv", "argentine_civil_wars,Arg", ",Arg", ( "", "wars.csv: slug", "", "the slug is blank")),
        (
            "commanders.csv", "16th_division,", "15th_army_group,",
            ( "", "commanders.csv: slug", "15th_army_group", "line 2 has this slug too"),
        ),
    ],
    ids=["whole", "negative", "orphan", "date", "swapped", "one", "title", "slug", "twice"],
)  # fmt: skip
def test_problems(
    table: str, old: str, new: str, expected: tuple[str, str, str, str], edit: Edit, folder: Path
) -> None:  # fmt: skip
    lines = (folder / table).read_text(encoding="utf-8").splitlines()
    changed = next(number for number, line in enumerate(lines, 1) if old in line)
    edit(table, old, new)
    assert problems(folder) == [(changed, *expected)]


def test_a_column_that_is_missing(edit: Edit, folder: Path) -> None:
    edit("battle_forces.csv", "strength_low", "strength_lo")
    with pytest.raises(MissingColumnError, match="strength_low"):
        extract(folder)


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"battles.csv"}))
def test_other_tables_say_what_to_import(name: str) -> None:
    assert find_importer(EXCERPT / name).name == "war-atlas"
    with pytest.raises(ImportFailedError, match=f"{name} is one of the seven tables") as caught:
        extract(EXCERPT / name)
    assert caught.value.advice == (f"import the folder {EXCERPT}, or its battles.csv",)


def test_battles_csv_alone_lacks_the_others(tmp_path: Path) -> None:
    path = tmp_path / "battles.csv"
    shutil.copy(EXCERPT / "battles.csv", path)
    with pytest.raises(ImportFailedError, match=r"lacks battle_forces\.csv, battle_casualties\.csv, wars\.csv"):
        extract(path)


def test_folder_table_and_zip_hold_the_same(tmp_path: Path) -> None:
    zipped = tmp_path / "atlas.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        for path in EXCERPT.iterdir():
            archive.write(path, f"war_atlas/{path.name}")
    assert find_importer(zipped).name == "war-atlas"
    assert find_importer(EXCERPT / "battles.csv").name == "war-atlas"
    assert extract(zipped) == extract(EXCERPT) == extract(EXCERPT / "battles.csv")


def test_without_a_manifest_the_release_is_not_told(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    dataset = extract(folder)[0]
    assert isinstance(dataset, DatasetRecord)
    assert (dataset.release, dataset.released_on, dataset.licence) == ("", None, "CC BY 4.0")


@pytest.mark.parametrize("text", ["{", "[" * 100_000], ids=["cut", "deep"])
def test_a_damaged_manifest(text: str, folder: Path) -> None:
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ImportFailedError, match=r"manifest\.json"):
        extract(folder)


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged_tables_never_break_it(data: st.DataObject, tmp_path: Path) -> None:
    folder = tmp_path / "atlas"
    shutil.copytree(EXCERPT, folder, dirs_exist_ok=True)
    path = folder / data.draw(st.sampled_from([*TABLES, "manifest.json"]))
    content = bytearray(path.read_bytes())
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start, min(start + 40, len(content))))
    content[start:end] = data.draw(
        st.sampled_from([b"", b'"', b",,", b"\n", b"1e308", b"\xff\x00", bytes(content[:90])])
    )
    path.write_bytes(bytes(content))
    try:
        records = extract(folder) if WarAtlasImporter().identify(folder) else []
    except ConflictDBError:
        return
    assert all(isinstance(each, tuple) or hasattr(each, "__dataclass_fields__") for each in records)


def test_every_battle_of_the_real_folder(shared: Path) -> None:
    path = shared / "data" / "war_atlas"
    if not path.is_dir():
        pytest.skip("no War Atlas in the shared folder")
    records = extract(path)
    assert Counter(type(each).__name__ for each in records) == {
        "DatasetRecord": 1, "CodedEvent": 3010, "ConflictRecord": 493, "ActorRecord": 425, "PersonRecord": 8012,
        "SourceRecord": 10,
    }  # fmt: skip
    known = {each.native_id: each for each in records if isinstance(each, CodedEvent)}
    figures = [each for battle in known.values() for each in battle.figures]
    for word, table in (("strength", "battle_forces.csv"), ("casualties", "battle_casualties.csv")):
        rows = _rows(path / table)
        taken = [each for each in figures if each.field.startswith(word)]
        assert len(taken) == len(rows)
        assert sum(each.lower or 0 for each in taken) == sum(int(row[f"{word}_low"]) for row in rows)
        assert sum(each.upper or 0 for each in taken) == sum(int(row[f"{word}_high"]) for row in rows)
        for row in rows:
            _check_row(known[row["battle_slug"]], row, word)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _check_row(battle: CodedEvent, row: dict[str, str], word: str) -> None:
    """Check that the battle has this row's figure, and of the side that it names."""

    def is_it(figure: CodedFigure) -> bool:
        return figure.field == f"{word} {row['side'][:80]}".strip()

    (figure,) = filter(is_it, battle.figures)
    assert (figure.lower, figure.upper) == (int(row[f"{word}_low"]), int(row[f"{word}_high"]))
    if isinstance(figure.subject, int):
        assert figure.group is None
    else:
        assert (figure.subject, figure.group) == ("unknown", row["side"] or None)
