"""Turn the rows of battles.csv, with those of the two tables of figures, into coded events."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from urllib.parse import unquote

from conflictdb.domain.coded import (
    CodedActor,
    CodedConflict,
    CodedEvent,
    CodedFighter,
    CodedPlace,
    CodedStatement,
    CodedWarning,
)
from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.records import Problem
from conflictdb.domain.vocabulary import Attribute, EventType
from conflictdb.importers.tabular.cells import CellError, latitude, longitude
from conflictdb.importers.war_atlas.columns import BATTLES
from conflictdb.importers.war_atlas.dates import read_date
from conflictdb.importers.war_atlas.figures import CASUALTIES, STRENGTH, FigureReader, Measure
from conflictdb.importers.war_atlas.folder import AtlasFolder, Row
from conflictdb.importers.war_atlas.sides import Sides, find_sides

WIKIPEDIA = "https://en.wikipedia.org/wiki/"
_PRECISIONS = next(column.codes or {} for column in BATTLES if column.name == "coord_precision")

Rows = Mapping[str, list[Row]]
"""The rows of a table of figures by their battle."""


class _CellRefused(Exception):
    def __init__(self, field: str, value: str, why: str) -> None:
        super().__init__(why)
        self.field, self.value, self.why = field, value, why


class BattleReader:
    """Reads the battles of one folder. `wars` and `sources` are the other tables' rows, by slug."""

    def __init__(self, folder: AtlasFolder, wars: Mapping[str, Row], sources: Sequence[str]) -> None:
        self._folder = folder
        self._wars = wars
        self._sources = sources
        self._conflict = lru_cache(maxsize=None)(self._make_conflict)
        self._actor = lru_cache(maxsize=None)(CodedActor)

    def read(self, battles: list[Row], forces: Rows, casualties: Rows) -> Iterator[CodedEvent | Problem]:
        """Yield an event for each battle, and what is wrong with those that cannot be read."""
        self._pages = _count_pages(battles)
        self._items = frozenset(row.cells["wikidata_qid"] for row in battles)
        for row in battles:
            slug = row.cells["slug"]
            try:
                yield from self._battle(row, forces.get(slug, []), casualties.get(slug, []))
            except _CellRefused as refused:
                yield self._folder.problem("battles.csv", row.line, refused.field, refused.value, refused.why, slug)

    def _battle(self, row: Row, forces: list[Row], casualties: list[Row]) -> Iterator[CodedEvent | Problem]:
        cells = row.cells
        for name in ("slug", "title"):
            if not cells[name]:
                raise _CellRefused(name, "", f"the {name} is blank")
        warnings: list[CodedWarning] = []
        conflict = self._conflict(cells["war_slug"])
        if conflict is None and cells["war_slug"]:
            warnings.append(CodedWarning("war_slug", cells["war_slug"], "wars.csv lacks this war"))
        date = self._date(cells, warnings)
        sides = find_sides((each.cells["side"] for each in forces), (each.cells["side"] for each in casualties))
        reader = FigureReader(sides, self._sources)
        reader.read(STRENGTH, forces)
        reader.read(CASUALTIES, casualties)
        for table, refusal in reader.refusals:
            yield self._folder.problem(table, refusal.line, refusal.field, refusal.value, refusal.why, cells["slug"])
        warnings += [*reader.warnings, *_doubts_of_sides(sides)]
        spans = parse_edtf(date)
        yield CodedEvent(
            row.line, cells["slug"], cells["title"], EventType.BATTLE, None,
            date, spans.precision, spans.first_day, spans.last_day, _place(cells, warnings), conflict,
            self._fighters(sides), tuple(reader.figures),
            (*row.original, _as_json(STRENGTH, forces), _as_json(CASUALTIES, casualties)),
            _statements(cells), words=sides.unplaced, other_ids=self._other_ids(cells), warnings=tuple(warnings),
        )  # fmt: skip

    def _date(self, cells: Mapping[str, str], warnings: list[CodedWarning]) -> str:
        war = self._wars.get(cells["war_slug"])
        began = war.cells["start_year"] if war else ""
        name = "date_iso" if cells["date_iso"] else "date_display"
        try:
            date, why = read_date(
                cells["date_iso"], cells["date_display"], cells["title"], int(began) if began.isdecimal() else None
            )
        except CellError as error:
            raise _CellRefused(name, cells[name], error.why) from None
        if why:
            warnings.append(CodedWarning(name, cells[name], why))
        return date

    def _fighters(self, sides: Sides) -> tuple[CodedFighter, ...]:
        return tuple(
            CodedFighter(self._actor(name, spoken=spoken if spoken != name else ""), number)
            for (name, number), spoken in zip(sides.numbers.items(), sides.spoken.values(), strict=True)
        )

    def _make_conflict(self, slug: str) -> CodedConflict | None:
        war = self._wars.get(slug)
        return CodedConflict(war.cells["title"], war_ids(war, self._items)) if war else None

    def _other_ids(self, cells: Mapping[str, str]) -> tuple[str, ...]:
        """Return the ids in Wikidata and Wikipedia.

        The address of the page is made from Wikidata's label, without what tells it from others of its name. Of two
        battles that share it, or of which one has it with "(1944)", neither is known to be the page's.
        """
        ids = [f"wikidata:{cells['wikidata_qid']}"] if cells["wikidata_qid"] else []
        page = page_title(cells["wikipedia_url"])
        if page and self._pages[page] == 1 and ("(" in page or self._pages[page, "stem"] == 1):
            ids.append(f"wikipedia:{page}")
        return tuple(ids)


