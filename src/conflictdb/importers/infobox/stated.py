"""What an infobox states: figures, commanders and parties, each with its place in the text it was read from."""

from __future__ import annotations

from dataclasses import dataclass

from conflictdb.domain.vocabulary import Item, ItemFate, Metric, PersonFate, Qualifier


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """One figure: `start` and `end` bound its wording in the raw text, markup included.

    Bounds are inclusive, None where open. `metric` is `persons` for the strength of people. Of materiel, `item` is the
    kind of thing and `things` its words ("ships of the line"). `subject` is whose the figure is, headings outermost
    first and joined by " / ", or None where the text says nothing but the field. `part_of` is the place, in the same
    tuple, of the figure that contains this one; `total` marks the sum of others. `note` keeps what else is said of it
    (cause, date, scope), in the words of the text.
    """

    start: int
    end: int
    wording: str
    metric: Metric
    lower: int | None
    upper: int | None
    qualifier: Qualifier
    claimants: tuple[str, ...] = ()
    subject: str | None = None
    item: Item | None = None
    things: str | None = None
    fate: ItemFate | None = None
    part_of: int | None = None
    total: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class StatedCommander:
    """One commander: the name as displayed, without rank and fate; `target` is the page that the name links to."""

    start: int
    end: int
    name: str
    target: str | None = None
    subject: str | None = None
    rank: str | None = None
    fate: PersonFate | None = None
    claimants: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class StatedParty:
    """One belligerent. `part_of` is the place, in the same tuple, of the party that it stands below.

    `support` says that it stands below a line such as "Supported by:".
    """

    start: int
    end: int
    name: str
    target: str | None = None
    part_of: int | None = None
    support: bool = False
    note: str | None = None


class ValueTooLongError(ValueError):
    """A value that is longer than any infobox's: it is refused unread. The message says how long it may be."""
