"""In which encoding a text file is written, and what in it cannot be read: told by all of its bytes."""

from __future__ import annotations

import codecs
import io
import re
import string
from dataclasses import dataclass
from typing import BinaryIO, NoReturn

from conflictdb.errors import ImportFailedError

MOST_FOREIGN = 0.4
"""Of the letters; accents in Western languages are at most a tenth of them."""

LONGEST_LINE = 16 << 20
_BLOCK = 1 << 18  # decoding is twice as fast as in blocks of 1 MB, which leave the processor's cache
_HIGH = bytes(range(0x80, 0x100))
_ASCII_LETTERS = string.ascii_letters.encode()
_CONTROLS = bytes(range(0x80, 0xA0))
_UNDEFINED = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))  # in Windows-1252
_STRAY = re.compile("[\udc80-\udcff]")
_WIDE = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "UTF-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "UTF-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes are letters: its name for people, Python's codec, and what was found on reading.

    `strays`: UTF-8 in which a few bytes are none; they are read as surrogates. `nuls`: characters NUL are in it.
    """

    name: str
    codec: str
    strays: bool = False
    nuls: bool = False

    @property
    def errors(self) -> str:
        """Return how the codec treats bytes that it cannot read."""
        return "surrogateescape" if self.codec.startswith("utf-8") else "replace"


def find_encoding(file: BinaryIO, name: str, most: int | None = None) -> Encoding:
    """Return the encoding of an open file, from where it stands; of its first `most` bytes only, where that is said.

    A byte order mark decides. Without one it is UTF-8, unless more bytes are no UTF-8 than letters beyond ASCII are:
    then it is Windows-1252, or Latin-1 where none of the bytes 0x80-0x9F is used, as in files made on old Windows.
    Statistical detection is not tried: on names in mixed languages it is mostly wrong (docs/decisions/0014).

    Raises ImportFailedError where the text is neither, with line and byte.
    """
    whole = most is None
    head = file.read(_BLOCK if most is None else most)
    wide = next(((shown, codec) for mark, shown, codec in _WIDE if head.startswith(mark)), _wide_without_mark(head))
    if wide is not None:
        return _check_wide(file if whole else None, head, *wide, name)
    count = _Count()
    if whole:
        block = head
        while block:
            count.add(block + _rest_of_line(file, name))
            block = file.read(_BLOCK)
    else:
        count.add(head, cut=len(head) == most)
    marked = head.startswith(codecs.BOM_UTF8)
    if not marked and count.strays > count.letters:
        return _western(count, name)
    shown, codec = ("UTF-8 with BOM", "utf-8-sig") if marked else ("UTF-8", "utf-8")
    return Encoding(shown, codec, count.strays > 0, count.nuls)


def _rest_of_line(file: BinaryIO, name: str) -> bytes:
    rest = file.readline(LONGEST_LINE)
    if len(rest) == LONGEST_LINE and b"\n" not in rest and b"\r" not in rest:
        _refuse_line(name)
    return rest


def _refuse_line(name: str) -> NoReturn:
    raise ImportFailedError(f"{name} is no table: a line of it is longer than {LONGEST_LINE >> 20} MB")


class _Count:
    """What the bytes of a file come to, counted block by block; a block ends with a line."""

    def __init__(self) -> None:
        self.letters = self.strays = self.foreign = self.ascii_letters = 0
        self.nuls = self.controls = self.undefined = False

    def add(self, block: bytes, cut: bool = False) -> None:
        """Count a block; `cut` where it may end within a letter."""
        self.nuls = self.nuls or b"\0" in block
        if block.isascii():
            return
        try:
            text, _ = codecs.utf_8_decode(block, "strict", not cut)
            strays = 0
        except UnicodeDecodeError:
            text, _ = codecs.utf_8_decode(block, "surrogateescape", not cut)
            strays = len(_STRAY.findall(text))
        self.letters += len(block) - len(text)  # a letter of two bytes counts as one, of three as two
        self.strays += strays
        if strays:
            self._add_western(block)

    def _add_western(self, block: bytes) -> None:
        plain = block.translate(None, _HIGH)
        self.foreign += len(block) - len(plain)
        self.ascii_letters += len(plain) - len(plain.translate(None, _ASCII_LETTERS))
        self.controls = self.controls or len(block.translate(None, _CONTROLS)) < len(block)
        self.undefined = self.undefined or len(block.translate(None, _UNDEFINED)) < len(block)


def _western(count: _Count, name: str) -> Encoding:
    if count.foreign > MOST_FOREIGN * (count.foreign + count.ascii_letters):
        raise ImportFailedError(
            f"the encoding of {name} is not known: it is not UTF-8, and has too many other letters for Latin-1",
            "save it as UTF-8 and import it again",
        )
    if count.controls and not count.undefined:
        return Encoding("Windows-1252", "cp1252", nuls=count.nuls)
    return Encoding("Latin-1", "latin-1", nuls=count.nuls)


def _wide_without_mark(head: bytes) -> tuple[str, str] | None:
    """Return the name and codec of UTF-16 without a byte order mark: in Western text every other byte is NUL."""
    sample = head[:4096]
    if len(sample) < 4 or sample.count(0) * 10 < len(sample) * 3:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 8 * even:
        return "UTF-16", "utf-16-le"
    return ("UTF-16", "utf-16-be") if even > 8 * odd else None


def _check_wide(file: BinaryIO | None, head: bytes, shown: str, codec: str, name: str) -> Encoding:
    """Read all of the file, or the head alone, and return the encoding."""
    decoder = codecs.getincrementaldecoder(codec)()
    line, nuls, block, length = 1, False, head, 0
    try:
        while block:
            text = decoder.decode(block)
            line += text.count("\n")
            length = 0 if "\n" in text or "\r" in text else length + len(text)
            if length > LONGEST_LINE:
                _refuse_line(name)
            nuls = nuls or "\0" in text
            block = file.read(_BLOCK) if file is not None else b""
        if file is not None:
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        before, _ = codecs.lookup(codec).decode(error.object[: error.start], "ignore")
        raise ImportFailedError(
            f"{name} is not {shown}: {_hex(error)} on line {line + before.count(chr(10))}",
            "save it as UTF-8 and import it again",
        ) from None
    return Encoding(shown, codec, nuls=nuls)


def _hex(error: UnicodeDecodeError) -> str:
    if "truncated" in error.reason or "unexpected end" in error.reason:
        return "it ends within a letter"
    return f"byte 0x{error.object[error.start]:02X}"


def open_text(file: BinaryIO, encoding: Encoding) -> io.TextIOWrapper:
    """Return an open file as text; line ends stay as they are."""
    return io.TextIOWrapper(file, encoding=encoding.codec, errors=encoding.errors, newline="")


def explain_stray(text: str) -> str | None:
    """Return why a text that may hold bytes that are no UTF-8 cannot be taken, or None where it holds none."""
    match = _STRAY.search(text)
    return f"the byte 0x{ord(match[0]) - 0xDC00:02X} is not UTF-8" if match else None
