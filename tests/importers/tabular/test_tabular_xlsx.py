"""Tables in XLSX workbooks: which sheet, what its cells are as text, and damage."""

from __future__ import annotations

import contextlib
import io
import tracemalloc
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.errors import FormatError, ImportFailedError
from conflictdb.importers.tabular import xlsx
from conflictdb.importers.tabular.reader import find_names, open_table
from conflictdb.importers.tabular.xlsx_values import Format, find_format, plain_number

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="dd\\-mmm\\-yyyy"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/><xf numFmtId="22"/></cellXfs>'
    "</styleSheet>"
)
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'


def sheet(rows: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def parts(
    *rows: str,
    strings: str | None = None,
    styles: str | None = STYLES,
    states: tuple[str, ...] = (),
    properties: str = "",
) -> dict[str, str]:
    """Return the parts of a workbook whose sheets S1, S2 ... hold these rows."""
    numbers = range(1, len(rows) + 1)
    listed = "".join(
        f'<sheet name="S{number}" sheetId="{number}" state="{state}" r:id="rId{number}"/>'
        for number, state in zip(numbers, (*states, *["visible"] * len(rows)), strict=False)
    )
    related = "".join(f'<Relationship Id="rId{number}" Target="worksheets/sheet{number}.xml"/>' for number in numbers)
    made = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}">{properties}<sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": f"<Relationships>{related}</Relationships>",
        **{f"xl/worksheets/sheet{number}.xml": sheet(each) for number, each in zip(numbers, rows, strict=True)},
    }
    if strings is not None:
        made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return made | ({"xl/styles.xml": styles} if styles is not None else {})


def pack(folder: Path, made: dict[str, str] | dict[str, bytes], name: str = "book.xlsx") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in made.items():
            archive.writestr(part, content)
    return path


def whole(path: Path) -> dict[str, Any]:
    """Return all that a table says."""
    with open_table(path) as table:
        rows = [(line, cells, table.bad_row(line, cells)) for line, cells in table.rows()]
        return {"names": table.names, "written": table.dialect_text, "hxl": table.hxl, "rows": rows}


def values(path: Path) -> list[list[str]]:
    return [cells for _, cells, _ in whole(path)["rows"]]


def cells(*written: str) -> str:
    """Return the row 2 of cells, each given as what stands after `<c `."""
    return HEADER + '<row r="2">' + "".join(f"<c {each}</c>" for each in written) + "</row>"


CELLS = {
    "whole number": ('r="A2"><v>5</v>', "5"),
    "whole number as Excel may write it": ('r="A2"><v>5.0</v>', "5"),
    "a long id": ('r="A2"><v>2.01501010001E11</v>', "201501010001"),
    "decimal with Excel's 17 digits": ('r="A2"><v>36.765000000000001</v>', "36.765"),
    "negative": ('r="A2"><v>-9</v>', "-9"),
    "small": ('r="A2" t="n"><v>1E-3</v>', "0.001"),
    "day": ('r="A2" s="1"><v>42135</v>', "2015-05-11"),
    "day by a format of its own": ('r="A2" s="2"><v>42135</v>', "2015-05-11"),
    "day and time": ('r="A2" s="4"><v>42135.75</v>', "2015-05-11T18:00:00"),
    "time": ('r="A2" s="3"><v>0.75</v>', "18:00:00"),
    "a day of 1900": ('r="A2" s="1"><v>59</v>', "1900-02-28"),
    "the day that never was": ('r="A2" s="1"><v>60</v>', "60"),
    "the day after": ('r="A2" s="1"><v>61</v>', "1900-03-01"),
    "the last day": ('r="A2" s="1"><v>2958465</v>', "9999-12-31"),
    "no day": ('r="A2" s="1"><v>1e99</v>', "1e+99"),
    "before all days": ('r="A2" s="1"><v>-5</v>', "-5"),
    "no number": ('r="A2" s="1"><v>x</v>', "x"),
    "an ISO date": ('r="A2" t="d"><v>2015-05-11</v>', "2015-05-11"),
    "true": ('r="A2" t="b"><v>1</v>', "true"),
    "false": ('r="A2" t="b"><v>0</v>', "false"),
    "error": ('r="A2" t="e"><v>#N/A</v>', "#N/A"),
    "text of a formula": ('r="A2" t="str"><f>A1&amp;"x"</f><v>ax</v>', "ax"),
    "number of a formula": ('r="A2"><f>1+1</f><v>2</v>', "2"),
    "shared text": ('r="A2" t="s"><v>0</v>', "Bogotá & Cali"),
    "rich text without its reading aid": ('r="A2" t="s"><v>1</v>', "two parts"),
    "control character": ('r="A2" t="s"><v>2</v>', "a\rb"),
    "inline rich text": ('r="A2" t="inlineStr"><is><r><t>x </t></r><r><t>y</t></r></is>', "x y"),
    "style that is not there": ('r="A2" s="99"><v>42135</v>', "42135"),
    "without reference": ("><v>5</v>", "5"),
}
STRINGS = (
    "<si><t>Bogotá &amp; Cali</t></si>"
    '<si><r><t xml:space="preserve">two </t></r><rPh sb="0" eb="1"><t>TWO</t></rPh><r><t>parts</t></r></si>'
    "<si><t>a_x000D_b</t></si>"
)


