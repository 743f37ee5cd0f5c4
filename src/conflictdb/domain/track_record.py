"""What the claims of a measure say about those who made them: ratios, revisions, corroboration. Pure of any store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from statistics import median, quantiles

from conflictdb.domain.edtf import EdtfError, parse_edtf
from conflictdb.domain.policies.evidence import Evidence, may_mean_nothing, point
from conflictdb.domain.policies.outcome import Outcome
from conflictdb.domain.policies.reconcile import Chosen, reconcile
from conflictdb.domain.policies.view import on_basis, take_view
from conflictdb.domain.policies.voices import Circles
from conflictdb.domain.vocabulary import Basis

FEWEST_FOR_QUARTILES = 5
MOST_COMPARED = 250_000
"""Claims that are read for the estimates of one measure, one estimate a voice: some seconds."""


class LeftOut(StrEnum):
    """Why a figure has no ratio to the estimate of the others."""

    BOUND = "bound"
    ZERO = "zero"
    ALONE = "alone"
    NO_BEST = "no_best"
    OTHERS_ZERO = "others_zero"
    TOO_MANY = "too_many"


class Direction(StrEnum):
    """Which way a claimant revised its figure. Unclear: its bounds moved both ways, or there is none to compare."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure beside what the others state: its ratio to their estimate, or why it has none, and who corroborates."""

    key: str
    ratio: float | None
    left_out: LeftOut | None
    corroborated_by: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """The figures of one measure that stand, and the keys of those that only repeat another claim."""

    figures: tuple[Comparison, ...]
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """A claimant's later figure in place of an earlier one; `days` between the statements, where both are known."""

    key: str
    direction: Direction
    days: int | None


@dataclass(frozen=True, slots=True)
class Spread:
    """How ratios are spread; the quartiles are None for fewer than five."""

    n: int
    median: float | None = None
    least: float | None = None
    greatest: float | None = None
    lower_quartile: float | None = None
    upper_quartile: float | None = None


def compare_figures(claims: Sequence[Evidence], chosen: Chosen, basis: Basis) -> Compared:
    """Compare each figure of one measure with what the policy makes of the others' claims.

    Give all claims of the measure, those that ended too. The others are all but the claimant, those that belong
    together with it, and whoever repeats, derives from or is the origin of what these say.
    """
    view = take_view(claims, basis)
    standing = [claim for claim in claims if claim.standing == "standing" and on_basis(claim, basis)]
    kept = {claim.key for claim in view.claims}
    figures = [*view.claims, *(claim for claim in standing if claim.key not in kept and _is_empty_zero(claim))]
    copies = {claim.key for claim in standing}.difference(claim.key for claim in figures)
    corroborated = view.corroborated(independently=True)
    others = _Others(claims, chosen, basis, {claim.key for claim in figures})
    compared = []
    for claim in figures:
        ratio, left_out = _ratio(claim, others)
        compared.append(Comparison(claim.key, ratio, left_out, tuple(corroborated.get(claim.key, ()))))
    return Compared(tuple(compared), tuple(sorted(copies)))


def find_revisions(claims: Iterable[Evidence], basis: Basis) -> Iterator[Revision]:
    """Yield each figure by which a claimant superseded one of its own; give all claims of one event.

    Of several that it superseded at once the latest counts. What was corrected or withdrawn is no statement of the
    claimant, or none any more, and a copy is no further one.
    """
    told = {claim.key: claim for claim in claims if claim.standing not in ("corrected", "withdrawn")}
    before: dict[str, list[Evidence]] = defaultdict(list)
    for earlier in told.values():
        for key in earlier.superseded_by:
            later = told.get(key)
            if later is not None and later.claimant_key == earlier.claimant_key and not later.repeats:
                before[key].append(earlier)
    for key in sorted(before):
        if on_basis(told[key], basis):
            latest = max(before[key], key=_lateness)
            yield Revision(key, _direction(latest, told[key]), _days_between(latest, told[key]))


def measure_spread(ratios: Sequence[float]) -> Spread:
    """Return median, least and greatest, and the quartiles (the ratios themselves among the ends) of five and more."""
    if not ratios:
        return Spread(0)
    lower = upper = None
    if len(ratios) >= FEWEST_FOR_QUARTILES:
        lower, _, upper = quantiles(ratios, n=4, method="inclusive")
    return Spread(len(ratios), median(ratios), min(ratios), max(ratios), lower, upper)


