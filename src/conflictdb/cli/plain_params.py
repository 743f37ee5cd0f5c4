"""Commands whose plain parameters are read without pydantic, which Typer loads for every value it coerces.

Text, flags and choices need no model; loading one costs a cold `show` a sixth of its time (bench/start_up.py).
"""

from __future__ import annotations

from enum import Enum
from typing import Any, get_args, get_origin

import typer
from typer.core import TyperCommand, TyperGroup


class _PlainParam:
    """Reads text, lists of text and choices. It stands where Typer keeps its own reader of a parameter's values."""

    def __init__(self, annotation: Any) -> None:
        self.annotation = annotation

    def coerce(self, value: Any, param: Any, ctx: typer.Context) -> Any:
        """Return the value as the command takes it."""
        if get_origin(self.annotation) is list:
            return list(value or ())
        if value is None or not isinstance(self.annotation, type) or not issubclass(self.annotation, Enum):
            return value
        try:
            return self.annotation(value)
        except ValueError:
            known = ", ".join(str(each.value) for each in self.annotation)
            raise typer.BadParameter(f"{value!r} is not one of {known}.", ctx=ctx, param=param) from None


def _is_plain(annotation: Any) -> bool:
    if get_origin(annotation) is list:
        return get_args(annotation) == (str,)
    return annotation is str or annotation is bool or (isinstance(annotation, type) and issubclass(annotation, Enum))


def _make_plain(command: Any, ctx: typer.Context) -> None:
    for param in command.get_params(ctx):
        descriptor = getattr(param, "type_descriptor", None)
        if descriptor is not None and _is_plain(descriptor.annotation):
            param._runtime_param = _PlainParam(descriptor.annotation)


class PlainCommand(TyperCommand):
    """A command with plain parameters."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the line, plainly where that is possible."""
        _make_plain(self, ctx)
        return super().parse_args(ctx, args)


class PlainGroup(TyperGroup):
    """A group of commands with plain parameters of its own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the line up to the command, plainly where that is possible."""
        _make_plain(self, ctx)
        return super().parse_args(ctx, args)
