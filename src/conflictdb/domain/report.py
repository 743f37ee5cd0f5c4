"""What an import did, in numbers and in problems."""

from __future__ import annotations

from dataclasses import dataclass, field

from conflictdb.domain.records import Problem
from conflictdb.errors import ExitCode

OUTCOMES = ("added", "changed", "unchanged", "withdrawn", "refused")
KINDS = ("events", "claims", "sources", "actors", "people", "conflicts")
MOST_KEPT = 50_000
"""Problems, and as many warnings, that a report holds: of a file of which every row is bad, it need not have all."""


@dataclass(slots=True)
class ImportReport:
    """What an import did, or would do (`dry_run`). `counts` are by kind and outcome."""

    path: str
    importer: str
    sha256: str
    size: int
    dry_run: bool
    run: int | None = None
    counts: dict[str, dict[str, int]] = field(
        default_factory=lambda: {kind: dict.fromkeys(OUTCOMES, 0) for kind in KINDS}
    )
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    """Those are the first ones; `all_problems` and `all_warnings` count them all."""
    all_problems: int = 0
    all_warnings: int = 0
    slugs: list[str] = field(default_factory=list)
    lines: int | None = None
    """How many lines the file has, where they could be counted."""
    dataset: str = ""
    release: str = ""
    read_as: str = ""

    def count(self, kind: str, outcome: str, number: int = 1) -> None:
        """Add to the counts."""
        self.counts[kind][outcome] += number

    def tell(self, problem: Problem) -> None:
        """Take up a problem, or a warning; those beyond the first are only counted."""
        if problem.warning:
            self.all_warnings += 1
        else:
            self.all_problems += 1
        kept = self.warnings if problem.warning else self.problems
        if len(kept) < MOST_KEPT:
            kept.append(problem)

    def forget_definitions(self) -> None:
        """Count nothing as taken: what a file defines is not kept where all its events are refused."""
        for outcomes in self.counts.values():
            outcomes.update(dict.fromkeys(("added", "changed", "unchanged"), 0))

    @property
    def exit_code(self) -> ExitCode:
        """Return 0, or 5 where some was refused, or 1 where all events were, or all of a file without events."""
        if not self.all_problems:
            return ExitCode.OK
        kinds = ("events",) if any(self.counts["events"].values()) else KINDS
        taken = sum(number for kind in kinds for outcome, number in self.counts[kind].items() if outcome != "refused")
        return ExitCode.PROBLEMS if taken else ExitCode.FAILED
