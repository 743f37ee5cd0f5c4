"""`conflictdb people`: commanders, with the events that they are named in."""

from __future__ import annotations

import typer

from conflictdb.cli.options import DatabaseOption, FormatOption, WordsArgument
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("people", cls=PlainCommand)(people)


def people(
    context: typer.Context, text: WordsArgument = None, format: FormatOption = Format.TABLE, db: DatabaseOption = None
) -> None:
    """List commanders, with the events that they are named in."""
    from conflictdb.render.listings import people_listing

    words = " ".join(text or [])
    with open_reader(context) as reader:
        show(people_listing(reader.people(words), words), format)
