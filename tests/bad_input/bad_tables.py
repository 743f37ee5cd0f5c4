"""Small tables of the datasets, to spoil: invented rows with a name for every cell."""

from __future__ import annotations

import csv
import gzip
import io
import struct
import zipfile
from collections.abc import Iterable, Mapping

GED = {
    "id": "1001", "year": "2019", "type_of_violence": "1", "conflict_new_id": "11", "conflict_name": "Mali: Government",
    "dyad_new_id": "12", "dyad_name": "Government of Mali - JNIM", "side_a_new_id": "72",
    "side_a": "Government of Mali", "side_b_new_id": "6012",
    "side_b": "JNIM", "where_prec": "1", "where_coordinates": "Dioura village",
    "latitude": "14.825", "longitude": "-5.251", "country": "Mali", "date_prec": "1", "date_start": "2019-03-17",
    "date_end": "2019-03-17", "deaths_a": "23", "deaths_b": "3", "deaths_civilians": "0", "deaths_unknown": "0",
    "best": "26", "high": "30", "low": "23",
}  # fmt: skip
ACLED = {
    "event_id_cnty": "XMA1", "event_date": "2021-03-17", "year": "2021", "time_precision": "1", "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "Example Front", "assoc_actor_1": "", "inter1": "Rebel group",
    "actor2": "Military Forces of Mali (2020-2021)", "assoc_actor_2": "", "inter2": "State forces", "iso": "466",
    "country": "Mali", "admin1": "Mopti", "location": "Dioura", "latitude": "14.82", "longitude": "-5.26",
    "geo_precision": "1", "source": "Example Wire", "notes": "Invented.", "fatalities": "26",
    "timestamp": "1617235200",
}  # fmt: skip
GTD = {
    "eventid": "201503170001", "iyear": "2015", "imonth": "3", "iday": "17", "country_txt": "Mali", "city": "Dioura",
    "latitude": "14.82", "longitude": "-5.26", "attacktype1_txt": "Armed Assault", "targtype1_txt": "Military",
    "gname": "Example Front", "nkill": "26", "nkillter": "3", "nwound": "17",
}  # fmt: skip
DELETIONS = {"event_id_cnty": "XMA1", "deleted_timestamp": "1672704000"}


def table(*rows: Mapping[str, str], delimiter: str = ",") -> str:
    """Return a CSV of these rows, with the columns of the first."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return file.getvalue()


def numbered(row: Mapping[str, str], count: int, **changes: str) -> list[dict[str, str]]:
    """Return `count` rows that differ in their ids, the last with these changes."""
    key = next(iter(row))
    stem = row[key].rstrip("0123456789")
    rows = [{**row, key: f"{stem}{int(row[key][len(stem) :]) + number}"} for number in range(count)]
    return [*rows[:-1], {**rows[-1], **changes}]


def without(row: Mapping[str, str], *names: str) -> dict[str, str]:
    """Return a row without these columns."""
    return {name: cell for name, cell in row.items() if name not in names}


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def encrypted(content: str) -> bytes:
    """Return a zip that says of its one file that it is encrypted."""
    packed = bytearray(zipped({"ged.csv": content}, zipfile.ZIP_STORED))
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = packed.index(magic) + place
        packed[at : at + 2] = struct.pack("<H", struct.unpack("<H", packed[at : at + 2])[0] | 1)
    return bytes(packed)


def cut(content: bytes, share: float) -> bytes:
    """Return the beginning of a file."""
    return content[: int(len(content) * share)]


def gz(content: str) -> bytes:
    """Return a text gzipped."""
    return gzip.compress(content.encode())


def workbook(rows: Iterable[Iterable[str]], styles: str | None = None) -> bytes:
    """Return an XLSX with one sheet, as small as one can be; `styles` is what stands in its stylesheet."""
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows
    )
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    related = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    parts = {
        "xl/workbook.xml": f'<workbook {space} {related}><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/>"
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{cells}</sheetData></worksheet>",
    }
    return zipped(parts if styles is None else {**parts, "xl/styles.xml": styles})
