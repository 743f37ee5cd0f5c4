"""Who says so: the claimants that a phrase names, as in "per X", "according to X and Y", "X claim", "claimed by X"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from conflictdb.domain.vocabulary import Qualifier
from conflictdb.importers.infobox.groups import Amount, Member
from conflictdb.importers.infobox.lines import Line
from conflictdb.importers.infobox.tokens import Chunk, Kind
from conflictdb.importers.infobox.words import Role, Words

_ELIDED = re.compile(r"^[ld]['’](?=\w)", re.IGNORECASE)
_SHORTEST = 2
_LONGEST_INITIALS = 8


def read_claimants(
    members: Sequence[Member], line: Line, words: Words, *, note: bool = False, bare: bool = False
) -> tuple[str, ...] | None:
    """Return whom a phrase names, () where it says that someone says so but not who, or None for another phrase.

    `note`: it stands in brackets, and may name people who speak: "local officials". `bare`: it may also be any name
    alone, as in "(Herodotus)", where that is a link or initials.
    """
    chunks = [member for member in members if isinstance(member, Chunk)]
    if not chunks or any(isinstance(member, Amount) and member.quantity for member in members):
        return None
    first = _skip(chunks, 0)
    if first < len(chunks) and chunks[first].get(Role.SAYS) == "before":
        return _names(chunks[first + 1 :], line, words)
    for at, chunk in enumerate(chunks):
        if chunk.get(Role.SAYS) == "before" and any(each.has(Role.SAYS, Role.METRIC) for each in chunks[:at]):
            return _names(chunks[at + 1 :], line, words)
    after = next((at for at, chunk in enumerate(chunks) if chunk.get(Role.SAYS) == "after"), None)
    if after is not None:
        return _names(chunks[:after], line, words)
    if _ends_in_speakers(chunks, note):
        return _names(chunks, line, words)
    if any(chunk.get(Role.AFTER) == Qualifier.APPROXIMATE and not chunk.has(Role.NOBODY) for chunk in chunks):
        return () if all(chunk.has(Role.AFTER, Role.NOBODY) or chunk.kind is Kind.SIGN for chunk in chunks) else None
    return (name,) if bare and (name := _bare_name(chunks, line)) else None


def _ends_in_speakers(chunks: Sequence[Chunk], note: bool) -> bool:
    """Tell whether a phrase names people who speak: "Pakistani sources", "Nigerian government, 2018"."""
    named = [chunk for chunk in chunks if chunk.kind is Kind.WORD and not chunk.has(Role.DATED, Role.MONTH)]
    if len(named) < 2 or any(each.has(Role.METRIC) for each in named):
        return False
    return named[-1].get(Role.SAYS) in (("sources", "named") if note else ("sources",))


def _skip(chunks: Sequence[Chunk], at: int) -> int:
    """Pass over what may stand before "per": "as", "both", "killed"."""
    passed = (Role.NOBODY, Role.MEN, Role.FILLER, Role.METRIC, Role.TOTAL)
    while at < len(chunks) and chunks[at].has(*passed) and not chunks[at].has(Role.SAYS):
        at += 1
    return at


def _names(chunks: Sequence[Chunk], line: Line, words: Words) -> tuple[str, ...]:
    names: list[str] = []
    part: list[Chunk] = []
    for chunk in chunks:
        if chunk.is_sign(":") or (chunk.has(Role.REMARK) and not part and chunk.text != "by"):
            break
        if _parts_names(chunk, line):
            names += _name(part, line, words)
            part = []
        elif chunk.has(Role.DATED) and chunk.kind is Kind.WORD and chunk.text[:1].isdigit():
            continue
        else:
            part.append(chunk)
    names += _name(part, line, words)
    return tuple(dict.fromkeys(names))


def _parts_names(chunk: Chunk, line: Line) -> bool:
    parts = chunk.is_sign(",", "/", "&", ";") or (chunk.has(Role.JOINT) and not chunk.has(Role.ARTICLE))
    return parts and not any(link.start < chunk.start and chunk.end < link.end for link in line.links)


def _name(chunks: Sequence[Chunk], line: Line, words: Words) -> list[str]:
    """Return the name that chunks spell, without articles and what names nobody; [] where nothing is left."""
    left = list(chunks)
    while left and (left[0].has(Role.ARTICLE) or left[0].kind is Kind.SIGN or _names_nobody(left[0])):
        del left[0]
    while left and (left[-1].kind is Kind.SIGN or left[-1].has(Role.SAYS, Role.DATED, Role.MONTH, Role.ARTICLE)):
        if left[-1].get(Role.SAYS) in ("sources", "named"):
            break
        del left[-1]
    if not left or all(_names_nobody(chunk) for chunk in left):
        return []
    name = " ".join(line.text[left[0].start : left[-1].end].split()).strip(" .\"'“”")
    name = _ELIDED.sub("", name)
    for ending in ("'s", "’s"):
        name = name.removesuffix(ending)
    if name.endswith(("s'", "s’")):
        name = name[:-1]
    return [name] if any(char.isalpha() for char in name) else []


def _names_nobody(chunk: Chunk) -> bool:
    return chunk.has(Role.NOBODY, Role.MEN, Role.FILLER, Role.MONTH) and not chunk.text[:1].isupper()


def _bare_name(chunks: Sequence[Chunk], line: Line) -> str | None:
    """Return the name that is all there is, where it is a link, or initials such as "MNLA"."""
    start, end = chunks[0].start, chunks[-1].end
    text = line.text[start:end]
    if any(chunk.has(Role.METRIC, Role.ITEM, Role.UNIT, Role.DATED, Role.AFTER, Role.MONTH) for chunk in chunks):
        return None
    if any(link.start <= start and end <= link.end for link in line.links):
        return text if text[:1].isupper() else None
    initials = text.isalpha() and text.isupper() and _SHORTEST <= len(text) <= _LONGEST_INITIALS
    return text if initials else None
