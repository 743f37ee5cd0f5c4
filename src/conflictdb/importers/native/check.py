"""Hold a part of a document to its model, and say in words all that is wrong with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from conflictdb.domain.nearest import nearest_names

Part = TypeVar("Part", bound=BaseModel)
Where = tuple[str | int, ...]
MAX_ROUNDS = 25
"""How often a part is looked at again without what was wrong; what is left then is not looked at."""


_GONE = object()
_NO_MAPPING = "it has fields of its own, written below it"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the value at one place of a document."""

    where: Where
    value: str
    why: str


def check(model: type[Part], value: Any, at: Where = ()) -> tuple[Part | None, list[Fault]]:
    """Return `value` as a `model` without the fields that are wrong (or None), and all that is wrong with them."""
    faults: list[Fault] = []
    for _ in range(MAX_ROUNDS):
        try:
            return model.model_validate(value), faults
        except ValidationError as error:
            found = [_explain(detail, model) for detail in error.errors(include_url=False)]
            faults = faults or [_placed(fault, at) for fault in _most_telling(found)]
            value = _without(value, [fault.where for fault in found])
    return None, faults


def _explain(detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    where = tuple(part for part in detail["loc"] if isinstance(part, int) or _is_field(part))
    kind, shown = detail["type"], _short(detail["input"])
    if kind == "extra_forbidden":
        unknown = detail["loc"][-1]
        held = where[:-1] if where[-1:] == (unknown,) else where
        return Fault((*held, unknown), shown, _unknown_field(str(unknown), detail, model))
    if kind == "missing":
        return Fault(where, "", f"the field {where[-1]} is missing")
    if kind == "value_error":
        return Fault(where, shown, str(detail["ctx"]["error"]))
    if kind in ("enum", "literal_error"):
        expected = detail["ctx"]["expected"].replace(" or ", ", ").replace("'", "")
        near = nearest_names(shown, expected.split(", "), limit=1)
        return Fault(where, shown, (f"did you mean {near[0]}? " if near else "") + f"it is one of: {expected}")
    if kind == "invalid_key":
        return Fault(where[:-1], shown, "the name of a field is a word")
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return Fault(where, shown, _NO_MAPPING)
    message = detail["msg"].replace("Input should be", "it must be").replace("String should", "it must")
    return Fault(where, shown, message)


def _is_field(part: str) -> bool:
    """A union's error names its branches too: types and model names, never fields, which are lower-case words."""
    return part.isidentifier() and part == part.lower() and part not in ("str", "int", "float", "bool", "list", "dict")


def _unknown_field(name: str, detail: ErrorDetails, model: type[BaseModel]) -> str:
    known = _fields_at(model, detail["loc"][:-1])
    near = nearest_names(name, known, limit=1, at_least=70)
    return f'no field is called "{name}"' + (f'; did you mean "{near[0]}"?' if near else f"; known: {', '.join(known)}")


def _fields_at(model: type[BaseModel], loc: Where) -> list[str]:
    """Return the fields of the model that stands at `loc`, or of the one at the top where that is not plain."""
    from conflictdb.importers.native import document, figures

    models = {
        each.__name__: each
        for each in vars(document).values()
        if isinstance(each, type) and issubclass(each, BaseModel)
    }
    models["FigureSpec"] = figures.FigureSpec
    current: type[BaseModel] = model
    for part in loc:
        if isinstance(part, str) and part in models:
            current = models[part]
        elif isinstance(part, str) and part in current.model_fields:
            text = str(current.model_fields[part].annotation)
            named = [each for name, each in models.items() if f".{name}" in text]
            current = named[0] if named else current
    return list(current.model_fields)


def _most_telling(faults: list[Fault]) -> list[Fault]:
    """A union yields a fault for each of its branches; keep those that lie deepest, and one a place."""
    kept: dict[Where, Fault] = {}
    for fault in faults:
        deeper = any(
            len(each.where) > len(fault.where) and each.where[: len(fault.where)] == fault.where for each in faults
        )
        if not deeper and (fault.where not in kept or kept[fault.where].why == _NO_MAPPING):
            kept[fault.where] = fault
    return list(kept.values())


def _placed(fault: Fault, at: Where) -> Fault:
    return Fault((*at, *fault.where), fault.value, fault.why)


def _without(value: Any, wrong: list[Where]) -> Any:
    """Return a copy of `value` without what stands at `wrong`; where that cannot be reached, without what holds it."""
    if not isinstance(value, dict | list) or () in wrong:
        return _GONE
    parts = value if isinstance(value, dict) else dict(enumerate(value))
    if any(where[0] not in parts for where in wrong):
        return _GONE
    kept = {}
    for key, part in parts.items():
        within = [where[1:] for where in wrong if where[0] == key]
        rest = _without(part, within) if within else part
        if rest is not _GONE:
            kept[key] = rest
    return kept if isinstance(value, dict) else list(kept.values())


def _short(value: Any) -> str:
    if isinstance(value, dict) and list(value) == ["figure"]:
        value = value["figure"]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str, skipkeys=True)
    return text if len(text) <= 80 else text[:79] + "…"
