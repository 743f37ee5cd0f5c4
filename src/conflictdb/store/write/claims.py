"""Add claims: a new one, a correction of one that stands, or nothing where the document says nothing new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, update

from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.vocabulary import LinkKind
from conflictdb.store.tables import claim, claim_link
from conflictdb.store.write.inherited import inherited_links
from conflictdb.store.write.known import KnownEvent, Row
from conflictdb.store.write.resolve import Draft

FIGURE = ("lower", "upper", "best", "qualifier")
SAID = (
    "wording", "wording_language", "translation", "note", "status", "reliability", "credibility",
    "stake_override", "stake_reason", "rank", "value", "locator",
)  # fmt: skip
ABOUT = (
    "claimant_id",
    "source_id",
    "stated_on",
    "combatant_id",
    "side",
    "subject_kind",
    "person_id",
    "fate",
    "place_id",
)


@dataclass(slots=True)
class ClaimCounts:
    """What became of the claims of one event."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class ClaimWriter:
    """Adds the claims of one event, in one import run."""

    connection: Connection
    run_id: int
    recorded_at: str
    event_id: int
    known: KnownEvent | None
    claimant_ids: dict[str, int]
    combatant_ids: dict[str, int]
    person_ids: dict[str, int]
    place_ids: dict[str, int]

    def write(self, drafts: list[Draft]) -> ClaimCounts:
        """Add the claims that are new or say something else than what stands; count all."""
        counts = ClaimCounts()
        rows: list[dict[str, Any]] = []
        before: list[Row | None] = []
        for draft in drafts:
            values = self._values(draft)
            revisions = self.known.claims.get(draft.key, []) if self.known else []
            standing = self.known.standing(draft.key) if self.known else None
            if standing is not None:
                values = _keep_unsaid(values, standing)
                if _says_the_same(values, standing):
                    counts.unchanged += 1
                    continue
                counts.changed += 1
            else:
                counts.added += 1
            rows.append({**values, "revision": len(revisions) + 1})
            before.append(standing or (revisions[-1] if revisions else None))
        self._insert(rows, before)
        return counts

    def _values(self, draft: Draft) -> dict[str, Any]:
        record = draft.record
        stated = parse_edtf(record.stated_on) if record.stated_on else None
        copied = {
            column: getattr(record, column)
            for column in (
                *FIGURE, *SAID, "kind", "native_id", "stated_on", "supersedes_by_date", "subject_kind", "side", "group",
                "metric", "item", "fate", "attribute",
            )
        }  # fmt: skip
        return copied | {
            "key": draft.key,
            "event_id": self.event_id,
            "claimant_id": self.claimant_ids[draft.claimant_key],
            "claimant_name": draft.spoken_claimant,
            "source_id": draft.source_id,
            "stated_first_day": stated.first_day if stated else None,
            "stated_last_day": stated.last_day if stated else None,
            "combatant_id": self.combatant_ids[draft.fighter_key] if draft.fighter_key else None,
            "person_id": self.person_ids[draft.person_key] if draft.person_key else None,
            "place_id": self.place_ids.get(draft.key),
            "recorded_at": self.recorded_at,
            "import_run_id": self.run_id,
        }

    def _insert(self, rows: list[dict[str, Any]], before: list[Row | None]) -> None:
        if not rows:
            return
        statement = insert(claim).returning(claim.c.id, sort_by_parameter_order=True)
        new_ids = self.connection.execute(statement, rows).scalars().all()
        links: list[dict[str, Any]] = []
        for values, new_id, old in zip(rows, new_ids, before, strict=True):
            if old is None:
                continue
            if old["withdrawn_on"] is None:
                links.append(self._link(new_id, old["id"], LinkKind.CORRECTS))
            if old["supersedes_by_date"] and not values["supersedes_by_date"]:
                self._withdraw_supersession(old["id"])
            same_figure = all(values[column] == old[column] for column in FIGURE)
            links += self._inherited(new_id, old["id"], same_figure)
        if links:
            self.connection.execute(insert(claim_link), links)

    def _withdraw_supersession(self, claim_id: int) -> None:
        """Withdraw what a claim superseded by its date, where the document says now what it supersedes, if anything."""
        assert self.known is not None
        by_date = claim_link.c.from_claim_id == claim_id, claim_link.c.kind == LinkKind.SUPERSEDES
        withdrawal = {"withdrawn_on": self.recorded_at[:10], "withdrawn_by_id": self.run_id}
        standing = update(claim_link).where(*by_date, claim_link.c.withdrawn_on.is_(None))
        self.connection.execute(standing.values(**withdrawal))
        self.known.links = [
            link for link in self.known.links
            if (link["from_claim_id"], link["kind"]) != (claim_id, LinkKind.SUPERSEDES)
        ]  # fmt: skip

    def _inherited(self, new_id: int, old_id: int, same_figure: bool) -> list[dict[str, Any]]:
        """Return the links that pass from a claim to its next revision."""
        assert self.known is not None
        passed = inherited_links(self.known.links, self.known.rows, new_id, old_id, same_figure)
        return [self._link(*link) for link in passed]

    def _link(self, origin: int, target: int, kind: str, note: str | None = None) -> dict[str, Any]:
        return {
            "event_id": self.event_id, "from_claim_id": origin, "to_claim_id": target, "kind": kind, "note": note,
            "import_run_id": self.run_id,
        }  # fmt: skip


def _keep_unsaid(values: dict[str, Any], standing: Row) -> dict[str, Any]:
    """Return `values` with what they leave out taken from the claim that stands."""
    kept = {column: standing[column] for column in SAID if values[column] is None}
    if values["stated_on"] is None:
        kept |= {column: standing[column] for column in ("stated_on", "stated_first_day", "stated_last_day")}
    if not standing["supersedes_by_date"]:
        kept["supersedes_by_date"] = False
    return values | kept


def _says_the_same(values: dict[str, Any], standing: Row) -> bool:
    if standing["supersedes_by_date"] and not values["supersedes_by_date"]:
        return False
    return all(values[column] == standing[column] for column in (*FIGURE, *SAID, *ABOUT))
