"""What a team expects of its data: how expectations are written, a text or a mapping each, and when one holds."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conflictdb.domain.nearest import nearest_names
from conflictdb.domain.rows.claims import EstimateRow
from conflictdb.domain.vocabulary import CASUALTY_METRICS, PERSON_METRICS, Basis, Item, ItemFate, Metric

Value = int | str
"""A number, or one of the words below."""
NONE, OPEN, YES, NO = "none", "open", "yes", "no"
WORDS: Mapping[str, tuple[str, ...]] = {
    "low": (NONE,), "best": (NONE,), "high": (OPEN, NONE), "open": (YES, NO, NONE), "highest": (NONE,), "claims": (),
}  # fmt: skip
"""What of an estimate is expected, and the words that may stand for it; all but `open` may be a number."""
OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
SHORT = "EVENT METRIC SUBJECT POLICY FIELD OP VALUE"
EXAMPLE = "dioura-2019 killed mali ucdp best == 26"
PARAMETERS = ("k", "tie", "prefer", "several")
"""What a text may tell a policy; a mapping has `parameters`."""

_TOKEN = re.compile(r'\s*(?:"(?P<name>[^"]*)"|(?P<op>[<>=!]+)|(?P<word>[^\s"<>=!]+))')
_NUMBER = re.compile("[0-9]{1,18}")
_ABOUT = ("event", "metric", "subject", "policy")
_THINGS = ("item", "fate")
_MAY = ("group", "basis", "as_of")
_FIELDS = {**{name: name for name in WORDS}, "highest_stated": "highest"}
_KNOWN = (*_ABOUT, *_THINGS, *_MAY, "parameters", "undated", *_FIELDS)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one number of one estimate should be. `told` is what the policy is told, as text."""

    event: str
    metric: str
    subject: str
    policy: str
    field: str
    op: str
    value: Value
    item: str | None = None
    fate: str | None = None
    group: str | None = None
    told: tuple[tuple[str, str], ...] = ()
    basis: str = Basis.CLAIMS
    as_of: str | None = None
    undated: bool = False

    def __str__(self) -> str:
        """Return it as a text, without what is expected."""
        counted = f"{self.item} {self.fate}" if self.metric == Metric.MATERIEL else self.metric
        counted = f"{self.group} {counted}" if self.group else counted
        words = [self.event, counted, self.subject, self.policy, self.field]
        words += [word for parameter in self.told for word in parameter]
        words += ["basis", self.basis] if self.basis != Basis.CLAIMS else []
        words += ["as-of", self.as_of] if self.as_of else []
        return " ".join([*map(_quoted, words), *(["undated"] if self.undated else [])])


@dataclass(frozen=True, slots=True)
class EventCount:
    """How many events a query should find."""

    query: str
    op: str
    value: Value

    def __str__(self) -> str:
        return f"events {self.query}".rstrip()


