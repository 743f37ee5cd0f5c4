"""Sums: what is said in SQL and by the policies against the estimates of every event, on random claims; and by hand."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from conflictdb.asking import Asker
from conflictdb.config import find_target
from conflictdb.domain.edtf import day_to_text, parse_edtf
from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.lens import Lens
from conflictdb.domain.policies.voices import Circles
from conflictdb.domain.rows import EstimateRow
from conflictdb.domain.rows.total import TotalRow
from conflictdb.domain.vocabulary import PERSON_METRICS, SubjectKind
from conflictdb.errors import UsageError
from conflictdb.estimates import total_of_event
from conflictdb.ingest import import_file
from conflictdb.looking import look
from conflictdb.reader import Reader
from conflictdb.store.engine import reading, writing
from conflictdb.store.read.events import read_combatants
from conflictdb.store.tables import (
    actor,
    actor_alias,
    actor_relation,
    claim,
    claim_link,
    combatant,
    conflict,
    event,
    import_run,
    judgement,
    place,
    source,
)

# --- random databases ------------------------------------------------------------------------------------------------

EVENTS = 40
COUNTRIES = (("MLI", "Mali"), ("MLI", "Republic of Mali"), ("NER", "Niger"), ("XKX", None), (None, "Rhodesia"))
DATES = ("2019-03-17", "2019-03", "2019", "2019-03-30/2019-04-02", "2018-12-31/2019-01-01", "2020-02-01", "-0489", None)
FIGURES = (
    ("exact", 3, 3), ("exact", 0, 0), ("exact", 12, 12), ("exact", 3, 3), ("range", 2, 9), ("more_than", 21, None),
    ("at_most", None, 50), ("vague", None, None), ("zero_or_unknown", 0, 0), ("zero_or_unknown", 0, 0),
    ("approximate", 12, 12), ("open_range", 5, None),
)  # fmt: skip
KINDS = ("supersedes", "corrects", "corroborates", "repeats", "contradicts", "derived_from", "retracts")
SPEAKERS = {
    "North": "state", "Army of the North": "state_forces", "The Front": "armed_group", "Brigade": "armed_group",
    "Observers": "ngo", "Daily": "medium", "Almanac": "recorder", "Register": "recorder", "a soldier": "witness",
    "Raiders": "armed_group", "Raiders too": "armed_group",
}  # fmt: skip
FIGHTERS = ("North", "Army of the North", "The Front", "Brigade", "Raiders", "Raiders too")
WORDS = ("several", "dozens", "3", None)


class World:
    """Rows of a small world, as they come to a random generator."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        run = {"file": "f", "sha256": "0" * 64, "importer": "x", "importer_version": "1", "program_version": "1"}
        for number in (1, 2):
            self.add(import_run, **run, started_at="2024-01-01T00:00:00Z", counts={}, complete=False, id=number)
        for number, day in enumerate((None, 737_150, 737_400), 1):
            self.add(source, id=number, slug=f"s{number}", title="S", published_last_day=day, import_run_id=1)
        for name, kind in SPEAKERS.items():
            unnamed = {"unnamed": True, "event_key": "e", "source_id": 1} if kind == "witness" else {}
            number = self.add(actor, name=name, kind=kind, import_run_id=1, **unnamed)
            self.add(actor_alias, actor_id=number, name=name, folded=name.lower(), import_run_id=1)
        self.actors = {row["name"]: row["id"] for row in self.rows[actor]}
        for child, parent, until in (("Army of the North", "North", None), ("Brigade", "The Front", 737_000)):
            self.add(actor_relation, actor_id=self.actors[child], other_id=self.actors[parent], kind="part_of",
                     until_day=until, import_run_id=1)  # fmt: skip
        for name in ("War", "Other War"):
            self.add(conflict, name=name, folded=name.lower(), import_run_id=1)
        for code, name in COUNTRIES:
            self.add(place, country=code, country_name=name, import_run_id=1)
        for _ in range(EVENTS):
            self.add_event()
        self.judge()

    def add(self, table: Any, **values: Any) -> int:
        number = len(self.rows[table]) + 1
        keyed = {"key": f"{table.name[:2]}{number:010}"} if "key" in table.c and "key" not in values else {}
        self.rows[table].append({"id": number, **keyed, **values})
        return number

    def add_event(self) -> None:
        random, date = self.random, self.random.choice(DATES)
        days = parse_edtf(date) if date else None
        number = len(self.rows[event]) + 1
        self.add(
            event, slug=f"event-{number}", name=f"Event {number}", type=random.choice(("battle", "riot")), date=date,
            first_day=days.first_day if days else None, last_day=days.last_day if days else None, import_run_id=1,
            conflict_id=random.choice((1, 2, None)), place_id=random.choice((1, 1, 2, 3, 4, 5, None)),
        )  # fmt: skip
        fought = random.sample(FIGHTERS, random.randint(0, 4))
        fighters = [
            self.add(combatant, event_id=number, actor_id=self.actors[name], side=random.choice((1, 1, 2)),
                     role=random.choice(("attacker", "defender", "unknown")), import_run_id=1)
            for name in fought
        ]  # fmt: skip
        busy = random.random()
        claims = [
            self.add_claim(number, fighters, ("total",) if busy < 0.2 else ("total", *SubjectKind), plain=busy < 0.5)
            for _ in range(random.choice((0, 1, 2, 3, 6, 10)))
        ]
        if busy >= 0.4:
            self.link(number, claims)

    def add_claim(self, event_id: int, fighters: Sequence[int], kinds: Sequence[str], *, plain: bool) -> int:
        random = self.random
        kind = random.choice(kinds)
        kind = kind if kind != "combatant" or fighters else "civilians"
        kind = "unknown" if plain and kind == "side" else kind
        qualifier, lower, upper = random.choice(FIGURES)
        day = random.choice((None, 737_130, 737_140, 737_500))
        withdrawn = random.random() < 0.1
        metric = random.choice(("killed", "killed", "killed", "wounded"))
        things = {"metric": "materiel", "item": "any", "fate": "lost"} if random.random() < 0.05 else {"metric": metric}
        return self.add(
            claim, event_id=event_id, kind="casualty", revision=1, source_id=random.choice((1, 2, 3)),
            claimant_id=self.actors[random.choice(tuple(SPEAKERS))], subject_kind=kind, **things,
            combatant_id=random.choice(fighters) if kind == "combatant" else None,
            side=random.choice((1, 2)) if kind == "side" else None, qualifier=qualifier, lower=lower, upper=upper,
            best=random.choice((None, None, None, 4)), wording=random.choice(WORDS), supersedes_by_date=True,
            stated_on=None if day is None else day_to_text(day), stated_first_day=day, stated_last_day=day,
            status=random.choice((None, "final", "provisional")), credibility=random.choice((None, 2, 6)),
            reliability=random.choice((None, "A", "F")), group="officers" if random.random() < 0.1 else None,
            recorded_at="2024-01-01T00:00:00Z", import_run_id=1,
            withdrawn_on=random.choice(("2019-04-01", "2021-01-01")) if withdrawn else None,
            withdrawn_by_id=2 if withdrawn else None,
        )  # fmt: skip

    def link(self, event_id: int, claims: Sequence[int]) -> None:
        for later in claims[1:]:
            if self.random.random() < 0.4:
                earlier = self.random.choice([each for each in claims if each < later])
                gone = {"withdrawn_on": "2021-01-01", "withdrawn_by_id": 2} if self.random.random() < 0.1 else {}
                self.add(claim_link, event_id=event_id, from_claim_id=later, to_claim_id=earlier,
                         kind=self.random.choice(KINDS), import_run_id=1, **gone)  # fmt: skip

    def judge(self) -> None:
        said = {"judged_by": "me", "reason": "so", "judged_at": "2024-01-01T00:00:00Z"}
        claims = [row["id"] for row in self.rows[claim]]
        for _ in range(4):
            one, other = self.random.sample(range(1, EVENTS + 1), 2)
            undone = self.random.choice((None, None, "2024-02-01T00:00:00Z"))
            self.add(judgement, verdict="same", event_id=one, other_event_id=other, undone_at=undone, **said)
        for _ in range(5):
            self.add(judgement, verdict="unreasonable", claim_id=self.random.choice(claims), **said)
        for each in self.random.sample(claims[:-1], 3):
            self.add(judgement, verdict="same", claim_id=each, other_claim_id=each + 1, **said)
        raiders = (self.actors[name] for name in ("Raiders", "Raiders too"))
        self.add(judgement, verdict="same", **dict(zip(("actor_id", "other_actor_id"), raiders, strict=True)), **said)

    def write(self, connection: Connection) -> None:
        order = (
            import_run,
            source,
            actor,
            actor_alias,
            actor_relation,
            conflict,
            place,
            event,
            combatant,
            claim,
            claim_link,
        )
        for table in (*order, judgement):
            names = {name for row in self.rows[table] for name in row}
            rows = [dict.fromkeys(names) | row for row in self.rows[table]]
            for row in rows:
                for column in ("unnamed", "independent", "complete", "supersedes_by_date"):
                    if column in row and row[column] is None:
                        row[column] = False
            if rows:
                connection.execute(insert(table), rows)


