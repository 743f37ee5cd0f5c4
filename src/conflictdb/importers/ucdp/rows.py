"""One row of GED made into a coded event. Half a million of them are read at once: what recurs is read once."""

from __future__ import annotations

import re

from conflictdb.domain.coded import CodedEvent
from conflictdb.importers.tabular.cells import identifier
from conflictdb.importers.tabular.rows import LONGEST_ID, FaultError
from conflictdb.importers.ucdp.columns import BY_NAME, TYPES
from conflictdb.importers.ucdp.fighters import read_conflict, read_sides
from conflictdb.importers.ucdp.figures import SIDES, read_figures
from conflictdb.importers.ucdp.places import read_dates, read_place

_HEAD = ("id", "type_of_violence", "source_original")
_WORDS = ("source_headline",)
_GROUPS = (
    ("year", "date_prec", "date_start", "date_end"),
    ("where_prec", "where_coordinates", "adm_1", "adm_2", "country", "iso3", "latitude", "longitude", "geom_wkt"),
    ("conflict_new_id", "conflict_name", "dyad_new_id", "dyad_name"),
    ("side_a_new_id", "side_a", "side_b_new_id", "side_b"),
    (*SIDES, "low", "best", "high"),
)
_NAMES = (*_HEAD, *(name for group in _GROUPS for name in group), *_WORDS)
READ = tuple(BY_NAME[name] for name in _NAMES)
_DATES, _PLACE, _CONFLICT, _ACTORS, _DEATHS = (
    slice(_NAMES.index(group[0]), _NAMES.index(group[0]) + len(group)) for group in _GROUPS
)
_WORDS_FROM = _NAMES.index(_WORDS[0])
_WHERE, _COUNTRY, _DYAD, _DEATHS_B = map(_NAMES.index, ("where_coordinates", "country", "dyad_name", "deaths_b"))
_NOBODY = frozenset({"", "0", "0.0"})
_TYPES = {spelling: word for code, word in TYPES.items() for spelling in (code, f"{code}.0")}
_ONE_SIDED = TYPES["3"]
_MOST_LETTERS = 600
"""Of each text to find an event by; the longest headlines of one real row have 1,903 together."""

_NO_ID = re.compile(r"[+-]?[0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]+)?|nan|na|null|none|inf", re.IGNORECASE)


def read_row(line: int, row: tuple[str, ...], original: tuple[str, ...]) -> CodedEvent:
    """Return the event of a row, whose cells are in the order of `READ`. Raises FaultError."""
    native_id = read_id(row[0])
    kind = _TYPES.get(row[1]) or _read_type(row[1])
    edtf, date_precision, first_day, last_day, odd_dates = read_dates(row[_DATES])
    place, odd_place = read_place(row[_PLACE])
    only_a = kind == _ONE_SIDED and row[_DEATHS_B] in _NOBODY
    fighters, side_a, side_b = read_sides(row[_ACTORS], only_a)
    figures, odd_figures = read_figures(row[_DEATHS], side_a, side_b)
    return CodedEvent(
        line,
        native_id,
        _name(row),
        kind,
        None,
        edtf,
        date_precision,
        first_day,
        last_day,
        place,
        read_conflict(row[_CONFLICT]),
        fighters,
        figures,
        original,
        based_on=row[2].strip(),
        words=row[_WORDS_FROM:],
        warnings=odd_dates + odd_place + odd_figures,
    )


def read_id(cell: str) -> str:
    """Return the id of an event as text: 300380, XXX771, 1-XXX771. Raises FaultError."""
    native_id = identifier(cell)
    if native_id.isdigit() and len(native_id) <= LONGEST_ID:
        return native_id
    if not native_id:
        raise FaultError("id", cell, "it is blank, so the event could not be found again")
    if len(native_id) > LONGEST_ID or _NO_ID.fullmatch(native_id) or native_id.split() != [native_id]:
        raise FaultError("id", cell, "it is no id of an event, such as 300380 or XXX771")
    return native_id


def _read_type(cell: str) -> str:
    try:
        return TYPES[identifier(cell)]
    except KeyError:
        why = "it is blank" if not cell.strip() else "it is none of 1 (state-based), 2 (non-state), 3 (one-sided)"
        raise FaultError("type_of_violence", cell, why) from None


def _name(row: tuple[str, ...]) -> str:
    """Return what the event is called: the dyad, and where."""
    dyad = row[_DYAD].strip() or " - ".join(name for cell in row[_ACTORS][1::2] if (name := cell.strip()))
    where = row[_WHERE].strip() or row[_COUNTRY].strip()
    return f"{dyad}, {where}" if dyad and where else dyad or where or "Event without a name"
