"""Figures as policies see them, and who fought, read for many events at a time: no row of ours is made of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select

from conflictdb.domain.keys import spoken_key
from conflictdb.domain.policies.evidence import ENDINGS
from conflictdb.domain.stake import Battlefield, Speaker
from conflictdb.domain.vocabulary import ActorKind, Role
from conflictdb.store.batch import among, fetch
from conflictdb.store.read.claims import CHUNK, read_links, read_same
from conflictdb.store.read.extent import Extent, Met
from conflictdb.store.read.speakers import Speakers, read_speakers
from conflictdb.store.tables import actor, claim, claim_link, combatant

KEPT = 20_000
"""Battlefields and actors that are kept for the next events."""
_OWN = (
    "id", "event_id", "key", "revision", "claimant_id", "claimant_name", "lower", "upper", "best", "qualifier",
    "wording", "status", "reliability", "credibility", "stated_on", "stated_last_day", "withdrawn_on", "stake_override",
    "metric", "subject_kind", "combatant_id", "side",
)  # fmt: skip
_LINKS = (
    "superseded_by", "corrected_by", "retracted_by", "corroborates", "corroborated_by", "repeats", "derived_from",
    "same_as",
)  # fmt: skip
_NONE: Sequence[Any] = ((),) * len(_LINKS)
_STANDINGS = tuple((_LINKS.index(link), word) for link, word in ENDINGS.items())
"""What sets a claim aside, by its place in `_LINKS`."""


class Figure(NamedTuple):
    """One figure: what policies read of a claim (see `policies.evidence.Evidence`), and what it is about."""

    key: str
    basis: str
    claimant: str
    claimant_actor: str
    claimant_kind: str
    claimant_key: str
    claimant_above: tuple[str, ...]
    attacker: bool
    stake: str
    lower: int | None
    upper: int | None
    best: int | None
    qualifier: str | None
    wording: str | None
    status: str | None
    reliability: str | None
    credibility: int | None
    stated_on: str | None
    stated_last_day: int | None
    standing: str
    withdrawn_on: str | None
    unreasonable: str | None
    superseded_by: tuple[str, ...]
    corrected_by: tuple[str, ...]
    retracted_by: tuple[str, ...]
    corroborates: tuple[str, ...]
    corroborated_by: tuple[str, ...]
    repeats: tuple[str, ...]
    derived_from: tuple[str, ...]
    same_as: tuple[str, ...]
    metric: str
    subject_kind: str
    combatant_id: int | None
    side: int | None

    @property
    def evidence(self) -> tuple[Any, ...]:
        """Return what policies read of it, but for its key: figures alike in this are alike to all policies."""
        return self[1:-4]


class Fighter(NamedTuple):
    """An actor's part in an event: the id of that part, of the actor, and the side."""

    id: int
    actor_id: int
    side: int
    role: str


class Gathered(NamedTuple):
    """An event's figures, those that do not stand too, and who fought in it."""

    figures: list[Figure]
    fighters: tuple[Fighter, ...]


class _Known(NamedTuple):
    """An actor, as far as what it says needs it."""

    id: int
    name: str
    kind: str
    unnamed: bool
    independent: bool


@dataclass(slots=True)
class _Field:
    """A battlefield, with what was found out of those who spoke about it. Events with the same fighters share one."""

    battlefield: Battlefield
    standings: dict[int, tuple[str, tuple[str, ...], bool]] = field(default_factory=dict)
    stakes: dict[tuple[int, int | None], str] = field(default_factory=dict)


