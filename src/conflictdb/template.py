"""The document to fill in that `conflictdb new` prints: valid as it stands, with a word on every field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from textwrap import wrap

from conflictdb.domain.edtf import EdtfError, day_to_text, parse_edtf
from conflictdb.domain.vocabulary import PERSON_METRICS, ActorKind, EventType, Metric, Role, Status
from conflictdb.errors import UsageError

EXAMPLE = "example-2024"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLACE_AND_DATE = re.compile(
    r"(?:(?P<place>.+?)-)?(?:(?P<year>[0-9]{4})|(?P<bc>[1-9][0-9]{0,3})bc)(?P<days>(?:-[0-9]{2}){0,2})(?:-[a-z2-7]{4})?"
)


def write_template(slug: str | None = None) -> str:
    """Return a document in YAML to fill in for the event `slug`, from which its place and date are guessed.

    Raises UsageError, with a slug to use, where it is none.
    """
    slug = EXAMPLE if slug is None else slug
    if not _SLUG.fullmatch(slug):
        raise _no_slug(slug)
    place, date = _guess(slug)
    day, next_day, later = _days(date)
    metrics = ", ".join(each for each in PERSON_METRICS if each not in (Metric.KILLED, Metric.CASUALTIES))
    return _TEMPLATE % {
        "slug": f"{_text(slug):<24}", "name": f"Attack on {place}", "place": _text(place), "date": f"{date:<24}",
        "day": day, "next_day": f"{next_day:<17}", "later": later, "kinds": _listed("kinds", ActorKind, "  # "),
        "types": _listed("types", EventType, "# "), "roles": ", ".join(Role), "statuses": ", ".join(Status),
        "metrics": metrics,
    }  # fmt: skip


def _no_slug(text: str) -> UsageError:
    from conflictdb.domain.folding import slugify

    near = slugify(text) or EXAMPLE
    return UsageError(
        f'"{text}" is no slug: lower-case words joined by hyphens, the year last', f"try: conflictdb new {near}"
    )


def _guess(slug: str) -> tuple[str, str]:
    """Return the place and the EDTF date that a slug holds, or those of the example."""
    match = _PLACE_AND_DATE.fullmatch(slug)
    year = match and (match["year"] or _before_our_era(int(match["bc"])))
    try:
        date = parse_edtf(f"{year}{match['days']}").text if match else None
    except EdtfError:
        match, date = None, None
    place = match["place"] if match else slug
    return (place or "example").replace("-", " ").title(), date or EXAMPLE[-4:]


def _before_our_era(year: int) -> str:
    """Return the astronomical year of a year BC."""
    return f"-{year - 1:04d}" if year > 1 else "0000"


def _days(date: str) -> tuple[str, str, str]:
    """Return a day of the date, the day after it and one four days after it."""
    first = parse_edtf(date).first_day or 0
    return day_to_text(first), day_to_text(first + 1), day_to_text(first + 4)


def _text(text: str) -> str:
    """Return a text as YAML takes it for one."""
    return f'"{text}"' if text.lower() in ("true", "false", "null") else text


def _listed(name: str, words: Iterable[str], margin: str) -> str:
    """Return the words of a vocabulary as lines of comment."""
    text = f"The {name} are {', '.join(words)}."
    return "\n".join(wrap(text, 118, initial_indent=margin, subsequent_indent=margin))


_TEMPLATE = """\
# One event, and who claims what about it. Its names and figures are examples: put yours in their place, and delete
# what you do not know, since a field that is not there says nothing. What stands after a # is not read.
#   conflictdb import --dry-run FILE     looks at it, and says what is wrong with it
#   conflictdb import FILE               keeps it; do so again whenever you have changed something
# A text that holds a colon or a # goes between quotation marks: "Mali: the toll rises".

source:                          # the document that you read; a claim that is from another has a source: of its own
  id: example-report             # a short handle for it, of your choice
  title: Example report          # as it is printed
  publisher: Example News
  # url: https://example.org/report
  # published_on: 2024-03-21     # when claims without a date of their own were known
claimant: Example News           # who speaks where a claim names nobody

actors:                          # all who fight or state something; leave out those that the database knows
%(kinds)s
  - name: Example News
    kind: medium                 # for UCDP, ACLED, Wikipedia: recorder, whose figures are estimates
  - name: Example State
    kind: state
    aliases: [Example Government]    # its other names; accents and capitals make no difference
  - name: Example Army
    kind: state_forces
    part_of: Example State       # or {actor: Example State, since: 1960}; shows whose side a claimant is on
  - name: Example Rebels
    kind: armed_group
    part_of: none                # it belongs to nobody; leave it out where you do not know

slug: %(slug)s   # its short name; with that of a known event, all here adds to that
name: %(name)s
%(types)s
type: battle
# subtype: raid                  # in your own words
# conflict: Mali War
date: %(date)s   # as well as it is known: 2024-03-17, 2024-03, 2024~ (about), 2024-03-17/2024-03-18
# start: ~06:00                  # in local time, here at about six; end: and time_zone: Africa/Bamako too
place:
  name: %(place)s
  # admin1: Mopti                # the region; admin2: is the district
  # country: Mali                # or its code, MLI
  # latitude: 14.825             # precision: says how near that is: exact, near, admin2, admin1, country
  # longitude: -5.251
# summary: What happened, in a few sentences.
# native_ids: [ucdp-ged:300380]  # what datasets call it

sides:                           # who fought together; role: %(roles)s
  - role: defender
    combatants: [Example Army]   # or [{actor: Example Army, unit: a company}]
  - role: attacker
    combatants: [Example Rebels]

claims:                          # one for each time that somebody states something
  - id: government-1             # a name of your choice, for links; leave it as it is when you mend a figure
    claimant: Example Government     # who says so, by any name
    stated_on: %(next_day)s # when they said it: a later figure of theirs supersedes an earlier one
    status: provisional          # what they call it: %(statuses)s
    locator: p. 2                # where in the source
    of: Example Army             # whose losses: a combatant, side 1, civilians, unknown or total
    killed: 23                   # also %(metrics)s;
                                 #   casualties: killed and wounded not told apart
    wounded: over 20             # as it is worded: over 20, at least 20, 20+, up to 50, 30-40, ~100, several dozen
    captured: none               # they say that there were none; of what they do not say, write nothing
  - id: government-2
    claimant: Example Government
    stated_on: %(later)s
    of: Example Army
    killed: 26
    supersedes: government-1     # needed only where dates do not show it; or none, and both stand
  - id: rebels
    claimant: Example Rebels
    of: Example Army
    killed: {figure: 30, wording: thirty soldiers fell}      # the words of the source; group: officers says which
    materiel: 8 vehicles burned, several weapons captured    # things: destroyed, captured, damaged or lost
    contradicts: government-2
  - claimant: {unnamed: a military source, part_of: Example Army}    # part_of: none for one of neither side
    of: Example Army
    killed: 26
    corroborates: government-2   # says the same from knowledge of its own; repeats: is for what it has from there
  - of: Example Rebels
    strength: ~100
    commander: A. Commander      # or {person: A. Commander, rank: Colonel, fate: killed}
  - result: The attackers withdrew   # likewise responsibility:, and name:, date: or place: where they differ

timeline:
  - {when: %(day)s ~06:00, text: The attack begins.}
"""
