"""`conflictdb import`: take in people's own documents and datasets."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from conflictdb.cli.options import DatabaseOption
from conflictdb.cli.output import say, settings
from conflictdb.errors import ConflictDBError, ExitCode, FormatError, ImportFailedError, UsageError

if TYPE_CHECKING:
    from conflictdb.domain.records import Problem
    from conflictdb.importing import Take

STDIN = "-"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_)


def import_(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, or - for standard input.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    format_of: Annotated[
        str | None, typer.Option("--format-of", metavar="NAME", help="Read the files as this format, e.g. native.")
    ] = None,
    problems: Annotated[
        Path | None, typer.Option("--problems", metavar="FILE", help="Write all problems and warnings to a CSV file.")
    ] = None,
    db: DatabaseOption = None,
) -> None:
    """Import files, each in one transaction: it is taken, or the database stays as it was."""
    from conflictdb.config import find_target
    from conflictdb.importing import prepared

    if problems is not None:
        _require_place(problems, files)
    found: list[Problem] = []
    codes: list[ExitCode] = []
    database = settings(context).database
    program = f"conflictdb --db {find_target(database)}" if database else "conflictdb"
    with prepared(find_target(database), dry_run) as (take, notice):
        if notice:
            say(notice)
        for name in files:
            codes.append(_import_one(take, name, format_of, found, program))
    if problems is not None:
        _write_problems(problems, found)
    raise typer.Exit(_worst(codes))


def _import_one(take: Take, name: str, format_of: str | None, found: list[Problem], program: str) -> ExitCode:
    from conflictdb.domain.records import Problem
    from conflictdb.render.imports import report_lines

    try:
        with _local_file(name) as path:
            report = take(path, format_of=format_of, name=name)
    except (ImportFailedError, FormatError) as error:
        found.append(Problem(name, None, "", "", error.what))
        say(f"error: {error}")
        return error.exit_code
    found += (*report.problems, *report.warnings)
    say("\n".join(report_lines(report, program)))
    if report.exit_code is ExitCode.FAILED:
        say(f"error: nothing of {name} was taken; the database is as it was before")
    return report.exit_code


@contextmanager
def _local_file(name: str) -> Iterator[Path]:
    """Give a file on disk: standard input and pipes, which can be read but once, are kept in one for a while."""
    import tempfile

    if name != STDIN and not _is_pipe(Path(name)):
        yield Path(name)
        return
    with tempfile.TemporaryDirectory(prefix="conflictdb-") as folder:
        copy = Path(folder) / "stdin"
        with _stream(name) as stream, copy.open("wb") as file:
            while block := stream.read(1 << 20):
                file.write(block)
        yield copy


def _is_pipe(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False  # what is wrong with it is said where it is opened
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def _stream(name: str) -> AbstractContextManager[BinaryIO]:
    if name != STDIN:
        return Path(name).open("rb")
    if sys.stdin is None:
        raise ImportFailedError("standard input is closed", "give the file that is to be read there, or its name")
    return nullcontext(sys.stdin.buffer)


def _require_place(problems: Path, files: list[str]) -> None:
    """Raise UsageError before anything is imported where the problems could not be written, or over a document."""
    if problems.is_dir():
        raise UsageError(f"{problems} is a folder", "name a CSV file for the problems")
    if not problems.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {problems.parent} for the problems", "make it, or name another place")
    if problems.exists() and any(Path(name).exists() and problems.samefile(name) for name in files):
        raise UsageError(f"the problems would be written over {problems}", "name another file for them")


def _write_problems(path: Path, problems: list[Problem]) -> None:
    import csv

    from conflictdb.render.delimited import defuse

    try:
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["kind", "file", "line", "event", "field", "value", "why"])
            for each in problems:
                kind = "warning" if each.warning else "refused"
                row = [kind, each.path, each.line, each.event, each.field, each.value, each.why]
                writer.writerow([defuse(cell) if isinstance(cell, str) else cell for cell in row])
    except OSError as error:
        raise ConflictDBError(
            f"cannot write the problems to {path}: {error.strerror or error}", "the import itself is done; see above"
        ) from error


def _worst(codes: list[ExitCode]) -> ExitCode:
    """All refused is a failure; anything refused among what was taken is 5."""
    if len(set(codes)) == 1:
        return codes[0]
    return ExitCode.PROBLEMS if {ExitCode.OK, ExitCode.PROBLEMS} & set(codes) else ExitCode.FAILED
