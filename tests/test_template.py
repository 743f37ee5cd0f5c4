"""The document to fill in: valid as it stands and with all that it offers, in every database."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from conflictdb.config import find_target
from conflictdb.domain.report import ImportReport
from conflictdb.domain.vocabulary import ActorKind, EventType
from conflictdb.errors import UsageError
from conflictdb.ingest import import_file
from conflictdb.reader import Reader
from conflictdb.store.engine import reading
from conflictdb.template import write_template

OFFERED = re.compile(r"^( *)# (\w+: .*)$", re.MULTILINE)
ALTERNATIVE = re.compile(r"^( *(?:- )?\w+: )(.*?) +# or ((?:\{[^}]*\}|\[[^]]*\])+).*$", re.MULTILINE)

CLAIMS: list[tuple[object, ...]] = [
    ("Example Government", "killed", 23, 23, "own_side", "superseded"),
    ("Example Government", "killed", 26, 26, "own_side", "standing"),
    ("Example Rebels", "killed", 30, 30, "adversary", "standing"),
    ("a military source", "killed", 26, 26, "own_side", "standing"),
    ("Example Government", "wounded", 21, None, "own_side", "standing"),
    ("Example Government", "captured", 0, 0, "own_side", "standing"),
    ("Example Rebels", "materiel", 8, 8, "adversary", "standing"),
    ("Example Rebels", "materiel", None, None, "adversary", "standing"),
    ("Example News", "persons", 100, 100, "third_party", "standing"),
    ("Example News", "A. Commander", None, None, "third_party", "standing"),
    ("Example News", "The attackers withdrew", None, None, "third_party", "standing"),
]

# slug, and the place and date that are guessed from it
GUESSES = [
    ("mondoro-2022", "Mondoro", "2022"),
    ("in-delimane-2019-11", "In Delimane", "2019-11"),
    ("n-djamena-2008-02-02", "N Djamena", "2008-02-02"),
    ("dioura-2019-ab3f", "Dioura", "2019"),
    ("marathon-490bc", "Marathon", "-0489"),
    ("rome-1bc", "Rome", "0000"),
    ("pompeii-0079", "Pompeii", "0079"),
    ("somewhere", "Somewhere", "2024"),
    ("month-2022-13", "Month 2022 13", "2024"),
    ("2022", "Example", "2022"),
    ("null", "Null", "2024"),
    ("true-2022", "True", "2022"),
]


def put(text: str, database_url: str, folder: Path, *, dry_run: bool = False) -> ImportReport:
    path = folder / "document.yaml"
    path.write_text(text, encoding="utf-8")
    report = import_file(find_target(database_url), path, dry_run=dry_run)
    assert [(each.field, each.value, each.why) for each in (*report.problems, *report.warnings)] == []
    return report


def test_it_is_valid_as_it_stands(database_url: str, tmp_path: Path) -> None:
    report = put(write_template(), database_url, tmp_path, dry_run=True)
    assert report.slugs == ["example-2024"]
    assert report.counts["claims"]["added"] == 11


def test_it_is_valid_beside_the_seed_and_beside_another(seeded_url: str, tmp_path: Path) -> None:
    put(write_template("mondoro-2022"), seeded_url, tmp_path)
    report = put(write_template("mondoro-2023"), seeded_url, tmp_path)
    assert report.counts["actors"]["unchanged"] == 4


@pytest.mark.parametrize(("slug", "place", "date"), GUESSES, ids=[slug for slug, *_ in GUESSES])
def test_place_and_date_are_guessed(slug: str, place: str, date: str, database_url: str, tmp_path: Path) -> None:
    put(write_template(slug), database_url, tmp_path)
    with reading(find_target(database_url)) as connection:
        event = Reader(connection).event(slug).event
    assert (event.slug, event.place, event.date) == (slug, place, date)


def test_its_claims_are_read_as_its_comments_say(database_url: str, tmp_path: Path) -> None:
    put(write_template("mondoro-2022"), database_url, tmp_path)
    with reading(find_target(database_url)) as connection:
        claims = Reader(connection).event("mondoro-2022").claims
    found = [
        (each.claimant, each.metric or each.person or each.value, each.lower, each.upper, each.stake, each.standing)
        for each in claims
    ]
    assert found == CLAIMS


def test_all_that_it_offers_is_valid(database_url: str, tmp_path: Path) -> None:
    text, offered = OFFERED.subn(r"\1\2", write_template())
    assert offered == 11
    text, alternatives = ALTERNATIVE.subn(r"\1\3", text)
    assert alternatives == 3
    put(text, database_url, tmp_path)


def test_it_names_every_kind_of_actor_and_type_of_event() -> None:
    comments = " ".join(line.partition("#")[2] for line in write_template().splitlines())
    assert {*ActorKind, *EventType} <= set(re.findall(r"\w+", comments))


def test_it_is_short() -> None:
    lines = write_template("mondoro-2022").splitlines()
    assert len(lines) <= 90
    assert max(map(len, lines)) <= 120
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize("slug", ["Mondoro 2022", "", "../x", "a--b", "a: b", "مندورو-2022", "x\n"])
def test_what_is_no_slug_is_refused_with_one_that_is(slug: str) -> None:
    with pytest.raises(UsageError, match="is no slug") as caught:
        write_template(slug)
    near = caught.value.advice[0].rpartition(" ")[2]
    assert write_template(near)


def test_it_loads_nothing_heavy() -> None:
    code = (
        "import sys; from conflictdb.template import write_template; write_template('x-2022');"
        "print([name for name in ('sqlalchemy', 'pydantic', 'yaml', 'anyascii') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
