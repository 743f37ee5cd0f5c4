"""One row of GTD, made into an event with its attackers and GTD's estimates."""

from __future__ import annotations

import re
from functools import lru_cache

from conflictdb.domain.coded import CodedEvent, CodedPlace, CodedWarning
from conflictdb.domain.vocabulary import EventType, PlacePrecision
from conflictdb.importers.gtd.columns import ATTACKS, Row
from conflictdb.importers.gtd.dates import UNKNOWN, read_when
from conflictdb.importers.gtd.figures import KILLED, WOUNDED, find_rule, read_losses, read_people
from conflictdb.importers.gtd.groups import Group, is_nobody, read_attackers
from conflictdb.importers.tabular.cells import identifier
from conflictdb.importers.tabular.points import read_country, read_point
from conflictdb.importers.tabular.rows import FaultError

# Codebook 2021, section III. 2 is the middle of the smallest division around a town that has no coordinates of its
# own, so near it; 3 is that of a division with no town, so known to that division; 4 is the first-order one; 5 is none.
_PRECISION = {
    "1": "exact", "2": "near", "3": "admin2", "4": "admin1",
    "5": None, "": None,
}  # fmt: skip
_ID_DIGITS = 12
_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+")


def read_event(line: int, cells: tuple[str, ...], original: tuple[str, ...]) -> CodedEvent:
    """Return the event of a row. Raises FaultError where it is refused."""
    row = Row._make(map(str.strip, cells))
    native_id, odd = _read_id(row.eventid)
    when = read_when(row.iyear, row.imonth, row.iday, row.extended, row.resolution)
    rule = find_rule(row.addnotes)
    killed, odd_killed = read_losses(KILLED, row.nkill, row.nkillus, row.nkillter, rule)
    wounded, odd_wounded = read_losses(WOUNDED, row.nwound, row.nwoundus, row.nwoundte, rule)
    people = read_people(row.nperps, row.nperpcap, row.nhostkid)
    place, doubts = _read_place(
        row.city, row.provstate, row.country_txt, row.latitude, row.longitude, row.specificity, row.vicinity
    )
    attackers = read_attackers(
        Group("", row.gname, row.gsubname, row.guncertain1, row.claimed, row.claimmode_txt),
        Group("2", row.gname2, row.gsubname2, row.guncertain2, row.claim2, row.claimmode2_txt),
        Group("3", row.gname3, row.gsubname3, row.guncertain3, row.claim3, row.claimmode3_txt),
        row.compclaim,
    )
    attack = _read_attack(row.attacktype1_txt, row.attacktype1)
    return CodedEvent(
        line, native_id, _name(attack, row.gname, place), EventType.TERRORISM.value, attack,
        when.date, when.precision, when.first_day, when.last_day,
        place, None, attackers.fighters, killed + wounded + people, original, attackers.statements,
        row.summary or None,
        "; ".join(filter(None, (row.scite1, row.scite2, row.scite3))),
        tuple(
            text
            for text in (row.target1, row.corp1, row.targtype1_txt, row.weaptype1_txt, row.addnotes, row.related)
            if _tells(text)
        ),
        warnings=odd + when.warnings + doubts + attackers.warnings + odd_killed + odd_wounded,
    )  # fmt: skip


def _read_id(text: str) -> tuple[str, tuple[CodedWarning, ...]]:
    native_id = identifier(text)
    if native_id.isascii() and native_id.isdigit():
        if len(native_id) == _ID_DIGITS:
            return native_id, ()
        return native_id, (CodedWarning("eventid", text, f"ids have {_ID_DIGITS} digits: some may be lost"),)
    why = "there is no id" if not text else "it is no number"
    if _ROUNDED.fullmatch(text):
        why = "a spreadsheet has rounded it and its last digits are lost; import the file as START gives it"
    raise FaultError("eventid", text, why)


@lru_cache(maxsize=65_536)
def _read_place(
    city: str, provstate: str, country: str, north: str, east: str, specificity: str, vicinity: str
) -> tuple[CodedPlace | None, tuple[CodedWarning, ...]]:
    """Return where it was. Raises FaultError."""
    (latitude, longitude), doubts = read_point(north, east)
    code, unknown = read_country(country)
    precision = _PRECISION.get(specificity.removesuffix(".0"), "")
    if precision == "":
        precision = None
        if specificity not in UNKNOWN:
            why = "it is no code of 1 to 5: how near the place is is not known"
            doubts += (CodedWarning("specificity", specificity, why),)
    if precision is PlacePrecision.EXACT.value and vicinity.removesuffix(".0") == "1":
        precision = PlacePrecision.NEAR.value  # the coordinates are the town's, and it was outside
    town, province = (name if _tells(name) else None for name in (city, provstate))
    if not (town or province or country or latitude is not None):
        return None, doubts + unknown
    return CodedPlace(town, province, None, code, country or None, latitude, longitude, precision), doubts + unknown


@lru_cache(maxsize=256)
def _read_attack(words: str, code: str) -> str | None:
    """Return how it was done, by the code where there are no words, None where that is not known."""
    attack = words or ATTACKS.get(code.removesuffix(".0"), "")
    return attack if _tells(attack) else None


def _name(attack: str | None, gname: str, place: CodedPlace | None) -> str:
    """Return a name such as "Armed assault by Example Front (EF), Exampleville"."""
    name = attack.capitalize() if attack else "Attack"
    if not is_nobody(gname):
        name = f"{name} by {gname}"
    where = place and (place.name or place.admin1 or place.country_name)
    return f"{name}, {where}" if where else name


def _tells(text: str) -> bool:
    return text != "" and text.casefold() != "unknown"
