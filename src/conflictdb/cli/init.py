"""`conflictdb init`: make a database."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.options import DatabaseOption
from conflictdb.cli.output import say, settings
from conflictdb.cli.plain_params import PlainCommand


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("init", cls=PlainCommand)(init)


def init(
    context: typer.Context,
    empty: Annotated[bool, typer.Option("--empty", help="Leave the shipped example out.")] = False,
    db: DatabaseOption = None,
) -> None:
    """Make the database that --db or CONFLICTDB_URL names, with the shipped example."""
    from conflictdb.config import find_target
    from conflictdb.setup import create_database, exists

    target = find_target(settings(context).database)
    if exists(target):
        say(f"{target} is there already; nothing was changed")
        return
    create_database(target, seed=not empty)
    say(f"made a new database{'' if empty else ' with the shipped example'}: {target}")
