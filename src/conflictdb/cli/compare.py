"""`conflictdb compare`: what each policy makes of one event."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.options import (
    AsOfOption,
    BasisOption,
    DatabaseOption,
    FormatOption,
    PreferOption,
    UndatedOption,
)
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compare", cls=PlainCommand)(compare)


def compare(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="SLUG|NATIVE-ID")],
    metric: Annotated[str, typer.Option("--metric", help="Only these, e.g. killed,wounded.")] = "",
    basis: BasisOption = "claims",
    as_of: AsOfOption = None,
    undated: UndatedOption = False,
    prefer: PreferOption = None,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Set all policies side by side: what each makes of the losses of one event, and why."""
    from conflictdb.cli.looking import make_lens
    from conflictdb.comparing import left_out
    from conflictdb.domain.metrics import parse_metrics
    from conflictdb.render.compare import comparison_listing

    lens = make_lens("range" if prefer is None else "priority", basis, as_of, undated, prefer=prefer)
    metrics = parse_metrics(metric)
    with open_reader(context) as reader:
        rows = reader.compare(event, lens=lens, metrics=metrics)
        show(comparison_listing(rows, event, lens, left_out(lens)), format)
