"""Say why an event is contested: its disputed figures and its rival accounts, a sentence each."""

from __future__ import annotations

from collections.abc import Sequence

from conflictdb.domain.disagreement import LEADER, Disagreement
from conflictdb.domain.rows.contest import DisputedFigure, RivalMatter, RivalValue
from conflictdb.domain.vocabulary import ClaimKind, Item, ItemFate, Metric, SubjectKind

MOST_NAMES = 3
MOST_VALUES = 5
_PLURALS = {Item.ANY.value: "items", Item.AIRCRAFT.value: "aircraft"}


def speak_disagreement(found: Disagreement) -> tuple[str, ...]:
    """Return the reasons: losses first, then rival accounts, then strengths."""
    losses = [speak_figure(each) for each in found.figures if each.kind == ClaimKind.CASUALTY]
    others = [speak_figure(each) for each in found.figures if each.kind != ClaimKind.CASUALTY]
    return (*losses, *map(speak_rivals, found.rivals), *others)


def speak_figure(figure: DisputedFigure) -> str:
    """Return "killed of Malian Army: 21 to 30 or more, 6 claimants (least: a local official; most: JNIM)"."""
    more = " or more" if figure.open else ""
    bounds = f"{_counted(figure)}: {figure.least:,} to {figure.greatest:,}{more}"
    if figure.claimants == 1:
        own = "its own range" if figure.claims == 1 else f"its own {figure.claims:,} claims"
        return f"{bounds}, {figure.least_by[0]} alone ({own})"
    ends = f"least: {_names(figure.least_by)}; most: {_names(figure.greatest_by)}"
    return f"{bounds}, {figure.claimants:,} claimants ({ends})"


def speak_rivals(rivals: RivalMatter) -> str:
    """Return "the leader of Katibat Macina is disputed: Koufa (JNIM), Moussa (Malian Army)"."""
    about = rivals.about.replace("_", " ")
    whose = f" of {rivals.of}" if rivals.about == LEADER and rivals.of else ""
    values = [_value(each) for each in rivals.values[:MOST_VALUES]]
    more = len(rivals.values) - len(values)
    values += [f"and {more:,} more"] if more else []
    return f"the {about}{whose} is disputed: {', '.join(values)}"


def _counted(figure: DisputedFigure) -> str:
    """Return what is counted, of whom: "killed of JNIM", "vehicles captured of Malian Army", "killed in all"."""
    group = figure.group
    if figure.metric == Metric.MATERIEL:
        things = group or _PLURALS.get(figure.item or Item.ANY, f"{figure.item}s")
        return f"{things} {figure.fate if figure.fate != ItemFate.PRESENT else ''}".rstrip() + f" {_of(figure)}"
    words = "strength" if figure.metric == Metric.PERSONS else figure.metric
    if figure.subject_kind == SubjectKind.UNKNOWN and group:
        return f"{words} of {group} (side not told)"
    return f"{words} {_of(figure)}" + (f" ({group})" if group else "")


def _of(figure: DisputedFigure) -> str:
    if figure.subject_kind == SubjectKind.TOTAL:
        return "in all"
    return "of an unknown subject" if figure.subject_kind == SubjectKind.UNKNOWN else f"of {figure.subject}"


def _value(rival: RivalValue) -> str:
    return f'"{rival.value}" ({_names(rival.claimants)})'


def _names(names: Sequence[str]) -> str:
    """Return the first names and how many more there are."""
    more = len(names) - MOST_NAMES
    return ", ".join([*names[:MOST_NAMES], *([f"{more:,} more"] if more > 0 else [])])
