"""Tables in text files: how they are written, their rows and lines, and what is wrong with them."""

from __future__ import annotations

import codecs
import contextlib
import csv
import gzip
import io
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.errors import FormatError, ImportFailedError
from conflictdb.importers.tabular import dialect, encoding
from conflictdb.importers.tabular.dialect import Dialect, detect
from conflictdb.importers.tabular.reader import find_names, open_table


def write(folder: Path, content: str | bytes, name: str = "data.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def whole(path: Path) -> dict[str, Any]:
    """Return all that a table says."""
    with open_table(path) as table:
        rows = [(line, cells, table.bad_row(line, cells)) for line, cells in table.rows()]
        return {"names": table.names, "written": table.dialect_text, "hxl": table.hxl, "rows": rows}


def table(
    names: tuple[str, ...], *rows: tuple[Any, ...], written: str = "UTF-8, comma", hxl: Any = None
) -> dict[str, Any]:
    """Return what `whole` says of such a table; a row that is well has no third part."""
    return {
        "names": names,
        "written": written,
        "hxl": hxl,
        "rows": [row if len(row) == 3 else (*row, None) for row in rows],
    }


AB = ("a", "b")
ONE = (2, ["1", "2"])
GTD_LINES = "eventid;city;nkill\r\n201501010001;Bogotá;3\r\n"
NEVER = "a quote that opens a cell is never closed; the file may be cut off"

TABLES: dict[str, tuple[str | bytes, dict[str, Any]]] = {
    "plain": ("a,b\n1,2\n", table(AB, ONE)),
    "no newline at the end": ("a,b\n1,2", table(AB, ONE)),
    "CRLF": ("a,b\r\n1,2\r\n", table(AB, ONE)),
    "CR, as on old Macs": ("a,b\r1,2\r3,4\r", table(AB, ONE, (3, ["3", "4"]))),
    "no rows": ("a,b\n", table(AB)),
    "one column": ("a\n1\n\n2\n", table(("a",), (2, ["1"]), (4, ["2"]))),
    "tabs": ("a\tb\n1\t2\n", table(AB, ONE, written="UTF-8, tab")),
    "bars": ("a|b\n1|2\n", table(AB, ONE, written="UTF-8, bar")),
    "semicolons with commas within": (
        "a;b;c\n1,5;2,5;x\n", table(("a", "b", "c"), (2, ["1,5", "2,5", "x"]), written="UTF-8, semicolon"),
    ),
    "commas with semicolons within": ("a,b\nx;y;z,u;v\n", table(AB, (2, ["x;y;z", "u;v"]))),
    "a line sep=;": ("sep=;\r\na;b\r\n1;2\r\n", table(AB, (3, ["1", "2"]), written="UTF-8, semicolon")),
    "a line sep= that contradicts": (
        "sep=|\na,b|c\n1,2|3\n", table(("a,b", "c"), (3, ["1,2", "3"]), written="UTF-8, bar"),
    ),
    "GTD, sep=; and Latin-1": (
        ("sep=;\r\n" + GTD_LINES).encode("latin-1"),
        table(("eventid", "city", "nkill"), (3, ["201501010001", "Bogotá", "3"]), written="Latin-1, semicolon"),
    ),
    "byte order mark": (codecs.BOM_UTF8 + b"a,b\n1,2\n", table(AB, ONE, written="UTF-8 with BOM, comma")),
    "byte order mark before sep=;": (
        codecs.BOM_UTF8 + b"sep=;\na;b\n1;2\n", table(AB, (3, ["1", "2"]), written="UTF-8 with BOM, semicolon"),
    ),
    "byte order mark before a quote": (
        codecs.BOM_UTF8 + b'"a","b"\n1,2\n', table(AB, ONE, written="UTF-8 with BOM, comma"),
    ),
    "UTF-16": ("a,b\né,2\n".encode("utf-16"), table(AB, (2, ["é", "2"]), written="UTF-16, comma")),
    "UTF-16, big end first": (
        codecs.BOM_UTF16_BE + "a\tb\n1\t2\n".encode("utf-16-be"), table(AB, ONE, written="UTF-16, tab"),
    ),
    "UTF-16 without mark": (
        "name,note\n1,2\n".encode("utf-16-le"), table(("name", "note"), ONE, written="UTF-16, comma"),
    ),
    "UTF-32": ("a,b\n1,2\n".encode("utf-32"), table(AB, ONE, written="UTF-32, comma")),
    "Windows-1252": (
        "a,b\nthe “raid”,Medellín\n".encode("cp1252"),
        table(AB, (2, ["the “raid”", "Medellín"]), written="Windows-1252, comma"),
    ),
    "newlines in quotes": (
        'a,b\n"1\n\nx",2\n\n"3\r\n4",5\n6,7\n',
        table(AB, (2, ["1\n\nx", "2"]), (6, ["3\r\n4", "5"]), (8, ["6", "7"])),
    ),
    "separators of other kinds are letters": (
        "a,b\n1\x0b\x0c\x1c\x85\u2028,2\n3,4\n", table(AB, (2, ["1\x0b\x0c\x1c\x85\u2028", "2"]), (3, ["3", "4"])),
    ),
    "doubled quotes": ('a,b\n"say ""no""",2\n', table(AB, (2, ['say "no"', "2"]))),
    "a quote within a cell": ('a,b\n5" gun,2\n', table(AB, (2, ['5" gun', "2"]))),
    "a newline in the header": ('"a\nx",b\n1,2\n', table(("a\nx", "b"), (3, ["1", "2"]))),
    "blank lines above and between": ("\n  \na,b\n\n1,2\n,\n3,4\n", table(AB, (5, ["1", "2"]), (7, ["3", "4"]))),
    "a header with spaces": (' a ,"b "\n1,2\n', table(AB, ONE)),
    "an index as pandas writes it": (",a\n0,1\n1,2\n", table(("", "a"), (2, ["0", "1"]), (3, ["1", "2"]))),
    "HXL": (
        "a,b,c\n#date+year,,#geo+lat\n1,2,3\n",
        table(("a", "b", "c"), (3, ["1", "2", "3"]), hxl=("#date+year", "", "#geo+lat")),
    ),
    "HXL beside an index": (",a\n0,#date\n1,2\n", table(("", "a"), (3, ["1", "2"]), hxl=("", "#date"))),
    "an error of Excel's is no tag": ("a,b\n#N/A,#REF!\n", table(AB, (2, ["#N/A", "#REF!"]))),
    "no HXL": ("a,b\n#1,2\n", table(AB, (2, ["#1", "2"]))),
    "cells of other rows are left out or too many": (
        "a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n1,2,3\n",
        table(
            ("a", "b", "c"),
            (2, ["1", "2"], "this row has 2 of 3 cells; the file may be cut off"),
            (3, ["1", "2", "3", "4"], "this row has 4 cells where the header has 3"),
            (4, ["1", "2", "3", "", ""]),
            (5, ["1", "2", "3"]),
        ),
    ),
    "cut off within a row": (
        "a,b,c\n1,2,3\n4,5",
        table(
            ("a", "b", "c"),
            (2, ["1", "2", "3"]),
            (3, ["4", "5"], "this row has 2 of 3 cells; the file may be cut off"),
        ),
    ),
    "cut off within quotes": ('a,b\n1,2\n3,"4', table(AB, ONE, (3, ["3", "4"], NEVER))),
    "cut off after a newline in quotes": ('a,b\n3,"4\n', table(AB, (2, ["3", "4\n"], NEVER))),
    "a quote that swallows the rest": (
        'a,b\n1,"2\n3,4\n5,6\n', table(AB, (2, ["1", "2\n3,4\n5,6\n"], NEVER + "; 3 lines were read as one row")),
    ),
    "a quote that is closed by the last line": ('a,b\n1,"2"', table(AB, ONE)),
    "NUL": (
        b"a,b\n1,\0\n3,4\n",
        table(AB, (2, ["1", "\0"], "it holds the character NUL (U+0000), which no database keeps"), (3, ["3", "4"])),
    ),
    "one byte that is no UTF-8": (
        "a,b\né,è\n".encode() + b"Bogot\xe1,2\nx,y\n",
        table(AB, (2, ["é", "è"]), (3, ["Bogot\udce1", "2"], "the byte 0xE1 is not UTF-8"), (4, ["x", "y"])),
    ),
    "more such bytes than letters": (
        "a,b\né,1\n".encode() + b"Bogot\xe1,Medell\xedn\nC\xfacuta,2\n",
        table(AB, (2, ["Ã©", "1"]), (3, ["Bogotá", "Medellín"]), (4, ["Cúcuta", "2"]), written="Latin-1, comma"),
    ),
    "a header that is no UTF-8": (
        b"a,\xe9\n" + "é,è\nó,1\n".encode(), table(("a", "\ufffd"), (2, ["é", "è"]), (3, ["ó", "1"])),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), TABLES.values(), ids=TABLES)
def test_a_table_is_read(tmp_path: Path, content: str | bytes, expected: dict[str, Any]) -> None:
    assert whole(write(tmp_path, content)) == expected


@pytest.mark.parametrize("name", ["data.csv", "data.xlsx", "data"])
def test_packing_makes_no_difference(tmp_path: Path, name: str) -> None:
    expected = table(AB, ONE)
    assert whole(write(tmp_path, gzip.compress(b"a,b\n1,2\n"), name)) == expected
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "a,b\n1,2\n")
    assert whole(write(tmp_path, packed.getvalue(), name)) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    {
        "usual": ("a,b\r\n1,2\r\n", Dialect("UTF-8", ",", '"', 1, "CRLF")),
        "sep and blank lines": ("sep=;\n\na;b\n1;2\n", Dialect("UTF-8", ";", '"', 3, "LF")),
        "nothing": ("", Dialect("UTF-8", ",", '"', 1, "LF")),
        "quoted newlines": ('a;b\n"x,y,z\nu,v,w";1\n"x,y\nz";2\n', Dialect("UTF-8", ";", '"', 1, "LF")),
        "Latin-1": (GTD_LINES.encode("latin-1"), Dialect("Latin-1", ";", '"', 1, "CRLF")),
    }.values(),
)
def test_a_dialect_is_detected(tmp_path: Path, content: str | bytes, expected: Dialect) -> None:
    assert detect(write(tmp_path, content)) == expected


