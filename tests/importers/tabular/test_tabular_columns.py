"""Columns found by name, in whatever order and spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.importers.tabular.columns import Column, Layout, MissingColumnError, score

COLUMNS = (
    Column("event_id", "the event's id", also=("id", "data id"), required=True),
    Column("date_start", "the first day", required=True),
    Column("best", "deaths, best estimate", also=("best_est",)),
    Column("note", "what it is"),
)


@pytest.mark.parametrize(
    ("names", "row", "picked"),
    [
        (("event_id", "date_start", "best", "note"), ["1", "2", "3", "4"], ("1", "2", "3", "4")),
        (("note", "best", "date_start", "event_id"), ["4", "3", "2", "1"], ("1", "2", "3", "4")),
        (("EVENT ID", "Date-Start", "BEST_EST"), ["1", "2", "3"], ("1", "2", "3", "")),
        (("Data_ID", "datestart"), ["1", "2"], ("1", "2", "", "")),
        (("", "x", "event_id", "date_start"), ["0", "9", "1", "2"], ("1", "2", "", "")),
        (("best_est", "best", "event_id", "date_start"), ["old", "new", "1", "2"], ("1", "2", "new", "")),
        (("id", "event_id", "date_start"), ["0", "1", "2"], ("1", "2", "", "")),
        (("event_id", "event_id", "date_start"), ["1", "0", "2"], ("1", "2", "", "")),
        (("event_id", "date_start"), ["1", "2", "", ""], ("1", "2", "", "")),
    ],
    ids=[
        "in order",
        "other order",
        "older names",
        "other names",
        "index",
        "both names",
        "alias there too",
        "twice",
        "wider",
    ],
)
def test_cells_are_picked_in_the_declared_order(
    names: tuple[str, ...], row: list[str], picked: tuple[str, ...]
) -> None:
    before = list(row)
    assert Layout(COLUMNS, names).pick()(row) == picked
    assert row == before


def test_what_is_there_and_what_nobody_declared() -> None:
    layout = Layout(COLUMNS, ("", "id", "x", "date_start", "note", "Note", "best"))
    assert layout.present == {"event_id", "date_start", "note", "best"}
    assert layout.extra == ((0, ""), (2, "x"), (5, "Note"))


def test_one_column_and_none() -> None:
    assert Layout(COLUMNS[2:3], ("best",)).pick()(["3"]) == ("3",)
    assert Layout(COLUMNS[2:3], ("x",)).pick()(["3"]) == ("",)
    assert Layout((), ("x",)).pick()(["3"]) == ()


def test_an_alias_serves_one_column_only() -> None:
    columns = (Column("a", "", also=("x",)), Column("b", "", also=("x", "y")))
    assert Layout(columns, ("x", "y")).pick()(["1", "2"]) == ("1", "2")
    assert Layout(columns, ("x",)).present == {"a"}


def test_missing_columns_are_named_with_what_they_may_be_called() -> None:
    with pytest.raises(MissingColumnError) as caught:
        Layout(COLUMNS, ("date_strat", "best", "zzz"))
    assert str(caught.value) == (
        "the table has no column event_id, date_start\n"
        "  event_id: the event's id\n"
        '  date_start: the first day; is it the column "date_strat"?\n'
        "  name the columns so in the first row"
    )


@pytest.mark.parametrize(
    ("names", "expected"),
    [(("ID", "date start"), 1.0), (("event_id", "x"), 0.5), (("best", "note"), 0.0), ((), 0.0)],
)
def test_the_score_counts_required_columns(names: tuple[str, ...], expected: float) -> None:
    assert score(COLUMNS, names) == expected


def test_the_score_counts_all_columns_where_none_is_required() -> None:
    assert (score(COLUMNS[2:], ("best",)), score((), ("best",))) == (0.5, 0.0)


@given(order=st.permutations(range(4)), extra=st.integers(0, 2))
def test_any_order_gives_the_same(order: list[int], extra: int) -> None:
    names = [COLUMNS[index].name for index in order] + [f"x{number}" for number in range(extra)]
    row = [str(index) for index in order] + ["x"] * extra
    assert Layout(COLUMNS, names).pick()(row) == ("0", "1", "2", "3")
