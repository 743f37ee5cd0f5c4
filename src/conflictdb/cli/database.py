"""`conflictdb db`: look after the database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from conflictdb.cli.options import DatabaseOption, FormatOption
from conflictdb.cli.output import open_reader, say, settings, show
from conflictdb.cli.plain_params import PlainGroup
from conflictdb.errors import ExitCode
from conflictdb.render.formats import Format

db_app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, no_args_is_help=True, help="Look after the database.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(db_app, name="db")


@db_app.command("info")
def info(context: typer.Context, format: FormatOption = Format.TABLE, db: DatabaseOption = None) -> None:
    """Say where the database is and what it holds."""
    from conflictdb.care import describe_database
    from conflictdb.config import find_target
    from conflictdb.render.care import facts_listing

    target = find_target(settings(context).database)
    with open_reader(context) as reader:
        show(facts_listing(describe_database(reader.connection, target)), format)


@db_app.command("upgrade")
def upgrade(context: typer.Context, db: DatabaseOption = None) -> None:
    """Bring an older database up to date; a SQLite file is copied first."""
    from conflictdb.config import find_target
    from conflictdb.setup import upgrade_database
    from conflictdb.store.schema import HEAD

    target = find_target(settings(context).database)
    version, copy = upgrade_database(target)
    if version == HEAD:
        say(f"{target} is up to date: schema {HEAD}")
        return
    say(f"{target} is now at schema {HEAD}" + (f"; a copy of it as it was: {copy}" if copy else ""))


@db_app.command("check")
def check(context: typer.Context, format: FormatOption = Format.TABLE, db: DatabaseOption = None) -> None:
    """Look for damage: the engine's own check, then ours. Exit 1 where anything is wrong."""
    from conflictdb.care import check_database
    from conflictdb.render.care import findings_listing

    with open_reader(context) as reader:
        findings = check_database(reader.connection)
        show(findings_listing(findings), format)
    if any(finding.wrong for finding in findings):
        raise typer.Exit(ExitCode.FAILED)


@db_app.command("backup")
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to make.")],
    db: DatabaseOption = None,
) -> None:
    """Copy a SQLite database, also while it is in use."""
    from conflictdb.backup import copy_database
    from conflictdb.config import find_target

    target = find_target(settings(context).database)
    size = copy_database(target, file)
    say(f"copied {target} to {file}: {size:,} bytes")