@pytest.mark.parametrize(("cell", "expected"), CELLS.values(), ids=CELLS)
def test_a_cell_is_text(tmp_path: Path, cell: str, expected: str) -> None:
    assert values(pack(tmp_path, parts(cells(cell), strings=STRINGS))) == [[expected, ""]]


def test_days_may_be_counted_from_1904(tmp_path: Path) -> None:
    made = parts(cells('r="A2" s="1"><v>40673</v>'), properties='<workbookPr date1904="1"/>')
    assert values(pack(tmp_path, made)) == [["2015-05-11", ""]]


@pytest.mark.parametrize(
    "styles", [None, "", "<broken", "<styleSheet><cellXfs><xf numFmtId='x'/></cellXfs></styleSheet>"]
)
def test_without_styles_all_but_the_dates_is_read(tmp_path: Path, styles: str | None) -> None:
    found = whole(pack(tmp_path, parts(cells('r="A2" s="1"><v>42135</v>', 'r="B2"><v>5</v>'), styles=styles)))
    assert found == {
        "names": ("a", "b"),
        "written": "XLSX, sheet S1 (its styles cannot be read: dates are day numbers)",
        "hxl": None,
        "rows": [(2, ["42135", "5"], None)],
    }


def test_styles_that_other_readers_stumble_over(tmp_path: Path) -> None:
    styles = STYLES.replace("<cellStyleXfs>", "<fills><fill/></fills><borders/><cellStyleXfs>")
    assert values(pack(tmp_path, parts(cells('r="A2" s="1"><v>42135</v>'), styles=styles))) == [["2015-05-11", ""]]


def test_rows_keep_their_numbers_and_are_as_wide_as_the_header(tmp_path: Path) -> None:
    rows = (
        HEADER
        + '<row r="3"><c r="B3"><v>2</v></c></row>'
        + '<row r="4"><c r="A4" s="1"/></row>'
        + '<row r="9"><c r="A9"><v>1</v></c><c r="Z9" s="1"/><c r="ZZ9"><v>7</v></c></row>'
        + "<row><c><v>3</v></c><c><v>4</v></c></row>"
        + '<row r="12"><c r="B12"><v>6</v></c><c r="A12"><v>5</v></c></row>'
    )
    assert whole(pack(tmp_path, parts(rows)))["rows"] == [
        (3, ["", "2"], None),
        (9, ["1", "", "7"], "this row has 3 cells where the header has 2"),
        (10, ["3", "4"], None),
        (12, ["5", "6"], None),
    ]


def test_a_title_above_the_header_and_tags_below_it(tmp_path: Path) -> None:
    def row(number: int, *texts: str) -> str:
        written = "".join(f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in texts)
        return f'<row r="{number}">{written}</row>'

    made = parts(row(1, "Events of 2019") + row(3, " a ", "b") + row(4, "#x", "#y") + row(5, "1", "2") + row(6, "3"))
    assert whole(pack(tmp_path, made)) == {
        "names": ("a", "b"),
        "written": "XLSX, sheet S1",
        "hxl": ("#x", "#y"),
        "rows": [(5, ["1", "2"], None), (6, ["3", ""], None)],
    }


def test_the_largest_visible_sheet_is_the_table(tmp_path: Path) -> None:
    one, two, three = (HEADER + f'<row r="2"><c r="A2"><v>{number}</v></c></row>' * number for number in (1, 2, 3))
    path = pack(tmp_path, parts(one, two, three, states=("visible", "visible", "hidden")))
    found = whole(path)
    assert (found["written"], found["rows"][0]) == ("XLSX, sheet S2, the largest of 2", (2, ["2", ""], None))
    assert values(pack(tmp_path, parts(one, states=("hidden",)))) == [["1", ""]]


