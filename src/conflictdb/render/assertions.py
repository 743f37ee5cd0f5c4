"""The listing of what a team expects of its data, and in words where that differs from what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conflictdb.domain.rows import ClaimRow
from conflictdb.domain.rows.assertion import ASSERTION_FIELDS, AssertionRow
from conflictdb.render.listing import Column, Listing
from conflictdb.render.words import date_words, number_words, stake_words

MOST_CLAIMS = 12
"""Claims that are told one by one of an expectation that does not hold."""

COLUMNS = (
    Column[AssertionRow]("line", lambda row: str(row.line), "right", keep=True, spare=1),
    Column[AssertionRow]("what", lambda row: row.what, least=30),
    Column[AssertionRow]("expected", lambda row: expected_words(row), "right", keep=True),
    Column[AssertionRow]("found", lambda row: found_words(row), "right", keep=True),
    Column[AssertionRow]("ok", lambda row: "yes" if row.holds else "NO", keep=True),
)


def assertions_listing(rows: Iterable[AssertionRow], file: str) -> Listing[AssertionRow]:
    """List expectations, in the order of the file."""
    return Listing(
        "assert", file, None, None, rows, COLUMNS, fields=ASSERTION_FIELDS, strong=lambda row: not row.holds
    )  # fmt: skip


def expected_words(row: AssertionRow) -> str:
    """Return what is expected: "26", ">= 20", "none"."""
    value = _value_words(row.expected)
    return value if row.op == "==" else f"{row.op} {value}"


def found_words(row: AssertionRow) -> str:
    """Return what was found; what does not exist has no value."""
    return "not there" if row.found is None else _value_words(row.found)


def difference_lines(row: AssertionRow, file: str) -> Iterator[str]:
    """Yield why an expectation does not hold: expected, found, the claims behind it, and where to read on."""
    yield f"{file}, line {row.line}: {row.what}"
    yield f"- expected {expected_words(row)}"
    yield f"+ found    {found_words(row)}" + (f" ({row.why})" if row.why else "")
    if row.policy is not None:
        as_of = f", as of {row.as_of}" + (" and undated" if row.undated else "") if row.as_of else ""
        yield f"  by {row.label} (version {row.version}), basis {row.basis}{as_of}"
    for claim in row.claims[:MOST_CLAIMS]:
        yield f"  {_claim_words(claim)}"
    if len(row.claims) > MOST_CLAIMS:
        yield f"  and {len(row.claims) - MOST_CLAIMS:,} more claims"
    if row.see:
        yield f"  see: {row.see}"


def summary(rows: Iterable[AssertionRow]) -> str:
    """Return how many hold: "3 of 4 hold"."""
    held = [row.holds for row in rows]
    return f"{sum(held):,} of {len(held):,} {'holds' if len(held) == 1 else 'hold'}"


def _claim_words(claim: ClaimRow) -> str:
    stated = date_words(claim.stated_on)
    return f"{number_words(claim)}: {claim.claimant}, {stake_words(claim)}, {stated}, {claim.source} ({claim.key})"


def _value_words(value: int | str) -> str:
    return f"{value:,}" if isinstance(value, int) else value
