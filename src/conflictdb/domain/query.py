"""The one query grammar: text in, terms out, back again, and in English.

`country:MLI,NER killed>=20 date:2019-03..2019-05 near:14.6,-5.3,50km "free text" -convoy order:-killed limit:20`

Terms are joined by AND; a comma outside quotes is OR, in text fields only. `-` before a term negates it. Values and
phrases with spaces stand in double quotes, where `\\"` is a quote and `\\\\` a backslash. FIELDS holds the fields.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from conflictdb.domain.folding import fold
from conflictdb.domain.nearest import nearest_names
from conflictdb.domain.query_fields import (
    FIELDS,
    CountOp,
    CountTerm,
    DateTerm,
    FieldSpec,
    Kind,
    NearTerm,
    Order,
    Term,
    TextTerm,
    WordsTerm,
    level_of,
    quote,
)
from conflictdb.errors import QueryError

MAX_PARTS = 200  # terms and values; SQLite refuses statements nested deeper than 1000
MAX_NUMBER = 2_147_483_647  # what an integer column of PostgreSQL holds
MAX_KM = 20_040.0  # half-way round the earth: a larger circle is everything
KM_PER_MILE = 1.609344

_QUOTED = r'"(?:\\.|[^"\\])*'
_TOKEN = re.compile(rf'(?:{_QUOTED}(?:"|\\?\Z)|[^\s"])+')
_COMMA = re.compile(rf'{_QUOTED}"?|,')
_WHOLE_QUOTED = re.compile(rf'{_QUOTED}"')
_UNCLOSED = re.compile(rf"{_QUOTED}\\?")
_FIELD = re.compile(r'(?P<name>[^":<>=≥≤]*)(?P<op>>=|<=|[≥≤:<>=])(?P<raw>.*)')
_OPS: dict[str, CountOp] = {":": "=", "=": "=", ">=": ">=", "≥": ">=", "<=": "<=", "≤": "<=", ">": ">", "<": "<"}
_DECIMAL = r"[0-9]+(?:\.[0-9]+)?"
_NEAR = re.compile(rf"([+-]?{_DECIMAL}) ?, ?([+-]?{_DECIMAL}) ?, ?({_DECIMAL}) ?(km|mi)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read: every term must hold. `limit` is None where none was given, or `limit:0` (`unlimited`)."""

    text: str
    terms: tuple[Term, ...] = ()
    order: tuple[Order, ...] = ()
    limit: int | None = None
    unlimited: bool = False

    def __str__(self) -> str:
        limit = "limit:0" if self.unlimited else "" if self.limit is None else f"limit:{self.limit}"
        return " ".join(filter(None, (*map(str, self.terms), *map(str, self.order), limit)))

    @property
    def is_empty(self) -> bool:
        """Whether the query lets everything through."""
        return not self.terms

    def split(self) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """Return the terms about events (free text among them), and the terms about claims."""
        claims = tuple(term for term in self.terms if level_of(term) == "claim")
        return tuple(term for term in self.terms if level_of(term) != "claim"), claims


@dataclass(frozen=True, slots=True)
class _Part:
    """A token that names a field: country:MLI is FIELDS["country"], ":" and "MLI"."""

    token: str
    negated: bool
    spec: FieldSpec
    op: CountOp
    raw: str

    def refused(self, *advice: str) -> QueryError:
        """Return the error: `advice`, then what the field takes."""
        return _refusal(self.token, *advice, f"{self.spec.name}: takes {self.spec.expects}; e.g. {self.spec.example}")


