from __future__ import annotations

import io
import subprocess
import sys

import pytest

from conflictdb.render.lines import Line, Segment, line, line_text, line_width, write_lines

LINES: list[Line] = [
    [Segment("killed  "), Segment("26", "bold"), Segment("  京都 "), Segment("[bold]says[/bold] :smile: 23", "dim")],
    line(""),
    line("quiet  ", "dim"),
]
PLAIN = "killed  26  京都 [bold]says[/bold] :smile: 23\n\nquiet\n"
STYLED = "killed  \x1b[1m26\x1b[0m  京都 \x1b[2m[bold]says[/bold] :smile: 23\x1b[0m\n\n\x1b[2mquiet\x1b[0m\n"


def written(*, terminal: bool, color: bool) -> str:
    stream = io.StringIO()
    write_lines(LINES, stream, width=20, terminal=terminal, color=color)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("terminal", "color", "expected"),
    [(False, False, PLAIN), (False, True, PLAIN), (True, False, PLAIN), (True, True, STYLED)],
    ids=["pipe", "pipe, colour", "terminal, no colour", "terminal, colour"],
)
def test_styles_are_for_terminals_that_want_them(
    terminal: bool, color: bool, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert written(terminal=terminal, color=color) == expected


def test_width_and_text() -> None:
    assert line_width(LINES[0]) == 45
    assert line_text(LINES[2]) == "quiet"


def test_a_pipe_needs_no_rich() -> None:
    program = (
        "import io, sys, conflictdb.render.emit, conflictdb.render.event_screen, conflictdb.render.actor_screen\n"
        "from conflictdb.render.lines import line, write_lines\n"
        "write_lines([line('26')], io.StringIO(), width=80, terminal=False, color=True)\n"
        "assert 'rich' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
