"""The figures of a value: lines, headings and clauses put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conflictdb.importers.infobox.amounts import read_amounts
from conflictdb.importers.infobox.claimants import read_claimants
from conflictdb.importers.infobox.clauses import Clause, has_amounts, read_clauses
from conflictdb.importers.infobox.drafts import Draft, Drafter, borrow_states
from conflictdb.importers.infobox.groups import Group, Member, nest
from conflictdb.importers.infobox.lines import Gap, Line
from conflictdb.importers.infobox.markup import read_lines
from conflictdb.importers.infobox.phrases import Label, read_label
from conflictdb.importers.infobox.scope import Heading, Scope, join_subjects
from conflictdb.importers.infobox.stated import StatedFigure
from conflictdb.importers.infobox.tokens import Chunk, read_chunks
from conflictdb.importers.infobox.words import Words


def read_figures(text: str, *, strength: bool, words: Words) -> tuple[StatedFigure, ...]:
    """Return every figure of a field of casualties or strength. Raises ValueTooLongError."""
    reader = _ValueReader(read_lines(text), strength, words)
    for at in range(len(reader.lines)):
        reader.read_line(at)
    return reader.finish()


class _ValueReader:
    """Reads a value line by line, knowing what governs each."""

    def __init__(self, lines: Sequence[Line], strength: bool, words: Words) -> None:
        self.lines, self.strength, self.words = lines, strength, words
        self.members, self.strays = [], []
        for line in lines:
            members, stray = nest(_chunks_of(line, words))
            self.members.append(read_amounts(members))
            self.strays.append(stray)
        self.scope = Scope()
        self.drafter = Drafter(self.scope, strength)
        self.drafts: list[Draft] = []
        self.block: list[Draft] = []
        self.container: Draft | None = None
        self.run = 0
        """Where among the drafts the sentence began that the last line left unfinished."""

    def read_line(self, at: int) -> None:
        """Read one line: a heading, a note, or figures."""
        line, members = self.lines[at], self.members[at]
        self.scope.begin_line(line)
        if line.gap >= Gap.BLOCK:
            self.block = []
        if has_amounts(members):
            self._read_figures(line, members, stray=self.strays[at])
        elif (claimants := self._closing_note(line, members)) is not None:
            self._attribute(self.block, claimants)
            self.block = []
            self.scope.add_content()
        elif self._is_heading(at):
            self._open_heading(line, members, leads=at + 1 < len(self.lines) and self._is_heading(at + 1))
            self.block = []
        else:
            self.scope.add_content()

    def finish(self) -> tuple[StatedFigure, ...]:
        """Return the figures, each container by its place among them."""
        places = {id(draft): at for at, draft in enumerate(self.drafts)}
        return tuple(draft.state(places) for draft in self.drafts)

    # --- headings and notes ---

    def _is_heading(self, at: int) -> bool:
        line, members = self.lines[at], self.members[at]
        if has_amounts(members) or not (members or line.flags):
            return False
        marked = line.term or line.text.rstrip().endswith(":") or _is_bold(line) or bool(line.flags)
        below = self.lines[at + 1] if at + 1 < len(self.lines) else None
        return marked or (below is not None and below.level > line.level)

    def _open_heading(self, line: Line, members: Sequence[Member], *, leads: bool) -> None:
        chunks = [member for member in members if isinstance(member, Chunk)]
        label = read_label(chunks, line, read_claimants(members, line, self.words))
        label = _with_flags(label, line)
        if label.name or label.metric or label.total or label.claimants is not None or label.item:
            self.scope.open(Heading(label, line.level, alone=True), leads=leads)

    def _closing_note(self, line: Line, members: Sequence[Member]) -> tuple[str, ...] | None:
        """Return the claimants of a note on a line of its own, which governs what stands before it."""
        groups = [member for member in members if isinstance(member, Group)]
        if groups and all(isinstance(member, Group) or member.end - member.start == 1 for member in members):
            return read_claimants(groups[0].members, line, self.words, note=True, bare=not self.strength) or None
        plain = not (line.text.rstrip().endswith(":") or _is_bold(line) or line.term)
        if plain and self.block and not line.flags:
            return read_claimants(members, line, self.words) or None
        return None

    def _attribute(self, drafts: Sequence[Draft], claimants: tuple[str, ...]) -> None:
        for draft in drafts:
            if not draft.attributed:
                draft.claimants, draft.attributed = claimants, True

    # --- figures ---

    def _read_figures(self, line: Line, members: list[Member], *, stray: bool) -> None:
        members = self._open_prefix(line, members)
        if names := [flag.name for flag in line.flags]:
            self.scope.set_flags(names, line.level)
        drafter = self.drafter
        drafter.begin_line(line, self.container, self.drafts[-1] if self.drafts else None)
        noted = self.run if self._goes_on(line) else len(self.drafts)
        self.run = noted
        for event in read_clauses(members, line):
            if isinstance(event, Group):
                claimants = read_claimants(event.members, line, self.words, note=True, bare=not self.strength)
                if claimants:
                    self._attribute(self.drafts[noted:], claimants)
                    noted = len(self.drafts)
                else:
                    drafter.add_note(self.drafts[noted:] and self.drafts[-1:], line.text[event.start : event.end])
                continue
            noted = self._read_clause(event, line, noted)
        self._end_line(line, members, stray)

    def _goes_on(self, line: Line) -> bool:
        """Tell whether the line before ended in a comma, so that a note on this one governs both."""
        last = self.drafts[-1].line if self.drafts else None
        return last is not None and line.gap is Gap.LINE and not line.flags and last.text.rstrip().endswith(",")

    def _read_clause(self, clause: Clause, line: Line, noted: int) -> int:
        claimants = read_claimants(clause.label, line, self.words)
        label = read_label(clause.label, line, claimants, governs=clause.governs)
        if clause.governs and (claimants is not None or label.metric or _is_bold_at(line, clause)):
            self.scope.open(Heading(label, line.level, alone=False))
            self.block = []
            label = Label(total=label.total)
        elif clause.governs and label.name and clause.group is None:
            self.scope.end_inline()
        draft = self.drafter.draft(clause, label)
        if draft is None:
            return noted
        self.drafts.append(draft)
        self.block.append(draft)
        if clause.phrase.says and (said := read_claimants(clause.phrase.says, line, self.words)):
            since = [each for each in self.drafts[noted:] if each.clause.group is clause.group]
            self._attribute(since, said)
            if clause.parent is not None:
                draft.container = None
            return len(self.drafts)
        return noted

    def _end_line(self, line: Line, members: Sequence[Member], stray: bool) -> None:
        borrow_states(self.drafter.of_line)
        open_group = next((each for each in members if isinstance(each, Group) and not each.closed), None)
        if open_group is not None and self.drafter.of_line:
            inside = [draft for draft in self.drafter.of_line if draft.clause.group is not None]
            self.container = inside[-1].container if inside else None
        elif stray:
            self.container = None
        self.scope.end_line_label()
        self.scope.add_content()

    def _open_prefix(self, line: Line, members: list[Member]) -> list[Member]:
        """Open the heading that a line of figures begins with in bold; return the rest of the line."""
        end = next((at for at, bold in enumerate(line.bold) if not bold), 0)
        prefix = [member for member in members if member.end <= end]
        if not prefix or end >= len(line.text.rstrip()) or has_amounts(prefix):
            return members
        chunks = [member for member in prefix if isinstance(member, Chunk)]
        label = _with_flags(read_label(chunks, line, read_claimants(prefix, line, self.words)), line)
        self.scope.open(Heading(label, line.level, alone=False))
        self.block = []
        rest = members[len(prefix) :]
        return rest[1:] if rest and isinstance(rest[0], Chunk) and rest[0].is_sign(":") else rest


def _chunks_of(line: Line, words: Words) -> list[Chunk]:
    """Return the chunks of a line without those that are the name of a flag."""
    named = [flag for flag in line.flags if flag.end > flag.start]
    return [
        chunk for chunk in read_chunks(line.text, words)
        if not any(flag.start <= chunk.start and chunk.end <= flag.end for flag in named)
    ]  # fmt: skip


def _with_flags(label: Label, line: Line) -> Label:
    """Set the flags of a heading's line before its name, unless the name says whose they are."""
    flags = ", ".join(dict.fromkeys(flag.name for flag in line.flags))
    if not flags or label.claimants is not None:
        return label
    return replace(label, name=join_subjects((flags, label.name)) or "", total=False)


def _is_bold(line: Line) -> bool:
    return bool(line.bold) and all(bold for bold, char in zip(line.bold, line.text, strict=True) if char.isalnum())


def _is_bold_at(line: Line, clause: Clause) -> bool:
    return bool(clause.label) and line.bold[clause.label[0].start]
