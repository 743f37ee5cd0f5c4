"""How claims are looked at: by which policy, on which basis, and as of which day."""

from __future__ import annotations

from dataclasses import dataclass

from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.policies.reconcile import Chosen
from conflictdb.domain.vocabulary import Basis


@dataclass(frozen=True, slots=True)
class Lens:
    """A policy with what it was told, the basis, and the day up to which statements count (None: all of them)."""

    chosen: Chosen
    basis: Basis = Basis.CLAIMS
    knowledge: Knowledge | None = None

    @property
    def as_of(self) -> str | None:
        """Return the day as it was asked for (EDTF), or None."""
        return self.knowledge.text if self.knowledge is not None else None

    @property
    def undated(self) -> bool:
        """Return whether undated statements count as of a day."""
        return self.knowledge is not None and self.knowledge.undated

    @property
    def label(self) -> str:
        """Return what every screen names: "ucdp", "corroborated, k 3, as of 2019-03-21"."""
        said = [self.chosen.label]
        said += [f"basis {self.basis}"] if self.basis is not Basis.CLAIMS else []
        if self.knowledge is not None:
            said.append(f"as of {self.knowledge.text}" + (" and undated" if self.knowledge.undated else ""))
        return ", ".join(said)
