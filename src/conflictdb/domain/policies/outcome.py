"""What every policy returns."""

from __future__ import annotations

from dataclasses import dataclass

from conflictdb.domain.rows import SetAside


@dataclass(frozen=True, slots=True)
class Outcome:
    """An estimate of one measure: bounds in persons or things, the claims behind it, and those set aside.

    `high` is None and `open` True where the range is open above; `highest_stated` is then the greatest value stated.
    """

    low: int | None
    best: int | None
    high: int | None
    open: bool
    highest_stated: int | None
    used: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    ties: tuple[int, ...] = ()
