"""Events that are known by other native ids: a dataset's row joins them, and no two rows of it become one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coded_files import counts, dump, query, standing, take, take_text, undo
from conflictdb.domain.coded import CodedActor, CodedConflict, CodedEvent, CodedFighter, CodedFigure, DatasetRecord
from conflictdb.domain.records import ActorRecord, ClaimRecord, EventRecord, SourceRecord
from conflictdb.domain.report import ImportReport
from conflictdb.domain.vocabulary import ActorKind, ClaimKind, EventType, Metric, Qualifier, SubjectKind
from conflictdb.importers import contract

NAME = "battles"


class BattlesImporter:
    """Yields the rows that a test put into `rows`."""

    name, version, title = NAME, "1", "Battles"
    rows: list[Any] = []
    fails_after: int | None = None
    failure: BaseException = RuntimeError("broken")

    def identify(self, path: Path) -> bool:
        return False

    def extract(self, path: Path) -> Iterator[Any]:
        recorder = ActorRecord("Battle Recorder", ActorKind.RECORDER, source=NAME)
        yield DatasetRecord(NAME, "Battles", recorder, SourceRecord(NAME, "Battles"), columns=("id", "killed"))
        for number, row in enumerate(self.rows):
            if number == self.fails_after:
                raise self.failure
            yield row


@pytest.fixture
def importer(monkeypatch: pytest.MonkeyPatch) -> BattlesImporter:
    made = BattlesImporter()
    known = contract.installed_importers()
    monkeypatch.setattr(contract, "installed_importers", lambda: {**known, NAME: made})
    return made


def battle(number: str, *other_ids: str, killed: int = 5, line: int = 1, **changed: Any) -> CodedEvent:
    figure = CodedFigure("killed", "total", "killed", killed, killed, killed, "exact")
    made = CodedEvent(
        line, number, f"Battle {number}", "battle", None, "1944-06-06", "day", 709_839, 709_839, None, None, (),
        (figure,), (number, str(killed)), other_ids=other_ids,
    )  # fmt: skip
    return made._replace(**changed)


def take_battles(url: str, folder: Path, importer: BattlesImporter, *rows: CodedEvent, **options: Any) -> ImportReport:
    importer.rows = [row._replace(line=line) for line, row in enumerate(rows, start=2)]
    path = folder / "battles.txt"
    path.write_text("battles", encoding="utf-8")
    return take(url, path, format_of=NAME, **options)


def ids(url: str) -> dict[str, list[str]]:
    """Return the native ids of events, by the event's slug."""
    found: dict[str, list[str]] = {}
    statement = (
        "SELECT e.slug, x.scheme, x.native_id FROM external_id x JOIN event e ON e.id = x.event_id ORDER BY 2, 3"
    )
    for slug, scheme, native_id in query(url, statement):
        found.setdefault(slug, []).append(f"{scheme}:{native_id}")
    return found


DOCUMENT = """\
source: {id: report, title: A report}
actors: [{name: Reporter, kind: medium}]
events:
  - {native_ids: ["wikidata:Q1"], slug: landing-1944, name: Landing, type: battle, date: 1944-06-06,
     claimant: Reporter, claims: [{id: r, claimant: Reporter, of: total, killed: 31}]}
"""


def test_a_row_joins_an_event_that_is_known_elsewhere(
    importer: BattlesImporter, database_url: str, tmp_path: Path
) -> None:
    take_text(database_url, tmp_path, DOCUMENT)
    rows = battle("a", "wikipedia:Landing", "wikidata:Q1"), battle("b", "wikidata:Q2")
    report = take_battles(database_url, tmp_path, importer, *rows)
    assert (report.problems, report.warnings) == ([], [])
    assert counts(report) == {"added": 1, "changed": 1}
    assert ids(database_url) == {
        "landing-1944": ["battles:a", "wikidata:Q1", "wikipedia:Landing"],
        "battle-b-1944": ["battles:b", "wikidata:Q2"],
    }
    assert standing(database_url, NAME) == [
        ("a", "killed", "total", 5, 5, 5), ("a", "r/killed", "total", 31, 31), ("b", "killed", "total", 5, 5, 5)
    ]  # fmt: skip
    before = dump(database_url)
    take_battles(database_url, tmp_path, importer, *rows)
    assert dump(database_url) == before
    take_battles(database_url, tmp_path, importer, battle("a", "wikidata:Q1", killed=7), release="2")
    assert standing(database_url, NAME)[0] == ("a", "killed", "total", 7, 7, 7)


