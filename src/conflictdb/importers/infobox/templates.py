"""What the templates of infoboxes show: by their names, as data."""

from __future__ import annotations

import re

_DROPPED_BEGINNINGS = ("cite", "citation", "sfn", "harv", "refn", "efn", "ref", "note", "notelist", "cref", "cn")
DROPPED = frozenset(
    {"r", "rp", "cn", "fact", "when", "who", "by whom", "clarify", "dubious", "disputed inline", "better source needed"}
    | {"full", "page needed", "pn", "fv", "failed verification", "verify source", "update", "unreliable source?"}
    | {"discuss", "according to whom", "attribution needed", "specify", "isbn", "webarchive", "dead link", "void"}
    | {
        "increase",
        "decrease",
        "steady",
        "age in years, months and days",
        "coord",
        "anchor",
        "convert",
        "cvt",
        "tooltip",
    }
    | {"portal-inline", "main", "see also", "see below", "clear", "-", "endplainlist", "endflatlist", "plainlist end"}
    | {
        "end plainlist",
        "flatlist end",
        "clarify span",
        "sup",
        "sub",
        "contradictory inline",
        "original research inline",
    }
    | {"medical citation needed", "verification needed", "needs update", "speculation inline", "nonspecific", "which"}
)

# These hold a list in their first parameter, or open one that runs on after them.
CONTAINERS = frozenset(
    {"plainlist", "plain list", "flatlist", "startplainlist", "startflatlist", "cslist", "bulleted list"}
)
# These make a list item of every parameter.
LISTS = frozenset(
    {"unbulleted list", "ubl", "ublist", "ubli", "unbullet", "hlist", "hlist-comma", "bulleted list", "unordered list"}
    | {
        "ordered list",
        "collapsible list",
        "hidden",
        "hidden begin",
        "collapse",
        "columns-list",
        "bulletedlist",
        "bull list",
    }
)
TITLES = ("title", "header", "heading")

# These show a flag and, unless listed as pictures, a name.
FLAGS = frozenset(
    {"flag", "flagcountry", "flagu", "flaglink", "flag+link", "flaglist", "flagathlete", "flagof", "flagg", "navy"}
    | {"army", "air force", "armed forces", "military", "coast guard", "marines", "naval", "flagdeco+link"}
    | {"drapeau2", "drapeau", "bandera2", "bandera", "bandeira2", "bandeira", "bandiera", "country", "band"}
)
PICTURES = frozenset(
    {
        "flagicon",
        "flagdeco",
        "flagicon image",
        "flag icon",
        "flagicon-en",
        "noflag",
        "flagcu",
        "army flag",
        "armedforcesflag",
    }
    | {"flagdecoimage", "flag deco", "flag deco image", "drapeau", "bandera", "bandeira", "icon", "country flag"}
    | {
        "flagicon/core",
        "flagicon image2",
        "bandiera",
        "navy icon",
        "flagicon military",
        "team flag",
        "mil flag",
        "coat of arms",
        "emblem",
        "seal",
        "arms",
    }
)
SERVICES = {
    "army": "Army", "navy": "Navy", "air force": "Air Force", "armed forces": "Armed Forces", "military": "military",
    "coast guard": "Coast Guard", "marines": "Marines", "naval": "Navy",
}  # fmt: skip

# These show a text of their own; "1" stands for their first parameter.
LITERALS = {
    "nbsp": " ", "spaces": " ", "space": " ", "snd": " – ", "spnd": " – ", "sndash": " – ", "spaced ndash": " – ",
    "ndash": "–", "mdash": "–", "spaced en dash": " – ", "en dash": "–", "dash": "–", "·": " · ", "dot": " · ",
    "middot": " · ", "•": " • ", "bull": " • ", "bullet": " • ", "br": "\n", "break": "\n", "crlf": "\n", "-": "\n",
    "circa": "c. 1", "c.": "c. 1", "ca": "c. 1", "c": "c. 1", "approx": "c. 1", "pound": "£", "~": "~", "plus": "+",
    "!": "|", "=": "=", "comma": ",", "0-": "", "zwj": "", "zwsp": "", "shy": "", "wbr": "", "pad": "", "gap": " ",
    "hr": "\x1d",
}  # fmt: skip

