"""Events as a GeoJSON FeatureCollection (RFC 7946), written feature by feature."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from conflictdb.domain.lens import Lens
from conflictdb.domain.rows import EstimateRow
from conflictdb.export.claims import add_all, claim_rows, lose_rows_of_datasets
from conflictdb.export.columns import CLAIM, EVENT
from conflictdb.export.losses import Loss, counted
from conflictdb.export.numbers import Numbers, named, read_numbers
from conflictdb.export.task import PlainWriter, Task
from conflictdb.store.read import export as read
from conflictdb.store.read.flat import Flat, FlatReader

_POINT = ("latitude", "longitude")


class EventsGeojson(PlainWriter):
    """Writes events as features, with their claims and what a policy makes of them."""

    def __init__(self, task: Task) -> None:
        self.task, self.reader = task, FlatReader(task.connection, task.knowledge)
        self.begun = False
        self._write('{"type": "FeatureCollection", "features": [')

    def write(self, ids: Sequence[int]) -> None:
        """Write these events."""
        connection, lens = self.task.connection, self.task.lens
        flat = self.reader.read(ids)
        claimed = read.find_claimed(connection, ids, lens.knowledge)
        fighters = read.read_fighters(connection, ids) if claimed else {}
        numbers = read_numbers(connection, sorted(claimed), fighters, lens) if claimed else {}
        claims = _claims(flat)
        for place, event_id in enumerate(ids):
            feature = _feature(flat, place, claims[place], numbers.get(event_id), lens)
            self._write((",\n" if self.begun else "\n") + json.dumps(feature, ensure_ascii=False))
            self.begun = True
            self.task.tally.add(numbers.get(event_id))
        self.task.tally.rows += len(ids)
        self._lose(flat)

    def end(self) -> None:
        """Close the collection."""
        self._write("\n]}\n")

    def _lose(self, flat: Flat) -> None:
        found: dict[int, list[Loss]] = {}
        for event_id, count in read.count(self.task.connection, "timeline", flat.ids, self.task.knowledge).items():
            found[event_id] = [counted(count, "entries of the timeline", "entry of the timeline")]
        lose_rows_of_datasets(self.task, flat)
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


def _feature(
    flat: Flat, place: int, claims: list[dict[str, Any]], numbers: Numbers | None, lens: Lens
) -> Mapping[str, Any]:
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
            "policy": named(lens),
            "basis": str(lens.basis),
            **({"as_of": lens.as_of} if lens.as_of else {}),
            "estimates": [_estimate(each) for each in measures],
            "totals": [_estimate(each) for each in totals],
            "claims": claims,
        },
    }


def _estimate(estimate: EstimateRow) -> dict[str, Any]:
    names = ("subject", "side", "group", "metric", "item", "fate", "low", "best", "high", "open", "highest_stated")
    told = {name: getattr(estimate, name) for name in (*names, "composite")}
    return {name: value for name, value in told.items() if value is not None} | (
        {"note": estimate.note} if estimate.note else {}
    )
