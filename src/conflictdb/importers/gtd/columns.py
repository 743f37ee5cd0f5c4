"""The columns of the Global Terrorism Database that are read, and how its files are told from others."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from conflictdb.errors import ConflictDBError
from conflictdb.importers.tabular.columns import Column, score
from conflictdb.importers.tabular.reader import find_names

_YES = {"1": "yes", "0": "no", "-9": "unknown"}

ATTACKS = {
    "1": "Assassination", "2": "Armed Assault", "3": "Bombing/Explosion", "4": "Hijacking",
    "5": "Hostage Taking (Barricade Incident)", "6": "Hostage Taking (Kidnapping)",
    "7": "Facility/Infrastructure Attack", "8": "Unarmed Assault", "9": "Unknown",
}  # fmt: skip

# The roman numbers are the sections of the codebook of 2021. What is not declared stays in the row as it stands.
COLUMNS = (
    Column("eventid", "the incident's id, twelve digits: a date and a number; section I", required=True),
    Column("iyear", "the year; section I", required=True),
    Column("imonth", "the month, 0 where it is not known; section I"),
    Column("iday", "the day, 0 where it is not known; section I"),
    Column("extended", "whether it lasted more than 24 hours; section I", codes=_YES),
    Column("resolution", "the day that an extended incident ended; section I"),
    Column("country_txt", "the country's name at the time; section III"),
    Column("provstate", "the first-order division; section III"),
    Column("city", "the town; section III"),
    Column("latitude", "degrees north, WGS 84; section III"),
    Column("longitude", "degrees east, WGS 84; section III"),
    Column("specificity", "what the coordinates are of; section III",
           codes={"1": "the town", "2": "the middle of the smallest division around the town",
                  "3": "the middle of the smallest division", "4": "the middle of the first-order division",
                  "5": "unknown"}),
    Column("vicinity", "whether it was near the town, not in it; section III", codes=_YES),
    Column("summary", "what happened, in prose; section I"),
    Column("attacktype1", "how it was done, as a code; section IV", codes=ATTACKS),
    Column("attacktype1_txt", "how it was done; section IV"),
    Column("targtype1_txt", "who or what was attacked, as a kind; section VI"),
    Column("corp1", "the body attacked; section VI"),
    Column("target1", "the person or thing attacked; section VI"),
    Column("gname", "the group held to have done it; section VII"),
    Column("gsubname", "which part of the group; section VII"),
    Column("gname2", "another group held to have done it; section VII"),
    Column("gsubname2", "which part of the second group; section VII"),
    Column("gname3", "a third group; section VII"),
    Column("gsubname3", "which part of the third group; section VII"),
    Column("guncertain1", "whether the first group is only suspected; section VII", codes=_YES),
    Column("guncertain2", "whether the second group is only suspected; section VII", codes=_YES),
    Column("guncertain3", "whether the third group is only suspected; section VII", codes=_YES),
    Column("nperps", "how many attacked; -99 unknown; section VII"),
    Column("nperpcap", "how many of the attackers were taken; -99 unknown; section VII"),
    Column("claimed", "whether the first group claimed it; section VII", codes=_YES),
    Column("claimmode_txt", "how the first group claimed it; section VII"),
    Column("claim2", "whether the second group claimed it; section VII", codes=_YES),
    Column("claimmode2_txt", "how the second group claimed it; section VII"),
    Column("claim3", "whether the third group claimed it; section VII", codes=_YES),
    Column("claimmode3_txt", "how the third group claimed it; section VII"),
    Column("compclaim", "whether the claims exclude each other; section VII", codes=_YES),
    Column("weaptype1_txt", "the weapon; section V"),
    Column("nkill", "all killed, attackers too; section VIII"),
    Column("nkillus", "US nationals killed; section VIII"),
    Column("nkillter", "attackers killed; section VIII"),
    Column("nwound", "all wounded, attackers too; section VIII"),
    Column("nwoundus", "US nationals wounded; section VIII"),
    Column("nwoundte", "attackers wounded; section VIII"),
    Column("nhostkid", "how many people were taken; -99 unknown; section VIII"),
    Column("addnotes", "further notes, sometimes how the figures were chosen; section IX"),
    Column("scite1", "the first source; section IX"),
    Column("scite2", "the second source; section IX"),
    Column("scite3", "the third source; section IX"),
    Column("related", "the ids of linked incidents; section I"),
)  # fmt: skip

_DATES = tuple(Column(name, "") for name in ("iyear", "imonth", "iday"))
_OTHERS = tuple(Column(name, "") for name in ("eventid", "gname", "nkill", "attacktype1_txt"))


class Row(NamedTuple):
    """The cells of COLUMNS, in their order."""

    eventid: str
    iyear: str
    imonth: str
    iday: str
    extended: str
    resolution: str
    country_txt: str
    provstate: str
    city: str
    latitude: str
    longitude: str
    specificity: str
    vicinity: str
    summary: str
    attacktype1: str
    attacktype1_txt: str
    targtype1_txt: str
    corp1: str
    target1: str
    gname: str
    gsubname: str
    gname2: str
    gsubname2: str
    gname3: str
    gsubname3: str
    guncertain1: str
    guncertain2: str
    guncertain3: str
    nperps: str
    nperpcap: str
    claimed: str
    claimmode_txt: str
    claim2: str
    claimmode2_txt: str
    claim3: str
    claimmode3_txt: str
    compclaim: str
    weaptype1_txt: str
    nkill: str
    nkillus: str
    nkillter: str
    nwound: str
    nwoundus: str
    nwoundte: str
    nhostkid: str
    addnotes: str
    scite1: str
    scite2: str
    scite3: str
    related: str


def looks_like_gtd(path: Path) -> bool:
    """Return whether the header is GTD's, if need be without an id: what is missing is told on reading."""
    try:
        names = find_names(path)
    except ConflictDBError:  # a zip of several files: what the user must choose is told when nothing recognises it
        return False
    return score(_DATES, names) >= 0.6 and score(_OTHERS, names) >= 0.5