def test_a_sheet_can_be_named(tmp_path: Path) -> None:
    one, two = (HEADER + f'<row r="2"><c r="A2"><v>{number}</v></c></row>' * number for number in (1, 2))
    path = pack(tmp_path, parts(one, two))
    found = whole(Path(f"{path}!S1"))
    assert (found["written"], found["rows"]) == ("XLSX, sheet S1 of 2", [(2, ["1", ""], None)])
    with pytest.raises(FormatError) as caught:
        whole(Path(f"{path}!S3"))
    assert str(caught.value) == "book.xlsx has no sheet S3\n  it has: S1, S2"


def test_prefixed_names_are_read(tmp_path: Path) -> None:
    made = parts(cells('r="A2" t="s"><v>0</v>'), strings="<si><t>x</t></si>")
    for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"):
        text = made[part].replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
        for tag in ("worksheet", "sheetData", "row", "c", "v", "is", "t", "sst", "si", "workbook", "sheets", "sheet"):
            for before, after in ((f"<{tag} ", f"<x:{tag} "), (f"<{tag}>", f"<x:{tag}>"), (f"</{tag}>", f"</x:{tag}>")):
                text = text.replace(before, after)
        made[part] = text
    assert values(pack(tmp_path, made)) == [["x", ""]]


def test_paths_as_other_programs_write_them(tmp_path: Path) -> None:
    made = parts(cells('r="A2"><v>5</v>'))
    made["xl/_rels/workbook.xml.rels"] = (
        '<Relationships><Relationship Id="rId1" Target="/xl/worksheets/Sheet1.xml"/></Relationships>'
    )
    made = {name.replace("/", "\\") if "sheet1" in name else name: text for name, text in made.items()}
    assert values(pack(tmp_path, made)) == [["5", ""]]


