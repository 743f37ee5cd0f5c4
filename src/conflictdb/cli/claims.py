"""`conflictdb claims`: claims of every kind."""

from __future__ import annotations

import typer

from conflictdb.cli.options import (
    QUERY_SETTINGS,
    AsOfOption,
    DatabaseOption,
    FormatOption,
    HistoryOption,
    QueryArgument,
    UndatedOption,
)
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("claims", cls=PlainCommand, context_settings=QUERY_SETTINGS)(claims)


def claims(
    context: typer.Context,
    query: QueryArgument = None,
    as_of: AsOfOption = None,
    undated: UndatedOption = False,
    history: HistoryOption = False,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """List claims of every kind: losses, strengths, commanders, results."""
    from conflictdb.looking import know
    from conflictdb.render.listings import claims_listing

    knowledge = know(as_of, undated=undated)
    with open_reader(context) as reader:
        asked = reader.scope(query or "")
        show(claims_listing(reader.claims(asked, history=history, knowledge=knowledge), asked.text, knowledge), format)
