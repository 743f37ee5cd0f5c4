"""The closed vocabularies of the model: every word a column may hold, and nothing else."""

from __future__ import annotations

from enum import StrEnum


class ClaimKind(StrEnum):
    """What a claim is about."""

    CASUALTY = "casualty"
    STRENGTH = "strength"
    COMMANDER = "commander"
    ATTRIBUTE = "attribute"


class Metric(StrEnum):
    """What a figure counts. `casualties` is killed and wounded not told apart, and never means deaths."""

    KILLED = "killed"
    WOUNDED = "wounded"
    MISSING = "missing"
    CAPTURED = "captured"
    DESERTED = "deserted"
    DISPLACED = "displaced"
    CASUALTIES = "casualties"
    MATERIEL = "materiel"
    PERSONS = "persons"


STRENGTH_METRICS = (Metric.PERSONS, Metric.MATERIEL)
CASUALTY_METRICS = tuple(metric for metric in Metric if metric is not Metric.PERSONS)
PERSON_METRICS = tuple(metric for metric in CASUALTY_METRICS if metric is not Metric.MATERIEL)


class Item(StrEnum):
    """The kind of thing that a materiel figure counts; its exact name stands in `group`."""

    VEHICLE = "vehicle"
    AIRCRAFT = "aircraft"
    VESSEL = "vessel"
    WEAPON = "weapon"
    ANY = "any"


class ItemFate(StrEnum):
    """What became of the things that a materiel figure counts."""

    DESTROYED = "destroyed"
    CAPTURED = "captured"
    DAMAGED = "damaged"
    LOST = "lost"
    PRESENT = "present"


class PersonFate(StrEnum):
    """What became of a commander. A fate is not a casualty claim."""

    KILLED = "killed"
    WOUNDED = "wounded"
    CAPTURED = "captured"
    MISSING = "missing"
    SURVIVED = "survived"


class Qualifier(StrEnum):
    """How a figure was worded; it decides which bounds the figure has."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    OPEN_RANGE = "open_range"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    RANGE = "range"
    APPROXIMATE = "approximate"
    VAGUE = "vague"
    ZERO_OR_UNKNOWN = "zero_or_unknown"


class SubjectKind(StrEnum):
    """Whose losses or strength a figure is about."""

    COMBATANT = "combatant"
    SIDE = "side"
    CIVILIANS = "civilians"
    UNKNOWN = "unknown"
    TOTAL = "total"


class Status(StrEnum):
    """What the claimant said of its own figure."""

    PROVISIONAL = "provisional"
    UNCONFIRMED = "unconfirmed"
    REVISED = "revised"
    FINAL = "final"


class LinkKind(StrEnum):
    """How one claim bears on another of the same event."""

    SUPERSEDES = "supersedes"
    CORRECTS = "corrects"
    CORROBORATES = "corroborates"
    REPEATS = "repeats"
    CONTRADICTS = "contradicts"
    DERIVED_FROM = "derived_from"
    RETRACTS = "retracts"


class Stake(StrEnum):
    """Where a claimant stands towards the subject of its claim, in one event."""

    OWN_SIDE = "own_side"
    ADVERSARY = "adversary"
    THIRD_PARTY = "third_party"
    PARTY = "party"
    RECORDER = "recorder"
    UNKNOWN = "unknown"


class Attribute(StrEnum):
    """What an attribute claim states. A claim of responsibility is one of these, never a casualty claim."""

    RESULT = "result"
    RESPONSIBILITY = "responsibility"
    DATE = "date"
    PLACE = "place"
    NAME = "name"
    TYPE = "type"
    SUBTYPE = "subtype"
    CONFLICT = "conflict"
    START = "start"
    END = "end"
    TIME_ZONE = "time_zone"
    SUMMARY = "summary"


class ActorKind(StrEnum):
    """What an actor is. A recorder is a coder such as UCDP or Wikipedia: its figures are estimates."""

    STATE = "state"
    STATE_FORCES = "state_forces"
    ARMED_GROUP = "armed_group"
    PARTY = "party"
    IGO = "igo"
    NGO = "ngo"
    MEDIUM = "medium"
    CIVILIANS = "civilians"
    OFFICIAL = "official"
    WITNESS = "witness"
    RECORDER = "recorder"
    UNKNOWN = "unknown"


class RelationKind(StrEnum):
    """How one actor is related to another."""

    PART_OF = "part_of"
    ALLIED_WITH = "allied_with"
    RENAMED_TO = "renamed_to"
    SPLINTER_OF = "splinter_of"


class Role(StrEnum):
    """What a combatant did in an event."""

    ATTACKER = "attacker"
    DEFENDER = "defender"
    UNKNOWN = "unknown"


class EventType(StrEnum):
    """The broad kind of an event; `subtype` says the rest in words."""

    BATTLE = "battle"
    EXPLOSION = "explosion"
    VIOLENCE_AGAINST_CIVILIANS = "violence_against_civilians"
    TERRORISM = "terrorism"
    RIOT = "riot"
    PROTEST = "protest"
    STRATEGIC = "strategic"
    STATE_BASED = "state_based"
    NON_STATE = "non_state"
    ONE_SIDED = "one_sided"
    OTHER = "other"


class DatePrecision(StrEnum):
    """How near an event's date is known (UCDP date_prec 1-5; ACLED time_precision 1-3)."""

    DAY = "day"
    DAYS = "days"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"


class PlacePrecision(StrEnum):
    """How near the coordinates are to where it happened (UCDP 1-7; ACLED 1-3; GTD 1-5)."""

    EXACT = "exact"
    NEAR = "near"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    FUZZY = "fuzzy"
    COUNTRY = "country"
    INTERNATIONAL = "international"


class Verdict(StrEnum):
    """What a person judged."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    UNREASONABLE = "unreasonable"


class Basis(StrEnum):
    """Which claims an estimate is computed from."""

    CLAIMS = "claims"
    ESTIMATES = "estimates"
    BOTH = "both"
