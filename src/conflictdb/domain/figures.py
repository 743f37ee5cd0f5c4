"""Figures as people write them in short phrases: "26 killed", "8 vehicles burned", "over 20 officers missing"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from conflictdb.domain.figure_words import (
    BARE_PEOPLE,
    BARE_THINGS,
    CAPTIVES,
    COLLECTIVES,
    FATES,
    METRICS,
    PEOPLE,
    REMARKS,
    THINGS,
)
from conflictdb.domain.number_words import NUMBER_WORDS
from conflictdb.domain.quantity import Quantity, QuantityError, parse_quantity, quote
from conflictdb.domain.vocabulary import Item, ItemFate, Metric, Qualifier

FIGURE_EXAMPLES = 'for example "26 killed", "over 20 missing" or "8 vehicles burned, 8 vehicles captured"'

_METRIC_OF = {word: metric for metric, words in METRICS.items() for word in words}
_FATE_OF = {word: fate for fate, words in FATES.items() for word in words}
_ITEM_OF = {word: item for item, words in THINGS.items() for word in words}
_KILLED, _WOUNDED = ("|".join(METRICS[metric]) for metric in (Metric.KILLED, Metric.WOUNDED))
_KILLED_OR_WOUNDED = re.compile(rf"(?:{_KILLED}) ?(?:and|or|/|and/or|&) ?(?:{_WOUNDED})")
_COLLECTIVE = re.compile(rf"(an? (?:\w+ )?(?:{'|'.join(COLLECTIVES)})) of ", re.IGNORECASE)
_BREAKS = re.compile(r"[;\n]|,(?![0-9]{3}(?![0-9]))|(?<![0-9]),")
_JOINTS = ("and", "&")
_NAME_WORD = re.compile(r"[\w'’.-]*[^\W\d_][\w'’.-]*")
_BEFORE_NAMES = frozenset({"of", "the", "its", "their", "our", "his", "these", "those", "them"}) | frozenset(
    {"more", "other", "others", "further", "additional"}
)
_AUXILIARIES = frozenset({"were", "was", "are", "is", "been", "be", "being", "have", "has", "had", "total"})
_MOST_WORDS = 24  # in a figure, which keeps the reading of a long text linear


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a phrase: what it counts, how many, and for things what they are and what became of them.

    `group` says in the phrase's own words which people or things, and is None where it would only say soldiers,
    people, or the item itself.
    """

    metric: Metric
    quantity: Quantity
    item: Item | None
    fate: ItemFate | None
    group: str | None


def read_figures(text: str) -> list[Figure]:
    """Read a short phrase, its figures apart by commas, semicolons, "and" or new lines; raise QuantityError.

    Nothing is passed over: a phrase of which any part cannot be read is refused, and the message quotes that part.
    """
    figures: list[Figure] = []
    for piece in _BREAKS.split(text):
        words = piece.strip().removesuffix(".").split()
        if words and words[0].lower() in ("and", "&"):
            words = words[1:]
        if words:
            _read_joined(words, figures)
    if not figures:
        raise QuantityError(f"{quote(text.strip())} holds no figure; {FIGURE_EXAMPLES}")
    return figures


def _read_joined(words: list[str], figures: list[Figure]) -> None:
    """Add the figures of words in which each "and" may join two figures, or stand within one ("between 30 and 40")."""
    start = 0
    while start < len(words):
        ahead = words[start : start + _MOST_WORDS + 1]
        ends = [at for at, word in enumerate(ahead) if at and word.lower() in _JOINTS]
        if len(ahead) <= _MOST_WORDS:
            ends.append(len(ahead))
        if not ends:
            raise _refusal(" ".join(ahead), "it is too long for a figure")
        errors: list[QuantityError] = []
        for end in reversed(ends):
            try:
                figures.append(_read_figure(ahead[:end], figures[-1] if figures else None))
                break
            except QuantityError as error:
                errors.append(error)
        else:  # the shortest was meant for a figure if it begins as one
            raise errors[-1] if _count_quantity(ahead[:end]) else errors[0]
        start += end + 1


def _read_figure(words: list[str], previous: Figure | None) -> Figure:
    quantity, rest = _split_quantity(words)
    while rest and rest[0].lower() in _BEFORE_NAMES:
        rest = rest[1:]
    name, state = _split_state([word for word in rest if word.lower() not in _AUXILIARIES])
    _check_name(name)
    if not name:
        return _read_nameless(" ".join(words), quantity, state, previous)
    item, group = _find_item(name), " ".join(name)
    if item:
        if state not in _FATE_OF:
            raise _refusal(" ".join(words), f"say what became of them: {', '.join(ItemFate)}")
        bare = len(name) == 1 and any(form in BARE_THINGS for form in _singulars(group.lower()))
        return Figure(Metric.MATERIEL, quantity, item, _FATE_OF[state], None if bare else group)
    if state is None:
        raise _refusal(" ".join(words), f"say what became of {quote(group)}: killed, wounded, missing, captured...")
    metric = _find_metric(state)
    if state in _FATE_OF and name[-1].lower() not in PEOPLE:
        raise _refusal(group, "it is not known for people, a vehicle, aircraft, vessel or weapon")
    if metric is None:
        raise _refusal(" ".join(words), f"{quote(state)} is said of things; of people say killed, wounded, missing...")
    return Figure(metric, quantity, None, None, None if group.lower() in BARE_PEOPLE else group)


