"""What a mapping may say: its sections, and the fields of an event that a column can fill."""

from __future__ import annotations

SECTIONS = {
    "dataset": "what the table is",
    "columns": "our field = your column",
    "always": "our field = what it is in every row",
    "figures": "your column = what it counts, and of whom",
    "values": "words of yours -> ours, by field",
}

DATASET_KEYS = {
    "name": "short: the scheme of the events' ids, as in incidents:17",
    "title": "what the table is called",
    "recorder": "whose figures these are, where no column says who stated them",
    "licence": "under which the table is published",
    "url": "where it is found",
}

FIELDS = {
    "id": "the event's own number; rows of one event stand together",
    "name": "what the event is called",
    "type": "battle, explosion, violence_against_civilians, terrorism, strategic, other",
    "subtype": "the kind in your own words",
    "conflict": "the war it belongs to",
    "date": "the day; also 2019-03 or 2019",
    "date_end": "the last day, where it was more than one",
    "place": "the village, town or site",
    "admin1": "the region",
    "admin2": "the district",
    "country": "name or ISO 3166 code",
    "latitude": "degrees north",
    "longitude": "degrees east",
    "side_1": "who fought on one side; several with ; between them",
    "side_2": "who fought on the other side",
    "result": "how it ended",
    "notes": "what happened, in prose",
    "source": "the document: its title or its address",
    "claimant": "who states the figures; several with ; between them",
    "stated_on": "the day they were stated",
    "wording": "the claimant's words",
}

SIDES = ("side_1", "side_2")
DATES = ("date", "date_end", "stated_on")
