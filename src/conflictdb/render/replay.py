"""The replay of an event as people read it: on each day who said what, and how the figures moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from conflictdb.domain.lens import Lens
from conflictdb.domain.rows import ClaimRow, EstimateRow
from conflictdb.domain.rows.replay import MOVE_FIELDS, Move, ReplayRow
from conflictdb.domain.vocabulary import Metric
from conflictdb.render.casualties import nothing_to_estimate
from conflictdb.render.explain import listed, measure_heading
from conflictdb.render.ledger import hanging
from conflictdb.render.lines import Line, Style, line
from conflictdb.render.links import forward_words
from conflictdb.render.listing import Listing
from conflictdb.render.markdown import markdown_text
from conflictdb.render.policies import rule_words
from conflictdb.render.text import JOIN, cell_width, pad, visible, wrap
from conflictdb.render.words import (
    date_words,
    estimate_words,
    figure_words,
    measure_words,
    number_words,
    subject_words,
)

COMMAND = "replay"
MOST_SAID = 20
"""How many statements of one day are named; the figures are those of all."""

MOST_NAMED = 6
_WIDEST = 100
_WIDEST_LABEL = 40
_LEAST_BESIDE = 70  # columns
_INDENT = "  "


def replay_listing(rows: Sequence[ReplayRow], name: str, lens: Lens) -> Listing[ReplayRow]:
    """Return a replay ready to be emitted: a screen, a page, a step a row in JSON, and a move a row in CSV.

    `lens` has the day up to which it was asked for, if it was.
    """
    return Listing(
        COMMAND, name, lens.chosen.label, lens.basis, rows, (), as_of=lens.as_of,
        undated=lens.undated,
        screen=lambda width: _screen(rows, lens, min(width, _WIDEST)), page=lambda: _page(rows, lens),
        records=tuple(move for row in rows for move in row.moves), fields=MOVE_FIELDS,
    )  # fmt: skip


def _screen(rows: Sequence[ReplayRow], lens: Lens, width: int) -> Iterator[Line]:
    by_key, nothing = _claims(rows), _nothing(rows, lens)
    yield from (line(text) for text in wrap(visible(f"{rows[0].event_name} ({rows[0].event})"), width))
    labels = [visible(_label(move.estimate)) for row in rows for move in row.moves]
    column = min(max(map(cell_width, labels), default=0), _WIDEST_LABEL)
    for row in rows:
        yield ()
        yield from (line(text, "bold") for text in wrap(_heading(row, lens), width))
        for text in _said(row, by_key, nothing):
            yield from hanging("", visible(text), width - len(_INDENT), before=_INDENT)
        for move in row.moves:
            yield from _move_lines(move, column, width)
    yield ()
    yield from (line(text, "dim") for text in wrap(visible(_foot(rows, lens)), width))


def _move_lines(move: Move, column: int, width: int) -> Iterator[Line]:
    """Yield a move beside what it is of, or below it where the screen is narrow."""
    label, style = visible(_label(move.estimate)), _style(move)
    if width < _LEAST_BESIDE or cell_width(label) > column:
        yield from hanging("", label, width - len(_INDENT), style, _INDENT)
        label, column = "", len(_INDENT)
    yield from hanging(_INDENT + pad(label, column) + _INDENT, visible(_moved(move)), width, style)


def _style(move: Move) -> Style:
    return "bold" if move.moved else ""


def _page(rows: Sequence[ReplayRow], lens: Lens) -> str:
    by_key, nothing = _claims(rows), _nothing(rows, lens)
    parts = [f"## {_markdown(f'{rows[0].event_name} ({rows[0].event})')}\n"]
    for row in rows:
        moves = (f"{_label(move.estimate)}: {_moved(move)}" for move in row.moves)
        items = "".join(f"- {_markdown(item)}\n" for item in (*_said(row, by_key, nothing), *moves))
        parts.append(f"### {_markdown(_heading(row, lens))}\n\n{items}")
    return "\n".join([*parts, f"{_markdown(_foot(rows, lens))}\n"])


def _markdown(text: str) -> str:
    return markdown_text(text.replace(JOIN, " "))


def _claims(rows: Iterable[ReplayRow]) -> dict[str, ClaimRow]:
    return {claim.key: claim for row in rows for claim in (*row.stated, *row.withdrawn)}


def _heading(row: ReplayRow, lens: Lens) -> str:
    if row.step == "day":
        return date_words(row.day)
    if row.step == "before" and not row.day:
        return f"Up to {date_words(lens.as_of)}" if lens.as_of else "With a date"
    if row.step == "before":
        return f"Before {date_words(row.day)}"
    return "Without a date, and so not counted above"


def _nothing(rows: Sequence[ReplayRow], lens: Lens) -> str:
    """Return what is said where nothing had been stated before the first day."""
    if len(rows) == 1:
        return nothing_to_estimate(lens)
    return "Nobody had stated anything." if rows[0].day else "Nobody had stated anything with a date."


def _said(row: ReplayRow, by_key: dict[str, ClaimRow], nothing: str) -> Iterator[str]:
    """Yield what was said and withdrawn, a sentence each."""
    if row.step == "before" and not row.stated:
        yield nothing
    told = [(claim, "says") for claim in row.stated] + [(claim, "withdraws") for claim in row.withdrawn]
    for claim, verb in told[:MOST_SAID]:
        yield f"{_sentence(claim, verb, by_key)}."
    if len(told) > MOST_SAID:
        yield f"And {len(told) - MOST_SAID:,} more."


def _sentence(claim: ClaimRow, verb: str, by_key: dict[str, ClaimRow]) -> str:
    what = figure_words(claim) if claim.metric == Metric.MATERIEL else f"{number_words(claim)} {measure_words(claim)}"
    said = f"{claim.claimant} {verb} {what.replace(' ', JOIN)} ({subject_words(claim)})"
    if verb == "withdraws":
        return said
    links = (words.replace(" ", JOIN) for words in forward_words(claim, by_key))
    return ", ".join([said, *([claim.status] if claim.status else []), *links])


def _label(estimate: EstimateRow) -> str:
    return f"Both sides together, {measure_words(estimate)}" if estimate.composite else measure_heading(estimate)


def _moved(move: Move) -> str:
    """Return "23 → 26, moved by Government of Mali", or "26, unchanged"."""
    nothing = "no sum" if move.estimate.composite else "no claim"
    before, after = (nothing if each is None else estimate_words(each) for each in (move.before, move.after))
    if not move.moved:
        return f"{after}, unchanged"
    by = f", moved by {listed(move.by, MOST_NAMED)}" if move.by else ""
    return f"{before} → {after}".replace(" ", JOIN) + by


def _foot(rows: Sequence[ReplayRow], lens: Lens) -> str:
    said = [rule_words(replace(lens, knowledge=None))]
    if lens.as_of:
        said.append(f"Up to {date_words(lens.as_of)}.")
    if rows[0].stated:
        said.append("What has no date counts from the beginning.")
    elif rows[-1].step == "undated":
        said.append("What has no date counts from the beginning with --undated.")
    return " ".join(said)
