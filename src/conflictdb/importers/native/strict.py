"""The base of all parts of a document: unknown fields are errors, spaces around texts are not."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


class Strict(BaseModel):
    """A part of a document."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


class Written:
    """Tells the JSON Schema what people may write where the model holds a list: one of it, or these simple types."""

    def __init__(self, *types: str) -> None:
        self.types = types

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the list's own schema widened by the simple types."""
        schema: dict[str, Any] = handler(core)
        items = schema.get("items", {})
        one = [{"type": kind} for kind in self.types if {"type": kind} != items] + (
            [items] if "prefixItems" not in items else []
        )
        if not one:
            return schema
        return {"anyOf": [*one, {"type": "array", "items": {"anyOf": one}}]}
