"""Files as people have them: plain, gzipped, in a zip; damaged, encrypted, or bombs."""

from __future__ import annotations

import contextlib
import gzip
import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictdb.errors import FormatError, ImportFailedError
from conflictdb.importers import contract, files
from conflictdb.importers.files import open_bytes, read_head

TEXT = b"a,b\n1,2\n"


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def encrypted(content: bytes) -> bytes:
    """Return a zip that says of its one file that it is encrypted."""
    packed = bytearray(zipped({"data.csv": content}, zipfile.ZIP_STORED))
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = packed.index(magic) + place
        packed[at : at + 2] = struct.pack("<H", struct.unpack("<H", packed[at : at + 2])[0] | 1)
    return bytes(packed)


def read(path: Path) -> bytes:
    with open_bytes(path) as file:
        return file.read()


@pytest.mark.parametrize(
    ("name", "content"),
    {
        "plain": ("data.csv", TEXT),
        "empty": ("empty.csv", b""),
        "gzip": ("data.csv.gz", gzip.compress(TEXT)),
        "gzip by another name": ("data.csv", gzip.compress(TEXT)),
        "gzip in two parts": ("data.gz", gzip.compress(TEXT[:4]) + gzip.compress(TEXT[4:])),
        "zip": ("data.zip", zipped({"data.csv": TEXT})),
        "zip in a folder": ("data.zip", zipped({"out/": b"", "out/data.csv": TEXT})),
        "zip made on a Mac": (
            "data.zip",
            zipped({"data.csv": TEXT, "__MACOSX/._data.csv": b"\0\5", ".DS_Store": b"\0", "a/.hidden": b""}),
        ),
        "zip, not compressed": ("data.zip", zipped({"data.csv": TEXT}, zipfile.ZIP_STORED)),
    }.values(),
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_content_is_opened_by_what_it_is(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    expected = b"" if name == "empty.csv" else TEXT
    assert read(path) == expected
    assert read_head(path) == contract.read_head(path) == expected


def test_the_head_is_64_kib_of_what_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "data.gz"
    path.write_bytes(gzip.compress(bytes(range(256)) * 1000))
    assert read_head(path) == bytes(range(256)) * 256


@pytest.mark.parametrize("member", ["out/b.csv", "b.csv"])
def test_a_file_in_a_zip_can_be_named(tmp_path: Path, member: str) -> None:
    path = tmp_path / "two.zip"
    path.write_bytes(zipped({"a.csv": b"a", "out/b.csv": b"b"}))
    assert read(Path(f"{path}!{member}")) == b"b"


def test_an_exclamation_mark_may_stand_in_a_name(tmp_path: Path) -> None:
    path = tmp_path / "what!.csv"
    path.write_bytes(TEXT)
    assert read(path) == TEXT
    packed = tmp_path / "now! all.zip"
    packed.write_bytes(zipped({"a!.csv": b"a", "b.csv": b"b"}))
    assert read(Path(f"{packed}!a!.csv")) == b"a"


def test_a_zip_of_several_files_says_how_to_name_one(tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    path.write_bytes(zipped({"a.csv": b"a", "out/b.csv": b"b", "__MACOSX/a.csv": b""}))
    with pytest.raises(FormatError) as caught:
        read(path)
    assert str(caught.value) == (
        f"the zip two.zip holds 2 files: a.csv, out/b.csv\n  unzip it, or name one: '{path}!a.csv'"
    )


def test_a_workbook_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}))
    assert read(path) == path.read_bytes()


def test_what_is_packed_twice_is_unpacked_once(tmp_path: Path) -> None:
    path = tmp_path / "data.zip"
    inner = zipped({"data.csv": TEXT})
    path.write_bytes(zipped({"inner.zip": inner}))
    assert read(path) == inner


