"""The columns of the War Atlas's tables, as https://thewaratlas.co/data describes them and as they stand in them."""

from __future__ import annotations

from collections.abc import Mapping

from conflictdb.importers.tabular.columns import Column

QID = "the item in Wikidata"
PAGE = "its page at thewaratlas.co"

BATTLES = (
    Column("slug", "the battle's own id", required=True),
    Column("title", "name, which is Wikidata's label but for a few", required=True),
    Column("war_slug", "the war, in wars.csv", required=True),
    Column("campaign_slug", "the campaign, of which there is no table: kept as it stands"),
    Column("year", "year it began", required=True),
    Column("date_iso", "day it began; the first of a month or year also stands for the month or year", required=True),
    Column("date_display", "the same in words; where date_iso is blank, the span", required=True),
    Column("location", "name of the place, mostly blank"),
    Column("lat", "degrees north", required=True),
    Column("lng", "degrees east", required=True),
    Column(
        "coord_precision",
        "whose coordinates these are",
        codes={"exact": "exact", "place": "fuzzy"},  # a place may be a town or a province
    ),
    Column("coord_source", "Wikidata's property: battle_p625 is the battle's own, located_in the place's"),
    Column("result", "how it ended, in words; mostly blank"),
    Column("intensity", "a score from 0 to 100: kept as it stands"),
    Column("confidence_level", "how sure the atlas is of a result: high, medium, low"),
    Column("is_indexable", "whether its page is shown to search engines: kept as it stands"),
    Column("wikidata_qid", QID, required=True),
    Column("wikipedia_url", "the page of that title in the English Wikipedia", required=True),
    Column("url", PAGE),
)
FORCES = (
    Column("battle_slug", "the battle", required=True),
    Column("side", "who, as some language's Wikipedia calls it", required=True),
    Column("strength_low", "persons, at least", required=True),
    Column("strength_high", "persons, at most", required=True),
    Column("confidence", "how sure the atlas is: medium throughout"),
    Column("source_slug", "the document, in sources.csv; mostly blank"),
)
CASUALTIES = (
    Column("battle_slug", "the battle", required=True),
    Column("side", "whose, as some language's Wikipedia calls it", required=True),
    Column("casualties_low", "casualties, which are not deaths alone, at least", required=True),
    Column("casualties_high", "casualties, at most", required=True),
    Column("confidence", "how sure the atlas is: medium throughout"),
    Column("source_slug", "the document, in sources.csv; mostly blank"),
)
WARS = (
    Column("slug", "the war's own id", required=True),
    Column("title", "name", required=True),
    Column("start_year", "year it began", required=True),
    Column("wikidata_qid", QID, required=True),
)
COMMANDERS = (
    Column("slug", "the commander's own id", required=True),
    Column("name", "as infoboxes name them: a few are units, not people", required=True),
    Column("primary_faction_slug", "the faction, in factions.csv", required=True),
    Column("birth_year", "year of birth", required=True),
    Column("death_year", "year of death", required=True),
    Column("wikidata_qid", QID, required=True),
)
FACTIONS = (
    Column("slug", "the faction's own id", required=True),
    Column("name", "name", required=True),
    Column("wikidata_qid", QID, required=True),
)
SOURCES = (
    Column("slug", "the document's own id", required=True),
    Column("source_type", "monograph, academic_journal, government_archive...", required=True),
    Column("title", "title", required=True),
    Column("url", "address", required=True),
)

TABLES: Mapping[str, tuple[Column, ...]] = {
    "battles.csv": BATTLES,
    "battle_forces.csv": FORCES,
    "battle_casualties.csv": CASUALTIES,
    "wars.csv": WARS,
    "commanders.csv": COMMANDERS,
    "factions.csv": FACTIONS,
    "sources.csv": SOURCES,
}
