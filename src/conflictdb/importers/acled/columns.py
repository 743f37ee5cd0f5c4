"""The columns of ACLED's exports since 2014, and how its files are told from others."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from conflictdb.errors import ConflictDBError
from conflictdb.importers.tabular.columns import Column, score
from conflictdb.importers.tabular.reader import find_names

_INTER = {
    "1": "State forces", "2": "Rebel group", "3": "Political militia", "4": "Identity militia",
    "5": "Rioters", "6": "Protesters", "7": "Civilians", "8": "External/Other forces", "0": "nobody",
}  # fmt: skip

# The sections are those of the codebook of 2023; "to 2018", "to 2023" are the exports that had a column or a code.
COLUMNS = (
    Column("event_id_cnty", "the event's id, of letters for the country and a number; section Event ID", required=True),
    Column("event_date", "the day, by time_precision; section Event time", required=True),
    Column("year", "the year of event_date"),
    Column("time_precision", "how near the day is known; section Time precision codes", ("time_preci",),
           codes={"1": "the day", "2": "the week", "3": "the month"}),
    Column("disorder_type", "political violence, demonstrations or strategic developments; since 2023"),
    Column("event_type", "one of six; nine other ones to 2018; section Event and sub-event types", required=True),
    Column("sub_event_type", "one of 25; since 2018; section Event and sub-event types"),
    Column("actor1", "a group that took part, not always the attacker; section Actors"),
    Column("assoc_actor_1", "groups with actor1, parted by semicolons", ("ally_actor_1", "assoc_actor1")),
    Column("inter1", "what kind of group actor1 is, as a code or in words; section Inter codes", codes=_INTER),
    Column("actor2", "a group on the other side, not always the victim; section Actors"),
    Column("assoc_actor_2", "groups with actor2, parted by semicolons", ("ally_actor_2", "assoc_actor2")),
    Column("inter2", "what kind of group actor2 is, as a code or in words; section Inter codes", codes=_INTER),
    Column("interaction", "both kinds as one code, or in words; section Interaction"),
    Column("civilian_targeting", "\"Civilian targeting\" where civilians were the main target; since 2021"),
    Column("iso", "the country's ISO 3166 number; since 2018", ("iso_code",)),
    Column("iso3", "the country's ISO 3166 alpha-3 code; to 2023"),
    Column("region", "the part of the world"),
    Column("country", "the country's name", ("country_name",)),
    Column("admin1", "the first-order division"),
    Column("admin2", "the second-order division"),
    Column("admin3", "the third-order division"),
    Column("location", "the town, or what else the coordinates are of; section Event geography"),
    Column("latitude", "degrees north, WGS 84"),
    Column("longitude", "degrees east, WGS 84"),
    Column("geo_precision", "how near the place is known; section Spatial precision codes", ("geo_precis",),
           codes={"1": "the town", "2": "near it, or a part of the region", "3": "the region"}),
    Column("source", "what ACLED read, parted by semicolons; section Information sources"),
    Column("source_scale", "local, national, international or other; since 2018"),
    Column("notes", "what happened, in prose"),
    Column("fatalities", "all killed, the most conservative report; 0 for none, or nothing known; section Fatalities"),
    Column("tags", "further words, parted by semicolons; since 2023"),
    Column("timestamp", "when the row was last changed, in seconds since 1970; since 2018"),
    Column("data_id", "the row's number in one export, which changes; to 2023"),
    Column("event_id_no_cnty", "the number of event_id_cnty without the country; to 2023"),
    Column("gwno", "the country's number of Gleditsch and Ward; to 2018"),
)  # fmt: skip

DELETION_COLUMNS = (
    Column("event_id_cnty", "the id of the event that is deleted", required=True),
    Column("deleted_timestamp", "when it was deleted, in seconds since 1970"),
)

_EVENTS = tuple(column for column in COLUMNS if column.name in ("event_id_cnty", "event_date"))
_WITHOUT_ID = tuple(Column(name, "") for name in ("event_type", "actor1", "inter1", "fatalities"))
_DELETIONS = tuple(Column(column.name, column.meaning) for column in DELETION_COLUMNS)


class Row(NamedTuple):
    """The cells of COLUMNS, in their order."""

    event_id_cnty: str
    event_date: str
    year: str
    time_precision: str
    disorder_type: str
    event_type: str
    sub_event_type: str
    actor1: str
    assoc_actor_1: str
    inter1: str
    actor2: str
    assoc_actor_2: str
    inter2: str
    interaction: str
    civilian_targeting: str
    iso: str
    iso3: str
    region: str
    country: str
    admin1: str
    admin2: str
    admin3: str
    location: str
    latitude: str
    longitude: str
    geo_precision: str
    source: str
    source_scale: str
    notes: str
    fatalities: str
    tags: str
    timestamp: str
    data_id: str
    event_id_no_cnty: str
    gwno: str


def looks_like_events(path: Path) -> bool:
    """Return whether the header is ACLED's, if need be without an id or a date: what is missing is told on reading."""
    names = _names(path)
    return score(_EVENTS, names) == 1 or score(_WITHOUT_ID, names) == 1


def looks_like_deletions(path: Path) -> bool:
    """Return whether the header is that of a list of deletions, and not of events."""
    names = _names(path)
    return score(_DELETIONS, names) == 1 and not (score(_EVENTS, names) == 1 or score(_WITHOUT_ID, names) == 1)


def _names(path: Path) -> tuple[str, ...]:
    try:
        return find_names(path)
    except ConflictDBError:  # a zip of several files: what the user must choose is told when nothing recognises it
        return ()
