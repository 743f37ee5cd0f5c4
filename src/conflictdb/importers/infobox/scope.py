"""The headings that govern a line: whose losses, by whose account, of what kind; and the flags beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from conflictdb.domain.folding import fold
from conflictdb.domain.vocabulary import Item, Metric
from conflictdb.importers.infobox.lines import Gap, Line
from conflictdb.importers.infobox.phrases import Label


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading in force; `alone`: nothing else stood on its line; `flag`: it is the flag of a line of figures."""

    label: Label
    level: int
    alone: bool
    flag: bool = False

    @property
    def kind(self) -> str:
        """Return what the heading speaks of, which another of its kind speaks of after it."""
        if self.label.claimants is not None:
            return "claimant"
        return "subject" if self.label.name or self.label.total else "state"


class Scope:
    """The headings in force, outermost first.

    A heading ends those of its kind before it, and all that stood below them. One that directly follows another
    stands below it. After a rule, or where a new block begins with a heading, none is left.
    """

    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self._direct = False
        self._fresh = True

    def begin_line(self, line: Line) -> None:
        """Let the gap before a line end what it ends."""
        if line.gap is Gap.RULE:
            self.headings.clear()
            self._direct = False
        self._fresh = line.gap > Gap.LINE and line.level == 0
        self.headings = [each for each in self.headings if each.alone or each.kind != "state"]

    def add_content(self) -> None:
        """Note that a line that is no heading has come."""
        self._direct = False

    def open(self, heading: Heading, *, leads: bool = False) -> None:
        """Put a heading in force; `leads`: another heading directly follows it."""
        if self._fresh and heading.alone:
            self._clear_block(heading)
        self.headings = [each for each in self.headings if each.level <= heading.level and not each.flag]
        if not self._direct:
            self._end_siblings(heading, leads=leads)
        self.headings.append(heading)
        self._direct = heading.alone
        self._fresh = False

    def _clear_block(self, heading: Heading) -> None:
        """Begin a block: a heading that directly follows one stays below it, whatever stands between."""
        if not self._direct:
            self.headings.clear()

    def _end_siblings(self, heading: Heading, *, leads: bool) -> None:
        same = [
            at for at, each in enumerate(self.headings) if each.kind == heading.kind and each.level == heading.level
        ]
        if same:
            del self.headings[same[0] if leads else same[-1] :]
        elif heading.kind == "subject" and heading.alone:
            self.headings = [each for each in self.headings if each.kind != "claimant" or each.level < heading.level]

    def set_flags(self, names: Iterable[str], level: int) -> None:
        """Put the flags of a line of figures in force, in place of those before."""
        name = ", ".join(dict.fromkeys(names))
        self.headings = [each for each in self.headings if not each.flag]
        self.headings.append(Heading(Label(name), level, alone=False, flag=True))

    def drop_flags(self) -> None:
        """End the flags, where a line speaks of all."""
        self.headings = [each for each in self.headings if not each.flag]

    def end_inline(self) -> None:
        """End the subjects that lines of figures began with, where another such line begins."""
        self.headings = [each for each in self.headings if each.alone or each.flag or each.kind != "subject"]

    def end_line_label(self) -> None:
        """End what governed only its own line."""
        self.headings = [each for each in self.headings if each.alone or each.flag or each.kind != "state"]

    @property
    def claimants(self) -> tuple[str, ...]:
        """Return whose account the innermost heading that says so gives."""
        said = (each.label.claimants for each in reversed(self.headings))
        return next((claimants for claimants in said if claimants is not None), ())

    @property
    def metric(self) -> Metric | None:
        """Return what became of people, where a heading says so."""
        return next((each.label.metric for each in reversed(self.headings) if each.label.metric), None)

    @property
    def item(self) -> Item | None:
        """Return what is counted, where a heading says so."""
        return next((each.label.item for each in reversed(self.headings) if each.label.item), None)

    @property
    def is_total(self) -> bool:
        """Tell whether the innermost subject is the sum of others."""
        subjects = [each for each in self.headings if each.kind == "subject"]
        return bool(subjects) and subjects[-1].label.total

    @property
    def subjects(self) -> list[str]:
        """Return the names of those the headings are about, outermost first."""
        return [
            each.label.name for each in self.headings
            if each.kind == "subject" and each.label.name and not each.label.generic and not each.label.item
        ]  # fmt: skip


def join_subjects(parts: Iterable[str]) -> str | None:
    """Return the subject, each part said once: "Spain / Spain" is Spain."""
    kept: list[str] = []
    for part in parts:
        if part and not any(_says_the_same(part, each) for each in kept):
            kept.append(part)
    return " / ".join(kept) or None


def _says_the_same(part: str, other: str) -> bool:
    return set(fold(part).split()) <= set(fold(other).split()) if fold(part) else part == other
