"""`conflictdb new`: a document to fill in, or a known event as one to edit."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.options import DatabaseOption
from conflictdb.cli.output import open_reader, write
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("new", cls=PlainCommand)(new)


def new(
    context: typer.Context,
    slug: Annotated[
        str | None, typer.Argument(metavar="[SLUG]", help="The new event's slug, e.g. mondoro-2022.")
    ] = None,
    known: Annotated[
        str | None, typer.Option("--from", metavar="SLUG", help="Write this known event, to be edited.")
    ] = None,
    db: DatabaseOption = None,
) -> None:
    """Write a commented YAML document to fill in, e.g. conflictdb new mondoro-2022 > mondoro.yaml."""
    if known is None:
        from conflictdb.template import write_template

        write(write_template(slug))
        return
    if slug is not None:
        raise UsageError(
            f"new {slug} and --from {known} exclude each other", "write the known event, and edit its slug"
        )
    from conflictdb.rewrite import write_event

    with open_reader(context) as reader:
        write(write_event(reader, known))
