"""Figures in a document: a number, words, or all its parts spelled out."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, NonNegativeInt, model_validator

from conflictdb.domain.figure_words import PEOPLE
from conflictdb.domain.figures import read_figures
from conflictdb.domain.quantity import Quantity, QuantityError, parse_quantity
from conflictdb.domain.vocabulary import Item, ItemFate, Metric, Qualifier
from conflictdb.importers.native.strict import Strict, Written
from conflictdb.importers.native.texts import StatementId, Text

MAX_FIGURE = 10**12
_PARTS = re.compile(r"[;\n]|,(?![0-9]{3})| and ")
_PEOPLE = re.compile(rf"\s+(?:{'|'.join(sorted(PEOPLE, key=len, reverse=True))})$", re.IGNORECASE)


class FigureSpec(Strict):
    """A figure with what belongs to it alone. `figure` is read by the quantity grammar, e.g. "over 20"."""

    figure: int | str | None = Field(None, description='A number, or words such as "over 20" or "several dozen".')
    lower: NonNegativeInt | None = Field(None, le=MAX_FIGURE, description="The least it may be, inclusive.")
    upper: NonNegativeInt | None = Field(None, le=MAX_FIGURE, description="The most it may be, inclusive.")
    best: NonNegativeInt | None = Field(None, le=MAX_FIGURE, description="A recorder's own best estimate.")
    qualifier: Qualifier | None = None
    wording: Text | None = Field(None, description="The words of the source, in its language.")
    group: Text | None = Field(None, description="Which of them, in words: officers, children, tank trucks.")
    item: Item | None = Field(None, description="Materiel only: what kind of thing.")
    fate: ItemFate | None = Field(None, description="Materiel only: what became of it.")
    part_of: StatementId | None = Field(None, description="The id of the figure that contains this one.")
    locator: Text | None = None
    note: Text | None = None
    model_config = ConfigDict(title="Figure")

    @model_validator(mode="after")
    def _read(self) -> FigureSpec:
        quantity = self.read()
        if quantity.lower is not None and quantity.upper is not None and quantity.lower > quantity.upper:
            raise ValueError(f"lower {quantity.lower} is greater than upper {quantity.upper}")
        return self

    def read(self) -> Quantity:
        """Return the bounds, qualifier and wording that the parts amount to. Raises ValueError."""
        if self.figure is not None:
            if self.lower is not None or self.upper is not None or self.qualifier is not None:
                raise ValueError("give figure, or lower, upper and qualifier, not both")
            figure = _PEOPLE.sub("", self.figure) if isinstance(self.figure, str) else self.figure
            quantity = parse_quantity(figure)
            return Quantity(
                quantity.lower, quantity.upper, quantity.qualifier, self.wording or " ".join(str(self.figure).split())
            )
        qualifier = self.qualifier or self._guess()
        if not _fits(self.lower, self.upper, qualifier):
            raise ValueError(f"the qualifier {qualifier} does not fit lower {self.lower} and upper {self.upper}")
        return Quantity(self.lower, self.upper, qualifier, self.wording or "")

    def _guess(self) -> Qualifier:
        if self.lower is None and self.upper is None:
            if self.wording is None:
                raise ValueError("a figure is missing; unknown is no claim, leave it out")
            return Qualifier.VAGUE
        if self.upper is None:
            return Qualifier.AT_LEAST
        if self.lower is None:
            return Qualifier.AT_MOST
        return Qualifier.EXACT if self.lower == self.upper else Qualifier.RANGE


def _fits(lower: int | None, upper: int | None, qualifier: Qualifier) -> bool:
    open_above = (Qualifier.MORE_THAN, Qualifier.AT_LEAST, Qualifier.OPEN_RANGE)
    if qualifier in open_above:
        return lower is not None and upper is None
    if qualifier in (Qualifier.AT_MOST, Qualifier.LESS_THAN):
        return lower is None and upper is not None
    if qualifier is Qualifier.VAGUE:
        return lower is None and upper is None
    if qualifier is Qualifier.ZERO_OR_UNKNOWN:
        return lower == upper == 0
    if qualifier is Qualifier.EXACT:
        return lower is not None and lower == upper
    return lower is not None and upper is not None


def _listed(value: Any) -> Any:
    if value is None:
        return value
    return [each if isinstance(each, dict) else {"figure": _whole(each)} for each in _many(value)]


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _whole(value: Any) -> Any:
    """A fraction goes to the quantity grammar, which says what is wrong with it."""
    return str(value) if isinstance(value, float | bool) else value


def _read_things(value: Any, fate: ItemFate | None = None) -> Any:
    """Turn phrases such as "8 vehicles burned, 8 vehicles captured" into figures with item and fate."""
    if value is None:
        return value
    specs: list[Any] = []
    for each in _many(value):
        if not isinstance(each, str):
            specs.append(each)
            continue
        found = read_figures(each if fate is None else f"{each} {fate}")
        for figure, wording in zip(found, _wordings(each, len(found)), strict=True):
            if figure.metric is not Metric.MATERIEL:
                raise QuantityError(f'"{each}" counts people; put it under {figure.metric}:')
            kind = {"item": figure.item, "fate": figure.fate, "group": figure.group}
            specs.append(_spelled_out(figure.quantity, wording) | kind)
    return specs


def _wordings(phrase: str, figures: int) -> list[str]:
    """Return the part of a phrase that each of its figures is worded in, or the whole where it does not part so."""
    parts = [part.strip() for part in _PARTS.split(phrase) if part.strip()]
    return parts if len(parts) == figures else [phrase] * figures


def _spelled_out(quantity: Quantity, phrase: str) -> dict[str, Any]:
    bounds = {"lower": quantity.lower, "upper": quantity.upper, "qualifier": quantity.qualifier}
    return bounds | {"wording": phrase}


def _read_losses(value: Any) -> Any:
    """Turn a phrase such as "26 killed, 17 wounded" into figures by metric, each with its own part of the phrase."""
    if not isinstance(value, str):
        raise QuantityError('losses is a phrase, for example "26 killed, 17 wounded, 8 vehicles burned"')
    found = read_figures(value)
    return [
        (
            each.metric,
            _spelled_out(each.quantity, wording) | {"item": each.item, "fate": each.fate, "group": each.group},
        )
        for each, wording in zip(found, _wordings(value, len(found)), strict=True)
    ]


def _read_strength(value: Any) -> Any:
    """Turn "~100", "150 men" and "115 vehicles" into figures: persons, or things that were present."""
    specs: list[Any] = []
    for each in _many(value):
        if not isinstance(each, str):
            specs += _listed(each) or []
            continue
        try:
            quantity = parse_quantity(_PEOPLE.sub("", each))
            specs.append(_spelled_out(quantity, each))
        except QuantityError:
            specs += _read_things(each, ItemFate.PRESENT)
    return specs


Figures = Annotated[list[FigureSpec], BeforeValidator(_listed), Written("integer", "string")]
Things = Annotated[list[FigureSpec], BeforeValidator(_read_things), Written("string")]
Strengths = Annotated[list[FigureSpec], BeforeValidator(_read_strength), Written("integer", "string")]
Losses = Annotated[list[tuple[Metric, FigureSpec]], BeforeValidator(_read_losses), Written("string")]
