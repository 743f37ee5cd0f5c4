"""Write what an importer yields, record by record, and count what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from conflictdb.domain.coded import CodedEvent, CodedRow, DatasetRecord, Deletion, KnownElsewhere
from conflictdb.domain.records import (
    ActorRecord,
    ConflictRecord,
    EventRecord,
    PersonRecord,
    Problem,
    Record,
    SourceRecord,
)
from conflictdb.domain.report import ImportReport
from conflictdb.errors import ImportFailedError, UsageError
from conflictdb.store.write.coded.prepared import Prepared
from conflictdb.store.write.coded.writer import CodedWriter, Row
from conflictdb.store.write.context import RunContext
from conflictdb.store.write.events import EventWriter
from conflictdb.store.write.lookups import UnresolvedError
from conflictdb.store.write.resolve import Resolver
from conflictdb.store.write.sources import OLDER

Definition = SourceRecord | ActorRecord | PersonRecord | ConflictRecord
Coded = Row | Deletion | KnownElsewhere
_ROWS = frozenset((Prepared, CodedRow, CodedEvent, Deletion, KnownElsewhere))


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user says of a file that the file does not tell.

    `format_of` names its importer, `mapping` is a file that says how to read a table. `release` and `released_on`
    (EDTF) are of its dataset; `complete` means that it is the whole of that release.
    """

    format_of: str | None = None
    mapping: Path | None = None
    release: str | None = None
    released_on: str | None = None
    complete: bool = False


