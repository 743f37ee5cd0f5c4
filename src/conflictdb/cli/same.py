"""`conflictdb same` and `different`: judge whether two events, actors or claims are one, and take that back."""

from __future__ import annotations

from typing import Annotated

import typer

from conflictdb.cli.judgements import WhoOption, WhyOption, chosen_target, say_judged, say_undone
from conflictdb.cli.options import DatabaseOption
from conflictdb.cli.plain_params import PlainCommand
from conflictdb.errors import UsageError

COMMANDS = {
    "same": "Judge two events, two actors or two claims the same: sums and policies count them once.",
    "different": "Judge two events, two actors or two claims to be different, however alike they look.",
}
OneArgument = Annotated[
    str,
    typer.Argument(
        metavar="A",
        help="An event (slug or native id), a claim (key) or an actor: any name or native id, NAME@EVENT where"
        " several are called so, or claimant:CLAIM-KEY for who made that claim.",
    ),
]
OtherArgument = Annotated[str, typer.Argument(metavar="B", help="Another of the same kind.")]
UndoOption = Annotated[bool, typer.Option("--undo", help="Take back the judgement that stands about these two.")]


def register(app: typer.Typer) -> None:
    """Add the commands, each named by the verdict that it gives."""
    for name, help in COMMANDS.items():
        app.command(name, cls=PlainCommand, help=help)(judge)


def judge(
    context: typer.Context,
    one: OneArgument,
    other: OtherArgument,
    why: WhyOption = None,
    who: WhoOption = None,
    undo: UndoOption = False,
    db: DatabaseOption = None,
) -> None:
    """Judge two things as the command's name says, or take that back."""
    from conflictdb.domain.vocabulary import Verdict
    from conflictdb.judging import judge_pair, unjudge_pair

    if undo and why is not None:
        raise UsageError("--undo takes no --why", "the judgement keeps the reason that it had")
    target, verdict = chosen_target(context), Verdict(str(context.command.name))
    if undo:
        say_undone(context, unjudge_pair(target, verdict, (one, other), who=who))
    else:
        say_judged(context, judge_pair(target, verdict, (one, other), why=why, who=who))
