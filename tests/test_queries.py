"""The query grammar against a small world (tests/cases/world.yaml): which events and which claims each field finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import conflictdb
from conflictdb.config import find_target
from conflictdb.database import Database
from conflictdb.domain.query_fields import FIELDS, ORDER_FIELDS
from conflictdb.errors import NotFoundError, QueryError
from conflictdb.ingest import import_file
from conflictdb.reader import Reader

MARATHON, TENENKOU, DIOURA, NIAMEY, MINNA, TAVEUNI = ALL = (
    "marathon-490bc", "tenenkou-2020", "dioura-2020", "niamey-2021", "minna-2021", "taveuni-1999",
)  # fmt: skip
CLAIMS = {
    MARATHON: ["athenians/killed", "None", "persians/killed"],
    TENENKOU: ["own/killed", "civ/killed", "civ/wounded"],
    DIOURA: [
        "gov-2/killed", "front/killed", "observers/killed", "gov-1/wounded", "front/materiel/vehicle/destroyed",
        "strength/persons", "leader/commander/Amadou Kéita",
    ],
    NIAMEY: ["total/killed", "total/displaced", "total/casualties"],
    MINNA: [
        "own-side/killed", "adversary/killed", "desk/killed", "own-side/missing", "own-side/captured",
        "own-side/deserted",
    ],
    TAVEUNI: ["hurt/wounded", "result/result"],
}  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Give the small world on one engine, open for all tests."""
    databases = request.getfixturevalue(f"{request.param}_databases")
    url = databases.copy(tmp_path_factory.mktemp("world"), seed=False)
    report = import_file(find_target(url), Path(__file__).parent / "cases" / "world.yaml")
    assert (report.problems, report.warnings) == ([], [])
    with conflictdb.open(url).reading() as reader:
        yield reader
    databases.drop(url)


def slugs(world: Reader | Database, query: str) -> list[str]:
    return [row.slug for row in world.events(query)]


def ids(world: Reader, query: str) -> list[str]:
    return [str(row.native_id) for row in world.claims(query)]


def test_everything(world: Reader) -> None:
    assert slugs(world, "") == list(ALL)
    assert ids(world, "") == [each for slug in ALL for each in CLAIMS[slug]]
    measures = [(row.event, row.subject, row.metric, row.item) for row in world.estimate()]
    assert len(measures) == len(set(measures)) == 17
    with_history = [str(row.native_id) for row in world.claims("event:dioura-2020", history=True)]
    assert with_history[:2] == ["gov-1/killed", "gov-2/killed"]
    assert sorted(with_history) == sorted([*CLAIMS[DIOURA], "gov-1/killed"])


# --- fields of events: the same events for `events`, and all their claims for `claims` --------------------------------

