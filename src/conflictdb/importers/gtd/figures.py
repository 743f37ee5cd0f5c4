"""GTD's figures: killed and wounded of all, of the attackers and of the victims; how many attacked; who was taken."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from conflictdb.domain.coded import CodedFigure, CodedWarning
from conflictdb.domain.vocabulary import ClaimKind, Metric, Qualifier, SubjectKind
from conflictdb.importers.gtd.dates import UNKNOWN
from conflictdb.importers.tabular.cells import MOST, CellError, decimal, whole
from conflictdb.importers.tabular.refusal import quoted
from conflictdb.importers.tabular.rows import FaultError

ATTACKERS, VICTIMS = "side 1", "side 2"
_SPLIT = "a total split over linked incidents"
_COMMA = re.compile(r"[0-9]+,[0-9]{1,2}")
_RULE = re.compile(r"[^.]*\breliable estimates?\b[^.]*", re.IGNORECASE)
_LONGEST_NOTE = 200

Figures = tuple[tuple[CodedFigure, ...], tuple[CodedWarning, ...]]


class Loss(NamedTuple):
    """The columns of one metric; the first three count all, US nationals and attackers."""

    metric: str
    total: str
    americans: str
    attackers: str


KILLED = Loss(Metric.KILLED.value, "nkill", "nkillus", "nkillter")
WOUNDED = Loss(Metric.WOUNDED.value, "nwound", "nwoundus", "nwoundte")


@lru_cache(maxsize=65_536)
def read_losses(loss: Loss, total: str, americans: str, attackers: str, rule: str | None) -> Figures:
    """Return the figures of one metric, and doubts. Raises FaultError.

    Codebook 2021, section VIII: the total includes attackers, so the victims are the difference, which is known only
    where both are. `rule` is what addnotes says of how the total was chosen.
    """
    every = _read_number(loss.total, total)
    killers = _read_number(loss.attackers, attackers)
    us = _read_number(loss.americans, americans)
    figures, warnings = [], []
    within = loss.total if every is not None else None
    if every is not None:
        figures.append(_figure(loss.total, SubjectKind.TOTAL.value, loss.metric, every, total, note=rule))
    if killers is not None:
        figures.append(_figure(loss.attackers, ATTACKERS, loss.metric, killers, attackers))
    if every is not None and killers is not None:
        if killers > every:
            why = f"more than {loss.total}, {quoted(total)}, which includes them: the victims are not known"
            warnings.append(CodedWarning(loss.attackers, attackers, why))
        else:
            field, note = f"{loss.total}-{loss.attackers}", f"{loss.total} less {loss.attackers}: {total} - {attackers}"
            figures.append(_figure(field, VICTIMS, loss.metric, every - killers, "", "victims", note))
    if us is not None:
        figure = _figure(loss.americans, SubjectKind.TOTAL.value, loss.metric, us, americans, "US nationals")
        figures.append(figure._replace(part_of=within))
        if every is not None and us > every:
            why = f"more than {loss.total}, {quoted(total)}, which includes them"
            warnings.append(CodedWarning(loss.americans, americans, why))
    return tuple(figures), tuple(warnings)


@lru_cache(maxsize=16_384)
def read_people(nperps: str, nperpcap: str, nhostkid: str) -> tuple[CodedFigure, ...]:
    """Return how many attacked, how many of those were taken, and how many they took. Raises FaultError."""
    figures = []
    strength, taken, hostages = (
        _read_number(field, text)
        for field, text in (("nperps", nperps), ("nperpcap", nperpcap), ("nhostkid", nhostkid))
    )
    if strength is not None:
        figure = _figure("nperps", ATTACKERS, Metric.PERSONS.value, strength, nperps)
        figures.append(figure._replace(kind=ClaimKind.STRENGTH.value))
    if taken is not None:
        figures.append(_figure("nperpcap", ATTACKERS, Metric.CAPTURED.value, taken, nperpcap))
    if hostages:
        group = "hostages or kidnapped"
        figures.append(_figure("nhostkid", VICTIMS, Metric.CAPTURED.value, hostages, nhostkid, group))
    return tuple(figures)


def find_rule(addnotes: str) -> str | None:
    """Return the sentence of addnotes that says how figures were chosen, of 200 letters at most; None without one."""
    if "eliable estimate" not in addnotes:
        return None
    match = _RULE.search(addnotes)
    return " ".join(match[0].split())[:_LONGEST_NOTE] if match else None


@lru_cache(maxsize=16_384)
def _read_number(field: str, text: str) -> Fraction | None:
    """Return a number of persons, None where it is unknown. Raises FaultError."""
    if text in UNKNOWN:
        return None
    plain = text.replace(",", ".") if _COMMA.fullmatch(text) else text
    try:
        if "." not in plain:
            return Fraction(whole(plain))
        if not 0 <= decimal(plain) <= MOST:
            whole(plain.partition(".")[0] or "0")  # says what is wrong with it
            raise CellError(f"{quoted(text)} is negative")
        return Fraction(plain)
    except CellError as error:
        raise FaultError(field, text, error.why) from None


def _figure(
    field: str,
    subject: str,
    metric: str,
    number: Fraction,
    cell: str,
    group: str | None = None,
    note: str | None = None,
) -> CodedFigure:
    """Return an exact figure; of a fraction, the whole numbers around it, without a best one. `cell` says it so."""
    lower, upper = math.floor(number), math.ceil(number)
    if lower == upper:
        return CodedFigure(field, subject, metric, lower, upper, lower, Qualifier.EXACT.value, group, None, note)
    notes = f"{note}; {_SPLIT}" if note else _SPLIT
    return CodedFigure(field, subject, metric, lower, upper, None, Qualifier.RANGE.value, group, cell or None, notes)
