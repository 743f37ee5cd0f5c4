"""Import a file: recognise it, read it, and write it in one transaction, or say what it would do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from conflictdb import __version__
from conflictdb.config import Target
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
from conflictdb.errors import ExitCode, ImportFailedError
from conflictdb.importers.contract import Importer, find_importer
from conflictdb.store import schema
from conflictdb.store.engine import writing
from conflictdb.store.write.events import EventWriter
from conflictdb.store.write.lookups import Lookups, UnresolvedError
from conflictdb.store.write.reference import ReferenceWriter
from conflictdb.store.write.resolve import Resolver
from conflictdb.store.write.runs import begin_run, finish_run


class _NothingKeptError(Exception):
    """Raised at the end of a transaction or a savepoint that is to be undone."""


def import_file(
    target: Target,
    path: Path,
    *,
    dry_run: bool = False,
    format_of: str | None = None,
    name: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Import one file into `target`, which must exist and be up to date; `name` is what to call it in reports.

    Raises ImportFailedError where nothing of it can be read, FormatError where its format is unclear, and
    DatabaseError; in each case the database is as it was.
    """
    with _explained(name or str(path)):
        importer, report = _open(path, format_of, name, dry_run)
        with suppress(_NothingKeptError), writing(target) as connection:
            schema.require_head(connection, target)
            _write(connection, importer, path, report, progress)
            if dry_run or report.run is None:
                raise _NothingKeptError
    return report


@contextmanager
def rehearsal(target: Target) -> Iterator[Connection]:
    """Open `target` to try files one after the other with `rehearse_file`; at the end all of it is undone."""
    with suppress(_NothingKeptError), writing(target) as connection:
        schema.require_head(connection, target)
        yield connection
        raise _NothingKeptError


def rehearse_file(
    connection: Connection, path: Path, *, format_of: str | None = None, name: str | None = None
) -> ImportReport:
    """Try to import one file, on top of those tried before it in the same rehearsal. Raises as `import_file` does."""
    with _explained(name or str(path)):
        importer, report = _open(path, format_of, name, dry_run=True)
        with suppress(_NothingKeptError), connection.begin_nested():
            _write(connection, importer, path, report, None)
            if report.run is None:
                raise _NothingKeptError
    return report


