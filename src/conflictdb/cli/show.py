"""`conflictdb show`: one event whole, on one screen."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.options import DatabaseOption, FormatOption, HistoryOption
from conflictdb.cli.output import open_reader
from conflictdb.cli.output import show as emit
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format

POLICY = "range"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("show", cls=PlainCommand)(show)


def show(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="SLUG|NATIVE-ID", help="e.g. dioura-2019 or ucdp-ged:300380.")],
    history: HistoryOption = False,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Show an event whole: its sides, the claims ledger, ranges, timeline and sources."""
    with open_reader(context) as reader:
        detail = reader.event(event, policy=POLICY, history=history)
    from conflictdb.domain.vocabulary import Basis
    from conflictdb.render.event_screen import event_listing

    emit(event_listing(detail, command="show", query=event, policy=POLICY, basis=Basis.CLAIMS), format)
