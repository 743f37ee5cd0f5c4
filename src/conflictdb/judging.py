"""Judge claims unreasonable, and things the same or different: rows apart, which change nothing of the data."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from conflictdb.config import Target
from conflictdb.domain.nearest import nearest_names
from conflictdb.domain.rows.judgement import JudgementRow
from conflictdb.domain.vocabulary import Verdict
from conflictdb.errors import ConflictDBError, NotFoundError, UsageError
from conflictdb.finding import events_called, find_event
from conflictdb.ingest import now
from conflictdb.store import schema
from conflictdb.store.engine import writing
from conflictdb.store.read import judgements as known
from conflictdb.store.read.judgements import ENDS, find_judgement
from conflictdb.store.tables import claim
from conflictdb.store.write.judgements import add_judgement, find_standing, take_back
from conflictdb.undo import LARGEST_ID

CLAIMANT = "claimant"
"""What stands before the key of a claim to mean the actor who made it."""
USER_VARIABLE = "CONFLICTDB_USER"
LISTED = "list them with: conflictdb judgements"
ADVICE = "name two events, two actors or two claims"
MOST_NAMED = 5
_A = {"event": "an event", "actor": "an actor", "claim": "a claim"}


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of judging: the judgement, and whether it is new or somebody had said so already."""

    row: JudgementRow
    new: bool


def flag_claim(target: Target, key: str, *, why: str | None, who: str | None = None) -> Judged:
    """Judge a claim unreasonable; policies leave it out that go by reliability. Raises UsageError, NotFoundError."""
    why, who = read_why(why), read_who(who)
    with _open(target) as connection:
        return _record(connection, Verdict.UNREASONABLE, "claim", (find_claim(connection, key), None), who, why)


def unflag_claim(target: Target, key: str, *, who: str | None = None) -> JudgementRow:
    """Take back that a claim is unreasonable. Raises NotFoundError where no judgement stands that it is."""
    who = read_who(who)
    with _open(target) as connection:
        number = find_standing(connection, Verdict.UNREASONABLE, "claim", find_claim(connection, key))
        if number is None:
            raise NotFoundError(f'no judgement stands that the claim "{key}" is unreasonable', LISTED)
        return _undo(connection, number, who)


def judge_pair(
    target: Target, verdict: Verdict, names: tuple[str, str], *, why: str | None, who: str | None = None
) -> Judged:
    """Judge two events, actors or claims, named as `find_pair` takes them, to be the same or different.

    Raises UsageError, NotFoundError, and ConflictDBError where what was judged before says the opposite.
    """
    why, who = read_why(why), read_who(who)
    with _open(target) as connection:
        kind, one, other = find_pair(connection, names)
        if kind == "claim" and verdict is Verdict.SAME:
            _require_alike(connection, names, (one, other))
        return _record(connection, verdict, kind, (one, other), who, why)


def unjudge_pair(target: Target, verdict: Verdict, names: tuple[str, str], *, who: str | None = None) -> JudgementRow:
    """Take back that two things are the same, or different. Raises NotFoundError where no judgement stands so."""
    who = read_who(who)
    with _open(target) as connection:
        kind, one, other = find_pair(connection, names)
        number = find_standing(connection, verdict, kind, one, other)
        if number is None:
            words = "the same" if verdict is Verdict.SAME else "different"
            raise NotFoundError(f'no judgement stands that "{names[0]}" and "{names[1]}" are {words}', LISTED)
        return _undo(connection, number, who)


def undo_judgement(target: Target, number: int, *, who: str | None = None) -> JudgementRow:
    """Take back the judgement of this number. Raises NotFoundError, and ConflictDBError where it was taken back."""
    who = read_who(who)
    with _open(target) as connection:
        row = find_judgement(connection, number) if number <= LARGEST_ID else None
        if row is None:
            raise NotFoundError(f"no judgement {number}", f"{LISTED} --all")
        if row.undone_at is not None:
            raise ConflictDBError(f"judgement {number} was undone on {row.undone_at[:10]}", "it can be judged anew")
        return _undo(connection, number, who)


def read_why(text: str | None) -> str:
    """Return why somebody judges so. Raises UsageError where nothing is said."""
    if text is None or not text.strip():
        raise UsageError("a judgement needs a reason", 'say it with: --why "TEXT"')
    return text.strip()


def read_who(text: str | None) -> str:
    """Return who judges: as told, else as CONFLICTDB_USER says, else the name of the login. Raises UsageError."""
    if text is not None:
        if not text.strip():
            raise UsageError("--who names nobody", "leave it out to judge by your login name")
        return text.strip()
    try:
        who = os.environ.get(USER_VARIABLE, "").strip() or getpass.getuser().strip()
    except (KeyError, OSError, ImportError):  # a user without an entry, as in a container; or no such register at all
        who = ""
    if not who:
        raise UsageError("nobody knows who judges", f"say it with --who NAME, or set {USER_VARIABLE}")
    return who


def find_claim(connection: Connection, key: str) -> int:
    """Return the id of the claim of this key. Raises NotFoundError with the nearest."""
    name = key.strip().removeprefix("claim:")
    found = known.claims_called(connection, name)
    if not found:
        raise _nothing(connection, ["claim"], name)
    return found[0]