DAMAGED = {
    "gzip cut off": (
        gzip.compress(TEXT * 1000)[:-20],
        "x.dat is cut off: its packed data end too early\n  fetch it again",
    ),
    "gzip with a wrong sum": (
        gzip.compress(TEXT)[:-8] + b"\0" * 8,
        "x.dat is damaged: CRC check failed 0x0 != 0xa97077b\n  fetch it again",
    ),
    "gzip with wrong data": (
        gzip.compress(TEXT)[:10] + b"\xff" * 40,
        "x.dat is damaged: Error -3 while decompressing data: invalid block type\n  fetch it again",
    ),
    "zip cut off": (zipped({"data.csv": TEXT})[:-30], "x.dat is damaged: File is not a zip file\n  fetch it again"),
    "zip without files": (zipped({}), "the zip x.dat holds no data file"),
    "zip of folders": (zipped({"a/": b""}), "the zip x.dat holds no data file"),
    "zip with a password": (
        encrypted(TEXT),
        "the zip x.dat is encrypted\n  unpack it with its password, and import what is in it",
    ),
    "zip packed by LZMA": (
        zipped({"data.csv": TEXT}, zipfile.ZIP_LZMA),
        "the zip x.dat is packed in an unusual way\n  unzip it, and import what is in it",
    ),
    "zip with a wrong sum": (
        zipped({"data.csv": TEXT}, zipfile.ZIP_STORED).replace(TEXT, b"A,B\n1,2\n"),
        "x.dat is damaged: Bad CRC-32 for file 'data.csv'\n  fetch it again",
    ),
    "OpenDocument": (
        zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
        "x.dat is an OpenDocument file\n  save it as XLSX or CSV",
    ),
}


@pytest.mark.parametrize(("content", "message"), DAMAGED.values(), ids=DAMAGED)
def test_damage_is_told_in_words(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "x.dat"
    path.write_bytes(content)
    with pytest.raises(ImportFailedError) as caught:
        read(path)
    assert str(caught.value) == message


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: zipped({"data.csv": content})], ids=["gzip", "zip"])
def test_what_unpacks_to_too_much_is_not_read(tmp_path: Path, pack, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(files, "RATIO_FROM", 1 << 20)
    path = tmp_path / "bomb"
    path.write_bytes(pack(b"\0" * (3 << 20)))
    with open_bytes(path) as file, pytest.raises(ImportFailedError) as caught:
        while file.read(1 << 16):
            pass
    assert str(caught.value) == "bomb unpacks to more than 200 times its size, as no data do; it is not read"


def test_what_unpacks_to_more_than_the_bound_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_UNPACKED", 2 << 20)
    path = tmp_path / "large.gz"
    path.write_bytes(gzip.compress(b"\0" * (3 << 20)))
    with pytest.raises(ImportFailedError, match=r"large\.gz unpacks to more than 0 GB"):
        read(path)


def test_a_member_of_what_is_no_zip(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(TEXT)
    with pytest.raises(ImportFailedError) as caught:
        read(Path(f"{path}!a.csv"))
    assert str(caught.value) == "data.csv is no zip, so there is no a.csv in it"


def test_a_member_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "data.zip"
    path.write_bytes(zipped({"a.csv": b"a"}))
    with pytest.raises(ImportFailedError) as caught:
        read(Path(f"{path}!c.csv"))
    assert str(caught.value) == "there is no such file in the zip: data.zip!c.csv\n  it holds: a.csv"


@given(
    content=st.one_of(
        st.binary(max_size=400),
        st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
        st.binary(max_size=200).map(lambda tail: b"\x1f\x8b\x08" + tail),
    ),
    flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 255)), max_size=4),
    packed=st.sampled_from(["as it is", "gzip", "zip"]),
)
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, flips: list[tuple[int, int]], packed: str
) -> None:
    made = {"as it is": lambda: content, "gzip": lambda: gzip.compress(content), "zip": lambda: zipped({"a": content})}
    spoilt = bytearray(made[packed]())
    for place, mask in flips:
        if spoilt:
            spoilt[place % len(spoilt)] ^= mask
    path = tmp_path_factory.mktemp("any") / "any"
    path.write_bytes(bytes(spoilt))
    with contextlib.suppress(ImportFailedError, FormatError):
        read(path)
