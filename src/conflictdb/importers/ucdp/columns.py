"""The columns of GED, as the files and their codebook have them."""

from __future__ import annotations

from collections.abc import Mapping

from conflictdb.importers.tabular.columns import Column

TYPES: Mapping[str, str] = {"1": "state_based", "2": "non_state", "3": "one_sided"}
DATE_PRECISIONS: Mapping[str, str] = {
    "1": "day", "2": "days", "3": "week", "4": "month",
    "5": "year",
}  # fmt: skip
PLACE_PRECISIONS: Mapping[str, str] = {
    "1": "exact", "2": "near", "3": "admin2", "4": "admin1",
    "5": "fuzzy", "6": "country", "7": "international",
}  # fmt: skip

# From the UCDP GED codebook, its list of variables. What is said to be "kept" stays in the original of the row.
COLUMNS = (
    Column("id", "number of the event, the same in every release", ("event_id",), required=True),
    Column("relid", "number in UCDP's own system, country-year-type-dyad-number: a further number of the event"),
    Column("year", "year of the event; checked against the dates"),
    Column("active_year", "whether the dyad passed 25 deaths that year; kept"),
    Column("code_status", "Clear, or what is still to be checked (Candidate); kept"),
    Column("type_of_violence", "what kind of violence", required=True, codes=TYPES),
    Column("conflict_dset_id", "number of the conflict before 2017; kept", ("conflict_id",)),
    Column("conflict_new_id", "number of the conflict"),
    Column("conflict_name", "the conflict"),
    Column("dyad_dset_id", "number of the dyad before 2017; kept", ("dyad_id",)),
    Column("dyad_new_id", "number of the dyad"),
    Column("dyad_name", "the dyad: a conflict within the conflict"),
    Column("side_a_dset_id", "number of side A before 2017; kept", ("side_a_id",)),
    Column("side_a_new_id", "number of side A in the actor list"),
    Column("side_a", "side A; in state-based conflicts a government", required=True),
    Column("side_b_dset_id", "number of side B before 2017; kept", ("side_b_id",)),
    Column("side_b_new_id", "number of side B in the actor list"),
    Column("side_b", "side B; Civilians where the violence is one-sided", required=True),
    Column("number_of_sources", "how many reports; -1 is not recorded; kept"),
    Column("source_article", "the reports, as quoted triples; to find the event by, where there are no headlines"),
    Column("source_office", "publishers of the reports, joined by ; to find the event by"),
    Column("source_date", "dates of the reports, joined by ; kept"),
    Column("source_headline", "headlines of the reports, joined by ; to find the event by"),
    Column("source_original", "who said so in the reports: what the estimate is based on"),
    Column("where_prec", "how near the coordinates are", codes=PLACE_PRECISIONS),
    Column("where_coordinates", "name of the place"),
    Column("where_description", "the place in the words of the reports; to find the event by"),
    Column("adm_1", "first-order administrative division", ("adm1",)),
    Column("adm_2", "second-order administrative division", ("adm2",)),
    Column("latitude", "degrees north, WGS 84", ("lat",)),
    Column("longitude", "degrees east, WGS 84", ("lon", "long")),
    Column("geom_wkt", "the same as POINT (longitude latitude); checked against them"),
    Column("priogrid_gid", "cell of PRIO-GRID; kept"),
    Column("country", "country in which it happened"),
    Column("iso3", "its ISO 3166 code, in copies of the Humanitarian Data Exchange"),
    Column("country_id", "its number by Gleditsch and Ward; kept", ("gwno",)),
    Column("region", "continent; kept"),
    Column("event_clarity", "1 an event of its own, 2 part of a sum over time or places; kept"),
    Column("date_prec", "how near the dates are", codes=DATE_PRECISIONS),
    Column("date_start", "first day it may have been", required=True),
    Column("date_end", "last day it may have been"),
    Column("deaths_a", "dead of side A, of the best estimate"),
    Column("deaths_b", "dead of side B, of the best estimate"),
    Column("deaths_civilians", "dead civilians, of the best estimate"),
    Column("deaths_unknown", "dead of unknown status, of the best estimate"),
    Column("best", "dead in all: the best estimate", ("best_est",), required=True),
    Column("high", "dead in all: the highest credible estimate", ("high_est",), required=True),
    Column("low", "dead in all: the lowest credible estimate", ("low_est",), required=True),
    Column("gwnoa", "side A's number by Gleditsch and Ward, if it is a government; kept"),
    Column("gwnob", "side B's number by Gleditsch and Ward, if it is a government; kept"),
)

STANDARD_ORDER = tuple(column.name for column in COLUMNS if column.name != "iso3")
"""The 49 columns of GED 22.1 to 26.1."""

ORDER_OF_19_1 = (
    "id", "year", "active_year", "type_of_violence", "conflict_new_id", "conflict_name", "dyad_new_id", "dyad_name",
    "side_a_new_id", "gwnoa", "side_a", "side_b_new_id", "gwnob", "side_b", "number_of_sources", "source_article",
    "source_office", "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "adm_1",
    "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "low", "best",
    "high",
)  # fmt: skip
"""The 42 columns of GED 19.1."""

BY_NAME = {column.name: column for column in COLUMNS}
