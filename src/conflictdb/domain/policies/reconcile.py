"""Apply a policy: take the view of the claims, let the policy decide, and give a reason for every claim left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from conflictdb.domain.policies.estimates_only import pass_through
from conflictdb.domain.policies.evidence import Evidence, may_mean_nothing
from conflictdb.domain.policies.outcome import Outcome, aside
from conflictdb.domain.policies.policy import Policy
from conflictdb.domain.policies.view import take_view
from conflictdb.domain.vocabulary import Basis


@dataclass(frozen=True, slots=True)
class Chosen:
    """A policy with what it was told. `arguments` has a value for each of its parameters."""

    policy: Policy
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Return the policy as a heading names it: "range", "corroborated, k 3"."""
        told = [(each, self.arguments[each.name]) for each in self.policy.parameters]
        words = [f"{each.name} {_spoken(value)}" for each, value in told if each.required or value != each.default]
        return ", ".join([self.policy.name, *words])


def reconcile(chosen: Chosen, claims: Iterable[Evidence], basis: Basis = Basis.CLAIMS) -> Outcome:
    """Return what a policy makes of the claims about one measure of one event, those that ended included.

    On the basis of estimates no policy chooses: one recorder's numbers pass through, several are ranged. A claim that
    a policy forgets is set aside without a reason of its own.
    """
    view = take_view(claims, basis)
    outcome = pass_through(view) if basis is Basis.ESTIMATES else chosen.policy.decide(view, chosen.arguments)
    told = {*outcome.used, *(each.key for each in outcome.set_aside)}
    forgotten = aside([claim for claim in view.claims if claim.key not in told], f"not used by {chosen.policy.name}")
    set_aside = sorted((*view.set_aside, *outcome.set_aside, *forgotten), key=lambda each: each.key)
    return replace(outcome, set_aside=tuple(set_aside))


def rests_on_nothing(outcome: Outcome, claims: Iterable[Evidence]) -> bool:
    """Return whether an outcome rests on a recorder's 0 that may mean no information."""
    used = set(outcome.used)
    return any(each.key in used and may_mean_nothing(each) for each in claims)


def _spoken(value: Any) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)
