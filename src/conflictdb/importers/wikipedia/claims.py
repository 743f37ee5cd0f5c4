"""Turn what an infobox states into claims: one a figure and claimant, one a commander, one an attribute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from conflictdb.domain.figure_words import BARE_THINGS
from conflictdb.domain.folding import fold, slugify
from conflictdb.domain.records import ClaimRecord, UnnamedRecord
from conflictdb.domain.vocabulary import ActorKind, Attribute, ClaimKind, Metric
from conflictdb.importers.infobox.stated import StatedCommander, StatedFigure
from conflictdb.importers.wikipedia.names import WIKIPEDIA, is_name, speaker
from conflictdb.importers.wikipedia.sides import Sides, Subject
from conflictdb.importers.wikipedia.template import Field

_Doubt = tuple[str, str, str]


@dataclass(slots=True)
class Claims:
    """Collects the claims of one event, all from one source. `doubts` are (field, value, why) of what is left out.

    A page's next revision corrects what it changes, so what tells claims apart is no position: a figure's own id is
    made of its field, its claimant and what it is about, and is counted on only where two would be the same. Parts
    name the whole that they are within by that id.
    """

    source: str
    language: str
    sides: Sides
    claims: list[ClaimRecord] = field(default_factory=list)
    doubts: list[_Doubt] = field(default_factory=list)
    _seen: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def add_figures(
        self, name: str, side: int, kind: ClaimKind, written: Field, figures: tuple[StatedFigure, ...]
    ) -> None:
        """Add the figures of one field; digits of which none is read are doubted."""
        if not figures and any(letter.isdigit() for letter in written.text):
            self.doubts.append((name, " ".join(written.text.split())[:80], "no figure is read of it"))
        ids: dict[int | None, dict[str, str]] = {}  # of each figure, by claimant
        for place, figure in enumerate(figures):
            whole = figures[figure.part_of] if figure.part_of is not None else None
            wholes = ids.get(figure.part_of, {}) if whole and _alike(figure, whole) else {}
            subject = self.sides.subject(figure.subject, side, figure.total)
            base = replace(
                self._base(name, written, figure.start, _kind(kind, figure)), metric=figure.metric, lower=figure.lower,
                upper=figure.upper, qualifier=figure.qualifier, item=figure.item, fate=figure.fate,
                wording=figure.wording or None, note=_note(figure, None if wholes else whole),
                subject_kind=subject.kind, combatant=subject.combatant, side=subject.side,
                group=_group(subject, figure),
            )  # fmt: skip
            ids[place] = {}
            for said_by in self._speakers(name, figure.claimants):
                ids[place][said_by] = own_id = self._name_figure(base, name, said_by, within=bool(wholes))
                part_of = wholes.get(said_by, next(iter(wholes.values()), None))
                self.claims.append(replace(base, claimant=self._speak(said_by), native_id=own_id, part_of=part_of))

    def _speakers(self, name: str, claimants: tuple[str, ...]) -> tuple[str, ...]:
        """Return who says it: those named, else Wikipedia."""
        for each in claimants:
            if not is_name(each):
                self.doubts.append((name, each[:80], "it is no claimant's name; the page says it"))
        return tuple(each for each in claimants if is_name(each)) or (WIKIPEDIA,)

    def _speak(self, said_by: str) -> str | UnnamedRecord:
        """Return a claimant; a "Nigerien claim" is of nobody by name, who belongs to Niger."""
        people_of = None if self.sides.find(said_by) else self.sides.find_people(said_by)
        return UnnamedRecord(said_by, ActorKind.UNKNOWN, people_of) if people_of else speaker(said_by)

    def _name_figure(self, claim: ClaimRecord, name: str, said_by: str, *, within: bool) -> str:
        """Return a figure's own id: "casualties1.un.side/killed", and with ".2" the second that would be the same.

        A part's says that it is within: were it a figure of its own, it would be another claim.
        """
        subject = slugify(claim.combatant or "") or str(claim.subject_kind)
        about = [slugify(each) for each in (claim.metric, claim.group, claim.item, claim.fate) if each]
        stem = ".".join((name, slugify(self.sides.find(said_by) or said_by), subject, *(["within"] if within else [])))
        same = (stem, *about)
        self._seen[same] += 1
        count = f".{self._seen[same]}" if self._seen[same] > 1 else ""
        return "/".join((stem + count, *about))

    def add_commander(self, name: str, side: int, written: Field, commander: StatedCommander, person: str) -> None:
        """Add one commander, under the combatant that the flag or heading names, else the side's only or first one."""
        fighters = self.sides.combatants.get(side)
        if not fighters:
            self.doubts.append((name, commander.name, "the side has no combatant whom they could have led; left out"))
            return
        note = commander.note
        named = self._led(commander, side)
        if named is None and len(fighters) > 1:
            note = "; ".join(filter(None, (note, f"Which of side {side} they led is not said; the first is given.")))
        base = replace(
            self._base(name, written, commander.start, ClaimKind.COMMANDER), combatant=named or fighters[0],
            person=person, rank=commander.rank, fate=commander.fate, wording=commander.name, note=note,
        )  # fmt: skip
        for said_by in self._speakers(name, commander.claimants):
            same = (name, base.combatant, fold(person), fold(said_by))
            self._seen[same] += 1
            if self._seen[same] == 1:  # a page that names one twice says it once
                self.claims.append(replace(base, claimant=self._speak(said_by)))

    def _led(self, commander: StatedCommander, side: int) -> str | None:
        parts = (commander.subject or "").replace(", ", " / ").split(" / ")
        found = (self.sides.find(part, side) for part in parts if part)
        return next((each for each in found if each), None)

    def add_attribute(self, name: str, attribute: Attribute, written: Field, value: str) -> None:
        """Add what the page states otherwise than in figures."""
        base = self._base(name, written, 0, ClaimKind.ATTRIBUTE)
        self.claims.append(replace(base, attribute=attribute, value=value, wording=value))

    def claimants(self) -> Iterator[str]:
        """Yield the named claimants besides Wikipedia and the combatants, each once."""
        named = dict.fromkeys(claim.claimant for claim in self.claims)
        for each in named:
            if not isinstance(each, UnnamedRecord) and each != WIKIPEDIA and self.sides.find(each) is None:
                yield each

    def _base(self, name: str, written: Field, start: int, kind: ClaimKind) -> ClaimRecord:
        line = written.line + written.text.count("\n", 0, start)
        return ClaimRecord(
            kind, WIKIPEDIA, self.source, where=name, line=line, locator=f"Infobox, {name}",
            wording_language=self.language,
        )  # fmt: skip


def _kind(field: ClaimKind, figure: StatedFigure) -> ClaimKind:
    """Return what a figure is about, which may stand in the other field: "500, of whom 40 wounded" is a strength."""
    if figure.metric is Metric.MATERIEL:
        return field
    return ClaimKind.STRENGTH if figure.metric is Metric.PERSONS else ClaimKind.CASUALTY


def _alike(part: StatedFigure, whole: StatedFigure) -> bool:
    return (part.metric, part.item) == (whole.metric, whole.item)


def _note(figure: StatedFigure, whole: StatedFigure | None) -> str | None:
    """Return what else is said of a figure, and what it is within where that counts something else."""
    return "; ".join(filter(None, (figure.note, f"Within: {whole.wording}" if whole else None))) or None


def _group(subject: Subject, figure: StatedFigure) -> str | None:
    """Return which of the subject a figure is about, and which things."""
    things = figure.things
    if things and figure.item and (fold(things) in BARE_THINGS or fold(things).removesuffix("s") in BARE_THINGS):
        things = None
    return " / ".join(filter(None, (subject.group, things))) or None
