"""`conflictdb claimants`: what their claims say about those who made them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from conflictdb.cli.options import (
    QUERY_SETTINGS,
    AsOfOption,
    BasisOption,
    CountOption,
    DatabaseOption,
    FormatOption,
    ParameterOption,
    PreferOption,
    QueryArgument,
    SeveralOption,
    TieOption,
    UndatedOption,
)
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("claimants", cls=PlainCommand, context_settings=QUERY_SETTINGS)(claimants)


def claimants(
    context: typer.Context,
    query: QueryArgument = None,
    policy: Annotated[str, typer.Option(
        "--policy", metavar="NAME", help="The rule for the others' estimate; ucdp, as it names a best."
    )] = "ucdp",
    basis: BasisOption = "claims",
    as_of: AsOfOption = None,
    undated: UndatedOption = False,
    k: CountOption = None,
    prefer: PreferOption = None,
    tie: TieOption = None,
    several: SeveralOption = None,
    parameter: ParameterOption = None,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:  # fmt: skip
    """Say how each claimant's figures compare with the others', how often it revised them, and who corroborated."""
    from conflictdb.cli.looking import make_lens
    from conflictdb.domain.vocabulary import Basis
    from conflictdb.render.claimants import claimants_listing

    lens = make_lens(policy, basis, as_of, undated, parameter, k=k, prefer=prefer, tie=tie, several=several)
    with open_reader(context) as reader:
        asked = reader.scope(query or "")
        rows = reader.claimants(asked, lens=lens)
        recorders = () if rows else reader.claimants(asked, lens=replace(lens, basis=Basis.ESTIMATES))
        show(claimants_listing(rows, asked.text, lens, recorders, blocks=format is Format.TABLE), format)
