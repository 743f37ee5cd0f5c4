"""Where answers and messages go: data on stdout, all else on stderr."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from conflictdb.cli.options import Settings
from conflictdb.render.formats import Format

if TYPE_CHECKING:
    from conflictdb.reader import Reader
    from conflictdb.render.listing import Listing

SCREEN_WIDTH = 100
"""The width of a screen that goes into a pipe, where COLUMNS does not say another."""

UNCUT = 100_000


@contextmanager
def open_reader(context: typer.Context) -> Iterator[Reader]:
    """Open the database that the line names, or the default one, made where it is missing."""
    from conflictdb.database import Database

    database = Database(settings(context).database)
    if database.notice:
        say(database.notice)
    with database.reading() as reader:
        yield reader


def settings(context: typer.Context) -> Settings:
    """Return what was said before the command."""
    return context.ensure_object(Settings)


def show(listing: Listing[Any], format: Format) -> int:
    """Write a listing to stdout; return how many rows it had."""
    from conflictdb.render.emit import emit

    terminal = sys.stdout.isatty()
    with quiet_pipe(), closing(listing.rows):
        return emit(
            listing, format, sys.stdout, width=_width(terminal, listing.screen is not None), terminal=terminal,
            color=terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb",
        )  # fmt: skip


@contextmanager
def closing(rows: object) -> Iterator[None]:
    """End the reading of rows that were not all written while the database is still open."""
    try:
        yield
    finally:
        close = getattr(rows, "close", None)
        if close is not None:
            close()


@contextmanager
def quiet_pipe() -> Iterator[None]:
    """End without a word where the reader of the pipe has gone, as `head` does."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def write(text: str) -> None:
    """Write a text as it is to stdout."""
    with quiet_pipe():
        sys.stdout.write(text)


def say(text: str) -> None:
    """Tell the user something on stderr, with whatever came from outside made visible."""
    from conflictdb.render.text import visible

    sys.stderr.write("\n".join(visible(line) for line in text.split("\n")) + "\n")
    sys.stderr.flush()


def _width(terminal: bool, screen: bool) -> int:
    if os.environ.get("COLUMNS", "").isdigit() or terminal:
        return max(40, shutil.get_terminal_size((SCREEN_WIDTH, 24)).columns)
    return SCREEN_WIDTH if screen else UNCUT
