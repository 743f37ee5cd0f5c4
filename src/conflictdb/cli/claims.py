"""`conflictdb claims`: claims of every kind."""

from __future__ import annotations

import typer

from conflictdb.cli.options import QUERY_SETTINGS, DatabaseOption, FormatOption, HistoryOption, QueryArgument
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("claims", cls=PlainCommand, context_settings=QUERY_SETTINGS)(claims)


def claims(
    context: typer.Context,
    query: QueryArgument = None,
    history: HistoryOption = False,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """List claims of every kind: losses, strengths, commanders, results."""
    from conflictdb.render.listings import claims_listing

    with open_reader(context) as reader:
        asked = reader.scope(query or "")
        show(claims_listing(reader.claims(asked, history=history), asked.text), format)
