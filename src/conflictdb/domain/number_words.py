"""Whole numbers as people write them: digits however grouped, number words and dozens; and what is no such number."""

from __future__ import annotations

import re
from typing import NamedTuple

LIMIT = 10**12  # persons or things: a figure above it is a slip

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_VALUES = {word: value for value, word in enumerate(_ONES + _TEENS, 1)} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)
}
NUMBER_WORDS = frozenset(_VALUES) | frozenset(_SCALES)

_UNDER_20 = "|".join(sorted(_ONES + _TEENS, key=len, reverse=True))
_UNDER_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES)}))?|{_UNDER_20})"
_UNDER_1000 = rf"(?:(?:{_UNDER_20}|a) hundred(?:(?: and)? {_UNDER_100})?|{_UNDER_100})"
_GROUPS = "".join(rf"(?:(?:{_UNDER_1000}|a) {scale}(?:$|(?: and)? ))?" for scale in ("billion", "million", "thousand"))
_WORDS = re.compile(rf"(?=.){_GROUPS}(?:{_UNDER_1000})?")
_HALF_DOZEN = re.compile(r"(?:a )?half[ -](?:a[ -])?dozen")
_DOZENS = re.compile(r"(?:(?P<count>.+) )?dozens?")
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([., ])[0-9]{3}(?:\1[0-9]{3})*")
_SCALED = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))? (hundred|thousand|million|billion)")
_OTHER_DIGITS = re.compile(r"[0-9]*[., ][0-9][0-9., ]*|[0-9][0-9., ]*")


class NumberError(ValueError):
    """Digits that make no count of people or things; the message says why."""


class Number(NamedTuple):
    """A count: `rounded` where the words are ("a dozen"), `unit` the scale its writing ends in ("2 million": 10**6)."""

    value: int
    rounded: bool
    unit: int


def read_number(text: str) -> Number | None:
    """Read a number in lower case with single spaces, or return None where there is none; raise NumberError."""
    number = _read_digits(text) or _read_dozens(text) or _read_words(text)
    if number and number.value > LIMIT:
        raise NumberError(f"a figure above {LIMIT:,} is a slip")
    if number is None and _OTHER_DIGITS.fullmatch(text):
        raise NumberError(
            'a fraction of a person is no count; thousands are grouped by three, as in "1,500" or "1.500"'
        )
    return number


def _read_digits(text: str) -> Number | None:
    if _PLAIN.fullmatch(text):
        digits = text.lstrip("0") or "0"
        return Number(int(digits[:14]), False, 1)  # 14 digits are above the limit, however many follow
    if _GROUPED.fullmatch(text):
        groups = re.split("[., ]", text)
        return Number(int("".join(groups[:6])), False, 10 ** (3 * len(groups[:6]) - 3))
    if match := _SCALED.fullmatch(text):
        whole, decimals, scale = match[1], match[2] or "", _SCALES[match[3]]
        return Number(int(whole + decimals) * scale // 10 ** len(decimals), False, scale)
    return None


def _read_dozens(text: str) -> Number | None:
    if _HALF_DOZEN.fullmatch(text):
        return Number(6, True, 1)
    match = _DOZENS.fullmatch(text)
    if match is None or text == "dozens":
        return None
    if match["count"] in (None, "a"):
        return Number(12, True, 12)
    count = _read_digits(match["count"]) or _read_words(match["count"])
    return Number(12 * count.value, True, 12) if count else None


def _read_words(text: str) -> Number | None:
    if not _WORDS.fullmatch(text):
        return None
    total = current = 0
    words = re.split("[ -]", text)
    for word in words:
        if word in ("thousand", "million", "billion"):
            total, current = total + current * _SCALES[word], 0
        elif word == "hundred":
            current *= 100
        elif word != "and":
            current += 1 if word == "a" else _VALUES[word]
    return Number(total + current, words[0] == "a" and len(words) == 2, _SCALES.get(words[-1], 1))
