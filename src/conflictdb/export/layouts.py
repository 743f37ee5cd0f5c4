"""The layouts by name: what each is, and the writer that is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from conflictdb.domain.nearest import nearest_names
from conflictdb.errors import UsageError
from conflictdb.export.columns import Column, claim_columns
from conflictdb.export.task import Task, Writer


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout: `coded` is the module of a recorder's own; `numbers`: it holds figures that a policy makes."""

    name: str
    doc: str
    writer: str = ""
    coded: str = ""
    text: bool = True
    numbers: bool = False
    mediatype: str = "text/csv"

    def open(self, task: Task) -> Writer:
        """Return a writer. Raises UsageError where a package is missing."""
        if self.coded:
            from conflictdb.export.coded import CodedWriter

            return CodedWriter(task, import_module(f"conflictdb.export.{self.coded}"))
        module, _, name = self.writer.partition(":")
        make: Callable[[Task], Writer] = getattr(import_module(f"conflictdb.export.{module}"), name)
        return make(task)

    def columns(self, *, as_of: bool = False) -> list[Column]:
        """Return the columns of a table, as of a day or not, or nothing where it is none."""
        if self.coded:
            module: Any = import_module(f"conflictdb.export.{self.coded}")
            described = import_module(_DESCRIBED[self.coded]).COLUMNS
            docs = {column.name: column.meaning for column in described}
            return [Column(name, "string", docs.get(name, "")) for name in module.COLUMNS]
        if self.name == "hxl":
            from conflictdb.export.hxl import COLUMNS

            return [Column(name, "string", tag) for name, tag in COLUMNS.items()]
        return list(claim_columns(as_of=as_of)) if self.name in ("csv", "parquet") else []


_DESCRIBED = {
    "ged": "conflictdb.importers.ucdp.columns",
    "acled": "conflictdb.importers.acled.columns",
    "gtd": "conflictdb.importers.gtd.columns",
}
LAYOUTS = {
    each.name: each
    for each in (
        Layout("native", "Documents to import again without a change: .jsonl an event a line, .yaml and .json for few.",
               "native:NativeWriter", mediatype="application/jsonl"),
        Layout("csv", "A row a claim, with its event's columns.", "claims:ClaimsCsv"),
        Layout("ged", "The 49 columns of UCDP GED 22.1 to 26.1.", coded="ged", numbers=True),
        Layout("acled", "The 31 columns of ACLED.", coded="acled", numbers=True),
        Layout("gtd", "The core columns of GTD.", coded="gtd", numbers=True),
        Layout("geojson", "A feature an event, with its claims and their ranges.", "geojson:EventsGeojson",
               numbers=True, mediatype="application/geo+json"),
        Layout("parquet", "The same table as csv, typed; needs conflictdb[parquet].", "parquet:ClaimsParquet",
               text=False, mediatype="application/vnd.apache.parquet"),
        Layout("hxl", "A row an event, with the tags of HXL 1.1 in the second row.", "hxl:EventsHxl", numbers=True),
        Layout("xlsx", "A workbook: Events, Claims, Sources, About; needs conflictdb[xlsx].", "xlsx:Workbook",
               text=False, numbers=True,
               mediatype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )
}  # fmt: skip


def find_layout(name: str) -> Layout:
    """Return the layout of that name. Raises UsageError with the nearest."""
    found = LAYOUTS.get(name.strip().lower())
    if found is None:
        near = nearest_names(name, LAYOUTS, limit=1)
        advice = [f"did you mean {near[0]}?"] if near else []
        raise UsageError(f"no layout is called {name!r}", *advice, f"known: {', '.join(LAYOUTS)}")
    return found
