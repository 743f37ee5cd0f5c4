"""The Python API: a database opened for reading, whose answers are typed, frozen records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from conflictdb.config import Target, find_target
from conflictdb.domain.rows import Row
from conflictdb.reader import Asked, Reader
from conflictdb.setup import prepare_reading
from conflictdb.store import schema
from conflictdb.store.engine import reading

if TYPE_CHECKING:
    from conflictdb.domain.rows import (
        ActorDetail,
        ActorRow,
        ClaimRow,
        ConflictRow,
        EstimateRow,
        EventDetail,
        EventRow,
        HitRow,
        PersonRow,
        RunRow,
        SourceRow,
        TimelineRow,
    )

R = TypeVar("R", bound=Row)


class Rows(tuple[R, ...]):
    """An answer of many rows: a tuple of frozen records that also turns into dicts and data frames."""

    __slots__ = ()

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return every row as a dict of plain values."""
        return [row.to_dict() for row in self]

    def to_polars(self) -> Any:
        """Return a polars data frame. Raises ImportError where polars is not installed."""
        return import_module("polars").DataFrame(self.to_dicts(), infer_schema_length=None)

    def to_pandas(self) -> Any:
        """Return a pandas data frame. Raises ImportError where pandas is not installed."""
        return import_module("pandas").DataFrame(self.to_dicts())


class Database:
    """A database to read. Each method opens it, answers and closes it; `reading` keeps it open for several.

    Queries are texts in the grammar of the command line, such as "country:MLI killed>=20".
    """

    def __init__(self, database: str | Path | Target | None = None) -> None:
        self.target = database if isinstance(database, Target) else find_target(database)
        self.notice = prepare_reading(self.target)
        """A line that says so, where the default database was just made."""

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Open the database at one moment in time, for several questions or for streaming."""
        with reading(self.target) as connection:
            schema.require_head(connection, self.target)
            yield Reader(connection)

    def event(self, name: str, *, policy: str = "range", history: bool = False) -> EventDetail:
        """Return one event whole, by slug or native id. Raises NotFoundError."""
        with self.reading() as reader:
            return reader.event(name, policy=policy, history=history)

    def events(self, query: Asked = "") -> Rows[EventRow]:
        """Return the events that a query finds. Raises QueryError."""
        with self.reading() as reader:
            return Rows(reader.events(query))

    def claims(self, query: Asked = "", *, history: bool = False) -> Rows[ClaimRow]:
        """Return claims of every kind; with `history` the superseded and withdrawn ones too."""
        with self.reading() as reader:
            return Rows(reader.claims(query, history=history))

    def casualty_claims(
        self, query: Asked = "", *, history: bool = False, metrics: Sequence[str] = ()
    ) -> Rows[ClaimRow]:
        """Return the casualty claims of an event or a query, as they were made."""
        with self.reading() as reader:
            return Rows(reader.casualties(query, history=history, metrics=metrics))

    def casualties(
        self, query: Asked = "", *, policy: str = "range", metrics: Sequence[str] = (), by_event: bool = False
    ) -> Rows[EstimateRow]:
        """Return what a policy makes of the casualty claims: a row a side and metric, or an event and metric."""
        with self.reading() as reader:
            return Rows(reader.estimate(query, policy=policy, metrics=metrics, by_event=by_event))

    def timeline(self, name: str) -> Rows[TimelineRow]:
        """Return what happened when in one event."""
        with self.reading() as reader:
            return Rows(reader.timeline(name))

    def actors(self, words: str = "") -> Rows[ActorRow]:
        """Return actors by words of their names, or by kind."""
        return self._rows("actors", words)

    def actor(self, name: str) -> ActorDetail:
        """Return one actor whole. Raises NotFoundError."""
        with self.reading() as reader:
            return reader.actor(name)

    def people(self, words: str = "") -> Rows[PersonRow]:
        """Return commanders by words of their names."""
        return self._rows("people", words)

    def sources(self, words: str = "") -> Rows[SourceRow]:
        """Return documents by words of title, publisher, author or address."""
        return self._rows("sources", words)

    def conflicts(self) -> Rows[ConflictRow]:
        """Return all conflicts."""
        return self._rows("conflicts")

    def imports(self) -> Rows[RunRow]:
        """Return the import runs, the newest first."""
        return self._rows("imports")

    def search(self, words: str) -> Rows[HitRow]:
        """Return what a text finds in events, names and documents."""
        return self._rows("search", words)

    def _rows(self, question: str, *arguments: str) -> Rows[Any]:
        with self.reading() as reader:
            answer: Iterable[Any] = getattr(reader, question)(*arguments)
            return Rows(answer)
