"""One row of ACLED's events, made into an event with its combatants and ACLED's estimate of the killed."""

from __future__ import annotations

from functools import lru_cache

from conflictdb.domain.coded import CodedEvent, CodedFigure, CodedPlace, CodedWarning
from conflictdb.domain.vocabulary import DatePrecision, Metric, Qualifier, SubjectKind
from conflictdb.importers.acled.columns import Row
from conflictdb.importers.acled.dates import DateReader, read_timestamp
from conflictdb.importers.acled.parties import read_parties
from conflictdb.importers.acled.types import read_kind
from conflictdb.importers.tabular.cells import CellError, country_alpha3, listed, whole
from conflictdb.importers.tabular.points import read_country, read_point
from conflictdb.importers.tabular.rows import FaultError

_BLANK = "NA"
"""What stands for a blank cell in exports that went through R."""

# Codebook 2023, "Time precision codes": a date of code 2 or 3 is a day chosen within the week or month, and is kept.
_DATE_PRECISION = {
    "1": "day", "2": "week", "3": "month", "": "day",
}  # fmt: skip
# "Spatial precision codes": 3 is a region, whose capital or middle the coordinates are of.
_PLACE_PRECISION = {"1": "exact", "2": "near", "3": "admin1", "": None}


class EventReader:
    """Makes events of the rows of one file."""

    def __init__(self, dates: DateReader) -> None:
        self._dates = dates

    def read(self, line: int, cells: tuple[str, ...], original: tuple[str, ...]) -> CodedEvent:
        """Return the event of a row. Raises FaultError where it is refused."""
        row = _clean(cells)
        if not row.event_id_cnty:
            raise FaultError("event_id_cnty", "", "there is no id")
        day, ordinal = self._dates.read(row.event_date)
        precision, unsure = _read_precision(row.time_precision, row.year, day[:4])
        figures = _read_fatalities(row.fatalities)
        place, doubts = _read_place(
            row.location, row.admin1, row.admin2, row.country, row.iso, row.iso3,
            row.latitude, row.longitude, row.geo_precision,
        )  # fmt: skip
        parties = read_parties(row.actor1, row.assoc_actor_1, row.inter1, row.actor2, row.assoc_actor_2, row.inter2)
        kind = read_kind(row.event_type, row.sub_event_type, parties.crowd)
        stated_on, revision, untimely = read_timestamp(row.timestamp)
        where = row.location or row.admin2 or row.admin1 or row.country
        return CodedEvent(
            line, row.event_id_cnty, f"{kind.words}, {where}" if where else kind.words, kind.type, kind.subtype,
            day, precision, ordinal, ordinal, place, None, parties.fighters, figures, original, (),
            row.notes or None,
            "; ".join(listed(row.source)) if ";" in row.source else row.source,
            _words(row.tags, row.admin3, parties.bystanders),
            stated_on, revision, (), unsure + doubts + parties.warnings + kind.warnings + untimely,
        )  # fmt: skip


def _clean(cells: tuple[str, ...]) -> Row:
    stripped = list(map(str.strip, cells))
    if _BLANK in stripped:
        stripped = ["" if cell == _BLANK else cell for cell in stripped]
    return Row._make(stripped)


@lru_cache(maxsize=4096)
def _read_precision(text: str, year: str, dated: str) -> tuple[str, tuple[CodedWarning, ...]]:
    """Return how near the day is known, and doubts: that, or the year of the date, may not be as the cells say."""
    warnings: tuple[CodedWarning, ...] = ()
    if year and year.removesuffix(".0") != dated:
        warnings = (CodedWarning("year", year, f"event_date is of {dated}, which is kept to"),)
    code = text.removesuffix(".0")
    if code in _DATE_PRECISION:
        return _DATE_PRECISION[code], warnings
    why = "it is no code of 1 to 3: the day is taken as it stands"
    return DatePrecision.DAY.value, (CodedWarning("time_precision", text, why), *warnings)


@lru_cache(maxsize=4096)
def _read_fatalities(text: str) -> tuple[CodedFigure, ...]:
    """Return ACLED's estimate of all killed. Raises FaultError.

    Codebook 2023, section "Fatalities": it is the most conservative report, and 0 where none is known of.
    """
    if not text:
        return ()
    try:
        killed = whole(text)
    except CellError as error:
        raise FaultError("fatalities", text, error.why) from None
    qualifier = Qualifier.EXACT.value if killed else Qualifier.ZERO_OR_UNKNOWN.value
    return (CodedFigure("fatalities", SubjectKind.TOTAL.value, Metric.KILLED.value, killed, killed, killed, qualifier),)


@lru_cache(maxsize=65_536)
def _read_place(
    location: str, admin1: str, admin2: str, country: str, iso: str, iso3: str, north: str, east: str, near: str
) -> tuple[CodedPlace | None, tuple[CodedWarning, ...]]:
    """Return where it was. Raises FaultError."""
    (latitude, longitude), doubts = read_point(north, east)
    code, unknown = _read_state(country, iso, iso3)
    precision = _PLACE_PRECISION.get(near.removesuffix(".0"), "")
    if precision == "":
        precision = None
        why = "it is no code of 1 to 3: how near the place is is not known"
        doubts += (CodedWarning("geo_precision", near, why),)
    if not (location or admin1 or admin2 or country or code or latitude is not None):
        return None, doubts + unknown
    place = CodedPlace(
        location or None, admin1 or None, admin2 or None, code, country or None, latitude, longitude, precision
    )
    return place, doubts + unknown


@lru_cache(maxsize=4096)
def _read_state(country: str, iso: str, iso3: str) -> tuple[str | None, tuple[CodedWarning, ...]]:
    """Return the country's code: by its name, which every export has, before the codes that some have."""
    coded = country_alpha3(iso3) or country_alpha3(iso)
    if not country:
        return coded, ()
    named, unknown = read_country(country)
    if named is None:
        return (coded, ()) if coded and unknown else (None, unknown)
    if coded not in (None, named):
        why = f"the code of {country} is {named}, and the code beside it is of {coded}: the name is taken"
        return named, (CodedWarning("iso3" if iso3 else "iso", iso3 or iso, why),)
    return named, ()


def _words(tags: str, admin3: str, bystanders: tuple[str, ...]) -> tuple[str, ...]:
    """Return what else the event is found by: tags, and those who were there and did not fight."""
    if not tags and not admin3:
        return bystanders
    more = listed(tags) if ";" in tags else (tags,) if tags else ()
    return (*more, admin3, *bystanders) if admin3 else (*more, *bystanders)
