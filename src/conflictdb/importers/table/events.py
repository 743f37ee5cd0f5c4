"""Turn the rows of one event into an event record with its claims, and define whom and what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from conflictdb.domain.edtf import speak
from conflictdb.domain.folding import fold, slugify
from conflictdb.domain.keys import content_key
from conflictdb.domain.quantity import Quantity
from conflictdb.domain.records import (
    ActorRecord,
    ClaimRecord,
    CombatantRecord,
    EventRecord,
    Problem,
    SourceRecord,
    UnnamedRecord,
)
from conflictdb.domain.vocabulary import ActorKind, Attribute, ClaimKind, Qualifier, SubjectKind
from conflictdb.importers.table.fields import SIDES
from conflictdb.importers.table.mapping import TableMapping
from conflictdb.importers.table.rows import Doubt, ReadRow
from conflictdb.importers.table.specs import FigureColumn

_NO_NAME = re.compile(r"(?:[Aa]n?|[Ss]ome|[Uu]n[eoa]?s?|[Dd]es|[Uu]mas?|[Ee]ine?) ")  # "UN " is one
_WITNESSES = frozenset(
    {"witness", "witnesses", "eyewitness", "eyewitnesses", "residents", "locals", "villagers", "survivors"}
    | {"testigo", "testigos", "temoin", "temoins", "habitants", "testemunhas", "zeugen", "ochevidtsy"}
)
_CIVILIANS = frozenset({"civilian", "civilians", "civiles", "civils", "civis", "zivilisten"})
_SLUG_LENGTH = 48


@dataclass(slots=True)
class EventBuilder:
    """Builds the events of one table; sources and actors are defined once, before the event that names them first."""

    path: Path
    mapping: TableMapping
    _known: set[str] = field(default_factory=set)

    def build(self, rows: Sequence[ReadRow]) -> Iterator[ActorRecord | SourceRecord | EventRecord]:
        """Yield what the rows of one event define, and the event."""
        first = rows[0]
        yield from self._definitions(rows)
        number = first.text("id")
        fighters = _fighters(rows)
        problems = [doubt for row in rows for doubt in row.problems]
        warnings = [doubt for row in rows for doubt in row.warnings] + list(_nobodys(rows, fighters))
        claims = self._distinct([claim for row in rows for claim in self._claims(row, first, fighters)], problems)
        yield EventRecord(
            str(self.path), name=first.text("name") or _name(first), type=first.type, subtype=first.text("subtype"),
            conflict=first.text("conflict"), place=first.place, date=first.date, summary=first.text("notes"),
            claimant=self.mapping.recorder, source=self._source(first),
            native_ids=(f"{self.mapping.name}:{number}",) if number else (),
            combatants=tuple(CombatantRecord(name, side) for name, side in fighters.items()),
            claims=tuple(claims), line=first.line,
            problems=tuple(self.problem(each, number) for each in problems),
            warnings=tuple(self.problem(each, number, warning=True) for each in warnings),
        )  # fmt: skip

    def problem(self, doubt: Doubt, event: str | None = None, *, warning: bool = False) -> Problem:
        """Return what is wrong with a cell, with the event it is of."""
        about = f"{self.mapping.name}:{event}" if event else ""
        return Problem(str(self.path), doubt.line, doubt.field, doubt.value, doubt.why, about, warning)

    def _definitions(self, rows: Sequence[ReadRow]) -> Iterator[ActorRecord | SourceRecord]:
        for row in rows:
            if (text := row.text("source")) and self._is_new(slug := self._source(row)):
                address = text if _is_address(text) else None
                yield SourceRecord(slug, text, url=address)
            for name in (*(each for side in SIDES for each in row.sides[side]), *row.claimants):
                if isinstance(_speaker(name), str) and self._is_new(fold(name) or name):
                    yield ActorRecord(name, ActorKind.CIVILIANS if fold(name) in _CIVILIANS else ActorKind.UNKNOWN)

    def _is_new(self, name: str) -> bool:
        if name in self._known or name == fold(self.mapping.recorder):
            return False
        self._known.add(name)
        return True

    def _source(self, row: ReadRow) -> str:
        """Return the handle of the document that a row cites, or of the table itself."""
        text = row.text("source")
        if text is None:
            return self.mapping.name
        stem = slugify(text.rpartition("://")[2].removeprefix("www."))[:_SLUG_LENGTH].strip("-")
        return f"{stem or self.mapping.name}-{content_key('source', text)[:4]}"

    def _claims(self, row: ReadRow, first: ReadRow, fighters: dict[str, int]) -> Iterator[ClaimRecord]:
        for speaker in row.claimants or (self.mapping.recorder,):
            base = ClaimRecord(
                ClaimKind.ATTRIBUTE, _speaker(speaker), self._source(row), statement=f"line {row.line}", line=row.line,
                stated_on=row.stated_on, wording=row.text("wording"),
                note=row.text("notes") if row.text("notes") != first.text("notes") else None,
            )  # fmt: skip
            yield from self._figures(base, row, fighters)
            yield from _attributes(base, row, first)

    def _figures(self, base: ClaimRecord, row: ReadRow, fighters: dict[str, int]) -> Iterator[ClaimRecord]:
        found: dict[tuple[str | None, ...], dict[str, tuple[FigureColumn, Quantity]]] = {}
        for column, quantity in row.figures:
            found.setdefault(column.about, {})[column.bound] = column, quantity
        for bounds in found.values():
            column = next(iter(bounds.values()))[0]
            claim = replace(
                base, kind=column.kind, metric=column.metric, item=column.item, fate=column.fate, group=column.group,
                where=column.column,
            )  # fmt: skip
            claim = _with_subject(claim, column.subject, fighters)
            estimate = base.claimant == self.mapping.recorder
            yield _with_bounds(claim, {bound: each for bound, (_, each) in bounds.items()}, estimate)

    def _distinct(self, claims: Sequence[ClaimRecord], problems: list[Doubt]) -> list[ClaimRecord]:
        """Return the claims without those that say again what a row before said; another figure is a problem."""
        found: dict[tuple[object, ...], ClaimRecord] = {}
        for claim in claims:
            known = found.setdefault(_about(claim), claim)
            if known is not claim and _said(known) != _said(claim):
                why = (
                    f"line {known.line} says otherwise, of the same claimant, document and day; "
                    "give the rows a source or stated_on that tells them apart"
                )
                problems.append(Doubt(claim.line or 0, claim.where, claim.wording or claim.value or "", why))
        return list(found.values())


def _about(claim: ClaimRecord) -> tuple[object, ...]:
    return (
        claim.kind, claim.claimant, claim.source, claim.stated_on, claim.subject_kind, claim.combatant, claim.side,
        claim.metric, claim.item, claim.fate, claim.group, claim.attribute,
    )  # fmt: skip


def _said(claim: ClaimRecord) -> tuple[object, ...]:
    return claim.lower, claim.upper, claim.best, claim.qualifier, claim.value, claim.place


def _nobodys(rows: Sequence[ReadRow], fighters: dict[str, int]) -> Iterator[Doubt]:
    """Yield a doubt for each figure of a side that nobody is on."""
    for row in rows:
        for figure, quantity in row.figures:
            if figure.subject in SIDES and SIDES.index(figure.subject) + 1 not in fighters.values():
                why = f"nobody is named on {figure.subject}; it is kept as of unknown subject"
                yield Doubt(row.line, figure.column, quantity.wording, why)


def _with_subject(claim: ClaimRecord, subject: str, fighters: dict[str, int]) -> ClaimRecord:
    """Return the claim with its subject: the combatant that is alone on a side, or the side; unknown, for no one's."""
    if subject not in SIDES:
        return replace(claim, subject_kind=SubjectKind(subject))
    number = SIDES.index(subject) + 1
    names = [name for name, side in fighters.items() if side == number]
    if not names:
        return replace(claim, subject_kind=SubjectKind.UNKNOWN)
    if len(names) > 1:
        return replace(claim, subject_kind=SubjectKind.SIDE, side=number)
    return replace(claim, subject_kind=SubjectKind.COMBATANT, combatant=names[0])


