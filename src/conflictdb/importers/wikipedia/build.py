"""Turn a page with an infobox into records: its source, whom it names, and the event with all its claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.folding import fold, slugify
from conflictdb.domain.keys import content_key
from conflictdb.domain.records import (
    ActorRecord,
    CombatantRecord,
    ConflictRecord,
    EventRecord,
    PlaceRecord,
    Problem,
    Record,
    RelationRecord,
    SourceRecord,
)
from conflictdb.domain.vocabulary import ActorKind, Attribute, ClaimKind, EventType, RelationKind
from conflictdb.importers.infobox import plain, read_commanders, read_parties, read_value
from conflictdb.importers.infobox.stated import StatedParty, ValueTooLongError
from conflictdb.importers.wikipedia.claims import Claims
from conflictdb.importers.wikipedia.date_templates import expand_dates
from conflictdb.importers.wikipedia.dates import MOST_DATE, read_date
from conflictdb.importers.wikipedia.names import WIKIPEDIA, Names, is_name, page_name, party_record, person_record
from conflictdb.importers.wikipedia.page import Page, page_url
from conflictdb.importers.wikipedia.places import read_place, without_coordinates
from conflictdb.importers.wikipedia.sides import Sides
from conflictdb.importers.wikipedia.template import Field, Infobox

LICENCE = "CC BY-SA 4.0"
MOST_TITLE = 255
"""Bytes of a page's title; MediaWiki has no longer ones."""

T = TypeVar("T")
_FIELD = re.compile(r"(combatant|commander|strength|casualties)([1-9])([a-z]?)")
_LINK = re.compile(r"\[\[\s*([^\[\]|{}:]{1,300}?)\s*(?:\|\s*([^\[\]{}]{0,300}?)\s*)?\]\]")
_MOST_CONFLICT = 200


