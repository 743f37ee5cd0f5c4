"""The ORM models: the tables as objects, each claim of its own class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, configure_mappers

from conflictdb.config import find_target
from conflictdb.store import models, tables
from conflictdb.store.models import (
    Actor,
    AttributeClaim,
    CasualtyClaim,
    Claim,
    ClaimLink,
    Combatant,
    Commander,
    Conflict,
    Event,
    ExternalId,
    ImportRun,
    Model,
    Person,
    Place,
    Source,
    StrengthClaim,
)


@pytest.fixture
def session(seeded_url: str) -> Iterator[Session]:
    target = find_target(seeded_url)
    engine = create_engine(target.url or f"sqlite:///{target.path}")
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_every_table_has_one_model_and_is_mapped_as_it_is() -> None:
    configure_mappers()
    mapped = Counter(mapper.local_table for mapper in Model.registry.mappers)
    assert set(mapped) == set(tables.metadata.tables.values())
    assert {table.name for table, count in mapped.items() if count > 1} == {"claim"}
    assert Model.metadata is tables.metadata
    for mapper in Model.registry.mappers:
        assert {column.name for column in mapper.columns} == {column.name for column in mapper.local_table.columns}


def test_claims_are_of_their_kinds(session: Session) -> None:
    claims = session.scalars(select(Claim)).all()
    assert Counter(type(each) for each in claims) == {
        CasualtyClaim: 18, StrengthClaim: 4, Commander: 3, AttributeClaim: 2,
    }  # fmt: skip
    assert {type(each).__name__: each.kind for each in claims} == {
        "CasualtyClaim": "casualty",
        "StrengthClaim": "strength",
        "Commander": "commander",
        "AttributeClaim": "attribute",
    }
    assert len(session.scalars(select(CasualtyClaim)).all()) == 18


def test_an_event_with_all_that_belongs_to_it(session: Session) -> None:
    event = session.scalars(select(Event)).one()
    assert (event.slug, event.conflict.name, event.conflict.parent, event.place.name) == (
        "dioura-2019", "Mali War", None, "Dioura",
    )  # fmt: skip
    assert [(each.side, each.role, each.actor.name) for each in event.combatants] == [
        (1, "defender", "Malian Army"),
        (2, "attacker", "Katibat Macina"),
    ]
    assert len(event.claims) == 27
    assert all(each.event is event for each in event.claims)
    assert [each.time for each in event.timeline][:3] == ["~06:00", "~06:00", None]
    assert {each.source.slug for each in event.timeline} == {"wikipedia-raid-on-dioura-2019"}


def test_a_claim_with_its_links(session: Session) -> None:
    revised = session.scalars(select(CasualtyClaim).where(CasualtyClaim.stated_on == "2019-03-21")).one()
    assert (revised.claimant.name, revised.source.publisher, revised.import_run.importer) == (
        "Mali", "Wikipedia", "native",
    )  # fmt: skip
    assert [(link.kind, link.target.lower, type(link.target)) for link in revised.links] == [
        ("supersedes", 23, CasualtyClaim)
    ]
    led = session.scalars(select(Commander).where(Commander.fate == "killed")).one()
    assert led.person.name == "Mohamed Sidati Ould Cheikh"


def test_names_and_relations(session: Session) -> None:
    koufa = session.scalars(select(Person).where(Person.name == "Amadou Koufa")).one()
    assert [each.name for each in koufa.aliases][:2] == ["Amadou Koufa", "Koufa"]
    army = session.scalars(select(Actor).where(Actor.name == "Malian Army")).one()
    (relation,) = army.relations
    assert (relation.kind, relation.actor, relation.other.name) == ("part_of", army, "Malian Armed Forces")
    assert session.scalars(select(ExternalId).where(ExternalId.actor_id.is_not(None))).all()


def test_objects_can_be_added(session: Session) -> None:
    run = session.scalars(select(ImportRun)).first()
    assert run is not None
    war = Conflict(name="A war", folded="a war", import_run_id=run.id)
    battle = Conflict(name="A battle", folded="a battle", import_run_id=run.id, parent=war)
    session.add_all([battle, Place(key="aaaaaaaaaaaa", name="X", import_run_id=run.id)])
    session.flush()
    assert battle.parent_id == war.id
    event = session.scalars(select(Event)).one()
    source = session.scalars(select(Source)).first()
    assert source is not None
    fields = {
        "key": "aaaaaaaaaaaa", "event": event, "claimant": event.combatants[0].actor, "source": source,
        "recorded_at": "2024-01-01T00:00:00Z", "import_run": run,
    }  # fmt: skip
    killed = CasualtyClaim(
        **fields, subject_kind="total", metric="killed", qualifier="exact", lower=1, upper=1, supersedes_by_date=True
    )
    session.add(killed)
    session.flush()
    assert (killed.kind, killed.revision, killed.event_id) == ("casualty", 1, event.id)
    session.add(AttributeClaim(**{**fields, "key": "bbbbbbbbbbbb"}, attribute="result"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_models_document_themselves() -> None:
    for name, model in vars(models).items():
        if isinstance(model, type) and issubclass(model, Model):
            assert model.__doc__, name
    assert inspect(Claim).polymorphic_on is tables.claim.c.kind
    assert inspect(ClaimLink).relationships.keys() == ["target"]
    assert inspect(Combatant).relationships.keys() == ["actor"]
