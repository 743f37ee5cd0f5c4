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

from conflictdb.domain.records import ActorRecord, AliasRecord, ClaimRecord, EventRecord, LinkRecord, RelationRecord
from conflictdb.domain.vocabulary import LinkKind, RelationKind
from conflictdb.finding import find_event
from conflictdb.reader import Reader
from conflictdb.statements import (
    NONE,
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
from conflictdb.store.read import definitions


def write_event(reader: Reader, name: str) -> str:
    """Return the event of this slug or native id as a YAML document. Raises NotFoundError."""
    connection = reader.connection
    event_id = find_event(connection, name)
    event = definitions.read_event_record(connection, event_id)
    actors = definitions.read_actor_records(connection, event_id)
    known = _named(definitions.read_claim_records(connection, event_id), actors)
    said = sayable(known)
    linked = _linked(said, known, definitions.read_withdrawn_ids(connection, event_id))
    conflicts = definitions.read_conflict_records(connection, event_id)
    people = definitions.read_person_records(connection, event_id)
    cited = _cited((event, *said.values(), *event.timeline, *conflicts, *actors, *people))
    event = replace(event, source=event.source or next(iter(cited), None))
    document = {
        "conflictdb": 1,
        "sources": [_renamed(each, slug="id") for each in definitions.read_source_records(connection, cited)],
        "conflicts": [_renamed(each, parent="part_of") for each in conflicts],
        "actors": [_actor(each) for each in actors],
        "people": [filled(asdict(each) | {"aliases": [_alias(alias) for alias in each.aliases]}) for each in people],
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
    return _header(event, len(known) - len(said)) + _dump(filled(document))


def _header(event: EventRecord, left_out: int) -> str:
    lines = [f"{event.slug} as it is known. Edit this, and keep it with: conflictdb import FILE"]
    lines += ["Another figure corrects the one that stands; what is deleted here stays known."]
    lines += [f"Left out: {left_out} of its claims, which a document cannot state."] if left_out else []
    return "".join(f"# {line}\n" for line in lines) + "\n"


_ODD_BREAKS = re.compile("[\x85\u2028\u2029]")
"""Line breaks that YAML takes for others unless they are escaped."""


def _dump(document: Fields) -> str:
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


def _cited(records: Iterable[Any]) -> dict[str, None]:
    """Return the handles of all documents that records and their parts name."""
    found: dict[str, None] = {}
    for record in records:
        parts = [record, getattr(record, "place", None)]
        parts += [*getattr(record, "aliases", ()), *getattr(record, "relations", ())]
        found |= dict.fromkeys(part.source for part in parts if part is not None and part.source)
    return found


def _named(claims: Claims, actors: Iterable[ActorRecord]) -> Claims:
    """Call combatants by another of their names where a statement would take the main one for something else."""
    names = {actor.name: [actor.name, *(alias.name for alias in actor.aliases)] for actor in actors}
    said = {name: next(filter(is_name, each), name) for name, each in names.items()}
    return {key: replace(each, combatant=said.get(each.combatant or "")) for key, each in claims.items()}


def _actor(actor: ActorRecord) -> Fields:
    relations = {str(kind): [_relation(each) for each in actor.relations if each.kind == kind] for kind in RelationKind}
    if actor.independent:
        relations["part_of"].insert(0, NONE)
    fields = {"name": actor.name, "kind": actor.kind, "country": actor.country, "description": actor.description}
    fields |= {kind: single(each) for kind, each in relations.items()}
    names = {"aliases": [_alias(each) for each in actor.aliases], "native_ids": list(actor.native_ids)}
    return filled({**fields, **names, "source": actor.source})


def _alias(alias: AliasRecord) -> str | Fields:
    return filled(asdict(alias)) if alias.language or alias.source else alias.name


def _relation(relation: RelationRecord) -> str | Fields:
    fields = {"since": relation.since, "until": relation.until, "source": relation.source}
    plain = not any(fields.values()) and relation.other != NONE
    return relation.other if plain else filled({"actor": relation.other, **fields})


def _event(event: EventRecord) -> Fields:
    """Return the fields of the event itself, without its claims and timeline."""
    return {
        "claimant": event.claimant, "source": event.source, "slug": event.slug,
        "native_ids": single(list(event.native_ids)),
        "name": event.name, "type": event.type, "subtype": event.subtype, "conflict": event.conflict,
        "date": event.date, "start": event.start_time, "end": event.end_time, "time_zone": event.time_zone,
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
    return filled({names.get(name, name): value for name, value in asdict(record).items()})


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
