"""One row an event with the tags of the Humanitarian Exchange Language, 1.1, in the second row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from conflictdb.domain.formulas import defuse
from conflictdb.domain.vocabulary import Basis, Metric, Role
from conflictdb.export.coded import Made, read_made
from conflictdb.export.losses import Loss, claims_lost, counted
from conflictdb.export.task import PlainWriter, Task
from conflictdb.store.read import export as read

METRICS = {
    Metric.KILLED: "killed",
    Metric.WOUNDED: "injured",
    Metric.MISSING: "missing",
    Metric.CAPTURED: "captured",
    Metric.DISPLACED: "displaced",
}
"""What is counted, and its attribute in HXL."""

COLUMNS = {
    "id": "#event+id",
    "name": "#event+name",
    "type": "#event+type",
    "subtype": "#event+type+sub",
    "conflict": "#crisis+name",
    "start": "#date+start",
    "end": "#date+end",
    "country": "#country+name",
    "country_code": "#country+code+v_iso3",
    "admin1": "#adm1+name",
    "admin2": "#adm2+name",
    "place": "#loc+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "place_precision": "#geo+precision",
    "attackers": "#group+name+attacker",
    "defenders": "#group+name+defender",
    "others": "#group+name+other",
    **{
        f"{metric}_{end}": f"#affected+{attribute}+{bound}"
        for metric, attribute in METRICS.items()
        for end, bound in (("low", "min"), ("best", "best"), ("high", "max"))
    },
    "figures": "#meta+policy",
    "sources": "#meta+source",
    "summary": "#description",
}


class EventsHxl(PlainWriter):
    """Writes events as CSV with HXL tags; the bounds are those of a policy."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self._put([list(COLUMNS), list(COLUMNS.values())])

    def write(self, ids: Sequence[int]) -> None:
        """Write these events."""
        connection, knowledge = self.task.connection, self.task.knowledge
        further = read.read_further(connection, ids, knowledge=knowledge)
        timeline = read.count(connection, "timeline", ids, knowledge)
        rows = []
        for event_id, made in read_made(self.task, ids).items():
            rows.append([_cell(cell) for cell in event_row(made).values()])
            lost = claims_lost(further.get(event_id, ()), frozenset(METRICS))
            if event_id in timeline:
                lost.append(counted(timeline[event_id], "entries of the timeline", "entry of the timeline"))
            if made.event.start_time or made.event.end_time:
                lost.append(Loss("times of day", 1, "its time of day"))
            self.task.losses.add(made.event.slug, lost)
        self._put(rows)
        self.task.tally.rows += len(rows)

    def _put(self, rows: Any) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        self.task.stream.write(text.getvalue().encode("utf-8", errors="backslashreplace"))


def event_row(made: Made) -> dict[str, Any]:
    """Return the cells of an event by column, in the order of COLUMNS."""
    event = made.event
    bounds: dict[str, Any] = {}
    for metric in METRICS:
        total = made.numbers.total(metric) if made.numbers else None
        bounds |= {f"{metric}_{end}": getattr(total, end, None) for end in ("low", "best", "high")}
    filled = made.numbers is not None and bool(made.numbers.measures)
    return {
        "id": event.slug, "name": event.name, "type": event.type, "subtype": event.subtype,
        "conflict": event.conflict, "start": made.first, "end": made.last, "country": event.country_name,
        "country_code": event.country, "admin1": event.admin1, "admin2": event.admin2, "place": event.place,
        "latitude": event.latitude, "longitude": event.longitude, "place_precision": event.place_precision,
        "attackers": _fighters(made, Role.ATTACKER), "defenders": _fighters(made, Role.DEFENDER),
        "others": _fighters(made, Role.UNKNOWN), **bounds,
        "figures": f"{made.policy}, basis {Basis.CLAIMS}" if filled else made.note(),
        "sources": "; ".join(made.sources), "summary": event.summary,
    }  # fmt: skip


def _fighters(made: Made, role: Role) -> str:
    return "; ".join(each.actor for each in made.fighters if each.role == role)


def _cell(value: Any) -> Any:
    return defuse(value) if isinstance(value, str) else value