def test_a_letter_that_the_head_cuts_is_no_stray(tmp_path: Path) -> None:
    for shift in range(3):
        path = write(tmp_path, "a,b\n" + "x" * shift + "č" * 40_000 + ",1\n")
        assert detect(path).encoding == "UTF-8"


def test_what_stands_after_the_head_decides_too(tmp_path: Path) -> None:
    path = write(tmp_path, b"a,b\n" + b"x,y\n" * 40_000 + b"Bogot\xe1,1\n")
    with open_table(path) as opened:
        assert opened.peek(1) == [["x", "y"]]
        rows = list(opened.rows())
        assert opened.dialect_text == "Latin-1, comma"
    assert rows[-1] == (40_002, ["Bogotá", "1"])


def test_strays_after_the_head_are_refused_row_by_row(tmp_path: Path) -> None:
    path = write(tmp_path, "a,b\né,1\nè,2\n".encode() + b"x,y\n" * 40_000 + b"Bogot\xe1,1\n")
    with open_table(path) as opened:
        bad = [(line, why) for line, cells in opened.rows() if (why := opened.bad_row(line, cells))]
        assert opened.dialect_text == "UTF-8, comma"
    assert bad == [(40_004, "the byte 0xE1 is not UTF-8")]


REFUSED = {
    "empty": (b"", "there is no table in data.csv: it has no first row, which names the columns"),
    "blank lines": (b"\n\n ,, \n", None),
    "UTF-16 cut off": (
        "a,b\n1,2\n".encode("utf-16") + b"\x31",
        "data.csv is not UTF-16: it ends within a letter on line 3\n  save it as UTF-8 and import it again",
    ),
    "UTF-16 with half a letter": (
        codecs.BOM_UTF16_LE + "a,b\n1,2\n".encode("utf-16-le") + b"\x00\xd8x\0\n\0",
        "data.csv is not UTF-16: byte 0x00 on line 3\n  save it as UTF-8 and import it again",
    ),
    "Cyrillic in Windows-1251": (
        "место,потери\nШирокино,5\n".encode("cp1251"),
        "the encoding of data.csv is not known: it is not UTF-8, and has too many other letters for Latin-1\n"
        "  save it as UTF-8 and import it again",
    ),
    "an old workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "data.csv is no table: it is an old Excel file (.xls), or one with a password\n  save it as XLSX or CSV",
    ),
    "a workbook in gzip": (
        gzip.compress(b"PK\x03\x04"),
        "data.csv is no table: what is packed in it is a workbook, or packed again\n"
        "  unpack it, and import what is in it",
    ),
    "a header of more than 64 KiB": (
        b"x" * 70_000, "there is no table in data.csv: it has no first row, which names the columns",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, message: str | None) -> None:
    path = write(tmp_path, content)
    if message is None:
        assert whole(path)["names"] == ("", "", "")
        return
    with pytest.raises(ImportFailedError) as caught:
        whole(path)
    assert str(caught.value) == message


