"""The sides of an event: who fights on which, and whom a heading or a flag names."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

from conflictdb.domain.figure_words import BARE_PEOPLE
from conflictdb.domain.folding import fold
from conflictdb.domain.vocabulary import SubjectKind

_CIVILIANS = ("civilian", "civilians", "non combatants", "noncombatants", "bystanders")
_TOTALS = (
    "total", "totals", "overall", "all", "in total", "total losses", "total casualties", "both sides", "casualties",
)  # fmt: skip


_PEOPLES = {"", "n", "an", "ian", "ien", "ean", "ese", "i", "ish", "ite"}
_LEAST_STEM, _MOST_REST = 4, 2


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose a figure is, as a claim's fields; `group` says which of them."""

    kind: SubjectKind
    combatant: str | None = None
    side: int | None = None
    group: str | None = None


@dataclass(slots=True)
class Sides:
    """The combatants of one event by side, each known by its folded names."""

    combatants: dict[int, list[str]] = field(default_factory=dict)
    _names: dict[str, tuple[int, str]] = field(default_factory=dict)

    def add(self, side: int, name: str, page: str = "") -> None:
        """Add a combatant, and the name of the page that it links to."""
        self.combatants.setdefault(side, []).append(name)
        for each in filter(None, (name, page)):
            self._names.setdefault(fold(each), (side, name))

    def find(self, name: str, side: int | None = None) -> str | None:
        """Return the combatant of that name, of that side only if one is given."""
        folded = fold(name)
        found = self._names.get(folded) or self._names.get(folded.removeprefix("the "))
        return found[1] if found and side in (None, found[0]) else None

    def find_people(self, word: str, side: int | None = None) -> str | None:
        """Return the one combatant whose people a word is: "Athenians" of Athens, "Nigerien" of Niger."""
        folded = fold(word).removesuffix("s")
        fitting = {
            name for known, (at, name) in self._names.items() if side in (None, at) and _is_people(folded, known)
        }
        return fitting.pop() if len(fitting) == 1 else None

    def side_of(self, name: str) -> int | None:
        """Return the side of a combatant by any of its names."""
        found = self._names.get(fold(name))
        return found[0] if found else None

    def subject(self, words: str | None, side: int, total: bool) -> Subject:
        """Return whose figure one in a field of `side` is; `words` are the headings over it, outermost first.

        A heading that names a combatant of the side (of a side without any: of the event), or its people, is that
        combatant; civilians are nobody's; else it is the side's. What is left of the headings is the group. In a third
        column without a combatant a total is the event's, and what is nobody's is unknown.
        """
        parts = [part for part in (words or "").split(" / ") if fold(part)]
        everyone = [part for part in parts if fold(part) in _TOTALS]
        parts = [part for part in parts if part not in everyone and fold(part) not in BARE_PEOPLE]
        civilians = [part for part in parts if fold(part).endswith(_CIVILIANS)]
        if civilians:
            group = [part for part in parts if fold(part) not in _CIVILIANS]
            return Subject(SubjectKind.CIVILIANS, group=" / ".join(group) or None)
        fought = side in self.combatants
        within = side if fought else None
        for part in parts:
            if combatant := self.find(part, within) or self.find_people(part, within):
                group = [each for each in parts if each != part]
                return Subject(SubjectKind.COMBATANT, combatant, group=" / ".join(group) or None)
        group_words = " / ".join(parts) or None
        if fought:
            return Subject(SubjectKind.SIDE, side=side, group=group_words)
        kind = SubjectKind.TOTAL if not parts and (total or everyone) else SubjectKind.UNKNOWN
        return Subject(kind, group=group_words)


def _is_people(word: str, name: str) -> bool:
    """Return whether a word ends as peoples' names do where a name ends otherwise: "ukrainian" and "ukraine"."""
    stem = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, name, strict=False)))
    near = stem >= _LEAST_STEM and len(name) - stem <= _MOST_REST
    return near and word[stem:] in _PEOPLES and (word, name) != ("nigerian", "niger") and " " not in word + name
