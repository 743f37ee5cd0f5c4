"""The layout of UCDP GED, 22.1 to 26.1: 49 columns (UCDP GED Codebook version 23.1)."""

from __future__ import annotations

import math
from types import MappingProxyType

from conflictdb.domain.vocabulary import ActorKind, DatePrecision, EventType, Metric, PlacePrecision, SubjectKind
from conflictdb.export.coded import MARK, Cell, Made, beyond_two_sides, joined, whole_times
from conflictdb.export.losses import Loss

SCHEME = "ucdp-ged"
COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id",
    "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article",
    "source_office", "source_date", "source_headline", "source_original", "where_prec", "where_coordinates",
    "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country",
    "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
OLDER = MappingProxyType({"best_est": "best", "high_est": "high", "low_est": "low"})
FIGURES = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best")
METRICS = frozenset({Metric.KILLED})
NATIVE = MappingProxyType(
    {"ucdp-actor": "actor_id", "ucdp-conflict": "conflict_id", "ucdp-dyad": "conflict_id"},
)

_TYPES = {EventType.STATE_BASED: 1, EventType.NON_STATE: 2, EventType.ONE_SIDED: 3}
_STATES = (ActorKind.STATE, ActorKind.STATE_FORCES)
_PLACES = {each: number for number, each in enumerate(PlacePrecision, start=1)}
_DATES = {DatePrecision.DAY: 1, DatePrecision.DAYS: 2, DatePrecision.WEEK: 3, DatePrecision.MONTH: 4}


def make_row(made: Made) -> dict[str, Cell]:
    """Return the row of an event that UCDP has none of; `best` is filled where the policy chooses one."""
    event, numbers = made.event, made.numbers
    first, second = made.side(1), made.side(2)
    total = numbers.total(Metric.KILLED) if numbers else None
    dyad = made.native["ucdp-dyad"].get(event.conflict_id)
    return {
        "id": MARK + event.slug, "year": made.year, "code_status": made.note(), "type_of_violence": _violence(made),
        "conflict_new_id": made.native["ucdp-conflict"].get(event.conflict_id), "conflict_name": event.conflict,
        "dyad_new_id": dyad, "dyad_name": " - ".join(filter(None, (_name(made, 1), _name(made, 2)))),
        "side_a_new_id": _number(made, 1), "side_a": _name(made, 1),
        "side_b_new_id": _number(made, 2), "side_b": _name(made, 2),
        "number_of_sources": len(made.sources) or None, "source_article": joined(made.sources),
        "source_original": joined(made.stated_by),
        "where_prec": _PLACES.get(event.place_precision), "where_coordinates": event.place,
        "adm_1": event.admin1, "adm_2": event.admin2, "latitude": event.latitude, "longitude": event.longitude,
        "geom_wkt": None if event.latitude is None else f"POINT ({event.longitude} {event.latitude})",
        "priogrid_gid": prio_grid(event.latitude, event.longitude), "country": event.country_name or event.country,
        "date_prec": _date_precision(made), "date_start": made.first, "date_end": made.last,
        "deaths_a": numbers.point_of_side(1) if numbers and first else None,
        "deaths_b": numbers.point_of_side(2) if numbers and second else None,
        "deaths_civilians": numbers.point_of(SubjectKind.CIVILIANS) if numbers else None,
        "deaths_unknown": numbers.point_of(SubjectKind.UNKNOWN) if numbers else None,
        "best": total.best if total else None, "high": total.high if total else None,
        "low": total.low if total else None,
    }  # fmt: skip


def lose(made: Made) -> list[Loss]:
    """Return what of the event itself GED has no column for."""
    lost = beyond_two_sides(made) + whole_times(made)
    if made.event.summary:
        lost.append(Loss("summaries", 1, "its summary"))
    if any(each.unit for each in made.fighters):
        lost.append(Loss("units", 1, "the units that fought"))
    return lost


def prio_grid(latitude: float | None, longitude: float | None) -> int | None:
    """Return the cell of PRIO-GRID: half degrees, counted from 1 in the south-west, 720 a row (Tollefsen 2012)."""
    if latitude is None or longitude is None:
        return None
    row = min(math.floor((latitude + 90) * 2), 359)
    return row * 720 + min(math.floor((longitude + 180) * 2), 719) + 1


def _name(made: Made, side: int) -> str:
    return joined([each.actor for each in made.side(side)], ", ")


def _number(made: Made, side: int) -> str | None:
    fighters = made.side(side)
    return made.native["ucdp-actor"].get(fighters[0].actor_id) if len(fighters) == 1 else None


def _violence(made: Made) -> int | None:
    """Return the type of violence where the event's own type or who fought shows it (codebook, type_of_violence)."""
    kind = made.event.type
    if kind in _TYPES:
        return _TYPES[EventType(kind)]
    if kind == EventType.VIOLENCE_AGAINST_CIVILIANS:
        return 3
    sides = [{each.kind for each in made.side(number)} for number in (1, 2)]
    if kind not in (EventType.BATTLE, EventType.EXPLOSION) or not all(sides):
        return None
    if any(side.intersection(_STATES) for side in sides):
        return 1
    return 2 if sides == [{ActorKind.ARMED_GROUP}] * 2 else None


def _date_precision(made: Made) -> int | None:
    """Return date_prec: 1 day, 2 two to six days, 3 a week, 4 a month, 5 more."""
    event = made.event
    if event.date is None or event.first_day is None or event.last_day is None:
        return None if event.date is None else 5
    if event.date_precision != DatePrecision.INTERVAL:
        return _DATES.get(event.date_precision, 5)
    days = event.last_day - event.first_day + 1
    return next((code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if days <= most), 5)
