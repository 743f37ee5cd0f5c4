"""The fields and terms of the query grammar: what each takes and means, and how it is written back and read out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from conflictdb.domain.vocabulary import PERSON_METRICS, EventType, Metric, Stake, Status

Level = Literal["event", "claim", "both"]
Kind = Literal["text", "choice", "side", "date", "count", "near", "order", "limit"]
CountOp = Literal["any", ">=", "<=", "=", ">", "<"]

STRENGTH = "strength"
COUNT_METRICS = (*(metric.value for metric in PERSON_METRICS), Metric.MATERIEL.value, STRENGTH)
SIDE_ROLES = ("attacker", "defender")
ORDER_FIELDS = ("date", "name", "slug", "place", "country", "killed", "claims", "recorded")

COUNT_ENGLISH: dict[CountOp, str] = {
    "any": "with any figure for {metric}",
    ">=": "with {metric} of at least {value}",
    "<=": "with {metric} of at most {value}",
    "=": "with {metric} of exactly {value}",
    ">": "with {metric} of more than {value}",
    "<": "with {metric} of fewer than {value}",
}


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: `level` says what it filters, `expects` stands in errors, `english` reads a term back.

    `doc` says what the field means. `choices` are the words it knows; "text" takes any others too, and "side"
    numbers.
    """

    name: str
    level: Level
    kind: Kind
    expects: str
    example: str
    english: str
    doc: str
    choices: tuple[str, ...] = ()


def _event_texts() -> Iterator[FieldSpec]:
    rows = (
        ("event", "an event's slug", "event:dioura-2019", "with slug {}", "The event of this slug."),
        ("country", "a country's name or ISO 3166 code", "country:MLI", "in country {}", "Where it happened."),
        ("admin1", "the name of a region or province", "admin1:Mopti", "in region {}", "The first-level division."),
        ("place", "the name of a place", "place:Dioura", "at {}", "The place, however it is spelt."),
        ("conflict", "a conflict's name or native id", 'conflict:"Mali War"', "in conflict {}", "It, or one in it."),
        ("dyad", "a dyad's name or number", "dyad:640", "in dyad {}", "The dyad, of those that UCDP tells apart."),
        ("actor", "an actor's name, alias or native id", "actor:jnim", "with actor {}", "Who fought, or their whole."),
        ("commander", "a commander's name", "commander:Koufa", "commanded by {}", "Any claim names this commander."),
        ("dataset", "a dataset's name", "dataset:ucdp", "from dataset {}", "The event has a row in this dataset."),
        ("native", "a dataset's own id", "native:MLI-2019-1-618", "with native id {}", "The id the dataset gave it."),
    )
    for name, expects, example, english, doc in rows:
        yield FieldSpec(name, "event", "text", expects, example, english, doc)
    types = tuple(EventType)
    expects = f"a type ({', '.join(types)}) or a sub-type in words"
    doc = "The type or sub-type; the sub-type is free text."
    yield FieldSpec("type", "event", "text", expects, "type:battle", "of type {}", doc, types)


def _claim_fields() -> Iterator[FieldSpec]:
    texts = (
        ("claimant", "the name of who said it", "claimant:MINUSMA", "claimed by {}", "The speaker, not the document."),
        ("source", "words of a document's title, publisher or URL", "source:Reuters", "in source {}", "The document."),
        ("subject", "the name of whose losses or strength", "subject:FAMa", "about {}", "Whose losses or strength."),
    )
    for name, expects, example, english, doc in texts:
        yield FieldSpec(name, "claim", "text", expects, example, english, doc)
    choices = (
        ("stake", tuple(Stake), "own_side", "with stake {}", "Where the claimant stands towards the subject."),
        ("metric", tuple(Metric), "killed", "counting {}", "What the figure counts."),
        ("status", tuple(Status), "revised", "with status {}", "What the claimant said of its own figure."),
    )
    for name, known, value, english, doc in choices:
        expects = f"one of {', '.join(known)}"
        yield FieldSpec(name, "claim", "choice", expects, f"{name}:{value}", english, doc, known)
    doc = "The side whose losses or strength the claim is about."
    yield FieldSpec(
        "side",
        "claim",
        "side",
        "a side's number (1, 2, ...), attacker or defender",
        "side:1",
        "for side {}",
        doc,
        SIDE_ROLES,
    )


def _count_fields() -> Iterator[FieldSpec]:
    for metric in COUNT_METRICS:
        yield FieldSpec(
            metric,
            "event",
            "count",
            "a whole number without separators after >=, <=, =, > or <, or nothing after a colon for any figure",
            f"{metric}>=20",
            COUNT_ENGLISH[">="].format(metric=metric, value="{}"),
            f"One claim in view, of any subject, has this figure of {metric}: > and >= compare its lower bound, < and "
            f"<= its upper bound, = both. `{metric}:` alone asks for any claim of {metric}; `{metric}:17` is "
            f"`{metric}=17`.",
        )


