"""Keep what documents tell otherwise of an event: a correction by the same voice, or the claim of a rival."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select, update

from conflictdb.domain.keys import claim_key
from conflictdb.domain.records import ClaimRecord, Problem
from conflictdb.domain.vocabulary import Attribute, ClaimKind, SubjectKind
from conflictdb.store.tables import actor, event, source
from conflictdb.store.write.context import RunContext
from conflictdb.store.write.fields import Comparison, Difference
from conflictdb.store.write.known import KnownEvent, load_known_event
from conflictdb.store.write.lookups import Found
from conflictdb.store.write.resolve import Draft, Resolved

LOCATOR = "description of the event"


@dataclass(slots=True)
class Kept:
    """Whether anything was written, and why what could not be kept is refused."""

    changed: bool = False
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Voice:
    """Who describes an event, and in which document."""

    claimant: Found
    source_id: int
    source: str


def keep_differences(run: RunContext, resolved: Resolved, known: KnownEvent, comparison: Comparison) -> Kept:
    """Keep every differing field as attribute claims, old and new; a correction also changes the event's row.

    It is a correction where the same claimant describes the event in the same document; anybody else is a rival,
    and the event keeps its row.
    """
    record = resolved.record
    if record.claimant is None or record.source is None:
        names = ", ".join(f"{each.attribute} ({each.known} -> {each.stated})" for each in comparison.differences)
        why = f"the event stands otherwise: {names}; say who says so with claimant: and source:, or leave it out"
        return Kept(problems=[Problem(record.path, record.line, "event", "", why, record.slug or "")])
    voice = _Voice(run.lookups.actor(record.claimant), run.lookups.source(record.source), record.source)
    known_voice = _known_voice(run, known)
    kept = Kept()
    for difference in comparison.differences:
        if known_voice is not None:
            kept.changed |= _write(run, known, known_voice, difference, difference.known)
            known = load_known_event(run.connection, known.row["id"])
        kept.changed |= _write(run, known, voice, difference, difference.stated, resolved)
        known = load_known_event(run.connection, known.row["id"])
        if known_voice == voice:
            kept.changed = True
            if difference.attribute is Attribute.PLACE:
                values = {"place_id": run.reference.put_place(record.place)} if record.place else {}
            else:
                values = run.event_values(difference.attribute, difference.stated)
            run.connection.execute(update(event).where(event.c.id == known.row["id"]).values(**values))
    resolved.identity.known = known
    return kept


def _write(
    run: RunContext,
    known: KnownEvent,
    voice: _Voice,
    difference: Difference,
    value: str,
    resolved: Resolved | None = None,
) -> bool:
    """Write one attribute claim unless it stands; return whether it was written."""
    claim = ClaimRecord(
        ClaimKind.ATTRIBUTE, voice.claimant.name, voice.source, locator=LOCATOR, attribute=difference.attribute,
        value=value,
    )  # fmt: skip
    key = claim_key(claim, event=known.row["key"], claimant=voice.claimant.key, subject=SubjectKind.TOTAL)
    if resolved is None and known.standing(key) is not None:
        return False
    draft = Draft(claim, key, voice.claimant.key, voice.claimant, voice.source_id, None, None)
    claims = run.claim_writer(int(known.row["id"]), known, {voice.claimant.key: voice.claimant.id})
    if difference.attribute is Attribute.PLACE:
        place = resolved.record.place if resolved else None
        claims.place_ids[key] = run.reference.put_place(place) if place else known.row["place_id"]
    counts = claims.write([draft])
    return bool(counts.added or counts.changed)


def _known_voice(run: RunContext, known: KnownEvent) -> _Voice | None:
    row = known.row
    if row["claimant_id"] is None or row["source_id"] is None:
        return None
    speaker = select(actor.c.id, actor.c.key, actor.c.name, actor.c.kind).where(actor.c.id == row["claimant_id"])
    claimant = Found(*run.connection.execute(speaker).one())
    slug = run.connection.scalar(select(source.c.slug).where(source.c.id == row["source_id"]))
    return _Voice(claimant, int(row["source_id"]), str(slug))
