"""Write one resolved event: its row, combatants, unnamed claimants, people, claims, links and timeline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update

from conflictdb.domain.records import PersonRecord, Problem, UnnamedRecord
from conflictdb.domain.vocabulary import RelationKind
from conflictdb.store.tables import actor, combatant, event
from conflictdb.store.write.claims import ClaimCounts
from conflictdb.store.write.context import RunContext
from conflictdb.store.write.description import describe_known
from conflictdb.store.write.event_text import index_event
from conflictdb.store.write.fields import date_values
from conflictdb.store.write.known import load_known_event
from conflictdb.store.write.links import LinkWriter
from conflictdb.store.write.lookups import UnresolvedError
from conflictdb.store.write.resolve import Draft, Resolved
from conflictdb.store.write.timeline import write_timeline


@dataclass(slots=True)
class EventOutcome:
    """What became of an event: `outcome` is added, changed, unchanged or refused (then with all its problems)."""

    slug: str
    outcome: str
    claims: ClaimCounts = field(default_factory=ClaimCounts)
    problems: list[Problem] = field(default_factory=list)


class EventWriter(RunContext):
    """Writes the events of one import run."""

    def write(self, resolved: Resolved) -> EventOutcome:
        """Write the event, or nothing of it where it has problems."""
        slug = resolved.identity.slug
        if resolved.problems:
            return EventOutcome(slug, "refused", problems=resolved.problems)
        savepoint = self.connection.begin_nested()
        try:
            outcome = self._write(resolved)
        except UnresolvedError as error:
            record = resolved.record
            problem = Problem(record.path, record.line, "", "", str(error), record.slug or slug)
            outcome = EventOutcome(slug, "refused", problems=[problem])
        if outcome.problems:
            savepoint.rollback()
            self.lookups.forget()
            return EventOutcome(slug, "refused", problems=outcome.problems)
        savepoint.commit()
        return outcome

    def _write(self, resolved: Resolved) -> EventOutcome:
        record, known, problems = resolved.record, resolved.identity.known, resolved.problems
        changed = False
        if known is None:
            event_id = self._add_event(resolved)
        else:
            event_id = int(known.row["id"])
            kept = describe_known(self, resolved, known)
            changed |= kept.changed
            problems += kept.problems
        combatant_ids, new_fighters = self._put_combatants(event_id, resolved)
        counts = self._put_claims(event_id, resolved, combatant_ids)
        links = LinkWriter(self.connection, self.run_id, self.now[:10], load_known_event(self.connection, event_id))
        links.write(resolved.drafts)
        for line, where, value, why in links.refusals:
            problems.append(Problem(record.path, line or record.line, where, value, why, resolved.identity.slug))
        entries = write_timeline(self.connection, self.run_id, event_id, record, self.lookups)
        try:
            changed |= self.reference.put_native_ids("event_id", event_id, record.native_ids)
        except UnresolvedError as error:
            problems.append(Problem(record.path, record.line, "native_ids", "", str(error), resolved.identity.slug))
        changed |= bool(new_fighters or counts.added or counts.changed or links.changed or entries)
        if changed or known is None:
            index_event(self.connection, event_id)
        outcome = "added" if known is None else "changed" if changed else "unchanged"
        return EventOutcome(resolved.identity.slug, outcome, counts, problems)

    def _add_event(self, resolved: Resolved) -> int:
        record = resolved.record
        values: dict[str, Any] = {
            "key": resolved.identity.key,
            "slug": resolved.identity.slug,
            "name": record.name,
            "type": record.type,
            "subtype": record.subtype,
            "conflict_id": self.conflict_id(record.conflict),
            "place_id": self.reference.put_place(record.place) if record.place else None,
            "start_time": record.start_time,
            "end_time": record.end_time,
            "time_zone": record.time_zone,
            "summary": record.summary,
            "claimant_id": self.lookups.actor(record.claimant).id if record.claimant else None,
            "source_id": self.lookups.source(record.source) if record.source else None,
            "import_run_id": self.run_id,
        }
        result = self.connection.execute(insert(event), values | date_values(record.date, record.date_precision))
        assert result.inserted_primary_key is not None
        return int(result.inserted_primary_key[0])

    def _put_combatants(self, event_id: int, resolved: Resolved) -> tuple[dict[str, int], int]:
        known = resolved.identity.known.combatants if resolved.identity.known else {}
        ids = {key: int(row["id"]) for key, row in known.items()}
        new = 0
        for key, (found, fighter) in resolved.fighters.items():
            if key in known:
                fills = {name: getattr(fighter, name) for name in ("unit",) if known[key][name] is None}
                if known[key]["role"] == "unknown" and fighter.role != "unknown":
                    fills["role"] = fighter.role
                fills = {name: value for name, value in fills.items() if value is not None}
                if fills:
                    self.connection.execute(update(combatant).where(combatant.c.id == ids[key]).values(**fills))
                    new += 1
                continue
            values: dict[str, Any] = {"event_id": event_id, "actor_id": found.id, "import_run_id": self.run_id}
            values |= {"side": fighter.side, "role": fighter.role, "unit": fighter.unit}
            result = self.connection.execute(insert(combatant).values(**values))
            assert result.inserted_primary_key is not None
            ids[key] = int(result.inserted_primary_key[0])
            new += 1
        return ids, new

    def _put_claims(self, event_id: int, resolved: Resolved, combatant_ids: dict[str, int]) -> ClaimCounts:
        claimant_ids: dict[str, int] = {}
        person_ids: dict[str, int] = {}
        place_ids: dict[str, int] = {}
        for draft in resolved.drafts:
            claimant_ids[draft.claimant_key] = self._claimant_id(draft, resolved.identity.key)
            if draft.person_key:
                person_ids[draft.person_key] = self._person_id(draft)
            if draft.record.place is not None:
                place_ids[draft.key] = self.reference.put_place(draft.record.place)
        writer = self.claim_writer(event_id, resolved.identity.known, claimant_ids)
        writer.combatant_ids, writer.person_ids, writer.place_ids = combatant_ids, person_ids, place_ids
        return writer.write(resolved.drafts)

    def _claimant_id(self, draft: Draft, event_key: str) -> int:
        if draft.claimant is not None:
            return draft.claimant.id
        unnamed = draft.record.claimant
        assert isinstance(unnamed, UnnamedRecord)
        known = self.connection.scalar(select(actor.c.id).where(actor.c.key == draft.claimant_key))
        if known is not None:
            return int(known)
        actor_id = self.reference.put_unnamed(
            {
                "key": draft.claimant_key, "name": unnamed.name, "kind": unnamed.kind,
                "independent": unnamed.independent, "event_key": event_key, "source_id": draft.source_id,
            }
        )  # fmt: skip
        if unnamed.part_of:
            self.reference.relate(actor_id, self.lookups.actor(unnamed.part_of).id, RelationKind.PART_OF)
        return actor_id

    def _person_id(self, draft: Draft) -> int:
        name = draft.record.person or ""
        found = self.lookups.people(name)
        if not found:
            self.reference.put_person(PersonRecord(name))
            found = self.lookups.people(name)
        return found[0].id
