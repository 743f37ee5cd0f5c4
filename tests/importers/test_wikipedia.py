"""Pages of Wikipedia: what is recognised, what dates and places mean, what damage does, and whose each figure is."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflictdb.domain.records import EventRecord, UnnamedRecord
from conflictdb.domain.vocabulary import ActorKind, ClaimKind, SubjectKind
from conflictdb.errors import ConflictDBError, ImportFailedError
from conflictdb.importers.contract import installed_importers
from conflictdb.importers.native import NativeImporter
from conflictdb.importers.wikipedia import WikipediaImporter
from conflictdb.importers.wikipedia.names import speaker
from conflictdb.importers.wikipedia.sides import Sides
from conflictdb.importers.wikipedia.template import find_infobox

CASES = Path(__file__).parent / "cases" / "wikipedia"
FILES = sorted(path for path in CASES.iterdir() if not path.name.endswith(".expected.json"))
HEAD = "{{Infobox military conflict\n| conflict = Battle of X\n"
WIKIPEDIA = WikipediaImporter()


def _event(tmp_path: Path, text: str, name: str = "page.txt") -> EventRecord:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    (event,) = [record for record in WIKIPEDIA.extract(path) if isinstance(record, EventRecord)]
    return event


def _box(tmp_path: Path, **fields: str) -> EventRecord:
    return _event(tmp_path, HEAD + "".join(f"| {name} = {value}\n" for name, value in fields.items()) + "}}\n")


# --- what is recognised ----------------------------------------------------------------------------------------------

RECOGNISED = {
    "template alone": "{{Infobox military conflict\n|conflict=X}}",
    "underscores and case": "{{ infobox_Military  conflict |conflict=X}}",
    "a redirect": "{{Warbox\n|conflict=X}}",
    "an old name": "{{Infobox battle|conflict=X}}",
    "namespace": "{{Template:Infobox military conflict\n}}",
    "after hatnotes": "{{short description|x}}\n{{Use dmy dates}}{{Infobox military conflict\n}}",
    "after a comment": "<!-- mind the gap --> {{Infobox military conflict\n}}",
    "after a picture": "[[File:X.jpg|thumb]]\n{{Infobox military conflict\n}}",
    "byte order mark": "\ufeff{{Infobox military conflict\n}}",
    "export": '<?xml version="1.0"?>\n<!-- saved -->\n<mediawiki xmlns="x">\n</mediawiki>',
    "rendered": "= Raid =\n\nInfobox\n- Conflict: Raid\n",
    "rendered, Windows lines": "= Raid =\r\n\r\nInfobox\r\n- Combatant1: Mali\r\n",
}
NOT_RECOGNISED = {
    "another infobox": "{{Infobox settlement\n|name=X}}",
    "a longer name": "{{Infobox military conflict summary\n|name=X}}",
    "in a comment": "<!-- {{Infobox military conflict\n}} -->\n'''X''' is a village.",
    "in nowiki": "<nowiki>{{Infobox military conflict\n}}</nowiki>",
    "named in prose": "The template {{Infobox military conflict}} is used on pages about battles.",
    "native JSON": '{"summary": "\\n{{Infobox military conflict\\n}}"}',
    "native YAML": "slug: x-2019\nsummary: |\n  {{Infobox military conflict\n  }}\n",
    "a list of JSON": '[{"a": "{{Infobox military conflict}}"}]',
    "another XML": "<?xml version='1.0'?><osm></osm>",
    "a heading and a list": "= Shopping =\n\n- Milk: 1\n",
    "rendered, of a place": "= Dioura =\n\nInfobox\n- Country: Mali\n",
    "a table": "id,conflict\n1,Infobox military conflict\n",
    "nothing": "",
}


@pytest.mark.parametrize("text", RECOGNISED.values(), ids=RECOGNISED.keys())
def test_recognises(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(text.encode())
    assert [name for name, importer in installed_importers().items() if importer.identify(path)] == ["wikipedia"]


@pytest.mark.parametrize("text", NOT_RECOGNISED.values(), ids=NOT_RECOGNISED.keys())
def test_does_not_recognise(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(text.encode())
    assert not WIKIPEDIA.identify(path)


@pytest.mark.parametrize(
    "text", ['{"slug": "x"}', "{}", "[]", "[\n {}]", "[ {}]", "{\n}", "# a\n{}", "- slug: x", "slug: x"]
)
def test_what_is_native_stays_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.txt"
    path.write_text(text)
    assert NativeImporter().identify(path) and not WIKIPEDIA.identify(path)


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_identify_never_raises(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.bin"
    path.write_bytes(data)
    WIKIPEDIA.identify(path)


def test_recognises_what_is_packed(tmp_path: Path) -> None:
    path = tmp_path / "export.xml.gz"
    path.write_bytes(gzip.compress((CASES / "export.xml").read_bytes()))
    assert WIKIPEDIA.identify(path) and not NativeImporter().identify(path)
    assert sum(isinstance(record, EventRecord) for record in WIKIPEDIA.extract(path)) == 2


def test_recognises_the_real_files(shared: Path) -> None:
    files = [*shared.glob("data/wikipedia/*"), *shared.glob("seeds/000_*.txt")]
    assert len(files) == 5
    assert all(WIKIPEDIA.identify(path) for path in files)
    assert not any(NativeImporter().identify(path) for path in files)


# --- the template ----------------------------------------------------------------------------------------------------


def test_the_first_infobox_is_the_event(tmp_path: Path) -> None:
    event = _event(tmp_path, "{{Infobox battle|conflict=First}}\n{{Infobox battle|conflict=Second}}")
    assert event.name == "First"
    assert [warning.why for warning in event.warnings] == [
        "the page has 1 more infobox of a conflict; the first is the event"
    ]


def test_what_does_not_close_ends_before_the_prose() -> None:
    box = find_infobox(HEAD + "| combatant1 = {{flag|Mali}\n| casualties1 = 3 killed\n\n'''X''' was.\n| date = 1999\n")
    assert box is not None and sorted(box.fields) == ["casualties1", "combatant1", "conflict"]
    assert box.text("casualties1") == "3 killed"
    assert [doubt[2] for doubt in box.doubts] == ["its braces do not close; it is read line by line"]


def test_of_a_field_that_comes_twice_the_last_counts() -> None:
    box = find_infobox("{{Infobox battle|date=1999|date=2001|place=|place=X}}")
    assert box is not None and box.text("date") == "2001" and box.text("place") == "X"
    assert [doubt[:2] for doubt in box.doubts] == [("date", "1999")]


def test_bars_in_what_is_nested_part_no_field() -> None:
    box = find_infobox("{{Infobox battle|place=[[A|B]]<ref>{{cite|x=1}}</ref><!-- |date=1 -->{{a|{{b|c=2}}}}|date=3}}")
    assert box is not None and sorted(box.fields) == ["date", "place"]


ENDLESS = {
    "braces": HEAD + "| casualties1 = " + "{{" * 1_000_000,
    "nested": HEAD + "| casualties1 = " + "{{a|" * 50_000 + "}}" * 50_000 + "}}",
    "links": HEAD + "| casualties1 = " + "[[" * 1_000_000,
    "nowiki": "<nowiki>" * 500_000 + HEAD + "}}",
    "comments": "<!--" * 1_000_000 + "\n" + HEAD + "}}",
    "bars": HEAD + "|" * 400_000 + "}}",
    "fields": HEAD + "| a = b\n" * 400_000,
    "openings": HEAD * 60_000,
    "date": HEAD + "| date = " + "1 May 1990 - " * 20_000 + "}}",
    "parentheses": HEAD + "| date = " + "(" * 200_000 + "}}",
    "place": HEAD + "| place = " + "a, " * 100_000 + "}}",
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS.keys())
def test_what_is_endless_takes_bounded_time(tmp_path: Path, text: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(text)
    began = time.perf_counter()
    WIKIPEDIA.identify(path)
    try:
        list(WIKIPEDIA.extract(path))
    except ImportFailedError as error:
        assert "no page in page.txt has an infobox" in error.what
    assert time.perf_counter() - began < 10


def test_a_page_of_50_mb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(HEAD + "}}" + " prose" * (50 * 2**20 // 6))
    with pytest.raises(ImportFailedError, match=r"page\.txt has more than 4 MB"):
        list(WIKIPEDIA.extract(path))


def test_a_page_without_such_an_infobox_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("'''Dioura''' is a town.")
    with pytest.raises(ImportFailedError, match=r"no page in page\.txt has an infobox of a military conflict"):
        list(WIKIPEDIA.extract(path))


def test_without_a_title_the_name_of_the_file_is_taken(tmp_path: Path) -> None:
    event = _event(tmp_path, "{{Infobox battle\n|date=1999\n}}", "Battle_of_Somewhere.infobox.txt")
    assert (event.name, event.native_ids) == ("Battle of Somewhere", ("wikipedia:Battle of Somewhere",))
    assert [warning.field for warning in event.warnings] == ["conflict"]


# --- whose figure it is ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("witnesses", ActorKind.WITNESS),
        ("Local residents", ActorKind.WITNESS),
        ("a military source", ActorKind.OFFICIAL),
        ("local officials", ActorKind.OFFICIAL),
        ("the opposition", ActorKind.UNKNOWN),
        ("modern estimates", ActorKind.UNKNOWN),
        ("Western historians", ActorKind.UNKNOWN),
        ("JNIM", None),
        ("UN", None),
        ("Ukrainian Army", None),
        ("Herodotus", None),
        ("Россия", None),
    ],
)
def test_who_has_a_name(name: str, kind: ActorKind | None) -> None:
    assert speaker(name) == (name if kind is None else UnnamedRecord(name, kind))


def _figures(event: EventRecord) -> list[tuple[object, ...]]:
    return [
        (
            claim.claimant if isinstance(claim.claimant, str) else claim.claimant.name,
            claim.subject_kind, claim.combatant or claim.side, claim.group, claim.metric, claim.lower, claim.upper,
        )
        for claim in event.claims if claim.kind in (ClaimKind.CASUALTY, ClaimKind.STRENGTH)
    ]  # fmt: skip


def test_one_claimant_a_claim(tmp_path: Path) -> None:
    event = _box(
        tmp_path, combatant1="[[Mali]]", combatant2="[[JNIM]]", casualties1="26 killed (per Mali and UN), 17 injured"
    )
    assert _figures(event) == [
        ("Mali", SubjectKind.SIDE, 1, None, "killed", 26, 26),
        ("UN", SubjectKind.SIDE, 1, None, "killed", 26, 26),
        ("Wikipedia", SubjectKind.SIDE, 1, None, "wounded", 17, 17),
    ]
    assert {claim.locator for claim in event.claims} == {"Infobox, casualties1"}


def test_a_heading_that_names_a_combatant_is_the_subject(tmp_path: Path) -> None:
    value = "'''[[House of Corrie]]:'''<br />200 killed<br />'''Levies:'''<br />85 killed"
    event = _box(tmp_path, combatant1="[[House of Corrie]]<br>[[Clan Moy]]", casualties1=value)
    assert _figures(event)[0][1:4] == (SubjectKind.COMBATANT, "House of Corrie", None)
    assert _figures(event)[1][1:4] == (SubjectKind.SIDE, 1, "Levies")


@pytest.mark.parametrize(
    ("word", "combatant"),
    [
        ("Athenians", "Athens"), ("Plataeans", "Plataea"), ("Ukrainian", "Ukraine"), ("Malian", "Mali"),
        ("Lebanese", "Lebanon"), ("Turks", "Turkey"), ("Iraqis", "Iraq"), ("Nigerien", "Niger"),
        ("Nigerian", None), ("Australian", None), ("officers", None), ("Iranian", None),
    ],
)  # fmt: skip
def test_finds_whose_people_a_word_means(word: str, combatant: str | None) -> None:
    sides = Sides()
    for name in ("Athens", "Plataea", "Ukraine", "Mali", "Lebanon", "Turkey", "Iraq", "Niger", "Austria", "Red Iran"):
        sides.add(1, name)
    assert sides.find_people(word) == combatant


def test_a_claim_of_a_people_is_of_nobody_by_name(tmp_path: Path) -> None:
    event = _box(tmp_path, combatant1="[[Niger]]", combatant2="[[JNIM]]", casualties2="11 killed (Nigerien claim)")
    assert [claim.claimant for claim in event.claims] == [UnnamedRecord("Nigerien", ActorKind.UNKNOWN, "Niger")]


def test_losses_among_the_strength_are_losses(tmp_path: Path) -> None:
    event = _box(tmp_path, combatant1="[[Mali]]", strength1="500<br>40 wounded")
    assert [(claim.kind, claim.metric) for claim in event.claims] == [("strength", "persons"), ("casualty", "wounded")]


def test_digits_of_which_nothing_is_read_are_said(tmp_path: Path) -> None:
    event = _box(tmp_path, combatant1="[[Mali]]", strength1="2 battalions", casualties1="20,000,000,000,000 killed")
    assert [(warning.field, warning.value, warning.why) for warning in event.warnings] == [
        ("strength1", "2 battalions", "no figure is read of it"),
        ("casualties1", "20,000,000,000,000 killed", "no figure is read of it"),
    ]


def test_a_third_column_without_a_combatant(tmp_path: Path) -> None:
    event = _box(
        tmp_path,
        combatant1="[[Mali]]",
        combatant2="[[JNIM]]",
        casualties3="40 civilians killed<br>'''Total:''' 69 killed",
    )
    assert [figure[1:3] for figure in _figures(event)] == [(SubjectKind.CIVILIANS, None), (SubjectKind.TOTAL, None)]


def test_two_claims_of_one_key_are_told_apart(tmp_path: Path) -> None:
    event = _box(tmp_path, combatant1="[[Mali]]", casualties1="10 killed<br>12 killed")
    assert [claim.locator for claim in event.claims] == ["Infobox, casualties1"] * 2
    assert [claim.native_id for claim in event.claims] == [
        "casualties1.wikipedia.side/killed", "casualties1.wikipedia.side.2/killed"
    ]  # fmt: skip


def test_a_part_names_its_whole_by_its_id(tmp_path: Path) -> None:
    event = _box(tmp_path, combatant1="[[Mali]]", casualties1="312 killed, including 14 officers (per Mali and UN)")
    ids = [(claim.native_id, claim.part_of) for claim in event.claims]
    assert ids == [
        ("casualties1.mali.side/killed", None),
        ("casualties1.un.side/killed", None),
        ("casualties1.mali.side.within/killed/officers", "casualties1.mali.side/killed"),
        ("casualties1.un.side.within/killed/officers", "casualties1.un.side/killed"),
    ]


def test_a_part_of_another_metric_says_so_in_a_note(tmp_path: Path) -> None:
    event = _box(tmp_path, combatant1="[[Mali]]", casualties1="23,049 total<br>(3,155 killed;<br>14,529 wounded)")
    assert [(claim.metric, claim.part_of, claim.note) for claim in event.claims] == [
        ("casualties", None, None), ("killed", None, "Within: 23,049"), ("wounded", None, "Within: 23,049")
    ]  # fmt: skip


def test_an_unread_date_is_a_claim_in_its_words(tmp_path: Path) -> None:
    event = _box(tmp_path, date="19 Brumaire, at dusk")
    assert event.date is None
    assert [(claim.attribute, claim.value, claim.line) for claim in event.claims] == [
        ("date", "19 Brumaire, at dusk", 3)
    ]
    assert [(warning.field, warning.line) for warning in event.warnings] == [("date", 3)]


def test_a_list_of_places_is_a_claim_in_its_words(tmp_path: Path) -> None:
    event = _box(tmp_path, place="[[Caribbean Sea]], [[Africa]], and the [[Indian Ocean]]", coordinates="{{coord|1|2}}")
    assert event.place is not None and (event.place.name, event.place.latitude) == (None, 1.0)
    assert [(claim.attribute, claim.value) for claim in event.claims] == [
        ("place", "Caribbean Sea, Africa, and the Indian Ocean")
    ]


# --- damage ----------------------------------------------------------------------------------------------------------


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damage_never_escapes(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """A cut, a byte changed, a part repeated: records, problems or one of our errors, and nothing else."""
    content = bytearray(data.draw(st.sampled_from(FILES)).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        end = min(len(content), at + data.draw(st.integers(1, 60)))
        change = data.draw(st.sampled_from(("cut", "swap", "repeat", "byte")))
        if change == "cut":
            del content[at:end]
        elif change == "swap":
            content[at:end] = content[at:end][::-1]
        elif change == "repeat":
            content[at:at] = content[at:end] * 2
        else:
            content[at] = data.draw(st.integers(0, 255))
        if not content:
            return
    path = tmp_path_factory.getbasetemp() / "damaged.txt"
    path.write_bytes(bytes(content))
    WIKIPEDIA.identify(path)
    try:
        for record in WIKIPEDIA.extract(path):
            if isinstance(record, EventRecord):
                assert record.name and record.native_ids and record.source
    except ConflictDBError:
        pass
