"""The layout of ACLED: 31 columns (ACLED Codebook, 2024)."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from conflictdb.domain.vocabulary import ActorKind, DatePrecision, EventType, Metric, PlacePrecision
from conflictdb.export.coded import MARK, Cell, Made, beyond_two_sides, joined, whole_times
from conflictdb.export.losses import Loss
from conflictdb.export.numbers import is_one_number, point
from conflictdb.store.read.export import Fighter

SCHEME = "acled"
COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude",
    "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
OLDER = MappingProxyType({"ally_actor_1": "assoc_actor_1", "ally_actor_2": "assoc_actor_2"})
FIGURES = ("fatalities",)
METRICS = frozenset({Metric.KILLED})
NATIVE: MappingProxyType[str, str] = MappingProxyType({})

_TYPES = {
    EventType.BATTLE: "Battles",
    EventType.EXPLOSION: "Explosions/Remote violence",
    EventType.VIOLENCE_AGAINST_CIVILIANS: "Violence against civilians",
    EventType.RIOT: "Riots",
    EventType.PROTEST: "Protests",
    EventType.STRATEGIC: "Strategic developments",
}
_ACTORS = {
    ActorKind.STATE: "State forces",
    ActorKind.STATE_FORCES: "State forces",
    ActorKind.ARMED_GROUP: "Rebel group",
    ActorKind.CIVILIANS: "Civilians",
    ActorKind.IGO: "External/Other forces",
}
_DATES = {DatePrecision.DAY: 1, DatePrecision.DAYS: 2, DatePrecision.WEEK: 2}
_PLACES = {PlacePrecision.EXACT: 1, PlacePrecision.NEAR: 2, PlacePrecision.ADMIN2: 2}


def make_row(made: Made) -> dict[str, Cell]:
    """Return the row of an event that ACLED has none of; `fatalities` is filled where the policy names one number."""
    event, numbers = made.event, made.numbers
    first, second = made.side(1), made.side(2)
    total = numbers.total(Metric.KILLED) if numbers else None
    return {
        "event_id_cnty": MARK + event.slug, "event_date": made.first, "year": made.year,
        "time_precision": _date_precision(made), "event_type": _TYPES.get(event.type),
        "sub_event_type": event.subtype, "actor1": _first(first), "assoc_actor_1": _others(first),
        "inter1": _kind(first), "actor2": _first(second), "assoc_actor_2": _others(second), "inter2": _kind(second),
        "civilian_targeting":
            "Civilian targeting" if event.type == EventType.VIOLENCE_AGAINST_CIVILIANS else None,
        "iso": _iso_number(event.country), "country": event.country_name or event.country,
        "admin1": event.admin1, "admin2": event.admin2, "location": event.place, "latitude": event.latitude,
        "longitude": event.longitude,
        "geo_precision": _PLACES.get(event.place_precision, 3) if event.place_precision else None,
        "source": joined(made.sources), "notes": _notes(made), "fatalities": point(total),
    }  # fmt: skip


def lose(made: Made) -> list[Loss]:
    """Return what of the event itself ACLED has no column for."""
    lost = beyond_two_sides(made) + whole_times(made)
    if made.event.type not in _TYPES:
        lost.append(Loss("event types", 1, f"its type, {made.event.type}"))
    if made.event.conflict:
        lost.append(Loss("conflicts", 1, "its conflict"))
    if made.last != made.first:
        lost.append(Loss("last days", 1, "its last day"))
    total = made.numbers.total(Metric.KILLED) if made.numbers else None
    if total is not None and not is_one_number(total):
        lost.append(Loss("ranges of killed", 1, f"its range of killed, {_range(made)}"))
    return lost


def _notes(made: Made) -> str:
    range_of = _range(made)
    figure = f"killed {range_of} ({made.note()})" if range_of else made.note()
    return " ".join(filter(None, (f"{figure}.", made.event.summary)))


def _range(made: Made) -> str:
    total = made.numbers.total(Metric.KILLED) if made.numbers else None
    if total is None:
        return ""
    if total.highest_stated is None:
        return "without a number"
    low = "not stated" if total.low is None else str(total.low)
    bounds = f"{low} or more" if total.open else low if total.low == total.high else f"{low} to {total.high}"
    return bounds if total.best is None or bounds == str(total.best) else f"{bounds}, best {total.best}"


def _first(side: Sequence[Fighter]) -> str | None:
    return side[0].actor if side else None


def _others(side: Sequence[Fighter]) -> str:
    return joined([each.actor for each in side[1:]])


def _kind(side: Sequence[Fighter]) -> str | None:
    return _ACTORS.get(ActorKind(side[0].kind)) if side else None


def _date_precision(made: Made) -> int | None:
    event = made.event
    if event.date is None:
        return None
    if event.date_precision == DatePrecision.INTERVAL and None not in (event.first_day, event.last_day):
        return 2 if event.last_day - event.first_day < 7 else 3
    return _DATES.get(event.date_precision, 3)


def _iso_number(country: str | None) -> int | None:
    """Return the numeric code of ISO 3166-1."""
    from iso3166 import countries_by_alpha3

    found = countries_by_alpha3.get(country or "")
    return int(found.numeric) if found else None
