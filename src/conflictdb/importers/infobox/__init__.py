"""Values of Wikipedia's `{{Infobox military conflict}}`: figures, commanders and parties, in wikitext or rendered text.

Nothing is loaded before a value is read. Every reader raises ValueTooLongError for a value longer than `source.LIMIT`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conflictdb.importers.infobox.stated import StatedCommander, StatedFigure, StatedParty
    from conflictdb.importers.infobox.words import Words


def read_value(text: str, field: str = "casualties", *, words: Words | None = None) -> tuple[StatedFigure, ...]:
    """Return every figure of a casualties or strength field (`casualties1` is one too), in the order of the text."""
    from conflictdb.importers.infobox.figures import read_figures
    from conflictdb.importers.infobox.words import load_words

    return read_figures(text, strength=field.lower().startswith("strength"), words=words or load_words())


def read_commanders(text: str, *, words: Words | None = None) -> tuple[StatedCommander, ...]:
    """Return every commander of a commander field, with the flag or heading that each stands under."""
    from conflictdb.importers.infobox.commanders import read_names
    from conflictdb.importers.infobox.words import load_words

    return read_names(text, words or load_words())


def read_parties(text: str, *, words: Words | None = None) -> tuple[StatedParty, ...]:
    """Return every belligerent of a combatant field, each with the one that it stands below."""
    from conflictdb.importers.infobox.parties import read_names
    from conflictdb.importers.infobox.words import load_words

    return read_names(text, words or load_words())


def plain(text: str) -> str:
    """Return what a value shows, line by line, without references, templates and markup."""
    from conflictdb.importers.infobox.markup import read_lines

    return "\n".join(" ".join(line.text.split()) for line in read_lines(text))
