"""Which side is which, where a page and the database number them differently."""

from __future__ import annotations

import pytest

from conflictdb.domain.stake import Lineage, Parent
from conflictdb.store.write.fighters import find_part, match_sides

UNION, CONFEDERACY, MALI, ARMY, MACINA, OTHER = range(1, 7)


@pytest.mark.parametrize(
    ("listed", "fighters", "expected"),
    [
        ([(UNION, 1), (CONFEDERACY, 2)], {CONFEDERACY: 1, UNION: 2}, {1: 2, 2: 1}),
        ([(UNION, 1), (CONFEDERACY, 2)], {UNION: 1, CONFEDERACY: 2}, {1: 1, 2: 2}),
        ([(MALI, 1), (MACINA, 2)], {ARMY: 1, MACINA: 2}, {1: 1, 2: 2}),
        ([(MALI, 1), (MACINA, 2)], {MACINA: 1, ARMY: 2}, {2: 1, 1: 2}),
        ([(MALI, 1), (MACINA, 2), (OTHER, 3)], {MACINA: 1}, {2: 1, 1: 2, 3: 3}),
        ([(UNION, 1), (CONFEDERACY, 1)], {UNION: 1, CONFEDERACY: 2}, {}),
        ([(UNION, 1), (CONFEDERACY, 2)], {UNION: 1, CONFEDERACY: 1}, {}),
        ([], {UNION: 1}, {}),
    ],
    ids=[
        "the other way round", "the same", "one side is known", "one is known, the other way round", "a third side",
        "one side of the page is on two", "two sides of the page are on one", "nobody listed",
    ],
)  # fmt: skip
def test_match_sides(listed: list[tuple[int, int]], fighters: dict[int, int], expected: dict[int, int]) -> None:
    assert match_sides(listed, fighters) == expected


def test_find_part() -> None:
    lineage = Lineage({ARMY: (Parent(MALI, until_day=700_000),), MACINA: (Parent(OTHER),)})
    fighters = {ARMY: 1, MACINA: 2}
    assert find_part(lineage, fighters, MALI, 1, (699_000, 699_000)) == ARMY
    assert find_part(lineage, fighters, MALI, 2, (699_000, 699_000)) is None
    assert find_part(lineage, fighters, MALI, 1, (700_001, 700_001)) is None
