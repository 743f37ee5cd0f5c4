"""The distance between two points, as one SQL expression for both engines."""

from __future__ import annotations

import math
from typing import Any

from sqlalchemy import Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

EARTH_RADIUS_KM = 6371.0088
KM_PER_DEGREE = math.pi * EARTH_RADIUS_KM / 180


def km_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the great-circle distance in km (haversine on the mean earth radius, IUGG)."""
    phi, psi = math.radians(latitude), math.radians(other_latitude)
    half = math.sin((psi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(psi) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


class KmBetween(FunctionElement[float]):
    """`KmBetween(lat, lon, lat, lon)`: km_between on SQLite is the function above; PostgreSQL computes it."""

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
