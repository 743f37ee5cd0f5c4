"""The command line: parse, call, emit. Each command has a file of its own, loaded when it is called."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from conflictdb import __version__
from conflictdb.cli.commands import LazyGroup
from conflictdb.cli.options import DatabaseOption, Settings
from conflictdb.cli.output import say
from conflictdb.errors import EXIT_CODES, ConflictDBError, ExitCode
from conflictdb.memory import rare_collections

EPILOG = "Exit codes: " + " ".join(f"{code.value} {code.name.lower()}," for code in EXIT_CODES).rstrip(",") + "."

app = typer.Typer(
    name="conflictdb",
    cls=LazyGroup,
    help="A conflict-event database that keeps the claims: who said what, about whose losses, when, in which document.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"conflictdb {__version__}\n")
        raise typer.Exit


@app.callback()
def _start(
    context: typer.Context,
    db: DatabaseOption = None,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    context.ensure_object(Settings)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; every failure a user can meet ends here, in words."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = app(list(argv) if argv is not None else None, prog_name="conflictdb", standalone_mode=False)
    except ConflictDBError as error:
        say(f"error: {error}")
        return error.exit_code
    except UnicodeEncodeError as error:
        say(f"error: cannot read {error.object!a}: it is no UTF-8 text")
        return ExitCode.USAGE
    except TyperException as error:
        return _explain_usage(error)
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else ExitCode.FAILED
    if code == ExitCode.INTERRUPTED:
        say("interrupted: the database is as it was before")
    return int(code or 0)


def _explain_usage(error: TyperException) -> int:
    context = getattr(error, "ctx", None)
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    if message.startswith("Usage:"):  # a group without a command: its help is the answer
        say(message)
        return ExitCode.USAGE
    help_line = f"\n  see: {context.command_path} --help" if context is not None else ""
    say(f"error: {message}{help_line}")
    return ExitCode.USAGE


def run() -> None:
    """Start the program from the shell."""
    with rare_collections():
        sys.exit(main())
