"""The policies `acled` and `acled-strict`: the lowest figure, as ACLED codes fatalities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from conflictdb.domain.policies.evidence import Evidence, is_vague, point
from conflictdb.domain.policies.outcome import Outcome, one_value, sift, who
from conflictdb.domain.policies.policy import Arguments, Parameter, Policy
from conflictdb.domain.policies.range import report_range
from conflictdb.domain.policies.view import View
from conflictdb.domain.policies.votes import no_point

_WORDS = (
    (re.compile(r"\bhundreds?\b", re.IGNORECASE), 100),
    (re.compile(r"\bdozens?\b", re.IGNORECASE), 12),
    (re.compile(r"\btens\b", re.IGNORECASE), 10),
)
_FEW = re.compile(r"\b(?:several|many|few)\b", re.IGNORECASE)
_BEYOND = re.compile(r"\b(?:thousands?|millions?)\b", re.IGNORECASE)
"""What the table has no number for: "tens of thousands" is not 10."""


class Reading(NamedTuple):
    """The number that a claim names; `word`, where it was read from one."""

    value: int
    claim: Evidence
    word: str = ""


def _decide(view: View, arguments: Arguments) -> Outcome:
    readings = _numbers(view.claims) + _read_words(view.claims, int(arguments["several"]))
    corroborated = view.corroborated()
    confirmed = [each for each in readings if each.claim.key in corroborated]
    if not confirmed:
        return _lowest(view, readings, readings, "the lowest figure; none is corroborated")
    values = {each.value for each in confirmed}
    why = f"corroborated ({who(each.claim for each in confirmed if each.value == min(values))})"
    why = why if len(values) == 1 else f"the lowest of those that are corroborated: {why}"
    return _lowest(view, readings, confirmed, why)


def _decide_strictly(view: View, arguments: Arguments) -> Outcome:
    readings = _numbers(view.claims)
    return _lowest(view, readings, readings, "the lowest figure")


def _lowest(view: View, readings: Sequence[Reading], accepted: Sequence[Reading], why: str) -> Outcome:
    """Return the lowest of the readings that are accepted."""
    if not accepted:  # a bound is no point
        return report_range(view.claims, why="nobody names one number; these are bounds" if view.claims else "")
    value = min(each.value for each in accepted)
    named, in_running = ({each.claim.key for each in some} for some in (readings, accepted))
    chosen = {each.claim.key: each for each in accepted if each.value == value}

    def why_not(claim: Evidence) -> str | None:
        if claim.key in chosen:
            return None
        if claim.key in in_running:
            return "not the lowest"
        return "not corroborated, as another figure is" if claim.key in named else no_point(claim)

    used, set_aside = sift(view.claims, why_not)
    words = sorted({f'"{each.word}" read as {value:,}' for each in chosen.values() if each.word})
    return one_value(value, used, set_aside, why="; ".join([why, *words]))


def _numbers(claims: Sequence[Evidence]) -> list[Reading]:
    return [Reading(value, claim) for claim in claims if (value := point(claim)) is not None]


def _read_words(claims: Sequence[Evidence], several: int) -> list[Reading]:
    """Return what claims without any number say in words that stand for one."""
    readings = []
    for claim in claims:
        wording = claim.wording or ""
        if is_vague(claim) and not _BEYOND.search(wording):
            found = ((words.search(wording), number) for words, number in (*_WORDS, (_FEW, several)))
            readings += [Reading(number, claim, word[0].lower()) for word, number in found if word][:1]
    return readings


ACLED = Policy(
    name="acled",
    version="1",
    rule="The lowest figure, until one is corroborated by another claimant: then that one. Words stand for numbers:"
    " hundreds 100, dozens 12, tens 10; several, many and few as the parameter says.",
    reference="ACLED Codebook, on fatalities; ACLED's FAQ on coding fatalities",
    decide=_decide,
    parameters=(Parameter("several", "count", 3, "The number that several, many and few stand for."),),
)
STRICT = Policy(
    name="acled-strict",
    version="1",
    rule="The lowest figure.",
    reference="ACLED's FAQ on coding fatalities: the most conservative figure",
    decide=_decide_strictly,
)