EVENT_QUERIES: dict[str, tuple[str, ...]] = {
    "event:dioura-2020": (DIOURA,),
    "event:Dioura-2020,niamey-2021": (DIOURA, NIAMEY),
    "event:nowhere-2020": (),
    "country:MLI": (TENENKOU, DIOURA),
    "country:mli,FJI": (TENENKOU, DIOURA, TAVEUNI),
    "country:Mali": (TENENKOU, DIOURA),
    "country:ML": (TENENKOU, DIOURA),
    "country:Niger": (NIAMEY,),
    "country:Nigeria": (MINNA,),
    "country:NER": (NIAMEY,),
    "country:Atlantis": (),
    "admin1:Mopti": (TENENKOU, DIOURA),
    'admin1:"mopti region"': (TENENKOU, DIOURA),
    "admin1:Niger": (MINNA,),
    "admin1:Mop": (),
    "place:Dioura": (DIOURA,),
    "place:tenenkou": (TENENKOU,),
    "place:TÉNENKOU,minna": (TENENKOU, MINNA),
    "place:Mali": (),
    'conflict:"Sahel War"': (TENENKOU, DIOURA, NIAMEY),
    'conflict:"lake war"': (TENENKOU, NIAMEY),
    "conflict:war": (TENENKOU, DIOURA, NIAMEY),
    "conflict:greco-persian": (MARATHON,),
    "type:battle": (MARATHON, DIOURA, MINNA),
    "type:riot,explosion": (TENENKOU, NIAMEY),
    "dyad:640": (TENENKOU, NIAMEY),
    "dyad:ucdp-dyad:640,9": (TENENKOU, NIAMEY),
    'dyad:"lake war"': (TENENKOU, NIAMEY),
    'dyad:"Sahel War"': (),
    "conflict:ucdp-dyad:640": (TENENKOU, NIAMEY),
    "type:embuscade": (DIOURA,),
    'type:"Émeute en mer"': (TAVEUNI,),
    "type:EMEUTE-EN-MER": (TAVEUNI,),
    "actor:NA": (DIOURA, MINNA),
    "actor:Northland": (DIOURA, MINNA),
    'actor:"Government of Northland"': (DIOURA, MINNA),
    'actor:"River Front"': (DIOURA, MINNA),
    'actor:"Delta Brigade"': (DIOURA,),
    'actor:"front du fleuve"': (DIOURA, MINNA),
    "actor:جبهة النهر": (MINNA,),  # two words without quotes: the second is free text
    'actor:"جبهة النهر"': (DIOURA, MINNA),
    "actor:militia,Athens": (MARATHON, TENENKOU, MINNA),
    "actor:Observers": (),  # they only speak
    "commander:Keita": (DIOURA,),
    "commander:كيتا": (DIOURA,),
    "commander:miltiades": (MARATHON,),
    "commander:nobody": (),
    "dataset:ucdp": (DIOURA,),
    "dataset:UCDP-GED": (DIOURA,),
    "dataset:acled,ucdp": (DIOURA, NIAMEY),
    "dataset:ucd": (),
    "dataset:native": ALL,
    "native:1001": (DIOURA,),
    "native:ucdp-ged:1001": (DIOURA,),
    "native:ACLED:NER77": (NIAMEY,),
    "native:acled:1001": (),
    "date:2020": (TENENKOU, DIOURA),
    "date:2020-03": (TENENKOU, DIOURA),
    "date:2020-03-17": (TENENKOU, DIOURA),
    "date:2020-04": (TENENKOU,),
    "date:2020-05-31..": (TENENKOU, NIAMEY, MINNA),
    "date:2020-06..": (NIAMEY, MINNA),
    "date:2021-02-10": (NIAMEY, MINNA),
    "date:2020-03-18..2020-03-19": (TENENKOU,),
    "date:2020-06..2020-12": (),
    "date:..0000": (MARATHON,),
    "date:-0489": (MARATHON,),
    "date:-0489-09-12": (MARATHON,),
    "date:-0490": (),
    "near:14.83,-5.25,1km": (DIOURA,),
    "near:14.8,-5.2,20km": (DIOURA,),
    "near:14.83,-5.25,54km": (DIOURA,),
    "near:14.83,-5.25,56km": (TENENKOU, DIOURA),
    "near:14.83,-5.25,35mi": (TENENKOU, DIOURA),
    "near:-16.85,-179.99,5km": (TAVEUNI,),
    "near:-16.85,179.9,20km": (TAVEUNI,),
    "near:-89,0,9000km": (TAVEUNI,),
    "near:90,0,20040km": (MARATHON, TENENKOU, DIOURA, MINNA, TAVEUNI),
    "near:0,0,1km": (),
    "killed>=0": (MARATHON, TENENKOU, DIOURA, NIAMEY, MINNA),
    "killed>=20": (MARATHON, DIOURA, NIAMEY, MINNA),
    "killed>26": (MARATHON, NIAMEY, MINNA),
    "killed=26": (DIOURA,),
    "killed:26": (DIOURA,),
    "killed:18": (),  # it was superseded
    "killed=0": (TENENKOU,),
    "killed=30": (),  # 30-40 is not 30
    "killed<=50": (TENENKOU, DIOURA, NIAMEY, MINNA),
    "killed<50": (TENENKOU, DIOURA, NIAMEY, MINNA),
    "killed<10": (TENENKOU, MINNA),
    "killed<9": (TENENKOU, MINNA),
    "killed<=6": (TENENKOU,),
    "killed:": (MARATHON, TENENKOU, DIOURA, NIAMEY, MINNA),
    "wounded>=12": (TENENKOU,),
    "wounded<=12": (DIOURA, TAVEUNI),
    "wounded:": (TENENKOU, DIOURA, TAVEUNI),
    "missing:": (MINNA,),
    "captured=3": (MINNA,),
    "deserted:": (MINNA,),
    "displaced>=1200": (NIAMEY,),
    "casualties:": (NIAMEY,),
    "casualties>=1": (),  # several dozen is no number
    "materiel>=8": (DIOURA,),
    "materiel>8": (),
    "strength>=100": (DIOURA,),
    "strength:": (DIOURA,),
    "killed>=20 killed<=7": (MINNA,),
    "killed>=20 wounded:": (DIOURA,),
    "convoy": (DIOURA,),
    "truck": (DIOURA,),
    "truc": (DIOURA,),  # the last word is a beginning
    '"tank truck"': (DIOURA,),
    '"truck tank"': (),
    "TENENKOU": (TENENKOU,),
    "ténenkou market": (TENENKOU,),
    "النهر": (MINNA,),
    "keita": (DIOURA,),
    "militia": (TENENKOU, MINNA),
    "river battle": (),
    "country:MLI killed>=20": (DIOURA,),
    'country:MLI "tank truck" killed:26': (DIOURA,),
    "type:battle date:2020..": (DIOURA, MINNA),
}


