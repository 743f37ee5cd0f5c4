"""Events as a GeoJSON FeatureCollection (RFC 7946), written feature by feature."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from conflictdb.domain.rows import EstimateRow
from conflictdb.export.claims import add_all, claim_rows
from conflictdb.export.columns import CLAIM, EVENT
from conflictdb.export.losses import Loss, counted
from conflictdb.export.numbers import BASIS, NAMED, Numbers, read_numbers
from conflictdb.export.task import PlainWriter, Task
from conflictdb.store.read import export as read
from conflictdb.store.read.flat import Flat, FlatReader

_POINT = ("latitude", "longitude")


class EventsGeojson(PlainWriter):
    """Writes events as features, with their claims and what a policy makes of them."""

    def __init__(self, task: Task) -> None:
        self.task, self.reader = task, FlatReader(task.connection)
        self.begun = False
        self._write('{"type": "FeatureCollection", "features": [')

    def write(self, ids: Sequence[int]) -> None:
        """Write these events."""
        connection = self.task.connection
        flat = self.reader.read(ids)
        claimed = read.find_claimed(connection, ids)
        numbers = read_numbers(connection, sorted(claimed), read.read_fighters(connection, ids)) if claimed else {}
        claims = _claims(flat)
        for place, event_id in enumerate(ids):
            feature = _feature(flat, place, claims[place], numbers.get(event_id))
            self._write((",\n" if self.begun else "\n") + json.dumps(feature, ensure_ascii=False))
            self.begun = True
            self.task.tally.filled += event_id in numbers and bool(numbers[event_id].measures)
            self.task.tally.empty += event_id not in numbers or not numbers[event_id].measures
        self.task.tally.rows += len(ids)
        self._lose(flat)

    def end(self) -> None:
        """Close the collection."""
        self._write("\n]}\n")

    def _lose(self, flat: Flat) -> None:
        found: dict[int, list[Loss]] = {}
        for event_id, count in read.count(self.task.connection, "timeline", flat.ids).items():
            found[event_id] = [counted(count, "entries of the timeline", "entry of the timeline")]
            self.task.losses.note("other columns of rows of datasets", flat.of_datasets, flat.of_datasets)
        add_all(self.task.losses, flat, found)

    def _write(self, text: str) -> None:
        self.task.stream.write(text.encode("utf-8", errors="backslashreplace"))


def _claims(flat: Flat) -> list[list[dict[str, Any]]]:
    """Return the claims of each event of a batch, without the columns that are empty."""
    found: list[list[dict[str, Any]]] = [[] for _ in flat.ids]
    names = [column.name for column in CLAIM]
    for place, values in zip(flat.places, claim_rows(flat, CLAIM), strict=True):
        found[place].append({name: value for name, value in zip(names, values, strict=True) if value is not None})
    return found


def _feature(flat: Flat, place: int, claims: list[dict[str, Any]], numbers: Numbers | None) -> Mapping[str, Any]:
    properties = {column.name: flat.events[column.name][place] for column in EVENT if column.name not in _POINT}
    latitude, longitude = (flat.events[name][place] for name in _POINT)
    point = None if latitude is None else {"type": "Point", "coordinates": [longitude, latitude]}
    totals = numbers.totals if numbers else ()
    measures = numbers.measures if numbers else ()
    return {
        "type": "Feature",
        "id": properties["event"],
        "geometry": point,
        "properties": {
            **properties,
            "summary": flat.events["summary"][place],
            "policy": NAMED,
            "basis": str(BASIS),
            "estimates": [_estimate(each) for each in measures],
            "totals": [_estimate(each) for each in totals],
            "claims": claims,
        },
    }


def _estimate(estimate: EstimateRow) -> dict[str, Any]:
    names = ("subject", "side", "group", "metric", "item", "fate", "low", "high", "open", "highest_stated", "composite")
    told = {name: getattr(estimate, name) for name in names}
    return {name: value for name, value in told.items() if value is not None} | (
        {"note": estimate.note} if estimate.note else {}
    )
