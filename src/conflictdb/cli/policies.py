"""`conflictdb policies`: the rules that estimates may follow."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.options import FormatOption
from conflictdb.cli.output import show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.render.formats import Format


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("policies", cls=PlainCommand)(policies)


def policies(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Only this one, e.g. ucdp.")] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """List the policies: the rule of each, what it can be told, and where it comes from."""
    from conflictdb.policies import find_policy, list_policies
    from conflictdb.render.policies import policies_listing

    found = list_policies() if name is None else [find_policy(name)]
    show(policies_listing(found, name or ""), format)
