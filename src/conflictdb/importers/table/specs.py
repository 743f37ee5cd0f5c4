"""What a column of figures counts, as a mapping says it: "killed", "wounded civilians", "vehicles destroyed side_1"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from conflictdb.domain.figures import Figure, read_figures
from conflictdb.domain.folding import fold
from conflictdb.domain.quantity import Quantity, QuantityError, parse_quantity
from conflictdb.domain.vocabulary import ClaimKind, Item, ItemFate, Metric, Qualifier
from conflictdb.importers.tabular.cells import identifier

EXAMPLES = '"killed", "wounded civilians", "killed side_1", "vehicles destroyed side_2", "strength side_1"'

Bound = Literal["", "at least", "at most"]

_SPEC = re.compile(
    r"(?P<what>.+?)(?: (?P<bound>at least|at most))?(?: (?:of )?(?P<whose>side[ _][12]|civilians|unknown|total))?"
)
_NO_LETTERS = re.compile(r"[\s?.*–—-]*")
_UNKNOWN = frozenset(
    {"unknown", "not known", "n a", "na", "nan", "null", "tbd", "unclear", "unspecified", "undisclosed", "not stated"}
    | {
        "not given",
        "s d",
        "sin datos",
        "desconocido",
        "desconocidos",
        "se desconoce",
        "inconnu",
        "inconnue",
        "inconnus",
    }
    | {
        "non precise",
        "non disponible",
        "sem dados",
        "sem informacao",
        "nessun dato",
        "net dannykh",
        "nd",
        "n d",
        "desconhecido",
        "unbekannt",
        "k a",
        "keine angabe",
        "sconosciuto",
        "neizvestno",
    }
)
"""Cells that state nothing, folded: in figures, dates and names alike."""
_BEFORE = {
    **dict.fromkeys(
        ("al menos", "por lo menos", "como mínimo", "au moins", "pelo menos", "ao menos", "mindestens", "almeno"),
        "at least",
    ),
    **dict.fromkeys(
        ("más de", "mas de", "plus de", "plus d'", "mais de", "mehr als", "über", "più di", "oltre"), "more than"
    ),
    **dict.fromkeys(("hasta", "jusqu'à", "até", "bis zu", "höchstens", "fino a", "au plus"), "up to"),
    **dict.fromkeys(("menos de", "moins de", "weniger als", "meno di"), "less than"),
    **dict.fromkeys(
        ("unos", "unas", "cerca de", "alrededor de", "environ", "aproximadamente", "etwa", "rund", "circa"), "about"
    ),
}
"""What other languages say before a number, in English."""
_WORDS = {
    **dict.fromkeys(
        ("ninguno", "ninguna", "aucun", "aucune", "nenhum", "nenhuma", "keine", "keiner", "nessuno", "nessuna"),
        "none",
    ),
    **dict.fromkeys(("varios", "varias", "plusieurs", "vários", "várias", "mehrere", "diversi", "vari"), "several"),
}
"""What other languages say for a number, in English."""


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of figures. `subject` is side_1, side_2, civilians, unknown or total; `bound` the end of a range."""

    column: str
    kind: ClaimKind
    metric: Metric
    subject: str = "total"
    bound: Bound = ""
    item: Item | None = None
    fate: ItemFate | None = None
    group: str | None = None

    @property
    def about(self) -> tuple[str | None, ...]:
        """Return what it counts, and of whom: the same for both ends of a range."""
        return self.kind, self.metric, self.subject, self.item, self.fate, self.group


def read_spec(column: str, text: str) -> FigureColumn:
    """Return what a column counts. Raises QuantityError with examples."""
    match = _SPEC.fullmatch(" ".join(text.split()))
    if match is None:
        raise QuantityError(f"it says nothing; write for example {EXAMPLES}")
    what, bound, whose = match["what"], match["bound"] or "", (match["whose"] or "total").replace(" ", "_")
    if fold(what) in ("strength", "persons", "fighters"):
        return FigureColumn(column, ClaimKind.STRENGTH, Metric.PERSONS, whose, bound)  # type: ignore[arg-type]
    figure = _read_what(what)
    group = figure.group
    if group and fold(group) in ("civilian", "civilians") and not match["whose"]:
        whose, group = "civilians", None
    present = figure.metric is Metric.PERSONS or figure.fate is ItemFate.PRESENT
    kind = ClaimKind.STRENGTH if present else ClaimKind.CASUALTY
    return FigureColumn(column, kind, figure.metric, whose, bound, figure.item, figure.fate, group)  # type: ignore[arg-type]


def _read_what(what: str) -> Figure:
    try:
        figures = read_figures(f"2 {what}")
    except QuantityError:
        figures = []
    if len(figures) != 1 or figures[0].quantity.qualifier is not Qualifier.EXACT:
        raise QuantityError(f'"{what}" is not known for something counted; write for example {EXAMPLES}')
    return figures[0]


def states_nothing(text: str) -> bool:
    """Return whether a cell is blank, a dash or a question mark, or says that it is not known."""
    return _NO_LETTERS.fullmatch(text) is not None or fold(text) in _UNKNOWN


def read_count(text: str) -> Quantity | None:
    """Return the figure in a cell, "26" or "over 20", or None where it states none. Raises QuantityError.

    What stands before a number, and words for one, may be Spanish, French, Portuguese, German or Italian.
    """
    if states_nothing(text):
        return None
    plain = " ".join(text.lower().split())
    if plain in _WORDS:
        return replace(parse_quantity(_WORDS[plain]), wording=text.strip())
    before = next((each for each in _BEFORE if plain.startswith(f"{each} ")), None)
    if before is None:
        return parse_quantity(identifier(text))
    return replace(parse_quantity(f"{_BEFORE[before]} {plain.removeprefix(before)}"), wording=text.strip())
