"""Turn a checked document into records, with all its problems at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conflictdb.domain.records import (
    ActorRecord,
    AliasRecord,
    ConflictRecord,
    EventRecord,
    PersonRecord,
    Problem,
    Record,
    RelationRecord,
    SourceRecord,
)
from conflictdb.domain.vocabulary import RelationKind
from conflictdb.importers.native.check import Fault, Where, check
from conflictdb.importers.native.context import source_slug
from conflictdb.importers.native.document import NONE, Actor, Alias, Event, Header, Person, Relation, Source
from conflictdb.importers.native.event import EventBuilder
from conflictdb.importers.native.reader import Document

_HEADER = frozenset(Header.model_fields)


def build_records(document: Document) -> Iterator[Record | Problem]:
    """Yield the records of a document: what it defines first, then its events."""
    value = document.value
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _build_part(document, each, (index,))
    else:
        yield from _build_part(document, value, ())


def _build_part(document: Document, value: Any, at: Where) -> Iterator[Record | Problem]:
    if not isinstance(value, Mapping):
        why = "an event has fields, such as slug: and claims:; see conflictdb new"
        yield _problem(document, Fault(at, str(value)[:80], why))
        return
    header, faults = check(Header, {key: each for key, each in value.items() if key in _HEADER}, at)
    events, around = _raw_events(value, at)
    faults += around
    if header is None or faults:
        yield from _refuse_all(document, faults, events)
        return
    yield from _definitions(header)
    for where, raw in events:
        yield from _event(document, header, raw, where)


def _refuse_all(document: Document, faults: list[Fault], events: list[tuple[Where, Any]]) -> Iterator[Record | Problem]:
    """Refuse the events of a document whose own definitions have faults; the first of them carries those."""
    problems = tuple(_problem(document, fault) for fault in faults)
    for where, raw in events:
        slug = _slug(raw)
        why = "the event is refused because the document's own definitions have problems"
        refusal = _problem(document, Fault(where, "", why), slug)
        found = check(Event, raw, where)[1] if isinstance(raw, Mapping) else []
        problems += (refusal, *(_problem(document, fault, slug) for fault in found))
        yield EventRecord(document.path, slug=slug, line=document.line_of(where), problems=problems)
        problems = ()
    yield from problems


def _slug(raw: Any) -> str:
    return str(raw.get("slug") or raw.get("name") or "") if isinstance(raw, Mapping) else ""


def _raw_events(value: Mapping[str, Any], at: Where) -> tuple[list[tuple[Where, Any]], list[Fault]]:
    """Return the events with their places in the document, and what is wrong around them."""
    if "events" not in value:
        fields = {key: each for key, each in value.items() if key not in _HEADER}
        return ([(at, fields)] if fields else []), []
    unknown = {key: each for key, each in value.items() if key not in _HEADER and key != "events"}
    faults = check(Header, unknown, at)[1]
    listed = value["events"] if value["events"] is not None else []
    if not isinstance(listed, list):
        why = "it must be a list: each event begins with a dash"
        return [], [*faults, Fault((*at, "events"), str(listed)[:80], why)]
    return [((*at, "events", index), raw) for index, raw in enumerate(listed)], faults


def _event(document: Document, header: Header, raw: Any, where: Where) -> Iterator[Record | Problem]:
    if not isinstance(raw, Mapping):
        why = "an event has fields, such as slug: and claims:; see conflictdb new"
        yield _problem(document, Fault(where, str(raw)[:80], why))
        return
    event, faults = check(Event, raw, where)
    slug = _slug(raw)
    if event is None:
        problems = tuple(_problem(document, fault, slug) for fault in faults)
        yield EventRecord(document.path, slug=slug, line=document.line_of(where), problems=problems)
        return
    builder = EventBuilder(document, header, event, where)
    record = builder.build()
    for source in builder.inline_sources:
        yield source_record(source)
    follows = [fault for fault in builder.faults if not any(_lies_in(each.where, fault.where) for each in faults)]
    problems = tuple(_problem(document, fault, slug) for fault in (*faults, *follows))
    warnings = tuple(_problem(document, fault, slug, warning=True) for fault in builder.warnings)
    yield record(line=document.line_of(where), problems=problems, warnings=warnings)


def _lies_in(where: Where, around: Where) -> bool:
    """Return whether a fault lies within what another is about, which may then only follow from it."""
    return where[: len(around)] == around


def _problem(document: Document, fault: Fault, event: str = "", *, warning: bool = False) -> Problem:
    shown = ".".join(_shown(document.written(fault.where)))
    return Problem(document.path, document.line_of(fault.where), shown, fault.value, fault.why, event, warning)


def _shown(where: Where) -> list[str]:
    """People count from 1."""
    return [str(part + 1) if isinstance(part, int) else part for part in where]


def _definitions(header: Header) -> Iterator[Record]:
    sources = [*header.sources, *([header.source] if isinstance(header.source, Source) else [])]
    yield from (source_record(source) for source in sources)
    for conflict in header.conflicts:
        yield ConflictRecord(conflict.name, conflict.part_of, tuple(conflict.native_ids), conflict.source)
    yield from (_actor_record(actor) for actor in header.actors)
    yield from (_person_record(person) for person in header.people)


def source_record(source: Source) -> SourceRecord:
    """Return a source as a record, with a handle made from its title where it has none."""
    values = source.model_dump(exclude={"id"})
    return SourceRecord(slug=source_slug(source), **values)


def _actor_record(actor: Actor) -> ActorRecord:
    relations = [
        _relation(kind, each)
        for kind in RelationKind
        for each in getattr(actor, kind)
        if not (kind is RelationKind.PART_OF and each == NONE)
    ]
    return ActorRecord(
        actor.name, actor.kind, _country_code(actor.country), actor.description, NONE in actor.part_of,
        _aliases(actor.aliases), tuple(relations), tuple(actor.native_ids), actor.source,
    )  # fmt: skip


def _person_record(person: Person) -> PersonRecord:
    return PersonRecord(
        person.name, person.description, _aliases(person.aliases), tuple(person.native_ids), person.source
    )


def _aliases(aliases: list[str | Alias]) -> tuple[AliasRecord, ...]:
    return tuple(
        AliasRecord(each)
        if isinstance(each, str)
        else AliasRecord(each.name, each.language, each.source, each.since or "", each.until or "")
        for each in aliases
    )


def _relation(kind: RelationKind, relation: str | Relation) -> RelationRecord:
    if isinstance(relation, str):
        return RelationRecord(kind, relation)
    return RelationRecord(kind, relation.actor, relation.since, relation.until, relation.source)


def _country_code(country: str | None) -> str | None:
    from conflictdb.importers.native.texts import find_country

    return find_country(country)[0] if country else None
