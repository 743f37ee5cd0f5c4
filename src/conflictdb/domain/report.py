"""What an import did, in numbers and in problems."""

from __future__ import annotations

from dataclasses import dataclass, field

from conflictdb.domain.records import Problem
from conflictdb.errors import ExitCode

OUTCOMES = ("added", "changed", "unchanged", "withdrawn", "refused")
KINDS = ("events", "claims", "sources", "actors", "people", "conflicts")


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
    slugs: list[str] = field(default_factory=list)

    def count(self, kind: str, outcome: str, number: int = 1) -> None:
        """Add to the counts."""
        self.counts[kind][outcome] += number

    def forget_definitions(self) -> None:
        """Count nothing as taken: what a file defines is not kept where all its events are refused."""
        for outcomes in self.counts.values():
            outcomes.update(dict.fromkeys(("added", "changed", "unchanged"), 0))

    @property
    def exit_code(self) -> ExitCode:
        """Return 0, or 5 where some was refused, or 1 where all events were, or all of a file without events."""
        if not self.problems:
            return ExitCode.OK
        kinds = ("events",) if any(self.counts["events"].values()) else KINDS
        taken = sum(number for kind in kinds for outcome, number in self.counts[kind].items() if outcome != "refused")
        return ExitCode.PROBLEMS if taken else ExitCode.FAILED