@pytest.fixture(scope="module", params=[(engine, seed) for engine in ("sqlite", "postgresql") for seed in range(2)],
                ids=lambda each: f"{each[0]}-{each[1]}")  # fmt: skip
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Give a random world, open for all tests."""
    engine, seed = request.param
    databases = request.getfixturevalue(f"{engine}_databases")
    url = databases.copy(tmp_path_factory.mktemp("random"), seed=False)
    with writing(find_target(url)) as connection:
        World(seed).write(connection)
    with reading(find_target(url)) as connection:
        yield Reader(connection)
    databases.drop(url)


# --- the same, from the estimates of every event ---------------------------------------------------------------------

Numbers = tuple[Any, ...]


class Sums:
    """Sums as one would make them by hand: event by event."""

    def __init__(self, reader: Reader, lens: Lens, query: str = "", metrics: Sequence[str] = ()) -> None:
        self.connection, self.lens, self.by = reader.connection, lens, None
        self.metrics, self.asked = metrics or PERSON_METRICS, metrics
        self.ids = dict(self.connection.execute(select(event.c.slug, event.c.id)).all())
        self.fighters = read_combatants(self.connection, list(self.ids.values()))
        scope = reader.scope(query)
        told, staked = self.told(), "stake:" in query
        first = {row.slug for row in Asker(self.connection).events(scope)} if scope.limit else None
        found = Asker(self.connection).measured(replace(scope, limit=None), lens)
        self.events = [
            (each.event, each.estimates)
            for each in found
            if each.event.slug in told
            and (first is None or each.event.slug in first)
            and (not staked or any(row.standing == "standing" and self.counts(row) for row in each.claims))
        ]
        self.countries = self.names_of_countries()
        self.circles = self.judged_same()

    def counts(self, row: Any) -> bool:
        return row.metric in self.metrics and not row.group

    def told(self) -> set[str]:
        """Return the events of which not all was withdrawn; as of a day, what was told then, or had begun."""
        now = {row.slug for row in Asker(self.connection).events("")}
        knowledge = self.lens.knowledge
        if knowledge is None:
            return now
        day = dict(self.connection.execute(select(event.c.slug, event.c.first_day)).all())
        rows = Asker(self.connection).claims("", history=True, knowledge=knowledge)
        stated = {row.event for row in rows if row.withdrawn_on is None}
        return stated | {slug for slug in now if day[slug] is None or day[slug] <= knowledge.day}

    def names_of_countries(self) -> dict[str, str]:
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for row, _ in self.events:
            if row.country:
                found[row.country][row.country_name or row.country] += 1
        return {code: min(names, key=lambda name: (-names[name], name)) for code, names in found.items()}

    def group(self, row: Any) -> str | None:
        if self.by == "country":
            return self.countries.get(row.country) or row.country_name or "no country"
        if self.by == "conflict":
            return row.conflict or "no conflict"
        if self.by == "type":
            return str(row.type)
        if self.by in ("month", "year"):
            if not row.date:
                return "undated or less exact"
            days = parse_edtf(row.date)
            first, last = (day_to_text(day or 0)[:-3] for day in (days.first_day, days.last_day))
            if self.by == "month" and first == last:
                return first
            return first[:-3] if first[:-3] == last[:-3] else "undated or less exact"
        return None

    def parts(self, row: Any, estimates: Iterable[EstimateRow], metric: str) -> list[tuple[Any, EstimateRow | None]]:
        own = [each for each in estimates if each.metric == metric and each.group is None]
        fighters = self.fighters.get(self.ids[row.slug], ())
        if self.by in ("actor", "side"):
            return list(self.subjects(own, fighters))
        found = total_of_event(own, fighters, row.slug)
        stated = [each for each in found if not each.composite]
        return [(self.group(row), next(iter([*stated, *found]), None))]

    def subjects(self, own: Sequence[EstimateRow], fighters: Any) -> Iterator[tuple[str, EstimateRow | None]]:
        known = {each.subject: each for each in own if each.subject_kind == "combatant"}
        wholes = {each.side: each for each in own if each.subject_kind == "side"}
        found: list[tuple[str, EstimateRow | None]] = []
        if self.by == "actor":
            for each in fighters:
                name = "Raiders" if each.actor == "Raiders too" else each.actor  # they were judged the same
                found.append((name, known.get(each.actor)))
            counted = {each.side for each in known.values() if each.highest_stated is not None}
            found += [("a whole side", each) for side, each in wholes.items() if side not in counted]
        else:
            for side in {each.side for each in fighters} | set(wholes):
                of_side = [each for each in own if each.side == side and each.subject_kind in ("combatant", "side")]
                total = total_of_event(of_side, [each for each in fighters if each.side == side], "")
                found.append((f"side {side}", next(iter(total), None)))
        found += [(each.subject, each) for each in own if each.subject_kind in ("civilians", "unknown")]
        yield from found
        if not any(each is not None and each.highest_stated is not None for _, each in found):
            totals = [each for each in own if each.subject_kind == "total" and each.highest_stated is not None]
            yield from (("event total only", each) for each in totals)

    def judged_same(self) -> dict[str, Any]:
        rows = self.connection.execute(
            select(judgement.c.event_id, judgement.c.other_event_id)
            .where(judgement.c.event_id.is_not(None), judgement.c.undone_at.is_(None), judgement.c.verdict == "same")
        ).all()  # fmt: skip
        joined = Circles()
        for one, other in rows:
            joined.join(one, other)
        return {slug: joined.root(number) for slug, number in self.ids.items()}

    def rows(self, by: str | None) -> dict[tuple[str, str | None], Numbers]:
        self.by = by
        found = {}
        events = sorted(self.events, key=lambda each: _order(each[0], self.ids))
        for metric in PERSON_METRICS:
            if metric in self.metrics:
                parts = {row.slug: self.parts(row, estimates, metric) for row, estimates in events}
                found |= self.rows_of(metric, parts)
        return found

    def rows_of(self, metric: str, parts: dict[str, Any]) -> dict[Any, Numbers]:
        circles = self.circles
        stands: dict[int, str] = {}
        for figured in (True, False):
            for slug, own in parts.items():
                if any(_has_figure(each) for _, each in own) == figured:
                    stands.setdefault(circles[slug], slug)
        sums: dict[Any, list[Any]] = defaultdict(list)
        for slug, own in parts.items():
            for group, each in own:
                sums[group].append((slug, each, stands[circles[slug]] == slug))
        figured_groups = [name for name, own in sums.items() if any(_has_figure(each) and on for _, each, on in own)]
        if not figured_groups and metric not in self.asked:
            return {}
        silent = [name for name in sums if name not in figured_groups]
        if len(silent) > 1:
            order = {slug: number for number, slug in enumerate(parts)}
            merged = sorted((each for name in silent for each in sums.pop(name)), key=lambda each: order[each[0]])
            nouns = {"country": "countries"}.get(self.by or "", f"{self.by}s")
            sums[f"{len(silent)} {nouns} without a figure"] = merged
        return {(metric, name): _numbers(own) for name, own in sums.items()}


def _order(row: Any, ids: dict[str, int]) -> tuple[bool, int, int]:
    day = parse_edtf(row.date).first_day if row.date else None
    return day is None, day or 0, ids[row.slug]


def _has_figure(each: EstimateRow | None) -> bool:
    return each is not None and each.highest_stated is not None


def _numbers(own: Sequence[tuple[str, EstimateRow | None, bool]]) -> Numbers:
    counted = [(slug, each) for slug, each, stands in own if stands]
    figures = [each for _, each in counted if each is not None and each.highest_stated is not None]
    without = [slug for slug, each in counted if not _has_figure(each)]
    named = tuple(dict.fromkeys(without))[:5]
    lows = [each.low for each in figures if each.low is not None]
    bests = [each.best for each in figures if each.best is not None]
    highest = sum(each.highest_stated or 0 for each in figures) if figures else None
    is_open = any(each.open for each in figures)
    return (
        len(counted), len(figures), len(without), named, sum(lows) if lows else None,
        sum(bests) if figures and len(bests) == len(figures) else None, None if is_open else highest, is_open, highest,
        len(figures) - len(lows), len(figures) - len(bests), sum(each.zero_or_unknown for each in figures),
        len(own) - len(counted),
    )  # fmt: skip


def numbers(row: TotalRow) -> Numbers:
    return (
        row.events, row.with_figure, row.without_figure, row.without, row.low, row.best, row.high, row.open,
        row.highest_stated, row.lacking_low, row.lacking_best, row.zero_or_unknown, row.counted_once,
    )  # fmt: skip


WAYS: dict[str, dict[str, Any]] = {
    "range, claims": {},
    "range, estimates": {"basis": "estimates"},
    "range, both": {"basis": "both"},
    "ucdp": {"policy": "ucdp", "basis": "both"},
    "ucdp, estimates": {"policy": "ucdp", "basis": "estimates"},
    "acled": {"policy": "acled"},
    "gtd": {"policy": "gtd", "basis": "both"},
    "majority, which ties": {"policy": "majority", "basis": "both"},
    "corroborated, which waits": {"policy": "corroborated", "basis": "both"},
    "third-party": {"policy": "third-party"},
    "priority": {"policy": "priority", "told": {"prefer": "Observers,state"}},
}
BOUNDED = tuple(WAYS)[:3]
BYS = (None, "country", "conflict", "month", "year", "actor", "side", "type")
QUERIES = (
    "",
    "country:MLI",
    "claimant:Observers,Almanac",
    "stake:own_side",
    "limit:9 order:-name",
    "-type:riot side:1",
)


def assert_same(
    world: Reader, lens: Lens, bys: Iterable[str | None], query: str = "", metrics: Sequence[str] = ()
) -> None:
    by_hand = Sums(world, lens, query, metrics)
    for by in bys:
        found = list(world.total(query, lens=lens, metrics=metrics, by=by))
        assert {(row.metric, row.group): numbers(row) for row in found} == by_hand.rows(by), by
        assert all(row.by == by and (row.policy, row.basis) == (lens.chosen.policy.name, lens.basis) for row in found)


@pytest.mark.parametrize("way", WAYS)
def test_sums_are_those_of_the_estimates(world: Reader, way: str) -> None:
    assert_same(world, look(**WAYS[way]), BYS if way in BOUNDED else (None, "country", "actor"))


@pytest.mark.parametrize("query", QUERIES[1:])
def test_of_a_query(world: Reader, query: str) -> None:
    assert_same(world, look(**WAYS["range, both"]), (None, "country"), query)
    assert_same(world, look(**WAYS["gtd"]), ("conflict", "side"), query)


@pytest.mark.parametrize("day", [737_100, 737_135, 737_145, 737_450])
@pytest.mark.parametrize("undated", [False, True], ids=["dated", "undated too"])
def test_as_of_a_day(world: Reader, undated: bool, day: int) -> None:
    knowledge = Knowledge(day_to_text(day), day, undated)
    for way, by in (("range, estimates", None), ("range, both", "country"), ("ucdp", "actor")):
        assert_same(world, replace(look(**WAYS[way]), knowledge=knowledge), (by,))


@pytest.mark.parametrize("metrics", [("wounded",), ("missing",), ("killed", "missing")], ids=",".join)
def test_of_some_metrics(world: Reader, metrics: tuple[str, ...]) -> None:
    for way in ("range, claims", "range, both", "majority, which ties"):
        assert_same(world, look(**WAYS[way]), (None, "country"), metrics=metrics)


# --- by hand ---------------------------------------------------------------------------------------------------------

EVENT = "dioura-2019"
ACTORS = [{"name": name, "kind": "armed_group"} for name in ("Reds", "Blues")]
ACTORS += [{"name": "Almanac", "kind": "recorder"}, {"name": "Daily", "kind": "medium"}]


def battle(slug: str, *claims: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a fight of Reds and Blues, of which these things are claimed."""
    said = [{"locator": f"line {number}", **each} for number, each in enumerate(claims)]
    usual = {
        "source": {"id": "paper", "title": "A paper"}, "claimant": "Daily", "actors": ACTORS, "slug": slug,
        "name": slug, "type": "battle", "place": {"name": slug.rpartition("-")[0], "country": "MLI"},
        "date": "2020-01-04", "sides": [{"combatants": "Reds"}, {"combatants": "Blues"}],
    }  # fmt: skip
    return usual | more | {"claims": said}


