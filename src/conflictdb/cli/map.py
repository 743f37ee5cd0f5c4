"""`conflictdb map`: the draft of a mapping for a table of the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from conflictdb.cli.output import say, write
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("map", cls=PlainCommand)(map_)


def map_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The table, CSV or XLSX.")],
    out: Annotated[
        str | None, typer.Option("--output", "-o", metavar="OUT", help="Write the mapping to this new file.")
    ] = None,
    beside: Annotated[
        bool, typer.Option("--write", help="Write it beside the table, where an import looks for it.")
    ] = False,
) -> None:
    """Draft a mapping that says what the columns of a table are, to be looked through and kept beside it."""
    from conflictdb.mapping import draft, keep, place_beside

    if out is not None and beside:
        raise UsageError(f"-o {out} and --write exclude each other", "leave out one of them")
    table = Path(file)
    text = draft(table)
    if out is None and not beside:
        write(text)
        return
    place = place_beside(table) if out is None else Path(out)
    keep(text, place)
    say(f"{place}: look it through, then: conflictdb import --dry-run {file}")
