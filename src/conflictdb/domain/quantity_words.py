"""Say the bounds of a figure as people do."""

from __future__ import annotations

from conflictdb.domain.vocabulary import Qualifier

NONE_WORDS = ("none", "no", "zero", "nil", "no one", "nobody")


def speak_quantity(lower: int | None, upper: int | None, qualifier: Qualifier, wording: str | None = None) -> str:
    """Return the words for bounds: "26", "over 20", "20 or more", "30–40", "~100".

    `wording` is used only where bounds say nothing: a vague figure, and a zero that was worded "none".
    """
    if upper is None:
        if lower is None:
            return wording or "some"
        return f"over {lower - 1:,}" if qualifier is Qualifier.MORE_THAN and lower else f"{lower:,} or more"
    if lower is None:
        return f"fewer than {upper + 1:,}" if qualifier is Qualifier.LESS_THAN else f"up to {upper:,}"
    if qualifier is Qualifier.ZERO_OR_UNKNOWN:
        return "0 or unknown"
    if upper == 0 and wording and wording.lower() in NONE_WORDS:
        return "none"
    mark = "~" if qualifier is Qualifier.APPROXIMATE else ""
    if lower == upper and qualifier is not Qualifier.RANGE:
        return f"{mark}{lower:,}"
    # "5–10,000" would read as 5,000–10,000 to many, and is refused, so there the commas go
    short = is_short(lower, upper, 1000 ** f"{upper:,}".count(","))
    return f"{mark}{lower:,}–{upper}" if short else f"{mark}{lower:,}–{upper:,}"


def is_short(first: int, last: int, unit: int) -> bool:
    """Tell whether the first end may leave out the unit of the last: "two to three hundred", "5-10,000"."""
    return 0 < first < min(unit, last // unit)
