"""What a row of the actor list says of an actor's other names and of its lineage.

What the columns of lineage become:

- Splinter and SplitTemp (the actor left another, for good or for a time): `splinter_of`.
- Alliance (it entered an alliance that is itself listed as an actor, as Ansar Dine did with JNIM) and JoinGroup (it
  went over into another actor, as FLM did into Ansar Dine and JNIM): `part_of`, since it speaks for the whole.
- But the list gives no dates, and `part_of` without dates holds always. An alliance or joining is therefore
  `allied_with` where the two have been enemies or equals: the other is a government (FUNCINPEC and the government of
  Cambodia); both stand in one dyad or non-state conflict; or the other joined this one (the Islamic Front broke up into
  its members).
- NameChange (one number, several names): aliases. OSCoalition and NSCoalition (coalitions for one conflict, which have
  numbers of their own that no row explains) are left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from conflictdb.domain.folding import fold
from conflictdb.domain.vocabulary import RelationKind
from conflictdb.importers.tabular.cells import identifier

GOVERNMENT = "4"
"""The code in the column Org."""

ROW_COLUMNS = (
    "ActorId", "NameData", "NameOrig", "NameOrigFull", "NameOrigFullEng", "NewName", "NewNameFullMotherTongue",
    "NewNameFullEng", "Org", "DyadId", "NSID", "ActorIdPrev", "ActorIdSplitTemp", "ActorIdAlliance", "ActorIdGroup",
    "Location",
)  # fmt: skip
_BLANK = frozenset({"", "n/a"})


class ActorRow(NamedTuple):
    """The cells of one row, in the order of `ROW_COLUMNS`, without spaces around them and without "n/a"."""

    number: str
    name: str
    first_name: str
    first_full: str
    first_english: str
    later_names: str
    later_full: str
    later_english: str
    organization: str
    dyads: str
    conflicts: str
    left: str
    left_for_a_time: str
    allied_in: str
    joined: str
    location: str


class Known(NamedTuple):
    """What the lineage of others needs to know of an actor."""

    is_government: bool
    fought_in: frozenset[str]
    joined: frozenset[str]


def read_cells(cells: Sequence[str]) -> ActorRow:
    """Return a row's cells as they are compared."""
    plain = (" ".join(cell.split()) for cell in cells)
    row = ActorRow(*("" if cell.lower() in _BLANK else cell for cell in plain))
    return row._replace(number=identifier(row.number), organization=identifier(row.organization))


def know(row: ActorRow) -> Known:
    """Return what to remember of an actor."""
    fought_in = {f"dyad {number}" for number in _numbers(row.dyads)} | {
        f"ns {number}" for number in _numbers(row.conflicts)
    }
    joined = {*_numbers(row.allied_in), *_numbers(row.joined)}
    return Known(row.organization == GOVERNMENT, frozenset(fought_in), frozenset(joined))


def find_relations(row: ActorRow, known: Mapping[str, Known]) -> Iterator[tuple[str, RelationKind, str]]:
    """Yield the column, the kind and the other's number of each relation, each once; the other may not be known."""
    seen = set()
    for field, cell, joins in (
        ("ActorIdPrev", row.left, False),
        ("ActorIdSplitTemp", row.left_for_a_time, False),
        ("ActorIdAlliance", row.allied_in, True),
        ("ActorIdGroup", row.joined, True),
    ):
        for other in _numbers(cell):
            kind = RelationKind.SPLINTER_OF
            if joins:
                kind = RelationKind.ALLIED_WITH if _were_apart(row, other, known) else RelationKind.PART_OF
            if (kind, other) not in seen:
                seen.add((kind, other))
                yield field, kind, other


def _were_apart(row: ActorRow, other: str, known: Mapping[str, Known]) -> bool:
    """Return whether an actor cannot be said to have been part of the other at all times."""
    joined = known.get(other)
    if joined is None:
        return False
    fought_together = know(row).fought_in & joined.fought_in
    dissolved = row.number in joined.joined and other in _numbers(row.joined)
    return joined.is_government or bool(fought_together) or dissolved


def find_other_names(row: ActorRow) -> list[tuple[str, str | None]]:
    """Return the other names, each once, with "en" for those that the list gives in English.

    Of several later names the short ones are cut at commas; the full ones too, where they are then as many, since a
    full name may hold a comma itself. "a / b" is one name in two languages or scripts.
    """
    names: dict[str, tuple[str, str | None]] = {}
    short = _listed(row.later_names)
    full, english = (
        parts if len(parts := _listed(cell)) == len(short) else [cell] for cell in (row.later_full, row.later_english)
    )
    for cells, language in (
        ([row.first_name, row.first_full], None),
        ([row.first_english], "en"),
        ([*short, *full], None),
        (english, "en"),
    ):
        for name in (part.strip() for cell in cells for part in cell.split(" / ")):
            folded = fold(name)
            if folded and folded != fold(row.name) and (language or folded not in names):
                names[folded] = (name, language)
    return list(names.values())


def _numbers(cell: str) -> list[str]:
    """Return the numbers in a list, "1157, 6716"."""
    return [identifier(part) for part in _listed(cell)]


def _listed(cell: str) -> list[str]:
    return [part for each in cell.split(",") if (part := each.strip())]
