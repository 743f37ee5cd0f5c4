"""Datasets that are spoilt, each in one way: what is wrong is said with its place, and the rest is taken."""

# ruff: noqa: E501  (whole messages, each on a line of its own)
from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from bad_tables import ACLED, DELETIONS, GED, GTD, numbered, table, without

GOOD = table(*numbered(GED, 3))
HEADER, FIRST, *_ = GOOD.splitlines(keepends=True)
NO_WHOLE_NUMBER = '"{0}" is no whole number'
SWAPPED = " is from -90 to 90 degrees; latitude and longitude seem to be swapped"


@pytest.fixture
def url(sqlite_databases: Any, tmp_path: Path) -> str:
    """Give a database without events."""
    return str(sqlite_databases.copy(tmp_path, seed=False))


def found(result: Any) -> list[str]:
    """Return the lines of problems and warnings, without what they have in common."""
    return [line.strip() for line in result.stderr.splitlines() if line.startswith(("  refused: ", "  warning: "))]


def counts(result: Any) -> dict[str, int]:
    """Return what became of the events."""
    line = next(line for line in result.stderr.splitlines() if line.startswith("  events "))
    return {word: int(number) for part in line.split("   ")[1:] for number, word in [part.split()[-2:]]}


def spoilt(row: dict[str, str], **changes: str) -> str:
    """Return a table of three rows, of which the last is spoilt."""
    return table(*numbered(row, 3, **changes))


REFUSED = {
    "a row cut off": (GOOD[:-60], 2, "refused: line 4, 1003: this row has 14 of 26 cells; the file may be cut off"),
    "cut off within quotes": (GOOD + '1009,2019,"1,11', 3, "refused: line 5, 1009: a quote that opens a cell is never closed; the file may be cut off"),
    "a quote never closed": (GOOD.replace("1002,2019,1", '1002,2019,"1'), 1, "refused: line 3, 1002: a quote that opens a cell is never closed; the file may be cut off; 2 lines were read as one row"),
    "a cell too many": (GOOD + FIRST.replace("1001", "1009").rstrip() + ",x\n", 3, "refused: line 5, 1009: this row has 27 cells where the header has 26"),
    "a row too narrow": (GOOD + "1009,2019\n", 3, "refused: line 5, 1009: this row has 2 of 26 cells; the file may be cut off"),
    "the header twice": (HEADER + GOOD, 3, "refused: line 2, id, type_of_violence: 'type_of_violence' it is none of 1 (state-based), 2 (non-state), 3 (one-sided)"),
    "an id twice": (GOOD + FIRST, 3, "refused: line 5, 1001, id: '1001' this id comes twice in the file; the first is on line 2"),
    "NUL": (spoilt(GED, where_coordinates="Dio\0ura"), 2, "refused: line 4, 1003: it holds the character NUL (U+0000), which no database keeps"),
    "GED, 1e308 deaths": (spoilt(GED, best="1e308"), 2, "refused: line 4, 1003, best: '1e308' " + NO_WHOLE_NUMBER.format("1e308")),
    "GED, NaN deaths": (spoilt(GED, best="NaN"), 2, "refused: line 4, 1003, best: 'NaN' " + NO_WHOLE_NUMBER.format("NaN")),
    "GED, 3.5 deaths": (spoilt(GED, best="3.5"), 2, "refused: line 4, 1003, best: '3.5' " + NO_WHOLE_NUMBER.format("3.5")),
    "GED, -3 deaths": (spoilt(GED, deaths_a="-3"), 2, "refused: line 4, 1003, deaths_a: '-3' \"-3\" is negative"),
    "GED, 31 February": (spoilt(GED, date_start="2019-02-31"), 2, "refused: line 4, 1003, date_start: '2019-02-31' \"2019-02-31\" is no date: February 2019 has no day 31"),
    "ACLED, 1e308 deaths": (spoilt(ACLED, fatalities="1e308"), 2, "refused: line 4, XMA3, fatalities: '1e308' " + NO_WHOLE_NUMBER.format("1e308")),
    "ACLED, NaN deaths": (spoilt(ACLED, fatalities="NaN"), 2, "refused: line 4, XMA3, fatalities: 'NaN' " + NO_WHOLE_NUMBER.format("NaN")),
    "ACLED, 3.5 deaths": (spoilt(ACLED, fatalities="3.5"), 2, "refused: line 4, XMA3, fatalities: '3.5' " + NO_WHOLE_NUMBER.format("3.5")),
    "ACLED, -3 deaths": (spoilt(ACLED, fatalities="-3"), 2, "refused: line 4, XMA3, fatalities: '-3' \"-3\" is negative"),
    "ACLED, 31 February": (spoilt(ACLED, event_date="31 February 2021"), 2, "refused: line 4, XMA3, event_date: '31 February 2021' \"31 February 2021\" is no date: February 2021 has no day 31"),
    "ACLED, latitude 91": (spoilt(ACLED, latitude="91", longitude="181"), 2, "refused: line 4, XMA3, latitude: '91' \"91\" is no latitude, which is from -90 to 90 degrees"),
    "ACLED, swapped": (spoilt(ACLED, latitude="-105.2", longitude="14.8"), 2, "refused: line 4, XMA3, latitude: '-105.2' \"-105.2\" is no latitude, which" + SWAPPED),
    "GTD, 1e308 deaths": (spoilt(GTD, nkill="1e308"), 2, "refused: line 4, 201503170003, nkill: '1e308' " + NO_WHOLE_NUMBER.format("1e308")),
    "GTD, NaN deaths": (spoilt(GTD, nkill="NaN"), 2, "refused: line 4, 201503170003, nkill: 'NaN' " + NO_WHOLE_NUMBER.format("NaN")),
    "GTD, -3 deaths": (spoilt(GTD, nkill="-3"), 2, "refused: line 4, 201503170003, nkill: '-3' \"-3\" is negative"),
    "GTD, 31 February": (spoilt(GTD, imonth="2", iday="31"), 2, "refused: line 4, 201503170003, iday: '31' February 2015 has 28 days"),
    "GTD, latitude 91": (spoilt(GTD, latitude="91", longitude="181"), 2, "refused: line 4, 201503170003, latitude: '91' \"91\" is no latitude, which is from -90 to 90 degrees"),
    "GTD, swapped": (spoilt(GTD, latitude="-105.2", longitude="14.8"), 2, "refused: line 4, 201503170003, latitude: '-105.2' \"-105.2\" is no latitude, which" + SWAPPED),
    "a name of 10 MB": (spoilt(GED, side_b="x" * 10_000_000), 2, f"refused: line 4, 1003, side_b: '{'x' * 60}' it has 10,000,000 letters; names and ids have 500 at most"),
    "notes of 10 MB": (spoilt(ACLED, notes="x" * 10_000_000), 2, f"refused: line 4, XMA3, notes: '{'x' * 60}' the row has 10,000,161 letters, most of them here; 200,000 at most are taken"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "added", "problem"), REFUSED.values(), ids=REFUSED)
