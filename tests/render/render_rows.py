"""Rows made by hand for the tests of what is written: one function a kind, with defaults, and the raid on Dioura."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.rows import (
    ActorDetail,
    ActorRow,
    AliasRow,
    ClaimRow,
    CombatantRow,
    EstimateRow,
    EventDetail,
    EventRow,
    RelationRow,
    SourceRow,
    TimelineRow,
)
from conflictdb.domain.vocabulary import Basis

LINKS = (
    *("supersedes", "superseded_by", "corrects", "corrected_by", "corroborates", "corroborated_by", "repeats"),
    *("repeated_by", "contradicts", "contradicted_by", "derived_from", "retracts", "retracted_by"),
)
ARMY, MACINA, GOVERNMENT, FSD = (
    "Malian Army",
    "Katibat Macina",
    "Government of Mali",
    "Front for the Safeguard of Democracy",
)


def claim(key: str = "aaaaaaaaaaaa", lower: int | None = 26, upper: int | None = 26, **given: Any) -> ClaimRow:
    """Return a casualty claim: 26 Malian soldiers killed, says the government, unless something else is given."""
    blank: dict[str, Any] = dict.fromkeys(ClaimRow.__dataclass_fields__) | dict.fromkeys(LINKS, ())
    usual = {
        "event": "dioura-2019",
        "event_name": "Raid on Dioura (2019)",
        "kind": "casualty",
        "basis": "claim",
        "subject": ARMY,
        "subject_kind": "combatant",
        "side": 1,
        "metric": "killed",
        "qualifier": "exact",
        "wording": "26 killed",
        "claimant": GOVERNMENT,
        "claimant_kind": "state",
        "stake": "own_side",
        "source": "wikipedia-dioura",
        "source_title": "Raid on Dioura (2019)",
        "standing": "standing",
        "recorded_at": "2024-01-01T00:00:00Z",
        "import_run": 1,
    }
    said = {**blank, **usual, "key": key, "lower": lower, "upper": upper, **given}
    last_day = parse_edtf(said["stated_on"]).last_day if said["stated_on"] else None
    return ClaimRow(**{**said, "claimant_actor": said["claimant"], "stated_last_day": last_day, **given})


def estimate(low: int | None = 21, high: int | None = None, **given: Any) -> EstimateRow:
    """Return what `range` makes of the killed of the Malian Army, unless something else is given."""
    blank: dict[str, Any] = dict.fromkeys(EstimateRow.__dataclass_fields__) | {"label": "range", "why": "one claim"}
    usual = {
        "event": "dioura-2019",
        "subject": ARMY,
        "subject_kind": "combatant",
        "side": 1,
        "metric": "killed",
        "open": False,
        "used": ("aaaaaaaaaaaa",),
        "set_aside": (),
        "ties": (),
        "composite": False,
        "note": "",
        "policy": "range",
        "version": "1",
        "basis": Basis.CLAIMS,
        "rule": "least to greatest stated value.",
    }
    return EstimateRow(**{**blank, **usual, "low": low, "high": high, **given})


def event(**given: Any) -> EventRow:
    """Return the raid on Dioura."""
    blank: dict[str, Any] = dict.fromkeys(EventRow.__dataclass_fields__)
    usual = {
        "slug": "dioura-2019",
        "name": "Raid on Dioura (2019)",
        "type": "battle",
        "subtype": "raid",
        "conflict": "Mali War",
        "place": "Dioura",
        "admin1": "Mopti Region",
        "country": "MLI",
        "country_name": "Mali",
        "date": "2019-03-17",
        "date_precision": "day",
        "start_time": "~06:00",
        "native_ids": (),
        "claims": 15,
        "claimants": 6,
        "import_run": 1,
    }
    return EventRow(**{**blank, **usual, **given})


def source(slug: str = "wikipedia-dioura", **given: Any) -> SourceRow:
    """Return a document."""
    blank: dict[str, Any] = dict.fromkeys(SourceRow.__dataclass_fields__)
    usual = {
        "title": "Raid on Dioura (2019)",
        "publisher": "Wikipedia",
        "url": "https://en.wikipedia.org/wiki/Raid_on_Dioura_(2019)",
        "published_on": "2023-11-02",
        "claims": 15,
        "import_run": 1,
    }
    return SourceRow(**{**blank, **usual, "slug": slug, **given})


def timeline(date: str, time: str | None, text: str) -> TimelineRow:
    """Return one entry of a timeline."""
    return TimelineRow("dioura-2019", date, time, text, "wikipedia-dioura", None, 1)


def _losses() -> tuple[ClaimRow, ...]:
    own = {"status": "provisional", "stated_on": "2019-03-18"}
    fsd = {"claimant": FSD, "claimant_kind": "party", "stake": "third_party"}
    things = {**fsd, "metric": "materiel", "item": "vehicle"}
    jnim = {"claimant": "JNIM", "claimant_kind": "armed_group"}
    return (
        claim("gov23", 23, 23, **own, standing="superseded", superseded_by=("gov26",)),
        claim("gov26", stated_on="2019-03-21", supersedes=("gov23",), corroborated_by=("un26",)),
        claim(
            "un26", claimant="MINUSMA", claimant_kind="igo", stake="third_party", stated_on="2019-05-31",
            corroborates=("gov26",),
        ),
        claim("mil21", 21, 21, claimant="a military source"),
        claim("loc21", 21, 21, claimant="a local official", stake="third_party"),
        claim("fsd21", 21, None, qualifier="more_than", wording="over 20 killed", **fsd),
        claim("jnim30", 30, 30, **jnim, stake="adversary"),
        claim("gov17", 17, 17, **own, metric="wounded"),
        claim("fsd20", 20, 20, **fsd, metric="missing"),
        claim("gov0", 0, 0, **own, metric="captured"),
        claim("fsd8b", 8, 8, **things, fate="destroyed", wording="eight vehicles burned"),
        claim("fsd8c", 8, 8, **things, fate="captured", wording="eight vehicles captured"),
        claim("jnim3", 3, 3, **jnim, stake="own_side", subject=MACINA, side=2),
    )  # fmt: skip


def _accounts() -> tuple[ClaimRow, ...]:
    wiki = {"claimant": "Wikipedia", "claimant_kind": "recorder", "stake": "recorder", "basis": "estimate"}
    macina = {"subject": MACINA, "side": 2}
    led = {"kind": "commander", "metric": None, "lower": None, "upper": None, "qualifier": None}
    told = {
        "kind": "attribute",
        "subject": None,
        "subject_kind": None,
        "side": None,
        "metric": None,
        "attribute": "result",
    }
    return (
        claim("s1", 100, 100, **wiki, kind="strength", metric="persons", qualifier="approximate"),
        claim(
            "s2", None, None, **wiki, **macina, kind="strength", metric="persons", qualifier="vague",
            wording="Several dozen jihadists",
        ),
        claim("l1", **wiki, **led, person="Mohamed Sidati Ould Cheikh", fate="killed"),
        claim("l2", **macina, **led, claimant="JNIM", stake="own_side", person="Amadou Koufa"),
        claim("l3", **macina, **led, claimant=ARMY, stake="adversary", person="Ba Ag Moussa"),
        claim("r1", None, None, **wiki, **told, value="JNIM victory"),
        claim("r2", None, None, **told, stated_on="2019-03-17", value="control of the camp regained"),
    )  # fmt: skip


def _estimates() -> tuple[EstimateRow, ...]:
    total = {"subject": "total", "subject_kind": "total", "side": None, "composite": True, "note": "a sum of sides"}
    things = {"metric": "materiel", "item": "vehicle"}
    return (
        estimate(21, None, open=True, highest_stated=30),
        estimate(17, 17, metric="wounded"),
        estimate(20, 20, metric="missing"),
        estimate(0, 0, metric="captured"),
        estimate(8, 8, **things, fate="destroyed"),
        estimate(8, 8, **things, fate="captured"),
        estimate(3, 3, subject=MACINA, side=2),
        estimate(24, None, open=True, highest_stated=33, **total),
    )


def dioura(**given: Any) -> EventDetail:
    """Return the raid on Dioura whole; the records given replace its own."""
    detail = EventDetail(
        event=event(),
        combatants=(
            CombatantRow(ARMY, "state_forces", 1, "defender", "a company", ("Malian Armed Forces", "Mali")),
            CombatantRow(MACINA, "armed_group", 2, "attacker", None, ("JNIM",)),
        ),
        claims=(*_accounts(), *_losses()),
        estimates=_estimates(),
        timeline=(
            timeline("2019-03-17", "~06:00", "a suicide bomber rams a motorcycle laden with explosives into the camp"),
            timeline("2019-03-17", "~16:00", "the government says that it has regained control of the camp"),
            timeline("2019-03-21", None, "new bodies are found"),
        ),
        sources=(source(),),
        withdrawn=0,
    )
    return replace(detail, **given)


def jnim(**given: Any) -> ActorDetail:
    """Return an actor whole."""
    detail = ActorDetail(
        actor=ActorRow("JNIM", "armed_group", None, (), ("GSIM",), None, 1, 3),
        description="Jama'at Nasr al-Islam wal Muslimin, a coalition of jihadist groups in the Sahel",
        names=(AliasRow("GSIM", "fr", None), AliasRow("نصرة الإسلام والمسلمين", "ar", "wikipedia-dioura")),
        relations=(
            RelationRow("part_of", "from", MACINA, "2017-03-02", None),
            RelationRow("part_of", "from", "Ansar Dine", "2017-03-02", None),
        ),
        native_ids=("ucdp-actor:6042",),
        events=(event(),),
        claimed=tuple(each for each in dioura().claims if each.claimant == "JNIM"),
        claimed_of=tuple(each for each in dioura().claims if each.subject == MACINA),
    )
    return replace(detail, **given)