def total(url: str, query: str = "", *, by: str | None = None, metrics: Sequence[str] = ("killed",), **how: Any) -> Any:
    with reading(find_target(url)) as connection:
        return list(Reader(connection).total(query, lens=look(**how), by=by, metrics=metrics))


def take_in(url: str, folder: Path, *documents: dict[str, Any]) -> None:
    path = folder / "events.jsonl"
    path.write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    report = import_file(find_target(url), path)
    assert (report.problems, report.counts["events"]["added"]) == ([], len(documents))


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, (24, None, None, True, 33)),
        ({"policy": "ucdp"}, (24, 29, 33, False, 33)),
        ({"policy": "acled"}, (29, 29, 29, False, 29)),
        ({"as_of": "2019-03-18"}, (23, None, None, True, 23)),
        ({"as_of": "2019-03-18", "undated": True}, (24, None, None, True, 33)),
        ({"as_of": "2019-05-31"}, (26, None, None, True, 26)),
    ],
    ids=["range", "ucdp", "acled", "as of 18 March", "with the undated", "as of 31 May"],
)
def test_the_raid_on_dioura(shipped_url: str, how: dict[str, Any], expected: tuple[Any, ...]) -> None:
    (row,) = total(shipped_url, EVENT, **how)
    assert (row.low, row.best, row.high, row.open, row.highest_stated) == expected
    assert (row.events, row.with_figure, row.without) == (1, 1, ())


