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
from conflictdb.cli.progress import progress
from conflictdb.errors import ExitCode, FormatError, ImportFailedError, UsageError

if TYPE_CHECKING:
    from conflictdb.cli.problems import Note
    from conflictdb.importing import Take
    from conflictdb.intake import ImportOptions

STDIN = "-"
MOST_RELEASE = 80
"""Letters."""


Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, or - for standard input.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")]
FormatOf = Annotated[
    str | None, typer.Option("--format-of", metavar="NAME", help="Read the files as this format, e.g. native.")
]
Mapping = Annotated[
    Path | None, typer.Option("--mapping", metavar="FILE", help="How to read a table of your own; see: map.")
]
Release = Annotated[
    str | None, typer.Option("--release", metavar="NAME", help="The dataset's release, where the file is silent.")
]
ReleasedOn = Annotated[
    str | None, typer.Option("--released-on", metavar="DATE", help="When that release came out, e.g. 2023-06.")
]
Complete = Annotated[
    bool, typer.Option("--complete", help="The file is its whole dataset: withdraw what it has no more.")
]
Problems = Annotated[
    Path | None, typer.Option("--problems", metavar="FILE", help="Write all problems and warnings to a CSV file.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_)


def import_(
    context: typer.Context,
    files: Files,
    dry_run: DryRun = False,
    format_of: FormatOf = None,
    mapping: Mapping = None,
    release: Release = None,
    released_on: ReleasedOn = None,
    complete: Complete = False,
    problems: Problems = None,
    db: DatabaseOption = None,
) -> None:
    """Import files, each in one transaction: it is taken, or the database stays as it was."""
    from conflictdb.cli.problems import problem_file
    from conflictdb.config import find_target
    from conflictdb.importing import prepared
    from conflictdb.intake import ImportOptions

    options = ImportOptions(format_of, mapping, _release(release), _edtf(released_on), complete)
    database = settings(context).database
    target = find_target(database)
    program = f"conflictdb --db {target}" if database else "conflictdb"
    codes: list[ExitCode] = []
    with problem_file(problems, [*files, mapping, target.path]) as note, prepared(target, dry_run) as (take, notice):
        if notice:
            say(notice)
        for name in files:
            codes.append(_import_one(take, name, options, note, program))
    raise typer.Exit(_worst(codes))


def _import_one(take: Take, name: str, options: ImportOptions, note: Note, program: str) -> ExitCode:
    from conflictdb.domain.records import Problem
    from conflictdb.render.imports import report_lines

    try:
        with _local_file(name) as path, progress() as advance:
            report = take(path, options=options, name=name, progress=advance)
    except (ImportFailedError, FormatError, UsageError) as error:
        note(Problem(name, None, "", "", error.what))
        say(f"error: {error}")
        return error.exit_code
    for problem in (*report.problems, *report.warnings):
        note(problem)
    say("\n".join(report_lines(report, program)))
    if report.exit_code is ExitCode.FAILED:
        say(f"error: nothing of {name} was taken; the database is as it was before")
    return report.exit_code


def _release(text: str | None) -> str | None:
    """Return the name of a release. Raises UsageError where it is none that could be shown and asked for."""
    if text is None:
        return None
    if not text.strip() or not text.isprintable() or len(text) > MOST_RELEASE:
        raise UsageError(f"--release {text[:MOST_RELEASE]!r} is no name of a release", "write it so: 23.1, or 2018-07")
    return text.strip()


def _edtf(text: str | None) -> str | None:
    """Return a date as it was given. Raises UsageError where it is none."""
    from conflictdb.domain.edtf import EdtfError, parse_edtf

    try:
        return parse_edtf(text).text if text is not None else None
    except EdtfError as error:
        raise UsageError(f"--released-on {text}: {error}", "write a date so: 2023, 2023-06 or 2023-06-15") from None


@contextmanager
def _local_file(name: str) -> Iterator[Path]:
    """Give a file on disk: standard input and pipes, which can be read but once, are kept in one for a while."""
    import tempfile

    if name != STDIN and not _is_pipe(Path(name)):
        yield Path(name)
        return
    with tempfile.TemporaryDirectory(prefix="conflictdb-") as folder:
        copy = Path(folder) / "stdin"
        try:
            with _stream(name) as stream, copy.open("wb") as file:
                while block := stream.read(1 << 20):
                    file.write(block)
        except OSError as error:
            raise ImportFailedError(
                f"cannot read {name}: {error.strerror or error}", "the database is as it was before"
            ) from error
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


def _worst(codes: list[ExitCode]) -> ExitCode:
    """All refused is a failure; anything refused among what was taken is 5."""
    if len(set(codes)) == 1:
        return codes[0]
    return ExitCode.PROBLEMS if {ExitCode.OK, ExitCode.PROBLEMS} & set(codes) else ExitCode.FAILED
