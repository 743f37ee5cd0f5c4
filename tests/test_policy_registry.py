"""The policies by name: the program's own, those of other packages, and what they are told."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import EntryPoint
from typing import Any

import pytest

import conflictdb
from conflictdb import policies
from conflictdb.config import find_target
from conflictdb.domain.policies.outcome import Outcome, no_value
from conflictdb.domain.policies.policy import Arguments, Name, Parameter, Policy
from conflictdb.domain.policies.view import View
from conflictdb.domain.vocabulary import Basis
from conflictdb.errors import NotFoundError, UsageError
from conflictdb.looking import look, meet
from conflictdb.policies import DEFAULT, GROUP, OWN, choose_policy, find_policy, list_policies, policy_names
from conflictdb.store.engine import reading

Run = Callable[..., Any]


def forgetful(view: View, arguments: Arguments) -> Outcome:
    """Use the first claim and say nothing of the others."""
    return Outcome(1, 1, 1, False, 1, used=tuple(claim.key for claim in view.claims[:1]), why="the first")


FIRST = Policy("first", "7", "The first.", "nobody", forgetful, (Parameter("times", "count", 2, "How often."),))
RANGE = Policy("range", "9", "Not ours.", "nobody", lambda view, arguments: no_value(why="not ours"))
OTHER = Policy("other-name", "1", "Misnamed.", "nobody", forgetful)
NO_POLICY = "a text"


@pytest.fixture
def add(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return add(name="OBJECT of this module"...): entry points as an installed package would declare them."""

    def add(*entries: tuple[str, str]) -> None:
        known = [
            EntryPoint(name, f"{__name__}:{value}" if ":" not in value else value, GROUP) for name, value in entries
        ]

        def entry_points(*, group: str, name: str | None = None) -> Iterable[EntryPoint]:
            return [each for each in known if each.group == group and name in (None, each.name)]

        monkeypatch.setattr(policies, "entry_points", entry_points)

    return add


def refusal(name: str, told: dict[str, str | None] | None = None) -> list[str]:
    """Return the lines of the error that choosing a policy ends in."""
    with pytest.raises(UsageError) as caught:
        choose_policy(name, told)
    return str(caught.value).splitlines()


def test_our_own_are_declared_whole() -> None:
    found = list(list_policies())
    assert [each.name for each in found] == list(OWN) == policy_names()
    for policy in found:
        assert find_policy(policy.name) is policy
        assert policy.version == "1"
        assert policy.rule.endswith(".") and policy.reference and "\n" not in policy.rule
        assert all(each.help.endswith(".") for each in policy.parameters)
    assert DEFAULT == "range"


def test_naming_one_of_ours_looks_through_no_package() -> None:
    """Start-up is a feature: the metadata of what is installed is read for other names only."""
    code = "import sys; from conflictdb.policies import find_policy; find_policy('ucdp'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert not {"conflictdb.domain.policies.gtd", "rapidfuzz", "sqlalchemy"} & set(done.stdout.split())


# --- what a policy is told -------------------------------------------------------------------------------------------

TOLD: dict[str, tuple[str, dict[str, str | None], dict[str, Any], str]] = {
    "nothing": ("range", {}, {}, "range"),
    "not told is the default": ("corroborated", {"k": None}, {"k": 2}, "corroborated"),
    "a count": ("corroborated", {"k": " 3 "}, {"k": 3}, "corroborated, k 3"),
    "the default is not named": ("ibc", {"k": "2"}, {"k": 2}, "ibc"),
    "a choice": ("majority", {"tie": "lowest"}, {"tie": "lowest"}, "majority, tie lowest"),
    "names": ("priority", {"prefer": "a, b ,,c d"}, {"prefer": ("a", "b", "c d")}, "priority, prefer a,b,c d"),
    "a word's number": ("acled", {"several": "5"}, {"several": 5}, "acled, several 5"),
}


@pytest.mark.parametrize(("name", "told", "arguments", "label"), TOLD.values(), ids=TOLD)
def test_what_a_policy_is_told(name: str, told: dict[str, str | None], arguments: dict[str, Any], label: str) -> None:
    chosen = choose_policy(name, told)
    assert (chosen.policy.name, dict(chosen.arguments), chosen.label) == (name, arguments, label)