def test_no_claim_yet(shipped_url: str) -> None:
    (row,) = total(shipped_url, EVENT, as_of="2019-03-17")
    assert numbers(row) == (1, 0, 1, (EVENT,), None, None, None, False, None, 0, 0, 0, 0)
    assert total(shipped_url, EVENT, as_of="2019-03-16") == []  # it had not begun
    assert total(shipped_url, EVENT, as_of="2019-03-17", metrics=()) == []


def test_a_row_says_how_it_came_about(shipped_url: str) -> None:
    (row,) = total(shipped_url, EVENT, policy="corroborated", told={"k": "3"}, as_of="2019-05", undated=True)
    said = (row.by, row.group, row.metric, row.policy, row.version, row.label, row.basis, row.parameters, row.as_of)
    assert said == (None, None, "killed", "corroborated", "1", "corroborated, k 3", "claims", {"k": 3}, "2019-05")
    assert (row.without_figure, row.without, row.rule[:23]) == (1, (EVENT,), "The number that at leas")


def test_sides_and_actors_have_their_own_sums(database_url: str, tmp_path: Path) -> None:
    reds, blues, all_of_them = {"of": "Reds", "killed": 10}, {"of": "Blues", "killed": "over 20"}, {"of": "side 2"}
    take_in(
        database_url, tmp_path,
        battle("one-2020", reds, blues, {"of": "civilians", "killed": 2}),
        battle("two-2020", all_of_them | {"killed": 7}),
        battle("three-2020", {"of": "total", "killed": 100}),
        battle("four-2020", reds, {"of": "total", "killed": 30}),
        battle("five-2020"),
    )  # fmt: skip
    brief = [(row.group, row.low, row.high, row.highest_stated, row.with_figure, row.without) for row in
             total(database_url, by="actor")]  # fmt: skip
    assert brief == [
        ("Blues", 21, None, 21, 1, ("two-2020", "three-2020", "four-2020", "five-2020")),
        ("Reds", 20, 20, 20, 2, ("two-2020", "three-2020", "five-2020")),
        ("a whole side", 7, 7, 7, 1, ()),
        ("civilians", 2, 2, 2, 1, ()),
        ("event total only", 100, 100, 100, 1, ()),
    ]
    brief = [(row.group, row.low, row.high, row.highest_stated, row.with_figure) for row in
             total(database_url, by="side")]  # fmt: skip
    assert brief == [
        ("side 1", 20, 20, 20, 2), ("side 2", 28, None, 28, 2), ("civilians", 2, 2, 2, 1),
        ("event total only", 100, 100, 100, 1),
    ]  # fmt: skip
    (row,) = total(database_url)
    # 33 or more of one; 7 of two, where the Reds are open; 100 of three; 30 of four, as claimed of it whole
    assert numbers(row) == (5, 4, 1, ("five-2020",), 170, None, None, True, 170, 0, 4, 0, 0)


