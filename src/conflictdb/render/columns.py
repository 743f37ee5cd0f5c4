"""The columns that each kind of row is listed with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from itertools import chain
from typing import Any

from conflictdb.domain.rows import (
    ActorRow,
    ClaimRow,
    ConflictRow,
    EstimateRow,
    EventRow,
    HitRow,
    PersonRow,
    RunRow,
    SourceRow,
    TimelineRow,
)
from conflictdb.render.delimited import flat_value
from conflictdb.render.links import standing_words
from conflictdb.render.listing import Column, Listing, SqlRow
from conflictdb.render.words import (
    date_words,
    estimate_words,
    event_type_words,
    figure_alone,
    measure_words,
    place_words,
    stake_words,
    subject_words,
    time_words,
    what_words,
)

_EVENT = Column[ClaimRow]("event", lambda row: row.event, keep=True)
_SUBJECT = Column[ClaimRow]("whose", subject_words, least=11)
_WHAT = Column[ClaimRow]("what", what_words, least=16)
_FIGURE = Column[ClaimRow]("figure", figure_alone, keep=True)
_CLAIMANT = Column[ClaimRow]("claimant", lambda row: row.claimant, least=14)
_STAKE = Column[ClaimRow]("stake", stake_words, least=11)
_STATED = Column[ClaimRow]("stated", lambda row: date_words(row.stated_on), keep=True)
_KEY = Column[ClaimRow]("key", lambda row: row.key, keep=True, spare=2)
_KEY_LAST = Column[ClaimRow]("key", lambda row: row.key, keep=True, spare=5)
_STATUS = Column[ClaimRow]("status", lambda row: ", ".join(standing_words(row)), spare=1)
_DOCUMENT = Column[ClaimRow]("document", lambda row: row.source, spare=3, least=12)
_LOCATOR = Column[ClaimRow]("where in it", lambda row: row.locator or "", spare=3)
_WORDING = Column[ClaimRow]("wording", lambda row: row.wording or "", spare=4, least=16)

CLAIMS = (_EVENT, _SUBJECT, _WHAT, _FIGURE, _CLAIMANT, _STAKE, _STATED, _STATUS, _DOCUMENT, _KEY)
CLAIMS_BY_EVENT = (_SUBJECT, _WHAT, _FIGURE, _CLAIMANT, _STAKE, _STATED, _STATUS, _DOCUMENT, _KEY)
CLAIMS_BY_SOURCE = (_EVENT, _SUBJECT, _WHAT, _FIGURE, _WORDING, _STAKE, _STATED, _STATUS, _DOCUMENT, _KEY_LAST)
CLAIMS_BY_DOCUMENT = (_EVENT, _SUBJECT, _WHAT, _FIGURE, _CLAIMANT, _STAKE, _STATED, _STATUS, _LOCATOR, _KEY)

EVENTS = (
    Column[EventRow]("event", lambda row: row.slug, keep=True),
    Column[EventRow]("date", lambda row: date_words(row.date), keep=True),
    Column[EventRow]("name", lambda row: row.name, least=20),
    Column[EventRow]("place", place_words, least=16),
    Column[EventRow]("type", event_type_words, spare=1),
    Column[EventRow]("conflict", lambda row: row.conflict or "", spare=2),
    Column[EventRow]("claims", lambda row: f"{row.claims:,}", "right", keep=True),
    Column[EventRow]("claimants", lambda row: f"{row.claimants:,}", "right", keep=True, spare=3),
)

ESTIMATES = (
    Column[EstimateRow]("side", lambda row: str(row.side or ""), keep=True),
    Column[EstimateRow]("event", lambda row: row.event, keep=True),
    Column[EstimateRow]("subject", subject_words),
    Column[EstimateRow]("metric", measure_words),
    Column[EstimateRow]("estimate", estimate_words, keep=True),
    Column[EstimateRow]("claims", lambda row: f"{len(row.used):,}", "right", keep=True),
    Column[EstimateRow]("note", lambda row: row.note, spare=1),
)

TIMELINE = (
    Column[TimelineRow]("event", lambda row: row.event, keep=True),
    Column[TimelineRow]("date", lambda row: date_words(row.date), keep=True),
    Column[TimelineRow]("time", lambda row: time_words(row.time or ""), keep=True),
    Column[TimelineRow]("what happened", lambda row: row.text, least=32),
    Column[TimelineRow]("document", lambda row: row.source, spare=1),
)

ACTORS = (
    Column[ActorRow]("actor", lambda row: row.name, least=24),
    Column[ActorRow]("kind", lambda row: row.kind.replace("_", " "), keep=True),
    Column[ActorRow]("country", lambda row: row.country or "", keep=True),
    Column[ActorRow]("part of", lambda row: ", ".join(row.part_of)),
    Column[ActorRow]("also called", lambda row: ", ".join(row.aliases), spare=2),
    Column[ActorRow]("unnamed in", lambda row: row.unnamed_in or "", spare=1),
    Column[ActorRow]("events", lambda row: f"{row.events:,}", "right", keep=True),
    Column[ActorRow]("claims", lambda row: f"{row.claims:,}", "right", keep=True),
)

PEOPLE = (
    Column[PersonRow]("person", lambda row: row.name, least=24),
    Column[PersonRow]("also called", lambda row: ", ".join(row.aliases)),
    Column[PersonRow]("events", lambda row: ", ".join(row.events)),
    Column[PersonRow]("who", lambda row: row.description or "", spare=1),
    Column[PersonRow]("claims", lambda row: f"{row.claims:,}", "right", keep=True),
)

SOURCES = (
    Column[SourceRow]("document", lambda row: row.slug, keep=True),
    Column[SourceRow]("published", lambda row: date_words(row.published_on), keep=True),
    Column[SourceRow]("title", lambda row: row.title, least=20),
    Column[SourceRow]("publisher", lambda row: row.publisher or "", spare=1),
    Column[SourceRow]("address", lambda row: row.url or "", spare=2, least=30),
    Column[SourceRow]("claims", lambda row: f"{row.claims:,}", "right", keep=True),
)

CONFLICTS = (
    Column[ConflictRow]("conflict", lambda row: row.name),
    Column[ConflictRow]("part of", lambda row: row.part_of or ""),
    Column[ConflictRow]("first event", lambda row: date_words(row.first_date) if row.first_date else "", keep=True),
    Column[ConflictRow]("last event", lambda row: date_words(row.last_date) if row.last_date else "", keep=True),
    Column[ConflictRow]("events", lambda row: f"{row.events:,}", "right", keep=True),
)

RUNS = (
    Column[RunRow]("run", lambda row: str(row.run), "right", keep=True),
    Column[RunRow]("started", lambda row: row.started_at[:16].replace("T", " "), keep=True),
    Column[RunRow]("importer", lambda row: f"{row.importer} {row.importer_version}"),
    Column[RunRow]("file", lambda row: re.split(r"[\\/]", row.file)[-1], least=20),
    Column[RunRow]("result", lambda row: _counts(row.counts), least=20),
    Column[RunRow]("undone", lambda row: (row.undone_on or "")[:10], keep=True),
)

HITS = (
    Column[HitRow]("kind", lambda row: row.kind, keep=True),
    Column[HitRow]("name", lambda row: row.name, keep=True),
    Column[HitRow]("title", lambda row: row.title),
    Column[HitRow]("found in", lambda row: row.context),
)


def listing_of_mappings(
    command: str, query: str | None, names: Iterable[str], rows: Iterable[Mapping[str, Any]], *, empty: str = "no rows"
) -> Listing[SqlRow]:
    """Return a listing of rows with the given columns, whose names differ.

    Columns whose first value is a number stand right, uncut. The first row is read at once, the others as written.
    """
    coming = iter(rows)
    first = next(coming, None)
    columns = tuple(_sql_column(name, first[name] if first else None) for name in names)
    given = chain([] if first is None else [first], coming)
    fields = tuple(column.header for column in columns)
    return Listing(command, query, None, None, (SqlRow(row) for row in given), columns, empty=empty, fields=fields)


def _sql_column(name: str, value: object) -> Column[SqlRow]:
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return Column(name, _value_of(name), "right" if number else "left", keep=number)


def _value_of(name: str) -> Callable[[SqlRow], str]:
    def text(row: SqlRow) -> str:
        return str(flat_value(row.values[name]))

    return text


def _counts(counts: Mapping[str, Any]) -> str:
    """Return what a run did, the nothings left out: "events 1 added, claims 15 added"."""
    said = []
    for name, value in counts.items():
        if isinstance(value, Mapping):
            inner = " ".join(f"{count:,} {word}" for word, count in value.items() if isinstance(count, int) and count)
            said += [f"{name} {inner}"] if inner else []
        elif value:
            said.append(f"{name} {value}")
    return ", ".join(said)
