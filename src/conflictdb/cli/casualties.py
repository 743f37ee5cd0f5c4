"""`conflictdb casualties`: who claims which losses, grouped and what policies make of that."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from conflictdb.cli.options import (
    QUERY_SETTINGS,
    AsOfOption,
    CountOption,
    DatabaseOption,
    FormatOption,
    HistoryOption,
    ParameterOption,
    PreferOption,
    QueryArgument,
    SeveralOption,
    TieOption,
    UndatedOption,
)
from conflictdb.cli.output import open_reader, show
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.errors import UsageError
from conflictdb.render.formats import Format

if TYPE_CHECKING:
    from conflictdb.domain.lens import Lens
    from conflictdb.domain.query import Query
    from conflictdb.reader import Reader


class Grouping(StrEnum):
    """How casualty claims are laid out."""

    SOURCE = "source"
    DOCUMENT = "document"
    SIDE = "side"
    EVENT = "event"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("casualties", cls=PlainCommand, context_settings=QUERY_SETTINGS)(casualties)


SourceFlag = Annotated[bool, typer.Option("--by-source", help="Group the claims by who stated them.")]
DocumentFlag = Annotated[bool, typer.Option("--by-document", help="Group the claims by source document.")]
SideFlag = Annotated[bool, typer.Option("--by-side", help="Estimates by side and metric.")]
EventFlag = Annotated[bool, typer.Option("--by-event", help="Estimates by event and metric.")]
MetricOption = Annotated[str, typer.Option("--metric", help="Only these, e.g. killed,wounded.")]
EstimatePolicyOption = Annotated[
    str | None, typer.Option("--policy", metavar="NAME", help="Estimates by this rule; list them with: policies.")
]
EstimateBasisOption = Annotated[
    str | None,
    typer.Option("--basis", metavar="BASIS", help="Estimates from claims, estimates (recorders' own) or both."),
]
ExplainFlag = Annotated[bool, typer.Option("--explain", help="Say how each estimate comes about.")]
TotalFlag = Annotated[bool, typer.Option("--total", help="Add the estimates of all events.")]
ByOption = Annotated[
    str | None,
    typer.Option("--by", metavar="WHAT", help="With --total: country, conflict, month, year, actor, side or type."),
]


def casualties(
    context: typer.Context, query: QueryArgument = None, by_source: SourceFlag = False,
    by_document: DocumentFlag = False, by_side: SideFlag = False, by_event: EventFlag = False,
    metric: MetricOption = "", policy: EstimatePolicyOption = None, basis: EstimateBasisOption = None,
    explain: ExplainFlag = False, total: TotalFlag = False, by: ByOption = None, as_of: AsOfOption = None,
    undated: UndatedOption = False, k: CountOption = None, prefer: PreferOption = None, tie: TieOption = None,
    several: SeveralOption = None, parameter: ParameterOption = None, history: HistoryOption = False,
    format: FormatOption = Format.TABLE, db: DatabaseOption = None,
) -> None:  # fmt: skip
    """List casualty claims of an event, a query or the whole database, or the estimates made of them."""
    from conflictdb.cli.looking import make_lens
    from conflictdb.domain.metrics import parse_metrics

    grouping = _grouping(by_source, by_document, by_side, by_event)
    told = {"k": k, "prefer": prefer, "tie": tie, "several": several}
    lists_estimates = grouping in (Grouping.SIDE, Grouping.EVENT)
    estimated = lists_estimates or any([policy, basis, explain, total, parameter, *told.values()])
    _require_one_answer(grouping, estimated, history, total, by, explain)
    lens = make_lens(policy or "range", basis or "claims", as_of, undated, parameter, **told)
    metrics = parse_metrics(metric)
    with open_reader(context) as reader:
        asked = reader.scope(query or "")
        if total:
            _show_totals(reader, asked, lens, metrics, by, format)
        elif estimated:
            _show_estimates(reader, asked, lens, metrics, format, grouping is Grouping.EVENT, explain)
        else:
            _show_claims(reader, asked, lens, metrics, format, grouping, history)


def _show_claims(
    reader: Reader, asked: Query, lens: Lens, metrics: tuple[str, ...], format: Format, grouping: Grouping | None,
    history: bool,
) -> None:  # fmt: skip
    from conflictdb.render.casualties import ledger_listing

    group, one_event = grouping or "", str(asked).startswith("event:")
    rows = reader.casualties(asked, history=history, metrics=metrics, group=group, knowledge=lens.knowledge)
    show(ledger_listing(rows, asked.text, group, one_event=one_event, as_of=lens.as_of), format)


def _show_totals(
    reader: Reader, asked: Query, lens: Lens, metrics: tuple[str, ...], by: str | None, format: Format
) -> None:
    from conflictdb.render.totals import totals_listing

    show(totals_listing(reader.total(asked, lens=lens, metrics=metrics, by=by), asked.text, lens), format)


def _show_estimates(
    reader: Reader, asked: Query, lens: Lens, metrics: tuple[str, ...], format: Format, by_event: bool, explain: bool
) -> None:
    if explain:
        from conflictdb.render.explain import explanations_listing

        found = reader.explain(asked, lens=lens, metrics=metrics, by_event=by_event)
        show(explanations_listing(found, asked.text, lens), format)
        return
    from conflictdb.render.casualties import estimates_listing

    rows = reader.estimate(asked, lens=lens, metrics=metrics, by_event=by_event)
    show(estimates_listing(rows, asked.text, lens), format)


def _grouping(by_source: bool, by_document: bool, by_side: bool, by_event: bool) -> Grouping | None:
    flags = zip(Grouping, (by_source, by_document, by_side, by_event), strict=True)
    chosen = [grouping for grouping, flag in flags if flag]
    if len(chosen) > 1:
        raise UsageError(f"--by-{chosen[0]} and --by-{chosen[1]} exclude each other", "choose one of them")
    return chosen[0] if chosen else None


def _require_one_answer(
    grouping: Grouping | None, estimated: bool, history: bool, total: bool, by: str | None, explain: bool
) -> None:
    """Raise UsageError where a line asks for two answers at once."""
    if history and estimated:
        raise UsageError("--history shows claims, and the line asks for estimates", "leave one out")
    if grouping in (Grouping.SOURCE, Grouping.DOCUMENT) and estimated:
        raise UsageError(f"--by-{grouping} shows claims, and the line asks for estimates", "leave one out")
    if by is not None and not total:
        raise UsageError(f"--by {by} says how sums are divided", "ask for sums with --total")
    if total and (explain or grouping is not None):
        other = "--explain" if explain else f"--by-{grouping}"
        raise UsageError(f"--total adds estimates; {other} lists them", "leave one out")
