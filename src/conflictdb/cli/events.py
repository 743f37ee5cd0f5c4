"""`conflictdb events`: the events that a query finds."""

from __future__ import annotations

import typer

from conflictdb.cli.options import QUERY_SETTINGS, DatabaseOption, FormatOption, QueryArgument
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("events", cls=PlainCommand, context_settings=QUERY_SETTINGS)(events)


def events(
    context: typer.Context, query: QueryArgument = None, format: FormatOption = Format.TABLE, db: DatabaseOption = None
) -> None:
    """List events, by date or as order: says."""
    from conflictdb.domain.query import parse_query
    from conflictdb.render.listings import events_listing

    asked = parse_query(query or "")
    with open_reader(context) as reader:
        show(events_listing(reader.events(asked), asked.text), format)
