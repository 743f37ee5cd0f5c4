"""A list of metrics, as options take it."""

from __future__ import annotations

from conflictdb.domain.nearest import nearest_names
from conflictdb.domain.vocabulary import CASUALTY_METRICS
from conflictdb.errors import UsageError


def parse_metrics(text: str) -> tuple[str, ...]:
    """Return the metrics of a list such as "killed,wounded". Raises UsageError for one that is not known."""
    names = tuple(name.strip().lower() for name in text.split(",") if name.strip())
    for name in names:
        if name not in CASUALTY_METRICS:
            near = nearest_names(name, CASUALTY_METRICS, limit=1)
            advice = [f"did you mean {near[0]}?"] if near else []
            raise UsageError(f"no metric is called {name!r}", *advice, f"known: {', '.join(CASUALTY_METRICS)}")
    return names