class RecordWriter:
    """Writes the records of one file in one import run."""

    def __init__(self, report: ImportReport, run: RunContext, options: ImportOptions) -> None:
        self.report, self.run, self.options = report, run, options
        self.events = EventWriter(run.connection, run.lookups, run.reference, run.run_id, run.now)
        self.resolver = Resolver(run.lookups)
        self._coded: CodedWriter | None = None
        self._actors: list[ActorRecord] = []
        """Those whose relations wait until all actors are known."""
        self._seen: dict[str, int | None] = {}
        self._outdated: set[str] = set()
        """Pages of which a later edition is known."""
        self._has_rows = False
        self._unread: Problem | None = None
        """The first row that could not be read, so that its id is not sure."""

    def write(self, record: Record | DatasetRecord | Coded | Problem) -> None:
        """Write one record; rows of a dataset wait until there is a batch of them."""
        if type(record) in _ROWS:
            assert self._coded is not None, "an importer yields its DatasetRecord before the rows"
            self._coded.add(cast(Coded, record))
            self._has_rows = self._has_rows or not isinstance(record, Deletion)
            if self._coded.outcome.problems or self._coded.outcome.warnings:
                self._tell_of_rows(self._coded)
        elif isinstance(record, DatasetRecord):
            self._begin(record)
        elif isinstance(record, Problem):
            self._report(record)
        elif isinstance(record, EventRecord):
            self._let_others_write()
            self._relate()
            self._write_event(record)
        else:
            self._let_others_write()
            self._define(cast(Definition, record))

    @property
    def line(self) -> int | None:
        """Return the line of the last row of a dataset."""
        return self._coded.line if self._coded is not None else None

    def finish(self) -> None:
        """Write what waits, and count it. Raises UsageError where the options make no sense for what was there."""
        self._require_sense()
        if self._coded is not None:
            self._coded.finish()
            self._require_whole(self._coded)
            outcome = self._coded.outcome
            for kind, counts in (("events", outcome.counts.events), ("claims", outcome.counts.claims)):
                for name, number in counts.items():
                    self.report.count(kind, name, number)
            for kind, number in self._coded.references.added.items():
                self.report.count(kind, "added", number)
            self._tell_of_rows(self._coded)
        self._relate()

    def _require_sense(self) -> None:
        """Raise UsageError where the user said something of the rows of a dataset, and there are none."""
        said = {"--release": self.options.release, "--released-on": self.options.released_on}
        for option, value in said.items():
            if value is not None and self._coded is None:
                raise UsageError(
                    f"{option} is for datasets; {self.report.path}, read as {self.report.importer}, is none",
                    "import it without that",
                )
        if self.options.complete and not self._has_rows:
            raise UsageError(
                f"--complete is for files with all events of a dataset; {self.report.path}, read as"
                f" {self.report.importer}, has none of them",
                "import it without that",
            )

    def _require_whole(self, coded: CodedWriter) -> None:
        """Raise ImportFailedError where events were withdrawn that may stand in rows which could not be read."""
        unread, gone = self._unread, coded.outcome.counts.events["withdrawn"]
        if self.options.complete and unread is not None and gone:
            where = f"line {unread.line}: " if unread.line else ""
            raise ImportFailedError(
                f"{self.report.path} is not complete: {where}{unread.why}",
                f"--complete would withdraw {gone:,} of its events, which may stand there",
                "mend the file, or import it without --complete",
            )

    def _begin(self, record: DatasetRecord) -> None:
        """Begin the rows of a dataset, of the release that the user names, else of the one that the file tells."""
        options = self.options
        release = record.release if options.release is None else options.release
        released_on = options.released_on or record.known_releases.get(release)
        if released_on is None and release == record.release:
            released_on = record.released_on
        record = replace(record, release=release, released_on=released_on)
        self.report.dataset, self.report.release, self.report.read_as = record.title, release, record.read_as
        self._coded = CodedWriter(self.run, record, self.report.path, options.complete)

    def _tell_of_rows(self, coded: CodedWriter) -> None:
        """Report what was found wrong with the rows so far; of a long file this is not left to the end."""
        outcome = coded.outcome
        self.report.count("events", "refused", len(outcome.problems))
        for found in (outcome.problems, outcome.warnings):
            self._tell(found)
            found.clear()

    def _let_others_write(self) -> None:
        if self._coded is not None:
            self._coded.flush()

    def _relate(self) -> None:
        """Write the relations of the actors that have come so far."""
        for actor in self._actors:
            try:
                with self.run.connection.begin_nested():
                    self.run.reference.put_relations(actor)
            except UnresolvedError as error:
                self._refuse("actors", Problem(self.report.path, None, "actors", actor.name, str(error)))
        self._actors.clear()

    def _define(self, record: Definition) -> None:
        kind, name, put = self._putter(record)
        try:
            with self.run.connection.begin_nested():
                outcome = put()
        except UnresolvedError as error:
            self.run.lookups.forget()
            self._refuse(kind, Problem(self.report.path, None, kind, name, str(error)))
            return
        if outcome == OLDER:
            self._outdated.add(name)
            outcome = "unchanged"
        self.report.count(kind, outcome)
        if isinstance(record, ActorRecord) and record.relations:
            self._actors.append(record)

    def _putter(self, record: Definition) -> tuple[str, str, Callable[[], str]]:
        """Return what kind of thing a record defines, its name, and what writes it."""
        reference, coded = self.run.reference, self._coded is not None
        match record:
            case SourceRecord():
                return "sources", record.slug, lambda: reference.put_source(record, coded=coded)
            case ActorRecord():
                return "actors", record.name, lambda: reference.put_actor(record, coded=coded)
            case PersonRecord():
                return "people", record.name, lambda: reference.put_person(record)
            case ConflictRecord():
                return "conflicts", record.name, lambda: reference.put_conflict(record, coded=coded)

    def _write_event(self, record: EventRecord) -> None:
        if record.source in self._outdated:
            why = "a later edition of this page was imported before; nothing of this one was taken"
            about = (record.path, record.line, "source", record.source or "", why, record.name or "")
            self._tell([Problem(*about, warning=True)])
            self.report.count("events", "unchanged")
            return
        resolved = self.resolver.resolve(record)
        slug = resolved.identity.slug
        if slug and slug in self._seen:
            first = self._seen[slug]
            why = f"two events of this file have the slug {slug}" + (f"; the first is on line {first}" if first else "")
            resolved.problems.append(Problem(record.path, record.line, "slug", slug, why, slug))
        elif slug:
            self._seen[slug] = record.line
        outcome = self.events.write(resolved)
        self._tell(record.warnings)
        self.report.count("events", outcome.outcome)
        if outcome.problems:
            self.report.count("claims", "refused", len(record.claims))
            self._tell(outcome.problems)
            return
        self.report.slugs.append(outcome.slug)
        for name in ("added", "changed", "unchanged"):
            self.report.count("claims", name, getattr(outcome.claims, name))

    def _report(self, problem: Problem) -> None:
        if problem.warning:
            self._tell([problem])
        else:
            self._unread = self._unread or problem
            self._refuse("events", problem)

    def _refuse(self, kind: str, problem: Problem) -> None:
        self._tell([problem])
        self.report.count(kind, "refused")

    def _tell(self, problems: Iterable[Problem]) -> None:
        """Report each problem once, with the file called as the user called it."""
        for problem in dict.fromkeys(replace(each, path=self.report.path) for each in problems):
            self.report.tell(problem)
