"""The Python API: a database opened for reading, whose answers are typed, frozen records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from conflictdb.config import Target, find_target
from conflictdb.domain.rows import Row
from conflictdb.looking import look
from conflictdb.policies import DEFAULT
from conflictdb.reader import Asked, Reader
from conflictdb.setup import prepare_reading
from conflictdb.store import schema
from conflictdb.store.engine import reading

if TYPE_CHECKING:
    from conflictdb.domain.lens import Lens
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
    from conflictdb.domain.rows.claimants import ClaimantRow
    from conflictdb.domain.rows.comparison import ComparisonRow
    from conflictdb.domain.rows.contest import ContestRow
    from conflictdb.domain.rows.explanation import ExplanationRow
    from conflictdb.domain.rows.judgement import JudgementRow
    from conflictdb.domain.rows.replay import ReplayRow
    from conflictdb.domain.rows.total import TotalRow

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

    def event(
        self, name: str, *, policy: str = DEFAULT, basis: str = "claims", as_of: str | None = None,
        undated: bool = False, history: bool = False, **told: object,
    ) -> EventDetail:  # fmt: skip
        """Return one event whole, by slug or native id; see `casualties`. Raises NotFoundError."""
        lens = look(policy, basis=basis, as_of=as_of, undated=undated, told=_as_text(told))
        with self.reading() as reader:
            return reader.event(name, lens, history=history)

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
        self, query: Asked = "", *, policy: str = DEFAULT, basis: str = "claims", as_of: str | None = None,
        undated: bool = False, metrics: Sequence[str] = (), by_event: bool = False, **told: object,
    ) -> Rows[EstimateRow]:  # fmt: skip
        """Return what a policy makes of the casualty claims: a row a side and metric, or an event and metric.

        `basis` is claims, estimates or both; `as_of` an EDTF date up to which statements count. What a policy can be
        told is given by name: `policy="corroborated", k=3`. Raises UsageError.
        """
        lens = look(policy, basis=basis, as_of=as_of, undated=undated, told=_as_text(told))
        with self.reading() as reader:
            return Rows(reader.estimate(query, lens=lens, metrics=metrics, by_event=by_event))

    def totals(
        self, query: Asked = "", *, by: str | None = None, metrics: Sequence[str] = (), **how: object
    ) -> Rows[TotalRow]:
        """Return the sums of all events of a query, by metric and by what `by` names; `how` as `casualties` has it."""
        with self.reading() as reader:
            return Rows(reader.total(query, lens=_lens(how), metrics=metrics, by=by))

    def explain(
        self, query: Asked = "", *, metrics: Sequence[str] = (), by_event: bool = False, **how: object
    ) -> Rows[ExplanationRow]:
        """Return the estimates of `casualties`, each with how it came about; `how` as `casualties` has it."""
        with self.reading() as reader:
            return Rows(reader.explain(query, lens=_lens(how), metrics=metrics, by_event=by_event))

    def compare(self, name: str, *, metrics: Sequence[str] = (), **how: object) -> Rows[ComparisonRow]:
        """Return what each policy makes of one event. Raises NotFoundError."""
        with self.reading() as reader:
            return Rows(reader.compare(name, lens=_lens(how), metrics=metrics))

    def replay(self, name: str, *, metrics: Sequence[str] = (), **how: object) -> Rows[ReplayRow]:
        """Return the toll of one event after each day on which something was stated. Raises NotFoundError."""
        with self.reading() as reader:
            return Rows(reader.replay(name, lens=_lens(how), metrics=metrics))

    def claimants(self, query: Asked = "", *, policy: str = "ucdp", **how: object) -> Rows[ClaimantRow]:
        """Return what the claims of a query say about those who made them."""
        with self.reading() as reader:
            return Rows(reader.claimants(query, lens=_lens(how | {"policy": policy})))

    def contested(self, query: Asked = "", *, basis: str = "both", **how: object) -> Rows[ContestRow]:
        """Return the events of a query by how much the claims about them disagree, the most first."""
        with self.reading() as reader:
            return Rows(reader.contested(query, lens=_lens(how | {"basis": basis})))

    def judgements(self, *, undone: bool = False) -> Rows[JudgementRow]:
        """Return what people judged, the newest first; with `undone`, what was taken back too."""
        with self.reading() as reader:
            return Rows(reader.judgements(undone=undone))

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


def _lens(how: Mapping[str, Any]) -> Lens:
    """Return the lens that policy, basis, as_of, undated and parameters of the policy describe."""
    named = {name: how[name] for name in ("policy", "basis", "as_of", "undated") if name in how}
    return look(**named, told=_as_text({name: value for name, value in how.items() if name not in named}))


def _as_text(told: Mapping[str, object]) -> dict[str, str | None]:
    """Return what a policy is told as its parameters read it: a list of names with commas."""
    return {
        name: ",".join(value) if isinstance(value, (list, tuple)) else str(value)
        for name, value in told.items()
        if value is not None
    }