def test_a_bad_row_is_refused_and_the_others_are_taken(
    text: str, added: int, problem: str, url: str, run: Any, write: Any, dump: Any
) -> None:
    path, before = write(text, "data.csv"), dump(url)
    rehearsed = run("import", "--dry-run", path, db=url)
    assert dump(url) == before
    result = run("import", path, db=url)
    assert (result.exit_code, result.stdout, found(result)) == (5, "", [problem])
    assert counts(result) == {"added": added, "changed": 0, "unchanged": 0, "withdrawn": 0, "refused": 1}
    assert (rehearsed.exit_code, found(rehearsed), counts(rehearsed)) == (5, [problem], counts(result))
    assert len(dump(url)["event"]) == added


def test_a_latitude_of_ged_that_cannot_be(url: str, run: Any, write: Any) -> None:
    result = run("import", write(spoilt(GED, latitude="91", longitude="181"), "ged.csv"), db=url)
    assert (result.exit_code, counts(result)["refused"]) == (5, 1)
    assert found(result)[0].startswith("refused: line 4, 1003, latitude: '91' \"91\" is no latitude, which is from -90")
    swapped = run("import", write(spoilt(GED, latitude="-105.2", longitude="14.8"), "ged.csv"), db=url)
    assert "changed places" in found(swapped)[0] or "swapped" in found(swapped)[0]


@pytest.mark.parametrize(
    ("row", "column", "event"),
    [(GED, "country", "1003"), (ACLED, "country", "XMA3"), (GTD, "country_txt", "201503170003")],
    ids=["GED", "ACLED", "GTD"],
)
def test_a_country_that_is_none_is_warned_of(
    row: dict[str, str], column: str, event: str, url: str, run: Any, write: Any
) -> None:
    result = run("import", write(spoilt(without(row, "iso"), **{column: "Nowhereland"}), "data.csv"), db=url)
    assert (result.exit_code, counts(result)["added"], len(found(result))) == (0, 3, 1)
    assert found(result)[0].startswith(f"warning: line 4, {event}, country: 'Nowhereland' ")
    assert "the name is kept" in found(result)[0] or "its name is kept" in found(result)[0]


