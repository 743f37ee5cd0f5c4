"""Turn an event record's names into rows and keys, collecting every problem before anything is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from conflictdb.domain.folding import fold
from conflictdb.domain.keys import claim_key, named_key, parse_spoken_key, unnamed_key
from conflictdb.domain.records import ClaimRecord, CombatantRecord, EventRecord, Problem, UnnamedRecord
from conflictdb.domain.vocabulary import SubjectKind
from conflictdb.store.write.fighters import find_part, match_sides, with_sides
from conflictdb.store.write.identity import Identity, identify_event
from conflictdb.store.write.known import KnownEvent
from conflictdb.store.write.lookups import Found, Lookups, UnresolvedError

T = TypeVar("T")
_STATEMENT = re.compile(r"(?:(?:events\.)?[0-9]+\.)?claims\.[0-9]+")
"""The part of a claim's place in a native document that says which statement it is of."""


@dataclass(slots=True)
class Draft:
    """A claim whose names are resolved: keys for what may still have to be added, ids for what stands."""

    record: ClaimRecord
    key: str
    claimant_key: str
    claimant: Found | None
    source_id: int
    fighter_key: str | None
    person_key: str | None

    @property
    def spoken_claimant(self) -> str | None:
        """Return what the document calls the claimant, where that is not its main name."""
        said = self.record.claimant
        return said if isinstance(said, str) and self.claimant is not None and said != self.claimant.name else None


@dataclass(slots=True)
class Resolved:
    """An event record ready to be written."""

    record: EventRecord
    identity: Identity
    fighters: dict[str, tuple[Found, CombatantRecord]] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    """Actors that the document names where a part of theirs is the combatant: the keys of both."""
    unknown: set[str] = field(default_factory=set)
    """The folded names of combatants that nobody is known by: claims about them are not reported once more."""


