"""What the screen and the page of an event share, in words: facts, rival accounts, sums, notes and sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from conflictdb.domain.rows import ClaimRow, EstimateRow, EventDetail, EventRow, SourceRow
from conflictdb.domain.vocabulary import Attribute, SubjectKind
from conflictdb.render.ledger import source_words
from conflictdb.render.losses import Block, in_view, is_estimate
from conflictdb.render.sides import Said, merge
from conflictdb.render.text import JOIN, cut, visible
from conflictdb.render.words import (
    date_words,
    estimate_words,
    event_date_words,
    event_type_words,
    figure_words,
    measure_words,
    number_words,
    place_words,
    subject_words,
    time_words,
)

LONGEST_NOTE = 240
# Of the others, one account alone is already told at the top; a summary is no account to set beside another.
_ALWAYS = (Attribute.RESULT, Attribute.RESPONSIBILITY)
_NEVER = (Attribute.SUMMARY, Attribute.TIME_ZONE)
_FIELDS = {Attribute.START.value: "start_time", Attribute.END.value: "end_time"}


def source_numbers(detail: EventDetail) -> dict[str, int]:
    """Return the number by which each source is cited."""
    return {source.slug: number for number, source in enumerate(detail.sources, 1)}


def fact_words(event: EventRow) -> list[str]:
    """Return what the second line says: type, conflict, place, date."""
    facts = (event_type_words(event), event.conflict, place_words(event), event_date_words(event))
    return [visible(fact) for fact in facts if fact]


def accounts_of(detail: EventDetail, numbers: Mapping[str, int]) -> dict[str, tuple[Said, ...]]:
    """Return the claimed results and responsibility, and whatever else the claimants tell differently, by label."""
    found: dict[str, list[ClaimRow]] = {}
    for claim in in_view(detail.claims):
        if claim.kind == "attribute" and claim.attribute and claim.attribute not in _NEVER:
            found.setdefault(claim.attribute, []).append(claim)
    order = [*_ALWAYS, *(each for each in Attribute if each not in _ALWAYS)]
    return {
        name.replace("_", " ").capitalize(): merge(
            sorted(found[name], key=lambda claim: not is_estimate(claim)),
            {each.key: _account_words(each) for each in found[name]},
            numbers,
        )
        for name in map(str, order)
        if name in found and (name in _ALWAYS or _is_disputed(found[name], name, detail.event))
    }


def sum_words(estimates: Iterable[EstimateRow], blocks: Iterable[Block]) -> list[str]:
    """Return sums: "killed, both sides together: 24 to 33 or more (range, composite: a sum of sides)"."""
    sides = {block.side for block in blocks}
    whole = "both sides together" if len(sides) == 2 and None not in sides else "all together"
    alike: dict[tuple[str, str], list[EstimateRow]] = {}
    for each in estimates:
        whose = whole if each.subject_kind == SubjectKind.TOTAL else subject_words(each)
        how = f"{each.policy}, composite: {each.note or 'a sum of sides'}" if each.composite else each.policy
        alike.setdefault((whose, how), []).append(each)
    return [visible(f"{_measured(each, whose)} ({how})") for (whose, how), each in alike.items()]


def _measured(estimates: Sequence[EstimateRow], whose: str) -> str:
    if len(estimates) == 1:
        return f"{measure_words(estimates[0])}, {whose}: {estimate_words(estimates[0])}"
    return ", ".join([*(f"{measure_words(each)} {estimate_words(each)}" for each in estimates), whose])


def policy_words(detail: EventDetail) -> str:
    """Return which policy and basis made the figures that are no one's claim, and its rule."""
    for estimate in detail.estimates:
        told = estimate.label.removeprefix(estimate.policy).removeprefix(", ")
        named = f"policy {estimate.policy} {estimate.version}{told and f' ({told})'}, basis {estimate.basis}"
        named += f", as of {estimate.as_of}" if estimate.as_of else ""
        return visible(f"Estimates by {named}: {estimate.rule}" if estimate.rule else f"Estimates by {named}")
    return ""


def as_of_words(detail: EventDetail) -> str:
    """Return up to when statements count, and what is left out for it; "" where all count."""
    if detail.as_of is None:
        return ""
    what = "only what had been stated by then" if detail.claims else "nothing had been stated by then"
    said = [f"As of {date_words(detail.as_of)}: {what}."]
    if detail.later:
        said.append(f"{detail.later:,} {'claim is' if detail.later == 1 else 'claims are'} later.")
    if detail.undated:
        said.append(f"{detail.undated:,} {'has' if detail.undated == 1 else 'have'} no date; see --undated.")
    return visible(" ".join(said))


def no_losses_words(detail: EventDetail) -> str:
    """Return what stands where nobody states losses."""
    return "no losses had been stated by then" if detail.as_of else "no losses stated by anyone"


def withdrawn_words(detail: EventDetail) -> str:
    """Return how many claims are not shown because they were withdrawn."""
    hidden = detail.withdrawn - sum(claim.standing == "withdrawn" for claim in detail.claims)
    plural = "s" if hidden > 1 else ""
    return f"{hidden:,} claim{plural} withdrawn; see --history" if hidden > 0 else ""


def notes_of(detail: EventDetail) -> list[tuple[str, str]]:
    """Return the notes on claims, the same note once: which claims, and the note cut to a few lines."""
    notes: dict[str, list[str]] = {}
    for claim in in_view(detail.claims):
        if claim.note:
            name = number_words(claim) if claim.metric else figure_words(claim)
            notes.setdefault(claim.note, []).append(f"{name}, {claim.claimant}")
    return [
        (visible("; ".join(names[:2]) + ("; ..." if len(names) > 2 else "")), cut(visible(note), LONGEST_NOTE))
        for note, names in notes.items()
    ]


def timeline_of(detail: EventDetail, numbers: Mapping[str, int]) -> list[tuple[str, str, str]]:
    """Return the timeline as date, local time, and text with its source."""
    return [
        (
            visible(date_words(entry.date)),
            visible(time_words(entry.time or "")),
            visible(entry.text) + JOIN + source_words(entry.source, numbers),
        )
        for entry in detail.timeline
    ]


def source_parts(source: SourceRow) -> tuple[str, str]:
    """Return a document as title, author, publisher and date, and then its address."""
    dated = date_words(source.published_on) if source.published_on else ""
    parts = dict.fromkeys(filter(None, (source.title, source.author, source.publisher, dated)))
    return visible(", ".join(parts)), visible(source.url or source.archive_url or "")


def _account_words(claim: ClaimRow) -> str:
    value = claim.value or ""
    return visible(date_words(value) if claim.attribute == Attribute.DATE else value)


def _is_disputed(claims: Iterable[ClaimRow], attribute: str, event: EventRow) -> bool:
    """Tell whether the values differ among one another, or from what the event itself says."""
    own = getattr(event, _FIELDS.get(attribute, attribute))
    return bool({claim.value for claim in claims} - {own})
