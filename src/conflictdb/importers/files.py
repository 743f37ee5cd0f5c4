"""Files as people have them: plain, gzipped, or alone in a zip; opened by what they hold, with bounds on unpacking."""

from __future__ import annotations

import errno
import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from conflictdb.errors import FormatError, ImportFailedError

HEAD_BYTES = 65_536
"""How much of a file is looked at to tell what it is."""
MOST_UNPACKED = 8 * 2**30
MOST_RATIO, RATIO_FROM = 200, 512 * 2**20
"""A file that unpacks to more than 200 times its size is no data, once that is more than 512 MB."""

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, ValueError, IndexError,
    OverflowError, OSError,
)  # fmt: skip
"""What zipfile and gzip raise for damage: of OSError, BadGzipFile, and a place before the file's beginning."""
_DOCUMENTS = {
    "content.xml": "an OpenDocument file",
    "xl/workbook.bin": "a binary Excel workbook (.xlsb)",
    "word/document.xml": "a Word document",
}
"""Files of other programs that are zips, by a part that each holds."""
_BLOCK = 1 << 20
_GB = 2**30


@contextmanager
def open_bytes(path: Path) -> Iterator[BinaryIO]:
    """Open the content of a file: of a gzip file, and of a zip that holds one data file, what is packed in it.

    A zip that is an XLSX workbook is opened as it is. `file.zip!member.csv` names one of several files in a zip.
    What is packed twice is unpacked once. Raises FormatError where a zip holds several data files, and
    ImportFailedError, here or while it is read, where the file is damaged, encrypted, or unpacks to too much.
    """
    archive, member = split_member(path)
    if archive.is_dir():
        raise ImportFailedError(f"{archive} is a folder", f"name the files in it, e.g. {archive}/*.yaml")
    with ExitStack() as stack:
        file = stack.enter_context(archive.open("rb"))
        magic = file.read(4)
        file.seek(0)
        if magic.startswith(GZIP) and member is None:
            packed = cast(IO[bytes], stack.enter_context(gzip.GzipFile(fileobj=file)))
            yield _bounded(packed, path.name, archive.stat().st_size)
        elif magic in (ZIP, _EMPTY_ZIP) and not is_workbook(file):
            unzipped = stack.enter_context(open_zip(file, path.name))
            info = _choose(unzipped, path, member)
            yield stack.enter_context(open_member(unzipped, info, archive.name))
        elif member is not None and magic != ZIP:
            raise ImportFailedError(f"{archive.name} is no zip, so there is no {member} in it")
        else:
            yield file


def read_head(path: Path) -> bytes:
    """Return the first 64 KiB of the unpacked content."""
    with open_bytes(path) as file:
        return file.read(HEAD_BYTES)


def is_workbook(file: BinaryIO) -> bool:
    """Return whether an open file is an XLSX workbook; the file is left at its beginning."""
    file.seek(0)
    try:
        if file.read(4) != ZIP:
            return False
        with zipfile.ZipFile(file) as archive:
            names = [name.replace("\\", "/").lower() for name in archive.namelist()]
            return any(name.startswith("xl/workbook") and name.endswith(".xml") for name in names)
    except _DAMAGE:
        return False
    finally:
        file.seek(0)


def split_member(path: Path) -> tuple[Path, str | None]:
    """Return the archive and the member that `file.zip!member.csv` names; else the path itself.

    An XLSX workbook's sheet is named so too: `file.xlsx!Sheet`.
    """
    parts = str(path).split("!")
    for count in range(1, len(parts)) if not path.exists() else ():
        archive, member = Path("!".join(parts[:count])), "!".join(parts[count:])
        if member and archive.is_file():
            return archive, member
    return path, None


def open_zip(file: BinaryIO, name: str) -> zipfile.ZipFile:
    """Open a zip to look into. Raises ImportFailedError where it is damaged."""
    with _telling(name):
        return zipfile.ZipFile(file)


def _choose(archive: zipfile.ZipFile, path: Path, member: str | None) -> zipfile.ZipInfo:
    """Return the data file in a zip: the one that is named, else the only one."""
    files = [info for info in archive.infolist() if _is_data(info)]
    names = ", ".join(info.filename for info in files[:8]) + (f" and {len(files) - 8} more" if len(files) > 8 else "")
    if member is not None:
        named = [info for info in files if info.filename == member]
        named = named or [info for info in files if info.filename.rpartition("/")[2] == member]
        if not named:
            raise ImportFailedError(f"there is no such file in the zip: {path.name}", f"it holds: {names or 'no data'}")
        return named[0]
    if not files:
        raise ImportFailedError(f"the zip {path.name} holds no data file")
    for part, what in _DOCUMENTS.items():
        if any(info.filename == part for info in files):
            raise ImportFailedError(f"{path.name} is {what}", "save it as XLSX or CSV")
    if len(files) > 1:
        raise FormatError(
            f"the zip {path.name} holds {len(files)} files: {names}",
            f"unzip it, or name one: '{path}!{files[0].filename}'",
        )
    return files[0]


def _is_data(info: zipfile.ZipInfo) -> bool:
    """Return whether this is a file of the user's, not a folder or what macOS and editors leave."""
    parts = info.filename.split("/")
    return not info.is_dir() and "__MACOSX" not in parts and not any(part.startswith(".") for part in parts)


@contextmanager
def open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Iterator[BinaryIO]:
    """Open one file of the zip `name`, within the bounds on unpacking. Raises ImportFailedError."""
    if info.flag_bits & 0x1:
        raise ImportFailedError(f"the zip {name} is encrypted", "unpack it with its password, and import what is in it")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ImportFailedError(f"the zip {name} is packed in an unusual way", "unzip it, and import what is in it")
    with _telling(name):
        file = archive.open(info)
    with file:
        yield _bounded(file, name, info.compress_size)


@contextmanager
def _telling(name: str) -> Iterator[None]:
    """Say in words that packed data are damaged; what the disk says is passed on."""
    try:
        yield
    except EOFError:
        raise ImportFailedError(f"{name} is cut off: its packed data end too early", "fetch it again") from None
    except _DAMAGE as error:
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise
        raise ImportFailedError(f"{name} is damaged: {error}", "fetch it again") from None


def _bounded(packed: IO[bytes], name: str, packed_size: int) -> BinaryIO:
    return io.BufferedReader(_Bounded(packed, name, packed_size), _BLOCK)


class _Bounded(io.RawIOBase):
    """What is unpacked, up to a bound; damage is told in our words."""

    def __init__(self, packed: IO[bytes], name: str, packed_size: int) -> None:
        self._packed = packed
        self._name = name
        self._packed_size = max(packed_size, 1)
        self._count = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; raises ImportFailedError for damage and for too much."""
        with _telling(self._name):
            block = self._packed.read(len(buffer))
        buffer[: len(block)] = block
        self._count += len(block)
        if self._count > MOST_UNPACKED:
            raise ImportFailedError(f"{self._name} unpacks to more than {MOST_UNPACKED // _GB} GB", "split it")
        if self._count > RATIO_FROM and self._count > MOST_RATIO * self._packed_size:
            raise ImportFailedError(
                f"{self._name} unpacks to more than {MOST_RATIO} times its size, as no data do; it is not read"
            )
        return len(block)