KNOWN = f"  known: {', '.join(OWN)}"
REFUSED: dict[str, tuple[str, dict[str, str | None], list[str]]] = {
    "a slip": ("ucpd", {}, ["no policy is called 'ucpd'", "  did you mean ucdp?", KNOWN]),
    "in capitals": ("GTD", {}, ["no policy is called 'GTD'", "  did you mean gtd?", KNOWN]),
    "nothing like one": ("xyzzy", {}, ["no policy is called 'xyzzy'", KNOWN]),
    "nothing": ("", {}, ["no policy is called ''", KNOWN]),
    "what it does not take": (
        *("range", {"k": "3"}),
        ["the policy range takes no --k", "  it takes: no parameter", "  --k is for: corroborated, ibc"],
    ),
    "what another takes": (
        *("ibc", {"tie": "lowest"}),
        ["the policy ibc takes no --tie", "  it takes: --k", "  --tie is for: majority"],
    ),
    "what none takes": ("ibc", {"z": "1"}, ["the policy ibc takes no --z", "  it takes: --k"]),
    "k of 0": ("corroborated", {"k": "0"}, ["--k cannot be '0'", "  it is a whole number from 1 on"]),
    "k below 0": ("ibc", {"k": "-1"}, ["--k cannot be '-1'", "  it is a whole number from 1 on"]),
    "k in words": ("ibc", {"k": "two"}, ["--k cannot be 'two'", "  it is a whole number from 1 on"]),
    "k in other digits": ("ibc", {"k": "٢"}, ["--k cannot be '٢'", "  it is a whole number from 1 on"]),
    "no such choice": (
        *("majority", {"tie": "highest"}),
        ["--tie cannot be 'highest'", "  it is one of: none, lowest, recent"],
    ),
    "a list without names": (
        *("priority", {"prefer": " , "}),
        ["--prefer cannot be ' , '", "  it is a list of names, with commas between them"],
    ),
    "no list": (
        *("priority", {}),
        ["the policy priority needs --prefer", "  Claimants or kinds of actors, the first one first."],
    ),
}


