"""The words for what rows hold: figures, estimates, stakes, dates, places and subjects, as people say them."""

from __future__ import annotations

import re

from conflictdb.domain.edtf import EdtfError, speak, speak_short
from conflictdb.domain.figure_words import COLLECTIVES, FATES
from conflictdb.domain.policies.outcome import spoken
from conflictdb.domain.quantity_words import speak_quantity
from conflictdb.domain.rows import ClaimRow, EstimateRow, EventRow
from conflictdb.domain.vocabulary import Item, ItemFate, Metric, Qualifier, Stake
from conflictdb.render.text import cut

LONGEST_WORDING = 40
LONGEST_VAGUE = 24
UNDATED = "undated"

_STAKES = {Stake.UNKNOWN.value: "unknown stake"}
_PLURALS = {Item.ANY.value: "items", Item.AIRCRAFT.value: "aircraft"}
_OPEN_RANGE = re.compile(r"[0-9][0-9,. ]*[-–—][0-9, .]*[0-9]\+")
_VAGUE = re.compile(
    r"\b(?:(?:several|many|numerous|countless|multiple|some|(?:a |very )?few|a couple|a handful|a number)"
    r"(?: (?:of )?(?:tens|dozens?|scores?|hundreds?|thousands?|millions?))?"
    r"|(?:an? )?(?:unspecified|unknown|undisclosed|large|small) number"
    r"|(?:tens|dozens|scores|hundreds|thousands|millions)(?: of (?:thousands|millions))?)\b",
    re.IGNORECASE,
)
_COLLECTIVE = re.compile(rf"an? (?:\w+ )?(?:{'|'.join(COLLECTIVES)})\b", re.IGNORECASE)
_PERSON_WORDS = {Metric.PERSONS.value: "strength"}


def figure_words(claim: ClaimRow) -> str:
    """Return what a claim states: "over 20", "none", "5 (4–9)", "8 vehicles burned", a commander, a result."""
    if claim.kind == "commander":
        return ", ".join(filter(None, (person_words(claim), claim.fate)))
    if claim.kind == "attribute":
        return claim.value or ""
    if claim.metric == Metric.MATERIEL:
        one = claim.lower == claim.upper == 1 and not claim.group and claim.item != Item.ANY
        things = claim.item if one else things_words(claim)
        fate = "" if claim.kind == "strength" else fate_words(claim)
        joint = " of " if claim.lower is claim.upper is None and _COLLECTIVE.match(number_words(claim)) else " "
        return f"{number_words(claim)}{joint}{things} {fate}".rstrip()
    return number_words(claim)


def number_words(claim: ClaimRow) -> str:
    """Return the figure alone: without the things that it counts or what became of them."""
    qualifier = Qualifier(claim.qualifier or Qualifier.EXACT)
    if claim.best is not None:
        return _best_words(claim.best, claim.lower, claim.upper)
    if claim.lower is claim.upper is None:
        return vague_words(claim.wording, of_things=claim.metric == Metric.MATERIEL)
    if claim.upper == 0 and qualifier is Qualifier.EXACT:
        return "none"
    if qualifier is Qualifier.OPEN_RANGE and (found := _OPEN_RANGE.search(claim.wording or "")):
        return found[0]
    return speak_quantity(claim.lower, claim.upper, qualifier, claim.wording)


def vague_words(wording: str | None, *, of_things: bool = False) -> str:
    """Return the part of a wording that stands for its figure: "several dozen", of things also "a cache"."""
    words = " ".join((wording or "").split())
    found = _VAGUE.search(words) or (of_things and _COLLECTIVE.match(words))
    if found:
        return found[0].lower()
    return "some" if of_things or not words else cut(words, LONGEST_VAGUE)


def things_words(row: ClaimRow | EstimateRow) -> str:
    """Return the things that a materiel figure counts: "vehicles", "tank trucks"."""
    return row.group or _PLURALS.get(row.item or Item.ANY, f"{row.item}s")


def fate_words(claim: ClaimRow) -> str:
    """Return what became of the things, by the wording's own verb where the wording is short: "burned"."""
    wording = f" {claim.wording or ''} ".lower()
    if claim.fate and len(wording) <= LONGEST_WORDING + 2:
        verbs = (verb for verb in FATES[ItemFate(claim.fate)] if re.search(rf"\b{re.escape(verb)}\b", wording))
        return next(verbs, claim.fate)
    return claim.fate or ""


