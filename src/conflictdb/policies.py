"""The policies by name: those that come with the program, and those that an installed package adds by entry point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from conflictdb.domain.policies.policy import Policy
from conflictdb.domain.policies.reconcile import Chosen
from conflictdb.errors import UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "conflictdb.policies"
"""The entry point group of packages that add a policy: `name = module:OBJECT`."""
OWN = {
    "range": "range:POLICY",
    "ucdp": "ucdp:POLICY",
    "acled": "acled:ACLED",
    "acled-strict": "acled:STRICT",
    "gtd": "gtd:POLICY",
    "majority": "majority:POLICY",
    "latest": "latest:POLICY",
    "corroborated": "corroborated:POLICY",
    "ibc": "ibc:POLICY",
    "own-side": "stakes:OWN_SIDE",
    "adversary": "stakes:ADVERSARY",
    "third-party": "stakes:THIRD_PARTY",
    "priority": "priority:POLICY",
}
"""In the order in which they are listed, with where each stands in `domain.policies`."""
DEFAULT = "range"


def entry_points(*, group: str, name: str | None = None) -> Iterable[EntryPoint]:
    """Return what installed packages declare; loaded only when it is asked for, as looking takes long."""
    from importlib import metadata

    found = metadata.entry_points(group=group)
    return found if name is None else found.select(name=name)


def find_policy(name: str) -> Policy:
    """Return the policy of that name. Raises UsageError, with the nearest name."""
    if name in OWN:
        module, _, declared = OWN[name].partition(":")
        policy: Policy = getattr(import_module(f"conflictdb.domain.policies.{module}"), declared)
        return policy
    found = {entry.value: entry for entry in entry_points(group=GROUP, name=name)}
    if len(found) > 1:
        raise UsageError(
            f"several packages add a policy that is called {name}",
            f"they are: {'; '.join(map(_where, found.values()))}",
        )
    if found:
        return _load(*found.values())
    from conflictdb.domain.nearest import nearest_names

    known = policy_names()
    near = nearest_names(name, known, limit=1)
    advice = [f"did you mean {near[0]}?"] if near else []
    raise UsageError(f"no policy is called {name!r}", *advice, f"known: {', '.join(known)}")


def policy_names() -> list[str]:
    """Return the names of all policies: the program's own, then those that packages add."""
    added = sorted({entry.name for entry in entry_points(group=GROUP)} - set(OWN))
    return [*OWN, *added]


def list_policies() -> Iterator[Policy]:
    """Yield all policies."""
    return (find_policy(name) for name in policy_names())


def choose_policy(name: str, told: Mapping[str, str | None] | None = None) -> Chosen:
    """Return a policy with what it is told, as text by parameter; None is not told.

    Raises UsageError for a policy that is not known, a parameter that it does not take, lacks, or cannot read.
    """
    policy = find_policy(name)
    given = {each: text for each, text in (told or {}).items() if text is not None}
    takes = {each.name: each for each in policy.parameters}
    for each in given:
        if each not in takes:
            raise UsageError(f"the policy {name} takes no --{each}", *_advice(each, takes))
    arguments: dict[str, Any] = {each.name: each.default for each in policy.parameters}
    for each, text in given.items():
        try:
            arguments[each] = takes[each].read(text)
        except ValueError as error:
            raise UsageError(f"--{each} cannot be {text!r}", str(error)) from None
    for parameter in policy.parameters:
        if parameter.required and parameter.name not in given:
            raise UsageError(f"the policy {name} needs --{parameter.name}", parameter.help)
    return Chosen(policy, arguments)


def _advice(parameter: str, takes: Iterable[str]) -> Iterator[str]:
    """Yield what a policy takes instead of a parameter, and which of the program's own take that."""
    yield f"it takes: {', '.join(f'--{each}' for each in takes) or 'no parameter'}"
    others = [name for name in OWN if parameter in (each.name for each in find_policy(name).parameters)]
    if others:
        yield f"--{parameter} is for: {', '.join(others)}"


def _load(entry: EntryPoint) -> Policy:
    """Load what a package declares. Raises UsageError, which names the package, where it is no policy of that name."""
    try:
        policy = entry.load()
    except Exception as error:
        raise UsageError(f"the policy {entry.name} cannot be loaded: {error}", f"it is {_where(entry)}") from error
    if not isinstance(policy, Policy):
        raise UsageError(f"the policy {entry.name} is no Policy", f"it is {_where(entry)}")
    if policy.name != entry.name:
        raise UsageError(
            f"the policy {entry.name} calls itself {policy.name!r}",
            f"it is {_where(entry)}; its entry point has to be called as it is",
        )
    return policy


def _where(entry: EntryPoint) -> str:
    return f"{entry.value} of the package {entry.dist.name}" if entry.dist is not None else entry.value
