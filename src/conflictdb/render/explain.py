"""Explanations as a person would write them: what the estimate is and why, what counts, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from conflictdb.domain.edtf import day_to_text
from conflictdb.domain.lens import Lens
from conflictdb.domain.rows import ClaimRow, EstimateRow
from conflictdb.domain.rows.explanation import EXPLANATION_FIELDS, Change, ExplanationRow
from conflictdb.domain.vocabulary import Metric, Stake, SubjectKind
from conflictdb.render.casualties import COMMAND, nothing_to_estimate
from conflictdb.render.ledger import hanging
from conflictdb.render.lines import Line, line
from conflictdb.render.links import forward_words
from conflictdb.render.listing import Listing
from conflictdb.render.markdown import markdown_text
from conflictdb.render.policies import rule_words
from conflictdb.render.text import JOIN, cell_width, pad, visible, wrap
from conflictdb.render.words import date_words, estimate_words, measure_words, number_words, subject_words

MOST_LISTED = 12
"""How many claims of one kind are named; of thousands nobody would read more."""

_WIDEST = 100
_WIDEST_LABEL = 12
_INDENT = "  "
_STAKES = {
    Stake.OWN_SIDE.value: "on its own side's losses",
    Stake.ADVERSARY.value: "on its enemy's losses",
    Stake.THIRD_PARTY.value: "of neither side",
    Stake.PARTY.value: "of one of the sides",
    Stake.RECORDER.value: "its own estimate",
    Stake.UNKNOWN.value: "of a side that is not known",
}
_LINKS = {
    "supersedes": "in place of",
    "corrects": "correcting",
    "retracts": "taking back",
    "corroborates": "confirming",
    "repeats": "repeating",
    "derived from": "taken from",
    "contradicts": "contradicting",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or more, and the items beneath it: each a figure, or nothing, and what is said of it."""

    text: str
    items: tuple[tuple[str, str], ...] = ()


def explanations_listing(rows: Iterable[ExplanationRow], query: str, lens: Lens) -> Listing[ExplanationRow]:
    """Return explanations ready to be emitted; they are written as they come."""
    told = (replace(row, text=explanation_text(row)) for row in rows)
    return Listing(
        COMMAND, query, lens.chosen.label, lens.basis, told, (), fields=EXPLANATION_FIELDS, as_of=lens.as_of,
        undated=lens.undated,
        empty=nothing_to_estimate(lens), screen=lambda width: _screen(told, lens, width),
        page=lambda: "".join(_page(told, lens)),
    )  # fmt: skip


def explanation_text(row: ExplanationRow) -> str:
    """Return an explanation as plain text: its heading, then its sentences, a line each."""
    lines = [_heading(row.estimate)]
    for passage in _passages(row):
        lines.append(passage.text)
        lines += [f"- {label}, {said}" if label else f"- {said}" for label, said in passage.items]
    return "\n".join(lines).replace(JOIN, " ")


def _screen(rows: Iterable[ExplanationRow], lens: Lens, width: int) -> Iterator[Line]:
    width = min(width, _WIDEST)
    event, blank = None, False
    for row in rows:
        if row.estimate.event != event:
            event = row.estimate.event
            yield from [()] if blank else []
            yield from (line(text) for text in wrap(visible(f"{row.event_name} ({event})"), width))
        yield ()
        yield from _row_lines(row, width)
        blank = True
    if event is None:
        yield from (line(text) for text in wrap(visible(nothing_to_estimate(lens)), width))
    yield ()
    yield from (line(text, "dim") for text in wrap(visible(rule_words(lens)), width))


def _row_lines(row: ExplanationRow, width: int) -> Iterator[Line]:
    yield from (line(text, "bold") for text in wrap(visible(_heading(row.estimate)), width))
    before: Passage | None = None
    for passage in _passages(row):
        yield from [()] if before and (before.items or passage.items) else []
        before = passage
        yield from hanging("", visible(passage.text), width - len(_INDENT), before=_INDENT)
        labels = [visible(label) for label, _ in passage.items]
        column = min(max(map(cell_width, labels), default=0), _WIDEST_LABEL)
        for label, (_, said) in zip(labels, passage.items, strict=True):
            head = pad(label, column) + "  " if column else ""
            yield from hanging(head, visible(said), width - len(_INDENT) * 2, before=_INDENT * 2)


