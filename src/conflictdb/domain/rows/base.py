"""What all rows have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any


class Row:
    """What all rows have in common: they turn into plain dicts."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the row as a dict of plain values, ready for JSON; nested rows become dicts."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if isinstance(value, Row):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return value
