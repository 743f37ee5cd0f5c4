"""Claims made by hand for the tests of policies, and the raid on Dioura as seven of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.policies.outcome import Outcome
from conflictdb.domain.policies.reconcile import reconcile
from conflictdb.domain.rows import ClaimRow, CombatantRow, EstimateRow
from conflictdb.domain.vocabulary import Basis
from conflictdb.policies import choose_policy

ARMY, MACINA, GOVERNMENT = "Malian Army", "Katibat Macina", "Government of Mali"
FORCES = "Malian Armed Forces"
LINKS = tuple(field.name for field in fields(ClaimRow) if "tuple" in str(field.type))

Bounds = tuple[int | None, int | None, int | None, bool, int | None]


def claim(key: str, lower: int | None, upper: int | None, claimant: str = GOVERNMENT, **given: Any) -> ClaimRow:
    """Return a claim of Malian soldiers killed, unless something else is given; an actor's name is its key."""
    blank: dict[str, Any] = dict.fromkeys(ClaimRow.__dataclass_fields__) | dict.fromkeys(LINKS, ())
    figure = "exact" if lower == upper is not None else "range"
    usual = {
        "event": "dioura-2019", "event_name": "Raid on Dioura (2019)", "kind": "casualty", "basis": "claim",
        "subject": ARMY, "subject_kind": "combatant", "side": 1, "metric": "killed", "qualifier": figure,
        "wording": str(lower or upper or "several"), "claimant": claimant, "claimant_actor": claimant,
        "claimant_key": claimant, "claimant_kind": "state", "attacker": False, "stake": "own_side",
        "source": "article", "source_title": "An article", "supersedes_by_date": True, "standing": "standing",
        "recorded_at": "2024-01-01T00:00:00Z", "import_run": 1,
    }  # fmt: skip
    stated_on = given.get("stated_on")
    day = parse_edtf(stated_on).last_day if stated_on else None
    said = blank | usual | {"stated_last_day": day, "known_last_day": day} | given
    return ClaimRow(**(said | {"key": key, "lower": lower, "upper": upper}))


GOV18 = claim("gov18", 23, 23, stated_on="2019-03-18", status="provisional", superseded_by=("gov21",),
              standing="superseded")  # fmt: skip
GOV21 = claim("gov21", 26, 26, stated_on="2019-03-21", status="revised", supersedes=("gov18",), corroborated_by=("un",))
UN = claim("un", 26, 26, "MINUSMA", stated_on="2019-05-31", stake="third_party", claimant_above=("UN",),
           claimant_kind="igo", corroborates=("gov21",))  # fmt: skip
MILITARY = claim("military", 21, 21, "a military source", claimant_kind="official", claimant_above=(FORCES, GOVERNMENT))
LOCAL = claim("local", 21, 21, "a local official", claimant_kind="official", stake="third_party")
FSD = claim("fsd", 21, None, "FSD", claimant_kind="party", stake="third_party", qualifier="more_than",
            wording="over 20")  # fmt: skip
JNIM = claim("jnim", 30, 30, "JNIM", claimant_kind="armed_group", stake="adversary", attacker=True)
SOLDIERS = (GOV18, GOV21, UN, MILITARY, LOCAL, FSD, JNIM)
OWN = claim("own", 3, 3, "JNIM", subject=MACINA, side=2, attacker=True)
FIGHTERS = (
    CombatantRow(ARMY, "state_forces", 1, "defender", None, ()),
    CombatantRow(MACINA, "armed_group", 2, "attacker", None, ()),
)


def decide(claims: Iterable[ClaimRow], policy: str = "range", basis: Basis = Basis.CLAIMS, **told: str) -> Outcome:
    """Return what a policy makes of claims; `told` are its parameters as text."""
    return reconcile(choose_policy(policy, told), claims, basis)


def bounds(row: Outcome | EstimateRow) -> Bounds:
    """Return low, best, high, whether it is open above, and the highest stated."""
    return row.low, row.best, row.high, row.open, row.highest_stated


def reasons(outcome: Outcome) -> dict[str, str]:
    """Return why each claim that was set aside was, by its key."""
    return {each.key: each.reason for each in outcome.set_aside}