def test_a_workbook_of_openpyxl(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.title = "Events & more"
    page.append(["id", "day", "moment", "time", "deaths", "share", "ok", "note", "blank", "sum"])
    page.append(
        [
            1,
            date(2015, 5, 11),
            datetime(2015, 5, 11, 6, 30),
            time(18, 5),
            12.0,
            0.1,
            True,
            "Bogotá\n<x> & 'y'",
            None,
            "=1+1",
        ]
    )
    page.append([None, None, None, None, None, None, False, "", None, None])
    book.save(tmp_path / "book.xlsx")
    moments = ["2015-05-11", "2015-05-11T06:30:00", "18:05:00"]
    assert whole(tmp_path / "book.xlsx") == {
        "names": ("id", "day", "moment", "time", "deaths", "share", "ok", "note", "blank", "sum"),
        "written": "XLSX, sheet Events & more",
        "hxl": None,
        "rows": [
            (2, ["1", *moments, "12", "0.1", "true", "Bogotá\n<x> & 'y'", "", ""], None),
            (3, ["", "", "", "", "", "", "false", "", "", ""], None),
        ],
    }  # fmt: skip


DAMAGED = {
    "no rows": ({"xl/worksheets/sheet1.xml": sheet("")}, "there is no table in book.xlsx: the sheet S1 is empty"),
    "no sheet": ({"xl/_rels/workbook.xml.rels": "<a/>"}, "the workbook book.xlsx has no worksheet"),
    "a sheet cut off": (
        {"xl/worksheets/sheet1.xml": sheet(HEADER)[:-30]},
        "the workbook book.xlsx is damaged, in the sheet S1: no element found: line 1, column 227\n"
        "  open it, and save it again as XLSX or CSV",
    ),
    "a text that is not there": (
        {"xl/worksheets/sheet1.xml": sheet(cells('r="A2" t="s"><v>9</v>'))},
        "the workbook book.xlsx is damaged, in the sheet S1: there is no text 9\n"
        "  open it, and save it again as XLSX or CSV",
    ),
    "a column that is none": (
        {"xl/worksheets/sheet1.xml": sheet(cells('r="ZZZ2"><v>9</v>'))},
        "the workbook book.xlsx is damaged, in the sheet S1: 'ZZZ' is no column\n"
        "  open it, and save it again as XLSX or CSV",
    ),
    "entities": (
        {"xl/worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet(HEADER)},
        "the workbook book.xlsx is damaged, in the sheet S1: it has a document type\n"
        "  open it, and save it again as XLSX or CSV",
    ),
    "no relations": (
        {"xl/_rels/workbook.xml.rels": ""},
        "the workbook book.xlsx is damaged, in xl/_rels/workbook.xml.rels: no element found: line 1, column 0\n"
        "  open it, and save it again as XLSX or CSV",
    ),
}


@pytest.mark.parametrize(("changed", "message"), DAMAGED.values(), ids=DAMAGED)
def test_damage_is_told_in_words(tmp_path: Path, changed: dict[str, str], message: str) -> None:
    path = pack(tmp_path, parts(cells('r="A2"><v>5</v>'), strings=STRINGS) | changed)
    with pytest.raises(ImportFailedError) as caught:
        whole(path)
    assert str(caught.value) == message
    assert find_names(path) in ((), ("a", "b"))


def test_a_workbook_in_a_zip_is_named(tmp_path: Path) -> None:
    inner = pack(tmp_path, parts(cells('r="A2"><v>5</v>'))).read_bytes()
    path = pack(tmp_path, {"book.xlsx": inner}, "out.zip")
    with pytest.raises(ImportFailedError) as caught:
        whole(path)
    assert str(caught.value) == (
        "out.zip is no table: what is packed in it is a workbook, or packed again\n"
        "  unpack it, and import what is in it"
    )


def test_texts_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_STRINGS", 1 << 20)
    path = pack(tmp_path, parts(cells('r="A2" t="s"><v>2</v>'), strings=f"<si><t>{'x' * (2 << 20)}</t></si>" * 2))
    with pytest.raises(ImportFailedError, match="it takes more than 1 MB"):
        whole(path)


def test_far_columns_take_no_memory(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{number}"><c r="XFD{number}"><v>1</v></c></row>' for number in range(2, 20_000))
    path = pack(tmp_path, parts(HEADER + rows))
    with open_table(path) as table:
        tracemalloc.start()
        found = {len(row) for _, row in table.rows()}
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert found == {3}
    assert highest < 4 << 20


def test_memory_does_not_grow_with_the_sheet(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        rows = "".join(
            f'<row r="{number}"><c r="A{number}"><v>{number}</v></c><c r="B{number}" t="str"><v>x</v></c></row>'
            for number in range(2, count)
        )
        with open_table(pack(tmp_path, parts(HEADER + rows))) as table:
            tracemalloc.start()
            found = sum(1 for _ in table.rows())
            _, highest = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        assert found == count - 2
        return highest

    assert peak(60_000) < peak(30_000) * 1.2


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        (0, None, Format.NUMBER), (2, None, Format.NUMBER), (14, None, Format.DAY), (22, None, Format.DAY),
        (20, None, Format.TIME), (46, None, Format.NUMBER), (57, None, Format.DAY), (49, None, Format.NUMBER),
        (164, "yyyy-mm-dd", Format.DAY), (164, "[$-409]d\\-mmm\\-yy;@", Format.DAY), (164, "mmm", Format.DAY),
        (164, "h:mm AM/PM", Format.TIME), (164, "[h]:mm", Format.NUMBER), (164, "General", Format.NUMBER),
        (164, '#,##0 "dead"', Format.NUMBER), (164, "[Red]0.00", Format.NUMBER), (164, "0.00E+00", Format.NUMBER),
        (164, "mm:ss", Format.TIME),
    ],
)  # fmt: skip
def test_formats_of_dates(number: int, code: str | None, expected: Format) -> None:
    assert find_format(number, code) is expected


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_keep_their_value(number: float) -> None:
    assert float(plain_number(repr(number))) == number


SOUND = parts(cells('r="A2" s="1"><v>42135</v>', 'r="B2" t="s"><v>1</v>'), strings=STRINGS)


@given(
    part=st.sampled_from(sorted(SOUND)),
    at=st.integers(0, 2000),
    length=st.integers(0, 40),
    put=st.one_of(
        st.binary(max_size=12), st.sampled_from([b"<", b">", b'"', b"-1", b"999999999999", b"\0", b"\xff", b"&a;"])
    ),
)
def test_any_damage_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, part: str, at: int, length: int, put: bytes
) -> None:
    made = {name: text.encode() for name, text in SOUND.items()}
    at %= len(made[part]) + 1
    made[part] = made[part][:at] + put + made[part][at + length :]
    path = pack(tmp_path_factory.mktemp("any"), made)
    with contextlib.suppress(ImportFailedError, FormatError):
        assert all(isinstance(cell, str) for row in values(path) for cell in row)


@given(flips=st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 255)), min_size=1, max_size=3))
def test_any_damage_to_the_zip_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[int, int]]
) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in SOUND.items():
            archive.writestr(name, text)
    spoilt = bytearray(made.getvalue())
    for place, mask in flips:
        spoilt[place % len(spoilt)] ^= mask
    path = tmp_path_factory.mktemp("any") / "book.xlsx"
    path.write_bytes(bytes(spoilt))
    with contextlib.suppress(ImportFailedError, FormatError):
        values(path)
