"""Claimants by what their claims say of them: a block of lines each, a row each, or a row a stake for CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conflictdb.domain.lens import Lens
from conflictdb.domain.rows.claimants import (
    CLAIMANT_FIELDS,
    ClaimantRow,
    ClaimantStakeRow,
    NamedCount,
    StakeRow,
)
from conflictdb.domain.track_record import LeftOut
from conflictdb.domain.vocabulary import ActorKind, Basis, Stake
from conflictdb.render.casualties import nothing_to_estimate
from conflictdb.render.ledger import hanging
from conflictdb.render.lines import Line, line
from conflictdb.render.listing import Column, Listing
from conflictdb.render.table import foot_texts
from conflictdb.render.text import pad, visible, wrap

ONE = "one figure is no pattern"
_LABEL = 16
_MOST_NAMES = 3
_ABOUT = (
    "Ratio: a claimant's number over the best that the policy makes of the others' claims about the same; above 1 it"
    " states more than they do. The median of n figures comes first, then the least and the greatest."
)
_STAKES = {Stake.RECORDER.value: "estimates", Stake.UNKNOWN.value: "unknown stake"}
_LEFT_OUT = {
    LeftOut.BOUND: "with no single number",
    LeftOut.ZERO: "of 0",
    LeftOut.ALONE: "that nobody else states",
    LeftOut.NO_BEST: "for which the others' claims have no best",
    LeftOut.OTHERS_ZERO: "for which the others' best is 0",
    LeftOut.TOO_MANY: "among too many claims to compare",
}
_NO_STAKE = StakeRow("", 0, (), 0, 0, None, None, None, None, None, {})
"""Of who only repeats others."""
_PARTISAN = (Stake.OWN_SIDE, Stake.ADVERSARY, Stake.THIRD_PARTY)

COLUMNS = (
    Column[ClaimantRow]("claimant", lambda row: row.claimant, least=14),
    Column[ClaimantRow]("kind", lambda row: row.claimant_kind.replace("_", " "), keep=True),
    Column[ClaimantRow]("figures", lambda row: f"{row.figures:,}", "right", keep=True),
    Column[ClaimantRow]("events", lambda row: f"{row.events:,}", "right", keep=True),
    Column[ClaimantRow]("own side", lambda row: _cell(row, Stake.OWN_SIDE), keep=True),
    Column[ClaimantRow]("adversary", lambda row: _cell(row, Stake.ADVERSARY), keep=True),
    Column[ClaimantRow]("third party", lambda row: _cell(row, Stake.THIRD_PARTY), keep=True),
    Column[ClaimantRow]("other stakes", lambda row: _other_cells(row), keep=True, spare=2),
    Column[ClaimantRow]("revised", lambda row: revision_words(row), keep=True),
    Column[ClaimantRow]("corroborated", lambda row: corroboration_words(row), keep=True, spare=1),
)


def claimants_listing(
    rows: Sequence[ClaimantRow], query: str, lens: Lens, recorders: Sequence[ClaimantRow] = (), *, blocks: bool = False
) -> Listing[ClaimantRow]:
    """List claimants; with `blocks` as lines, where a table is asked for.

    `recorders`: who states estimates about the same, where there is no claim at all.
    """
    lone = _lone_words(rows)
    listing = Listing(
        "claimants", query, lens.chosen.label, lens.basis, rows, COLUMNS, empty=_nothing_words(lens, recorders),
        warnings=(lone,) if lone else (), footer=" ".join(filter(None, (lone, _ABOUT if rows else ""))),
        fields=CLAIMANT_FIELDS, as_of=lens.as_of, undated=lens.undated,
        records=tuple(ClaimantStakeRow(row, stake) for row in rows for stake in row.stakes or (_NO_STAKE,)),
    )  # fmt: skip
    return _with_blocks(listing, rows) if blocks and rows else listing


def ratio_words(stake: StakeRow) -> str:
    """Return "ratio 1.07, 0.90 to 1.24 (n = 2, few)", or "no ratio"; small n is said."""
    if stake.median is None or stake.least is None or stake.greatest is None:
        return "no ratio"
    if stake.n == 1:
        return f"ratio {_number(stake.median)} (n = 1: {ONE})"
    ends = f"{_number(stake.least)} to {_number(stake.greatest)}"
    if stake.lower_quartile is None or stake.upper_quartile is None:
        return f"ratio {_number(stake.median)}, {ends} (n = {stake.n:,}, few)"
    half = f"half of them {_number(stake.lower_quartile)} to {_number(stake.upper_quartile)}"
    return f"ratio {_number(stake.median)}, {half}, all {ends} (n = {stake.n:,})"


def left_out_words(stake: StakeRow) -> str:
    """Return "left out: 1 of 0, 3 that nobody else states", or nothing."""
    reasons = [f"{count:,} {_LEFT_OUT[LeftOut(reason)]}" for reason, count in stake.left_out.items()]
    return f"{'left out: ' if stake.n and reasons else ''}{', '.join(reasons)}"


def revision_words(row: ClaimantRow) -> str:
    """Return "1 time: up 1; after 3 days (n = 1)", or "never"."""
    if not row.revised:
        return "never"
    ways = {
        "up": row.revised_up, "down": row.revised_down, "to the same": row.revised_same, "unclear": row.revised_unclear,
    }  # fmt: skip
    said = ", ".join(f"{way} {count:,}" for way, count in ways.items() if count)
    middle = "" if row.revised_dated == 1 else "a median of "
    days = f"; after {middle}{_days(row.revised_days)} (n = {row.revised_dated:,})" if row.revised_dated else ""
    return f"{_times(row.revised)}: {said}{days}"


def corroboration_words(row: ClaimantRow) -> str:
    """Return "1 figure, by MINUSMA", or "never"."""
    if not row.corroborated:
        return "never"
    return f"{_figures(row.corroborated)}, by {_names(row.corroborated_by, len(row.corroborated_by))}"


def _with_blocks(listing: Listing[ClaimantRow], rows: Sequence[ClaimantRow]) -> Listing[ClaimantRow]:
    from dataclasses import replace

    def screen(width: int) -> Iterator[Line]:
        for at, row in enumerate(rows):
            yield from [()] if at else []
            yield from _block(row, width)
        yield from (line(text, "dim") for text in foot_texts(listing, width))

    return replace(listing, screen=screen)


def _block(row: ClaimantRow, width: int) -> Iterator[Line]:
    where = f"in {row.only_event}" if row.only_event else f"in {row.events:,} events"
    kind = row.claimant_kind.replace("_", " ")
    yield from (
        line(text, "bold") for text in wrap(visible(f"{row.claimant} ({kind}): {_figures(row.figures)} {where}"), width)
    )
    for stake in row.stakes:
        yield from _entry(_STAKES.get(stake.stake, stake.stake.replace("_", " ")), _stake_words(stake), width)
    if row.copies:
        yield from _entry("copies", f"{_figures(row.copies)} that only repeat another claim", width)
    if row.revised or row.corroborated:
        yield from _entry("revised", revision_words(row), width)
        yield from _entry("corroborated", corroboration_words(row), width)
    else:
        yield from _entry("revised", "never, and never corroborated", width)


def _entry(label: str, text: str, width: int) -> Iterator[Line]:
    return hanging(pad(f"  {label}", _LABEL), visible(text), width)


def _stake_words(stake: StakeRow) -> str:
    said = f"{_figures(stake.figures)}, of {_names(stake.whose, stake.subjects)}; {ratio_words(stake)}"
    left_out = left_out_words(stake)
    return f"{said}{'; ' if stake.n else ': '}{left_out}" if left_out else said


def _cell(row: ClaimantRow, stake: str) -> str:
    found = next((each for each in row.stakes if each.stake == stake), None)
    return f"{found.figures:,}; {ratio_words(found)}" if found else ""


def _other_cells(row: ClaimantRow) -> str:
    others = (each for each in row.stakes if each.stake not in _PARTISAN)
    return ", ".join(f"{_STAKES.get(each.stake, each.stake)} {_cell(row, each.stake)}" for each in others)


def _names(counts: Sequence[NamedCount], number: int) -> str:
    """Return the first names, each with its count where there are several."""
    if number == 1:
        return counts[0].name
    shown = [f"{each.name} {each.figures:,}" for each in counts[:_MOST_NAMES]]
    more = number - len(shown)
    return ", ".join([*shown, *([f"{more:,} more"] if more else [])])


def _figures(number: int) -> str:
    return f"{number:,} figure" + ("" if number == 1 else "s")


def _times(number: int) -> str:
    return f"{number:,} time" + ("" if number == 1 else "s")


def _days(days: float | None) -> str:
    return f"{days:,g} day" + ("" if days == 1 else "s")


def _number(ratio: float) -> str:
    """Return a ratio with two decimals, or two digits where these would say nothing."""
    return f"{ratio:,.2f}" if ratio >= 0.1 else f"{ratio:.2g}"


def _lone_words(rows: Sequence[ClaimantRow]) -> str:
    """Return what is said where one recorder is all there is."""
    if len(rows) != 1 or rows[0].claimant_kind != ActorKind.RECORDER:
        return ""
    return f"Only {rows[0].claimant} speaks here: one recorder leaves nothing to compare."


def _nothing_words(lens: Lens, recorders: Sequence[ClaimantRow]) -> str:
    if lens.basis is not Basis.CLAIMS or not recorders:
        return nothing_to_estimate(lens)
    figures = sum(each.figures for each in recorders)
    if len(recorders) == 1:
        return (
            f"no casualty claims found, only {_figures(figures)} of {recorders[0].claimant}:"
            " one recorder leaves nothing to compare"
        )
    return f"no casualty claims found, only {_figures(figures)} of {len(recorders):,} recorders: --basis estimates"