def war_ids(war: Row, taken: frozenset[str]) -> tuple[str, ...]:
    """Return the native ids of a war; an item of Wikidata that is a battle too stays the battle's."""
    item = war.cells["wikidata_qid"]
    return (f"war-atlas-war:{war.cells['slug']}", *([f"wikidata:{item}"] if item and item not in taken else ()))


def page_title(url: str) -> str:
    """Return the title of a page of the English Wikipedia by its address, "" for any other address."""
    if not url.startswith(WIKIPEDIA):
        return ""
    return " ".join(unquote(url.removeprefix(WIKIPEDIA).partition("#")[0]).replace("_", " ").split())


def _count_pages(battles: list[Row]) -> Counter[object]:
    """Return how many battles have each page, and how many have one of its name but for what stands in brackets."""
    titles = [page_title(row.cells["wikipedia_url"]) for row in battles]
    return Counter([*titles, *((title.partition(" (")[0], "stem") for title in titles)])


def _place(cells: Mapping[str, str], warnings: list[CodedWarning]) -> CodedPlace | None:
    lat, lng, name = cells["lat"], cells["lng"], cells["location"] or None
    if not lat and not lng:
        return CodedPlace(name, None, None, None, None, None, None, None) if name else None
    if not lat or not lng:
        missing = "lat" if not lat else "lng"
        raise _CellRefused(missing, "", "one of the two coordinates is blank")
    try:
        north = latitude(lat)
    except CellError as error:
        raise _CellRefused("lat", lat, error.why + _hint_at_swap(lat, lng)) from None
    try:
        east = longitude(lng)
    except CellError as error:
        raise _CellRefused("lng", lng, error.why) from None
    word = cells["coord_precision"]
    if word and word not in _PRECISIONS:
        warnings.append(CodedWarning("coord_precision", word, f"it is one of: {', '.join(_PRECISIONS)}"))
    return CodedPlace(name, None, None, None, None, north, east, _PRECISIONS.get(word))


def _hint_at_swap(lat: str, lng: str) -> str:
    try:
        latitude(lng), longitude(lat)
    except CellError:
        return ""
    return "; lat and lng are probably swapped"


def _statements(cells: Mapping[str, str]) -> tuple[CodedStatement, ...]:
    if not cells["result"]:
        return ()
    confidence = cells["confidence_level"]
    note = f"confidence: {confidence}" if confidence else None
    return (CodedStatement("result", Attribute.RESULT, cells["result"], note=note),)


def _doubts_of_sides(sides: Sides) -> Iterator[CodedWarning]:
    why = "no forces are called so, and which side's these are is not told; they are kept as of unknown subject"
    yield from (CodedWarning("casualties", name, why) for name in sides.unplaced)


def _as_json(measure: Measure, rows: list[Row]) -> str:
    """Return the rows of a battle in another table, as they stand."""
    if not rows:
        return ""
    names = ("side", *measure.columns, "confidence", "source_slug")
    return json.dumps([{name: row.cells[name] for name in names} for row in rows], ensure_ascii=False)
