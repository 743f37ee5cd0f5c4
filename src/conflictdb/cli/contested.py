"""`conflictdb contested`: events by how much the claims about them disagree."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.options import (
    QUERY_SETTINGS,
    AsOfOption,
    DatabaseOption,
    FormatOption,
    QueryArgument,
    UndatedOption,
)
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("contested", cls=PlainCommand, context_settings=QUERY_SETTINGS)(contested)


def contested(
    context: typer.Context,
    query: QueryArgument = None,
    basis: Annotated[str, typer.Option(
        "--basis", metavar="BASIS", help="Compare claims, estimates (recorders' own) or both."
    )] = "both",
    as_of: AsOfOption = None,
    undated: UndatedOption = False,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:  # fmt: skip
    """List the events about which claims disagree, the most disputed first; limit:20 lists the first twenty."""
    from conflictdb.cli.looking import make_lens
    from conflictdb.render.contested import contested_listing

    lens = make_lens("range", basis, as_of, undated)
    with open_reader(context) as reader:
        asked = reader.scope(query or "")
        rows = reader.contested(asked, lens=lens)
        show(contested_listing(rows, asked.text, lens, blocks=format is Format.TABLE), format)