def _with_bounds(claim: ClaimRecord, read: dict[str, Quantity], estimate: bool) -> ClaimRecord:
    """Return the claim with its figure, whose whole and ends stand in up to three columns."""
    whole, low, high = read.get(""), read.get("at least"), read.get("at most")
    if whole is not None and low is None and high is None:
        return _figure(claim, whole.lower, whole.upper, whole.qualifier, whole.wording)
    lower, upper = (low.lower if low else None), (high.upper if high else None)
    wording = " to ".join(each.wording for each in (low, high) if each)
    claim = _figure(claim, lower, upper, _qualifier(lower, upper), wording)
    if whole is None:
        return claim
    if estimate and whole.lower == whole.upper:
        return replace(claim, best=whole.lower)
    return replace(claim, note="; ".join(filter(None, (claim.note, f"within the range: {whole.wording}"))))


def _figure(
    claim: ClaimRecord, lower: int | None, upper: int | None, qualifier: Qualifier, wording: str
) -> ClaimRecord:
    return replace(claim, lower=lower, upper=upper, qualifier=qualifier, wording=claim.wording or wording or None)


def _qualifier(lower: int | None, upper: int | None) -> Qualifier:
    if lower is None and upper is None:
        return Qualifier.VAGUE
    if upper is None:
        return Qualifier.AT_LEAST
    if lower is None:
        return Qualifier.AT_MOST
    return Qualifier.EXACT if lower == upper else Qualifier.RANGE


