"""`conflictdb actors` and `conflictdb actor`: who fights and who claims."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.options import DatabaseOption, FormatOption, WordsArgument
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("actors", cls=PlainCommand)(actors)
    app.command("actor", cls=PlainCommand)(actor)


def actors(
    context: typer.Context, text: WordsArgument = None, format: FormatOption = Format.TABLE, db: DatabaseOption = None
) -> None:
    """List actors, by words of any of their names or by kind."""
    from conflictdb.render.listings import actors_listing

    words = " ".join(text or [])
    with open_reader(context) as reader:
        show(actors_listing(reader.actors(words), words), format)


def actor(
    context: typer.Context,
    name: Annotated[list[str], typer.Argument(metavar="NAME", help="Any of its names.")],
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Show an actor whole: names, lineage, events, what it claimed and what was claimed of it."""
    words = " ".join(name)
    with open_reader(context) as reader:
        detail = reader.actor(words)
    from conflictdb.render.actor_screen import actor_listing

    show(actor_listing(detail, command="actor", query=words), format)
