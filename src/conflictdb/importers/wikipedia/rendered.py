"""Read an article as rendered text: "= Title =", a list under "Infobox", then prose, which is not read."""

from __future__ import annotations

import re

from conflictdb.importers.wikipedia.fields import field_name
from conflictdb.importers.wikipedia.template import Field, Infobox

_TITLE = re.compile(r"\s*=[ \t]*([^=\n][^\n]*?)[ \t]*=[ \t]*\r?\n")
_INFOBOX = re.compile(r"^[ \t]*(?:=+[ \t]*)?Infobox\b[^\n]*\n", re.MULTILINE)
_ITEM = re.compile(r"[-*•][ \t]+([A-Za-z][A-Za-z_ ]{0,30}[0-9]?[a-z]?)[ \t]*:[ \t]*(.*)")
_TELLING = ("conflict", "combatant1", "combatant2", "casualties1", "strength1")
_MOST_BEFORE = 4096
"""The list stands right under the title."""


def read_title(text: str) -> str | None:
    """Return the title of a rendered article, or None where the text does not begin with one."""
    match = _TITLE.match(text)
    return match[1].strip() if match else None


def is_rendered(text: str) -> bool:
    """Return whether a text is a rendered article about a military conflict."""
    return read_title(text) is not None and read_rendered(text) is not None


def read_rendered(text: str) -> Infobox | None:
    """Return the infobox of a rendered article, or None. A value may go on over lines until the next "- Name:"."""
    heading = _INFOBOX.search(text, 0, _MOST_BEFORE)
    if heading is None:
        return None
    line = first = text.count("\n", 0, heading.end()) + 1
    values: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    name = ""
    for written in text[heading.end() :].splitlines():
        item = _ITEM.match(written.strip())
        if item:
            name = field_name(item[1])
            values[name], lines[name] = [item[2].strip()], line
        elif not written.strip() and name:
            break
        elif name:
            values[name].append(written.strip())
        line += 1
    if not any(name in values for name in _TELLING):
        return None
    fields = {name: Field("\n".join(parts).strip(), lines[name]) for name, parts in values.items()}
    return Infobox({name: field for name, field in fields.items() if field.text}, first - 1)
