"""`conflictdb import`: take in people's own documents and datasets."""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conflictdb.cli.options import DatabaseOption
from conflictdb.cli.output import say, settings
from conflictdb.errors import ConflictDBError, ExitCode, ImportFailedError, UsageError

if TYPE_CHECKING:
    from conflictdb.config import Target
    from conflictdb.domain.records import Problem
    from conflictdb.domain.report import ImportReport

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

    if problems is not None and problems.is_dir():
        raise UsageError(f"{problems} is a folder", "name a CSV file for the problems")
    reports: list[ImportReport] = []
    codes: list[ExitCode] = []
    with prepared(find_target(settings(context).database), dry_run) as (target, notice):
        if notice:
            say(notice)
        for name in files:
            codes.append(_import_one(target, name, dry_run, format_of, reports))
    if problems is not None:
        _write_problems(problems, [each for report in reports for each in (*report.problems, *report.warnings)])
    raise typer.Exit(_worst(codes))


def _import_one(
    target: Target, name: str, dry_run: bool, format_of: str | None, reports: list[ImportReport]
) -> ExitCode:
    from conflictdb.ingest import import_file
    from conflictdb.render.imports import report_lines

    try:
        with _local_file(name) as path:
            report = import_file(target, path, dry_run=dry_run, format_of=format_of, name=name)
    except ImportFailedError as error:
        say(f"error: {error}")
        return ExitCode.FAILED
    reports.append(report)
    say("\n".join(report_lines(report)))
    return report.exit_code


@contextmanager
def _local_file(name: str) -> Iterator[Path]:
    """Give a file on disk: standard input is kept in a temporary one while it is read."""
    if name != STDIN:
        yield Path(name)
        return
    with tempfile.TemporaryDirectory(prefix="conflictdb-") as folder:
        path = Path(folder) / "stdin"
        stream = getattr(sys.stdin, "buffer", None)
        with path.open("wb") as file:
            while block := stream.read(1 << 20) if stream is not None else sys.stdin.read().encode():
                file.write(block)
        yield path


def _write_problems(path: Path, problems: list[Problem]) -> None:
    from conflictdb.render.delimited import defuse

    try:
        with path.open("w", encoding="utf-8", newline="") as file:
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
    if all(code is ExitCode.OK for code in codes):
        return ExitCode.OK
    return ExitCode.FAILED if all(code is ExitCode.FAILED for code in codes) else ExitCode.PROBLEMS
