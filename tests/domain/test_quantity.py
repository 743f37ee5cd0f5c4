"""Quantities and figures: every rule of the grammar, every refusal and its message, and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.domain.figures import FIGURE_EXAMPLES, Figure, read_figures
from conflictdb.domain.quantity import EXAMPLES, Quantity, QuantityError, parse_quantity
from conflictdb.domain.quantity_words import speak_quantity
from conflictdb.domain.vocabulary import Item, ItemFate, Metric, Qualifier

E, V, A, R = Qualifier.EXACT, Qualifier.VAGUE, Qualifier.APPROXIMATE, Qualifier.RANGE
LIMIT = 10**12

# Texts (apart by |) that are read alike: lower, upper, qualifier. The wording is always the text.
RULES: list[tuple[str, int | None, int | None, Qualifier]] = [
    ("26 | 026 | twenty-six | Twenty six", 26, 26, E),
    ("0 | none | None | no | zero | nil | nobody", 0, 0, E),
    ("one", 1, 1, E),
    ("nineteen", 19, 19, E),
    ("ninety-nine", 99, 99, E),
    ("two hundred | 2 hundred", 200, 200, E),
    ("150 | one hundred and fifty | one hundred fifty | a hundred and fifty", 150, 150, E),
    ("1,500 | 1.500 | 1 500 | one thousand five hundred | fifteen hundred", 1500, 1500, E),
    ("1,500,000 | 1.500.000 | 1.5 million | one million five hundred thousand", 1_500_000, 1_500_000, E),
    ("over 20 | Over 20 | more than 20 | >20 | > 20 | over twenty", 21, None, Qualifier.MORE_THAN),
    ("over a dozen", 13, None, Qualifier.MORE_THAN),
    ("at least 20 | 20+ | 20 + | no fewer than 20 | no less than 20", 20, None, Qualifier.AT_LEAST),
    (">=20 | ≥ 20 | 20 or more | at least 20+ | about 20 or more", 20, None, Qualifier.AT_LEAST),
    ("25-82+ | 25–82+ | ~25-82+ | at least 25-82", 25, None, Qualifier.OPEN_RANGE),
    ("up to 50 | at most 50 | 50 or fewer | 50 or less | <=50 | no more than 50", None, 50, Qualifier.AT_MOST),
    ("as many as 50 | up to about 50", None, 50, Qualifier.AT_MOST),
    ("fewer than 100 | less than 100 | <100 | under 100", None, 99, Qualifier.LESS_THAN),
    ("<1", None, 0, Qualifier.LESS_THAN),
    ("30-40 | 30–40 | 30 — 40 | 30 to 40 | between 30 and 40 | from 30 to 40 | thirty to forty", 30, 40, R),
    ("~30-40 | about 30 to 40", 30, 40, R),
    ("30-30", 30, 30, R),
    ("9,000 - 10,000", 9000, 10_000, R),
    ("140–2,000", 140, 2000, R),
    ("fifty to one hundred", 50, 100, R),
    ("between one hundred and fifty and two hundred", 150, 200, R),
    ("~100 | ≈100 | about 100 | around 100 | circa 100 | c. 100 | c.100 | approximately 100", 100, 100, A),
    ("some 100 | nearly 100 | almost 100 | roughly 100 | 100 or so | 100 (estimated)", 100, 100, A),
    ("a hundred | about a hundred", 100, 100, A),
    ("a dozen | dozen | one dozen", 12, 12, A),
    ("two dozen | 2 dozen", 24, 24, A),
    ("half a dozen | half-dozen", 6, 6, A),
    ("several dozen | Several hundred | dozens | hundreds | tens of thousands | many | a few", None, None, V),
    ("several | unspecified number | an unknown number | some | at least several dozen", None, None, V),
    ("0 or unknown", 0, 0, Qualifier.ZERO_OR_UNKNOWN),
]
READ = {text: rule[1:] for rule in RULES for text in rule[0].split(" | ")}


@pytest.mark.parametrize(("text", "expected"), READ.items(), ids=READ)
def test_read(text: str, expected: tuple[int | None, int | None, Qualifier]) -> None:
    assert parse_quantity(text) == Quantity(*expected, text)


def test_the_wording_is_the_text_with_its_spaces_collapsed() -> None:
    assert parse_quantity("\t At  least\n20 ") == Quantity(20, None, Qualifier.AT_LEAST, "At least 20")
    assert parse_quantity("1\u202f500 000") == parse_quantity("1\u00a0500\u2009000")
    assert parse_quantity(26) == Quantity(26, 26, E, "26")


UNKNOWN = "unknown is no claim, leave it out"
FRACTION = 'a fraction of a person is no count; thousands are grouped by three, as in "1,500" or "1.500"'
NO_NUMBER = "it is no number, nor words known for one"
REFUSED: list[tuple[object, str]] = [
    *((text, UNKNOWN) for text in ("unknown", "Unknown", "?", "n/a", "", "–", "nan", "not stated")),
    *((text, FRACTION) for text in ("15.5", "3.5", "26.0", ".5", "1,50", "1.5000", "1,500.00", "over 15.5", "2.5-3")),
    *((text, "a count is never negative") for text in ("-5", "−5", "- 5", "over -5")),
    *((text, NO_NUMBER) for text in ("1e308", "inf", "½", "٢٦", "twenty twenty", "1.500 million", "26 killed", "over")),
    *(
        (text, "a figure above 1,000,000,000,000 is a slip")
        for text in (str(LIMIT + 1), "9" * 50, "1-9,000,000,000,000")
    ),
    *((text, "the range runs backwards") for text in ("40-30", "between 40 and 30")),
    *((text, "write both ends of the range in full") for text in ("two to three hundred", "5-10,000", "2-3 million")),
    *((text, "it says two things at once") for text in ("over at most 20", "over 20+", "up to 20 or more")),
    *((text, "a range has its own bounds; write the range alone") for text in ("over 30-40", "up to 30-40")),
    ("<0", "nothing is fewer than none"),
]
NOT_INTEGERS: list[tuple[object, str]] = [
    *((value, "it is no whole number") for value in (True, False, 15.5, 26.0, float("nan"), None)),
    *((value, "a count is 0 to 1,000,000,000,000") for value in (-5, LIMIT + 1)),
]


@pytest.mark.parametrize(
    ("value", "why"), REFUSED + NOT_INTEGERS, ids=[repr(case[0]) for case in REFUSED + NOT_INTEGERS]
)
def test_refused(value: object, why: str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_quantity(value)  # type: ignore[arg-type]
    assert str(caught.value) == f'"{value}" cannot be read as a quantity: {why}; {EXAMPLES}'


HUGE: list[int | str] = [10**6000, -(10**6000), "9" * 6000, "~" * 100_000, "1" + "+" * 100_000, "a" * 10**6]


@pytest.mark.parametrize("value", HUGE, ids=["integer", "negative", "digits", "prefixes", "suffixes", "letters"])
def test_what_is_far_too_long_is_refused_at_once(value: int | str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_quantity(value)
    assert len(str(caught.value)) < 300


# lower, upper, qualifier, wording: words
SPOKEN = [
    (26, 26, E, None, "26"),
    (0, 0, E, None, "0"),
    (0, 0, E, "0", "0"),
    (0, 0, E, "None", "none"),
    (0, 0, E, "nil", "none"),
    (1500, 1500, E, "1.500", "1,500"),
    (21, None, Qualifier.MORE_THAN, "more than 20", "over 20"),
    (20, None, Qualifier.AT_LEAST, "20+", "20 or more"),
    (25, None, Qualifier.OPEN_RANGE, "25-82+", "25 or more"),
    (None, 50, Qualifier.AT_MOST, None, "up to 50"),
    (None, 99, Qualifier.LESS_THAN, "<100", "fewer than 100"),
    (30, 40, R, None, "30–40"),
    (30, 30, R, None, "30–30"),
    (140, 2000, R, None, "140–2,000"),
    (5, 10_000, R, None, "5–10000"),
    (100, 100, A, "about 100", "~100"),
    (30, 40, A, None, "~30–40"),
    (None, None, V, "several dozen", "several dozen"),
    (None, None, V, None, "some"),
    (0, 0, Qualifier.ZERO_OR_UNKNOWN, "0", "0 or unknown"),
]


@pytest.mark.parametrize(("lower", "upper", "qualifier", "wording", "words"), SPOKEN, ids=[case[-1] for case in SPOKEN])
def test_spoken(lower: int | None, upper: int | None, qualifier: Qualifier, wording: str | None, words: str) -> None:
    assert speak_quantity(lower, upper, qualifier, wording) == words


counts = st.integers(0, LIMIT)


@given(counts)
def test_any_count_round_trips(count: int) -> None:
    for value in (count, str(count), f"{count:,}", f"{count:,}".replace(",", ".")):
        assert parse_quantity(value) == Quantity(count, count, E, str(value))


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    lower, upper = sorted((draw(counts), draw(counts)))
    bounds: dict[Qualifier, tuple[int | None, int | None]] = {
        **{E: (lower, lower), A: (upper, upper), R: (lower, upper), Qualifier.ZERO_OR_UNKNOWN: (0, 0)},
        **{Qualifier.AT_LEAST: (lower, None), Qualifier.MORE_THAN: (lower + 1, None)},
        **{Qualifier.AT_MOST: (None, upper), Qualifier.LESS_THAN: (None, max(upper - 1, 0))},
    }
    qualifier = draw(st.sampled_from(sorted(bounds)))
    return Quantity(*bounds[qualifier], qualifier, "")


@given(quantities())
def test_what_is_spoken_reads_the_same(quantity: Quantity) -> None:
    words = speak_quantity(quantity.lower, quantity.upper, quantity.qualifier)
    assert parse_quantity(words) == Quantity(quantity.lower, quantity.upper, quantity.qualifier, words)


words = st.lists(
    st.sampled_from(
        [*READ, "killed", "wounded", "vehicles", "captured", "men", "and", ",", ";", "-", "to", "of", "a", "15.5"]
    )
)


@given(st.text() | words.map(" ".join))
def test_nothing_but_a_quantity_error_is_raised_and_bounds_are_in_order(text: str) -> None:
    for read in (lambda: [parse_quantity(text)], lambda: [figure.quantity for figure in read_figures(text)]):
        try:
            found = read()
        except QuantityError:
            continue
        for quantity in found:
            assert quantity.lower is None or quantity.upper is None or 0 <= quantity.lower <= quantity.upper
            assert (quantity.lower is None and quantity.upper is None) == (quantity.qualifier is V)


def people(wording: str, metric: Metric, group: str | None = None) -> Figure:
    return Figure(metric, parse_quantity(wording), None, None, group)


def things(wording: str, item: Item, fate: ItemFate, group: str | None = None) -> Figure:
    return Figure(Metric.MATERIEL, parse_quantity(wording), item, fate, group)


VEHICLE, DESTROYED, CAPTURED = Item.VEHICLE, ItemFate.DESTROYED, ItemFate.CAPTURED
FIGURES = {
    "26 killed": [people("26", Metric.KILLED)],
    "26 people have been killed.": [people("26", Metric.KILLED)],
    "17 injured": [people("17", Metric.WOUNDED)],
    "twenty missing": [people("twenty", Metric.MISSING)],
    "20 more missing": [people("20", Metric.MISSING)],
    "none captured": [people("none", Metric.CAPTURED)],
    "500 prisoners of war": [people("500", Metric.CAPTURED)],
    "42,000 deserted": [people("42,000", Metric.DESERTED)],
    "40,000 to 50,000 civilians displaced": [people("40,000 to 50,000", Metric.DISPLACED, "civilians")],
    "no losses": [people("no", Metric.CASUALTIES)],
    "150 killed or wounded": [people("150", Metric.CASUALTIES)],
    "150 dead and injured": [people("150", Metric.CASUALTIES)],
    "100 fighters deployed": [people("100", Metric.PERSONS)],
    "4 soldiers killed": [people("4", Metric.KILLED)],
    "3 officers killed": [people("3", Metric.KILLED, "officers")],
    "2 dead Officers": [people("2", Metric.KILLED, "Officers")],
    "Dozens of the villagers slain": [people("Dozens", Metric.KILLED, "villagers")],
    "5 tank crews killed": [people("5", Metric.KILLED, "tank crews")],
    "3 hostages killed": [people("3", Metric.KILLED, "hostages")],
    "over 20 killed and 17 wounded": [people("over 20", Metric.KILLED), people("17", Metric.WOUNDED)],
    "26 dead; 17 WIA\n3 POWs": [
        people("26", Metric.KILLED),
        people("17", Metric.WOUNDED),
        people("3", Metric.CAPTURED),
    ],
    "1,500 killed,20 hurt, and 3 MIA": [
        *(people("1,500", Metric.KILLED), people("20", Metric.WOUNDED), people("3", Metric.MISSING)),
    ],
    "between 30 and 40 killed and one hundred and fifty hurt": [
        *(people("between 30 and 40", Metric.KILLED), people("one hundred and fifty", Metric.WOUNDED)),
    ],
    "8 vehicles burned, 8 vehicles captured": [things("8", VEHICLE, DESTROYED), things("8", VEHICLE, CAPTURED)],
    "8 pickups burned, 3 damaged": [
        *(things("8", VEHICLE, DESTROYED, "pickups"), things("3", VEHICLE, ItemFate.DAMAGED, "pickups")),
    ],
    "several tank trucks set alight": [things("several", VEHICLE, DESTROYED, "tank trucks")],
    "12 armoured vehicles captured": [things("12", VEHICLE, CAPTURED, "armoured vehicles")],
    "5 T-72 tanks blown up": [things("5", VEHICLE, DESTROYED, "T-72 tanks")],
    "3 captured buses": [things("3", VEHICLE, CAPTURED, "buses")],
    "2 helicopters shot down": [things("2", Item.AIRCRAFT, DESTROYED, "helicopters")],
    "no aircraft lost": [things("no", Item.AIRCRAFT, ItemFate.LOST)],
    "19 ships of the line sunk": [things("19", Item.VESSEL, DESTROYED, "ships of the line")],
    "50+ horse-carriers present": [things("50+", Item.VESSEL, ItemFate.PRESENT, "horse-carriers")],
    "some weapons seized": [things("some", Item.WEAPON, CAPTURED)],
    "a cache of weapons captured": [
        Figure(Metric.MATERIEL, Quantity(None, None, V, "a cache"), Item.WEAPON, CAPTURED, None)
    ],
    "a howitzer captured": [Figure(Metric.MATERIEL, Quantity(1, 1, E, "a"), Item.WEAPON, CAPTURED, "howitzer")],
}


@pytest.mark.parametrize(("text", "figures"), FIGURES.items(), ids=FIGURES)
def test_figures(text: str, figures: list[Figure]) -> None:
    assert read_figures(text) == figures


FATES = "say what became of them: destroyed, captured, damaged, lost, present"
UNREAD = [
    ("26", '"26"', "say of what, and what became of it"),
    ("26 kiled and 3 wounded", '"26 kiled"', 'say what became of "kiled": killed, wounded, missing, captured...'),
    ("3 men and 20 dead", '"3 men"', 'say what became of "men": killed, wounded, missing, captured...'),
    ("8 vehicles", '"8 vehicles"', FATES),
    ("2 tanks killed", '"2 tanks killed"', FATES),
    ("20 men lost", '"20 men lost"', '"lost" is said of things; of people say killed, wounded, missing...'),
    ("10 houses destroyed", '"houses"', "it is not known for people, a vehicle, aircraft, vessel or weapon"),
    ("2 villages captured", '"villages"', "it is not known for people, a vehicle, aircraft, vessel or weapon"),
    ("8 cars burned, 8 captured", '"8 captured"', 'people or things? write "people captured" or "vehicles captured"'),
    ("17 died of disease", '"of disease"', 'nothing of the kind may follow "died"'),
    ("26 killed (per Mali)", '"(per Mali)"', 'nothing of the kind may follow "killed"'),
    ("3 men near Gao killed", '"men near Gao"', '"near" has no place in a name'),
    ("30 killed or missing", '"killed or"', '"killed" makes it more than one figure'),
    ("5 x" + " y" * 40, '"5 x' + " y" * 23 + '"', "it is too long for a figure"),
]


@pytest.mark.parametrize(("text", "part", "why"), UNREAD, ids=[case[0][:24] for case in UNREAD])
def test_figures_refused(text: str, part: str, why: str) -> None:
    with pytest.raises(QuantityError) as caught:
        read_figures(text)
    assert str(caught.value) == f"{part} cannot be read as a figure: {why}; {FIGURE_EXAMPLES}"


@pytest.mark.parametrize(
    ("text", "part", "why"),
    [
        ("unknown killed", "unknown", UNKNOWN),
        ("over 15.5 killed", "over 15.5", FRACTION),
        ("17 wounded, 40-30 killed", "40-30", "the range runs backwards"),
        ("26 killed, including 3 officers", "including 3", NO_NUMBER),
    ],
)
def test_figures_refuse_what_quantities_refuse(text: str, part: str, why: str) -> None:
    with pytest.raises(QuantityError) as caught:
        read_figures(text)
    assert str(caught.value) == f'"{part}" cannot be read as a quantity: {why}; {EXAMPLES}'


@pytest.mark.parametrize("text", ["", " ,;\n", "and"], ids=["empty", "breaks", "and"])
def test_no_figure_is_an_error(text: str) -> None:
    with pytest.raises(QuantityError, match="holds no figure"):
        read_figures(text)
