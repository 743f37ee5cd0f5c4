"""Rows that are told anew: what changed is a new claim that corrects the one that stands, which stays."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import insert

from conflictdb.domain.keys import content_key
from conflictdb.domain.vocabulary import LinkKind, Qualifier
from conflictdb.store.bulk import Bulk, Values
from conflictdb.store.tables import claim, claim_link, combatant
from conflictdb.store.write.coded.added import COLUMNS as BULK_COLUMNS
from conflictdb.store.write.coded.counts import Counts
from conflictdb.store.write.coded.figures import CHANGES, COLUMNS, SAID, ClaimDrafts, Draft, claim_row
from conflictdb.store.write.coded.lookups import KnownRow
from conflictdb.store.write.coded.prepared import Prepared, key_of_claim, with_event_key
from conflictdb.store.write.coded.releases import ReleasesOfRuns, day_of
from conflictdb.store.write.coded.standing import StandingEvent, load_standing
from conflictdb.store.write.fighters import find_part
from conflictdb.store.write.inherited import inherited_links
from conflictdb.store.write.known import Row

_PLACES = {name: SAID.index(name) for name in CHANGES}
Link = tuple[int, int, int, str, str | None]
"""Event, from, to, kind, note."""


class Revision(NamedTuple):
    """A row to be compared with how its event stands; `late`, if it is of an older release than the one seen last."""

    row: Prepared
    event_id: int
    known: KnownRow | None
    late: bool


@dataclass(slots=True)
class RevisedClaims:
    """Compares rows with what stands, and adds what they say otherwise, for one import run."""

    bulk: Bulk
    drafts: ClaimDrafts
    releases: ReleasesOfRuns
    run_id: int
    now: str
    counts: Counts
    withdrawn: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Claims to be withdrawn by the caller, by day: their figure is blank now, or was gone before an older release."""
    _claims: list[Values] = field(default_factory=list)
    _links: list[Link] = field(default_factory=list)

    def write(self, revisions: Sequence[Revision]) -> tuple[dict[int, StandingEvent], set[int]]:
        """Add what changed; return the events as they stood before, and the ids of those whose claims changed."""
        dataset = self.drafts.references.dataset
        standing = load_standing(self.bulk.connection, list({each.event_id for each in revisions}), dataset.name)
        combatant_ids = self._put_fighters(revisions, standing)
        changed = set()
        for revision, fighters in zip(revisions, combatant_ids, strict=True):
            event = standing[revision.event_id]
            row = with_event_key(revision.row, _event_key(revision, event), dataset)
            drafts = self.drafts.of(row, fighters)
            compare = self._add_late if revision.late else self._compare
            if compare(revision, event, drafts):
                changed.add(revision.event_id)
        self._flush()
        return standing, changed

    def _put_fighters(self, revisions: Sequence[Revision], standing: dict[int, StandingEvent]) -> list[tuple[int, ...]]:
        """Add the combatants that are new to their events; return the combatants of each row, in its order."""
        rows: list[Values] = []
        order = []
        for row, event_id, _, _ in revisions:
            event = standing[event_id]
            fighters = event.combatants
            found = []
            for fighter in row.event.fighters:
                actor_id = self.drafts.references.actor(fighter.actor).id
                if actor_id not in fighters:
                    actor_id = self._part_of(actor_id, fighter.side, event)
                if actor_id not in fighters:
                    fighters[actor_id] = self.bulk.new_id(combatant)
                    about = (fighter.side, fighter.role, fighter.unit)
                    rows.append((fighters[actor_id], event_id, actor_id, *about, self.run_id))
                found.append(fighters[actor_id])
            order.append(tuple(found))
        self.bulk.insert(*BULK_COLUMNS["combatant"], rows)
        return order

    def _part_of(self, actor_id: int, side: int, event: StandingEvent) -> int:
        """Return the combatant that a dataset means by the name of what it belongs to, else the actor itself."""
        days = (event.row["first_day"], event.row["last_day"])
        lineage = self.drafts.references.reference.lookups.lineage()
        return find_part(lineage, event.sides, actor_id, side, days) or actor_id

    def _compare(self, revision: Revision, event: StandingEvent, drafts: list[Draft]) -> bool:
        """Correct what stands by what a row says; return whether anything was new in it."""
        ids: dict[str | None, int] = {}
        outcomes = []
        zero, blank = self._gone(revision, event, drafts)
        for draft in (*drafts, *zero):
            standing = event.standing(draft.key)
            if standing is not None and _says(draft, standing):
                outcomes.append("unchanged")
                ids[draft.field] = standing["id"]
                continue
            outcomes.append("added" if standing is None else "changed")
            ids[draft.field] = claim_id = self._add(draft, event, ids.get(draft.part_of))
            if standing is not None:
                self._link(event, claim_id, standing["id"])
            if before := standing or event.last(draft.key):
                self._inherit(event, claim_id, before, draft)
        self.withdrawn[day_of(self.releases.of(self.run_id), self.now)] += blank
        return self._count(*outcomes, *("withdrawn" for _ in blank))

    def _gone(self, revision: Revision, event: StandingEvent, drafts: list[Draft]) -> tuple[list[Draft], list[int]]:
        """Return corrections to 0 of the figures that are 0 now, and the claims of those that are blank now."""
        zero: list[Draft] = []
        blank: list[int] = []
        told = {draft.key for draft in drafts}
        cells = {name.casefold(): cell for name, cell in json.loads(revision.row.cells).items()}
        stated = self.drafts.stated_of(revision.row.event)
        for key in event.claims:
            row = event.standing(key) if key not in told else None
            if row is None or not self._is_of(row, revision, event) or event.is_corrected(row):
                continue
            column = str(row["native_id"])
            if row["metric"] is None or not _is_zero(cells.get(column.casefold(), "")):
                blank.append(int(row["id"]))
                continue
            said = {name: row[name] for name in SAID} | dict(zip(SAID[4:7], stated, strict=True))
            said |= {"lower": 0, "upper": 0, "best": 0, "qualifier": Qualifier.EXACT.value}
            zero.append(Draft(key, column, None, tuple(said.values())))
        return zero, blank

    def _add_late(self, revision: Revision, event: StandingEvent, drafts: list[Draft]) -> bool:
        """Keep what an older release said otherwise, under a key of its own, as corrected by what stands."""
        version = revision.row.event.revision or self.releases.of(self.run_id).name or str(self.run_id)
        outcomes = []
        for draft in drafts:
            late = draft._replace(key=content_key("late", draft.key, version))
            held = (*event.claims.get(draft.key, ()), *event.claims.get(late.key, ()))
            if any(_says(draft, row) and not self._is_undone(row) for row in held):
                outcomes.append("unchanged")
                continue
            outcomes.append("added")
            late_id = self._add(late, event, None)
            if standing := event.standing(draft.key):
                self._link(event, standing["id"], late_id)
            elif revision.known is not None:  # a newer release has it no more
                self.withdrawn[day_of(self.releases.of(revision.known.seen_run_id), self.now)].append(late_id)
        return self._count(*outcomes)

    def _count(self, *outcomes: str) -> bool:
        self.counts.claims.update(outcomes)
        return any(outcome != "unchanged" for outcome in outcomes)

    def _is_of(self, row: Row, revision: Revision, event: StandingEvent) -> bool:
        """Return whether a claim was read in this row of the dataset, and not in another or in a document."""
        references = self.drafts.references
        if row["native_id"] is None or self.releases.dataset_of(row["import_run_id"]) != references.dataset.name:
            return False
        source = references.source_slug(row["source_id"])
        return bool(row["key"] == key_of_claim(row, _event_key(revision, event), source))

    def _is_undone(self, row: Row) -> bool:
        """Return whether a claim was withdrawn by the undoing of its run, which reads no dataset."""
        return row["withdrawn_by_id"] is not None and not self.releases.dataset_of(row["withdrawn_by_id"])

    def _add(self, draft: Draft, event: StandingEvent, part_of_id: int | None) -> int:
        claim_id, revision = self.bulk.new_id(claim), len(event.claims.get(draft.key, ())) + 1
        self._claims.append(claim_row(draft, claim_id, revision, event.row["id"], part_of_id, self.now, self.run_id))
        return claim_id

    def _link(self, event: StandingEvent, origin: int, target: int) -> None:
        self._links.append((event.row["id"], origin, target, LinkKind.CORRECTS.value, None))

    def _inherit(self, event: StandingEvent, claim_id: int, old: Row, draft: Draft) -> None:
        if event.links:
            rows = {row["id"]: row for revisions in event.claims.values() for row in revisions}
            same = all(draft.said[_PLACES[name]] == old[name] for name in ("lower", "upper", "best", "qualifier"))
            for passed in inherited_links(event.links, rows, claim_id, old["id"], same):
                self._links.append((event.row["id"], *passed))

    def _flush(self) -> None:
        self.bulk.insert(claim, COLUMNS, self._claims)
        self._claims.clear()
        self.bulk.pause()
        if self._links:
            names = ("event_id", "from_claim_id", "to_claim_id", "kind", "note")
            rows: list[dict[str, Any]] = [dict(zip(names, link, strict=True)) for link in self._links]
            self.bulk.connection.execute(insert(claim_link), [{**row, "import_run_id": self.run_id} for row in rows])
            self._links.clear()


def _event_key(revision: Revision, event: StandingEvent) -> str:
    """Return the key of the event that keys a row's claims: of several rows of one event, the first has the event's."""
    is_first = revision.known is None or event.first_row_id in (None, revision.known.id)
    return str(event.row["key"]) if is_first else revision.row.key


def _says(draft: Draft, row: Row) -> bool:
    """Return whether a claim that stands says what the draft does."""
    return all(draft.said[place] == row[name] for name, place in _PLACES.items())


def _is_zero(cell: str) -> bool:
    try:
        return float(cell) == 0
    except ValueError:
        return False