@pytest.mark.parametrize(("query", "found"), EVENT_QUERIES.items(), ids=EVENT_QUERIES)
def test_events_and_all_their_claims(world: Reader, query: str, found: tuple[str, ...]) -> None:
    assert slugs(world, query) == list(found)
    if query:
        assert ids(world, query) == [each for slug in found for each in CLAIMS[slug]]


def is_one_term(query: str) -> bool:
    return " " not in query.partition('"')[0] and (" " not in query or query.endswith('"'))


ONE_TERM = [query for query in EVENT_QUERIES if is_one_term(query)]


@pytest.mark.parametrize("query", ONE_TERM)
def test_negated_fields_find_all_other_events(world: Reader, query: str) -> None:
    """Those of which the field is not known too: `-date:2021` finds the undated."""
    found = EVENT_QUERIES[query]
    assert slugs(world, f"-{query}") == [slug for slug in ALL if slug not in found]


BOUNDS = [
    ("over 20", "killed>=21", True),
    ("over 20", "killed>20", True),
    ("over 20", "killed>=22", False),
    ("over 20", "killed=21", False),
    ("over 20", "killed<=1000", False),
    ("over 20", "killed:", True),
    ("up to 50", "killed<=50", True),
    ("up to 50", "killed<51", True),
    ("up to 50", "killed<=49", False),
    ("up to 50", "killed>=1", False),
    ("up to 50", "killed>=0", False),
    ("up to 50", "killed=50", False),
    ("fewer than 100", "killed<100", True),
    ("fewer than 100", "killed<=98", False),
    ("30-40", "killed>=30", True),
    ("30-40", "killed>=31", False),
    ("30-40", "killed<=40", True),
    ("30-40", "killed<40", False),
    ("30-40", "killed=30", False),
    ("~100", "killed=100", True),
    ("25-82+", "killed>=25", True),
    ("25-82+", "killed<=82", False),
    ("several dozen", "killed>=1", False),
    ("several dozen", "killed:", True),
    ("none", "killed=0", True),
    ("none", "killed<1", True),
    ("none", "killed>0", False),
    ("26", "killed=26", True),
    ("26", "killed>=26 killed<=26", True),
    ("26", "killed>26", False),
]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Give one event for each wording above, named by it, on SQLite."""
    from conflictdb.setup import create_database

    folder = tmp_path_factory.mktemp("figures")
    wordings = list(dict.fromkeys(wording for wording, _, _ in BOUNDS))
    events = "".join(
        f"  - {{slug: event-{number}, name: E, type: battle, date: 2020, place: P{number},"
        f" claims: [{{of: total, killed: {wording!r}}}]}}\n"
        for number, wording in enumerate(wordings)
    )
    document = folder / "figures.yaml"
    heading = "source: {title: S}\nclaimant: X\nactors: [{name: X, kind: medium}]\n"
    document.write_text(f"{heading}events:\n{events}", encoding="utf-8")
    create_database(folder / "figures.sqlite3", seed=False)
    assert import_file(find_target(folder / "figures.sqlite3"), document).problems == []
    return conflictdb.open(folder / "figures.sqlite3")


@pytest.mark.parametrize(("wording", "query", "found"), BOUNDS, ids=[f"{w}, {q}" for w, q, _ in BOUNDS])
def test_a_bound_satisfies_no_more_than_it_states(figures: Database, wording: str, query: str, found: bool) -> None:
    number = list(dict.fromkeys(each for each, _, _ in BOUNDS)).index(wording)
    assert slugs(figures, f"event:event-{number} {query}") == ([f"event-{number}"] if found else [])


# --- fields of claims: the claims that hold them, and the events that have such a claim ------------------------------

CLAIM_QUERIES: dict[str, list[str]] = {
    "claimant:Observers": ["observers/killed", *CLAIMS[NIAMEY]],
    "claimant:Northland": [
        "gov-2/killed", "gov-1/wounded", "own-side/killed", "own-side/missing", "own-side/captured",
        "own-side/deserted",
    ],
    'claimant:"a nurse"': ["civ/killed", "civ/wounded"],
    "claimant:athens,islanders": ["athenians/killed", "persians/killed", "hurt/wounded"],
    "claimant:nobody": [],
    "source:histories": CLAIMS[MARATHON],
    "source:Herodotus": CLAIMS[MARATHON],
    "source:annals": ["own/killed", "desk/killed", *CLAIMS[TAVEUNI]],
    'source:"pacific press"': ["own/killed", "desk/killed", *CLAIMS[TAVEUNI]],
    "source:ouvea": ["own/killed", "desk/killed", *CLAIMS[TAVEUNI]],
    "source:evenements": ["front/killed", "observers/killed", "front/materiel/vehicle/destroyed", *CLAIMS[NIAMEY]],
    "source:https://bulletin.example/": [
        "front/killed", "observers/killed", "front/materiel/vehicle/destroyed", *CLAIMS[NIAMEY],
    ],
    "source:Histories,BULLETIN": [
        *CLAIMS[MARATHON], "front/killed", "observers/killed", "front/materiel/vehicle/destroyed", *CLAIMS[NIAMEY],
    ],
    "subject:civilians": ["civ/killed", "civ/wounded"],
    "subject:total": CLAIMS[NIAMEY],
    "subject:NA": [
        "gov-2/killed", "front/killed", "observers/killed", "gov-1/wounded", "front/materiel/vehicle/destroyed",
        "adversary/killed", "desk/killed",
    ],
    'subject:"River Front"': ["strength/persons", "leader/commander/Amadou Kéita"],
    "subject:Athens,Persia": CLAIMS[MARATHON],
    "metric:wounded": ["civ/wounded", "gov-1/wounded", "hurt/wounded"],
    "metric:materiel,missing": ["front/materiel/vehicle/destroyed", "own-side/missing"],
    "metric:persons": ["strength/persons"],
    "status:final": ["gov-2/killed"],
    "status:provisional": ["gov-1/wounded"],
    "status:final,unconfirmed": ["gov-2/killed", "hurt/wounded"],
    "side:1": [
        "athenians/killed", "None", "own/killed", *CLAIMS[DIOURA][:5], *CLAIMS[MINNA],
    ],
    "side:attacker": ["persians/killed", "own/killed", "strength/persons", "leader/commander/Amadou Kéita"],
    "side:defender": ["athenians/killed", "None", *CLAIMS[DIOURA][:5], *CLAIMS[MINNA]],
    "side:2,attacker": [
        "persians/killed", "own/killed", "strength/persons", "leader/commander/Amadou Kéita", "hurt/wounded",
    ],
    "side:3": [],
    "stake:own_side": [
        "athenians/killed", "own/killed", "gov-2/killed", "gov-1/wounded",
        "own-side/killed", "own-side/missing", "own-side/captured", "own-side/deserted",
    ],
    "stake:adversary": [
        "persians/killed", "front/killed", "front/materiel/vehicle/destroyed", "adversary/killed", "hurt/wounded",
    ],
    "stake:third-party": ["civ/killed", "civ/wounded", "observers/killed", *CLAIMS[NIAMEY]],
    "stake:recorder": ["None", "strength/persons", "leader/commander/Amadou Kéita", "desk/killed", "result/result"],
    "stake:party": [],
    "stake:party,unknown": [],
    "stake:own-side metric:captured": ["own-side/captured"],
    "stake:own-side side:1 metric:killed source:gazette": ["gov-2/killed", "own-side/killed"],
    "claimant:Observers metric:killed": ["observers/killed", "total/killed"],
    "claimant:Observers status:final": [],  # no one claim is both
    "stake:third-party subject:NA": ["observers/killed"],
    "country:MLI stake:adversary": ["front/killed", "front/materiel/vehicle/destroyed"],
}  # fmt: skip
WHERE = {each: slug for slug, found in CLAIMS.items() for each in found}


@pytest.mark.parametrize(("query", "found"), CLAIM_QUERIES.items(), ids=CLAIM_QUERIES)
def test_claims_and_the_events_that_have_one(world: Reader, query: str, found: list[str]) -> None:
    assert ids(world, query) == found
    assert slugs(world, query) == [slug for slug in ALL if slug in {WHERE[each] for each in found}]


@pytest.mark.parametrize("query", [*filter(is_one_term, CLAIM_QUERIES)])
def test_negated_fields_of_claims(world: Reader, query: str) -> None:
    """Of claims, all others; of events, those without such a claim."""
    found = CLAIM_QUERIES[query]
    assert ids(world, f"-{query}") == [each for slug in ALL for each in CLAIMS[slug] if each not in found]
    assert slugs(world, f"-{query}") == [slug for slug in ALL if slug not in {WHERE[each] for each in found}]


MIXED: dict[str, tuple[list[str], list[str]]] = {
    "metric:killed -stake:third-party event:dioura-2020": (["gov-2/killed", "front/killed"], []),
    "metric:killed -stake:recorder event:minna-2021": (["own-side/killed", "adversary/killed"], []),
    "stake:own-side -stake:recorder": (
        [*CLAIM_QUERIES["stake:own_side"]],
        [TENENKOU],
    ),
    "stake:adversary -claimant:Athens": (CLAIM_QUERIES["stake:adversary"][1:], [DIOURA, MINNA, TAVEUNI]),
    "-metric:killed event:dioura-2020": (CLAIMS[DIOURA][3:], []),
    "stake:adversary limit:2": (["persians/killed", "front/killed"], [MARATHON, DIOURA]),
    "stake:adversary limit:0": (CLAIM_QUERIES["stake:adversary"], [MARATHON, DIOURA, MINNA, TAVEUNI]),
}


@pytest.mark.parametrize(("query", "claims", "events"), [(k, *v) for k, v in MIXED.items()], ids=MIXED)
def test_terms_together(world: Reader, query: str, claims: list[str], events: list[str]) -> None:
    assert (ids(world, query), slugs(world, query)) == (claims, events)


def test_every_field_is_tried() -> None:
    tried = {word.lstrip("-") for query in [*EVENT_QUERIES, *CLAIM_QUERIES] for word in FIELDS if word in query}
    assert set(FIELDS) - tried <= {"order", "limit"}


# --- order and limit --------------------------------------------------------------------------------------------------

ORDERS: dict[str, tuple[str, ...]] = {
    "order:date": (MARATHON, TENENKOU, DIOURA, NIAMEY, MINNA, TAVEUNI),
    "order:-date": (MINNA, NIAMEY, DIOURA, TENENKOU, MARATHON, TAVEUNI),
    "order:name": (DIOURA, MARATHON, TAVEUNI, MINNA, NIAMEY, TENENKOU),
    "order:slug": (DIOURA, MARATHON, MINNA, NIAMEY, TAVEUNI, TENENKOU),
    "order:-slug": (TENENKOU, TAVEUNI, NIAMEY, MINNA, MARATHON, DIOURA),
    "order:place": (DIOURA, MARATHON, MINNA, NIAMEY, TAVEUNI, TENENKOU),
    "order:country": (TAVEUNI, MARATHON, DIOURA, TENENKOU, NIAMEY, MINNA),
    "order:country,-date": (TAVEUNI, MARATHON, DIOURA, TENENKOU, NIAMEY, MINNA),
    "order:killed": (TENENKOU, DIOURA, NIAMEY, MINNA, MARATHON, TAVEUNI),
    "order:-killed": (MARATHON, MINNA, NIAMEY, DIOURA, TENENKOU, TAVEUNI),
    "order:-claims": (DIOURA, MINNA, TENENKOU, NIAMEY, MARATHON, TAVEUNI),
    "order:-claims order:-date": (DIOURA, MINNA, NIAMEY, TENENKOU, MARATHON, TAVEUNI),
    "order:recorded": (DIOURA, TENENKOU, NIAMEY, MINNA, MARATHON, TAVEUNI),
    "order:-killed limit:2": (MARATHON, MINNA),
    "limit:1": (MARATHON,),
    "limit:0": ALL,
    "limit:99": ALL,
    "order:date country:MLI": (TENENKOU, DIOURA),
}


@pytest.mark.parametrize(("query", "found"), ORDERS.items(), ids=ORDERS)
def test_orders_and_limits_of_events(world: Reader, query: str, found: tuple[str, ...]) -> None:
    assert slugs(world, query) == list(found)


@pytest.mark.parametrize("order", [sign + name for name in ORDER_FIELDS for sign in ("", "-")])
def test_claims_come_event_by_event_in_every_order(world: Reader, order: str) -> None:
    events = slugs(world, f"order:{order}")
    assert ids(world, f"order:{order}") == [each for slug in events for each in CLAIMS[slug]]
    assert list(dict.fromkeys(row.event for row in world.estimate(f"order:{order}"))) == slugs(world, f"order:{order}")


def test_a_limit_counts_rows(world: Reader) -> None:
    assert ids(world, "limit:4") == [*CLAIMS[MARATHON], CLAIMS[TENENKOU][0]]
    assert len(list(world.casualties("country:MLI limit:3"))) == 3
    assert [(row.event, row.subject) for row in world.estimate("limit:2")] == [
        (MARATHON, "Athens"),
        (MARATHON, "Persia"),
    ]
    assert [row.event for row in world.estimate("limit:2", metrics=["wounded"])] == [TENENKOU, DIOURA]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.sampled_from([s + n for n in ORDER_FIELDS for s in ("", "-")]), max_size=3), st.integers(1, 7))
def test_pages_of_any_order_are_parts_of_one_whole(world: Reader, orders: list[str], limit: int) -> None:
    query = " ".join(f"order:{order}" for order in orders)
    whole = slugs(world, query)
    assert sorted(whole) == sorted(ALL)
    assert slugs(world, f"{query} limit:{limit}") == whole[:limit]


# --- estimates --------------------------------------------------------------------------------------------------------


def test_claim_terms_choose_the_claims_of_an_estimate(world: Reader) -> None:
    def killed(query: str) -> dict[str, tuple[int | None, int | None, bool]]:
        rows = world.estimate(query, metrics=["killed"])
        return {f"{row.event} {row.subject}": (row.low, row.high, row.open) for row in rows}

    assert killed("type:battle date:2020..") == {
        "dioura-2020 Northland Army": (21, None, True),
        "minna-2021 Northland Army": (40, 40, False),
        "minna-2021 side 1": (None, 9, False),
    }
    assert killed("stake:adversary") == {
        "marathon-490bc Persia": (6400, 6400, False),
        "dioura-2020 Northland Army": (21, None, True),
        "minna-2021 Northland Army": (40, 40, False),
    }
    assert killed("-stake:adversary date:2020-03-17") == {
        "tenenkou-2020 side 1": (0, 0, False),
        "tenenkou-2020 civilians": (None, 50, False),
        "dioura-2020 Northland Army": (26, 26, False),
    }
    assert killed('-claimant:"River Front" event:dioura-2020') == {"dioura-2020 Northland Army": (26, 26, False)}
    assert killed("claimant:Observers -source:gazette") == {
        "dioura-2020 Northland Army": (26, 26, False),
        "niamey-2021 total": (30, 40, False),
    }


def test_sums_by_event(world: Reader) -> None:
    rows = world.estimate(metrics=["killed"], by_event=True)
    assert [(row.event, row.composite, row.low, row.high, row.open, row.note) for row in rows] == [
        (MARATHON, True, 6592, 6592, False, "sum of Athens and Persia"),
        (TENENKOU, True, 0, 50, False, "sum of side 1 and civilians"),
        (DIOURA, True, 21, None, True, "sum of Northland Army; losses of Delta Brigade not stated"),
        (NIAMEY, False, 30, 40, False, ""),
        (MINNA, True, None, None, True, "sum of side 1; losses of River Front not stated"),
    ]


# --- one event by its name --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dioura-2020", " DIOURA-2020 ", "ucdp-ged:1001", "1001", "UCDP-GED:1001"])
def test_an_event_by_slug_or_native_id(world: Reader, name: str) -> None:
    assert world.event(name).event.slug == DIOURA
    assert [row.native_id for row in world.claims(name)] == CLAIMS[DIOURA]
    assert {row.event for row in world.casualties(name)} == {DIOURA}
    assert {row.event for row in world.estimate(name)} == {DIOURA}


def test_what_looks_like_a_slug_is_missed_and_a_weapon_is_not(world: Reader) -> None:
    for missed in ("dioura-2021", "dioura-2020-04", "dioura-2020-03-17-abcd", "salamis-480bc", "tours-732"):
        with pytest.raises(NotFoundError):
            list(world.claims(missed))
    assert list(world.claims("T-72")) == []
    assert list(world.casualties("AK-47 dioura-2021")) == []


def test_the_native_id_of_another_dataset_is_no_events(world: Reader) -> None:
    with pytest.raises(NotFoundError, match="no event"):
        world.event("acled:1001")


@pytest.mark.parametrize("query", ["country:", "kiled>=2", "limit:1 limit:2", '"open'])
def test_what_cannot_be_read_is_refused(world: Reader, query: str) -> None:
    for ask in (world.events, world.claims, world.casualties, world.estimate):
        with pytest.raises(QueryError):
            list(ask(query))  # type: ignore[operator]


grammatical = st.sampled_from([*EVENT_QUERIES, *CLAIM_QUERIES])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(ONE_TERM)), max_size=4))
def test_terms_of_events_are_joined_by_and(world: Reader, terms: list[tuple[bool, str]]) -> None:
    query = " ".join(f"-{term}" if negated else term for negated, term in terms)
    expected = [slug for slug in ALL if all((slug in EVENT_QUERIES[term]) != negated for negated, term in terms)]
    assert slugs(world, query) == expected
