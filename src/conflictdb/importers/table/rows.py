"""One row of a user's table, read by its mapping: what it says of an event, and who says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from conflictdb.domain.edtf import EdtfError, parse_edtf
from conflictdb.domain.folding import fold
from conflictdb.domain.nearest import nearest_names
from conflictdb.domain.quantity import Quantity, QuantityError
from conflictdb.domain.records import PlaceRecord
from conflictdb.domain.vocabulary import EventType
from conflictdb.importers.table.fields import FIELDS, SIDES
from conflictdb.importers.table.mapping import TableMapping
from conflictdb.importers.table.specs import FigureColumn, read_count, states_nothing
from conflictdb.importers.tabular.cells import (
    CellError,
    DayReader,
    country_alpha3,
    identifier,
    latitude,
    listed,
    longitude,
)

MOST_LETTERS, MOST_IN_PROSE = 500, 100_000
"""Of names, ids and addresses, which databases index; and of what is found by its words."""
_PROSE = {"notes", "wording", "result"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong or doubtful in one cell; `field` is the column's name."""

    line: int
    field: str
    value: str
    why: str


@dataclass(slots=True)
class ReadRow:
    """What a row says. Dates are EDTF. `figures` have the quantities of the cells that state any."""

    line: int
    texts: dict[str, str] = field(default_factory=dict)
    type: EventType = EventType.OTHER
    date: str | None = None
    stated_on: str | None = None
    place: PlaceRecord | None = None
    sides: dict[str, tuple[str, ...]] = field(default_factory=dict)
    claimants: tuple[str, ...] = ()
    figures: list[tuple[FigureColumn, Quantity]] = field(default_factory=list)
    problems: list[Doubt] = field(default_factory=list)
    warnings: list[Doubt] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """Return what a field says, or None."""
        return self.texts.get(name)


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, mapping: TableMapping, names: Sequence[str], days: DayReader) -> None:
        self._mapping = mapping
        self._names = names
        self._days = days

    def read(self, line: int, cells: Sequence[str]) -> ReadRow:
        """Return what a row says, with all that is wrong with it."""
        row = ReadRow(line)
        for name in FIELDS:
            if text := self._text(name, cells):
                row.texts[name] = text
        if "id" in self._mapping.columns and not row.text("id"):
            self._refuse(row, "id", "the id is blank")
        self._read_type(row, cells)
        self._read_dates(row)
        self._read_place(row)
        row.sides = {side: self._listed(row, side) for side in SIDES}
        row.claimants = self._listed(row, "claimant")
        self._check_names(row)
        self._read_figures(row, cells)
        return row

    def _text(self, name: str, cells: Sequence[str]) -> str:
        index = self._mapping.columns.get(name)
        if index is None:
            return self._mapping.always.get(name, "")
        text = cells[index].strip()
        if name == "id":
            return identifier(text)
        return "" if states_nothing(text) else self._ours(name, text)

    def _ours(self, name: str, text: str) -> str:
        """Return our word for one of the table's."""
        return self._mapping.values.get(name, {}).get(fold(text) or text, text)

    def _listed(self, row: ReadRow, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._ours(name, each) for each in listed(row.texts.get(name, ""))))

    def _check_names(self, row: ReadRow) -> None:
        for name, text in row.texts.items():
            most = MOST_IN_PROSE if name in _PROSE else MOST_LETTERS
            if len(text) > most:
                self._refuse(row, name, f"it has {len(text):,} letters; {most:,} are the most here")
        for name, names in (*row.sides.items(), ("claimant", row.claimants)):
            if not all(map(fold, names)):
                self._refuse(row, name, "a name needs a letter or a digit")

    def _read_figures(self, row: ReadRow, cells: Sequence[str]) -> None:
        for index, figure in self._mapping.figures:
            try:
                if quantity := read_count(cells[index]):
                    row.figures.append((figure, quantity))
            except QuantityError as error:
                row.problems.append(Doubt(row.line, figure.column, cells[index], str(error)))
        ends: dict[tuple[object, ...], dict[str, int]] = {}
        for place, (figure, _) in enumerate(row.figures):
            ends.setdefault(figure.about, {})[figure.bound] = place
        for places in ends.values():
            if "at least" in places and "at most" in places:
                self._check_range(row, places)

    def _check_range(self, row: ReadRow, places: Mapping[str, int]) -> None:
        """Swap the ends of a range that runs backwards, and doubt a best that lies outside."""
        at_least, at_most = places["at least"], places["at most"]
        (low, least), (high, most) = row.figures[at_least], row.figures[at_most]
        if least.lower is None or most.upper is None:
            return
        if least.lower > most.upper:
            why = f"it is more than {high.column}, {most.wording}; they are swapped"
            row.warnings.append(Doubt(row.line, low.column, least.wording, why))
            row.figures[at_least], row.figures[at_most] = (low, most), (high, least)
        best = row.figures[places[""]] if "" in places else None
        bounds = sorted((least.lower, most.upper))
        if best and best[1].lower is not None and not bounds[0] <= best[1].lower <= bounds[1]:
            why = f"it lies outside of {low.column} and {high.column}; it is kept so"
            row.warnings.append(Doubt(row.line, best[0].column, best[1].wording, why))

    def _read_type(self, row: ReadRow, cells: Sequence[str]) -> None:
        """Set the type; a word of the table's that is not ours is kept as the subtype."""
        word = row.text("type")
        if word is None:
            return
        plain = fold(word).replace(" ", "_")
        known = plain in EventType.__members__.values()
        index = self._mapping.columns.get("type")
        written = word if index is None else cells[index].strip()
        if not known or fold(written).replace(" ", "_") != plain:
            row.texts.setdefault("subtype", written)
        if known:
            row.type = EventType(plain)
        elif words := self._mapping.values.get("type"):
            near = nearest_names(word, words, limit=1)
            why = "[values] does not say which type that is; taken as other"
            self._warn(row, "type", why + (f'; did you mean "{near[0]}"?' if near else ""))

    def _read_dates(self, row: ReadRow) -> None:
        begin, end = self._when(row, "date"), self._when(row, "date_end")
        row.stated_on = self._when(row, "stated_on")
        row.date = begin or end
        if begin and end and begin != end:
            try:
                row.date = parse_edtf(f"{begin}/{end}").text
            except EdtfError as error:
                self._refuse(row, "date_end", f"from {begin}: {error.why}")

    def _when(self, row: ReadRow, name: str) -> str | None:
        text = row.text(name)
        if text is None:
            return None
        try:
            return parse_edtf(text).text
        except EdtfError as error:
            why = str(error)
        try:
            return self._days.read(text)
        except CellError as error:
            self._refuse(row, name, error.why if ": " in error.why else why)
        return None

    def _read_place(self, row: ReadRow) -> None:
        lat, lon = self._degrees(row)
        country = row.text("country")
        code = country_alpha3(country) if country else None
        if country and code is None:
            self._warn(row, "country", "ISO 3166 has no such country; the name is kept without a code")
        parts = (row.text("place"), row.text("admin1"), row.text("admin2"))
        if any((*parts, country, lat is not None)):
            row.place = PlaceRecord(*parts, code, country, lat, lon)

    def _degrees(self, row: ReadRow) -> tuple[float | None, float | None]:
        lat, lon = (_with_point(row.texts.get(name, "")) for name in ("latitude", "longitude"))
        if not lat and not lon:
            return None, None
        if not lat or not lon:
            missing = "longitude" if lat else "latitude"
            self._refuse(row, missing, f"the {missing} is blank, where the other is not")
            return None, None
        try:
            return latitude(lat), longitude(lon)
        except CellError as error:
            swapped = _fits(lon, lat)
            why = error.why + ("; are latitude and longitude swapped?" if swapped else "")
            self._refuse(row, "longitude" if _fits(lat, "0") else "latitude", why)
        return None, None

    def _refuse(self, row: ReadRow, name: str, why: str) -> None:
        row.problems.append(self._doubt(row, name, why))

    def _warn(self, row: ReadRow, name: str, why: str) -> None:
        row.warnings.append(self._doubt(row, name, why))

    def _doubt(self, row: ReadRow, name: str, why: str) -> Doubt:
        index = self._mapping.columns.get(name)
        return Doubt(row.line, name if index is None else self._names[index] or name, row.texts.get(name, ""), why)


def _with_point(text: str) -> str:
    """Return a coordinate with a decimal point, which many tables write as a comma."""
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def _fits(lat: str, lon: str) -> bool:
    try:
        latitude(lat), longitude(lon)
    except CellError:
        return False
    return True
