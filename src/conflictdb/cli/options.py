"""The options and arguments that commands share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from conflictdb.render.formats import Format

QUERY_SETTINGS = {"ignore_unknown_options": True}
"""Lets a query hold terms that begin with a minus, such as -country:MLI."""


@dataclass(slots=True)
class Settings:
    """What was said before the command."""

    database: str | None = None


def choose_database(context: typer.Context, value: str | None) -> str | None:
    """Remember the database wherever on the line it is named."""
    settings = context.ensure_object(Settings)
    if value is not None:
        settings.database = value
    return value


DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="PATH|URL",
        help="The database: a SQLite file or postgresql://user@host/name.",
        callback=choose_database,
        expose_value=True,
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to write the answer.")]
QueryArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[QUERY]...", help="Terms such as country:MLI killed>=20; see the README.")
]
WordsArgument = Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="Words of the name.")]
PolicyOption = Annotated[
    str, typer.Option("--policy", metavar="NAME", help="The rule that estimates follow; list them with: policies.")
]
BasisOption = Annotated[
    str, typer.Option("--basis", metavar="BASIS", help="Estimate from claims, estimates (recorders' own) or both.")
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Only what had been stated by this date, e.g. 2019-03-21.")
]
UndatedOption = Annotated[bool, typer.Option("--undated", help="With --as-of: undated statements too.")]
CountOption = Annotated[
    str | None, typer.Option("--k", metavar="N", help="corroborated, ibc: how many independent claimants it takes.")
]
PreferOption = Annotated[
    str | None,
    typer.Option("--prefer", metavar="NAMES", help="priority: claimants or kinds of actors, the first first."),
]
TieOption = Annotated[str | None, typer.Option("--tie", metavar="RULE", help="majority: lowest or recent.")]
SeveralOption = Annotated[
    str | None, typer.Option("--several", metavar="N", help="acled: what several, many and few stand for.")
]
ParameterOption = Annotated[
    list[str] | None,
    typer.Option("--parameter", metavar="NAME=VALUE", help="What a policy of another package is told."),
]
HistoryOption = Annotated[bool, typer.Option("--history", help="Show superseded, corrected and withdrawn claims too.")]
