"""The sides of an event: who fought, how strong, and who led them by whose word; side by side where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from conflictdb.domain.rows import ClaimRow, CombatantRow, EventDetail
from conflictdb.domain.vocabulary import Metric, Role, Stake
from conflictdb.render.ledger import WIDE, source_words
from conflictdb.render.lines import Line, Segment, Style, line, line_width
from conflictdb.render.losses import in_view, is_estimate
from conflictdb.render.text import JOIN, cell_width, pad, visible, wrap
from conflictdb.render.words import date_words, figure_words, person_words, subject_words

LABEL = 10
_GAP = 4
_SAYS = "says "


@dataclass(frozen=True, slots=True)
class Said:
    """A value with the words for who says it: "Amadou Koufa", "says JNIM [1]"."""

    value: str
    by: str
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an event."""

    heading: str
    combatants: tuple[CombatantRow, ...]
    strength: tuple[Said, ...]
    leaders: tuple[Said, ...]


def sides_of(detail: EventDetail, numbers: Mapping[str, int]) -> list[Side]:
    """Return the sides in order, each with its combatants, strengths and rival leaders."""
    claims = in_view(detail.claims)
    found = {each.side for each in detail.combatants}
    found |= {each.side for each in claims if each.side and each.kind in ("strength", "commander")}
    return [_side(side, detail.combatants, claims, numbers) for side in sorted(found)]


def said_by(claims: Sequence[ClaimRow], numbers: Mapping[str, int]) -> str:
    """Return who makes these claims, and in which source: "says JNIM, 18 Mar 2019 [1]"; a recorder is its source."""
    return "; ".join(dict.fromkeys(_speaker(claim, numbers) for claim in claims))


def merge(claims: Iterable[ClaimRow], value: Mapping[str, str], numbers: Mapping[str, int]) -> tuple[Said, ...]:
    """Return the rival values, each once with all who state it; `value` gives the words of each claim's key."""
    alike: dict[tuple[str, bool], list[ClaimRow]] = {}
    for claim in claims:
        alike.setdefault((value[claim.key], claim.standing == "standing"), []).append(claim)
    rivals = (Said(words, said_by(each, numbers), stands) for (words, stands), each in alike.items())
    return tuple(sorted(rivals, key=lambda said: not said.stands))


def side_lines(sides: Sequence[Side], width: int) -> Iterator[Line]:
    """Yield the sides: two beside each other in a wide terminal, else one under the other."""
    if width < WIDE or len(sides) < 2:
        for at, side in enumerate(sides):
            yield from [()] if at else []
            yield from _lines_of(side, width)
        return
    column = (width - _GAP) // 2
    for at in range(0, len(sides), 2):
        yield from [()] if at else []
        pair = [list(_lines_of(side, column)) for side in sides[at : at + 2]]
        for left, right in zip_longest(*pair, fillvalue=()) if len(pair) == 2 else ((each, ()) for each in pair[0]):
            yield [*left, Segment(" " * (column + _GAP - line_width(left))), *right] if right else left


def said_lines(label: str, rivals: Sequence[Said], width: int, indent: int = LABEL) -> Iterator[Line]:
    """Yield a label with the rival values under one another, and beside each who says so where there is room."""
    room = width - indent
    spoken = [said for said in rivals if said.by.startswith(_SAYS)]
    widest = max((cell_width(said.value) for said in spoken), default=0)
    aligned = all(widest + 2 + cell_width(said.by) <= room for said in spoken)
    for at, said in enumerate(rivals):
        value = pad(said.value, widest) + " " if aligned and said in spoken else said.value
        whole = f"{value} {said.by}".replace(JOIN, " ").rstrip()
        style: Style = "" if said.stands else "dim"
        comma = "," if said in spoken else ""
        pieces = [whole] if cell_width(whole) <= room else wrap(f"{said.value}{comma} {said.by}", room)
        label = label if at == 0 else ""
        for number, piece in enumerate(pieces):
            start = pad(label if number == 0 else "", indent)
            yield [Segment(start if said.stands or number else start[:-2] + "- ", style), Segment(piece, style)]


def lineage_words(combatant: CombatantRow) -> str:
    """Return what a combatant is part of, in brackets: "(part of JNIM)", "(Malian Armed Forces, Mali)"."""
    above = ", ".join(combatant.lineage)
    if not above:
        return ""
    return f"({above})" if combatant.kind == "state_forces" else f"(part of {above})"


def _side(
    number: int, combatants: Iterable[CombatantRow], claims: Iterable[ClaimRow], numbers: Mapping[str, int]
) -> Side:
    own = tuple(each for each in combatants if each.side == number)
    roles = dict.fromkeys(each.role for each in own if each.role != Role.UNKNOWN)
    strengths = [each for each in claims if each.side == number and each.kind == "strength"]
    strengths.sort(key=lambda each: each.metric != Metric.PERSONS)
    leaders = [each for each in claims if each.side == number and each.kind == "commander"]
    whose = {each.subject for each in strengths} | {each.actor for each in own}
    named = {each.key: _strength_words(each, len(whose) > 1) for each in strengths}
    return Side(
        ", ".join([f"SIDE {number}", *roles]),
        own,
        merge(strengths, named, numbers),
        merge(leaders, {each.key: _leader_words(each) for each in leaders}, numbers),
    )


def _strength_words(claim: ClaimRow, several: bool) -> str:
    words = f"{figure_words(claim)} {claim.group}" if claim.group and claim.metric == "persons" else figure_words(claim)
    return visible(f"{words} ({subject_words(claim)})" if several else words)


def _leader_words(claim: ClaimRow) -> str:
    return visible("  ".join(filter(None, (person_words(claim), claim.fate))))


def _speaker(claim: ClaimRow, numbers: Mapping[str, int]) -> str:
    source = source_words(claim.source, numbers)
    if is_estimate(claim) or claim.stake == Stake.RECORDER:
        return source
    date = f", {date_words(claim.stated_on)}" if claim.stated_on else ""
    return visible(f"{_SAYS}{claim.claimant}{date}") + JOIN + source


def _lines_of(side: Side, width: int) -> Iterator[Line]:
    yield line(side.heading, "bold")
    for combatant in side.combatants:
        name, lineage = visible(combatant.actor), visible(lineage_words(combatant))
        if cell_width(name) + 2 + cell_width(lineage) <= width:
            yield [Segment(name), Segment(f"  {lineage}" if lineage else "", "dim")]
        else:
            yield from (line(text) for text in wrap(name, width))
            yield from (line(f"  {text}", "dim") for text in wrap(lineage, width - 2))
        if combatant.unit:
            yield from said_lines("unit", (Said(visible(combatant.unit), ""),), width)
    yield from said_lines("strength", side.strength, width)
    yield from said_lines("led by", side.leaders, width)