def test_two_rows_of_one_other_id_stay_two_events(importer: BattlesImporter, database_url: str, tmp_path: Path) -> None:
    many = [battle(f"n{number}") for number in range(2_000)]
    rows = battle("a", "wikidata:Q1"), battle("b", "wikidata:Q1"), *many, battle("c", "wikidata:Q1")
    report = take_battles(database_url, tmp_path, importer, *rows)
    assert report.problems == []
    assert [(warning.line, warning.value) for warning in report.warnings] == [
        (3, "wikidata:Q1"),
        (2_004, "wikidata:Q1"),
    ]
    assert counts(report) == {"added": 2_003}
    held = ids(database_url)
    assert [held[f"battle-{letter}-1944"] for letter in "abc"] == [
        ["battles:a", "wikidata:Q1"],
        ["battles:b"],
        ["battles:c"],
    ]
    before = dump(database_url)
    take_battles(database_url, tmp_path, importer, *rows)
    assert dump(database_url) == before


@pytest.mark.parametrize("release", ["", "2"], ids=["together", "later"])
def test_two_rows_do_not_join_one_known_event(
    release: str, importer: BattlesImporter, database_url: str, tmp_path: Path
) -> None:
    take_text(database_url, tmp_path, DOCUMENT)
    first, second = battle("a", "wikidata:Q1"), battle("b", "wikidata:Q1", killed=9)
    if release:
        take_battles(database_url, tmp_path, importer, first)
    report = take_battles(database_url, tmp_path, importer, first, second, release=release)
    assert [warning.value for warning in report.warnings] == ["wikidata:Q1"]
    assert ids(database_url) == {"landing-1944": ["battles:a", "wikidata:Q1"], "battle-b-1944": ["battles:b"]}


def test_undoing_leaves_the_known_event(importer: BattlesImporter, database_url: str, tmp_path: Path) -> None:
    take_text(database_url, tmp_path, DOCUMENT)
    run = take_battles(database_url, tmp_path, importer, battle("a", "wikidata:Q1")).run
    undo(database_url, run)
    assert standing(database_url, "wikidata") == [("Q1", "r/killed", "total", 31, 31)]
    take_battles(database_url, tmp_path, importer, battle("a", "wikidata:Q1"))
    assert standing(database_url, "wikidata") == [
        ("Q1", "killed", "total", 5, 5, 5), ("Q1", "r/killed", "total", 31, 31)
    ]  # fmt: skip


def test_conflicts_never_contain_each_other(importer: BattlesImporter, database_url: str, tmp_path: Path) -> None:
    one, other = CodedConflict("One War"), CodedConflict("Other War")
    rows = (
        battle("a", conflict=CodedConflict("One War", ("war:1",), other)),
        battle("b", conflict=CodedConflict("Other War", ("war:2",), one)),
        battle("c", conflict=CodedConflict("Third War", (), CodedConflict("Other War", ("war:2",), one))),
    )
    assert take_battles(database_url, tmp_path, importer, *rows).problems == []
    parents = "SELECT c.name, p.name FROM conflict c LEFT JOIN conflict p ON p.id = c.parent_id ORDER BY c.name"
    assert query(database_url, parents) == [
        ("One War", "Other War"), ("Other War", None), ("Third War", "Other War")
    ]  # fmt: skip


