"""Whom the pages of one file name: actors, people and claimants, as records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from conflictdb.domain.folding import fold
from conflictdb.domain.records import ActorRecord, PersonRecord, UnnamedRecord
from conflictdb.domain.vocabulary import ActorKind
from conflictdb.importers.infobox.stated import StatedCommander, StatedParty
from conflictdb.importers.tabular.countries import WITHOUT_CODE, country_alpha3

WIKIPEDIA = "Wikipedia"
MOST_NAME = 300
"""Letters; what is longer is no name."""

_MOST_KNOWN = 100_000
_FLAG = re.compile(r"\{\{\s*(flagcountry|flag|flagu|flag\+link|flaglink)\s*\|\s*\Z", re.IGNORECASE)
"""A template that shows flag and name, where the name begins."""
_STATE_WORDS = {"empire", "kingdom", "republic", "sultanate", "emirate", "duchy", "principality", "khanate", "tsardom",
                "commonwealth", "confederacy", "confederation", "caliphate", "dynasty", "raj"}  # fmt: skip
_WITNESSES = {"witness", "witnesses", "eyewitness", "eyewitnesses", "residents", "locals", "villagers", "survivors"}
_OFFICIALS = {
    "official", "officials", "source", "sources", "officer", "officers", "spokesman", "spokesperson", "spokesmen",
    "spokeswoman", "commander", "commanders", "minister", "governor",
}  # fmt: skip
_BODIES = {"police", "army", "military", "government", "opposition", "rebels", "militants", "hospital", "hospitals"}
_OTHERS = {
    "estimate", "estimates", "historians", "historian", "scholars", "scholar", "media", "press", "reports", "report",
    "activists", "medics", "doctors", "claim", "claims", "others", "accounts", "chroniclers", "analysts", "experts",
    "researchers", "monitors", "journalists",
}  # fmt: skip


@dataclass(slots=True)
class Names:
    """Who was named in one file already, by folded name: a record that says nothing new is not given again."""

    actors: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)

    def take_actor(self, record: ActorRecord) -> Iterator[ActorRecord]:
        """Yield the record, unless it says nothing new."""
        if _is_new(self.actors, record.name) or record.relations:
            yield record

    def take_person(self, record: PersonRecord) -> Iterator[PersonRecord]:
        """Yield the record, unless it says nothing new."""
        if _is_new(self.people, record.name):
            yield record


def _is_new(known: set[str], name: str) -> bool:
    if len(known) > _MOST_KNOWN:
        known.clear()
    new = fold(name) not in known
    known.add(fold(name))
    return new


def is_name(text: str) -> bool:
    """Return whether a text can be a name: it has a letter or digit, and is not overlong."""
    return bool(fold(text)) and len(text) <= MOST_NAME


def party_record(party: StatedParty, written: str, source: str) -> ActorRecord:
    """Return a belligerent, of a field `written` so, by its displayed name: of no known kind, but for a state.

    The page that is linked is no alias. "France" is linked to five pages, each of which is displayed in full
    elsewhere: as an alias it would make that name stand for two actors, whatever the order of imports.
    """
    name = party.name.strip(" {}[]|")
    flag = _FLAG.search(written, 0, party.start)
    kind = ActorKind.STATE if _is_state(name, flag[1].lower() if flag else "") else ActorKind.UNKNOWN
    return ActorRecord(name, kind, _country(name) if kind is ActorKind.STATE else None, source=source)


def _is_state(name: str, flag: str) -> bool:
    """A country's name is a state's; {{flagcountry}} shows states, {{flag}} also organisations and armed groups."""
    folded = fold(name)
    if flag == "flagcountry" or folded in WITHOUT_CODE or _country(name):
        return True
    words = folded.split()
    return bool(flag and words) and (not _STATE_WORDS.isdisjoint(words) or _country(words[-1]) is not None)


def _country(name: str) -> str | None:
    """A "Georgia" that fights may be the one in the Confederacy."""
    return country_alpha3(name) if len(name) > 3 and fold(name) != "georgia" else None


def person_record(commander: StatedCommander, source: str) -> PersonRecord:
    """Return a commander as a person, by the name of the page that is linked: "Duke of Somerset" is many a man."""
    return PersonRecord(page_name(commander.target) or commander.name, source=source)


def speaker(name: str) -> str | UnnamedRecord:
    """Return a claimant by name, or as one without a name: "witnesses", "a military source", "Jordanian officials"."""
    words = fold(name).split()
    kind = ActorKind.UNKNOWN
    if set(words) & _WITNESSES:
        kind = ActorKind.WITNESS
    elif set(words) & _OFFICIALS:
        kind = ActorKind.OFFICIAL
    nameless = not any(letter.isupper() for letter in name) and name.isascii()
    generic = set(words[-1:]) & (_WITNESSES | _OFFICIALS | _OTHERS) or set(words) <= _BODIES
    return UnnamedRecord(name, kind) if nameless or generic else name


def page_name(target: str | None) -> str | None:
    """Return the title of a linked page; a part of a page, another wiki's and another namespace's are nobody's name."""
    if not target or "#" in target or ":" in target or "{" in target:
        return None
    text = " ".join(target.replace("_", " ").split())
    return text if is_name(text) else None