def left_out_alone(value: int | None) -> LeftOut:
    """Return why a figure has no ratio that stands alone; `value` is the one number that it names, if any."""
    if value is None:
        return LeftOut.BOUND
    return LeftOut.ALONE if value else LeftOut.ZERO


class _Others:
    """The estimates of the others, one for each circle of claimants that belong together."""

    def __init__(self, claims: Sequence[Evidence], chosen: Chosen, basis: Basis, figures: set[str]) -> None:
        self.claims, self.chosen, self.basis = claims, chosen, basis
        self.circles = _circles(claims)
        self.speaking = {self.circles[key] for key in figures}
        self.known: dict[Hashable, Outcome] = {}

    @property
    def too_many(self) -> bool:
        """Whether to compare each circle with the others would take too long."""
        return len(self.speaking) * len(self.claims) > MOST_COMPARED

    def alone(self, claim: Evidence) -> bool:
        """Return whether nobody else speaks."""
        return self.speaking <= {self.circles[claim.key]}

    def estimate(self, claim: Evidence) -> Outcome:
        """Return what the policy makes of the claims of all others."""
        own = self.circles[claim.key]
        if own not in self.known:
            rest = [each for each in self.claims if self.circles[each.key] != own]
            self.known[own] = reconcile(self.chosen, rest, self.basis)
        return self.known[own]


def _is_empty_zero(claim: Evidence) -> bool:
    """Return whether a claim is one that no policy sees because others tell more, and yet no copy of another."""
    return may_mean_nothing(claim) and not claim.repeats and not claim.same_as


def _circles(claims: Sequence[Evidence]) -> dict[str, Hashable]:
    """Return for each claim what stands for all that are not independent of it: one voice, its copies and origins."""
    circles = Circles()
    for claim in claims:
        for actor in (claim.claimant_key, *claim.claimant_above):
            circles.join(("claim", claim.key), ("actor", actor))
        for key in (*claim.repeats, *claim.same_as, *claim.derived_from):
            circles.join(("claim", claim.key), ("claim", key))
    return {claim.key: circles.root(("claim", claim.key)) for claim in claims}


def _ratio(claim: Evidence, others: _Others) -> tuple[float | None, LeftOut | None]:
    value = point(claim)
    if not value or others.alone(claim):
        return None, left_out_alone(value)
    if others.too_many:
        return None, LeftOut.TOO_MANY
    best = others.estimate(claim).best
    if not best:
        return None, LeftOut.NO_BEST if best is None else LeftOut.OTHERS_ZERO
    return value / best, None


def _direction(earlier: Evidence, later: Evidence) -> Direction:
    """Return the direction of a revision: of the numbers that both name, else of both bounds."""
    moves = set()
    for before, after in zip(_ends(earlier), _ends(later), strict=True):
        moves.add((after > before) - (after < before))
    if {_is_vague(earlier), _is_vague(later)} != {False} or moves >= {1, -1}:
        return Direction.UNCLEAR
    return Direction.UP if 1 in moves else Direction.DOWN if -1 in moves else Direction.SAME


def _ends(claim: Evidence) -> tuple[float, float]:
    value = point(claim)
    if value is not None:
        return value, value
    return claim.lower if claim.lower is not None else -inf, claim.upper if claim.upper is not None else inf


def _is_vague(claim: Evidence) -> bool:
    return _ends(claim) == (-inf, inf)


def _lateness(claim: Evidence) -> tuple[bool, int, str]:
    day = claim.stated_last_day
    return day is not None, day if day is not None else 0, claim.key


def _days_between(earlier: Evidence, later: Evidence) -> int | None:
    first, last = _day(earlier), _day(later)
    return None if first is None or last is None else last - first


def _day(claim: Evidence) -> int | None:
    """Return the day of a statement, where it is known to the day."""
    try:
        date = parse_edtf(claim.stated_on) if claim.stated_on else None
    except EdtfError:
        return None
    return date.first_day if date is not None and date.first_day == date.last_day else None