def parse_query(query: str | Sequence[str]) -> Query:
    """Return `query` read; raise QueryError where it cannot be, and nothing else.

    A sequence is what a shell hands over, quotes eaten: an item with spaces is a phrase, and country:Burkina Faso is
    one value. An item that holds a quote, or another field after a space, is read as a query of its own.
    """
    tokens = tuple(_tokens(query))
    terms: list[Term] = []
    order: list[Order] = []
    limits: list[int] = []
    for token in tokens:
        part = _read_part(token)
        if isinstance(part, WordsTerm):
            terms.append(part)
        elif part.spec.kind == "order":
            order += (Order(_word(value.removeprefix("-"), part), value.startswith("-")) for value in _values(part))
        elif part.spec.kind == "limit":
            limits.append(_number(part))
        else:
            terms.append(_READERS.get(part.spec.kind, _read_text)(part))
    if len(limits) > 1:
        raise QueryError("the query holds limit: twice", "give it once")
    if sum(len(term.values) if isinstance(term, TextTerm) else 1 for term in terms) + len(order) > MAX_PARTS:
        raise QueryError("the query is too long", f"a query holds at most {MAX_PARTS} terms and values; split it")
    return Query(" ".join(tokens), tuple(terms), tuple(order), sum(limits) or None, limits == [0])


def render(query: Query) -> str:
    """Return the query in its canonical spelling; parse_query reads the same terms from it."""
    return str(query)


def describe(query: Query) -> str:
    """Return the query in English, e.g. "events in country MLI, with killed of at least 20, not matching 'convoy'"."""
    parts = []
    for term in query.terms:
        words = term.english()
        if term.negated:
            words = f"without {words.removeprefix('with ')}" if words.startswith("with ") else f"not {words}"
        parts.append(words)
    if query.order:
        parts.append(FIELDS["order"].english.format(", then ".join(key.english() for key in query.order)))
    if query.limit:
        parts.append(FIELDS["limit"].english.format(query.limit))
    lead = "events " if query.terms else "all events, " if parts else "all events"
    return lead + ", ".join(parts)


def _tokens(query: str | Sequence[str]) -> Iterator[str]:
    for item in (query,) if isinstance(query, str) else query:
        text = " ".join(item.split())
        for character in text:
            if unicodedata.category(character) in ("Cc", "Cs"):
                raise _refusal(character, "a query cannot hold control characters or broken text")
        yield from _TOKEN.findall(text if isinstance(query, str) else _requote(text))


def _requote(item: str) -> str:
    """Return one shell argument with the quotes that the shell ate put back.

    In country:Burkina Faso,MLI the comma divides; in place:Timbuktu, Mali the comma, with a space after it, does not.
    """
    first, *rest = item.split(" ")
    if '"' in item or not rest or any(map(_looks_like_field, rest)):
        return item
    sign, body = ("-", item[1:]) if item.startswith("-") else ("", item)
    match = _FIELD.fullmatch(body)
    if match is None or not _looks_like_field(first):
        return sign + quote(body)
    spec = FIELDS.get(match["name"].lower())
    if spec is None or spec.kind not in ("text", "choice", "near"):
        return item
    values = [match["raw"]] if spec.kind == "near" else re.split(r",(?! )", match["raw"])
    return f"{sign}{match['name']}{match['op']}{','.join(map(quote, values))}"


def _looks_like_field(word: str) -> bool:
    match = _FIELD.fullmatch(word.removeprefix("-"))
    return match is not None and (match["name"].lower() in FIELDS or (match["name"].isalpha() and match["raw"] != ""))


def _read_part(token: str) -> _Part | WordsTerm:
    negated = token.startswith("-")
    body = token[negated:]
    if body.startswith("-") or not body:
        raise _refusal(token, 'one - stands before the term that it negates: -country:MLI, -"tank truck"')
    match = _FIELD.fullmatch(body)
    if match is None:
        return WordsTerm(_clean(body, token), body.startswith('"'), negated)
    spec = FIELDS.get(match["name"].lower())
    if spec is None:
        raise _unknown_field(token, match["name"])
    part = _Part(token, negated, spec, _OPS[match["op"]], match["raw"])
    if negated and spec.level == "both":
        raise part.refused("it cannot be negated")
    if not part.raw and not (spec.kind == "count" and match["op"] == ":"):
        raise part.refused(f"nothing stands after {match['op']}; write no space there")
    if part.op != "=" and spec.kind != "count":
        raise part.refused("only counts are compared; a colon stands here")
    return part


def _read_text(part: _Part) -> TextTerm:
    return TextTerm(part.spec.name, tuple(_word(value, part) for value in _values(part)), part.negated)