# These show what became of a commander.
FATES = {
    "kia": "KIA", "killed in action": "KIA", "kia alt": "KIA", "†": "†", "dagger": "†", "wia": "WIA", "dow": "DOW",
    "wounded in action": "WIA", "pow": "POW", "prisoner of war": "POW", "mia": "MIA", "missing in action": "MIA",
    "executed": "executed", "surrendered": "surrendered", "captured": "captured", "assassinated": "assassinated",
    "suicide": "suicide", "natural causes": "natural causes", "skull and crossbones": "†", "died of wounds": "DOW",
    "disputed": "", "escaped": "escaped", "defected": "defected", "deserted": "deserted", "died": "†",
}  # fmt: skip

# The parameter that is shown, where it is not the first.
SHOWN = {
    "lang": "2", "langx": "2", "nihongo": "1", "color": "2", "colour": "2", "font color": "2", "fontcolor": "2",
    "resize": "2", "font": "text", "tooltip": "1", "abbr": "1", "ill": "1", "link-interwiki": "1", "hover": "1",
    "transl": "2", "transliteration": "2", "efn-text": "", "small": "1", "nowrap": "1", "val": "1", "num": "1",
    "formatnum": "1", "gaps": "1", "age": "", "inflation": "", "as of": "", "circa2": "1",
}  # fmt: skip

_FILE = re.compile(
    r"(?:(?:military |naval |war |civil )?(?:flags?|banners?|ensign|standard)|drapeau|bandera|bandeira|bandiera)"
    r"(?: of| de| do| da| del)?(?: the)?[ _]",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\.(?:svg|png|gif|jpe?g|webp)$", re.IGNORECASE)
_NO_FLAG = re.compile(r"icon|symbol|logo|pog|skull|map|photo|portrait", re.IGNORECASE)

# Codes that are no country's of today, or not the first name of one.
COUNTRIES = {
    "UK": "United Kingdom", "US": "United States", "USA": "United States", "UN": "United Nations",
    "EU": "European Union",
    "URS": "Soviet Union", "USSR": "Soviet Union", "GBR": "United Kingdom", "RUS": "Russia", "SYR": "Syria",
    "IRN": "Iran", "PRK": "North Korea", "KOR": "South Korea", "VNM": "Vietnam", "YUG": "Yugoslavia",
    "ROC": "Republic of China",
    "PRC": "China", "UAE": "United Arab Emirates", "DRC": "Democratic Republic of the Congo", "GER": "Germany",
    "COD": "Democratic Republic of the Congo", "TCH": "Czechoslovakia", "GDR": "East Germany", "DDR": "East Germany",
    "FRG": "West Germany", "FRY": "FR Yugoslavia", "NAZ": "Nazi Germany", "CSA": "Confederate States of America",
    "CIV": "Ivory Coast", "PSE": "Palestine", "TWN": "Taiwan", "MDA": "Moldova", "TUR": "Turkey",
    "CZE": "Czech Republic",
    "LAO": "Laos", "TZA": "Tanzania", "VEN": "Venezuela", "BOL": "Bolivia", "BRN": "Brunei", "MKD": "North Macedonia",
}  # fmt: skip


def is_dropped(name: str) -> bool:
    """Tell whether a template shows nothing that belongs to the value: references, notes, maintenance."""
    return name in DROPPED or (name.startswith(_DROPPED_BEGINNINGS) and name not in ("noteb", "centre"))


def country_name(code: str) -> str:
    """Return whose flag a code or a name asks for."""
    if not (code.isalpha() and code.isupper() and len(code) <= 4):
        return code
    if code in COUNTRIES:
        return COUNTRIES[code]
    import iso3166

    known = iso3166.countries_by_alpha3.get(code) or iso3166.countries_by_alpha2.get(code)
    return known.apolitical_name.partition(",")[0].partition(" (")[0] if known else code


def flag_of_file(name: str, *, certain: bool = False) -> str | None:
    """Return whose flag a picture is by its file name, or None where it does not say that it is one.

    `certain`: it stands where only a flag can.
    """
    stem = _EXTENSION.sub("", name.rpartition(":")[2].strip()).replace("_", " ")
    if match := _FILE.match(stem):
        return stem[match.end() :].strip() or None
    return stem or None if certain and not _NO_FLAG.search(stem) else None
