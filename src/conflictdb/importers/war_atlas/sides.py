"""The sides of a battle: who is meant by the names in two tables that were filled from Wikipedias in many languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from conflictdb.domain.folding import fold

_ENGLISH = {
    "Afghanistan": ("Афганистан",),
    "Armenia": ("Армения",),
    "Austria": ("Österreich", "Autriche", "Австрия"),
    "Austrian Empire": ("Empire d'Autriche", "Австрийская империя"),
    "Azerbaijan": ("Azerbaïdjan", "Азербайджан"),
    "Brazil": ("Brésil", "Бразилия"),
    "British Empire": ("Empire britannique", "Британская империя"),
    "Bulgaria": ("Bulgarie", "Болгария"),
    "Confederate States": ("États confédérés", "Confederate States of America"),
    "Croatia": ("Croatie", "Хорватия"),
    "Denmark": ("Danemark", "Dänemark", "Дания"),
    "Egypt": ("Égypte", "Ägypten", "Египет"),
    "Empire of Brazil": ("Empire du Brésil", "Бразильская империя"),
    "Empire of Japan": ("Empire du Japon", "Японская империя"),
    "Estonia": ("Estonie", "Эстония"),
    "Finland": ("Finlande", "Финляндия"),
    "France": ("Francia", "Франция"),
    "French Empire": ("Empire français", "Французская империя"),
    "French Republic": ("République française",),
    "French Union": ("Union française",),
    "Georgia": ("Géorgie", "Грузия"),
    "German Empire": ("Empire allemand", "Германская империя"),
    "Great Britain": ("Royaume de Grande-Bretagne", "Regno di Gran Bretagna"),
    "Greece": ("Grèce", "Греция"),
    "Habsburg monarchy": ("Monarchie de Habsbourg",),
    "Haiti": ("Haïti",),
    "Holy Roman Empire": ("Saint-Empire",),
    "India": ("Inde", "Индия"),
    "Iraq": ("Irak", "Ирак"),
    "Islamic State": ("État islamique",),
    "Israel": ("Israël", "Израиль"),
    "Italy": ("Italie", "Italia", "Италия"),
    "Japan": ("Japon", "Giappone", "Япония"),
    "Kingdom of France": ("Royaume de France",),
    "Kingdom of Italy": ("Royaume d'Italie", "Regno d'Italia", "Королевство Италия"),
    "Kingdom of Naples": ("Royaume de Naples",),
    "Kingdom of Portugal": ("Royaume de Portugal",),
    "Kingdom of Prussia": ("Royaume de Prusse",),
    "Kingdom of Sardinia": ("Royaume de Sardaigne",),
    "Kingdom of Spain": ("Royaume d'Espagne", "Королевство Испания"),
    "Mexico": ("Mexique", "México", "Мексика"),
    "Morocco": ("Maroc", "Марокко"),
    "Netherlands": ("Pays-Bas", "Нидерланды"),
    "North Korea": ("Corée du Nord",),
    "Norway": ("Norvège", "Норвегия"),
    "Ottoman Empire": ("Empire ottoman", "Osmanisches Reich", "Османская империя"),
    "Pakistan": ("Пакистан",),
    "Paraguay": ("República del Paraguay", "Парагвай"),
    "Peru": ("Pérou", "Perú", "Перу"),
    "Poland": ("Pologne", "Польша"),
    "Prussia": ("Prusse", "Preußen", "Пруссия"),
    "Qing dynasty": ("Dynastie Qing", "Цинская империя"),
    "Republicans": ("Républicains",),
    "Russia": ("Russie", "Россия"),
    "Russian Empire": ("Empire russe", "Российская империя"),
    "Russian SFSR": ("РСФСР",),
    "Soviet Union": ("Union soviétique", "Советский Союз", "СССР"),
    "Spain": ("Espagne", "España", "Испания"),
    "Spanish Empire": ("Empire espagnol", "Испанская империя"),
    "Sweden": ("Suède", "Schweden", "Швеция"),
    "Syrian Arab Republic": ("République arabe syrienne",),
    "Taliban": ("Talibans", "Талибан"),
    "Turkey": ("Turquie", "Турция"),
    "Ukraine": ("Украина",),
    "United Kingdom": ("Royaume-Uni", "Royaume-Uni de Grande-Bretagne et d'Irlande", "Великобритания"),
    "United States": ("États-Unis", "Estados Unidos", "США", "United States of America"),
    "Vietnam": ("Viêt Nam", "Вьетнам"),
}
"""What states and parties are called in the atlas, word for word in other languages, by their English names there."""

_NUMBERED = re.compile(r"side [0-9]+")
"""What stands where a Wikipedia names nobody; it is no name."""

_ENGLISH_OF = {fold(other): name for name, others in _ENGLISH.items() for other in others}


def english_name(name: str) -> str:
    """Return the English name of a state where the atlas writes another; else the name itself."""
    return _ENGLISH_OF.get(fold(name), name)


@dataclass(slots=True)
class Sides:
    """Who fought a battle: `numbers` are their sides from 1 by English name, in order of appearance.

    `spoken` is how the atlas writes each of them. `unplaced` are the names of casualties of which there is no telling
    which of the sides they are.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    spoken: dict[str, str] = field(default_factory=dict)
    unplaced: tuple[str, ...] = ()
    _known: dict[str, str] = field(default_factory=dict)

    def name_of(self, side: str) -> str | None:
        """Return the English name of a side that is among the numbers."""
        return self._known.get(_plain(side))

    def index_of(self, side: str) -> int | None:
        """Return the place of a side among the numbers, from 0."""
        name = self.name_of(side)
        return None if name is None else list(self.numbers).index(name)

    def _add(self, side: str, number: int) -> None:
        name = english_name(side)
        if self._known.setdefault(_plain(side), name) == name and name not in self.numbers:
            self.numbers[name] = number
            self.spoken[name] = side


def find_sides(forces: Iterable[str], casualties: Iterable[str]) -> Sides:
    """Return the sides of a battle from the names in the two tables, each of which names the sides in one language.

    Names within one table are of different sides. A name of the casualties that is none of the forces' is of the side
    that is left, where there are two of each and the others are the same. Else it is unplaced: "Empire britannique"
    beside the forces of "South African Republic" and "United Kingdom" is a third side to nobody.
    """
    sides = Sides()
    armed, lost = _distinct(forces), _distinct(casualties)
    for side in armed.values():
        sides._add(side, len(sides.numbers) + 1)
    others = [side for plain, side in lost.items() if plain not in armed]
    if not armed:
        for side in others:
            sides._add(side, len(sides.numbers) + 1)
    elif len(armed) == 2 and len(lost) == 2 and len(others) == 1:
        left = next(plain for plain in armed if plain not in lost)
        sides._add(others[0], sides.numbers[sides._known[left]])
    else:
        sides.unplaced = tuple(others)
    return sides


def _distinct(names: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        if name and not _NUMBERED.fullmatch(name):
            found.setdefault(_plain(name), name)
    return found


def _plain(side: str) -> str:
    return fold(english_name(side)) or side
