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
HistoryOption = Annotated[bool, typer.Option("--history", help="Show superseded, corrected and withdrawn claims too.")]
