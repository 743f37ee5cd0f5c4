"""`conflictdb judgements`: what people judged, and undoing one; what the commands that judge have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from conflictdb.cli.options import DatabaseOption, FormatOption
from conflictdb.cli.output import open_reader, say, settings, show
from conflictdb.cli.plain_params import PlainGroup
from conflictdb.render.formats import Format

if TYPE_CHECKING:
    from conflictdb.config import Target
    from conflictdb.domain.rows.judgement import JudgementRow
    from conflictdb.judging import Judged

WhyOption = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The reason; needed, and kept with it.")]
WhoOption = Annotated[
    str | None,
    typer.Option("--who", metavar="NAME", help="Who judges, if not CONFLICTDB_USER or the login name says it."),
]
UndoerOption = Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who takes it back.")]

judgements_app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, help="List what people judged; undo a judgement.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(judgements_app, name="judgements")


@judgements_app.callback(invoke_without_command=True)
def judgements(
    context: typer.Context,
    all: Annotated[bool, typer.Option("--all", help="Show those that were undone too.")] = False,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """List what people judged, the newest first; `judgements undo N` takes a judgement back."""
    if context.invoked_subcommand is not None:
        return
    from conflictdb.render.judgements import judgements_listing

    with open_reader(context) as reader:
        show(judgements_listing(reader.judgements(undone=all), undone=all), format)


@judgements_app.command("undo")
def undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="Its number, as `conflictdb judgements` lists it.")],
    who: UndoerOption = None,
    db: DatabaseOption = None,
) -> None:
    """Take a judgement back; it is kept, with who undid it and when."""
    from conflictdb.judging import undo_judgement

    say_undone(context, undo_judgement(chosen_target(context), number, who=who))


def chosen_target(context: typer.Context) -> Target:
    """Return the database that the line names, or the default one."""
    from conflictdb.config import find_target

    return find_target(settings(context).database)


def say_judged(context: typer.Context, judged: Judged) -> None:
    """Tell what was judged, by which number, and how it is undone."""
    from conflictdb.render.judgements import judged_lines

    say("\n".join(judged_lines(judged.row, new=judged.new, program=_program(context))))


def say_undone(context: typer.Context, row: JudgementRow) -> None:
    """Tell what was taken back."""
    from conflictdb.render.judgements import undone_lines

    say("\n".join(undone_lines(row, program=_program(context))))


def _program(context: typer.Context) -> str:
    return f"conflictdb --db {chosen_target(context)}" if settings(context).database else "conflictdb"