def measure_words(row: ClaimRow | EstimateRow) -> str:
    """Return what is counted: "killed", "officers killed", "vehicles destroyed", "strength"."""
    if row.metric == Metric.MATERIEL:
        return f"{things_words(row)} {row.fate or ''}".rstrip()
    words = _PERSON_WORDS.get(row.metric or "", row.metric or "")
    return f"{row.group} {words}" if row.group else words


def subject_words(row: ClaimRow | EstimateRow) -> str:
    """Return whose losses or strength: an actor's name, "civilians", "event total", "unknown"."""
    if row.subject_kind == "total":
        return "event total"
    return row.subject or (f"side {row.side}" if row.side else row.subject_kind or "")


def what_words(claim: ClaimRow) -> str:
    """Return what a claim says beside its figure: "killed", "vehicles burned", "led by Koufa", "result: a draw"."""
    if claim.kind == "attribute":
        return f"{(claim.attribute or '').replace('_', ' ')}: {claim.value or ''}"
    if claim.kind == "commander":
        return f"led by {figure_words(claim)}"
    if claim.metric == Metric.MATERIEL:
        return f"{things_words(claim)} {fate_words(claim)}".rstrip()
    return measure_words(claim)


def figure_alone(claim: ClaimRow) -> str:
    """Return the number of a claim that `what_words` stands beside, and nothing for one without a number."""
    return number_words(claim) if claim.metric else ""


def person_words(claim: ClaimRow) -> str:
    """Return a commander's rank and name."""
    return " ".join(filter(None, (claim.rank, claim.person)))


def stake_words(claim: ClaimRow) -> str:
    """Return where the claimant stands: "own side", "adversary"; "estimate" for a recorder's own figure."""
    return "estimate" if claim.basis == "estimate" else _STAKES.get(claim.stake, claim.stake.replace("_", " "))


def date_words(date: str | None) -> str:
    """Return an EDTF date in short words, "21 Mar 2019", or "undated"."""
    try:
        return speak_short(date) if date else UNDATED
    except EdtfError:
        return date or UNDATED


def estimate_words(estimate: EstimateRow) -> str:
    """Return what a policy makes of the claims: "21 to 30 or more", "3", "26 (21 to 30)", "not stated"."""
    bounds = _bounds_words(estimate.low, estimate.high, estimate.highest_stated, estimate.open)
    if estimate.pending:
        return "pending"
    if estimate.zero_or_unknown and estimate.best == 0:
        return "0, or unknown"
    if estimate.best is None:
        tied = spoken(estimate.ties)
        return bounds or (f"none: {tied} tie" if tied else "not stated")
    best = f"{estimate.best:,}"
    return best if bounds in ("", best) else f"{best} ({bounds})"


def event_type_words(event: EventRow) -> str:
    """Return the type and the sub-type: "Battle, raid"."""
    words = ", ".join(filter(None, (event.type.replace("_", " "), event.subtype)))
    return words[:1].upper() + words[1:]


def place_words(event: EventRow) -> str:
    """Return the place from the smallest part to the country: "Dioura, Mopti Region, Mali"."""
    parts = (event.place, event.admin2, event.admin1, event.country_name or event.country)
    return ", ".join(dict.fromkeys(filter(None, parts)))


def event_date_words(event: EventRow) -> str:
    """Return the date and the local times: "17 March 2019, from about 06:00 to about 16:00 local"."""
    try:
        date = speak(event.date) if event.date else UNDATED
    except EdtfError:
        date = event.date or UNDATED
    times = {"from": event.start_time, "to": event.end_time}
    spoken = " ".join(f"{word} {time_words(time)}" for word, time in times.items() if time)
    return f"{date}, {spoken} local" if spoken else date


def time_words(time: str) -> str:
    """Return a local time: "06:00", and "about 06:00" for "~06:00"."""
    return f"about {time[1:]}" if time.startswith("~") else time


def _best_words(best: int, lower: int | None, upper: int | None) -> str:
    if lower == upper == best:
        return f"{best:,}"
    if lower is upper is None:
        return f"{best:,}"
    qualifier = Qualifier.AT_LEAST if upper is None else Qualifier.AT_MOST if lower is None else Qualifier.EXACT
    return f"{best:,} ({speak_quantity(lower, upper, qualifier)})"


def _bounds_words(low: int | None, high: int | None, highest_stated: int | None, is_open: bool) -> str:
    if is_open:
        high = highest_stated
    more = " or more" if is_open else ""
    if low is None:
        return f"up to {high:,}{more}" if high else "" if high is None else "0"
    return f"{low:,}{more}" if high is None or high <= low else f"{low:,} to {high:,}{more}"