@dataclass(slots=True)
class PageBuilder:
    """Builds the records of one page."""

    path: str
    page: Page
    box: Infobox
    title: str
    names: Names
    records: list[Record] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def build(self) -> Iterator[Record]:
        """Yield what the page defines, then its event."""
        for doubt in self.box.doubts:
            self._warn(*doubt)
        if self.page.older:
            why = f"older revisions of the page in the file: {self.page.older}; the newest one is read"
            self._warn("revision", self.page.revision or "", why)
        yield self._source()
        event = self._event()
        yield from self.records
        yield event

    @property
    def slug(self) -> str:
        """Return the handle of the page as a source: "wikipedia-raid-on-dioura-2019"."""
        stem = slugify(self.title) or content_key("title", self.title)
        return "-".join(filter(None, ("wikipedia", self._foreign, stem)))

    @property
    def _foreign(self) -> str:
        return self.page.language if self.page.language != "en" else ""

    def _source(self) -> SourceRecord:
        page = self.page
        permanent = page_url(self.title, page.language, page.revision) if page.revision else None
        return SourceRecord(
            self.slug, self.title, WIKIPEDIA, url=page_url(self.title, page.language), archive_url=permanent,
            published_on=page.day, language=page.language, licence=LICENCE, edition=True,
        )  # fmt: skip

    def _event(self) -> EventRecord:
        edtf, place = self._date(), self._place()
        sides, combatants = self._combatants(edtf)
        claims = Claims(self.slug, self.page.language, sides)
        if edtf is None:
            self._add_words(claims, "date", Attribute.DATE)
        if place is None or place.name is None:
            self._add_words(claims, "place", Attribute.PLACE)
        for name, written in self.box.fields.items():
            if match := _FIELD.fullmatch(name):
                self._add_claims(claims, match, written)
        self._add_result(claims)
        for doubt in claims.doubts:
            self._warn(*doubt)
        for named in claims.claimants():
            self.records += self.names.take_actor(ActorRecord(named, ActorKind.UNKNOWN, source=self.slug))
        name = self._line("conflict")
        name = name if is_name(name) else self.title
        return EventRecord(
            self.path, name=name, type=EventType.BATTLE, conflict=self._conflict(), place=place, date=edtf,
            claimant=WIKIPEDIA, source=self.slug,
            native_ids=(f"{'-'.join(filter(None, ('wikipedia', self._foreign)))}:{self.title}",),
            combatants=tuple(combatants), claims=tuple(claims.claims), line=self._at(self.box.line),
            warnings=tuple(replace(warning, event=name) for warning in self.warnings), sides_as_listed=True,
        )  # fmt: skip

    def _add_claims(self, claims: Claims, match: re.Match[str], written: Field) -> None:
        name, kind, side = match[0], match[1], int(match[2])
        placed = Field(written.text, self._at(written.line))
        if kind == "commander":
            for commander in self._read(name, written.text, read_commanders) or ():
                if is_name(commander.name):
                    person = person_record(commander, self.slug)
                    self.records += self.names.take_person(person)
                    claims.add_commander(name, side, placed, commander, person.name)
        elif kind == "strength":
            figures = self._read(name, written.text, partial(read_value, field="strength"))
            claims.add_figures(name, side, ClaimKind.STRENGTH, placed, figures or ())
        elif kind == "casualties":
            figures = self._read(name, written.text, partial(read_value, field="casualties"))
            claims.add_figures(name, side, ClaimKind.CASUALTY, placed, figures or ())

    def _combatants(self, edtf: str | None) -> tuple[Sides, list[CombatantRecord]]:
        sides = Sides()
        combatants: list[CombatantRecord] = []
        for name, written in sorted(self.box.fields.items()):
            match = _FIELD.fullmatch(name)
            if match and match[1] == "combatant":
                parties = self._read(name, written.text, read_parties) or ()
                combatants += self._add_parties(name, int(match[2]), written, parties, sides, edtf)
        return sides, combatants

    def _add_parties(
        self, name: str, side: int, written: Field, parties: tuple[StatedParty, ...], sides: Sides, edtf: str | None
    ) -> Iterator[CombatantRecord]:
        supporters = [party.name for party in parties if party.support]
        if supporters:
            why = "supporters are no combatants; they are left out"
            self._warn(name, ", ".join(supporters)[:200], why)
        for party in parties:
            record = party_record(party, written.text, self.slug)
            if party.support or not is_name(record.name):
                continue
            page = page_name(party.target) or record.name
            if (there := sides.side_of(record.name) or sides.side_of(page)) is not None:
                if there != side:
                    self._warn(name, record.name, f"it stands on side {there} already; it is kept there alone")
                continue
            above = parties[party.part_of].name if party.part_of is not None else ""
            if sides.side_of(above) == side:
                record = replace(record, relations=self._relations(above, edtf))
            self.records += self.names.take_actor(record)
            sides.add(side, record.name, page)
            yield CombatantRecord(record.name, side)

    def _relations(self, above: str, edtf: str | None) -> tuple[RelationRecord, ...]:
        """Return that a party below another is part of it: at the time of this event, if not before or after."""
        if edtf is None:
            return ()
        first, _, last = edtf.partition("/")
        until = None if last == ".." else last or first
        return (RelationRecord(RelationKind.PART_OF, above, first, until, self.slug),)

    def _date(self) -> str | None:
        if not self.box.text("date"):
            return None
        found, doubt = read_date(self.box.text("date"))
        if doubt:
            self._warn("date", self._line("date")[:200], doubt)
        return parse_edtf(found).text if found else None

    def _place(self) -> PlaceRecord | None:
        written = self.box.text("place")
        words = self._words("place", without_coordinates(written))
        place, doubts = read_place(words, (self.box.text("coordinates"), written), self.slug)
        for value, why in doubts:
            self._warn("coordinates" if "coord" in value.lower() else "place", value, why)
        return place

    def _conflict(self) -> str | None:
        """Name the conflict that the event is part of, where it is named.

        It is the first link, as displayed; by its page's title where that begins with the displayed words and says
        more: "Eastern Theater" alone is many a war's, and "the civil war", unlinked, is any's.
        """
        written = self.box.text("partof")
        if not written:
            return None
        link = _LINK.search(written)
        if link:
            target = link[1].partition("#")[0].replace("_", " ").strip()
            shown = self._words("partof", link[2]) if link[2] else target
            fuller = target.startswith(f"{shown} ") and not re.search(r"[0-9]", target[len(shown) :])
            name = target if fuller else shown or target
        else:
            name = re.sub(r"^(?:part of\s+)?(?:the\s+)?", "", self._line("partof"), flags=re.IGNORECASE)
        name = " ".join(name.split())[:_MOST_CONFLICT].strip()
        if not fold(name) or not (link or any(letter.isupper() for letter in name) or not name.isascii()):
            return None
        self.records.append(ConflictRecord(name, source=self.slug))
        return name

    def _add_words(self, claims: Claims, name: str, attribute: Attribute) -> None:
        """Add what could not be read of a field as a claim in its words."""
        if fold(words := self._line(name)):
            written = self.box.fields[name]
            claims.add_attribute(name, attribute, Field(written.text, self._at(written.line)), words)

    def _add_result(self, claims: Claims) -> None:
        """Add the result; "See Aftermath" is none."""
        written = self.box.fields.get("result")
        if written is None:
            return
        value = "; ".join(line.strip() for line in self._words("result", written.text).splitlines() if line.strip())
        if fold(value) and not fold(value).startswith("see "):
            claims.add_attribute("result", Attribute.RESULT, Field(written.text, self._at(written.line)), value)

    def _read(self, name: str, written: str, read: Callable[[str], T]) -> T | None:
        """Return what a field holds, or None, with a warning, where it is too long to be read."""
        try:
            return read(written)
        except ValueTooLongError as error:
            self._warn(name, written[:80], str(error))
            return None

    def _line(self, name: str) -> str:
        """Return a field's words in one line."""
        written = self.box.text(name)
        words = expand_dates(written[:MOST_DATE]) if name == "date" else self._words(name, written)
        return " ".join(words.split())

    def _words(self, name: str, written: str) -> str:
        return self._read(name, written, plain) or ""

    def _at(self, line: int) -> int:
        """Return the line of the file that a line of the page is on."""
        return self.page.line + line - 1

    def _warn(self, name: str, value: str, why: str) -> None:
        at = self._at(self.box.line_of(name))
        warning = Problem(self.path, at, name, value, why, self.title, warning=True)
        if warning not in self.warnings:
            self.warnings.append(warning)
