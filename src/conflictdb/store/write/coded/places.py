"""The places of new events: looked up by the batch, and added where they are new."""

from __future__ import annotations

from collections.abc import Sequence

from conflictdb.domain.coded import CodedPlace
from conflictdb.domain.folding import fold
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
    places = {each.place_key: each.event.place for each in events if each.event.place is not None}
    known = known_places(bulk.connection, list(places))
    rows: list[Values] = []
    for key, coded in places.items():
        if key not in known:
            known[key] = bulk.new_id(place)
            rows.append(_row(known[key], key, coded, run_id))
    bulk.insert(place, COLUMNS, rows)
    return known


def _row(place_id: int, key: str, coded: CodedPlace, run_id: int) -> Values:
    name, admin1, admin2, country, country_name, latitude, longitude, precision = coded
    area = fold(" ".join(filter(None, (admin1, admin2, country_name))))
    return (
        place_id, key, name, fold(name or ""), admin1, admin2, country, country_name, area, latitude, longitude,
        precision, run_id,
    )  # fmt: skip
