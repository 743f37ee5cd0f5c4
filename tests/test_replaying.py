"""The replay of an event: what moved on which day and by whom, and that each step is what reading as of it gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import update

import conflictdb
from conflictdb.config import find_target
from conflictdb.domain.knowledge import read_knowledge
from conflictdb.domain.rows import EstimateRow
from conflictdb.domain.rows.replay import Move
from conflictdb.errors import NotFoundError
from conflictdb.ingest import import_file
from conflictdb.looking import look
from conflictdb.reader import Reader
from conflictdb.replaying import EVER, as_known
from conflictdb.store.engine import writing
from conflictdb.store.read.claims import read_ledger
from conflictdb.store.tables import claim

EVENT = "dioura-2019"
GOVERNMENT, FSD, JNIM = "Government of Mali", "Front for the Safeguard of Democracy", "JNIM"
WITNESSES = ("a military source", "a local official", FSD, JNIM)


@pytest.fixture(scope="module")
def reader(shipped_url: str) -> Iterator[Reader]:
    with conflictdb.open(shipped_url).reading() as reader:
        yield reader


def figure(estimate: EstimateRow | None) -> object:
    if estimate is None:
        return None
    return estimate.ties or (estimate.low, estimate.best, estimate.highest_stated if estimate.open else estimate.high)


def said(move: Move) -> tuple[object, ...]:
    return move.estimate.subject, move.estimate.metric, figure(move.before), figure(move.after), move.by


def steps(
    reader: Reader, policy: str = "range", **given: Any
) -> list[tuple[str, str | None, list[tuple[object, ...]]]]:
    rows = reader.replay(EVENT, lens=look(policy, **given), metrics=["killed"])
    return [(row.step, row.day, [said(move) for move in row.moves]) for row in rows]


def one(value: int) -> tuple[int, None, int]:
    return value, None, value


def test_the_toll_of_the_raid_day_by_day(reader: Reader) -> None:
    army, macina, total = "Malian Army", "Katibat Macina", "total"
    assert steps(reader) == [
        ("before", "2019-03-18", []),
        ("day", "2019-03-18", [(army, "killed", None, one(23), (GOVERNMENT,))]),
        ("day", "2019-03-21", [(army, "killed", one(23), one(26), (GOVERNMENT,))]),
        ("day", "2019-05-31", [(army, "killed", one(26), one(26), ("MINUSMA",))]),
        (
            "undated",
            None,
            [
                (army, "killed", one(26), (21, None, 30), WITNESSES),
                (macina, "killed", None, one(3), (JNIM,)),
                (total, "killed", None, (24, None, 33), WITNESSES),
            ],
        ),
    ]


def test_another_policy_moves_otherwise(reader: Reader) -> None:
    moves = [move for _, _, moves in steps(reader, "majority", as_of=EVER, undated=True) for move in moves]
    army = [(before, after) for subject, _, before, after, _ in moves if subject == "Malian Army"]
    assert army == [(None, (21, 21, 21)), ((21, 21, 21),) * 2, ((21, 21, 21),) * 2, ((21, 21, 21), (21, 26))]
    total = [(before, after) for subject, _, before, after, _ in moves if subject == "total"]
    assert total == [(None, (24, 24, 24)), *[((24, 24, 24),) * 2] * 2, ((24, 24, 24), (3, None, 3))]


def test_it_ends_with_the_day_that_was_asked_for(reader: Reader) -> None:
    assert [(step, day) for step, day, _ in steps(reader, as_of="2019-03")] == [
        ("before", "2019-03-18"), ("day", "2019-03-18"), ("day", "2019-03-21"), ("undated", None),
    ]  # fmt: skip
    assert [(step, day) for step, day, _ in steps(reader, as_of="2019-03-17")] == [("before", None), ("undated", None)]


def test_on_the_basis_of_estimates_there_is_nothing_but_estimates(reader: Reader) -> None:
    rows = reader.replay(EVENT, lens=look(basis="estimates"))
    assert [row.step for row in rows] == ["before", "undated"]
    assert {claim.claimant for row in rows for claim in row.stated} == {"Wikipedia"}


def test_no_such_event(reader: Reader) -> None:
    with pytest.raises(NotFoundError, match="dioura-2018"):
        reader.replay("dioura-2018", lens=look())


def test_rows_as_dicts(reader: Reader) -> None:
    row = reader.replay(EVENT, lens=look(), metrics=["killed"])[2]
    told = row.to_dict()
    assert list(told) == ["event", "event_name", "step", "day", "stated", "withdrawn", "moves"]
    (moved,) = told["moves"]
    chosen = {"day", "subject", "metric", "low_before", "low", "open", "moved", "by", "policy", "version", "basis"}
    assert {name: moved[name] for name in sorted(chosen)} == {
        "basis": "claims", "by": [GOVERNMENT], "day": "2019-03-21", "low": 26, "low_before": 23, "metric": "killed",
        "moved": True, "open": False, "policy": "range", "subject": "Malian Army", "version": "1",
    }  # fmt: skip


# --- the same as reading as of each day -------------------------------------------------------------------------------

DOCUMENT = """\
source: {id: report, title: A report}
sources:
  - {id: daily, title: A daily, published_on: 2019-03-19}
  - {id: annual, title: A yearbook, published_on: 2020}
