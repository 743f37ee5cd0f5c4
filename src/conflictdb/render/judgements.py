"""What people judged: as a list, and as the answer to a command that judges or takes back."""

from __future__ import annotations

from collections.abc import Iterable

from conflictdb.domain.rows.judgement import JudgementRow
from conflictdb.domain.vocabulary import Verdict
from conflictdb.render.listing import Column, Listing, field_names
from conflictdb.render.text import visible

_VERDICTS = {
    Verdict.UNREASONABLE.value: "is unreasonable",
    Verdict.SAME.value: "are the same",
    Verdict.DIFFERENT.value: "are different",
    Verdict.UNSURE.value: "may be the same or not",
}
COLUMNS = (
    Column[JudgementRow]("no.", lambda row: str(row.id), "right", keep=True),
    Column[JudgementRow]("verdict", lambda row: row.verdict, keep=True),
    Column[JudgementRow]("one", lambda row: row.one, least=14),
    Column[JudgementRow]("other", lambda row: row.other or "", least=14),
    Column[JudgementRow]("about", lambda row: _about(row), spare=2, least=16),
    Column[JudgementRow]("why", lambda row: row.why, least=14),
    Column[JudgementRow]("who", lambda row: row.who, least=8),
    Column[JudgementRow]("when", lambda row: row.judged_at[:10], keep=True),
    Column[JudgementRow]("undone", lambda row: _undone(row), keep=True, spare=1),
)


def judgements_listing(rows: Iterable[JudgementRow], *, undone: bool = False) -> Listing[JudgementRow]:
    """List judgements, those that were taken back dimmed; without them there is no column for when that was."""
    shown = COLUMNS if undone else COLUMNS[:-1]
    return Listing(
        "judgements", None, None, None, rows, shown, fields=field_names(JudgementRow),
        empty="nothing was judged yet" if undone else "no judgement stands", dim=lambda row: row.undone_at is not None,
    )  # fmt: skip


def judged_lines(row: JudgementRow, *, new: bool, program: str) -> list[str]:
    """Return what to tell somebody who judged, `new` if nobody had said so before."""
    said = f"judgement {row.id} by {visible(row.who)}"
    if not new:
        return [f"nothing was changed: {said}, {row.judged_at[:10]}, says that {_sentence(row)}"]
    return [f"{said}: {_sentence(row)}", f"undo it with: {program} judgements undo {row.id}"]


def undone_lines(row: JudgementRow, *, program: str) -> list[str]:
    """Return what to tell somebody who took a judgement back."""
    return [
        f"undone by {visible(row.undone_by or 'somebody')}:"
        f" judgement {row.id} by {visible(row.who)}, that {_sentence(row)}",
        f"it stays in the list: {program} judgements --all",
    ]


def _undone(row: JudgementRow) -> str:
    return " by ".join(filter(None, ((row.undone_at or "")[:10], row.undone_by)))


def _sentence(row: JudgementRow) -> str:
    things = [_spoken(row.kind, row.one, row.one_name)]
    if row.other is not None:
        things.append(_spoken(row.kind, row.other, row.other_name or ""))
    plural = "s" if len(things) > 1 else ""
    return f"the {row.kind}{plural} {' and '.join(things)} {_VERDICTS[row.verdict]}"


def _spoken(kind: str, said: str, name: str) -> str:
    return f'"{visible(said)}"' if kind == "actor" else f"{visible(said)} ({visible(name)})"


def _about(row: JudgementRow) -> str:
    """Return what the slugs or keys stand for; an actor goes by its name already."""
    return "" if row.kind == "actor" else "; ".join(filter(None, (row.one_name, row.other_name)))
