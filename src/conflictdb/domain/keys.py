"""Content-derived keys: short, stable across databases, and never made from a row's number."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from conflictdb.domain.folding import fold

if TYPE_CHECKING:
    from conflictdb.domain.coded import CodedPlace
    from conflictdb.domain.records import ClaimRecord, PlaceRecord

KEY_LENGTH = 12
_SIGNS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _SIGNS for second in _SIGNS]
"""Ten bits as two signs of base 32 (RFC 4648, lower case): the standard library's encoder is six times as slow."""


def content_key(*parts: object) -> str:
    """Return 12 letters and digits (60 bits of BLAKE2b) that stand for `parts`; None and "" count as the same."""
    return hash_key("\x1f".join("" if part is None else str(part) for part in parts))


def hash_key(text: str) -> str:
    """Return the key of parts that are joined already, by the sign that `content_key` joins them with."""
    number = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 4
    pairs = _PAIRS
    return (
        pairs[number >> 50] + pairs[number >> 40 & 1023] + pairs[number >> 30 & 1023]
        + pairs[number >> 20 & 1023] + pairs[number >> 10 & 1023] + pairs[number & 1023]
    )  # fmt: skip


def event_key(slug: str, native_ids: Iterable[str] = (), *, by_native_id: bool = False) -> str:
    """Return an event's key: from its first native id where a dataset names its events, else from its slug."""
    native_id = next(iter(native_ids), None) if by_native_id else None
    return content_key("event", native_id or slug)


def named_key(table: str, name: str) -> str:
    """Return the key of a named actor or person, the same for every way to write the name."""
    return content_key(table, fold(name) or name)


def unnamed_key(name: str, event: str, source: str) -> str:
    """Return the key of an unnamed actor: "witnesses" of one event and source are never those of another."""
    return content_key("unnamed", fold(name), event, source)


def place_key(place: PlaceRecord | CodedPlace) -> str:
    """Return the key of a place, from all that says where it is."""
    point = ("", "") if place.latitude is None else (str(place.latitude), str(place.longitude))
    names = (place.name or "", place.admin1 or "", place.admin2 or "", place.country or "", place.country_name or "")
    return hash_key("\x1f".join(("place", *names, *point, place.precision or "")))


def claim_key(claim: ClaimRecord, *, event: str, claimant: str, subject: str, person: str = "") -> str:
    """Return the key of a claim: the document's own id for it, or else all that it is about except the figure.

    `event`, `claimant` and `person` are keys; `subject` is a key, "side N" or one of the subject kinds.
    """
    about = (claim.kind, claim.group, claim.metric, claim.item, claim.fate if claim.metric else None, claim.attribute)
    if claim.native_id:
        return content_key("claim", event, claim.native_id, claim.source, *about)
    said = (claimant, claim.source, claim.stated_on, claim.locator)
    return content_key("claim", event, subject, person, *about, *said)


def spoken_key(key: str, revision: int) -> str:
    """Return the key as commands print and take it: `abc`, and for a correction of it `abc.2`."""
    return key if revision == 1 else f"{key}.{revision}"


def parse_spoken_key(text: str) -> tuple[str, int | None]:
    """Return key and revision of a key as printed; no revision means the newest."""
    key, _, revision = text.strip().lower().partition(".")
    return key, int(revision) if revision.isascii() and revision.isdigit() else None
