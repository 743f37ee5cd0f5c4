"""`conflictdb conflicts`: named armed conflicts."""

from __future__ import annotations

import typer

from conflictdb.cli.options import DatabaseOption, FormatOption
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("conflicts", cls=PlainCommand)(conflicts)


def conflicts(context: typer.Context, format: FormatOption = Format.TABLE, db: DatabaseOption = None) -> None:
    """List conflicts, with how many events each has."""
    from conflictdb.render.listings import conflicts_listing

    with open_reader(context) as reader:
        show(conflicts_listing(reader.conflicts()), format)
