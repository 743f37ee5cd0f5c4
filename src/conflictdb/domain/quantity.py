"""The quantity grammar: how a figure is worded, the bounds its wording gives, and the words for given bounds.

Unknown is never turned into 0, nor a bound into a point (design, "Quantities"). Phrases such as "26 killed" are read
in `figures`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from conflictdb.domain.number_words import LIMIT, Number, NumberError, read_number
from conflictdb.domain.quantity_words import NONE_WORDS, is_short
from conflictdb.domain.vocabulary import Qualifier

EXAMPLES = 'for example 26, "over 20", "at least 20", "30-40", "~100", "several dozen" or "none"'

_UNKNOWN = (
    *("", "?", "??", "-", "unknown", "not known", "n/a", "na", "n.a.", "nan", "null", "tbd"),
    *("unclear", "unspecified", "undisclosed", "not stated", "not given"),
)
NONE_WORDS_OR_UNKNOWN = ("0 or unknown", "none or unknown", "zero or unknown")
_PREFIXES = {
    Qualifier.MORE_THAN: ("over", "more than", "greater than", "above", "in excess of", ">"),
    Qualifier.AT_LEAST: ("at least", "no fewer than", "no less than", "not fewer than", "not less than", ">=", "≥"),
    Qualifier.AT_MOST: ("up to", "at most", "max", "maximum", "as many as", "no more than", "not more than", "<=", "≤"),
    Qualifier.LESS_THAN: ("fewer than", "less than", "under", "below", "<"),
    Qualifier.APPROXIMATE: (
        *("~", "≈", "about", "around", "circa", "ca.", "ca", "c.", "c", "approximately", "approx.", "approx"),
        *("roughly", "some", "nearly", "almost", "an estimated", "estimated"),
    ),
}
_SUFFIXES = {
    Qualifier.AT_LEAST: ("+", "or more", "at least"),
    Qualifier.AT_MOST: ("or fewer", "or less", "at most"),
    Qualifier.APPROXIMATE: ("or so", "(estimated)", "(approx.)"),
}
_VAGUE = re.compile(
    r"(?:"
    r"(?:several|many|numerous|countless|multiple|some|(?:a |very )?few|a couple|a handful|a number)"
    r"(?: (?:of )?(?:tens|dozens?|scores?|hundreds?|thousands?|millions?))?"
    r"|(?:an? )?(?:unspecified|unknown|undisclosed|large|small) number"
    r"|(?:tens|dozens|scores|hundreds|thousands|millions)(?: of (?:thousands|millions))?"
    r")(?: of)?"
)
_LONGEST = 200  # characters
_DASHES = re.compile("[‐‑‒–—−]")
_SEPARATORS = re.compile(r" ?- ?| to ")


def _alternatives(words: Mapping[Qualifier, tuple[str, ...]]) -> tuple[str, dict[str, Qualifier]]:
    """Return a regular expression for the words, longest first, and what each of them means."""
    meanings = {word: qualifier for qualifier, group in words.items() for word in group}
    return "|".join(re.escape(word) for word in sorted(meanings, key=len, reverse=True)), meanings


_PREFIX_PATTERN, _PREFIX_MEANINGS = _alternatives(_PREFIXES)
_SUFFIX_PATTERN, _SUFFIX_MEANINGS = _alternatives(_SUFFIXES)
_PREFIX = re.compile(rf"({_PREFIX_PATTERN})(?:(?<![a-z]) ?| )(?=.)")
_SUFFIX = re.compile(rf"(?<=.)(?: (?=.)|(?=[+(]))({_SUFFIX_PATTERN})$")


class QuantityError(ValueError):
    """A value that is no figure; the message quotes what was read, says why, and gives examples."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """The bounds of a figure, both inclusive and None where open, how it was worded, and the wording itself."""

    lower: int | None
    upper: int | None
    qualifier: Qualifier
    wording: str


def parse_quantity(value: int | str) -> Quantity:
    """Read a count of people or things; raise QuantityError for anything else, "unknown" included."""
    if isinstance(value, str):
        return _read(" ".join(value.split()))
    if isinstance(value, bool) or not isinstance(value, int):
        raise _refusal(repr(value), "it is no whole number")
    if not 0 <= value <= LIMIT:
        raise _refusal(str(value) if abs(value) < 10**18 else "a huge integer", f"a count is 0 to {LIMIT:,}")
    return Quantity(value, value, Qualifier.EXACT, str(value))


def quote(text: str) -> str:
    """Return text between quotation marks, cut to 60 characters, for a message."""
    return f'"{text}"' if len(text) <= 60 else f'"{text[:59]}…"'


def _refusal(read: str, why: str) -> QuantityError:
    return QuantityError(f"{quote(read)} cannot be read as a quantity: {why}; {EXAMPLES}")


@lru_cache(maxsize=65_536)
def _read(wording: str) -> Quantity:
    if len(wording) > _LONGEST:
        raise _refusal(wording, "it is too long for a figure")
    text = _DASHES.sub("-", wording.lower())
    if text in _UNKNOWN:
        raise _refusal(wording, "unknown is no claim, leave it out")
    if text in NONE_WORDS:
        return Quantity(0, 0, Qualifier.EXACT, wording)
    if text in NONE_WORDS_OR_UNKNOWN:
        return Quantity(0, 0, Qualifier.ZERO_OR_UNKNOWN, wording)
    if _VAGUE.fullmatch(text):
        return Quantity(None, None, Qualifier.VAGUE, wording)
    try:
        return Quantity(*_read_bounds(text), wording)
    except NumberError as error:
        raise _refusal(wording, str(error)) from None


def _read_bounds(text: str) -> tuple[int | None, int | None, Qualifier]:
    body, marks = _strip_marks(text)
    named = marks - {Qualifier.APPROXIMATE}
    if len(named) > 1:
        raise NumberError("it says two things at once")
    if re.match("- ?[0-9]", body):
        raise NumberError("a count is never negative")
    if number := read_number(body):
        rounded = number.rounded or Qualifier.APPROXIMATE in marks
        return _bound(number.value, next(iter(named), Qualifier.APPROXIMATE if rounded else Qualifier.EXACT))
    if _VAGUE.fullmatch(body):  # "at least several dozen": words give no bound
        return None, None, Qualifier.VAGUE
    lower, upper = _read_range(body)
    if named == {Qualifier.AT_LEAST}:
        return lower, None, Qualifier.OPEN_RANGE
    if named:
        raise NumberError("a range has its own bounds; write the range alone")
    return lower, upper, Qualifier.RANGE


def _strip_marks(text: str) -> tuple[str, set[Qualifier]]:
    """Return text without the words around the number, and what they mean."""
    marks = set()
    while match := _PREFIX.match(text):
        marks.add(_PREFIX_MEANINGS[match[1]])
        text = text[match.end() :]
    while match := _SUFFIX.search(text):
        marks.add(_SUFFIX_MEANINGS[match[1]])
        text = text[: match.start()]
    return text, marks


def _bound(value: int, qualifier: Qualifier) -> tuple[int | None, int | None, Qualifier]:
    if qualifier is Qualifier.MORE_THAN:
        return value + 1, None, qualifier
    if qualifier is Qualifier.AT_LEAST:
        return value, None, qualifier
    if qualifier is Qualifier.AT_MOST:
        return None, value, qualifier
    if qualifier is Qualifier.LESS_THAN:
        if value == 0:
            raise NumberError("nothing is fewer than none")
        return None, value - 1, qualifier
    return value, value, qualifier


def _read_range(text: str) -> tuple[int, int]:
    """Read "30-40", "30 to 40", "between 30 and 40"; the separator is the first with a number on either side."""
    separators = _SEPARATORS
    if text.startswith("between "):
        text, separators = text.removeprefix("between "), re.compile(" and ")
    text = text.removeprefix("from ")
    for separator in separators.finditer(text):
        first, last = read_number(text[: separator.start()]), read_number(text[separator.end() :])
        if first and last:
            return _check_range(first, last)
    raise NumberError("it is no number, nor words known for one")


def _check_range(first: Number, last: Number) -> tuple[int, int]:
    if first.value > last.value:
        raise NumberError("the range runs backwards")
    if is_short(first.value, last.value, last.unit):
        raise NumberError("write both ends of the range in full")
    return first.value, last.value
