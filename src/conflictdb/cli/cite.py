"""`conflictdb cite`: how to cite an event, with all that its figures come from, or a dataset."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.options import DatabaseOption
from conflictdb.cli.output import open_reader, write
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.citation import Style


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("cite", cls=PlainCommand)(cite)


def cite(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="SLUG|NATIVE-ID|DATASET", help="e.g. dioura-2019, ucdp-ged:300380 or ucdp-ged.")
    ],
    style: Annotated[Style, typer.Option("--as", help="How to write it.")] = Style.TEXT,
    db: DatabaseOption = None,
) -> None:
    """Print how to cite an event, its documents and the releases that its figures come from, or a dataset."""
    from conflictdb.citing import cite as find
    from conflictdb.render.citation import write_citations
    from conflictdb.render.text import visible

    with open_reader(context) as reader:
        text = write_citations(find(reader.connection, name), style)
    write("\n".join(map(visible, text.split("\n"))))
