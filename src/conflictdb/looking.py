"""Find how claims are to be looked at, from what a user says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from conflictdb.domain.edtf import EdtfError
from conflictdb.domain.folding import fold
from conflictdb.domain.knowledge import Knowledge, read_knowledge
from conflictdb.domain.lens import Lens
from conflictdb.domain.policies.policy import Name
from conflictdb.domain.vocabulary import ActorKind, Basis
from conflictdb.errors import NotFoundError, UsageError
from conflictdb.policies import DEFAULT, choose_policy

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_NAMED = 5


def look(
    policy: str = DEFAULT,
    *,
    basis: str = Basis.CLAIMS,
    as_of: str | None = None,
    undated: bool = False,
    told: Mapping[str, str | None] | None = None,
) -> Lens:
    """Return how to look at claims; `told` are parameters of the policy as text. Raises UsageError."""
    return Lens(choose_policy(policy, told), read_basis(basis), know(as_of, undated=undated))


def meet(lens: Lens, connection: Connection) -> Lens:
    """Return the lens for one database: the names that its policy is told, with the actors that go by them there.

    Raises NotFoundError for a name that is neither an actor's nor a kind of actors.
    """
    chosen = lens.chosen
    lists = [each.name for each in chosen.policy.parameters if each.kind == "names"]
    if not any(chosen.arguments[each] for each in lists):
        return lens
    found = {each: tuple(_find_name(name, connection) for name in chosen.arguments[each]) for each in lists}
    return replace(lens, chosen=replace(chosen, arguments={**chosen.arguments, **found}))


def _find_name(name: str, connection: Connection) -> Name:
    if fold(name).replace(" ", "_") in tuple(ActorKind):
        return Name(name)
    from conflictdb.store.read.speakers import keys_called, names_of_actors

    keys, several = keys_called(connection, name)
    if keys:
        return Name.of(name, keys)
    from conflictdb.domain.nearest import nearest_names

    near = several[:MOST_NAMED] or nearest_names(name, [*ActorKind, *names_of_actors(connection)])
    raise NotFoundError(
        f'"{name}" may be any of {len(several)} actors' if several else f'no actor and no kind of actors is "{name}"',
        *([f"nearest: {'; '.join(near)}"] if near else []),
        f"the kinds: {', '.join(ActorKind)}; list the actors with: conflictdb actors",
        nearest=tuple(near),
    )


def read_basis(text: str) -> Basis:
    """Return the basis that a text names. Raises UsageError."""
    try:
        return Basis(text)
    except ValueError:
        raise UsageError(f"no basis is called {text!r}", f"it is one of: {', '.join(Basis)}") from None


def know(as_of: str | None, *, undated: bool = False) -> Knowledge | None:
    """Return what had been stated by a date (EDTF); None for all that is known. Raises UsageError."""
    if as_of is None:
        if undated:
            raise UsageError("--undated says what to do with undated claims as of a day", "name the day with --as-of")
        return None
    try:
        return read_knowledge(as_of, undated=undated)
    except (EdtfError, ValueError) as error:
        raise UsageError(f"--as-of {as_of!r} is no date: {error}", "write it as 2019-03-21, 2019-03 or 2019") from None
