"""`conflictdb assert`: whether the data are as a team expects them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from conflictdb.cli.options import DatabaseOption, FormatOption
from conflictdb.cli.output import open_reader, say, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.errors import ExitCode
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("assert", cls=PlainCommand)(assert_expectations)


def assert_expectations(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Expectations in YAML; see docs/asserting.md.")],
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> int:
    """Check what is expected of estimates and counts; exit with 1 where anything is otherwise."""
    from conflictdb.asserting import check, read_expectations
    from conflictdb.render.assertions import assertions_listing, difference_lines, summary

    wanted = read_expectations(Path(file))
    with open_reader(context) as reader:
        rows = list(check(reader.connection, wanted))
    show(assertions_listing(rows, file), format)
    failed = [row for row in rows if not row.holds]
    for row in failed:
        say("\n".join(difference_lines(row, file)))
    say(summary(rows))
    return ExitCode.FAILED if failed else ExitCode.OK
