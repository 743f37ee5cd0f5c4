"""Rows of claims, and of the estimates that policies make of them."""

from __future__ import annotations

from dataclasses import dataclass

from conflictdb.domain.rows.base import Row
from conflictdb.domain.vocabulary import Basis


@dataclass(frozen=True, slots=True)
class ClaimRow(Row):
    """One claim. Links hold claim keys; `standing` is standing, superseded, corrected, retracted or withdrawn.

    `claimant` is the name that the document uses, `claimant_actor` the main name of that actor.
    """

    key: str
    event: str
    event_name: str
    kind: str
    basis: str
    subject: str | None
    subject_kind: str | None
    side: int | None
    group: str | None
    metric: str | None
    item: str | None
    fate: str | None
    lower: int | None
    upper: int | None
    best: int | None
    qualifier: str | None
    wording: str | None
    wording_language: str | None
    translation: str | None
    claimant: str
    claimant_actor: str
    claimant_kind: str
    stake: str
    stake_reason: str | None
    stated_on: str | None
    stated_last_day: int | None
    status: str | None
    reliability: str | None
    credibility: int | None
    source: str
    source_title: str
    locator: str | None
    note: str | None
    part_of: str | None
    native_id: str | None
    supersedes_by_date: bool
    person: str | None
    rank: str | None
    attribute: str | None
    value: str | None
    standing: str
    supersedes: tuple[str, ...]
    superseded_by: tuple[str, ...]
    corrects: tuple[str, ...]
    corrected_by: tuple[str, ...]
    corroborates: tuple[str, ...]
    corroborated_by: tuple[str, ...]
    repeats: tuple[str, ...]
    repeated_by: tuple[str, ...]
    contradicts: tuple[str, ...]
    contradicted_by: tuple[str, ...]
    derived_from: tuple[str, ...]
    retracts: tuple[str, ...]
    retracted_by: tuple[str, ...]
    withdrawn_on: str | None
    recorded_at: str
    import_run: int


@dataclass(frozen=True, slots=True)
class SetAside(Row):
    """A claim that a policy did not use, and why."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class EstimateRow(Row):
    """What a policy makes of the claims about one measure. `high` is None and `open` True where it is open above."""

    event: str
    subject: str
    subject_kind: str
    side: int | None
    group: str | None
    metric: str
    item: str | None
    fate: str | None
    low: int | None
    best: int | None
    high: int | None
    open: bool
    highest_stated: int | None
    used: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    ties: tuple[int, ...]
    composite: bool
    note: str
    policy: str
    version: str
    basis: Basis
    rule: str
