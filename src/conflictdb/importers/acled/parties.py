"""Who took part in an ACLED event, by its actor columns: combatants with their sides, and those who do not fight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from conflictdb.domain.coded import CodedActor, CodedFighter, CodedWarning
from conflictdb.domain.vocabulary import ActorKind, EventType
from conflictdb.importers.tabular.cells import listed

# Codebook 2023, section "Inter codes". 8 is other states' forces, peacekeepers and private guards: it tells no kind.
_KINDS: dict[str, ActorKind | None] = {
    "1": ActorKind.STATE_FORCES, "state forces": ActorKind.STATE_FORCES,
    "government or mutinous force": ActorKind.STATE_FORCES,
    "2": ActorKind.ARMED_GROUP, "rebel group": ActorKind.ARMED_GROUP, "rebel groups": ActorKind.ARMED_GROUP,
    "rebel force": ActorKind.ARMED_GROUP, "rebel forces": ActorKind.ARMED_GROUP,
    "3": ActorKind.ARMED_GROUP, "political militia": ActorKind.ARMED_GROUP, "political militias": ActorKind.ARMED_GROUP,
    "4": ActorKind.ARMED_GROUP, "identity militia": ActorKind.ARMED_GROUP, "identity militias": ActorKind.ARMED_GROUP,
    "ethnic militia": ActorKind.ARMED_GROUP, "communal militia": ActorKind.ARMED_GROUP,
    "5": None, "rioters": None, "6": None, "protesters": None, "7": None, "civilians": None,
    "8": ActorKind.UNKNOWN, "external/other forces": ActorKind.UNKNOWN, "other forces": ActorKind.UNKNOWN,
    "external forces": ActorKind.UNKNOWN, "outside/external force": ActorKind.UNKNOWN,
    "0": ActorKind.UNKNOWN, "": ActorKind.UNKNOWN,
}  # fmt: skip
_CROWDS = {"Rioters": EventType.RIOT.value, "Protesters": EventType.PROTEST.value}
_UNARMED = ("Civilians", *_CROWDS)

_YEARS = re.compile(r"\s*\(\s*([12][0-9]{3})?\s*([-–])?\s*([12][0-9]{3})?\s*\)\s*")


class Parties(NamedTuple):
    """The combatants of an event, the names of those who do not fight, and what both make of "Riots/Protests"."""

    fighters: tuple[CodedFighter, ...]
    bystanders: tuple[str, ...]
    crowd: str | None
    warnings: tuple[CodedWarning, ...]


@lru_cache(maxsize=65_536)
def read_parties(actor1: str, assoc1: str, inter1: str, actor2: str, assoc2: str, inter2: str) -> Parties:
    """Return who took part, from the columns of one row. Sides are those of the columns; roles are not told."""
    fighters: dict[str, CodedFighter] = {}
    bystanders: list[str] = []
    warnings: list[CodedWarning] = []
    for side, actor, others, inter in ((1, actor1, assoc1, inter1), (2, actor2, assoc2, inter2)):
        code = inter.removesuffix(".0").casefold()
        if code not in _KINDS:
            warnings.append(CodedWarning(f"inter{side}", inter, "it is no inter code of ACLED's, 1 to 8"))
        for field, name, member in _members(side, actor, others, _KINDS.get(code, ActorKind.UNKNOWN)):
            if member is None:
                bystanders.append(name)
                continue
            known = fighters.setdefault(member.name, CodedFighter(member, side))
            if known.side != side:
                warnings.append(CodedWarning(field, name, "it stands on both sides, and is taken for side 1"))
    crowd = next((_CROWDS[word] for name in (actor1, actor2) if (word := _first_word(name)) in _CROWDS), None)
    return Parties(tuple(fighters.values()), tuple(dict.fromkeys(bystanders)), crowd, tuple(warnings))


def _members(
    side: int, actor: str, others: str, kind: ActorKind | None
) -> Iterator[tuple[str, str, CodedActor | None]]:
    """Yield column, name and actor of each on one side, the actor None for those who do not fight.

    Those associated with people who do not fight, such as journalists or a village's ethnic group, do not either.
    An associate has no code, so its kind is not known.
    """
    if _first_word(actor) in _UNARMED:
        kind = None
    if actor:
        yield f"actor{side}", actor, read_actor(actor, kind) if kind else None
    for name in listed(others) if others else ():
        armed = kind and _first_word(name) not in _UNARMED
        yield f"assoc_actor_{side}", name, read_actor(name, ActorKind.UNKNOWN) if armed else None


def _first_word(name: str) -> str:
    return name.partition(" ")[0]


@lru_cache(maxsize=65_536)
def read_actor(text: str, kind: str) -> CodedActor:
    """Return an actor, its years apart from its name: "Military Forces of Mali (2013-2020)", "(2021-)", "(1999)".

    What follows the years is a unit, and a part of the name: "Police Forces of Mali (2013-2020) Gendarmerie" is
    "Police Forces of Mali: Gendarmerie". Other brackets, as in "Civilians (Mali)", belong to the name.
    """
    for match in _YEARS.finditer(text):
        first, dash, last = match.groups()
        if not (first or last) or bool(first and last) > bool(dash) or (first and last and first > last):
            continue
        before, after = text[: match.start()], text[match.end() :]
        if not before:
            continue
        joint = " " if after.startswith(("(", "-")) else "" if after[:1] in tuple(",;:)") else ": "
        name = f"{before}{joint}{after}" if after else before
        return CodedActor(name, kind, "", None, text, first or "", last or ("" if dash else first or ""))
    return CodedActor(text, kind)
