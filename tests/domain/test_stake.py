"""Stake: what the lineage of actors says of a claimant, in one event."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.domain.stake import Battlefield, Lineage, Parent, Speaker
from conflictdb.domain.vocabulary import Stake

# The raid on Dioura: the army of a state against a katiba of a coalition, and a mission that watched.
STATE, FORCES, ARMY, COALITION, KATIBA, UN, MISSION, STATES, NEWS = range(1, 10)
PARENTS = {
    FORCES: (Parent(STATE),),
    ARMY: (Parent(FORCES),),
    KATIBA: (Parent(COALITION),),
    MISSION: (Parent(UN),),
    STATE: (Parent(STATES),),
}
LINEAGE = Lineage(PARENTS)
DAY = 737_135
FIELD = Battlefield([(ARMY, 1), (KATIBA, 2)], LINEAGE, DAY, DAY)


def speaker(actor: int, kind: str = "armed_group", **values: bool) -> Speaker:
    return Speaker(actor, kind, **values)


NAMED = {
    "the combatant itself": (ARMY, 1, Stake.OWN_SIDE),
    "what it is part of": (FORCES, 1, Stake.OWN_SIDE),
    "the state above": (STATE, 1, Stake.OWN_SIDE),
    "a league of the state": (STATES, 1, Stake.OWN_SIDE),
    "the state on the other side's losses": (STATE, 2, Stake.ADVERSARY),
    "the coalition on its own losses": (COALITION, 2, Stake.OWN_SIDE),
    "the coalition on the army's": (COALITION, 1, Stake.ADVERSARY),
    "a side nobody else is on": (ARMY, 3, Stake.ADVERSARY),
    "fought, on civilians": (KATIBA, None, Stake.PARTY),
    "related to who fought, on the total": (STATE, None, Stake.PARTY),
    "a mission": (MISSION, 1, Stake.THIRD_PARTY),
    "a medium": (NEWS, 2, Stake.THIRD_PARTY),
    "a mission, on civilians": (MISSION, None, Stake.THIRD_PARTY),
}


@pytest.mark.parametrize(("actor", "side", "stake"), NAMED.values(), ids=NAMED)
def test_named_claimants(actor: int, side: int | None, stake: Stake) -> None:
    assert FIELD.stake(speaker(actor), side) is stake


UNNAMED = {
    "no affiliation stated": (speaker(50, unnamed=True), {}, Stake.UNKNOWN),
    "stated to belong to nobody": (speaker(50, unnamed=True, independent=True), {}, Stake.THIRD_PARTY),
    "of the army": (speaker(50, unnamed=True), {50: (Parent(FORCES),)}, Stake.OWN_SIDE),
    "of the other side": (speaker(50, unnamed=True), {50: (Parent(COALITION),)}, Stake.ADVERSARY),
    "of somebody who did not fight": (speaker(50, unnamed=True), {50: (Parent(UN),)}, Stake.THIRD_PARTY),
    "named and alone": (speaker(50), {}, Stake.THIRD_PARTY),
}


@pytest.mark.parametrize(("who", "more", "stake"), UNNAMED.values(), ids=UNNAMED)
def test_unnamed_claimants(who: Speaker, more: dict[int, tuple[Parent, ...]], stake: Stake) -> None:
    field = Battlefield([(ARMY, 1), (KATIBA, 2)], Lineage({**PARENTS, **more}), DAY, DAY)
    assert field.stake(who, 1) is stake


@pytest.mark.parametrize("side", [1, 2, None])
def test_a_recorder_is_one_whatever_it_belongs_to(side: int | None) -> None:
    assert FIELD.stake(speaker(ARMY, "recorder"), side) is Stake.RECORDER


def test_both_sides_at_the_same_step_are_unknown() -> None:
    civil_war = Battlefield([(ARMY, 1), (20, 2)], Lineage({ARMY: (Parent(STATE),), 20: (Parent(STATE),)}), DAY, DAY)
    assert [civil_war.stake(speaker(STATE), side) for side in (1, 2, None)] == [Stake.UNKNOWN] * 3
    assert civil_war.stake(speaker(20), 1) is Stake.ADVERSARY


def test_the_first_step_that_fought_decides() -> None:
    """A militia of a katiba that once broke away from the army speaks for the katiba."""
    lineage = Lineage({30: (Parent(KATIBA),), KATIBA: (Parent(ARMY),)})
    field = Battlefield([(ARMY, 1), (KATIBA, 2)], lineage, DAY, DAY)
    assert [field.stake(speaker(30), side) for side in (1, 2)] == [Stake.ADVERSARY, Stake.OWN_SIDE]
    assert field.stake(speaker(ARMY), 1) is Stake.UNKNOWN  # it fought on one side, and is above the other
    assert Battlefield([(ARMY, 1)], lineage, DAY, DAY).stake(speaker(30), 1) is Stake.OWN_SIDE


DATED = {
    "it held all the time": (Parent(COALITION), DAY, DAY, True),
    "before it began": (Parent(COALITION, since_day=DAY + 1), DAY, DAY, False),
    "on the day it began": (Parent(COALITION, since_day=DAY), DAY, DAY, True),
    "on its last day": (Parent(COALITION, until_day=DAY), DAY, DAY, True),
    "after it ended": (Parent(COALITION, until_day=DAY - 1), DAY, DAY, False),
    "it began within a month": (Parent(COALITION, since_day=DAY), DAY - 20, DAY + 10, True),
    "it ended within a month": (Parent(COALITION, until_day=DAY), DAY - 20, DAY + 10, True),
    "an event without a date": (Parent(COALITION, since_day=DAY, until_day=DAY), None, None, True),
    "an event open to the past": (Parent(COALITION, since_day=DAY), None, DAY - 1, False),
    "an event open to the future": (Parent(COALITION, until_day=DAY), DAY + 1, None, False),
}


@pytest.mark.parametrize(("parent", "first", "last", "holds"), DATED.values(), ids=DATED)
def test_relations_hold_as_dated_at_the_event(parent: Parent, first: int | None, last: int | None, holds: bool) -> None:
    assert parent.holds(first, last) is holds
    field = Battlefield([(ARMY, 1), (KATIBA, 2)], Lineage({KATIBA: (parent,)}), first, last)
    assert field.stake(speaker(COALITION), 2) is (Stake.OWN_SIDE if holds else Stake.THIRD_PARTY)


def test_the_path_is_nearest_first() -> None:
    assert LINEAGE.path(ARMY) == [FORCES, STATE, STATES]
    assert LINEAGE.path(NEWS) == []


@pytest.mark.parametrize("start", [1, 2, 3])
def test_a_circle_of_actors_is_climbed_once(start: int) -> None:
    lineage = Lineage({1: (Parent(2),), 2: (Parent(3),), 3: (Parent(1),)})
    assert sorted([start, *lineage.path(start)]) == [1, 2, 3]
    assert Battlefield([(1, 1)], lineage, None, None).stake(speaker(start), 1) is Stake.OWN_SIDE


# --- who attacked, what an actor belonged to, and actors that were judged the same ------------------------------------

PRESS, GUESTS = 60, 61
RAID = Battlefield(
    [(ARMY, 1), (KATIBA, 2), (GUESTS, 2)],
    Lineage({**PARENTS, PRESS: (Parent(COALITION),), 62: (Parent(PRESS),), 63: (Parent(ARMY),)}),
    *(DAY, DAY, [KATIBA]),
)
ATTACKED = {
    "the combatant that attacked": (KATIBA, True),
    "what it belongs to": (COALITION, True),
    "a part of that": (PRESS, True),
    "a part of a part": (62, True),
    "a combatant of the same side, of another role": (GUESTS, False),
    "the defender": (ARMY, False),
    "what the defender belongs to": (STATE, False),
    "a part of the defender": (63, False),
    "an observer": (MISSION, False),
    "nobody known": (99, False),
}


@pytest.mark.parametrize(("actor", "expected"), ATTACKED.values(), ids=ATTACKED)
def test_who_attacked(actor: int, expected: bool) -> None:
    assert RAID.attacked(actor) is expected


def test_nobody_attacked_where_no_role_is_known() -> None:
    assert not any(FIELD.attacked(actor) for actor in (ARMY, KATIBA, COALITION))


def test_the_state_above_both_sides_attacked_where_a_part_of_it_did() -> None:
    lineage = Lineage({ARMY: (Parent(STATE),), 20: (Parent(STATE),)})
    field = Battlefield([(ARMY, 1), (20, 2)], lineage, DAY, DAY, [20])
    assert [field.attacked(actor) for actor in (ARMY, 20, STATE)] == [False, True, True]


def test_what_an_actor_belonged_to_at_the_event() -> None:
    left = Lineage({KATIBA: (Parent(COALITION, until_day=DAY - 1), Parent(STATES, since_day=DAY)), 1: (Parent(2),)})
    assert Battlefield([], left, DAY, DAY).above(KATIBA) == [STATES]
    assert Battlefield([], left, DAY - 9, DAY - 1).above(KATIBA) == [COALITION]
    assert Battlefield([], left, None, None).above(KATIBA) == [COALITION, STATES]
    assert Battlefield([(KATIBA, 2)], left, DAY - 1, DAY - 1, [KATIBA]).attacked(COALITION)
    assert not Battlefield([(KATIBA, 2)], left, DAY, DAY, [KATIBA]).attacked(COALITION)


def test_actors_that_were_judged_the_same_are_one() -> None:
    """Another dataset's name of the coalition, with a parent of its own."""
    again = 70
    parents = {**PARENTS, COALITION: (Parent(STATES),)}  # as it is read: under the one that stands for both
    field = Battlefield(
        [(ARMY, 1), (KATIBA, 2)], Lineage(parents, {COALITION: COALITION, again: COALITION}), 1, 1, [KATIBA]
    )
    assert [field.stake(speaker(again), side) for side in (1, 2)] == [
        field.stake(speaker(COALITION), side) for side in (1, 2)
    ]
    assert field.stake(speaker(again), 2) is Stake.OWN_SIDE
    assert field.attacked(again)
    assert field.above(again) == field.above(COALITION) == [STATES]
    fought = Battlefield([(again, 2)], Lineage(PARENTS, {COALITION: COALITION, again: COALITION}), 1, 1)
    assert fought.stake(speaker(COALITION, unnamed=True), 2) is Stake.OWN_SIDE


actors = st.integers(1, 6)
lineages = st.dictionaries(actors, st.lists(st.builds(Parent, actors), max_size=3).map(tuple))
fighters = st.lists(st.tuples(actors, st.integers(1, 2)), max_size=5)


@given(lineages, fighters, actors, st.sampled_from([1, 2, None]), st.booleans(), st.randoms())
def test_every_lineage_gives_one_stake_in_any_order(
    parents: dict[int, tuple[Parent, ...]],
    fought: list[tuple[int, int]],
    who: int,
    side: int | None,
    unnamed: bool,
    random: Random,
) -> None:
    field = Battlefield(fought, Lineage(parents), None, None)
    stake = field.stake(speaker(who, unnamed=unnamed), side)
    random.shuffle(fought)
    shuffled = {actor: tuple(random.sample(above, len(above))) for actor, above in parents.items()}
    again = Battlefield(fought, Lineage(shuffled), None, None)
    assert again.stake(speaker(who, unnamed=unnamed), side) is stake
    if stake in (Stake.OWN_SIDE, Stake.ADVERSARY):
        assert side is not None and fought
