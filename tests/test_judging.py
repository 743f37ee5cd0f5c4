"""Judgements: what they change of the estimates, what they leave as it was, and what is refused."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

import conflictdb
from conflictdb.care import check_database
from conflictdb.config import find_target
from conflictdb.domain.policies.voices import Circles
from conflictdb.domain.rows.judgement import JudgementRow
from conflictdb.domain.vocabulary import Verdict
from conflictdb.errors import ConflictDBError, NotFoundError, UsageError
from conflictdb.ingest import import_file
from conflictdb.judging import flag_claim, judge_pair, read_who, undo_judgement, unflag_claim, unjudge_pair
from conflictdb.store.engine import reading, writing
from conflictdb.store.read.judgements import read_standing
from conflictdb.store.tables import actor, actor_alias, judgement, metadata
from conflictdb.store.write.judgements import add_judgement
from conflictdb.undo import undo_import

EVENT, ARMY = "dioura-2019", "Malian Army"
JNIM_30, MILITARY_21, LOCAL_21, MINUSMA_26, WOUNDED_17 = (
    "bqmhszpe7cml", "2pvyfajliggk", "7walqmvjswa5", "arns2gbj2zfq", "2z6sa5lyzl3e",
)  # fmt: skip
MILITARY, LOCAL = "a military source", "a local official"
TIMES = [f"2026-03-{day:02}T06:00:00Z" for day in range(1, 29)]

DOCUMENT = """\
source: {{id: {source}, title: Article}}
claimant: Recorder
actors:
  - {{name: Recorder, kind: recorder}}
  - {{name: North, kind: state}}
  - {{name: The Front, kind: armed_group}}
slug: {slug}
name: Raid
type: battle
place: {{name: {slug}}}
date: 2020-01-01
sides: [{{combatants: North}}, {{combatants: The Front}}]
claims:
  - {{claimant: {{unnamed: witnesses}}, of: North, killed: 3}}
"""


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each judgement, and each undoing of one, be a day later than the one before."""
    coming = iter(TIMES)
    monkeypatch.setattr("conflictdb.judging.now", lambda: next(coming))


def judge(url: str, verdict: Verdict, one: str, other: str, why: str = "reason", who: str = "amina") -> JudgementRow:
    return judge_pair(find_target(url), verdict, (one, other), why=why, who=who).row


def same(url: str, one: str, other: str) -> JudgementRow:
    return judge(url, Verdict.SAME, one, other)


def listed(url: str, *, undone: bool = True) -> list[JudgementRow]:
    with conflictdb.open(url).reading() as reader:
        return list(reader.judgements(undone=undone))


def killed(url: str, policy: str, event: str = EVENT, **told: Any) -> tuple[int | None, int | None, int | None]:
    """Return low, best and high of the first side's killed."""
    row = conflictdb.open(url).casualties(event, policy=policy, metrics=["killed"], **told)[0]
    return row.low, row.best, row.high


