"""`conflictdb casualties`: who claims which losses, grouped so that the disagreement is seen."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from conflictdb.cli.options import QUERY_SETTINGS, DatabaseOption, FormatOption, HistoryOption, QueryArgument
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.errors import UsageError
from conflictdb.render.formats import Format


class Grouping(StrEnum):
    """How casualty claims are laid out."""

    SOURCE = "source"
    DOCUMENT = "document"
    SIDE = "side"
    EVENT = "event"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("casualties", cls=PlainCommand, context_settings=QUERY_SETTINGS)(casualties)


def casualties(
    context: typer.Context,
    query: QueryArgument = None,
    by_source: Annotated[bool, typer.Option("--by-source", help="Group the claims by who stated them.")] = False,
    by_document: Annotated[bool, typer.Option("--by-document", help="Group the claims by source document.")] = False,
    by_side: Annotated[bool, typer.Option("--by-side", help="Estimates by side and metric.")] = False,
    by_event: Annotated[bool, typer.Option("--by-event", help="Estimates by event and metric.")] = False,
    metric: Annotated[str, typer.Option("--metric", help="Only these, e.g. killed,wounded.")] = "",
    policy: Annotated[str, typer.Option("--policy", help="The rule that estimates follow.")] = "range",
    history: HistoryOption = False,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """List casualty claims of an event, a query or the whole database, or the estimates made of them."""
    from conflictdb.domain.metrics import parse_metrics

    grouping = _grouping(by_source, by_document, by_side, by_event)
    estimated = grouping in (Grouping.SIDE, Grouping.EVENT)
    if policy != "range":
        from conflictdb.estimates import require_policy

        require_policy(policy)
    if history and estimated:
        raise UsageError("--history shows claims; --by-side and --by-event show estimates", "leave one out")
    metrics = parse_metrics(metric)
    with open_reader(context) as reader:
        asked = reader.scope(query or "")
        from conflictdb.render.casualties import estimates_listing, ledger_listing

        if estimated:
            estimates = reader.estimate(asked, policy=policy, metrics=metrics, by_event=grouping is Grouping.EVENT)
            show(estimates_listing(estimates, asked.text, policy), format)
            return
        rows = reader.casualties(asked, history=history, metrics=metrics, group=grouping or "")
        show(ledger_listing(rows, asked.text, grouping or "", one_event=str(asked).startswith("event:")), format)


def _grouping(by_source: bool, by_document: bool, by_side: bool, by_event: bool) -> Grouping | None:
    flags = zip(Grouping, (by_source, by_document, by_side, by_event), strict=True)
    chosen = [grouping for grouping, flag in flags if flag]
    if len(chosen) > 1:
        raise UsageError(f"--by-{chosen[0]} and --by-{chosen[1]} exclude each other", "choose one of them")
    return chosen[0] if chosen else None