def test_damage_to_a_packed_table_is_found_before_the_first_row(tmp_path: Path) -> None:
    rows = "".join(f"{number},{number * number}\n" for number in range(200_000))
    path = write(tmp_path, gzip.compress(f"a,b\n{rows}".encode())[:-300])
    with open_table(path) as opened:
        assert opened.names == AB
        with pytest.raises(ImportFailedError, match=r"data\.csv is cut off"):
            opened.rows()


def test_bytes_that_are_no_utf16_are_found_before_the_first_row(tmp_path: Path) -> None:
    path = write(tmp_path, ("a,b\n" + "1,2\n" * 30_000).encode("utf-16") + b"\x00\xdc\x00\xdc")
    with open_table(path) as opened:
        assert opened.peek(1) == [["1", "2"]]
        with pytest.raises(ImportFailedError) as caught:
            opened.rows()
    assert caught.value.what == "data.csv is not UTF-16: byte 0x00 on line 30002"


def test_a_cell_may_be_long_but_not_endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a,b\n1," + "x" * 200_000 + "\n")
    assert [len(cells[1]) for _, cells, _ in whole(path)["rows"]] == [200_000]
    before = csv.field_size_limit()
    monkeypatch.setattr("conflictdb.importers.tabular.reader.LONGEST_CELL", 2 << 20)
    try:
        csv.field_size_limit(2 << 20)
        path = write(tmp_path, 'a,b\n1,2\n3,"4' + "\n5,6" * 600_000)
        with open_table(path) as opened, pytest.raises(ImportFailedError) as caught:
            list(opened.rows())
    finally:
        csv.field_size_limit(before)
    assert str(caught.value) == (
        "data.csv, line 3: a cell is longer than 2 MB\n  a quote that opens a cell there is probably never closed"
    )


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_line_without_end_is_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, codec: str) -> None:
    monkeypatch.setattr(encoding, "LONGEST_LINE", 1 << 20)
    path = write(tmp_path, ("a,b\n1," + "x" * (3 << 20)).encode(codec))
    with open_table(path) as opened, pytest.raises(ImportFailedError) as caught:
        opened.rows()
    assert caught.value.what == "data.csv is no table: a line of it is longer than 1 MB"


