"""All of a dataset's row that can be worked out without the database: keys, digest, and the text it is found by."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from conflictdb.domain.coded import CodedEvent, CodedPlace, DatasetRecord
from conflictdb.domain.folding import fold, fold_once
from conflictdb.domain.keys import event_key, hash_key, place_key
from conflictdb.domain.slugs import slug_stems
from conflictdb.domain.vocabulary import ClaimKind

LONGEST_TEXT = 600
"""Letters of each further text that an event is found by."""

_ORIGINAL = CodedEvent._fields.index("original")


class Prepared(NamedTuple):
    """A row ready to be written. `claim_keys` are of its figures, then of its statements.

    `cells` are the row as it stands, as a JSON object by column; blank ones are left out. `slugs` are those that the
    event may get, the shortest first. `place_folded` and `area_folded` are how its place, and what that lies in, are
    found. `cast` is a number that rows with the same fighters and conflict have in common, or 0.
    """

    event: CodedEvent
    key: str
    digest: int
    cells: str
    words: str
    claim_keys: tuple[str, ...]
    slugs: tuple[str, ...]
    place_key: str
    place_folded: str
    area_folded: str
    cast: int = 0


def prepare(coded: CodedEvent, digest: int, dataset: DatasetRecord) -> Prepared:
    """Work out what a row needs to be written."""
    cells = {name: cell for name, cell in zip(dataset.columns, coded.original, strict=False) if cell}
    key = event_key("", (f"{dataset.name}:{coded.native_id}",), by_native_id=True)
    place = coded.place
    return Prepared(
        CodedEvent._make((*coded[:_ORIGINAL], (), *coded[_ORIGINAL + 1 :])),
        key,
        digest,
        orjson.dumps(cells).decode(),
        event_words(coded),
        tuple(_claim_keys(coded, key, dataset.source.slug)),
        _slugs(coded),
        *(("", "", "") if place is None else (place_key(place), fold(place.name or ""), _area(place))),
    )


def search_body(row: Prepared, slug: str) -> str:
    """Return the text that the event is found by, its slug too."""
    return f"{slug.replace('-', ' ')} {row.words}"


def with_event_key(row: Prepared, key: str, dataset: DatasetRecord) -> Prepared:
    """Return a row as one of the event `key`, which somebody else described first, and which keys its claims."""
    if row.key == key:
        return row
    return row._replace(key=key, claim_keys=tuple(_claim_keys(row.event, key, dataset.source.slug)))


def key_of_claim(claim: Mapping[Any, Any], event_key: str, source: str) -> str:
    """Return the key that a claim has if it was read in a row of that event, and cites that document."""
    names = ("native_id", "kind", "group", "metric", "item", "fate", "attribute")
    field, *about = (claim[name] for name in names)
    return hash_key(f"claim\x1f{event_key}\x1f{_about(field, source, *about)}")


def digest_of(cells: Sequence[str]) -> int:
    """Return 63 bits of BLAKE2b that stand for a row's cells."""
    digest = hashlib.blake2b("\x1f".join(cells).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def event_words(coded: CodedEvent) -> str:
    """Return the folded text of a row: its number, its name, where, in which conflict, and its further texts."""
    place: tuple[Any, ...] = coded.place[:5] if coded.place is not None else ()
    conflict = coded.conflict
    names = (conflict.name, conflict.parent.name if conflict.parent else None) if conflict is not None else ()
    texts = (coded.native_id, coded.name, coded.subtype, coded.summary, coded.based_on, *place, *names)
    further = [text[:LONGEST_TEXT] for text in coded.words]
    return fold_once(" ".join([text for text in (*texts, *further) if text]))


def _slugs(event: CodedEvent) -> tuple[str, ...]:
    place = event.place.name if event.place is not None else None
    return tuple(slug_stems(place, event.name, event.first_day, _UNITS.get(len(event.date or ""), "day")))


_UNITS = {4: "year", 7: "month"}
"""What an EDTF date that is no single day tells, by its length; all else has a first day to name."""


def _area(place: CodedPlace) -> str:
    return fold(" ".join(filter(None, (place.admin1, place.admin2, place.country_name))))


def _claim_keys(coded: CodedEvent, key: str, slug: str) -> list[str]:
    """Return the keys as `claim_key` makes them of claims with an id of their own, here the column."""
    keys = []
    for field, _, metric, _, _, _, _, group, _, _, kind, item, fate, _, cited in coded.figures:
        about = _about(field, cited or slug, kind, group, metric, item, fate)
        keys.append(hash_key(f"claim\x1f{key}\x1f{about}"))
    for statement in coded.statements:
        about = _about(statement.field, slug, ClaimKind.ATTRIBUTE.value, None, None, None, None, statement.attribute)
        keys.append(hash_key(f"claim\x1f{key}\x1f{about}"))
    return keys


@lru_cache(maxsize=4096)
def _about(*parts: str | None) -> str:
    """Join what a claim is about: field, source, kind, group, metric, item, fate, attribute."""
    return "\x1f".join(part or "" for part in (*parts, None)[:8])