class ExpectationError(Exception):
    """Raised where something cannot be read as an expectation: `reasons` say what is wrong, and what would do."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def read_expectation(stated: object) -> list[Expectation | EventCount]:
    """Return what is expected, by a text or a mapping; a mapping may expect several things of one estimate.

    Raises ExpectationError. Whether a policy, a basis or a date is one is seen where they are looked up.
    """
    if isinstance(stated, str):
        return [*_read_text(stated)]
    if isinstance(stated, Mapping):
        return [_read_count(stated)] if "events" in stated else [*_read_mapping(stated)]
    raise ExpectationError(f"it is a text, such as {EXAMPLE}, or a mapping")


def found_value(field: str, estimate: EstimateRow | None) -> Value:
    """Return what an estimate has for a field. Unknown is none, never 0; a high that is open is no number."""
    if field == "claims":
        return len(estimate.used) if estimate is not None else 0
    if estimate is None:
        return NONE
    if field == "open":
        return NONE if estimate.highest_stated is None else YES if estimate.open else NO
    if field == "high" and estimate.open:
        return OPEN
    number = estimate.highest_stated if field == "highest" else getattr(estimate, field)
    return NONE if number is None else int(number)


def holds(op: str, found: Value, expected: Value) -> bool:
    """Return whether what was found is as expected: only numbers are more or less than others."""
    if op in ("==", "!=") or (isinstance(found, int) and isinstance(expected, int)):
        return OPERATORS[op](found, expected)
    return False


# --- a text a line ---------------------------------------------------------------------------------------------------


def _read_text(text: str) -> Iterator[Expectation]:
    tokens = list(_tokens(text))
    at = next((place for place, (kind, _) in enumerate(tokens) if kind == "op"), None)
    if at is None:
        raise ExpectationError(f"nothing is compared; it is {SHORT}, e.g. {EXAMPLE}")
    if at != len(_ABOUT) + 1:
        hint = "; a name with spaces stands in quotes" if at > len(_ABOUT) + 1 else ""
        raise ExpectationError(f"before {tokens[at][1]} stand EVENT METRIC SUBJECT POLICY FIELD, not {at} words{hint}")
    words = [word for _, word in tokens]
    if len(words) < at + 2 or tokens[at + 1][0] == "op":
        raise ExpectationError(f"after {words[at]} stands the value that is expected")
    if words[1] in (Metric.MATERIEL, *Item):
        raise ExpectationError("things are counted in a mapping: metric: materiel, with item and fate")
    fields = dict(zip(_ABOUT, words, strict=False)) | {words[at - 1]: {words[at]: words[at + 1]}}
    if words[at - 1] not in WORDS:
        raise ExpectationError(_unknown(words[at - 1], WORDS, "field of an estimate"))
    yield from _read_mapping(fields | _read_more(words[at + 2 :]), PERSON_METRICS)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, text = 0, text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ExpectationError(f"a quote is opened and never closed: {text[at:].strip()}")
        kind = match.lastgroup or ""
        if kind == "op" and match["op"] not in OPERATORS:
            hint = "did you mean ==? " if match["op"] == "=" else ""
            raise ExpectationError(f"{match['op']} compares nothing; {hint}it is one of: {' '.join(OPERATORS)}")
        yield kind, match[kind]
        at = match.end()


def _read_more(words: list[str]) -> dict[str, Any]:
    """Return what stands after the value: as-of DATE, undated, basis BASIS, and what the policy is told."""
    known = ("as-of", "undated", "basis", *PARAMETERS)
    found: dict[str, Any] = {}
    coming = iter(words)
    for name in coming:
        if name not in known:
            raise ExpectationError(_unknown(name, known, "word after the value"))
        if name in found:
            raise ExpectationError(f"{name} stands twice")
        value = True if name == "undated" else next(coming, None)
        if value is None:
            raise ExpectationError(f"nothing stands after {name}")
        found[name] = value
    told = {name: found.pop(name) for name in PARAMETERS if name in found}
    renamed = {name.replace("-", "_"): value for name, value in found.items()}
    return renamed | ({"parameters": told} if told else {})


# --- a mapping -------------------------------------------------------------------------------------------------------


def _read_mapping(stated: Mapping[Any, Any], metrics: Iterable[str] = CASUALTY_METRICS) -> Iterator[Expectation]:
    wrong = [_unknown(str(name), _KNOWN, "field") for name in stated if name not in _KNOWN]
    wrong += [f"{name} is missing" for name in _ABOUT if name not in stated]
    expected = [name for name in stated if name in _FIELDS]
    if not expected and not wrong:
        wrong.append(f"it expects nothing: give one of {', '.join(WORDS)}")
    texts = {name: _as_text(name, stated[name], wrong) for name in (*_ABOUT, *_THINGS, *_MAY) if name in stated}
    wrong += _wrong_words(texts, list(metrics))
    told = _as_parameters(stated.get("parameters"), wrong)
    undated = _as_flag("undated", stated.get("undated", False), wrong)
    tests = [(_FIELDS[name], *test) for name in expected for test in _as_tests(_FIELDS[name], stated[name], wrong)]
    if wrong:
        raise ExpectationError(*wrong)
    for field, op, value in tests:
        yield Expectation(**texts, field=field, op=op, value=value, told=told, undated=undated)


def _read_count(stated: Mapping[Any, Any]) -> EventCount:
    wanted = stated["events"]
    if len(stated) > 1 or not isinstance(wanted, Mapping) or set(wanted) != {"query", "count"}:
        raise ExpectationError('events is a mapping of its own: events: {query: "country:MLI", count: 12}')
    wrong: list[str] = []
    query = _as_text("query", wanted["query"], wrong) if wanted["query"] != "" else ""
    tests = _as_tests("count", wanted["count"], wrong)
    if not wrong and len(tests) > 1:
        wrong.append("one count is expected of a query")
    if wrong:
        raise ExpectationError(*wrong)
    return EventCount(query, *tests[0])


def _as_tests(field: str, stated: object, wrong: list[str]) -> list[tuple[str, Value]]:
    """Return what a field is compared with: a value, or a mapping such as {">=": 20}."""
    given = stated if isinstance(stated, Mapping) else {"==": stated}
    if not given:
        wrong.append(f"nothing stands after {field}")
    tests: list[tuple[str, Value]] = []
    for op, text in given.items():
        value = _as_value(field, text)
        if op not in OPERATORS:
            wrong.append(f"{op} compares nothing; it is one of: {' '.join(OPERATORS)}")
        elif value is None:
            wrong.append(f"{field} cannot be {_shown(text)}: {_expects(field)}")
        elif not isinstance(value, int) and op not in ("==", "!="):
            wrong.append(f"{op} compares numbers; with {value} stands == or !=")
        else:
            tests.append((op, value))
    return tests


def _as_value(field: str, stated: object) -> Value | None:
    if stated is None:
        return None
    text = (YES if stated else NO) if isinstance(stated, bool) else str(stated).strip().lower()
    if text in WORDS.get(field, ()):
        return text
    return int(text) if field != "open" and _NUMBER.fullmatch(text) else None


def _expects(field: str) -> str:
    words = WORDS.get(field, ())
    return "it is " + " or ".join(words if field == "open" else ("a whole number", *words))


def _as_text(name: str, stated: object, wrong: list[str]) -> str:
    plain = isinstance(stated, (str, int)) and not isinstance(stated, bool)
    if not plain or not str(stated).strip():
        wrong.append(f"{name} is a text, not {_shown(stated)}")
    return str(stated).strip()


def _as_flag(name: str, stated: object, wrong: list[str]) -> bool:
    if isinstance(stated, bool) or stated in (YES, NO):
        return stated in (True, YES)
    wrong.append(f"{name} is yes or no, not {_shown(stated)}")
    return False


def _as_parameters(stated: object, wrong: list[str]) -> tuple[tuple[str, str], ...]:
    if stated is None:
        return ()
    if not isinstance(stated, Mapping):
        wrong.append("parameters is a mapping, such as {k: 3}")
        return ()
    lists = {str(name): value if isinstance(value, list) else [value] for name, value in stated.items()}
    return tuple((name, ",".join(_as_text(name, each, wrong) for each in values)) for name, values in lists.items())


def _wrong_words(texts: Mapping[str, str], metrics: Iterable[str]) -> list[str]:
    """Return what is wrong with words that a vocabulary has."""
    wrong = []
    vocabularies: dict[str, Iterable[str]] = {"metric": [*metrics], "item": Item, "fate": ItemFate, "basis": Basis}
    for name, known in vocabularies.items():
        if name in texts and texts[name] not in [*known]:
            wrong.append(_unknown(texts[name], known, name))
    things = [name for name in _THINGS if name in texts]
    if texts.get("metric") == Metric.MATERIEL and len(things) < len(_THINGS):
        wrong.append("of things, item and fate say which: item: vehicle, fate: destroyed")
    elif things and texts.get("metric") in PERSON_METRICS:
        wrong.append(f"{texts['metric']} counts people, and {' and '.join(things)} would tell things apart")
    return wrong


def _unknown(word: str, known: Iterable[str], what: str) -> str:
    known = list(known)
    near = nearest_names(word, known, limit=1)
    return f"no {what} is called {_shown(word)}; " + (f"did you mean {near[0]}? " if near else "") + (
        f"known: {', '.join(known)}"
    )  # fmt: skip


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str) else "nothing" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _quoted(word: str) -> str:
    return f'"{word}"' if re.search(r"[\s<>=!]", word) else word
