"""The layout of the Global Terrorism Database: its core columns (GTD Codebook, 2021)."""

from __future__ import annotations

from types import MappingProxyType

from conflictdb.domain.vocabulary import Metric, PlacePrecision, Role
from conflictdb.export.coded import MARK, Cell, Made, joined, whole_times
from conflictdb.export.losses import Loss, counted
from conflictdb.export.numbers import is_one_number, point
from conflictdb.store.read.export import Fighter

SCHEME = "gtd"
COLUMNS = (
    "eventid", "iyear", "imonth", "iday", "approxdate", "extended", "resolution", "country_txt", "region_txt",
    "provstate", "city", "latitude", "longitude", "specificity", "vicinity", "location", "summary", "doubtterr",
    "alternative", "multiple", "success", "suicide", "attacktype1_txt", "targtype1_txt", "corp1", "target1",
    "natlty1_txt", "gname", "gsubname", "gname2", "gname3", "guncertain1", "nperps", "nperpcap", "claimed",
    "claimmode_txt", "claim2", "claim3", "compclaim", "weaptype1_txt", "nkill", "nkillus", "nkillter", "nwound",
    "nwoundus", "nwoundte", "property", "propextent_txt", "ishostkid", "nhostkid", "addnotes", "scite1", "scite2",
    "scite3", "dbsource", "related",
)  # fmt: skip
OLDER: MappingProxyType[str, str] = MappingProxyType({})
FIGURES = ("nkill", "nkillter", "nwound", "nwoundte", "nkillus", "nwoundus", "nperps", "nperpcap", "nhostkid",
           "claimed", "claim2", "claim3")  # fmt: skip
METRICS = frozenset({Metric.KILLED, Metric.WOUNDED})
NATIVE: MappingProxyType[str, str] = MappingProxyType({})

_VAGUE = ("month", "year", "decade", "century")
_PLACES = {PlacePrecision.EXACT: 1, PlacePrecision.NEAR: 2, PlacePrecision.ADMIN2: 3, PlacePrecision.ADMIN1: 4}


def make_row(made: Made) -> dict[str, Cell]:
    """Return the row of an event that GTD has none of; numbers are filled where the policy names one.

    nkill and nwound count the attackers too; nkillter and nwoundte count them alone.
    """
    event, numbers = made.event, made.numbers
    attackers = _attackers(made)
    year, month, day = _date(made)
    names = [*(each.actor for each in attackers[:3]), None, None, None]
    sources = [*made.sources[:3], None, None, None]
    side = attackers[0].side if attackers else None
    return {
        "eventid": MARK + event.slug, "iyear": year, "imonth": month, "iday": day,
        "approxdate": event.date if month in ("", 0) or day in ("", 0) else None,
        "extended": int(made.last != made.first), "resolution": made.last if made.last != made.first else None,
        "country_txt": event.country_name or event.country, "provstate": event.admin1, "city": event.place,
        "latitude": event.latitude, "longitude": event.longitude,
        "specificity": _PLACES.get(event.place_precision, 5), "location": event.admin2, "summary": event.summary,
        "target1": joined([each.actor for each in made.fighters if each.side != side]) if side else None,
        "gname": names[0], "gname2": names[1], "gname3": names[2],
        "nkill": point(numbers.total(Metric.KILLED)) if numbers else None,
        "nwound": point(numbers.total(Metric.WOUNDED)) if numbers else None,
        "nkillter": numbers.point_of_side(side, Metric.KILLED) if numbers and side else None,
        "nwoundte": numbers.point_of_side(side, Metric.WOUNDED) if numbers and side else None,
        "addnotes": f"{made.note()}.", "scite1": sources[0], "scite2": sources[1], "scite3": sources[2],
        "dbsource": "conflictdb",
    }  # fmt: skip


def lose(made: Made) -> list[Loss]:
    """Return what of the event itself the core columns have no place for."""
    lost = whole_times(made)
    if made.event.conflict:
        lost.append(Loss("conflicts", 1, "its conflict"))
    if len(made.sources) > 3:
        lost.append(counted(len(made.sources) - 3, "sources beyond the third", "source beyond the third"))
    for metric in (Metric.KILLED, Metric.WOUNDED):
        total = made.numbers.total(metric) if made.numbers else None
        if total is not None and not is_one_number(total):
            lost.append(Loss(f"ranges of {metric}", 1, f"its range of {metric}"))
    return lost


def _attackers(made: Made) -> list[Fighter]:
    return [each for each in made.fighters if each.role == Role.ATTACKER]


def _date(made: Made) -> tuple[Cell, Cell, Cell]:
    """Return year, month and day of the first day; 0 where the date does not tell month or day."""
    if not made.first:
        return None, None, None
    year, month, day = (int(part) for part in made.first.rsplit("-", 2))
    known = made.event.date_precision
    return year, 0 if known in ("year", "decade", "century") else month, day if known not in _VAGUE else 0
