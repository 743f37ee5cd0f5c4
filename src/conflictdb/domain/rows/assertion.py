"""Rows of what a team expects of its data, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conflictdb.domain.rows.base import Row
from conflictdb.domain.rows.claims import ClaimRow


@dataclass(frozen=True, slots=True)
class AssertionRow(Row):
    """One expectation, by the line of the file that it stands on. `holds`: `found` `op` `expected` is true.

    `expected` and `found` are numbers, or none, open, yes, no; `found` is None where what is spoken of does not exist.
    Of an estimate, `why` is how it came about, else what is not there. `used` are the keys of the claims behind it,
    which `claims` holds, and `see` the command that explains it. Of a count of events there is a `query`, no policy.
    """

    line: int
    what: str
    op: str
    expected: int | str
    found: int | str | None
    holds: bool
    why: str
    see: str
    event: str | None = None
    subject: str | None = None
    metric: str | None = None
    item: str | None = None
    fate: str | None = None
    group: str | None = None
    field: str | None = None
    query: str | None = None
    used: tuple[str, ...] = ()
    policy: str | None = None
    version: str | None = None
    basis: str | None = None
    parameters: Mapping[str, Any] | None = None
    label: str | None = None
    as_of: str | None = None
    undated: bool = False
    claims: tuple[ClaimRow, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the row without the claims themselves: `used` has their keys."""
        plain = Row.to_dict(self)
        del plain["claims"]
        return plain


ASSERTION_FIELDS = tuple(name for name in AssertionRow.__slots__ if name != "claims")
