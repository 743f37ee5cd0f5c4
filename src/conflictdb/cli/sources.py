"""`conflictdb sources`: documents, with how many claims each holds."""

from __future__ import annotations

import typer

from conflictdb.cli.options import DatabaseOption, FormatOption, WordsArgument
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sources", cls=PlainCommand)(sources)


def sources(
    context: typer.Context, text: WordsArgument = None, format: FormatOption = Format.TABLE, db: DatabaseOption = None
) -> None:
    """List documents, with how many claims each holds."""
    from conflictdb.render.listings import sources_listing

    words = " ".join(text or [])
    with open_reader(context) as reader:
        show(sources_listing(reader.sources(words), words), format)
