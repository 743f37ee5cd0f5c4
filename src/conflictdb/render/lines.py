"""Lines of styled text, and the two ways to write them: with styles to a terminal, without to anything else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TextIO

from conflictdb.render.text import cell_width

Style = Literal["", "bold", "dim"]


class Segment(NamedTuple):
    """A piece of a line. Its text is already escaped (`text.visible`)."""

    text: str
    style: Style = ""


Line = Sequence[Segment]


def line(text: str, style: Style = "") -> Line:
    """Return a line of one segment, or the empty line."""
    return (Segment(text, style),) if text else ()


def line_text(segments: Line) -> str:
    """Return a line without its styles, and without spaces at its end."""
    return "".join(segment.text for segment in segments).rstrip()


def line_width(segments: Line) -> int:
    """Return how many cells a line takes."""
    return sum(cell_width(segment.text) for segment in segments)


def write_lines(lines: Iterable[Line], stream: TextIO, *, width: int, terminal: bool, color: bool) -> None:
    """Write lines; with styles only to a terminal that wants them, and never cut or broken here."""
    if terminal and color:
        _write_styled(lines, stream, width)
    else:
        stream.writelines(f"{line_text(each)}\n" for each in lines)


def _write_styled(lines: Iterable[Line], stream: TextIO, width: int) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(
        file=stream, width=width, force_terminal=True, no_color=False,
        highlight=False, markup=False, emoji=False, soft_wrap=True,
    )  # fmt: skip
    for segments in lines:
        text = Text()
        for piece, style in segments:
            text.append(piece, style or None)
        text.rstrip()
        console.print(text)
