"""The loss report: what a layout could not hold, by kind and event by event, in memory that does not grow."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from conflictdb.domain.quantity_words import speak_quantity
from conflictdb.domain.vocabulary import Attribute, ClaimKind, Metric, Qualifier
from conflictdb.store.read.export import Further

MOST_FIGURES = 8
"""Figures that are told one by one in the line of an event."""


class Loss(NamedTuple):
    """Something of one event that a layout has no place for: how many of a kind, and in words."""

    kind: str
    things: int
    words: str


def _open_lines() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", prefix="conflictdb-")


@dataclass(slots=True)
class Losses:
    """Collects what was lost; the lines of events wait in a file until the report is written."""

    lines: IO[str] = field(default_factory=_open_lines)
    things: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    with_losses: int = 0

    def add(self, slug: str, found: Sequence[Loss]) -> None:
        """Note what is lost of the event `slug`."""
        if not found:
            return
        self.with_losses += 1
        kinds = set()
        for loss in found:
            self.things[loss.kind] += loss.things
            kinds.add(loss.kind)
        self.events.update(kinds)
        self.lines.write(f"{slug}: {'; '.join(each.words for each in found)}\n")

    def note(self, kind: str, things: int, events: int) -> None:
        """Note what is lost of so many events that each of them having a line would say nothing more."""
        if things:
            self.things[kind] += things
            self.events[kind] += events

    def kinds(self) -> list[tuple[str, int, int]]:
        """Return each kind with its things and events, the most frequent first."""
        return sorted(((kind, count, self.events[kind]) for kind, count in self.things.items()), key=_by_count)

    def close(self) -> None:
        """Let go of the lines."""
        self.lines.close()

    def write(self, path: Path, head: Iterable[str]) -> None:
        """Write the report: `head`, the kinds, then a line an event."""
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in head)
            if not self.things:
                file.write("\nNothing was lost.\n")
                return
            file.write("\nWhat it could not hold:\n\n")
            width, digits = max(map(len, self.things)), max(len(f"{count:,}") for count in self.things.values())
            for kind, count, events in self.kinds():
                file.write(f"  {kind:<{width}}  {count:>{digits},} of {_events(events)}\n")
            if self.with_losses:
                file.write(f"\nEvent by event, {_events(self.with_losses)}:\n\n")
            self.lines.seek(0)
            shutil.copyfileobj(self.lines, file)


def _by_count(row: tuple[str, int, int]) -> tuple[int, str]:
    return -row[1], row[0]


def _events(count: int) -> str:
    return f"{count:,} event" if count == 1 else f"{count:,} events"


def counted(count: int, kind: str, one: str) -> Loss:
    """Return a loss of so many: `kind` is in the plural, `one` in the singular."""
    return Loss(kind, count, f"{count:,} {one if count == 1 else kind}")


def claims_lost(claims: Sequence[Further], held: frozenset[str]) -> list[Loss]:
    """Return what is lost of claims where a layout holds numbers for the metrics of `held`, and nothing else."""
    standing = [each for each in claims if not each.ended]
    stated = [each for each in standing if not each.recorder]
    figures = [each for each in stated if each.kind == ClaimKind.CASUALTY]
    found = _further_figures([each for each in figures if each.metric not in held])
    folded = [each for each in figures if each.metric in held]
    if folded:
        found.append(counted(len(folded), "claims of a figure that is held", "claim of a figure that is held"))
    bounds = dict.fromkeys(_words(each) for each in folded if each.upper is None)
    if bounds:
        found.append(Loss("open bounds and vague figures", len(bounds), " and ".join(f'"{text}"' for text in bounds)))
    claimants = {each.claimant_id for each in figures}
    found += [counted(len(claimants), "claimants", "claimant")] if claimants else []
    found += _others(standing)
    ended = len(claims) - len(standing)
    return found + ([counted(ended, "superseded, corrected or withdrawn claims", "superseded claim")] if ended else [])


def _further_figures(figures: Sequence[Further]) -> list[Loss]:
    """Return the figures of other metrics, told one by one: 8 vehicles destroyed; 20 missing."""
    found: dict[tuple[str, str], None] = {}
    counts: Counter[str] = Counter()
    for each in figures:
        kind = _kind(each)
        counts[kind] += 1
        found[kind, f"{_words(each)} {kind}"] = None
    losses = []
    for kind, count in counts.items():
        told = [text for of, text in found if of == kind]
        more = f" and {len(told) - MOST_FIGURES} more" if len(told) > MOST_FIGURES else ""
        losses.append(Loss(kind, count, ", ".join(told[:MOST_FIGURES]) + more))
    return losses


def _kind(claim: Further) -> str:
    if claim.metric != Metric.MATERIEL:
        return str(claim.metric)
    things = {"any": "things", "aircraft": "aircraft"}.get(claim.item or "", f"{claim.item}s")
    return f"{things} {claim.fate}"


def _words(claim: Further) -> str:
    return speak_quantity(claim.lower, claim.upper, Qualifier(claim.qualifier or Qualifier.VAGUE))


_KINDS = {
    ClaimKind.STRENGTH: ("strengths", "strength"),
    ClaimKind.COMMANDER: ("commanders", "commander"),
}
_ATTRIBUTES = {
    Attribute.RESULT: ("results", "result"),
    Attribute.RESPONSIBILITY: ("claims of responsibility", "claim of responsibility"),
}
_RIVAL = ("rival names, dates, places or types", "rival name, date, place or type")


def _others(claims: Sequence[Further]) -> list[Loss]:
    """Return what else is claimed: strengths, commanders, results; and what other recorders estimate."""
    counts: Counter[tuple[str, str]] = Counter()
    for each in claims:
        if each.kind == ClaimKind.ATTRIBUTE:
            counts[_ATTRIBUTES.get(Attribute(each.attribute or ""), _RIVAL)] += 1
        elif each.kind != ClaimKind.CASUALTY:
            counts[_KINDS[ClaimKind(each.kind)]] += 1
        elif each.recorder:
            counts["estimates of other recorders", "estimate of another recorder"] += 1
        if each.group:
            counts["figures of a part, such as officers", "figure of a part"] += 1
    return [counted(count, *names) for names, count in counts.items()]
