"""Listings of sums, with what is to be said beside them by whoever quotes one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from conflictdb.domain.edtf import speak_short
from conflictdb.domain.lens import Lens
from conflictdb.domain.rows.total import NAMED, SUBJECTS, TOTAL_ONLY, TotalRow
from conflictdb.domain.vocabulary import Basis
from conflictdb.render.casualties import COMMAND, nothing_to_estimate
from conflictdb.render.listing import Column, Listing, field_names

PERIODS = ("month", "year")
_PERIOD = re.compile(r"-?[0-9]{4,}(-[0-9]{2})?")

_WHAT = Column[TotalRow]("what", lambda row: row.metric, keep=True)
_FIGURES = (
    Column[TotalRow]("sum", lambda row: sum_words(row), keep=True),
    Column[TotalRow]("best", lambda row: best_words(row), keep=True, spare=1),
    Column[TotalRow]("events", lambda row: f"{row.with_figure:,}", "right", keep=True),
    Column[TotalRow]("no figure", lambda row: f"{row.without_figure:,}", "right", keep=True),
    Column[TotalRow]("note", lambda row: "; ".join(notes(row)), spare=2, least=24),
)


def totals_listing(rows: Iterable[TotalRow], query: str, lens: Lens) -> Listing[TotalRow]:
    """List sums, named by their policy, basis and day."""
    found = tuple(rows)
    by = found[0].by if found else None
    group = (Column[TotalRow](by, lambda row: group_words(row), least=20),) if by else ()
    return Listing(
        COMMAND, query, lens.chosen.label, lens.basis, found, (*group, _WHAT, *_FIGURES), fields=field_names(TotalRow),
        empty=nothing_to_estimate(lens), footer=" ".join(_said(found, lens)), as_of=lens.as_of,
        undated=lens.undated,
    )  # fmt: skip


def sum_words(row: TotalRow) -> str:
    """Return a sum: "21 to 30", "26", "at least 24, up to 33 stated", "no figure"."""
    low, highest = row.low, row.highest_stated
    if highest is None:
        return "no figure"
    if highest == 0 and not row.open and row.zero_or_unknown:
        return "0, or unknown"
    if row.open:
        least = f"at least {low:,}" if low is not None else "no low stated"
        return least if low is not None and highest <= low else f"{least}, up to {highest:,} stated"
    if low is None:
        return f"up to {highest:,}"
    return f"{low:,}" if low == highest else f"{low:,} to {highest:,}"


def best_words(row: TotalRow) -> str:
    """Return the best figure, or how many lack one where not all do."""
    if row.best is not None:
        return f"{row.best:,}"
    return f"none: {row.lacking_best:,} lack one" if 0 < row.lacking_best < row.with_figure else ""


def group_words(row: TotalRow) -> str:
    """Return what the sum is of: a country, "Mar 2019", "490 BC", "state based"."""
    group = row.group or ""
    if row.by in PERIODS and _PERIOD.fullmatch(group):
        return speak_short(group)
    return group.replace("_", " ") if row.by == "type" else group


def notes(row: TotalRow) -> Iterator[str]:
    """Yield what a sum rests on and leaves out, as far as there is something to say."""
    if row.lacking_low:
        yield f"{row.lacking_low:,} without a low"
    if row.zero_or_unknown:
        yield f"{row.zero_or_unknown:,} of 0 that may mean unknown"
    if row.counted_once:
        yield f"{row.counted_once:,} left out as the same as another"
    if row.without:
        yield f"no figure for {_names(row)}"


def _names(row: TotalRow) -> str:
    """Return the events without a figure, as far as they are named; of subjects, one may stand for several of them."""
    more = row.without_figure - len(row.without)
    if row.by in SUBJECTS:
        return ", ".join(row.without) + (" and others" if more > 0 and len(row.without) == NAMED else "")
    return ", ".join(row.without) + (f" and {more:,} more" if more > 0 else "")


def _said(rows: Sequence[TotalRow], lens: Lens) -> Iterator[str]:
    """Yield the sums in words, what they leave out, and how they come about."""
    if not rows:
        return
    by = rows[0].by
    if by is None:
        yield from map(_sentence, rows)
    if by in SUBJECTS:
        yield (
            f"By {by}, what is estimated of each is added, not the totals of events: an event counts for each that took"
            " part, and the sums need not come to the totals."
        )
    if any(row.group == TOTAL_ONLY for row in rows):
        yield f'"{TOTAL_ONLY}" is of events that are not estimated any further.'
    yield 'Lows and highs are added apart. A sum is "at least" where a part is open above.'
    yield "An event without a figure is in no sum."
    if any(row.counted_once for row in rows):
        yield "Events judged to be the same count once."
    policy = lens.chosen.policy
    if lens.basis is Basis.ESTIMATES:
        yield "Of an event, a recorder's only estimate stands as it is, and several are ranged: no policy chooses."
    else:
        yield f"Of an event, by {lens.chosen.label} (version {policy.version}): {policy.rule}"


def _sentence(row: TotalRow) -> str:
    if not row.with_figure:
        return f"{row.metric.capitalize()}: no figure in {_events(row.events)}: {_names(row)}."
    best = f", best {row.best:,}" if row.best is not None else ""
    said = f"{row.metric.capitalize()}: {sum_words(row)}{best}, in {_events(row.with_figure)}."
    if row.without_figure:
        said += f" No figure: {_names(row)}."
    return said


def _events(count: int) -> str:
    return f"{count:,} {'event' if count == 1 else 'events'}"