@dataclass
class EvidenceReader:
    """Reads the figures of an extent, batch by batch."""

    connection: Connection
    extent: Extent
    actors: dict[int, _Known] = field(default_factory=dict)
    fields: dict[Any, _Field] = field(default_factory=dict)

    @cached_property
    def speakers(self) -> Speakers:
        """Return the lineage and the judgements."""
        return read_speakers(self.connection)

    def read(self, events: Sequence[Met]) -> dict[int, Gathered]:
        """Return what is claimed of these events."""
        ids = [each.id for each in events]
        rows = fetch(self.connection, self._claims, ids)
        fought: dict[int, list[Fighter]] = defaultdict(list)
        for event_id, *own in fetch(self.connection, self._fighters, ids):
            fought[event_id].append(Fighter(*own))
        found = {each: Gathered([], tuple(fought.get(each, ()))) for each in ids}
        self._meet_actors([row[4] for row in rows])
        links = self._read_links(ids, rows)
        fields = {each.id: self._field(each, found[each.id].fighters) for each in events}
        sides = {each.id: each.side for fighters in fought.values() for each in fighters}
        for row in rows:
            found[row[1]].figures.append(self._figure(row, fields[row[1]], links.get(row[0], _NONE), sides))
        return found

    def names(self, actors: Iterable[int]) -> dict[int, str]:
        """Return the names of actors; of those that were judged the same, one."""
        same = self.speakers.judged.actors
        chosen = {each: same.get(each, each) for each in actors}
        self._meet_actors(list(chosen.values()))
        return {each: self.actors[main].name for each, main in chosen.items()}

    def _figure(self, row: Sequence[Any], at: _Field, links: Sequence[Any], sides: dict[int, int]) -> Figure:
        (
            claim_id, _, key, revision, claimant_id, claimant_name, lower, upper, best, qualifier, wording, status,
            reliability, credibility, stated_on, stated_last_day, withdrawn_on, stake, metric, subject_kind,
            combatant_id, side,
        ) = row  # fmt: skip
        claimant = self.actors[claimant_id]
        subject_side = sides.get(combatant_id, side)
        claimant_key, above, attacker = at.standings.get(claimant_id) or self._stand(at, claimant_id)
        if stake is None:
            stake = at.stakes.get((claimant_id, subject_side)) or self._stake(at, claimant, subject_side)
        if withdrawn_on is not None and self.extent.knowledge is not None:
            withdrawn_on = withdrawn_on if withdrawn_on <= self.extent.knowledge.iso else None
        standing = "standing" if links is _NONE else next((word for at, word in _STANDINGS if links[at]), "standing")
        return Figure._make((
            spoken_key(key, revision), "estimate" if claimant.kind == ActorKind.RECORDER else "claim",
            claimant_name or claimant.name, claimant.name, claimant.kind, claimant_key, above, attacker, stake, lower,
            upper, best, qualifier, wording, status, reliability, credibility, stated_on, stated_last_day,
            "withdrawn" if withdrawn_on else standing, withdrawn_on,
            self.speakers.judged.unreasonable.get(claim_id), *links, metric, subject_kind, combatant_id, subject_side,
        ))  # fmt: skip

    def _stand(self, at: _Field, claimant_id: int) -> tuple[str, tuple[str, ...], bool]:
        """Return a claimant's key, the keys of what it belonged to at the event, and whether it attacked."""
        self.speakers.learn(self.connection, [(claimant_id, at.battlefield)])
        above = self.speakers.above(claimant_id, at.battlefield)
        found = self.speakers.key(claimant_id), above, at.battlefield.attacked(claimant_id)
        at.standings[claimant_id] = found
        return found

    def _stake(self, at: _Field, claimant: _Known, side: int | None) -> str:
        speaker = Speaker(claimant.id, claimant.kind, claimant.unnamed, claimant.independent)
        at.stakes[claimant.id, side] = found = str(at.battlefield.stake(speaker, side))
        return found

    def _field(self, met: Met, fighters: tuple[Fighter, ...]) -> _Field:
        parts = tuple((each.actor_id, each.side, each.role) for each in fighters)
        key = parts, (met.first_day, met.last_day) if self._is_dated else None
        if key not in self.fields:
            if len(self.fields) > KEPT:
                self.fields.clear()
            attackers = [actor_id for actor_id, _, role in parts if role == Role.ATTACKER]
            pairs = [(actor_id, side) for actor_id, side, _ in parts]
            lineage = self.speakers.lineage
            self.fields[key] = _Field(Battlefield(pairs, lineage, met.first_day, met.last_day, attackers))
        return self.fields[key]

    @cached_property
    def _is_dated(self) -> bool:
        """Return whether any actor belonged to another for a time only: else one day is like another."""
        parents = (each for found in self.speakers.lineage.parents.values() for each in found)
        return any(each.since_day is not None or each.until_day is not None for each in parents)

    def _meet_actors(self, ids: Sequence[int]) -> None:
        wanted = set(ids)
        if not wanted <= self.actors.keys():
            if len(self.actors) > KEPT:
                self.actors.clear()
            missing = wanted.difference(self.actors)
            columns = (actor.c[name] for name in _Known._fields)
            rows = self.connection.execute(select(*columns).where(among(actor.c.id)), {"ids": sorted(missing)})
            self.actors.update((row.id, _Known(*row)) for row in rows)

    def _read_links(self, ids: Sequence[int], rows: Sequence[Any]) -> dict[int, tuple[tuple[str, ...], ...]]:
        """Return for each claim of an event with links its own, in the order of `_LINKS`; few events have any."""
        linked = {row[0] for row in fetch(self.connection, self._linked, ids)}
        claims = [row[0] for row in rows if row[1] in linked]
        words: dict[int, dict[str, tuple[str, ...]]] = {}
        for start in range(0, len(claims), CHUNK):
            some = claims[start : start + CHUNK]
            found = read_links(self.connection, some, self.extent.knowledge)
            words |= {each: found[each] for each in some if each in found}
        for each, keys in read_same(self.connection, [row[0] for row in rows], self.speakers.judged).items():
            words.setdefault(each, {})["same_as"] = keys
        return {each: tuple(found.get(name, ()) for name in _LINKS) for each, found in words.items()}

    @cached_property
    def _claims(self) -> Select[Any]:
        """Withdrawn claims too: policies say why they do not count."""
        columns = (claim.c[name] for name in _OWN)
        return select(*columns).where(among(claim.c.event_id), *self.extent.figures())

    @cached_property
    def _fighters(self) -> Select[Any]:
        own = combatant.c
        columns = own.event_id, own.id, own.actor_id, own.side, own.role
        return select(*columns).where(among(own.event_id))

    @cached_property
    def _linked(self) -> Select[Any]:
        return select(claim_link.c.event_id).distinct().where(among(claim_link.c.event_id))
