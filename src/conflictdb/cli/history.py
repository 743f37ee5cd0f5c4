"""`conflictdb history`: each value of an event, with the release that stated it."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.options import DatabaseOption, FormatOption
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("history", cls=PlainCommand)(history)


def history(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="SLUG|NATIVE-ID", help="e.g. dioura-2019 or ucdp-ged:300380.")],
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Show every value that was stated of an event, also those corrected and withdrawn, each with its release."""
    from conflictdb.render.history import history_listing

    with open_reader(context) as reader:
        show(history_listing(reader.history(event), event), format)