def _page(rows: Iterable[ExplanationRow], lens: Lens) -> Iterator[str]:
    event = None
    for row in rows:
        if row.estimate.event != event:
            event = row.estimate.event
            yield f"## {_markdown(f'{row.event_name} ({event})')}\n\n"
        yield f"### {_markdown(_heading(row.estimate))}\n\n"
        for passage in _passages(row):
            yield f"{_markdown(passage.text)}\n\n"
            items = (f"{label}, {said}" if label else said for label, said in passage.items)
            yield "".join(f"- {_markdown(item)}\n" for item in items) + ("\n" if passage.items else "")
    if event is None:
        yield f"{_markdown(nothing_to_estimate(lens))}\n\n"
    yield f"{_markdown(rule_words(lens))}\n"


def _markdown(text: str) -> str:
    return markdown_text(text.replace(JOIN, " "))


def _heading(estimate: EstimateRow) -> str:
    return f"{measure_heading(estimate)}: {_figure(estimate)}"


def measure_heading(estimate: EstimateRow) -> str:
    """Return whose losses of which kind an estimate is of: "Malian Army, killed", "Event total, wounded"."""
    whose = subject_words(estimate)
    if estimate.subject_kind != SubjectKind.COMBATANT:  # a name stays as the documents have it
        whose = whose[:1].upper() + whose[1:]
    return f"{whose}, {measure_words(estimate)}"


def _figure(estimate: EstimateRow) -> str:
    if estimate.pending or estimate.highest_stated is not None:
        return estimate_words(estimate)
    return "no estimate, as there is a tie" if estimate.ties else "no estimate"


# --- the sentences ----------------------------------------------------------------------------------------------------


def _passages(row: ExplanationRow) -> Iterator[Passage]:
    estimate = row.estimate
    titles = {claim.source for claim in _all_claims(row)}
    inline = len(titles) > 1
    yield Passage(_answer(row))
    if row.parts:
        yield Passage("What is added:", tuple((estimate_words(each), _part(each)) for each in row.parts))
    if row.counted:
        verb = "tie" if estimate.ties else "counts" if len(row.counted) == 1 else "count"
        heading = f"{_claims(len(row.counted))} {verb}:"
        yield Passage(heading, _items(row.counted, row, inline))
    for aside in row.asides:
        verb = "is" if len(aside.claims) == 1 else "are"
        yield Passage(
            f"{_claims(len(aside.claims))} {verb} set aside: {aside.reason}.", _items(aside.claims, row, inline)
        )
    if len(titles) == 1:
        first = next(_all_claims(row))
        yield Passage(f'All of this stands in one document, "{first.source_title}".')
    yield from _changes(row)


def _all_claims(row: ExplanationRow) -> Iterator[ClaimRow]:
    yield from row.counted
    for aside in row.asides:
        yield from aside.claims


def _claims(number: int) -> str:
    return "1 claim" if number == 1 else f"{number:,} claims"


def _answer(row: ExplanationRow) -> str:
    """Return the estimate in words, why it is that, and what its ends mean."""
    estimate = row.estimate
    why = estimate.note if estimate.composite else estimate.why
    return " ".join([f"{_first_words(estimate)}: {why}.", *_ends(estimate, row.counted), *_warnings(estimate)])


def _first_words(estimate: EstimateRow) -> str:
    what = measure_words(estimate)
    if estimate.pending:
        return "There is no estimate yet"
    if estimate.ties:
        return "There is no one estimate"
    if estimate.best is not None:
        alone = estimate.low == estimate.best == estimate.high
        return f"The {'' if alone else 'best '}estimate is {estimate.best:,} {what}"
    if estimate.highest_stated is None:
        return "There is no estimate"
    if estimate.low is None:
        return f"The estimate is at most {estimate.highest_stated:,} {what}"
    if estimate.open:
        return f"The estimate is at least {estimate.low:,} {what}"
    if estimate.low == estimate.high:
        return f"The estimate is {estimate.low:,} {what}"
    return f"The estimate is from {estimate.low:,} to {estimate.high:,} {what}"


