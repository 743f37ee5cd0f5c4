"""The atlas's ranges of strength and casualties, as figures of a battle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from conflictdb.domain.coded import CodedFigure, CodedWarning
from conflictdb.domain.vocabulary import ClaimKind, Metric, Qualifier
from conflictdb.importers.tabular.cells import CellError, whole
from conflictdb.importers.war_atlas.folder import Row
from conflictdb.importers.war_atlas.sides import Sides

_LONGEST_SIDE = 80
"""Letters of a side's name in a figure's field."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the two tables of figures: its own word, the columns of the bounds, and what they count."""

    table: str
    word: str
    kind: ClaimKind
    metric: Metric

    @property
    def columns(self) -> tuple[str, str]:
        """Return the names of the columns of the lower and the upper bound."""
        return f"{self.word}_low", f"{self.word}_high"


STRENGTH = Measure("battle_forces.csv", "strength", ClaimKind.STRENGTH, Metric.PERSONS)
CASUALTIES = Measure("battle_casualties.csv", "casualties", ClaimKind.CASUALTY, Metric.CASUALTIES)


class Refusal(NamedTuple):
    """A row of figures that cannot be taken."""

    line: int
    field: str
    value: str
    why: str


class FigureReader:
    """Reads the rows of one battle; collects what is wrong or doubtful in them."""

    def __init__(self, sides: Sides, sources: Sequence[str]) -> None:
        self.figures: list[CodedFigure] = []
        self.refusals: list[tuple[str, Refusal]] = []
        self.warnings: list[CodedWarning] = []
        self._sides = sides
        self._sources = frozenset(sources)
        self._fields: dict[str, int] = {}

    def read(self, measure: Measure, rows: Sequence[Row]) -> None:
        """Read the rows of one table: one figure each, unless both of its cells are blank."""
        for row in rows:
            names = measure.columns
            bounds: list[int | None] = []
            for name in names:
                text = row.cells[name]
                try:
                    bounds.append(whole(text) if text else None)
                except CellError as error:
                    self.refusals.append((measure.table, Refusal(row.line, name, text, error.why)))
            if len(bounds) == len(names) and bounds != [None, None]:
                self._add(measure, row, bounds[0], bounds[1])

    def _add(self, measure: Measure, row: Row, low: int | None, high: int | None) -> None:
        side = row.cells["side"]
        if low is not None and high is not None and low > high:
            self._warn(measure.columns[0], str(low), f"it is more than {measure.columns[1]}, {high}; they are swapped")
            low, high = high, low
        index = self._sides.index_of(side) if side else None
        self.figures.append(
            CodedFigure(
                self._field(measure.word, side), "unknown" if index is None else index, measure.metric, low, high, None,
                _qualifier(low, high), group=side if side and index is None else None, note=_note(row),
                kind=measure.kind, source=self._source(measure, row),
            )
        )  # fmt: skip

    def _field(self, word: str, side: str) -> str:
        """Return what tells this figure from the battle's others, the same whatever rows come before it."""
        field = f"{word} {side[:_LONGEST_SIDE]}".strip()
        self._fields[field] = self._fields.get(field, 0) + 1
        return field if self._fields[field] == 1 else f"{field} {self._fields[field]}"

    def _source(self, measure: Measure, row: Row) -> str | None:
        slug = row.cells["source_slug"]
        if slug and slug not in self._sources:
            self._warn("source_slug", slug, f"sources.csv lacks this document, which {measure.table} cites")
            return None
        return source_handle(slug) if slug else None

    def _warn(self, field: str, value: str, why: str) -> None:
        self.warnings.append(CodedWarning(field, value, why))


def source_handle(slug: str) -> str:
    """Return the handle of one of the atlas's documents in a database."""
    return "war-atlas-" + slug.replace("_", "-")


def _note(row: Row) -> str | None:
    confidence = row.cells["confidence"]
    return f"confidence: {confidence}" if confidence else None


def _qualifier(low: int | None, high: int | None) -> Qualifier:
    if high is None:
        return Qualifier.AT_LEAST
    if low is None:
        return Qualifier.AT_MOST
    return Qualifier.EXACT if low == high else Qualifier.RANGE
