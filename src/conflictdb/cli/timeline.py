"""`conflictdb timeline`: what happened when, in one event."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.options import AsOfOption, DatabaseOption, FormatOption
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("timeline", cls=PlainCommand)(timeline)


def timeline(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="SLUG|NATIVE-ID")],
    as_of: AsOfOption = None,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Show what happened when, in local time."""
    from conflictdb.looking import know
    from conflictdb.render.listings import timeline_listing

    knowledge = know(as_of)
    with open_reader(context) as reader:
        show(timeline_listing(reader.timeline(event, knowledge), event, knowledge), format)
