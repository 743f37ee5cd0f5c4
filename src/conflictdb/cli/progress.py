"""Long work shows itself: a bar with rate and time left on stderr, on a terminal, after a second; nothing in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

AFTER_SECONDS = 1.0
EVERY_SECONDS = 0.1
Advance = Callable[[int, int | None], None]
"""Told how much is done, and how much there is if that is known."""


@contextmanager
def progress(unit: str = "rows") -> Iterator[Advance]:
    """Give what is told how far the work is."""
    if not sys.stderr.isatty():
        yield _nothing
        return
    bar = _Bar(unit)
    try:
        yield bar.advance
    finally:
        bar.close()


def _nothing(done: int, total: int | None) -> None:
    """Show nothing: nobody watches."""


class _Bar:
    def __init__(self, unit: str) -> None:
        self.unit = unit
        self.began = self.shown = time.monotonic()
        self.progress: Progress | None = None
        self.task: TaskID | None = None

    def advance(self, done: int, total: int | None) -> None:
        if done & 63:  # most calls cost no more than this
            return
        now = time.monotonic()
        if now - self.shown < EVERY_SECONDS or now - self.began < AFTER_SECONDS:
            return
        self.shown = now
        if self.progress is None:
            self.progress, self.task = self._begin(total)
        assert self.task is not None
        rate = f"{done / (now - self.began):,.0f} {self.unit}/s"
        self.progress.update(self.task, completed=min(done, total or done), total=total, rate=rate)

    def close(self) -> None:
        if self.progress is not None:
            self.progress.stop()

    def _begin(self, total: int | None) -> tuple[Any, Any]:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
        shown = Progress(*columns, console=Console(stderr=True), transient=True)
        shown.start()
        return shown, shown.add_task("", total=total, rate="")
