"""One event as a Markdown page: the same facts as on its screen, the losses as a table for each block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from conflictdb.domain.rows import CombatantRow, EventDetail
from conflictdb.render.event_parts import (
    accounts_of,
    as_of_words,
    fact_words,
    no_losses_words,
    notes_of,
    policy_words,
    source_numbers,
    source_parts,
    sum_words,
    timeline_of,
    withdrawn_words,
)
from conflictdb.render.ledger import Entry, entries_of, range_words
from conflictdb.render.losses import Block, loss_blocks, sums
from conflictdb.render.markdown import markdown_address, markdown_row, markdown_text
from conflictdb.render.sides import Said, lineage_words, sides_of
from conflictdb.render.text import JOIN

_HEADER = ("counted", "figure", "claimant", "stake", "stated", "source", "remarks")


def event_markdown(detail: EventDetail) -> str:
    """Return the page of an event."""
    numbers = source_numbers(detail)
    parts = (
        [f"# {_text(detail.event.name)}", "", _text(" · ".join([detail.event.slug, *fact_words(detail.event)]))],
        [_text(as_of_words(detail))] if detail.as_of else [],
        _sides(detail, numbers),
        _accounts(detail, numbers),
        *_losses(detail, numbers),
        _around(detail),
        _list("Summary", [detail.event.summary or ""]),
        _list("Timeline", [" ".join(filter(None, entry)) for entry in timeline_of(detail, numbers)]),
        _list("Notes", [f"{names}: {note}" for names, note in notes_of(detail)]),
        _sources(detail),
    )
    return "\n\n".join("\n".join(part) for part in map(list, parts) if part) + "\n"


def _text(text: str) -> str:
    return markdown_text(text.replace(JOIN, " "))


def _list(heading: str, items: Iterable[str]) -> list[str]:
    texts = [f"- {_text(item)}" for item in items if item]
    return [f"## {heading}", "", *texts] if texts else []


def _said(label: str, rivals: Sequence[Said]) -> Iterator[str]:
    for said in rivals:
        value, joint = said.value.replace("  ", ", "), ", " if said.by.startswith("says") else " "
        yield f"{label}: {value}{joint}{said.by}" + ("" if said.stands else " (no longer said)")


def _sides(detail: EventDetail, numbers: Mapping[str, int]) -> Iterator[str]:
    for at, side in enumerate(sides_of(detail, numbers)):
        items = [_combatant(each) for each in side.combatants]
        items += [*_said("strength", side.strength), *_said("led by", side.leaders)]
        yield from ([""] if at else []) + _list(side.heading.capitalize(), items)


def _combatant(combatant: CombatantRow) -> str:
    name = f"{combatant.actor} {lineage_words(combatant)}".rstrip()
    return f"{name}, {combatant.unit}" if combatant.unit else name


def _accounts(detail: EventDetail, numbers: Mapping[str, int]) -> list[str]:
    accounts = accounts_of(detail, numbers)
    return _list("Accounts", [text for label, rivals in accounts.items() for text in _said(label, rivals)])


def _losses(detail: EventDetail, numbers: Mapping[str, int]) -> Iterator[list[str]]:
    by_key = {claim.key: claim for claim in detail.claims}
    for block in loss_blocks(detail):
        entries = [entry for measure in block.measures for entry in entries_of(measure, by_key, numbers)]
        yield [*_block_head(block, no_losses_words(detail)), *([""] if entries else []), *_table(entries)]


def _block_head(block: Block, nothing: str) -> Iterator[str]:
    name = f"{block.heading.capitalize()}: {block.subject}" if block.subject else block.heading.capitalize()
    yield f"## {_text(name)}"
    said = [range_words(measure.estimate) for measure in block.measures if measure.estimate]
    if not block.measures:
        said.append(nothing)
    if any(measure.lacks_opponent for measure in block.measures):
        said.append("no opponent's claim of the killed")
    if said:
        yield from ("", _text("; ".join(said)))


def _table(entries: Sequence[Entry]) -> Iterator[str]:
    if entries:
        yield markdown_row(_HEADER).rstrip()
        yield "| --- | --- | --- | --- | --- | --- | --- |"
    for each in entries:
        cells = (each.label, each.figure, each.claimant, each.stake, each.date, each.source, ", ".join(each.remarks))
        yield markdown_row(cells).rstrip()


def _around(detail: EventDetail) -> list[str]:
    blocks = loss_blocks(detail)
    summed = sum_words(sums(detail, blocks), blocks)
    texts = [text for text in (*summed, policy_words(detail), withdrawn_words(detail)) if text]
    return "\n\n".join(map(_text, texts)).splitlines()


def _sources(detail: EventDetail) -> list[str]:
    texts = []
    for number, source in enumerate(detail.sources, 1):
        title, address = source_parts(source)
        texts.append(f"{number}. " + ", ".join(filter(None, (_text(title), markdown_address(address)))))
    return ["## Sources", "", *texts] if texts else []
