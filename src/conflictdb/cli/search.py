"""`conflictdb search`: find a text in events, names and documents."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.options import DatabaseOption, FormatOption
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("search", cls=PlainCommand)(search)


def search(
    context: typer.Context,
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="Words; accents and case do not matter.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many hits at most.")] = 50,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Find words in events, claims, actors, people, sources and conflicts."""
    from conflictdb.render.listings import hits_listing

    words = " ".join(text)
    with open_reader(context) as reader:
        show(hits_listing(reader.search(words, limit), words), format)