def test_one_incident_counts_once(database_url: str, tmp_path: Path) -> None:
    days = zip(("one", "two", "three", "four"), ("2020-01-01", "2020-01-02", "2020-02-03", "2020-01-04"), strict=True)
    claims = {"two": [{"of": "total", "killed": 5}], "three": [{"of": "total", "killed": 6}]}
    documents = [battle(f"{name}-2020", *claims.get(name, ()), date=day) for name, day in days]
    take_in(database_url, tmp_path, *documents)
    said = {"verdict": "same", "judged_by": "me", "reason": "so", "judged_at": "2024-01-01T00:00:00Z"}
    with writing(find_target(database_url)) as connection:
        ids = dict(connection.execute(select(event.c.slug, event.c.id)).all())
        for one, other in (("one", "two"), ("two", "three")):
            pair = {"event_id": ids[f"{one}-2020"], "other_event_id": ids[f"{other}-2020"]}
            connection.execute(insert(judgement).values(**said, **pair))
    (row,) = total(database_url)
    assert numbers(row) == (2, 1, 1, ("four-2020",), 5, None, 5, False, 5, 0, 1, 0, 2)
    rows = total(database_url, by="month")
    assert [(row.group, row.low, row.events, row.counted_once) for row in rows] == [
        ("2020-01", 5, 2, 1), ("2020-02", None, 0, 1),
    ]  # fmt: skip


