"""The two sides of a GED row, and the conflict and dyad in which they fight."""

from __future__ import annotations

import re
from functools import lru_cache

from conflictdb.domain.coded import CodedActor, CodedConflict, CodedFighter
from conflictdb.domain.vocabulary import ActorKind
from conflictdb.importers.tabular.cells import identifier
from conflictdb.importers.tabular.countries import country_alpha3

CIVILIANS = "Civilians"
GOVERNMENT = "Government of "
_PLACEHOLDER = re.compile(r"XXX\d+")

Sides = tuple[tuple[CodedFighter, ...], int | str, int | str]


@lru_cache(maxsize=8_192)
def read_sides(cells: tuple[str, ...], only_a: bool) -> Sides:
    """Return who fights, and what stands for side A and side B as the subject of figures.

    `cells` are number and name of side A, number and name of side B. `only_a`: side B are civilians, who do not fight.
    An actor that stands on both sides, which only placeholders do (XXX70: armed men in Mexico, not yet known), fights
    on side 1; losses of side B are then the side's, not the actor's.
    """
    actor_a, actor_b = make_actor(*cells[:2]), None if only_a else make_actor(*cells[2:])
    if actor_b == actor_a:
        actor_b = None
    fighters = [CodedFighter(actor, side) for side, actor in ((1, actor_a), (2, actor_b)) if actor]
    subject_b = len(fighters) - 1 if actor_b else "side 2"
    return tuple(fighters), 0 if actor_a else "side 1", subject_b


def make_actor(number: str, name: str) -> CodedActor | None:
    """Return an actor by its number in UCDP's actor list ("" in files before 2017, which number otherwise)."""
    name, number = " ".join(name.split()), identifier(number)
    if not name:
        return None
    native_id = f"ucdp-actor:{number}" if number else ""
    if name.startswith(GOVERNMENT):
        return CodedActor(name, ActorKind.STATE, native_id, find_country(name))
    if name == CIVILIANS:
        return CodedActor(name, ActorKind.CIVILIANS, native_id)
    return CodedActor(name, ActorKind.UNKNOWN if _PLACEHOLDER.fullmatch(name) else ActorKind.ARMED_GROUP, native_id)


def find_country(name: str) -> str | None:
    """Return the ISO 3166 alpha-3 code of "Government of Mali"; None where several act as one, or it has no code."""
    if f", {GOVERNMENT}" in name:
        return None
    return country_alpha3(name.removeprefix(GOVERNMENT))


@lru_cache(maxsize=4_096)
def read_conflict(cells: tuple[str, ...]) -> CodedConflict | None:
    """Return the dyad within its conflict; one of both names is one thing with both numbers.

    `cells` are number and name of the conflict, number and name of the dyad.
    """
    conflict_number, conflict_name, dyad_number, dyad_name = (" ".join(cell.split()) for cell in cells)
    conflict_ids = (f"ucdp-conflict:{identifier(conflict_number)}",) if conflict_number else ()
    dyad_ids = (f"ucdp-dyad:{identifier(dyad_number)}",) if dyad_number else ()
    if not dyad_name:
        return CodedConflict(conflict_name, conflict_ids) if conflict_name else None
    if dyad_name == conflict_name:
        return CodedConflict(conflict_name, conflict_ids + dyad_ids)
    return CodedConflict(dyad_name, dyad_ids, CodedConflict(conflict_name, conflict_ids) if conflict_name else None)
