"""`conflictdb show`: one event whole, on one screen."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.options import (
    AsOfOption,
    BasisOption,
    CountOption,
    DatabaseOption,
    FormatOption,
    HistoryOption,
    ParameterOption,
    PolicyOption,
    PreferOption,
    SeveralOption,
    TieOption,
    UndatedOption,
)
from conflictdb.cli.output import open_reader
from conflictdb.cli.output import show as emit
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("show", cls=PlainCommand)(show)


def show(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="SLUG|NATIVE-ID", help="e.g. dioura-2019 or ucdp-ged:300380.")],
    policy: PolicyOption = "range",
    basis: BasisOption = "claims",
    as_of: AsOfOption = None,
    undated: UndatedOption = False,
    k: CountOption = None,
    prefer: PreferOption = None,
    tie: TieOption = None,
    several: SeveralOption = None,
    parameter: ParameterOption = None,
    history: HistoryOption = False,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Show an event whole: its sides, the claims ledger, ranges, timeline and sources."""
    from conflictdb.cli.looking import make_lens

    lens = make_lens(policy, basis, as_of, undated, parameter, k=k, prefer=prefer, tie=tie, several=several)
    with open_reader(context) as reader:
        detail = reader.event(event, lens, history=history)
    from conflictdb.render.event_screen import event_listing

    emit(event_listing(detail, command="show", query=event, policy=lens.chosen.label, basis=lens.basis), format)
