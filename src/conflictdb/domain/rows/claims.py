"""Rows of claims, and of the estimates that policies make of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conflictdb.domain.rows.base import Row
from conflictdb.domain.vocabulary import Basis


@dataclass(frozen=True, slots=True)
class ClaimRow(Row):
    """One claim. Links hold claim keys; `standing` is standing, superseded, corrected, retracted or withdrawn.

    `claimant` is the name that the document uses, `claimant_actor` the main name of that actor, `claimant_key` its key,
    the same for actors that were judged the same; `claimant_above` are the keys of what it belonged to at the event,
    nearest first. `attacker`: it attacked. `same_as` are claims that were judged the same statement; `unreasonable` is
    why somebody judged it so. `known_last_day` is the day by which it was stated, else its document published.
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
    claimant_key: str
    claimant_above: tuple[str, ...]
    attacker: bool
    stake: str
    stake_reason: str | None
    stated_on: str | None
    stated_last_day: int | None
    known_last_day: int | None
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
    same_as: tuple[str, ...]
    unreasonable: str | None
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
    """What a policy makes of the claims about one measure. `high` is None and `open` True where it is open above.

    `why` is how the policy came to it; `pending`: it waits for more claims. `zero_or_unknown`: it rests on a recorder's
    0 that may mean no information. `parameters` are what the policy was told, and `label` names it with
    those that matter: "corroborated, k 3". `as_of` (EDTF) is up to when statements count, if not all of them do.
    """

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
    why: str = ""
    pending: bool = False
    zero_or_unknown: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict)
    label: str = ""
    as_of: str | None = None
