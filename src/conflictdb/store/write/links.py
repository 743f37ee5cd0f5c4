"""Link claims of one event: as the document says, and by stated date; refuse what points nowhere or in a circle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, insert, update

from conflictdb.domain.keys import parse_spoken_key, spoken_key
from conflictdb.domain.links import Dated, find_cycle, superseded_by_date
from conflictdb.domain.records import ClaimRecord
from conflictdb.domain.vocabulary import ClaimKind, LinkKind, Qualifier
from conflictdb.store.tables import claim, claim_link
from conflictdb.store.write.known import KnownEvent, Row
from conflictdb.store.write.resolve import Draft

AGREEMENT = (LinkKind.CORROBORATES, LinkKind.REPEATS, LinkKind.CONTRADICTS)
"""Of two claims one of these holds at a time: a document that says another withdraws the one before."""

ORDERING = (LinkKind.SUPERSEDES, LinkKind.CORRECTS)
ORIGIN = (LinkKind.REPEATS, LinkKind.DERIVED_FROM)


@dataclass(slots=True)
class LinkWriter:
    """Links the claims of one event after they are written; `known` is the event as it stands then."""

    connection: Connection
    run_id: int
    today: str
    known: KnownEvent
    refusals: list[tuple[int | None, str, str, str]] = field(default_factory=list)
    """(line, where in the document, what it said, why it cannot be)."""
    changed: int = 0
    """How many links were added or withdrawn."""

    def write(self, drafts: Iterable[Draft]) -> None:
        """Add the links that the documents state, then those that dates state, then look for circles."""
        drafts = list(drafts)
        met: dict[tuple[str, str, str], str | None] = {}
        lines: dict[tuple[str, str, str], int | None] = {}
        for draft in drafts:
            origin = self.known.standing(draft.key)
            assert origin is not None
            for link in draft.record.links:
                where = (draft.record.statement or draft.key, link.kind, link.to)
                failure = self._add_stated(origin, link.kind, link.to, link.note)
                lines.setdefault(where, draft.record.line)
                met[where] = None if failure is None or met.get(where, failure) is None else failure
            if draft.record.part_of:
                self._add_part_of(origin, draft.record)
        for (each, kind, to), failure in met.items():
            if failure is not None:
                self.refusals.append((lines[each, kind, to], kind, to, failure))
        self._add_corrections()
        self._add_by_date()
        self._refuse_circles()

    def _add_stated(self, origin: Row, kind: LinkKind, to: str, note: str | None) -> str | None:
        """Link `origin` to the claim that `to` means; return why that cannot be, or None."""
        candidates = self._named(to)
        if not candidates:
            known = sorted({_statement(row) for row in self.known.newest() if row["native_id"]})
            return f'no claim "{to}" in this event' + (f"; it knows: {', '.join(known)}" if known else "")
        targets = [row for row in candidates if _about(row) == _about(origin) and row["id"] != origin["id"]]
        if not targets:
            return f'"{to}" holds no figure of the same metric and subject'
        for target in targets:
            self._add(origin["id"], target["id"], kind, note)
        return None

    def _named(self, to: str) -> list[Row]:
        key, revision = parse_spoken_key(to)
        found = []
        for newest in self.known.newest():
            if newest["key"] == key and revision is None:
                found.append(newest)
            elif newest["key"] == key:
                found += [row for row in self.known.claims[key] if row["revision"] == revision]
            elif newest["native_id"] == to or (newest["native_id"] and _statement(newest) == to):
                found.append(newest)
        return found

    def _add(self, origin: int, target: int, kind: LinkKind, note: str | None = None) -> None:
        pair = [link for link in self.known.links if (link["from_claim_id"], link["to_claim_id"]) == (origin, target)]
        if any(link["kind"] == kind for link in pair):
            return
        self._withdraw(link["id"] for link in pair if kind in AGREEMENT and link["kind"] in AGREEMENT)
        values: dict[str, Any] = {
            "event_id": self.known.row["id"], "from_claim_id": origin, "to_claim_id": target, "kind": kind,
            "note": note, "import_run_id": self.run_id,
        }  # fmt: skip
        link_id = self.connection.execute(insert(claim_link).values(**values).returning(claim_link.c.id)).scalar_one()
        self.known.links.append({**values, "id": link_id})
        self.changed += 1

    def _withdraw(self, ids: Iterable[int]) -> None:
        gone = set(ids)
        if gone:
            withdrawal = {"withdrawn_on": self.today, "withdrawn_by_id": self.run_id}
            self.connection.execute(update(claim_link).where(claim_link.c.id.in_(gone)).values(**withdrawal))
            self.known.links = [link for link in self.known.links if link["id"] not in gone]
            self.changed += len(gone)

    def _add_part_of(self, part: Row, record: ClaimRecord) -> None:
        wholes = [
            row for row in self._named(record.part_of or "")
            if row["id"] != part["id"] and (row["metric"], row["item"]) == (part["metric"], part["item"])
        ]  # fmt: skip
        if len(wholes) != 1:
            why = "no figure of the same metric has that id" if not wholes else "more than one figure has that id"
            self.refusals.append((record.line, f"{record.where}.part_of", record.part_of or "", why))
        elif part["part_of_id"] in [row["id"] for row in self.known.claims[wholes[0]["key"]]]:
            return
        elif part["import_run_id"] != self.run_id:
            why = "the figure stands already as one of its own; give it another id to say that it is part of that one"
            self.refusals.append((record.line, f"{record.where}.part_of", record.part_of or "", why))
        else:
            self.connection.execute(update(claim).where(claim.c.id == part["id"]).values(part_of_id=wholes[0]["id"]))

    def _add_corrections(self) -> None:
        """A revision corrects the one before it, also where one between them was withdrawn."""
        for revisions in self.known.claims.values():
            standing = [row["id"] for row in revisions if row["withdrawn_on"] is None]
            for earlier, later in pairwise(standing):
                self._add(later, earlier, LinkKind.CORRECTS)

    def _add_by_date(self) -> None:
        """Make the supersession of dated claims what their dates say now, whatever the order of imports was."""
        standing = {row["id"]: row for row in self.known.newest() if row["withdrawn_on"] is None}
        pairs = superseded_by_date(
            Dated(
                row["id"], _series(row), row["stated_first_day"], row["stated_last_day"],
                row["supersedes_by_date"], row["qualifier"] == Qualifier.VAGUE,
            )
            for row in standing.values()
        )  # fmt: skip
        self._withdraw(link["id"] for link in self.known.links if self._is_outdated(link, standing, set(pairs)))
        for later, earlier in pairs:
            self._add(later, earlier, LinkKind.SUPERSEDES)

    def _is_outdated(self, link: dict[str, Any], standing: dict[int, Row], pairs: set[tuple[int, int]]) -> bool:
        """A link by date goes where its claim was corrected, or where another claim came between."""
        ends = (link["from_claim_id"], link["to_claim_id"])
        origin = self.known.rows[ends[0]]
        if link["kind"] != LinkKind.SUPERSEDES or not origin["supersedes_by_date"]:
            return False
        if origin["id"] in standing:
            return ends[1] in standing and ends not in pairs
        newest = self.known.claims[origin["key"]][-1]
        return newest["id"] in standing and origin["withdrawn_on"] is None

    def _refuse_circles(self) -> None:
        keys = {
            row["id"]: spoken_key(row["key"], row["revision"]) if not row["native_id"] else row["native_id"]
            for revisions in self.known.claims.values()
            for row in revisions
        }
        for kinds in (ORDERING, ORIGIN):
            links = [link for link in self.known.links if link["kind"] in kinds]
            circle = find_cycle((link["from_claim_id"], link["to_claim_id"]) for link in links)
            if circle:
                path = " -> ".join(keys[each] for each in circle)
                why = f"claims cannot {kinds[0].rstrip('s')} each other in a circle"
                self.refusals.append((None, kinds[0], path, why))


def _statement(row: Row) -> str:
    return str(row["native_id"]).partition("/")[0]


def _about(row: Row) -> tuple[object, ...]:
    """Return what a claim is about, without who says it: only claims about the same can be linked."""
    fate = row["fate"] if row["metric"] else None
    subject = (row["kind"], row["subject_kind"], row["combatant_id"], row["side"], row["group"])
    return (*subject, row["metric"], row["item"], fate, row["attribute"])


def _series(row: Row) -> tuple[object, ...]:
    """Return what later claims of one claimant supersede each other in; one can name several commanders."""
    person = row["person_id"] if row["kind"] == ClaimKind.COMMANDER else None
    return (row["claimant_id"], *_about(row), person)
