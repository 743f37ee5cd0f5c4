"""Templates that stand in date fields, written out as words, and the rest of their markup taken off."""

from __future__ import annotations

import re

from conflictdb.domain.edtf import EdtfError, speak

_TEMPLATE = re.compile(r"\{\{\s*([^{}|]{1,60}?)\s*(?:\|([^{}]{0,600}))?\}\}")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_REFERENCE = re.compile(r"<ref\b[^<>]{0,300}/>|<ref\b[^<>]{0,300}>.*?(?:</ref\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<(?:br|hr|p)\b[^<>]{0,100}>|</(?:p|div|li)>|^[*#]+", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"</?[a-z][^<>]{0,300}>", re.IGNORECASE)
_LINK = re.compile(r"\[\[(?:[^\[\]|]{0,300}\|)?([^\[\]|]{0,300})\]\]")
_DASHES = {
    "snd", "snds", "spnd", "spaced ndash", "spaced en dash", "ndash", "endash", "en dash", "dash", "spndash", "–",
}  # fmt: skip
_STARTS = {
    "start date", "start-date", "start date and age", "startdate", "start date and years ago", "end date", "end-date",
    "end date and age", "date", "dts", "date and age",
}  # fmt: skip
_SPANS = {"start and end dates", "start and end date", "startandenddates", "daterange", "date range"}
_CIRCA = {"circa", "c.", "ca.", "approx", "abt", "c", "ca"}
_WRAPPERS = {"nowrap", "small", "nobr", "nobold", "nowraplinks", "center", "big", "smaller", "resize", "longitem"}
_ENTITIES = {
    "&nbsp;": " ", "&#160;": " ", "&thinsp;": " ", "&ndash;": "–", "&mdash;": "–", "&minus;": "-", "&amp;": "&",
}  # fmt: skip
_MOST_ROUNDS = 8


def expand_dates(raw: str) -> str:
    """Return a date field as plain lines: a template of a date in words, of no date taken out, links as displayed."""
    text = _REFERENCE.sub(" ", _COMMENT.sub("", raw))
    for _ in range(_MOST_ROUNDS):
        text, count = _TEMPLATE.subn(lambda match: _expand(match[1], match[2] or ""), text)
        if not count:
            break
    for entity, letter in _ENTITIES.items():
        text = text.replace(entity, letter)
    text = _TAG.sub("", _BREAK.sub("\n", _LINK.sub(r"\1", text)))
    return text.replace("'''", "").replace("''", "")


def _expand(name: str, arguments: str) -> str:
    name = " ".join(name.replace("_", " ").lower().split())
    given = [part.strip() for part in arguments.split("|")] if arguments else []
    placed = [part for part in given if not re.match(r"[a-z]+\s*=", part, re.IGNORECASE)]
    if name in _DASHES:
        return " – "
    if name in _STARTS:
        return _spell(placed[:3])
    if name in _SPANS:
        return " – ".join(filter(None, (_spell(placed[:3]), _spell(placed[3:6]))))
    if name in _CIRCA:
        return "c. " + " – ".join(placed[:2])
    if name in ("old style date", "oldstyledate", "oldstyledatedy", "oldstyledatenotes") and len(placed) >= 2:
        return f"{placed[0]} {placed[1]}"
    if name in ("bce", "bc"):
        return f"{placed[0]} BC" if placed else "BC"
    if name in ("ce", "ad"):
        return f"AD {placed[0]}" if placed else "AD"
    if name in ("frac", "sfrac"):
        return "/".join(placed)
    return placed[0] if name in _WRAPPERS and placed else " "


def _spell(parts: list[str]) -> str:
    """Return the year, month and day of a template in words; one that holds a whole text is that text."""
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
    if not parts or len(numbers) < len([part for part in parts if part]):
        return parts[0] if parts else ""
    spelt = "-".join((f"{numbers[0]:04d}", *(f"{number:02d}" for number in numbers[1:])))
    try:
        return speak(spelt)
    except EdtfError:
        return spelt