def _open(path: Path, format_of: str | None, name: str | None, dry_run: bool) -> tuple[Importer, ImportReport]:
    shown = (name or str(path)).encode(errors="backslashreplace").decode()  # a name on disk may be no UTF-8
    _require_file(path, shown)
    importer = find_importer(path, format_of)
    return importer, ImportReport(shown, importer.name, *_fingerprint(path), dry_run)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Say in words why a file cannot be read."""
    try:
        yield
    except OSError as error:
        raise ImportFailedError(
            f"cannot read {name}: {error.strerror or error}", "the database is as it was before"
        ) from error


def _write(
    connection: Connection, importer: Importer, path: Path, report: ImportReport, progress: Callable[[int], None] | None
) -> None:
    run_id = begin_run(
        connection,
        {
            "file": report.path, "sha256": report.sha256, "importer": importer.name,
            "importer_version": importer.version, "program_version": __version__, "started_at": now(),
        },
    )  # fmt: skip
    lookups = Lookups(connection)
    reference = ReferenceWriter(connection, lookups, run_id)
    writer = _RecordWriter(
        report, reference, EventWriter(connection, lookups, reference, run_id, now()), Resolver(lookups)
    )
    for number, record in enumerate(importer.extract(path), start=1):
        writer.write(record)
        if progress is not None:
            progress(number)
    writer.relate()
    if report.exit_code is ExitCode.FAILED:
        report.forget_definitions()
    else:
        report.run = run_id
    warnings = {"warnings": len(report.warnings), "problems": len(report.problems)}
    finish_run(connection, run_id, report.counts | warnings, now())


@dataclass(slots=True)
class _RecordWriter:
    """Writes records one by one, counting what became of each."""

    report: ImportReport
    reference: ReferenceWriter
    events: EventWriter
    resolver: Resolver
    actors: list[ActorRecord] = field(default_factory=list)
    """Those whose relations wait until all actors are known."""
    seen: dict[str, int | None] = field(default_factory=dict)

    def write(self, record: Record | Problem) -> None:
        """Write one record."""
        if isinstance(record, Problem):
            self._refuse("events", record)
        elif isinstance(record, EventRecord):
            self.relate()
            self._write_event(record)
        else:
            self._define(record)

    def relate(self) -> None:
        """Write the relations of the actors that have come so far."""
        for actor in self.actors:
            try:
                with self.reference.connection.begin_nested():
                    self.reference.put_relations(actor.name, actor.relations)
            except UnresolvedError as error:
                self._refuse("actors", Problem(self.report.path, None, "actors", actor.name, str(error)))
        self.actors.clear()

    def _define(self, record: SourceRecord | ActorRecord | PersonRecord | ConflictRecord) -> None:
        kind, name, put = self._putter(record)
        try:
            with self.reference.connection.begin_nested():
                outcome = put()
        except UnresolvedError as error:
            self.reference.lookups.forget()
            self._refuse(kind, Problem(self.report.path, None, kind, name, str(error)))
            return
        self.report.count(kind, outcome)
        if isinstance(record, ActorRecord) and record.relations:
            self.actors.append(record)

    def _putter(
        self, record: SourceRecord | ActorRecord | PersonRecord | ConflictRecord
    ) -> tuple[str, str, Callable[[], str]]:
        """Return what kind of thing a record defines, its name, and what writes it."""
        match record:
            case SourceRecord():
                return "sources", record.slug, lambda: self.reference.put_source(record)
            case ActorRecord():
                return "actors", record.name, lambda: self.reference.put_actor(record)
            case PersonRecord():
                return "people", record.name, lambda: self.reference.put_person(record)
            case ConflictRecord():
                return "conflicts", record.name, lambda: self.reference.put_conflict(record)

    def _write_event(self, record: EventRecord) -> None:
        resolved = self.resolver.resolve(record)
        slug = resolved.identity.slug
        if slug and slug in self.seen:
            first = self.seen[slug]
            why = f"two events of this file have the slug {slug}" + (f"; the first is on line {first}" if first else "")
            resolved.problems.append(Problem(record.path, record.line, "slug", slug, why, slug))
        elif slug:
            self.seen[slug] = record.line
        outcome = self.events.write(resolved)
        self.report.warnings += record.warnings
        self.report.count("events", outcome.outcome)
        if outcome.problems:
            self.report.count("claims", "refused", len(record.claims))
            self.report.problems += _unique(outcome.problems, self.report.path)
            return
        self.report.slugs.append(outcome.slug)
        for name in ("added", "changed", "unchanged"):
            self.report.count("claims", name, getattr(outcome.claims, name))

    def _refuse(self, kind: str, problem: Problem) -> None:
        self.report.problems += _unique([problem], self.report.path)
        self.report.count(kind, "refused")


def _unique(problems: list[Problem], path: str) -> Iterator[Problem]:
    """Yield each problem once, with the file called as the user called it."""
    seen = set()
    for each in problems:
        problem = Problem(path, each.line, each.field, each.value, each.why, each.event, each.warning)
        if problem not in seen:
            seen.add(problem)
            yield problem


def now() -> str:
    """Return the time in UTC, to the second: 2026-03-17T06:00:00Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _require_file(path: Path, name: str) -> None:
    if path.is_dir():
        raise ImportFailedError(f"{name} is a folder", f"name the files in it, e.g. {name.rstrip('/')}/*.yaml")
    if not path.exists():
        raise ImportFailedError(f"there is no file {name}", "check the name, and the folder you are in")
    if path.is_file() and path.stat().st_size == 0:
        raise ImportFailedError(f"{name} is empty", "nothing was imported")


def _fingerprint(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size
