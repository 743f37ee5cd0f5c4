"""A line parted into chunks: numbers, signs, and the phrases of the word tables, each with its place in the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from conflictdb.importers.infobox.words import Role, Senses, Words


class Kind(StrEnum):
    """The form of a chunk."""

    NUMBER = "number"
    WORD = "word"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A number, a sign, or a phrase with what it may mean. `text` is folded; the line has it as written."""

    kind: Kind
    start: int
    end: int
    text: str
    senses: Senses = field(default_factory=dict)
    value: Fraction | None = None
    plain: bool = True
    """Of a number: digits alone, as a year is written."""

    def has(self, *roles: Role) -> bool:
        """Tell whether the chunk may have one of the roles."""
        return any(role in self.senses for role in roles)

    def get(self, role: Role) -> str | None:
        """Return the value that the chunk has in a role."""
        return self.senses.get(role)

    def is_sign(self, *signs: str) -> bool:
        """Tell whether the chunk is one of these signs."""
        return self.kind is Kind.SIGN and self.text in signs


_FOLDED = str.maketrans(
    "‐‑‒–—−﹣－\xa0\u2009\u202f\u2007\u2008’ʼ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬٫،؛×０１２３４５６７８９๐๑๒๓๔๕๖๗๘๙",
    "--------     ''01234567890123456789,.,;x01234567890123456789",
)
_NOUNS_AND_STATES = {
    *(Role.METRIC, Role.FATE, Role.ITEM, Role.UNIT, Role.TROOPS, Role.CIVILIAN, Role.TOTAL, Role.END, Role.RANK),
    *(Role.SAYS, Role.UNKNOWN, Role.NONE),
}
_FRACTIONS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_BREAKS = r"\s()\[\]{},;:/+&~≈∼±<>≥≤=*\"“”„«»†✝‡☠#%|…!?"
_TOKEN = re.compile(
    r"(?P<about>(?:ca?|cca|approx|est|env|no|mk)\.|c(?=\d))(?=[ ~]?\d)"
    r"|(?P<name>\d[\d.,]{0,12}-?(?!strong|odd|man\b|men\b|x\b)[a-zà-öø-ÿ][\w-]*)"
    r"|(?P<number>(?:\d{1,3}(?P<group>[,.' ])\d{3}(?:(?P=group)\d{3})*|\d+[.,]\d{1,2}(?= ?[a-z])|\d+)(?!\d)[½¼¾]?"
    r"|[½¼¾])"
    r"|(?P<script>[\u0590-\u08ff\u0e00-\u0eff\u3040-\u9fff\u200c]+)"  # in these a number may follow a word at once
    rf"|(?P<word>[^{_BREAKS}\d-][^{_BREAKS}]*)"
    r"|(?P<sign>>=|<=|\S)"
)
_MODEL = re.compile(r"[a-z]{1,6}-?\d+[\w-]*")


def read_chunks(text: str, words: Words) -> list[Chunk]:
    """Return the chunks of a line."""
    tokens = list(_tokens(_fold(text), words))
    chunks: list[Chunk] = []
    at = 0
    while at < len(tokens):
        chunk, count = _read_chunk(tokens, at, words)
        chunks.append(_without_small_words(chunk) if _is_shouted(text, chunk) else chunk)
        at += count
    return chunks


def _is_shouted(text: str, chunk: Chunk) -> bool:
    return chunk.kind is Kind.WORD and chunk.end - chunk.start > 1 and text[chunk.start : chunk.end].isupper()


def _without_small_words(chunk: Chunk) -> Chunk:
    """Take initials for a name: the UN is no French article, nor a number."""
    return replace(chunk, senses={role: value for role, value in chunk.senses.items() if role in _NOUNS_AND_STATES})


def _tokens(folded: str, words: Words) -> Iterator[re.Match[str]]:
    """Yield the tokens; a run of a script without spaces is parted at the words that are known."""
    for token in _TOKEN.finditer(folded):
        if not token["script"]:
            yield token
            continue
        at = token.start()
        known = [match.span() for match in words.unspaced.finditer(folded, token.start(), token.end())]
        for start, end in (*known, (token.end(), token.end())):
            for piece in ((at, start), (start, end)):
                if piece[0] < piece[1] and (match := _TOKEN.match(folded, *piece)):
                    yield match
            at = end


def _fold(text: str) -> str:
    """Return text in lower case with plain digits, dashes and spaces, each character in its place."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lower.translate(_FOLDED)


def _read_chunk(tokens: list[re.Match[str]], at: int, words: Words) -> tuple[Chunk, int]:
    token = tokens[at]
    if token["number"]:
        return _number(token), 1
    for count in range(min(words.longest, len(tokens) - at), 0, -1):
        group = tokens[at : at + count]
        if any(each["number"] for each in group):
            continue
        if senses := words.find(tuple(each[0] for each in group)):
            kind = Kind.WORD if count > 1 or token["sign"] is None else Kind.SIGN
            return Chunk(kind, token.start(), group[-1].end(), " ".join(each[0] for each in group), senses), count
    if token["sign"]:
        return Chunk(Kind.SIGN, token.start(), token.end(), token[0]), 1
    model: Senses = {Role.ITEM: "any"} if _MODEL.fullmatch(token[0]) else {}
    senses = _hyphened_number(token[0], words) or words.find_parts(token[0]) or model
    return Chunk(Kind.WORD, token.start(), token.end(), token[0], senses), 1


def _hyphened_number(word: str, words: Words) -> Senses | None:
    """Return the sense of "twenty-one"."""
    parts = [(words.find((part,)) or {}).get(Role.NUMBER) for part in word.split("-")]
    return {Role.NUMBER: str(sum(int(part or 0) for part in parts))} if len(parts) > 1 and all(parts) else None


def _number(token: re.Match[str]) -> Chunk:
    digits = token["number"]
    part = _FRACTIONS.get(digits[-1], Fraction(0))
    digits = digits.rstrip("".join(_FRACTIONS))
    if token["group"]:
        whole = Fraction(re.sub("[,.' ]", "", digits)[:15])
    else:
        whole = Fraction(digits[:15].replace(",", ".") or 0)
    return Chunk(Kind.NUMBER, token.start(), token.end(), token["number"], {}, whole + part, digits.isdecimal())
