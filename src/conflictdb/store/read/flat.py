"""Read claims as columns, a batch of events at a time: no row of ours is made for each, which would take most time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, reduce
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, Text, func, or_, select, type_coerce

from conflictdb.domain.edtf import day_to_text
from conflictdb.domain.keys import spoken_key
from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.stake import Battlefield, Lineage, Speaker
from conflictdb.domain.vocabulary import ActorKind, LinkKind, Stake, SubjectKind
from conflictdb.store.batch import among, fetch
from conflictdb.store.read.export import DAYS_KEPT, Ids, select_events, select_native_ids, select_sides
from conflictdb.store.read.judged import read_judged
from conflictdb.store.read.known import stated_by
from conflictdb.store.read.lineage import read_lineage
from conflictdb.store.tables import actor, claim, claim_link, person, source

KNOWN = 50_000
"""Names of actors, sources and people that are kept for the next batches."""

_OWN = ("event_id", "id", "key", "combatant_id", "lower", "upper", "best", "note", "native_id")
_REST = (
    "side", "group", "item", "fate", "wording", "wording_language", "translation", "stated_on", "status",
    "reliability", "credibility", "locator", "rank", "attribute", "value", "withdrawn_on", "part_of_id", "person_id",
    "stake_override",
)  # fmt: skip
_ALIKE = ("kind", "subject_kind", "metric", "qualifier", "recorded_at", "revision", "claimant_id", "source_id",
          "claimant_name")  # fmt: skip
"""Every cell that is read takes time, an empty one too. So of each claim its own columns are read, and one text of
those in which many are alike, which is taken apart once for all; the rest are read of the claims that have some."""
_APART = "\t"
"""Between the parts of that text: words of ours and numbers, but for the last."""
_ACTOR = ("name", "kind", "unnamed", "independent")
_SOURCE = ("slug", "title", "publisher", "url", "licence")
_EVENT = (
    "event", "event_name", "event_type", "event_subtype", "conflict", "date", "date_precision", "place", "admin1",
    "admin2", "country", "country_name", "latitude", "longitude", "place_precision", "summary",
)  # fmt: skip
_ENDS = {LinkKind.SUPERSEDES: "superseded", LinkKind.RETRACTS: "retracted", LinkKind.CORRECTS: "corrected"}
_RANKS = {"superseded": 1, "retracted": 2, "corrected": 3}
Columns = dict[str, Sequence[Any]]


@dataclass(slots=True)
class Flat:
    """Columns by name: `claims` one value a claim; `shared` further ones, each lot with every claim's place in it.

    The first lot is of the events, the second of what many claims are alike in.
    """

    ids: list[int]
    claims: Columns
    shared: list[tuple[Columns, list[int]]]
    of_datasets: int
    """Rows of datasets that these events are of."""

    @property
    def events(self) -> Columns:
        """Return the columns of the events."""
        return self.shared[0][0]

    @property
    def places(self) -> list[int]:
        """Return for every claim which of the events it is of."""
        return self.shared[0][1]


@dataclass(slots=True)
class FlatReader:
    """Reads batches of one export; with `knowledge`, the claims that had been stated by then, as they stood then."""

    connection: Connection
    knowledge: Knowledge | None = None
    actors: dict[int, Any] = field(default_factory=dict)
    sources: dict[int, Any] = field(default_factory=dict)
    people: dict[int, Any] = field(default_factory=dict)
    lineage: Lineage | None = None
    days: dict[int, tuple[int | None, int | None]] = field(default_factory=dict)
    of_datasets: int = 0

    def read(self, ids: Ids) -> Flat:
        """Return the claims of these events, event by event in their order, those that do not stand too."""
        place = {event_id: number for number, event_id in enumerate(ids)}
        rows = fetch(self.connection, _claims(self.knowledge), ids)
        rows.sort(key=lambda row: place[row[0]])
        *own, alike, _ = zip(*rows, strict=True) if rows else [()] * (len(_OWN) + 2)
        claims: Columns = dict(zip(_OWN, own, strict=True)) | self._rest(rows)
        if self.knowledge is not None:
            claims |= _as_then(claims["withdrawn_on"], self.knowledge)
        numbers = {text: number for number, text in enumerate(dict.fromkeys(alike))}
        lots = [numbers[text] for text in alike]
        fighters = sorted(fetch(self.connection, select_sides(), ids))
        told = self._told(list(numbers), [row[3] for row in fighters])
        events = self._events(ids, fighters)
        claims |= self._subjects(claims, told, lots, fighters)
        claims |= self._linked(ids, claims)
        claims["stake"] = self._stakes(claims, told, lots, fighters)
        places = [place[event_id] for event_id in claims["event_id"]]
        return Flat(list(ids), claims, [(events, places), (told, lots)], self.of_datasets)

    def _rest(self, rows: Sequence[Any]) -> Columns:
        """Return the columns that few claims have a value in; those that none has are one list of nothing."""
        nothing = [None] * len(rows)
        columns: dict[str, list[Any]] = dict.fromkeys(_REST, nothing)
        places = {row[1]: place for place, row in enumerate(rows) if row[-1]}
        for claim_id, *values in fetch(self.connection, _further(), list(places)) if places else ():
            for name, value in zip(_REST, values, strict=True):
                if value is not None:
                    if columns[name] is nothing:
                        columns[name] = nothing.copy()
                    columns[name][places[claim_id]] = value
        return {**columns}

    def _told(self, texts: Sequence[str], fighters: Sequence[int]) -> Columns:
        """Return what many claims are alike in, and what is known of their claimants and documents."""
        parts = [text.split(_APART, len(_ALIKE) - 1) for text in texts]
        columns: Columns = {name: [part[number] or None for part in parts] for number, name in enumerate(_ALIKE)}
        for name in ("revision", "claimant_id", "source_id"):
            columns[name] = list(map(int, columns[name]))
        actors = self._known(self.actors, actor, _ACTOR, [*columns["claimant_id"], *fighters])
        known = [actors[each] for each in columns["claimant_id"]]
        columns["claimant"] = [said or each[0] for said, each in zip(columns["claimant_name"], known, strict=True)]
        columns["claimant_kind"] = [each[1] for each in known]
        columns["basis"] = ["estimate" if each[1] == ActorKind.RECORDER else "claim" for each in known]
        sources = self._known(self.sources, source, _SOURCE, columns["source_id"])
        for number, name in enumerate(("source", "source_title", "publisher", "source_url", "licence")):
            columns[name] = [sources[each][number] for each in columns["source_id"]]
        return columns

    def _subjects(self, claims: Columns, told: Columns, lots: Sequence[int], fighters: Sequence[Any]) -> Columns:
        """Return the columns that spell out which claim it is, and whom it is about."""
        by_combatant = {row[2]: (self.actors[row[3]][0], row[1]) for row in fighters}
        fought = [by_combatant.get(each, (None, None)) for each in claims["combatant_id"]]
        sides = [own if own is not None else side for own, (_, side) in zip(claims["side"], fought, strict=True)]
        kinds, revisions = told["subject_kind"], told["revision"]
        people = self._known(self.people, person, ("name",), [each for each in claims["person_id"] if each is not None])
        return {
            "claim": [spoken_key(key, revisions[lot]) for key, lot in zip(claims["key"], lots, strict=True)],
            "subject": [
                name or (f"side {side}" if kinds[lot] == SubjectKind.SIDE else kinds[lot])
                for (name, _), side, lot in zip(fought, sides, lots, strict=True)
            ],
            "side": sides,
            "person": [None if each is None else people[each][0] for each in claims["person_id"]],
        }

    def _linked(self, ids: Ids, claims: Columns) -> Columns:
        """Return the links of claims in words, and their standing."""
        standing: dict[int, str] = {}
        words: dict[int, list[str]] = defaultdict(list)
        keys = dict(zip(claims["id"], claims["claim"], strict=True))
        links = fetch(self.connection, _links(), ids)
        if self.knowledge is not None:
            links = [each for each in links if each[0] in keys and each[1] in keys]
        for origin, target, kind in links:
            words[origin].append(f"{kind} {keys[target]}")
            end = _ENDS.get(kind)
            if end and _RANKS[end] > _RANKS.get(standing.get(target, ""), 0):
                standing[target] = end
        withdrawn = zip(claims["id"], claims["withdrawn_on"], strict=True)
        return {
            "part_of": [None if each is None else keys.get(each) for each in claims["part_of_id"]],
            "links": ["; ".join(words[each]) if each in words else None for each in claims["id"]],
            "standing": ["withdrawn" if on else standing.get(each, "standing") for each, on in withdrawn],
        }

    def _stakes(self, claims: Columns, told: Columns, lots: Sequence[int], fighters: Sequence[Any]) -> list[str]:
        fields: dict[int, Battlefield] = {}
        of_lots = [Stake.RECORDER.value if kind == ActorKind.RECORDER else None for kind in told["claimant_kind"]]
        stakes: list[Any] = [said or of_lots[lot] for said, lot in zip(claims["stake_override"], lots, strict=True)]
        for number, stake in enumerate(stakes):
            if stake is None:
                event_id, claimant_id = claims["event_id"][number], told["claimant_id"][lots[number]]
                if event_id not in fields:
                    fields[event_id] = self._battlefield(event_id, fighters)
                _, kind, unnamed, independent = self.actors[claimant_id]
                speaker = Speaker(claimant_id, kind, unnamed, independent)
                stakes[number] = str(fields[event_id].stake(speaker, claims["side"][number]))
        return stakes

    def _battlefield(self, event_id: int, fighters: Sequence[Any]) -> Battlefield:
        if self.lineage is None:
            self.lineage = read_lineage(self.connection, read_judged(self.connection).actors)
        fought = [(row[3], row[1]) for row in fighters if row[0] == event_id]
        return Battlefield(fought, self.lineage, *self.days[event_id])

    def _events(self, ids: Ids, fighters: Sequence[Any]) -> Columns:
        """Return the columns of the events themselves."""
        rows = {row[0]: row for row in fetch(self.connection, select_events(), ids)}
        columns = list(zip(*(rows[event_id] for event_id in ids), strict=True))
        self.days = dict(zip(ids, zip(columns[1], columns[2], strict=True), strict=True))
        native: dict[int, str] = {}
        self.of_datasets = 0
        for event_id, text, digest in fetch(self.connection, select_native_ids(), ids):
            self.of_datasets += digest is not None
            native[event_id] = f"{native[event_id]} {text}" if event_id in native else text
        sides: dict[int, str] = {}
        for event_id, side, _, actor_id, role in fighters:
            text = f"{self.actors[actor_id][0]} ({side}, {role})"
            sides[event_id] = f"{sides[event_id]}; {text}" if event_id in sides else text
        return {
            **dict(zip(_EVENT, columns[3:], strict=True)),
            "first_date": list(map(_day, columns[1])),
            "last_date": list(map(_day, columns[2])),
            "sides": list(map(sides.get, ids)),
            "native_ids": list(map(native.get, ids)),
        }

    def _known(self, known: dict[int, Any], table: Table, names: Sequence[str], ids: Sequence[int]) -> dict[int, Any]:
        """Return what is known of these rows of a table; what is not is read, and kept for the next batches."""
        missing = set(ids).difference(known)
        if len(known) + len(missing) > KNOWN:
            known.clear()
            missing = set(ids)
        if missing:
            statement = select(table.c.id, *(table.c[name] for name in names)).where(among(table.c.id))
            for row_id, *values in self.connection.execute(statement, {"ids": list(missing)}):
                known[row_id] = values
        return known


def _as_then(withdrawn_on: Sequence[str | None], knowledge: Knowledge) -> Columns:
    """Return the columns that a day changes: what was withdrawn later was not yet."""
    then = [on if on is not None and on <= knowledge.iso else None for on in withdrawn_on]
    return {"withdrawn_on": then, "as_of": [knowledge.text] * len(then)}


def _part(name: str) -> ColumnElement[str]:
    column = type_coerce(claim.c[name], Text)  # no cast: || makes texts of numbers on both engines
    return func.coalesce(column, "") if claim.c[name].nullable else column


@lru_cache(maxsize=DAYS_KEPT)
def _claims(knowledge: Knowledge | None) -> Select[Any]:
    first, *others = map(_part, _ALIKE)
    alike = reduce(lambda text, part: text + _APART + part, others, first)
    has_more = or_(*(claim.c[name].is_not(None) for name in _REST))
    return (
        select(*(claim.c[name] for name in _OWN), alike, has_more)
        .where(among(claim.c.event_id), *([] if knowledge is None else [stated_by(claim, knowledge)]))
        .order_by(claim.c.event_id, claim.c.id)
    )


@cache
def _further() -> Select[Any]:
    return select(claim.c.id, *(claim.c[name] for name in _REST)).where(among(claim.c.id))


@cache
def _links() -> Select[Any]:
    link = claim_link.c
    return (
        select(link.from_claim_id, link.to_claim_id, link.kind)
        .where(among(link.event_id), link.withdrawn_on.is_(None))
        .order_by(link.id)
    )


@lru_cache(maxsize=65_536)
def _day(day: int | None) -> str | None:
    return None if day is None else day_to_text(day)
