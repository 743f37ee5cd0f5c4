"""Put the claims of an event together into statements, as people write them in a document: the import's way back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any

from conflictdb.domain.figures import read_figures
from conflictdb.domain.folding import fold
from conflictdb.domain.quantity import Quantity, QuantityError, parse_quantity
from conflictdb.domain.quantity_words import speak_quantity
from conflictdb.domain.records import ClaimRecord, EventRecord, LinkRecord, PlaceRecord
from conflictdb.domain.vocabulary import (
    CASUALTY_METRICS,
    ActorKind,
    Attribute,
    ClaimKind,
    LinkKind,
    Metric,
    Qualifier,
    Role,
    SubjectKind,
)

NONE = "none"
ATTRIBUTES = (Attribute.NAME, Attribute.DATE, Attribute.PLACE, Attribute.RESULT, Attribute.RESPONSIBILITY)
"""Those that a statement has fields for."""

SHARED = ("locator", "wording", "note")
"""What a statement says once for all its claims; a figure may have its own instead."""

_VOICE = (
    "statement_id", "claimant", "source", "stated_on", "status", "reliability", "credibility", "wording_language",
    "translation", "stake_override", "stake_reason", "supersedes_by_date",
)  # fmt: skip

NOT_NAMES = {*SubjectKind, *Role, "civilian", "everyone"}
"""Folded words that are no name of a combatant; nor is "side 1"."""
_SIDE = re.compile("side [0-9]+")

Claims = dict[str, ClaimRecord]
Fields = dict[str, Any]


def filled(fields: Fields) -> Fields:
    """Return the fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], (), {})}


def single(values: list[Any]) -> Any:
    """Return one value without its list."""
    return values[0] if len(values) == 1 else values


def write_place(place: PlaceRecord | None) -> Fields | None:
    """Return a place as a document has it: the country by its name, with the code where that does not give it again."""
    if place is None:
        return None
    name = place.country_name or place.country
    code = place.country if name and place.country != _code_of(name) else None
    fields = {"country": name, "country_code": code, "country_name": None}
    return filled(asdict(place) | fields)


@lru_cache(maxsize=1024)
def _code_of(country: str) -> str | None:
    from conflictdb.importers.native.texts import find_country

    return find_country(country)[0]


def sayable(known: Claims) -> Claims:
    """Return the claims that a document can state: with the attributes and wholes that it has fields for.

    One whose own id is not what its statement's id would make it has that id as its column, and is stated alone.
    """
    said = {
        key: each if each.native_id == _native_id(each) else replace(each, statement_id=None)
        for key, each in known.items()
        if (each.attribute is None or each.attribute in ATTRIBUTES)
        and (each.combatant is None or is_name(each.combatant))
    }
    while parts := [key for key, each in said.items() if each.part_of is not None and each.part_of not in said]:
        said = {key: each for key, each in said.items() if key not in parts}
    return said


def is_name(text: str) -> bool:
    """Return whether the subject of a statement is read as the name of a combatant: "Civilians" is not."""
    folded = fold(text)
    return folded not in NOT_NAMES and not _SIDE.fullmatch(folded)


def _native_id(claim: ClaimRecord) -> str | None:
    """Return the id that a claim gets where a document states it."""
    if claim.statement_id is None:
        return None
    leader = ("commander", _spelled(claim)) if claim.kind == ClaimKind.COMMANDER else ()
    fate = claim.fate if claim.metric else None
    parts = (claim.statement_id, *leader, claim.metric, claim.item, fate, claim.group, claim.attribute)
    return "/".join(part for part in parts if part)


def _spelled(claim: ClaimRecord) -> str:
    """Return a commander's name as the document spells it: it is part of the claim's own id."""
    return (claim.native_id or "").partition("/commander/")[2] or claim.person or ""


# --- statements ----------------------------------------------------------------------------------------------------


def voice(claim: ClaimRecord) -> tuple[object, ...]:
    """Return what all claims of a statement have in common."""
    return (_column(claim), *(getattr(claim, name) for name in _VOICE))


