"""`conflictdb sql`: a SELECT of one's own, over the documented views."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.options import DatabaseOption, FormatOption
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sql", cls=PlainCommand)(sql)


def sql(
    context: typer.Context,
    statement: Annotated[
        str, typer.Argument(metavar="'SELECT ...'", help="One statement, over the views of the docs.")
    ],
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Run a SELECT, reading only; the views are events, casualties, strengths, commanders, attributes and links."""
    from conflictdb.render.columns import listing_of_mappings
    from conflictdb.select import select_rows

    with open_reader(context) as reader:
        names, rows = select_rows(reader.connection, statement)
        show(listing_of_mappings("sql", statement, names, rows), format)
