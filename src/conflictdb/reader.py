"""Everything that can be asked of a database: one reader, one method a question.

Each method loads what it needs when it is called, so that a cold command loads nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Connection

if TYPE_CHECKING:
    from conflictdb.domain.knowledge import Knowledge
    from conflictdb.domain.lens import Lens
    from conflictdb.domain.query import Query
    from conflictdb.domain.rows import (
        ActorDetail,
        ActorRow,
        ClaimRow,
        ConflictRow,
        EstimateRow,
        EventDetail,
        EventRow,
        HistoryRow,
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

Asked: TypeAlias = "str | Sequence[str] | Query"


class Reader:
    """Answers questions on one open connection; streams where an answer may be long."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def event(self, name: str, lens: Lens | None = None, *, history: bool = False) -> EventDetail:
        """Return one event whole, by slug or native id. Raises NotFoundError.

        Its claims include the superseded ones; with `history` also the corrected and withdrawn ones.
        """
        from conflictdb.looking import look, meet
        from conflictdb.showing import show_event

        return show_event(self.connection, name, meet(lens or look(), self.connection), history=history)

    def events(self, query: Asked = "") -> Iterator[EventRow]:
        """Stream the events that a query finds. Raises QueryError."""
        from conflictdb.asking import Asker

        return Asker(self.connection).events(query)

    def claims(
        self, query: Asked = "", *, history: bool = False, knowledge: Knowledge | None = None
    ) -> Iterator[ClaimRow]:
        """Stream claims of every kind: those in view, or with `history` all; with `knowledge`, as they were then."""
        from conflictdb.asking import Asker

        return Asker(self.connection).claims(query, history=history, knowledge=knowledge)

    def casualties(
        self,
        query: Asked = "",
        *,
        history: bool = False,
        metrics: Sequence[str] = (),
        group: str = "",
        knowledge: Knowledge | None = None,
    ) -> Iterator[ClaimRow]:
        """Stream the casualty claims of one event (slug or native id), a query, or everything.

        `group` brings together those of one "source" (who stated them) or "document".
        """
        from conflictdb.asking import Asker

        asker = Asker(self.connection)
        return asker.casualties(query, history=history, metrics=metrics, group=group, knowledge=knowledge)

    def estimate(
        self, query: Asked = "", *, lens: Lens | None = None, metrics: Sequence[str] = (), by_event: bool = False
    ) -> Iterator[EstimateRow]:
        """Stream estimates event by event: a row a side and metric, or with `by_event` a row an event and metric."""
        from conflictdb.asking import Asker

        return Asker(self.connection).estimate(query, lens=lens, metrics=metrics, by_event=by_event)

    def explain(
        self, query: Asked = "", *, lens: Lens, metrics: Sequence[str] = (), by_event: bool = False
    ) -> Iterator[ExplanationRow]:
        """Stream the estimates of `estimate`, each with how it came about, as a person would write it."""
        from conflictdb.explaining import explain
        from conflictdb.looking import meet

        return explain(
            self.connection, self.scope(query), meet(lens, self.connection), metrics=metrics, by_event=by_event
        )

    def total(
        self, query: Asked = "", *, lens: Lens, metrics: Sequence[str] = (), by: str | None = None
    ) -> Iterator[TotalRow]:
        """Stream the sums of all events of a query, by metric, and by what `by` names. Raises UsageError."""
        from conflictdb.looking import meet
        from conflictdb.totals.adding import add_events

        return add_events(self.connection, self.scope(query), meet(lens, self.connection), metrics=metrics, by=by)

    def compare(self, name: str, *, lens: Lens, metrics: Sequence[str] = ()) -> tuple[ComparisonRow, ...]:
        """Return what each policy makes of one event; `lens` tells basis and day. Raises NotFoundError."""
        from conflictdb.comparing import compare
        from conflictdb.looking import meet

        return compare(self.connection, name, meet(lens, self.connection), metrics=metrics)

    def replay(self, name: str, *, lens: Lens, metrics: Sequence[str] = ()) -> tuple[ReplayRow, ...]:
        """Return the toll of one event after each day on which something was stated. Raises NotFoundError."""
        from conflictdb.looking import meet
        from conflictdb.replaying import replay

        return replay(self.connection, name, meet(lens, self.connection), metrics=metrics)

    def claimants(self, query: Asked = "", *, lens: Lens) -> tuple[ClaimantRow, ...]:
        """Return what the claims of a query say about those who made them."""
        from conflictdb.claimants.describing import describe_claimants
        from conflictdb.looking import meet

        return describe_claimants(self.connection, self.scope(query), meet(lens, self.connection))

    def contested(self, query: Asked = "", *, lens: Lens) -> tuple[ContestRow, ...]:
        """Return the events of a query by how much the claims about them disagree, the most first."""
        from conflictdb.contested.finding import find_contested
        from conflictdb.looking import meet

        return find_contested(self.connection, self.scope(query), meet(lens, self.connection))

    def judgements(self, *, undone: bool = False) -> Iterator[JudgementRow]:
        """Stream what people judged, the newest first; with `undone`, what was taken back too."""
        from conflictdb.store.read.judgements import read_judgements

        return read_judgements(self.connection, undone=undone)

    def scope(self, query: Asked) -> Query:
        """Return what is asked as a query: a single word that is an event's slug or native id means that event."""
        from conflictdb.asking import Asker

        return Asker(self.connection).scope(query)

    def history(self, name: str) -> Iterator[HistoryRow]:
        """Yield every value that was stated of one event, with its release. Raises NotFoundError."""
        from conflictdb.history import trace_event

        return trace_event(self.connection, name)

    def timeline(self, name: str, knowledge: Knowledge | None = None) -> tuple[TimelineRow, ...]:
        """Return what happened when, in one event. Raises NotFoundError."""
        from conflictdb.finding import find_event
        from conflictdb.store.read.events import read_timeline

        return read_timeline(self.connection, find_event(self.connection, name), knowledge)

    def actors(self, words: str = "") -> Iterator[ActorRow]:
        """Stream actors; `words` are of any of their names, or a kind."""
        from conflictdb.store.read.reference import read_actors

        return read_actors(self.connection, words)

    def actor(self, name: str) -> ActorDetail:
        """Return one actor whole. Raises NotFoundError, with the nearest names or those it may mean."""
        from conflictdb.naming import describe_actor

        return describe_actor(self.connection, name)

    def people(self, words: str = "") -> Iterator[PersonRow]:
        """Stream commanders; `words` are of any of their names."""
        from conflictdb.store.read.reference import read_people

        return read_people(self.connection, words)

    def sources(self, words: str = "") -> Iterator[SourceRow]:
        """Stream documents; `words` are of title, publisher, author, address or handle."""
        from conflictdb.store.read.search import search_sources
        from conflictdb.store.read.sources import read_sources

        return read_sources(self.connection, *([search_sources(self.connection, words)] if words else []))

    def conflicts(self) -> Iterator[ConflictRow]:
        """Stream conflicts."""
        from conflictdb.store.read.reference import read_conflicts

        return read_conflicts(self.connection)

    def imports(self) -> Iterator[RunRow]:
        """Stream import runs, the newest first."""
        from conflictdb.store.read.reference import read_runs

        return read_runs(self.connection)

    def search(self, words: str, limit: int | None = None) -> Iterator[HitRow]:
        """Stream what a text finds, events first."""
        from conflictdb.store.read.search import search

        return search(self.connection, words, limit)