def _word(value: str, part: _Part) -> str:
    """Return a word of the field's vocabulary in its own spelling; in a text field other words pass as they are."""
    word = re.sub("[- ]", "_", value.lower())
    if word in part.spec.choices:
        return word
    if part.spec.kind == "text" or (part.spec.kind == "side" and re.fullmatch("[1-9][0-9]{0,2}", value)):
        return value
    raise part.refused(*_did_you_mean(word, part.spec.choices))


def _read_count(part: _Part) -> CountTerm:
    if not part.raw:
        return CountTerm(part.spec.name, "any", None, part.negated)
    return CountTerm(part.spec.name, part.op, _number(part), part.negated)


def _read_date(part: _Part) -> DateTerm:
    """Read EDTF, or two dates with .. between, of which one may be missing: EDTF writes 2019-03.. as 2019-03/.. ."""
    from conflictdb.domain.edtf import EdtfError, parse_edtf

    text = _clean(part.raw, part.token)
    first, dots, last = text.partition("..")
    if dots and "/" not in text:
        text = f"{first or '..'}/{last or '..'}"
    try:
        date = parse_edtf(text)
    except EdtfError as error:
        raise part.refused(_shown(str(error), 200)) from error
    return DateTerm(date.first_day, date.last_day, part.negated, date.text)


def _read_near(part: _Part) -> NearTerm:
    match = _NEAR.fullmatch(_clean(part.raw, part.token))
    if match is None:
        raise part.refused()
    latitude, longitude, radius = (float(number) for number in match.groups()[:3])
    km = radius * KM_PER_MILE if (match[4] or "").lower() == "mi" else radius
    if abs(latitude) > 90 or abs(longitude) > 180 or not 0 < km <= MAX_KM:
        raise part.refused()
    return NearTerm(latitude, longitude, km, part.negated)


_READERS: dict[Kind, Callable[[_Part], Term]] = {
    "date": _read_date,
    "count": _read_count,
    "near": _read_near,
}  # all others are read as text


def _values(part: _Part) -> list[str]:
    """Return what stands after the field, divided at the commas outside quotes; NUL, refused above, marks them."""
    marked = _COMMA.sub(lambda match: "\0" if match[0] == "," else match[0], part.raw)
    return [_clean(value, part.token) for value in marked.split("\0")]


def _number(part: _Part) -> int:
    digits = _clean(part.raw, part.token).lstrip("0") or "0"
    if not re.fullmatch("[0-9]{1,10}", digits) or int(digits) > MAX_NUMBER:
        raise part.refused()
    return int(digits)


def _clean(value: str, token: str) -> str:
    """Return a value without its quotes; refuse one that is empty, or that would match everything."""
    if _WHOLE_QUOTED.fullmatch(value):
        value = re.sub(r'\\(["\\])', r"\1", value[1:-1]).strip()
    elif _UNCLOSED.fullmatch(value):
        raise _refusal(token, "a quote is opened and never closed")
    elif '"' in value:
        raise _refusal(token, 'quotes stand around a whole value: "free text", country:"Burkina Faso"')
    if not fold(value):
        why = "holds no letters or digits" if value else "is empty; no space stands after a colon or comma"
        raise _refusal(token, f"a value {why}")
    return value


def _refusal(token: str, *advice: str) -> QueryError:
    return QueryError(f'cannot read "{_shown(token)}" in the query', *advice)


def _shown(text: str, most: int = 80) -> str:
    """Return a text of the user's fit for a message: one line, nothing unprintable, not too long."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def _unknown_field(token: str, name: str) -> QueryError:
    return _refusal(
        token,
        f'there is no field "{_shown(name)}"'
        if name
        else "a field stands before the sign, without a space: killed>=20",
        *_did_you_mean(name.lower(), tuple(FIELDS)),
        f"the fields are {', '.join(FIELDS)}",
        "text with :, <, > or = in it stands in quotes, which a shell needs to see quoted too: '\"http://...\"'",
    )


def _did_you_mean(word: str, known: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"did you mean {name}?" for name in nearest_names(word, known, limit=1))