def _other_fields() -> Iterator[FieldSpec]:
    yield FieldSpec(
        "date",
        "event",
        "date",
        "a date or a span in EDTF: 2019, 2019-03-17, 2019-03..2019-05, 2019-03.., ..2019-05, or -0489 for 490 BC",
        "date:2019-03",
        "in {}",
        "The event's own span overlaps this one; either end may be left open.",
    )
    yield FieldSpec(
        "near",
        "event",
        "near",
        "latitude (-90 to 90), longitude (-180 to 180) and a radius above 0 in km or mi, up to 20040 km",
        "near:14.6,-5.3,50km",
        "within {} of {}",
        "The event's coordinates lie within the radius; events without coordinates do not match.",
    )
    expects = f"one of {', '.join(ORDER_FIELDS)}, with - before it for descending"
    yield FieldSpec(
        "order", "both", "order", expects, "order:-killed", "ordered by {}", "The order; may be repeated.", ORDER_FIELDS
    )
    expects = "a whole number, or 0 for no limit"
    yield FieldSpec("limit", "both", "limit", expects, "limit:20", "at most {}", "How many rows; 0 for all of them.")


FIELDS: dict[str, FieldSpec] = {
    spec.name: spec for specs in (_event_texts, _claim_fields, _count_fields, _other_fields) for spec in specs()
}


_BARE = re.compile(r'[^\s",]+')


@dataclass(frozen=True, slots=True)
class TextTerm:
    """A field holds one of `values`, compared by the store without case or accents."""

    field: str
    values: tuple[str, ...]
    negated: bool = False

    def __str__(self) -> str:
        values = (value if _BARE.fullmatch(value) else quote(value) for value in self.values)
        return f"{_sign(self.negated)}{self.field}:{','.join(values)}"

    def english(self) -> str:
        """Return the term in words, without its negation."""
        return FIELDS[self.field].english.format(" or ".join(self.values))


@dataclass(frozen=True, slots=True)
class DateTerm:
    """The event's span overlaps first_day..last_day (proleptic Gregorian ordinals; None is open); `text` is EDTF."""

    first_day: int | None
    last_day: int | None
    negated: bool = False
    text: str = ""  # where it is not given, the days are written out

    def __post_init__(self) -> None:
        if not self.text:
            from conflictdb.domain.edtf import day_to_text

            ends = (".." if day is None else day_to_text(day) for day in (self.first_day, self.last_day))
            object.__setattr__(self, "text", "/".join(ends))

    def __str__(self) -> str:
        return f"{_sign(self.negated)}date:{self.text}"

    def english(self) -> str:
        """Return the term in words, without its negation."""
        from conflictdb.domain.edtf import parse_edtf, speak

        leads = {"day": "on", "interval": "during"}
        words, precision = speak(self.text), parse_edtf(self.text).precision
        if words.startswith(("from ", "until ")):
            return words
        return f"{leads.get(precision, 'in')} {words}"


@dataclass(frozen=True, slots=True)
class CountTerm:
    """One claim in view has a figure of `metric` (of COUNT_METRICS) for which `op` `value` holds."""

    metric: str
    op: CountOp
    value: int | None
    negated: bool = False

    def __str__(self) -> str:
        return f"{_sign(self.negated)}{self.metric}{':' if self.value is None else f'{self.op}{self.value}'}"

    def english(self) -> str:
        """Return the term in words, without its negation."""
        return COUNT_ENGLISH[self.op].format(metric=self.metric, value=self.value)


@dataclass(frozen=True, slots=True)
class NearTerm:
    """The event lies within `km` kilometres of a point in decimal degrees."""

    latitude: float
    longitude: float
    km: float
    negated: bool = False

    def __str__(self) -> str:
        return f"{_sign(self.negated)}near:{_decimal(self.latitude)},{_decimal(self.longitude)},{_decimal(self.km)}km"

    def english(self) -> str:
        """Return the term in words, without its negation."""
        point = f"{_decimal(self.latitude)}, {_decimal(self.longitude)}"
        return FIELDS["near"].english.format(f"{_decimal(self.km)} km", point)


@dataclass(frozen=True, slots=True)
class WordsTerm:
    """Free text: one word, or a phrase whose words stand together."""

    text: str
    phrase: bool
    negated: bool = False

    def __str__(self) -> str:
        return f"{_sign(self.negated)}{quote(self.text) if self.phrase else self.text}"

    def english(self) -> str:
        """Return the term in words, without its negation."""
        return f"matching '{self.text}'"


Term = TextTerm | DateTerm | CountTerm | NearTerm | WordsTerm


@dataclass(frozen=True, slots=True)
class Order:
    """One key to order by, one of ORDER_FIELDS."""

    field: str
    descending: bool = False

    def __str__(self) -> str:
        return f"order:{_sign(self.descending)}{self.field}"

    def english(self) -> str:
        """Return the key in words."""
        return f"{self.field} (descending)" if self.descending else self.field


def level_of(term: Term) -> Level:
    """Return what a term filters; free text filters events."""
    return FIELDS[term.field].level if isinstance(term, TextTerm) else "event"


def quote(text: str) -> str:
    """Return `text` in quotes, as the grammar reads it back."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _sign(negative: bool) -> str:
    return "-" if negative else ""


def _decimal(number: float) -> str:
    """Return a float exactly, without an exponent and without ".0"."""
    return format(Decimal(repr(number)), "f").removesuffix(".0")
