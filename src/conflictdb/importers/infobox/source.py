"""Raw text made safe to parse: same length, but without references, comments, HTML and brackets that do not pair.

What is taken out is overwritten by FILL, so that every place in the mended text is the same place in the raw one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from conflictdb.importers.infobox.stated import ValueTooLongError

LIMIT = 100_000
"""The longest value that is read, in characters; real ones with long references stay under 50,000."""

FILL = "\x1f"  # nothing stands here
BREAK = "\x1e"  # a line ends here: <br>, <p>, <li>
RULE = "\x1d"  # <hr>

DEEPEST = 20
"""How deep templates and links may stand in one another; what is deeper is read as plain text."""

_ESCAPED = re.compile(r"&(?:amp;)?lt;\s*(?:!--|/?\s*(?:ref|br|hr|small|big|b|center|div|span|nowiki)\b)", re.IGNORECASE)
_ESCAPE = re.compile(r"&(?:amp;)?(lt|gt|quot|amp);")
_ESCAPES = {"lt": "<", "gt": ">", "quot": '"', "amp": "&"}
_CONTROLS = {code: FILL for code in (*range(32), *range(127, 160), 0x200B, 0x200E, 0x200F, 0xAD, 0xFEFF) if code != 10}
_CONTROLS[9] = " "
_ELEMENT_NAMES = ("ref", "math", "score", "gallery", "timeline", "templatestyles", "style")
_ELEMENTS = re.compile(
    r"<(ref|math|score|gallery|timeline|templatestyles|style)\b(?:[^<>\"]|\"[^\"]*\")*>", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]{0,500}>", re.IGNORECASE)
_LINE_TAGS = {"br", "p", "div", "li", "ul", "ol", "dd", "dt", "dl", "tr", "table", "center", "poem", "blockquote"}
_BOLD_TAGS = {"b", "strong", "th"}
_LONE = re.compile(r"<(?=[/!]?[a-zA-Z])|\[(?=(?:[a-z]{2,10}:)?//[^\]\n]{0,1000}(?:\n|\[|$))")
_NOTE_WORDS = (
    r"note|nb|n|fn|lower-alpha|upper-alpha|citation|better|dubious|clarification|when|who|by whom|according to"
)
_NOTE_MARKS = re.compile(
    rf"(?<!\[)\[(?:\d{{1,3}}|[a-z]{{1,2}}|[A-Z]|(?:{_NOTE_WORDS})\b[^\[\]\n]{{0,40}})\](?!\])(?::\s?\d+(?:[-–,]\s?\d+)*)?"
)
_BRACKETS = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{\||\|\}(?!\})")
_PARTNERS = {"{{": "}}", "[[": "]]", "{|": "|}"}
_TEMPLATE_NAME = re.compile(r"\{\{[^{}\[\]|\n\x1d-\x1f]{0,60}\|")


class Source(NamedTuple):
    """Mended text, and for each of its characters, and its end, the place in the raw text."""

    text: str
    at: Sequence[int]


def mend(raw: str) -> Source:
    """Make a value safe to parse. Raises ValueTooLongError."""
    if len(raw) > LIMIT:
        raise ValueTooLongError(
            f"the value has {len(raw):,} characters, and one field of an infobox is read up to {LIMIT:,}"
        )
    text, at = _unescape(raw)
    text = text.translate(_CONTROLS)
    text = _drop_comments(text)
    text = _drop_elements(text)
    text = _TAG.sub(_replace_tag, text)
    text = _LONE.sub(_fill, text)
    text = _NOTE_MARKS.sub(_fill, text)
    return Source(_pair_brackets(text), at)


def _unescape(raw: str) -> tuple[str, Sequence[int]]:
    """Undo one level of escaping where tags were escaped: some copies of pages hold `&lt;ref&gt;`."""
    if not _ESCAPED.search(raw):
        return raw, range(len(raw) + 1)
    chars: list[str] = []
    at: list[int] = []
    end = 0
    for match in _ESCAPE.finditer(raw):
        chars += [*raw[end : match.start()], _ESCAPES[match[1]]]
        at += range(end, match.start() + 1)
        end = match.end()
    return "".join((*chars, raw[end:])), (*at, *range(end, len(raw) + 1))


def _fill(match: re.Match[str]) -> str:
    return FILL * len(match[0])


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    """Overwrite the spans, which stand in order and apart."""
    parts, end = [], 0
    for start, stop in spans:
        parts += [text[end:start], FILL * (stop - start)]
        end = stop
    return "".join((*parts, text[end:]))


def _drop_comments(text: str) -> str:
    """An unclosed comment reaches to the end, as it does on a page."""
    spans, end = [], 0
    while (start := text.find("<!--", end)) >= 0:
        close = text.find("-->", start)
        end = len(text) if close < 0 else close + 3
        spans.append((start, end))
    return _blank(text, spans)


def _drop_elements(text: str) -> str:
    """Take out references and formulas; one that is not closed reaches to the end of its line."""
    spans: list[tuple[int, int]] = []
    end, folded = 0, text.lower()
    last = {name: folded.rfind(f"</{name}") for name in _ELEMENT_NAMES}
    for match in _ELEMENTS.finditer(text):
        if match.start() < end:
            continue
        end, name = match.end(), match[1].lower()
        if not match[0].endswith("/>") and name != "templatestyles":
            closed = last[name] >= end
            close = text.find(">", folded.find(f"</{name}", end)) if closed else text.find("\n", end) - 1
            end = close + 1 if close >= 0 else len(text)
        spans.append((match.start(), end))
    return _blank(text, spans)


def _replace_tag(match: re.Match[str]) -> str:
    """Put one sign for a tag: a line break, a rule, the quotes of bold text, or nothing."""
    name = match[2].lower()
    sign = ""
    if name == "hr":
        sign = RULE
    elif name in _LINE_TAGS:
        sign = BREAK
    elif name in _BOLD_TAGS:
        sign = "'''"
    elif name == "td":
        sign = " "
    return sign + FILL * (len(match[0]) - len(sign))


def _pair_brackets(text: str) -> str:
    """Overwrite brackets without a partner, and those too deep, so that a parser takes what is left in one pass."""
    openers: list[re.Match[str]] = []
    lone: list[tuple[int, int]] = []
    awaited = Counter[str]()
    for match in _BRACKETS.finditer(text):
        if match[0] in _PARTNERS:
            openers.append(match)
            awaited[_PARTNERS[match[0]]] += 1
        elif not awaited[match[0]]:
            lone.append(match.span())
        else:
            while True:
                opener = openers.pop()
                awaited[_PARTNERS[opener[0]]] -= 1
                if _PARTNERS[opener[0]] == match[0]:
                    break
                lone.append(_lone_opener(text, opener))
            if len(openers) >= DEEPEST:
                lone += [opener.span(), match.span()]
    lone += [_lone_opener(text, opener) for opener in openers]
    return _blank(text, sorted(lone))


def _lone_opener(text: str, opener: re.Match[str]) -> tuple[int, int]:
    """Return what goes of an unclosed template or link: of a template its name too."""
    named = _TEMPLATE_NAME.match(text, opener.start())
    return (named or opener).span()
