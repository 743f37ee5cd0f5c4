"""ORM models, mapped onto the tables: for programs that want objects. The reading commands do not load them."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import DeclarativeBase, Mapped, relationship

import conflictdb.store.tables.partial  # noqa: F401 - completes the tables
from conflictdb.domain.vocabulary import ClaimKind
from conflictdb.store import tables


class Model(DeclarativeBase):
    """The base of all models."""

    metadata = tables.metadata


class ImportRun(Model):
    """What one import did, and when."""

    __table__ = tables.import_run


class Dataset(Model):
    """A dataset's release."""

    __table__ = tables.dataset


class Source(Model):
    """A document that claims are read in."""

    __table__ = tables.source


class Conflict(Model):
    """A named armed conflict; conflicts nest."""

    __table__ = tables.conflict
    parent: Mapped[Conflict | None] = relationship(remote_side=[tables.conflict.c.id])


class Place(Model):
    """Where events happened."""

    __table__ = tables.place


class ActorAlias(Model):
    """A name of an actor."""

    __table__ = tables.actor_alias


class ActorRelation(Model):
    """How an actor is related to another."""

    __table__ = tables.actor_relation
    actor: Mapped[Actor] = relationship(foreign_keys=[tables.actor_relation.c.actor_id])
    other: Mapped[Actor] = relationship(foreign_keys=[tables.actor_relation.c.other_id])


class Actor(Model):
    """Somebody who fights, claims, or both."""

    __table__ = tables.actor
    aliases: Mapped[list[ActorAlias]] = relationship(order_by=tables.actor_alias.c.id)
    relations: Mapped[list[ActorRelation]] = relationship(
        foreign_keys=[tables.actor_relation.c.actor_id], order_by=tables.actor_relation.c.id, overlaps="actor"
    )


class PersonAlias(Model):
    """A name of a person."""

    __table__ = tables.person_alias


class Person(Model):
    """A commander."""

    __table__ = tables.person
    aliases: Mapped[list[PersonAlias]] = relationship(order_by=tables.person_alias.c.id)


class ExternalId(Model):
    """A dataset's own id of an event, actor, conflict or person."""

    __table__ = tables.external_id


class Original(Model):
    """A dataset's row as it stood in a release."""

    __table__ = tables.original
    external_id: Mapped[ExternalId] = relationship()


class FormerRow(Model):
    """How a dataset's row was known before a run changed that."""

    __table__ = tables.former_row


class TimelineEntry(Model):
    """Something that took place during or around an event."""

    __table__ = tables.timeline_entry
    source: Mapped[Source] = relationship()


class Combatant(Model):
    """An actor's part in an event."""

    __table__ = tables.combatant
    actor: Mapped[Actor] = relationship()


class Event(Model):
    """One thing that happened."""

    __table__ = tables.event
    conflict: Mapped[Conflict | None] = relationship()
    place: Mapped[Place | None] = relationship()
    combatants: Mapped[list[Combatant]] = relationship(order_by=tables.combatant.c.id)
    timeline: Mapped[list[TimelineEntry]] = relationship(order_by=tables.timeline_entry.c.id)
    claims: Mapped[list[Claim]] = relationship(
        primaryjoin=tables.claim.c.event_id == tables.event.c.id,
        foreign_keys=[tables.claim.c.event_id],
        order_by=tables.claim.c.id,
        back_populates="event",
    )


class Claim(Model):
    """One statement of one claimant. Rows are added and withdrawn, never changed."""

    __table__ = tables.claim
    __mapper_args__: dict[str, Any] = {"polymorphic_on": tables.claim.c.kind}
    event: Mapped[Event] = relationship(
        primaryjoin=tables.claim.c.event_id == tables.event.c.id,
        foreign_keys=[tables.claim.c.event_id],
        back_populates="claims",
    )
    claimant: Mapped[Actor] = relationship()
    source: Mapped[Source] = relationship()
    import_run: Mapped[ImportRun] = relationship(foreign_keys=[tables.claim.c.import_run_id])
    links: Mapped[list[ClaimLink]] = relationship(
        primaryjoin=tables.claim_link.c.from_claim_id == tables.claim.c.id,
        foreign_keys=[tables.claim_link.c.from_claim_id],
        order_by=tables.claim_link.c.id,
        viewonly=True,
    )


class CasualtyClaim(Claim):
    """A figure of losses. "Casualties" is not deaths; unknown is no claim."""

    __mapper_args__ = {"polymorphic_identity": ClaimKind.CASUALTY.value}


class StrengthClaim(Claim):
    """A figure of persons or things that took part."""

    __mapper_args__ = {"polymorphic_identity": ClaimKind.STRENGTH.value}


class Commander(Claim):
    """Who led, says the claimant; and what became of them."""

    __mapper_args__ = {"polymorphic_identity": ClaimKind.COMMANDER.value}
    person: Mapped[Person] = relationship()


class AttributeClaim(Claim):
    """A result, a claim of responsibility, a rival date, place or name."""

    __mapper_args__ = {"polymorphic_identity": ClaimKind.ATTRIBUTE.value}


class ClaimLink(Model):
    """How one claim bears on another of the same event."""

    __table__ = tables.claim_link
    target: Mapped[Claim] = relationship(
        primaryjoin=tables.claim_link.c.to_claim_id == tables.claim.c.id,
        foreign_keys=[tables.claim_link.c.to_claim_id],
        viewonly=True,
    )


class Judgement(Model):
    """What a person judged of events, actors or claims; it never changes data."""

    __table__ = tables.judgement
