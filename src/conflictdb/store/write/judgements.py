"""Write judgements down, refusing what contradicts those that stand, and take them back, once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, update

from conflictdb.domain.policies.voices import Circles
from conflictdb.domain.vocabulary import Verdict
from conflictdb.errors import ConflictDBError
from conflictdb.store.read.judgements import ENDS, Standing, read_standing
from conflictdb.store.tables import judgement


def find_standing(
    connection: Connection, verdict: Verdict, kind: str, one: int, other: int | None = None
) -> int | None:
    """Return the number of the judgement that says so of a thing, or of two in either order; None where none stands."""
    said = (each for each in read_standing(connection, kind) if each.verdict == verdict)
    return next((each.id for each in said if {each.one, each.other} == {one, other}), None)


def add_judgement(
    connection: Connection, verdict: Verdict, kind: str, ids: tuple[int, int | None], *, who: str, why: str, at: str
) -> int:
    """Add a judgement about one or two things of a kind, and return its number; `at` is the time in UTC.

    Raises ConflictDBError where what stands says the opposite: what is the same as one thing is the same as all that
    are the same as that.
    """
    one, other = ids
    if other is not None:
        _require_consistent(read_standing(connection, kind), verdict, one, other)
    about = {column.name: thing for column, thing in zip(ENDS[kind], ids, strict=True)}
    row = {"verdict": verdict, "judged_by": who, "reason": why, "judged_at": at, **about}
    result = connection.execute(insert(judgement).values(row))
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


def take_back(connection: Connection, number: int, *, who: str, at: str) -> None:
    """Say of a judgement that stands that somebody undid it at this time (UTC)."""
    standing = (judgement.c.id == number) & judgement.c.undone_at.is_(None)
    connection.execute(update(judgement).where(standing).values(undone_at=at, undone_by=who))


def _require_consistent(standing: Sequence[Standing], verdict: Verdict, one: int, other: int) -> None:
    alike = [each for each in standing if each.verdict == Verdict.SAME]
    if verdict is Verdict.DIFFERENT:
        if numbers := _between(alike, one, other):
            raise _contradiction(numbers, "that they are the same")
        return
    circles = Circles()
    for each in alike:
        circles.join(each.one, each.other)
    circles.join(one, other)
    for each in standing:
        if each.verdict == Verdict.DIFFERENT and circles.root(each.one) == circles.root(each.other):
            directly = {each.one, each.other} == {one, other}
            others = "of two that are the same as these that they are different"
            raise _contradiction([each.id], "that they are different" if directly else others)


def _between(alike: Sequence[Standing], one: int, other: int) -> list[int]:
    """Return the numbers of the judgements, as few as can be, by which two things are the same, if they are."""
    paths: dict[int | None, list[int]] = {one: []}
    reached: list[int | None] = [one]
    for thing in reached:  # grows as others are reached
        for each in alike:
            for here, there in ((each.one, each.other), (each.other, each.one)):
                if here == thing and there not in paths:
                    paths[there] = [*paths[thing], each.id]
                    reached.append(there)
    return sorted(paths.get(other, []))


def _contradiction(numbers: Sequence[int], what: str) -> ConflictDBError:
    undo = f"conflictdb judgements undo {numbers[0]}"
    if len(numbers) == 1:
        return ConflictDBError(f"judgement {numbers[0]} says {what}", f"if that is wrong, undo it first: {undo}")
    said = f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
    return ConflictDBError(f"judgements {said} together say {what}", f"undo the one that is wrong first: {undo}")