def test_ends_of_the_query(shipped_url: str) -> None:
    assert total(shipped_url, "country:NER") == total(shipped_url, "country:NER", policy="ucdp") == []
    assert [row.metric for row in total(shipped_url, metrics=())] == ["killed", "wounded", "missing", "captured"]
    assert total(shipped_url, metrics=(), basis="estimates") == []


@pytest.mark.parametrize("policy", ["range", "ucdp"])
def test_ten_thousand_claims_on_one_event(database_url: str, policy: str) -> None:
    world = World(0)
    for table in (event, combatant, claim, claim_link, judgement):
        world.rows[table].clear()
    usual = {"kind": "casualty", "revision": 1, "event_id": 1, "source_id": 1, "subject_kind": "civilians"}
    usual |= {"metric": "killed", "qualifier": "exact", "recorded_at": "x", "import_run_id": 1}
    world.add(event, slug="event-1", name="Event", type="battle", import_run_id=1)
    for number in range(10_000):
        world.add(claim, **usual, claimant_id=number % 6 + 1, lower=number, upper=number, supersedes_by_date=True)
    with writing(find_target(database_url)) as connection:
        world.write(connection)
    (row,) = total(database_url, policy=policy)
    assert (row.low, row.high, row.with_figure) == (0, 9_999, 1)


def test_what_cannot_be_added(shipped_url: str) -> None:
    with pytest.raises(UsageError) as raised:
        total(shipped_url, by="contry")
    assert raised.value.what == "sums cannot be divided by 'contry'"
    assert raised.value.advice[0] == "did you mean country?"
    with pytest.raises(UsageError) as raised:
        total(shipped_url, metrics=("killed", "materiel"))
    assert raised.value.what == "sums are of persons, and materiel counts things of several kinds"