def test_rows_can_be_read_again_and_left_unread(tmp_path: Path) -> None:
    with open_table(write(tmp_path, "a,b\n1,2\n3,4\n")) as opened:
        assert next(iter(opened.rows())) == (2, ["1", "2"])
        assert list(opened.rows()) == list(opened.rows()) == [(2, ["1", "2"]), (3, ["3", "4"])]


def test_a_peek_takes_nothing_away_and_leaves_tags_out(tmp_path: Path) -> None:
    with open_table(write(tmp_path, "a,b\n#x,#y\n\n1,2\n3,4\n")) as opened:
        assert (opened.peek(1), opened.peek(9), opened.peek(0)) == ([["1", "2"]], [["1", "2"], ["3", "4"]], [])
        assert [cells for _, cells in opened.rows()] == opened.peek(9)


def test_names_are_found_cheaply(tmp_path: Path) -> None:
    assert find_names(write(tmp_path, "a,b\n1,2\n")) == ("a", "b")
    assert find_names(write(tmp_path, "")) == ()
    assert find_names(write(tmp_path, b"\xd0\xcf\x11\xe0")) == ()


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = write(tmp_path, "a,b,c\n" + "some text,é,3\n" * rows)
        with open_table(path) as opened:
            tracemalloc.start()
            count = sum(1 for _ in opened.rows())
            _, highest = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        assert count == rows
        return highest

    assert peak(200_000) < peak(60_000) * 1.2


