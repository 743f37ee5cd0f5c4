"""Policies side by side: the reference values of the raid on Dioura, and what is left out and why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import conflictdb
from conflictdb.comparing import left_out
from conflictdb.domain.rows import EstimateRow
from conflictdb.errors import NotFoundError
from conflictdb.looking import look
from conflictdb.policies import OWN, list_policies
from conflictdb.reader import Reader

EVENT = "dioura-2019"
ARMY = "Malian Army"
# low, best, high, open, highest stated, ties, pending
KILLED: dict[str, tuple[object, ...]] = {
    "range": (21, None, None, True, 30, (), False),
    "ucdp": (21, 26, 30, False, 30, (), False),
    "acled": (26, 26, 26, False, 26, (), False),
    "acled-strict": (21, 21, 21, False, 21, (), False),
    "gtd": (26, 26, 26, False, 26, (), False),
    "majority": (None, None, None, False, None, (21, 26), False),
    "latest": (26, 26, 26, False, 26, (), False),
    "corroborated": (None, None, None, False, None, (21, 26), False),
    "ibc": (21, None, None, True, 30, (), False),
    "own-side": (21, None, 26, False, 26, (), False),
    "adversary": (30, None, 30, False, 30, (), False),
    "third-party": (21, None, None, True, 26, (), False),
}
TOTAL: dict[str, tuple[object, ...]] = {
    "range": (24, None, None, True, 33, (), False),
    "ucdp": (24, 29, 33, False, 33, (), False),
    "corroborated": (None, None, None, False, None, (), False),
}


@pytest.fixture(scope="module")
def reader(shipped_url: str) -> Iterator[Reader]:
    with conflictdb.open(shipped_url).reading() as reader:
        yield reader


def outcome(estimate: EstimateRow) -> tuple[object, ...]:
    return (
        *(estimate.low, estimate.best, estimate.high, estimate.open, estimate.highest_stated, estimate.ties),
        estimate.pending,
    )


def compared(reader: Reader, *, composite: bool = False, **given: str) -> dict[str, tuple[object, ...]]:
    rows = reader.compare(EVENT, lens=look(**given), metrics=["killed"])
    whose = "total" if composite else ARMY
    return {row.estimate.policy: outcome(row.estimate) for row in rows if row.estimate.subject == whose}


def test_the_reference_values(reader: Reader) -> None:
    assert compared(reader) == KILLED
    assert TOTAL.items() <= compared(reader, composite=True).items()


def test_the_list_of_priority_is_told(reader: Reader) -> None:
    lens = look("priority", told={"prefer": "minusma,state"})
    rows = reader.compare(EVENT, lens=lens, metrics=["killed"])
    found = {each.estimate.policy: each.estimate for each in rows if each.estimate.subject == ARMY}
    assert outcome(found["priority"]) == (26, 26, 26, False, 26, (), False)
    assert list(found) == [*KILLED, "priority"]
    assert left_out(lens) == ()
    assert left_out(look()) == ("priority",)


@pytest.mark.parametrize("basis", ["claims", "estimates", "both"])
@pytest.mark.parametrize(("as_of", "undated"), [(None, False), ("2019-03-18", False), ("2019-05", True)])
def test_every_policy_says_what_it_says_alone(reader: Reader, basis: str, as_of: str | None, undated: bool) -> None:
    rows = reader.compare(EVENT, lens=look(basis=basis, as_of=as_of, undated=undated))
    for policy in set(OWN) - {"priority"}:
        lens = look(policy, basis=basis, as_of=as_of, undated=undated)
        alone = [*reader.estimate(EVENT, lens=lens), *reader.estimate(EVENT, lens=lens, by_event=True)]
        told = [row.estimate for row in rows if row.estimate.policy == policy]
        assert [each for each in told if each.why != "no side has a figure"] == alone


def test_the_policies_of_a_measure_follow_one_another(reader: Reader) -> None:
    rows = reader.compare(EVENT, lens=look())
    names = [policy.name for policy in list_policies() if policy.name != "priority"]
    assert [row.estimate.policy for row in rows] == names * (len(rows) // len(names))
    measures = {(row.estimate.subject, row.estimate.metric, row.estimate.item, row.estimate.fate) for row in rows}
    assert len(measures) * len(names) == len(rows)


def test_no_policy_makes_anything_of_nothing(reader: Reader) -> None:
    assert reader.compare(EVENT, lens=look(as_of="2019-03-17")) == ()


def test_no_such_event(reader: Reader) -> None:
    with pytest.raises(NotFoundError, match="dioura-2018"):
        reader.compare("dioura-2018", lens=look())


def test_a_row_as_a_dict(reader: Reader) -> None:
    row = reader.compare(EVENT, lens=look())[0]
    assert row.to_dict() == {**row.estimate.to_dict(), "event_name": "Raid on Dioura (2019)"}
