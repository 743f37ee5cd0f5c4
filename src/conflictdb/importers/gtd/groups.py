"""Who is held to have done a GTD incident, and who said it was them: attackers, and claims of responsibility."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from conflictdb.domain.coded import CodedActor, CodedFighter, CodedStatement, CodedWarning
from conflictdb.domain.vocabulary import ActorKind, Attribute, Role

_NOBODY = frozenset({"", "unknown", "other", "individual", "unaffiliated individual(s)", "-9"})
_CODES = frozenset({"", "0", "1", "-9"})


class Group(NamedTuple):
    """The cells of one of the three groups of an incident; `number` is "", "2" or "3", as in their columns."""

    number: str
    name: str
    unit: str
    uncertain: str
    claimed: str
    mode: str


class Attackers(NamedTuple):
    """The attackers, what is stated of their responsibility, and doubts."""

    fighters: tuple[CodedFighter, ...]
    statements: tuple[CodedStatement, ...]
    warnings: tuple[CodedWarning, ...]


@lru_cache(maxsize=65_536)
def read_attackers(first: Group, second: Group, third: Group, compclaim: str) -> Attackers:
    """Return the groups of an incident. Codebook 2021, section VII.

    "Unknown" is nobody, and so are unaffiliated individuals: their name would make one actor of many people.
    """
    fighters: dict[str, CodedFighter] = {}
    statements: list[CodedStatement] = []
    warnings: list[CodedWarning] = []
    rivals = _code("compclaim", compclaim, warnings) == "1"
    for group in (first, second, third):
        uncertain = _code(f"guncertain{group.number or 1}", group.uncertain, warnings)
        claimed = _code(f"claim{group.number or 'ed'}", group.claimed, warnings)
        if is_nobody(group.name):
            continue
        actor = _actor(group.name)
        fighters.setdefault(actor.name, CodedFighter(actor, 1, Role.ATTACKER.value, group.unit or None))
        if uncertain == "1":
            statements.append(_suspicion(group))
        if claimed == "1":
            statements.append(_claim(group, actor, rivals))
    return Attackers(tuple(fighters.values()), tuple(statements), tuple(warnings))


def is_nobody(gname: str) -> bool:
    """Return whether a group's name says that there is none, or that none is known."""
    return gname.casefold() in _NOBODY


def _suspicion(group: Group) -> CodedStatement:
    field = f"guncertain{group.number or 1}"
    return CodedStatement(field, Attribute.RESPONSIBILITY.value, group.name, None, None, f"suspected ({field} = 1)")


def _claim(group: Group, actor: CodedActor, rivals: bool) -> CodedStatement:
    """Return the group's own claim: it, and not GTD, is who says so."""
    notes = [f"claimed by: {group.mode}"] if group.mode and group.mode.casefold() != "unknown" else []
    notes += ["competing claims of responsibility (compclaim = 1)"] if rivals else []
    field = f"claim{group.number or 'ed'}"
    return CodedStatement(field, Attribute.RESPONSIBILITY.value, group.name, actor, None, "; ".join(notes) or None)


def _code(field: str, text: str, warnings: list[CodedWarning]) -> str:
    code = text.removesuffix(".0")
    if code not in _CODES:
        warnings.append(CodedWarning(field, text, "it is none of 1, 0 and -9: taken as unknown"))
    return code


@lru_cache(maxsize=8192)
def _actor(name: str) -> CodedActor:
    return CodedActor(name, ActorKind.ARMED_GROUP)