def _column(claim: ClaimRecord) -> str | None:
    """Return the id of a claim that is not made from its statement's."""
    return claim.native_id if claim.statement_id is None else None


def group_claims(claims: Iterable[ClaimRecord]) -> list[list[ClaimRecord]]:
    """Return the claims of each statement: of one id, or without one those that follow each other."""
    statements: list[list[ClaimRecord]] = []
    for claim in claims:
        near = statements if claim.statement_id else statements[-1:]
        for statement in near:
            if voice(statement[0]) == voice(claim) and _fits([*statement, claim]):
                statement.append(claim)
                break
        else:
            statements.append([claim])
    return statements


def _fits(claims: list[ClaimRecord]) -> bool:
    """Return whether one statement can hold these claims: one subject, the same links, one value an attribute."""
    attributes = [each.attribute for each in claims if each.attribute]
    subjects = {_of(each) for each in claims if not each.attribute}
    links = {frozenset(each.links) for each in claims}
    return len(subjects) < 2 and len(links) == 1 and len(attributes) == len(set(attributes)) and _has_shared(claims)


def _of(claim: ClaimRecord) -> str | None:
    if claim.attribute:
        return None
    return claim.combatant or (f"side {claim.side}" if claim.side else claim.subject_kind)


def _has_shared(claims: list[ClaimRecord]) -> bool:
    for name in SHARED:
        fixed, loose = _split(claims, name)
        if len(set(fixed)) > 1 or (None in loose and any(fixed)):
            return False
    return True


def _split(claims: list[ClaimRecord], name: str) -> tuple[list[str | None], list[str | None]]:
    """Return the values that only the statement can give to its claims, and those that these can have as their own."""
    bound = {ClaimKind.ATTRIBUTE, ClaimKind.COMMANDER} if name == "locator" else {ClaimKind.ATTRIBUTE}
    fixed = [getattr(each, name) for each in claims if each.kind in bound]
    return fixed, [getattr(each, name) for each in claims if each.kind not in bound]


def _shared(claims: list[ClaimRecord], name: str) -> str | None:
    """Return what a statement says for all its claims."""
    fixed, loose = _split(claims, name)
    if fixed or None in loose:
        return fixed[0] if fixed else None
    if name == "wording" and any(_is_plain(each) for each in claims):
        return None
    most, count = Counter(loose).most_common(1)[0]
    return most if count == len(loose) or name == "locator" else None


def write_statement(claims: list[ClaimRecord], event: EventRecord) -> Fields:
    """Return a statement as a document has it; claimant and source where they are not the event's."""
    first, shared = claims[0], {name: _shared(claims, name) for name in SHARED}
    claimant: Any = first.claimant
    if not isinstance(claimant, str):
        claimant = filled({
            "unnamed": claimant.name, "kind": claimant.kind if claimant.kind != ActorKind.OFFICIAL else None,
            "part_of": NONE if claimant.independent else claimant.part_of,
        })  # fmt: skip
    stake = {"stake": first.stake_override, "because": first.stake_reason} if first.stake_override else None
    fields = {
        "id": first.statement_id, "column": _column(first),
        "claimant": claimant if claimant != event.claimant else None,
        "source": first.source if first.source != event.source else None, "stated_on": first.stated_on,
        "status": first.status, "reliability": first.reliability, "credibility": first.credibility, **shared,
        "language": first.wording_language, "translation": first.translation, "stake": stake,
        "of": next(filter(None, map(_of, claims)), None),
    }  # fmt: skip
    for metric in CASUALTY_METRICS:
        fields[str(metric)] = _figures(claims, ClaimKind.CASUALTY, metric, shared)
    fields["strength"] = _figures(claims, ClaimKind.STRENGTH, None, shared)
    fields["commander"] = single([_leader(each, shared) for each in claims if each.kind == ClaimKind.COMMANDER])
    for claim in claims:
        if claim.attribute:
            fields[str(claim.attribute)] = write_place(claim.place) if claim.place else claim.value
    for kind in LinkKind:
        links = [each for each in first.links if each.kind == kind]
        fields[str(kind)] = single([each.to if not each.note and each.to != NONE else _link(each) for each in links])
    if not first.supersedes_by_date:
        fields["supersedes"] = fields["supersedes"] or NONE
    return filled(fields)


