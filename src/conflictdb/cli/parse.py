"""`conflictdb parse`: what an infobox value states, without a database."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from conflictdb.cli.options import FormatOption
from conflictdb.cli.output import quiet_pipe, say, show
from conflictdb.cli.plain_params import PlainGroup
from conflictdb.errors import ConflictDBError, ExitCode, UsageError
from conflictdb.render.formats import Format

if TYPE_CHECKING:
    from conflictdb.importers.infobox.words import Words

STDIN = "-"
parse_app = typer.Typer(
    cls=PlainGroup, rich_markup_mode=None, no_args_is_help=True, help="Figures in an infobox value."
)
WordsOption = Annotated[
    Path | None, typer.Option("--words", metavar="FILE", help="Words of your own, added to those known (TOML).")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(parse_app, name="parse")


@parse_app.command("casualties")
def casualties(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The value as it stands, or - for standard input.")],
    field: Annotated[str, typer.Option("--field", metavar="NAME", help="casualties or strength.")] = "casualties",
    words: WordsOption = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Show every figure in one value: of what, how many, whose, by whose account."""
    from conflictdb.parsing import open_words, parse_value
    from conflictdb.render.stated import stated_listing

    value = _standard_input() if text == STDIN else text
    show(stated_listing(parse_value(value, field, open_words(words)), value), format)


@parse_app.command("infobox")
def infobox(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A JSON object a line: id, field, raw.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write, or - for standard output.")],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON Lines, which both files are.")] = True,
    words: WordsOption = None,
) -> None:
    """Read a file of values, and write the claims in each. Exit 5 where a line was refused."""
    from conflictdb.parsing import open_words

    if str(target) != STDIN and target.exists() and source.exists() and target.samefile(source):
        raise UsageError(f"{target} is the file to read", "name another file to write")
    known = open_words(words)
    with _open_input(source) as lines, _open_output(target) as out, quiet_pipe():
        refused = _write_claims(lines, str(source), out, known)
    if refused:
        say(f"{refused:,} {'line was' if refused == 1 else 'lines were'} refused")
        raise typer.Exit(ExitCode.PROBLEMS)


def _write_claims(lines: Iterable[bytes], name: str, out: BinaryIO, words: Words) -> int:
    """Write a line of claims for every value, tell what was refused, and return how many lines were."""
    import json

    from conflictdb.domain.records import Problem
    from conflictdb.parsing import predict

    refused = 0
    try:
        for row in predict(lines, name, words):
            if isinstance(row, Problem):
                refused += 1
                say(f"{row.path}:{row.line}: {row.why}" + (f": {row.value}" if row.value else ""))
            else:
                out.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
        out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ConflictDBError(f"cannot go on with {name}: {error.strerror or error}", "look at both files") from error
    return refused


def _standard_input() -> str:
    if sys.stdin is None:
        raise UsageError("standard input is closed", "give the value as an argument")
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace")


def _open_input(path: Path) -> AbstractContextManager[BinaryIO]:
    if str(path) == STDIN and sys.stdin is not None:
        return nullcontext(sys.stdin.buffer)
    try:
        return path.open("rb")
    except OSError as error:
        raise ConflictDBError(f"cannot read {path}: {error.strerror or error}", "name a file of JSON Lines") from error


def _open_output(path: Path) -> AbstractContextManager[BinaryIO]:
    if str(path) == STDIN:
        return nullcontext(sys.stdout.buffer)
    try:
        return path.open("wb")
    except OSError as error:
        raise ConflictDBError(f"cannot write {path}: {error.strerror or error}", "name another file") from error
