"""Native documents for tests of who claims what: from labelled infoboxes, and with claims drawn at random."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection, insert, select, update

from conflictdb.config import find_target
from conflictdb.ingest import import_file
from conflictdb.store.engine import writing
from conflictdb.store.tables import claim, claim_link, judgement

Document = dict[str, Any]

# What labelled infoboxes leave out: when and where it was, and who the two sides are.
INFOBOXES: dict[str, Document] = {
    "Battle of Kidal (2012)": {
        "slug": "kidal-2012", "date": "2012-03", "place": {"name": "Kidal", "country": "Mali"},
        "sides": [["MNLA", "Ansar Dine"], ["Malian Army"]],
    },
    "2017 Boulikessi attack": {
        "slug": "boulikessi-2017", "date": "2017-03-05", "place": {"name": "Boulikessi", "country": "Mali"},
        "sides": [["Malian Army"], ["JNIM"]],
    },
    "Battle of Marathon": {
        "slug": "marathon-490bc", "date": "-0489-09", "place": {"name": "Marathon", "country": "Greece"},
        "sides": [["Athens"], ["Persian Empire"]],
    },
}  # fmt: skip
GROUPS = {"MNLA": "armed_group", "Ansar Dine": "armed_group", "Athens": "state", "Persian Empire": "state",
          "Herodotus": "unknown"}  # fmt: skip


def take_in(url: str, path: Path, *documents: Document) -> None:
    """Import documents; nothing in them may be refused."""
    path.write_text(json.dumps(list(documents)), encoding="utf-8")
    assert [(each.field, each.value, each.why) for each in import_file(find_target(url), path).problems] == []


def read_infoboxes(path: Path) -> list[Document]:
    """Return a document for each battle of INFOBOXES, with the losses of people that its labelled rows state."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [_document(page, [row for row in rows if row.get("page") == page]) for page in INFOBOXES]


def _document(page: str, rows: list[Document]) -> Document:
    about = dict(INFOBOXES[page])
    sides = about.pop("sides")
    claims = [
        {
            "claimant": claimant, "of": sides[int(row["field"][-1]) - 1][0], "locator": f"{row['field']}, {number}",
            claim["metric"]: _figure(claim),
        }
        for row in rows if row["field"] in ("casualties1", "casualties2")
        for number, claim in enumerate(row["claims"]) if claim["metric"] != "materiel"
        for claimant in claim["claimants"] or ["Wikipedia"]
    ]  # fmt: skip
    slug = about["slug"]
    return {
        "source": {"id": f"infobox-{slug}", "title": page, "publisher": "Wikipedia"}, "claimant": "Wikipedia",
        "actors": [{"name": name, "kind": kind} for name, kind in GROUPS.items()],
        "name": page, "type": "battle", **about, "sides": [{"combatants": names} for names in sides], "claims": claims,
    }  # fmt: skip


def _figure(claim: Document) -> Document:
    named = {"group": claim["subject"]} if claim["subject"] else {}
    return {name: claim[name] for name in ("lower", "upper", "qualifier") if claim[name] is not None} | named


# --- at random -------------------------------------------------------------------------------------------------------

CLAIMANTS = (
    "Government of North",
    "Northern Army",
    "Rebels",
    "United Nations",
    "UN Mission",
    "Daily",
    "Atlas",
    "Gazetteer",
)
RECORDERS = ("Atlas", "Gazetteer")
ACTORS = [
    {"name": "Government of North", "kind": "state"},
    {"name": "Northern Army", "kind": "state_forces", "part_of": "Government of North"},
    {"name": "Rebels", "kind": "armed_group"},
    {"name": "United Nations", "kind": "igo"},
    {"name": "UN Mission", "kind": "igo", "part_of": "United Nations"},
    {"name": "Daily", "kind": "medium", "part_of": "none"},
    *({"name": name, "kind": "recorder"} for name in RECORDERS),
]
DAYS = ("2020-01-05", "2020-01-09", "2020-01-20", "2020-02")


