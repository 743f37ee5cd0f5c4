"""`conflictdb imports`: the import runs, and undoing one."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.options import DatabaseOption, FormatOption
from conflictdb.cli.output import open_reader, say, settings, show
from conflictdb.cli.plain_params import PlainGroup
from conflictdb.render.formats import Format

imports_app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, help="List the import runs; undo one.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(imports_app, name="imports")


@imports_app.callback(invoke_without_command=True)
def imports(context: typer.Context, format: FormatOption = Format.TABLE, db: DatabaseOption = None) -> None:
    """List the import runs, the newest first; `imports undo RUN` withdraws what one claimed."""
    if context.invoked_subcommand is not None:
        return
    from conflictdb.render.listings import runs_listing

    with open_reader(context) as reader:
        show(runs_listing(reader.imports()), format)


@imports_app.command("undo")
def undo(
    context: typer.Context,
    run: Annotated[int, typer.Argument(metavar="RUN", min=1, help="Its number, as `conflictdb imports` lists it.")],
    db: DatabaseOption = None,
) -> None:
    """Withdraw what an import run claimed; nothing is deleted."""
    from conflictdb.config import find_target
    from conflictdb.undo import undo_import

    report = undo_import(find_target(settings(context).database), run)
    say(
        f"run {report.run} undone by run {report.undo}; withdrawn, and kept in the history: claims {report.claims},"
        f" links {report.links}, timeline entries {report.timeline}"
    )
