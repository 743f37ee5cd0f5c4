"""Check what a team expects of its data: read a file of expectations, and hold each to what is found."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from conflictdb.asking import Asker
from conflictdb.domain.expectations import (
    EXAMPLE,
    PARAMETERS,
    EventCount,
    Expectation,
    ExpectationError,
    found_value,
    holds,
    read_expectation,
)
from conflictdb.domain.folding import fold
from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.lens import Lens
from conflictdb.domain.nearest import nearest_names
from conflictdb.domain.query import Query, parse_query
from conflictdb.domain.records import Problem
from conflictdb.domain.rows import ClaimRow, CombatantRow, EstimateRow
from conflictdb.domain.rows.assertion import AssertionRow
from conflictdb.domain.vocabulary import Basis, ClaimKind, SubjectKind
from conflictdb.errors import ConflictDBError, FormatError, ImportFailedError, NotFoundError, UsageError
from conflictdb.estimates import add_sides, estimate_measures
from conflictdb.finding import find_event
from conflictdb.importers.native.reader import read_documents
from conflictdb.looking import look, meet
from conflictdb.store.read.claims import read_ledger
from conflictdb.store.read.events import read_combatants
from conflictdb.store.read.export import Fighter, read_fighters, read_slugs
from conflictdb.store.read.lineage import read_battlefields, read_lineage
from conflictdb.store.read.names import actor_ids
from conflictdb.store.tables import claim

EVENTS_KEPT = 64
"""Events whose claims are kept for the expectations that follow."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An expectation with the line that it stands on, and what it asks: a lens on an event, or a query."""

    line: int
    expected: Expectation | EventCount
    asked: Lens | Query


def read_expectations(path: Path) -> list[Wanted]:
    """Return the expectations of a file. Raises UsageError, with every line that cannot be read as one."""
    faults: list[tuple[int, str]] = []
    wanted: list[Wanted] = []
    for line, stated in _entries(path, faults):
        try:
            wanted += [Wanted(line, each, _asked(each)) for each in read_expectation(stated)]
        except ExpectationError as error:
            faults += [(line, reason) for reason in error.reasons]
        except UsageError as error:
            faults.append((line, _said(error).replace("--", "")))
    if faults:
        lines = (f"line {line}: {why}" for line, why in sorted(faults, key=itemgetter(0)))
        raise UsageError(f"{path} cannot be read as expectations", *lines)
    if not wanted:
        raise UsageError(f"{path} expects nothing", f"write an expectation a line: - {EXAMPLE}")
    return wanted


def check(connection: Connection, wanted: Iterable[Wanted]) -> Iterator[AssertionRow]:
    """Yield for each expectation what was found. What does not exist in the database is as nobody expects it."""
    checker = _Checker(connection)
    return (checker.check(each) for each in wanted)


def _entries(path: Path, faults: list[tuple[int, str]]) -> Iterator[tuple[int, object]]:
    """Yield what a file states, with its line: the entries of a list, or one mapping."""
    try:
        documents = list(read_documents(path))
    except (ImportFailedError, FormatError) as error:
        raise UsageError(error.what, "mend that place; nothing was checked") from error
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}", "name a file of expectations") from error
    for document in documents:
        if isinstance(document, Problem):
            faults.append((document.line or 0, document.why))
            continue
        stated = document.value
        where: tuple[str, ...] = ()
        if isinstance(stated, Mapping) and set(stated) == {"expectations"}:
            stated, where = stated["expectations"], ("expectations",)
        if isinstance(stated, Mapping):
            yield document.line_of(where), stated
        elif isinstance(stated, list):
            yield from ((document.line_of((*where, number)), each) for number, each in enumerate(stated))
        else:
            faults.append((document.line_of(where), "expectations are a list: write - and a space before each"))


def _said(error: ConflictDBError) -> str:
    """Return an error on one line."""
    return "; ".join((error.what, *error.advice)).replace("?; ", "? ")


def _asked(expected: Expectation | EventCount) -> Lens | Query:
    if isinstance(expected, EventCount):
        return parse_query(expected.query)
    return look(
        expected.policy, basis=expected.basis, as_of=expected.as_of, undated=expected.undated, told=dict(expected.told)
    )