actors:
  - {name: Government, kind: state}
  - {name: Army, kind: state_forces, part_of: Government}
  - {name: Rebels, kind: armed_group}
  - {name: Observers, kind: ngo, part_of: none}
  - {name: Daily, kind: medium, part_of: none}
  - {name: Index, kind: recorder}
slug: x-2019
name: Raid on X
type: battle
date: 2019-03-17
sides: [{combatants: Army, role: defender}, {combatants: Rebels, role: attacker}]
claims:
  - {id: g1, claimant: Government, stated_on: 2019-03-18, of: Army, killed: 23, wounded: 17}
  - {id: g2, claimant: Government, stated_on: 2019-03-21, of: Army, killed: 26}
  - {id: o1, claimant: Observers, stated_on: 2019-05-31, of: Army, killed: 26, corroborates: g2}
  - {id: d1, claimant: Daily, source: daily, of: Army, killed: 23, repeats: g1}
  - {id: d2, claimant: Daily, stated_on: 2019-03-25, of: Army, killed: 28, supersedes: none}
  - {id: r1, claimant: Rebels, stated_on: 2019-04, of: Army, killed: over 40}
  - {id: r2, claimant: Rebels, stated_on: 2019-06-02, of: Army, killed: 35, supersedes: none, retracts: r1}
  - {id: r3, claimant: Rebels, stated_on: 2019-03-20, of: Rebels, killed: 3}
  - {id: o2, claimant: Observers, of: Army, killed: 20}
  - {id: o3, claimant: Observers, source: annual, of: Rebels, killed: 9, wounded: 4}
  - {id: i1, claimant: Index, source: annual, of: Army, killed: 24}
"""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def tangled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Give an event whose claims supersede, repeat, corroborate and retract one another, one of them withdrawn."""
    databases = request.getfixturevalue(f"{request.param}_databases")
    folder = tmp_path_factory.mktemp("tangled")
    url = databases.copy(folder, seed=False)
    path = folder / "document.yaml"
    path.write_text(DOCUMENT, encoding="utf-8")
    assert import_file(find_target(url), path).problems == []
    with writing(find_target(url)) as connection:
        connection.execute(
            update(claim).where(claim.c.native_id == "d2/killed").values(withdrawn_on="2019-04-10", withdrawn_by_id=1)
        )
    with conflictdb.open(url).reading() as reader:
        yield reader
    databases.drop(url)


DAYS = [
    "2019-03-17",
    "2019-03-18",
    "2019-03-19",
    "2019-03-20",
    "2019-03-25",
    "2019-04-09",
    "2019-04",
    "2019-06-02",
    "2020",
    "9999",
]


@pytest.mark.parametrize("undated", [False, True])
@pytest.mark.parametrize("day", DAYS)
def test_claims_stand_as_they_are_read(tangled: Reader, day: str, undated: bool) -> None:
    conditions = (claim.c.kind == "casualty",)
    ever = list(read_ledger(tangled.connection, *conditions, knowledge=read_knowledge(EVER, undated=True)))
    knowledge = read_knowledge(day, undated=undated)
    assert as_known(ever, knowledge.day, undated=undated) == list(
        read_ledger(tangled.connection, *conditions, knowledge=knowledge)
    )


@pytest.mark.parametrize("undated", [False, True])
@pytest.mark.parametrize("basis", ["claims", "both"])
@pytest.mark.parametrize("policy", ["range", "ucdp", "majority", "gtd", "acled"])
def test_each_step_is_what_was_known_that_day(tangled: Reader, policy: str, basis: str, undated: bool) -> None:
    rows = tangled.replay("x-2019", lens=look(policy, basis=basis, as_of=EVER, undated=undated))
    now: dict[tuple[object, ...], EstimateRow | None] = {}
    days = 0
    for row in rows:
        for move in row.moves:
            measure = move.estimate.subject, move.estimate.metric
            assert figure(now.get(measure)) == figure(move.before)
            now[measure] = move.after
        if row.step == "day":
            days += 1
            lens = look(policy, basis=basis, as_of=row.day, undated=undated)
            known = [*tangled.estimate("x-2019", lens=lens), *tangled.estimate("x-2019", lens=lens, by_event=True)]
            expected = {(each.subject, each.metric): figure(each) for each in known}
            for measure, estimate in now.items():
                assert figure(estimate) == expected.get(measure)
            assert {measure for measure in expected if measure[0] != "total"} <= set(now)
    assert days >= 8


def test_a_withdrawal_is_a_step(tangled: Reader) -> None:
    rows = tangled.replay("x-2019", lens=look())
    (gone,) = [row for row in rows if row.withdrawn]
    assert (gone.day, gone.stated, [each.native_id for each in gone.withdrawn]) == ("2019-04-10", (), ["d2/killed"])
    assert [said(move) for move in gone.moves] == [
        ("Army", "killed", (26, None, 28), one(26), ("Daily",)),
        ("total", "killed", (29, None, 31), one(29), ("Daily",)),
    ]
