"""Rows of claims from a dataset's figures and statements: the same whether they are new or correct what stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from conflictdb.domain.coded import CodedEvent, CodedFigure, CodedStatement
from conflictdb.domain.edtf import parse_edtf
from conflictdb.domain.vocabulary import ClaimKind, SubjectKind
from conflictdb.store.bulk import Values
from conflictdb.store.write.coded.prepared import Prepared
from conflictdb.store.write.coded.references import CodedReferences

_PLAINLY = (
    "kind", "claimant_id", "source_id", "native_id", "stated_on", "stated_first_day", "stated_last_day", "note",
    "supersedes_by_date", "subject_kind", "combatant_id", "metric", "lower", "upper", "best", "qualifier",
)  # fmt: skip
SAID = (*_PLAINLY, "wording", "side", "group", "item", "fate", "attribute", "value")
COLUMNS = (
    "id", "key", "revision", "event_id", "part_of_id", "recorded_at", "import_run_id", "withdrawn_on",
    "withdrawn_by_id", *SAID,
)  # fmt: skip
PLAIN = ("id", "key", "revision", "event_id", "recorded_at", "import_run_id", *_PLAINLY)
"""What most claims hold: a count of a combatant or of all, and no more. To bind a NULL costs as much as a value."""
CHANGES = ("claimant_id", "subject_kind", "combatant_id", "side", "lower", "upper", "best", "qualifier", "value")
"""What makes a claim another one when it changes; its key holds what else it is about."""


class Stated(NamedTuple):
    """When something was stated: the EDTF text and its days."""

    on: str | None = None
    first_day: int | None = None
    last_day: int | None = None


class Draft(NamedTuple):
    """A claim to be written: its key, its column in the file, the column of its whole, and its values (`SAID`)."""

    key: str
    field: str
    part_of: str | None
    said: Values


@dataclass(slots=True)
class ClaimDrafts:
    """Makes the claims of one release."""

    references: CodedReferences
    stated: Stated
    """When this release was stated, for rows that have no day of their own."""

    def of(self, row: Prepared, combatant_ids: Sequence[int]) -> list[Draft]:
        """Return the claims that a row makes, in its order: wholes stand before their parts."""
        event = row.event
        stated = self.stated_of(event)
        based_on = f"based on: {event.based_on}" if event.based_on else None
        drafts = []
        for key, figure in zip(row.claim_keys, event.figures, strict=False):
            told = based_on if figure.subject == "total" else None
            drafts.append(self._figure(key, figure, combatant_ids, stated, told))
            based_on = None if told else based_on
        for key, statement in zip(row.claim_keys[len(event.figures) :], event.statements, strict=True):
            drafts.append(self._statement(key, statement, stated))
        return drafts

    def stated_of(self, event: CodedEvent) -> Stated:
        """Return when a row was stated: on its own day, or with its release."""
        return read_stated(event.stated_on) if event.stated_on else self.stated

    def _figure(
        self, key: str, figure: CodedFigure, combatant_ids: Sequence[int], stated: Stated, told: str | None
    ) -> Draft:
        (
            field, subject, metric, lower, upper, best, qualifier, group, wording, note, kind, item, fate, part_of,
            cited,
        ) = figure  # fmt: skip
        references = self.references
        combatant_id = side = None
        if isinstance(subject, int):
            combatant_id, subject = combatant_ids[subject], SubjectKind.COMBATANT.value
        elif subject.startswith("side "):
            side, subject = int(subject[5:]), SubjectKind.SIDE.value
        if told:
            note = f"{note}; {told}" if note else told
        source_id = references.source(cited) if cited else references.source_id
        said = (
            kind, references.recorder.id, source_id, field, *stated, note, 0, subject, combatant_id, metric, lower,
            upper, best, qualifier, wording, side, group, item, fate, None, None,
        )  # fmt: skip
        return Draft(key, field, part_of, said)

    def _statement(self, key: str, statement: CodedStatement, stated: Stated) -> Draft:
        field, attribute, value, claimant, wording, note = statement
        speaker = self.references.actor(claimant) if claimant is not None else self.references.recorder
        said = (
            ClaimKind.ATTRIBUTE.value, speaker.id, self.references.source_id, field, *stated, note, 0, *(None,) * 7,
            wording, *(None,) * 4, attribute, value,
        )  # fmt: skip
        return Draft(key, field, None, said)


@lru_cache(maxsize=4096)
def read_stated(text: str | None) -> Stated:
    """Return an EDTF date with its days."""
    if not text:
        return Stated()
    date = parse_edtf(text)
    return Stated(text, date.first_day, date.last_day)


def plain_row(draft: Draft, claim_id: int, event_id: int, now: str, run_id: int) -> Values | None:
    """Return a new claim as a row of the columns `PLAIN`, or None where it holds more."""
    key, _, part_of, said = draft
    if part_of or said[_PLAINLY_TO:] != _NO_MORE:
        return None
    return (claim_id, key, 1, event_id, now, run_id, *said[:_PLAINLY_TO])


_PLAINLY_TO = len(_PLAINLY)
_NO_MORE = (None,) * (len(SAID) - _PLAINLY_TO)


def claim_row(
    draft: Draft, claim_id: int, revision: int, event_id: int, part_of_id: int | None, now: str, run_id: int
) -> Values:
    """Return a draft as a row of `claim` (`COLUMNS`)."""
    return (claim_id, draft.key, revision, event_id, part_of_id, now, run_id, None, None, *draft.said)
