"""The distance between two points as one SQL expression for both engines."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from conflictdb.domain.distance import EARTH_RADIUS_KM


class KmBetween(FunctionElement[float]):
    """`KmBetween(lat, lon, lat, lon)`: on SQLite the function of domain/distance.py; PostgreSQL computes it."""

    type = Float()
    inherit_cache = True


@compiles(KmBetween, "sqlite")
def _on_sqlite(element: KmBetween, compiler: SQLCompiler, **options: Any) -> str:
    return f"km_between({compiler.process(element.clauses, **options)})"


@compiles(KmBetween, "postgresql")
def _on_postgresql(element: KmBetween, compiler: SQLCompiler, **options: Any) -> str:
    a, b, c, d = (f"({compiler.process(part, **options)})" for part in element.clauses)
    half = f"power(sin(radians({c} - {a}) / 2), 2) + cos(radians({a})) * cos(radians({c}))"
    half += f" * power(sin(radians({d} - {b}) / 2), 2)"
    return f"(2 * {EARTH_RADIUS_KM} * asin(least(1.0, sqrt({half}))))"
