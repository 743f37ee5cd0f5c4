"""The names nearest to one that was not found."""

from __future__ import annotations

from collections.abc import Iterable

from conflictdb.domain.folding import fold


def nearest_names(wanted: str, known: Iterable[str], limit: int = 3, at_least: float = 60) -> tuple[str, ...]:
    """Return up to `limit` of `known` that are most like `wanted`, best first (rapidfuzz WRatio, 0-100)."""
    from rapidfuzz import fuzz, process

    found = process.extract(wanted, list(dict.fromkeys(known)), scorer=fuzz.WRatio, processor=fold, limit=limit)
    return tuple(name for name, score, _ in found if score >= at_least)


def likeness(one: str, other: str) -> float:
    """Return how alike two names are once folded, from 0 to 100."""
    from rapidfuzz import fuzz

    return fuzz.WRatio(fold(one), fold(other))