@pytest.mark.parametrize(("name", "told", "lines"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(name: str, told: dict[str, str | None], lines: list[str]) -> None:
    assert refusal(name, told) == lines


COMMANDS: dict[str, tuple[tuple[str, ...], int, str]] = {
    "unknown policy": (("--policy", "ucpd"), 2, "did you mean ucdp?"),
    "a parameter of another": (("--policy", "ucdp", "--k", "3"), 2, "--k is for: corroborated, ibc"),
    "a parameter of the default": (("--tie", "lowest"), 2, "--tie is for: majority"),
    "k of 0": (("--policy", "corroborated", "--k", "0"), 2, "a whole number from 1 on"),
    "unknown claimant": (
        ("--policy", "priority", "--prefer", "minusma,fsb"),
        3,
        'no actor and no kind of actors is "fsb"',
    ),
    "no such basis": (("--policy", "ucdp", "--basis", "facts"), 2, "it is one of: claims, estimates, both"),
}


@pytest.mark.parametrize(("options", "code", "message"), COMMANDS.values(), ids=COMMANDS)
def test_refusals_by_command(
    shipped_url: str, run: Run, options: tuple[str, ...], code: int, message: str
) -> None:  # fmt: skip
    result = run("casualties", "dioura-2019", *options, db=shipped_url)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr


# --- policies of other packages --------------------------------------------------------------------------------------


def test_a_package_adds_a_policy(add: Any, shipped_url: str, run: Run) -> None:
    add(("first", "FIRST"))
    assert policy_names() == [*OWN, "first"]
    assert find_policy("first") is FIRST
    assert choose_policy("first", {"times": "3"}).label == "first, times 3"
    (row, *_) = conflictdb.open(shipped_url).casualties("dioura-2019", policy="first", metrics=["killed"], times=3)
    assert (row.low, row.policy, row.version, row.why, len(row.used), len(row.set_aside)) == (
        1,
        "first",
        "7",
        "the first",
        1,
        6,
    )
    assert {each.reason for each in row.set_aside} == {
        "not used by first",
        'superseded by "26 killed" (Government of Mali)',
    }
    told = ("--policy", "first", "--parameter", "times=3", "--format", "json")
    envelope = json.loads(run("casualties", "dioura-2019", *told, db=shipped_url).stdout)
    assert (envelope["policy"], envelope["rows"][0]["parameters"]) == ("first, times 3", {"times": 3})


def test_a_package_cannot_take_a_name_of_ours(add: Any) -> None:
    add(("range", "RANGE"))
    assert find_policy("range").version == "1"
    assert policy_names() == list(OWN)


def test_a_slip_may_be_near_a_name_that_a_package_added(add: Any) -> None:
    add(("first", "FIRST"))
    assert refusal("frist") == [
        "no policy is called 'frist'", "  did you mean first?", f"  known: {', '.join(OWN)}, first",
    ]  # fmt: skip


BROKEN = {
    "no such module": ("broken", "no.such.module:POLICY", "the policy broken cannot be loaded: No module named 'no'"),
    "no such object": ("broken", "MISSING", "the policy broken cannot be loaded: module"),
    "no policy": ("broken", "NO_POLICY", "the policy broken is no Policy"),
    "another name": ("broken", "OTHER", "the policy broken calls itself 'other-name'"),
    "one of ours by another name": ("mine", "RANGE", "the policy mine calls itself 'range'"),
}


@pytest.mark.parametrize(("name", "value", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_policy_names_where_it_is(add: Any, name: str, value: str, message: str) -> None:
    add((name, value))
    what, *advice = refusal(name)
    assert what.startswith(message)
    assert advice[0].startswith(f"  it is {value}" if ":" in value else f"  it is {__name__}:{value}")
    assert find_policy("ucdp").name == "ucdp"  # which is not in its way


def test_two_packages_that_add_one_name(add: Any) -> None:
    add(("first", "FIRST"), ("first", "OTHER"))
    assert refusal("first") == [
        "several packages add a policy that is called first", f"  they are: {__name__}:FIRST; {__name__}:OTHER",
    ]  # fmt: skip
    add(("first", "FIRST"), ("first", "FIRST"))
    assert find_policy("first") is FIRST


# --- names on a list, as a database knows them -----------------------------------------------------------------------


def preferred(url: str, names: str) -> tuple[Name, ...]:
    with reading(find_target(url)) as connection:
        lens = meet(look("priority", told={"prefer": names}), connection)
    found: tuple[Name, ...] = lens.chosen.arguments["prefer"]
    return found


NAMES: dict[str, tuple[str, list[str]]] = {
    "the main name": ("MINUSMA", ["MINUSMA"]),
    "an alias": ("Government of Mali", ["Government of Mali"]),
    "folded": ("mission multidimensionnelle integree des nations unies pour la stabilisation au mali", ["MINUSMA"]),
    "part of one name": ("Safeguard of Democracy", ["Front for the Safeguard of Democracy"]),
    "a dataset's number": ("ucdp-actor:72", ["Government of Mali"]),
    "an unnamed claimant": ("a local official", ["a local official"]),
    "another script": ("جماعة نصرة الإسلام والمسلمين", ["JNIM"]),
}


@pytest.mark.parametrize(("name", "claimants"), NAMES.values(), ids=NAMES)
def test_any_name_of_an_actor_will_do(shipped_url: str, name: str, claimants: list[str]) -> None:
    (found,) = preferred(shipped_url, name)
    assert found == name
    claims = conflictdb.open(shipped_url).casualty_claims("dioura-2019", history=True)
    assert sorted({each.claimant for each in claims if each.claimant_key in found.keys}) == claimants
    (row, *_) = conflictdb.open(shipped_url).casualties("dioura-2019", policy="priority", prefer=name)
    assert len(row.used) == 1
    assert row.label == f"priority, prefer {name}"


@pytest.mark.parametrize("kind", ["state", "armed_group", "Armed Group", "party"])
def test_a_kind_is_no_name(shipped_url: str, kind: str) -> None:
    (found,) = preferred(shipped_url, kind)
    assert (found, found.keys) == (kind, frozenset())


UNKNOWN: dict[str, tuple[str, list[str]]] = {
    "a slip": ("MINSUMA", ['no actor and no kind of actors is "MINSUMA"', "  nearest: MINUSMA"]),
    "several": ("malian", ['"malian" may be any of 3 actors', "  nearest: Mali; Malian Armed Forces; Malian Army"]),
}


@pytest.mark.parametrize(("name", "lines"), UNKNOWN.values(), ids=UNKNOWN)
def test_names_that_mean_nobody(shipped_url: str, name: str, lines: list[str]) -> None:
    with pytest.raises(NotFoundError) as caught:
        preferred(shipped_url, f"state,{name}")
    what, near, *_ = str(caught.value).splitlines()
    assert what == lines[0] and near.startswith(lines[1])
    assert "the kinds: state, state_forces, armed_group" in str(caught.value)


def test_a_lens_without_names_is_not_touched(shipped_url: str) -> None:
    with reading(find_target(shipped_url)) as connection:
        lens = look("corroborated", told={"k": "3"}, basis="both")
        assert meet(lens, connection) is lens
    assert (lens.basis, lens.label) == (Basis.BOTH, "corroborated, k 3, basis both")
    with pytest.raises(UsageError, match="no basis is called 'facts'"):
        look(basis="facts")
