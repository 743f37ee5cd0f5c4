"""ACLED's event types, present and past, as types of ours and as words for a sub-type and a name."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from conflictdb.domain.coded import CodedWarning
from conflictdb.domain.vocabulary import EventType


class Kind(NamedTuple):
    """What an event is: its type, its sub-type, and the words that its name begins with."""

    type: str
    subtype: str | None
    words: str
    warnings: tuple[CodedWarning, ...] = ()


# Codebook 2023, section "Event and sub-event types".
_PRESENT: dict[str, tuple[str, str]] = {
    "battles": (EventType.BATTLE.value, "Battle"),
    "explosions/remote violence": (EventType.EXPLOSION.value, "Explosion or remote violence"),
    "violence against civilians": (EventType.VIOLENCE_AGAINST_CIVILIANS.value, "Violence against civilians"),
    "protests": (EventType.PROTEST.value, "Protest"),
    "riots": (EventType.RIOT.value, "Riot"),
    "strategic developments": (EventType.STRATEGIC.value, "Strategic development"),
    "strategic development": (EventType.STRATEGIC.value, "Strategic development"),
}
# Codebooks 2015 and 2017: these said what a sub-event type says now, and are given as such.
_PAST: dict[str, tuple[str, str]] = {
    "battle-no change of territory": (EventType.BATTLE.value, "Battle, no change of territory"),
    "battle-government regains territory": (EventType.BATTLE.value, "Government regains territory"),
    "battle-non-state actor overtakes territory": (EventType.BATTLE.value, "Non-state actor overtakes territory"),
    "battle-rebels overtake territory": (EventType.BATTLE.value, "Rebels overtake territory"),
    "remote violence": (EventType.EXPLOSION.value, "Remote violence"),
    "headquarters or base established": (EventType.STRATEGIC.value, "Headquarters or base established"),
    "non-violent transfer of territory": (EventType.STRATEGIC.value, "Non-violent transfer of territory"),
    "non-violent activity by a conflict actor": (EventType.STRATEGIC.value, "Non-violent activity by a conflict actor"),
    "non-violent rebel presence": (EventType.STRATEGIC.value, "Non-violent rebel presence"),
}
_CROWDS = "Riots/Protests"
_RIOTS = ("violent demonstration", "mob violence")


@lru_cache(maxsize=4096)
def read_kind(event_type: str, sub_event_type: str, crowd: str | None) -> Kind:
    """Return what an event is; `crowd` says what its actors make of it where the type is the old "Riots/Protests"."""
    plain = event_type.casefold().replace(" - ", "-").replace("- ", "-").replace(" / ", "/")
    if plain in _PRESENT:
        kind, words = _PRESENT[plain]
        told = sub_event_type if sub_event_type.casefold() != "other" else ""
        return Kind(kind, sub_event_type or None, told or words)
    if plain == _CROWDS.casefold():
        kind = _crowd_of(sub_event_type) or crowd or EventType.OTHER.value
        words = _CROWDS if kind == EventType.OTHER.value else kind.capitalize()
        return Kind(kind, sub_event_type or _CROWDS, sub_event_type or words)
    if plain in _PAST:
        kind, words = _PAST[plain]
        return Kind(kind, sub_event_type or words, sub_event_type or words)
    why = "it is no event type of ACLED's" if event_type else "there is no event type"
    warning = CodedWarning("event_type", event_type, f"{why}; taken as other")
    return Kind(
        EventType.OTHER.value, sub_event_type or event_type or None, sub_event_type or event_type or "Event", (warning,)
    )


def _crowd_of(sub_event_type: str) -> str | None:
    if not sub_event_type:
        return None
    return EventType.RIOT.value if sub_event_type.casefold() in _RIOTS else EventType.PROTEST.value
