"""What an import did, in lines."""

from __future__ import annotations

from conflictdb.domain.records import Problem
from conflictdb.domain.report import OUTCOMES, ImportReport

MOST_PROBLEMS, MOST_LETTERS = 20, 200
_SHOWN = ("events", "claims", "sources", "actors", "people", "conflicts")


def report_lines(report: ImportReport, program: str = "conflictdb") -> list[str]:
    """Return the report of one file: what was added, changed, unchanged, withdrawn and refused, and the problems."""
    what = " ".join(filter(None, (report.dataset, report.release)))
    lines = [f"{report.path}   " + ", ".join(filter(None, (report.importer, what, report.read_as, _size(report.size))))]
    for kind in _SHOWN:
        counts = report.counts[kind]
        if kind in ("events", "claims") or any(counts.values()):
            shown = OUTCOMES if kind in ("events", "claims") else tuple(each for each in OUTCOMES if counts[each])
            lines.append(f"  {kind:<9} " + "   ".join(f"{counts[outcome]:,} {outcome}" for outcome in shown))
    lines += _problem_lines("refused", report.problems, report.all_problems)
    lines += _problem_lines("warning", report.warnings, report.all_warnings)
    if report.dry_run:
        lines.append("dry run: nothing was written")
    elif report.run is not None:
        lines.append(f"run {report.run}; undo it with: {program} imports undo {report.run}")
    return lines


def _problem_lines(word: str, problems: list[Problem], count: int) -> list[str]:
    lines = [f"  {word}: {_problem(each)}" for each in problems[:MOST_PROBLEMS]]
    if len(problems) > MOST_PROBLEMS:
        lines.append(f"  ... and {len(problems) - MOST_PROBLEMS:,} more; write them all with --problems FILE")
    if count > len(problems):
        lines.append(f"  ... and {count - len(problems):,} more, not kept")
    return lines


def _problem(problem: Problem) -> str:
    where = [f"line {problem.line}"] if problem.line else []
    where += [_cut(each) for each in (problem.event, problem.field) if each]
    value = f" {_cut(problem.value)!r}" if problem.value else ""
    return f"{', '.join(where)}{':' if where else ''}{value} {problem.why}".strip()


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"


def _size(size: int) -> str:
    return (
        f"{size:,} bytes" if size < 10_000 else f"{size / 1000:,.0f} kB" if size < 10**6 else f"{size / 10**6:,.1f} MB"
    )
