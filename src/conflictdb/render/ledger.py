"""The layout of losses as lines: a line a claim, the figures whole at any width, with who says so and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from conflictdb.domain.rows import ClaimRow, EstimateRow
from conflictdb.domain.vocabulary import Basis, Metric
from conflictdb.render.lines import Line, Segment, Style, line, line_width
from conflictdb.render.links import forward_words, standing_words
from conflictdb.render.losses import Block, Measure, is_estimate
from conflictdb.render.text import JOIN, cell_width, cut, pad, visible, wrap
from conflictdb.render.words import date_words, estimate_words, fate_words, measure_words, number_words, stake_words

WIDE = 100
WIDEST = 120
_NARROW_CELL, _WIDE_CELL = 10, 18  # the most that labels take, and figures before they run over
_WIDEST_HEADING = 110  # further to the right a range would be too far from what it is of
_LEAST_CLAIMANT = 14
_SHORTEST_CLAIMANT = 6
_LEAST_REMARKS, _WIDE_REMARKS = 23, 36
_INDENT, _GAP, _MARK = "  ", "  ", "- "


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim as the words of its line. `label` is empty where the line above has the same."""

    label: str
    figure: str
    claimant: str
    stake: str
    date: str
    remarks: tuple[str, ...]
    source: str
    stands: bool
    strong: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """The widths of an event's columns. `stake` is 0 where the stakes stand among the remarks.

    `beside`: remarks too long for the line are wrapped beside it, not below it.
    """

    width: int
    label: int
    figure: int
    claimant: int
    stake: int
    date: int
    source: int
    beside: bool


def entries_of(measure: Measure, by_key: Mapping[str, ClaimRow], numbers: Mapping[str, int]) -> list[Entry]:
    """Return the lines of one measure; `numbers` are those of the event's sources."""
    return [_entry(claim, measure.label if not at else "", by_key, numbers) for at, claim in enumerate(measure.claims)]


def source_words(claim_source: str, numbers: Mapping[str, int]) -> str:
    """Return the number of a source in brackets, or its slug where it has none."""
    return f"[{numbers.get(claim_source) or visible(claim_source)}]"


def range_words(estimate: EstimateRow) -> str:
    """Return what a policy makes of a measure: "killed: 21 to 30 or more (range)"."""
    basis = "" if estimate.basis == Basis.CLAIMS else f", basis {estimate.basis}"
    return visible(f"{measure_words(estimate)}: {estimate_words(estimate)} ({estimate.label}{basis})")


def lay_grid(entries: Sequence[Entry], width: int) -> Grid:
    """Return the columns for all entries of an event, so that those of all its blocks stand in line.

    A long figure is written whole across the column of the claimants, which is cut in that line.
    """
    label, figure, claimant, stake, date, source = (
        max((cell_width(getattr(entry, name)) for entry in entries), default=0)
        for name in ("label", "figure", "claimant", "stake", "date", "source")
    )
    room = width - len(_INDENT + _MARK + _GAP * 3) - date - source
    remarks, most = (_LEAST_REMARKS, _NARROW_CELL) if width < WIDEST else (_WIDE_REMARKS, _WIDE_CELL)
    for with_stake, beside in ((True, width >= WIDE), (True, False), (False, False)):
        taken = with_stake * (stake + len(_GAP)) + beside * (remarks + len(_GAP))
        for cell, needed in ((_WIDE_CELL, claimant), (most, min(claimant, _LEAST_CLAIMANT))):
            left = room - taken - min(label, cell) - min(figure, cell)
            grid = Grid(
                width, min(label, cell), min(figure, cell), max(min(claimant, left), _SHORTEST_CLAIMANT),
                with_stake * stake, date, source, beside,
            )  # fmt: skip
            if left >= needed:
                return grid
    return grid