def random_events(seed: int, number: int = 12) -> list[Document]:
    """Return events with claims of all kinds; of one in four one recorder alone speaks, of another both of them."""
    random = Random(seed)
    return [_random_event(random, at) for at in range(number)]


def _random_event(random: Random, at: int) -> Document:
    speakers = (RECORDERS[:1], RECORDERS, CLAIMANTS, CLAIMANTS)[at % 4]
    claims: list[Document] = []
    for number in range(random.randint(1, 9)):
        claims.append(_random_claim(random, f"c{number}", random.choice(speakers), claims))
    return {
        "source": {"id": f"paper-{at}", "title": f"Paper {at}"}, "claimant": "Atlas", "actors": ACTORS,
        "slug": f"town-2020-{at + 1:02}", "name": f"Fight {at}", "type": "battle", "place": {"name": f"Town {at}"},
        "date": "2020-01-04", "claims": claims,
        "sides": [{"combatants": "Northern Army"}, {"combatants": "Rebels", "role": "attacker"}],
    }  # fmt: skip


def _random_claim(random: Random, name: str, claimant: str, before: list[Document]) -> Document:
    said: Document = {"id": name, "claimant": claimant, "locator": name}
    if random.random() < 0.6:
        said["stated_on"] = random.choice(DAYS)
    kind = random.random()
    if kind < 0.04:
        return said | {"of": "Rebels", "commander": random.choice(("Ali", "Bah", "Cissé"))}
    if kind < 0.08:
        return said | {random.choice(("result", "name")): random.choice(("Victory", "victory!", "A draw"))}
    if kind < 0.1:
        return said | {"date": random.choice(("2020-01-04", "2020-01", "2020-01-06"))}
    metric = random.choice(("killed", "killed", "killed", "wounded", "strength"))
    said |= {
        "of": random.choice(("Northern Army", "Rebels", "civilians", "total")),
        metric: _random_figure(random, claimant),
    }
    if said["of"] in ("civilians", "total") and metric == "strength":
        said["of"] = "Rebels"
    alike = [each["id"] for each in before if each.get("of") == said["of"] and metric in each]
    if alike and random.random() < 0.3:
        said[random.choice(("repeats", "corroborates", "derived_from"))] = random.choice(alike)
    return said


def _random_figure(random: Random, claimant: str) -> Any:
    low = random.choice((0, 1, 3, 20, 20, 21, 26, 40))
    if claimant in RECORDERS and random.random() < 0.5:
        if random.random() < 0.3:
            return {"lower": 0, "upper": 0, "qualifier": "zero_or_unknown"}
        return {"lower": low, "upper": low + random.choice((0, 4)), "best": low + 1, "qualifier": "range"}
    return random.choice((low, low, low, f"over {low}", f"{low}-{low + 9}", f"up to {low}", "several dozen"))


def judge(connection: Connection, one: int, other: int) -> None:
    """Judge two claims the same statement."""
    row = {"verdict": "same", "judged_by": "a test", "reason": "so", "judged_at": "2024-01-01T00:00:00Z"}
    connection.execute(insert(judgement).values(**row, claim_id=one, other_claim_id=other))


def unsettle(url: str, seed: int) -> None:
    """Withdraw some claims and links, and judge some claims about the same the same statement."""
    random = Random(seed)
    with writing(find_target(url)) as connection:
        gone = {"withdrawn_on": "2020-01-25", "withdrawn_by_id": 1}
        for table in (claim, claim_link):
            ids = list(connection.scalars(select(table.c.id).order_by(table.c.id)))
            some = random.sample(ids, len(ids) // 10)
            connection.execute(update(table).where(table.c.id.in_(some)).values(**gone))
        about = (claim.c.event_id, claim.c.metric, claim.c.subject_kind, claim.c.combatant_id)
        alike: dict[Any, list[int]] = defaultdict(list)
        for claim_id, *measure in connection.execute(select(claim.c.id, *about).order_by(claim.c.id)):
            alike[tuple(measure)].append(claim_id)
        pairs = [ids for (_, metric, *_), ids in alike.items() if metric and len(ids) > 1]
        for ids in random.sample(pairs, len(pairs) // 4):
            judge(connection, *random.sample(ids, 2))