def test_deaths_split_over_linked_incidents_are_a_range(url: str, run: Any, write: Any, dump: Any) -> None:
    result = run("import", write(spoilt(GTD, nkill="6.3", nkillter="-99"), "gtd.csv"), db=url)
    assert (result.exit_code, counts(result)["added"]) == (0, 3)
    assert any({6, 7} <= set(row) and "6.3" in row for row in dump(url)["claim"])


MISSING = {
    "GED": (GED, "best", "bestt", "the table has no column best\n  best: dead in all: the best estimate; is it the column \"bestt\"?"),
    "GED, the id": (GED, "id", "ident", "the table has no column id\n  id: number of the event, the same in every release; is it the column \"ident\"?"),
    "ACLED": (ACLED, "event_date", "event_dat", "the table has no column event_date\n  event_date: the day, by time_precision; section Event time; is it the column \"event_dat\"?"),
    "GTD": (GTD, "eventid", "event", "the table has no column eventid\n  eventid: the incident's id, twelve digits: a date and a number; section I; is it the column \"event\"?"),
}  # fmt: skip


@pytest.mark.parametrize(("row", "column", "near", "error"), MISSING.values(), ids=MISSING)
def test_a_missing_column_is_named_with_the_nearest(
    row: dict[str, str], column: str, near: str, error: str, url: str, run: Any, write: Any, dump: Any, count_runs: Any
) -> None:
    rows = [{near if name == column else name: cell for name, cell in each.items()} for each in numbered(row, 2)]
    path, before = write(table(*rows), "data.csv"), dump(url)
    result = run("import", path, db=url)
    expected = f"error: {path}: {error}\n  name the columns so in the first row\n"
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", expected)
    assert (dump(url), count_runs(url)) == (before, 0)


def test_a_dataset_that_is_not_recognised_is_named_by_its_columns(url: str, run: Any, write: Any) -> None:
    text = GOOD.replace("type_of_violence", "kind_of_violence")
    path = write(text, "data.csv")
    result = run("import", path, db=url)
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "error: the format of data.csv is not known\n"
        "  25 of its 26 columns are those of ucdp-ged: say --format-of ucdp-ged\n"
        "  for a table of your own, conflictdb map FILE drafts a mapping\n  conflictdb reads:\n    acled: ACLED"
    )
    told = run("import", path, "--format-of", "ucdp-ged", db=url)
    assert told.exit_code == 1
    assert 'is it the column "kind_of_violence"?' in told.stderr


def test_two_formats_that_both_fit(url: str, run: Any, write: Any) -> None:
    path = write(table(*({**ged, **acled} for ged, acled in zip(numbered(GED, 2), numbered(ACLED, 2), strict=True))))
    result = run("import", path, db=url)
    error = "error: doc.yaml may be any of: acled, ucdp-ged\n  say which, e.g. --format-of acled\n"
    assert (result.exit_code, result.stderr) == (2, error)
    for name in ("acled", "ucdp-ged"):
        told = run("import", path, "--format-of", name, db=url)
        assert (told.exit_code, counts(told)["added"]) == (0, 2)


def test_dates_that_do_not_tell_day_from_month(url: str, run: Any, write: Any) -> None:
    rows = [{**row, "event_date": "03-04-21"} for row in numbered(ACLED, 3)]
    result = run("import", write(table(*rows), "acled.csv"), db=url)
    assert (result.exit_code, result.stderr) == (
        1,
        "error: acled.csv, event_date: the dates do not tell whether day or month comes first: "
        '"03-04-21" can be read both ways\n'
        "  export the file again with dates such as 2019-12-31, as ACLED's own export writes them\n",
    )
    decided = [*rows, {**ACLED, "event_id_cnty": "XMA9", "event_date": "31-12-21"}]
    assert run("import", write(table(*decided), "acled.csv"), db=url).exit_code == 0


def test_a_header_alone(url: str, run: Any, write: Any) -> None:
    result = run("import", write(HEADER, "ged.csv"), db=url)
    assert (result.exit_code, set(counts(result).values())) == (0, {0})


def test_columns_of_one_name(url: str, run: Any, write: Any, dump: Any) -> None:
    lines = GOOD.splitlines()
    text = "\n".join([f"{lines[0]},Best", *(f"{line},99" for line in lines[1:])])
    result = run("import", write(text, "ged.csv"), db=url)
    assert (result.exit_code, counts(result)["added"]) == (0, 3)
    assert found(result) == ["warning: best: several columns are called so; the first of them is read"]
    assert not any(99 in row for row in dump(url)["claim"])