@dataclass(frozen=True, slots=True)
class _Scene:
    """An event: who fought, with the ids of all that each belonged to and its own, and the claims that were known."""

    id: int
    slug: str
    fighters: Sequence[Fighter]
    circles: Mapping[int, set[int]]
    claims: Sequence[ClaimRow]

    def of_side(self, side: int) -> list[Fighter]:
        """Return who fought on a side."""
        return [each for each in self.fighters if each.side == side]


class _Checker:
    """Holds expectations to what one open connection finds."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.lineage = read_lineage(connection)
        self.scene = lru_cache(maxsize=EVENTS_KEPT)(self._scene)

    def check(self, wanted: Wanted) -> AssertionRow:
        expected, asked = wanted.expected, wanted.asked
        if isinstance(expected, EventCount):
            assert isinstance(asked, Query)
            found = sum(1 for _ in Asker(self.connection).event_ids(asked))
            return AssertionRow(
                wanted.line, str(expected), expected.op, expected.value, found,
                holds(expected.op, found, expected.value), "",
                shlex.join(["conflictdb", "events", *filter(None, [asked.text])]), query=asked.text,
            )  # fmt: skip
        assert isinstance(asked, Lens)
        try:
            asked = meet(asked, self.connection)
            scene = self.scene(expected.event, asked.knowledge)
            estimate = self._estimate(scene, expected, asked)
        except NotFoundError as error:
            return _row(wanted.line, expected, asked, None, None, _said(error))
        return _row(wanted.line, expected, asked, scene, estimate, _why(estimate, asked))

    def _scene(self, name: str, knowledge: Knowledge | None) -> _Scene:
        event_id = find_event(self.connection, name)
        fighters = read_fighters(self.connection, [event_id]).get(event_id, [])
        field = read_battlefields(self.connection, [event_id], self.lineage)[event_id]
        conditions = claim.c.event_id == event_id, claim.c.kind == ClaimKind.CASUALTY
        return _Scene(
            event_id, read_slugs(self.connection, [event_id])[event_id], fighters,
            {each.actor_id: {each.actor_id, *field.above(each.actor_id)} for each in fighters},
            tuple(read_ledger(self.connection, *conditions, knowledge=knowledge)),
        )  # fmt: skip

    def _estimate(self, scene: _Scene, expected: Expectation, lens: Lens) -> EstimateRow | None:
        """Return the estimate that is spoken of, or None where nothing is claimed of it. Raises NotFoundError."""
        about = (expected.metric, expected.item, expected.fate)
        claims = [each for each in scene.claims if (each.metric, each.item, each.fate) == about]
        measures = _whole(estimate_measures(claims, lens.chosen, lens.basis, lens.as_of), expected.group)
        kind = fold(expected.subject)
        if kind == SubjectKind.TOTAL:
            stated = [each for each in measures if each.subject_kind == kind]
            return _first(stated or _sum(measures, scene.fighters, expected))
        if kind in (SubjectKind.CIVILIANS, SubjectKind.UNKNOWN):
            return _first([each for each in measures if each.subject_kind == kind])
        if kind.startswith("side ") and kind[5:].isdigit():
            return _of_side(measures, scene.of_side(self._side(scene, int(kind[5:]))), int(kind[5:]), scene, expected)
        members, exactly = self._members(scene, expected.subject)
        names = {each.actor for each in members}
        own = [each for each in measures if each.subject in names and each.subject_kind == SubjectKind.COMBATANT]
        if exactly and own:
            return own[0]
        return _of_side(measures, members, members[0].side, scene, expected)

    def _side(self, scene: _Scene, number: int) -> int:
        sides = {each.side for each in scene.fighters} | {each.side for each in scene.claims}
        known = sorted(side for side in sides if side)
        if number not in known:
            raise NotFoundError(f"{scene.slug} has no side {number}", f"its sides: {', '.join(map(str, known))}")
        return number

    def _members(self, scene: _Scene, name: str) -> tuple[list[Fighter], bool]:
        """Return the combatants that a name means, all of one side, and whether it names one of them itself."""
        ids = set(actor_ids(self.connection, [name]))
        named = [each for each in scene.fighters if each.actor_id in ids]
        members = named or [each for each in scene.fighters if scene.circles[each.actor_id] & ids]
        if not members:
            raise self._not_there(scene, name, known=bool(ids))
        if len({each.side for each in members}) > 1:
            parts = ", ".join(f"{each.actor} (side {each.side})" for each in members)
            raise NotFoundError(f'"{name}" is on several sides of {scene.slug}', f"name one of: {parts}")
        return members, len(named) == 1

    def _not_there(self, scene: _Scene, name: str, *, known: bool) -> NotFoundError:
        fought = read_combatants(self.connection, [scene.id]).get(scene.id, ())
        names = [part for each in fought for part in (each.actor, *each.lineage)]
        near = [] if known else nearest_names(name, names, limit=1)
        who = ", ".join(f"{each.actor} (side {each.side})" for each in fought) or "nobody that is known"
        what = f'"{name}" has no part in {scene.slug}' if known else f'no actor "{name}"'
        return NotFoundError(what, *(f"did you mean {each}?" for each in near), f"who fought: {who}")


def _whole(measures: Iterable[EstimateRow], group: str | None) -> list[EstimateRow]:
    """Return the measures of all of a subject, or of one part of it as if that were all."""
    if group is None:
        return [each for each in measures if each.group is None]
    return [replace(each, group=None) for each in measures if each.group and fold(each.group) == fold(group)]


def _of_side(
    measures: Sequence[EstimateRow], members: Sequence[Fighter], side: int, scene: _Scene, expected: Expectation
) -> EstimateRow | None:
    """Return what is stated of a side as a whole, where its members are all of it; else the sum of theirs."""
    all_of_it = len(members) == len(scene.of_side(side))
    names = {each.actor for each in members}
    of_side = [each for each in measures if each.side == side]
    stated = [each for each in of_side if each.subject_kind == SubjectKind.SIDE and all_of_it]
    own = [each for each in of_side if each.subject_kind == SubjectKind.COMBATANT and each.subject in names]
    if stated and stated[0].highest_stated is not None:
        return stated[0]
    sums = _sum([*stated, *own], members, expected) if len(members) > 1 else []
    return _first([*sums, *own, *stated])


def _sum(measures: Sequence[EstimateRow], members: Iterable[Fighter], expected: Expectation) -> list[EstimateRow]:
    fighters = [CombatantRow(each.actor, each.kind, each.side, each.role, each.unit, ()) for each in members]
    return add_sides(measures, fighters, expected.event, [expected.metric])


def _first(measures: Sequence[EstimateRow]) -> EstimateRow | None:
    return measures[0] if measures else None


def _why(estimate: EstimateRow | None, lens: Lens) -> str:
    if estimate is not None:
        return ": ".join(filter(None, (estimate.why, estimate.note)))
    by = f" by {lens.as_of}" if lens.as_of else ""
    return f"nothing is claimed of it{by}" + (f", on the basis {lens.basis}" if lens.basis is not Basis.BOTH else "")


def _row(
    line: int, expected: Expectation, lens: Lens, scene: _Scene | None, estimate: EstimateRow | None, why: str
) -> AssertionRow:
    found = found_value(expected.field, estimate) if scene is not None else None
    used = set(estimate.used) if estimate is not None else set()
    about: dict[str, Any] = {
        name: getattr(expected, name) for name in ("subject", "metric", "item", "fate", "group", "field")
    }
    return AssertionRow(
        line=line, what=str(expected), op=expected.op, expected=expected.value, found=found,
        holds=found is not None and holds(expected.op, found, expected.value), why=why,
        see=_see(expected, lens, scene.slug) if scene is not None else "", event=expected.event, **about,
        used=tuple(sorted(used)), policy=lens.chosen.policy.name, version=lens.chosen.policy.version,
        basis=lens.basis, parameters=dict(lens.chosen.arguments), label=lens.chosen.label, as_of=lens.as_of,
        undated=expected.undated, claims=tuple(each for each in (scene.claims if scene else ()) if each.key in used),
    )  # fmt: skip


def _see(expected: Expectation, lens: Lens, slug: str) -> str:
    """Return the command that explains the estimate."""
    words = ["conflictdb", "casualties", slug, "--metric", expected.metric, "--policy", expected.policy]
    for name, value in expected.told:
        words += [f"--{name}", value] if name in PARAMETERS else ["--parameter", f"{name}={value}"]
    words += ["--basis", str(lens.basis)] if lens.basis is not Basis.CLAIMS else []
    words += ["--as-of", lens.as_of] if lens.as_of else []
    words += ["--undated"] if expected.undated else []
    words += ["--by-event"] if fold(expected.subject) == SubjectKind.TOTAL else []
    return shlex.join([*words, "--explain"])
