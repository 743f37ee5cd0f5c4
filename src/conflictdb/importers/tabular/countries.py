"""The countries of datasets, by their codes and by the names that UCDP, ACLED and GTD give them."""

from __future__ import annotations

from functools import lru_cache

from conflictdb.domain.folding import fold


@lru_cache(maxsize=4096)
def country_alpha3(name_or_code: str) -> str | None:
    """Return the ISO 3166 alpha-3 code of a country by its name or code, or None where it has none.

    Numbers are ISO 3166's, "466" or pandas' "466.0" for Mali, and not Gleditsch and Ward's. A state that is no more,
    such as the Soviet Union, and Kosovo, whose XKX is not of ISO 3166, have none: the caller keeps the name.
    """
    text = name_or_code.strip().removesuffix(".0")
    folded = fold(text)
    if not folded or folded in WITHOUT_CODE:
        return None
    return NAMES.get(folded) or _official().get(folded.zfill(3) if folded.isdigit() else folded)


@lru_cache(maxsize=1)
def _official() -> dict[str, str]:
    """Return the alpha-3 codes of ISO 3166 by all its codes and names, folded."""
    from iso3166 import countries  # only tables with countries pay for it

    return {
        fold(word): each.alpha3
        for each in countries
        for word in (each.name, each.apolitical_name, each.alpha2, each.alpha3, each.numeric)
        if each.alpha3 != "XKX"
    }


WITHOUT_CODE = frozenset({
    "kosovo", "xkx", "xk", "983", "czechoslovakia", "yugoslavia", "soviet union", "ussr", "east germany",
    "east germany gdr", "german democratic republic", "south vietnam", "vietnam republic of", "south yemen",
    "north yemen", "yemen peoples republic of", "serbia montenegro", "serbia and montenegro", "international",
    "new hebrides", "netherlands antilles", "abkhazia", "south ossetia", "somaliland", "zanzibar", "tibet",
    "akrotiri and dhekelia",
    "na",  # for "not known" in datasets, and hardly ever for Namibia
})  # fmt: skip
"""Names of datasets that ISO 3166 has no code for, by folded name: most are states that are no more."""

NAMES = {
    "bahamas the": "BHS", "bailiwick of guernsey": "GGY", "bailiwick of jersey": "JEY", "belarus byelorussia": "BLR",
    "bolivia": "BOL", "bosnia": "BIH", "bosnia herzegovina": "BIH", "britain": "GBR", "brunei": "BRN",
    "burkina faso upper volta": "BFA", "burma": "MMR", "burma myanmar": "MMR", "cambodia kampuchea": "KHM",
    "cape verde": "CPV", "caribbean netherlands": "BES", "congo brazzaville": "COG",
    "congo democratic republic of": "COD", "congo democratic republic of zaire": "COD", "congo kinshasa": "COD",
    "congo republic": "COG", "cote divoire": "CIV", "curacao": "CUW", "czech republic": "CZE",
    "democratic republic of congo": "COD", "democratic republic of the congo": "COD", "dr congo": "COD",
    "dr congo zaire": "COD", "drc": "COD", "east timor": "TLS", "eswatini": "SWZ", "eswatini swaziland": "SWZ",
    "falkland islands": "FLK", "gambia the": "GMB", "german federal republic": "DEU", "great britain": "GBR",
    "guinea bissau": "GNB", "iran": "IRN", "iran persia": "IRN", "italy sardinia": "ITA", "ivory coast": "CIV",
    "kingdom of eswatini": "SWZ", "kingdom of eswatini swaziland": "SWZ", "korea north": "PRK",
    "korea peoples republic of": "PRK", "korea republic of": "KOR", "korea south": "KOR", "kyrgyz republic": "KGZ",
    "laos": "LAO", "macau": "MAC", "macedonia": "MKD", "macedonia former yugoslav republic of": "MKD",
    "macedonia fyr": "MKD", "fyr macedonia": "MKD", "madagascar malagasy": "MDG", "micronesia": "FSM",
    "moldova": "MDA", "myanmar burma": "MMR", "north korea": "PRK", "north macedonia": "MKD", "palestine": "PSE",
    "palestinian territories": "PSE", "people s republic of china": "CHN", "peoples republic of the congo": "COG",
    "republic of congo": "COG", "republic of the congo": "COG", "rhodesia": "ZWE", "rumania": "ROU", "russia": "RUS",
    "russia soviet union": "RUS", "saint helena": "SHN", "saint martin": "MAF", "serbia yugoslavia": "SRB",
    "sint maarten": "SXM", "slovak republic": "SVK", "south korea": "KOR", "sri lanka ceylon": "LKA",
    "st kitts and nevis": "KNA", "st lucia": "LCA", "st vincent and the grenadines": "VCT", "surinam": "SUR",
    "swaziland": "SWZ", "syria": "SYR", "taiwan": "TWN", "tanzania": "TZA", "tanzania tanganyika": "TZA",
    "the bahamas": "BHS", "the gambia": "GMB", "trinidad": "TTO", "turkey": "TUR", "turkey ottoman empire": "TUR",
    "turkiye": "TUR", "uae": "ARE", "uk": "GBR", "united kingdom": "GBR", "united states": "USA",
    "united states of america": "USA", "us": "USA", "usa": "USA", "vatican": "VAT", "vatican city": "VAT",
    "venezuela": "VEN",
    "vietnam": "VNM", "vietnam democratic republic of": "VNM", "vietnam north vietnam": "VNM", "viet nam": "VNM",
    "north vietnam": "VNM", "virgin islands": "VIR", "west bank": "PSE", "gaza strip": "PSE",
    "west bank and gaza strip": "PSE", "west germany": "DEU", "west germany frg": "DEU", "western sahara": "ESH",
    "aland": "ALA", "british virgin islands": "VGB", "cocos islands": "CCK", "nauru": "NRU",
    "united states virgin islands": "VIR", "us virgin islands": "VIR",
    "yemen arab republic of yemen": "YEM", "yemen north yemen": "YEM", "zaire": "COD", "zimbabwe rhodesia": "ZWE",
}  # fmt: skip
"""What people and datasets call countries where ISO 3166 says it otherwise, by folded name."""
