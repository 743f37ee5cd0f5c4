"""Write a known event as a document to edit: importing it unedited changes nothing, and elsewhere makes the same event.

What a document cannot state is left out, and counted at its top: claims under ids that a dataset gave, those of
attributes that a statement has no field for, and parts of a figure that is withdrawn.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection

from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.keys import event_key
from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.records import ActorRecord, AliasRecord, ClaimRecord, EventRecord, LinkRecord, RelationRecord
from conflictdb.domain.vocabulary import LinkKind, RelationKind
from conflictdb.finding import find_event
from conflictdb.reader import Reader
from conflictdb.statements import (
    NONE,
    NOT_NAMES,
    Claims,
    Fields,
    filled,
    group_claims,
    is_name,
    sayable,
    single,
    voice,
    write_place,
    write_statement,
)
from conflictdb.store.read import definitions, records


def write_event(reader: Reader, name: str) -> str:
    """Return the event of this slug or native id as a YAML document. Raises NotFoundError."""
    connection = reader.connection
    event_id = find_event(connection, name)
    mentioned = definitions.Mentioned()
    mentioned.add(connection, [event_id])
    mentioned.close(connection)
    defined = {section: list(found) for section, found in define(connection, mentioned)}
    spoken = records.read_spoken(connection, is_name, NOT_NAMES)
    default = defined["sources"][0]["id"] if defined["sources"] else None
    slug, fields, left_out = next(write_events(connection, [event_id], spoken, default))
    fields = {field: value for field, value in fields.items() if field not in ("key", "date_precision")}
    return _header(slug, left_out) + dump(filled({"conflictdb": 1, **defined, **fields}))


def define(connection: Connection, mentioned: definitions.Mentioned) -> Iterator[tuple[str, Iterator[Fields]]]:
    """Yield the sections of a document that define what events refer to, each with its entries as a stream."""
    read = definitions
    yield (
        "sources",
        (
            _renamed(each, slug="id")
            for some in read.chunks(mentioned.sources)
            for each in read.read_sources(connection, some)
        ),
    )
    conflicts = (each for some in read.chunks(mentioned.conflicts) for each in read.read_conflicts(connection, some))
    yield "conflicts", (_renamed(each, parent="part_of") for each in read.order_conflicts(conflicts))
    yield (
        "actors",
        (
            _actor(each)
            for some in read.chunks(mentioned.actors)
            for each in read.read_actors(connection, some, mentioned.namers)
        ),
    )
    yield (
        "people",
        (
            filled(asdict(each) | {"aliases": [_alias(alias) for alias in each.aliases]})
            for some in read.chunks(mentioned.people)
            for each in read.read_people(connection, some)
        ),
    )


def write_events(
    connection: Connection, ids: list[int], spoken: records.Spoken, source: str | None = None,
    knowledge: Knowledge | None = None,
) -> Iterator[tuple[str, Fields, int]]:  # fmt: skip
    """Yield for each event its slug, its fields as a document has them, and how many claims those cannot state.

    `source` is the handle of a document that an event without one of its own is said to be in. With `knowledge` it is
    what had been stated by then; what describes an event itself has no date, and is as it stands.
    """
    events = records.read_event_records(connection, ids, spoken, knowledge)
    claims = records.read_claim_records(connection, ids, spoken, knowledge)
    withdrawn = records.read_withdrawn_ids(connection, ids)
    for event_id in ids:
        event, known = events[event_id], claims[event_id]
        said = sayable(known)
        linked = _linked(said, known, withdrawn[event_id])
        event = replace(event, source=event.source or next(iter([each.source for each in linked]), source))
        fields = {
            **_event(event),
            "claims": [write_statement(each, event) for each in group_claims(linked)],
            "timeline": [
                filled({
                    "when": f"{each.date} {each.time or ''}".strip(), "text": each.text, "locator": each.locator,
                    "source": each.source if each.source != event.source else None,
                })
                for each in event.timeline
            ],
        }  # fmt: skip
        yield event.slug or "", filled(fields), len(known) - len(said)


def _header(slug: str, left_out: int) -> str:
    lines = [f"{slug} as it is known. Edit this, and keep it with: conflictdb import FILE"]
    lines += ["Another figure corrects the one that stands; what is deleted here stays known."]
    lines += [f"Left out: {left_out} of its claims, which a document cannot state."] if left_out else []
    return "".join(f"# {line}\n" for line in lines) + "\n"


_ODD_BREAKS = re.compile("[\x85\u2028\u2029]")
"""Line breaks that YAML takes for others unless they are escaped."""


def dump(document: Fields) -> str:
    """Return a document as YAML."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Quotes what the reader of documents would not take for text, such as 1.5e3; it takes dates for text."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

        def represent_str(self, data: str) -> Any:
            style = '"' if _ODD_BREAKS.search(data) else None
            return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)

    Dumper.add_representer(str, Dumper.represent_str)
    for first, resolvers in Dumper.yaml_implicit_resolvers.items():
        kept = [each for each in resolvers if each[0] != "tag:yaml.org,2002:timestamp"]
        Dumper.yaml_implicit_resolvers = {**Dumper.yaml_implicit_resolvers, first: kept}
    number = re.compile(r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$")
    Dumper.add_implicit_resolver("tag:yaml.org,2002:float", number, list("-+.0123456789"))
    apart = {"claimant", "slug", *(name for name, value in document.items() if isinstance(value, list))}
    return "".join(
        ("\n" if name in apart else "")
        + yaml.dump({name: value}, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=100)
        for name, value in document.items()
    )


# --- the event and what it refers to --------------------------------------------------------------------------------


def _actor(actor: ActorRecord) -> Fields:
    relations = {str(kind): [_relation(each) for each in actor.relations if each.kind == kind] for kind in RelationKind}
    if actor.independent:
        relations["part_of"].insert(0, NONE)
    fields = {"name": actor.name, "kind": actor.kind, "country": actor.country, "description": actor.description}
    fields |= {kind: single(each) for kind, each in relations.items()}
    names = {"aliases": [_alias(each) for each in actor.aliases], "native_ids": list(actor.native_ids)}
    return filled({**fields, **names, "source": actor.source})


def _alias(alias: AliasRecord) -> str | Fields:
    return filled(asdict(alias)) if any((alias.language, alias.source, alias.since, alias.until)) else alias.name


def _relation(relation: RelationRecord) -> str | Fields:
    fields = {"since": relation.since, "until": relation.until, "source": relation.source}
    plain = not any(fields.values()) and relation.other != NONE
    return relation.other if plain else filled({"actor": relation.other, **fields})


def _event(event: EventRecord) -> Fields:
    """Return the fields of the event itself, without its claims and timeline."""
    date = parse_edtf(event.date) if event.date else None
    return {
        "claimant": event.claimant, "source": event.source, "slug": event.slug,
        "key": event.key if event.key != event_key(event.slug or "") else None,
        "native_ids": single(list(event.native_ids)),
        "name": event.name, "type": event.type, "subtype": event.subtype, "conflict": event.conflict,
        "date": event.date,
        "date_precision": event.date_precision if date and date.precision != event.date_precision else None,
        "start": event.start_time, "end": event.end_time, "time_zone": event.time_zone,
        "place": write_place(event.place), "summary": event.summary, "sides": list(_sides(event)),
    }  # fmt: skip


def _sides(event: EventRecord) -> Iterator[Fields]:
    for number in sorted({each.side for each in event.combatants}):
        fighters = [each for each in event.combatants if each.side == number]
        role = fighters[0].role
        parts = [filled({"actor": each.actor, "role": each.role, "unit": each.unit}) for each in fighters]
        parts = [{name: part for name, part in each.items() if (name, part) != ("role", role)} for each in parts]
        yield {"role": role, "combatants": [each["actor"] if len(each) == 1 else each for each in parts]}


def _renamed(record: Any, **names: str) -> Fields:
    """Return a record's fields as a document names them; of which edition a page is, only its importer knows."""
    return filled({names.get(name, name): value for name, value in asdict(record).items() if name != "edition"})


# --- links ---------------------------------------------------------------------------------------------------------


def _linked(said: Claims, known: Claims, withdrawn_ids: set[str]) -> list[ClaimRecord]:
    """Return claims with their links, which are keys, to the ids of statements: all that mean exactly the same.

    `known` are all claims of the event that stand, `withdrawn_ids` the ids of statements with claims that do not.
    """
    ends = _Ends(said, known, withdrawn_ids)
    named = {key: ends.name(key, _undated(claim, said)) for key, claim in said.items()}
    stated: dict[tuple[object, ...], dict[LinkRecord, None]] = defaultdict(dict)
    for claim in named.values():
        stated[voice(claim)] |= dict.fromkeys(claim.links)
    return [
        claim if claim.statement_id is None else replace(claim, links=ends.widen(key, claim, stated[voice(claim)]))
        for key, claim in named.items()
    ]


def _undated(claim: ClaimRecord, said: Claims) -> ClaimRecord:
    """Leave out the links that its date makes, and those that no document can state."""
    links = [each for each in claim.links if each.to in said and _about(said[each.to]) == _about(claim)]
    by_date = LinkKind.SUPERSEDES if claim.supersedes_by_date else None
    return replace(claim, links=tuple(each for each in links if each.kind != by_date))


class _Ends:
    """What links mean in one event."""

    def __init__(self, said: Claims, known: Claims, withdrawn_ids: set[str]) -> None:
        self.said, self.known, self.withdrawn_ids = said, known, withdrawn_ids

    def name(self, key: str, claim: ClaimRecord) -> ClaimRecord:
        """Return a claim whose links and `part_of` go to statements where these mean the same as their keys."""
        links = dict.fromkeys(self._named(key, link, claim.links) for link in claim.links)
        return replace(claim, links=tuple(links), part_of=claim.part_of and self._whole(key, claim))

    def widen(self, key: str, claim: ClaimRecord, links: Iterable[LinkRecord]) -> tuple[LinkRecord, ...]:
        """Add those of its statement's links that mean nothing for a claim, so that its claims stay together."""
        return tuple(each for each in links if each in claim.links or not self._of(key, each.to))

    def _of(self, key: str, to: str) -> set[str]:
        """Return the keys of the claims that a link of the claim `key` goes to."""
        about = _about(self.said[key])
        return {
            other for other, each in self.known.items()
            if to in (other, each.statement_id) and other != key and _about(each) == about
        }  # fmt: skip

    def _named(self, key: str, link: LinkRecord, links: Iterable[LinkRecord]) -> LinkRecord:
        name = self.said[link.to].statement_id
        stated = {each.to for each in links if (each.kind, each.note) == (link.kind, link.note)}
        exact = name is not None and name not in self.withdrawn_ids and self._of(key, name) <= stated
        return replace(link, to=name) if name is not None and exact else link

    def _whole(self, key: str, claim: ClaimRecord) -> str:
        whole = claim.part_of or ""
        name = self.said[whole].statement_id
        same = [
            other for other, each in self.known.items()
            if name == each.statement_id and other != key and (each.metric, each.item) == (claim.metric, claim.item)
        ]  # fmt: skip
        return name if name is not None and name not in self.withdrawn_ids and same == [whole] else whole


def _about(claim: ClaimRecord) -> tuple[object, ...]:
    """Return what a claim is about, without who says it: only claims about the same can be linked."""
    subject = (claim.kind, claim.subject_kind, claim.combatant, claim.side, claim.group)
    return (*subject, claim.metric, claim.item, claim.fate if claim.metric else None, claim.attribute)