def find_pair(connection: Connection, names: tuple[str, str]) -> tuple[str, int, int]:
    """Return what two names stand for: "event", "actor" or "claim", and the ids of both.

    An event goes by its slug or native id, a claim by its key, an actor by any name or native id, by NAME@EVENT where
    several are called so, or as `claimant:KEY` by a claim that it made. `event:`, `actor:` or `claim:` before a name
    says which it is. Raises UsageError, and NotFoundError with the nearest.
    """
    first, second = (_look_up(connection, name) for name in names)
    for this, that in ((first, second), (second, first)):
        if not this.ids:
            kinds = [kind for kind in this.kinds if kind in that.ids]
            raise _nothing(connection, kinds or this.kinds, this.name)
    kind = next((kind for kind in first.ids if kind in second.ids), None)
    if kind is None:
        raise _mixed(first, second)
    one, other = (_only(connection, kind, each) for each in (first, second))
    if one == other:
        raise UsageError(f'"{first.name}" and "{second.name}" are one {kind} already', "a judgement is about two")
    return kind, one, other


class _Meant(NamedTuple):
    """A name, the kinds of thing that it may be of, and the ids of what is called so, by kind."""

    name: str
    kinds: list[str]
    ids: dict[str, list[int]]


def _look_up(connection: Connection, text: str) -> _Meant:
    prefix, _, rest = text.strip().partition(":")
    if prefix == CLAIMANT:
        said = select(claim.c.claimant_id).where(claim.c.id == find_claim(connection, rest))
        return _Meant(text, ["actor"], {"actor": list(connection.scalars(said))})
    name, kinds = (rest.strip(), [prefix]) if prefix in ENDS else (text.strip(), list(ENDS))
    if not name:
        raise UsageError("one of the two names is empty", ADVICE)
    found = {kind: _LOOK_UPS[kind](connection, name) for kind in kinds}
    return _Meant(name, kinds, {kind: ids for kind, ids in found.items() if ids})


def _actors_called(connection: Connection, name: str) -> list[int]:
    found = known.actors_called(connection, name)
    called, at, place = name.rpartition("@")
    if found or not at:
        return found
    return known.actors_present(connection, known.actors_called(connection, called), events_called(connection, place))


_LOOK_UPS = {"event": events_called, "actor": _actors_called, "claim": known.claims_called}


def _only(connection: Connection, kind: str, meant: _Meant) -> int:
    ids = meant.ids[kind]
    if len(ids) > 1 and kind == "event":
        return find_event(connection, meant.name)  # which raises that several have this native id
    if len(ids) > 1:
        several = tuple(known.tell_apart(connection, meant.name, ids))
        shown = "; ".join(several[:MOST_NAMED]) + ("; ..." if len(several) > MOST_NAMED else "")
        raise NotFoundError(f'"{meant.name}" may be any of {len(ids)} actors', f"name one: {shown}", nearest=several)
    return ids[0]


def _mixed(first: _Meant, second: _Meant) -> UsageError:
    kinds = [next(iter(each.ids)) for each in (first, second)]
    said = [f'"{each.name}" is {_A[kind]}' for each, kind in zip((first, second), kinds, strict=True)]
    by_claim = [f"who made a claim is named so: {CLAIMANT}:CLAIM-KEY"] if set(kinds) == {"actor", "claim"} else []
    return UsageError(" and ".join(said), ADVICE, *by_claim)


def _nothing(connection: Connection, kinds: Sequence[str], name: str) -> NotFoundError:
    names = [each for kind in kinds for each in known.known_names(connection, kind, name)]
    near = nearest_names(name, names)
    advice = [f"nearest: {'; '.join(near)}"] if near else []
    listed = _any_of([f"conflictdb {kind}s" for kind in kinds])
    return NotFoundError(f'no {_any_of(kinds)} "{name}"', *advice, f"list them with: {listed}", nearest=near)


def _any_of(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


@contextmanager
def _open(target: Target) -> Iterator[Connection]:
    with writing(target) as connection:
        schema.require_head(connection, target)
        yield connection


def _record(
    connection: Connection, verdict: Verdict, kind: str, ids: tuple[int, int | None], who: str, why: str
) -> Judged:
    stated = find_standing(connection, verdict, kind, *ids)
    number = stated or add_judgement(connection, verdict, kind, ids, who=who, why=why, at=now())
    return Judged(_found(connection, number), stated is None)


def _undo(connection: Connection, number: int, who: str) -> JudgementRow:
    take_back(connection, number, who=who, at=now())
    return _found(connection, number)


def _found(connection: Connection, number: int) -> JudgementRow:
    row = find_judgement(connection, number)
    assert row is not None
    return row


def _require_alike(connection: Connection, names: tuple[str, str], ids: tuple[int, int]) -> None:
    """Raise UsageError where two claims are about different things, so that they cannot be one statement."""
    columns = claim.c.kind, claim.c.metric, claim.c.item, claim.c.attribute
    rows = {row.id: row[1:] for row in connection.execute(select(claim.c.id, *columns).where(claim.c.id.in_(ids)))}
    if rows[ids[0]] != rows[ids[1]]:
        said = [" ".join(filter(None, rows[each][1:])) or rows[each][0] for each in ids]
        raise UsageError(
            f'"{names[0]}" is about {said[0]} and "{names[1]}" about {said[1]}: they cannot be the same statement',
            "two claims are the same only where they count, or tell, the same",
        )
