"""The record of one claimant, entered figure by figure and summed up as a row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from conflictdb.claimants.alone import Lone
from conflictdb.domain.lens import Lens
from conflictdb.domain.rows import ClaimRow
from conflictdb.domain.rows.claimants import ClaimantRow, NamedCount, StakeRow
from conflictdb.domain.track_record import Comparison, Direction, LeftOut, Revision, measure_spread
from conflictdb.domain.vocabulary import Stake, SubjectKind

MOST_NAMED = 10
"""Subjects, and claimants who corroborate, that a row names; it counts all."""
_WHOSE = {
    SubjectKind.SIDE: "whole sides",
    SubjectKind.CIVILIANS: "civilians",
    SubjectKind.UNKNOWN: "unknown",
    SubjectKind.TOTAL: "event totals",
}


@dataclass(slots=True)
class _OfStake:
    """The figures that a claimant stated from one stake."""

    figures: int = 0
    whose: Counter[str] = field(default_factory=Counter)
    ratios: list[float] = field(default_factory=list)
    left_out: Counter[LeftOut] = field(default_factory=Counter)

    def add(self, subject: str, ratio: float | None, left_out: LeftOut | None, figures: int = 1) -> None:
        """Enter figures about one subject that are alike: with a ratio, or the reason for none."""
        self.figures += figures
        self.whose[subject] += figures
        if ratio is not None:
            self.ratios.append(ratio)
        if left_out is not None:
            self.left_out[left_out] += figures

    def row(self, stake: str) -> StakeRow:
        """Return the sum."""
        spread = measure_spread(self.ratios)
        left_out = {reason.value: self.left_out[reason] for reason in LeftOut if self.left_out[reason]}
        return StakeRow(
            stake, self.figures, named_counts(self.whose), len(self.whose), spread.n, _rounded(spread.median),
            _rounded(spread.least), _rounded(spread.greatest), _rounded(spread.lower_quartile),
            _rounded(spread.upper_quartile), left_out,
        )  # fmt: skip


@dataclass(slots=True)
class TrackRecord:
    """What is known of one claimant so far. The claims of one event are entered together."""

    key: str
    kind: str
    names: Counter[str] = field(default_factory=Counter)
    events: int = 0
    event: str | None = None
    copies: int = 0
    stakes: dict[str, _OfStake] = field(default_factory=lambda: defaultdict(_OfStake))
    revisions: Counter[Direction] = field(default_factory=Counter)
    days: list[int] = field(default_factory=list)
    corroborated: int = 0
    corroborated_by: Counter[str] = field(default_factory=Counter)

    def add_figure(self, claim: ClaimRow, comparison: Comparison) -> None:
        """Enter a figure that stands."""
        self._meet(claim)
        self.stakes[claim.stake].add(whose(claim.subject_kind, claim.subject), comparison.ratio, comparison.left_out)
        self.corroborated += bool(comparison.corroborated_by)
        self.corroborated_by.update({each.claimant_actor for each in comparison.corroborated_by})

    def add_copy(self, claim: ClaimRow) -> None:
        """Enter a figure that only repeats another claim."""
        self.names[claim.claimant_actor] += 1
        self.copies += 1

    def add_revision(self, claim: ClaimRow, revision: Revision) -> None:
        """Enter that a figure superseded an earlier one."""
        self.names[claim.claimant_actor] += 1
        self.revisions[revision.direction] += 1
        if revision.days is not None:
            self.days.append(revision.days)

    def add_alone(self, lone: Lone) -> None:
        """Enter figures beside which nobody else states any."""
        self.names[lone.name] += 1
        self.events += lone.events
        self.event = lone.event
        for each in lone.counts:
            subject = whose(each.subject_kind, each.subject)
            self.stakes[Stake.RECORDER].add(subject, None, each.left_out, each.figures)

    def row(self, lens: Lens) -> ClaimantRow:
        """Return the record as a row; the policy is that of the lens."""
        stakes = [self.stakes[stake].row(stake) for stake in Stake if stake in self.stakes]
        days = measure_spread(self.days).median
        policy = lens.chosen.policy
        return ClaimantRow(
            claimant=min(self.names, key=lambda name: (-self.names[name], name)), claimant_key=self.key,
            claimant_kind=self.kind, only_event=self.event if self.events == 1 else None, events=self.events,
            figures=sum(each.figures for each in stakes), copies=self.copies, stakes=tuple(stakes),
            revised=self.revisions.total(), revised_up=self.revisions[Direction.UP],
            revised_down=self.revisions[Direction.DOWN], revised_same=self.revisions[Direction.SAME],
            revised_unclear=self.revisions[Direction.UNCLEAR], revised_days=days, revised_dated=len(self.days),
            corroborated=self.corroborated, corroborated_by=named_counts(self.corroborated_by), policy=policy.name,
            version=policy.version, basis=lens.basis, label=lens.chosen.label,
            parameters=dict(lens.chosen.arguments), as_of=lens.as_of,
        )  # fmt: skip

    def _meet(self, claim: ClaimRow) -> None:
        self.names[claim.claimant_actor] += 1
        if claim.event != self.event or not self.events:
            self.events += 1
            self.event = claim.event


def whose(subject_kind: str | None, subject: str | None) -> str:
    """Return whose losses, as one name for all events: side 1 of one battle is not side 1 of another."""
    return _WHOSE.get(SubjectKind(subject_kind), subject or "") if subject_kind else subject or ""


def named_counts(counts: Mapping[str, int]) -> tuple[NamedCount, ...]:
    """Return the most frequent names with their counts."""
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return tuple(NamedCount(name, counts[name]) for name in order[:MOST_NAMED])


def _rounded(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, 4)
