"""`conflictdb flag` and `unflag`: judge a claim unreasonable, and take that back."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.judgements import UndoerOption, WhoOption, WhyOption, chosen_target, say_judged, say_undone
from conflictdb.cli.options import DatabaseOption
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.errors import UsageError

KeyArgument = Annotated[
    str, typer.Argument(metavar="CLAIM-KEY", help="As `conflictdb claims` prints it, e.g. bqmhszpe7cml.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("flag", cls=PlainCommand)(flag)
    app.command("unflag", cls=PlainCommand)(unflag)


def flag(
    context: typer.Context,
    key: KeyArgument,
    unreasonable: Annotated[bool, typer.Option("--unreasonable", help="It cannot be right.")] = False,
    why: WhyOption = None,
    who: WhoOption = None,
    db: DatabaseOption = None,
) -> None:
    """Judge a claim unreasonable: the policies ucdp, gtd and ibc leave it out. The claim stays as it is."""
    if not unreasonable:
        raise UsageError("say how to flag the claim", "there is one flag: --unreasonable")
    from conflictdb.judging import flag_claim

    say_judged(context, flag_claim(chosen_target(context), key, why=why, who=who))


def unflag(context: typer.Context, key: KeyArgument, who: UndoerOption = None, db: DatabaseOption = None) -> None:
    """Take back that a claim is unreasonable; the judgement is kept, with who undid it and when."""
    from conflictdb.judging import unflag_claim

    say_undone(context, unflag_claim(chosen_target(context), key, who=who))
