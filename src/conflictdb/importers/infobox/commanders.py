"""The commanders of a value: names, with rank, fate, flag or heading, and who says so."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from conflictdb.domain.vocabulary import PersonFate
from conflictdb.importers.infobox.claimants import read_claimants
from conflictdb.importers.infobox.groups import Member, nest
from conflictdb.importers.infobox.lines import Gap, Line
from conflictdb.importers.infobox.markup import read_lines
from conflictdb.importers.infobox.scope import join_subjects
from conflictdb.importers.infobox.stated import StatedCommander
from conflictdb.importers.infobox.tokens import read_chunks
from conflictdb.importers.infobox.words import Role, Words

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_GLUED = re.compile(r"(?<=[^\W\d_A-Z])(?:KIA|WIA|POW|MIA|DOW)\b")
_AFTER_FATE = re.compile(r"(?:KIA|WIA|POW|MIA|DOW|[†✝‡☠])\)?(?:\s*[,;&]\s*|\s+)(?=[^\W\d_])")
_SIGNS = "†✝‡☠#"
_BETWEEN = re.compile(rf"[\s{_SIGNS}]*[,;&]\s*|\s+and\s+")
_MORE = re.compile(r"full list|and others|others|see (?:below|also)|unknown|none|various|list of|\.\.\.", re.IGNORECASE)
_MOST_WORDS = 12
_LONGEST = 400
"""The longest stretch, in characters, that is read as one commander."""


def read_names(text: str, words: Words) -> tuple[StatedCommander, ...]:
    """Return the commanders of a field. Raises ValueTooLongError."""
    subject: str | None = None
    flagged: str | None = None
    found: list[StatedCommander] = []
    lines = read_lines(text)
    for at, line in enumerate(lines):
        if line.gap is Gap.RULE:
            subject = flagged = None
        if _is_heading(line, lines[at + 1] if at + 1 < len(lines) else None):
            subject, flagged = _heading_name(line), None
            continue
        for part in _parts(line):
            flagged = part.flags or flagged
            if commander := _read_part(part, join_subjects(filter(None, (subject, flagged))), words):
                found.append(commander)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a line that names one commander."""

    line: Line
    start: int
    end: int
    flags: str | None

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]


def _is_heading(line: Line, below: Line | None) -> bool:
    text = line.text.strip()
    bold = bool(text) and all(bold for bold, char in zip(line.bold, line.text, strict=True) if char.isalnum())
    named = any(flag.end > flag.start and flag.end - flag.start >= len(text.rstrip(": ")) for flag in line.flags)
    return line.term or text.endswith(":") or named or (bold and below is not None and not _is_bold(below)) or not text


def _is_bold(line: Line) -> bool:
    return any(line.bold)


def _heading_name(line: Line) -> str | None:
    flags = ", ".join(dict.fromkeys(flag.name for flag in line.flags))
    return join_subjects((flags, " ".join(line.text.split()).rstrip(": ")))


def _parts(line: Line) -> Iterator[_Part]:
    """Part a line into the stretches that name one commander each."""
    flags = deque(line.flags)
    for start, end in pairwise((*_cuts(line), len(line.text))):
        names: list[str] = []
        while flags and (flags[0].start < end or end == len(line.text)):
            names.append(flags.popleft().name)
        yield _Part(line, start, end, ", ".join(dict.fromkeys(names)) or None)


def _cuts(line: Line) -> list[int]:
    """Return where commanders begin: at a flag, behind a comma between links, and behind what became of one."""
    cuts = {0, *(match.end() for match in _AFTER_FATE.finditer(line.text))}
    last = 0
    for flag in line.flags:
        if any(char.isalnum() for char in line.text[last : flag.start]):
            cuts.add(flag.start)
            last = flag.start
    for before, after in pairwise(line.links):
        if _BETWEEN.fullmatch(line.text, before.end, after.start):
            cuts.add(after.start)
    return sorted(cuts)


def _read_part(part: _Part, subject: str | None, words: Words) -> StatedCommander | None:
    line, text = part.line, part.text
    if len(text) > _LONGEST:
        return None
    fate: PersonFate | None = None
    claimants: tuple[str, ...] = ()
    notes: list[str] = []
    for match in _BRACKETS.finditer(text):
        inside = _as_line(part, match.start(1), match.end(1))
        said = read_claimants(_members(match[1], words), inside, words, note=True)
        ending = _find_end(match[1], words)
        fate = ending or fate
        claimants = said or claimants
        if not said and not ending and match[1].strip():
            notes.append(" ".join(match[1].split()))
    name = _GLUED.sub(lambda match: f" {match[0]}", _BRACKETS.sub(" ", text))
    name = " ".join(name.split()).removesuffix(" and").strip(" ,;&–-*•")
    name, signed = _strip_ends(name, words)
    rank, name = _split_rank(name, words)
    if not any(char.isalpha() for char in name) or _MORE.match(name) or len(name.split()) > _MOST_WORDS:
        return None
    start = part.start + len(text) - len(text.lstrip())
    raw_start, raw_end = line.raw_span(start, part.start + len(text.rstrip()))
    links = [link for link in line.links if part.start <= link.start < part.end]
    target = next((link.target for link in links if line.text[link.start : link.end] in name), None)
    return StatedCommander(
        raw_start, raw_end, name, target, subject, rank, signed or fate, claimants, "; ".join(notes) or None
    )


def _as_line(part: _Part, start: int, end: int) -> Line:
    return replace(part.line, text=part.text[start:end], links=())


def _members(text: str, words: Words) -> list[Member]:
    return nest(read_chunks(text, words))[0]


def _find_end(text: str, words: Words) -> PersonFate | None:
    """Return what became of the commander, where a remark begins with it: "(killed in 1943)"."""
    for chunk in read_chunks(text, words)[:2]:
        if fate := chunk.get(Role.END):
            return PersonFate(fate)
    return None


def _strip_ends(name: str, words: Words) -> tuple[str, PersonFate | None]:
    """Take the fate off the end of a name: "Juan Perez KIA", "Juan Perez †"."""
    fate: PersonFate | None = None
    while chunks := read_chunks(name, words):
        last = chunks[-1]
        said = last.get(Role.END)
        plain_word = name[last.start : last.end].isalpha() and name[last.start : last.end].istitle()
        if not said or plain_word or (last.start == 0 and not any(char in _SIGNS for char in last.text)):
            break
        fate = fate or PersonFate(said)
        name = name[: last.start].rstrip(" ,;-–")
    return name, fate


def _split_rank(name: str, words: Words) -> tuple[str | None, str]:
    """Part a rank from the name that it stands before."""
    end = 0
    for chunk in read_chunks(name, words):
        if not chunk.has(Role.RANK):
            break
        end = chunk.end
    rest = name[end:].strip()
    return (name[:end], rest) if end and rest[:1].isupper() else (None, name)
