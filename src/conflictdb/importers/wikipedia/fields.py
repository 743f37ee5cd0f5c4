"""The fields of {{Infobox military conflict}} that are read, and what becomes of each.

https://en.wikipedia.org/wiki/Template:Infobox_military_conflict, section "Usage". A letter may follow the number of a
side (`combatant1a`): it is a part of that side's column. Image, caption, map, territory, status, units, notes and
campaignbox are not read.
"""

from __future__ import annotations

from conflictdb.importers.tabular.columns import Column

FIELDS = (
    Column("conflict", "the event's name, and the page's title where the file does not tell it"),
    Column("partof", "the conflict that it is part of: the first link", ("part of",)),
    Column("date", "the date; what cannot be read of it is a claim in its words", ("dates",)),
    Column("place", "name, areas and country; several places are a claim in their words", ("location",)),
    Column("coordinates", "latitude and longitude, in degrees or in degrees, minutes and seconds", ("coords",)),
    Column("result", "an attribute claim of Wikipedia", ("outcome",)),
    *(Column(f"combatant{side}", f"who fought on side {side}; supporters are left out") for side in (1, 2, 3)),
    *(Column(f"commander{side}", f"who led side {side}, and what became of them") for side in (1, 2, 3)),
    *(Column(f"strength{side}", f"persons and materiel of side {side}: claims") for side in (1, 2, 3)),
    *(Column(f"casualties{side}", f"losses of side {side}, or of civilians: claims") for side in (1, 2, 3)),
)

_NAMES = {name.replace(" ", ""): field.name for field in FIELDS for name in field.names}


def field_name(written: str) -> str:
    """Return a field's name as it is declared, in lower case and without spaces; an unknown one as it is written."""
    plain = written.strip().lower().replace(" ", "").replace("_", "")
    return _NAMES.get(plain, plain)
