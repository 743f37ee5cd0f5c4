"""Import a file: recognise it, read it, and write it in one transaction, or say what it would do."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection

from conflictdb import __version__
from conflictdb.apart import FROM_BYTES, read_apart
from conflictdb.config import Target
from conflictdb.domain.coded import DatasetRecord
from conflictdb.domain.report import ImportReport
from conflictdb.errors import ExitCode, ImportFailedError
from conflictdb.fingerprint import State, fingerprint, require_file, state_of
from conflictdb.importers.contract import Importer, extract, find_importer, is_lazy
from conflictdb.importers.files import split_member
from conflictdb.intake import ImportOptions, RecordWriter
from conflictdb.memory import rare_collections
from conflictdb.store import schema
from conflictdb.store.engine import reading, writing
from conflictdb.store.late_keys import holds_little, keys_added_late
from conflictdb.store.write.coded.lookups import has_rows
from conflictdb.store.write.context import RunContext
from conflictdb.store.write.lookups import Lookups
from conflictdb.store.write.reference import ReferenceWriter
from conflictdb.store.write.runs import begin_run, finish_run

_PLAIN = ImportOptions()
Progress = Callable[[int, int | None], None]
"""Told, while a file is read, at which of its lines the import is, and how many there are if that is known."""


class _NothingKeptError(Exception):
    """Raised at the end of a transaction or a savepoint that is to be undone."""


def import_file(
    target: Target,
    path: Path,
    *,
    dry_run: bool = False,
    options: ImportOptions = _PLAIN,
    name: str | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import one file into `target`, which must exist and be up to date; `name` is what to call it in reports.

    Raises ImportFailedError where nothing of it can be read, FormatError where its format is unclear, and
    DatabaseError; in each case the database is as it was.
    """
    with _explained(path, name or str(path)):
        task = _open(path, options, name, dry_run)
        with suppress(_NothingKeptError), writing(target, alone=_is_first_load(target, task)) as connection:
            schema.require_head(connection, target)
            _write(connection, task, progress)
            if dry_run or task.report.run is None:
                raise _NothingKeptError
    return task.report


@contextmanager
def rehearsal(target: Target) -> Iterator[Connection]:
    """Open `target` to try files one after the other with `rehearse_file`; at the end all of it is undone."""
    with suppress(_NothingKeptError), writing(target) as connection:
        schema.require_head(connection, target)
        yield connection
        raise _NothingKeptError


def rehearse_file(
    connection: Connection,
    path: Path,
    *,
    options: ImportOptions = _PLAIN,
    name: str | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Try to import one file, on top of those tried before it in the same rehearsal. Raises as `import_file` does."""
    with _explained(path, name or str(path)):
        task = _open(path, options, name, dry_run=True)
        with suppress(_NothingKeptError), connection.begin_nested():
            _write(connection, task, progress)
            if task.report.run is None:
                raise _NothingKeptError
    return task.report


class _Task(NamedTuple):
    """A file that is about to be read; `state` is that of the disk when it was looked at."""

    path: Path
    importer: Importer
    options: ImportOptions
    report: ImportReport
    state: State


def _open(path: Path, options: ImportOptions, name: str | None, dry_run: bool) -> _Task:
    shown = (name or str(path)).encode(errors="backslashreplace").decode()  # a name on disk may be no UTF-8
    require_file(path, shown)
    state = state_of(path)
    importer = find_importer(path, options.format_of, options.mapping)
    mark = fingerprint(path)
    report = ImportReport(shown, importer.name, mark.sha256, mark.size, dry_run, lines=mark.lines)
    return _Task(path, importer, options, report, state)


@contextmanager
def _explained(path: Path, name: str) -> Iterator[None]:
    """Say in words why a file, or what stands beside it, cannot be read, and always of which file it is said."""
    try:
        yield
    except OSError as error:
        where = name if error.filename in (None, str(path)) else error.filename
        raise ImportFailedError(
            f"cannot read {where}: {error.strerror or error}", "the database is as it was before"
        ) from error
    except ImportFailedError as error:
        if split_member(path)[0].name not in error.what and name not in error.what:
            error.what = f"{name}: {error.what}"
        raise


def _write(connection: Connection, task: _Task, progress: Progress | None) -> None:
    path, importer, options, report, state = task
    run_id = begin_run(
        connection,
        {
            "file": report.path, "sha256": report.sha256, "importer": importer.name,
            "importer_version": importer.version, "program_version": __version__, "started_at": now(),
        },
    )  # fmt: skip
    lookups = Lookups(connection)
    run = RunContext(connection, lookups, ReferenceWriter(connection, lookups, run_id), run_id, now())
    writer = RecordWriter(report, run, options)
    with ExitStack() as filled, rare_collections():
        with closing(_read(importer, path, connection, filled)) as records:
            for number, record in enumerate(records, start=1):
                writer.write(record)
                if progress is not None and not number & 255:
                    progress(writer.line or number, report.lines)
        writer.finish()
    if state_of(path) != state:  # then its SHA-256 is not that of what was read
        raise ImportFailedError(f"{report.path} was changed while it was read", "import it again when it is whole")
    if report.exit_code is ExitCode.FAILED:
        report.forget_definitions()
    else:
        report.run = run_id
    warnings = {"warnings": report.all_warnings, "problems": report.all_problems}
    finish_run(connection, run_id, report.counts | warnings, now())


def _read(importer: Importer, path: Path, connection: Connection, filled: ExitStack) -> Generator[Any, None, None]:
    """Stream a file; of a large one whose rows are all new, these are read and made ready by another process.

    `filled` is closed when all of them are written.
    """
    records = extract(importer, path)
    for record in records:
        yield record
        if isinstance(record, DatasetRecord) and _is_first_of_many(connection, importer, path, record.name):
            filled.enter_context(keys_added_late(connection))
            yield from read_apart(importer.name, path)
            return


def _is_first_of_many(connection: Connection, importer: Importer, path: Path, dataset: str) -> bool:
    """Return whether a large file is the first of its dataset, so that all its rows have to be read and written."""
    return _is_large(importer, path) and not has_rows(connection, dataset)


def _is_first_load(target: Target, task: _Task) -> bool:
    """Return whether a large file is to fill a database that holds next to nothing, where nobody has much to read."""
    if task.report.dry_run or not _is_large(task.importer, task.path):
        return False
    with reading(target) as connection:
        schema.require_head(connection, target)
        return holds_little(connection)


def _is_large(importer: Importer, path: Path) -> bool:
    archive, _ = split_member(path)
    return is_lazy(importer) and archive.is_file() and archive.stat().st_size >= FROM_BYTES


def now() -> str:
    """Return the time in UTC, to the second: 2026-03-17T06:00:00Z."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