def _link(link: LinkRecord) -> Fields:
    return filled({"to": link.to, "note": link.note})


def _figures(claims: list[ClaimRecord], kind: ClaimKind, metric: Metric | None, shared: Fields) -> Any:
    chosen = [each for each in claims if each.kind == kind and metric in (None, each.metric)]
    return single([_figure(each, shared) for each in chosen])


def _leader(claim: ClaimRecord, shared: Fields) -> str | Fields:
    own = {name: getattr(claim, name) for name in ("wording", "note") if getattr(claim, name) != shared[name]}
    fields = filled({"person": _spelled(claim), "rank": claim.rank, "fate": claim.fate, **own})
    return fields if len(fields) > 1 else str(fields["person"])


# --- figures -------------------------------------------------------------------------------------------------------


def _figure(claim: ClaimRecord, shared: Fields) -> int | str | Fields:
    own = {name: getattr(claim, name) for name in _OWN}
    own |= {name: None for name in ("locator", "note") if own[name] == shared[name]}
    if claim.metric == Metric.MATERIEL and _is_plain(claim) and not any(own.values()):
        return str(claim.wording)
    words = _words(claim) if claim.wording is not None else None
    implied = shared["wording"] or (None if words is None else str(words))
    wording = claim.wording if claim.wording != implied else None
    fields: Fields = {"figure": words} if words is not None else _bounds(claim, wording)
    fields |= {name: getattr(claim, name) for name in ("group", "item", "fate")} | {"wording": wording} | own
    fields = filled(fields)
    return words if words is not None and list(fields) == ["figure"] else fields


_OWN = ("best", "part_of", "locator", "note")
"""What a phrase cannot say of its figure."""


def _bounds(claim: ClaimRecord, wording: str | None) -> Fields:
    """Return the bounds of a figure; where it has none, its wording alone says so."""
    vague = claim.qualifier == Qualifier.VAGUE and wording is not None
    return {"lower": claim.lower, "upper": claim.upper, "qualifier": None if vague else claim.qualifier}


def _is_plain(claim: ClaimRecord) -> bool:
    """Return whether a figure is best written with its own wording, or as that alone."""
    if claim.wording is None or claim.qualifier is None:
        return False
    if claim.metric != Metric.MATERIEL:
        return claim.qualifier == Qualifier.VAGUE or str(_words(claim)) == claim.wording
    if claim.kind != ClaimKind.CASUALTY:
        return False
    try:
        found = read_figures(claim.wording)
    except QuantityError:
        return False
    things = [(each.metric, each.item, each.fate, each.group) for each in found]
    return things == [(claim.metric, claim.item, claim.fate, claim.group)] and _reads_as(claim, found[0].quantity)


def _words(claim: ClaimRecord) -> int | str | None:
    """Return the figure in words that are read as its bounds: its wording, else a number, else words for them."""
    qualifier = Qualifier(claim.qualifier or "")
    tries: list[int | str | None] = [claim.wording]
    if qualifier is Qualifier.EXACT:
        tries.append(claim.lower)
    elif qualifier is not Qualifier.VAGUE:
        tries.append(speak_quantity(claim.lower, claim.upper, qualifier).replace("–", "-"))
    for words in tries:
        try:
            quantity = parse_quantity("" if words is None else words)
        except QuantityError:
            continue
        if quantity.wording == str(words) and _reads_as(claim, quantity):
            return quantity.lower if str(quantity.lower) == words else words
    return None


def _reads_as(claim: ClaimRecord, quantity: Quantity) -> bool:
    found = (quantity.lower, quantity.upper, quantity.qualifier)
    return found == (claim.lower, claim.upper, claim.qualifier)
