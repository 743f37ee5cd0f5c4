"""Numbers that count nothing here: years, days, measures, sums of money, and parts of names."""

from __future__ import annotations

from collections.abc import Sequence

from conflictdb.importers.infobox.groups import COUNTED, Member, chunk_at
from conflictdb.importers.infobox.tokens import Chunk, Kind
from conflictdb.importers.infobox.words import Role


def read_date(members: Sequence[Member], at: int, bracketed: bool) -> Chunk | None:
    """Return a number as a word where it is a year, a day, a measure, or part of a name."""
    chunk = chunk_at(members, at)
    if chunk is None or chunk.kind is not Kind.NUMBER:
        return None
    before, after = chunk_at(members, at - 1), chunk_at(members, at + 1)
    named = before is not None and (before.has(Role.NAMED) or before.is_sign("$", "£", "€", "#"))
    measured = after is not None and after.has(Role.MEASURE)
    if named or measured or _is_day(chunk, before, after) or _is_year(members, at, bracketed):
        return Chunk(Kind.WORD, chunk.start, chunk.end, chunk.text, {Role.DATED: ""})
    return None


def _is_day(chunk: Chunk, before: Chunk | None, after: Chunk | None) -> bool:
    beside = (before is not None and before.has(Role.MONTH)) or (after is not None and after.has(Role.MONTH))
    return beside and chunk.plain and chunk.value is not None and (chunk.value <= 31 or _may_be_year(chunk))


def _may_be_year(chunk: Chunk | None) -> bool:
    return chunk is not None and chunk.plain and chunk.value is not None and 1000 <= chunk.value <= 2100


def _is_year(members: Sequence[Member], at: int, bracketed: bool) -> bool:
    """A plain number of four digits after a word of time, alone in brackets, or before a colon."""
    first = at - 2 if _is_dash(members, at - 1) else at
    last = at + 2 if _is_dash(members, at + 1) else at
    if last - first > 2 or not _may_be_year(chunk_at(members, first)):
        return False
    if at > first and not (_may_be_year(chunk_at(members, at)) or members[at].end - members[at].start == 2):
        return False
    before, after = chunk_at(members, first - 1), chunk_at(members, last + 1)
    if after is not None and after.has(*COUNTED, Role.MEN, Role.RANGE, Role.AFTER):
        return False
    if after is not None and after.is_sign(":") and first == 0:
        return True
    if before is not None and before.has(Role.DATED, Role.MONTH):
        return True
    if before is not None and before.is_sign(",") and _is_near_month(members, first - 2):
        return True
    return (
        bracketed
        and (after is None or after.is_sign(",", ";", "-") or after.has(Role.DATED))
        and (before is None or before.is_sign(",") or _is_plain_word(before))
    )


def _is_dash(members: Sequence[Member], at: int) -> bool:
    """Tell whether a dash between two numbers stands there."""
    dash = chunk_at(members, at)
    return dash is not None and dash.is_sign("-") and all(is_number(chunk_at(members, end)) for end in (at - 1, at + 1))


def _is_near_month(members: Sequence[Member], at: int) -> bool:
    near = (chunk_at(members, at), chunk_at(members, at - 1))
    return any(chunk is not None and chunk.has(Role.MONTH) for chunk in near)


def is_number(chunk: Chunk | None) -> bool:
    """Tell whether a chunk is a number in digits."""
    return chunk is not None and chunk.kind is Kind.NUMBER


def _is_plain_word(chunk: Chunk) -> bool:
    return chunk.kind is Kind.WORD and not chunk.has(Role.BEFORE, Role.PART, *COUNTED)
