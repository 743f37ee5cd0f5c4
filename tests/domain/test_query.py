"""The query grammar: every field read, written back, read out in English, and refused with advice."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.domain.query import MAX_KM, MAX_NUMBER, MAX_PARTS, Query, describe, parse_query, render
from conflictdb.domain.query_fields import (
    COUNT_ENGLISH,
    COUNT_METRICS,
    FIELDS,
    ORDER_FIELDS,
    CountTerm,
    DateTerm,
    NearTerm,
    Order,
    Term,
    TextTerm,
    WordsTerm,
)
from conflictdb.errors import QueryError


def day(year: int, month: int, number: int) -> int:
    return date(year, month, number).toordinal()


TERMS: list[tuple[str, Term]] = [
    ("COUNTRY=MLI", TextTerm("country", ("MLI",))),
    ('country:"Burkina Faso",MLI', TextTerm("country", ("Burkina Faso", "MLI"))),
    ('place:"Timbuktu, Mali"', TextTerm("place", ("Timbuktu, Mali",))),
    ('-country:"  Burkina \n Faso "', TextTerm("country", ("Burkina Faso",), True)),
    ("source:https://un.org/a?b=c", TextTerm("source", ("https://un.org/a?b=c",))),
    ("type:State-Based", TextTerm("type", ("state_based",))),
    ('type:"Tank ambush",battle', TextTerm("type", ("Tank ambush", "battle"))),
    ('stake:"own side",ADVERSARY', TextTerm("stake", ("own_side", "adversary"))),
    ("side:1,Attacker", TextTerm("side", ("1", "attacker"))),
    ("killed>=20", CountTerm("killed", ">=", 20)),
    ("killed≥20", CountTerm("killed", ">=", 20)),
    ("Wounded<=5", CountTerm("wounded", "<=", 5)),
    ("-missing>0", CountTerm("missing", ">", 0, True)),
    ("wounded=017", CountTerm("wounded", "=", 17)),
    ("wounded:17", CountTerm("wounded", "=", 17)),
    ("wounded:", CountTerm("wounded", "any", None)),
    (f"strength:{MAX_NUMBER}", CountTerm("strength", "=", MAX_NUMBER)),
    ("date:2019-03", DateTerm(day(2019, 3, 1), day(2019, 3, 31), False, "2019-03")),
    ("date:2019-03..2019-05", DateTerm(day(2019, 3, 1), day(2019, 5, 31), False, "2019-03/2019-05")),
    ("date:2019-03-17/2019-03-18", DateTerm(day(2019, 3, 17), day(2019, 3, 18), False, "2019-03-17/2019-03-18")),
    ("date:2019-03..", DateTerm(day(2019, 3, 1), None, False, "2019-03/..")),
    ("-date:..2019-05", DateTerm(None, day(2019, 5, 31), True, "../2019-05")),
    # In whole 400-year spans (146,097 days) the years of AD 311 are those of 490 BC two spans before.
    ("date:-0489", DateTerm(day(311, 1, 1) - 2 * 146_097, day(311, 12, 31) - 2 * 146_097, False, "-0489")),
    ("near:14.6,-5.3,50", NearTerm(14.6, -5.3, 50.0)),
    ('near:"14.6, -5.3, 10 MI"', NearTerm(14.6, -5.3, 16.09344)),
    ("-near:-90,180,0.5km", NearTerm(-90.0, 180.0, 0.5, True)),
    ("raid", WordsTerm("raid", False)),
    ('-"tank truck"', WordsTerm("tank truck", True, True)),
    ('"http://x"', WordsTerm("http://x", True)),
    (r'"say \"no\" \\ \n"', WordsTerm(r'say "no" \ \n', True)),
    ("كوفا", WordsTerm("كوفا", False)),
]


@pytest.mark.parametrize(("text", "term"), TERMS, ids=[text for text, _ in TERMS])
def test_a_term_is_read_and_written_back(text: str, term: Term) -> None:
    query = parse_query(text)
    assert query.terms == (term,)
    assert parse_query(render(query)).terms == (term,)
    assert parse_query(query.text).terms == (term,)


def test_every_field_reads_its_own_example() -> None:
    for name, spec in FIELDS.items():
        query = parse_query(spec.example)
        assert (name, spec.name, render(query)) == (name, name, spec.example)
        assert spec.doc.endswith(".")


def test_fields_are_those_of_the_grammar() -> None:
    assert " ".join(FIELDS) == (
        "event country admin1 place conflict dyad actor commander dataset native type claimant source subject stake "
        "metric status side killed wounded missing captured deserted displaced casualties materiel strength date near "
        "order limit"
    )


SHELL: list[tuple[list[str], str]] = [
    (["country:MLI", "free text"], 'country:MLI "free text"'),
    (["-tank truck", ""], '-"tank truck"'),
    (["country:Burkina Faso"], 'country:"Burkina Faso"'),
    (["-country:Burkina Faso,MLI"], '-country:"Burkina Faso",MLI'),
    (["place:Timbuktu, Mali"], 'place:"Timbuktu, Mali"'),
    (["near:14.6, -5.3, 50 km"], "near:14.6,-5.3,50km"),
    (["country:MLI killed>=20 raid"], "country:MLI killed>=20 raid"),
    (["raid country:MLI"], "raid country:MLI"),
    (["date:2019-03 raid"], "date:2019-03 raid"),
    (['"free text" country:"Burkina Faso"'], '"free text" country:"Burkina Faso"'),
    (["tank truck: a history, at 12:30"], '"tank truck: a history, at 12:30"'),
    (["order:-killed", "limit:20"], "order:-killed limit:20"),
]


@pytest.mark.parametrize(("items", "canonical"), SHELL, ids=[canonical for _, canonical in SHELL])
def test_a_shell_that_eats_quotes_changes_nothing(items: list[str], canonical: str) -> None:
    assert render(parse_query(items)) == canonical
    assert render(parse_query(canonical)) == canonical


def test_order_and_limit_stand_beside_the_terms() -> None:
    query = parse_query("order:date,-killed raid order:Name limit:20")
    order = (Order("date"), Order("killed", True), Order("name"))
    assert query == Query("order:date,-killed raid order:Name limit:20", (WordsTerm("raid", False),), order, 20)
    assert render(query) == "raid order:date order:-killed order:name limit:20"


@pytest.mark.parametrize("empty", ["", "  \n", [], [""], (" ", "")], ids=repr)
def test_an_empty_query_lets_everything_through(empty: str | list[str]) -> None:
    query = parse_query(empty)
    assert (query, query.is_empty, render(query), describe(query)) == (Query(""), True, "", "all events")


def test_no_limit_given_is_not_no_limit() -> None:
    read = {text: parse_query(text) for text in ("raid", "limit:0", "limit:7")}
    assert [(query.limit, query.unlimited) for query in read.values()] == [(None, False), (None, True), (7, False)]


def test_split_parts_events_from_claims() -> None:
    events, claims = parse_query("claimant:UN country:MLI killed>=20 raid side:1 dataset:ucdp stake:adversary").split()
    assert [str(term) for term in events] == ["country:MLI", "killed>=20", "raid", "dataset:ucdp"]
    assert [str(term) for term in claims] == ["claimant:UN", "side:1", "stake:adversary"]
    assert {name for name, spec in FIELDS.items() if spec.level == "claim"} == {
        *("claimant", "source", "subject", "stake", "metric", "status", "side")
    }
    assert {name for name, spec in FIELDS.items() if spec.level == "both"} == {"order", "limit"}


ENGLISH = [
    ("country:MLI killed>=20 -raid", "events in country MLI, with killed of at least 20, not matching 'raid'"),
    ('date:2019-03 -"tank truck"', "events in March 2019, not matching 'tank truck'"),
    ("wounded: -missing:", "events with any figure for wounded, without any figure for missing"),
    ("killed<=5 killed=3", "events with killed of at most 5, with killed of exactly 3"),
    ("-killed>5 materiel<2", "events without killed of more than 5, with materiel of fewer than 2"),
    ("date:2019-03-17 -date:2018", "events on 17 March 2019, not in 2018"),
    ("date:2019-03.. date:..2019-05", "events from March 2019, until May 2019"),
    ("date:2019-03-17/2019-03-18", "events during 17–18 March 2019"),
    ("date:-0489", "events in 490 BC"),
    ("near:14.6,-5.3,50km", "events within 50 km of 14.6, -5.3"),
    ("claimant:UN stake:third-party side:1,2", "events claimed by UN, with stake third_party, for side 1 or 2"),
    ("raid order:-killed order:date", "events matching 'raid', ordered by killed (descending), then date"),
    ("order:date limit:20", "all events, ordered by date, at most 20"),
]


@pytest.mark.parametrize(("text", "english"), ENGLISH, ids=[text for text, _ in ENGLISH])
def test_a_query_reads_out_in_english(text: str, english: str) -> None:
    assert describe(parse_query(text)) == english


def takes(field: str) -> str:
    return f"{field}: takes {FIELDS[field].expects}; e.g. {FIELDS[field].example}"


def test_what_a_field_takes_is_said_in_english() -> None:
    counts = "a whole number without separators after >=, <=, =, > or <, or nothing after a colon for any figure"
    assert takes("killed") == f"killed: takes {counts}; e.g. killed>=20"
    assert takes("status") == "status: takes one of provisional, unconfirmed, revised, final; e.g. status:revised"
    assert takes("side") == "side: takes a side's number (1, 2, ...), attacker or defender; e.g. side:1"


UNREADABLE = (
    "killed>=many killed>=1,000 wounded:-3 killed:٣ killed>2147483648 stake:7 side:0 side:us limit:-1 limit:many "
    "near:91,0,1km near:0,-181,1km near:0,0,0km near:0,0,99999mi near:1.2.3,0,1km near:Dioura"
)
WHOLE = 'quotes stand around a whole value: "free text", country:"Burkina Faso"'
EMPTY = "a value is empty; no space stands after a colon or comma"
ONE_SIGN = 'one - stands before the term that it negates: -country:MLI, -"tank truck"'
UNCLOSED = "a quote is opened and never closed"
UNKNOWN = (
    f"the fields are {', '.join(FIELDS)}",
    "text with :, <, > or = in it stands in quotes, which a shell needs to see quoted too: '\"http://...\"'",
)
CONTROL = "a query cannot hold control characters or broken text"

REFUSED: list[tuple[str, str, tuple[str, ...]]] = [
    *((text, text, (takes(re.split("[:>]", text)[0]),)) for text in UNREADABLE.split()),
    ("killed>=", "killed>=", ("nothing stands after >=; write no space there", takes("killed"))),
    ("country: MLI", "country:", ("nothing stands after :; write no space there", takes("country"))),
    ("country>=MLI", "country>=MLI", ("only counts are compared; a colon stands here", takes("country"))),
    ("country:MLI, NER", "country:MLI,", (EMPTY,)),
    ('raid ""', '""', (EMPTY,)),
    ("country:???", "country:???", ("a value holds no letters or digits",)),
    ("stake:own-sid", "stake:own-sid", ("did you mean own_side?", takes("stake"))),
    ("order:kiled", "order:kiled", ("did you mean killed?", takes("order"))),
    ("-order:date", "-order:date", ("it cannot be negated", takes("order"))),
    ('"free text', '"free text', (UNCLOSED,)),
    ('actor:"free text', 'actor:"free text', (UNCLOSED,)),
    (r'-"a\"', r'-"a\"', (UNCLOSED,)),
    ('Jama"at Nusrat"', 'Jama"at Nusrat"', (WHOLE,)),
    ('"a""b"', '"a""b"', (WHOLE,)),
    ("-", "-", (ONE_SIGN,)),
    ("--raid", "--raid", (ONE_SIGN,)),
    ("a\0b", "\\x00", (CONTROL,)),
    ("a\ud800b", "\\ud800", (CONTROL,)),
    ("contry:MLI", "contry:MLI", ('there is no field "contry"', "did you mean country?", *UNKNOWN)),
    ("killed!=20", "killed!=20", ('there is no field "killed!"', "did you mean killed?", *UNKNOWN)),
    ("http://x", "http://x", ('there is no field "http"', *UNKNOWN)),
    ("killed >= 20", ">=", ("a field stands before the sign, without a space: killed>=20", *UNKNOWN)),
    ("killed>=" + "9" * 10_000, f"killed>={'9' * 71}…", (takes("killed"),)),
]


@pytest.mark.parametrize(("text", "token", "advice"), REFUSED, ids=[ascii(text)[:20] for text, _, _ in REFUSED])
def test_what_cannot_be_read_is_refused_with_advice(text: str, token: str, advice: tuple[str, ...]) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(text)
    assert (caught.value.what, caught.value.advice) == (f'cannot read "{token}" in the query', advice)


@pytest.mark.parametrize("value", ["17/03/2019", "2019-13", "2019-05..2019-03", "a..b..c", "2019,2020", "2019...2020"])
def test_a_date_is_refused_in_the_words_of_the_date_reader(value: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(f"date:{value}")
    why, expected = caught.value.advice
    assert caught.value.what == f'cannot read "date:{value}" in the query'
    assert ("is not an EDTF date" in why, expected) == (True, takes("date"))


def test_a_misspelt_field_in_a_shell_argument_is_no_phrase() -> None:
    for items in (["contry:Burkina Faso"], ["raid contry:MLI"]):
        with pytest.raises(QueryError, match="contry"):
            parse_query(items)


def test_a_date_made_of_days_writes_itself() -> None:
    term = DateTerm(None, day(2019, 3, 31))
    assert (str(term), parse_query(str(term)).terms) == ("date:../2019-03-31", (term,))


TOO_MUCH = {
    "limit:5 limit:6": "the query holds limit: twice",
    "raid " * (MAX_PARTS + 1): "the query is too long",
    "country:" + ",".join(["MLI"] * (MAX_PARTS + 1)): "the query is too long",
}


@pytest.mark.parametrize(("text", "what"), TOO_MUCH.items(), ids=["limits", "terms", "values"])
def test_a_query_can_hold_too_much(text: str, what: str) -> None:
    with pytest.raises(QueryError, match=what):
        parse_query(text)
    parse_query(text.removesuffix("raid ").removesuffix(",MLI").removesuffix("limit:6"))


signs = st.sampled_from([*'":,-<>=≥≤.\\/ \n\0[]{}~?', "..", ">=", "km"])
words = st.sampled_from([*FIELDS, *ORDER_FIELDS, "MLI", "own-side", "2019-03", "-0489", "14.6", "Y12345", "كوفا"])
grammatical = st.lists(signs | words | st.text(max_size=3), max_size=12).map("".join)
texts = st.text() | grammatical | st.text(st.characters(categories=["Cc", "Cs", "Zs", "Po"]))


@given(texts | texts.map(lambda text: f"date:{text}") | st.lists(texts, max_size=4))
def test_any_text_and_any_arguments_are_read_or_refused(query: str | list[str]) -> None:
    """Read a query; where it can be read, it is written back and read out too."""
    try:
        read = parse_query(query)
    except QueryError as error:
        assert str(error).replace("\n", "").isprintable()
        return
    again = parse_query(render(read))
    assert again == replace(read, text=again.text)
    assert parse_query(read.text) == read
    assert describe(again) == describe(read)


printable = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12)
values = st.builds(lambda text: " ".join(f"x{text}".split()), printable)
fields = st.sampled_from([name for name, spec in FIELDS.items() if spec.kind == "text" and not spec.choices])
metrics, signs_of_count = st.sampled_from(COUNT_METRICS), st.sampled_from([op for op in COUNT_ENGLISH if op != "any"])
radii = st.floats(0, MAX_KM, exclude_min=True)
terms = st.one_of(
    st.builds(TextTerm, fields, st.lists(values, min_size=1, max_size=3).map(tuple), st.booleans()),
    st.builds(CountTerm, metrics, signs_of_count, st.integers(0, MAX_NUMBER), st.booleans()),
    st.builds(CountTerm, metrics, st.just("any"), st.none(), st.booleans()),
    st.builds(NearTerm, st.floats(-90, 90), st.floats(-180, 180), radii, st.booleans()),
    st.builds(WordsTerm, values, st.just(True), st.booleans()),
    st.sampled_from([term for _, term in TERMS]),
)
orders = st.builds(Order, st.sampled_from(ORDER_FIELDS), st.booleans())


@given(st.lists(terms, max_size=6), st.lists(orders, max_size=3), st.none() | st.integers(1, MAX_NUMBER))
def test_what_is_written_is_read_back(terms: list[Term], order: list[Order], limit: int | None) -> None:
    written = str(Query("", tuple(terms), tuple(order), limit))
    assert parse_query(written) == Query(written, tuple(terms), tuple(order), limit)