def test_deletions_of_events_that_are_not_known(url: str, run: Any, write: Any) -> None:
    run("import", write(table(*numbered(ACLED, 2)), "acled.csv"), db=url)
    result = run("import", write(table(*numbered(DELETIONS, 3)), "deleted.csv"), db=url)
    assert (result.exit_code, counts(result)["withdrawn"]) == (0, 2)
    why = "no such event is known here; should an older export bring it, import this list again"
    assert found(result) == [f"warning: line 4, id: 'XMA3' {why}"]


def test_problems_and_warnings_go_to_a_file(url: str, run: Any, write: Any, tmp_path: Path) -> None:
    rows = numbered(GED, 4, best="-1")
    rows[1]["country"] = "=Nowhereland"
    path, target = write(table(*rows), "ged.csv"), tmp_path / "problems.csv"
    result = run("import", path, tmp_path / "nosuch.csv", "--problems", target, db=url)
    assert result.exit_code == 5
    with target.open(encoding="utf-8", newline="") as file:
        told = [row[:6] for row in csv.reader(file)]
    assert told == [
        ["kind", "file", "line", "event", "field", "value"],
        ["refused", str(path), "5", "1004", "best", "-1"],
        ["warning", str(path), "3", "1002", "country", "'=Nowhereland"],
        ["refused", str(tmp_path / "nosuch.csv"), "", "", "", ""],
    ]


