"""The places of new events: looked up by the batch, and added where they are new."""

from __future__ import annotations

from collections.abc import Sequence

from conflictdb.store.bulk import Bulk, Values
from conflictdb.store.tables import place
from conflictdb.store.write.coded.lookups import known_places
from conflictdb.store.write.coded.prepared import Prepared

COLUMNS = (
    "id", "key", "name", "folded", "admin1", "admin2", "country", "country_name", "area_folded", "latitude",
    "longitude", "precision", "import_run_id",
)  # fmt: skip


def put_places(bulk: Bulk, run_id: int, events: Sequence[Prepared]) -> dict[str, int]:
    """Return the ids of the events' places by their keys, adding those that are new."""
    places = {each.place_key: each for each in events if each.place_key}
    known = known_places(bulk.connection, list(places))
    rows: list[Values] = []
    for key, each in places.items():
        if key not in known:
            known[key] = bulk.new_id(place)
            rows.append(_row(known[key], each, run_id))
    bulk.insert(place, COLUMNS, rows)
    return known


def _row(place_id: int, row: Prepared, run_id: int) -> Values:
    assert row.event.place is not None
    name, admin1, admin2, country, country_name, latitude, longitude, precision = row.event.place
    return (
        place_id, row.place_key, name, row.place_folded, admin1, admin2, country, country_name, row.area_folded,
        latitude, longitude, precision, run_id,
    )  # fmt: skip
