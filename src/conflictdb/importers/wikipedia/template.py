"""Find a page's infobox in wikitext and part it into fields, also where its braces do not close."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from conflictdb.importers.wikipedia.fields import field_name

NAMES = (
    "infobox military conflict",
    "infobox military engagement",
    "infobox armed conflict",
    "infobox battle",
    "infobox war",
    "battlebox",
    "warbox",
)
"""Template:Infobox military conflict and its redirects, in lower case."""

MOST_INFOBOX = 500_000
"""Characters; the longest on Wikipedia have some 60,000."""

_MOST_BARS = 20_000
_NAME = "|".join(re.escape(name).replace(r"\ ", r"[ _]+") for name in NAMES)
_OPENING = re.compile(rf"\{{\{{\s*(?:template\s*:\s*)?({_NAME})\s*(?=[|}}\n])", re.IGNORECASE)
_HIDERS = re.compile(r"<!--|<(nowiki|pre|syntaxhighlight)(?:\s[^<>]{0,200})?(?<!/)>", re.IGNORECASE)
_BRACES = re.compile(r"\{\{|\}\}")
_FIELD_LINE = re.compile(r"^[ \t]*\|[ \t]*([A-Za-z][A-Za-z_]{0,30}[0-9]?[a-z]?)[ \t]*=", re.MULTILINE)
_LETTER = re.compile(r"\S")


class Field(NamedTuple):
    """A field's value as it is written, and the line of the page on which it begins (from 1)."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Infobox:
    """The fields of one infobox, by declared name (`fields`); blank ones are left out.

    `doubts` are (field, value, why) of what was mended or passed over.
    """

    fields: dict[str, Field]
    line: int = 1
    doubts: tuple[tuple[str, str, str], ...] = ()

    def text(self, name: str) -> str:
        """Return the value of a field, "" where it has none."""
        return self.fields[name].text if name in self.fields else ""

    def line_of(self, name: str) -> int:
        """Return the line of a field, or the infobox's."""
        return self.fields[name].line if name in self.fields else self.line


def opens_line(text: str) -> bool:
    """Return whether a line of a text begins with such an infobox, or with markup and then one, as on a page."""
    hidden = _hide(text)
    for match in _OPENING.finditer(hidden):
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if not before or before.rstrip().endswith(("}}", "]]", ">")) or not hidden[: match.start()].strip():
            return True
    return False


def find_infobox(text: str) -> Infobox | None:
    """Return the first infobox of a military conflict on a page, or None. Comments and <nowiki> hide what they hold."""
    hidden = _hide(text)
    first = _OPENING.search(hidden)
    if first is None:
        return None
    line = text.count("\n", 0, first.start()) + 1
    end = _find_end(hidden, first.start())
    doubts: list[tuple[str, str, str]] = []
    if end is None:
        end = _guess_end(hidden, first.start())
        doubts.append(("infobox", first[1], "its braces do not close; it is read line by line"))
        fields = _split_lines(text[first.start() : end], line, doubts)
    else:
        fields = _split(text[first.start() : end], line, doubts)
    others = [match[1] for match in _OPENING.finditer(hidden, end)]
    if others:
        why = f"the page has {len(others)} more infobox{'es' * (len(others) > 1)} of a conflict; the first is the event"
        doubts.append(("infobox", others[0], why))
    return Infobox({name: field for name, field in fields.items() if field.text}, line, tuple(doubts))


def _hide(text: str) -> str:
    """Overwrite comments and <nowiki> by spaces, so that places stay; an unclosed comment reaches to the end."""
    parts: list[str] = []
    end, folded, unclosed = 0, text.lower(), set()
    for match in _HIDERS.finditer(text):
        name = match[1].lower() if match[1] else ""
        if match.start() < end or name in unclosed:
            continue
        close = f"</{name}" if name else "-->"
        found = folded.find(close, match.end())
        if found < 0 and name:
            unclosed.add(name)
            continue
        stop = len(text) if found < 0 else found + len(close)
        parts += [text[end : match.start()], " " * (stop - match.start())]
        end = stop
    return "".join((*parts, text[end:])) if len(folded) == len(text) else text


def _find_end(hidden: str, start: int) -> int | None:
    """Return where the braces opened at `start` close, or None."""
    depth = 0
    for match in _BRACES.finditer(hidden, start, start + MOST_INFOBOX):
        depth += 1 if match[0] == "{{" else -1
        if depth == 0:
            return match.end()
    return None


def _guess_end(hidden: str, start: int) -> int:
    """Return the end of a template that does not close: after its last field's line, where a paragraph follows."""
    limit = min(len(hidden), start + MOST_INFOBOX)
    end = start
    for match in _FIELD_LINE.finditer(hidden, start, limit):
        if "\n\n" in hidden[end : match.start()].replace("\r", "") and end > start and _has_prose(hidden, end, match):
            break
        end = match.end()
    for stop in ("\n}}", "\n\n", "\n'''"):
        found = hidden.find(stop, end, limit)
        if found >= 0:
            limit = found
    return limit


def _has_prose(hidden: str, end: int, match: re.Match[str]) -> bool:
    return "\n'''" in hidden[end : match.start()] or "\n==" in hidden[end : match.start()]


def _split(text: str, line: int, doubts: list[tuple[str, str, str]]) -> dict[str, Field]:
    """Part a whole template into its fields; of one that comes twice the last counts, as on the page."""
    import mwparserfromhell

    parsed = mwparserfromhell.parse(text, skip_style_tags=True).nodes if text.count("|") <= _MOST_BARS else []
    template = parsed[0] if len(parsed) == 1 else None
    if not isinstance(template, mwparserfromhell.nodes.Template):
        doubts.append(("infobox", "", "its markup does not part into fields; it is read line by line"))
        return _split_lines(text, line, doubts)
    fields: dict[str, Field] = {}
    line += str(template.name).count("\n")
    for parameter in template.params:
        name = str(parameter.name)
        if parameter.showkey:
            _add(fields, doubts, _plain_name(name), str(parameter.value), line + name.count("\n"))
        line += str(parameter).count("\n")
    return fields


def _split_lines(text: str, line: int, doubts: list[tuple[str, str, str]]) -> dict[str, Field]:
    """Part a template by the lines that begin with a field's name."""
    fields: dict[str, Field] = {}
    text = text.rstrip().removesuffix("}}")
    before: re.Match[str] | None = None
    for match in (*_FIELD_LINE.finditer(text), None):
        stop = match.start() if match else len(text)
        if before:
            _add(fields, doubts, field_name(before[1]), text[before.end() : stop], line)
        line += text.count("\n", before.start() if before else 0, stop)
        before = match
    return fields


def _add(
    fields: dict[str, Field], doubts: list[tuple[str, str, str]], name: str, value: str, line: int
) -> None:  # fmt: skip
    begins = _LETTER.search(value)
    text = value.strip()
    if name in fields and fields[name].text and text and fields[name].text != text:
        doubts.append((name, fields[name].text[:80], "the field comes twice; the last one counts, as on the page"))
    if text or name not in fields:
        fields[name] = Field(text, line + value.count("\n", 0, begins.start() if begins else 0))


def _plain_name(name: str) -> str:
    return field_name(re.sub(r"<!--.*?(?:-->|\Z)", "", name, flags=re.DOTALL))