# --- broken off ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("failure", [RuntimeError("broken"), KeyboardInterrupt()], ids=["error", "Ctrl-C"])
@pytest.mark.parametrize("known", [False, True], ids=["first", "revision"])
def test_an_import_that_breaks_off_leaves_everything_as_it_was(
    known: bool, failure: BaseException, importer: BattlesImporter, database_url: str, tmp_path: Path
) -> None:
    army = CodedActor("Army", "state_forces", "actor:1")
    fought = {"fighters": (CodedFighter(army, 1),), "conflict": CodedConflict("War", ("war:1",))}
    rows = [battle(str(number), f"wikidata:Q{number}") for number in range(2_500)]
    if known:
        take_battles(database_url, tmp_path, importer, *rows, release="1")
    before = (
        dump(database_url),
        query(database_url, "SELECT id FROM import_run"),
        query(database_url, "SELECT * FROM dataset"),
    )
    importer.fails_after, importer.failure = 2_400, failure
    changed = [battle(str(number), f"wikidata:Q{number}", killed=6, **fought) for number in range(2_500)]
    with pytest.raises(type(failure)):
        take_battles(database_url, tmp_path, importer, *changed, release="2", complete=True)
    after = (
        dump(database_url),
        query(database_url, "SELECT id FROM import_run"),
        query(database_url, "SELECT * FROM dataset"),
    )
    assert after == before
    importer.fails_after = None
    report = take_battles(database_url, tmp_path, importer, *changed, release="2", complete=True)
    assert counts(report) == {"changed" if known else "added": 2_500}


def test_events_of_other_kinds_may_stand_between_the_rows(
    importer: BattlesImporter, database_url: str, tmp_path: Path
) -> None:
    """Both number their rows themselves, in one transaction: by hand, and by the tables' own numbering."""
    army = CodedActor("Army", "state_forces", "actor:1")
    rows: list[Any] = []
    for number in range(3):
        source = SourceRecord(f"report-{number}", f"Report {number}")
        claim = ClaimRecord(ClaimKind.CASUALTY, "Army", source.slug, metric=Metric.KILLED, lower=1, upper=1)
        claim = replace(claim, subject_kind=SubjectKind.TOTAL, qualifier=Qualifier.EXACT, native_id="r/killed")
        rows += [
            battle(f"a{number}", f"wikidata:Q{number}", fighters=(CodedFighter(army, 1),), line=3 * number + 1),
            ActorRecord(f"Group {number}", ActorKind.ARMED_GROUP),
            source,
            battle(f"b{number}", fighters=(CodedFighter(CodedActor(f"Band {number}"), 1),), line=3 * number + 2),
            EventRecord("x", name=f"Raid {number}", type=EventType.BATTLE, date="1944-06-07", slug=f"raid-{number}",
                        claimant="Army", source=source.slug, claims=(claim,)),
        ]  # fmt: skip
    importer.rows = rows
    path = tmp_path / "battles.txt"
    path.write_text("battles", encoding="utf-8")
    for outcome in ("added", "unchanged"):
        report = take(database_url, path, format_of=NAME)
        assert report.problems == []
        assert counts(report) == {outcome: 9}
        assert query(database_url, "SELECT count(*) FROM claim") == [(9,)]


def test_documents_are_numbered_on_after_a_bulk_import(
    importer: BattlesImporter, database_url: str, tmp_path: Path
) -> None:
    for number, letter in enumerate("xyz"):
        take_battles(database_url, tmp_path, importer, battle(letter, killed=number), battle(letter * 2))
        document = DOCUMENT.replace("wikidata:Q1", f"wikidata:Q{letter}").replace("landing", f"landing-{letter}")
        take_text(database_url, tmp_path, document)
    assert query(database_url, "SELECT count(*), count(DISTINCT id) FROM event") == [(9, 9)]
    assert query(database_url, "SELECT count(*), count(DISTINCT id) FROM claim") == [(9, 9)]