@dataclass(slots=True)
class Resolver:
    """Resolves the event records of one import run."""

    lookups: Lookups

    def resolve(self, record: EventRecord) -> Resolved:
        """Return the event with its names resolved; `problems` says all that could not be."""
        problems = list(record.problems)
        if problems and not (record.name or record.source or record.claims or record.combatants):
            return Resolved(record, Identity(record.slug or "", ""), problems=problems)  # nothing of it could be read
        identity = self._attempt(
            problems, record, "slug", record.slug,
            lambda: identify_event(self.lookups.connection, self.lookups, record),
        )  # fmt: skip
        if record.sides_as_listed and identity is not None and identity.known is not None:
            record = self._number_sides(record, identity.known)
        resolved = Resolved(record, identity or Identity(record.slug or "", ""), problems=problems)
        if identity is not None and identity.known is None:
            self._require_new(resolved)
        for source in dict.fromkeys(filter(None, [record.source, *(entry.source for entry in record.timeline)])):
            self._attempt(problems, record, "source", source, lambda slug=source: self.lookups.source(slug))  # type: ignore[misc]
        if record.claimant:
            self._attempt(
                problems, record, "claimant", record.claimant, lambda: self.lookups.actor(record.claimant or "")
            )
        for place, fighter in enumerate(record.combatants):
            self._add_fighter(resolved, fighter, f"combatants.{place + 1}")
        for claim in record.claims:
            self._add_draft(resolved, claim)
        self._require_distinct(resolved)
        self._require_targets(resolved)
        return resolved

    def _number_sides(self, record: EventRecord, known: KnownEvent) -> EventRecord:
        """Return the record with its sides numbered as they are known, by the combatants that both name."""
        fighters = {row["actor_id"]: row["side"] for row in known.combatants.values()}
        listed = [
            (found[0].id, each.side) for each in record.combatants if len(found := self.lookups.actors(each.actor)) == 1
        ]
        return with_sides(record, match_sides(listed, fighters))

    def _require_new(self, resolved: Resolved) -> None:
        """A new event needs a name, a type and a date or place; a known one needs nothing."""
        record = resolved.record
        for name, value in (("name", record.name), ("type", record.type), ("source", record.source)):
            if value is None and not any(_is_field(problem.field, name) for problem in record.problems):
                why = f"a new event needs a {name}" + (
                    "" if record.slug is None else f'; no event "{record.slug}" is known that this could add to'
                )
                resolved.problems.append(Problem(record.path, record.line, name, "", why, record.slug or ""))

    def _add_fighter(self, resolved: Resolved, fighter: CombatantRecord, where: str) -> None:
        found = self._attempt(
            resolved.problems, resolved.record, where, fighter.actor, lambda: self.lookups.actor(fighter.actor)
        )
        if found is None:
            resolved.unknown.add(fold(fighter.actor))
            return
        known = resolved.identity.known.combatants.get(found.key) if resolved.identity.known else None
        part = self._find_part(resolved, found, fighter.side) if known is None else None
        if part is not None:
            resolved.parts[found.key] = part
            return
        if known is not None and known["side"] != fighter.side:
            why = f"{found.name} stands on side {known['side']} of this event already, not on side {fighter.side}"
            self._report(resolved.problems, resolved.record, where, fighter.actor, why)
        elif found.key in resolved.fighters:
            self._report(resolved.problems, resolved.record, where, fighter.actor, f"{found.name} is named twice")
        resolved.fighters[found.key] = (found, fighter)

    def _find_part(self, resolved: Resolved, found: Found, side: int) -> str | None:
        """Return the key of the known combatant that a document means by the name of what it belongs to."""
        event = resolved.identity.known
        if event is None:
            return None
        keys = {row["actor_id"]: key for key, row in event.combatants.items()}
        sides = {row["actor_id"]: row["side"] for row in event.combatants.values()}
        days = (event.row["first_day"], event.row["last_day"])
        part = find_part(self.lookups.lineage(), sides, found.id, side, days)
        return keys[part] if part is not None else None

    def _add_draft(self, resolved: Resolved, claim: ClaimRecord) -> None:
        source = claim.source
        source_id = self._attempt_claim(resolved, claim, "source", source, lambda: self.lookups.source(source))
        fighter_key = person_key = None
        if claim.combatant is not None and fold(claim.combatant) not in resolved.unknown:
            fighter_key = self._attempt_claim(
                resolved, claim, "of", claim.combatant, lambda: self._fighter_key(resolved, claim)
            )
        claimant_key, claimant = self._claimant(resolved, claim)
        if claim.person:
            name = claim.person
            person_key = self._attempt_claim(resolved, claim, "", name, lambda: self._person_key(name))
        if source_id is None or claimant_key is None or (claim.combatant is not None and fighter_key is None):
            return
        subject = fighter_key or (f"side {claim.side}" if claim.side else claim.subject_kind or SubjectKind.TOTAL)
        key = claim_key(
            claim, event=resolved.identity.key, claimant=claimant_key, subject=subject, person=person_key or ""
        )
        resolved.drafts.append(Draft(claim, key, claimant_key, claimant, source_id, fighter_key, person_key))

    def _claimant(self, resolved: Resolved, claim: ClaimRecord) -> tuple[str | None, Found | None]:
        """Return the key of a claim's claimant, and its row where it is a named actor; no key where it is unknown."""
        if isinstance(claim.claimant, UnnamedRecord):
            part_of = claim.claimant.part_of
            if part_of:
                self._attempt_claim(resolved, claim, "claimant", part_of, lambda: self.lookups.actor(part_of))
            return unnamed_key(claim.claimant.name, resolved.identity.key, claim.source), None
        name = claim.claimant
        found = self._attempt_claim(resolved, claim, "claimant", name, lambda: self.lookups.actor(name))
        return (found.key, found) if found is not None else (None, None)

    def _fighter_key(self, resolved: Resolved, claim: ClaimRecord) -> str:
        """Return the key of the combatant that a claim is about. Raises UnresolvedError."""
        known = resolved.identity.known.combatants if resolved.identity.known else {}
        names = {found.name: key for key, (found, _) in resolved.fighters.items()}
        names |= {row["actor_name"]: key for key, row in known.items()}
        name = claim.combatant or ""
        found = self.lookups.actors(name) or self.lookups.numbered_actor(name)
        matches = {resolved.parts.get(each.key, each.key) for each in found} & set(names.values())
        if len(matches) == 1:
            return matches.pop()
        fighters = ", ".join(names) or "none"
        raise UnresolvedError(
            f'"{claim.combatant}" is no combatant of this event (they are: {fighters});'
            " a subject is a combatant, a side (side 1), civilians, unknown or total"
        )

    def _person_key(self, name: str) -> str:
        found = self.lookups.people(name)
        if len(found) > 1:
            raise UnresolvedError(f'"{name}" may be any of {", ".join(each.name for each in found)}: use the full name')
        return found[0].key if found else named_key("person", name)

    def _require_distinct(self, resolved: Resolved) -> None:
        """Two claims of one key in one document would each correct the other."""
        seen: dict[str, ClaimRecord] = {}
        for draft in resolved.drafts:
            earlier = seen.setdefault(draft.key, draft.record)
            if earlier is not draft.record:
                why = (
                    f"is about the same as {earlier.where}; give each an id, a locator or a date that tells them apart"
                )
                self._report(
                    resolved.problems, resolved.record, draft.record.where, fold(draft.record.wording or ""), why,
                    draft.record.line,
                )  # fmt: skip

    def _require_targets(self, resolved: Resolved) -> None:
        """A link leads to a claim of this document, or to one that the event has already."""
        record, known = resolved.record, resolved.identity.known
        rows = known.newest() if known else []
        ids = {str(row["native_id"]).partition("/")[0] for row in rows if row["native_id"]}
        ids |= {claim.statement_id for claim in record.claims if claim.statement_id}
        exact = {str(row["native_id"]) for row in rows} | {str(claim.native_id) for claim in record.claims}
        keys = {row["key"] for row in rows} | {draft.key for draft in resolved.drafts}
        for claim in record.claims:
            for link in claim.links:
                if link.to not in ids | exact and parse_spoken_key(link.to)[0] not in keys:
                    advice = f"; it knows: {', '.join(sorted(ids))}" if ids else ""
                    why = f'no claim "{link.to}" in this event{advice}'
                    self._report(resolved.problems, record, link.kind, link.to, why, claim.line)

    def _attempt_claim(
        self, resolved: Resolved, claim: ClaimRecord, name: str, value: str, action: Callable[[], T]
    ) -> T | None:
        """Return what a name in a claim stands for, or report that claim's field."""
        statement = _STATEMENT.match(claim.where) if name else None
        where = f"{statement[0] if statement else claim.where}.{name}".strip(".")
        return self._attempt(resolved.problems, resolved.record, where, value, action, claim.line)

    def _attempt(
        self, problems: list[Problem], record: EventRecord, where: str, value: object, action: Callable[[], T],
        line: int | None = None,
    ) -> T | None:  # fmt: skip
        try:
            return action()
        except UnresolvedError as error:
            self._report(problems, record, where, value, str(error), line)
            return None

    def _report(
        self, problems: list[Problem], record: EventRecord, where: str, value: object, why: str, line: int | None = None
    ) -> None:
        event = record.slug or record.name or ""
        problem = Problem(record.path, line or record.line, where, "" if value is None else str(value), why, event)
        name = where.rpartition(".")[2]
        follows = (each for each in problems if (each.field, each.value, each.why) == (name, problem.value, why))
        if problem not in problems and not any(follows):  # a claim's claimant and source may be the event's own
            problems.append(problem)


def _is_field(written: str, name: str) -> bool:
    """Return whether a problem's field, such as `events.2.type`, is the field `name` of the event itself."""
    return written.rpartition(".")[2] == name and written.removesuffix(name).strip(".0123456789") in ("", "events")
