"""Listings as GitHub tables, and text from data made safe for Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from conflictdb.render.listing import Column, Listing
from conflictdb.render.table import policy_text
from conflictdb.render.text import visible

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ACTIVE = re.compile(r"[\\`*_\[\]|~$&<>]|^[#+-](?=\s|#|$)|(?:(?<=^\d)|(?<=^\d\d))[.)](?=\s|$)")

_ADDRESS = re.compile(r"https?://[^\s<>|\\`]+")


def markdown_text(text: str) -> str:
    """Return text that Markdown shows as it is: on one line, neither markup nor HTML nor the bars of a table."""
    return _ACTIVE.sub(lambda match: _ENTITIES.get(match[0]) or f"\\{match[0]}", visible(text).strip())


def markdown_address(address: str) -> str:
    """Return a web address as a link to itself, and any other text as text."""
    return f"<{address}>" if _ADDRESS.fullmatch(address) else markdown_text(address)


def write_markdown(listing: Listing[Any], stream: TextIO) -> int:
    """Write a listing as one table, or one for each group under its heading; return how many rows."""
    count = 0
    heading = None
    if listing.title:
        stream.write(f"## {markdown_text(listing.title)}\n\n")
    for count, row in enumerate(listing.rows, 1):
        if listing.group is not None and (name := listing.group(row)) != heading:
            stream.write(f"{'' if heading is None else chr(10)}### {markdown_text(name)}\n\n")
            stream.writelines(_header(listing.columns))
            heading = name
        elif count == 1:
            stream.writelines(_header(listing.columns))
        stream.write(markdown_row(column.text(row) for column in listing.columns))
    if not count:
        stream.write(f"{markdown_text(listing.empty)}\n")
    for text in filter(None, (listing.footer, policy_text(listing))):
        stream.write(f"\n{markdown_text(text)}\n")
    return count


def markdown_row(texts: Iterable[str]) -> str:
    """Return one row of a table."""
    return f"| {' | '.join(map(markdown_text, texts))} |\n"


def _header(columns: Iterable[Column[Any]]) -> Iterator[str]:
    yield markdown_row(column.header for column in columns)
    yield f"| {' | '.join('---:' if column.align == 'right' else '---' for column in columns)} |\n"