def _ends(estimate: EstimateRow, counted: Iterable[ClaimRow]) -> Iterator[str]:
    if estimate.best is not None and not estimate.low == estimate.best == estimate.high:
        low = "" if estimate.low is None else f"the lowest figure that counts is {estimate.low:,}, "
        if estimate.highest_stated is not None:
            text = f"{low}the highest {'' if low else 'figure that counts is '}{estimate.highest_stated:,}."
            yield text[:1].upper() + text[1:]
    elif estimate.best is None and estimate.open and estimate.highest_stated != estimate.low:
        yield f"The highest figure stated is {estimate.highest_stated:,}."
    if estimate.low is None and estimate.highest_stated is not None:
        yield "No claim says how many at least."
    unbounded = [each for each in counted if each.upper is None and each.lower is not None]
    if estimate.open and unbounded:
        said = listed([f'"{number_words(each)}" ({each.claimant})' for each in unbounded])
        yield f"It may be more, since {said} {'sets' if len(unbounded) == 1 else 'set'} no upper limit."


def _warnings(estimate: EstimateRow) -> Iterator[str]:
    if estimate.zero_or_unknown:
        yield "A recorder's 0 may also mean that nothing is known."
    if estimate.metric == Metric.CASUALTIES:
        yield "Casualties are killed and wounded, not told apart."


def _part(estimate: EstimateRow) -> str:
    return f"{subject_words(estimate)} ({estimate.why})"


def _items(claims: Sequence[ClaimRow], row: ExplanationRow, inline: bool) -> tuple[tuple[str, str], ...]:
    by_key = {claim.key: claim for claim in _all_claims(row)}
    items = [(number_words(claim), _said(claim, by_key, inline)) for claim in claims[:MOST_LISTED]]
    if len(claims) > MOST_LISTED:
        items.append(("", f"and {len(claims) - MOST_LISTED:,} more; --format json has them all"))
    return tuple(items)


def _said(claim: ClaimRow, by_key: dict[str, ClaimRow], inline: bool) -> str:
    """Return who says so, for whom, when and where, with the key of the claim at the end."""
    parts = [f"says {claim.claimant}", _STAKES.get(claim.stake, claim.stake), _stated(claim)]
    parts += [f'in "{claim.source_title}"'] if inline else []
    parts += [f"{'an' if claim.status == 'unconfirmed' else 'a'} {claim.status} figure"] if claim.status else []
    parts += map(_link, forward_words(claim, by_key))
    return f"{', '.join(parts)}{JOIN}[{claim.key}]"


def _link(words: str) -> str:
    kind = next((kind for kind in _LINKS if words.startswith(f"{kind} ")), "")
    return words.replace(kind, _LINKS[kind], 1) if kind else words


def _stated(claim: ClaimRow) -> str:
    if claim.stated_on:
        return date_words(claim.stated_on).replace(" ", JOIN)
    if claim.known_last_day is not None:
        return f"no date, in a document of {date_words(day_to_text(claim.known_last_day))}"
    return "no date"


def _changes(row: ExplanationRow) -> Iterator[Passage]:
    same = row.left_out - len(row.changes)
    if row.claimants == 1:
        only = next(_all_claims(row), None)
        who = row.changes[0].claimant if row.changes else only.claimant if only else "one claimant"
        stated = row.estimate.highest_stated is not None
        yield Passage(f"All of it rests on {who} alone." if stated else f"Nobody but {who} states anything.")
        return
    items = [("", f"{_change(each)}.") for each in row.changes]
    whom = f"any one of the {'other ' if items else ''}{same:,} claimants" if same > 1 else "the other claimant"
    if items and same:
        items.append(("", f"Leaving out {whom} changes nothing."))
    yield Passage("What would change it:" if items else f"Leaving out {whom} changes nothing.", tuple(items))
    if row.left_out < row.claimants:
        yield Passage(
            f"Of {row.claimants:,} claimants, only the {row.left_out:,} whose claims bear most on the figure were left"
            " out in turn."
        )


def _change(change: Change) -> str:
    who, found = change.claimant, change.estimate
    if change.others:
        who += f" (and {listed(change.others)}, part of it)"
    if found is None:
        return f"Without {who} no claim would be left"
    if found.pending or found.highest_stated is None:
        lacking = "no estimate yet" if found.pending else "no one estimate" if found.ties else "no estimate"
        return f"Without {who} there would be {lacking}: {found.why}"
    return f"Without {who} it would be {estimate_words(found)}"


def listed(names: Sequence[str], most: int = 3) -> str:
    """Return names as a list in words, no more of them than `most`."""
    shown = list(names[:most]) + ([f"{len(names) - most:,} more"] if len(names) > most else [])
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
