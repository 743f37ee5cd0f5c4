"""Why a cell is refused, and how its text is shown."""

from __future__ import annotations

_SHOWN = 60


class CellError(ValueError):
    """A cell that cannot be what its column says; `why` is a sentence for people."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def quoted(text: str) -> str:
    """Return a cell's text in quotes, cut where it is long."""
    if not text.strip():
        return "a blank cell"
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}…"'
