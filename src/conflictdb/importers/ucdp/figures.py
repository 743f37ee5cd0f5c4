"""The deaths of a GED row as figures: one for each side that lost anybody, and one for the event in all."""

from __future__ import annotations

from functools import lru_cache

from conflictdb.domain.coded import CodedFigure, CodedWarning
from conflictdb.domain.vocabulary import Metric, Qualifier
from conflictdb.importers.tabular.cells import whole
from conflictdb.importers.ucdp.refusal import read_cell

SIDES = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")

Figures = tuple[tuple[CodedFigure, ...], tuple[CodedWarning, ...]]


@lru_cache(maxsize=16_384)
def read_figures(cells: tuple[str, ...], subject_a: int | str, subject_b: int | str) -> Figures:
    """Return the figures of a row, and what is odd about them.

    `cells` are deaths_a, deaths_b, deaths_civilians, deaths_unknown, low, best and high: counts of the dead. The four
    split `best` alone, so each is a point; low and high are of the event in all (GED codebook, on its
    estimates of fatalities). A side of 0 makes no figure: the total says all that it would.
    Raises FaultError.
    """
    counts = [_count(field, text) for field, text in zip((*SIDES, "low", "best", "high"), cells, strict=True)]
    figures = [
        CodedFigure(field, subject, Metric.KILLED.value, count, count, count, Qualifier.EXACT.value)
        for field, subject, count in zip(SIDES, (subject_a, subject_b, "civilians", "unknown"), counts[:4], strict=True)
        if count
    ]
    warnings: list[CodedWarning] = []
    low, best, high = counts[4:]
    if total := _read_total(low, best, high, warnings):
        figures.append(total)
    split = [count for count in counts[:4] if count is not None]
    if len(split) == 4 and best is not None and sum(split) != best:
        warnings.append(CodedWarning("best", cells[5], f"best {best} is not the sum of the four sides, {sum(split)}"))
    return tuple(figures), tuple(warnings)


def _count(field: str, text: str) -> int | None:
    """Return a number of dead, None for a blank cell, which says nothing."""
    return read_cell(whole, field, text) if text and not text.isspace() else None


def _read_total(low: int | None, best: int | None, high: int | None, odd: list[CodedWarning]) -> CodedFigure | None:
    """Return the figure of the event in all; `odd` gets what is odd about its bounds."""
    wording = None
    if low is not None and high is not None and low > high:
        odd.append(
            CodedWarning("low", str(low), f"low {low} lies above high {high}: the two are read the other way round")
        )
        wording = f"low {low}, best {'unknown' if best is None else best}, high {high}"
        low, high = high, low
    if best is not None and high is not None and best > high:
        odd.append(CodedWarning("best", str(best), f"best {best} lies above high {high}"))
    if best is not None and low is not None and best < low:
        odd.append(CodedWarning("best", str(best), f"best {best} lies below low {low}"))
    if low is best is high is None:
        return None
    return CodedFigure("best", "total", Metric.KILLED.value, low, high, best, _qualify(low, high), None, wording)


def _qualify(low: int | None, high: int | None) -> str:
    if low is None:
        return Qualifier.VAGUE.value if high is None else Qualifier.AT_MOST.value
    if high is None:
        return Qualifier.AT_LEAST.value
    return Qualifier.EXACT.value if low == high else Qualifier.RANGE.value
