"""One actor on one screen: its names and kin, where it fought, what it claimed, and what was claimed of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

from conflictdb.domain.rows import ActorDetail, AliasRow, ClaimRow, RelationRow
from conflictdb.render.columns import CLAIMS, CLAIMS_BY_SOURCE, EVENTS
from conflictdb.render.ledger import hanging
from conflictdb.render.lines import Line, Segment, line
from conflictdb.render.listing import Column, Listing, field_names
from conflictdb.render.markdown import markdown_text, write_markdown
from conflictdb.render.table import table_lines
from conflictdb.render.text import JOIN, cell_width, visible, wrap
from conflictdb.render.words import date_words

MOST = 20
_RELATIONS = {
    ("part_of", "to"): "part of",
    ("part_of", "from"): "includes",
    ("allied_with", "to"): "allied with",
    ("allied_with", "from"): "allied with",
    ("renamed_to", "to"): "renamed to",
    ("renamed_to", "from"): "formerly",
    ("splinter_of", "to"): "splinter of",
    ("splinter_of", "from"): "split into",
}


def actor_lines(detail: ActorDetail, width: int) -> list[Line]:
    """Return the screen of an actor, at most 20 rows of each list."""
    parts = (
        _header(detail, width),
        _kin(detail, width),
        *(_table(heading, rows, columns, width) for heading, rows, columns in _lists(detail)),
    )
    lines: list[Line] = []
    for part in map(list, parts):
        lines += [(), *part] if lines and part else part
    return lines


def actor_listing(
    detail: ActorDetail, *, command: str = "actor", query: str | None = None, warnings: tuple[str, ...] = ()
) -> Listing[ActorDetail]:
    """Return an actor ready to be emitted: a screen, a page, one row in JSON, and the claims by and of it in CSV."""
    claims = dict.fromkeys((*detail.claimed, *detail.claimed_of))
    return Listing(
        command, query, None, None, (detail,), (), warnings=warnings, screen=lambda width: actor_lines(detail, width),
        page=lambda: actor_markdown(detail), records=tuple(claims), fields=field_names(ClaimRow),
    )  # fmt: skip


def actor_markdown(detail: ActorDetail) -> str:
    """Return the page of an actor, with all rows of each list."""
    page = StringIO()
    facts = [f"- {markdown_text(f'{label}: ' + ', '.join(texts))}\n" for label, texts in kin_of(detail)]
    page.write(f"# {markdown_text(detail.actor.name)}\n\n{detail.actor.kind.replace('_', ' ')}\n")
    page.write(f"\n{markdown_text(detail.description)}\n" if detail.description else "")
    page.writelines(["\n", *facts] if facts else [])
    for heading, rows, columns in _lists(detail):
        if rows:
            page.write("\n")
            write_markdown(_listing(rows, columns, title=heading), page)
    return page.getvalue()


def _header(detail: ActorDetail, width: int) -> Iterator[Line]:
    name, kind = visible(detail.actor.name), detail.actor.kind.replace("_", " ")
    gap = width - cell_width(name) - len(kind)
    if gap >= 2:
        yield [Segment(name, "bold"), Segment(" " * gap), Segment(kind, "dim")]
    else:
        yield from (line(text, "bold") for text in wrap(name, width))
        yield line(kind, "dim")
    yield from (line(text) for text in wrap(visible(detail.description or ""), width))
    if detail.actor.unnamed_in:
        yield line(f"unnamed; of {visible(detail.actor.unnamed_in)} only")


def kin_of(detail: ActorDetail) -> list[tuple[str, list[str]]]:
    """Return what else is known of an actor, by label: kin, other names, country, native ids."""
    found: dict[str, list[str]] = {}
    for relation in detail.relations:
        label = _RELATIONS.get((relation.kind, relation.direction), relation.kind.replace("_", " "))
        found.setdefault(label, []).append(_relation_words(relation))
    found["also called"] = [_alias_words(alias) for alias in detail.names if alias.name != detail.actor.name]
    found["country"] = [detail.actor.country] if detail.actor.country else []
    found["known as"] = list(detail.native_ids)
    return [(label, [visible(each) for each in texts]) for label, texts in found.items() if texts]


def _kin(detail: ActorDetail, width: int) -> Iterator[Line]:
    for label, texts in kin_of(detail):
        yield from hanging(f"{label:<13}", ", ".join(text.replace(" ", JOIN) for text in texts), width)


def _relation_words(relation: RelationRow) -> str:
    dates = {"since": relation.since, "until": relation.until}
    return " ".join([relation.other, *(f"{word} {date_words(date)}" for word, date in dates.items() if date)])


def _alias_words(alias: AliasRow) -> str:
    return f"{alias.name} ({alias.language})" if alias.language else alias.name


def _lists(detail: ActorDetail) -> list[tuple[str, Sequence[Any], tuple[Column[Any], ...]]]:
    return [
        ("Events", detail.events, EVENTS),
        ("What it claimed", detail.claimed, CLAIMS_BY_SOURCE),
        ("What was claimed of it", detail.claimed_of, CLAIMS),
    ]


def _listing(rows: Sequence[Any], columns: tuple[Column[Any], ...], title: str = "", footer: str = "") -> Listing[Any]:
    return Listing("actor", None, None, None, rows, columns, title=title, footer=footer)


def _table(heading: str, rows: Sequence[Any], columns: tuple[Column[Any], ...], width: int) -> Iterator[Line]:
    if rows:
        hidden = len(rows) - MOST
        footer = f"and {hidden:,} more" if hidden > 0 else ""
        yield [Segment(heading.upper(), "bold"), Segment(f"  {len(rows):,}", "dim")]
        yield from table_lines(_listing(rows, columns, footer=footer), rows[:MOST], width)