def test_of_problems_without_end_the_first_are_kept(
    url: str, run: Any, write: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conflictdb.domain import report

    monkeypatch.setattr(report, "MOST_KEPT", 25)
    rows = [
        {**row, "country": "Nowhereland", "best": "-1" if place else "26"}
        for place, row in enumerate(numbered(GED, 31))
    ]
    warned = [{**row, "country": "Nowhereland"} for row in numbered({**GED, "id": "2001"}, 29)]
    target = tmp_path / "problems.csv"
    result = run("import", write(table(*rows, *warned), "ged.csv"), "--problems", target, db=url)
    assert (result.exit_code, counts(result)["added"], counts(result)["refused"]) == (5, 30, 30)
    assert [line.strip() for line in result.stderr.splitlines() if line.startswith("  ... ")] == [
        "... and 5 more; write them all with --problems FILE", "... and 5 more, not kept",
    ] * 2  # fmt: skip
    kinds = [line.partition(",")[0] for line in target.read_text().splitlines()]
    assert kinds == ["kind", *["refused"] * 25, *["warning"] * 25]


@pytest.mark.parametrize("which", ["mapping", "database"])
def test_problems_are_not_written_over_what_is_used(which: str, url: str, run: Any, write: Any) -> None:
    mapping = write("[columns]\ndate = 'Date'\n", "own.toml")
    before, target = mapping.read_bytes(), mapping if which == "mapping" else Path(url)
    held = target.read_bytes()
    result = run("import", write("Date,Who\n2019,x\n", "own.csv"), "--mapping", mapping, "--problems", target, db=url)
    error = f"error: the problems would be written over {target}\n  name another file for them\n"
    assert (result.exit_code, result.stderr, target.read_bytes()) == (2, error, held)
    assert mapping.read_bytes() == before


def test_problems_that_cannot_be_written(url: str, run: Any, write: Any, count_runs: Any) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    result = run("import", write(spoilt(GED, best="-1"), "ged.csv"), "--problems", "/dev/full", db=url)
    assert result.exit_code == 1
    assert result.stderr.endswith(
        "error: cannot write the problems to /dev/full: No space left on device\n  what was imported is told above\n"
    )
    assert count_runs(url) == 1


OPTIONS = {
    "a month 13": (["--released-on", "2019-13"], "--released-on 2019-13: ", "write a date so: 2023, 2023-06 or 2023-06-15"),
    "words for a date": (["--released-on", "last week"], "--released-on last week: ", "write a date so: 2023, 2023-06 or 2023-06-15"),
    "no date": (["--released-on", ""], "--released-on : ", "write a date so: 2023, 2023-06 or 2023-06-15"),
    "control characters": (["--release", "a\x1b[31mb"], "--release 'a\\x1b[31mb' is no name of a release\n", "write it so: 23.1, or 2018-07"),
    "a blank release": (["--release", " "], "--release ' ' is no name of a release\n", "write it so: 23.1, or 2018-07"),
    "a release without end": (["--release", "1" * 500], f"--release '{'1' * 80}' is no name of a release\n", "write it so: 23.1, or 2018-07"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "what", "advice"), OPTIONS.values(), ids=OPTIONS)
def test_options_that_make_no_sense(
    words: list[str], what: str, advice: str, url: str, run: Any, write: Any, count_runs: Any
) -> None:
    result = run("import", write(GOOD, "ged.csv"), *words, db=url)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {what}")
    assert result.stderr.endswith(f"\n  {advice}\n")
    assert count_runs(url) == 0


@pytest.mark.parametrize("words", [["--release", "3"], ["--released-on", "2023"], ["--complete"]])
def test_an_option_for_datasets_on_a_document(
    words: list[str], url: str, document: str, run: Any, write: Any, dump: Any, count_runs: Any
) -> None:
    path, before = write(document), dump(url)
    result = run("import", path, *words, db=url)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {words[0]} is for ")
    assert f"{path}, read as native, " in result.stderr
    assert result.stderr.endswith("\n  import it without that\n")
    assert (dump(url), count_runs(url)) == (before, 0)


@pytest.mark.parametrize("text", [HEADER, table(DELETIONS)], ids=["a header alone", "a list of deletions"])
def test_complete_without_any_row_withdraws_nothing(text: str, url: str, run: Any, write: Any, dump: Any) -> None:
    for row in (GED, ACLED):
        assert run("import", write(table(*numbered(row, 3)), "data.csv"), db=url).exit_code == 0
    before = dump(url)
    result = run("import", write(text, "data.csv"), "--complete", db=url)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: --complete is for files with all events of a dataset; ")
    assert dump(url) == before


def test_complete_withdraws_nothing_where_rows_cannot_be_read(url: str, run: Any, write: Any, dump: Any) -> None:
    assert run("import", write(GOOD, "ged.csv"), "--release", "23.1", db=url).exit_code == 0
    before = dump(url)
    path = write(GOOD[:-90], "newer.csv")  # as a download that broke off
    result = run("import", path, "--release", "24.1", "--complete", db=url)
    assert (result.exit_code, result.stderr) == (
        1,
        f"error: {path} is not complete: line 4: this row has 9 of 26 cells; the file may be cut off\n"
        "  --complete would withdraw 1 of its events, which may stand there\n"
        "  mend the file, or import it without --complete\n",
    )
    assert dump(url) == before
    bad_cell = write(spoilt(GED, best="-1"), "newer.csv")  # its id is known, so it is not gone
    result = run("import", bad_cell, "--release", "24.1", "--complete", db=url)
    assert (result.exit_code, counts(result)["withdrawn"], counts(result)["refused"]) == (5, 0, 1)
    fewer = run("import", write(table(*numbered(GED, 2)), "newer.csv"), "--release", "25.1", "--complete", db=url)
    assert (fewer.exit_code, counts(fewer)["withdrawn"]) == (0, 1)


MAPPINGS = {
    "missing": ("nosuch.toml", [], 1, "error: cannot read nosuch.toml: No such file or directory\n  the database is as it was before\n"),
    "a folder": (".", [], 1, "error: cannot read .: Is a directory\n  the database is as it was before\n"),
    "no TOML": ("broken.toml", [], 1, "error: own.csv: broken.toml is no TOML: Expected ']' at the end of a table declaration (at line 1, column 9)\n"),
    "for another table": ("other.toml", [], 1, "error: other.toml does not fit own.csv\n  columns.place: the table has no column \"Village\"; it has: Date, Who\n"),
    "for another format": ("own.toml", ["--format-of", "acled"], 2, "error: a mapping is for tables of your own; acled needs none\n  leave out --mapping\n"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "words", "code", "error"), MAPPINGS.values(), ids=MAPPINGS)
def test_a_mapping_that_is_of_no_use(
    name: str,
    words: list[str],
    code: int,
    error: str,
    url: str,
    run: Any,
    write: Any,
    monkeypatch: Any,
    count_runs: Any,
) -> None:
    monkeypatch.chdir(write("[columns\nx", "broken.toml").parent)
    write("[columns]\nplace = 'Village'\n", "other.toml")
    write("[columns]\ndate = 'Date'\n", "own.toml")
    write("Date,Who\n2019,x\n", "own.csv")
    result = run("import", "own.csv", "--mapping", name, *words, db=url)
    assert (result.exit_code, result.stderr) == (code, error)
    assert count_runs(url) == 0
    assert run("import", "own.csv", "--mapping", "own.toml", db=url).exit_code == 0