def dump(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row but the judgements."""
    with reading(find_target(url)) as connection:
        tables = [table for table in metadata.sorted_tables if table is not judgement]
        return {each.name: [tuple(row) for row in connection.execute(select(each))] for each in tables}


# --- what they change -------------------------------------------------------------------------------------------------


def test_an_unreasonable_claim_is_left_out_until_it_is_unflagged(seeded_url: str) -> None:
    before = dump(seeded_url)
    target = find_target(seeded_url)
    assert killed(seeded_url, "ucdp") == (21, 26, 30)
    flagged = flag_claim(target, JNIM_30, why="no other comes near", who="amina")
    assert killed(seeded_url, "ucdp") == (21, 26, 26)
    assert flagged.new
    row = unflag_claim(target, JNIM_30, who="karim")
    assert killed(seeded_url, "ucdp") == (21, 26, 30)
    assert dump(seeded_url) == before
    about = 'JNIM: "the deaths of 30 Malian soldiers", dioura-2019'
    expected = (
        1, "unreasonable", "claim", JNIM_30, None, "amina", "no other comes near", *TIMES[:2], "karim", about, None
    )  # fmt: skip
    assert astuple(row) == expected
    assert (listed(seeded_url), listed(seeded_url, undone=False)) == ([row], [])


NAMED = {
    "by name": (MILITARY, LOCAL),
    "in any spelling": ("A MILITARY SOURCE", "à local official"),
    "by name and event": (f"{MILITARY}@{EVENT}", f"{LOCAL}@wikipedia:Raid on Dioura (2019)"),
    "by a claim of theirs": (f"claimant:{MILITARY_21}", f"claimant:{LOCAL_21}"),
    "with the kind": (f"actor:{MILITARY}", f"actor:{LOCAL}"),
}


@pytest.mark.parametrize(("one", "other"), NAMED.values(), ids=NAMED)
def test_actors_that_are_the_same_have_one_voice(seeded_url: str, one: str, other: str) -> None:
    assert killed(seeded_url, "majority") == (None, None, None)
    row = same(seeded_url, one, other)
    assert (row.kind, row.one, row.other) == ("actor", f"{MILITARY}@{EVENT}", f"{LOCAL}@{EVENT}")
    assert killed(seeded_url, "majority") == (26, 26, 26)
    assert killed(seeded_url, "corroborated", k=2) == (26, 26, 26)
    assert unjudge_pair(find_target(seeded_url), Verdict.SAME, (other, one)).undone_at == TIMES[1]
    assert killed(seeded_url, "majority") == (None, None, None)


def test_claims_that_are_the_same_count_once(seeded_url: str) -> None:
    row = same(seeded_url, MILITARY_21, f"claim:{LOCAL_21}")
    assert (row.kind, row.one, row.other) == ("claim", MILITARY_21, LOCAL_21)
    assert killed(seeded_url, "majority") == (26, 26, 26)
    assert killed(seeded_url, "range") == (21, None, None)
    undo_judgement(find_target(seeded_url), row.id)
    assert killed(seeded_url, "majority") == (None, None, None)


def test_different_changes_no_estimate(seeded_url: str) -> None:
    row = judge(seeded_url, Verdict.DIFFERENT, MILITARY, LOCAL)
    assert (row.verdict, killed(seeded_url, "majority")) == ("different", (None, None, None))
    with pytest.raises(ConflictDBError) as caught:
        same(seeded_url, LOCAL, MILITARY)
    assert str(caught.value) == (
        "judgement 1 says that they are different\n  if that is wrong, undo it first: conflictdb judgements undo 1"
    )


# --- what stands already ----------------------------------------------------------------------------------------------


def test_to_judge_the_same_again_changes_nothing(seeded_url: str) -> None:
    target = find_target(seeded_url)
    first = flag_claim(target, JNIM_30, why="no", who="amina")
    pair = same(seeded_url, MILITARY, LOCAL)
    before = listed(seeded_url)
    again = flag_claim(target, f"{JNIM_30}.1", why="another reason", who="karim")
    assert (again.new, again.row) == (False, first.row)
    assert same(seeded_url, LOCAL, MILITARY) == pair
    assert listed(seeded_url) == before


def test_what_was_undone_can_be_judged_anew(seeded_url: str) -> None:
    target = find_target(seeded_url)
    first = same(seeded_url, MILITARY, LOCAL)
    undone = undo_judgement(target, first.id)
    second = same(seeded_url, MILITARY, LOCAL)
    assert (second.id, second.undone_at) == (2, None)
    assert listed(seeded_url) == [second, undone]
    with pytest.raises(ConflictDBError, match=r"^judgement 1 was undone on 2026-03-02\n  it can be judged anew$"):
        undo_judgement(target, first.id)
    assert listed(seeded_url) == [second, undone]


def test_the_same_as_the_same(seeded_url: str) -> None:
    """What is the same as one thing is the same as all that are the same as that."""
    same(seeded_url, "MINUSMA", "UN")
    same(seeded_url, "UN", "JNIM")
    with pytest.raises(ConflictDBError) as caught:
        judge(seeded_url, Verdict.DIFFERENT, "jnim", "minusma")
    assert str(caught.value) == (
        "judgements 1 and 2 together say that they are the same\n"
        "  undo the one that is wrong first: conflictdb judgements undo 1"
    )
    assert judge(seeded_url, Verdict.DIFFERENT, "JNIM", "FSD").id == 3
    with pytest.raises(ConflictDBError) as caught:
        same(seeded_url, "FSD", "MINUSMA")
    assert str(caught.value) == (
        "judgement 3 says of two that are the same as these that they are different\n"
        "  if that is wrong, undo it first: conflictdb judgements undo 3"
    )
    assert same(seeded_url, "MINUSMA", "JNIM").id == 4  # said already by way of the UN; now directly too


ACTORS = range(1, 7)
SAYINGS = st.lists(
    st.tuples(st.sampled_from([Verdict.SAME, Verdict.DIFFERENT]), st.permutations(ACTORS).map(lambda ids: ids[:2])),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(sayings=SAYINGS)
def test_what_stands_never_contradicts_itself(shipped_url: str, sayings: list[tuple[Verdict, list[int]]]) -> None:
    class _AsBeforeError(Exception):
        """Leaves the shared database as it was."""

    with pytest.raises(_AsBeforeError), writing(find_target(shipped_url)) as connection:
        for verdict, (one, other) in sayings:
            try:
                add_judgement(connection, verdict, "actor", (one, other), who="a", why="b", at=TIMES[0])
                refused = False
            except ConflictDBError:
                refused = True
            circles = Circles()
            standing = read_standing(connection, "actor")
            for each in standing:
                if each.verdict == Verdict.SAME:
                    circles.join(each.one, each.other)
            apart = [(each.one, each.other) for each in standing if each.verdict == Verdict.DIFFERENT]
            assert not any(circles.root(this) == circles.root(that) for this, that in apart)
            if refused and verdict is Verdict.DIFFERENT:
                assert circles.root(one) == circles.root(other)
            if refused and verdict is Verdict.SAME:
                circles.join(one, other)
                assert any(circles.root(this) == circles.root(that) for this, that in apart)
        raise _AsBeforeError


# --- names ------------------------------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[tuple[str, str], type[ConflictDBError], str]] = {
    "an event and an actor": (
        (EVENT, "jnim"), UsageError,
        '"dioura-2019" is an event and "jnim" is an actor\n  name two events, two actors or two claims',
    ),
    "a claim and an actor": (
        ("FSD", JNIM_30), UsageError,
        f'"FSD" is an actor and "{JNIM_30}" is a claim\n  name two events, two actors or two claims\n'
        "  who made a claim is named so: claimant:CLAIM-KEY",
    ),
    "an actor with itself": (
        ("JNIM", f"claimant:{JNIM_30}"), UsageError,
        f'"JNIM" and "claimant:{JNIM_30}" are one actor already\n  a judgement is about two',
    ),
    "an event with itself": (
        (EVENT, "Raid on Dioura (2019)"), UsageError,
        '"dioura-2019" and "Raid on Dioura (2019)" are one event already\n  a judgement is about two',
    ),
    "claims of different things": (
        (MILITARY_21, WOUNDED_17), UsageError,
        f'"{MILITARY_21}" is about killed and "{WOUNDED_17}" about wounded: they cannot be the same statement\n'
        "  two claims are the same only where they count, or tell, the same",
    ),
    "no name": (
        (" ", "JNIM"), UsageError,
        "one of the two names is empty\n  name two events, two actors or two claims",
    ),
    "a prefix alone": (
        ("JNIM", "actor:"), UsageError,
        "one of the two names is empty\n  name two events, two actors or two claims",
    ),
    "an unknown event": (
        (EVENT, "dioura-2018"), NotFoundError,
        'no event "dioura-2018"\n  nearest: dioura-2019\n  list them with: conflictdb events',
    ),
    "an unknown actor": (
        ("MINUSMAA", "UN"), NotFoundError,
        'no actor "MINUSMAA"\n  nearest: MINUSMA; MLI; Mali\n  list them with: conflictdb actors',
    ),
    "part of a name": (
        ("local official", "UN"), NotFoundError,
        'no actor "local official"\n  nearest: a local official@dioura-2019; Mali\n  list them with: conflictdb actors',
    ),
    "an actor of no such event": (
        ("a local official@dioura-2018", "UN"), NotFoundError,
        'no actor "a local official@dioura-2018"\n  nearest: a local official@dioura-2019;'
        " Groupe de soutien à l'islam et aux musulmans; a military source@dioura-2019\n"
        "  list them with: conflictdb actors",
    ),
    "an actor who was not there": (
        ("UN@dioura-2019", "JNIM"), NotFoundError, 'no actor "UN@dioura-2019"',
    ),
    "an unknown claim": (
        (MILITARY_21, f"{LOCAL_21[:-1]}x"), NotFoundError,
        f'no claim "{LOCAL_21[:-1]}x"\n  nearest: {LOCAL_21}\n  list them with: conflictdb claims',
    ),
    "a revision that is not": (
        (MILITARY_21, f"{LOCAL_21}.2"), NotFoundError, f'no claim "{LOCAL_21}.2"',
    ),
    "no revision at all": (
        (MILITARY_21, f"{LOCAL_21}.two"), NotFoundError, f'no claim "{LOCAL_21}.two"',
    ),
    "a claimant of no claim": (
        ("JNIM", "claimant:JNIM"), NotFoundError, 'no claim "JNIM"',
    ),
    "an event that is said to be an actor": (
        (f"actor:{EVENT}", "JNIM"), NotFoundError, f'no actor "{EVENT}"',
    ),
    "two unknown names": (
        ("xyzzy", "plugh"), NotFoundError,
        'no event, actor or claim "xyzzy"\n'
        "  list them with: conflictdb events, conflictdb actors or conflictdb claims",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("names", "error", "text"), REFUSED.values(), ids=REFUSED)
def test_names_that_mean_nothing_to_judge(
    shipped_url: str, names: tuple[str, str], error: type[ConflictDBError], text: str
) -> None:
    with pytest.raises(error) as caught:
        same(shipped_url, *names)
    said = str(caught.value)
    assert (said if "\n" in text else said.split("\n")[0]) == text
    assert listed(shipped_url) == []


@pytest.fixture
def raids_url(database_url: str, tmp_path: Path) -> str:
    """Give two events with witnesses of the same name; of the first, two documents name some."""
    for source, slug in (("one", "alpha-2020"), ("two", "beta-2020"), ("three", "alpha-2020")):
        path = tmp_path / f"{source}.yaml"
        path.write_text(DOCUMENT.format(source=source, slug=slug), encoding="utf-8")
        assert import_file(find_target(database_url), path).problems == []
    return database_url


def keys_of(url: str, name: str, event: str) -> list[str]:
    rows = conflictdb.open(url).claims(f"event:{event}")
    return [row.key for row in rows if row.claimant == name]


def test_an_ambiguous_name_says_how_to_name_each(raids_url: str) -> None:
    first, second = keys_of(raids_url, "witnesses", "alpha-2020")
    with pytest.raises(NotFoundError) as caught:
        same(raids_url, "witnesses", "North")
    ways = (f"claimant:{first}", f"claimant:{second}", "witnesses@beta-2020")
    assert str(caught.value) == f'"witnesses" may be any of 3 actors\n  name one: {"; ".join(ways)}'
    assert caught.value.nearest == ways
    with pytest.raises(NotFoundError, match=r'^"witnesses@alpha-2020" may be any of 2 actors\n'):
        same(raids_url, "witnesses@alpha-2020", "North")
    assert same(raids_url, ways[0], ways[2]).kind == "actor"
    assert same(raids_url, ways[1], ways[2]).id == 2


def test_a_name_of_one_that_is_another_of_the_other(raids_url: str) -> None:
    """As two datasets may have it: neither goes by that name alone, and the one who claims nothing by its key."""
    with writing(find_target(raids_url)) as connection:
        front = connection.execute(select(actor.c.id, actor.c.key).where(actor.c.name == "The Front")).one()
        north = connection.execute(select(actor.c.id, actor.c.key).where(actor.c.name == "North")).one()
        connection.execute(
            insert(actor_alias).values(actor_id=north.id, name="The Front", folded="the front", import_run_id=1)
        )
    with pytest.raises(NotFoundError) as caught:
        same(raids_url, "the front", "Recorder")
    ways = ("North", f"actor:{front.key}")
    assert str(caught.value) == f'"the front" may be any of 2 actors\n  name one: {"; ".join(ways)}'
    assert (same(raids_url, *ways).one, same(raids_url, *ways).other) == ("North", "The Front")


def test_events_are_the_same(raids_url: str) -> None:
    row = same(raids_url, "alpha-2020", "event:beta-2020")
    assert (row.kind, row.one, row.other, row.one_name) == ("event", "alpha-2020", "beta-2020", "Raid")
    assert unjudge_pair(find_target(raids_url), Verdict.SAME, ("beta-2020", "alpha-2020")).id == row.id


# --- who and why ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("why", [None, "", " \n"], ids=["none", "empty", "blank"])
def test_a_reason_is_needed(shipped_url: str, why: str | None) -> None:
    with pytest.raises(UsageError, match=r'^a judgement needs a reason\n  say it with: --why "TEXT"$'):
        flag_claim(find_target(shipped_url), JNIM_30, why=why)


def test_who_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICTDB_USER", " the desk ")
    monkeypatch.setattr(getpass, "getuser", lambda: "login")
    assert (read_who(" amina "), read_who(None)) == ("amina", "the desk")
    monkeypatch.setenv("CONFLICTDB_USER", " ")
    assert read_who(None) == "login"
    with pytest.raises(UsageError, match=r"^--who names nobody\n"):
        read_who(" ")


@pytest.mark.parametrize("error", [KeyError, OSError, ImportError], ids=lambda error: error.__name__)
def test_a_login_without_a_name(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def getuser() -> str:
        raise error

    monkeypatch.delenv("CONFLICTDB_USER", raising=False)
    monkeypatch.setattr(getpass, "getuser", getuser)
    with pytest.raises(
        UsageError, match=r"^nobody knows who judges\n  say it with --who NAME, or set CONFLICTDB_USER$"
    ):
        read_who(None)


# --- beside imports ---------------------------------------------------------------------------------------------------


def test_judgements_outlive_what_they_are_about(seeded_url: str) -> None:
    target = find_target(seeded_url)
    flag_claim(target, JNIM_30, why="no", who="amina")
    same(seeded_url, MILITARY, LOCAL)
    before = listed(seeded_url)
    undo_import(target, 1)
    assert listed(seeded_url) == before
    with reading(target) as connection:
        assert [each.check for each in check_database(connection) if each.wrong] == []
    assert unflag_claim(target, JNIM_30).undone_at is not None
    assert undo_judgement(target, 2).undone_at is not None
    assert listed(seeded_url, undone=False) == []


def test_actors_stay_the_same_where_a_document_comes_again(raids_url: str, tmp_path: Path) -> None:
    row = same(raids_url, "witnesses@beta-2020", "North")
    undo_import(find_target(raids_url), 2)
    import_file(find_target(raids_url), tmp_path / "two.yaml")
    assert listed(raids_url) == [row]
    (claim,) = [each for each in conflictdb.open(raids_url).claims("event:beta-2020") if each.claimant == "witnesses"]
    (other,) = {each.claimant_key for each in conflictdb.open(raids_url).claims("claimant:witnesses")} - {
        each.claimant_key for each in conflictdb.open(raids_url).claims("event:alpha-2020")
    }
    assert claim.claimant_key == other


def test_a_correction_is_judged_for_itself(raids_url: str, tmp_path: Path) -> None:
    """The flag is on the figure as it was stated: what corrects that is another figure."""
    (key,) = keys_of(raids_url, "witnesses", "beta-2020")
    target = find_target(raids_url)
    flag_claim(target, key, why="too few", who="amina")
    path = tmp_path / "two.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("killed: 3", "killed: 30"), encoding="utf-8")
    import_file(target, path)
    assert keys_of(raids_url, "witnesses", "beta-2020") == [f"{key}.2"]
    assert killed(raids_url, "ucdp", "beta-2020") == (30, 30, 30)
    with pytest.raises(NotFoundError):
        unflag_claim(target, key)  # the newest
    assert unflag_claim(target, f"{key}.1").one == key


def test_what_is_stated_again_is_judged_already(raids_url: str, tmp_path: Path) -> None:
    (key,) = keys_of(raids_url, "witnesses", "beta-2020")
    target = find_target(raids_url)
    row = flag_claim(target, key, why="too few", who="amina").row
    undo_import(target, 2)
    import_file(target, tmp_path / "two.yaml")
    assert keys_of(raids_url, "witnesses", "beta-2020") == [f"{key}.2"]
    assert killed(raids_url, "ucdp", "beta-2020") == (None, None, None)
    for name in (key, f"{key}.1", f"{key}.2"):
        assert flag_claim(target, name, why="again").row == row
    unflag_claim(target, f"{key}.2")
    assert killed(raids_url, "ucdp", "beta-2020") == (3, 3, 3)


Judge = Callable[[str], object]
EMPTY: dict[str, Judge] = {
    "flag": lambda url: flag_claim(find_target(url), JNIM_30, why="no"),
    "same": lambda url: same(url, EVENT, "JNIM"),
    "undo": lambda url: undo_judgement(find_target(url), 1),
    "undo, far": lambda url: undo_judgement(find_target(url), 2**40),
}


@pytest.mark.parametrize("judging", EMPTY.values(), ids=EMPTY)
def test_an_empty_database(database_url: str, judging: Judge) -> None:
    with pytest.raises(NotFoundError):
        judging(database_url)
    assert listed(database_url) == []
