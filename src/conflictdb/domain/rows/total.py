"""Rows of sums over events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conflictdb.domain.rows.base import Row
from conflictdb.domain.vocabulary import Basis

SUBJECTS = ("actor", "side")
"""Divisions of the losses of an event; the others are divisions of events."""
TOTAL_ONLY = "event total only"
"""The group of what is claimed of an event as a whole, where its losses are divided."""
NAMED = 5
"""Events without a figure are named, up to so many of a sum."""


@dataclass(frozen=True, slots=True)
class TotalRow(Row):
    """The sum of one metric over the events of a query, or over those of one `group` of them (`by` says of which kind).

    `low` adds the lows, `highest_stated` the greatest values stated; so does `high`, but it is None with `open` True
    where a part is open above. `best` is None unless every part has one. Parts are the events with a figure:
    `lacking_low` and `lacking_best` of them lack one, `zero_or_unknown` rest on a recorder's 0 that may mean no
    information. `without_figure` events are in no sum; `without` names the first of them. `counted_once`: events left
    out because another that was judged the same stands for them. By actor and side the parts are the estimates of the
    subjects, not those of the events, and an event counts for each subject.
    """

    by: str | None
    group: str | None
    metric: str
    events: int
    with_figure: int
    without_figure: int
    without: tuple[str, ...]
    low: int | None
    best: int | None
    high: int | None
    open: bool
    highest_stated: int | None
    lacking_low: int
    lacking_best: int
    zero_or_unknown: int
    counted_once: int
    policy: str
    version: str
    basis: Basis
    rule: str
    label: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    as_of: str | None = None
