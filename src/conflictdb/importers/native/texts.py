"""The kinds of text that fields of a document hold: dates, times, countries, links, each checked as it is read."""

from __future__ import annotations

import re
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.folding import fold
from conflictdb.domain.nearest import nearest_names
from conflictdb.importers.tabular.countries import NAMES

MAX_TEXT, MAX_SHORT = 100_000, 500
"""Letters. PostgreSQL indexes no more than some 2,700 bytes of a name, and 1 MB of an event's words."""

_TIME = re.compile(r"~?([01]?[0-9]|2[0-3]):[0-5][0-9]")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID = re.compile(r"[^/\s][^/]*")
_NATIVE = re.compile(r"[a-z0-9][a-z0-9-]*:.+")


def _as_text(value: Any) -> Any:
    """A year or a number that YAML or JSON read as one is the text that was written."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _check_storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("it holds the character NUL (U+0000), which no database keeps; leave it out")
    return text


def _check_short(text: str) -> str:
    if len(text) > MAX_SHORT:
        raise ValueError(f"it has {len(text):,} letters; names, ids and addresses have {MAX_SHORT} at most")
    return text


def _check_edtf(text: str) -> str:
    return parse_edtf(text).text


def check_time(text: str) -> str:
    """Return a local time as "06:00" or "~06:00". Raises ValueError."""
    if not _TIME.fullmatch(text):
        raise ValueError(f'"{text}" is no time; write it "06:00", or "~06:00" for about then')
    mark, hours, minutes = text.startswith("~"), *text.lstrip("~").split(":")
    return f"{'~' if mark else ''}{int(hours):02d}:{minutes}"


def _check_zone(text: str) -> str:
    known = available_timezones()
    if known and text not in known:
        near = nearest_names(text, known)
        raise ValueError(
            f'no time zone "{text}" in the IANA database' + (f"; nearest: {', '.join(near)}" if near else "")
        )
    return text


def _check_slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise ValueError(f'"{text}" is no slug; a slug is lower-case words joined by hyphens, e.g. dioura-2019')
    return text


def _check_id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError(f'"{text}" is no id; an id has no slash and does not begin with a space')
    return text


def _check_native(text: str) -> str:
    if not _NATIVE.fullmatch(text):
        raise ValueError(f'"{text}" is no native id; write dataset:id, e.g. ucdp-ged:300380')
    return text


def _check_words(text: str) -> str:
    if not fold(text):
        raise ValueError("a name needs a letter or a digit")
    return text


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) or value is None else [value]


Text = Annotated[
    str,
    BeforeValidator(_as_text),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT),
    AfterValidator(_check_storable),
]
Short = Annotated[Text, AfterValidator(_check_short)]
"""A text that is looked up by an index."""
Name = Annotated[Short, AfterValidator(_check_words)]
EdtfText = Annotated[
    Text, AfterValidator(_check_edtf), Field(examples=["2019-03-17", "2019-03", "2019-03-17/2019-03-18"])
]
TimeText = Annotated[Text, AfterValidator(check_time), Field(examples=["06:00", "~16:00"])]
ZoneText = Annotated[Text, AfterValidator(_check_zone), Field(examples=["Africa/Bamako"])]
Slug = Annotated[Short, AfterValidator(_check_slug), Field(examples=["dioura-2019"])]
StatementId = Annotated[Short, AfterValidator(_check_id)]
NativeId = Annotated[Short, AfterValidator(_check_native), Field(examples=["ucdp-ged:300380"])]
Listed = BeforeValidator(_as_list)
"""One thing may be written without the brackets of a list."""


def find_country(text: str) -> tuple[str | None, str]:
    """Return the ISO 3166 alpha-3 code of a country, or None where there is none, and its name."""
    from iso3166 import countries, countries_by_apolitical_name

    code = NAMES.get(fold(text), text)
    found = countries.get(code, None) or countries_by_apolitical_name.get(code.upper())
    if found is None:
        return None, text
    return found.alpha3, found.apolitical_name if len(text) <= 3 else text
