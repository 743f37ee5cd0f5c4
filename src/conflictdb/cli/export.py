"""`conflictdb export`: the events of a query in the layouts of others, with a report of what was lost."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from conflictdb.cli.options import (
    QUERY_SETTINGS,
    AsOfOption,
    CountOption,
    DatabaseOption,
    ParameterOption,
    PolicyOption,
    PreferOption,
    SeveralOption,
    TieOption,
    UndatedOption,
)
from conflictdb.cli.output import open_reader, quiet_pipe, say
from conflictdb.cli.plain_params import PlainCommand

if TYPE_CHECKING:
    from conflictdb.export.exporting import Outcome, Wish

STDOUT = "-"
MOST_KINDS = 6
"""Kinds of losses that are told on the screen; the report has all."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export", cls=PlainCommand, context_settings=QUERY_SETTINGS)(export)


def export(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="[QUERY]... FILE", help="Terms such as country:MLI, then the file, or - .")
    ],
    to: Annotated[str, typer.Option("--to", metavar="LAYOUT", help=(
        "native, csv, ged, acled, gtd, geojson, parquet, hxl or xlsx."
    ))],
    force: Annotated[bool, typer.Option("--force", help="Replace the file and its report.")] = False,
    datapackage: Annotated[
        bool, typer.Option("--datapackage", help="Write a datapackage.json beside it: licences, sources, columns.")
    ] = False,
    policy: PolicyOption = "range",
    as_of: AsOfOption = None,
    undated: UndatedOption = False,
    k: CountOption = None,
    prefer: PreferOption = None,
    tie: TieOption = None,
    several: SeveralOption = None,
    parameter: ParameterOption = None,
    db: DatabaseOption = None,
) -> None:  # fmt: skip
    """Write events to a file in another layout, and beside it a report of what that could not hold."""
    from conflictdb.cli.clock import today
    from conflictdb.cli.looking import make_lens
    from conflictdb.domain.query import parse_query
    from conflictdb.export.exporting import Wish
    from conflictdb.export.layouts import find_layout

    told = {"k": k, "prefer": prefer, "tie": tie, "several": several}
    lens = make_lens(policy, "claims", as_of, undated, parameter, **told)
    wish = Wish(parse_query(words[:-1] or ""), find_layout(to), today(), datapackage, lens)
    _tell(wish, words[-1], _write(context, wish, words[-1], force=force))


def _write(context: typer.Context, wish: Wish, name: str, *, force: bool) -> Outcome:
    from conflictdb.cli.progress import progress
    from conflictdb.errors import UsageError
    from conflictdb.export.exporting import export_file, export_stream

    if name == STDOUT and (not wish.layout.text or wish.package):
        what = "a data package" if wish.package else f"{wish.layout.name} is no text, and"
        raise UsageError(f"{what} cannot go to standard output", "name a file")
    with open_reader(context) as reader, progress("events") as advance:
        if name == STDOUT:
            with quiet_pipe():
                return export_stream(reader.connection, wish, sys.stdout.buffer, progress=advance)
        return export_file(reader.connection, wish, Path(name), force=force, progress=advance)


def _tell(wish: Wish, name: str, outcome: Outcome) -> None:
    from conflictdb.export.exporting import number_lines

    tally = outcome.tally
    where = "" if name == STDOUT else f" to {name}"
    if not tally.events:
        say(f"nothing found: wrote {'no rows' if name == STDOUT else name + ' without rows'}")
    else:
        rows = f"{tally.rows:,} {'row' if tally.rows == 1 else 'rows'}"
        say(f"wrote {rows} of {tally.events:,} {'event' if tally.events == 1 else 'events'}{where}")
    for line in number_lines(wish, tally):
        say(f"  {line}")
    if wish.lens.as_of:
        say(f"  as of {wish.lens.as_of}; left out: {tally.left_out.words()}")
    if outcome.lost:
        told = ", ".join(f"{count:,} {kind}" for kind, count, _ in outcome.lost[:MOST_KINDS])
        more = len(outcome.lost) - MOST_KINDS
        say(f"  lost: {told}" + (f", and {more} other kinds" if more > 0 else ""))
    if outcome.report is not None:
        say(f"  what it could not hold: {outcome.report}" if outcome.lost else f"  nothing was lost: {outcome.report}")
    if outcome.package is not None:
        say(f"  described in {outcome.package}")
    for warning in outcome.warnings:
        say(f"warning: {warning}")
