"""How long the texts of a row may be: what is longer slipped into its column, and no index could hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conflictdb.domain.coded import CodedConflict, CodedEvent
from conflictdb.importers.tabular.columns import Column

MOST_LETTERS = 500
"""Of a name or an id: PostgreSQL indexes no more than some 2,700 bytes of one."""
MOST_IN_ROW = 200_000
"""Of all cells that are read: PostgreSQL finds an event by 1 MB of words at most."""
_SHOWN = 60


def find_too_long(event: CodedEvent, columns: Sequence[Column], cells: Sequence[str]) -> tuple[str, str, str] | None:
    """Return column, beginning and reason where a name or an id of an event is too long, or all of its row.

    `cells` stand in the order of `columns`.
    """
    for text in _names(event):
        if text is not None and len(text) > MOST_LETTERS:
            place = next((index for index, cell in enumerate(cells) if text[:_SHOWN] in cell), 0)
            why = f"it has {len(text):,} letters; names and ids have {MOST_LETTERS} at most"
            return columns[place].name, text[:_SHOWN], why
    lengths = list(map(len, cells))
    if sum(lengths) > MOST_IN_ROW:
        longest = lengths.index(max(lengths))
        why = f"the row has {sum(lengths):,} letters, most of them here; {MOST_IN_ROW:,} at most are taken"
        return columns[longest].name, cells[longest][:_SHOWN], why
    return None


def _names(event: CodedEvent) -> Iterator[str | None]:
    yield from (event.native_id, event.subtype, *event.other_ids)
    if event.place is not None:
        yield from event.place[:5]
    yield from _names_of(event.conflict)
    for fighter in event.fighters:
        yield from (fighter.actor.name, fighter.actor.native_id, fighter.unit)
    for statement in event.statements:
        yield from (statement.value, statement.claimant.name if statement.claimant else None)
    yield event.name  # which is made of some of the others


def _names_of(conflict: CodedConflict | None) -> Iterator[str]:
    while conflict is not None:
        yield from (conflict.name, *conflict.native_ids)
        conflict = conflict.parent
