"""One event on one screen: what happened, who fought, and every claim of losses with who made it and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from conflictdb.domain.rows import ClaimRow, EventDetail, EventRow
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
from conflictdb.render.ledger import WIDE, block_lines, entries_of, hanging, lay_grid
from conflictdb.render.lines import Line, Segment, line, line_text
from conflictdb.render.listing import Listing, field_names
from conflictdb.render.losses import loss_blocks, sums
from conflictdb.render.sides import LABEL, said_lines, side_lines, sides_of
from conflictdb.render.text import cell_width, pad, visible, wrap

PLAIN_WIDTH = 100
_DOT = " · "


def event_lines(detail: EventDetail, width: int) -> list[Line]:
    """Return the screen of an event, no wider than `width` unless figures, dates or addresses need it."""
    numbers = source_numbers(detail)
    parts = (
        _header(detail, width),
        side_lines(sides_of(detail, numbers), width),
        _accounts(detail, numbers, width),
        _losses(detail, numbers, width),
        _around(detail, width),
        _summary(detail.event, width),
        _timeline(detail, numbers, width),
        _notes(detail, width),
        _sources(detail, width),
    )
    lines: list[Line] = []
    for part in map(list, parts):
        lines += [(), *part] if lines and part else part
    return lines


def event_plain(detail: EventDetail) -> str:
    """Return the screen of an event as plain text, 100 cells wide."""
    return "".join(f"{line_text(each)}\n" for each in event_lines(detail, PLAIN_WIDTH))


def event_listing(
    detail: EventDetail,
    *,
    command: str = "show",
    query: str | None = None,
    policy: str | None = None,
    basis: str | None = None,
    warnings: tuple[str, ...] = (),
) -> Listing[EventDetail]:
    """Return an event ready to be emitted: a screen, a page, one row in JSON, and its claims in CSV."""

    def page() -> str:
        from conflictdb.render.event_page import event_markdown

        return event_markdown(detail)

    return Listing(
        command, query, policy, basis, (detail,), (), warnings=warnings,
        screen=lambda width: event_lines(detail, width), page=page,
        records=detail.claims, fields=field_names(ClaimRow),
    )  # fmt: skip


def _header(detail: EventDetail, width: int) -> Iterator[Line]:
    event = detail.event
    name, slug = visible(event.name), visible(event.slug)
    gap = width - cell_width(name) - cell_width(slug)
    if gap >= 2:
        yield [Segment(name, "bold"), Segment(" " * gap), Segment(slug, "dim")]
    else:
        yield from (line(text, "bold") for text in wrap(name, width))
        yield line(slug, "dim")
    yield from (line(text) for text in join_wrapped(fact_words(event), _DOT, width))
    if event.native_ids:
        yield from (line(text, "dim") for text in join_wrapped(map(visible, event.native_ids), "  ", width))
    yield from (line(text) for text in wrap(as_of_words(detail), width) if text)


def join_wrapped(items: Iterator[str] | Sequence[str], joint: str, width: int) -> Iterator[str]:
    """Yield the items joined, a new line before one that does not fit whole, long ones wrapped."""
    text = ""
    for item in items:
        if text and cell_width(text + joint + item) > width:
            yield from wrap(text, width)
            text = item
        else:
            text = f"{text}{joint}{item}" if text else item
    yield from wrap(text, width) if cell_width(text) > width else [text]


def _accounts(detail: EventDetail, numbers: Mapping[str, int], width: int) -> Iterator[Line]:
    accounts = accounts_of(detail, numbers)
    indent = max([LABEL, *(len(label) + 2 for label in accounts)])
    for label, rivals in accounts.items():
        yield from said_lines(label, rivals, width, indent)


def _losses(detail: EventDetail, numbers: Mapping[str, int], width: int) -> Iterator[Line]:
    blocks = loss_blocks(detail)
    by_key = {claim.key: claim for claim in detail.claims}
    entries = [[entries_of(measure, by_key, numbers) for measure in block.measures] for block in blocks]
    grid = lay_grid([entry for block in entries for measure in block for entry in measure], width)
    if not blocks:
        yield from (line("LOSSES", "bold"), line(f"  {no_losses_words(detail)}", "dim"))
    for at, (block, each) in enumerate(zip(blocks, entries, strict=True)):
        yield from [()] if at else []
        yield from block_lines(block, each, grid, no_losses_words(detail))


def _around(detail: EventDetail, width: int) -> Iterator[Line]:
    """Yield what is said of the claims as a whole: sums, the policy, and what is not shown."""
    blocks = loss_blocks(detail)
    for text in sum_words(sums(detail, blocks), blocks):
        yield from hanging("", text, width)
    for text in filter(None, (policy_words(detail), withdrawn_words(detail))):
        yield from hanging("", text, width, "dim")


def _summary(event: EventRow, width: int) -> Iterator[Line]:
    if event.summary:
        yield line("SUMMARY", "bold")
        yield from (line(f"  {piece}") for piece in wrap(visible(event.summary), width - 2))


def _notes(detail: EventDetail, width: int) -> Iterator[Line]:
    """Yield the notes on claims where there is room for them; a narrow screen is for the claims."""
    notes = notes_of(detail)
    if notes and width >= WIDE:
        yield line("NOTES", "bold")
        for names, note in notes:
            first, *rest = wrap(f"{names}: {note}", width - 4)
            yield line(f"  {first}")
            yield from (line(f"    {piece}") for piece in rest)
    elif notes:
        yield line(f"NOTES  {len(notes):,}, shown at {WIDE} columns or more", "dim")


def _timeline(detail: EventDetail, numbers: Mapping[str, int], width: int) -> Iterator[Line]:
    entries = timeline_of(detail, numbers)
    if entries:
        yield line("TIMELINE", "bold")
    dates, times = (max((cell_width(entry[at]) for entry in entries), default=0) for at in (0, 1))
    before = ""
    for date, time, text in entries:
        when = f"  {pad('' if date == before else date, dates)}  " + (f"{pad(time, times)}  " if times else "")
        yield from hanging(when, text, width)
        before = date


def _sources(detail: EventDetail, width: int) -> Iterator[Line]:
    if detail.sources:
        yield line("SOURCES", "bold")
    for number, source in enumerate(detail.sources, 1):
        label = f"  {f'[{number}]':<4} "
        title, address = source_parts(source)
        yield from hanging(label, f"{title}, {address}" if title and address else title or address, width)
