"""Policies side by side: a table for each measure that they differ on, and a line for each that they agree on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from conflictdb.domain.lens import Lens
from conflictdb.domain.rows import EstimateRow
from conflictdb.domain.rows.comparison import COMPARISON_FIELDS, ComparisonRow
from conflictdb.domain.vocabulary import Basis
from conflictdb.render.casualties import nothing_to_estimate
from conflictdb.render.explain import measure_heading
from conflictdb.render.ledger import hanging
from conflictdb.render.lines import Line, line
from conflictdb.render.listing import Column, Listing
from conflictdb.render.text import cell_width, pad, visible, wrap
from conflictdb.render.words import date_words, estimate_words

COMMAND = "compare"
NO_FIGURE = "-"
_HEADER = ("policy", "low", "best", "high", "why")
_WIDEST = 120
_LEAST_WHY = 24
_INDENT, _GAP = "  ", "  "


def comparison_listing(
    rows: Sequence[ComparisonRow], name: str, lens: Lens, left_out: Sequence[str] = ()
) -> Listing[ComparisonRow]:
    """List what each policy makes of each measure; `left_out` are those that had to be told something."""
    columns = tuple(
        Column[ComparisonRow](title, _cell(at), "right" if 0 < at < 4 else "left", keep=at < 4)
        for at, title in enumerate(_HEADER)
    )
    return Listing(
        COMMAND, name, None, lens.basis, rows, columns, group=lambda row: _heading(row.estimate),
        fields=COMPARISON_FIELDS, as_of=lens.as_of,
        undated=lens.undated, empty=nothing_to_estimate(lens), footer=_foot(lens, left_out),
        screen=lambda width: _screen(rows, lens, left_out, min(width, _WIDEST)),
    )  # fmt: skip


def _screen(rows: Sequence[ComparisonRow], lens: Lens, left_out: Sequence[str], width: int) -> Iterator[Line]:
    tables = [[row.estimate for row in group] for _, group in groupby(rows, key=lambda row: _heading(row.estimate))]
    if rows:
        heading = f"{rows[0].event_name} ({rows[0].estimate.event})"
        yield from (line(text) for text in wrap(visible(heading), width))
    else:
        yield from (line(text) for text in wrap(visible(nothing_to_estimate(lens)), width))
    contested = [table for table in tables if _differ(table)]
    widths = _widths([each for table in contested for each in table])
    for table in contested:
        yield from [(), *_table_lines(table, widths, width)]
    agreed = [table for table in tables if not _differ(table)]
    if agreed:
        yield from ((), line("All that name a figure agree on" if contested else "All policies agree", "bold"))
    for table in agreed:
        yield from hanging(_INDENT, visible(_agreed_words(table)), width, before="")
    yield ()
    yield from (line(text, "dim") for text in wrap(visible(_foot(lens, left_out)), width))


def _heading(estimate: EstimateRow) -> str:
    sides = " (the sum of the sides)" if estimate.composite else ""
    return measure_heading(estimate) + sides


def _differ(table: Iterable[EstimateRow]) -> bool:
    """Return whether policies that name figures name different ones, or one finds a tie."""
    named = {estimate_words(each) for each in table if each.highest_stated is not None}
    return len(named) > 1 or any(each.ties for each in table)


def _agreed_words(table: Sequence[EstimateRow]) -> str:
    named = [estimate_words(each) for each in table if each.highest_stated is not None]
    without = {
        "pending": [each.policy for each in table if each.pending],
        "no figure": [each.policy for each in table if not each.pending and each.highest_stated is None],
    }
    said = [f"{word} by {', '.join(names)}" for word, names in without.items() if names]
    if named:
        return "; ".join([f"{_heading(table[0])}: {named[0]}", *said])
    return f"{_heading(table[0])}: no figure by any, {table[0].why}"


def _cells(estimate: EstimateRow) -> tuple[str, ...]:
    """Return a row of the table: the policy, its low, best and high, and how it came to them."""
    ends = [_number(estimate.low), _number(estimate.best), _number(estimate.highest_stated)]
    if estimate.open:
        ends[2] = f"{ends[2]} or more"
    why = estimate.note.partition("; ")[2] if estimate.composite else estimate.why  # "sum of A and B; no figure for C"
    why = f"pending: {why}" if estimate.pending else why
    why += "; a recorder's 0, which may mean that nothing is known" if estimate.zero_or_unknown else ""
    return estimate.policy, *ends, why


def _cell(at: int) -> Callable[[ComparisonRow], str]:
    return lambda row: _cells(row.estimate)[at]


def _number(value: int | None) -> str:
    return NO_FIGURE if value is None else f"{value:,}"


def _widths(estimates: Iterable[EstimateRow]) -> list[int]:
    rows = [_HEADER[:4], *(_cells(each)[:4] for each in estimates)]
    return [max(map(cell_width, texts)) for texts in zip(*rows, strict=True)]


def _table_lines(table: Sequence[EstimateRow], widths: Sequence[int], width: int) -> Iterator[Line]:
    yield from (line(text, "bold") for text in wrap(visible(_heading(table[0])), width))
    header = _row(_HEADER[:4], widths)
    room = width - cell_width(header) - len(_GAP)
    yield line(header + (_GAP + _HEADER[4] if room >= _LEAST_WHY else ""), "dim")
    for each in table:
        *cells, why = map(visible, _cells(each))
        head = _row(cells, widths)
        if why and room >= _LEAST_WHY:
            yield from hanging(head + _GAP, why, width)
        else:
            yield line(head)
            yield from hanging(_INDENT * 2, why, width)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    name, *numbers = zip(cells, widths, strict=True)
    return _INDENT + _GAP.join([pad(*name), *(pad(text, wide, "right") for text, wide in numbers)])


def _foot(lens: Lens, left_out: Sequence[str]) -> str:
    said = [f"basis: {lens.basis}"]
    if lens.knowledge is not None:
        said.append(f"as of {date_words(lens.knowledge.text)}" + (", undated too" if lens.knowledge.undated else ""))
    told = f", but {lens.chosen.label}" if lens.chosen.label != lens.chosen.policy.name else ""
    texts = [f"Each policy with its defaults{told}; {', '.join(said)}."]
    if lens.basis is Basis.ESTIMATES:
        texts.append("On this basis no policy chooses: one recorder's numbers stand, several are ranged.")
    if left_out:
        texts.append(f"Left out, since it needs a list (--prefer): {', '.join(left_out)}.")
    return " ".join([*texts, "The rules: conflictdb policies."])
