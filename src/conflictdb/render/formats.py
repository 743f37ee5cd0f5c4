"""The formats that data is written in."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """How data is written."""

    TABLE = "table"
    PLAIN = "plain"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"


FORMATS: dict[Format, str] = {
    Format.TABLE: "Aligned columns, cut to fit the width; figures, keys and dates never are.",
    Format.PLAIN: "A row a line, tabs between the cells, nothing cut and no header, for cut, sort and grep; "
    "of what has a screen of its own (`show`, `actor`, `compare`, `replay`, `--explain`) that as text.",
    Format.JSON: "One object: command, query, policy, basis (and as_of, undated, where asked for), rows, warnings.",
    Format.JSONL: "A row a line, each a JSON object.",
    Format.CSV: "RFC 4180 in UTF-8 with a header; text that a spreadsheet would run as a formula gets an apostrophe.",
    Format.MARKDOWN: "A GitHub table.",
}