def block_lines(block: Block, entries: Sequence[Sequence[Entry]], grid: Grid, nothing: str) -> Iterator[Line]:
    """Yield a block: its heading with the range of its first measure, the claims or `nothing`, the other ranges."""
    ranges = [measure.estimate for measure in block.measures if measure.estimate is not None]
    yield from _heading(block, ranges, grid.width)
    if not block.measures:
        yield line(f"{_INDENT}{nothing}", "dim")
    label = ""
    for measure, claims in zip(block.measures, entries, strict=True):
        for entry in claims:
            yield from _entry_lines(entry, grid, "" if entry.label == label else entry.label)
            label = entry.label or label
        if measure.lacks_opponent:
            yield line(" " * (len(_INDENT + _MARK) + grid.label) + "no opponent's claim", "dim")
    if others := ranges[1:]:
        said = " · ".join(
            visible(f"{measure_words(each)} {estimate_words(each)}").replace(" ", JOIN) for each in others
        )
        yield from hanging(f"{visible(others[0].label)}: ", said, grid.width - len(_INDENT), "dim", _INDENT)


def hanging(label: str, text: str, width: int, style: Style = "", before: str = "") -> Iterator[Line]:
    """Yield a label with a text beside it that is wrapped within its own column."""
    indent = cell_width(label)
    for at, piece in enumerate(wrap(text, max(width - indent, 20))):
        yield line(before + (label if at == 0 else " " * indent) + piece, style)


def _entry(claim: ClaimRow, label: str, by_key: Mapping[str, ClaimRow], numbers: Mapping[str, int]) -> Entry:
    verb = f" {fate_words(claim)}" if claim.metric == Metric.MATERIEL and claim.fate else ""
    stands = claim.standing == "standing"
    return Entry(
        label=visible(label),
        figure=visible(number_words(claim) + verb),
        claimant=visible(claim.claimant),
        stake=stake_words(claim),
        date=visible(date_words(claim.stated_on)),
        remarks=tuple(map(visible, [*standing_words(claim), *forward_words(claim, by_key)])),
        source=source_words(claim.source, numbers),
        stands=stands,
        strong=stands and not is_estimate(claim),
    )


def _heading(block: Block, ranges: Sequence[EstimateRow], width: int) -> Iterator[Line]:
    name = [Segment(block.heading, "bold"), Segment(_GAP + visible(block.subject) if block.subject else "")]
    if ranges:
        said = range_words(ranges[0])
    elif block.claims and all(map(is_estimate, block.claims)):
        said = "no claims; see --basis estimates"
    else:
        said = ""
    room = min(width, _WIDEST_HEADING) - len(block.heading) - cell_width(said) - len(_GAP)
    if cell_width(name[1].text) <= room:
        yield [*name, Segment(" " * (room - cell_width(name[1].text) + len(_GAP))), Segment(said)]
        return
    yield [name[0], Segment(cut(name[1].text, width - len(block.heading)))]
    if said:
        yield line(_INDENT + said)


def _entry_lines(entry: Entry, grid: Grid, label: str) -> Iterator[Line]:
    """Yield the line of a claim, and its remarks beside it or, where there is no room for them, below it."""
    start = _claim_line(entry, grid, label)
    column = line_width(start) + len(_GAP)
    remarks = ", ".join(each.replace(" ", JOIN) for each in (*([] if grid.stake else [entry.stake]), *entry.remarks))
    beside = cell_width(remarks) <= grid.width - column or grid.beside
    column = column if beside else len(_INDENT + _MARK + _GAP) + grid.label + grid.figure
    pieces = wrap(remarks, max(grid.width - column, _LEAST_REMARKS))
    lines = [[*start, Segment(_GAP + pieces.pop(0))]] if beside and pieces else [start]
    lines += [[Segment(" " * column + piece)] for piece in pieces]
    yield from lines if entry.stands else ([Segment(text, "dim") for text, _ in each] for each in lines)


def _claim_line(entry: Entry, grid: Grid, label: str) -> list[Segment]:
    claimant = max(grid.claimant - max(cell_width(entry.figure) - grid.figure, 0), _SHORTEST_CLAIMANT)
    cells = [pad(cut(entry.claimant, claimant), claimant)]
    cells += [pad(entry.stake, grid.stake)] if grid.stake else []
    cells += [pad(entry.date, grid.date)]
    return [
        Segment(_INDENT + pad(cut(label, grid.label), grid.label)),
        Segment(_GAP if entry.stands else _MARK),
        Segment(pad(entry.figure, grid.figure), "bold" if entry.strong else ""),
        Segment(_GAP + _GAP.join(cells) + _GAP),
        Segment(pad(entry.source, grid.source), "dim"),
    ]
