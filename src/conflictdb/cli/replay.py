"""`conflictdb replay`: how the toll of one event moved, and who moved it."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.options import (
    BasisOption,
    CountOption,
    DatabaseOption,
    FormatOption,
    ParameterOption,
    PolicyOption,
    PreferOption,
    SeveralOption,
    TieOption,
)
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("replay", cls=PlainCommand)(replay)


def replay(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="SLUG|NATIVE-ID")],
    metric: Annotated[str, typer.Option("--metric", help="Only these, e.g. killed,wounded.")] = "",
    policy: PolicyOption = "range",
    basis: BasisOption = "claims",
    as_of: Annotated[str | None, typer.Option(
        "--as-of", metavar="DATE", help="Only up to this date, e.g. 2019-03-21."
    )] = None,
    undated: Annotated[bool, typer.Option("--undated", help="Count undated statements from the beginning.")] = False,
    k: CountOption = None,
    prefer: PreferOption = None,
    tie: TieOption = None,
    several: SeveralOption = None,
    parameter: ParameterOption = None,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:  # fmt: skip
    """Show the toll after each day on which something was stated: how it moved, and who moved it."""
    from dataclasses import replace

    from conflictdb.cli.looking import make_lens
    from conflictdb.domain.metrics import parse_metrics
    from conflictdb.render.replay import replay_listing
    from conflictdb.replaying import EVER

    until = as_of or (EVER if undated else None)
    lens = make_lens(policy, basis, until, undated, parameter, k=k, prefer=prefer, tie=tie, several=several)
    metrics = parse_metrics(metric)
    with open_reader(context) as reader:
        rows = reader.replay(event, lens=lens, metrics=metrics)
        show(replay_listing(rows, event, lens if as_of else replace(lens, knowledge=None)), format)
