"""What importers of datasets hand over: a recorder's rows as codes and figures, cheap to make by the hundred thousand.

A hand-written document is an `EventRecord`, which is resolved name by name. A row of UCDP, ACLED or GTD is a
`CodedEvent`: it has one recorder, its own number in the dataset, and is written in batches. These are named tuples
because a million of them are made: build them by position, in the order of the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from conflictdb.domain.records import ActorRecord, Problem, SourceRecord


@dataclass(frozen=True, slots=True)
class DatasetRecord:
    """The dataset that a file holds rows of; an importer yields it first.

    `name` is also the scheme of its events' native ids ("ucdp-ged" of "ucdp-ged:300380"). `release` is "" where the
    file does not tell it. `released_on` is EDTF. `columns` name the cells of every `CodedEvent.original`.
    """

    name: str
    title: str
    recorder: ActorRecord
    source: SourceRecord
    release: str = ""
    released_on: str | None = None
    licence: str | None = None
    citation: str | None = None
    url: str | None = None
    columns: tuple[str, ...] = ()
    read_as: str = ""
    """How the file was read, e.g. "UTF-8, comma"."""
    known_releases: Mapping[str, str] = field(default_factory=dict)
    """The EDTF dates of the releases that are known, for one that the user names."""


class CodedActor(NamedTuple):
    """An actor as a dataset names it. `native_id` is with its scheme, "ucdp-actor:84", or "".

    `kind` is a word of ActorKind. `spoken` is how the dataset writes the name where that differs, as with years;
    `since` and `until` (EDTF, or "") are when it was called so.
    """

    name: str
    kind: str = "unknown"
    native_id: str = ""
    country: str | None = None
    spoken: str = ""
    since: str = ""
    until: str = ""


class CodedConflict(NamedTuple):
    """A conflict or a dyad within one. `native_ids` are with their schemes: "ucdp-conflict:297", "ucdp-dyad:640"."""

    name: str
    native_ids: tuple[str, ...] = ()
    parent: CodedConflict | None = None


class CodedPlace(NamedTuple):
    """Where: `country` is ISO 3166 alpha-3 or None, its name is kept; degrees are WGS 84; a word of PlacePrecision."""

    name: str | None
    admin1: str | None
    admin2: str | None
    country: str | None
    country_name: str | None
    latitude: float | None
    longitude: float | None
    precision: str | None


class CodedFighter(NamedTuple):
    """An actor's part in an event; `role` is a word of Role."""

    actor: CodedActor
    side: int
    role: str = "unknown"
    unit: str | None = None


class CodedFigure(NamedTuple):
    """One figure of the recorder: an estimate. Bounds are inclusive, None is open.

    `field` is the column that says it ("deaths_a"): with the event's native id it is the claim's own id, so it must
    differ between the figures of a row. `subject` is the place (from 0) of a combatant in `CodedEvent.fighters`, or
    "side 1", "side 2", "civilians", "unknown", "total". `qualifier` is a word of Qualifier, `metric` of Metric.
    `part_of` is the field of the figure that contains this one. `source` is the slug of another document than the
    dataset's own, where the row cites one for this figure. `wording` is the cell where it says more than the figure.
    """

    field: str
    subject: int | str
    metric: str
    lower: int | None
    upper: int | None
    best: int | None
    qualifier: str
    group: str | None = None
    wording: str | None = None
    note: str | None = None
    kind: str = "casualty"
    item: str | None = None
    fate: str | None = None
    part_of: str | None = None
    source: str | None = None


class CodedStatement(NamedTuple):
    """An attribute that a row states: a result, or that `claimant`, else the recorder, says who did it.

    `attribute` is a word of Attribute. `field` is its column, as with figures.
    """

    field: str
    attribute: str
    value: str
    claimant: CodedActor | None = None
    wording: str | None = None
    note: str | None = None


class CodedWarning(NamedTuple):
    """A cell that was taken with a doubt."""

    field: str
    value: str
    why: str


class CodedEvent(NamedTuple):
    """One row of a dataset.

    `native_id` is without its scheme. `type` is a word of EventType, `date` EDTF, `first_day` and `last_day` its
    proleptic ordinals, `date_precision` a word of DatePrecision. `based_on` is what the recorder names as its own
    sources, in its words. `stated_on` is the day this row was stated, where rows have days of their own (ACLED's
    timestamp); else the dataset's release counts. `revision` sorts versions of one row as text, where the dataset
    has such a number; else releases do. `original` holds the cells as they stand in the file. `words` are further
    texts to find the event by. `other_ids` are further native ids, with schemes.
    """

    line: int
    native_id: str
    name: str
    type: str
    subtype: str | None
    date: str | None
    date_precision: str | None
    first_day: int | None
    last_day: int | None
    place: CodedPlace | None
    conflict: CodedConflict | None
    fighters: tuple[CodedFighter, ...]
    figures: tuple[CodedFigure, ...]
    original: tuple[str, ...]
    statements: tuple[CodedStatement, ...] = ()
    summary: str | None = None
    based_on: str = ""
    words: tuple[str, ...] = ()
    stated_on: str | None = None
    revision: str = ""
    other_ids: tuple[str, ...] = ()
    warnings: tuple[CodedWarning, ...] = ()


class CodedRow(NamedTuple):
    """A row that need not be read where it is known word for word already.

    `read` makes the event of it, or says what is wrong with it.
    """

    line: int
    native_id: str
    original: tuple[str, ...]
    read: Callable[[], CodedEvent | Problem]


class Deletion(NamedTuple):
    """A row that its dataset has taken back: `native_id` without scheme, `on` the day (EDTF) if it is told."""

    line: int
    native_id: str
    on: str | None = None


class KnownElsewhere(NamedTuple):
    """A row of our own export come back: it is `slug`'s event, and states nothing that is not known already."""

    line: int
    slug: str