REAL = {
    "ucdp/GEDEvent_v26_0_1.csv": ("UTF-8, comma", 49, "id", False, 1727, 2798),
    "ucdp/ged231_sample1000.csv": ("UTF-8, comma", 49, "id", False, 1000, 1211),
    "ucdp/hdx_conflict_data_nga.csv": ("UTF-8, comma", 53, "", True, 4603, 6022),
    "ucdp/hdx_conflict_data_ukr_b.csv": ("UTF-8, comma", 45, "id", True, 993, 999),
    "ucdp/hdx_conflict_data_ukr_c.csv": ("UTF-8, comma", 52, "id", True, 1167, 1174),
    "ucdp/ucdp-actor-221.csv": ("UTF-8 with BOM, comma", 35, "ActorId", False, 1725, 1728),
    "war_atlas/battles.csv": ("UTF-8, comma", 19, "slug", False, 3010, 3011),
    "war_atlas/sources.csv": ("UTF-8, comma", 4, "slug", False, 19020, 19021),
}


@pytest.mark.parametrize(("name", "expected"), REAL.items(), ids=REAL)
def test_real_files_are_read(shared: Path, name: str, expected: tuple[Any, ...]) -> None:
    path = shared / "data" / name
    found = whole(path)
    names, rows = found["names"], found["rows"]
    assert (found["written"], len(names), names[0], found["hxl"] is not None, len(rows), rows[-1][0]) == expected
    assert [row for row in rows if row[2]] == []
    with path.open(encoding="utf-8-sig", newline="") as file:
        plain = [row for row in csv.reader(file) if any(row)]
    assert [cells for _, cells, _ in rows] == plain[2 if expected[3] else 1 :]


@pytest.mark.parametrize("codec", ["latin-1", "cp1252", "utf-16", "utf-8-sig"])
def test_real_rows_survive_any_encoding(shared: Path, tmp_path: Path, codec: str) -> None:
    text = (shared / "data/ucdp/ged231_sample1000.csv").read_text(encoding="utf-8").encode(codec, "ignore")
    expected = list(csv.reader(io.StringIO(text.decode(codec), newline="")))
    found = whole(write(tmp_path, text))
    assert [row for row in found["rows"] if row[2]] == []
    assert [list(found["names"]), *(cells for _, cells, _ in found["rows"])] == expected


lines = st.lists(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=8),
        min_size=2,
        max_size=4,
    ),
    min_size=1,
    max_size=8,
)


@given(rows=lines, delimiter=st.sampled_from(sorted(dialect.DELIMITERS)), end=st.sampled_from(["\n", "\r\n"]))
def test_what_csv_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str, end: str
) -> None:
    header = ["one", "two", "three", "four"]
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([header, *rows])
    path = write(tmp_path_factory.mktemp("csv"), f"sep={delimiter}{end}" + written.getvalue())
    found = whole(path)
    kept = [row for row in rows if any(row)]
    if found["hxl"] is None:
        assert [cells for _, cells, _ in found["rows"]] == kept
    assert found["names"] == tuple(header)


@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.text('a,;\n"\r\t é“\0', max_size=80).map(str.encode),
        st.text('a,;\n"\r é', max_size=80).map(lambda text: text.encode("utf-16")),
        st.text('a,;\n"\r é', max_size=80).map(lambda text: b"a,b\n" + text.encode("latin-1")),
    )
)
def test_any_bytes_are_a_table_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = write(tmp_path_factory.mktemp("any"), content)
    with contextlib.suppress(ImportFailedError, FormatError):
        detect(path)
    with contextlib.suppress(ImportFailedError, FormatError):
        found = whole(path)
        count = content.count(b"\n") + content.count(b"\r") + 1
        assert all(1 < line <= count for line, _, _ in found["rows"])
        for _, cells, why in found["rows"]:
            assert why or (len(cells) >= len(found["names"]) and "".join(cells).encode() is not None)
    find_names(path)