def _attributes(base: ClaimRecord, row: ReadRow, first: ReadRow) -> Iterator[ClaimRecord]:
    """Yield the result that a row states, and what it says of the event otherwise than the event's first row."""
    if result := row.text("result"):
        yield replace(base, attribute=Attribute.RESULT, value=result, where="result")
    for name in ("name", "subtype", "conflict"):
        value = row.text(name)
        if value and value != first.text(name):
            yield replace(base, attribute=Attribute(name), value=value, where=name)
    if row.date and row.date != first.date:
        yield replace(base, attribute=Attribute.DATE, value=row.date, where="date")
    if row.place and row.place != first.place:
        yield replace(base, attribute=Attribute.PLACE, value=row.place.describe(), place=row.place, where="place")


def _fighters(rows: Sequence[ReadRow]) -> dict[str, int]:
    """Return the side of each combatant, named as it is first."""
    found: dict[str, int] = {}
    seen: set[tuple[str, int]] = set()
    for row in rows:
        for number, side in enumerate(SIDES, start=1):
            for name in row.sides[side]:
                if (fold(name), number) not in seen:
                    seen.add((fold(name), number))
                    found[name] = number
    return found


def _name(row: ReadRow) -> str:
    """Return a name for an event that the table gives none: its kind, place and date."""
    kind = row.text("subtype") or ("event" if row.type == "other" else row.type.replace("_", " "))
    place = next(filter(None, (row.text(name) for name in ("place", "admin2", "admin1", "country"))), None)
    named = f"{kind[:1].upper()}{kind[1:]}" + (f" in {place}" if place else "")
    return f"{named}, {speak(row.date)}" if row.date else named


def _speaker(name: str) -> str | UnnamedRecord:
    """Return a claimant: "witnesses" and "a military source" are nobody by name."""
    if fold(name) in _WITNESSES:
        return UnnamedRecord(name, ActorKind.WITNESS)
    return UnnamedRecord(name) if _NO_NAME.match(name) else name


def _is_address(text: str) -> bool:
    return text.lower().startswith(("https://", "http://"))