def _read_nameless(phrase: str, quantity: Quantity, state: str | None, previous: Figure | None) -> Figure:
    """Read "26 killed"; "3 damaged" after "8 vehicles burned" is of vehicles too."""
    after_thing = previous is not None and previous.item is not None
    metric = _find_metric(state) if state else None
    if metric and state in _FATE_OF and after_thing:
        raise _refusal(phrase, f'people or things? write "people {state}" or "vehicles {state}"')
    if metric:
        return Figure(metric, quantity, None, None, None)
    if state and previous and after_thing:
        return Figure(Metric.MATERIEL, quantity, previous.item, _FATE_OF[state], previous.group)
    raise _refusal(phrase, "say of what, and what became of it")


def _split_quantity(words: list[str]) -> tuple[Quantity, list[str]]:
    """Return the longest beginning that is a quantity, and the words after it."""
    if match := _COLLECTIVE.match(" ".join(words)):
        return Quantity(None, None, Qualifier.VAGUE, match[1]), " ".join(words)[match.end() :].split()
    count = _count_quantity(words)
    if count == 0 and words[0].lower() in ("a", "an") and len(words) > 1:
        return Quantity(1, 1, Qualifier.EXACT, words[0]), words[1:]
    if count == 0:  # refused: say why, of as much as reaches to the first digits
        count = next((at for at, word in enumerate(words[:_MOST_WORDS], 1) if re.search("[0-9]", word)), 1)
    return parse_quantity(" ".join(words[:count])), words[count:]


def _count_quantity(words: list[str]) -> int:
    for count in range(min(len(words), _MOST_WORDS // 2), 0, -1):
        if words[count - 1].lower() != "of":
            try:
                parse_quantity(" ".join(words[:count]))
            except QuantityError:
                continue
            return count
    return 0


def _split_state(words: list[str]) -> tuple[list[str], str | None]:
    """Part "soldiers killed" or "dead soldiers" into the name and what became of them."""
    lower = [word.lower() for word in words]
    for start in range(len(words)):
        if _is_state(state := " ".join(lower[start:])):
            return words[:start], state
    for end in range(len(words) - 1, 0, -1):
        if _is_state(state := " ".join(lower[:end])):
            if lower[-1] not in PEOPLE and _find_item(words[end:]) is None:
                raise _refusal(" ".join(words[end:]), f"nothing of the kind may follow {quote(state)}")
            return words[end:], state
    return words, None


def _is_state(text: str) -> bool:
    return text in _METRIC_OF or text in _FATE_OF or _KILLED_OR_WOUNDED.fullmatch(text) is not None


def _find_metric(state: str) -> Metric | None:
    return Metric.CASUALTIES if _KILLED_OR_WOUNDED.fullmatch(state) else _METRIC_OF.get(state)


def _check_name(name: list[str]) -> None:
    """Refuse a name that holds another figure, another state or a remark."""
    for word in name:
        lower = word.lower()
        if lower in NUMBER_WORDS or lower.isdecimal() or (_is_state(lower) and lower not in CAPTIVES):
            raise _refusal(" ".join(name), f"{quote(word)} makes it more than one figure")
        if lower in REMARKS or not _NAME_WORD.fullmatch(word):
            raise _refusal(" ".join(name), f"{quote(word)} has no place in a name")


def _find_item(name: list[str]) -> Item | None:
    """Return the kind of thing a name is for, by its last words, or by those before "of" ("ships of the line")."""
    lower = [word.lower() for word in name]
    head = lower[: lower.index("of")] if "of" in lower[1:] else lower
    endings = [" ".join(head[start:]) for start in range(max(0, len(head) - 2), len(head))]
    endings.append(endings[-1].rpartition("-")[2])
    return next((_ITEM_OF[form] for ending in endings for form in _singulars(ending) if form in _ITEM_OF), None)


def _singulars(word: str) -> tuple[str, ...]:
    """Return the forms that may be the singular of a word; which are words is for a table to say."""
    return word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"


def _refusal(part: str, why: str) -> QuantityError:
    return QuantityError(f"{quote(part)} cannot be read as a figure: {why}; {FIGURE_EXAMPLES}")
